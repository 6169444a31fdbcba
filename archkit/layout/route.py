"""Lattice and arrows → the lattice points every arrow runs through.

Arrows are routed one after another by A* over (point, direction), where a bend, a crossing, a crowded side and an
unexpected side of a box cost as much as so many pixels of detour; then each is taken out and routed once more, now that
all the others are known. The costs follow Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (Graph Drawing
2009), on a coarser graph.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise, product
from time import thread_time
from types import MappingProxyType

from archkit.layout.lattice import Lattice
from archkit.picture import Edge

LatticePoint = tuple[int, int]  # x line, y line
Path = tuple[LatticePoint, ...]  # the corners, from the tail's node to the head's

EAST, SOUTH, WEST, NORTH = range(4)  # `way ^ 2` is the opposite one

_NODE_WIDTH, _NODE_HEIGHT, _GAP_X, _GAP_Y = 130.0, 56.0, 34.0, 26.0  # expected sizes in pixels
_BEND, _CROSSING = 110.0, 140.0
_PAST_CORNER, _CORNER_ON = 30.0, 40.0  # passing where another arrow turns, turning where one passes: they may cross
_DEAR = (_BEND, _CROSSING, _PAST_CORNER, _CORNER_ON)
_SHARED = 7.0
_CROWDED = 14.0
_NO_ROOM, _NEVER = 600.0, 1e6  # one more arrow on a head: rather not, or not where detours are long
_CAREFUL = 8_000_000  # arrows times lattice points up to which ways are searched for the cheapest
_GREED = 3.0  # how much more the goal's nearness weighs beyond that: a tenth dearer, and found thirty times as fast
_HASTY, _MOST_GREED = 30_000_000, 9.0  # the same where thousands of arrows run all over a large lattice
_AMONG = (_BEND, 250.0, _PAST_CORNER, _CORNER_ON)  # among parts that are drawn already, which it must not break up
_MANY = 3_000_000  # arrows times lattice points beyond which dear bends and crossings take too long to search for
_CHEAP = (42.0, 38.0, 12.0, 16.0)  # the prices of these four there
_LEAVE = (0.0, 12.0, 26.0, 12.0)  # leaving to the east is what a pipeline does
_ENTER = (0.0, 12.0, 26.0, 12.0)  # heading east when entering: through the left side


def _least_bends() -> list[int]:
    """Return how often an arrow must turn at least: by its direction, and where it is seen from its goal.

    The index is direction * 9 + 3 * (0 left, 1 level with, 2 right of the goal) + (0 above, 1 level with, 2 below it).
    """
    found = []
    for way, across, down in product(range(4), (-1, 0, 1), (-1, 0, 1)):
        ahead, aside = (across, down) if way in (EAST, WEST) else (down, across)
        past = ahead > 0 if way in (EAST, SOUTH) else ahead < 0
        found.append(2 if past else 1 if aside else 0)
    return found


_LEAST_BENDS = _least_bends()


class Router:
    """Routes the arrows of one figure.

    Args:
        lines: The lattice.
        edges: The arrows; ends name nodes of the lattice.
        heads: Nodes whose upper side has room for one arrow at most: people.
    """

    def __init__(self, lines: Lattice, edges: Sequence[Edge], heads: Collection[str] = ()) -> None:
        self._edges = edges
        self._nx, self._ny = len(lines.x), len(lines.y)
        self._xs = _positions(lines.x.is_node, _NODE_WIDTH, _GAP_X)
        self._ys = _positions(lines.y.is_node, _NODE_HEIGHT, _GAP_Y)
        self._at_node = {node: y * self._nx + x for node, (x, y) in lines.at_node.items()}
        size = self._nx * self._ny
        self._blocked = bytearray(size)
        for point in self._at_node.values():
            self._blocked[point] = 1
        self._moves = self._neighbours()
        self._along = ([0] * size, [0] * size)  # arrows passing a point straight: horizontally, vertically
        self._turns = [0] * size
        self._used = [0] * (size * 2)  # arrows on the piece right of (even) and below (odd) a point
        self._side = [0] * (size * 4)  # arrows at a node's side, named by the direction that leaves through it
        self._prices = _DEAR
        self._no_room = _NO_ROOM
        self._floor = 0.0  # what a bend costs, where searches look ahead for bends as well
        self._narrow = {self._at_node[node] * 4 + NORTH for node in heads}
        self._inward = [0] * (size * 4)  # how many of them come in

    def _neighbours(self) -> list[list[tuple[int, int, float, int]]]:
        """Return for each point its moves: (next point, direction, length, piece)."""
        nx, ny, xs, ys = self._nx, self._ny, self._xs, self._ys
        moves: list[list[tuple[int, int, float, int]]] = []
        for y in range(ny):
            for x in range(nx):
                here = y * nx + x
                found = []
                if x + 1 < nx:
                    found.append((here + 1, EAST, xs[x + 1] - xs[x], here * 2))
                if y + 1 < ny:
                    found.append((here + nx, SOUTH, ys[y + 1] - ys[y], here * 2 + 1))
                if x:
                    found.append((here - 1, WEST, xs[x] - xs[x - 1], (here - 1) * 2))
                if y:
                    found.append((here - nx, NORTH, ys[y] - ys[y - 1], (here - nx) * 2 + 1))
                moves.append(found)
        return moves

    def route(self, deadline: float, known: Mapping[int, Path] = MappingProxyType({})) -> tuple[list[Path], bool]:
        """Return the corners of every arrow, and whether time sufficed for the careful way.

        Args:
            deadline: ``time.thread_time()`` after which arrows are no longer improved and are searched greedily.
            known: The ways of some arrows, by their numbers; they are kept.
        """
        order = sorted(set(range(len(self._edges))) - known.keys(), key=self._eagerness)
        paths = {number: self._points(path) for number, path in known.items()}
        for path in paths.values():
            self._count(path, 1)
        in_time = True
        # Decided by size, not by the clock: a large figure is the same on every machine.
        effort = len(order) * self._nx * self._ny
        self._prices = _CHEAP if effort > _MANY else _AMONG if known else _DEAR
        self._floor = self._prices[0] if known else 0.0
        self._no_room = _NEVER if known else _NO_ROOM
        greed = 1.0 if effort <= _CAREFUL else _GREED if effort <= _HASTY else _MOST_GREED
        for number in order:
            in_time = in_time and thread_time() < deadline
            paths[number] = self._search(number, greed if in_time else _GREED)
            self._count(paths[number], 1)
        for number in order:
            if thread_time() > deadline:
                in_time = False
                break
            if self._is_plain(paths[number]):
                continue
            self._count(paths[number], -1)
            paths[number] = self._search(number, greed)
            self._count(paths[number], 1)
        return [self._corners(paths[number]) for number in range(len(self._edges))], in_time

    def cost(self, paths: Sequence[Path], crossings: int) -> float:
        """Return how dear routed paths are in all: pixels, bends and crossings, and arrows that run backwards."""
        total = _CROSSING * crossings
        for edge, path in zip(self._edges, paths, strict=True):
            for (x, y), (x2, y2) in pairwise(path):
                total += abs(self._xs[x] - self._xs[x2]) + abs(self._ys[y] - self._ys[y2])
            total += _BEND * (len(path) - 2)
            if edge.style != "feedback" and path[1][0] < path[0][0] and path[1][1] == path[0][1]:
                total += _BEND
        return total

    def _eagerness(self, number: int) -> tuple[bool, float, int]:
        edge = self._edges[number]
        one, two = self._at_node[edge.tail], self._at_node[edge.head]
        across = abs(self._xs[one % self._nx] - self._xs[two % self._nx])
        down = abs(self._ys[one // self._nx] - self._ys[two // self._nx])
        return edge.style == "feedback", across + down + (_BEND if across and down else 0), number

    def _is_plain(self, path: list[int]) -> bool:
        """Return whether a path is straight and crosses nothing, so that a second search could not better it."""
        step = path[1] - path[0]
        if any(b - a != step for a, b in pairwise(path)):
            return False
        other = self._along[1 if abs(step) == 1 else 0]
        return not any(other[point] for point in path[1:-1])

    def _search(self, number: int, greed: float) -> list[int]:
        """Return the cheapest path of lattice points for an arrow; ``greed`` > 1 weighs the goal's nearness more."""
        edge = self._edges[number]
        start, goal = self._at_node[edge.tail], self._at_node[edge.head]
        if start == goal:
            return self._loop(start)
        nx, moves, blocked = self._nx, self._moves, self._blocked
        straight_h, straight_v = self._along
        turns, used, side, inward, narrow = self._turns, self._used, self._side, self._inward, self._narrow
        plain = edge.style not in ("feedback",)
        bend, cross, past_corner, corner_on = self._prices
        no_room = self._no_room
        goal_x, goal_y = self._xs[goal % nx], self._ys[goal // nx]
        across, down = [abs(x - goal_x) for x in self._xs], [abs(y - goal_y) for y in self._ys]
        floor, side_x, side_y = self._floor, [0], [0]
        if floor:
            side_x = [6 * (x > goal % nx) + 3 * (x == goal % nx) for x in range(nx)]
            side_y = [2 * (y > goal // nx) + (y == goal // nx) for y in range(self._ny)]
        best = [1e18] * (len(moves) * 4)
        came = [-1] * (len(moves) * 4)
        heap: list[tuple[float, int, float]] = []
        blocked[goal] = 0
        for point, way, length, piece in moves[start]:
            if blocked[point]:
                continue
            port = start * 4 + way
            cost = length + used[piece] * _SHARED + side[port] * _CROWDED + inward[port] * 10
            if port in narrow and side[port]:
                cost += no_room
            if plain:
                cost += _LEAVE[way]
            if point == goal:
                port = goal * 4 + (way ^ 2)
                cost += side[port] * _CROWDED + (_ENTER[way] if plain else 0.0)
                if port in narrow and side[port]:
                    cost += no_room
            state = point * 4 + way
            best[state] = cost
            heappush(heap, (cost + greed * (across[point % nx] + down[point // nx]), state, cost))
        while heap:
            _, state, cost = heappop(heap)
            if cost > best[state]:
                continue
            point, way = state >> 2, state & 3
            if point == goal:
                blocked[goal] = 1
                return self._trace(came, state, start)
            level, upright = straight_h[point], straight_v[point]
            ahead = cost + (level if way & 1 else upright) * cross + turns[point] * past_corner
            aside = cost + bend + (level + upright) * corner_on
            back = way ^ 2
            for following, turn, length, piece in moves[point]:
                if blocked[following] or turn == back:
                    continue
                price = (ahead if turn == way else aside) + length + used[piece] * _SHARED
                if following == goal:
                    port = goal * 4 + (turn ^ 2)
                    price += side[port] * _CROWDED + (side[port] - inward[port]) * 10
                    if port in narrow and side[port]:
                        price += no_room
                    if plain:
                        price += _ENTER[turn]
                reached = following * 4 + turn
                if price < best[reached] - 1e-9:
                    best[reached] = price
                    came[reached] = state
                    x, y = following % nx, following // nx
                    guess = across[x] + down[y]
                    if floor:
                        guess += floor * _LEAST_BENDS[turn * 9 + side_x[x] + side_y[y]]
                    heappush(heap, (price + greed * guess, reached, price))
        raise AssertionError("gap lines join all cells")  # pragma: no cover

    def _trace(self, came: Sequence[int], state: int, start: int) -> list[int]:
        path = []
        while state != -1:
            path.append(state // 4)
            state = came[state]
        path.append(start)
        return path[::-1]

    def _loop(self, start: int) -> list[int]:
        """Return the path of an arrow from a node to itself: out to the right, around a corner, in by the next side."""
        down = -self._nx if start * 4 + NORTH not in self._narrow else self._nx
        return [start, start + 1, start + 1 + down, start + down, start]

    def _count(self, path: list[int], by: int) -> None:
        """Enter a path in the books, or strike it out with ``by`` = -1."""
        steps = [b - a for a, b in pairwise(path)]
        for here, step, following in zip(path, steps, path[1:], strict=False):
            low = min(here, following)
            self._used[low * 2 + (0 if abs(step) == 1 else 1)] += by
        for before, point, after in zip(steps, path[1:-1], steps[1:], strict=False):
            if before == after:
                self._along[0 if abs(before) == 1 else 1][point] += by
            else:
                self._turns[point] += by
        ways = {1: EAST, self._nx: SOUTH, -1: WEST, -self._nx: NORTH}
        self._side[path[0] * 4 + ways[steps[0]]] += by
        port = path[-1] * 4 + (ways[steps[-1]] + 2) % 4
        self._side[port] += by
        self._inward[port] += by

    def _points(self, path: Path) -> list[int]:
        """Return all points of a way, told its corners."""
        points = [path[0][1] * self._nx + path[0][0]]
        for (x, y), (x2, y2) in pairwise(path):
            step = (x2 > x) - (x2 < x) + self._nx * ((y2 > y) - (y2 < y))
            points += range(points[-1] + step, y2 * self._nx + x2 + step, step)
        return points

    def _corners(self, path: list[int]) -> Path:
        corners = [path[0]]
        for before, point, after in zip(path, path[1:], path[2:], strict=False):
            if point - before != after - point:
                corners.append(point)
        corners.append(path[-1])
        return tuple((point % self._nx, point // self._nx) for point in corners)


def _positions(is_node: Sequence[bool], node: float, gap: float) -> list[float]:
    """Return the expected position of each line."""
    at, edge = [], 0.0
    for through in is_node:
        size = node if through else gap
        at.append(edge + size / 2)
        edge += size
    return at
