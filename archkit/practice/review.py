"""An answer and the blueprint that it is compared with → what is missing, what differs, what is better, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit import rules
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.facts.words import words
from archkit.model.framing import STEPS
from archkit.practice.concepts import Idea
from archkit.practice.concepts import ideas as ideas_of
from archkit.score import Score, score
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.diagnostics import Diagnostic

_MOST_QUESTIONS = 10
# What an interviewer asks when a rule of some family finds something; the finding itself follows.
_ASKED: Mapping[str, str] = {
    "FRM": "What would you clarify before you go on?",
    "LAB": "How do you come by labels that you can trust, and in time?",
    "LEAK": "How do you make sure that training sees nothing that a prediction cannot know?",
    "FEA": "How do you make sure that training and serving see the same features?",
    "BIA": "How do you keep the system from learning its own habits?",
    "MOD": "Why this model, and not a simpler one?",
    "EVA": "How would you know that it is better, before and after it is live?",
    "FUN": "How do the stages fit together, from all items to those that are shown?",
    "LAT": "Where would you find the time that is missing?",
    "CAP": "What does it take at peak, and what does that cost?",
    "SRV": "What happens on the day that it fails?",
    "STR": "How does that part get its data, and who needs what it makes?",
    "MON": "How would you notice that it became worse?",
    "GEN": "How do you keep what it writes true, safe and within bounds?",
    "PRI": "What happens to personal data, and how does a person get them deleted?",
    "HUM": "Who decides in the end, and who may object?",
    "FAI": "For whom does it work worse?",
}


class Graded(NamedTuple):
    """A step of an answer.

    Attributes:
        step: One of the seven.
        share: How complete it is, from 0 to 1; None where nothing counts.
        reference: The same of the reference.
    """

    step: str
    share: Fraction | None
    reference: Fraction | None


class Question(NamedTuple):
    """What is likely to be asked next.

    Attributes:
        text: The question.
        why: What gives rise to it.
    """

    text: str
    why: str


class Review(NamedTuple):
    """How an answer compares with a reference.

    Attributes:
        points: Of the answer, out of 100.
        reference: Of the reference.
        steps: The seven steps.
        missing: What the reference has and the answer has not, as far as an expert would miss it.
        differs: Where both decide otherwise, in words.
        better: What the answer does better, in words.
        more: What the answer has and the reference has not.
        questions: Likely follow-up questions, the most pressing first.
        findings: What the rules find in the answer.
    """

    points: int
    reference: int
    steps: tuple[Graded, ...]
    missing: tuple[Idea, ...]
    differs: tuple[str, ...]
    better: tuple[str, ...]
    more: tuple[Idea, ...]
    questions: tuple[Question, ...]
    findings: tuple[Diagnostic, ...]


def review(mine: Blueprint, reference: Blueprint) -> Review:
    """Compare an answer with a reference; both are judged as strictly as an interview is.

    Args:
        mine: The answer.
        reference: What it is compared with.
    """
    findings = tuple(rules.run(mine, "interview"))
    scored, other = score(mine, "interview", findings), score(reference, "interview")
    steps = tuple(Graded(one.id, one.share, two.share) for one, two in zip(scored.steps, other.steps, strict=True))
    own, known = list(ideas_of(mine)), list(ideas_of(reference))
    missing = tuple(idea for idea in known if not any(idea.same(each) for each in own))
    more = tuple(idea for idea in own if not any(idea.same(each) for each in known))
    return Review(
        scored.points,
        other.points,
        steps,
        missing,
        tuple(_differs(mine, reference)),
        tuple(_better(mine, reference, scored, other)),
        more,
        tuple(_questions(mine, reference, findings))[:_MOST_QUESTIONS],
        findings,
    )


def _differs(mine: Blueprint, reference: Blueprint) -> Iterator[str]:
    """Yield where both decide otherwise."""
    task, other = mine.framing.task, reference.framing.task
    if task and other and task != other:
        yield f"you frame it as {task}, the reference as {other}"
    first, second = (_chosen(one.framing.objectives) for one in (mine, reference))
    if first and second and not _alike(first, second):
        yield f"you optimise {first}, the reference {second}"
    first, second = (_option(one) for one in (mine, reference))
    if first and second and not _alike(first, second):
        yield f"you choose {first}, the reference {second}"
    first, second = (" and ".join(one.serving.modes) for one in (mine, reference))
    if first and second and first != second:
        yield f"you predict {first}, the reference {second}"
    split, other_split = (" and ".join(one.data.split.by) for one in (mine, reference))
    if split and other_split and split != other_split:
        yield f"you split examples by {split}, the reference by {other_split}"
    yield from _numbers(mine, reference)


def _numbers(mine: Blueprint, reference: Blueprint) -> Iterator[str]:
    """Yield the assumed numbers that are far from those of the reference."""
    pairs = (
        (name, getattr(mine.requirements.scale, name), getattr(reference.requirements.scale, name))
        for name in ("daily_active_users", "requests_per_user_per_day", "items", "peak_factor")
    )
    for name, first, second in pairs:
        if first is None or second is None or not first.value or not second.value:
            continue
        ratio = first.value / second.value
        if ratio >= 10 or ratio * 10 <= 1:
            yield f"you assume {title_of(name).lower()} of {show(first)}, the reference {show(second)}"


def _better(mine: Blueprint, reference: Blueprint, own: Score, other: Score) -> Iterator[str]:
    """Yield what an answer does better."""
    for one, two in zip(own.steps, other.steps, strict=True):
        if one.share is not None and two.share is not None and one.share > two.share:
            yield f"the step {one.id} is more complete: {_percent(one.share)} against {_percent(two.share)}"
    first, second = (Facts(blueprint) for blueprint in (mine, reference))
    left, other_left = (
        next((number for number in facts.timing.derived() if number.key == "latency.left"), None)
        for facts in (first, second)
    )
    if (
        left is not None
        and other_left is not None
        and left.value.value > other_left.value.value
        and left.value.value > 0
    ):
        yield f"more of the time allowed is left: {show(left.value)} against {show(other_left.value)}"


def _questions(mine: Blueprint, reference: Blueprint, findings: tuple[Diagnostic, ...]) -> Iterator[Question]:
    """Yield what an interviewer would ask: about what is wrong, what was not discussed, and what was decided."""
    asked = set()
    for finding in sorted(findings, key=lambda each: -each.severity):
        family = finding.code.rstrip("0123456789")
        if family in _ASKED and family not in asked:
            asked.add(family)
            yield Question(_ASKED[family], f"{finding.message} ({finding.code})")
    own = [decision.question or title_of(id_) for id_, decision in mine.decisions.items()]
    for id_, decision in reference.decisions.items():
        question = decision.question or title_of(id_)
        if not any(_alike(question, each) for each in own):
            options = ", ".join(option.title or title_of(name).lower() for name, option in decision.options.items())
            yield Question(question, f"options are {options}" if options else "the reference decides it")
    for id_, decision in mine.decisions.items():
        if not decision.revisit:
            question = (decision.question or title_of(id_)).rstrip("?")
            yield Question(f"When would you decide otherwise: {question}?", "you name no limit to the choice")


def _chosen(objectives: Mapping[str, object]) -> str:
    return next((title_of(name).lower() for name, one in objectives.items() if getattr(one, "chosen", None)), "")


def _option(blueprint: Blueprint) -> str:
    for name, option in blueprint.model.options.items():
        if option.chosen:
            return option.title or title_of(name).lower()
    return ""


def _alike(one: str, other: str) -> bool:
    """Return whether two names have a telling word in common."""
    return Idea("", "", one, None).same(Idea("", "", other, None)) or words(one) == words(other)


def _percent(share: Fraction) -> str:
    return f"{int(share * 100)}%"


def by_step(ideas: tuple[Idea, ...]) -> dict[str, dict[str, list[str]]]:
    """Return the names of ideas by step, and in each by what they are."""
    found: dict[str, dict[str, list[str]]] = {step: {} for step in STEPS}
    for idea in ideas:
        found[idea.step].setdefault(idea.noun, []).append(idea.name)
    return {step: nouns for step, nouns in found.items() if nouns}
