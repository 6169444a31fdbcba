"""Blueprint → windows that slide over time: those of a stream with what each puts out, or those of training data."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Align, Block, Boxed, Column, Glyph, Grid, Plot, Row, Space, Span, Tick, Words
from archkit.facts import Facts
from archkit.figures.common import inside, picture, series, short
from archkit.figures.formulas import decimal, equals, line, over, plus
from archkit.model.authored.sliding_window import Event, SlidingWindowFigure
from archkit.pictures import Picture
from archkit.quantity import Dimension, Quantity
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Training

_WIDTH = 34.0
_RUNS = 4  # trainings shown
_ACROSS = 3  # explanations of signs side by side
_SHORTEST = Fraction(1, 2)  # of a period that a piece takes at least
_LONGEST = (Fraction(10), Fraction(3))  # periods that a window, and any other piece, is drawn at most
_NEARLY = Fraction(999, 10)  # per cent that are as good as all
_HELD = (("gap", ""), ("validation", "lane.data"), ("test", "lane.other"))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: events with a window, or a training with its window and cadence."""
    if isinstance(spec, SlidingWindowFigure) and spec.events and spec.window is not None:
        return []
    if _training(blueprint, spec) is not None:
        return []
    return [
        "`window:` and `cadence:` under `model: training:`, "
        "or `figures: - {kind: sliding_window, window: 10 min, slide: 5 min, events: [1, 4, 7]}`"
    ]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the windows of a stream, or those of training data where there are no events."""
    if isinstance(spec, SlidingWindowFigure) and spec.events:
        return _stream(blueprint, spec)
    training = _training(blueprint, spec)
    assert training is not None  # noqa: S101  `needs` asked for it
    return _trained(blueprint, spec, training)


# windows over a stream


def _stream(blueprint: Blueprint, spec: SlidingWindowFigure) -> Picture:
    """Return a bar for each window, under the events, with what is made of those inside."""
    unit = spec.unit or "min"
    starts = spec.starts
    end = starts[-1] + spec.size
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    for at, start in enumerate(starts):
        name = f"{decimal(start)} to {decimal(start + spec.size)} {unit}"
        fill = "lane.inference" if at % 2 else "lane.data"
        span = Span(float(start / end), float((start + spec.size) / end), fill)
        rows.append((Words(name, measure=12), (span,), emitted(spec.aggregate or "count", spec.inside(start))))
    ticks = [Tick(float(event.at / end), _mark(spec, event), True, "muted") for event in spec.events]
    ticks += [Tick(float(start / end), decimal(start)) for start in starts]
    ticks.append(Tick(1.0, f"{decimal(end)} {unit}"))
    plot = Plot(tuple(rows), tuple(ticks), _WIDTH)
    sorts = "tumble" if spec.step == spec.size else "slide" if spec.step < spec.size else "leave gaps"
    what = spec.event or "events"
    told = f"Above the bars: {what}. Each window puts out the {_NAMES[spec.aggregate or 'count']} when it ends."
    body = Column((plot, Words(f"{told} {_shared(spec.size, spec.step)}", "note", measure=52)), 1.0)
    caption = f"{blueprint.title}: windows of {_time(spec.size, unit)} that {sorts}"
    if sorts == "slide":
        caption += f" by {_time(spec.step, unit)}"
    return picture("sliding_window", "Sliding windows" if sorts == "slide" else "Windows", caption, body, spec)


_NAMES = {
    "count": "number of events",
    "sum": "sum",
    "mean": "mean",
    "max": "largest",
    "min": "smallest",
    "last": "last",
}


def _time(value: Fraction, unit: str) -> str:
    return f"{decimal(value)} {unit}"


def _mark(spec: SlidingWindowFigure, event: Event) -> str:
    return "•" if (spec.aggregate or "count") == "count" else decimal(event.value)


def _shared(size: Fraction, step: Fraction) -> str:
    """Return in how many windows an event counts."""
    if step == size:
        return "Every event counts once."
    if step > size:
        return "Events between windows are never counted."
    often = size / step
    count = decimal(often) if often.denominator == 1 else f"{int(often)} or {int(often) + 1}"
    return f"In full swing every event counts in {count} windows."


def emitted(aggregate: str, events: tuple[Event, ...]) -> Block:
    """Return what a window puts out, with its working: ``3 + 5 = 8``.

    Args:
        aggregate: What is made of the events.
        events: Those inside.
    """
    values = [event.value for event in events]
    if aggregate == "count":
        return Words(str(len(values)), "strong")
    if not values:
        return Words("0" if aggregate == "sum" else "nothing", "strong" if aggregate == "sum" else "small")
    total = sum(values, Fraction(0))
    if aggregate == "mean":
        mean = total / len(values)
        return line(over(plus(values), str(len(values))), equals(mean), Words(decimal(mean), "strong"))
    if aggregate == "sum":
        strong = Words(decimal(total), "strong")
        return line(plus(values), "=", strong) if len(values) > 1 else strong
    picked = {"max": max(values), "min": min(values), "last": values[-1]}[aggregate]
    return Words(decimal(picked), "strong")


# windows of training data


class Piece(NamedTuple):
    """A stretch of time that a training is about.

    Attributes:
        name: What it is.
        long: How long, in seconds.
        said: How long, in words.
        fill: Colour role.
    """

    name: str
    long: Fraction
    said: str
    fill: str


def _training(blueprint: Blueprint, spec: FigureSpec | None) -> Training | None:
    """Return the training that the figure is of, or the first that has a window and a cadence."""
    every = [blueprint.model.training, *blueprint.model.trainings.values()]
    if spec is not None and spec.of:
        every = [blueprint.model.trainings[spec.of]] if spec.of in blueprint.model.trainings else []
    return next((each for each in every if _known(each.window) and _known(each.cadence)), None)


def _known(time: Quantity | None) -> bool:
    return time is not None and time.value > 0


def _pieces(blueprint: Blueprint, training: Training) -> list[Piece]:
    """Return the pieces of one training in their order: its window first, and last the time that its model serves."""
    split = blueprint.data.split
    found = [("window of training data", "lane.training", training.window)]
    held = [(name, fill, value) for name, fill in _HELD if _known(value := getattr(split, name))]
    timed = all(value.dimension is Dimension.TIME for _, _, value in held)
    # a split that is longer than the window is that of another training: minutes of a stream are not held out for days
    if timed and training.window and sum((value.value for _, _, value in held), Fraction(0)) <= training.window.value:
        found += held
    # also behind a gap: it closes the labels of the last training day, and those of the last test day are still open
    found.append(("wait for labels", "lane.monitoring", training.watermark))
    key = "training.cycle" + (f".{training.id}" if training is not blueprint.model.training else "")
    cycle = next((each for each in Facts(blueprint).work.cycles if each.takes.key == key), None)
    if cycle is not None:
        found.append(("training and rollout", "model.fill", cycle.takes.value))
    found.append(("serves until the next one", "lane.inference", training.cadence))
    return [
        Piece(name, value.value, short(value), fill) for name, fill, value in found if value is not None and value.value
    ]


def _trained(blueprint: Blueprint, spec: FigureSpec | None, training: Training) -> Picture:
    """Return a bar for each of some trainings: its window, what is held out, how long it takes, how long it serves."""
    pieces = _pieces(blueprint, training)
    period = pieces[-1]
    lengths = [piece.long / period.long for piece in pieces]
    shown = [min(max(length, _SHORTEST), _LONGEST[bool(at)]) for at, length in enumerate(lengths)]
    end = sum(shown, Fraction(0)) + _RUNS - 1
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    for number in range(_RUNS):
        at = Fraction(number)
        spans: list[Span] = []
        for piece, length, drawn in zip(pieces, lengths, shown, strict=True):
            place = float(at / end), float((at + drawn) / end)
            spans.append(Span(*place, piece.fill, dashed=not piece.fill, cut=drawn < length))
            at += drawn
        rows.append((Words(f"training {number + 1}", "strong"), tuple(spans), Space()))
    last = short(training.cadence * (_RUNS - 1)) if training.cadence is not None else ""
    ticks = (
        Tick(float(shown[0] / end), "newest data"),
        Tick(float((shown[0] + _RUNS - 1) / end), f"{last} later"),
    )
    parts: list[Block] = [Plot(tuple(rows), ticks, _WIDTH), _legend(pieces)]
    parts += [Row((Glyph(glyph, tone, 1.3), Words(text, measure=50)), 0.6) for glyph, tone, text in _told(pieces)]
    of = f" of {series(inside(title_of(id_)) for id_ in training.models)}" if training.models else ""
    caption = f"{blueprint.title}: the training window{of} moves on by {period.said}"
    if any(length < _SHORTEST for length in lengths):
        caption += "; short times are drawn longer"
    return picture("sliding_window", "Sliding training window", caption, Column(tuple(parts), 0.9), spec)


def _legend(pieces: list[Piece]) -> Block:
    """Return what the pieces are, in their order, with their lengths."""
    cells: list[Block] = []
    for piece in pieces:
        sample = Boxed(Space(), shape="rect", fill=piece.fill, dashed=not piece.fill, padding=0.0, least=(1.9, 1.2))
        cells.append(Row((sample, Words(f"{piece.name} {piece.said}", "small", "ink")), 0.5))
    rows = [tuple(cells[at : at + _ACROSS]) for at in range(0, len(cells), _ACROSS)]
    across = min(_ACROSS, len(cells))
    full = tuple((*row, *(None for _ in range(across - len(row)))) for row in rows)
    columns: list[Align] = ["start"] * across
    return Grid(full, tuple(columns), ruled=False, gap=1.6, leading=0.35)


def _told(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    """Return glyph, tone and words of what follows: what two windows share, and how old the newest data get."""
    window, period = pieces[0], pieces[-1]
    share = 100 * (window.long - period.long) / window.long
    if share > _NEARLY:
        first = ("check", "good", "almost all of a window was in the one before")
    elif share > 0:
        first = ("check", "good", f"{decimal(share, 1)}% of a window was in the one before")
    elif share == 0:
        first = ("check", "good", "every example is in one window only")
    else:
        first = ("warning", "bad", f"{_long(period.long - window.long)} of data between two windows are never used")
    held = sum((piece.long for piece in pieces[1:] if piece.name in dict(_HELD)), Fraction(0))
    age = sum((piece.long for piece in pieces[1:]), Fraction(0)) - held
    said = f"when a model is replaced, its newest training data are {_long(age)} old"
    if held:
        said += f", and {_long(held)} more where held-out data are never trained on"
    return [first, ("clock", "ink", said)]


def _long(seconds: Fraction) -> str:
    return short(Quantity(seconds, Dimension.TIME))
