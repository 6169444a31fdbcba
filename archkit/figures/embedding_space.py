"""Authored points → a space of embeddings: the query, its neighbourhood, and the nearest items as a ranked list."""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, atan2, cos, hypot, sin
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Grid, Link, Row, Words
from archkit.drawing import Point
from archkit.figures.common import heads, picture
from archkit.figures.spaces import axes, decimals, distance, legend
from archkit.metrics import cosine
from archkit.model.authored.embedding_space import EmbeddingSpaceFigure, PlacedItem
from archkit.pictures import Picture
from archkit.planes import SIGNS, TONES, Mark, Plane, Region, Sample, circle
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_K = 3
_BEYOND = 1.2  # how much larger than the distance of the last item the neighbourhood is drawn at most
_ARC = 24  # pieces of the end of a cone


class Hit(NamedTuple):
    """An item that was found."""

    item: PlacedItem
    distance: float


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: items with their points."""
    if isinstance(spec, EmbeddingSpaceFigure) and spec.items:
        return []
    return ["`figures: - {kind: embedding_space, items: {a: [0.2, 0.8], …}, query: [0.3, 0.7]}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the plane, and the list of what is nearest to the query."""
    assert isinstance(spec, EmbeddingSpaceFigure)  # noqa: S101  `needs` says so
    hits = found(spec)
    groups = list(dict.fromkeys(item.group for item in spec.items.values()))
    plane = _plane(spec, hits, groups)
    body: Block = Boxed(
        Column((plane, *_legend(spec, groups, hits)), 0.8, "middle"), "space", stroke="faint", padding=0.9
    )
    if spec.query:
        body = Row((body, Link("space", "results", _many(hits)), _results(spec, hits)), 0.4)
    told = f"what lies near {spec.query.label}" if spec.query else f"{len(spec.items)} items as points"
    return picture("embedding_space", "Embedding space", f"{blueprint.title}: {told}", body, spec)


def found(spec: EmbeddingSpaceFigure) -> list[Hit]:
    """Return the items that a search finds, the nearest first; of equally near ones the first that is written."""
    if not spec.query:
        return []
    query = _at(spec.query)
    ranked = sorted(
        (Hit(item, _distance(spec, query, _at(item))) for item in spec.items.values()), key=lambda hit: hit.distance
    )
    if spec.radius is not None:
        return [hit for hit in ranked if hit.distance <= float(spec.radius.value)]
    return ranked[: spec.k or _K]


def _distance(spec: EmbeddingSpaceFigure, a: Point, b: Point) -> float:
    return 1 - float(cosine(a, b)) if spec.distance == "cosine" else distance(a, b)


def _at(item: PlacedItem) -> Point:
    return float(item.point[0]), float(item.point[1])


def _many(hits: Sequence[Hit]) -> str:
    return f"{len(hits)} nearest" if hits else "none"


def _plane(spec: EmbeddingSpaceFigure, hits: Sequence[Hit], groups: Sequence[str]) -> Plane:
    inside = {hit.item.id for hit in hits}
    area = _neighbourhood(spec, hits)
    marks = []
    for item in spec.items.values():
        place = groups.index(item.group)
        sign, tone = SIGNS[place % len(SIGNS)], TONES[place % len(TONES)]
        near = item.id in inside
        marks.append(Mark(*_at(item), item.label, sign, tone=tone, bold=near, halo=near))
    points = [(mark.x, mark.y) for mark in marks]
    if spec.query:
        points.append(_at(spec.query))
        marks.append(Mark(*points[-1], spec.query.label, "star", size=1.0, bold=True))
    if spec.distance == "cosine":
        points.append((0.0, 0.0))
        marks.append(Mark(0.0, 0.0, "origin", "plus", tone="muted"))
    across, up = axes([*points, *area], spec.axes)
    regions = (Region(area, fill="lane.data", stroke="accent", dashed=True),) if area else ()
    return Plane(across, up, regions, (), (), tuple(marks), "arrows", 30.0)


def _neighbourhood(spec: EmbeddingSpaceFigure, hits: Sequence[Hit]) -> tuple[Point, ...]:
    """Return the corners of the area that holds what was found: a circle, or a cone where angles count."""
    if not spec.query:
        return ()
    reach, query = _reach(spec, hits), _at(spec.query)
    if spec.distance != "cosine":
        return circle(*query, reach) if reach else ()
    if reach >= 1:
        return ()  # more than a right angle to either side is no neighbourhood that a reader would see
    length = 1.08 * max(hypot(*_at(item)) for item in (spec.query, *(hit.item for hit in hits)))
    middle, half = atan2(query[1], query[0]), max(acos(1 - reach), 0.01)
    arc = [middle - half + 2 * half * step / _ARC for step in range(_ARC + 1)]
    return (0.0, 0.0), *((round(length * cos(angle), 6), round(length * sin(angle), 6)) for angle in arc)


def _reach(spec: EmbeddingSpaceFigure, hits: Sequence[Hit]) -> float:
    """Return how far the neighbourhood is drawn: the radius, or a little beyond the last item that is found."""
    if spec.radius is not None:
        return float(spec.radius.value)
    last = max((hit.distance for hit in hits), default=0.0)
    query = _at(spec.query)
    others = [d for item in spec.items.values() if (d := _distance(spec, query, _at(item))) > last]
    return min([last * _BEYOND, *((last + d) / 2 for d in others)])


def _legend(spec: EmbeddingSpaceFigure, groups: Sequence[str], hits: Sequence[Hit]) -> tuple[Block, ...]:
    entries: list[tuple[Sample, str]] = []
    if len(groups) > 1 or groups[0]:
        for at, group in enumerate(groups):
            name = spec.groups.get(group) or (title_of(group) if group else "Others")
            entries.append((Sample(TONES[at % len(TONES)], sign=SIGNS[at % len(SIGNS)]), name))
    if spec.query:
        entries.append((Sample("ink", sign="star"), "query"))
        if hits:
            entries.append((Sample("ink", sign="dot", halo=True), "found"))
        if _neighbourhood(spec, hits):
            entries.append((Sample("accent", fill="lane.data", dashed=True), "neighbourhood"))
    return (legend(entries),) if entries else ()


def _results(spec: EmbeddingSpaceFigure, hits: Sequence[Hit]) -> Block:
    measure = "Cosine distance" if spec.distance == "cosine" else "Distance"
    title = Words(f"Nearest to {spec.query.label}", "title", measure=18.0)
    bound = f"up to a distance of {float(spec.radius.value):g}" if spec.radius is not None else f"k = {spec.k or _K}"
    rows: list[tuple[Block | None, ...]] = [heads("", "Item", measure)]
    for rank, hit in enumerate(hits, 1):
        near = Words(decimals(hit.distance, _places(hits)), align="end")
        rows.append((Words(str(rank), "strong"), Words(hit.item.label, measure=15.0), near))
    table: Block = (
        Grid(tuple(rows), ("end", "start", "end"), 1, gap=1.0) if hits else Words("Nothing is as near as that.")
    )
    inner = Column((title, Words(bound, "small"), table), 0.5)
    return Boxed(inner, "results", stroke="ink", padding=1.0, align="start")


def _places(hits: Sequence[Hit]) -> int:
    """Return how many places tell distances apart, from two to four."""
    for places in (2, 3):
        if len({decimals(hit.distance, places) for hit in hits}) == len(hits):
            return places
    return 4
