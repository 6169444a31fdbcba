"""Blueprint → how data are divided into training, validation and test, with the wait for labels between them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Column, Grid, Plot, Span, Tick, Words
from archkit.facts import Facts
from archkit.figures.common import picture, series, short
from archkit.pictures import Picture
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Split
    from archkit.model.design import FigureSpec

_CUT_FROM = 0.75  # the share of the axis that training may take before it is broken off
_PARTS = (
    ("train", "Training", "lane.training", "weights are fitted"),
    ("gap", "Gap", "", "left out, so that no label is still open"),
    ("validation", "Validation", "lane.data", "model, threshold and calibration are chosen"),
    ("test", "Test", "lane.inference", "looked at once, for the report"),
)


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: the sizes of the parts."""
    split = blueprint.data.split
    if split.train is not None and (split.validation is not None or split.test is not None):
        return []
    return ["`data: split:` with `train:` and `validation:` or `test:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the parts as bars on one axis: of time, or of shares where there is no order in time."""
    split = blueprint.data.split
    assert split.train is not None  # noqa: S101  `needs` asked for it
    dimension = split.train.dimension
    parts = [
        (name, title, fill, what, value)
        for name, title, fill, what in _PARTS
        if (value := getattr(split, name)) is not None and value.dimension is dimension
    ]
    total = sum((value.value for *_, value in parts), Fraction(0))
    longest = Facts(blueprint).labels.longest_window() if dimension is Dimension.TIME else None
    waits = longest.value if longest is not None else None
    axis = _Axis(split.train.value, max(total, split.train.value + (waits.value if waits is not None else 0)))
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    ticks = [Tick(0.0, "start")]
    at = Fraction(0)
    for name, title, fill, what, value in parts:
        cut = name == "train" and axis.cut
        span = Span(axis.place(at), axis.place(at + value.value), fill, short(value), dashed=name == "gap", cut=cut)
        rows.append((Words(title, "strong"), (span,), Words(what, measure=20)))
        at += value.value
        if _so_far(at, dimension) != ticks[-1].text:
            ticks.append(Tick(axis.place(at), _so_far(at, dimension)))
    if waits is not None:
        rows.append(_waiting(split, waits, axis))
    plot: Block = Plot(tuple(rows), tuple(ticks), 34.0)
    told = _told(blueprint)
    if told:
        lines = tuple((Words(name, "strong"), Words(text, measure=44)) for name, text in told)
        plot = Column((plot, Grid(lines, ("start", "start"), ruled=False, leading=0.25, align="start")), 1.4)
    by = series(split.by) or "time"
    caption = f"{blueprint.title}: data are divided by {by}"
    return picture("time_split", "Training, validation, test", caption, plot, spec)


class _Axis:
    """Where amounts stand on the axis: in proportion, but for the part of training that is broken off."""

    def __init__(self, train: Fraction, total: Fraction) -> None:
        self.cut = train > total * Fraction(_CUT_FROM)
        self._skipped = train - (total - train) * 2 if self.cut else Fraction(0)
        self._train, self._total = train, total - self._skipped

    def place(self, at: Fraction) -> float:
        if self.cut and at < self._train:
            return float(at * (self._train - self._skipped) / self._train / self._total)
        return min(1.0, float((at - self._skipped) / self._total))


def _so_far(at: Fraction, dimension: Dimension) -> str:
    return short(Quantity(at, dimension))


def _waiting(split: Split, wait: Quantity, axis: _Axis) -> tuple[Block, tuple[Span, ...], Block]:
    """Return the wait for the labels of the last training examples."""
    train = split.train.value if split.train is not None else Fraction(0)
    span = Span(axis.place(train), axis.place(train + wait.value), "highlight", short(wait))
    closed = split.gap is not None and split.gap.value >= wait.value
    verdict = "closes inside the gap" if closed else "still open when validation begins"
    said = Words(f"of the last training example: {verdict}", tone="" if closed else "bad", measure=20)
    return Words("Label window", "strong"), (span,), said


def _told(blueprint: Blueprint) -> list[tuple[str, str]]:
    split = blueprint.data.split
    lines = [
        ("Kept together", series(split.group)),
        ("Near-duplicates", split.duplicates),
        ("Edges to predict", split.target_edges),
        ("Snapshots", split.snapshot),
        ("Note", split.note),
    ]
    return [(name, text) for name, text in lines if text]
