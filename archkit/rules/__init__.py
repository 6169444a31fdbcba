"""Facts → findings about a design: the rules, one module each, and the run of all that apply.

A rule's module is named after its code and what it checks, as ``lat01_budget_fit``. It holds:

- a docstring that is its documentation page (``archkit explain LAT01``): a title line, then Markdown: what is checked,
  why it matters in practice, an example that fails and one that passes (code blocks that begin with ```` ```yaml
  fails ```` and ```` ```yaml passes ````; tests run them), and last a line ``Source: …``;
- ``SEVERITY``; ``STEP``, the step of the design that it belongs to (one of ``STEPS``); ``PROFILES``, the strictness
  profiles that it counts in;
- ``applies(facts) -> bool``: whether the rule has anything to say about this kind of blueprint at all;
- ``check(facts) -> Iterator[Finding]``: what is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.facts import Facts
from archkit.rules.unreadable import Unreadable
from archkit.suggest import nearest

if TYPE_CHECKING:
    from datetime import date
    from types import ModuleType

    from archkit.blueprint import Blueprint, Waiver
    from archkit.source import Span

Profile = Literal["sketch", "interview", "production"]
PROFILES: tuple[Profile, ...] = ("sketch", "interview", "production")

STEPS = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring")
"""The seven steps of a design, which are also sections of a blueprint."""

_ENOUGH_STEPS = 3  # from so many steps on it is a design that is under way, wherever its author began

SKETCHED = ("MOD10", "STR08", "STR14")
"""The rules that count in a sketch, so that all others need not be loaded to judge one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found.

    Args:
        span: The key or value at fault.
        message: One sentence with the values at hand and the working, without a full stop.
        hint: What to write instead.
        notes: The numbers that were used, each at its place.
        severity: Where it differs from the rule's own.
    """

    span: Span
    message: str
    hint: str = ""
    notes: tuple[Note, ...] = field(default=())
    severity: Severity | None = None


@cache
def modules() -> dict[str, str]:
    """Return the name of every rule's module by its code, in the order of codes."""
    folder = os.path.dirname(__file__)  # noqa: PTH120
    names = sorted(entry.removesuffix(".py") for entry in os.listdir(folder) if entry.endswith(".py"))  # noqa: PTH208
    return {name.split("_", 1)[0].upper(): name for name in names if name.split("_", 1)[0][-2:].isdigit()}


@cache
def rule(code: str) -> ModuleType:
    """Return a rule's module.

    Args:
        code: As ``LAT01``.

    Raises:
        KeyError: There is no such rule.
    """
    return import_module(f"archkit.rules.{modules()[code]}")


def natural_profile(blueprint: Blueprint) -> Profile:
    """Return the profile that suits what has been written: a picture with little around it is a sketch."""
    written = [step for step in STEPS if blueprint.has(step)]
    begun = "requirements" in written or "framing" in written
    return "interview" if begun or len(written) >= _ENOUGH_STEPS else "sketch"


def run(blueprint: Blueprint, profile: Profile | None = None, errors: Iterable[Span] = ()) -> list[Diagnostic]:
    """Return what the rules find in a blueprint, and the waivers that silence nothing.

    Args:
        blueprint: The design.
        profile: How strict to be; what suits the blueprint where None.
        errors: Where errors of the language are; what stands around them is not judged.
    """
    profile = profile or natural_profile(blueprint)
    facts = Facts(blueprint)
    unreadable = Unreadable(blueprint, errors)
    found: list[Diagnostic] = []
    used: set[int] = set()
    for code in profiled(profile):
        found += _unwaived(code, _findings(code, facts), blueprint.waivers, used)
    found = [finding for finding in found if finding.span is None or not unreadable.hides(finding.span)]
    return [*found, *_idle(blueprint.waivers, used, () if unreadable else profiled(profile))]


def profiled(profile: Profile) -> tuple[str, ...]:
    """Return the codes of the rules that count in a profile."""
    codes = SKETCHED if profile == "sketch" else modules()
    return tuple(code for code in codes if profile in rule(code).PROFILES)


def _findings(code: str, facts: Facts) -> Iterator[Finding]:
    module = rule(code)
    if module.applies(facts):
        yield from module.check(facts)


def _unwaived(
    code: str, findings: Iterator[Finding], waivers: tuple[Waiver, ...], used: set[int]
) -> Iterator[Diagnostic]:
    for finding in findings:
        silent = [n for n, waiver in enumerate(waivers) if waiver.code == code and waiver.covers(finding.span)]
        used.update(silent)
        if not silent:
            severity = finding.severity or rule(code).SEVERITY
            yield Diagnostic(code, severity, finding.message, finding.span, finding.hint, finding.notes)


def _idle(waivers: tuple[Waiver, ...], used: set[int], judged: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each waiver of a rule that was run and found nothing there, and of what is no rule."""
    for number, waiver in enumerate(waivers):
        if number in used:
            continue
        if waiver.code not in modules():
            meant = nearest(waiver.code, modules())
            hint = f"did you mean `{meant}`?" if meant else "`archkit rules` lists all rules"
            yield Diagnostic(
                "WVR02", Severity.WARNING, f"there is no rule `{waiver.code}` to waive", waiver.span, hint
            )  # fmt: skip
        elif waiver.code in judged:
            yield Diagnostic(
                "WVR01", Severity.WARNING, f"this waiver of `{waiver.code}` silences nothing", waiver.span,
                "remove it: what it was for has been repaired, or never applied here",
            )  # fmt: skip


_UNTIL = r"\buntil (\d{4}-\d{1,2}-\d{1,2})(?!\d)"


def ended(waivers: Iterable[Waiver], day: date) -> Iterator[Diagnostic]:
    """Yield a finding for each waiver whose reason says ``until`` a day that is over.

    Args:
        waivers: All of a blueprint.
        day: The day to judge by; the caller's, since a design is found the same whenever it is read.
    """
    for waiver in waivers:
        for written in re.findall(_UNTIL, waiver.reason):
            last = _day(written)
            if last is not None and day <= last:
                continue
            what = f"this waiver of `{waiver.code}` "
            what += f"holds until `{written}`, which is no day" if last is None else f"ended on {last.isoformat()}"
            hint = "repair what it accepts, or write a later day behind `until`"
            yield Diagnostic("WVR03", Severity.ERROR, what, waiver.span, hint)


def _day(written: str) -> date | None:
    # Loaded here because waivers that end are few.
    from datetime import date

    try:
        return date(*map(int, written.split("-")))
    except ValueError:
        return None


CODES = {
    "WVR01": (
        "A waiver silences nothing",
        """\
A waiver accepts what one rule finds at one place, and says why. When the finding is gone, because the design was
repaired or the rule never applied there, the waiver would hide the next finding of the same kind without anybody
noticing. It is reported only where its rule was run: a rule that does not count in the profile says nothing about its
waivers.
```yaml
waive: {SRV03: the batch table is its own fallback}
```
Remove it, or move it to the place of the finding that it is meant for.""",
    ),
    "WVR02": (
        "A waiver of what is no rule",
        """\
The code of a waiver is that of no rule and of no other finding that can be accepted. Errors of the language cannot be
waived: what cannot be read cannot be drawn. `archkit rules` lists the codes of all rules.
```yaml
waive: {SRV3: the batch table is its own fallback}
```
```yaml
waive: {SRV03: the batch table is its own fallback}
```""",
    ),
    "WVR03": (
        "A waiver that has ended",
        """\
A reason may say how long something is accepted: `until` and a day. `archkit validate --as-of DAY` reports the waivers
whose day is over, so that what was put off comes back by itself; `--as-of "$(date +%F)"` judges by today. Without
`--as-of` no waiver ends, because the same blueprint gives the same findings on every day.
```yaml
waive: {SRV03: the fallback is being built until 2026-09-30}
```
Repair what the waiver accepts, or write a later day.""",
    ),
}
"""Codes of findings about waivers → title and page."""
