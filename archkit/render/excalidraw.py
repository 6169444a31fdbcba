"""Drawing → a file of Excalidraw: shapes with bound texts and arrows that people go on editing."""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha1
from math import fsum
from typing import Any

from archkit.drawing import Box, Drawing, HeadKind, Line, Point, Shape
from archkit.outline import outline
from archkit.outline_kinds import Path
from archkit.render.escape import plain
from archkit.render.images import image
from archkit.render.paths import line_path, rhythm
from archkit.render.scene import Area, Block, Link, Part, Picture, Stroke, Words, scene, share, walk
from archkit.theme import Theme
from archkit.typefaces import FaceName

# Number of a typeface (Helvetica, Excalifont), how much smaller it is set so that texts take no more room than they
# did, and its line height.
_FACES: Mapping[FaceName, tuple[int, float, float]] = {"plain": (2, 0.9, 1.15), "hand": (5, 0.82, 1.25)}
# Its dots are larger than what leaders begin with here.
_HEADS: Mapping[HeadKind, str | None] = {"arrow": "triangle", "open": "arrow", "dot": None, "none": None}
_ALIGN = {"start": "left", "middle": "center", "end": "right"}
_NATIVE = {"rounded": "rectangle", "band": "rectangle", "rect": "rectangle", "circle": "ellipse", "ellipse": "ellipse"}
_CLEAR = "transparent"
_UPWARDS = 4.71238898  # radians clockwise: a text that reads upwards
_PIECES = 4  # straight pieces for one curved piece: enough for the bends drawn here, few enough to move by hand

_Element = dict[str, Any]


def excalidraw(drawing: Drawing, theme: Theme, transparent: bool = False) -> str:
    """Return the text of an ``.excalidraw`` file, version 2.

    Args:
        drawing: What to write.
        theme: Gives colour roles their values.
        transparent: Whether nothing is painted behind it.

    Raises:
        KeyError: The drawing names a colour role or an icon that does not exist, a mistake in a layout.
    """
    parts = scene(drawing, theme.sizes.leading)
    writer = _Writer(theme, parts)
    elements = [element for part in parts for element in writer.elements(part, ())]
    return (
        json.dumps(
            {
                "type": "excalidraw",
                "version": 2,
                "source": "archkit",
                "elements": elements,
                "appState": {
                    "name": plain(drawing.title),
                    "gridSize": 20,
                    "gridModeEnabled": False,
                    "viewBackgroundColor": _CLEAR if transparent else theme.colour("paper"),
                },
                "files": writer.files,
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


class _Writer:
    def __init__(self, theme: Theme, parts: Sequence[Part]) -> None:
        self._theme = theme
        self._family, self._scale, self._leading = _FACES[theme.face]
        self.files: dict[str, _Element] = {}
        self._boxes: dict[str, Box] = {}
        self._bound: dict[str, list[str]] = {}  # id of a block → ids of the arrows at it
        for part in walk(parts):
            if isinstance(part, Block):
                self._boxes[part.id] = part.box
            elif isinstance(part, Link):
                for end in dict.fromkeys((part.tail, part.head)):
                    self._bound.setdefault(end, []).append(part.id)

    def elements(self, part: Part, groups: tuple[str, ...]) -> Iterator[_Element]:
        """Yield the elements of a part.

        Args:
            part: What to write.
            groups: Ids of the groups that it belongs to, the innermost first.
        """
        match part:
            case Block():
                yield from self._block(part, groups)
            case Link():
                yield from self._link(part)
            case Words():
                yield self._text(part, groups)
            case Picture():
                yield from self._picture(part, groups)
            case Stroke(line=line):
                points = _flat(line_path(line, 0.0)) if line.smooth else line.points
                yield self._linear(
                    part.id, "line" if line.head == line.tail == "none" else "arrow", points, line, groups
                )
            case Area(polygon=polygon):
                look = self._paint(polygon.fill, polygon.stroke, polygon.stroke_width, polygon.dash)
                yield self._closed(part.id, polygon.points, look, groups)

    # --- boxes

    def _block(self, block: Block, groups: tuple[str, ...]) -> Iterator[_Element]:
        """Yield a box: outline, text, decoration as one group, and what it holds for itself."""
        shape = block.shape
        several = len(block.parts) + (block.label is not None) + (shape is not None and shape.kind not in _NATIVE) > 1
        if block.kind in ("lane", "group"):
            several = bool(block.parts or block.label)
        inner = (f"g{block.id}", *groups) if several or not shape else groups
        if shape is not None:
            yield from self._outlined(block, shape, inner)
        for part in block.parts:
            yield from self.elements(part, inner)
        for member in block.members:
            yield from self.elements(member, groups)

    def _outlined(self, block: Block, shape: Shape, groups: tuple[str, ...]) -> Iterator[_Element]:
        look = self._paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash)
        native = _NATIVE.get(shape.kind)
        if native is None:
            # What Excalidraw has no shape for is drawn, and an unseen rectangle over it holds text and arrows.
            yield from self._drawn(block.id, shape, look, groups)
            look = self._paint("", "", 1.0, ())
        bound = [{"id": id_, "type": "arrow"} for id_ in self._bound.get(block.id, ())]
        label = block.label
        inside = label is not None and not label.rotate and block.kind not in ("lane", "group")
        if inside and label:
            bound.append({"id": label.id, "type": "text"})
        round_ = (
            {"type": 3, "value": round(shape.radius)} if shape.kind in ("rounded", "band") and shape.radius else None
        )
        data = {"customData": {"component": plain(block.name)}} if block.kind == "node" and block.name else {}
        yield (
            self._element(block.id, native or "rectangle", shape.box, look, groups, bound)
            | {"roundness": round_}
            | data
        )
        if label:
            yield self._text(label, groups, block if inside else None)

    def _drawn(self, id_: str, shape: Shape, look: _Element, groups: tuple[str, ...]) -> Iterator[_Element]:
        drawn = outline(shape.kind, shape.box, shape.radius)
        for number, piece in enumerate(drawn.pieces, 1):
            yield self._closed(f"{id_}o{number}", _flat(piece), look, groups)
        for number, detail in enumerate(drawn.details, 1):
            line = Line(_flat(detail), shape.stroke, shape.stroke_width)
            yield self._linear(f"{id_}d{number}", "line", line.points, line, groups)

    def _picture(self, picture: Picture, groups: tuple[str, ...]) -> Iterator[_Element]:
        found = image(picture.icon, self._theme)
        if found is None:
            return
        key = sha1(found.data, usedforsecurity=False).hexdigest()
        self.files[key] = {
            "mimeType": found.mime,
            "id": key,
            "dataURL": f"data:{found.mime};base64,{found.base64}",
            "created": 1,
        }
        look = self._paint("", "", 1.0, ())
        more = {"fileId": key, "status": "saved", "scale": [1, 1], "crop": None}
        yield self._element(picture.id, "image", picture.box, look, groups) | more

    def _text(self, words: Words, groups: tuple[str, ...], holder: Block | None = None) -> _Element:
        """Return a text; in one style, since Excalidraw knows no other."""
        first = words.lines[0]
        text = "\n".join(plain(line.text) for line in words.lines)
        size = round(min(line.size for line in words.lines) * self._scale, 1)
        high = size * self._leading * len(words.lines)
        box = words.box
        room = Box(box.x, box.center[1] - high / 2, box.width, high)
        look = self._paint("", first.fill, 1.0, ())
        upright = "middle"
        if holder is not None and holder.label is not None:
            upright = "bottom" if any(isinstance(part, Picture) for part in holder.parts) else "middle"
        return self._element(words.id, "text", room, look, groups) | {
            "angle": _UPWARDS if words.rotate else 0,
            "text": text,
            "originalText": text,
            "fontSize": size,
            "fontFamily": self._family,
            "textAlign": _ALIGN[first.anchor],
            "verticalAlign": upright if holder else "top",
            "containerId": holder.id if holder else None,
            "autoResize": True,
            "lineHeight": self._leading,
        }

    # --- lines

    def _link(self, link: Link) -> Iterator[_Element]:
        line = link.line
        groups = (f"g{link.id}",) if link.label or link.parts else ()
        yield self._linear(link.id, "arrow", line.points, line, groups) | {
            "startBinding": self._binding(link.tail, line.points[0]),
            "endBinding": self._binding(link.head, line.points[-1]),
            "elbowed": link.is_level,
            **({"fixedSegments": None, "startIsSpecial": None, "endIsSpecial": None} if link.is_level else {}),
        }
        if link.label:
            yield self._text(link.label, groups)
        for part in link.parts:
            yield from self.elements(part, groups)

    def _binding(self, block: str, point: Point) -> _Element:
        """Return what keeps the end of an arrow where it is on a box, as shares of its width and height."""
        x, y = share(point, self._boxes[block])
        return {"elementId": block, "focus": 0, "gap": 1, "fixedPoint": [round(x, 4), round(y, 4)]}

    def _linear(self, id_: str, kind: str, points: Sequence[Point], line: Line, groups: tuple[str, ...]) -> _Element:
        look = self._paint("", line.stroke, line.stroke_width, line.dash)
        heads = {"startArrowhead": _HEADS[line.tail], "endArrowhead": _HEADS[line.head]}
        ends = {"lastCommittedPoint": None, "startBinding": None, "endBinding": None}
        arrow = {"elbowed": False} if kind == "arrow" else {}
        return self._element(id_, kind, _spanned(points), look, groups) | _relative(points) | heads | ends | arrow

    def _closed(self, id_: str, points: Sequence[Point], look: _Element, groups: tuple[str, ...]) -> _Element:
        around = points if points[0] == points[-1] else (*points, points[0])
        ends = {"lastCommittedPoint": None, "startBinding": None, "endBinding": None}
        heads = {"startArrowhead": None, "endArrowhead": None}
        shape = self._element(id_, "line", _spanned(around), look, groups)
        return shape | _relative(around) | ends | heads | {"polygon": True}

    # --- looks

    def _paint(self, fill: str, stroke: str, width: float, dash: tuple[float, ...]) -> _Element:
        return {
            "strokeColor": self._theme.colour(stroke) if stroke else _CLEAR,
            "backgroundColor": self._theme.colour(fill) if fill else _CLEAR,
            "strokeWidth": round(width, 2) or 1,
            "strokeStyle": rhythm(dash),
        }

    def _element(
        self,
        id_: str,
        kind: str,
        box: Box,
        look: _Element,
        groups: tuple[str, ...],
        bound: Sequence[_Element] = (),
    ) -> _Element:
        seed = crc32(id_.encode()) & 0x7FFFFFFF
        return {
            "id": id_,
            "type": kind,
            "x": round(box.x, 2),
            "y": round(box.y, 2),
            "width": round(box.width, 2),
            "height": round(box.height, 2),
            "angle": 0,
            **look,
            "fillStyle": "solid",
            "roughness": 1 if self._theme.strokes.hand else 0,
            "opacity": 100,
            "groupIds": list(groups),
            "frameId": None,
            "roundness": None,
            "seed": seed,
            "version": 1,
            "versionNonce": seed,
            "isDeleted": False,
            "boundElements": list(bound),
            "updated": 1,
            "link": None,
            "locked": False,
        }


def _spanned(points: Sequence[Point]) -> Box:
    """Return the box of a line as Excalidraw counts it: from its first point, as large as what it spans."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(*points[0], max(xs) - min(xs), max(ys) - min(ys))


def _relative(points: Sequence[Point]) -> _Element:
    x, y = points[0]
    return {"points": [[round(at - x, 2), round(down - y, 2)] for at, down in points]}


def _flat(path: Path) -> tuple[Point, ...]:
    """Return points along a path of straight and curved pieces."""
    points = [path.start]
    for step in path.steps:
        if len(step) == 3:
            first, second, end = step
            start = points[-1]
            for n in range(1, _PIECES):
                t, u = n / _PIECES, 1 - n / _PIECES
                shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                parts = (start, first, second, end)
                points.append(
                    (
                        fsum(share * part[0] for share, part in zip(shares, parts, strict=True)),
                        fsum(share * part[1] for share, part in zip(shares, parts, strict=True)),
                    )
                )
        points.append(step[-1])
    return tuple(points)
