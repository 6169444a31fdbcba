"""Indexes that cut the space: trees of splits around sample points, and hashes by the side of hyperplanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Grid, Row, Tree, Words
from archkit.drawing import Point
from archkit.figures.common import heads
from archkit.figures.index import note
from archkit.figures.spaces import Corners, Cut, bisector, decimals, distance, halves, legend, nearest, spread, ticks
from archkit.planes import Axis, Mark, Plane, Region, Sample, Series, Way, rectangle

if TYPE_CHECKING:
    from archkit.figures.index import Index

_POINTS, _DEPTH = 32, 3
_QUERIES = ((0.69, 0.56), (0.44, 0.62))  # for cuts at medians and for slanted ones
_SQUARE = rectangle(0.0, 0.0, 1.0, 1.0)
_WIDTH = 22.0
_ON = 1e-4  # how far off a cut its own corners may be, which are rounded
_PLANES, _HASHED = 3, 36
_HASH_QUERY = (0.4, 0.2)
_AROUND = rectangle(-1.0, -1.0, 1.0, 1.0)
_STAND, _ARROW = 0.86, 0.2  # where on a hyperplane its arrow stands, and how long it is
_FIRST = 0.35  # angle of the first hyperplane's normal, in radians


@dataclass(frozen=True, slots=True)
class Split:
    """A node of a tree.

    Args:
        corners: The part of the plane that it stands for.
        points: Numbers of the sample points in it.
        cut: What divides it; None for a leaf.
        words: The question that the cut asks.
        low: The part where the answer is yes.
        high: The part where it is no.
    """

    corners: Corners
    points: tuple[int, ...]
    cut: Cut | None = None
    words: str = ""
    low: Split | None = None
    high: Split | None = None

    def holds(self, point: Point) -> list[Split]:
        """Return the nodes from this one down to the leaf of a point."""
        if self.cut is None or self.low is None or self.high is None:
            return [self]
        return [self, *(self.high if self.cut.side(point) else self.low).holds(point)]

    def leaves(self) -> list[Split]:
        """Return the leaves below, from the first answer on."""
        if self.low is None or self.high is None:
            return [self]
        return [*self.low.leaves(), *self.high.leaves()]


def grown(points: Sequence[Point], slanted: bool, depth: int = _DEPTH) -> Split:
    """Return a tree over points.

    Args:
        points: In the unit square.
        slanted: Whether a node is cut half-way between its two points that are farthest apart, as random projection
            trees do with two points drawn by lot; otherwise at the median of the axis along which it is longer.
        depth: How often is cut from the root to a leaf.

    Source:
        Bentley, Multidimensional binary search trees (1975), for the cuts at medians.
    """
    return _grown(points, tuple(range(len(points))), _SQUARE, slanted, depth, [0])


def _grown(
    points: Sequence[Point], inside: tuple[int, ...], corners: Corners, slanted: bool, depth: int, made: list[int]
) -> Split:
    if not depth or len(inside) < 2:
        return Split(corners, inside)
    made[0] += 1
    cut, words = _slanted(points, inside, made[0]) if slanted else _straight(points, inside)
    low_part, high_part = halves(corners, cut)
    low_in = tuple(at for at in inside if not cut.side(points[at]))
    high_in = tuple(at for at in inside if cut.side(points[at]))
    low = _grown(points, low_in, low_part, slanted, depth - 1, made)
    high = _grown(points, high_in, high_part, slanted, depth - 1, made)
    return Split(corners, inside, cut, words, low, high)


def _straight(points: Sequence[Point], inside: Sequence[int]) -> tuple[Cut, str]:
    spans = [max(points[at][axis] for at in inside) - min(points[at][axis] for at in inside) for axis in (0, 1)]
    axis = 0 if spans[0] >= spans[1] else 1
    ranked = sorted(points[at][axis] for at in inside)
    middle = round((ranked[len(ranked) // 2 - 1] + ranked[len(ranked) // 2]) / 2, 4)
    return Cut(1.0 - axis, float(axis), middle), f"{'xy'[axis]} < {decimals(middle)}?"


def _slanted(points: Sequence[Point], inside: Sequence[int], number: int) -> tuple[Cut, str]:
    pairs = ((points[a], points[b]) for n, a in enumerate(inside) for b in inside[n + 1 :])
    near, far = max(pairs, key=lambda pair: distance(*pair))
    return bisector(near, far), f"below cut {number}?"


def tree(index: Index) -> tuple[Block, tuple[Block, ...]]:
    """Return the cut plane with its tree beside it, and what a search in one leaf misses."""
    slanted = "annoy" in index.name.lower()
    points = spread(_POINTS)
    root = grown(points, slanted)
    query = _QUERIES[slanted]
    path = root.holds(query)
    leaves = root.leaves()
    names = {id(leaf): chr(ord("A") + at) for at, leaf in enumerate(leaves)}
    regions = [
        Region(leaf.corners, names[id(leaf)], "lane.data" if leaf is path[-1] else "", "ink", bold=leaf is path[-1])
        for leaf in sorted(leaves, key=lambda leaf: leaf is path[-1])
    ]
    truth = nearest(query, points)[0]
    marks = [Mark(*point, tone="accent", size=0.45, halo=at == truth) for at, point in enumerate(points)]
    marks.append(Mark(*query, "query", "star", size=1.0, bold=True))
    cuts = [Series(chord, name, "ink") for chord, name in _chords(root)] if slanted else []
    marked = () if slanted else ticks(0.0, 1.0)
    names_ = ("", "") if slanted else ("x", "y")
    plane = Plane(
        Axis(0, 1, names_[0], marked), Axis(0, 1, names_[1], marked), tuple(regions), tuple(cuts), (), tuple(marks),
        width=_WIDTH,
    )  # fmt: skip
    key = legend(
        (
            (Sample("accent", sign="dot", halo=True), "really nearest"),
            (Sample("ink", fill="lane.data", bold=True), "leaf of the query"),
        ),
        2,
    )
    drawn = Row((Column((plane, key), 0.6, "middle"), _branch(root, path, names)), 2.0)
    own = names[id(path[-1])]
    true = names[id(next(leaf for leaf in leaves if truth in leaf.points))]
    count = len(path[-1].points)
    told = f"The upper branch is yes. {_DEPTH} questions lead to leaf {own} and {count} of {_POINTS} vectors. "
    if own == true:
        told += "The nearest one is among them."
    else:
        told += (
            f"The nearest one lies in leaf {true}, so that neighbouring leaves or further trees are searched as well."
        )
    return drawn, (note(told, 46),)


def _chords(node: Split) -> list[tuple[tuple[Point, Point], str]]:
    """Return the cuts of a tree as far as they reach, with their names."""
    if node.cut is None or node.low is None or node.high is None:
        return []
    cut = node.cut
    ends = [p for p in node.low.corners if abs(cut.a * p[0] + cut.b * p[1] - cut.c) < _ON]
    name = node.words.removeprefix("below ").removesuffix("?")
    return [((ends[0], ends[-1]), name), *_chords(node.low), *_chords(node.high)]


def _branch(node: Split, path: Sequence[Split], names: dict[int, str]) -> Block:
    """Return a node with its branches to the right; those on the way of the query stand out."""
    on = any(node is each for each in path)
    count = len(node.points)
    words = node.words or f"{names[id(node)]}: {count} {'vector' if count == 1 else 'vectors'}"
    fill = "lane.data" if on else "node.fill"
    box = Boxed(Words(words, "strong" if on else "body", measure=12), fill=fill, bold=on, padding=0.5)
    if node.low is None or node.high is None:
        return box
    return Tree(box, (_branch(node.low, path, names), _branch(node.high, path, names)), gap=0.6, reach=2.0)


# hashes


def hash(index: Index) -> tuple[Block, tuple[Block, ...]]:
    """Return the plane cut by hyperplanes through the origin, and the buckets that the bits name.

    Source:
        Charikar, Similarity estimation techniques from rounding algorithms (2002).
    """
    cuts = normals()
    points = [(round(2 * x - 1, 6), round(2 * y - 1, 6)) for x, y in spread(_HASHED)]
    own = bits(_HASH_QUERY, cuts)
    counts = Counter(bits(point, cuts) for point in points)
    cells = buckets(cuts)
    regions = [
        Region(corners, name, "lane.data" if name == own else "", "", bold=name == own)
        for name, corners in cells.items()
    ]
    lines = [Series(_through(cut), "", "ink") for cut in cuts]
    ways = [_normal(cut, f"h{at}") for at, cut in enumerate(cuts, 1)]
    truth = nearest(_HASH_QUERY, points)[0]
    marks = [
        Mark(*point, tone="accent" if bits(point, cuts) == own else "muted", size=0.45, halo=at == truth)
        for at, point in enumerate(points)
    ]
    marks.append(Mark(*_HASH_QUERY, "query", "star", size=1.0, bold=True))
    plane = Plane(Axis(-1, 1), Axis(-1, 1), tuple(regions), tuple(lines), tuple(ways), tuple(marks), width=_WIDTH)
    rows: list[tuple[Block | None, ...]] = [heads("Bucket", "Vectors")]
    order = sorted(cells)
    rows += [
        (Words(name, "strong" if name == own else "body"), Words(str(counts[name]), align="end")) for name in order
    ]
    table = Grid(tuple(rows), ("start", "end"), 1, frozenset((order.index(own) + 1,)), "lane.data", leading=0.45)
    formula = ", ".join(f"h{at} → {bit}" for at, bit in enumerate(own, 1))
    key = legend(((Sample("accent", sign="dot", halo=True), "really nearest"),), 1)
    side = Column((Words(f"Query: {formula}", "strong", measure=18), table, key), 0.7)
    told = (
        f"Each hyperplane gives a bit: 1 on the side that its normal points to. {counts[own]} of {_HASHED} vectors "
        f"share the bucket of the query, "
    )
    inside = bits(points[truth], cuts) == own
    told += "the nearest one among them." if inside else "the nearest one not: more tables are searched as well."
    return Row((plane, side), 1.6), (note(told, 40),)


def _normal(cut: Cut, name: str) -> Way:
    """Return the arrow that says on which side of a hyperplane the bit is 1."""
    x, y = _through(cut)[1]
    x, y = x * _STAND, y * _STAND
    return Way(
        (round(x, 6), round(y, 6)), (round(x + cut.a * _ARROW, 6), round(y + cut.b * _ARROW, 6)), name, bold=True
    )


def normals() -> tuple[Cut, ...]:
    """Return hyperplanes through the origin, their normals spread evenly over half a turn."""
    angles = (_FIRST + pi * at / _PLANES for at in range(_PLANES))
    return tuple(Cut(round(cos(angle), 6), round(sin(angle), 6), 0.0) for angle in angles)


def bits(point: Point, cuts: Sequence[Cut]) -> str:
    """Return the hash of a point: 1 for each hyperplane on whose upper side it lies, else 0.

    Args:
        point: Its coordinates.
        cuts: The hyperplanes: in the plane, lines through the origin.
    """
    return "".join("1" if cut.side(point) else "0" for cut in cuts)


def buckets(cuts: Sequence[Cut]) -> dict[str, Corners]:
    """Return the part of the plane of each hash that some point has."""
    found: dict[str, Corners] = {"": _AROUND}
    for cut in cuts:
        parts = ((name, halves(corners, cut)) for name, corners in found.items())
        found = {name + bit: part for name, both in parts for bit, part in zip("01", both, strict=True) if part}
    return found


def _through(cut: Cut) -> tuple[Point, Point]:
    """Return where a line through the origin meets the square from -1 to 1."""
    along = -cut.b, cut.a
    reach = 1 / max(abs(along[0]), abs(along[1]))
    x, y = round(along[0] * reach, 6), round(along[1] * reach, 6)
    return (-x, -y), (x, y)
