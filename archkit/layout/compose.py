"""Geometry and labels → the items of a drawing: lanes, clusters, arrows, nodes, title, legend, caption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archkit import text
from archkit.drawing import Box, Drawing, Group, Item, Line, Point, Shape, Text, moved
from archkit.layout.coordinates import RAIL, TITLE_STRIP
from archkit.layout.labels import PlacedLabel, step_radius
from archkit.layout.legend import legend
from archkit.layout.notes import LEADER
from archkit.picture import Edge, GraphFigure, Lane
from archkit.theme import Theme, lane_role

if TYPE_CHECKING:
    from archkit.pictures import Picture

_STEP_GAP = 4.0
_TITLE_TO_LEGEND = 48.0  # pixels between a title and a legend that stands beside it


def lane_items(lanes: Sequence[Lane], bands: Sequence[Box], theme: Theme) -> list[Item]:
    """Draw the lanes: a pale band each, its title reading upwards in a rail at the left."""
    items: list[Item] = []
    size = theme.sizes.lane
    for lane, band in zip(lanes, bands, strict=True):
        role = lane_role(lane.role or lane.id)
        parts: list[Item] = [
            Shape("band", band, role, "faint", theme.strokes.lane, (), theme.spacing.band_radius, "outline")
        ]
        lines = rail_lines(lane, theme)
        leading = size * theme.sizes.leading
        x = band.x + RAIL / 2 - (len(lines) - 1) * leading / 2 + size * 0.33
        for line in lines:
            width = text.width(line, size, "semibold")
            parts.append(
                Text(x, band.center[1], line, size, width, "semibold", "middle", role + ".title", "lane-title", -90)
            )
            x += leading
        items.append(Group("lane", tuple(parts), (("id", lane.id),), lane.title))
    return items


def rail_lines(lane: Lane, theme: Theme) -> tuple[str, ...]:
    """Break a lane's title so that it does not make the lane taller than its boxes want."""
    return text.wrap(lane.title, 150.0, theme.sizes.lane, "semibold") if lane.title else ()


def cluster_title_box(frame: Box, title: str, crossings: Sequence[float], theme: Theme) -> tuple[Box, float]:
    """Return where a cluster's title stands, clear of the arrows that come down there, and how many pixels it lacks.

    Args:
        frame: The cluster's border.
        title: Its title.
        crossings: The x of the arrows that cross the strip.
        theme: For the type size.
    """
    size = theme.sizes.group
    width = text.width(title, size, "semibold")
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
    wire = Line(tuple(points), look.role, look.width, look.dash, theme.spacing.radius, look.head, "none", "wire")
    items: list[Item] = [wire]
    if label is not None:
        items += label_items(label, theme)
    data = (("from", edge.tail), ("to", edge.head), ("kind", edge.kind))
    return Group("edge", tuple(items), data, title)


def label_items(placed: PlacedLabel, theme: Theme) -> list[Item]:
    """Draw a label: the step's circle, then the lines of text beside it."""
    items: list[Item] = []
    label, box = placed.label, placed.box
    x = box.x
    if label.step:
        radius = step_radius(label.step)
        items.append(step_group(label.step, (x + radius, box.center[1]), theme))
        x += 2 * radius + _STEP_GAP
    size, leading = theme.sizes.label, theme.sizes.label * theme.sizes.leading
    y = box.center[1] - len(label.lines) * leading / 2
    middle = (x + box.right) / 2
    for line in label.lines:
        y += leading
        width = text.width(line, size)
        baseline = y - (theme.sizes.leading - 1) / 2 * size - text.DESCENT * size
        items.append(Text(middle, baseline, line, size, width, "regular", "middle", "ink", "label"))
    return items


def step_group(step: int, at: Point, theme: Theme) -> Group:
    """Draw the numbered circle of a step."""
    size = theme.sizes.step
    number = str(step)
    width = text.width(number, size, "semibold")
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


def cluster_group(cluster_id: str, title: str, frame: Box, title_box: Box, theme: Theme) -> Group:
    """Draw a cluster's dashed border and its title."""
    items: list[Item] = [
        Shape(
            "band", frame, "", "group", theme.strokes.group, theme.strokes.group_dash, theme.spacing.radius, "outline"
        )
    ]
    size = theme.sizes.group
    if title:
        baseline = title_box.bottom - 4.0
        title = text.drawable(title)
        width = text.width(title, size, "semibold")
        items.append(Text(title_box.x, baseline, title, size, width, "semibold", "start", "group.title", "group-title"))
    return Group("group", tuple(items), (("id", cluster_id),), title)


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
    for line in text.wrap(figure.title, max(width, 320.0), sizes.title, "semibold") if figure.title else ():
        y += sizes.title * sizes.leading
        wide = text.width(line, sizes.title, "semibold")
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
    caption: list[Item] = []
    for line in text.wrap(figure.caption, widest, sizes.caption) if figure.caption else ():
        if not caption:
            y += spacing.caption_gap - 4
        y += sizes.caption * sizes.leading
        caption.append(
            Text(
                margin,
                y - 4,
                line,
                sizes.caption,
                text.width(line, sizes.caption),
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
