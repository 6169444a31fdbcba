"""Geometry and labels → the items of a drawing: lanes, clusters, arrows, nodes, title, legend, caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archkit import text
from archkit.drawing import Box, Drawing, Group, Item, Line, Point, Shape, Text, moved
from archkit.layout.callouts import CHANGES, STRONGER, corner, explained, half_width, sign, sign_box
from archkit.layout.coordinates import RAIL, TITLE_STRIP
from archkit.layout.labels import PlacedLabel, step_radius
from archkit.layout.legend import legend
from archkit.layout.notes import LEADER
from archkit.picture import Cluster, Edge, GraphFigure, Lane, Node
from archkit.theme import Theme, lane_role

if TYPE_CHECKING:
    from archkit.pictures import Picture

_STEP_GAP = 4.0
_MARKER = 9.0  # width of the pale stroke behind an arrow that stands out
_TITLE_TO_LEGEND = 48.0  # pixels between a title and a legend that stands beside it


def lane_items(lanes: Sequence[Lane], bands: Sequence[Box], theme: Theme) -> list[Item]:
    """Draw the lanes: a pale band each, its title reading upwards in a rail at the left."""
    items: list[Item] = []
    size, rail = theme.sizes.lane, rail_width(lanes, theme)
    for lane, band in zip(lanes, bands, strict=True):
        role = lane_role(lane.role or lane.id)
        strong = lane.stress == "strong"
        stroke, width = ("ink", theme.strokes.lane + STRONGER) if strong else ("faint", theme.strokes.lane)
        parts: list[Item] = [Shape("band", band, role, stroke, width, (), theme.spacing.band_radius, "outline")]
        lines = rail_lines(lane, theme)
        leading = size * theme.sizes.leading
        x = band.x + rail / 2 - (len(lines) - 1) * leading / 2 + size * 0.33
        for line in lines:
            width = text.width(line, size, "semibold", face=theme.face)
            parts.append(
                Text(x, band.center[1], line, size, width, "semibold", "middle", role + ".title", "lane-title", -90)
            )
            x += leading
        if lane.mark:
            parts.append(sign(lane.mark, (band.x + rail / 2, band.y + RAIL / 2), theme, lane.id))
        items.append(Group("lane", tuple(parts), (("id", lane.id),), lane.title))
    return items


def rail_lines(lane: Lane, theme: Theme) -> tuple[str, ...]:
    """Break a lane's title so that it does not make the lane taller than its boxes want."""
    return text.wrap(lane.title, 150.0, theme.sizes.lane, "semibold", face=theme.face) if lane.title else ()


def rail_width(lanes: Sequence[Lane], theme: Theme) -> float:
    """Return how wide the strip at the left of all lanes is, which has room for the lines of every title."""
    most = max((len(rail_lines(lane, theme)) for lane in lanes), default=0)
    return RAIL + max(0, most - 1) * theme.sizes.lane * theme.sizes.leading


def rail_length(lane: Lane, theme: Theme) -> float:
    """Return how tall a lane must be for its title and the letter above that."""
    longest = max(
        (text.width(line, theme.sizes.lane, "semibold", face=theme.face) for line in rail_lines(lane, theme)),
        default=0.0,
    )
    return longest + 20 + (2 * RAIL if lane.mark else 0.0)


def cluster_title_box(frame: Box, cluster: Cluster, crossings: Sequence[float], theme: Theme) -> tuple[Box, float]:
    """Return where a cluster's title stands, clear of the arrows that come down there, and how many pixels it lacks.

    Args:
        frame: The cluster's border.
        cluster: Its title, and the letter before it.
        crossings: The x of the arrows that cross the strip.
        theme: For the type size.
    """
    size = theme.sizes.group
    width = text.width(cluster.title, size, "semibold", face=theme.face)
    if cluster.mark:
        width += 2 * half_width(cluster.mark) + (_STEP_GAP if cluster.title else 0.0)
    left, right = frame.x + 8.0, frame.right - 8.0
    stops = sorted(x for x in crossings if left - 6 < x < right + 6)
    at, best, widest = left, left, -1.0
    for stop in (*stops, right + 6):
        if stop - 6 - at > widest:
            best, widest = at, stop - 6 - at
        if widest >= width:
            break
        at = stop + 6
    return Box(best, frame.y + 2.0, width, TITLE_STRIP - 2.0), max(0.0, width - widest)


def edge_group(edge: Edge, points: Sequence[Point], label: PlacedLabel | None, title: str, theme: Theme) -> Group:
    """Draw an arrow with its label and its step."""
    if edge.kind == LEADER:
        leader = Line(tuple(points), "muted", theme.strokes.leader, (), theme.spacing.radius, "none", "dot", "leader")
        return Group("leader", (leader,), (("from", edge.tail), ("to", edge.head)))
    look = theme.edges[edge.style]
    strong = edge.stress == "strong"
    role, dash = CHANGES.get(edge.stress, (look.role, look.dash))
    width = look.width + STRONGER if strong or edge.stress in CHANGES else look.width
    wire = Line(tuple(points), role, width, dash, theme.spacing.radius, look.head, "none", "wire")
    items: list[Item] = [wire]
    if strong:
        items.insert(0, Line(tuple(points), "highlight", _MARKER, (), theme.spacing.radius))
    if label is not None:
        items += label_items(label, theme, edge.name)
    data = (("from", edge.tail), ("to", edge.head), ("kind", edge.kind))
    return Group("edge", tuple(items), data, title)


def label_items(placed: PlacedLabel, theme: Theme, name: str = "") -> list[Item]:
    """Draw a label: the step's circle and a callout's letter, then the lines of text beside them."""
    items: list[Item] = []
    label, box = placed.label, placed.box
    x = box.x
    if label.step:
        radius = step_radius(label.step)
        items.append(step_group(label.step, (x + radius, box.center[1]), theme))
        x += 2 * radius + _STEP_GAP
    if label.mark:
        half = half_width(label.mark)
        items.append(sign(label.mark, (x + half, box.center[1]), theme, name))
        x += 2 * half + _STEP_GAP
    size, leading = theme.sizes.label, theme.sizes.label * theme.sizes.leading
    y = box.center[1] - len(label.lines) * leading / 2
    middle = (x + box.right) / 2
    for line in label.lines:
        y += leading
        width = text.width(line, size, face=theme.face)
        baseline = y - (theme.sizes.leading - 1) / 2 * size - text.DESCENT * size
        items.append(Text(middle, baseline, line, size, width, "regular", "middle", "ink", "label"))
    return items


def step_group(step: int, at: Point, theme: Theme) -> Group:
    """Draw the numbered circle of a step."""
    size = theme.sizes.step
    number = str(step)
    width = text.width(number, size, "semibold", face=theme.face)
    radius = step_radius(step)
    circle = Box(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius)
    return Group(
        "step",
        (
            Shape("circle", circle, "step", "step", 1.0, (), 0.0, "backing"),
            Text(at[0], at[1] + size * 0.33, number, size, width, "semibold", "middle", "step.text", "step"),
        ),
        (("step", number),),
        f"Step {number}",
    )


def cluster_group(cluster: Cluster, frame: Box, title_box: Box, theme: Theme) -> Group:
    """Draw a cluster's dashed border and its title."""
    width = theme.strokes.group + (STRONGER if cluster.stress == "strong" else 0.0)
    stroke = "ink" if cluster.stress == "strong" else "group"
    items: list[Item] = [
        Shape("band", frame, "", stroke, width, theme.strokes.group_dash, theme.spacing.radius, "outline")
    ]
    size, x = theme.sizes.group, title_box.x
    if cluster.mark:
        half = half_width(cluster.mark)
        items.append(sign(cluster.mark, (x + half, title_box.center[1] + 1.0), theme, cluster.id))
        x += 2 * half + _STEP_GAP
    if cluster.title:
        title = text.drawable(cluster.title)
        wide = text.width(title, size, "semibold", face=theme.face)
        baseline = title_box.bottom - 4.0
        items.append(Text(x, baseline, title, size, wide, "semibold", "start", "group.title", "group-title"))
    return Group("group", tuple(items), (("id", cluster.id),), cluster.title)


def node_signs(nodes: Sequence[Node], boxes: Mapping[str, Box], theme: Theme) -> list[Item]:
    """Draw the letters of the nodes that are explained below the figure."""
    return [sign(node.mark, corner(node.mark, boxes[node.id]), theme, node.id) for node in nodes if node.mark]


def sign_boxes(nodes: Sequence[Node], boxes: Mapping[str, Box]) -> list[Box]:
    """Return where those letters stand, which labels keep off."""
    return [sign_box(node.mark, corner(node.mark, boxes[node.id])) for node in nodes if node.mark]


def page(
    figure: GraphFigure | Picture,
    items: Sequence[Item],
    width: float,
    height: float,
    notices: tuple[str, ...],
    theme: Theme,
) -> Drawing:
    """Put title, legend and caption around the lanes.

    Args:
        figure: Gives the words.
        items: The lanes and what is in them, with the origin at their upper left corner.
        width: Of the lanes.
        height: Of the lanes.
        notices: For the user.
        theme: Gives sizes and distances.
    """
    sizes, spacing = theme.sizes, theme.spacing
    margin = spacing.margin
    head: list[Item] = []
    y = margin
    for line in (
        text.wrap(figure.title, max(width, 320.0), sizes.title, "semibold", face=theme.face) if figure.title else ()
    ):
        y += sizes.title * sizes.leading
        wide = text.width(line, sizes.title, "semibold", face=theme.face)
        head.append(Text(margin, y - 5, line, sizes.title, wide, "semibold", "start", "ink", "title"))
    if head:
        y += spacing.title_gap - 6
    title_width = max([0.0, *(t.width for t in head if isinstance(t, Text))])
    widest = max(width, title_width)
    signs, signs_width, signs_height = legend(figure, widest, theme)
    beside = title_width + _TITLE_TO_LEGEND + signs_width <= widest and signs_height < 2 * sizes.title
    if signs is not None and len(head) == 1 and beside:
        # a line saved: type prints larger
        head.append(
            moved(signs, margin + widest - signs_width, margin + (sizes.title * sizes.leading - signs_height) / 2)
        )
        signs = None
    body = [moved(item, margin, y) for item in items]
    y += height
    if signs is not None:
        y += spacing.legend_gap
        body.append(moved(signs, margin, y))
        y += signs_height
        widest = max([widest, *(t.x + t.width for t in signs.items if isinstance(t, Text))])
    told, told_width, told_height = explained(figure.callouts, widest, theme)
    if told:
        y += spacing.legend_gap
        body += [moved(item, margin, y) for item in told]
        y += told_height
        widest = max(widest, told_width)
    caption: list[Item] = []
    for line in text.wrap(figure.caption, widest, sizes.caption, face=theme.face) if figure.caption else ():
        if not caption:
            y += spacing.caption_gap - 4
        y += sizes.caption * sizes.leading
        caption.append(
            Text(
                margin,
                y - 4,
                line,
                sizes.caption,
                text.width(line, sizes.caption, face=theme.face),
                "regular",
                "start",
                "ink",
                "caption",
            )
        )
    if caption:
        body.append(Group("caption", tuple(caption)))
    full = widest + 2 * margin
    return Drawing(full, y + margin, figure.title, figure.description, (*head, *body), notices)
