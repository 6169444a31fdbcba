"""Notes of nodes → boxes of their own in free cells nearby, each joined to its node by a leader."""

from __future__ import annotations

from dataclasses import replace

from archkit.layout.grid import Cell, Frame, Placement
from archkit.picture import Edge, GraphFigure, Node

LEADER = "leader"
_FARTHEST = 2.6  # in cells; a note farther away than this gets a row of its own


def with_notes(figure: GraphFigure, placement: Placement) -> tuple[GraphFigure, Placement]:
    """Return the figure and its placement with every note as a node.

    Args:
        figure: Some of its nodes carry notes.
        placement: Where its nodes stand.
    """
    noted = [node for node in figure.nodes if node.note]
    if not noted:
        return figure, placement
    notes, leaders = [], []
    for node in noted:
        note = Node(f"note of {node.id}", node.note, "rect", lane=node.lane, role="note")
        placement = _placed(placement, node.id, note.id)
        notes.append(note)
        leaders.append(Edge(node.id, note.id, "request", LEADER))
    return replace(figure, nodes=(*figure.nodes, *notes), edges=(*figure.edges, *leaders)), placement


def _placed(placement: Placement, owner: str, note: str) -> Placement:
    """Return the placement with a note in the free cell nearest to its owner, in a new row if none is near."""
    row, column = placement.cells[owner]
    top, bottom = _lane_bounds(placement, row)
    best = _nearest(placement, row, column, top, bottom)
    if best is None:
        below = bottom - row <= row - top
        placement = _with_row(placement, bottom if below else top, row)
        row += 0 if below else 1
        best = (bottom if below else top), column
    return placement._replace(cells={**placement.cells, note: best})


def _lane_bounds(placement: Placement, row: int) -> tuple[int, int]:
    """Return the first row of the lane that holds a row, and the one behind its last."""
    top = 0
    for rows in placement.lane_rows:
        if row < top + rows:
            break
        top += rows
    return top, top + rows


def _nearest(placement: Placement, row: int, column: int, top: int, bottom: int) -> Cell | None:
    taken = set(placement.cells.values())
    home = _innermost(placement, (row, column))
    best: Cell | None = None
    best_distance = _FARTHEST
    for r in range(top, bottom):
        for c in range(placement.columns):
            distance = abs(r - row) + abs(c - column) + (0.5 if r != row and c != column else 0.0)
            if (r, c) in taken or distance >= best_distance or _innermost(placement, (r, c)) not in (None, home):
                continue
            best, best_distance = (r, c), distance
    return best


def _innermost(placement: Placement, cell: Cell) -> Frame | None:
    found = None
    for frame in placement.frames:  # outer ones come first
        if frame.top <= cell[0] <= frame.bottom and frame.left <= cell[1] <= frame.right:
            found = frame
    return found


def _with_row(placement: Placement, at: int, row: int) -> Placement:
    """Return the placement with an empty row inserted in the lane that holds ``row``."""
    lane, top = 0, 0
    while row >= top + placement.lane_rows[lane]:
        top += placement.lane_rows[lane]
        lane += 1
    rows = list(placement.lane_rows)
    rows[lane] += 1
    cells = {node: (r + (r >= at), c) for node, (r, c) in placement.cells.items()}
    frames = tuple(
        Frame(f.cluster, f.lane, f.top + (f.top >= at), f.left, f.bottom + (f.bottom >= at), f.right, f.depth)
        for f in placement.frames
    )
    return Placement(placement.columns, tuple(rows), cells, frames)
