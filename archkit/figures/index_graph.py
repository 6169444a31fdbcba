"""An index of a graph → sample points in layers, the links between them, and a greedy walk down to the query."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Column
from archkit.drawing import Point
from archkit.figures.common import data_size, short
from archkit.figures.index import fact, note
from archkit.figures.spaces import distance, legend, nearest, spread
from archkit.planes import Axis, Mark, Plane, Region, Sample, Way
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.figures.index import Index

_COUNTS = (24, 7, 3)  # points of the layers from the bottom up
_LINKS = 2  # of a point in the sample; more in return from others
_QUERY = (0.67, 0.33)
_SHEAR, _FLAT, _RISE = 0.42, 0.5, 0.78  # how layers are drawn one above the other
_DEFAULT = 32  # links where nothing is said, as in FAISS
_WIDTH = 34.0


class Layers(NamedTuple):
    """The sample.

    Attributes:
        points: All points; the first ones are in the upper layers too.
        links: Pairs of numbers in each layer, from the bottom up.
        walk: Numbers of the points that the search stands on in each layer, from the bottom up.
    """

    points: tuple[Point, ...]
    links: tuple[tuple[tuple[int, int], ...], ...]
    walk: tuple[tuple[int, ...], ...]


def layered() -> Layers:
    """Return the sample with its links and the greedy walk to the query.

    Source:
        Malkov and Yashunin, Efficient and robust approximate nearest neighbor search using hierarchical navigable small
        world graphs (2020), algorithms 2 and 5, with a list of candidates of length 1.
    """
    points = spread(_COUNTS[0], 3)
    links = tuple(_joined(points[:count]) for count in _COUNTS)
    walk: list[tuple[int, ...]] = []
    start = max(range(_COUNTS[-1]), key=lambda at: distance(points[at], _QUERY))
    for layer in reversed(links):
        steps = _walk(points, layer, start)
        walk.insert(0, steps)
        start = steps[-1]
    return Layers(tuple(points), links, tuple(walk))


def _joined(points: Sequence[Point]) -> tuple[tuple[int, int], ...]:
    """Return links of each point to its nearest ones, and between the parts that these leave apart."""
    pairs: dict[tuple[int, int], None] = {}
    for at, point in enumerate(points):
        for other in nearest(point, points, _LINKS + 1)[1:]:
            pairs[min(at, other), max(at, other)] = None
    while len(parts := _parts(len(points), pairs)) > 1:
        rest = [at for part in parts[1:] for at in part]
        bridges = ((distance(points[a], points[b]), a, b) for a in parts[0] for b in rest)
        _, a, b = min(bridges)
        pairs[min(a, b), max(a, b)] = None
    return tuple(sorted(pairs))


def _parts(count: int, pairs: dict[tuple[int, int], None]) -> list[list[int]]:
    """Return the points of each connected part."""
    part = list(range(count))
    for a, b in pairs:
        old, new = part[b], part[a]
        part = [new if each == old else each for each in part]
    return [[at for at in range(count) if part[at] == name] for name in dict.fromkeys(part)]


def _walk(points: Sequence[Point], links: Sequence[tuple[int, int]], start: int) -> tuple[int, ...]:
    """Return the points from a start on, each the neighbour nearest to the query, until none is nearer."""
    steps = [start]
    while True:
        here = steps[-1]
        near = [a if b == here else b for a, b in links if here in (a, b)]
        best = min(near, key=lambda at: (distance(points[at], _QUERY), at), default=here)
        if distance(points[best], _QUERY) >= distance(points[here], _QUERY):
            return tuple(steps)
        steps.append(best)


def graph(index: Index) -> tuple[Block, tuple[Block, ...]]:
    """Return the picture of the layers, and what the graph takes."""
    found = layered()
    top = len(_COUNTS) - 1
    regions, ways, marks = [], [], []
    for layer in range(len(_COUNTS)):
        corners = tuple(_at(corner, layer) for corner in ((-0.06, -0.1), (1.06, -0.1), (1.06, 1.1), (-0.06, 1.1)))
        regions.append(Region(corners, "", "lane.other", "muted"))
        marks.append(Mark(*corners[3], f"layer {layer}: {_COUNTS[layer]} vectors", "none"))
    for layer, links in enumerate(found.links):
        steps = found.walk[layer]
        taken = set(pairwise(steps))
        for a, b in links:
            if (a, b) not in taken and (b, a) not in taken:
                ends = _at(found.points[a], layer), _at(found.points[b], layer)
                ways.append(Way(*ends, tone="muted", plain=True))
        for a, b in pairwise(steps):
            ends = _at(found.points[a], layer), _at(found.points[b], layer)
            ways.append(Way(*ends, tone="accent", bold=True))
        if layer < top:
            ends = _at(found.points[steps[0]], layer + 1), _at(found.points[steps[0]], layer)
            ways.append(Way(*ends, tone="accent", dashed=True))
        visited = set(steps)
        for at in range(_COUNTS[layer]):
            spot = _at(found.points[at], layer)
            entry, last = layer == top and at == steps[0], layer == 0 and at == steps[-1]
            words = "entry" if entry else "nearest" if last else ""
            tone = "accent" if at in visited else "ink"
            marks.append(Mark(*spot, words, tone=tone, size=0.5, bold=bool(words), halo=last))
    marks.append(Mark(*_at(_QUERY, 0), "query", "star", size=1.0, bold=True))
    high = _at((0.0, 1.1), top)[1]
    plane = Plane(
        Axis(-0.16, 1.06 + 1.1 * _SHEAR + 0.04), Axis(-0.22, round(high + 0.16, 6)),
        tuple(regions), (), tuple(ways), tuple(marks), "none", _WIDTH, 36.0,
    )  # fmt: skip
    key = legend(
        (
            (Sample("accent", "full", bold=True), "step to the nearest neighbour"),
            (Sample("accent", "dashed"), "down to the same vector"),
            (Sample("muted", "full"), "link"),
        ),
        3,
    )
    visited_all = {at for steps in found.walk for at in steps}
    truth = nearest(_QUERY, found.points)[0]
    quality = "the nearest of all" if found.walk[0][-1] == truth else "near, but not the nearest of all"
    told = f"The walk stands on {len(visited_all)} of {_COUNTS[0]} vectors and ends at one that is {quality}."
    return Column((plane, key), 0.6, "middle"), (*_sums(index), note(told, _WIDTH + 4))


def _at(point: Point, layer: int) -> Point:
    """Return where a point of a layer is drawn: layers are seen from the side, one above the other."""
    x, y = point
    return round(x + _SHEAR * y, 6), round(_FLAT * y + _RISE * layer, 6)


def _sums(index: Index) -> tuple[Block, ...]:
    """Return what links take, and how many layers there are to be expected.

    Source:
        FAISS, guidelines to choose an index: (dim × 4 + links × 2 × 4) bytes for a vector; Malkov and Yashunin (2020)
        for layers, each of which holds one in ``links`` of the vectors below.
    """
    links = index.links or _DEFAULT
    lines = []
    if index.items is not None and index.items > 1:
        held = index.items / index.shards
        layers = round(log(max(float(held), 2.0)) / log(max(links, 2)), 1)
        count = f"{short(Quantity(held, Dimension.COUNT))} vectors{' of a shard' if index.shards > 1 else ''}"
        lines.append(f"{count} with {links} links: about {layers:g} layers, 1 in {links} of each goes up.")
    own = Fraction(2 * links * 4)
    if index.dim is not None:
        vector = index.dim * (index.width or Fraction(4))
        each = f"{data_size(vector)} + 2 × {links} × 4 B of links = {data_size(vector + own)} a vector"
        whole = f"; {data_size((vector + own) * index.items)} in all" if index.items is not None else ""
        lines.append(f"{each}{whole}.")
    if lines and index.links is None:
        lines.append(f"Assumed: {links} links.")
    return tuple(fact(line, _WIDTH + 6) for line in lines)
