"""An index of lists → sample points in the cells of their centroids, the lists that are searched, and the real sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import fsum, isqrt
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Column
from archkit.drawing import Point
from archkit.figures.common import short
from archkit.figures.index import fact, note
from archkit.figures.spaces import cell, legend, nearest, spread
from archkit.planes import Axis, Mark, Plane, Region, Sample, rectangle
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.figures.index import Index

_POINTS, _LISTS, _PROBED, _FOUND = 72, 9, 2, 3
_ROUNDS = 3
_QUERY = (0.45, 0.5)
_SQUARE = rectangle(0.0, 0.0, 1.0, 1.0)
_WIDTH = 22.0


class Search(NamedTuple):
    """A search in the lists of the sample.

    Attributes:
        points: The sample.
        centroids: Of the lists.
        lists: The number of each point's list.
        probed: The numbers of the lists that are searched.
        found: The numbers of the nearest points in them.
        missed: How many of the points that are really nearest are not found when only one list is searched.
    """

    points: tuple[Point, ...]
    centroids: tuple[Point, ...]
    lists: tuple[int, ...]
    probed: tuple[int, ...]
    found: tuple[int, ...]
    missed: int


def search() -> Search:
    """Return the sample with its lists, made by k-means, and a search in it."""
    points = spread(_POINTS)
    centroids = spread(_LISTS, 200)
    for _ in range(_ROUNDS):
        centroids = _moved(points, centroids)
    lists = [nearest(point, centroids)[0] for point in points]
    probed = nearest(_QUERY, centroids, _PROBED)
    truth = nearest(_QUERY, points, _FOUND)
    return Search(
        tuple(points),
        tuple(centroids),
        tuple(lists),
        tuple(probed),
        tuple(_within(points, lists, probed)),
        len(set(truth) - set(_within(points, lists, probed[:1]))),
    )


def _moved(points: Sequence[Point], centroids: Sequence[Point]) -> list[Point]:
    """Return the means of the points that are nearest to each centroid (Lloyd, 1982)."""
    groups: list[list[Point]] = [[] for _ in centroids]
    for point in points:
        groups[nearest(point, centroids)[0]].append(point)
    return [
        (round(fsum(x for x, _ in group) / len(group), 6), round(fsum(y for _, y in group) / len(group), 6))
        if group
        else centroid
        for group, centroid in zip(groups, centroids, strict=True)
    ]


def _within(points: Sequence[Point], lists: Sequence[int], probed: Sequence[int]) -> list[int]:
    inside = [at for at in range(len(points)) if lists[at] in probed]
    return [inside[at] for at in nearest(_QUERY, [points[at] for at in inside], _FOUND)]


def lists(index: Index) -> tuple[Block, tuple[Block, ...]]:
    """Return the picture of the lists, and what it means for the real index."""
    found = search()
    regions = [
        Region(cell(found.centroids, at, _SQUARE), fill="lane.data" if at in found.probed else "", stroke="muted")
        for at in sorted(range(_LISTS), key=lambda at: at in found.probed)
    ]
    marks = [
        Mark(*point, sign="dot", tone="accent" if found.lists[at] in found.probed else "muted", size=0.4,
             halo=at in found.found)
        for at, point in enumerate(found.points)
    ]  # fmt: skip
    marks += [Mark(*centroid, sign="plus", size=0.75) for centroid in found.centroids]
    marks.append(Mark(*_QUERY, "query", "star", size=1.0, bold=True))
    plane = Plane(Axis(), Axis(), tuple(regions), (), (), tuple(marks), width=_WIDTH)
    key = legend(
        (
            (Sample("ink", sign="plus"), "centroid of a list"),
            (Sample("muted", fill="lane.data"), "list that is searched"),
            (Sample("accent", sign="dot", halo=True), "nearest found"),
        ),
        2,
    )
    seen = sum(each in found.probed for each in found.lists)
    told = (
        f"In the sample {_PROBED} of {_LISTS} lists are searched: {seen} of {_POINTS} vectors. "
        f"With one list, {found.missed or 'none'} of the {_FOUND} nearest would be missed."
    )
    return Column((plane, key), 0.6, "middle"), (*_sums(index), note(told, _WIDTH + 4))


def _sums(index: Index) -> tuple[Block, ...]:
    """Return how long the real lists are, and how much of them a search compares."""
    if index.items is None and index.lists is None:
        return ()
    count = index.lists
    held = index.items / index.shards if index.items is not None else None  # by a shard, which has lists of its own
    said = ""
    if count is None:
        assert held is not None  # noqa: S101  one of both is given
        count = max(1, 4 * isqrt(int(held)))
        said = ", assuming 4 × √vectors of them"
    if held is None:
        return (fact(f"{_count(count)} lists{_probed(index, count)}.", _WIDTH + 4),)
    each = held / count
    lines = [f"{_count(held)} vectors / {_count(count)} lists = {_count(each)} in each{said}."]
    if index.shards > 1:
        assert index.items is not None  # noqa: S101  what a shard holds was computed from it
        lines.insert(0, f"{_count(index.items)} vectors / {_count(index.shards)} shards = {_count(held)} in each.")
    if index.nprobe is not None:
        compared = each * min(index.nprobe, count)
        lines.append(f"{_count(index.nprobe)} searched: {_count(compared)} compared, {_share(compared / held)}.")
    return tuple(fact(line, _WIDTH + 4) for line in lines)


def _probed(index: Index, count: int) -> str:
    if index.nprobe is None:
        return ""
    return f", {_count(index.nprobe)} of them searched: {_share(Fraction(min(index.nprobe, count), count))}"


def _count(value: Fraction | int) -> str:
    value = Fraction(value)
    return short(Quantity(Fraction(round(value)) if value >= 10 else value, Dimension.COUNT))


def _share(share: Fraction) -> str:
    return "100% of all" if share == 1 else f"{float(share * 100):.2g}% of all"
