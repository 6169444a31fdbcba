"""Blueprint → the loop that joins predictions to the next model, what one turn takes, and what keeps it honest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Link, Number, Row, Words
from archkit.facts import Facts
from archkit.figures.common import inside, metric_name, picture, series, short, trainings
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Training
    from archkit.quantity import Quantity


class Station(NamedTuple):
    """One place of the loop.

    Attributes:
        id: Of its box.
        title: What happens.
        glyph: Its line drawing.
        fill: Colour role of its box, that of the lane where it happens.
        lines: How, in few words.
        takes: How long, where that is known.
    """

    id: str
    title: str
    glyph: str
    fill: str
    lines: tuple[str, ...]
    takes: Quantity | None = None


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: what is recorded, and a training that uses it."""
    found = [] if blueprint.monitoring.feedback else ["`monitoring: feedback:`"]
    return found if trainings(blueprint) else [*found, "`model: training:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan eight stations around a loop, above what one turn takes."""
    stations = _stations(blueprint)
    top, bottom = stations[:4], stations[:3:-1]
    left, right = Link(bottom[0].id, top[0].id, upright=True), Link(top[-1].id, bottom[-1].id, upright=True)
    rows = (
        _line(top, {station.id: at for at, station in enumerate(stations, 1)}, forward=True),
        (left, None, None, None, None, None, right),
        _line(bottom, {station.id: at for at, station in enumerate(stations, 1)}, forward=False),
    )
    loop = Grid(rows, ("stretch",) * 7, ruled=False, gap=0.0, leading=0.0, align="stretch")
    parts: list[Block] = [loop]
    told = _told(blueprint, stations)
    if told:
        cells = tuple((Words(name, "strong"), Words(text, measure=50)) for name, text in told)
        parts.append(Grid(cells, ("start", "start"), ruled=False, leading=0.25, align="start"))
    caption = f"{blueprint.title}: what people do with predictions teaches the next model"
    return picture("feedback", "Feedback loop", caption, Column(tuple(parts), 1.5), spec)


def _line(stations: list[Station], numbers: dict[str, int], *, forward: bool) -> tuple[Block, ...]:
    cells: list[Block] = []
    for at, station in enumerate(stations):
        cells.append(_box(station, numbers[station.id]))
        if at + 1 < len(stations):
            ends = (station.id, stations[at + 1].id)
            cells.append(Link(*(ends if forward else ends[::-1])))
    return tuple(cells)


def _box(station: Station, number: int) -> Boxed:
    title = Row((Number(number), Glyph(station.glyph, size=1.6)), 0.6)
    lines: list[Block] = [title, Words(station.title, "strong", measure=11)]
    lines += [Words(line, "small", "ink", 12) for line in station.lines if line]
    if station.takes is not None:
        lines.append(Row((Glyph("clock", size=1.1), Words(short(station.takes), "strong")), 0.4))
    return Boxed(Column(tuple(lines), 0.2), station.id, fill=station.fill, least=(11.5, 8.0), align="start", top=True)


def _stations(blueprint: Blueprint) -> list[Station]:
    training, feedback = trainings(blueprint)[0], blueprint.monitoring.feedback
    labels = series(inside(label.name) for label in blueprint.data.labels.values())
    action = blueprint.requirements.user_action
    judged = next(map(metric_name, blueprint.evaluation.offline), "")
    every = training.cadence or blueprint.monitoring.retrain.cadence
    stages = " → ".join(dict.fromkeys(inside(title_of(stage.kind)) for stage in blueprint.serving.rollout))
    window = training.window
    return [
        Station("predict", "Predict", "gauge", "lane.inference", (series(blueprint.framing.output),)),
        Station("act", "People act", "users", "lane.inference", (f"they {action}" if action else "",)),
        Station("log", "Log", "prediction-log", "lane.monitoring", (series(feedback.log),)),
        Station("join", "Join labels", "join", "lane.data", (labels,), feedback.join_window or _longest(blueprint)),
        Station(
            "train", "Train", "train", "lane.training",
            (f"every {short(every)}" if every is not None else "", f"on {short(window)}" if window is not None else ""),
            training.duration,
        ),
        Station("evaluate", "Evaluate", "ruler", "lane.training", (judged,), training.evaluation_duration),
        Station("approve", "Approve", "gate", "lane.training", (blueprint.monitoring.retrain.approval,)),
        Station("deploy", "Deploy", "model-serve", "lane.inference", (stages,), training.deploy_duration),
    ]  # fmt: skip


def _further(blueprint: Blueprint, training: Training) -> tuple[str, str]:
    """Return a training beside that of the loop: which models, how often, from what."""
    known = blueprint.model.models
    models = series(known[id_].title or inside(title_of(id_)) for id_ in training.models if id_ in known)
    every = f"every {short(training.cadence)}" if training.cadence is not None else ""
    start = f"from {training.from_}" if training.from_ == "scratch" else training.from_
    takes = f"takes {short(training.duration)}" if training.duration is not None else ""
    return f"Also trained: {inside(title_of(training.id))}", ", ".join(filter(None, (models, every, start, takes)))


def _longest(blueprint: Blueprint) -> Quantity | None:
    windows = [label.window for label in blueprint.data.labels.values() if label.window is not None]
    return max(windows, key=lambda window: window.value, default=None)


def _told(blueprint: Blueprint, stations: list[Station]) -> list[tuple[str, str]]:
    """Return what one turn takes, added up, and what keeps the loop from feeding on itself."""
    feedback = blueprint.monitoring.feedback
    times = [(station.title, station.takes) for station in stations if station.takes is not None]
    lines = []
    if len(times) > 1:
        total = times[0][1]
        for _, takes in times[1:]:
            total = total + takes
        terms = " + ".join(f"{short(takes)}" for _, takes in times)
        every = trainings(blueprint)[0].cadence
        wait = f", and up to {short(every)} of waiting for the next training" if every is not None else ""
        lines.append(("One turn", f"{terms} = {total.human()}{wait}"))
    lines += [_further(blueprint, training) for training in trainings(blueprint)[1:]]
    if feedback.exploration is not None:
        how = f": {feedback.exploration_policy}" if feedback.exploration_policy else ""
        lines.append(("Explored", f"{short(feedback.exploration)} of results{how}"))
    if feedback.holdout is not None:
        units = Facts(blueprint).experiment.singles
        whom = f"{short(feedback.holdout)} of {units}" if units else short(feedback.holdout)
        lines.append(("Held out", f"{whom} get no model, for comparison"))
    lines += [(f"Bias of {inside(title_of(name))}", text) for name, text in blueprint.data.bias.items()]
    return lines
