"""Placement → the same with its lanes slid sideways to where their neighbours want them.

This is all that is done to a placement whose order another engine has chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from archkit.layout.arrange import closing
from archkit.layout.grid import Frame, Placement
from archkit.picture import GraphFigure

# In column widths: a row of distance, an arrow that cannot be straight, a request that runs from right to left in its
# lane, and one that runs straight down in it.
_DOWN, _BEND, _BACK, _FALL = 0.8, 1.0, 2.5, 1.5
_CLOSING = 0.4  # share at which answers and feedback count: they may be long, and must not bend the pipeline


def aligned(figure: GraphFigure, start: Placement) -> Placement:
    """Return the placement with its lanes slid sideways, and without empty rows and columns.

    Args:
        figure: What is placed.
        start: Where its nodes stand.
    """
    return _Sliding(figure, start).placement()


class _Sliding:
    def __init__(self, figure: GraphFigure, start: Placement) -> None:
        self._start = start
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

    def placement(self) -> Placement:
        """Return the best placement found."""
        self._shift_lanes()
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
        return fsum(self._cost(node) for node in nodes)

    def _cost(self, node: str) -> float:
        """Return the expected length and bends of a node's arrows, in columns."""
        cost = 0.0
        cells, at, lane_of_row = self._cells, self._at, self._lane_of_row
        for tail, head, forward in self._edges[node]:
            row, column = cells[tail]
            row2, column2 = cells[head]
            across = column2 - column
            lanes = abs(lane_of_row[row2] - lane_of_row[row])
            down = abs(row2 - row) * _DOWN + lanes * 0.3
            length = down + (across if across >= 0 else -across)
            if not forward:
                cost += _CLOSING * length
                continue
            cost += length
            if across < 0:
                cost += _BACK if lanes == 0 else 0.25
            if across and row != row2:
                cost += _BEND
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
                    cost += _FALL  # a pipeline reads left to right, not downwards
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
