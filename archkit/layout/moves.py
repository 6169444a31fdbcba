"""Placement → moves that may better it: nodes change places, rows and lanes shift, clusters move and change shape.

The numbers that choose come from a generator of our own with exact arithmetic, so that every machine makes the same
moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import sqrt

from archkit.layout import sketch
from archkit.layout.arrange import closing
from archkit.layout.grid import Frame, Placement
from archkit.layout.notes import LEADER
from archkit.picture import GraphFigure

WORD = 31  # bits of a pseudo-random number: `draw() * bound >> WORD` is one from 0 to `bound` - 1
_WAYS = 5  # three of so many ways to choose a cell look at neighbours
_CHUNK = 1 << 10

Move = list[tuple[int, int]]  # node, its new cell


def numbers(seed: int) -> Callable[[], int]:
    """Return what draws pseudo-random numbers, one a call: Knuth's MMIX congruential generator, its upper bits.

    The few sequences that searches use are remembered.
    """
    return chain.from_iterable(_chunks(seed * 0x9E3779B97F4A7C15 + 1)).__next__


def _chunks(state: int) -> Iterator[tuple[int, ...]]:
    while True:
        found, state = _chunk(state)
        yield found


@lru_cache(maxsize=1 << 7)
def _chunk(state: int) -> tuple[tuple[int, ...], int]:
    """Return the numbers that follow a state of the generator, and its state after them."""
    found = []
    for _ in range(_CHUNK):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        found.append(state >> 33)
    return tuple(found), state


def patience(number: int) -> float:
    """Return how much worse than now a move may be, as a multiple of the temperature.

    About as an exponential variate falls out, but computed by exact operations only.

    Args:
        number: A pseudo-random one.
    """
    return 2.0 / sqrt(((number >> 1) + 1) / (1 << 30)) - 2.0


class Board:
    """Nodes on the cells of a grid with spare rows, the clusters around them, and moves that keep all in their places.

    Cells are numbered row by row, nodes and arrows as the figure lists them.

    Args:
        figure: The figure, its notes among its nodes.
        start: Where its nodes stand.
        seed: Where the sequence of moves starts.
        spare: How many rows every lane may grow by.
    """

    def __init__(self, figure: GraphFigure, start: Placement, seed: int, spare: int) -> None:
        self._draw = numbers(seed)
        self._columns = columns = start.columns
        self._ids = [node.id for node in figure.nodes]
        lane_number = {lane.id: index for index, lane in enumerate(figure.lanes)}
        self._lane = [lane_number[node.lane] for node in figure.nodes]
        self._members = [[node for node, at in enumerate(self._lane) if at == lane] for lane in lane_number.values()]
        self._bounds: list[tuple[int, int]] = []  # rows of each lane
        top = 0
        for rows in start.lane_rows:
            self._bounds.append((top, top + rows + spare))
            top += rows + spare
        self._rows = top
        self._row_of = [row for row in range(top) for _ in range(columns)]
        self._column_of = list(range(columns)) * top
        self._cell = [
            (start.cells[node][0] + lane * spare) * columns + start.cells[node][1]
            for node, lane in zip(self._ids, self._lane, strict=True)
        ]
        self._at = [-1] * (top * columns)  # per cell its node
        for node, cell in enumerate(self._cell):
            self._at[cell] = node
        self._frames = [_shifted(frame, frame.lane * spare, 0) for frame in start.frames]
        self._within = [[one == two or _holds(one, two) for two in self._frames] for one in self._frames]
        self._around = [[at for at, two in enumerate(self._frames) if _holds(two, one)] for one in self._frames]
        self._owners()
        self._home = [self._owner[cell] for cell in self._cell]
        self._join(figure)

    def _join(self, figure: GraphFigure) -> None:
        """List the arrows between two nodes, those that may run anywhere last: they give way."""
        number = {node: index for index, node in enumerate(self._ids)}
        answers = closing(figure)
        edges = []
        for edge in figure.edges:
            tail, head = number[edge.tail], number[edge.head]
            if tail == head:
                continue
            if edge.kind == LEADER:
                kind = sketch.LEADER
            elif edge.style == "feedback" or (edge.tail, edge.head) in answers:
                kind = sketch.BACK
            else:
                kind = sketch.FORWARD if self._lane[tail] == self._lane[head] else sketch.ACROSS
            edges.append((tail, head, kind))
        edges.sort(key=lambda edge: edge[2] == sketch.BACK)
        self._edges = edges
        self._paid = [0.0] * len(edges)  # what each arrow costs where the nodes stand
        self._incident: list[list[int]] = [[] for _ in self._ids]
        for index, (tail, head, _) in enumerate(edges):
            self._incident[tail].append(index)
            self._incident[head].append(index)

    def _owners(self) -> None:
        """Note for every cell which frame it belongs to, inner ones first; lanes are negative."""
        columns = self._columns
        owner = [-1 - lane for lane, (top, end) in enumerate(self._bounds) for _ in range((end - top) * columns)]
        for index, frame in enumerate(self._frames):  # inner ones come later and win
            for row in range(frame.top, frame.bottom + 1):
                first = row * columns
                owner[first + frame.left : first + frame.right + 1] = [index] * (frame.right + 1 - frame.left)
        self._owner = owner
        rooms: dict[int, list[int]] = {}
        for cell, home in enumerate(owner):
            rooms.setdefault(home, []).append(cell)
        self._room = rooms

    def _wish(self) -> tuple[int, int]:
        """Return a node and a cell that it may like, level with a neighbour or in its column, or any; -1 for none."""
        draw, cells, edges = self._draw, self._cell, self._edges
        how = draw() * _WAYS >> WORD
        if how > 2 or not edges:
            node = draw() * len(cells) >> WORD
            room = self._room[self._home[node]]
            cell = room[draw() * len(room) >> WORD]
            return node, -1 if cell == cells[node] else cell
        count, columns, paid = len(edges), self._columns, self._paid
        edge, other = draw() * count >> WORD, draw() * count >> WORD
        if paid[other] > paid[edge]:  # dear arrows more often
            edge = other
        node, anchor, _ = edges[edge]
        if draw() * 2 >> WORD:
            node, anchor = anchor, node
        cell = cells[anchor]
        if how == 0:
            column = self._column_of[cell] + (1 if draw() * 2 >> WORD else -1)
            if not 0 <= column < columns:
                return node, -1
            cell += column - self._column_of[cell]
        elif how == 1:
            cell += (draw() * columns >> WORD) - self._column_of[cell]
        else:
            top, end = self._bounds[self._lane[node]]
            cell += (top + (draw() * (end - top) >> WORD) - self._row_of[cell]) * columns
        return node, cell if self._owner[cell] == self._home[node] and cell != cells[node] else -1

    def _line_move(self) -> Move:
        """Return a move of many nodes of a lane: all or a row by one column, two rows, or two columns exchanged."""
        draw, columns, cells = self._draw, self._columns, self._cell
        node, how = draw() * len(cells) >> WORD, draw() * 4 >> WORD
        lane = self._lane[node]
        members, lines = self._members[lane], self._column_of
        owner, home = self._owner, self._home
        moves: Move = []
        if how < 2:
            step = 1 if draw() * 2 >> WORD else -1
            if how:
                row_of = self._row_of
                row = row_of[cells[node]]
                members = [index for index in members if row_of[cells[index]] == row]
            edge = columns - 1 if step > 0 else 0
            for index in members:
                cell = cells[index]
                if lines[cell] == edge or owner[cell + step] != home[index]:
                    return []
                moves.append((index, cell + step))
            return moves
        if how == 2:
            lines, step = self._row_of, columns
            top, end = self._bounds[lane]
            other = top + (draw() * (end - top) >> WORD)
        else:
            step, other = 1, draw() * columns >> WORD
        line = lines[cells[node]]
        by = (other - line) * step
        for index in members if by else ():
            cell = cells[index]
            if lines[cell] == line:
                cell += by
            elif lines[cell] == other:
                cell -= by
            else:
                continue
            if owner[cell] != home[index]:
                return []
            moves.append((index, cell))
        return moves

    def _block_move(self) -> tuple[Move, list[Frame]]:
        """Return a move of a cluster with all that is in it, and the clusters after it.

        It slides, or it takes another shape where no other cluster is in it; nodes in its way take what gets free.
        """
        draw, columns, at = self._draw, self._columns, self._at
        chosen = draw() * len(self._frames) >> WORD
        frame, within, around = self._frames[chosen], self._within[chosen], self._around[chosen]
        members: Move | None = None
        if sum(within) == 1 and draw() * 2 >> WORD:
            moved, members = self._reshaped(chosen)
        else:
            reach = 1 + ((draw() * 2 >> WORD) * (draw() * columns >> WORD))
            step = reach if draw() * 2 >> WORD else -reach
            down, right = (0, step) if draw() * 3 >> WORD else ((step > 0) - (step < 0), 0)
            moved = _shifted(frame, down, right)
        top, end = self._bounds[frame.lane]
        whole = (
            self._frames[around[-1]] if around else frame._replace(top=top, left=0, bottom=end - 1, right=columns - 1)
        )
        if not (
            whole.top <= moved.top <= moved.bottom <= whole.bottom
            and whole.left <= moved.left <= moved.right <= whole.right
        ):
            return [], []
        for index, other in enumerate(self._frames):
            if not within[index] and index not in around and _meet(moved, other):
                return [], []
        old, new = self._cells(frame), self._cells(moved)
        down, right = moved.top - frame.top, moved.left - frame.left
        if members is None:
            members = [(at[cell], cell + down * columns + right) for cell in old if at[cell] >= 0]
        freed = sorted(old - new)
        ousted = [at[cell] for cell in sorted(new - old) if at[cell] >= 0]
        if len(ousted) > len(freed):
            return [], []
        frames = [
            moved if index == chosen else _shifted(other, down, right) if within[index] else other
            for index, other in enumerate(self._frames)
        ]
        return members + list(zip(ousted, freed, strict=False)), frames

    def _reshaped(self, chosen: int) -> tuple[Frame, Move]:
        """Return a cluster in another shape, and its nodes filled in column by column."""
        frame = self._frames[chosen]
        members = [node for node, home in enumerate(self._home) if home == chosen]
        members.sort(key=lambda node: (self._cell[node] % self._columns, self._cell[node]))
        width = 1 + (self._draw() * min(len(members), self._columns) >> WORD)
        height = -(-len(members) // width)
        left = min(frame.left, self._columns - width)
        moved = frame._replace(left=left, bottom=frame.top + height - 1, right=left + width - 1)
        first = frame.top * self._columns + left
        return moved, [
            (node, first + index % height * self._columns + index // height) for index, node in enumerate(members)
        ]

    def _cells(self, frame: Frame) -> set[int]:
        columns = self._columns
        return {
            row * columns + column
            for row in range(frame.top, frame.bottom + 1)
            for column in range(frame.left, frame.right + 1)
        }

    def _placement(self, cells: Sequence[int], frames: Sequence[Frame]) -> Placement:
        """Return the placement of cells, without empty rows (but one a lane) and without empty columns."""
        columns = self._columns
        used = {cell // columns for cell in cells} | {row for f in frames for row in range(f.top, f.bottom + 1)}
        wide = {cell % columns for cell in cells} | {c for f in frames for c in range(f.left, f.right + 1)}
        row_map: dict[int, int] = {}
        lane_rows = []
        for top, end in self._bounds:
            kept = [row for row in range(top, end) if row in used] or [top]
            row_map.update({row: len(row_map) + index for index, row in enumerate(kept)})
            lane_rows.append(len(kept))
        column_map = {column: index for index, column in enumerate(sorted(wide))}
        return Placement(
            max(1, len(wide)),
            tuple(lane_rows),
            {
                node: (row_map[cell // columns], column_map[cell % columns])
                for node, cell in zip(self._ids, cells, strict=True)
            },
            tuple(
                f._replace(
                    top=row_map[f.top], bottom=row_map[f.bottom], left=column_map[f.left], right=column_map[f.right]
                )
                for f in frames
            ),
        )


def _shifted(frame: Frame, down: int, right: int) -> Frame:
    return frame._replace(
        top=frame.top + down, bottom=frame.bottom + down, left=frame.left + right, right=frame.right + right
    )


def _holds(outer: Frame, inner: Frame) -> bool:
    return (
        outer.depth < inner.depth
        and outer.top <= inner.top <= inner.bottom <= outer.bottom
        and outer.left <= inner.left <= inner.right <= outer.right
    )


def _meet(one: Frame, two: Frame) -> bool:
    return one.top <= two.bottom and two.top <= one.bottom and one.left <= two.right and two.left <= one.right
