"""The grid that nodes are placed on: cells, the frames of clusters, the placement."""

from __future__ import annotations

from typing import NamedTuple

Cell = tuple[int, int]  # row, column


class Frame(NamedTuple):
    """Where one cluster (or its part in one lane) lies: inclusive cell bounds and nesting depth (1 = outermost)."""

    cluster: str
    lane: int
    top: int
    left: int
    bottom: int
    right: int
    depth: int


class Placement(NamedTuple):
    """The grid.

    Attributes:
        columns: Number of node columns.
        lane_rows: Number of node rows of each lane, top to bottom.
        cells: Node id → (row over all lanes, column).
        frames: Clusters, outer ones first.
        staves: Numbers of the lanes that a further stave begins with: lanes repeat from there on.
    """

    columns: int
    lane_rows: tuple[int, ...]
    cells: dict[str, Cell]
    frames: tuple[Frame, ...]
    staves: tuple[int, ...] = ()

    @property
    def aspect(self) -> float:
        """Width over height that the figure may expect."""
        return self.columns * 205 / self.height

    @property
    def height(self) -> float:
        """Height in pixels that the lanes may expect."""
        return sum(self.lane_rows) * 105.0 + len(self.lane_rows) * 40.0
