from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archkit.drawing import Box
from archkit.outline import border_point, outer_size, outline, polygons, safe_area
from archkit.outline_kinds import KINDS

SIDES = ("left", "right", "top", "bottom")
BOXES = st.builds(Box, st.floats(-50, 50), st.floats(-50, 50), st.floats(40, 320), st.floats(30, 220))

each_kind = pytest.mark.parametrize("kind", KINDS)


def holds(polygon, point) -> bool:
    """Even–odd rule."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise((*polygon, polygon[0])):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def off_border(polygon, point) -> float:
    """Distance from the nearest side."""
    nearest = float("inf")
    for a, b in pairwise((*polygon, polygon[0])):
        square = dist(a, b) ** 2
        t = 0.0
        if square:
            t = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / square
        t = max(0.0, min(1.0, t))
        nearest = min(nearest, dist(point, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))))
    return nearest


def rim(box, count=12):
    """Points along the sides of a box."""
    for n in range(count + 1):
        x, y = box.x + box.width * n / count, box.y + box.height * n / count
        yield from ((x, box.y), (x, box.bottom), (box.x, y), (box.right, y))


@each_kind
@settings(max_examples=40)
@given(box=BOXES)
def test_an_outline_fills_its_box_and_stays_in_it(kind, box):
    if kind == "circle":
        box = box._replace(height=box.width)
    xs, ys = zip(*(point for polygon in polygons(kind, box) for point in polygon), strict=True)
    assert min(xs) == pytest.approx(box.x, abs=1.6)
    assert max(xs) == pytest.approx(box.right, abs=1.6)
    assert min(ys) == pytest.approx(box.y, abs=1.6)
    assert max(ys) == pytest.approx(box.bottom, abs=1.6)
    assert min(xs) >= box.x - 0.01 and max(xs) <= box.right + 0.01
    assert min(ys) >= box.y - 0.01 and max(ys) <= box.bottom + 0.01


@each_kind
@settings(max_examples=40)
@given(box=BOXES)
def test_the_safe_area_is_inside_the_outline_and_clear_of_details(kind, box):
    safe = safe_area(kind, box).inset(0.2)
    assert all(any(holds(polygon, point) for polygon in polygons(kind, box)) for point in rim(safe))
    for detail in outline(kind, box).details:
        for point in (detail.start, *(step[-1] for step in detail.steps)):
            assert not safe.contains(Box(*point, 0, 0))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("circle", "ellipse", "person")])
@settings(max_examples=40)
@given(box=BOXES)
def test_the_safe_area_leaves_most_of_a_box_to_the_text(kind, box):
    assume(box.width > box.height > 40)
    safe = safe_area(kind, box)
    assert safe.width * safe.height >= 0.5 * box.width * box.height


@each_kind
@settings(max_examples=40)
@given(box=BOXES, offset=st.floats(0, 1), side=st.sampled_from(SIDES))
def test_border_points_lie_on_the_outline(kind, box, offset, side):
    point = border_point(kind, box, side, offset)
    axis = 1 if side in ("left", "right") else 0
    start, length = ((box.x, box.width), (box.y, box.height))[axis]
    assert point[axis] == pytest.approx(start + offset * length)
    reached = [corner[axis] for polygon in polygons(kind, box) for corner in polygon]
    if min(reached) + 1e-6 < point[axis] < max(reached) - 1e-6:
        assert min(off_border(polygon, point) for polygon in polygons(kind, box)) < 0.01
    else:
        assert off_border(((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)), point) < 1


@each_kind
def test_an_arrow_from_a_side_meets_nothing_before_its_border_point(kind):
    box = Box(10, 20, 130, 70)
    for side, (dx, dy) in zip(SIDES, ((-1, 0), (1, 0), (0, -1), (0, 1)), strict=True):
        for offset in (0.2, 0.35, 0.5, 0.8):
            x, y = border_point(kind, box, side, offset)
            for way in (0.5, 3, 8, 20):
                outside = x + dx * way, y + dy * way
                assert not any(holds(polygon, outside) for polygon in polygons(kind, box))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("circle", "person")])
@pytest.mark.parametrize("size", [(90, 44), (150, 60), (200, 110)])
def test_arrows_to_the_middle_of_a_side_end_on_the_box(kind, size):
    box = Box(0, 0, *size)
    on_box = {"left": (0, None), "right": (box.right, None), "top": (None, 0), "bottom": (None, box.bottom)}
    for side, (x, y) in on_box.items():
        point = border_point(kind, box, side)
        assert abs(point[0] - x if x is not None else point[1] - y) <= 1


@each_kind
@settings(max_examples=60)
@given(width=st.floats(5, 250), height=st.floats(5, 140))
def test_outer_size_is_just_large_enough(kind, width, height):
    outer = outer_size(kind, width, height)
    safe = safe_area(kind, Box(0, 0, *outer))
    assert safe.width >= width - 0.02 and safe.height >= height - 0.02
    if kind != "circle":
        assert safe.width <= width + 3 and safe.height <= height + 3


@each_kind
def test_pieces_are_closed_and_run_clockwise(kind):
    for polygon in polygons(kind, Box(0, 0, 120, 60)):
        area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise((*polygon, polygon[0]))) / 2
        assert area > 0
    assert all(piece.closed for piece in outline(kind, Box(0, 0, 120, 60)).pieces)
    assert not any(detail.closed for detail in outline(kind, Box(0, 0, 120, 60)).details)
