"""Networks drawn from the bottom up: parts on top of each other and side by side, joined by arrows that run upwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from archkit.blocks import Block, Boxed, Cells, Column, Glyph, Link, Overlay, Row, Space, Words
from archkit.pictures import Arrow

Look = Literal["layer", "bar", "input", "vector", "cell", "strip", "output", "more", "dots"]
_LINK = 1.7  # length of an arrow between two parts, in em
_GAP = 1.1  # between ways side by side
_CELL = 4.6  # width of a cell with a value


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One box of a network.

    Args:
        title: What it is; of a cell, its value.
        lines: What else is written on it.
        id: Names it for highlights and scripts; made from its place where it is not given.
        look: ``layer`` learns, ``bar`` only computes, ``input`` comes from outside, ``vector`` is a strip of cells
            above its name, ``cell`` is one number, ``strip`` shows its lines as
            cells above its title, ``output`` leaves, ``more`` stands for parts that are left out, and
            ``dots`` for ways that are left out.
        fill: Colour role.
        dashed: Whether it is there in training only.
        frozen: Whether its weights stay as they are.
        glyph: A line drawing beside its title.
        apart: Whether nothing enters it from what stands below.
        measure: Longest line in em.
        wide: Smallest width in em, so that parts of several rows stand above each other.
    """

    title: str
    lines: tuple[str, ...] = ()
    id: str = ""
    look: Look = "layer"
    fill: str = ""
    dashed: bool = False
    frozen: bool = False
    glyph: str = ""
    apart: bool = False
    measure: float = 13.0
    wide: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Parts in a dashed frame that belong together, with their name, and how many such frames follow each other."""

    series: Series
    title: str = ""
    times: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """Ways side by side; what stands below enters them all, and what stands above joins them."""

    ways: tuple[Series, ...]
    gap: float = _GAP


Stage = Part | Frame | Fork
Series = tuple[Stage, ...]
"""Stages from the bottom up."""


@dataclass(frozen=True, slots=True, eq=False)
class Skip:
    """An arrow past what stands between two parts, on their right."""

    tail: Part
    head: Part


def drawn(series: Series, skips: tuple[Skip, ...] = ()) -> tuple[Block, tuple[Arrow, ...]]:
    """Return a network as a block, and the arrows past parts of it.

    Args:
        series: Its stages from the bottom up.
        skips: Arrows between parts that are no neighbours.
    """
    series = _parted(series)
    ids = _named(series)
    arrows = tuple(Arrow(ids[skip.tail], ids[skip.head], sides=("right", "right")) for skip in skips)
    return _column(series, "", "", ids), arrows


def parts(series: Series) -> Iterator[Part]:
    """Yield all parts, from the bottom up and from left to right."""
    for stage in series:
        if isinstance(stage, Part):
            yield stage
        elif isinstance(stage, Frame):
            yield from parts(stage.series)
        else:
            for way in stage.ways:
                yield from parts(way)


def ways(series: Series) -> int:
    """Return how many parts stand side by side at the widest place."""
    found = 1
    for stage in series:
        if isinstance(stage, Fork):
            found = max(found, sum(ways(way) for way in stage.ways))
        elif isinstance(stage, Frame):
            found = max(found, ways(stage.series))
    return found


def few(items: list[Series], most: int) -> tuple[Series, ...]:
    """Return ways of which the middle ones are left out where they are too many."""
    if len(items) <= most:
        return tuple(items)
    return (*items[: most - 2], (Part("…", look="dots"),), items[-1])


def _named(series: Series) -> dict[Part, str]:
    found: dict[Part, str] = {}
    taken: set[str] = set()
    for number, part in enumerate(parts(series), 1):
        name = part.id or f"{part.look}-{number}"
        while name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        found[part] = name
    return found


def _parted(series: Series) -> Series:
    """Return a series in which, however deep, bars stand where they are needed."""
    found: list[Stage] = []
    for stage in series:
        if isinstance(stage, Fork):
            found.append(Fork(tuple(map(_parted, stage.ways)), stage.gap))
        elif isinstance(stage, Frame):
            found.append(Frame(_parted(stage.series), stage.title, stage.times))
        else:
            found.append(stage)
    return _apart(tuple(found))


def _apart(series: Series) -> Series:
    """Put a bar between ways and what is no single part, because every way needs one wide part below and above it."""
    found: list[Stage] = []
    for stage in series:
        before = found[-1] if found else None
        if isinstance(before, Fork) and not isinstance(stage, Part):
            found.append(Part("Joined", look="bar"))
        elif isinstance(before, Frame) and isinstance(stage, Fork):
            found.append(Part("Output of the last one" if before.times else "Output", look="bar"))
        found.append(stage)
    return tuple(found)


def _end(stage: Stage | None, ids: Mapping[Part, str], at: int) -> str:
    """Return the id of the part at which a stage begins (0) or ends (-1); nothing for ways."""
    if isinstance(stage, Part):
        return ids[stage]
    return _end(stage.series[at], ids, at) if isinstance(stage, Frame) else ""


def _column(series: Series, below: str, above: str, ids: Mapping[Part, str]) -> Block:
    """Return stages above each other, with arrows between them and from what stands below and to what stands above."""
    rows: list[Block] = []
    before: Stage | None = None
    for at, stage in enumerate(series):
        after = series[at + 1] if at + 1 < len(series) else None
        tail = below if before is None else _end(before, ids, -1)
        if isinstance(stage, Fork):
            head = above if after is None else _end(after, ids, 0)
            rows.append(Overlay((_side_by_side(stage, tail, head, ids),)))
        else:
            first = next(parts((stage,)))
            if tail and not first.apart and first.look != "dots":
                rows.append(Link(tail, _end(stage, ids, 0), upright=True, least=_LINK))
            elif tail and first.apart:
                rows.append(Space(0.0, _LINK))
            wide = isinstance(before, Fork) or isinstance(after, Fork)
            box = _box(stage, ids) if isinstance(stage, Part) else _frame(stage, ids)
            rows.append(box if wide and isinstance(stage, Part) else Overlay((box,)))
        before = stage
    top = _end(before, ids, -1)
    if above and top and not (isinstance(before, Part) and before.look == "dots"):
        rows.append(Link(top, above, upright=True, least=_LINK))
    return Column(tuple(reversed(rows)), 0.0, "stretch")


def _side_by_side(fork: Fork, below: str, above: str, ids: Mapping[Part, str]) -> Block:
    high = any(len(way) > 1 for way in fork.ways)
    columns = tuple(_column(way, below, above, ids) for way in fork.ways)
    free = all(next(parts(way)).apart for way in fork.ways[1:])
    return Row(columns, fork.gap, "start" if high and free else "end")


def _frame(frame: Frame, ids: Mapping[Part, str]) -> Block:
    inner = _column(frame.series, "", "", ids)
    said: list[Block] = [Words(frame.times, "title", measure=6)] if frame.times else []
    if frame.title:
        said.append(Words(frame.title, "small", measure=9))
    whole = Row((inner, Column(tuple(said), 0.2)), 1.0) if said else inner
    return Boxed(whole, fill="lane.other", stroke="muted", dashed=True, padding=0.9)


def _box(part: Part, ids: Mapping[Part, str]) -> Block:
    small = tuple(Words(line, "small", "ink", part.measure, "middle") for line in part.lines)
    id_ = ids[part]
    if part.look == "dots" and not part.title:
        return Space(part.wide, 1.0)
    if part.look == "strip":
        cells = tuple(Boxed(Words(line), "", "rect", part.fill or "node.fill", padding=0.45) for line in part.lines)
        inner = Column((Row(cells, 0.0, "stretch"), Words(part.title, "small", align="middle")), 0.3, "middle")
        return Boxed(inner, id_, "rect", "paper", "", padding=0.5)
    if part.look == "dots":
        return Column((Words(part.title, "big"), Space(1.6, _LINK + 1.0)), 0.0, "middle")
    if part.look == "cell":
        title = Words(part.title, "body", align="middle", measure=part.measure)
        return Boxed(
            Column((title, *small), 0.1, "middle"),
            id_,
            "rect",
            part.fill or "node.fill",
            padding=0.5,
            least=(part.wide or _CELL, 2.2),
        )
    if part.look == "vector":
        name = (Words(part.title, "body", align="middle", measure=part.measure),) if part.title else ()
        strip = Cells(5, cut=True, fill=part.fill or "model.fill")
        inner = Column((strip, *name, *small), 0.3, "middle")
        return Boxed(inner, id_, "rect", "paper", "", padding=0.5, least=(part.wide, 0.0))
    if part.look in ("output", "more"):
        title = Words(part.title, "strong" if part.look == "output" else "small", align="middle", measure=part.measure)
        return Boxed(Column((title, *small), 0.15, "middle"), id_, "rect", "paper", "", padding=0.5)
    return _solid(part, small, id_)


def _solid(part: Part, small: tuple[Words, ...], id_: str) -> Block:
    style: Literal["strong", "body"] = "strong" if part.look == "input" or small else "body"
    title: Block = Words(part.title, style, align="middle", measure=part.measure)
    if part.glyph:
        title = Row((Glyph(part.glyph, size=1.5), title), 0.5)
    marks: tuple[Block, ...] = ()
    if part.frozen:
        marks = (Row((Glyph("snowflake", size=1.1), Words("frozen", "small")), 0.3),)
    if part.dashed:
        marks = (*marks, Words("training only", "note", align="middle"))
    fills: Mapping[Look, str] = {"layer": "model.fill", "bar": "node.fill", "input": "node.fill"}
    return Boxed(
        Column((title, *small, *marks), 0.15, "middle"),
        id_,
        fill=part.fill or fills[part.look],
        dashed=part.dashed,
        padding=0.7,
        least=(7.0, 0.0),
    )
