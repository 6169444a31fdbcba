"""Blueprint and findings → how complete a design is: points by step, the weighted total, what would raise it most.

``docs/score.md`` explains the arithmetic; ``PARTS``, ``NEEDED`` and ``WEIGHTS`` are its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit import rules
from archkit.diagnostics import Diagnostic, Severity
from archkit.facts import Facts

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.rules import Profile
    from archkit.source import Span

WEIGHTS: dict[str, tuple[int, ...]] = {
    "sketch": (15, 10, 15, 20, 15, 15, 10),
    "interview": (15, 10, 15, 20, 15, 15, 10),
    "production": (10, 5, 15, 15, 15, 20, 20),
}
"""Points of the seven steps in each profile; steps without checks give theirs to the others."""

WRITTEN = 1
"""Points of a part that is written; a rule that holds has its severity as points: 1 for advice, 2, 3 for an error."""

PARTS: tuple[tuple[str, str, str], ...] = (
    ("requirements", "goal scale", "all"),
    ("requirements", "latency", "online"),
    ("requirements", "freshness", "trains online"),
    ("requirements", "availability", "online production"),
    ("framing", "objectives", "all"),
    ("framing", "why_ml task input output", "predicts"),
    ("data", "sources", "all"),
    ("data", "labels split features", "trains"),
    ("model", "options", "all"),
    ("model", "models", "predicts"),
    ("model", "training", "trains"),
    ("evaluation", "offline online guardrails slices", "all"),
    ("evaluation", "experiment", "ranks online"),
    ("evaluation", "golden_set", "writes"),
    ("serving", "modes rollout rollback", "predicts"),
    ("serving", "cold_start", "ranks"),
    ("monitoring", "operational drift", "all"),
    ("monitoring", "retrain", "trains"),
    ("monitoring", "feedback", "predicts"),
    ("monitoring", "alerts owner", "production"),
    ("architecture", "flows", "all"),
)
"""Section, its parts, and the kinds of systems that need them (all of the words have to hold)."""

NEEDED: tuple[tuple[str, str], ...] = (
    ("EVA01 EVA02 EVA06 EVA07 EVA08 FEA05 FRM03 LEAK06 MOD01 MOD02 MOD03 MOD04 MOD05 MON01 MON02", "all"),
    ("STR05 STR06 STR08 STR14", "all"),
    ("FEA02 FRM05 LAB01 MON06 SRV04 SRV05 STR02", "predicts"),
    ("CAP09 LAB02 LEAK03 LEAK04 MOD06 MON03 STR01 STR03 STR10 STR11", "trains"),
    ("STR04", "trains servers"),
    ("STR07", "trains online"),
    ("CAP02 LAT01 LAT06 SRV03 STR09", "online predicts"),
    ("CAP03 LAT03 LAT05 STR12", "online predicts production"),
    ("EVA03 FUN01 FUN05 FUN08", "ranks"),
    ("EVA05", "ranks online"),
    ("GEN07", "writes"),
    ("GEN04", "writes online"),
    ("GEN01", "rag"),
    ("GEN06", "agent"),
    ("SRV08", "device"),
)
"""Rules, and the kinds of systems that have to satisfy them; other rules can only add to a score."""

READS: tuple[tuple[str, str], ...] = (
    ("requirements goal", "FEA05 FUN08 HUM01 FAI01 MOD05 PRI01 PRI02"),
    ("requirements scale", "CAP01 CAP02 CAP03 CAP04 CAP07 CAP08 CAP10 EVA04 FRM03 FUN03 LAT03 MOD05 SRV01 SRV07"),
    ("requirements latency", "LAT01 LAT03 LAT05 LAT06 MOD05"),
    ("requirements freshness", "FEA04 MON03 MON05 SRV01 SRV07"),
    ("framing task", "BIA01 BIA03 EVA01 EVA05 FEA01 FRM03 LAB01 LAB03 LEAK01 LEAK05 MOD06 MOD08 SRV01 SRV02"),
    ("framing objectives", "EVA02 EVA08"),
    ("framing input", "FRM04 SRV01 SRV02"),
    ("data sources", "FEA04 GEN02 LAB02 LEAK03 PRI01 PRI02"),
    ("data labels", "BIA01 BIA02 EVA01 LAB01 LAB02 LAB03 MOD05 MOD06 MOD07 MOD08 MON05"),
    ("data split", "LAB02 LEAK01 LEAK03 LEAK04"),
    ("data features", "BIA03 FEA01 FEA02 FEA03 FEA04 FEA05 FEA07 LEAK02 LEAK04 LEAK05 MOD09"),
    ("model models", "BIA01 BIA03 CAP05 CAP06 EVA03 FEA02 LAB01 LAB02 LAB03 MOD06 MOD07 MOD08 MOD09 MOD10 SRV08 STR14"),
    ("model training", "CAP09 CAP10 LAB02 LAB03 MOD05 MON03"),
    ("evaluation offline", "EVA01 EVA02 EVA03"),
    ("evaluation online", "EVA02 EVA05 EVA08"),
    ("evaluation guardrails", "EVA06"),
    ("evaluation experiment", "EVA04 EVA05"),
    ("serving modes", "SRV01 SRV02"),
    ("monitoring drift", "MON02 MON03 MON05"),
    ("monitoring retrain", "CAP09 MON03"),
    ("monitoring feedback", "BIA02 MON06"),
    (
        "architecture flows",
        "CAP05 EVA03 FEA02 FEA04 GEN07 FUN01 FUN02 FUN03 FUN04 FUN05 FUN06 FUN07 FUN08 FUN09 LAT01 LAT03 LAT05 LAT06 "
        "MOD10 SRV03 SRV08",
    ),
)
"""Parts, and the rules that can hold only where these are written, if this kind of system needs them."""


COUNTED = ("FRM01",)
"""Rules about what is missing, which counts as missing parts already."""


class Step(NamedTuple):
    """One of the seven steps.

    Attributes:
        id: Its section, one of ``rules.STEPS``.
        weight: Its points in the total.
        earned: Points of checks that hold.
        possible: Points of all checks that count.
    """

    id: str
    weight: int
    earned: int
    possible: int

    @property
    def share(self) -> Fraction | None:
        """How complete it is, from 0 to 1; None where nothing counts."""
        return Fraction(self.earned, self.possible) if self.possible else None


class Gain(NamedTuple):
    """Something that would raise the score.

    Attributes:
        points: By how much of 100 at most.
        step: The step that it belongs to.
        what: What is missing or wrong, in words.
        hint: What to write.
        code: The rule that asks for it; "" where a part is missing.
        span: Where; None where nothing stands there yet.
    """

    points: Fraction
    step: str
    what: str
    hint: str
    code: str
    span: Span | None


class Score(NamedTuple):
    """How complete a design is.

    Attributes:
        profile: What counted.
        steps: The seven steps in order.
        total: From 0 to 1, the weighted mean of the steps in which something counts.
        gains: All that would raise it, the largest first.
        findings: How many errors, warnings and pieces of advice stand.
    """

    profile: Profile
    steps: tuple[Step, ...]
    total: Fraction
    gains: tuple[Gain, ...]
    findings: tuple[int, int, int]

    @property
    def points(self) -> int:
        """The total in whole points of 100; 100 only where nothing is missing."""
        return int(self.total * 100)


class Check(NamedTuple):
    """Something that a step is judged by.

    Attributes:
        step: The step.
        points: What it is worth.
        holds: Whether it is there and right.
        needed: Whether this kind of system has to have it, so that it counts whether it holds or not.
        name: The code of the rule, or the section and its part.
        findings: What the rule has found.
        waits: Missing parts without which the rule cannot hold.
    """

    step: str
    points: int
    holds: bool
    needed: bool
    name: str
    findings: tuple[Diagnostic, ...] = ()
    waits: frozenset[str] = frozenset()


def score(blueprint: Blueprint, profile: Profile | None = None, findings: Iterable[Diagnostic] | None = None) -> Score:
    """Judge how complete a design is.

    Args:
        blueprint: The design.
        profile: What counts; what suits the blueprint where None.
        findings: What its rules have found in that profile; they are run where None.
    """
    profile = profile or rules.natural_profile(blueprint)
    found = tuple(rules.run(blueprint, profile) if findings is None else findings)
    checks = tuple(_checks(blueprint, profile, found))
    weights = WEIGHTS[profile]
    steps = tuple(_step(id_, weight, checks) for id_, weight in zip(rules.STEPS, weights, strict=True))
    whole = sum(step.weight for step in steps if step.possible)
    total = sum((step.weight * (step.share or Fraction(0)) for step in steps), Fraction(0)) / (whole or 1)
    gains = sorted(_gains(blueprint, checks, steps, whole), key=lambda gain: (-gain.points, gain.code, gain.what))
    counts = tuple(sum(each.severity is severity for each in found) for severity in sorted(Severity, reverse=True))
    return Score(profile, steps, total, tuple(gains), (counts[0], counts[1], counts[2]))


def kinds(blueprint: Blueprint, profile: Profile) -> frozenset[str]:
    """Return the words of ``PARTS`` and ``NEEDED`` that hold for a blueprint; only its archetype and mode decide.

    Args:
        blueprint: What is scored.
        profile: How strictly it is judged.
    """
    facts = Facts(blueprint)
    scope, archetypes = facts.scope, facts.scope.archetypes
    writes = scope.generative and not scope.on_device
    held = {
        "all": True,
        "production": profile == "production",
        "predicts": not scope.platform,
        "trains": not scope.platform and not writes,
        "online": scope.online and not scope.on_device,
        "ranks": bool(archetypes & {"recommendation", "search"}) and not scope.on_device,
        "writes": writes,
        "rag": "rag" in archetypes,
        "agent": "agent" in archetypes,
        "device": scope.on_device,
        "servers": not scope.on_device,
    }
    return frozenset(word for word, holds in held.items() if holds)


def _checks(blueprint: Blueprint, profile: Profile, found: tuple[Diagnostic, ...]) -> Iterator[Check]:
    known = kinds(blueprint, profile)
    missing = set()
    for section, names, words in PARTS:
        for name in names.split():
            if known.issuperset(words.split()) and (profile != "sketch" or section == "architecture"):
                written = _has(blueprint, section, name)
                step = section if section in rules.STEPS else "serving"
                yield Check(step, WRITTEN, written, True, f"{section} {name}")
                missing |= set() if written else {f"{section} {name}"}
    waits: dict[str, set[str]] = {}
    for part, codes in READS:
        for code in codes.split() if part in missing else ():
            waits.setdefault(code, set()).add(part)
    needed = {code for codes, words in NEEDED if known.issuperset(words.split()) for code in codes.split()}
    facts = Facts(blueprint)
    if profile == "sketch" and facts.graph.sketch:
        needed = set()  # types that are guessed can be blamed for nothing
    for code in rules.modules():
        module = rules.rule(code)
        if profile in module.PROFILES and code not in COUNTED:
            own = tuple(finding for finding in found if finding.code == code)
            holds = not own and code not in waits and module.applies(facts)
            waiting = frozenset(waits.get(code, ()))
            yield Check(module.STEP, int(module.SEVERITY), holds, code in needed, code, own, waiting)


def _has(blueprint: Blueprint, step: str, name: str) -> bool:
    value = getattr(getattr(blueprint, step), name)
    return bool(value) or value is False


def _step(id_: str, weight: int, checks: tuple[Check, ...]) -> Step:
    own = [check for check in checks if check.step == id_]
    earned = sum(check.points for check in own if check.holds)
    possible = sum(check.points for check in own if check.holds or check.needed)
    return Step(id_, weight, earned, possible)


def _gains(blueprint: Blueprint, checks: tuple[Check, ...], steps: tuple[Step, ...], whole: int) -> Iterator[Gain]:
    """Yield what each missing part or section would add, with the rules that wait for it, and what each rule would."""
    open_ = [check for check in checks if not check.holds]
    parts = [check for check in open_ if check.name not in rules.modules()]
    absent = list(dict.fromkeys(name for check in parts if not blueprint.has(name := check.name.split()[0])))
    for section in absent:
        names = {check.name for check in parts if check.name.startswith(section + " ")}
        own = [check for check in open_ if check.name in names or _comes_with(check, section, names)]
        points = _points(steps, own, whole)
        example = type(blueprint).fields[section].example
        step = section if section in rules.STEPS else "serving"
        yield Gain(points, step, f"there is no section `{section}`", f"write `{section}: {example}`", "", None)
    for check in open_:
        waiting = [other for other in open_ if other.needed and other.waits == {check.name}]
        points = _points(steps, [check, *waiting], whole) if check.needed or check.findings else Fraction(0)
        alone = not check.waits and not any(_comes_with(check, section, set()) for section in absent)
        if points and alone and check.name.split()[0] not in absent:
            yield _gain(blueprint, check, points)


def _comes_with(check: Check, section: str, parts: set[str]) -> bool:
    """Return whether a rule that this kind of system needs can hold as soon as a section with its parts is written."""
    here = check.name in rules.modules() and check.needed and not check.findings
    drawn = section == "architecture" and check.name.startswith("STR")  # these judge what is drawn, in several steps
    return here and check.waits <= parts and (bool(check.waits) or check.step == section or drawn)


def _points(steps: tuple[Step, ...], checks: list[Check], whole: int) -> Fraction:
    """Return by how many points of 100 the total rises when some checks hold."""
    rise = Fraction(0)
    for step in steps:
        own = [check for check in checks if check.step == step.id]
        more, new = sum(check.points for check in own), sum(check.points for check in own if not check.needed)
        if own and step.possible:
            after = Fraction(step.earned + more, step.possible + new)
            rise += (after - (step.share or Fraction(0))) * step.weight
    return rise * 100 / (whole or 1)


def _gain(blueprint: Blueprint, check: Check, points: Fraction) -> Gain:
    if check.findings:
        first = check.findings[0]
        more = f" (and {len(check.findings) - 1} more)" if len(check.findings) > 1 else ""
        return Gain(points, check.step, first.message + more, first.hint, check.name, first.span)
    if check.name in rules.modules():
        title = (rules.rule(check.name).__doc__ or "").partition("\n")[0].rstrip(".")
        what = f"nothing rules this out: {title[:1].lower()}{title[1:]}"
        return Gain(points, check.step, what, f"`archkit explain {check.name}` says what it reads", check.name, None)
    name, _, part = check.name.partition(" ")
    section = getattr(blueprint, name)
    field = next(field for field in type(section).fields.values() if field.name == part)
    place = section.place if section else None
    return Gain(
        points, check.step, f"there is no `{name}.{field.key}`", f"write `{field.key}: {field.example}`", "", place
    )
