"""Blueprint → questions that it answers in words: why, which, how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from archkit.capacity import numbers
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.facts.losses import KINDS, terms
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.cards import Kind
    from archkit.model.modelling import Option

_NUMBERS = frozenset(
    (
        "traffic.average_qps", "traffic.peak_qps", "latency.p99", "latency.left", "funnel.narrowing", "cost.month",
        "cost.per_1000",
    )
)  # fmt: skip
_FAMILIES = ("size.", "table.", "cost.", "batch.", "training.", "tokens.")


class Asked(NamedTuple):
    """A question in words.

    Attributes:
        kind: What is asked for.
        of: What it is about, unique among those of its kind.
        front: The question.
        back: The answer, paragraph by paragraph.
    """

    kind: Kind
    of: str
    front: str
    back: tuple[str, ...]


def questions(blueprint: Blueprint) -> Iterator[Asked]:
    """Yield the questions that a blueprint answers, in the order of the seven steps."""
    yield from _objectives(blueprint)
    yield from _labels(blueprint)
    yield from _losses(blueprint)
    yield from _decisions(blueprint)
    yield from _metrics(blueprint)
    yield from _funnel(blueprint)
    yield from _sums(blueprint)
    yield from _serving(blueprint)


def _objectives(blueprint: Blueprint) -> Iterator[Asked]:
    objectives = blueprint.framing.objectives
    chosen = next((name for name, one in objectives.items() if one.chosen), "")
    if chosen:
        others = [f"Not {title_of(n).lower()}: {one.rejected}" for n, one in objectives.items() if one.rejected]
        because = objectives[chosen].because
        first = f"{title_of(chosen)}{f', because {because}' if because else ''}"
        yield Asked("objective", chosen, "which objective is optimised, and why not another?", (first, *others))


def _labels(blueprint: Blueprint) -> Iterator[Asked]:
    for name, label in blueprint.data.labels.items():
        parts = [f"positive: {label.positive}"] if label.positive else []
        parts += [f"negative: {label.negative}"] if label.negative else []
        parts += [f"value: {label.value}"] if label.value else []
        parts += [label.note] if label.note else []
        if parts:
            yield Asked("label", name, f"what does the label “{label.name.lower()}” mean?", tuple(parts))
    for name, leak in blueprint.data.leakage.items():
        if leak.risk and leak.guard:
            front = f"how is this leak kept out: {leak.risk}?"
            yield Asked("leak", name, front, (leak.guard,))


def _losses(blueprint: Blueprint) -> Iterator[Asked]:
    for id_, model in blueprint.model.models.items():
        title = model.name
        role = f" ({model.role})" if model.role else ""
        if model.loss:
            yield Asked(
                "loss", id_, f"which loss trains the {title.lower()}{role}, and why?", (model.loss, *_why(model.loss))
            )
        for name, head in model.heads.items():
            if head.loss:
                front = f"which loss has the head “{head.name.lower()}” of the {title.lower()}?"
                weight = (f"its weight is {show(head.weight)}",) if head.weight is not None else ()
                yield Asked("loss", f"{id_}.{name}", front, (head.loss, *_why(head.loss), *weight))


def _why(loss: str) -> tuple[str, ...]:
    """Return what the losses that a text names do."""
    return tuple(f"{one.title} {KINDS[one.kind]}" for one in terms(loss).losses)


def _decisions(blueprint: Blueprint) -> Iterator[Asked]:
    options = blueprint.model.options
    chosen = next((name for name, option in options.items() if option.chosen), "")
    if chosen and len(options) > 1:
        yield Asked(
            "decision", "model", "which model is chosen, and what speaks against the others?",
            (_named(options[chosen], options[chosen].because), *_others(options, chosen)),
        )  # fmt: skip
    for id_, decision in blueprint.decisions.items():
        known = decision.options
        if decision.chosen in known:
            first = _named(known[decision.chosen], decision.because)
            front = decision.question or title_of(id_)
            yield Asked("decision", id_, front[:1].lower() + front[1:], (first, *_others(known, decision.chosen)))


def _others(options: Mapping[str, Option], chosen: str) -> tuple[str, ...]:
    found = []
    for name, option in options.items():
        against = option.rejected or "; ".join(option.cons)
        if name != chosen and against:
            found.append(f"Not {option.name}: {against}")
    return tuple(found)


def _named(option: Option, because: str) -> str:
    return f"{option.name}, because {because}" if because else option.name


def _metrics(blueprint: Blueprint) -> Iterator[Asked]:
    for name, metric in blueprint.evaluation.offline.items():
        if metric.predicts:
            stands = ", ".join(title_of(each).lower() for each in metric.predicts)
            why = (metric.because,) if metric.because else ()
            yield Asked("metric", name, f"which online metric does {name} stand for?", (stands, *why))
    limits = []
    for name, guard in blueprint.evaluation.guardrails.items():
        limit = f"at most {show(guard.max)}" if guard.max is not None else ""
        limit = limit or (f"at least {show(guard.min)}" if guard.min is not None else "")
        limits.append(f"{title_of(name).lower()}{f': {limit}' if limit else ''}")
    if limits:
        yield Asked("metric", "guardrails", "which metrics must not get worse?", tuple(limits))


def _funnel(blueprint: Blueprint) -> Iterator[Asked]:
    for id_, component in blueprint.components.items():
        if component.in_count is not None and component.out_count is not None:
            front = f"of {show(component.in_count)} items, how many does the {component.title.lower()} let through?"
            yield Asked("funnel", id_, front, (show(component.out_count),))


def _sums(blueprint: Blueprint) -> Iterator[Asked]:
    for section in numbers(Facts(blueprint)).values():
        for number in section:
            if number.key in _NUMBERS or number.key.startswith(_FAMILIES):
                front = f"{number.name[:1].lower()}{number.name[1:]}?".replace("`", "")
                yield Asked("number", number.key, front, (show(number.value), f"= {number.formula}"))


def _serving(blueprint: Blueprint) -> Iterator[Asked]:
    serving = blueprint.serving
    for who, what in serving.cold_start.items():
        yield Asked("serving", f"cold.{who}", f"what does a new {title_of(who).lower()} get?", (what,))
    if serving.rollback.to:
        trigger = (f"when: {serving.rollback.trigger}",) if serving.rollback.trigger else ()
        yield Asked("serving", "rollback", "what is the way back from a bad model?", (serving.rollback.to, *trigger))
    if serving.fallback:
        yield Asked("serving", "fallback", "what answers when the model does not?", tuple(serving.fallback))
