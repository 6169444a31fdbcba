"""Rows, columns, stacks and boxes of blocks → their sizes, then their places."""

from __future__ import annotations

from math import fsum

from archkit import text
from archkit.blocks import Block, Boxed, Braced, Column, Flow, Glyph, Link, Number, Overlay, Row, Space
from archkit.drawing import Box, Group, Icon, Item, Line, Shape, Text
from archkit.layout.fitted import Fit, Fitted, across, down, em, part
from archkit.outline import outer_size, safe_area
from archkit.theme import Theme, fill_role

_PAGE = (770.0, 523.0, 0.75)  # points of a page in landscape, and the largest scale that figures are printed at
_MOST_COLUMNS = 4
_SLENDER = 0.9  # width over height below which a page looks like a list
_BRACE = 0.5
_SLANTED = ("diamond", "circle", "ellipse", "cloud")  # outlines whose corners leave no room for text at the top
_LABEL_RISE = 3.0  # pixels between a label and its arrow


def fit_space(space: Space, theme: Theme) -> Fitted:
    """Measure nothing."""
    return Fitted(space.width * em(theme), space.height * em(theme), lambda _: [])


def fit_glyph(glyph: Glyph, theme: Theme) -> Fitted:
    """Measure a line drawing."""
    side = glyph.size * em(theme)

    def draw(box: Box) -> list[Item]:
        at = Box(box.center[0] - side / 2, box.center[1] - side / 2, side, side)
        return [Icon(f"glyph:{glyph.name}", at, glyph.tone)]

    return Fitted(side, side, draw)


def fit_number(number: Number, theme: Theme) -> Fitted:
    """Measure a number in its circle."""
    size = theme.sizes.step
    wide = text.width(str(number.number), size, "semibold", face=theme.face)
    radius = max(wide, size) / 2 + 3.5

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        circle = Shape("circle", Box(x - radius, y - radius, 2 * radius, 2 * radius), "step", "step", 1.0, (), 0.0)
        name = str(number.number)
        words = Text(x, y + size * 0.33, name, size, wide, "semibold", "middle", "step.text", "step")
        return [Group("step", (circle, words), (("step", name),))]

    return Fitted(2 * radius, 2 * radius, draw)


def fit_row(row: Row, theme: Theme, fit: Fit) -> Fitted:
    """Measure blocks side by side."""
    parts = [fit(each) for each in row.parts]
    gap = row.gap * em(theme)
    width = fsum(each.width for each in parts) + gap * max(0, len(parts) - 1)
    height = max((each.height for each in parts), default=0.0)

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        x = box.x
        for each in parts:
            high = box.height if row.align == "stretch" else each.height
            items += each.draw(Box(x, down(row.align, box, high), each.width, high))
            x += each.width + gap
        return items

    return Fitted(width, height, draw)


def fit_column(column: Column, theme: Theme, fit: Fit) -> Fitted:
    """Measure blocks below each other."""
    parts = [fit(each) for each in column.parts]
    gap = column.gap * em(theme)
    width = max((each.width for each in parts), default=0.0)
    height = fsum(each.height for each in parts) + gap * max(0, len(parts) - 1)

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        y = box.y
        for each in parts:
            wide = box.width if column.align == "stretch" else each.width
            items += each.draw(Box(across(column.align, box, wide), y, wide, each.height))
            y += each.height + gap
        return items

    return Fitted(width, height, draw)


def fit_overlay(overlay: Overlay, fit: Fit) -> Fitted:
    """Measure blocks on top of each other."""
    parts = [fit(each) for each in overlay.parts]

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        for each in parts:
            x, y = across("middle", box, each.width), down("middle", box, each.height)
            items += each.draw(Box(x, y, each.width, each.height))
        return items

    return Fitted(max(each.width for each in parts), max(each.height for each in parts), draw)


def fit_flow(flow: Flow, theme: Theme, fit: Fit) -> Fitted:
    """Measure blocks in as many columns as let them be printed large and not as a list."""
    best: Fitted | None = None
    best_scale = 0.0
    heights = [fit(part).height + flow.gap * em(theme) for part in flow.parts]
    for columns in range(1, min(_MOST_COLUMNS, len(flow.parts)) + 1):
        cut = _divided(heights, columns)
        parts = tuple(Column(flow.parts[a:b], flow.gap, "stretch") for a, b in cut)
        fitted = fit_row(Row(parts, flow.gap * 1.4, "start"), theme, fit)
        width, height = max(fitted.width, 1.0), max(fitted.height, 1.0)
        scale = min(_PAGE[0] / width, _PAGE[1] / height, _PAGE[2]) * min(1.0, width / height / _SLENDER) ** 0.5
        if best is None or scale > best_scale * 1.02:
            best, best_scale = fitted, scale
    return best or fit_space(Space(), theme)


def _divided(heights: list[float], columns: int) -> list[tuple[int, int]]:
    """Return the bounds of stretches, as many as there are columns, of which the highest is as low as can be."""
    bound = max(heights)
    while True:
        cuts, total, start = [], 0.0, 0
        for at, height in enumerate(heights):
            if total + height > bound and at > start:
                cuts.append((start, at))
                start, total = at, 0.0
            total += height
        cuts.append((start, len(heights)))
        if len(cuts) <= columns:
            return cuts
        bound *= 1.02


def fit_boxed(boxed: Boxed, theme: Theme, fit: Fit) -> Fitted:
    """Measure a block in its outline."""
    inner = fit(boxed.inner)
    unit = em(theme)
    pad = boxed.padding * unit
    width, height = outer_size(boxed.shape, inner.width + 2 * pad, inner.height + 1.5 * pad, theme.spacing.radius)
    width, height = max(width, boxed.least[0] * unit), max(height, boxed.least[1] * unit)
    fill = boxed.fill or fill_role(boxed.shape)
    strokes = theme.strokes
    dash = strokes.group_dash if boxed.dashed else ()
    stroke = (strokes.node + 0.75 if boxed.bold else strokes.node) if boxed.stroke else 0.0

    def draw(box: Box) -> list[Item]:
        shape = Shape(boxed.shape, box, fill, boxed.stroke, stroke, dash, theme.spacing.radius, "outline")
        room = safe_area(boxed.shape, box, theme.spacing.radius)
        room = Box(room.x + pad, room.y + 0.75 * pad, room.width - 2 * pad, room.height - 1.5 * pad)
        y = room.y if boxed.top and boxed.shape not in _SLANTED else down("middle", room, inner.height)
        wide = room.width if boxed.align == "stretch" else inner.width
        items = inner.draw(Box(across(boxed.align, room, wide), y, wide, inner.height))
        if not boxed.id:
            return [part(shape, *items)]
        return [Group("node", (shape, *items), (("id", boxed.id),))]

    return Fitted(width, height, draw)


def fit_braced(braced: Braced, theme: Theme, fit: Fit) -> Fitted:
    """Measure a block with a bracket along one side."""
    upright = braced.side in ("left", "right")
    brace: Block = Space(_BRACE, 0.0) if upright else Space(0.0, _BRACE)
    parts = (braced.inner, brace, braced.label)
    parts = parts if braced.side in ("right", "bottom") else parts[::-1]
    whole = (
        fit_row(Row(parts, 0.4, "middle"), theme, fit)
        if upright
        else fit_column(Column(parts, 0.3, "middle"), theme, fit)
    )
    inner = fit(braced.inner)

    def draw(box: Box) -> list[Item]:
        items = whole.draw(box)
        unit = em(theme)
        depth = _BRACE * unit
        if upright:
            sign = 1 if braced.side == "right" else -1
            x = (box.x + inner.width if sign > 0 else box.right - inner.width) + sign * 0.4 * unit
            top = box.center[1] - inner.height / 2
            points = (
                (x, top),
                (x + sign * depth, top),
                (x + sign * depth, top + inner.height),
                (x, top + inner.height),
            )
        else:
            sign = 1 if braced.side == "bottom" else -1
            y = (box.y + inner.height if sign > 0 else box.bottom - inner.height) + sign * 0.3 * unit
            left = box.center[0] - inner.width / 2
            points = (
                (left, y),
                (left, y + sign * depth),
                (left + inner.width, y + sign * depth),
                (left + inner.width, y),
            )
        return [*items, Line(points, "muted", theme.strokes.node, (), 3.0)]

    return Fitted(whole.width, whole.height, draw)


def fit_link(link: Link, theme: Theme) -> Fitted:
    """Measure the room for an arrow with its label; the drawn slot says where they are to go."""
    size, least = theme.sizes.label, link.least * em(theme)
    leading = size * theme.sizes.leading
    lines = text.wrap(link.label, 9 * size, size, face=theme.face) if link.label else ()
    wide = max((text.width(line, size, face=theme.face) for line in lines), default=0.0)
    high = len(lines) * leading
    head = theme.spacing.arrow_length + 6.0
    if link.upright:
        width, height = (2 * (wide + 6.0) if lines else 0.0), max(least, high + head)
    else:
        width, height = max(least, wide + head + 6.0), (2 * (high + _LABEL_RISE) if lines else 0.0)

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        y = y - high / 2 - 3.0 if link.upright else y - high - _LABEL_RISE
        items: list[Item] = []
        for at, line in enumerate(lines, 1):
            baseline = y + at * leading - (theme.sizes.leading - 1) / 2 * size - text.DESCENT * size
            place, anchor = (x + 6.0, "start") if link.upright else (x - 3.0, "middle")
            wide = text.width(line, size, face=theme.face)
            items.append(Text(place, baseline, line, size, wide, "regular", anchor, "ink", "label"))  # type: ignore[arg-type]
        data = (("from", link.tail), ("to", link.head), ("kind", link.kind), ("style", link.style))
        return [Group("slot", tuple(items), data)]

    return Fitted(width, height, draw)
