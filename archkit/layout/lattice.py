"""Placement → the lattice of lines that arrows may run on.

Between and through the cells of the grid run lines. A *node line* passes through the middle of a row or column of
nodes, a *gap line* through the space between two. Where a cluster has its border in a gap, the gap holds one more line
on its inner side, so that an arrow is always clearly inside or outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archkit.layout.grid import Frame, Placement


class Axis(NamedTuple):
    """The lines across one direction: the x of vertical lines, or the y of horizontal ones.

    Attributes:
        is_node: Whether a line passes through nodes.
        node_line: Index of the line of each column (or row).
        first_border: Frame number → index of the gap line just inside its left (or upper) border.
        last_border: Frame number → index of the gap line just inside its right (or lower) border.
        lane: Lane of each line; all 0 for columns.
        middles: Per lane the gap lines that are neither just inside nor just outside of a border, first to last.
    """

    is_node: tuple[bool, ...]
    node_line: tuple[int, ...]
    first_border: dict[int, int]
    last_border: dict[int, int]
    lane: tuple[int, ...]
    middles: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.is_node)


class Lattice(NamedTuple):
    """Both axes, and the nodes at their crossings (x line, y line)."""

    x: Axis
    y: Axis
    node_at: dict[tuple[int, int], str]
    at_node: dict[str, tuple[int, int]]


def lattice(placement: Placement) -> Lattice:
    """Lay lines over a placement."""
    frames = placement.frames
    x = _axis([placement.columns], [(f.left, f.right) for f in frames], frames)
    y = _axis(placement.lane_rows, [(f.top, f.bottom) for f in frames], frames)
    at_node = {node: (x.node_line[column], y.node_line[row]) for node, (row, column) in placement.cells.items()}
    return Lattice(x, y, {point: node for node, point in at_node.items()}, at_node)


def _axis(parts: Sequence[int], extents: Sequence[tuple[int, int]], frames: Sequence[Frame]) -> Axis:
    is_node: list[bool] = []
    lane: list[int] = []
    node_line: list[int] = []
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    middles: list[list[int]] = []
    start = 0
    for part, count in enumerate(parts):
        middles.append([])
        for boundary in range(start, start + count + 1):
            ends = _levels(frames, extents, 1, boundary - 1) if boundary > start else {}
            begins = _levels(frames, extents, 0, boundary) if boundary < start + count else {}
            middle = len(is_node) + max(ends.values(), default=0)
            middles[-1].append(middle)
            last.update({number: middle - level for number, level in ends.items()})
            first.update({number: middle + level for number, level in begins.items()})
            gaps = max(ends.values(), default=0) + 1 + max(begins.values(), default=0)
            is_node += [False] * gaps
            lane += [part] * gaps
            if boundary < start + count:
                node_line.append(len(is_node))
                is_node.append(True)
                lane.append(part)
        start += count
    return Axis(tuple(is_node), tuple(node_line), first, last, tuple(lane), tuple(map(tuple, middles)))


def _levels(frames: Sequence[Frame], extents: Sequence[tuple[int, int]], end: int, value: int) -> dict[int, int]:
    """Return, per frame with its border here, how many borders stand here from the outside up to its own."""
    found: dict[int, int] = {}
    for number, frame in enumerate(frames):
        if extents[number][end] != value:
            continue
        found[number] = sum(
            1
            for other, around in enumerate(frames)
            if extents[other][end] == value
            and around.depth <= frame.depth
            and around.top <= frame.top <= frame.bottom <= around.bottom
            and around.left <= frame.left <= frame.right <= around.right
        )
    return found
