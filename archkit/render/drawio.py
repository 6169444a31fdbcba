"""Drawing → a file of diagrams.net (draw.io): boxes, containers and joined arrows that people go on editing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import fsum, hypot

from archkit.drawing import Box, Drawing, HeadKind, Line, Point, Shape, Text
from archkit.outline import safe_area
from archkit.render.escape import escape
from archkit.render.images import image
from archkit.render.paths import number
from archkit.render.scene import Area, Block, Link, Part, Picture, Stroke, Words, scene, share, walk
from archkit.theme import Theme
from archkit.typefaces import FaceName

# Typefaces that every computer has, and how much smaller they are set so that texts take no more room than they did.
_FACES: Mapping[FaceName, tuple[str, float]] = {"plain": ("Helvetica", 0.9), "hand": ("Comic Sans MS,cursive", 0.82)}
_HEADS: Mapping[HeadKind, str] = {"arrow": "classic", "open": "open", "dot": "oval", "none": "none"}
_ALIGN = {"start": "left", "middle": "center", "end": "right"}
_ROOT = "1"  # the layer that everything lies on

_Style = dict[str, str]


def drawio(drawing: Drawing, theme: Theme, transparent: bool = False) -> str:
    """Return the text of a ``.drawio`` file: one page, uncompressed.

    Args:
        drawing: What to write.
        theme: Gives colour roles their values.
        transparent: Whether nothing is painted behind it.

    Raises:
        KeyError: The drawing names a colour role or an icon that does not exist, a mistake in a layout.
    """
    parts = scene(drawing, theme.sizes.leading)
    writer = _Writer(theme, {part.id: _room(part) for part in walk(parts) if isinstance(part, Block)})
    cells = "\n".join(cell for part in parts for cell in writer.cells(part, _ROOT, (0.0, 0.0)))
    wide, high = round(drawing.width), round(drawing.height)
    paper = "none" if transparent else theme.colour("paper")
    return (
        '<mxfile host="archkit">\n'
        f'<diagram id="figure" name="{escape(drawing.title)}">\n'
        f'<mxGraphModel dx="{wide}" dy="{high}" grid="0" gridSize="10" guides="1" tooltips="1" connect="1" arrows="1" '
        f'fold="1" page="1" pageScale="1" pageWidth="{wide}" pageHeight="{high}" math="0" shadow="0" '
        f'background="{paper}">\n'
        f'<root>\n<mxCell id="0"/>\n<mxCell id="{_ROOT}" parent="0"/>\n{cells}\n</root>\n'
        "</mxGraphModel>\n</diagram>\n</mxfile>\n"
    )


class _Writer:
    def __init__(self, theme: Theme, boxes: Mapping[str, Box]) -> None:
        self._theme, self._boxes = theme, boxes
        self._face, self._scale = _FACES[theme.face]
        self._hand: _Style = {"sketch": "1", "jiggle": "1", "fillStyle": "solid"} if theme.strokes.hand else {}

    def cells(self, part: Part, parent: str, origin: Point) -> Iterator[str]:
        """Yield the cells of a part, whose places count from its parent's upper left corner."""
        match part:
            case Block():
                yield from self._block(part, parent, origin)
            case Link():
                yield from self._link(part)
            case Words():
                style = {"text": "", "strokeColor": "none", "fillColor": "none", "verticalAlign": "middle"}
                style |= {"align": _ALIGN[part.lines[0].anchor], "spacing": "0", **self._type(part.lines[0])}
                style |= {"rotation": "-90"} if part.rotate else {}
                yield _vertex(part.id, self._html(part.lines), style, parent, part.box, origin)
            case Picture():
                yield from self._picture(part, parent, _place(part.box, origin))
            case Stroke():
                yield self._stroke(part, parent, origin)
            case Area():
                yield self._area(part, parent, origin)

    # --- boxes

    def _block(self, block: Block, parent: str, origin: Point) -> Iterator[str]:
        label, shape = block.label, block.shape
        if shape is None:
            style: _Style = {"group": ""}
        else:
            style = {**_outline(shape), **self._paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash)}
            if block.kind == "lane":
                style = self._lane(block, style)
            elif label:
                style |= self._placed(label, block)
        if block.kind in ("lane", "group"):
            style |= {"container": "1", "collapsible": "0", "recursiveResize": "0"}
        elif block.kind not in ("node", "note"):
            style |= {"connectable": "0"}
        text = self._html(label.lines) if label else ""
        data = {"component": block.name, **_tip(block.title)} if block.kind == "node" else {}
        room = _room(block)
        yield _vertex(block.id, text, style, parent, room, origin, data)
        for part in block.parts:
            if isinstance(part, Picture) and block.kind == "node":
                yield from self._picture(part, block.id, _kept(part.box, room), part_of=True)
            else:
                yield from self.cells(part, block.id, room[:2])
        for member in block.members:
            yield from self.cells(member, block.id, room[:2])

    def _lane(self, block: Block, style: _Style) -> _Style:
        """Return the style of a lane: a container whose title reads upwards at its left."""
        label = block.label
        rail = 2 * (label.box.center[0] - block.box.x) if label else 0.0
        lane = {"swimlane": "", "horizontal": "0", "startSize": number(rail), "swimlaneLine": "0", "spacing": "0"}
        return {
            **lane,
            **style,
            "swimlaneFillColor": style["fillColor"],
            **(self._type(label.lines[0]) if label else {}),
        }

    def _placed(self, label: Words, block: Block) -> _Style:
        """Return where a label stands in its box: its lines keep their middle, or their edge, whatever their type."""
        box, anchor = _room(block), label.lines[0].anchor
        style = {"align": _ALIGN[anchor], "spacing": "0", **self._type(label.lines[0])}
        if anchor == "middle":
            off = 2 * (label.box.center[0] - box.center[0])
            style["spacingLeft" if off > 0 else "spacingRight"] = number(abs(off))
        elif anchor == "start":
            style["spacingLeft"] = number(label.box.x - box.x)
        else:
            style["spacingRight"] = number(box.right - label.box.right)
        if block.kind == "group":
            return style | {"verticalAlign": "top", "spacingTop": number(label.box.y - box.y)}
        off = 2 * (label.box.center[1] - box.center[1])
        if block.shape is not None and block.shape.kind == "person":
            off -= 0.8 * min(box.width / 2, box.height / 3)  # the program keeps labels below the head by itself
        return style | {"verticalAlign": "middle", "spacingTop" if off > 0 else "spacingBottom": number(abs(off))}

    def _picture(self, picture: Picture, parent: str, geometry: str, part_of: bool = False) -> Iterator[str]:
        """Yield an icon; one that is part of a box is moved and selected with it."""
        found = image(picture.icon, self._theme)
        if found is None:
            return
        # In styles, which semicolons divide, the word `base64` is left out.
        style = {"shape": "image", "image": f"data:{found.mime},{found.base64}", "imageAspect": "0", "connectable": "0"}
        style |= {"part": "1"} if part_of else {}
        yield _cell(picture.id, "", style, f'vertex="1" parent="{parent}"', geometry)

    # --- lines

    def _link(self, link: Link) -> Iterator[str]:
        line, label = link.line, link.label
        points = line.points
        style = {"edgeStyle": "orthogonalEdgeStyle" if link.is_level else "none", "rounded": "1", **self._line(line)}
        style |= _port("exit", points[0], self._boxes[link.tail]) | _port("entry", points[-1], self._boxes[link.head])
        at, shift, text = "", "", ""
        if label:
            text = self._html(label.lines)
            style |= {"align": _ALIGN[label.lines[0].anchor], "verticalAlign": "middle", **self._type(label.lines[0])}
            style |= {"labelBackgroundColor": "none"}
            at, shift = _at_line(points, _anchored(label))
        ends = f'edge="1" parent="{_ROOT}" source="{link.tail}" target="{link.head}"'
        way = f'<Array as="points">{"".join(map(_point, points[1:-1]))}</Array>' if points[2:] else ""
        geometry = f'<mxGeometry {at}relative="1" as="geometry">{way}{shift}</mxGeometry>'
        yield _cell(link.id, text, style, ends, geometry, _tip(link.title))
        for sign in link.parts:
            at, shift = _at_line(points, sign.box[:2])
            place = f'<mxGeometry {at}{_size(sign.box)} relative="1" as="geometry">{shift}</mxGeometry>'
            yield from self._sign(sign, link.id, place)

    def _sign(self, sign: Block, parent: str, geometry: str) -> Iterator[str]:
        if sign.shape is not None:
            style = {**_outline(sign.shape), "connectable": "0"}
            style |= self._paint(sign.shape.fill, sign.shape.stroke, sign.shape.stroke_width, sign.shape.dash)
            style |= self._placed(sign.label, sign) if sign.label else {}
            text = self._html(sign.label.lines) if sign.label else ""
            yield _cell(sign.id, text, style, f'vertex="1" parent="{parent}"', geometry)

    def _stroke(self, stroke: Stroke, parent: str, origin: Point) -> str:
        line = stroke.line
        style = {"edgeStyle": "none", "rounded": "0" if line.smooth else "1", **self._line(line)}
        style |= {"curved": "1"} if line.smooth else {}
        moved = [(x - origin[0], y - origin[1]) for x, y in line.points]
        way = f'<Array as="points">{"".join(map(_point, moved[1:-1]))}</Array>' if moved[2:] else ""
        ends = _point(moved[0], "sourcePoint") + _point(moved[-1], "targetPoint")
        geometry = f'<mxGeometry relative="1" as="geometry">{ends}{way}</mxGeometry>'
        return _cell(stroke.id, "", style, f'edge="1" parent="{parent}"', geometry)

    def _area(self, area: Area, parent: str, origin: Point) -> str:
        polygon, box = area.polygon, area.box
        corners = ",".join(f"[{_short(x)},{_short(y)}]" for x, y in (share(point, box) for point in polygon.points))
        style = {"shape": "mxgraph.basic.polygon", "polyCoords": f"[{corners}]", "polyline": "0", "connectable": "0"}
        style |= self._paint(polygon.fill, polygon.stroke, polygon.stroke_width, polygon.dash)
        return _vertex(area.id, "", style, parent, box, origin)

    # --- looks

    def _line(self, line: Line) -> _Style:
        style = {"endArrow": _HEADS[line.head], "startArrow": _HEADS[line.tail], "endFill": "1", "startFill": "1"}
        style |= {"endSize": "6", "startSize": "4", "arcSize": number(2 * line.corner)}
        return style | self._paint("", line.stroke, line.stroke_width, line.dash)

    def _paint(self, fill: str, stroke: str, width: float, dash: tuple[float, ...]) -> _Style:
        style = {"fillColor": self._theme.colour(fill) if fill else "none"}
        style["strokeColor"] = self._theme.colour(stroke) if stroke else "none"
        style |= {"strokeWidth": number(width)} if stroke else {}
        style |= {"dashed": "1", "dashPattern": " ".join(map(number, dash)), "fixDash": "1"} if dash else {}
        return style | self._hand

    def _type(self, text: Text) -> _Style:
        size, colour = number(round(text.size * self._scale, 1)), self._theme.colour(text.fill)
        bold = {"regular": "0", "semibold": "1", "italic": "2"}[text.weight]
        return {"fontFamily": self._face, "fontSize": size, "fontColor": colour, "fontStyle": bold}

    def _html(self, lines: Sequence[Text]) -> str:
        """Return a label as HTML: the first line has the type of its cell, others say where theirs differs."""
        first, told = lines[0], []
        for line in lines:
            words, style = escape(line.text), []
            if line.weight != first.weight:
                style.append(f"font-weight:{'bold' if line.weight == 'semibold' else 'normal'}")
                style.append(f"font-style:{'italic' if line.weight == 'italic' else 'normal'}")
            if line.size != first.size:
                style.append(f"font-size:{number(round(line.size * self._scale, 1))}px")
            if line.fill != first.fill:
                style.append(f"color:{self._theme.colour(line.fill)}")
            told.append(f'<span style="{";".join(style)}">{words}</span>' if style else words)
        return "<br>".join(told)


def _room(block: Block) -> Box:
    """Return the box of an outline; a cloud of diagrams.net stays off its box by as much as it is larger here."""
    x, y, wide, high = block.box
    if block.shape is None or block.shape.kind != "cloud":
        return block.box
    return Box(x - 0.08 * wide, y - 0.1 * high, 1.14 * wide, 1.16 * high)


def _outline(shape: Shape) -> _Style:
    """Return the style of an outline as diagrams.net knows it, with the same lid, fold or slant."""
    box = shape.box
    room = safe_area(shape.kind, box, 0.0)
    above, right = number(room.y - box.y), box.right - room.right
    match shape.kind:
        case "cylinder":
            return {"shape": "cylinder3", "size": number((room.y - box.y) / 2), "boundedLbl": "0"}
        case "queue":
            lid = {"shape": "cylinder3", "size": number(right / 2), "boundedLbl": "0"}
            return {**lid, "direction": "south", "anchorPointDirection": "0"}  # it is turned, its arrows are not
        case "cloud":
            return {"ellipse": "", "shape": "cloud"}
        case "person":
            return {"shape": "mxgraph.c4.person"}
        case "diamond":
            slant = number(room.x - box.x)
            return {"shape": "hexagon", "perimeter": "hexagonPerimeter2", "fixedSize": "1", "size": slant}
        case "document":
            return {"shape": "note", "size": above, "backgroundOutline": "1", "darkOpacity": "0"}
        case "stack":
            return {"shape": "mxgraph.basic.layered_rect", "dx": above, "flipV": "1"}
        case "circle" | "ellipse":
            return {"ellipse": ""}
        case "rect":
            return {"rounded": "0"}
        case "rounded" | "band":
            return {"rounded": "1", "absoluteArcSize": "1", "arcSize": number(2 * shape.radius)}


# --- geometry ---------------------------------------------------------------------------------------------------------


def _port(end: str, point: Point, box: Box) -> _Style:
    """Return where an arrow meets a box: as shares of its sides, so that it stays there when the box is resized."""
    x, y = share(point, box)
    return {f"{end}X": _short(x), f"{end}Y": _short(y), f"{end}Dx": "0", f"{end}Dy": "0", f"{end}Perimeter": "0"}


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _anchored(label: Words) -> Point:
    """Return the point of a label that stays where it is, however wide its letters are: in the middle of its height."""
    x = {"start": label.box.x, "middle": label.box.center[0], "end": label.box.right}[label.lines[0].anchor]
    return x, label.box.center[1]


def _at_line(points: Sequence[Point], point: Point) -> tuple[str, str]:
    """Return where along a line a point is nearest, and how far it is from there, as parts of a geometry.

    Along the line, diagrams.net counts from -1 at its start to 1 at its end.
    """
    whole = fsum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    best, behind = (float("inf"), 0.0, points[0]), 0.0
    for a, b in pairwise(points):
        dx, dy = b[0] - a[0], b[1] - a[1]
        size = hypot(dx, dy)
        share = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / size**2))
        at = a[0] + share * dx, a[1] + share * dy
        best = min(best, (hypot(point[0] - at[0], point[1] - at[1]), behind + share * size, at))
        behind += size
    _, way, at = best
    return f'x="{_short(2 * way / whole - 1)}" ', _point((point[0] - at[0], point[1] - at[1]), "offset")


def _point(point: Point, use: str = "") -> str:
    used = f' as="{use}"' if use else ""
    return f'<mxPoint x="{number(point[0])}" y="{number(point[1])}"{used}/>'


def _place(box: Box, origin: Point) -> str:
    x, y = number(box.x - origin[0]), number(box.y - origin[1])
    return f'<mxGeometry x="{x}" y="{y}" {_size(box)} as="geometry"/>'


def _size(box: Box) -> str:
    return f'width="{number(box.width)}" height="{number(box.height)}"'


def _kept(box: Box, around: Box) -> str:
    """Return the place of an icon that keeps its distance from the middle of its box when that is resized."""
    off = _point((box.x - around.center[0], box.y - around.center[1]), "offset")
    return f'<mxGeometry x="0.5" y="0.5" {_size(box)} relative="1" as="geometry">{off}</mxGeometry>'


# --- cells ------------------------------------------------------------------------------------------------------------


def _tip(words: str) -> dict[str, str]:
    """Return what a pointer on a cell shows; as HTML, like its label."""
    return {"tooltip": escape(words)} if words else {}


def _vertex(
    id_: str, label: str, style: _Style, parent: str, box: Box, origin: Point, data: Mapping[str, str] | None = None
) -> str:
    return _cell(id_, label, style, f'vertex="1" parent="{parent}"', _place(box, origin), data or {})


def _cell(id_: str, label: str, style: _Style, links: str, geometry: str, data: Mapping[str, str] | None = None) -> str:
    """Return a cell; where it carries data, in an object that holds them and its label."""
    entries = [f"{key}={value}" if value else key for key, value in {**style, "html": "1"}.items()]
    look = f'style="{escape(";".join(entries))};"'
    told = {key: value for key, value in (data or {}).items() if value}
    if not told:
        return f'<mxCell id="{id_}" value="{escape(label)}" {look} {links}>{geometry}</mxCell>'
    more = "".join(f' {key}="{escape(value)}"' for key, value in told.items())
    return f'<object id="{id_}" label="{escape(label)}"{more}><mxCell {look} {links}>{geometry}</mxCell></object>'
