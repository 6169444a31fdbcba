"""Lattice, tracks and sizes → pixels: where every line, box, border and arrow lies.

Space is given out, not found: a gap is as wide as its tracks and the labels in it need, a box as tall as the arrows at
its sides need. Nothing can therefore lie on anything else, however many arrows there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archkit.drawing import Box, Point
from archkit.layout.grid import Placement
from archkit.layout.lattice import Axis, Lattice
from archkit.layout.route import Path
from archkit.layout.tracks import Segment, Wire

TRACK = 11.0  # between parallel arrows
RAIL = 28.0  # width of the strip that carries a lane's title of one line
LANE_GAP, STAVE_GAP = 10.0, 34.0
_PAD = 13.0  # between the outermost track and the end of its gap
_INNER_PAD = 12.0
ROOMY_GAP, TIGHT_GAP = 26.0, 21.0  # between rows where nothing runs
_GAP_X, _EDGE_GAP = 30.0, 13.0
TITLE_STRIP = 20.0  # height kept for a cluster's title

RoomKey = tuple[bool, int, int, int]  # horizontal, line, stretch, track: extra space before that track


@dataclass(slots=True)
class Demands:
    """Space asked for beyond what arrows need.

    Attributes:
        before: Extra pixels above (or left of) one track.
        x_after: Extra pixels at the right end of the gap on an x line, behind all its tracks.
        y_after: Extra pixels at the lower end of the gap on a y line.
    """

    before: dict[RoomKey, float] = field(default_factory=dict)
    x_after: dict[int, float] = field(default_factory=dict)
    y_after: dict[int, float] = field(default_factory=dict)

    def clear(self) -> None:
        """Take everything back."""
        self.before.clear()
        self.x_after.clear()
        self.y_after.clear()


Wishes = dict[int, Demands]  # per arrow; two labels in one gap share its room unless they ask for more


def joined(wishes: Wishes) -> Demands:
    """Return what satisfies all demands, place by place."""
    whole = Demands()
    for wish in wishes.values():
        for key, pixels in wish.before.items():
            known = whole.before.get(key, 0.0)
            # between two upright arrows the labels of both may have to stand side by side
            whole.before[key] = max(known, pixels) if key[0] else known + pixels
        for mine, theirs in ((whole.x_after, wish.x_after), (whole.y_after, wish.y_after)):
            for line, pixels in theirs.items():
                mine[line] = max(mine.get(line, 0.0), pixels)
    return whole


class Geometry(NamedTuple):
    """Everything's place, with the origin at the upper left corner of the lanes.

    Attributes:
        boxes: Node id → box.
        wires: Per arrow its corner points, ends on the borders of its nodes' boxes.
        x_zones: Per x line the strip it owns: left and right.
        y_zones: Per y line: top and bottom.
        bands: Per lane its band, title rail included.
        frames: Per frame its border.
        width: Of all lanes.
        height: Of all lanes.
    """

    boxes: dict[str, Box]
    wires: list[tuple[Point, ...]]
    x_zones: list[tuple[float, float]]
    y_zones: list[tuple[float, float]]
    bands: list[Box]
    frames: list[Box]
    width: float
    height: float


def geometry(
    placement: Placement,
    lines: Lattice,
    paths: Sequence[Path],
    wires: Sequence[Wire],
    sizes: Mapping[str, tuple[float, float]],
    margins: Mapping[str, tuple[float, float]],
    demands: Demands,
    titled: Iterable[int],
    rails: Sequence[float],
    gap_y: float = ROOMY_GAP,
    heads: Collection[str] = (),
    rail: float = RAIL,
) -> Geometry:
    """Compute all coordinates.

    Args:
        placement: The grid.
        lines: Its lattice.
        paths: Corners of every arrow in lattice points.
        wires: The arrows' pieces with their tracks.
        sizes: Smallest width and height of every node.
        margins: How far arrows stay off the corners of every node, along its upper and lower side and along the others.
        demands: Extra space for labels.
        titled: Numbers of the frames that show a title.
        rails: Per lane, the length of its title, which its band must not be shorter than.
        gap_y: Smallest distance between rows.
        heads: Nodes that arrows meet from above in the middle only: people.
        rail: Width of the strip that carries the titles of lanes.
    """
    offsets, extents = _offsets(wires, demands, _on_heads(lines, paths, wires, heads))
    grown = _grown(lines, paths, wires, offsets, sizes, margins)
    lead = {lines.y.first_border[number]: TITLE_STRIP for number in titled}
    widths, heights = _node_lines(lines, grown)
    beside = {0: rail - RAIL}
    x_zones = _zones(lines.x, False, widths, extents, demands.x_after, beside, _GAP_X)
    y_zones = _zones(lines.y, True, heights, extents, demands.y_after, lead, gap_y)
    y_zones = _with_lanes(lines.y, y_zones, rails, placement.staves)
    x_at = _centres(lines.x, x_zones, demands.x_after, beside)
    y_at = _centres(lines.y, y_zones, demands.y_after, lead)
    boxes = {
        node: Box(x_at[x] - grown[node][0] / 2, y_at[y] - grown[node][1] / 2, *grown[node])
        for node, (x, y) in lines.at_node.items()
    }
    width = x_zones[-1][1]
    return Geometry(
        boxes,
        [_points(lines, path, wire, offsets, x_at, y_at, boxes) for path, wire in zip(paths, wires, strict=True)],
        x_zones,
        y_zones,
        _bands(lines.y, y_zones, width),
        _frames(placement, lines, x_zones, y_zones),
        width,
        y_zones[-1][1],
    )


def _key(piece: Segment) -> tuple[bool, int, int]:
    return piece.horizontal, piece.line, piece.stretch


def _on_heads(lines: Lattice, paths: Sequence[Path], wires: Sequence[Wire], heads: Collection[str]) -> list[Segment]:
    """Return the pieces that stand on a head from above."""
    found = []
    for path, wire in zip(paths, wires, strict=True) if heads else ():
        for point, piece, down in ((path[0], wire[0], False), (path[-1], wire[-1], True)):
            if lines.node_at[point] in heads and not piece.horizontal and piece.forward == down:
                found.append(piece)
    return found


def _offsets(
    wires: Sequence[Wire], demands: Demands, pinned: Sequence[Segment]
) -> tuple[dict[tuple[int, int], float], dict[tuple[bool, int], float]]:
    """Return each piece's offset from the middle of its line, and how much each line's tracks take in all.

    What is pinned runs in the middle of its line, with all that runs beside it moved aside.
    """
    in_middle = {_key(piece): piece.track for piece in pinned}
    tracks: dict[tuple[bool, int, int], int] = {}
    for wire in wires:
        for piece in wire:
            tracks[_key(piece)] = piece.tracks
    places: dict[tuple[bool, int, int], list[float]] = {}
    extents: dict[tuple[bool, int], float] = {}
    for key, count in tracks.items():
        at, positions = 0.0, []
        for track in range(count):
            at += (TRACK if track else 0.0) + demands.before.get((*key, track), 0.0)
            positions.append(at)
        if count == 1:  # a single arrow stays in the middle; its label has the whole gap
            positions, at = [0.0], demands.before.get((*key, 0), 0.0)
            places[key] = positions
        else:
            middle = positions[in_middle[key]] if key in in_middle else at / 2
            places[key] = [position - middle for position in positions]
            at = 2 * max(middle, at - middle)
        extents[key[:2]] = max(extents.get(key[:2], 0.0), at)
    return {(p.wire, p.index): places[_key(p)][p.track] for wire in wires for p in wire}, extents


def _grown(
    lines: Lattice,
    paths: Sequence[Path],
    wires: Sequence[Wire],
    offsets: Mapping[tuple[int, int], float],
    sizes: Mapping[str, tuple[float, float]],
    margins: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[float, float]]:
    """Return node sizes, enlarged where the arrows at a side need it."""
    grown = dict(sizes)
    for path, wire in zip(paths, wires, strict=True):
        for point, piece in ((path[0], wire[0]), (path[-1], wire[-1])):
            node = lines.node_at[point]
            width, height = grown[node]
            need = 2 * (abs(offsets[piece.wire, piece.index]) + margins[node][1 if piece.horizontal else 0])
            grown[node] = (width, max(height, need)) if piece.horizontal else (max(width, need), height)
    return grown


def _node_lines(lines: Lattice, sizes: Mapping[str, tuple[float, float]]) -> tuple[dict[int, float], dict[int, float]]:
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    for node, (x, y) in lines.at_node.items():
        widths[x] = max(widths.get(x, 0.0), sizes[node][0])
        heights[y] = max(heights.get(y, 0.0), sizes[node][1])
    return widths, heights


def _zones(
    axis: Axis,
    horizontal: bool,
    nodes: Mapping[int, float],
    extents: Mapping[tuple[bool, int], float],
    after: Mapping[int, float],
    lead: Mapping[int, float],
    gap: float,
) -> list[tuple[float, float]]:
    inner = set(axis.first_border.values()) | set(axis.last_border.values())
    count = len(axis)
    zones, at = [], RAIL if not horizontal else 0.0
    for line in range(count):
        tracks = extents.get((horizontal, line))
        if axis.is_node[line]:
            size = max(nodes.get(line, 40.0), (tracks or 0.0) + TRACK)
        else:
            outer = line == 0 or line == count - 1 or axis.lane[line - 1] != axis.lane[line]
            outer = outer or axis.lane[min(line + 1, count - 1)] != axis.lane[line]
            smallest = _INNER_PAD + 2 if line in inner else _EDGE_GAP if outer else gap
            pad = min(_INNER_PAD if line in inner else _PAD, gap / 2)
            smallest = min(smallest, gap)
            size = max(smallest, tracks + 2 * pad if tracks is not None else 0.0)
            size += after.get(line, 0.0) + lead.get(line, 0.0)
        zones.append((at, at + size))
        at += size
    return zones


def _with_lanes(
    axis: Axis, zones: list[tuple[float, float]], rails: Sequence[float], staves: Collection[int]
) -> list[tuple[float, float]]:
    """Move lanes apart, and make a lane at least as tall as its title is long."""
    result: list[tuple[float, float]] = []
    shift = 0.0
    for lane in range(len(rails)):
        shift += STAVE_GAP - LANE_GAP if lane in staves else 0.0
        members = [line for line in range(len(axis)) if axis.lane[line] == lane]
        height = zones[members[-1]][1] - zones[members[0]][0]
        missing = max(0.0, rails[lane] - height)
        for line in members:
            top, bottom = zones[line]
            if line == members[0] or line == members[-1]:
                result.append((top + shift, bottom + shift + missing / 2))
                shift += missing / 2
            else:
                result.append((top + shift, bottom + shift))
        shift += LANE_GAP
    return result


def _centres(
    axis: Axis, zones: Sequence[tuple[float, float]], after: Mapping[int, float], lead: Mapping[int, float]
) -> list[float]:
    """Return where the middle track of each line runs: in what its zone leaves of labels and titles."""
    return [
        (low + high) / 2 if axis.is_node[line] else (low + lead.get(line, 0.0) + high - after.get(line, 0.0)) / 2
        for line, (low, high) in enumerate(zones)
    ]


def _points(
    lines: Lattice,
    path: Path,
    wire: Wire,
    offsets: Mapping[tuple[int, int], float],
    x_at: Sequence[float],
    y_at: Sequence[float],
    boxes: Mapping[str, Box],
) -> tuple[Point, ...]:
    """Return the corner points of one arrow."""
    at = [(y_at if p.horizontal else x_at)[p.line] + offsets[p.wire, p.index] for p in wire]
    points: list[Point] = [_port(boxes[lines.node_at[path[0]]], wire[0], at[0], True)]
    for one, two, first, second in zip(wire, wire[1:], at, at[1:], strict=False):
        points.append((second, first) if one.horizontal and not two.horizontal else (first, second))
    points.append(_port(boxes[lines.node_at[path[-1]]], wire[-1], at[-1], False))
    return tuple(points)


def _port(box: Box, piece: Segment, at: float, leaving: bool) -> Point:
    high = piece.forward == leaving
    if piece.horizontal:
        return (box.right if high else box.x), at
    return at, (box.bottom if high else box.y)


def _bands(axis: Axis, zones: Sequence[tuple[float, float]], width: float) -> list[Box]:
    bands: dict[int, tuple[float, float]] = {}
    for line, (top, bottom) in enumerate(zones):
        first, _ = bands.get(axis.lane[line], (top, bottom))
        bands[axis.lane[line]] = (first, bottom)
    return [Box(0.0, top, width, bottom - top) for top, bottom in bands.values()]


def _frames(
    placement: Placement,
    lines: Lattice,
    x_zones: Sequence[tuple[float, float]],
    y_zones: Sequence[tuple[float, float]],
) -> list[Box]:
    boxes = []
    for number in range(len(placement.frames)):
        left = x_zones[lines.x.first_border[number]][0]
        right = x_zones[lines.x.last_border[number]][1]
        top = y_zones[lines.y.first_border[number]][0]
        bottom = y_zones[lines.y.last_border[number]][1]
        boxes.append(Box(left, top, right - left, bottom - top))
    return boxes
