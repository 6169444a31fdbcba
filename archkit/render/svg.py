"""Drawing → self-contained SVG: fonts and pictures inside, accessible, the same bytes every time."""

from __future__ import annotations

from binascii import b2a_base64, crc32

from archkit import icons
from archkit.drawing import Drawing, Group, HeadKind, Icon, Item, Line, Point, Polygon, Shape, Text, Weight
from archkit.outline import outline
from archkit.render.escape import escape
from archkit.render.paths import DOT_RADIUS, arrow_data, line_data, number, open_data, path_data, polygon_data
from archkit.text import FAMILY, cut_for, drawable, subset
from archkit.theme import Theme

# Stands for the prefix of ids and classes while they are written; no text of a user contains it, escaping removes it.
_PREFIX = "\x01"
# What an HTML page around the figure might have set otherwise, and what holds for all lines and texts.
_NEUTRAL = (
    'font-weight="400" font-style="normal" letter-spacing="0" direction="ltr" text-rendering="geometricPrecision" '
    'stroke-linejoin="round"'
)
_WEIGHTS: dict[Weight, str] = {"regular": "", "semibold": "font-weight:600", "italic": "font-style:italic"}
_FACES: dict[Weight, str] = {
    "regular": "font-weight:400;font-style:normal",
    "semibold": "font-weight:600;font-style:normal",
    "italic": "font-weight:400;font-style:italic",
}
_PLATE = "#f4f5f7"  # behind a product's picture on dark ground
_ANCHORS = {"start": "", "middle": "text-anchor:middle", "end": "text-anchor:end"}


def svg(drawing: Drawing, theme: Theme, name: str = "") -> str:
    """Return the text of an SVG file.

    Ids, classes and the font family carry a prefix of their own, so that several figures may stand in one HTML page.

    Args:
        drawing: What to write.
        theme: Gives colour roles their values.
        name: Names the figure among those that may share a page, as ``blueprint/figure``. The prefix is made from it
            and so outlives changes of the drawing; without a name it is made from the content.

    Raises:
        KeyError: The drawing names a colour role or an icon that does not exist, a mistake in a layout.
        ValueError: A coordinate is not a finite number, a mistake in a layout.
    """
    writer = _Writer(theme)
    body = "\n".join(writer.item(item) for item in drawing.items)
    width, height = number(drawing.width), number(drawing.height)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{_PREFIX}" class="archkit" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="{_PREFIX}-title {_PREFIX}-desc" '
        f"font-family=\"{_PREFIX},'{FAMILY}',sans-serif\" {_NEUTRAL}>",
        f'<title id="{_PREFIX}-title">{escape(drawing.title)}</title>',
        f'<desc id="{_PREFIX}-desc">{escape(drawing.description)}</desc>',
        f"<defs><style>\n{writer.style_sheet()}</style>\n{writer.definitions()}</defs>",
        f'<rect class="paper" width="{width}" height="{height}" fill="{theme.colour("paper")}"/>',
        body,
        "</svg>\n",
    )
    text = "\n".join(parts)
    unique = f"{theme.name}/{name}" if name else text
    return text.replace(_PREFIX, f"ak{crc32(unique.encode()):08x}")


class _Writer:
    """Writes items, and gathers what they need in the head of the file: style rules, icons, characters."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._rules: dict[str, str] = {}  # declarations → class
        self._icons: dict[str, str] = {}  # icon name → id
        self._characters: dict[Weight, set[str]] = {"regular": set(), "semibold": set(), "italic": set()}

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
                style = self._class(self._paint(item.fill, item.stroke, item.stroke_width, item.dash))
                return f'<path class="{style}" d="{polygon_data(item.points)}"/>'

    def style_sheet(self) -> str:
        """Return the rules of the classes in use and the embedded fonts."""
        faces = (
            f"@font-face{{font-family:{_PREFIX};{_FACES[weight]};"
            f"src:url(data:font/ttf;base64,{_base64(subset(frozenset(characters), weight))})}}\n"
            for weight, characters in self._characters.items()
            if characters
        )
        rules = (f".{name}{{{declarations}}}\n" for declarations, name in self._rules.items())
        return "".join((*faces, *rules))

    def definitions(self) -> str:
        """Return the icons in use, each once, on a grid of 24 pixels."""
        return "".join(_definition(name, id, self._theme.dark) for name, id in self._icons.items())

    def _class(self, *declarations: str) -> str:
        joined = ";".join(filter(None, declarations))
        return self._rules.setdefault(joined, f"{_PREFIX}-{len(self._rules) + 1}")

    def _paint(self, fill: str, stroke: str, width: float = 0.0, dash: tuple[float, ...] = ()) -> str:
        colour = self._theme.colour
        inside = f"fill:{colour(fill)}" if fill else "fill:none"
        if not stroke:
            return inside
        dashes = f";stroke-dasharray:{','.join(map(number, dash))}" if dash else ""
        return f"{inside};stroke:{colour(stroke)};stroke-width:{number(width)}{dashes}"

    def _group(self, group: Group) -> str:
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in group.data)
        title = f"<title>{escape(group.title)}</title>" if group.title else ""
        return f'<g class="{group.kind}"{data}>{title}{"".join(map(self.item, group.items))}</g>'

    def _shape(self, shape: Shape) -> str:
        style = self._class(self._paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash))
        names = f"{shape.role} {style}" if shape.role else style
        box = shape.box
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
            style = self._class(self._paint("", shape.stroke, shape.stroke_width, shape.dash))
            elements += [f'<path class="{style}" d="{path_data(detail)}"/>' for detail in drawn.details]
        return "".join(elements)

    def _line(self, line: Line) -> str:
        width = line.stroke_width
        style = self._class(self._paint("", line.stroke, width, line.dash))
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
        return f'<path class="{names}" d="{line_data(line, length)}"/>{heads}'

    def _head(self, kind: HeadKind, tip: Point, before: Point, line: Line, length: float, width: float) -> str:
        if kind == "none":
            return ""
        if kind == "open":
            style = self._class(self._paint("", line.stroke, line.stroke_width), "stroke-linecap:round")
            return f'<path class="head {style}" d="{open_data(tip, before, length, width, line.stroke_width)}"/>'
        style = self._class(self._paint(line.stroke, ""))
        if kind == "dot":
            x, y = map(number, tip)
            return f'<circle class="head {style}" cx="{x}" cy="{y}" r="{number(DOT_RADIUS)}"/>'
        return f'<path class="head {style}" d="{arrow_data(tip, before, length, width)}"/>'

    def _text(self, item: Text) -> str:
        text = drawable(item.text)
        weight = cut_for(text, item.weight)
        self._characters[weight].update(text)
        style = self._class(
            f"font-size:{number(item.size)}px",
            _WEIGHTS[weight],
            _ANCHORS[item.anchor],
            f"fill:{self._theme.colour(item.fill)}",
        )
        names = f"{item.role} {style}" if item.role else style
        x, y = number(item.x), number(item.y)
        turn = f' transform="rotate({item.rotate} {x} {y})"' if item.rotate else ""
        # Renderers drop spaces at the ends and all but one elsewhere, which were measured.
        spaces = ' xml:space="preserve"' if "  " in text or text != text.strip(" ") else ""
        return f'<text class="{names}" x="{x}" y="{y}"{turn}{spaces}>{escape(text)}</text>'

    def _icon(self, icon: Icon) -> str:
        known = self._icons.setdefault(icon.name, f"{_PREFIX}-i{len(self._icons) + 1}")
        box = icon.box
        place = f'href="#{known}" transform="translate({number(box.x)} {number(box.y)}) scale({_scale(box.width)})"'
        if icon.name.startswith("product:"):
            return f'<use class="icon" {place}/>'
        style = self._class(self._paint("", icon.stroke, self._theme.strokes.icon), "stroke-linecap:round")
        return f'<use class="icon {style}" {place}/>'


def _scale(width: float) -> str:
    return f"{width / 24:.4f}".rstrip("0").rstrip(".")


def _definition(name: str, id: str, dark: bool) -> str:
    kind, _, key = name.partition(":")
    if kind == "glyph":
        return f'<g id="{id}">{icons.glyph(key)}</g>\n'
    picture = icons.product_png(key)
    if picture is None:  # the store of pictures is another package's; the place stays blank
        return f'<g id="{id}"/>\n'
    data = f'href="data:image/png;base64,{_base64(picture)}"'
    if dark:  # many pictures are black on nothing
        plate = f'<rect width="24" height="24" rx="4" fill="{_PLATE}"/>'
        return f'<g id="{id}">{plate}<image x="2" y="2" width="20" height="20" {data}/></g>\n'
    return f'<g id="{id}"><image width="24" height="24" {data}/></g>\n'


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")
