"""Figure → Drawing: every box, arrow and text gets its place."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import islice, pairwise
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

from archkit.drawing import Box, Drawing, Item, Point
from archkit.layout import compose
from archkit.layout.arrange import Order
from archkit.layout.coordinates import ROOMY_GAP, TIGHT_GAP, Demands, Geometry, Wishes, geometry, joined
from archkit.layout.errors import LayoutError
from archkit.layout.labels import Labeller, PlacedLabel, demand_room, first_demands, variants
from archkit.layout.lattice import Lattice
from archkit.layout.nodes import draw, measure, meeting, port_margins
from archkit.layout.place import MOST_ANNEALED, PAGE_NODES, SMALL, columns_for
from archkit.layout.place import candidates as placed_boxes  # `candidates` is a module beside this one
from archkit.layout.route import Path
from archkit.layout.routing import Routing, people, routed
from archkit.layout.tracks import Wire
from archkit.picture import Cluster, Edge, GraphFigure
from archkit.theme import Theme

if TYPE_CHECKING:
    from archkit.pictures import Picture

__all__ = ["LayoutError", "layout"]

_ATTEMPTS = 30
_MOST_DRAWINGS, _SOME_DRAWINGS = 120, 10
_NARROWER, _LEAST_COLUMNS = (1.0, 0.8, 0.62), 6  # shares of the usual columns that are tried where a figure is too wide
_TITLE_WISHES = -1_000_000  # keys of what clusters ask for, apart from the arrows'
_PAGE = (786.0, 539.0)  # points
_READABLE = 6.5  # points of the smallest type in print
_NEARLY = 0.9  # of that: who came so close is given more tries
_SHAPES = (0.52, 2.18)  # width over height of a figure that fits a page or a slide


def layout(figure: GraphFigure | Picture, theme: Theme, engine: str = "builtin", budget: float = 20.0) -> Drawing:
    """Lay a figure out.

    Args:
        figure: What to draw.
        theme: Gives type sizes and distances.
        engine: ``builtin``, or ``dot`` to let Graphviz choose the cells of the boxes of a graph.
        budget: Seconds of computing after which routing becomes simpler; a busy machine draws the same figure later.

    Raises:
        LayoutError: The engine is missing or failed.
    """
    if not isinstance(figure, GraphFigure):
        # Loaded here because graphs need none of what draws tables and charts.
        from archkit.layout.pictures import layout_picture

        return layout_picture(figure, theme)
    deadline = thread_time() + budget * 0.6
    order = _order(engine)
    drawings: list[Drawing] = []
    count = len(figure.nodes)
    tries = _MOST_DRAWINGS if count <= SMALL else _SOME_DRAWINGS
    if count <= PAGE_NODES:
        possible = _drawings(figure, theme, order, deadline, drawings)
    else:
        possible = _large_drawings(figure, theme, order, deadline)
    for drawing in islice(possible, tries):
        drawings.append(drawing)
        if _fits(drawing, theme) or thread_time() > deadline or (count > PAGE_NODES and _is_shapely(drawing)):
            return drawing
    return max(drawings, key=lambda drawing: (_is_shapely(drawing), _print_scale(drawing)))


def _drawings(
    figure: GraphFigure, theme: Theme, order: Order | None, deadline: float, refused: Sequence[Drawing]
) -> Iterator[Drawing]:
    """Yield drawings of a figure, the one that a reader would like best first; the later ones need less paper.

    There are more where one of those that were ``refused`` before nearly fitted the page.
    """
    usual = columns_for(figure)
    too_wide = yield from _at_width(figure, theme, order, deadline, usual)
    if order is None:
        for attempt in (1, 2, 3):
            yield from _at_width(figure, theme, order, deadline, usual, attempt)
    for columns in (usual - 1, usual - 2) if too_wide else (usual + 1, usual + 2):
        yield from _at_width(figure, theme, order, deadline, columns, 4)
    if order is None and max(map(_print_scale, refused)) * _smallest(theme) > _NEARLY * _READABLE:
        for attempt in (5, 6, 7, 8):
            yield from _at_width(figure, theme, order, deadline, usual, attempt)


def _large_drawings(figure: GraphFigure, theme: Theme, order: Order | None, deadline: float) -> Iterator[Drawing]:
    """Yield drawings of a figure that is too large for a page, each narrower than the one before."""
    if order is None and len(figure.nodes) > MOST_ANNEALED:
        # Loaded here because most figures need none of what sets parts in staves.
        from archkit.layout.staves import Staves

        for routing in Staves(figure, deadline).routings():
            yield _Layout(theme, routing, _LARGE).drawing(deadline)
        return
    usual = columns_for(figure)
    for columns in dict.fromkeys(max(_LEAST_COLUMNS, int(usual * share)) for share in _NARROWER):
        yield next(_at_width(figure, theme, order, deadline, columns))


def _at_width(
    figure: GraphFigure, theme: Theme, order: Order | None, deadline: float, columns: int, attempt: int = 0
) -> Generator[Drawing, None, bool]:
    """Yield drawings with so many columns, and return whether their width is what keeps them off a page."""
    full, placements = placed_boxes(figure, columns, order, attempt)
    routings = [routed(full, placement, deadline) for placement in placements]
    too_wide = False
    for routing in sorted(routings, key=lambda routing: routing.cost):
        if not attempt:
            roomy = _Layout(theme, routing, _ROOMY).drawing(deadline)
            yield roomy
            too_wide = _is_wide(roomy)
            if too_wide:
                continue  # less height would not mend it
        lowest = _Layout(theme, routing, _LOWEST).drawing(deadline)
        if _fits(lowest, theme):
            for manner in _LOWER:
                yield _Layout(theme, routing, manner).drawing(deadline)
        yield lowest
        too_wide = _is_wide(lowest)
    return too_wide


def _fits(drawing: Drawing, theme: Theme) -> bool:
    """Return whether a drawing fits a page, with no type too small to read and every label in its place."""
    return not drawing.notices and _is_shapely(drawing) and _print_scale(drawing) * _smallest(theme) >= _READABLE


def _smallest(theme: Theme) -> float:
    """Return the size of the smallest type of a theme, in pixels."""
    sizes = theme.sizes
    return min(sizes.label, sizes.annotation, sizes.note, sizes.legend, sizes.group, sizes.step, sizes.lane)


def _is_shapely(drawing: Drawing) -> bool:
    return _SHAPES[0] <= drawing.width / drawing.height <= _SHAPES[1]


def _is_wide(drawing: Drawing) -> bool:
    """Return whether it is its width that makes a drawing print small."""
    return drawing.width > drawing.height * _PAGE[0] / _PAGE[1]


def _print_scale(drawing: Drawing) -> float:
    """Return points per pixel when a drawing fills an A4 page in landscape, within margins of a centimetre."""
    return min(_PAGE[0] / drawing.width, _PAGE[1] / drawing.height)


def _order(engine: str) -> Order | None:
    if engine == "builtin":
        return None
    if engine == "dot":
        # Loaded here because importing graphviz costs as much as a whole layout.
        from archkit.layout import dot

        return dot.order
    raise LayoutError(f"there is no engine `{engine}`: write `builtin` or `dot`")


class _Manner(NamedTuple):
    """How much paper a drawing spends.

    Attributes:
        beside: Whether icons stand beside the texts.
        roomy: Whether rows stand apart, and labels get room above their arrows before they have to ask for it.
        narrow: Whether labels and titles break into shorter lines, which take less width.
    """

    beside: bool = False
    roomy: bool = True
    narrow: bool = False


_ROOMY = _Manner()
_LARGE = _Manner(roomy=False)
_LOWER = (
    _Manner(roomy=False),
    _Manner(beside=True),
    _Manner(roomy=False, narrow=True),
    _Manner(beside=True, roomy=False),
)
_LOWEST = _Manner(beside=True, roomy=False, narrow=True)


class _Layout:
    def __init__(self, theme: Theme, routing: Routing, manner: _Manner) -> None:
        self._figure, self._theme, self._routing = routing.figure, theme, routing
        self._placement, self._manner = routing.placement, manner
        self._sized = {node.id: measure(node, theme, manner.beside, manner.narrow) for node in self._figure.nodes}

    def drawing(self, deadline: float) -> Drawing:
        figure, lines, paths = self._figure, self._routing.lines, self._routing.paths
        wires = self._routing.wires
        shape, labels, unplaced = self._with_labels(lines, paths, wires, deadline)
        notices = [] if self._routing.in_time else ["the time for layout ran out: arrows are routed in a simpler way"]
        notices += [f"no room beside its arrow for the label `{figure.edges[n].label}`" for n in unplaced]
        return self._composed(lines, shape, labels, tuple(notices))

    def _sizes(self) -> dict[str, tuple[float, float]]:
        """Return one common width for all boxes and one height a row, so that a figure looks even."""
        proper = [sized for sized in self._sized.values() if sized.node.role == "component"]
        width = max((sized.size[0] for sized in proper), default=0.0)
        tallest: dict[int, float] = {}
        for sized in proper:
            row, _ = self._placement.cells[sized.node.id]
            tallest[row] = max(tallest.get(row, 0.0), sized.size[1])
        return {
            node: self._sized[node].size if self._sized[node].node.role == "note" else (width, tallest[row])
            for node, (row, _) in self._placement.cells.items()
        }

    def _with_labels(
        self, lines: Lattice, paths: Sequence[Path], wires: Sequence[Wire], deadline: float
    ) -> tuple[Geometry, list[PlacedLabel], list[int]]:
        """Compute coordinates, giving labels more room until all have found a place."""
        figure, theme = self._figure, self._theme
        choices = [variants(edge, theme) for edge in figure.edges]
        wishes: Wishes = {}
        attempts: dict[int, int] = {}
        first_demands(wires, choices, lines.x.is_node, lines.y.is_node, wishes, self._manner.roomy, self._manner.narrow)
        titled = [number for number, f in enumerate(self._placement.frames) if self._is_headed(f.cluster)]
        rails = [compose.rail_length(lane, theme) for lane in figure.lanes]
        rail = compose.rail_width(figure.lanes, theme)
        sizes = self._sizes()
        margins = {node.id: port_margins(node) for node in figure.nodes}
        heads = people(figure)
        gap = ROOMY_GAP if self._manner.roomy else TIGHT_GAP
        for _ in range(_ATTEMPTS):
            shape = geometry(
                self._placement, lines, paths, wires, sizes, margins, joined(wishes), titled, rails, gap, heads, rail
            )
            crowded = self._ask_for_titles(shape, lines, wishes)
            placed, failed = Labeller(shape, wires, self._borders(shape)).place(choices)
            if not (failed or crowded) or thread_time() > deadline:
                break
            is_node = lines.x.is_node, lines.y.is_node
            demand_room(failed, shape, wires, choices, is_node, wishes, attempts)
        return shape, placed, failed

    def _cluster(self, id_: str) -> Cluster:
        return next(cluster for cluster in self._figure.clusters if cluster.id == id_)

    def _is_headed(self, id_: str) -> bool:
        cluster = self._cluster(id_)
        return bool(cluster.title or cluster.mark)

    def _borders(self, shape: Geometry) -> list[Box]:
        """Return the lines and titles that labels keep off."""
        rail = compose.rail_width(self._figure.lanes, self._theme)
        found = [Box(band.x, band.y, rail - 4, band.height) for band in shape.bands]
        for box in (*shape.bands, *shape.frames):
            found += [
                Box(box.x, box.y, box.width, 0.0),
                Box(box.x, box.bottom, box.width, 0.0),
                Box(box.x, box.y, 0.0, box.height),
                Box(box.right, box.y, 0.0, box.height),
            ]
        found += [box for box, _ in self._frame_titles(shape)]
        return found + compose.sign_boxes(self._figure.nodes, shape.boxes)

    def _ask_for_titles(self, shape: Geometry, lines: Lattice, wishes: Wishes) -> bool:
        """Ask for wider clusters where arrows leave no room for a title; return whether any was too narrow."""
        crowded = False
        for number, (_, missing) in enumerate(self._frame_titles(shape)):
            if missing > 0:
                crowded = True
                wish = wishes.setdefault(_TITLE_WISHES - number, Demands())
                gap = lines.x.last_border[number]
                wish.x_after[gap] = wish.x_after.get(gap, 0.0) + missing + 1
        return crowded

    def _frame_titles(self, shape: Geometry) -> list[tuple[Box, float]]:
        titles = []
        upright = [
            (a[0], min(a[1], b[1]), max(a[1], b[1]))
            for points in (shape.wires if shape.frames else ())
            for a, b in pairwise(points)
            if a[0] == b[0]
        ]
        for frame, box in zip(self._placement.frames, shape.frames, strict=True):
            crossings = [x for x, top, bottom in upright if top <= box.y + 18 and bottom >= box.y]
            titles.append(compose.cluster_title_box(box, self._cluster(frame.cluster), crossings, self._theme))
        return titles

    def _to_outlines(self, edge: Edge, points: tuple[Point, ...], boxes: dict[str, Box]) -> tuple[Point, ...]:
        """Return an arrow's points with its ends moved from the boxes of its nodes to their outlines."""
        start = meeting(self._sized[edge.tail].node, boxes[edge.tail], points[0], self._theme)
        end = meeting(self._sized[edge.head].node, boxes[edge.head], points[-1], self._theme)
        return (start, *points[1:-1], end)

    def _composed(
        self, lines: Lattice, shape: Geometry, labels: Sequence[PlacedLabel], notices: tuple[str, ...]
    ) -> Drawing:
        figure, theme = self._figure, self._theme
        by_edge = {label.edge: label for label in labels}
        titles = {node.id: node.title for node in figure.nodes}
        items: list[Item] = compose.lane_items(figure.lanes, shape.bands, theme)
        for frame, box, (title_box, _) in zip(
            self._placement.frames, shape.frames, self._frame_titles(shape), strict=True
        ):
            items.append(compose.cluster_group(self._cluster(frame.cluster), box, title_box, theme))
        for number, edge in enumerate(figure.edges):
            tip = f"{titles[edge.tail]} → {titles[edge.head]}" + (f": {edge.label}" if edge.label else "")
            points = self._to_outlines(edge, shape.wires[number], shape.boxes)
            items.append(compose.edge_group(edge, points, by_edge.get(number), tip, theme))
        items += [draw(self._sized[node.id], shape.boxes[node.id], theme) for node in figure.nodes]
        items += compose.node_signs(figure.nodes, shape.boxes, theme)
        return compose.page(figure, items, shape.width, shape.height, notices, theme)
