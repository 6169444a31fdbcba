"""Boxes in their places and arrows between them → the arrows' ways: level and upright pieces with few bends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from math import fsum

from archkit.blocks import Side
from archkit.drawing import Box, Group, Item, Line, Point, Shape, ShapeKind
from archkit.outline import border_point
from archkit.pictures import Arrow
from archkit.theme import Theme

_CORNER = 9.0  # pixels that an arrow's end keeps off the corners of its box
_LEAVE, _ENTER = 12.0, 16.0  # straight pieces at its ends
_TRACK = 8.0  # between parallel pieces
_TRY_ALL = 6  # tracks in one gap up to which every order is tried
_Key = tuple[str, float]  # the head of merged arrows and where they enter it
_OPPOSITE: Mapping[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True, slots=True)
class Place:
    """A named box: its outline."""

    box: Box
    shape: ShapeKind
    radius: float


def connected(items: Sequence[Item], arrows: Sequence[Arrow], theme: Theme) -> list[Item]:
    """Return the items with arrows: those of the slots that links left, and the given ones.

    Args:
        items: What is drawn, with named boxes as ``node`` groups and links as ``slot`` groups.
        arrows: Between boxes that need not be neighbours.
        theme: Gives the looks.
    """
    places = dict(_places(items))
    return [*_routed(arrows, places, theme), *_with_links(items, places, theme)]


def _places(items: Iterable[Item]) -> Iterable[tuple[str, Place]]:
    for item in items:
        if isinstance(item, Group):
            if item.kind == "node":
                outline = next(i for i in item.items if isinstance(i, Shape) and i.role == "outline")
                yield item.get("id"), Place(outline.box, outline.kind, outline.radius)
            else:
                yield from _places(item.items)


def _with_links(items: Iterable[Item], places: Mapping[str, Place], theme: Theme) -> list[Item]:
    """Return the items with an arrow in place of every slot, so that it lies on the fill of the boxes around it."""
    kept: list[Item] = []
    for item in items:
        if isinstance(item, Group):
            if item.kind == "slot":
                kept.append(_linked(item, places, theme))
            else:
                kept.append(Group(item.kind, tuple(_with_links(item.items, places, theme)), item.data, item.title))
        else:
            kept.append(item)
    return kept


def _linked(slot: Group, places: Mapping[str, Place], theme: Theme) -> Group:
    """Draw the straight arrow of a link between neighbours."""
    arrow = Arrow(slot.get("from"), slot.get("to"), slot.get("style"), slot.get("kind"))  # type: ignore[arg-type]
    tail, head = places[arrow.tail], places[arrow.head]
    sides = _facing(tail.box, head.box)
    low, high = _common(tail.box, head.box, sides[0])
    middle = (low + high) / 2
    points = (_end(tail, sides[0], middle), _end(head, sides[1], middle))
    return _edge(arrow, points, slot.items, "", theme)


def _edge(arrow: Arrow, points: tuple[Point, ...], labels: Sequence[Item], trunk: str, theme: Theme) -> Group:
    look = theme.edges[arrow.style]
    wire = Line(points, look.role, look.width, look.dash, theme.spacing.radius, look.head, "none", "wire")
    data = [("from", arrow.tail), ("to", arrow.head), ("kind", arrow.kind)]
    return Group("edge", (wire, *labels), (*data, ("trunk", trunk)) if trunk else tuple(data))


def _facing(tail: Box, head: Box) -> tuple[Side, Side]:
    """Return the sides of two boxes that face each other; side by side counts before above and below."""
    gaps: dict[Side, float] = {
        "right": head.x - tail.right,
        "left": tail.x - head.right,
        "bottom": head.y - tail.bottom,
        "top": tail.y - head.bottom,
    }
    side: Side = next((side for side, gap in gaps.items() if gap >= _LEAVE + _ENTER), max(gaps, key=lambda s: gaps[s]))
    return side, _OPPOSITE[side]


def _common(tail: Box, head: Box, side: Side) -> tuple[float, float]:
    """Return the stretch across that two boxes share, away from their corners; empty where they share none."""
    if side in ("left", "right"):
        return max(tail.y, head.y) + _CORNER, min(tail.bottom, head.bottom) - _CORNER
    return max(tail.x, head.x) + _CORNER, min(tail.right, head.right) - _CORNER


def _end(place: Place, side: Side, at: float) -> Point:
    """Return where an arrow at some height (or distance from the left) meets an outline."""
    box = place.box
    offset = (at - box.y) / box.height if side in ("left", "right") else (at - box.x) / box.width
    return border_point(place.shape, box, side, offset, place.radius)


@dataclass(slots=True)
class _Way:
    """An arrow, or several that merge, while they are routed."""

    arrow: Arrow
    sides: tuple[Side, Side]
    tail: Place
    head: Place
    start: float = 0.0
    end: float = 0.0
    track: float = 0.0

    @property
    def level(self) -> bool:
        return self.sides[0] in ("left", "right")


def _routed(arrows: Sequence[Arrow], places: Mapping[str, Place], theme: Theme) -> list[Group]:
    ways = []
    for arrow in arrows:
        tail, head = places[arrow.tail], places[arrow.head]
        ways.append(_Way(arrow, arrow.sides or _facing(tail.box, head.box), tail, head))
    _choose_ports(ways)
    _choose_tracks([way for way in ways if way.sides[1] == _OPPOSITE[way.sides[0]]])
    heads = [(way.arrow.head, way.sides[1], way.arrow.style) for way in ways]
    groups = []
    for way, key in zip(ways, heads, strict=True):
        trunk = f"{key[0]} {key[1]} {key[2]}" if heads.count(key) > 1 else ""
        groups.append(_edge(way.arrow, _points(way), (), trunk, theme))
    return groups


def _choose_ports(ways: Sequence[_Way]) -> None:
    """Spread the ends of arrows over the sides of their boxes; those that enter at one side in one style share one."""
    ends: dict[tuple[str, Side], dict[tuple[str, str], list[_Way]]] = {}
    for way in ways:
        ends.setdefault((way.arrow.tail, way.sides[0]), {}).setdefault(("out", way.arrow.head), []).append(way)
        ends.setdefault((way.arrow.head, way.sides[1]), {}).setdefault(("in", way.arrow.style), []).append(way)
    for (_, side), ports in ends.items():
        axis = 1 if side in ("left", "right") else 0
        ordered = sorted(ports.items(), key=lambda item: _other(item[1], item[0][0], axis))
        for number, ((which, _), port) in enumerate(ordered, 1):
            box = port[0].tail.box if which == "out" else port[0].head.box
            low, size = (box.y, box.height) if axis else (box.x, box.width)
            for way in port:
                setattr(way, "start" if which == "out" else "end", low + size * number / (len(ordered) + 1))
    _straighten(ways, ends)


def _other(port: Sequence[_Way], which: str, axis: int) -> float:
    boxes = [(way.head if which == "out" else way.tail).box for way in port]
    return fsum(box.center[axis] for box in boxes) / len(boxes)


def _straighten(ways: Sequence[_Way], ends: Mapping[tuple[str, Side], Mapping[tuple[str, str], list[_Way]]]) -> None:
    """Move an end that is alone on its side to the height of the other, where that saves two bends."""
    for way in ways:
        if way.sides[1] != _OPPOSITE[way.sides[0]]:
            continue
        low, high = _common(way.tail.box, way.head.box, way.sides[0])
        outs = ends[way.arrow.tail, way.sides[0]]
        ins = ends[way.arrow.head, way.sides[1]]
        alone = len(outs) == 1 and all(len(port) == 1 for port in outs.values())
        sole = len(ins) == 1 and all(len(port) == 1 for port in ins.values())
        if alone and low <= way.end <= high:
            way.start = way.end
        elif sole and low <= way.start <= high:
            way.end = way.start


def _choose_tracks(ways: Sequence[_Way]) -> None:
    """Give the pieces across a gap between boxes a track each, ordered so that they cross as little as can be."""
    gaps: dict[tuple[Side, int], list[_Way]] = {}
    for way in ways:
        if abs(way.start - way.end) > 0.01:
            near, _ = _gap(way)
            gaps.setdefault((way.sides[0], round(near / 40)), []).append(way)
    for (side, _), members in gaps.items():
        forward = side in ("right", "bottom")
        near = max((_gap(way)[0] for way in members), key=lambda at: at if forward else -at)
        far = min((_gap(way)[1] for way in members), key=lambda at: at if forward else -at)
        keys: dict[_Key, list[_Way]] = {}
        for way in members:
            keys.setdefault((way.arrow.head, way.end), []).append(way)
        order = _ordered(keys)
        sign = 1 if forward else -1
        room = (far - near) * sign - _LEAVE - _ENTER
        step = min(2 * _TRACK, room / max(1, len(order) - 1)) if len(order) > 1 else 0.0
        first = near + sign * (_LEAVE + (room - step * (len(order) - 1)) / 2)
        for number, key in enumerate(order):
            for way in keys[key]:
                way.track = first + sign * number * step


def _ordered(keys: Mapping[_Key, Sequence[_Way]]) -> list[_Key]:
    """Return the order of tracks, from the tails on, with the fewest crossings and close neighbours."""
    price = {(a, b): _conflicts(keys[a], keys[b]) for a, b in permutations(keys, 2)}
    rising = sorted(keys, key=lambda key: (-key[1], key[0]))
    if len(keys) <= _TRY_ALL:
        return list(min(permutations(rising), key=lambda order: fsum(price[pair] for pair in combinations(order, 2))))
    order: list[_Key] = []
    for key in rising:  # each where it costs least among those already there
        costs = [
            fsum(price[a, key] for a in order[:at]) + fsum(price[key, b] for b in order[at:])
            for at in range(len(order) + 1)
        ]
        order.insert(costs.index(min(costs)), key)
    return order


def _conflicts(near: Sequence[_Way], far: Sequence[_Way]) -> int:
    """Count what goes wrong where one track lies nearer to the tails than another: crossings, and lines too close."""
    head = near[0].end
    low, high = _reach(near)
    found = 0
    for way in far:
        found += 2 * (low < way.start < high) + 10 * (abs(way.start - head) < _TRACK)
    low, high = _reach(far)
    return found + 2 * (low < head < high)


def _reach(ways: Sequence[_Way]) -> tuple[float, float]:
    ends = [way.start for way in ways] + [ways[0].end]
    return min(ends), max(ends)


def _gap(way: _Way) -> tuple[float, float]:
    """Return where the gap between two boxes begins and ends, in the direction of the arrow."""
    tail, head = way.tail.box, way.head.box
    return {
        "right": (tail.right, head.x),
        "left": (tail.x, head.right),
        "bottom": (tail.bottom, head.y),
        "top": (tail.y, head.bottom),
    }[way.sides[0]]


def _points(way: _Way) -> tuple[Point, ...]:
    start, end = _end(way.tail, way.sides[0], way.start), _end(way.head, way.sides[1], way.end)
    first, last = way.sides
    if last == _OPPOSITE[first]:
        if abs(way.start - way.end) <= 0.01:
            return start, end
        if way.level:
            return start, (way.track, start[1]), (way.track, end[1]), end
        return start, (start[0], way.track), (end[0], way.track), end
    if first == last:
        return start, *_around(way, start, end), end
    corner = (end[0], start[1]) if way.level else (start[0], end[1])
    return start, corner, end


def _around(way: _Way, start: Point, end: Point) -> tuple[Point, Point]:
    """Return the corners of an arrow that leaves and enters at the same side."""
    boxes = way.tail.box, way.head.box
    out = 1.6 * _ENTER
    if way.level:
        x = max(box.right for box in boxes) + out if way.sides[0] == "right" else min(box.x for box in boxes) - out
        return (x, start[1]), (x, end[1])
    y = max(box.bottom for box in boxes) + out if way.sides[0] == "bottom" else min(box.y for box in boxes) - out
    return (start[0], y), (end[0], y)
