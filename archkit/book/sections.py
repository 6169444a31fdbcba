"""Blueprint → what each of the seven steps says, as paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from archkit.book import Block, Heading, Para, Table, Terms
from archkit.facts.derived import show
from archkit.quantity import Quantity
from archkit.shapes.record import KEYS, Record
from archkit.titles import inside, title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.modelling import Option

_PERCENTILES = ("p50", "p95", "p99", "mean", "max")


def requirements(blueprint: Blueprint) -> Iterator[Block]:
    """Yield what is asked for, and how much of it."""
    needs = blueprint.requirements
    yield from _para(needs.goal and f"The goal: {_inside(needs.goal)}.")
    if needs.questions:
        yield Terms(tuple((question, answer) for question, answer in needs.questions.items()))
    found = [
        ("Users", needs.users),
        ("What they do", needs.user_action),
        ("In scope", ", ".join(needs.in_scope)),
        ("Out of scope", ", ".join(needs.out_of_scope)),
        ("Privacy", "; ".join(needs.privacy)),
        ("Regulations", ", ".join(needs.regulations)),
        ("Regions", ", ".join(needs.regions)),
        ("Languages", ", ".join(needs.languages)),
        ("Constraints", "; ".join(needs.constraints)),
    ]
    yield from _terms(found)
    numbers = [
        *_numbers(needs.scale),
        *_numbers(needs.latency, "Latency, "),
        *_numbers(needs.freshness, "Freshness of "),
    ]
    for name in ("availability", "page_size", "throughput", "deadline", "first_token"):
        value = getattr(needs, name)
        if value is not None:
            numbers.append((title_of(name), show(value)))
    if numbers:
        yield Table(("Number", "Value"), tuple(numbers), (3, 2))


def framing(blueprint: Blueprint) -> Iterator[Block]:
    """Yield the task, its inputs and outputs, and the objectives."""
    task = blueprint.framing
    yield from _para(task.why_ml and f"Why learn: {_inside(task.why_ml)}.")
    yield from _terms(
        [
            ("Task", ", ".join(filter(None, (task.task, task.approach)))),
            ("Input", ", ".join(task.input)),
            ("Output", ", ".join(task.output)),
        ]
    )
    rows = []
    for name, one in task.objectives.items():
        verdict = "chosen" if one.chosen else "rejected" if one.rejected else ""
        rows.append((title_of(name), verdict, one.because or one.rejected or one.note))
    if rows:
        strong = frozenset(at for at, row in enumerate(rows) if row[1] == "chosen")
        yield Table(("Objective", "", "Why"), tuple(rows), (2, 1, 4), strong)


def data(blueprint: Blueprint) -> Iterator[Block]:
    """Yield labels, features and leaks."""
    known = blueprint.data
    for label in known.labels.values():
        found = [
            ("Positive", label.positive),
            ("Negative", label.negative),
            ("Value", label.value),
            ("Known after", _quantity(label.delay.p95) or _quantity(label.window)),
            ("Share of positives", _quantity(label.positive_rate)),
            ("Position bias", label.position_bias),
            ("Remark", label.note),
        ]
        yield Heading(3, f"Label: {_inside(label.name)}")
        yield from _terms(found)
    rows = [
        (title_of(group), title_of(name), feature.type, feature.transform, _from(feature))
        for group, features in known.features.items()
        for name, feature in features.items()
    ]
    if rows:
        yield Heading(3, "Features")
        yield Table(("Of", "Feature", "Type", "Preparation", "From"), tuple(rows), (1.2, 2, 1.3, 3.4, 1.6))
    if known.leakage:
        yield Heading(3, "What could leak")
        leaks = tuple((leak.risk or title_of(name), leak.guard) for name, leak in known.leakage.items())
        yield Table(("Risk", "Guard"), leaks, (1, 1))


def model(blueprint: Blueprint) -> Iterator[Block]:
    """Yield options, losses and the training."""
    known = blueprint.model
    if known.options:
        yield Heading(3, "Options")
        yield _options(known.options, next((name for name, one in known.options.items() if one.chosen), ""))
        chosen = next((one for one in known.options.values() if one.chosen and one.because), None)
        if chosen is not None:
            yield Para((f"{chosen.name} wins: {_inside(chosen.because)}.",))
    rows = []
    for each in known.models.values():
        rows.append((each.name, each.role, each.loss))
        rows += [(f"  head: {_inside(head.name)}", head.label, head.loss) for head in each.heads.values()]
    if rows:
        yield Heading(3, "Models and losses")
        yield Table(("Model", "For", "Loss"), tuple(rows), (2, 2, 3))
    training = known.training
    yield from _terms(
        [
            ("Trained", f"every {_quantity(training.cadence)}" if training.cadence is not None else ""),
            ("One run takes", _quantity(training.duration)),
            ("On examples of the last", _quantity(training.window)),
            ("Examples", _quantity(training.examples)),
            ("Hardware", training.hardware),
        ]
    )


def evaluation(blueprint: Blueprint) -> Iterator[Block]:
    """Yield metrics offline and online, guardrails, slices and the experiment."""
    known = blueprint.evaluation
    rows: list[tuple[str, ...]] = []
    for name, metric in known.offline.items():
        stands = ", ".join(_inside(title_of(each)) for each in metric.predicts)
        rows.append((name, "offline", _quantity(metric.target), stands and f"stands for {stands}"))
    for name, online in known.online.items():
        rows.append((title_of(name), "online", _quantity(online.target), "the goal" if online.goal else online.because))
    for name, guard in known.guardrails.items():
        limit = f"at most {show(guard.max)}" if guard.max is not None else ""
        limit = limit or (f"at least {show(guard.min)}" if guard.min is not None else "")
        rows.append((title_of(name), "guardrail", limit, guard.action or guard.because))
    if rows:
        yield Table(("Metric", "Kind", "Target or limit", "Remark"), tuple(rows), (2.2, 1.2, 1.6, 3))
    yield from _terms(
        [
            ("Judged by themselves", ", ".join(known.slices)),
            ("Experiment", _experiment(blueprint)),
            ("Mistakes", known.error_analysis),
            ("People judge", known.human),
        ]
    )


def serving(blueprint: Blueprint) -> Iterator[Block]:
    """Yield how predictions are made, rolled out and taken back."""
    known = blueprint.serving
    stages = []
    for stage in known.rollout:
        share = f" {show(stage.share)}" if stage.share is not None else ""
        stages.append(f"{_inside(title_of(stage.kind))}{share}")
    back = ", ".join(filter(None, (known.rollback.to, known.rollback.trigger and f"when {known.rollback.trigger}")))
    yield from _terms(
        [
            ("Predictions", " and ".join(known.modes)),
            ("Rollout", " → ".join(stages)),
            ("Way back", back),
            *((f"A new {_inside(title_of(who))} gets", what) for who, what in known.cold_start.items()),
            ("When the model does not answer", "; ".join(known.fallback)),
            ("Removed before it is shown", ", ".join(known.filters)),
            ("Kept from request to request", known.caching),
        ]
    )
    for decision in blueprint.decisions.values():
        yield Heading(3, decision.question or title_of(decision.id))
        if decision.options:
            yield _options(decision.options, decision.chosen)
        chosen = decision.options.get(decision.chosen)
        name = (chosen.title if chosen is not None else "") or title_of(decision.chosen)
        yield from _para(decision.because and f"{name}: {_inside(decision.because)}.")
        yield from _para(decision.revisit and f"To be decided again {_inside(decision.revisit)}.")


def monitoring(blueprint: Blueprint) -> Iterator[Block]:
    """Yield what is watched, and when the model is trained again."""
    known = blueprint.monitoring
    drift = "; ".join(
        f"{_inside(title_of(name))}: {one.test}{f' above {show(one.threshold)}' if one.threshold is not None else ''}"
        for name, one in known.drift.items()
    )
    every = f"every {show(known.retrain.cadence)}" if known.retrain.cadence is not None else ""
    again = ", ".join(filter(None, (every, known.retrain.trigger)))
    yield from _terms(
        [
            ("The service", ", ".join(known.operational)),
            ("The predictions", ", ".join(known.quality)),
            ("The data", ", ".join(known.data)),
            ("Drift", drift),
            ("Trained again", again),
            ("Logged for the next training", ", ".join(known.feedback.log)),
        ]
    )
    rows = tuple((title_of(name), one.when, one.action, one.owner) for name, one in known.alerts.items())
    if rows:
        yield Table(("Alert", "When", "Then", "Called"), rows, (1.2, 2.5, 2.5, 1.6))


def _options(options: Mapping[str, Option], chosen: str) -> Table:
    rows = []
    for option in options.values():
        title = option.name
        rows.append(
            (f"{title} (baseline)" if option.baseline else title, "; ".join(option.pros), "; ".join(option.cons))
        )
    strong = frozenset(at for at, name in enumerate(options) if name == chosen)
    return Table(("Option", "For", "Against"), tuple(rows), (2, 3, 3), strong)


def _experiment(blueprint: Blueprint) -> str:
    test = blueprint.evaluation.experiment
    parts = (
        test.hypothesis,
        test.unit and f"by {test.unit}",
        test.split,
        test.duration and show(test.duration),
        test.minimum_effect and f"to see {show(test.minimum_effect)}",
    )
    return ", ".join(str(part) for part in parts if part)


def _numbers(record: Record, before: str = "") -> list[tuple[str, str]]:
    found = []
    for name, value in record.written():
        if isinstance(value, Quantity):
            key = KEYS.get(name, name)
            title = key if key in _PERCENTILES else title_of(key)
            found.append((f"{before}{_inside(title)}" if before else title, show(value)))
    return found


def _from(feature: Record) -> str:
    names = getattr(feature, "from_", ())
    return ", ".join((names,) if isinstance(names, str) else names)


def _quantity(value: Quantity | None) -> str:
    return show(value) if value is not None else ""


def _para(text: str) -> Iterator[Block]:
    if text:
        yield Para((text,))


def _terms(items: list[tuple[str, str]]) -> Iterator[Block]:
    found = tuple((name, text) for name, text in items if text)
    if found:
        yield Terms(found)


def _inside(text: str) -> str:
    """Return a text as it stands inside a sentence, without its last stop."""
    return inside(text.rstrip("."))


STEPS: Mapping[str, Callable[[Blueprint], Iterator[Block]]] = MappingProxyType(
    {
        "requirements": requirements,
        "framing": framing,
        "data": data,
        "model": model,
        "evaluation": evaluation,
        "serving": serving,
        "monitoring": monitoring,
    }
)
"""What tells about each of the seven steps."""
