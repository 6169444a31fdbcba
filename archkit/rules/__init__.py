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
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.facts import Facts

if TYPE_CHECKING:
    from types import ModuleType

    from archkit.blueprint import Blueprint, Waiver
    from archkit.source import Span

Profile = Literal["sketch", "interview", "production"]
PROFILES: tuple[Profile, ...] = ("sketch", "interview", "production")

STEPS = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring")
"""The seven steps of a design, which are also sections of a blueprint."""


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
    """Return the profile that suits what has been written: a picture alone is a sketch."""
    return "interview" if any(blueprint.has(step) for step in STEPS) else "sketch"


def run(blueprint: Blueprint, profile: Profile | None = None) -> list[Diagnostic]:
    """Return what the rules find in a blueprint, and the waivers that silence nothing.

    Args:
        blueprint: The design.
        profile: How strict to be; what suits the blueprint where None.
    """
    profile = profile or natural_profile(blueprint)
    facts = Facts(blueprint)
    found: list[Diagnostic] = []
    used: set[int] = set()
    for code in modules():
        found += _unwaived(code, _findings(code, facts, profile), blueprint.waivers, used)
    return [*found, *_idle(blueprint.waivers, used, profile)]


def _findings(code: str, facts: Facts, profile: Profile) -> Iterator[Finding]:
    module = rule(code)
    if profile in module.PROFILES and module.applies(facts):
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


def _idle(waivers: tuple[Waiver, ...], used: set[int], profile: Profile) -> Iterator[Diagnostic]:
    """Yield a finding for each waiver of a rule that found nothing there."""
    for number, waiver in enumerate(waivers):
        if number in used:
            continue
        if waiver.code not in modules():
            yield Diagnostic(
                "WVR02", Severity.WARNING, f"there is no rule `{waiver.code}` to waive", waiver.span,
                "`archkit rules` lists all codes",
            )  # fmt: skip
        elif profile in rule(waiver.code).PROFILES:
            yield Diagnostic(
                "WVR01", Severity.WARNING, f"this waiver of `{waiver.code}` silences nothing", waiver.span,
                "remove it: what it was for has been repaired, or never applied here",
            )  # fmt: skip
