"""Figure → Drawing: every box, arrow and text gets its place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from time import monotonic

from archkit import text
from archkit.drawing import Box, Drawing, Item
from archkit.layout import compose
from archkit.layout.coordinates import Demands, Geometry, geometry
from archkit.layout.labels import Labeller, PlacedLabel, demand_room, first_demands, variants
from archkit.layout.lattice import Lattice, lattice
from archkit.layout.nodes import Sized, draw, measure
from archkit.layout.place import Placement, place
from archkit.layout.route import Path, Router
from archkit.layout.tracks import Wire, segments
from archkit.picture import GraphFigure
from archkit.theme import Theme

_ATTEMPTS = 12


class LayoutError(Exception):
    """A figure could not be laid out; the message says why."""


def layout(figure: GraphFigure, theme: Theme, engine: str = "builtin", budget: float = 20.0) -> Drawing:
    """Lay a figure out.

    Args:
        figure: What to draw.
        theme: Gives type sizes and distances.
        engine: ``builtin``, or ``dot`` to let Graphviz choose the cells of the boxes.
        budget: Seconds after which routing becomes simpler.

    Raises:
        LayoutError: The engine is missing or failed.
    """
    deadline = monotonic() + budget * 0.6
    sized = {node.id: measure(node, theme) for node in figure.nodes}
    placement = place(figure)
    return _Layout(figure, theme, sized, placement).drawing(deadline)


class _Layout:
    def __init__(self, figure: GraphFigure, theme: Theme, sized: dict[str, Sized], placement: Placement) -> None:
        self._figure, self._theme, self._sized, self._placement = figure, theme, sized, placement

    def drawing(self, deadline: float) -> Drawing:
        figure = self._figure
        lines = lattice(self._placement)
        paths, careful = Router(lines, figure.edges).route(deadline)
        wires = segments(paths)
        shape, labels, unplaced = self._with_labels(lines, paths, wires, deadline)
        notices = [] if careful else ["the time for layout ran out: arrows are routed in a simpler way"]
        notices += [f"no room beside its arrow for the label `{figure.edges[n].label}`" for n in unplaced]
        return self._composed(lines, shape, labels, tuple(notices))

    def _sizes(self) -> dict[str, tuple[float, float]]:
        """Return one common width for all boxes and one height a row, so that a figure looks even."""
        width = max((sized.size[0] for sized in self._sized.values()), default=0.0)
        tallest: dict[int, float] = {}
        for node, (row, _) in self._placement.cells.items():
            tallest[row] = max(tallest.get(row, 0.0), self._sized[node].size[1])
        return {node: (width, tallest[row]) for node, (row, _) in self._placement.cells.items()}

    def _with_labels(
        self, lines: Lattice, paths: Sequence[Path], wires: Sequence[Wire], deadline: float
    ) -> tuple[Geometry, list[PlacedLabel], list[int]]:
        """Compute coordinates, giving labels more room until all have found a place."""
        figure, theme = self._figure, self._theme
        choices = [variants(edge, theme) for edge in figure.edges]
        demands = Demands()
        first_demands(wires, choices, lines.x.is_node, demands)
        titled = [number for number, f in enumerate(self._placement.frames) if self._cluster_title(f.cluster)]
        rails = [
            max((text.width(s, theme.sizes.lane, "semibold") for s in compose.rail_lines(lane, theme)), default=0) + 20
            for lane in figure.lanes
        ]
        sizes = self._sizes()
        for attempt in range(_ATTEMPTS):
            shape = geometry(self._placement, lines, paths, wires, sizes, demands, titled, rails)
            placed, failed = Labeller(shape, wires, self._borders(shape)).place(choices)
            if not failed or monotonic() > deadline:
                break
            is_node = lines.x.is_node, lines.y.is_node
            demand_room(failed, shape, wires, choices, is_node, demands, attempt)
        return shape, placed, failed

    def _cluster_title(self, cluster: str) -> str:
        return next(c.title for c in self._figure.clusters if c.id == cluster)

    def _borders(self, shape: Geometry) -> list[Box]:
        """Return the lines and titles that labels keep off."""
        found: list[Box] = []
        for box in (*shape.bands, *shape.frames):
            found += [
                Box(box.x, box.y, box.width, 0.0),
                Box(box.x, box.bottom, box.width, 0.0),
                Box(box.x, box.y, 0.0, box.height),
                Box(box.right, box.y, 0.0, box.height),
            ]
        found += [box for box, _ in self._frame_titles(shape)]
        return found

    def _frame_titles(self, shape: Geometry) -> list[tuple[Box, tuple[str, ...]]]:
        titles = []
        for frame, box in zip(self._placement.frames, shape.frames, strict=True):
            crossings = [
                a[0]
                for points in shape.wires
                for a, b in itertools.pairwise(points)
                if a[0] == b[0] and min(a[1], b[1]) <= box.y + 18 and max(a[1], b[1]) >= box.y
            ]
            titles.append(compose.cluster_title_box(box, self._cluster_title(frame.cluster), crossings, self._theme))
        return titles

    def _composed(
        self, lines: Lattice, shape: Geometry, labels: Sequence[PlacedLabel], notices: tuple[str, ...]
    ) -> Drawing:
        figure, theme = self._figure, self._theme
        by_edge = {label.edge: label for label in labels}
        titles = {node.id: node.title for node in figure.nodes}
        items: list[Item] = compose.lane_items(figure.lanes, shape.bands, theme)
        for frame, box, (title_box, title_lines) in zip(
            self._placement.frames, shape.frames, self._frame_titles(shape), strict=True
        ):
            title = self._cluster_title(frame.cluster)
            items.append(compose.cluster_group(frame.cluster, title, box, title_box, title_lines, theme))
        for number, edge in enumerate(figure.edges):
            tip = f"{titles[edge.tail]} → {titles[edge.head]}" + (f": {edge.label}" if edge.label else "")
            items.append(compose.edge_group(edge, shape.wires[number], by_edge.get(number), tip, theme))
        items += [draw(self._sized[node.id], shape.boxes[node.id], theme) for node in figure.nodes]
        return compose.page(figure, items, shape.width, shape.height, notices, theme)
