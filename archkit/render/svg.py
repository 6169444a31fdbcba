"""Drawing → self-contained SVG: fonts and pictures inside, accessible, the same bytes every time."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable

from archkit import icons
from archkit.drawing import Box, Drawing, Group, HeadKind, Icon, Item, Line, Point, Polygon, Shape, Text
from archkit.outline import outline
from archkit.outline_kinds import Path
from archkit.render import hand
from archkit.render.escape import escape
from archkit.render.finish import PLAIN, Finish, frame
from archkit.render.images import PLATE
from archkit.render.paths import (
    DOT_RADIUS,
    arrow_points,
    line_path,
    number,
    open_points,
    path_data,
    polygon_data,
    polygon_path,
)
from archkit.render.styles import PREFIX, StyleSheet, base64, colour
from archkit.text import Run, drawable, runs
from archkit.text import width as text_width
from archkit.theme import Theme, counterpart

# What an HTML page around the figure might have set otherwise, and what holds for all lines and texts.
_NEUTRAL = (
    'font-weight="400" font-style="normal" letter-spacing="0" direction="ltr" text-rendering="geometricPrecision" '
    'stroke-linejoin="round"'
)
_ANCHORS = {"start": "", "middle": "text-anchor:middle", "end": "text-anchor:end"}


def svg(drawing: Drawing, theme: Theme, name: str = "", finish: Finish = PLAIN) -> str:
    """Return the text of an SVG file.

    Ids, classes and the font family carry a prefix of their own, so that several figures may stand in one HTML page.

    Args:
        drawing: What to write.
        theme: Gives colour roles their values.
        name: Names the figure among those that may share a page, as ``blueprint/figure``. The prefix is made from it
            and so outlives changes of the drawing; without a name it is made from the content.
        finish: The page that it stands on, its paper and its colour schemes.

    Raises:
        KeyError: The drawing names a colour role or an icon that does not exist, a mistake in a layout.
        ValueError: A coordinate is not a finite number, a mistake in a layout.
    """
    writer = _Writer(theme, counterpart(theme) if finish.adaptive else None)
    body = "\n".join(writer.item(item) for item in drawing.items)
    page = frame(drawing.width, drawing.height, finish.page)
    left, top, width, height = map(number, page.view)
    scheme = f' {PREFIX}-paper" ' if finish.adaptive else '" '
    paper = f'<rect class="paper{scheme}{_sheet(page.view, finish)} fill="{theme.colour("paper")}"/>'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="{PREFIX}" '
        f'class="archkit" width="{number(page.width)}" height="{number(page.height)}" '
        f'viewBox="{left} {top} {width} {height}" role="img" aria-labelledby="{PREFIX}-title {PREFIX}-desc" '
        f'font-family="{writer.styles.family}" {_NEUTRAL}>',
        f'<title id="{PREFIX}-title">{escape(drawing.title)}</title>',
        f'<desc id="{PREFIX}-desc">{escape(drawing.description)}</desc>',
        f"<defs><style>\n{writer.styles.text()}</style>\n{writer.definitions()}</defs>",
        *(() if finish.transparent else (paper,)),
        body,
        "</svg>\n",
    )
    text = "\n".join(parts)
    unique = f"{theme.name}/{name}" if name else text
    if name and finish != PLAIN:
        unique += f"/{finish.page}/{finish.transparent:d}{finish.adaptive:d}"
    return text.replace(PREFIX, f"ak{crc32(unique.encode()):08x}")


def _sheet(view: Box, finish: Finish) -> str:
    """Return where paper is painted: on a page a little over its edges, which rarely are those of whole pixels."""
    if not finish.page:
        return f'width="{number(view.width)}" height="{number(view.height)}"'
    x, y, width, height = map(number, view.inset(-2.0))
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


class _Writer:
    """Writes items, and gathers what they need in the head of the file: style rules, icons, characters."""

    def __init__(self, theme: Theme, other: Theme | None) -> None:
        self._theme = theme
        self._rough = theme.strokes.hand
        self._adaptive = other is not None
        self._icons: dict[str, str] = {}  # icon name → id
        self.styles = StyleSheet(theme, other)

    def item(self, item: Item) -> str:
        """Return the element of one item."""
        match item:
            case Text():
                return self._text(item)
            case Line():
                return self._line(item)
            case Shape():
                return self._shape(item)
            case Group():
                return self._group(item)
            case Icon():
                return self._icon(item)
            case Polygon():
                if self._rough and item.stroke:
                    return self._by_hand([polygon_path(item.points)], item)
                style = self._class(_paint(item.fill, item.stroke, item.stroke_width, item.dash))
                return f'<path class="{style}" d="{polygon_data(item.points)}"/>'

    def definitions(self) -> str:
        """Return the icons in use, each once, on a grid of 24 pixels."""
        return "".join(_definition(name, id, self._theme.dark, self._adaptive) for name, id in self._icons.items())

    def _class(self, *declarations: str) -> str:
        return self.styles.name(*declarations)

    def _group(self, group: Group) -> str:
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in group.data)
        title = f"<title>{escape(group.title)}</title>" if group.title else ""
        return f'<g class="{group.kind}"{data}>{title}{"".join(map(self.item, group.items))}</g>'

    def _shape(self, shape: Shape) -> str:
        box = shape.box
        if self._rough and shape.stroke:
            drawn = outline(shape.kind, box, shape.radius)
            return self._by_hand(drawn.pieces, shape, drawn.details)
        style = self._class(_paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash))
        names = f"{shape.role} {style}" if shape.role else style
        if shape.kind in ("rounded", "band", "rect"):
            radius = 0.0 if shape.kind == "rect" else min(shape.radius, box.width / 2, box.height / 2)
            corner = f' rx="{number(radius)}"' if radius else ""
            return (
                f'<rect class="{names}" x="{number(box.x)}" y="{number(box.y)}" '
                f'width="{number(box.width)}" height="{number(box.height)}"{corner}/>'
            )
        drawn = outline(shape.kind, box, shape.radius)
        elements = [f'<path class="{names}" d="{path_data(piece)}"/>' for piece in drawn.pieces]
        if shape.stroke and drawn.details:
            style = self._class(_paint("", shape.stroke, shape.stroke_width, shape.dash))
            elements += [f'<path class="{style}" d="{path_data(detail)}"/>' for detail in drawn.details]
        return "".join(elements)

    def _by_hand(self, pieces: Iterable[Path], item: Shape | Polygon, details: Iterable[Path] = ()) -> str:
        """Return filled pieces whose borders are drawn by hand: twice, but once where dashes would fill each other."""
        role = item.role if isinstance(item, Shape) else ""
        inside = self._class(_paint(item.fill, "")) if item.fill else ""
        border = self._class(_paint("", item.stroke, item.stroke_width, item.dash), "stroke-linecap:round")
        times = 1 if item.dash else 2
        elements: list[str] = []
        for piece in pieces:
            if inside:
                elements.append(f'<path class="{inside}" d="{path_data(piece)}"/>')
            names = f"{role} {border}" if role else border
            elements.append(f'<path class="{names}" d="{hand.strokes(piece, self._rough, times)}"/>')
        elements += [f'<path class="{border}" d="{hand.strokes(each, self._rough, 1)}"/>' for each in details]
        return "".join(elements)

    def _line(self, line: Line) -> str:
        width = line.stroke_width
        style = self._class(_paint("", line.stroke, width, line.dash), "stroke-linecap:round" if self._rough else "")
        names = f"{line.role} {style}" if line.role else style
        spacing = self._theme.spacing
        # A bolder line needs a larger head to be seen as one.
        length, across = spacing.arrow_length + 2 * (width - 1.25), spacing.arrow_width + 2 * (width - 1.25)
        heads = "".join(
            self._head(kind, tip, before, line, length, across)
            for kind, (before, tip) in (
                (line.tail, line.points[1::-1]),
                (line.head, line.points[-2:]),
            )
        )
        path = line_path(line, length)
        data = hand.strokes(path, self._rough, 1) if self._rough else path_data(path)
        return f'<path class="{names}" d="{data}"/>{heads}'

    def _head(self, kind: HeadKind, tip: Point, before: Point, line: Line, length: float, width: float) -> str:
        if kind == "none":
            return ""
        if kind == "open":
            style = self._class(_paint("", line.stroke, line.stroke_width), "stroke-linecap:round")
            one, middle, two = open_points(tip, before, length, width, line.stroke_width)
            path = Path(one, ((middle,), (two,)), False)
            data = hand.strokes(path, self._rough, 1) if self._rough else path_data(path)
            return f'<path class="head {style}" d="{data}"/>'
        style = self._class(_paint(line.stroke, ""))
        if kind == "dot":
            x, y = map(number, tip)
            return f'<circle class="head {style}" cx="{x}" cy="{y}" r="{number(DOT_RADIUS)}"/>'
        points = arrow_points(tip, before, length, width)
        points = hand.unsteady(points, 0.9 * self._rough) if self._rough else points
        return f'<path class="head {style}" d="{polygon_data(points)}"/>'

    def _text(self, item: Text) -> str:
        text = drawable(item.text)
        parts = runs(text, item.weight, self._theme.face)
        paint = f"fill:{colour(item.fill)}"
        if len(parts) == 1:
            size, weight, family = self.styles.font(parts[0], item.size)
            style = self._class(size, weight, family, _ANCHORS[item.anchor], paint)
            inner, length = escape(text), _length(text, item.width)
        else:
            style = self._class(paint)
            inner, length = self._runs(item, parts), ""
        names = f"{item.role} {style}" if item.role else style
        x, y = number(item.x), number(item.y)
        turn = f' transform="rotate({item.rotate} {x} {y})"' if item.rotate else ""
        # Renderers drop spaces at the ends and all but one elsewhere, which were measured.
        spaced = "  " in text or text != text.strip(" ") or len(parts) > 1
        spaces = ' xml:space="preserve"' if spaced else ""
        return f'<text class="{names}" x="{x}" y="{y}"{turn}{length}{spaces}>{inner}</text>'

    def _runs(self, item: Text, parts: tuple[Run, ...]) -> str:
        """Return the stretches of a text in several fonts, each at its own place.

        Where one follows the other without a place of its own, resvg sets all in the font that has every character.
        """
        at = item.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor] * item.width
        elements: list[str] = []
        for run in parts:
            font = self._class(*self.styles.font(run, item.size))
            width = text_width(run.text, item.size, run.weight, run.face)
            place = f'x="{number(at)}"{_length(run.text, width)}'
            elements.append(f'<tspan class="{font}" {place}>{escape(run.text)}</tspan>')
            at += width
        return "".join(elements)

    def _icon(self, icon: Icon) -> str:
        known = self._icons.setdefault(icon.name, f"{PREFIX}-i{len(self._icons) + 1}")
        box = icon.box
        move = f"translate({number(box.x)} {number(box.y)}) scale({_scale(box.width)})"
        # SVG 2 does without the prefix, but Inkscape 1.2 finds nothing then.
        place = f'xlink:href="#{known}" transform="{move}"'
        if icon.name.startswith("product:"):
            return f'<use class="icon" {place}/>'
        style = self._class(_paint("", icon.stroke, self._theme.strokes.icon), "stroke-linecap:round")
        return f'<use class="icon {style}" {place}/>'


def _paint(fill: str, stroke: str, width: float = 0.0, dash: tuple[float, ...] = ()) -> str:
    inside = f"fill:{colour(fill)}" if fill else "fill:none"
    if not stroke:
        return inside
    dashes = f";stroke-dasharray:{','.join(map(number, dash))}" if dash else ""
    return f"{inside};stroke:{colour(stroke)};stroke-width:{number(width)}{dashes}"


def _length(text: str, width: float) -> str:
    """Return how wide a text is, for programs that set it in another typeface or in whole pixels for each letter."""
    # One sign alone has room in any typeface.
    return f' textLength="{number(width)}" lengthAdjust="spacingAndGlyphs"' if len(text) > 1 and width > 0 else ""


def _scale(width: float) -> str:
    return f"{width / 24:.4f}".rstrip("0").rstrip(".")


def _definition(name: str, id: str, dark: bool, adaptive: bool) -> str:
    kind, _, key = name.partition(":")
    if kind == "glyph":
        return f'<g id="{id}">{icons.glyph(key)}</g>\n'
    picture = icons.product_png(key)
    if picture is None:  # the store of pictures is another package's; the place stays blank
        return f'<g id="{id}"/>\n'
    data = f'xlink:href="data:image/png;base64,{base64(picture)}"'
    if dark or adaptive:  # many pictures are black on nothing
        seen = f' class="{PREFIX}-plate" fill-opacity="{dark:d}"' if adaptive else ""
        plate = f'<rect{seen} width="24" height="24" rx="4" fill="{PLATE}"/>'
        return f'<g id="{id}">{plate}<image x="2" y="2" width="20" height="20" {data}/></g>\n'
    return f'<g id="{id}"><image width="24" height="24" {data}/></g>\n'
