"""Placement → a better placement of many nodes: they move while that makes their arrows shorter and straighter.

Figures that are small enough to be sketched as a whole are annealed instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archkit.layout.arrange import closing
from archkit.layout.grid import Cell, Frame, Placement
from archkit.picture import GraphFigure

_SEARCH_STEPS = 60_000  # bounds the search on large figures
# What a move does to arrows that pass by is not counted, so that a search might go in circles.
_ROUNDS = 8


class Weights(NamedTuple):
    """What the local search holds dear, in column widths.

    Attributes:
        down: A row of distance.
        bend: An arrow that cannot be straight.
        back: A request that runs from right to left in its lane.
        fall: A request that runs straight down in its lane.
        closing: The share at which the length of answers and feedback counts.
    """

    down: float = 0.8
    bend: float = 1.0
    back: float = 2.5
    fall: float = 1.5
    closing: float = 0.4


class Search:
    """Moves nodes between the cells of their container while that makes the arrows shorter and straighter."""

    def __init__(self, figure: GraphFigure, start: Placement, weights: Weights) -> None:
        self._start, self._weights = start, weights
        self._cells = dict(start.cells)
        self._at = {cell: node for node, cell in self._cells.items()}
        self._lane_of_row = [lane for lane, rows in enumerate(start.lane_rows) for _ in range(rows)]
        self._edges: dict[str, list[tuple[str, str, bool]]] = {node.id: [] for node in figure.nodes}
        answers = closing(figure)
        for edge in figure.edges:
            if edge.tail != edge.head:
                back = edge.style == "feedback" or (edge.tail, edge.head) in answers
                entry = (edge.tail, edge.head, not back)
                self._edges[edge.tail].append(entry)
                self._edges[edge.head].append(entry)
        self._room = self._rooms(figure)

    def _rooms(self, figure: GraphFigure) -> dict[str, list[Cell]]:
        """Return, for every node, the cells it may take: those of its innermost container outside any inner cluster."""
        owner: dict[Cell, Frame | None] = {}
        top = 0
        for rows in self._start.lane_rows:
            owner.update({(row, c): None for row in range(top, top + rows) for c in range(self._start.columns)})
            top += rows
        for frame in self._start.frames:  # inner ones come later and win
            for row in range(frame.top, frame.bottom + 1):
                owner.update({(row, c): frame for c in range(frame.left, frame.right + 1)})
        rooms: dict[object, list[Cell]] = {}
        for cell, inside in owner.items():
            rooms.setdefault(inside or ("lane", self._lane_of_row[cell[0]]), []).append(cell)
        return {node: rooms[owner[cell] or ("lane", self._lane_of_row[cell[0]])] for node, cell in self._cells.items()}

    def aligned(self) -> Placement:
        """Return the placement with its lanes slid sideways to where their neighbours want them, and nothing else."""
        self._shift_lanes()
        return self._trimmed()

    def improved(self) -> Placement:
        """Return the best placement found."""
        self._shift_lanes()
        steps, better, rounds = 0, True, 0
        while better and steps < _SEARCH_STEPS and rounds < _ROUNDS:
            better, rounds = False, rounds + 1
            for node in list(self._cells):
                steps += len(self._room[node])
                better = self._best_move(node) or better
        return self._trimmed()

    def _shift_lanes(self) -> None:
        """Slide whole lanes sideways to where their neighbours want them."""
        columns = self._start.columns
        for _ in range(2):
            top = 0
            for lane, rows in enumerate(self._start.lane_rows):
                nodes = [n for n, (row, _) in self._cells.items() if top <= row < top + rows]
                top += rows
                if not nodes or any(frame.lane == lane for frame in self._start.frames):
                    continue
                left = min(self._cells[n][1] for n in nodes)
                width = max(self._cells[n][1] for n in nodes) - left + 1
                best, best_cost = left, self._total(nodes)
                for shift in range(columns - width + 1):
                    self._slide(nodes, shift)
                    cost = self._total(nodes)
                    if cost < best_cost - 1e-9:
                        best, best_cost = shift, cost
                self._slide(nodes, best)

    def _slide(self, nodes: Sequence[str], left: int) -> None:
        by = left - min(self._cells[n][1] for n in nodes)
        for node in nodes:
            self._at.pop(self._cells[node])
        for node in nodes:
            row, column = self._cells[node]
            self._cells[node] = (row, column + by)
            self._at[self._cells[node]] = node

    def _total(self, nodes: Sequence[str]) -> float:
        return sum(self._cost(node) for node in nodes)

    def _best_move(self, node: str) -> bool:
        """Move a node to its best cell, or swap it with the one that stands there; return whether that helped."""
        here = self._cells[node]
        best, best_gain = here, 1e-6
        cost_here = self._cost(node)
        for cell in self._room[node]:
            if cell == here:
                continue
            other = self._at.get(cell)
            before = cost_here + (self._cost(other) if other else 0.0)
            self._exchange(node, cell, other)
            gain = before - self._cost(node) - (self._cost(other) if other else 0.0)
            self._exchange(node, here, other)
            if gain > best_gain:
                best, best_gain = cell, gain
        if best == here:
            return False
        self._exchange(node, best, self._at.get(best))
        return True

    def _exchange(self, node: str, cell: Cell, other: str | None) -> None:
        """Move a node to a cell, and the one that stands there, if any, to where it came from."""
        if other is None:
            self._put(node, cell)
        else:
            self._swap(node, other)

    def _put(self, node: str, cell: Cell) -> None:
        del self._at[self._cells[node]]
        self._cells[node] = cell
        self._at[cell] = node

    def _swap(self, one: str, two: str) -> None:
        a, b = self._cells[one], self._cells[two]
        self._cells[one], self._cells[two] = b, a
        self._at[a], self._at[b] = two, one

    def _cost(self, node: str) -> float:
        """Return the expected length and bends of a node's arrows, in columns."""
        cost = 0.0
        cells, at, lane_of_row, weights = self._cells, self._at, self._lane_of_row, self._weights
        for tail, head, forward in self._edges[node]:
            row, column = cells[tail]
            row2, column2 = cells[head]
            across = column2 - column
            lanes = abs(lane_of_row[row2] - lane_of_row[row])
            down = abs(row2 - row) * weights.down + lanes * 0.3
            length = down + (across if across >= 0 else -across)
            if not forward:
                cost += (
                    weights.closing * length
                )  # an answer or a feedback arrow may be long; it must not bend the pipeline
                continue
            cost += length
            if across < 0:
                cost += weights.back if lanes == 0 else 0.25
            if across and row != row2:
                cost += weights.bend
            elif row == row2:
                low, high = (column, column2) if across > 0 else (column2, column)
                for between in range(low + 1, high):
                    if (row, between) in at:
                        cost += 1.1
            else:
                low, high = (row, row2) if row2 > row else (row2, row)
                for between in range(low + 1, high):
                    if (between, column) in at:
                        cost += 1.1
                if lanes == 0:
                    cost += weights.fall  # a pipeline reads left to right, not downwards
        return cost

    def _trimmed(self) -> Placement:
        """Return the placement without empty rows (but one a lane) and without empty columns."""
        start = self._start
        used_rows = {row for row, _ in self._cells.values()} | {
            row for f in start.frames for row in range(f.top, f.bottom + 1)
        }
        used_columns = {column for _, column in self._cells.values()} | {
            column for f in start.frames for column in range(f.left, f.right + 1)
        }
        row_map: dict[int, int] = {}
        lane_rows: list[int] = []
        top, new = 0, 0
        for rows in start.lane_rows:
            kept = [row for row in range(top, top + rows) if row in used_rows] or [top]
            row_map.update({row: new + index for index, row in enumerate(kept)})
            lane_rows.append(len(kept))
            new += len(kept)
            top += rows
        column_map = {column: index for index, column in enumerate(sorted(used_columns))}
        cells = {node: (row_map[row], column_map[column]) for node, (row, column) in self._cells.items()}
        frames = tuple(
            Frame(
                f.cluster, f.lane, row_map[f.top], column_map[f.left], row_map[f.bottom], column_map[f.right], f.depth
            )
            for f in start.frames
        )
        return Placement(max(1, len(used_columns)), tuple(lane_rows), cells, frames)
