"""A blueprint of the library → an exercise: the question, a plan for the time, and a file to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.figures.framework import minutes_of
from archkit.model.framing import STEPS
from archkit.quantity import Quantity
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint

TASKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "requirements": (
        "Clarify requirements",
        (
            "What is the goal of the business?",
            "How many users, items and requests?",
            "How fast, how fresh, how reliable?",
        ),
    ),
    "framing": (
        "Frame as an ML task",
        ("Why learn at all?", "Which objective, and what speaks against the others?", "What goes in, what comes out?"),
    ),
    "data": (
        "Prepare data",
        ("Where do data and labels come from?", "Which features, by whom or what they describe?", "What could leak?"),
    ),
    "model": (
        "Develop the model",
        ("Which options, from the simplest on?", "Which one wins, and why?", "Which loss, and how is it trained?"),
    ),
    "evaluation": (
        "Evaluate",
        ("Which metrics offline, which online, and how are they linked?", "Which guardrails and slices?"),
    ),
    "serving": (
        "Deploy and serve",
        ("How does a request travel, and where does its time go?", "How is a new model rolled out, and rolled back?"),
    ),
    "monitoring": (
        "Monitor and improve",
        ("What drifts, and who notices?", "When is the model trained again, and on which feedback?"),
    ),
}
"""What is done in each step, and what an interviewer would like to hear about."""


class Slot(NamedTuple):
    """A step of the plan.

    Attributes:
        step: One of the seven.
        title: What is done in it.
        start: Minute at which it begins.
        minutes: How long it may take.
        asks: What it should answer.
    """

    step: str
    title: str
    start: Fraction
    minutes: Fraction
    asks: tuple[str, ...]


class Exercise(NamedTuple):
    """What is asked, without a word of the answer.

    Attributes:
        name: Of the blueprint that answers it.
        question: In one sentence.
        facts: What an interviewer would tell when asked: how large, how fast, and answers to likely questions.
        plan: The seven steps with their minutes.
    """

    name: str
    question: str
    facts: tuple[str, ...]
    plan: tuple[Slot, ...]

    @property
    def minutes(self) -> Fraction:
        """How long all of it takes."""
        return sum((slot.minutes for slot in self.plan), Fraction(0))


def exercise(name: str, blueprint: Blueprint, minutes: int = 0) -> Exercise:
    """Return the exercise of a blueprint.

    Args:
        name: Of its file.
        blueprint: The answer.
        minutes: The time there is; what the blueprint says where 0.
    """
    parts = minutes_of(blueprint)
    total = sum(parts.values(), Fraction(0))
    if minutes and total:
        parts = {step: Fraction(round(part * minutes / total * 2), 2) for step, part in parts.items()}
        parts["model"] += minutes - sum(parts.values())
    plan, at = [], Fraction(0)
    for step in STEPS:
        title, asks = TASKS[step]
        plan.append(Slot(step, title, at, parts[step], asks))
        at += parts[step]
    return Exercise(name, _question(blueprint), tuple(_facts(blueprint)), tuple(plan))


def _question(blueprint: Blueprint) -> str:
    """Return the question that a blueprint answers."""
    title = blueprint.title
    small = title[:1].lower() + title[1:] if title[1:2].islower() else title
    system = small if small.endswith(("system", "platform", "service", "assistant", "gateway")) else f"{small} system"
    article = "an" if system[:1].lower() in "aeiou" else "a"
    goal = blueprint.requirements.goal
    aim = f" The aim: {goal[:1].lower() + goal[1:]}." if goal else ""
    return f"Design {article} {system}.{aim}"


def _facts(blueprint: Blueprint) -> list[str]:
    """Return the numbers that are given, without those that a design decides."""
    requirements = blueprint.requirements
    found = [f"{question} {answer}" for question, answer in requirements.questions.items()]
    for name, value in requirements.scale.written():
        if isinstance(value, Quantity):
            found.append(f"{title_of(name)}: {value.text or value.human()}")
    for name in ("p99", "p95", "p50", "mean", "max"):
        value = getattr(requirements.latency, name)
        if value is not None:
            found.append(f"Latency: {name} within {value.text or value.human()}")
            break
    if requirements.page_size is not None:
        found.append(f"Results shown at once: {requirements.page_size.text or requirements.page_size.human()}")
    if requirements.availability is not None:
        found.append(f"Availability: {requirements.availability.text or requirements.availability.human()}")
    if requirements.out_of_scope:
        found.append(f"Not asked for: {', '.join(requirements.out_of_scope)}")
    return found
