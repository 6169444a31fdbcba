"""Planes: labels find their places whatever the data are, and the checker sees every label that does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.blocks import Boxed, Link, Row, Tick, Words
from archkit.drawing import Box, Drawing, Group, Item, Line, Polygon, Shape, Text, moved
from archkit.figures.common import panel
from archkit.figures.spaces import (
    Cut,
    axes,
    bisector,
    cell,
    distance,
    halves,
    nearest,
    spread,
    ticks,
)
from archkit.geometry import box_to_box, inside_polygon
from archkit.layout import layout
from archkit.layout.candidates import Want
from archkit.layout.placer import Ground, placed
from archkit.pictures import Picture
from archkit.planes import PATTERNS, SIGNS, TONES, Axis, Mark, Plane, Region, Sample, Series, Way, circle, rectangle
from archkit.proof import PICTURE, check
from archkit.theme import THEMES

BOOK = THEMES["book"]
ANY_SIZE = replace(PICTURE, print_size=0.0)
SQUARE = rectangle(0.0, 0.0, 1.0, 1.0)


def picture(plane: Plane) -> Picture:
    return Picture("p", "p", "Title", "Caption", plane, description="A plane.")


def drawn(plane: Plane, theme: str = "book") -> Drawing:
    return layout(picture(plane), THEMES[theme])


def flaws(plane: Plane, theme: str = "book") -> list[str]:
    figure = picture(plane)
    return [str(flaw) for flaw in check(layout(figure, THEMES[theme]), THEMES[theme], figure, ANY_SIZE)]


unit = st.floats(0.0, 1.0).map(lambda value: round(value, 3))
labels = st.lists(st.sampled_from(["a", "tabby", "terrier in the rain", "überlang", "10B", "two-tower"]), max_size=4)
marks = st.builds(
    Mark, unit, unit, labels.map(" ".join), st.sampled_from((*SIGNS, "star", "none")), tone=st.sampled_from(TONES),
    bold=st.booleans(), halo=st.booleans(),
)  # fmt: skip
circles = st.builds(
    lambda x, y, r, text: Region(circle(x, y, r), text, "lane.data", dashed=True), unit, unit, st.floats(0.05, 0.6),
    st.sampled_from(["", "neighbourhood"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(marks, max_size=14), st.lists(circles, max_size=2), st.sampled_from(["box", "arrows", "none"]))
def test_any_plane_is_drawn_without_a_flaw(marks: list[Mark], regions: list[Region], frame: str) -> None:
    apart = [
        mark
        for at, mark in enumerate(marks)
        if all(hypot(mark.x - other.x, mark.y - other.y) > 0.08 for other in marks[:at])
    ]
    plane = Plane(Axis(text="across"), Axis(text="up"), tuple(regions), (), (), tuple(apart), frame)  # type: ignore[arg-type]
    assert flaws(plane) == []


@pytest.mark.parametrize("theme", THEMES)
def test_everything_at_once(theme: str) -> None:
    marks = tuple(
        Mark(i * 0.37 % 1, i * 0.61 % 1, f"label {i} of several words", SIGNS[i % 7], tone=TONES[i % 7])
        for i in range(14)
    )
    lines = tuple(
        Series(((0, 0.2 * n), (0.3, 0.8), (1, 1 - 0.1 * n)), f"curve {n}", TONES[n], PATTERNS[n], sign=SIGNS[n])
        for n in range(4)
    )
    regions = (Region(circle(0.4, 0.5, 0.25), "inside", "lane.data"), Region(SQUARE, "box", "", "accent", beside=True))
    scale = (Tick(0, "0"), Tick(0.5, "a half"), Tick(1, "1"))
    plane = Plane(
        Axis(0, 1, "across " * 12, scale), Axis(0, 1, "up " * 12, scale), regions, lines,
        (Way((0, 0), (0.37, 0.61), "next"),), marks,
    )  # fmt: skip
    assert flaws(plane, theme) == []


def test_the_same_plane_is_drawn_the_same_way() -> None:
    plane = Plane(Axis(), Axis(), marks=tuple(Mark(*point, f"point {n}") for n, point in enumerate(spread(20))))
    assert drawn(plane) == drawn(plane)


def test_a_plane_grows_where_its_labels_need_it() -> None:
    few = Plane(Axis(), Axis(), marks=(Mark(0.5, 0.5, "one"),), width=12.0)
    many = replace(few, marks=tuple(Mark(*p, f"quite a long label {n}") for n, p in enumerate(spread(16))))
    assert drawn(many).width > 1.2 * drawn(few).width
    assert flaws(many) == []


def test_labels_at_one_point_stand_below_each_other() -> None:
    plane = Plane(Axis(), Axis(), marks=tuple(Mark(0.5, 0.5, f"number {n}") for n in range(24)))
    assert flaws(plane) == []
    groups = [item for item, _ in drawn(plane).walk() if isinstance(item, Group) and item.kind == "mark-label"]
    assert len(groups) == 1


def test_crowded_labels_get_leaders() -> None:
    close = tuple(Mark(0.4 + 0.02 * (n % 4), 0.5 + 0.02 * (n // 4), f"number {n}") for n in range(12))
    plane = Plane(Axis(), Axis(), marks=close)
    leaders = [item for item, _ in drawn(plane).walk() if isinstance(item, Line) and item.role == "leader"]
    assert leaders and not [flaw for flaw in flaws(plane) if "text-" in flaw or "label-" in flaw]


def test_a_circle_is_round_where_no_height_is_given_and_data_are_not_square() -> None:
    plane = Plane(Axis(0, 4), Axis(0, 1), (Region(circle(2, 0.5, 0.4)),))
    (area,) = [item for item, _ in drawn(plane).walk() if isinstance(item, Polygon)]
    xs, ys = zip(*area.points, strict=True)
    assert max(xs) - min(xs) == pytest.approx(max(ys) - min(ys), rel=1e-6)


def test_what_reaches_out_of_a_plane_is_cut_off() -> None:
    plane = Plane(Axis(), Axis(), (Region(circle(0.0, 0.0, 0.5), fill="lane.data"),))
    drawing = drawn(plane)
    (area,) = [item for item, _ in drawing.walk() if isinstance(item, Polygon)]
    frame = next(item for item, _ in drawing.walk() if isinstance(item, Shape) and item.kind == "rect")
    assert all(frame.box.inset(-0.01).contains(Box(x, y, 0, 0)) for x, y in area.points)
    assert flaws(plane) == []


def test_an_arrow_keeps_off_the_marks_at_its_ends() -> None:
    plane = Plane(Axis(), Axis(), (), (), (Way((0.2, 0.2), (0.8, 0.7)),), (Mark(0.2, 0.2), Mark(0.8, 0.7, halo=True)))
    items = [item for item, _ in drawn(plane).walk() if isinstance(item, Group)]
    (way,) = [group for group in items if group.kind == "way"]
    ends = next(item.points for item in way.items if isinstance(item, Line))
    boxes = [item.box for group in items if group.kind == "mark" for item in group.items if isinstance(item, Shape)]
    for end in (ends[0], ends[-1]):
        assert min(box_to_box(Box(*end, 0, 0), box) for box in boxes) < 4
        assert not any(hypot(end[0] - b.center[0], end[1] - b.center[1]) < b.width / 2 for b in boxes)


def test_a_link_inside_a_panel_is_seen() -> None:
    row = Row((Boxed(Words("one"), "a"), Link("a", "b", "next"), Boxed(Words("two"), "b")), 0.2)
    figure = Picture("p", "p", "T", "C", panel("Around", row), description="d")
    assert [str(flaw) for flaw in check(layout(figure, BOOK), BOOK, figure, ANY_SIZE)] == []


# the placer


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.floats(20, 380), st.floats(20, 280), st.floats(10, 90)), min_size=1, max_size=16))
def test_places_are_free(wanted: list[tuple[float, float, float]]) -> None:
    boxes = [Box(x - 4, y - 4, 8, 8) for x, y, _ in wanted]
    room = Box(0, 0, 400, 300)
    ground = Ground(room, tuple(boxes), (((0, 150), (400, 160)),))
    spots = placed([Want(box, wide, 12) for box, (_, _, wide) in zip(boxes, wanted, strict=True)], ground)
    found = [spot for spot in spots if spot is not None]
    for spot in found:
        assert room.contains(spot.box)
        assert not any(spot.box.overlaps(box) for box in boxes)
    for one, other in combinations(found, 2):
        assert not one.box.overlaps(other.box)
    assert len(found) >= len(wanted) // 2


def test_a_label_that_finds_no_room_is_said_to_find_none() -> None:
    assert placed([Want(Box(10, 10, 8, 8), 300, 12)], Ground(Box(0, 0, 100, 100), (), ())) == [None]


# the checker


def spoiled(kind: str, change) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the codes told of a good plane in which the groups of a kind are changed."""
    plane = Plane(
        Axis(), Axis(), (Region(rectangle(0.6, 0.1, 0.95, 0.4), "store", "lane.data"),),
        (Series(((0.0, 0.9), (1.0, 0.9)), "", "ink"),), (),
        (Mark(0.2, 0.5, "first"), Mark(0.5, 0.5, "second"), Mark(0.8, 0.65, "third")), width=34.0,
    )  # fmt: skip
    drawing = drawn(plane)
    assert [flaw.code for flaw in check(drawing, BOOK, limits=ANY_SIZE)] == []

    def walked(item: Item) -> Item:
        if not isinstance(item, Group):
            return item
        group = replace(item, items=tuple(walked(part) for part in item.items))
        return change(group) if group.kind == kind else group

    items = tuple(walked(item) for item in drawing.items)
    return [flaw.code for flaw in check(replace(drawing, items=items), BOOK, limits=ANY_SIZE)]


def said(group: Group) -> str:
    return next(item.text for item in group.items if isinstance(item, Text))


@pytest.mark.parametrize(
    ("word", "x", "y", "code"),
    [
        ("first", -30, 0, "label-on-mark"),
        ("first", 0, -25, "label-astray"),
        ("first", 80, 0, "label-ambiguous"),
        ("store", -150, 0, "label-outside"),
    ],
)
def test_a_label_that_is_moved_is_told(word: str, x: float, y: float, code: str) -> None:
    assert code in spoiled("mark-label", lambda group: moved(group, x, y) if said(group) == word else group)


def test_a_line_through_a_label_is_told() -> None:
    def struck(group: Group) -> Group:
        return moved(group, 0.0, 169.0)

    assert "label-struck" in spoiled("series", struck)


def test_a_label_of_nothing_is_told() -> None:
    assert "label-loose" in spoiled("mark-label", lambda group: replace(group, data=(("of", "mark 99"),)))


def test_a_leader_that_misses_its_mark_is_told() -> None:
    def with_leader(group: Group) -> Group:
        box = next(item for item in group.items if isinstance(item, Text))
        leader = Line(((box.x, box.y + 4), (box.x + 60, box.y + 60)), role="leader")
        return replace(group, items=(leader, *group.items)) if said(group) == "first" else group

    assert "leader-astray" in spoiled("mark-label", with_leader)


def test_a_leader_through_another_mark_or_label_is_told() -> None:
    def with_leader(group: Group) -> Group:
        if said(group) != "first":
            return group
        text = next(item for item in group.items if isinstance(item, Text))
        far = moved(text, 300.0, 0.0)
        assert isinstance(far, Text)
        leader = Line(((far.x, far.y - 4), (text.x - 5, text.y - 4)), role="leader")
        return replace(group, items=(leader, far))

    assert {"leader-through-mark", "leader-through-label"} <= set(spoiled("mark-label", with_leader))


def test_what_is_painted_over_words_is_told() -> None:
    def covered(group: Group) -> Group:
        text = next(item for item in group.items if isinstance(item, Text))
        cover = Shape("rect", Box(text.x - 2, text.y - 12, text.width + 4, 16), "node.fill")
        return replace(group, items=(*group.items, cover))

    assert "text-hidden" in spoiled("mark-label", covered)


def test_what_is_painted_over_an_arrow_is_told() -> None:
    row = Row((Boxed(Words("one"), "a"), Link("a", "b"), Boxed(Words("two"), "b")), 0.2)
    figure = Picture("p", "p", "T", "C", row, description="d")
    drawing = layout(figure, BOOK)
    wire = next(item for item, _ in drawing.walk() if isinstance(item, Line) and item.role == "wire")
    (x, y), (right, _) = wire.points[0], wire.points[-1]
    cover = Shape("rect", Box(x + 1, y - 5, right - x - 2, 10), "node.fill", "")
    codes = [flaw.code for flaw in check(replace(drawing, items=(*drawing.items, cover)), BOOK, limits=ANY_SIZE)]
    assert codes == ["wire-hidden"]


# spaces


def test_cells_of_a_partition_cover_the_plane_and_hold_what_is_nearest() -> None:
    sites = spread(9)
    cells = [cell(sites, at, SQUARE) for at in range(len(sites))]
    assert sum(area(corners) for corners in cells) == pytest.approx(1.0, abs=1e-5)
    for point in spread(200, 50):
        owner = nearest(point, sites)[0]
        assert (
            inside_polygon(point, cells[owner])
            or min(abs(distance(point, site) - distance(point, sites[owner])) for site in sites if site != sites[owner])
            < 1e-5
        )


def area(corners: tuple[tuple[float, float], ...]) -> float:
    pairs = zip(corners, (*corners[1:], *corners[:1]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


@given(st.tuples(unit, unit), st.tuples(unit, unit))
def test_a_bisector_parts_a_square_in_two(a: tuple[float, float], b: tuple[float, float]) -> None:
    if distance(a, b) < 0.05:
        return
    low, high = halves(SQUARE, bisector(a, b))
    assert area(low) + area(high) == pytest.approx(1.0, abs=1e-4)
    assert not bisector(a, b).side(a) and bisector(a, b).side(b)


def test_a_cut_beside_a_polygon_leaves_it_whole() -> None:
    assert halves(SQUARE, Cut(1.0, 0.0, 2.0)) == (SQUARE, ())


def test_points_without_chance_fill_the_square() -> None:
    points = spread(256)
    assert spread(256) == points and spread(10, 5) == points[5:15]
    for column in range(4):
        for row in range(4):
            inside = [p for p in points if column <= 4 * p[0] < column + 1 and row <= 4 * p[1] < row + 1]
            assert 13 <= len(inside) <= 19


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (1000, 1_000_000, ["200,000", "400,000", "600,000", "800,000", "1,000,000"]),
        (-0.03, 0.02, ["-0.03", "-0.02", "-0.01", "0", "0.01", "0.02"]),
    ],
)
def test_ticks_are_round(low: float, high: float, texts: list[str]) -> None:
    assert [tick.text for tick in ticks(low, high)] == texts


def test_axes_have_one_scale_and_hold_all_points() -> None:
    across, up = axes([(0.0, 0.0), (10.0, 1.0)])
    ratio = (up.high - up.low) / (across.high - across.low)
    assert 0.7 <= ratio <= 1.01 and across.low < 0 and up.high > 1


def test_a_sample_is_drawn_for_every_sign_and_pattern() -> None:
    for sign in (*SIGNS, "star"):
        for pattern in (*PATTERNS, ""):
            block = Row((Sample("accent", pattern, sign, halo=True), Words("what it means")))  # type: ignore[arg-type]
            figure = Picture("p", "p", "T", "C", block, description="d")
            assert [str(flaw) for flaw in check(layout(figure, BOOK), BOOK, figure, ANY_SIZE)] == []
