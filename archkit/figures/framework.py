"""Blueprint → the seven steps of a design with their minutes, and what is decided in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Number, Plot, Row, Span, Tick, Words
from archkit.figures.common import STEP_FILLS, STEP_TITLES, inside, metric_name, picture, series, short
from archkit.magnitude import tenths
from archkit.model.framing import STEPS
from archkit.pictures import Picture
from archkit.sentences import capital, how_many
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_ENOUGH = 3
# Where a blueprint says nothing: how long an interview usually is, and how its time is usually divided.
_USUAL_MINUTES = 45
_USUAL_SHARES = (5, 5, 8, 10, 7, 6, 4)


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: some of the seven steps."""
    written = [step for step in STEPS if getattr(blueprint, step)]
    return [] if len(written) >= _ENOUGH else [f"at least {_ENOUGH} of the sections {', '.join(STEPS)}"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a timeline of the steps."""
    minutes = minutes_of(blueprint)
    total = sum(minutes.values(), Fraction(0))
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    ticks = []
    at = Fraction(0)
    for number, step in enumerate(STEPS, 1):
        end = at + minutes[step]
        label = Row((Number(number), Words(STEP_TITLES[step], "strong", measure=14)), 0.6)
        span = Span(float(at / total), float(end / total), STEP_FILLS[step], f"{tenths(minutes[step])} min")
        rows.append((label, (span,), Words(_DECIDED[step](blueprint), measure=28)))
        ticks.append(Tick(float(at / total), tenths(at)))
        at = end
    ticks.append(Tick(1.0, tenths(total)))
    caption = f"{blueprint.title}: seven steps in {tenths(total)} minutes, and what is decided in each"
    return picture("framework", "Seven steps of the design", caption, Plot(tuple(rows), tuple(ticks), 30.0), spec)


def minutes_of(blueprint: Blueprint) -> dict[str, Fraction]:
    """Return the minutes of each step: as written, the rest of the time divided among the others as is usual."""
    interview = blueprint.interview
    written = {step: interview.steps[step].value for step in STEPS if step in interview.steps}
    total = interview.minutes.value if interview.minutes is not None else Fraction(_USUAL_MINUTES)
    if interview.minutes is None and len(written) == len(STEPS):
        return written
    left = max(Fraction(0), total - sum(written.values()))
    usual = {step: part for step, part in zip(STEPS, _USUAL_SHARES, strict=True) if step not in written}
    whole = sum(usual.values())
    return {step: written[step] if step in written else left * usual[step] / whole for step in STEPS}


def _requirements(blueprint: Blueprint) -> str:
    return blueprint.requirements.goal


def _framing(blueprint: Blueprint) -> str:
    framing = blueprint.framing
    chosen = next((inside(title_of(name)) for name, one in framing.objectives.items() if one.chosen), "")
    parts = [framing.task.capitalize(), f"objective: {chosen}" if chosen else ""]
    return "; ".join(filter(None, parts))


def _data(blueprint: Blueprint) -> str:
    data = blueprint.data
    features = sum(len(group) for group in data.features.values())
    counts = ((len(data.sources), "source"), (len(data.labels), "label"), (features, "feature"))
    return ", ".join(how_many(count, name) for count, name in counts if count)


def _model(blueprint: Blueprint) -> str:
    for option in blueprint.model.options.values():
        if option.chosen:
            others = len(blueprint.model.options) - 1
            return option.name + (f", chosen among {others + 1}" if others else "")
    return ", ".join(model.name for model in blueprint.model.models.values())


def _evaluation(blueprint: Blueprint) -> str:
    evaluation = blueprint.evaluation
    goal = next((name for name, one in evaluation.online.items() if one.goal), "")
    first = next(iter(evaluation.offline), "")
    parts = (f"{metric_name(first)} offline" if first else "", f"{inside(metric_name(goal))} online" if goal else "")
    return ", ".join(filter(None, parts))


def _serving(blueprint: Blueprint) -> str:
    serving = blueprint.serving
    modes = " and ".join(serving.modes)
    stages = " → ".join(dict.fromkeys(inside(title_of(stage.kind)) for stage in serving.rollout))
    return "; ".join(filter(None, (f"{modes} prediction".capitalize() if modes else "", stages)))


def _monitoring(blueprint: Blueprint) -> str:
    monitoring = blueprint.monitoring
    cadence = monitoring.retrain.cadence
    drift = series(monitoring.drift)
    parts = (f"drift of {drift}" if drift else "", f"retrained every {short(cadence)}" if cadence is not None else "")
    return capital("; ".join(filter(None, parts)))


_DECIDED: Mapping[str, Callable[[Blueprint], str]] = {
    "requirements": _requirements,
    "framing": _framing,
    "data": _data,
    "model": _model,
    "evaluation": _evaluation,
    "serving": _serving,
    "monitoring": _monitoring,
}
