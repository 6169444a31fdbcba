"""Files of drawing programs against the drawings that they were made from: what is missing, moved or joined wrongly."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections import Counter
from html import unescape
from typing import Any, NamedTuple
from xml.etree import ElementTree

from archkit.drawing import Box, Drawing, Group, Icon, Line, Point, Polygon, Shape, Text
from archkit.render.escape import plain

NEAR = 0.06  # pixels: places are written with two decimals
FAR = 0.25  # pixels, of the ends of arrows: they are written as shares of a box, with four decimals


class Drawn(NamedTuple):
    """What a drawing holds."""

    boxes: dict[str, Box]  # named boxes and notes
    wires: list[tuple[str, str, tuple[Point, ...]]]  # arrows and leaders between them
    lines: Counter[str]  # of text
    icons: int
    polygons: int
    free: int  # lines that join nothing


def drawn(drawing: Drawing) -> Drawn:
    """Gather what a drawing holds."""
    boxes: dict[str, Box] = {}
    lines: Counter[str] = Counter()
    edges: list[Group] = []
    icons = polygons = free = 0
    for item, around in drawing.walk():
        inside = any(group.kind in ("edge", "leader") for group in around)
        if isinstance(item, Group) and item.kind in ("node", "note"):
            outline = next(part for part in item.items if isinstance(part, Shape) and part.role == "outline")
            boxes[plain(item.get("id"))] = outline.box
        elif isinstance(item, Group) and item.kind in ("edge", "leader"):
            edges.append(item)
        elif isinstance(item, Text):
            lines[plain(item.text)] += bool(plain(item.text).strip())
        elif isinstance(item, Icon):
            icons += 1
        elif isinstance(item, Polygon):
            polygons += 1
        elif isinstance(item, Line) and not (inside and item.role):
            free += 1
    wires = []
    for edge in edges:
        line = next(part for part in edge.items if isinstance(part, Line) and part.role)
        wires.append((edge.get("from"), edge.get("to"), line.points))
    return Drawn(boxes, wires, lines, icons, polygons, free)


def apart(a: tuple[float, ...], b: tuple[float, ...], most: float) -> bool:
    return any(abs(x - y) > most for x, y in zip(a, b, strict=True))


# --- diagrams.net -----------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """A cell of diagrams.net with the data of the object around it."""

    id: str
    label: str
    data: dict[str, str]
    style: dict[str, str]
    xml: Any

    @property
    def geometry(self) -> Any:
        return self.xml.find("mxGeometry")

    @property
    def said(self) -> list[str]:
        """Lines of the label, without their looks."""
        return [unescape(re.sub(r"<[^>]*>", "", line)) for line in self.label.split("<br>")] if self.label else []


def cells(text: str) -> list[Cell]:
    """Return the cells of a file, which is one page."""
    root = ElementTree.fromstring(text)
    assert root.tag == "mxfile" and [page.tag for page in root] == ["diagram"]
    found = []
    for each in root[0][0].find("root"):
        cell = each if each.tag == "mxCell" else each.find("mxCell")
        label = each.get("value") or each.get("label") or ""
        style = dict(part.partition("=")[::2] for part in (cell.get("style") or "").split(";") if part)
        found.append(Cell(each.get("id"), label, dict(each.attrib), style, cell))
    return found


def drawio_flaws(drawing: Drawing, text: str) -> list[str]:
    """Return what is wrong with a file of diagrams.net."""
    want, all_cells = drawn(drawing), cells(text)
    by_id = {cell.id: cell for cell in all_cells}
    flaws = [] if len(by_id) == len(all_cells) else ["ids are not unique"]
    body = [cell for cell in all_cells if cell.id not in ("0", "1")]
    flaws += [f"{cell.id} has no parent" for cell in body if cell.xml.get("parent") not in by_id]
    flaws += [f"{cell.id} has no place" for cell in body if cell.geometry is None]
    flaws += [f"{cell.id} is no box and no arrow" for cell in body if cell.xml.get("vertex") == cell.xml.get("edge")]
    if flaws:
        return flaws
    named = {cell.data["component"]: cell for cell in body if "component" in cell.data}
    flaws += _compare("lines of text", Counter(line for cell in body for line in cell.said if line.strip()), want.lines)
    joined = [cell for cell in body if cell.xml.get("source") or cell.xml.get("target")]
    for cell in joined:
        for end in ("source", "target"):
            other = by_id.get(cell.xml.get(end))
            if other is None or other.xml.get("vertex") != "1":
                flaws.append(f"{cell.id} has no {end}")
    if flaws:
        return flaws
    images = [cell for cell in body if "image" in cell.style]
    flaws += _count("icons", len(images), want.icons)
    for cell in images:
        kind, _, data = cell.style["image"].partition(",")
        if kind not in ("data:image/png", "data:image/svg+xml") or not b64decode(data, validate=True):
            flaws.append(f"{cell.id} is no picture")
    flaws += _count("polygons", sum("polyCoords" in cell.style for cell in body), want.polygons)
    loose = [cell for cell in body if cell.xml.get("edge") and not cell.xml.get("source")]
    flaws += _count("loose lines", len(loose), want.free)
    places = {cell.id: _place(cell, by_id) for cell in body if cell.xml.get("vertex")}
    for name, cell in named.items():
        cloud = cell.style.get("shape") == "cloud"  # which is larger, see there
        if name in want.boxes and not cloud and apart(places[cell.id], want.boxes[name], NEAR * _depth(cell, by_id)):
            flaws.append(f"{name} stands at {places[cell.id]}, not {want.boxes[name]}")
    flaws += [f"{name} is missing" for name in want.boxes if name not in named and not name.startswith("note of ")]
    return flaws + _arrows([_ways(cell, places) for cell in joined], want)


def _depth(cell: Cell, by_id: dict[str, Cell]) -> int:
    return 1 + (_depth(by_id[cell.xml.get("parent")], by_id) if cell.xml.get("parent") in by_id else 0)


def _place(cell: Cell, by_id: dict[str, Cell]) -> Box:
    """Return where a box stands on the page."""
    geometry, parent = cell.geometry, by_id[cell.xml.get("parent")]
    x, y, wide, high = (float(geometry.get(key, "0")) for key in ("x", "y", "width", "height"))
    if geometry.get("relative"):
        return Box(x, y, wide, high)
    around = _place(parent, by_id) if parent.xml.get("vertex") else Box(0, 0, 0, 0)
    return Box(around.x + x, around.y + y, wide, high)


def _ways(cell: Cell, places: dict[str, Box]) -> tuple[Point, ...]:
    """Return the points of an arrow as the program finds them."""
    ends = []
    for end, port in (("source", "exit"), ("target", "entry")):
        box = places[cell.xml.get(end)]
        x, y = (float(cell.style[f"{port}{axis}"]) for axis in "XY")
        ends.append((box.x + x * box.width, box.y + y * box.height))
    inner = [(float(point.get("x")), float(point.get("y"))) for point in cell.geometry.iterfind("Array/mxPoint")]
    return ends[0], *inner, ends[1]


# --- Excalidraw -------------------------------------------------------------------------------------------------------


def excalidraw_flaws(drawing: Drawing, text: str) -> list[str]:
    """Return what is wrong with a file of Excalidraw."""
    want, whole = drawn(drawing), json.loads(text)
    assert (whole["type"], whole["version"]) == ("excalidraw", 2)
    elements: list[dict[str, Any]] = whole["elements"]
    by_id = {each["id"]: each for each in elements}
    flaws = [] if len(by_id) == len(elements) else ["ids are not unique"]
    kinds = Counter(each["type"] for each in elements)
    flaws += [f"there is no element {kind}" for kind in kinds.keys() - {*_KINDS}]
    said = [line for each in elements if each["type"] == "text" for line in each["text"].split("\n")]
    lines = Counter(line for line in said if line.strip())
    flaws += _compare("lines of text", lines, want.lines)
    flaws += _count("icons", kinds["image"], want.icons)
    used = {each["fileId"] for each in elements if each["type"] == "image"}
    flaws += [] if used == set(whole["files"]) else ["pictures and files differ"]
    for key, file in whole["files"].items():
        kind, _, data = file["dataURL"].partition(";base64,")
        if file["id"] != key or kind != f"data:{file['mimeType']}" or not b64decode(data, validate=True):
            flaws.append(f"{key} is no picture")
    for each in elements:
        flaws += _bound(each, by_id)
        if "points" in each:
            xs, ys = [x for x, _ in each["points"]], [y for _, y in each["points"]]
            size = max(xs) - min(xs), max(ys) - min(ys)
            if each["points"][0] != [0, 0] or apart(size, (each["width"], each["height"]), NEAR):
                flaws.append(f"{each['id']} does not begin at itself, or spans another room")
    boxes = {each["customData"]["component"]: each for each in elements if "customData" in each}
    for name, box in want.boxes.items():
        found = boxes.get(name)
        if found is None:
            flaws += [] if name.startswith("note of ") else [f"{name} is missing"]
        elif apart((found["x"], found["y"], found["width"], found["height"]), box, NEAR):
            flaws.append(f"{name} stands elsewhere")
    return flaws + _arrows([_placed(each) for each in elements if each.get("startBinding")], want)


_KINDS = ("rectangle", "ellipse", "text", "image", "line", "arrow")
_HOLDERS = ("rectangle", "ellipse")


def _bound(each: dict[str, Any], by_id: dict[str, Any]) -> list[str]:
    """Return what is wrong with what an element is bound to, from either side."""
    flaws = []
    for key in ("startBinding", "endBinding"):
        binding = each.get(key)
        if binding is None:
            continue
        box = by_id.get(binding["elementId"])
        if box is None or box["type"] not in _HOLDERS:
            flaws.append(f"{each['id']} is bound to nothing")
            continue
        if {"id": each["id"], "type": "arrow"} not in box["boundElements"]:
            flaws.append(f"{box['id']} does not know its arrow {each['id']}")
        end = each["points"][0 if key == "startBinding" else -1]
        across, down = binding["fixedPoint"]
        at = box["x"] + across * box["width"], box["y"] + down * box["height"]
        if apart(at, (each["x"] + end[0], each["y"] + end[1]), FAR):
            flaws.append(f"{each['id']} is bound where it does not end")
    for other in each["boundElements"]:
        found = by_id.get(other["id"])
        if found is None or found["type"] != other["type"]:
            flaws.append(f"{each['id']} holds nothing")
        elif found["type"] == "text" and found["containerId"] != each["id"]:
            flaws.append(f"{found['id']} is not in {each['id']}")
    holder = each.get("containerId")
    if holder and {"id": each["id"], "type": "text"} not in by_id[holder]["boundElements"]:
        flaws.append(f"{each['id']} is not known to {holder}")
    return flaws


def _placed(arrow: dict[str, Any]) -> tuple[Point, ...]:
    return tuple((arrow["x"] + x, arrow["y"] + y) for x, y in arrow["points"])


# --- comparing --------------------------------------------------------------------------------------------------------


def _arrows(found: list[tuple[Point, ...]], want: Drawn) -> list[str]:
    """Return the arrows that are missing or go another way, and those that are too many."""
    flaws = []
    for tail, head, points in want.wires:
        same = (way for way in found if len(way) == len(points))
        way = next((way for way in same if not any(map(lambda a, b: apart(a, b, FAR), way, points))), None)
        if way is None:
            flaws.append(f"the arrow from {tail} to {head} is missing")
        else:
            found.remove(way)
    return flaws + [f"an arrow too many: {way}" for way in found]


def _count(what: str, found: int, wanted: int) -> list[str]:
    return [] if found == wanted else [f"{found} {what}, not {wanted}"]


def _compare(what: str, found: Counter[Any], wanted: Counter[Any]) -> list[str]:
    missing, more = wanted - found, found - wanted  # without those that are there no times
    return [f"{what}: {dict(missing)} missing, {dict(more)} too many"] if missing or more else []
