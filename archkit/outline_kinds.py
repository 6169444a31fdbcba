"""One function a shape kind: box → curves; and one: size → what of the box is lost for text."""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, ceil, cos, fsum, hypot, pi, sin, sqrt, tan
from typing import NamedTuple

from archkit.drawing import Box, Point, ShapeKind

Step = tuple[Point] | tuple[Point, Point, Point]
"""A straight piece (its end), or a cubic Bézier piece (two handles and its end)."""


SHEET = 4.0
"""How far each sheet of a stack stands out behind the one before it, in pixels."""


class Path(NamedTuple):
    """A way along straight and curved pieces, clockwise on the page where it is closed."""

    start: Point
    steps: tuple[Step, ...]
    closed: bool = True


class Outline(NamedTuple):
    """What a shape consists of.

    Args:
        pieces: Closed paths from back to front, each filled and stroked; the shape is their union.
        details: Open paths drawn over them: the rim of a lid, a fold.
    """

    pieces: tuple[Path, ...]
    details: tuple[Path, ...] = ()


def _arc(center: Point, rx: float, ry: float, start: float, end: float) -> list[Step]:
    """Return an elliptical arc between two angles (radians, clockwise from the right) in pieces of 90° at most.

    Handles stand at 4/3 · tan(angle/4) of the radius, which meets the true arc within 0.03 %.
    """
    count = max(1, ceil(abs(end - start) / (pi / 2) - 1e-9))
    sweep = (end - start) / count
    handle = 4 / 3 * tan(sweep / 4)
    x, y = center
    steps: list[Step] = []
    for n in range(count):
        a, b = start + n * sweep, start + (n + 1) * sweep
        steps.append(
            (
                (x + rx * (cos(a) - handle * sin(a)), y + ry * (sin(a) + handle * cos(a))),
                (x + rx * (cos(b) + handle * sin(b)), y + ry * (sin(b) - handle * cos(b))),
                (x + rx * cos(b), y + ry * sin(b)),
            )
        )
    return steps


def _bump(start: Point, end: Point, height: float) -> list[Step]:
    """Return a circular arc that bulges to the left of the way from start to end by ``height``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    chord = hypot(dx, dy)
    radius = (chord * chord / 4 + height * height) / (2 * height)
    back = (radius - height) / chord
    center = (start[0] + end[0]) / 2 - dy * back, (start[1] + end[1]) / 2 + dx * back
    first = atan2(start[1] - center[1], start[0] - center[0])
    last = atan2(end[1] - center[1], end[0] - center[0])
    return _arc(center, radius, radius, first, last if last > first else last + 2 * pi)


def _rounded(box: Box, radius: float) -> Outline:
    return Outline((_rounded_path(box, min(radius, box.width / 2, box.height / 2)),))


def _rounded_path(box: Box, r: float) -> Path:
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    return Path(
        (x + r, y),
        (
            ((right - r, y),),
            *_arc((right - r, y + r), r, r, -pi / 2, 0),
            ((right, bottom - r),),
            *_arc((right - r, bottom - r), r, r, 0, pi / 2),
            ((x + r, bottom),),
            *_arc((x + r, bottom - r), r, r, pi / 2, pi),
            ((x, y + r),),
            *_arc((x + r, y + r), r, r, pi, 3 * pi / 2),
        ),
    )


def _rect(box: Box, radius: float) -> Outline:
    return Outline((_corners((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)),))


def _corners(first: Point, *others: Point, closed: bool = True) -> Path:
    return Path(first, tuple((point,) for point in others), closed)


def _ellipse(box: Box, radius: float) -> Outline:
    return Outline((Path((box.right, box.center[1]), (*_arc(box.center, box.width / 2, box.height / 2, 0, 2 * pi),)),))


def _circle(box: Box, radius: float) -> Outline:
    across = min(box.width, box.height)
    x, y = box.center
    return _ellipse(Box(x - across / 2, y - across / 2, across, across), radius)


def _lid(length: float) -> float:
    """Return the half height of a cylinder's lid by the cylinder's height."""
    return max(3.0, min(7.0, length * 0.11))


def _cylinder(box: Box, radius: float) -> Outline:
    rx, ry = box.width / 2, min(_lid(box.height), box.height / 4)
    top, bottom = (box.center[0], box.y + ry), (box.center[0], box.bottom - ry)
    body = Path(
        (box.x, top[1]),
        (*_arc(top, rx, ry, pi, 2 * pi), ((box.right, bottom[1]),), *_arc(bottom, rx, ry, 0, pi)),
    )
    return Outline((body,), (Path((box.right, top[1]), (*_arc(top, rx, ry, 0, pi),), False),))


def _queue(box: Box, radius: float) -> Outline:
    rx, ry = min(_lid(box.height * 1.4), box.width / 4), box.height / 2
    left, right = (box.x + rx, box.center[1]), (box.right - rx, box.center[1])
    body = Path(
        (left[0], box.y),
        (
            ((right[0], box.y),),
            *_arc(right, rx, ry, -pi / 2, pi / 2),
            ((left[0], box.bottom),),
            *_arc(left, rx, ry, pi / 2, 3 * pi / 2),
        ),
    )
    return Outline((body,), (Path((right[0], box.bottom), (*_arc(right, rx, ry, pi / 2, 3 * pi / 2),), False),))


def _bump_depth(width: float, height: float) -> float:
    return max(2.0, min(7.5, width * 0.1, height * 0.13))


def _cloud(box: Box, radius: float) -> Outline:
    """A ring of bumps around the room for text; the corner bumps are half circles, which just reach its corners."""
    depth = _bump_depth(box.width, box.height)
    room = box.inset(depth)
    cut = min(depth / 0.2072, room.width * 0.3, room.height * 0.3)  # a half circle stands out by (√2 - 1)/2 of it
    sides = [
        _bumps((room.x + cut, room.y), (room.right - cut, room.y), depth),
        _bumps((room.right, room.y + cut), (room.right, room.bottom - cut), depth),
        _bumps((room.right - cut, room.bottom), (room.x + cut, room.bottom), depth),
        _bumps((room.x, room.bottom - cut), (room.x, room.y + cut), depth),
    ]
    corner = cut * sqrt(0.5)
    steps = [
        step
        for n, side in enumerate(sides)
        for step in (*_bump(sides[n - 1].steps[-1][-1], side.start, corner), *side.steps)
    ]
    return Outline((Path(sides[-1].steps[-1][-1], tuple(steps)),))


def _bumps(start: Point, end: Point, depth: float) -> Path:
    """Return an odd number of bumps along one side of a cloud, the largest in the middle: that one reaches the box."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    half = max(0, round((length / (depth * 4.4) - 1) / 2))
    shares = [1 + 0.45 * (half - abs(n - half)) / half if half else 1.0 for n in range(2 * half + 1)]
    steps: list[Step] = []
    at, way, whole = start, 0.0, fsum(shares)
    for share in shares:
        way += share / whole
        to = start[0] + (end[0] - start[0]) * way, start[1] + (end[1] - start[1]) * way
        steps += _bump(at, to, min(depth * share / max(shares), length * share / whole / 2))
        at = to
    return Path(start, tuple(steps), closed=False)


class _Bust(NamedTuple):
    """The measures of a person."""

    head: float  # radius
    top: float  # of the body, below the box's top: the head stands before it
    reach: float  # of the shoulders, along the top
    drop: float  # of the shoulders, along the sides


def _bust(width: float, height: float) -> _Bust:
    head = min(11.0, height * 0.19, width * 0.2)
    top = head * 1.6
    return _Bust(head, top, min(26.0, width / 2 - head * 0.8), min(18.0, (height - top) * 0.45))


def _person(box: Box, radius: float) -> Outline:
    head, top, reach, drop = _bust(box.width, box.height)
    y, foot = box.y + top, min(radius, drop)
    body = Path(
        (box.x + reach, y),
        (
            ((box.right - reach, y),),
            *_arc((box.right - reach, y + drop), reach, drop, -pi / 2, 0),
            ((box.right, box.bottom - foot),),
            *_arc((box.right - foot, box.bottom - foot), foot, foot, 0, pi / 2),
            ((box.x + foot, box.bottom),),
            *_arc((box.x + foot, box.bottom - foot), foot, foot, pi / 2, pi),
            ((box.x, y + drop),),
            *_arc((box.x + reach, y + drop), reach, drop, pi, 3 * pi / 2),
        ),
    )
    face = _ellipse(Box(box.center[0] - head, box.y, 2 * head, 2 * head), radius)
    return Outline((body, *face.pieces))


def _slant(width: float, height: float) -> float:
    return min(height * 0.3, width * 0.25, 16.0)


def _diamond(box: Box, radius: float) -> Outline:
    slant = _slant(box.width, box.height)
    left, right, middle = box.x + slant, box.right - slant, box.center[1]
    return Outline(
        (
            _corners(
                (left, box.y),
                (right, box.y),
                (box.right, middle),
                (right, box.bottom),
                (left, box.bottom),
                (box.x, middle),
            ),
        )
    )


def _fold(width: float, height: float) -> float:
    return min(9.0, width * 0.3, height * 0.3)


def _document(box: Box, radius: float) -> Outline:
    fold = _fold(box.width, box.height)
    inner, low = box.right - fold, box.y + fold
    page = _corners((box.x, box.y), (inner, box.y), (box.right, low), (box.right, box.bottom), (box.x, box.bottom))
    return Outline((page,), (_corners((inner, box.y), (inner, low), (box.right, low), closed=False),))


def _sheet(width: float, height: float) -> float:
    return min(SHEET, width * 0.08, height * 0.08)


def _stack(box: Box, radius: float) -> Outline:
    off = _sheet(box.width, box.height)
    width, height = box.width - 2 * off, box.height - 2 * off
    r = min(radius * 0.5, width / 2, height / 2)
    return Outline(
        tuple(_rounded_path(Box(box.x + n * off, box.y + (2 - n) * off, width, height), r) for n in (2, 1, 0))
    )


KINDS: dict[ShapeKind, Callable[[Box, float], Outline]] = {
    "rounded": _rounded,
    "band": _rounded,
    "rect": _rect,
    "cylinder": _cylinder,
    "queue": _queue,
    "cloud": _cloud,
    "person": _person,
    "diamond": _diamond,
    "document": _document,
    "stack": _stack,
    "circle": _circle,
    "ellipse": _ellipse,
}

# --- the room for text: what is lost at the left, top, right and bottom -----------------------------------------------

_Insets = tuple[float, float, float, float]
_SHOULDER = 0.2  # the share of a person's shoulders that texts stay clear of at each side
_DIAGONAL = 1 - sqrt(0.5)  # how far a quarter circle stays off its corner, as a share of its radius


def _rounded_insets(width: float, height: float, radius: float) -> _Insets:
    lost = min(radius, width / 2, height / 2) * _DIAGONAL
    return lost, lost, lost, lost


def _cylinder_insets(width: float, height: float, radius: float) -> _Insets:
    ry = min(_lid(height), height / 4)
    # At 4 % from the side the lower rim has risen to 39 % of its height: sqrt(1 - 0.92²).
    return width * 0.04, 2 * ry, width * 0.04, ry * (1 - sqrt(1 - 0.92**2))


def _queue_insets(width: float, height: float, radius: float) -> _Insets:
    rx = min(_lid(height * 1.4), width / 4)
    return rx * (1 - sqrt(1 - 0.92**2)), height * 0.04, 2 * rx, height * 0.04


def _cloud_insets(width: float, height: float, radius: float) -> _Insets:
    depth = _bump_depth(width, height)
    return depth, depth, depth, depth


def _person_insets(width: float, height: float, radius: float) -> _Insets:
    bust = _bust(width, height)
    side = bust.reach * _SHOULDER
    # Where the shoulder has come in by that much, it has this far to rise to its top.
    low = bust.drop * (1 - sqrt(1 - (1 - _SHOULDER) ** 2))
    return side, max(bust.top + low, 2 * bust.head), side, min(radius, bust.drop) * _DIAGONAL


def _diamond_insets(width: float, height: float, radius: float) -> _Insets:
    slant = _slant(width, height)
    return slant, 0.0, slant, 0.0


def _document_insets(width: float, height: float, radius: float) -> _Insets:
    return 0.0, _fold(width, height), 0.0, 0.0


def _stack_insets(width: float, height: float, radius: float) -> _Insets:
    off = _sheet(width, height)
    lost = min(radius * 0.5, (width - 2 * off) / 2, (height - 2 * off) / 2) * _DIAGONAL
    return lost, 2 * off + lost, 2 * off + lost, lost


def _ellipse_insets(width: float, height: float, radius: float) -> _Insets:
    return width / 2 * _DIAGONAL, height / 2 * _DIAGONAL, width / 2 * _DIAGONAL, height / 2 * _DIAGONAL


def _circle_insets(width: float, height: float, radius: float) -> _Insets:
    half = min(width, height) / 2 * sqrt(0.5)
    return width / 2 - half, height / 2 - half, width / 2 - half, height / 2 - half


INSETS: dict[ShapeKind, Callable[[float, float, float], _Insets]] = {
    "rounded": _rounded_insets,
    "band": _rounded_insets,
    "rect": lambda width, height, radius: (0.0, 0.0, 0.0, 0.0),
    "cylinder": _cylinder_insets,
    "queue": _queue_insets,
    "cloud": _cloud_insets,
    "person": _person_insets,
    "diamond": _diamond_insets,
    "document": _document_insets,
    "stack": _stack_insets,
    "circle": _circle_insets,
    "ellipse": _ellipse_insets,
}
