"""Exercises and reviews of answers → text for a terminal, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.magnitude import tenths
from archkit.practice.review import by_step
from archkit.report.escape import visible
from archkit.report.paint import Paint
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.practice import Exercise
    from archkit.practice.concepts import Idea
    from archkit.practice.review import Review

_BAR = 20
_MOST = 6


def question(exercise: Exercise, *, facts: bool = False, color: bool = False) -> str:
    """Return what is asked and the plan for the time; with ``facts`` also what the interviewer would answer.

    Args:
        exercise: What is asked.
        facts: Whether to tell what the interviewer would answer.
        color: Whether the terminal shows colours.
    """
    strong = Paint(color).strong
    lines = [strong(visible(exercise.question)), "", f"You have {tenths(exercise.minutes)} minutes.", ""]
    titles = max(len(slot.title) for slot in exercise.plan)
    for number, slot in enumerate(exercise.plan, 1):
        end = slot.start + slot.minutes
        times = f"{tenths(slot.start)}–{tenths(end)} min"
        first, *rest = slot.asks
        lines.append(f"  {number}  {slot.title.ljust(titles)}  {times.rjust(11)}  {first}")
        lines += [" " * (titles + 20) + ask for ask in rest]
    if facts:
        lines += ["", strong("What the interviewer tells when asked")]
        lines += [f"  {visible(fact)}" for fact in exercise.facts] or ["  nothing: assume what you need"]
    return "\n".join(lines) + "\n"


def review(found: Review, *, name: str, color: bool = False) -> str:
    """Return how an answer compares with a reference.

    Args:
        found: The comparison.
        name: Of the reference.
        color: Whether the terminal shows colours.
    """
    strong = Paint(color).strong
    head = f"{found.points} of 100 points; the reference `{name}` has {found.reference}."
    lines = [strong(visible(head)), ""]
    for step in found.steps:
        if step.share is not None:
            full = round(step.share * _BAR)
            lines.append(f"  {step.step.ljust(13)} {'█' * full}{'░' * (_BAR - full)} {int(step.share * 100):3d}%")
    if found.missing:
        lines += ["", strong("Missing"), *_ideas(found.missing)]
    for title, texts in (("Different", found.differs), ("Better than the reference", found.better)):
        if texts:
            lines += ["", strong(title), *(f"  {visible(text)}" for text in texts)]
    if found.more:
        lines += ["", strong("Beyond the reference"), *_ideas(found.more)]
    if found.questions:
        lines += ["", strong("Likely questions")]
        for number, each in enumerate(found.questions, 1):
            lines += [f"  {number}. {visible(each.text)}", f"     {visible(each.why)}"]
    count = len(found.findings)
    told = f"`archkit validate` shows {how_many(count, 'finding')} with their places."
    lines += ["", told if count else "No rule has a finding."]
    return "\n".join(lines) + "\n"


def _ideas(ideas: tuple[Idea, ...]) -> Iterator[str]:
    for step, nouns in by_step(ideas).items():
        yield f"  {step}"
        for noun, names in nouns.items():
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST + 1 else ""
            shown = names[:_MOST] if more else names
            yield f"    {visible(noun)}: {visible('; '.join(shown))}{more}"


def as_json(found: Review, name: str) -> str:
    """Return the comparison as one JSON object.

    ``version`` is 1. ``points`` and ``reference_points`` are out of 100; ``steps`` has the ``share`` of each step (0 to
    1, or null) and that of the reference; ``missing`` lists ``step``, ``what`` and ``name``; ``differs`` and ``better``
    are sentences, ``more`` is what only the answer has; ``questions`` have ``text`` and ``why``.

    Args:
        found: The comparison.
        name: Of the reference.
    """
    document = {
        "version": 1,
        "reference": name,
        "points": found.points,
        "reference_points": found.reference,
        "steps": [
            {"step": each.step, "share": _number(each.share), "reference": _number(each.reference)}
            for each in found.steps
        ],
        "missing": [{"step": each.step, "what": each.noun, "name": each.name} for each in found.missing],
        "differs": list(found.differs),
        "better": list(found.better),
        "more": [{"step": each.step, "what": each.noun, "name": each.name} for each in found.more],
        "questions": [{"text": each.text, "why": each.why} for each in found.questions],
    }
    return json.dumps(document, indent=2) + "\n"


def _number(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)
