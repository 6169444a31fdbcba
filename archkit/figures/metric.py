"""Blueprint → a worked example of a metric: definition, working and value of each model, and which one is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Flow, Glyph, Row, Words
from archkit.figures import metric_counts, metric_lists, metric_tables
from archkit.figures.common import glyph_for, inside, metric_name, panel, picture, series
from archkit.figures.formulas import decimal
from archkit.figures.metric_definitions import definition
from archkit.metrics.names import find_metric
from archkit.model.authored.metric import MetricFigure
from archkit.model.authored.metric_values import COUNTED, value_of, value_of_all
from archkit.pictures import Picture

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.metrics.names import Named
    from archkit.model.design import FigureSpec


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: an example to compute from."""
    if isinstance(spec, MetricFigure) and spec.named and spec.data:
        return []
    return ["an example to compute from: `figures: - {kind: metric, metric: ndcg@5, lists: {Model A: [3, 2, 0, 1]}}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the definition above the working of each model, and the verdict below."""
    assert isinstance(spec, MetricFigure)  # noqa: S101  `needs` asked for it
    named = spec.named
    parts: list[Block] = []
    told = definition(spec, named[0]) if len(named) == 1 and not _counted(spec) else None
    if told is not None:
        formula = Column((told[0], Words(told[1], "note", align="middle", measure=40)), 0.5, "middle")
        parts.append(Boxed(formula, fill="lane.other", stroke="", padding=0.9))
    otherwise = glyph_for(series(blueprint.framing.output), "item")
    panels = [_panel(model, _working(spec, model, otherwise)) for model in spec.models]
    parts.append(Flow(tuple(panels), 1.4) if len(panels) > 1 else panels[0])
    verdict = compared(spec)
    if verdict:
        line = Row((Glyph("scales", "ink", 1.4), Words(verdict, "strong", measure=44)), 0.6)
        parts.append(line)
    title = f"How {series(each.title for each in named)} {'is' if len(named) == 1 else 'are'} computed"
    body = Column(tuple(parts), 1.2, "middle")
    return picture("metric", title, _caption(blueprint, spec), body, spec)


def _counted(spec: MetricFigure) -> bool:
    return spec.data == "confusion" or (spec.data == "predictions" and spec.named[0].metric.id in COUNTED)


def _panel(model: str, inner: Block) -> Block:
    return panel(model, inner, "paper") if model else inner


def _working(spec: MetricFigure, model: str, otherwise: str) -> Block:
    if _counted(spec):
        return metric_counts.working(spec, spec.named, model)
    if spec.data == "lists":
        return metric_lists.working(spec, spec.named[0], model, otherwise)
    return metric_tables.working(spec, spec.named[0], model)


def compared(spec: MetricFigure) -> str:
    """Return which model is better by each metric, in a sentence; "" where there is just one.

    Of slices none is better; their predictions together have a value that is told.
    """
    if len(spec.models) < 2:
        return ""
    if spec.slices:
        return _together(spec)
    if len(spec.named) == 1:
        return _ranked(spec, spec.named[0])
    wins: dict[str, list[str]] = {}
    for each in spec.named:
        wins.setdefault(_best(spec, each), []).append(each.title)
    told = [(f"{model} is better in" if model else "level in", titles) for model, titles in wins.items()]
    told.sort(key=lambda pair: pair[0] == "level in")
    return "; ".join(f"{who} {series(titles)}" for who, titles in told)


def _together(spec: MetricFigure) -> str:
    """Return the value of all slices together, where they are made of probabilities."""
    named = spec.named[0]
    if spec.data != "predictions" or named.metric.id in COUNTED:
        return ""
    return f"All together: {decimal(value_of_all(spec, named))}"


def _distance(named: Named, value: float) -> float:
    """Return how far a value is from the best, in an order that compares models."""
    return {"more": -value, "less": value, "one": abs(value - 1)}[named.metric.better]


def _order(spec: MetricFigure, named: Named) -> list[tuple[str, str, float]]:
    """Return the models with their values, the best first."""
    values = [(model, value_of(spec, named, model)) for model in spec.models]
    values.sort(key=lambda pair: _distance(named, float(pair[1])))
    return [(model, decimal(value), round(_distance(named, float(value)), 9)) for model, value in values]


def _ranked(spec: MetricFigure, named: Named) -> str:
    order = _order(spec, named)
    (best, value, reached), *rest = order
    level = [model for model, _, distance in order if distance == reached]
    if len(level) == len(order):
        return f"{series(level)} are level: {value}"
    others = series(f"{shown} of {model}" for model, shown, distance in rest if distance != reached)
    if len(level) > 1:
        return f"{series(level)} are best with {value}, against {others}"
    word = "better" if len(order) == 2 else "best"
    return f"{best} is {word}: {value} against {others}"


def _best(spec: MetricFigure, named: Named) -> str:
    """Return the best model by a metric; "" where two or more share that place."""
    first, second, *_ = _order(spec, named)
    return "" if first[2] == second[2] else first[0]


def _caption(blueprint: Blueprint, spec: MetricFigure) -> str:
    """Return what is computed, and what the design expects of that metric."""
    shown = series(each.title for each in spec.named)
    models = series(spec.models) if spec.models != ("",) else ""
    caption = f"{blueprint.title}: {shown}{f' of {models}' if models else ''}, step by step"
    for each in spec.named:
        expected = _expected(blueprint, each)
        if expected:
            return f"{caption}; {expected}"
    return caption


def _expected(blueprint: Blueprint, named: Named) -> str:
    """Return the target of a metric in the design, and what it stands for there; with the same cut-off, if any."""
    found = [(name, metric, find_metric(name)) for name, metric in blueprint.evaluation.offline.items()]
    same = [each for each in found if each[2] is not None and each[2].metric is named.metric]
    same.sort(key=lambda each: each[2] != named)
    reach = "stay below" if named.metric.better == "less" else "reach"
    for name, metric, known in same:
        aims = (
            f"is to {reach} {metric.target.text or decimal(metric.target.value)}" if metric.target is not None else ""
        )
        online = series(inside(metric_name(each)) for each in metric.predicts)
        stands = f"stands for {online}" if online else ""
        if aims or stands:
            called = known.title if known is not None else name
            return f"in the design {called} {' and '.join(each for each in (aims, stands) if each)}"
    return ""
