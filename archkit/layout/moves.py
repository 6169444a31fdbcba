"""Placement → moves that may better it: nodes change places, rows and lanes shift, clusters move and change shape.

The numbers that choose come from a generator of our own with exact arithmetic, so that every machine makes the same
moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from archkit.layout import sketch
from archkit.layout.arrange import closing
from archkit.layout.grid import Frame, Placement
from archkit.layout.notes import LEADER
from archkit.picture import GraphFigure

_WAYS = 5  # three of so many ways to choose a cell look at neighbours

Move = list[tuple[int, int]]  # node, its new cell


class Numbers:
    """Pseudo-random numbers: Knuth's MMIX congruential generator, of which the upper bits are used."""

    def __init__(self, seed: int) -> None:
        self._state = seed * 0x9E3779B97F4A7C15 + 1

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound`` - 1."""
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (state >> 33) * bound >> 31

    def patience(self) -> float:
        """Return how much worse than now a move may be, as a multiple of the temperature.

        About as an exponential variate falls out, but computed by exact operations only.
        """
        return 2.0 / sqrt((self.below(1 << 30) + 1) / (1 << 30)) - 2.0


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
        self._numbers = Numbers(seed)
        self._columns = columns = start.columns
        self._ids = [node.id for node in figure.nodes]
        lane_number = {lane.id: index for index, lane in enumerate(figure.lanes)}
        self._lane = [lane_number[node.lane] for node in figure.nodes]
        self._bounds: list[tuple[int, int]] = []  # rows of each lane
        top = 0
        for rows in start.lane_rows:
            self._bounds.append((top, top + rows + spare))
            top += rows + spare
        self._rows = top
        self._row_of = [row for row in range(top) for _ in range(columns)]
        self._cell = [
            (start.cells[node][0] + lane * spare) * columns + start.cells[node][1]
            for node, lane in zip(self._ids, self._lane, strict=True)
        ]
        self._at = {cell: node for node, cell in enumerate(self._cell)}
        self._frames = [_shifted(frame, frame.lane * spare, 0) for frame in start.frames]
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
                for cell in range(row * columns + frame.left, row * columns + frame.right + 1):
                    owner[cell] = index
        self._owner = owner
        rooms: dict[int, list[int]] = {}
        for cell, home in enumerate(owner):
            rooms.setdefault(home, []).append(cell)
        self._room = rooms
        self._framed = [row for frame in self._frames for row in range(frame.top, frame.bottom + 1)]

    def _exchange(self, node: int, cell: int) -> Move:
        """Return the move of a node to a cell; who stands there takes its place, if it may."""
        other = self._at.get(cell)
        if other is None:
            return [(node, cell)]
        if self._home[other] == self._home[node]:
            return [(node, cell), (other, self._cell[node])]
        return []

    def _wish(self) -> tuple[int, int]:
        """Return a node and a cell that it may like, level with a neighbour or in its column, or any; -1 for none."""
        below, columns, edges, paid = self._numbers.below, self._columns, self._edges, self._paid
        how = below(_WAYS)
        if how > 2 or not edges:
            node = below(len(self._cell))
            room = self._room[self._home[node]]
            cell = room[below(len(room))]
            return node, -1 if cell == self._cell[node] else cell
        edge, other = below(len(edges)), below(len(edges))
        if paid[other] > paid[edge]:  # dear arrows more often
            edge = other
        node, anchor, _ = edges[edge]
        if below(2):
            node, anchor = anchor, node
        row, column = divmod(self._cell[anchor], columns)
        if how == 0:
            column += 1 if below(2) else -1
        elif how == 1:
            column = below(columns)
        else:
            top, end = self._bounds[self._lane[node]]
            row = top + below(end - top)
        cell = row * columns + column
        if 0 <= column < columns and self._owner[cell] == self._home[node] and cell != self._cell[node]:
            return node, cell
        return node, -1

    def _line_move(self) -> Move:
        """Return a move of many nodes of a lane: all or a row by one column, two rows, or two columns exchanged."""
        below, columns, cells = self._numbers.below, self._columns, self._cell
        node, how = below(len(cells)), below(4)
        lane = self._lane[node]
        row, column = divmod(cells[node], columns)
        members = [index for index in range(len(cells)) if self._lane[index] == lane]
        if how < 2:
            step = 1 if below(2) else -1
            if how:
                members = [index for index in members if cells[index] // columns == row]
            if any(not 0 <= cells[index] % columns + step < columns for index in members):
                return []
            moves = [(index, cells[index] + step) for index in members]
        elif how == 2:
            top, end = self._bounds[lane]
            row2 = top + below(end - top)
            pair = (row, row2)
            members = [index for index in members if cells[index] // columns in pair] if row != row2 else []
            moves = [(i, (row + row2 - cells[i] // columns) * columns + cells[i] % columns) for i in members]
        else:
            column2 = below(columns)
            pair = (column, column2)
            members = [index for index in members if cells[index] % columns in pair] if column != column2 else []
            moves = [(i, cells[i] + column + column2 - 2 * (cells[i] % columns)) for i in members]
        if any(self._owner[cell] != self._home[index] for index, cell in moves):
            return []
        return moves

    def _block_move(self) -> tuple[Move, list[Frame]]:
        """Return a move of a cluster with all that is in it, and the clusters after it.

        It slides, or it takes another shape where no other cluster is in it; nodes in its way take what gets free.
        """
        below, columns = self._numbers.below, self._columns
        chosen = below(len(self._frames))
        frame = self._frames[chosen]
        within = [index == chosen or _holds(frame, other) for index, other in enumerate(self._frames)]
        if sum(within) == 1 and below(2):
            moved, members = self._reshaped(chosen)
        else:
            reach = 1 + below(2) * below(columns)
            step = reach if below(2) else -reach
            down, right = (0, step) if below(3) else ((step > 0) - (step < 0), 0)
            moved = _shifted(frame, down, right)
            members = [(self._at[c], c + down * columns + right) for c in self._cells(frame) if c in self._at]
        around = [other for other in self._frames if _holds(other, frame)]
        top, end = self._bounds[frame.lane]
        whole = around[-1] if around else frame._replace(top=top, left=0, bottom=end - 1, right=columns - 1)
        if not (
            whole.top <= moved.top <= moved.bottom <= whole.bottom
            and whole.left <= moved.left <= moved.right <= whole.right
        ):
            return [], []
        others = [other for other, mine in zip(self._frames, within, strict=True) if not mine and other not in around]
        if any(_meet(moved, other) for other in others):
            return [], []
        old, new = self._cells(frame), self._cells(moved)
        freed = sorted(old - new)
        ousted = [self._at[cell] for cell in sorted(new - old) if cell in self._at]
        if len(ousted) > len(freed):
            return [], []
        down, right = moved.top - frame.top, moved.left - frame.left
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
        width = 1 + self._numbers.below(min(len(members), self._columns))
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
