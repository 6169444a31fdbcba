"""Graph figure too large to be searched as a whole → its parts drawn one by one and set like lines of text.

Each part is placed and routed by itself, as a small figure is. Parts then stand side by side in staves, one stave below
the other, and every stave repeats the lanes that its parts have nodes in. Arrows inside a part keep their ways; those
between parts are routed around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, combinations, count, islice, zip_longest
from math import fsum, log
from typing import NamedTuple

from archkit.drawing import Point
from archkit.layout.grid import Cell, Frame, Placement
from archkit.layout.lattice import Axis, Lattice, lattice
from archkit.layout.notes import LEADER
from archkit.layout.parts import parts
from archkit.layout.place import IDEAL_ASPECT, for_part
from archkit.layout.route import Path
from archkit.layout.routing import Routing, routed
from archkit.picture import Edge, GraphFigure, Lane, Node, filled

_MOST = 40  # nodes of a part
_COLUMN, _ROW, _LANE = 205.0, 105.0, 40.0  # expected pixels
_EDGE = 4.0  # arrows that a pixel of the page is worth
_BACK = 0.1  # how much dearer an arrow is that runs to an earlier part
_ASTRAY = 200.0  # pixels that a part's place nearer to that in the order of the figure is worth
_STEPS = 150_000  # bounds the search for the order of many parts


class _Part(NamedTuple):
    """A part of a figure, drawn.

    Attributes:
        edges: Numbers of its arrows in the whole figure.
        routing: Its placement and arrows, its notes among its nodes.
        rows: Per lane of the whole figure, how many rows it has there.
    """

    edges: tuple[int, ...]
    routing: Routing
    rows: tuple[int, ...]


class _Link(NamedTuple):
    """An arrow between two parts, and how far its head is right of and below its tail if the parts are in one place."""

    tail: int
    head: int
    right: float
    down: float


class Staves:
    """The parts of a figure, ready to be set.

    Args:
        figure: What is drawn.
        deadline: ``time.thread_time()`` after which arrows are routed in a simpler way.
    """

    def __init__(self, figure: GraphFigure, deadline: float) -> None:
        self._figure, self._deadline = figure, deadline
        found = parts(figure, _MOST)
        self._parts = [_drawn(figure, frozenset(ids), deadline) for ids in found]
        owner = {node: number for number, ids in enumerate(found) for node in ids}
        at = {node: middle for part in self._parts for node, middle in _middles(part)}
        self._links = [
            _Link(owner[e.tail], owner[e.head], at[e.head][0] - at[e.tail][0], at[e.head][1] - at[e.tail][1])
            for e in figure.edges
            if owner[e.tail] != owner[e.head]
        ]

    def routings(self) -> Iterator[Routing]:
        """Yield the figure with all its arrows, in the shape that is expected to suit best first."""
        every = range(1, len(self._parts) + 1)
        for columns in sorted(every, key=lambda columns: abs(log(self._aspect(columns) / IDEAL_ASPECT))):
            yield self._routed(_Setting(self._parts, self._links, columns).staves())

    def _aspect(self, columns: int) -> float:
        """Return the width over the height that may be expected of so many parts side by side."""
        setting = [range(len(self._parts))[start : start + columns] for start in range(0, len(self._parts), columns)]
        return fsum(_widths(self._parts, setting)) * _COLUMN / fsum(_height(self._parts, stave) for stave in setting)

    def _routed(self, setting: Sequence[Sequence[int]]) -> Routing:
        """Compose the parts and route the arrows between them."""
        places, lanes, lane_rows, staves = self._placed(setting)
        figure, columns = self._figure, 1
        cells: dict[str, Cell] = {}
        frames: list[Frame] = []
        notes: list[Node] = []
        leaders: list[Edge] = []
        for place in places:
            routing = place.part.routing
            cells.update({node: place.cell(cell) for node, cell in routing.placement.cells.items()})
            frames += [place.frame(frame) for frame in routing.placement.frames]
            notes += [node for node in routing.figure.nodes if node.role == "note"]
            leaders += [edge for edge in routing.figure.edges if edge.kind == LEADER]
            columns = max(columns, place.left + routing.placement.columns)
        frames.sort(key=lambda frame: frame.depth)
        full = replace(figure, lanes=lanes, nodes=(*figure.nodes, *notes), edges=(*figure.edges, *leaders))
        placement = Placement(columns, lane_rows, cells, tuple(frames), staves)
        lines = lattice(placement)
        known: dict[int, Path] = {}
        leader = count(len(figure.edges))
        for place in places:
            paths = place.paths(lines)
            own = (*place.part.edges, *islice(leader, len(paths) - len(place.part.edges)))
            known.update(zip(own, paths, strict=True))
        return routed(full, placement, self._deadline, lines, known)

    def _placed(
        self, setting: Sequence[Sequence[int]]
    ) -> tuple[list[_Place], tuple[Lane, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the places of all parts, the lanes of all staves, their rows, and where further staves begin."""
        lefts = list(accumulate(_widths(self._parts, setting), initial=0))
        places: list[_Place] = []
        lanes: list[Lane] = []
        lane_rows: list[int] = []
        staves: list[int] = []
        for stave in setting:
            staves.append(len(lanes))
            bands, tops = {}, {}
            for number, lane in enumerate(self._figure.lanes):
                rows = max(self._parts[part].rows[number] for part in stave if part < len(self._parts))
                if rows:
                    bands[number], tops[number] = len(lanes), sum(lane_rows)
                    lanes.append(lane)
                    lane_rows.append(rows)
            for part, left in zip(stave, lefts, strict=False):
                if part >= len(self._parts):
                    continue
                rows_ = self._parts[part].rows
                own = [number for number, rows in enumerate(rows_) if rows]
                down = [tops[number] + row for number in own for row in range(rows_[number])]
                places.append(_Place(self._parts[part], left, tuple(bands[number] for number in own), tuple(down)))
        return places, tuple(lanes), tuple(lane_rows), tuple(staves[1:])


class _Place(NamedTuple):
    """Where a part stands in the whole figure.

    Attributes:
        part: The part.
        left: Its first column.
        bands: Its lanes among those of all staves.
        down: Its rows among those of all staves.
    """

    part: _Part
    left: int
    bands: tuple[int, ...]
    down: tuple[int, ...]

    def cell(self, cell: Cell) -> Cell:
        """Return a cell of the part as one of the whole."""
        return self.down[cell[0]], self.left + cell[1]

    def frame(self, frame: Frame) -> Frame:
        """Return a frame of the part as one of the whole."""
        (top, left), (bottom, right) = self.cell((frame.top, frame.left)), self.cell((frame.bottom, frame.right))
        return Frame(frame.cluster, self.bands[frame.lane], top, left, bottom, right, frame.depth)

    def paths(self, whole: Lattice) -> list[Path]:
        """Return the ways of the part's arrows on the lattice of the whole."""
        own = self.part.routing.lines
        x = dict(_lines(own.x, 0, whole.x, 0, self.left))
        y: dict[int, int] = {}
        for lane, band in enumerate(self.bands):
            y.update(_lines(own.y, lane, whole.y, band, 0))
        return [tuple((x[at], y[line]) for at, line in path) for path in self.part.routing.paths]


def _lines(own: Axis, part: int, whole: Axis, band: int, shift: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a lane (or of all columns) with those that they lie on in another lattice."""
    middles, others = own.middles[part], whole.middles[band][shift:]
    inside = [line for line, at in enumerate(own.lane) if at == part]
    boundary = 0
    for line in inside:
        if own.is_node[line]:
            boundary += 1
            yield line, next(at for at in range(others[boundary - 1], len(whole)) if whole.is_node[at])
        else:
            yield line, others[boundary] + line - middles[boundary]


def _drawn(figure: GraphFigure, ids: frozenset[str], deadline: float) -> _Part:
    """Draw a part by itself."""
    nodes = tuple(node for node in figure.nodes if node.id in ids)
    numbers = tuple(number for number, edge in enumerate(figure.edges) if edge.tail in ids and edge.head in ids)
    used = {node.lane for node in nodes}
    alone = replace(
        figure,
        lanes=tuple(lane for lane in figure.lanes if lane.id in used),
        nodes=nodes,
        edges=tuple(figure.edges[number] for number in numbers),
        clusters=tuple(
            replace(cluster, members=tuple(member for member in cluster.members if member in ids))
            for cluster in filled(figure.clusters, ids)
        ),
    )
    full, placements = for_part(alone, len(figure.edges))
    best = min((routed(full, placement, deadline) for placement in placements), key=lambda found: found.cost)
    counts = iter(best.placement.lane_rows)
    rows = tuple(next(counts) if lane.id in used else 0 for lane in figure.lanes)
    return _Part(numbers, best, rows)


def _middles(part: _Part) -> Iterator[tuple[str, Point]]:
    """Yield where the nodes of a part may be expected in it, in pixels."""
    lane_of = [lane for lane, rows in enumerate(row for row in part.rows if row) for _ in range(rows)]
    for node, (row, column) in part.routing.placement.cells.items():
        yield node, (column * _COLUMN, row * _ROW + lane_of[row] * _LANE)


def _widths(drawn: Sequence[_Part], setting: Sequence[Sequence[int]]) -> list[int]:
    """Return how many columns the first, second… parts of all staves need, which stand one below the other."""
    alone = [part.routing.placement.columns for part in drawn]
    columns = [[alone[number] if number < len(drawn) else 0 for number in stave] for stave in setting]
    return [max(widths) for widths in zip_longest(*columns, fillvalue=0)]


def _height(drawn: Sequence[_Part], stave: Iterable[int]) -> float:
    """Return the height of a stave in pixels that may be expected."""
    rows: list[int] = [max(lane) for lane in zip(*(drawn[at].rows for at in stave if at < len(drawn)), strict=True)]
    return fsum(row * _ROW + _LANE for row in rows if row)


class _Setting:
    """The search for the order of the parts in staves of some length.

    Every part is taken to be as wide and as high as the mean one, but for the rows that a stave needs in all.
    """

    def __init__(self, drawn: Sequence[_Part], links: Sequence[_Link], columns: int) -> None:
        self._drawn, self._columns = drawn, columns
        self._width = _COLUMN * max(part.routing.placement.columns for part in drawn)
        self._height = fsum(_height(drawn, [number]) for number in range(len(drawn))) / len(drawn)
        self._places = -(-len(drawn) // columns) * columns
        self._links: list[list[_Link]] = [[] for _ in range(self._places)]
        for link in links:
            self._links[link.tail].append(link)
            self._links[link.head].append(link)
        self._at = list(range(self._places))  # the place of each part; numbers beyond those of parts stay empty

    def staves(self) -> list[list[int]]:
        """Return the parts stave by stave; a number beyond those of parts leaves a place empty."""
        columns = self._columns
        text = list(range(self._places))
        winding = [
            number
            for start in range(0, len(text), columns)
            for number in (text[start : start + columns][:: 1 if start // columns % 2 == 0 else -1])
        ]
        best = min((self._improved(order) for order in (text, winding)), key=lambda found: found[0])[1]
        staves = [best[start : start + columns] for start in range(0, len(text), columns)]
        return [stave for stave in staves if min(stave) < len(self._drawn)]

    def _improved(self, order: list[int]) -> tuple[float, list[int]]:
        """Return what an order costs in which no two parts had better change places, and the order."""
        order = order[:]
        self._at = [order.index(part) for part in range(len(order))]
        better, steps = True, 0
        while better and steps < _STEPS:
            better = False
            for one, two in combinations(range(1, len(order)), 2):  # the first part stays where readers begin
                steps += len(self._links[order[one]]) + len(self._links[order[two]]) + 1
                before = self._share(order, one, two)
                self._swap(order, one, two)
                if self._share(order, one, two) < before - 1e-6:
                    better = True
                else:
                    self._swap(order, one, two)
        whole = fsum(self._length(link) for found in self._links for link in found) / 2
        return whole + fsum(self._page(order, stave) for stave in range(-(-len(order) // self._columns))), order

    def _swap(self, order: list[int], one: int, two: int) -> None:
        order[one], order[two] = order[two], order[one]
        self._at[order[one]], self._at[order[two]] = one, two

    def _share(self, order: Sequence[int], one: int, two: int) -> float:
        """Return what depends on where two parts stand: the length of their arrows, the height of their staves."""
        cost = fsum(self._length(link) for part in (order[one], order[two]) for link in self._links[part])
        return cost + fsum(self._page(order, stave) for stave in {one // self._columns, two // self._columns})

    def _page(self, order: Sequence[int], stave: int) -> float:
        """Return what the height of a stave costs, and parts that stand in another order than the figure's."""
        start = stave * self._columns
        here = order[start : start + self._columns]
        astray = sum(abs(place - number) for place, number in enumerate(here, start))
        return _EDGE * _height(self._drawn, here) + _ASTRAY * astray

    def _length(self, link: _Link) -> float:
        """Return the length of an arrow in pixels; one that runs to an earlier part is a little dearer."""
        columns = self._columns
        (stave, column), (stave2, column2) = divmod(self._at[link.tail], columns), divmod(self._at[link.head], columns)
        across = (column2 - column) * self._width + link.right
        down = (stave2 - stave) * self._height + link.down
        back = (stave2, column2) < (stave, column)
        return (abs(across) + abs(down)) * (1 + _BACK * back)
