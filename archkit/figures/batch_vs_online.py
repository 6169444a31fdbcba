"""Blueprint → predicting on a schedule beside predicting on request, and which of the two it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Link, Row, Words
from archkit.figures.common import picture, series, short
from archkit.pictures import Picture

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_ON_REQUEST = ("online", "streaming", "edge")
_TRADES = (
    ("Inputs", "must all be known beforehand", "may be anything that comes"),
    ("Answers take", "one look-up", "the time of features and model"),
    ("Answers are", "as old as the last run", "made with what is known now"),
    ("Computing", "for everybody, used or not", "only for what is asked, at its peak"),
    ("When it breaks", "yesterday's answers are still there", "a fallback must answer"),
)


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: when predictions are made."""
    return [] if blueprint.serving.modes else ["`serving: mode:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan both ways side by side, what each gives and takes, and the numbers of this system."""
    modes = blueprint.serving.modes
    hybrid = "hybrid" in modes
    batch, online = hybrid or "batch" in modes, hybrid or any(mode in _ON_REQUEST for mode in modes)
    rows: list[tuple[Block | None, ...]] = [
        (None, _head("On a schedule (batch)", batch), _head("On request (online)", online)),
        (Words("How", "small"), _scheduled(), _asked()),
    ]
    rows += [(Words(name, "small"), Words(left, measure=20), Words(right, measure=20)) for name, left, right in _TRADES]
    rows.append((Words("Here", "strong"), _facts(_of_batch(blueprint)), _facts(_of_requests(blueprint))))
    body = Grid(tuple(rows), ("start", "start", "start"), 1, frozenset({len(rows) - 1}), gap=1.8, leading=0.8)
    chosen = series(modes)
    caption = f"{blueprint.title}: predictions are made {'both ways' if batch and online else f'in {chosen} mode'}"
    return picture("batch_vs_online", "When predictions are made", caption, body, spec)


def _head(title: str, chosen: bool) -> Block:
    words = Words(title, "title" if chosen else "body", measure=20)
    return Row((Glyph("check", "good", 1.4), words), 0.5) if chosen else words


def _node(id_: str, title: str, glyph: str, fill: str = "") -> Boxed:
    inner = Column((Glyph(glyph, size=1.6), Words(title, align="middle", measure=7)), 0.2, "middle")
    return Boxed(inner, id_, fill=fill, padding=0.5, least=(5.6, 0.0))


def _scheduled() -> Block:
    return Row(
        (
            _node("all inputs", "All inputs", "dataset"),
            Link("all inputs", "batch model", least=2.0),
            _node("batch model", "Model", "chip", "model.fill"),
            Link("batch model", "answers", least=2.0),
            _node("answers", "Store", "store-fast"),
            Link("answers", "reader", "look-up", least=2.0),
            _node("reader", "User", "user"),
        ),
        0.0,
        "stretch",
    )


def _asked() -> Block:
    return Row(
        (
            _node("asker", "Request", "user"),
            Link("asker", "fresh features", least=2.0),
            _node("fresh features", "Features", "features"),
            Link("fresh features", "online model", least=2.0),
            _node("online model", "Model", "chip", "model.fill"),
            Link("online model", "answer", least=2.0),
            _node("answer", "Answer", "comment"),
        ),
        0.0,
        "stretch",
    )


def _facts(lines: list[str]) -> Block | None:
    return Column(tuple(Words(line, measure=22) for line in lines), 0.15) if lines else None


def _of_batch(blueprint: Blueprint) -> list[str]:
    batch, framing = blueprint.serving.batch, blueprint.framing
    lines = []
    if batch.period is not None:
        lines.append(f"every {short(batch.period)}" + (f", within {short(batch.window)}" if batch.window else ""))
    if batch.items is not None:
        lines.append(f"{short(batch.items)} predictions in a run")
    if framing.input_space is not None:
        lines.append(f"{short(framing.input_space)} different inputs")
    elif framing.enumerable_inputs is not None:
        lines.append("all inputs are known beforehand" if framing.enumerable_inputs else "inputs cannot be listed")
    if blueprint.requirements.freshness.predictions is not None:
        lines.append(f"answers may be {short(blueprint.requirements.freshness.predictions)} old")
    return lines


def _of_requests(blueprint: Blueprint) -> list[str]:
    required = blueprint.requirements
    lines = []
    for name in ("p99", "p95", "p50"):
        value = getattr(required.latency, name)
        if value is not None:
            lines.append(f"{name} within {short(value)}")
            break
    rate = required.scale.peak_qps or required.scale.qps
    if rate is not None:
        shown = short(rate)
        lines.append(f"{shown}{'' if '/' in shown else ' a second'}{' at peak' if required.scale.peak_qps else ''}")
    if required.freshness.features is not None:
        lines.append(f"features up to {short(required.freshness.features)} old")
    lines += [f"if it fails: {what}" for what in blueprint.serving.fallback[:1]]
    return lines
