"""Plane geometry against slow or exact ways to say the same."""

from fractions import Fraction
from itertools import combinations
from math import hypot, isclose, pi

from hypothesis import assume, given
from hypothesis import strategies as st

from archkit import geometry as geo
from archkit.drawing import Box

WHOLE = st.integers(-20, 20)
POINT = st.tuples(WHOLE, WHOLE)
BOX = st.builds(Box, WHOLE, WHOLE, st.integers(0, 20), st.integers(0, 20))
WAY = st.lists(POINT, min_size=2, max_size=7)


def exact_meeting(a, b, c, d):
    """Return the only common point of two segments that are not parallel, computed in fractions."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    det = rx * sy - ry * sx
    if det == 0:
        return None
    t = Fraction((c[0] - a[0]) * sy - (c[1] - a[1]) * sx, det)
    u = Fraction((c[0] - a[0]) * ry - (c[1] - a[1]) * rx, det)
    return (t, u) if 0 <= t <= 1 and 0 <= u <= 1 else None


def samples(a, b, count=200):
    return [(a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count) for i in range(count + 1)]


@given(POINT, POINT, POINT, POINT)
def test_segments_cross_where_exact_arithmetic_says(a, b, c, d):
    met = exact_meeting(a, b, c, d)
    inside_both = met is not None and 0 < met[0] < 1 and 0 < met[1] < 1
    found = geo.crossing(a, b, c, d)
    assert (found is not None) == inside_both
    if found is not None:
        t = met[0]
        assert isclose(found[0], a[0] + (b[0] - a[0]) * t, abs_tol=1e-9)
        assert isclose(found[1], a[1] + (b[1] - a[1]) * t, abs_tol=1e-9)


@given(POINT, POINT, POINT, POINT)
def test_crossing_is_the_same_from_every_side(a, b, c, d):
    told = {geo.crossing(*order) is None for order in ((a, b, c, d), (b, a, c, d), (c, d, a, b), (d, c, a, b))}
    assert len(told) == 1


@given(POINT, POINT, BOX)
def test_clip_keeps_just_what_lies_inside(a, b, box):
    part = geo.clip(a, b, box)
    for i, p in enumerate(samples(a, b)):
        inside = box.x <= p[0] <= box.right and box.y <= p[1] <= box.bottom
        share = i / 200
        if inside:
            assert part is not None
            assert part[0] - 1e-9 <= share <= part[1] + 1e-9 or a == b
        elif part is not None and part[0] + 1e-9 < share < part[1] - 1e-9:
            raise AssertionError((p, part))


@given(POINT, POINT, BOX)
def test_a_segment_passes_through_a_box_when_a_point_is_strictly_inside(a, b, box):
    # Both ends are whole numbers up to 20, so a piece inside is longer than the distance of these samples
    inside = any(box.x < x < box.right and box.y < y < box.bottom for x, y in samples(a, b, 2000))
    if inside:
        assert geo.passes_through(a, b, box)
    elif geo.passes_through(a, b, box):
        part = geo.clip(a, b, box)
        assert 0 < (part[1] - part[0]) * hypot(b[0] - a[0], b[1] - a[1]) < 0.1


def test_a_segment_along_the_border_does_not_pass_through():
    box = Box(0, 0, 10, 10)
    assert not geo.passes_through((-5, 0), (15, 0), box)
    assert not geo.passes_through((10, 2), (10, 8), box)
    assert not geo.passes_through((-5, 5), (0, 5), box)
    assert geo.passes_through((-5, 5), (0.5, 5), box)
    assert geo.passes_through((4, 4), (6, 6), box)


@given(POINT, POINT, POINT)
def test_distance_from_a_segment_is_that_of_its_nearest_sample(p, a, b):
    nearest = min(geo.distance(p, q) for q in samples(a, b, 400))
    assert geo.point_to_segment(p, a, b) <= nearest + 1e-9
    assert nearest - geo.point_to_segment(p, a, b) <= geo.distance(a, b) / 400


@given(POINT, POINT, BOX)
def test_distance_of_segment_and_box(a, b, box):
    nearest = min(geo.point_to_box(q, box) for q in samples(a, b, 400))
    found = geo.segment_to_box(a, b, box)
    assert found <= nearest + 1e-9
    assert nearest - found <= geo.distance(a, b) / 400
    assert (found == 0) == (geo.clip(a, b, box) is not None)


@given(BOX, BOX)
def test_distance_of_two_boxes_is_nought_just_where_they_meet(a, b):
    meet = a.x <= b.right and b.x <= a.right and a.y <= b.bottom and b.y <= a.bottom
    assert (geo.box_to_box(a, b) == 0) == meet
    assert geo.box_to_box(a, b) == geo.box_to_box(b, a)


@given(WHOLE, WHOLE, st.integers(1, 20), WHOLE, WHOLE, st.integers(1, 20), st.booleans())
def test_level_segments_run_side_by_side(x, y, length, other_x, other_y, other_length, upright):
    a, b, c, d = (x, y), (x + length, y), (other_x + other_length, other_y), (other_x, other_y)
    if upright:
        a, b, c, d = ((py, px) for px, py in (a, b, c, d))
    gap, overlap = geo.side_by_side(a, b, c, d)
    assert gap == abs(y - other_y)
    assert overlap == min(x + length, other_x + other_length) - max(x, other_x)


@given(POINT, POINT, POINT, POINT)
def test_only_parallel_segments_run_side_by_side(a, b, c, d):
    assume(a != b and c != d)
    sine = ((b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])) / (geo.distance(a, b) * geo.distance(c, d))
    assert (geo.side_by_side(a, b, c, d, tolerance=0.02) is not None) == (abs(sine) <= 0.02)


@given(WAY)
def test_simplify_keeps_length_ends_and_every_bend(points):
    slim = geo.simplify(points)
    assert isclose(geo.polyline_length(slim), geo.polyline_length(points), abs_tol=0.2)
    assert slim[0] == points[0]
    assert geo.distance(slim[-1], points[-1]) <= 0.01
    for a, b, c in zip(slim, slim[1:], slim[2:], strict=False):
        assert a != b
        assert abs(geo.turn(a, b, c)) > 0 or (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0
    assert geo.simplify(slim) == slim


@given(WAY, st.integers(1, 5))
def test_turning_does_not_hang_on_direction_or_size(points, scale):
    turned = geo.turning(points)
    assert isclose(geo.turning([*reversed(points)]), turned, abs_tol=1e-9)
    assert isclose(geo.turning([(-y * scale, x * scale) for x, y in points]), turned, abs_tol=1e-9)


def test_turning_adds_up_angles():
    assert geo.turning(((0, 0), (5, 0), (9, 0))) == 0
    assert isclose(geo.turning(((0, 0), (5, 0), (5, 7), (9, 7))), pi)
    assert isclose(geo.turning(((0, 0), (5, 0), (6, 1), (6, 7))), pi / 2)
    assert isclose(geo.turning(((0, 0), (5, 0), (3, 0))), pi)


@given(st.lists(POINT, min_size=3, max_size=6, unique=True))
def test_a_curve_passes_through_its_points(points):
    line = geo.curve(points, steps=8)
    assert len(line) == 8 * (len(points) - 1) + 1
    for at, point in enumerate(points):
        assert geo.distance(line[8 * at], point) < 1e-9


def test_a_curve_of_points_on_a_line_stays_on_it():
    assert all(isclose(y, 2 * x, abs_tol=1e-9) for x, y in geo.curve(((0, 0), (2, 4), (3, 6), (9, 18))))


@given(st.lists(BOX, min_size=1, max_size=8))
def test_union_holds_every_box_and_no_more(boxes):
    whole = geo.union(boxes)
    assert all(whole.contains(box) for box in boxes)
    assert {whole.x, whole.y} == {min(b.x for b in boxes), min(b.y for b in boxes)}
    assert (whole.right, whole.bottom) == (max(b.right for b in boxes), max(b.bottom for b in boxes))


@given(POINT, BOX)
def test_a_box_as_polygon_has_the_same_inside_and_border(p, box):
    assume(box.width > 0 and box.height > 0)
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    strictly = box.x < p[0] < box.right and box.y < p[1] < box.bottom
    to_border = min(p[0] - box.x, box.right - p[0], p[1] - box.y, box.bottom - p[1])
    expected = to_border if strictly else geo.point_to_box(p, box)
    assert isclose(geo.point_to_outline(p, corners), expected)
    if expected > 0:
        assert geo.inside_polygon(p, corners) == strictly


@given(st.lists(BOX, max_size=12), BOX, st.integers(0, 6), st.sampled_from((1.0, 7.5, 64.0)))
def test_grid_finds_what_a_full_search_finds(boxes, window, reach, cell):
    grid = geo.Grid(cell)
    for key, box in enumerate(boxes):
        grid.add(key, box)

    def close(a, b):
        return a.x <= b.right + reach and b.x <= a.right + reach and a.y <= b.bottom + reach and b.y <= a.bottom + reach

    assert len(grid) == len(boxes)
    assert sorted(grid.near(window, reach)) == [key for key, box in enumerate(boxes) if close(box, window)]
    pairs = [tuple(sorted(pair)) for pair in grid.pairs(reach)]
    assert sorted(pairs) == [(i, j) for i, j in combinations(range(len(boxes)), 2) if close(boxes[i], boxes[j])]
