"""Strokes by hand: near the exact line, the same every time, and never where an arrow must end exactly."""

from __future__ import annotations

import re
from math import dist
from pathlib import Path as FilePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reproduce import unlike

from archkit.drawing import Box, Drawing, Line, Polygon, Shape, Text
from archkit.geometry import point_to_outline
from archkit.outline import outline, polygons
from archkit.outline_kinds import KINDS, Path
from archkit.render.hand import strokes, unsteady
from archkit.render.svg import svg
from archkit.text import width
from archkit.theme import BOOK, THEMES

WHITEBOARD = THEMES["whiteboard"]
FAR = 4.0  # pixels that no stroke leaves its outline by; the figure checker keeps texts 4 px inside


def numbers(data: str) -> list[tuple[float, float]]:
    found = [float(text) for text in re.findall(r"-?\d+\.?\d*", data)]
    return list(zip(found[::2], found[1::2], strict=True))


@settings(max_examples=60)
@given(st.sampled_from(sorted(KINDS)), st.floats(20, 400), st.floats(20, 200), st.floats(-50, 900))
def test_strokes_stay_at_the_outline(kind, wide, high, at) -> None:
    box = Box(at, at / 2, wide, high)
    borders = polygons(kind, box)
    for piece in outline(kind, box).pieces:
        drawn = strokes(piece, WHITEBOARD.strokes.hand)
        assert drawn.count("M") >= 2, "drawn twice"
        # Ends of pieces alone: handles of curves lie beside what is drawn
        for data in drawn.split("M")[1:]:
            start, *steps = re.split("[CL]", data)
            for step in (start, *steps):
                end = numbers(step)[-1]
                assert min(point_to_outline(end, border) for border in borders) <= FAR


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=6, unique=True))
def test_an_open_line_keeps_its_ends(points) -> None:
    path = Path(points[0], tuple((point,) for point in points[1:]), False)
    drawn = numbers(strokes(path, 1.0, 1))
    assert dist(drawn[0], points[0]) <= 0.01 and dist(drawn[-1], points[-1]) <= 0.01


def test_strokes_differ_from_the_ruler_and_from_each_other() -> None:
    path = Path((0.0, 0.0), (((300.0, 0.0),),), False)
    first, second = strokes(path, 1.0, 2).split("M")[1:]
    assert first != second
    for data in (first, second):
        assert max(abs(y) for _, y in numbers(data)) > 0.1
        assert max(abs(y) for _, y in numbers(data)) < 3
    elsewhere = Path((0.0, 50.0), (((300.0, 50.0),),), False)
    moved = [(x, y - 50) for x, y in numbers(strokes(elsewhere, 1.0, 1))]
    assert max(dist(a, b) for a, b in zip(moved, numbers(first), strict=True)) > 0.1


def test_a_steady_hand_draws_the_exact_line() -> None:
    path = Path((10.0, 20.0), (((310.0, 20.0),),), False)
    assert {y for _, y in numbers(strokes(path, 0.0, 1))} == {20.0}


def test_the_tip_of_a_head_stays() -> None:
    points = ((100.0, 100.0), (92.0, 104.0), (94.0, 100.0), (92.0, 96.0))
    drawn = unsteady(points, 0.9)
    assert drawn[0] == points[0] and drawn[1:] != points[1:]
    assert max(dist(a, b) for a, b in zip(points, drawn, strict=True)) <= 0.9 * 2**0.5


def figure(*items) -> Drawing:
    return Drawing(400, 300, "A figure", "", items)


ITEMS = (
    Shape("rounded", Box(20, 20, 120, 60), "model.fill", role="outline"),
    Shape("band", Box(200, 20, 120, 60), "", "group", 1.0, (5.0, 3.5)),
    Polygon(((20, 120), (140, 120), (100, 180), (60, 180)), "store.fill"),
    Line(((20, 220), (200, 220)), head="arrow"),
    Line(((20, 250), (200, 250)), head="open"),
)


def test_every_shape_polygon_and_line_is_drawn_by_hand_where_the_theme_says_so() -> None:
    plain, drawn = svg(figure(*ITEMS), BOOK), svg(figure(*ITEMS), WHITEBOARD)
    assert '<rect class="outline' in plain
    body = drawn[drawn.index('class="paper"') :]
    assert "<rect class" not in body.replace('<rect class="paper"', "")
    lines = re.findall(r'<path class="(?:outline )?(?:head )?[^"]*" d="([^"]*)"/>', body)
    exact = [data for data in lines if "C" not in data and data.endswith("Z")]
    assert len(exact) == 2, "the fill of the polygon and the filled head are all that has straight sides"
    assert body.count("M") > plain.count("M") + 4


def test_dashes_are_drawn_once_so_that_no_stroke_fills_the_gaps_of_another() -> None:
    drawn = svg(figure(ITEMS[1]), WHITEBOARD)
    (data,) = re.findall(r'<path class="[^"]*" d="([^"]*)"/>', drawn)
    assert data.count("M") == 1 and "stroke-dasharray" in drawn


def test_fills_follow_the_exact_outline() -> None:
    box = Box(20, 20, 120, 60)
    drawn = svg(figure(Shape("cylinder", box, "store.fill")), WHITEBOARD)
    plain = svg(figure(Shape("cylinder", box, "store.fill")), BOOK)
    (exact, *_) = re.findall(r' d="([^"]*)"', plain)
    assert f'd="{exact}"' in drawn


def test_the_same_figure_has_the_same_strokes_everywhere(tmp_path) -> None:
    case = "tests/figures/funnel.yaml"
    root = FilePath(__file__).parent.parent
    words = ["-m", "archkit", "render", str(root / case), "--theme", "whiteboard", "-o", "out"]
    assert unlike(words, tmp_path) == []


def test_lettering_is_embedded_and_what_it_lacks_comes_from_the_plain_face() -> None:
    words = "10 → 20"
    wide = width(words, 13, face="hand")
    drawn = svg(figure(Text(50, 100, words, 13, wide, anchor="middle")), WHITEBOARD)
    assert drawn.count("@font-face") == 2
    runs = re.findall(r'<tspan class="([^"]*)" x="([^"]*)"[^>]*>([^<]*)</tspan>', drawn)
    assert [text for _, _, text in runs] == ["10 ", "→", " 20"]
    assert runs[0][0] == runs[2][0] != runs[1][0]
    assert float(runs[0][1]) == pytest.approx(50 - wide / 2, abs=0.01)
    places = [float(x) for _, x, _ in runs]
    assert places == sorted(places) and places[-1] < 50 + wide / 2
