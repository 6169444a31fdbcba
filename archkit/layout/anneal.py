"""Placement → a placement whose sketch is better: simulated annealing with a fixed sequence of trials.

The schedule counts trials, never time, so that every machine draws the same figure (Kirkpatrick, Gelatt and Vecchi,
"Optimization by Simulated Annealing", Science 220, 1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archkit.layout import sketch
from archkit.layout.grid import Frame, Placement
from archkit.layout.moves import Board
from archkit.picture import GraphFigure

_HOT, _COLD = 1.6, 0.06  # temperatures, in bends
_AMPLE, _TO_PAGE = 780.0, 100.0  # expected pixels of height that print in large type, and so many more that fit at all
_AMPLE_A_COLUMN = 130.0  # the same for wide figures, which no page holds
_HEIGHT, _MORE_HEIGHT = 0.015, 0.08  # what a pixel of height costs, in bends, and what one more than is ample
_LEAST_TALL, _LINE, _LANE = 88.0, 18.0, 36.0  # expected pixels: a row of plain boxes, a line more in one, a lane
_NEVER = 1e9
_KINDS, _MANY = 5, 1  # one move of so many is one of many nodes at once


class Terms(NamedTuple):
    """How a search goes.

    Attributes:
        trials: How many moves are tried.
        seed: Where the sequence of trials starts.
        off_page: What a pixel of height costs besides that the page has no room for, in bends.
        spare: How many rows every lane may grow by.
    """

    trials: int
    seed: int
    off_page: float
    spare: int = 1


class Annealing(Board):
    """One search from a first placement.

    Args:
        figure: The figure, its notes among its nodes.
        start: Where its nodes stand at first.
        terms: How to search.

    Attributes:
        price: What the sketch of the best placement found costs, in bends.
    """

    price: float

    def __init__(self, figure: GraphFigure, start: Placement, terms: Terms) -> None:
        super().__init__(figure, start, terms.seed, terms.spare)
        self._terms = terms
        self._tall = [_LEAST_TALL + (len(node.annotation) - (node.role == "note")) * _LINE for node in figure.nodes]
        self._ample = max(_AMPLE, self._columns * _AMPLE_A_COLUMN)
        self._lanes_height = _LANE * len(figure.lanes)
        self._page = sketch.Page(self._rows, self._columns)
        cells, size = self._cell, self._page.size
        self._tables = [self._page[(cells[tail] * size + cells[head]) * 4 + kind] for tail, head, kind in self._edges]
        self._least = sum(table[0][0] for table in self._tables)  # what all arrows cost with nothing in their way

    def _height(self) -> float:
        """Return the price of the rows in use: of their expected height, dear where the page ends."""
        row_of, tallest = self._row_of, [0.0] * self._rows
        for row in self._framed:
            tallest[row] = _LEAST_TALL
        for cell, tall in zip(self._cell, self._tall, strict=True):
            row = row_of[cell]
            if tall > tallest[row]:
                tallest[row] = tall
        height = self._lanes_height + sum(tallest)
        price = height * _HEIGHT + max(0.0, height - self._ample) * _MORE_HEIGHT
        return price + max(0.0, height - self._ample - _TO_PAGE) * self._terms.off_page

    def _cost(self, occupied: int, height: float, limit: float) -> float:
        """Sketch all arrows and return what they and the rows cost, or something not below ``limit``."""
        total = height + self._least
        # where one arrow passes, and where a second one does
        level = level2 = upright = upright2 = turns = passed = 0
        paid = []
        crossing, touch = sketch.CROSSING, sketch.TOUCH
        for table in self._tables:
            best = _NEVER
            for cost, nodes, along, down, both, corners in table:
                if cost >= best:
                    break
                if nodes & occupied:
                    continue
                one, two = along & upright, down & level
                if one or two:
                    count = one.bit_count() + two.bit_count()
                    count += (along & upright2).bit_count() + (down & level2).bit_count()
                    cost += crossing * count
                one, two = corners & passed, both & turns
                if one or two:
                    cost += touch * (one.bit_count() + two.bit_count())
                if cost < best:
                    best, best_along, best_down, best_both, best_corners = cost, along, down, both, corners
            total += best - table[0][0]
            if total >= limit:
                return total
            paid.append(best)
            level2 |= level & best_along
            level |= best_along
            upright2 |= upright & best_down
            upright |= best_down
            passed |= best_both
            turns |= best_corners
        self._paid = paid
        return total

    def run(self, most: int) -> list[Placement]:
        """Return the best placements found, the very best one first.

        Args:
            most: How many at most.
        """
        numbers, cells, row_of = self._numbers, self._cell, self._row_of
        bits, incident, tables = self._page.bits, self._incident, self._tables
        occupied = 0
        for cell in cells:
            occupied |= bits[cell]
        height = self._height()
        cost = best = self.price = self._cost(occupied, height, _NEVER)
        found = [(cells[:], self._frames)]
        tried: dict[tuple[int, int], float] = {}  # what a node's move is known to cost at least, until one is made
        trials = self._terms.trials
        cooling = (_HOT - _COLD) / max(1, trials) ** 2
        for left in range(trials, 0, -1):
            limit = cost + (_COLD + cooling * left * left) * numbers.patience()
            frames: list[Frame] | None = None
            alone = numbers.below(_KINDS) >= _MANY
            if alone:
                node, cell = self._wish()
                if cell < 0 or tried.get((node, cell), 0.0) >= limit:
                    continue
                moves = self._exchange(node, cell)
            elif self._frames and numbers.below(2):
                moves, frames = self._block_move()
            else:
                moves = self._line_move()
            if not moves:
                continue
            now, before, touched = occupied, [], []
            for index, cell in moves:
                old = cells[index]
                before.append((index, old))
                now ^= bits[old] ^ bits[cell]
                cells[index] = cell
                touched += incident[index]
            if len(moves) > 1:
                touched = list(dict.fromkeys(touched))
            if frames is not None:
                frames, self._frames = self._frames, frames
                self._owners()
            level = alone and row_of[moves[0][1]] == row_of[before[0][1]]
            new_height = height if level else self._height()
            saved, least = [tables[edge] for edge in touched], self._least
            bound = cost + new_height - height + self._redrawn(touched, now)
            if bound < limit:
                bound = self._cost(now, new_height, limit)
                if bound < limit:
                    for _, old in before:
                        del self._at[old]
                    for index, cell in moves:
                        self._at[cell] = index
                    cost, height, occupied = bound, new_height, now
                    tried.clear()
                    if cost < best - 1e-9:
                        best = self.price = cost
                        found.append((cells[:], self._frames))
                    continue
            if alone:
                tried[moves[0]] = bound
            for index, old in before:
                cells[index] = old
            for edge, table in zip(touched, saved, strict=True):
                tables[edge] = table
            self._least = least
            if frames is not None:
                self._frames = frames
                self._owners()
        return [self._placement(*one) for one in found[: -most - 1 : -1]]

    def _redrawn(self, touched: Sequence[int], occupied: int) -> float:
        """Look up the shapes of arrows whose ends moved; return what they cost more at least, crossings aside."""
        cells, edges, tables, paid, page = self._cell, self._edges, self._tables, self._paid, self._page
        size = page.size
        more = least = 0.0
        for edge in touched:
            tail, head, kind = edges[edge]
            least -= tables[edge][0][0]
            table = tables[edge] = page[(cells[tail] * size + cells[head]) * 4 + kind]
            least += table[0][0]
            more -= paid[edge]
            for shape in table:
                if not shape[1] & occupied:
                    more += shape[0]
                    break
        self._least += least
        return more
