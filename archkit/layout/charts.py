"""Tables, bars, funnels, strips and trees → their sizes, then their places."""

from __future__ import annotations

from math import fsum

from archkit import text
from archkit.blocks import Bar, Cells, Grid, Plot, Rating, Span, Taper, Tick, Tree
from archkit.drawing import Box, Group, Item, Line, Polygon, Shape, Text
from archkit.layout.fitted import Fit, Fitted, across, down, em, part
from archkit.theme import Theme

_INSET = 6.0  # between a text and the ends of the bar around it
_CELL = 1.1


def fit_grid(grid: Grid, theme: Theme, fit: Fit) -> Fitted:
    """Measure a table: columns as wide as their widest cell, rows as high as their highest."""
    unit = em(theme)
    cells = [[fit(cell) if cell is not None else None for cell in row] for row in grid.rows]
    widths = [max((row[c].width for row in cells if row[c]), default=0.0) for c in range(len(grid.columns))]  # type: ignore[union-attr]
    heights = [max((cell.height for cell in row if cell), default=0.0) for row in cells]
    gap, leading = grid.gap * unit, grid.leading * unit
    side = gap / 2 if grid.ruled or grid.marked else 0.0
    width = fsum(widths) + gap * (len(widths) - 1) + 2 * side
    height = fsum(heights) + leading * len(heights)

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        y = box.y
        for number, (row, high) in enumerate(zip(cells, heights, strict=True)):
            band = Box(box.x, y, box.width, high + leading)
            if number in grid.marked:
                items.append(Shape("rect", band, grid.tint, "", 0.0))
            if number and (grid.ruled or (number == grid.heads and grid.leading)):
                head = number == grid.heads
                items.append(Line(((box.x, y), (box.right, y)), "ink" if head else "faint", 1.25 if head else 0.75))
            x = box.x + side
            for cell, wide, align in zip(row, widths, grid.columns, strict=True):
                if cell is not None:
                    room = Box(x, y + leading / 2, wide, high)
                    stand = grid.align if number >= grid.heads else "end"
                    full = wide if align == "stretch" else cell.width
                    tall = high if stand == "stretch" else cell.height
                    items += cell.draw(Box(across(align, room, full), down(stand, room, tall), full, tall))
                x += wide + gap
            y += high + leading
        return items

    return Fitted(width, height, draw)


def fit_rating(rating: Rating, theme: Theme) -> Fitted:
    """Measure discs in a row."""
    side, gap = 0.8 * em(theme), 0.28 * em(theme)

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        y = box.center[1] - side / 2
        for at in range(rating.most):
            disc = Box(box.x + at * (side + gap), y, side, side)
            full = min(1.0, max(0.0, rating.points - at))
            items.append(Shape("circle", disc, "node.fill", rating.tone, 1.0))
            if full:
                core = disc.inset(side / 2 * (1 - full**0.5))  # by area
                items.append(Shape("circle", core, rating.tone, "", 0.0))
        return items

    return Fitted(rating.most * (side + gap) - gap, side, draw)


def fit_cells(cells: Cells, theme: Theme) -> Fitted:
    """Measure a strip of cells."""
    side = _CELL * em(theme)
    count = cells.count + (1 if cells.cut else 0)
    long = count * side

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        for at in range(count):
            x, y = (0.0, at * side) if cells.upright else (at * side, 0.0)
            cell = Box(box.x + x, box.y + y, side, side)
            if cells.cut and at == count // 2:
                for step in (0.25, 0.5, 0.75):
                    cx = cell.x + (0.5 if cells.upright else step) * side
                    cy = cell.y + (step if cells.upright else 0.5) * side
                    items.append(Shape("circle", Box(cx - 1.1, cy - 1.1, 2.2, 2.2), "ink", "", 0.0))
            else:
                items.append(Shape("rect", cell, cells.fill, "ink", 1.0))
        return items

    return Fitted(side if cells.upright else long, long if cells.upright else side, draw)


def fit_taper(taper: Taper, theme: Theme) -> Fitted:
    """Measure a slice of a funnel."""
    width, height = taper.width * em(theme), taper.height * em(theme)

    def draw(box: Box) -> list[Item]:
        x = box.center[0]
        upper, lower = taper.upper * width / 2, taper.lower * width / 2
        corners = ((x - upper, box.y), (x + upper, box.y), (x + lower, box.bottom), (x - lower, box.bottom))
        return [Polygon(corners, taper.fill, "ink", theme.strokes.node)]

    return Fitted(width, height, draw)


def fit_bar(bar: Bar, theme: Theme) -> Fitted:
    """Measure pieces of a line on an axis; a text that does not fit in its piece makes room behind it."""
    unit = em(theme)
    width, height = bar.width * unit, bar.height * unit
    over = max((_end_of_text(span, width, theme) - width for span in bar.spans), default=0.0)

    def draw(box: Box) -> list[Item]:
        items: list[Item] = []
        for span in bar.spans:
            items += _span(span, Box(box.x, box.center[1] - height / 2, width, height), theme)
        return items

    return Fitted(width + max(0.0, over), height, draw)


def _end_of_text(span: Span, width: float, theme: Theme) -> float:
    if not span.text:
        return 0.0
    wide = text.width(span.text, theme.sizes.label, face=theme.face)
    inside = (span.end - span.start) * width >= wide + 2 * _INSET
    return 0.0 if inside else span.end * width + _INSET + wide


def _span(span: Span, axis: Box, theme: Theme) -> list[Item]:
    size = theme.sizes.label
    piece = Box(axis.x + span.start * axis.width, axis.y, max(1.5, (span.end - span.start) * axis.width), axis.height)
    dash = theme.strokes.group_dash if span.dashed else ()
    shape = Shape("rect", piece, span.fill, "ink", theme.strokes.node, dash, 0.0, "outline")
    data = (("id", span.id), ("part", "bar"))
    if not span.text:
        whole: Item = Group("node", (shape,), data) if span.id else shape
        return [whole, *(_cut(piece) if span.cut else ())]
    wide = text.width(span.text, size, face=theme.face)
    inside = piece.width >= wide + 2 * _INSET
    x, anchor = (piece.center[0], "middle") if inside else (piece.right + _INSET, "start")
    baseline = axis.center[1] + (text.ASCENT - text.DESCENT) / 2 * size
    words = Text(x, baseline, span.text, size, wide, "regular", anchor, "ink", "label")  # type: ignore[arg-type]
    drawn: list[Item] = [part(shape, words)] if inside else [shape, words]
    if span.id:
        drawn = [Group("node", (shape, words), data)] if inside else [Group("node", (shape,), data), words]
    return [*drawn, *(_cut(piece) if span.cut else ())]


def _cut(piece: Box) -> list[Item]:
    """Draw a gap with slanted edges in the first third of a bar."""
    x, lean, wide = piece.x + piece.width * 0.2, 3.0, 5.0
    top, bottom = piece.y - 2, piece.bottom + 2
    gap = ((x + lean, top), (x + lean + wide, top), (x - lean + wide, bottom), (x - lean, bottom))
    edges = [Line((gap[0], gap[3]), "ink", 1.0), Line((gap[1], gap[2]), "ink", 1.0)]
    return [Polygon(gap, "paper", "", 0.0), *edges]


def fit_plot(plot: Plot, theme: Theme, fit: Fit) -> Fitted:
    """Measure bars on a common axis with the lines across them."""
    unit = em(theme)
    rows = tuple((label, Bar(spans, plot.width), note) for label, spans, note in plot.rows)
    grid = fit_grid(Grid(rows, ("start", "start", "start"), ruled=False, leading=0.55), theme, fit)
    labels = max((fit(label).width for label, _, _ in rows), default=0.0)
    axis = labels + 1.4 * unit, plot.width * unit
    size = theme.sizes.label
    above = _levels([tick for tick in plot.ticks if tick.bold], axis, theme)
    below = _levels([tick for tick in plot.ticks if not tick.bold], axis, theme)
    line = size * theme.sizes.leading
    head = (len(above) * line + 5) if above else 0.0
    foot = (len(below) * line + 5) if below else 0.0
    reach = [_reach(tick, axis, theme) for tick in plot.ticks]
    left = -min(0.0, *(a for a, _ in reach)) if reach else 0.0
    right = max([grid.width, *(b for _, b in reach)])

    def draw(box: Box) -> list[Item]:
        top, x = box.y + head, box.x + left
        behind: list[Item] = []
        front: list[Item] = []
        for levels, sign in ((above, -1), (below, 1)):
            for level, ticks in enumerate(levels):
                for tick in ticks:
                    at = x + axis[0] + tick.at * axis[1]
                    edge = top - 4 - level * line if sign < 0 else top + grid.height + 4 + (level + 1) * line
                    baseline = edge - (theme.sizes.leading - 1) / 2 * size - text.DESCENT * size
                    start, end = (edge, top + grid.height) if sign < 0 else (top, edge - line)
                    stroke = tick.tone if tick.bold else "faint"
                    rule = Line(((at, start), (at, end)), stroke, 1.75 if tick.bold else 0.75)
                    (front if tick.bold else behind).append(rule)
                    wide = text.width(tick.text, size, face=theme.face)
                    fill = tick.tone if tick.bold else "muted"
                    front.append(Text(at, baseline, tick.text, size, wide, "regular", "middle", fill, "label"))
        return [*behind, *grid.draw(Box(x, top, grid.width, grid.height)), *front]

    return Fitted(left + right, head + grid.height + foot, draw)


def _reach(tick: Tick, axis: tuple[float, float], theme: Theme) -> tuple[float, float]:
    wide, at = text.width(tick.text, theme.sizes.label, face=theme.face), axis[0] + tick.at * axis[1]
    return at - wide / 2, at + wide / 2


def _levels(ticks: list[Tick], axis: tuple[float, float], theme: Theme) -> list[list[Tick]]:
    """Divide ticks into lines, so that the texts of no two on one line touch."""
    levels: list[list[Tick]] = []
    for tick in sorted(ticks, key=lambda tick: tick.at):
        start = _reach(tick, axis, theme)[0]
        free = next((level for level in levels if _reach(level[-1], axis, theme)[1] + 8 <= start), None)
        if free is None:
            levels.append([tick])
        else:
            free.append(tick)
    return levels


def fit_tree(tree: Tree, theme: Theme, fit: Fit) -> Fitted:
    """Measure a tree: the root beside the middle of its branches."""
    unit = em(theme)
    root = fit(tree.root)
    reach, gap = tree.reach * unit, tree.gap * unit
    sides = [[fit(each) for each in branches] for branches in (tree.left, tree.branches)]
    wides = [max((each.width for each in side), default=-reach) + reach for side in sides]
    highs = [fsum(each.height for each in side) + gap * max(0, len(side) - 1) for side in sides]
    height = max(root.height, *highs)

    def draw(box: Box) -> list[Item]:
        middle = box.center[1]
        at = Box(box.x + wides[0], middle - root.height / 2, root.width, root.height)
        lines: list[Item] = []
        items: list[Item] = []
        for side, high, sign in ((sides[0], highs[0], -1), (sides[1], highs[1], 1)):
            y = middle - high / 2
            start = at.x if sign < 0 else at.right
            for each in side:
                x = start + reach if sign > 0 else start - reach - each.width
                items += each.draw(Box(x, y, each.width, each.height))
                end, across_ = start + sign * reach, y + _trunk(each)
                lines.append(_curve(start, middle, end, across_, theme))
                y += each.height + gap
        return [*lines, *root.draw(at), *items]

    return Fitted(wides[0] + root.width + wides[1], height, draw)


def _trunk(fitted: Fitted) -> float:
    """Return where a branch is joined: at its middle."""
    return fitted.height / 2


def _curve(x: float, y: float, end: float, down_: float, theme: Theme) -> Line:
    if abs(y - down_) < 0.5:
        return Line(((x, y), (end, y)), "muted", theme.strokes.node)
    steps = []
    for n in range(9):
        t = n / 8
        ease = t * t * (3 - 2 * t)
        steps.append((x + (end - x) * t, y + (down_ - y) * ease))
    return Line(tuple(steps), "muted", theme.strokes.node, smooth=True)
