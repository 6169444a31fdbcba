"""Blueprint → how complete its design is, step by step, and what would raise it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Grid, Number, Plot, Row, Span, Tick, Words
from archkit.figures.common import STEP_FILLS, STEP_TITLES, heads, picture
from archkit.magnitude import tenths
from archkit.model.framing import STEPS
from archkit.pictures import Picture
from archkit.score import score
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.score import Gain, Score, Step

_GAINS = 6


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: any of the seven steps, or there is nothing to judge."""
    written = any(getattr(blueprint, step) for step in STEPS)
    return [] if written else [f"any of the sections {', '.join(STEPS)}"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the total beside a bar for each step, above the largest gains."""
    found = score(blueprint)
    rows = tuple(_row(number, step) for number, step in enumerate(found.steps, 1))
    plot = Plot(rows, tuple(Tick(at / 4, f"{25 * at}%") for at in range(5)), 24.0)
    parts: list[Block] = [Row((_total(found), plot), 2.0, "middle")]
    gains = [gain for gain in found.gains if tenths(gain.points) != "0"][:_GAINS]
    if gains:
        lines = tuple(_line(gain) for gain in gains)
        table = Grid((heads("Gain", "Step", "What is missing"), *lines), ("end", "start", "start"), 1, leading=0.45)
        parts.append(table)
    caption = f"{blueprint.title}: how complete the design is, judged as {_as(found)}"
    return picture("scorecard", "Scorecard", caption, Column(tuple(parts), 1.6), spec)


def _as(found: Score) -> str:
    return {"sketch": "a sketch", "interview": "an answer in an interview", "production": "a design for production"}[
        found.profile
    ]


def _total(found: Score) -> Block:
    errors, warnings, advice = found.findings
    counted = ((errors, "error"), (warnings, "warning"))
    lines = [how_many(count, word) for count, word in counted if count]
    lines += [f"{how_many(advice, 'piece')} of advice"] if advice else []
    words: list[Block] = [Words(str(found.points), "big"), Words("of 100 points", "small", "ink")]
    words += [Words(line, "small", "ink") for line in lines]
    return Boxed(Column(tuple(words), 0.15, "middle"), "total", fill="model.fill", bold=True, padding=1.2)


def _row(number: int, step: Step) -> tuple[Block, tuple[Span, ...], Block]:
    label = Row((Number(number), Words(STEP_TITLES[step.id], "strong", measure=14)), 0.6)
    share = step.share
    spans = [Span(0.0, 1.0, "node.fill")]
    if share:
        spans.append(Span(0.0, float(share), STEP_FILLS[step.id]))
    said = f"{step.earned} of {step.possible} points" if share is not None else "does not count here"
    return label, tuple(spans), Words(said)


def _line(gain: Gain) -> tuple[Block | None, ...]:
    what = gain.what.replace("`", "")
    return Words(f"+{tenths(gain.points)}", "strong", "good"), Words(STEP_TITLES[gain.step]), Words(what, measure=34)
