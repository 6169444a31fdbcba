"""Blueprint → the machine-learning task: what goes in, what comes out, which objective, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Link, Row, Space, Words
from archkit.figures.common import glyph_for, heads, picture
from archkit.pictures import Arrow, Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_WIDE = 46.0


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: inputs and outputs."""
    framing = blueprint.framing
    return [f"`framing: {name}:`" for name in ("input", "output") if not getattr(framing, name)]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the task as a box between its inputs and outputs, above the objectives."""
    framing = blueprint.framing
    parts: list[Block] = []
    reasons = (("Goal", blueprint.requirements.goal), ("Why ML", framing.why_ml))
    told = tuple((Words(name, "strong"), Words(text, measure=_WIDE)) for name, text in reasons if text)
    if told:
        parts.append(Grid(told, ("start", "start"), ruled=False, leading=0.3, align="start"))
    parts.append(_task(blueprint))
    if framing.objectives:
        parts.append(_objectives(blueprint))
    arrows = tuple(Arrow(f"input {number}", "model") for number in range(1, len(framing.input) + 1))
    caption = f"{blueprint.title} as {_article(framing.task)}: what goes in, and what comes out"
    return picture("framing", "Framing as an ML task", caption, Column(tuple(parts), 1.6, "stretch"), spec, arrows)


def _article(task: str) -> str:
    return f"{'an' if task[0] in 'aeiou' else 'a'} {task} task" if task else "a machine-learning task"


def _task(blueprint: Blueprint) -> Block:
    framing = blueprint.framing
    inputs = [_end(f"input {number}", text, "box") for number, text in enumerate(framing.input, 1)]
    lines: list[Block] = [Words(framing.task.capitalize() or "Model", "title", align="middle", measure=14)]
    if framing.approach:
        lines.append(Words(framing.approach, "small", "ink", align="middle", measure=15))
    model = Boxed(Column(tuple(lines), 0.3, "middle"), "model", fill="model.fill", padding=1.2, least=(12, 5))
    outputs = Column(tuple(Words(text, "strong", measure=13) for text in framing.output), 0.3)
    output = Boxed(Row((Glyph(glyph_for(" ".join(framing.output), "target"), size=2.0), outputs), 0.7), "output")
    link = Link("model", "output", least=4.5)
    return Row((Space(0.5), Column(tuple(inputs), 0.8, "stretch"), Space(4.2), model, link, output), 0.0)


def _end(id_: str, text: str, otherwise: str) -> Boxed:
    glyph = Glyph(glyph_for(text, otherwise), size=2.0)
    return Boxed(Row((glyph, Words(title_of(text), "strong", measure=13)), 0.7), id_, align="start")


def _objectives(blueprint: Blueprint) -> Block:
    rows: list[tuple[Block | None, ...]] = [(None, *heads("ML objective", "Chosen or rejected, and why"))]
    marked = set()
    for name, objective in blueprint.framing.objectives.items():
        sign = Glyph("check", "good", 1.3) if objective.chosen else Glyph("cross", "bad", 1.3)
        if objective.chosen:
            marked.add(len(rows))
        why = objective.because if objective.chosen else objective.rejected
        said = why or objective.note or ("Chosen" if objective.chosen else "Not chosen")
        if objective.chosen and objective.counter_metric:
            said += f" (counter-metric: {objective.counter_metric.replace('_', ' ')})"
        style = "strong" if objective.chosen else "body"
        shown = sign if objective.chosen or objective.rejected else None
        rows.append((shown, Words(title_of(name), style, measure=14), Words(said, measure=38)))  # type: ignore[arg-type]
    return Grid(tuple(rows), ("middle", "start", "start"), 1, frozenset(marked), gap=1.0)
