"""Blueprint → how offline metrics stand for online ones, and those for the goal, within the guardrails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Row, Space, Words
from archkit.figures.common import heads, inside, metric_name, picture, series, short
from archkit.pictures import Arrow, Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.evaluation import Guardrail, OfflineMetric
    from archkit.quantity import Quantity


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: metrics offline and online."""
    evaluation = blueprint.evaluation
    return [f"`evaluation: {name}:`" for name in ("offline", "online") if not getattr(evaluation, name)]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan three columns joined by arrows, above a table of guardrails."""
    evaluation = blueprint.evaluation
    online = _online(blueprint)
    offline = sorted(evaluation.offline.values(), key=lambda metric: _first(metric, online))
    arrows = [
        Arrow(f"offline {metric.id}", f"online {name}")
        for metric in offline
        for name in metric.predicts
        if name in online
    ]
    columns: list[Block] = [
        _column("Offline, on held-out data", [_offline(blueprint, metric) for metric in offline]),
        Space(7.0),
        _column("Online, on live traffic", [_online_box(blueprint, name) for name in online]),
    ]
    goal = blueprint.requirements.goal
    if goal:
        text = Column((Glyph("target", "good", 2.0), Words(goal, "strong", align="middle", measure=13)), 0.4, "middle")
        box = Boxed(text, "goal", fill="model.fill", bold=True, padding=1.0)
        columns += [Space(5.5), _column("Business goal", [box])]
        arrows += [Arrow(f"online {name}", "goal") for name in online if _is_goal(blueprint, name)]
    parts: list[Block] = [Row(tuple(columns), 0.0, "middle")]
    if evaluation.guardrails:
        parts.append(_guardrails(blueprint))
    if evaluation.slices:
        parts.append(_line("Judged by slice too", series(evaluation.slices)))
    caption = f"{blueprint.title}: what is measured offline, what it predicts online, and the goal behind it"
    return picture("evaluation", "Evaluation", caption, Column(tuple(parts), 1.5, "stretch"), spec, tuple(arrows))


def _online(blueprint: Blueprint) -> list[str]:
    """Return the online metrics, those that lead to the goal in the middle, and objectives that metrics predict."""
    evaluation = blueprint.evaluation
    predicted = dict.fromkeys(name for metric in evaluation.offline.values() for name in metric.predicts)
    names = [*evaluation.online, *(name for name in predicted if name in blueprint.framing.objectives)]
    return list(dict.fromkeys(names))


def _is_goal(blueprint: Blueprint, name: str) -> bool:
    metric = blueprint.evaluation.online.get(name)
    objective = blueprint.framing.objectives.get(name)
    return bool(metric.goal) if metric is not None else bool(objective is not None and objective.chosen)


def _first(metric: OfflineMetric, online: list[str]) -> int:
    return min((online.index(name) for name in metric.predicts if name in online), default=len(online))


def _column(title: str, boxes: list[Boxed]) -> Block:
    return Column((Words(title, "small", align="middle"), Column(tuple(boxes), 0.7, "stretch")), 0.6, "middle")


def _offline(blueprint: Blueprint, metric: OfflineMetric) -> Boxed:
    stages = [blueprint.components[id_].title if id_ in blueprint.components else title_of(id_) for id_ in metric.stage]
    said = [("target", metric.target), ("reached", metric.value), ("baseline", metric.baseline)]
    numbers = ", ".join(f"{name} {_measure(value)}" for name, value in said if value is not None)
    lines: list[Block] = [Words(metric_name(metric.id), "strong", measure=16)]
    lines += [Words(text, "small", measure=18) for text in (", ".join(stages), numbers) if text]
    return Boxed(Column(tuple(lines), 0.1), f"offline {metric.id}", align="start")


def _online_box(blueprint: Blueprint, name: str) -> Boxed:
    metric = blueprint.evaluation.online.get(name)
    lines: list[Block] = [Words(metric_name(name), "strong", measure=16)]
    if metric is not None and metric.target is not None:
        lines.append(Words(f"hoped for {_measure(metric.target)}", "small"))
    if metric is not None and metric.counter_metric:
        lines.append(Words(f"counter-metric: {inside(metric_name(metric.counter_metric))}", "small", measure=16))
    bold = _is_goal(blueprint, name)
    return Boxed(Column(tuple(lines), 0.1), f"online {name}", align="start", bold=bold)


def _measure(value: Quantity) -> str:
    return value.text or short(value)


def _guardrails(blueprint: Blueprint) -> Block:
    rails = blueprint.evaluation.guardrails
    acted = any(rail.action for rail in rails.values())
    rows: list[tuple[Block | None, ...]] = [heads("Guardrail", "", "Limit", "If broken" if acted else "", "")]
    for rail in rails.values():
        why = Words(rail.because, "small", measure=26) if rail.because else None
        action = Words(rail.action, measure=16) if rail.action else None
        limit = _limit(rail)
        rows.append((Words(metric_name(rail.id)), Glyph("shield", size=1.3), limit, action, why))
    return Grid(tuple(rows), ("start", "middle", "start", "start", "start"), 1, leading=0.45)


def _limit(rail: Guardrail) -> Block | None:
    bounds = (("at least", rail.min), ("at most", rail.max))
    text = ", ".join(f"{word} {_measure(value)}" for word, value in bounds if value is not None)
    return Words(text, "strong") if text else None


def _line(title: str, text: str) -> Block:
    return Grid(((Words(title, "strong"), Words(text, measure=44)),), ("start", "start"), ruled=False, align="start")
