"""Blueprint → the whole design as a tree on one page: the seven steps and what was decided in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Number, Row, Space, Tree, Words
from archkit.figures.common import STEP_FILLS, inside, metric_name, picture, series, short
from archkit.model.framing import STEPS
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_ENOUGH = 3
_MEASURE = 24.0
_OFF = 0.4  # between a leaf and the end of its branch
_Lines = list[tuple[str, str]]
_TITLES: Mapping[str, str] = {
    "requirements": "Requirements",
    "framing": "ML task",
    "data": "Data",
    "model": "Model",
    "evaluation": "Evaluation",
    "serving": "Serving",
    "monitoring": "Monitoring",
}


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: some of the seven steps."""
    written = [step for step in STEPS if _LINES[step](blueprint)]
    return [] if len(written) >= _ENOUGH else [f"at least {_ENOUGH} of the sections {', '.join(STEPS)}"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a tree with the first steps to the right of the title and the others to its left."""
    branches = [(number, step, lines) for number, step in enumerate(STEPS, 1) if (lines := _LINES[step](blueprint))]
    right, left = _halves(branches)
    title = Words(blueprint.title, "title", align="middle", measure=9)
    root = Boxed(title, "blueprint", fill="model.fill", bold=True, padding=1.1)
    body = Tree(
        root,
        tuple(_branch(number, step, lines, False) for number, step, lines in right),
        tuple(_branch(number, step, lines, True) for number, step, lines in left),
        1.3,
        3.4,
    )
    caption = f"{blueprint.title}: the design on one page"
    return picture("mind_map", "Summary", caption, body, spec)


def _halves(branches: list[tuple[int, str, _Lines]]) -> tuple[list[tuple[int, str, _Lines]], ...]:
    """Divide the steps in their order so that both sides say about as much."""
    weights = [sum(1 + len(text) // 30 for _, text in lines) + 1 for _, _, lines in branches]
    cut = min(range(1, len(branches)), key=lambda at: abs(sum(weights[:at]) - sum(weights[at:])))
    return branches[:cut], branches[cut:]


def _branch(number: int, step: str, lines: _Lines, mirrored: bool) -> Tree:
    parts: tuple[Block, ...] = (Number(number), Words(_TITLES[step], "strong"))
    box = Boxed(Row(parts, 0.5), step, fill=STEP_FILLS[step], padding=0.6)
    leaves = tuple(_leaf(name, text, mirrored) for name, text in lines)
    return Tree(box, () if mirrored else leaves, leaves if mirrored else (), 0.45, 1.8)


def _leaf(name: str, text: str, mirrored: bool) -> Block:
    align = "end" if mirrored else "start"
    words = Words(text, measure=_MEASURE, align=align)  # type: ignore[arg-type]
    lines = Column((Words(name, "small", align=align), words), 0.0, align)  # type: ignore[arg-type]
    return Row((lines, Space(_OFF)) if mirrored else (Space(_OFF), lines), 0.0)


def _kept(lines: Iterable[tuple[str, str]]) -> _Lines:
    return [(name, text) for name, text in lines if text]


def _named(names: Iterable[str]) -> str:
    return series(inside(title_of(name)) for name in names)


def _requirements(blueprint: Blueprint) -> _Lines:
    required, scale = blueprint.requirements, blueprint.requirements.scale
    amounts = (
        (scale.daily_active_users, "daily users"),
        (scale.items, "items"),
        (scale.peak_qps or scale.qps, "requests at peak" if scale.peak_qps else "requests"),
    )
    latency = next((f"{p} {short(v)}" for p in ("p99", "p95", "p50") if (v := getattr(required.latency, p))), "")
    return _kept(
        (
            ("Goal", required.goal),
            ("Scale", ", ".join(f"{short(value)} {name}" for value, name in amounts if value is not None)),
            ("Latency", latency),
            ("Out of scope", series(required.out_of_scope)),
        )
    )


def _framing(blueprint: Blueprint) -> _Lines:
    framing = blueprint.framing
    chosen = [name for name, objective in framing.objectives.items() if objective.chosen]
    ends = f"{series(framing.input)} → {series(framing.output)}" if framing.input and framing.output else ""
    return _kept((("Task", framing.task), ("In and out", ends), ("Objective", _named(chosen))))


def _data(blueprint: Blueprint) -> _Lines:
    data = blueprint.data
    features = [f"{len(group)} {inside(title_of(name))}" for name, group in data.features.items() if group]
    return _kept(
        (
            ("Sources", _named(data.sources)),
            ("Labels", series(inside(label.name) for label in data.labels.values())),
            ("Features", ", ".join(features)),
            ("Leaks guarded against", _named(data.leakage)),
        )
    )


def _model(blueprint: Blueprint) -> _Lines:
    model = blueprint.model
    baseline = [option.name for option in model.options.values() if option.baseline]
    chosen = [option.name for option in model.options.values() if option.chosen]
    models = [one.name for one in model.models.values()]
    losses = dict.fromkeys(
        loss for each in model.models.values() for loss in (each.loss, *(head.loss for head in each.heads.values()))
    )
    return _kept(
        (
            ("Baseline", series(map(inside, baseline))),
            ("Chosen", series(map(inside, chosen)) or series(models)),
            ("Loss", series(filter(None, losses))),
        )
    )


def _evaluation(blueprint: Blueprint) -> _Lines:
    evaluation = blueprint.evaluation
    return _kept(
        (
            ("Offline", series(inside(metric_name(name)) for name in evaluation.offline)),
            ("Online", series(inside(metric_name(name)) for name in evaluation.online)),
            ("Guardrails", series(inside(metric_name(name)) for name in evaluation.guardrails)),
        )
    )


def _serving(blueprint: Blueprint) -> _Lines:
    serving = blueprint.serving
    return _kept(
        (
            ("Mode", series(serving.modes)),
            ("Rollout", " → ".join(inside(title_of(stage.kind)) for stage in serving.rollout)),
            ("Cold start", _named(serving.cold_start)),
            ("Fallback", series(serving.fallback)),
        )
    )


def _monitoring(blueprint: Blueprint) -> _Lines:
    monitoring = blueprint.monitoring
    retrain = monitoring.retrain
    when = (f"every {short(retrain.cadence)}" if retrain.cadence is not None else "", retrain.trigger)
    return _kept(
        (
            ("Drift of", _named(monitoring.drift)),
            ("Retrained", ", or when ".join(filter(None, when))),
            ("Logged", series(monitoring.feedback.log)),
        )
    )


_LINES: Mapping[str, Callable[[Blueprint], _Lines]] = {
    "requirements": _requirements,
    "framing": _framing,
    "data": _data,
    "model": _model,
    "evaluation": _evaluation,
    "serving": _serving,
    "monitoring": _monitoring,
}
