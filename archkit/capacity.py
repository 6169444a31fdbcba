"""Facts → the back-of-the-envelope sheet: every derived number with its formula, inputs and assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archkit.facts import Facts

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.derived import Derived, Input
    from archkit.source import Span

_TOKENS = ("cost.tokens.", "cost.per_request")
_APPROXIMATE = ("~", "≈")


class Estimate(NamedTuple):
    """A number that its author calls an estimate.

    Attributes:
        span: Where it, or what holds it, is written.
        reason: Why it is assumed.
    """

    span: Span
    reason: str


class Row(NamedTuple):
    """A derived number on the sheet.

    Attributes:
        number: The number.
        estimated: Those of its inputs that are estimates, each with the reason.
    """

    number: Derived
    estimated: tuple[tuple[Input, str], ...]

    @property
    def sure(self) -> bool:
        """Whether it follows from what is stated, without an estimate or an assumption."""
        return not self.estimated and not self.number.assumptions


class Section(NamedTuple):
    """Numbers about one thing.

    Attributes:
        title: What they are about.
        rows: The numbers.
    """

    title: str
    rows: tuple[Row, ...]


def numbers(facts: Facts) -> dict[str, list[Derived]]:
    """Return all derived numbers by the title of their section; sections without any are left out."""
    work, cost = facts.work.derived(), facts.cost.derived()
    tokens = [one for one in cost if one.key.startswith(_TOKENS)]
    found = {
        "Traffic": facts.traffic.derived(),
        "Funnel": facts.funnel.derived(),
        "Latency": facts.timing.derived(),
        "Load and replicas": facts.load.derived(),
        "Memory and storage": facts.sizes.derived(),
        "Language models": facts.decoding.derived(),
        "Batches and streams": [one for one in work if not one.key.startswith(("training.", "review."))],
        "Training": [one for one in work if one.key.startswith("training.")],
        "People": [one for one in work if one.key.startswith("review.")],
        "Tokens": [*facts.cost.prompts(), *tokens],
        "Cost": [one for one in cost if one not in tokens],
    }
    return {title: known for title, known in found.items() if known}


def sheet(blueprint: Blueprint, facts: Facts | None = None) -> tuple[Section, ...]:
    """Return the sheet of a blueprint.

    Args:
        blueprint: The design.
        facts: Its facts, where they have been computed already.
    """
    estimates = _estimates(blueprint)
    return tuple(
        Section(title, tuple(Row(number, _estimated(number, estimates)) for number in known))
        for title, known in numbers(facts or Facts(blueprint)).items()
    )


def _estimates(blueprint: Blueprint) -> list[Estimate]:
    """Return where the numbers stand that the blueprint lists under ``assumptions``."""
    found = []
    for path, reason in blueprint.assumptions.items():
        steps = path.split(".")
        # Ids may have dots in them.
        ways = [steps, *([*steps[:i], ".".join(steps[i : i + 2]), *steps[i + 2 :]] for i in range(len(steps) - 1))]
        way = next((way for way in ways if blueprint.has(*way)), None)
        if way is not None:
            found.append(Estimate(blueprint.at(*way), reason))
    return found


def _estimated(number: Derived, estimates: list[Estimate]) -> tuple[tuple[Input, str], ...]:
    found = []
    for each in number.inputs:
        reason = next((one.reason for one in estimates if _inside(each.span, one.span)), "")
        if not reason and each.value.text.startswith(_APPROXIMATE):
            reason = "written as about so many"
        if reason:
            found.append((each, reason))
    return tuple(found)


def _inside(inner: Span, outer: Span) -> bool:
    return inner.source == outer.source and outer.start <= inner.start and inner.end <= outer.end
