"""Graph figure → a cell of the grid for every node: lanes stacked, pipelines left to right, little to cross.

Each lane is layered by its own arrows (longest path after cycles are opened), long lanes wrap, and a local search then
moves nodes between cells as long as the sum of expected arrow lengths, bends and blocked lines falls. Clusters are
placed as sub-grids first, so that each keeps a rectangle to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from archkit.picture import Edge, GraphFigure

Cell = tuple[int, int]  # row, column

_MAX_COLUMNS_ON_A_PAGE = 6  # more would print text under 6.5 pt on A4
PAGE_NODES = 25  # up to here a figure has to fit a page
IDEAL_ASPECT = 1.45
_SEARCH_STEPS = 60_000  # bounds the local search on large figures
_ROUNDS = 8  # what a move does to arrows that pass by is not counted, so that a search might go in circles


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one cluster (or its part in one lane) lies: inclusive cell bounds and nesting depth (1 = outermost)."""

    cluster: str
    lane: int
    top: int
    left: int
    bottom: int
    right: int
    depth: int


@dataclass(frozen=True, slots=True)
class Placement:
    """The grid.

    Attributes:
        columns: Number of node columns.
        lane_rows: Number of node rows of each lane, top to bottom.
        cells: Node id → (row over all lanes, column).
        frames: Clusters, outer ones first.
    """

    columns: int
    lane_rows: tuple[int, ...]
    cells: dict[str, Cell]
    frames: tuple[Frame, ...]

    @property
    def aspect(self) -> float:
        """Width over height that the figure may expect."""
        return self.columns * 205 / (sum(self.lane_rows) * 105 + len(self.lane_rows) * 40)


@dataclass(slots=True)
class _Item:
    """A node, or a cluster with its inside already placed, as its container sees it."""

    key: str
    cells: dict[str, Cell]  # node → cell relative to the item
    height: int = 1
    width: int = 1
    frames: list[Frame] = field(default_factory=list)
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
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


_PIPELINE = Weights(back=5.0, fall=4.0, closing=0.12)
_COMPACT = Weights()
_STRAIGHT = Weights(bend=2.2, back=3.5, fall=2.5, closing=0.25)


def candidates(figure: GraphFigure) -> list[Placement]:
    """Return different good ways to give every node of a figure a cell; one only where the figure is large.

    Args:
        figure: The figure; its nodes name lanes that exist.
    """
    columns = _columns(figure)
    start = _construct(figure, columns)
    kinds = (_PIPELINE, _STRAIGHT, _COMPACT) if len(figure.nodes) <= PAGE_NODES * 2 else (_STRAIGHT,)
    found: list[Placement] = []
    for weights in kinds:
        placement = _Search(figure, start, weights).improved()
        if placement not in found:
            found.append(placement)
    return found


def _columns(figure: GraphFigure) -> int:
    """Return how many columns a figure may have, so that its page is neither a ribbon nor a tower."""
    count = len(figure.nodes)
    if count <= PAGE_NODES:
        return _MAX_COLUMNS_ON_A_PAGE
    widest = max(6, min(60, int(2.2 * count**0.5)))
    choices = sorted({max(6, int(widest * share)) for share in (0.45, 0.6, 0.8, 1.0, 1.3, 1.6)})
    ideal = IDEAL_ASPECT * min(2.6, count / PAGE_NODES)  # arrows between rows heighten large figures
    return min(choices, key=lambda columns: abs(log(_construct(figure, columns).aspect / ideal)))


# --- first placement ---------------------------------------------------------------------------------------------


def _construct(figure: GraphFigure, max_columns: int) -> Placement:
    lane_of = {node.id: node.lane for node in figure.nodes}
    lane_rows: list[int] = []
    cells: dict[str, Cell] = {}
    frames: list[Frame] = []
    top, columns = 0, 1
    for number, lane in enumerate(figure.lanes):
        nodes = [node.id for node in figure.nodes if node.lane == lane.id]
        inside = [e for e in figure.edges if lane_of[e.tail] == lane.id and lane_of[e.head] == lane.id]
        item = _arrange("", _items(figure, set(nodes), nodes, number, inside, max_columns), inside, max_columns)
        for key, (row, column) in item.cells.items():
            cells[key] = (top + row, column)
        frames += [_moved(frame, top, 0) for frame in item.frames]
        lane_rows.append(max(1, item.height))
        columns = max(columns, item.width)
        top += lane_rows[-1]
    return Placement(columns, tuple(lane_rows), cells, tuple(sorted(frames, key=lambda f: f.depth)))


def _moved(frame: Frame, down: int, right: int) -> Frame:
    return Frame(
        frame.cluster,
        frame.lane,
        frame.top + down,
        frame.left + right,
        frame.bottom + down,
        frame.right + right,
        frame.depth,
    )


def _items(
    figure: GraphFigure,
    wanted: set[str],
    order: Sequence[str],
    lane: int,
    edges: Sequence[Edge],
    max_columns: int,
    parent: str = "",
    depth: int = 1,
) -> list[_Item]:
    """Return what lies directly in a lane or cluster: its inner clusters, placed, and its free nodes."""
    items: dict[str, _Item] = {}
    owner: dict[str, str] = {}
    for cluster in figure.clusters:
        if cluster.parent != parent:
            continue
        inside = _within(figure, cluster.id) & wanted
        if not inside:
            continue
        members = [node for node in order if node in inside]
        inner = [e for e in edges if e.tail in inside and e.head in inside]
        parts = _items(figure, inside, members, lane, inner, max_columns, cluster.id, depth + 1)
        item = _arrange(cluster.id, parts, inner, max_columns)
        item.key = "cluster " + cluster.id
        item.frames.append(Frame(cluster.id, lane, 0, 0, item.height - 1, item.width - 1, depth))
        items[item.key] = item
        owner.update(dict.fromkeys(inside, item.key))
    result: list[_Item] = []
    for node in _people_first(figure, order):
        if node not in owner:
            result.append(_Item(node, {node: (0, 0)}))
        elif owner[node] in items:
            result.append(items.pop(owner[node]))
    return result


def _people_first(figure: GraphFigure, order: Sequence[str]) -> list[str]:
    """Return nodes as written, but people first: a request starts with who makes it."""
    people = {node.id for node in figure.nodes if node.shape == "person"}
    return sorted(order, key=lambda node: node not in people)


def _within(figure: GraphFigure, cluster: str) -> set[str]:
    found: set[str] = set()
    for candidate in figure.clusters:
        if candidate.id == cluster:
            found.update(candidate.members)
        elif candidate.parent == cluster:
            found |= _within(figure, candidate.id)
    return found


def _arrange(key: str, items: list[_Item], edges: Sequence[Edge], max_columns: int) -> _Item:
    """Place items in one container, left to right along their arrows, and return them as one item."""
    owner = {node: number for number, item in enumerate(items) for node in item.cells}
    links = [(owner[e.tail], owner[e.head], e.style != "feedback") for e in edges if owner[e.tail] != owner[e.head]]
    before = _acyclic(len(items), links)
    _layer(items, before, max_columns)
    _spread(items, before, max_columns)
    return _stack(key, items, before)


def _acyclic(count: int, links: Iterable[tuple[int, int, bool]]) -> list[list[int]]:
    """Return each item's predecessors, after dropping feedback links and those that close a cycle.

    The walk takes the items in the order given: what comes first stays on the left.
    """
    after: list[list[int]] = [[] for _ in range(count)]
    for tail, head, forward in links:
        if forward and head not in after[tail]:
            after[tail].append(head)
    before: list[list[int]] = [[] for _ in range(count)]
    state = [0] * count  # 0 unseen, 1 open, 2 done
    for root in range(count):
        if state[root]:
            continue
        stack = [(root, 0)]
        state[root] = 1
        while stack:
            item, index = stack.pop()
            if index == len(after[item]):
                state[item] = 2
                continue
            stack.append((item, index + 1))
            head = after[item][index]
            if state[head] == 1:
                continue  # closes a cycle
            before[head].append(item)
            if state[head] == 0:
                state[head] = 1
                stack.append((head, 0))
    return before


def _layer(items: list[_Item], before: list[list[int]], max_columns: int) -> None:
    """Set every item's column; a lane longer than the page wraps, rows below rows."""
    after: list[list[int]] = [[] for _ in items]
    waiting = [len(tails) for tails in before]
    for head, tails in enumerate(before):
        for tail in tails:
            after[tail].append(head)
    ready = [item for item, count in enumerate(waiting) if count == 0]
    order: list[int] = []
    x = [0] * len(items)
    while ready:
        item = ready.pop(0)
        order.append(item)
        for head in after[item]:
            x[head] = max(x[head], x[item] + items[item].width)
            waiting[head] -= 1
            if waiting[head] == 0:
                ready.append(head)
    for item in reversed(order):  # a source stands next to what it feeds
        if after[item] and not before[item]:
            x[item] = max(x[item], min(x[head] for head in after[item]) - items[item].width)
    total = max((x[i] + items[i].width for i in range(len(items))), default=1)
    bands = -(-total // max_columns)
    per_band = max([-(-total // bands), *(item.width for item in items)])
    start, band_of = 0, {}
    band = 0
    for column in sorted(set(x)):
        widest = max(items[i].width for i in range(len(items)) if x[i] == column)
        if column + widest - start > per_band and column > start:
            band, start = band + 1, column
        band_of[column] = (band, start)
    for member, column in zip(items, x, strict=True):
        member.y, start = band_of[column]
        member.x = column - start


def _spread(items: list[_Item], before: list[list[int]], max_columns: int) -> None:
    """Lay items that nothing joins side by side, and fold columns that are much taller than the container is wide."""
    joined = {head for head, tails in enumerate(before) if tails} | {tail for tails in before for tail in tails}
    loose = [item for number, item in enumerate(items) if number not in joined]
    at = max((item.x + item.width for number, item in enumerate(items) if number in joined), default=0)
    for item in loose if not joined else ():
        if at + item.width > max_columns:
            at = 0
        item.x, at = at, at + item.width
    if loose and not joined:
        return
    if any(item.y for item in items):
        return  # wrapped
    tallest = max((sum(i.height for i in items if i.x == x) for x in {i.x for i in items}), default=0)
    limit = max(2, -(-sum(item.height * item.width for item in items) // max_columns) + 1)
    while tallest > limit * 1.25 and limit < tallest:
        needed = sum(-(-sum(i.height for i in items if i.x == x) // limit) for x in {i.x for i in items})
        if needed <= max_columns:
            break
        limit += 1
    if tallest <= limit * 1.25:
        return
    shift = 0
    for column in sorted({item.x for item in items}):
        members = [item for item in items if item.x == column]
        height = sum(item.height for item in members)
        folds = -(-height // limit)
        per_fold = -(-height // folds)
        used = 0
        widest = max(item.width for item in members)
        for item in members:
            item.x = column + shift + (used // per_fold) * widest
            used += item.height
        shift += (folds - 1) * widest


def _stack(key: str, items: list[_Item], before: list[list[int]]) -> _Item:
    """Choose rows: as near as possible to what an item follows, and free."""
    taken: set[Cell] = set()
    number_of = {id(item): number for number, item in enumerate(items)}
    base, bands = 0, sorted({item.y for item in items})
    band_items = {band: [item for item in items if item.y == band] for band in bands}
    for band in bands:
        members = sorted(band_items[band], key=lambda item: item.x)
        done: set[int] = set()
        for item in members:
            rows = [items[t].y for t in before[number_of[id(item)]] if t in done]
            wish = round(sum(rows) / len(rows)) if rows else base
            item.y = _free_row(taken, item, max(wish, base), base)
            done.add(number_of[id(item)])
            taken |= {(item.y + r, item.x + c) for r in range(item.height) for c in range(item.width)}
        base = max((row for row, _ in taken), default=-1) + 1
    result = _Item(key, {}, max((r for r, _ in taken), default=0) + 1, max((c for _, c in taken), default=0) + 1)
    for item in items:
        result.cells.update({node: (item.y + r, item.x + c) for node, (r, c) in item.cells.items()})
        result.frames += [_moved(frame, item.y, item.x) for frame in item.frames]
    return result


def _free_row(taken: set[Cell], item: _Item, wish: int, lowest: int) -> int:
    distance = 0
    while True:
        for row in (wish + distance, wish - distance):
            if row >= lowest and not any(
                (row + r, item.x + c) in taken for r in range(item.height) for c in range(item.width)
            ):
                return row
        distance += 1


def _closing(figure: GraphFigure) -> set[tuple[str, str]]:
    """Return the arrows that close a cycle inside their lane: answers that run back to where the request came from."""
    found: set[tuple[str, str]] = set()
    lane_of = {node.id: node.lane for node in figure.nodes}
    for lane in figure.lanes:
        nodes = _people_first(figure, [node.id for node in figure.nodes if node.lane == lane.id])
        number = {node: index for index, node in enumerate(nodes)}
        inside = [e for e in figure.edges if lane_of[e.tail] == lane.id == lane_of[e.head] and e.tail != e.head]
        before = _acyclic(len(nodes), [(number[e.tail], number[e.head], e.style != "feedback") for e in inside])
        found |= {(e.tail, e.head) for e in inside if number[e.tail] not in before[number[e.head]]}
    return found


# --- local search ------------------------------------------------------------------------------------------------


class _Search:
    """Moves nodes between the cells of their container while that makes the arrows shorter and straighter."""

    def __init__(self, figure: GraphFigure, start: Placement, weights: Weights) -> None:
        self._start, self._weights = start, weights
        self._cells = dict(start.cells)
        self._at = {cell: node for node, cell in self._cells.items()}
        self._lane_of_row = [lane for lane, rows in enumerate(start.lane_rows) for _ in range(rows)]
        self._edges: dict[str, list[tuple[str, str, bool]]] = {node.id: [] for node in figure.nodes}
        closing = _closing(figure)
        for edge in figure.edges:
            if edge.tail != edge.head:
                back = edge.style == "feedback" or (edge.tail, edge.head) in closing
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
            if other is None:
                before = cost_here
                self._put(node, cell)
                gain = before - self._cost(node)
                self._put(node, here)
            else:
                before = cost_here + self._cost(other)
                self._swap(node, other)
                gain = before - self._cost(node) - self._cost(other)
                self._swap(node, other)
            if gain > best_gain:
                best, best_gain = cell, gain
        if best == here:
            return False
        other = self._at.get(best)
        if other is None:
            self._put(node, best)
        else:
            self._swap(node, other)
        return True

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
