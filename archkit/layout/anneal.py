"""Placement → a placement whose sketch is better: simulated annealing with a fixed sequence of trials.

The schedule counts trials, never time, so that every machine draws the same figure (Kirkpatrick, Gelatt and Vecchi,
"Optimization by Simulated Annealing", Science 220, 1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from archkit.layout import sketch
from archkit.layout.grid import Frame, Placement
from archkit.layout.moves import WORD, Board, Move, patience
from archkit.picture import GraphFigure

_COLD = 0.06  # temperature at last, in bends
_AMPLE, _TO_PAGE = 780.0, 100.0  # expected pixels of height that print in large type, and so many more that fit at all
_AMPLE_A_COLUMN = 130.0  # the same for wide figures, which no page holds
_HEIGHT, _MORE_HEIGHT = 0.015, 0.08  # what a pixel of height costs, in bends, and what one more than is ample
_LEAST_TALL, _LINE, _LANE = 88.0, 18.0, 36.0  # expected pixels: a row of plain boxes, a line more in one, a lane
_NEVER = 1e9
_KINDS, _MANY = 5, 1  # one move of so many is one of many nodes at once


_Choice = tuple[float, int, int]
"""What an arrow's sketch costs, the points it marks, and those that were looked at to choose it."""


class Terms(NamedTuple):
    """How a search goes.

    Attributes:
        trials: How many moves are tried.
        seed: Where the sequence of trials starts.
        hot: Temperature at first, in bends.
        off_page: What a pixel of height costs besides that the page has no room for, in bends.
        spare: How many rows every lane may grow by.
    """

    trials: int
    seed: int
    hot: float
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
        self._ample = max(_AMPLE, self._columns * _AMPLE_A_COLUMN)
        self._lanes_height = _LANE * len(figure.lanes)
        self._tall = [_LEAST_TALL + (len(node.annotation) - (node.role == "note")) * _LINE for node in figure.nodes]
        self._tall_at = [0.0] * len(self._at)  # per cell how tall its node is
        for cell, tall in zip(self._cell, self._tall, strict=True):
            self._tall_at[cell] = tall
        self._page = page = sketch.page(self._rows, self._columns)
        cells, self._occupied = self._cell, 0
        for cell in cells:
            self._occupied |= page.node[cell]
        self._ends = [(tail, head, page.ways[kind]) for tail, head, kind in self._edges]
        self._drawn = [ways[cells[tail] * page.size + cells[head]] for tail, head, ways in self._ends]
        self._least = fsum(least for least, _, _ in self._drawn)  # what all arrows cost with nothing in their way
        self._arrows: dict[tuple[int, int], list[int]] = {}  # of two nodes
        self._floor = self._floors(self._frames)
        self._tallest = self._rows_in_use(self._floor)
        self._height = self._price_of(self._tallest)
        unknown = [(0.0, 0, page.beyond)] * len(self._drawn)
        self._cost = self._sketched(self._drawn, unknown, self._occupied, self._height + self._least, _NEVER)
        self.price = self._cost

    def run(self, most: int) -> list[Placement]:
        """Return the best placements found, the very best one first.

        Args:
            most: How many at most.
        """
        draw, trials = self._draw, self._terms.trials
        cooling = (self._terms.hot - _COLD) / max(1, trials) ** 2
        found = [(self._cell[:], self._frames)]
        tried: dict[tuple[int, int], float] = {}  # what a node's move is known to cost at least, until one is made
        for left in range(trials, 0, -1):
            chance = draw()
            if draw() * _KINDS >> WORD >= _MANY:
                wish = self._wish()
                if wish[1] < 0:
                    continue
                limit = self._cost + (_COLD + cooling * left * left) * patience(chance)
                if tried.get(wish, 0.0) >= limit:
                    continue
                cost = self._move_one(*wish, limit)
                if cost >= limit:
                    tried[wish] = cost
                    continue
            else:
                of_block = self._frames and draw() * 2 >> WORD
                moves, frames = self._block_move() if of_block else (self._line_move(), self._frames)
                limit = self._cost + (_COLD + cooling * left * left) * patience(chance)
                if not moves or not self._move_many(moves, frames, limit):
                    continue
            tried.clear()
            if self._cost < self.price - 1e-9:
                self.price = self._cost
                found.append((self._cell[:], self._frames))
        return [self._placement(*one) for one in found[: -most - 1 : -1]]

    def _move_one(self, node: int, cell: int, limit: float) -> float:
        """Move a node to a cell, who stands there to its place, if all then costs less than ``limit``.

        Returns:
            What all costs then, or something not below ``limit``.
        """
        cells, at, now, tallest, height = self._cell, self._at, self._occupied, self._tallest, self._height
        old, other = cells[node], at[cell]
        if other < 0:
            touched, bits = self._incident[node], self._page.node
            now ^= bits[old] ^ bits[cell]
        elif self._home[other] == self._home[node]:
            touched = self._arrows.get((node, other)) or self._arrows_of(node, other)
            cells[other] = old
        else:
            return _NEVER
        cells[node] = cell
        if self._row_of[old] != self._row_of[cell]:
            tallest = self._tallest_with(old, cell)
            height = self._price_of(tallest)
        cost = self._weighed(touched, now, height, limit)
        if cost < limit:
            at[old], at[cell] = other, node
            tall_at = self._tall_at
            tall_at[old], tall_at[cell] = tall_at[cell], tall_at[old]
            self._occupied, self._tallest, self._height, self._cost = now, tallest, height, cost
            return cost
        cells[node] = old
        if other >= 0:
            cells[other] = cell
        return cost

    def _move_many(self, moves: Move, frames: list[Frame], limit: float) -> bool:
        """Move nodes to other cells, and clusters to other places, if all then costs less than ``limit``."""
        cells, bits, row_of = self._cell, self._page.node, self._row_of
        now, before, touched, level = self._occupied, [], [], frames is self._frames
        for node, cell in moves:
            old = cells[node]
            before.append((node, old))
            now ^= bits[old] ^ bits[cell]
            level = level and row_of[old] == row_of[cell]
            cells[node] = cell
            touched += self._incident[node]
        if len(moves) > 1:
            touched = list(dict.fromkeys(touched))
        floor, tallest, height = self._floor, self._tallest, self._height
        if not level:
            floor = self._floors(frames)
            tallest = self._rows_in_use(floor)
            height = self._price_of(tallest)
        cost = self._weighed(touched, now, height, limit)
        if cost >= limit:
            for node, old in before:
                cells[node] = old
            return False
        at, tall_at = self._at, self._tall_at
        for _, old in before:
            at[old], tall_at[old] = -1, 0.0
        for node, cell in moves:
            at[cell], tall_at[cell] = node, self._tall[node]
        if frames is not self._frames:
            self._frames = frames
            self._owners()
        self._occupied, self._floor, self._tallest, self._height, self._cost = now, floor, tallest, height, cost
        return True

    def _arrows_of(self, node: int, other: int) -> list[int]:
        """Return the arrows of two nodes, each once."""
        found = self._arrows[node, other] = list(dict.fromkeys(self._incident[node] + self._incident[other]))
        return found

    def _weighed(self, touched: Sequence[int], occupied: int, height: float, limit: float) -> float:
        """Return what all costs now that the ends of some arrows stand elsewhere, or something not below ``limit``.

        Crossings that others would be rid of are not counted until the rest has turned out cheap enough.
        """
        cells, ends, paid, size = self._cell, self._ends, self._paid, self._page.size
        bound, changed = self._cost + height - self._height, []
        for edge in touched:
            tail, head, ways = ends[edge]
            now = ways[cells[tail] * size + cells[head]]
            changed.append(now)
            bound += now[0] - paid[edge]
        if bound >= limit:
            return bound
        for least, by, shapes in changed:
            near = occupied >> by
            for shape in shapes:
                if not shape[1] & near:
                    bound += shape[0] - least
                    break
        if bound >= limit:
            return bound
        drawn, known, total, anew = self._drawn[:], self._known[:], self._least, self._page.beyond
        for edge, now in zip(touched, changed, strict=True):
            total += now[0] - drawn[edge][0]
            drawn[edge] = now
            known[edge] = 0.0, known[edge][1], anew
        cost = self._sketched(drawn, known, occupied, height + total, limit)
        if cost < limit:
            self._drawn, self._least = drawn, total
        return cost

    def _sketched(
        self, drawn: Sequence[sketch.Drawn], known: Sequence[_Choice], occupied: int, total: float, limit: float
    ) -> float:
        """Sketch all arrows and return what they and the rows cost, or something not below ``limit``.

        What was chosen for an arrow is kept where nothing has changed of all that was looked at to choose it.

        Args:
            drawn: How each arrow may be drawn.
            known: What was chosen for each arrow.
            occupied: The points of nodes.
            total: What all costs if each arrow takes its cheapest shape.
            limit: What the sketch must not cost.
        """
        page, crossing, touch = self._page, sketch.CROSSING, sketch.TOUCH
        crossings = page.crossings
        marked, twice = occupied, 0  # by nodes and the arrows so far, and by two arrows
        different = self._occupied ^ occupied | page.beyond
        chosen = []
        for (least, by, shapes), choice in zip(drawn, known, strict=True):
            if choice[2] & different:
                near, best, marks = marked >> by, _NEVER, 0
                for shape in shapes:
                    if shape[1] & near:
                        continue
                    cost, _, minded, left, _ = shape
                    if cost >= best:
                        break
                    met = minded & near
                    if not met:
                        best, marks = cost, left
                        break
                    hits = met & crossings
                    if hits:
                        cost += crossing * (hits.bit_count() + (hits & twice >> by).bit_count())
                    if hits != met:
                        cost += touch * (met ^ hits).bit_count()
                    if cost < best:
                        best, marks = cost, left
                marks <<= by
                different |= marks ^ choice[1]
                choice = best, marks, shape[4] << by
            else:
                marks = choice[1]
            total += choice[0] - least
            if total >= limit:
                return total
            chosen.append(choice)
            twice |= marked & marks
            marked |= marks
        self._known = chosen
        self._paid = [choice[0] for choice in chosen]
        return total

    def _floors(self, frames: Sequence[Frame]) -> list[float]:
        """Return how tall each row is without nodes: those of clusters are kept."""
        floor = [0.0] * self._rows
        for frame in frames:
            for row in range(frame.top, frame.bottom + 1):
                floor[row] = _LEAST_TALL
        return floor

    def _rows_in_use(self, floor: Sequence[float]) -> list[float]:
        """Return how tall each row must be expected to become, in pixels."""
        row_of, tallest = self._row_of, list(floor)
        for cell, tall in zip(self._cell, self._tall, strict=True):
            row = row_of[cell]
            if tall > tallest[row]:
                tallest[row] = tall
        return tallest

    def _tallest_with(self, one: int, two: int) -> list[float]:
        """Return how tall the rows become when what stands in two cells changes places."""
        columns, row_of, tall_at, tallest = self._columns, self._row_of, self._tall_at, self._tallest
        if tall_at[one] == tall_at[two]:
            return tallest
        tallest = tallest[:]
        tall_at[one], tall_at[two] = tall_at[two], tall_at[one]
        for row in (row_of[one], row_of[two]):
            tallest[row] = max(self._floor[row], *tall_at[row * columns : (row + 1) * columns])
        tall_at[one], tall_at[two] = tall_at[two], tall_at[one]
        return tallest

    def _price_of(self, tallest: Sequence[float]) -> float:
        """Return the price of rows so tall: dear where the page ends."""
        height = self._lanes_height + fsum(tallest)
        price = height * _HEIGHT + max(0.0, height - self._ample) * _MORE_HEIGHT
        return price + max(0.0, height - self._ample - _TO_PAGE) * self._terms.off_page
