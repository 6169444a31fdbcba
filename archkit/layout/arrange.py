"""Graph figure → a first placement: each lane layered along its own arrows, clusters as sub-grids.

Layers are those of the longest path after cycles are opened; a lane longer than the page wraps, a layer much taller
than the page is wide is folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archkit.layout.grid import Cell, Frame, Placement
from archkit.picture import Edge, GraphFigure

Links = list[tuple[int, int, bool]]  # tail, head, and whether it shows the way the lane reads


class Extent(Protocol):
    """What is to be put in order: so many cells wide and high."""

    width: int
    height: int


Order = Callable[[Sequence[Extent], Links], list[tuple[int, int]]]
"""Gives each of some things a wish (column, row), told their links."""


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


def construct(figure: GraphFigure, max_columns: int, order: Order | None = None) -> Placement:
    """Return the first placement of a figure.

    Args:
        figure: Its nodes name lanes that exist.
        max_columns: How many columns at most; a cluster that is wider makes the figure wider.
        order: Another way to put the parts of a container in order.
    """
    lane_of = {node.id: node.lane for node in figure.nodes}
    lane_rows: list[int] = []
    cells: dict[str, Cell] = {}
    frames: list[Frame] = []
    top, columns = 0, 1
    for number, lane in enumerate(figure.lanes):
        nodes = [node.id for node in figure.nodes if node.lane == lane.id]
        inside = [e for e in figure.edges if lane_of[e.tail] == lane.id and lane_of[e.head] == lane.id]
        parts = _items(figure, set(nodes), nodes, number, inside, max_columns, order=order)
        item = _arrange("", parts, inside, max_columns, order)
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
    written: Sequence[str],
    lane: int,
    edges: Sequence[Edge],
    max_columns: int,
    parent: str = "",
    depth: int = 1,
    order: Order | None = None,
) -> list[_Item]:
    """Return what lies directly in a lane or cluster: its inner clusters, placed, and its free nodes."""
    items: dict[str, _Item] = {}
    owner: dict[str, str] = {}
    for cluster in figure.clusters:
        if cluster.parent != parent:
            continue
        inside = figure.within(cluster.id) & wanted
        if not inside:
            continue
        members = [node for node in written if node in inside]
        inner = [e for e in edges if e.tail in inside and e.head in inside]
        parts = _items(figure, inside, members, lane, inner, max_columns, cluster.id, depth + 1, order)
        item = _arrange(cluster.id, parts, inner, max_columns, order)
        item.key = "cluster " + cluster.id
        item.frames.append(Frame(cluster.id, lane, 0, 0, item.height - 1, item.width - 1, depth))
        items[item.key] = item
        owner.update(dict.fromkeys(inside, item.key))
    result: list[_Item] = []
    for node in _people_first(figure, written):
        if node not in owner:
            result.append(_Item(node, {node: (0, 0)}))
        elif owner[node] in items:
            result.append(items.pop(owner[node]))
    return result


def _people_first(figure: GraphFigure, order: Sequence[str]) -> list[str]:
    """Return nodes as written, but people first: a request starts with who makes it."""
    people = {node.id for node in figure.nodes if node.shape == "person"}
    return sorted(order, key=lambda node: node not in people)


def _arrange(
    key: str, items: list[_Item], edges: Sequence[Edge], max_columns: int, order: Order | None = None
) -> _Item:
    """Place items in one container, left to right along their arrows, and return them as one item."""
    owner = {node: number for number, item in enumerate(items) for node in item.cells}
    links = [(owner[e.tail], owner[e.head], e.style != "feedback") for e in edges if owner[e.tail] != owner[e.head]]
    before = acyclic(len(items), links)
    if order is not None:
        _follow(items, order(items, links), max_columns)
        return _stack(key, items, before, heed=True)
    _layer(items, before, max_columns)
    _spread(items, before, max_columns, bool(key))
    return _stack(key, items, before)


def _follow(items: list[_Item], wishes: Sequence[tuple[int, int]], max_columns: int) -> None:
    """Set columns and wished rows as told; what is wider than the page wraps."""
    tallest = max((row for _, row in wishes), default=0) + 1
    for item, (column, row) in zip(items, wishes, strict=True):
        band, item.x = divmod(column, max_columns)
        item.x = min(item.x, max(0, max_columns - item.width))
        item.y = row + band * tallest


def acyclic(count: int, links: Iterable[tuple[int, int, bool]]) -> list[list[int]]:
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


def _spread(items: list[_Item], before: list[list[int]], max_columns: int, in_cluster: bool) -> None:
    """Lay items that nothing joins side by side, and fold columns that are much taller than the container is wide.

    Items that nothing joins inside a cluster are most often parallel ways from one box to another, and stay stacked.
    """
    joined = {head for head, tails in enumerate(before) if tails} | {tail for tails in before for tail in tails}
    loose = [item for number, item in enumerate(items) if number not in joined]
    at = max((item.x + item.width for number, item in enumerate(items) if number in joined), default=0)
    side_by_side = loose if not joined and not in_cluster else []
    for item in side_by_side:
        if at + item.width > max_columns:
            at = 0
        item.x, at = at, at + item.width
    if side_by_side:
        return
    if any(item.y for item in items):
        return  # wrapped
    tallest = max((sum(i.height for i in items if i.x == x) for x in {i.x for i in items}), default=0)
    limit = max(4 if in_cluster else 2, -(-sum(item.height * item.width for item in items) // max_columns) + 1)
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


def _stack(key: str, items: list[_Item], before: list[list[int]], heed: bool = False) -> _Item:
    """Choose rows: as near as possible to what an item follows (or to its ``y``, to be heeded), and free."""
    taken: set[Cell] = set()
    number_of = {id(item): number for number, item in enumerate(items)}
    base, bands = 0, sorted({0 if heed else item.y for item in items})
    band_items = {band: [item for item in items if heed or item.y == band] for band in bands}
    for band in bands:
        members = sorted(band_items[band], key=lambda item: item.x)
        done: set[int] = set()
        for item in members:
            rows = [items[t].y for t in before[number_of[id(item)]] if t in done]
            wish = item.y if heed else round(sum(rows) / len(rows)) if rows else base
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


def closing(figure: GraphFigure) -> set[tuple[str, str]]:
    """Return the arrows that close a cycle inside their lane: answers that run back to where the request came from."""
    found: set[tuple[str, str]] = set()
    lane_of = {node.id: node.lane for node in figure.nodes}
    for lane in figure.lanes:
        nodes = _people_first(figure, [node.id for node in figure.nodes if node.lane == lane.id])
        number = {node: index for index, node in enumerate(nodes)}
        inside = [e for e in figure.edges if lane_of[e.tail] == lane.id == lane_of[e.head] and e.tail != e.head]
        before = acyclic(len(nodes), [(number[e.tail], number[e.head], e.style != "feedback") for e in inside])
        found |= {(e.tail, e.head) for e in inside if number[e.tail] not in before[number[e.head]]}
    return found
