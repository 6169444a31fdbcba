"""Drawings in numbers."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st
from sketch import drawing, edge, node, pair, words

from archkit.drawing import Box
from archkit.geometry import crossing, simplify
from archkit.proof import measure
from archkit.proof.measures import count_crossings, measure_lines


def test_a_drawing_in_numbers() -> None:
    way = [(160, 140), (200, 140), (200, 250), (340, 250)]
    down = edge("c", "d", [(210, 60), (210, 300)])
    picture = drawing(
        *pair(),
        edge("a", "e", way),
        node("c", 160, 10),
        node("d", 160, 300),
        node("e", 340, 230, (50, 40)),
        down,
        words(20, 390, "small", size=8),
        page=Box(0, 0, 800, 400),
    )
    found = measure(picture)
    assert (found.nodes, found.arrows, found.crossings) == (5, 3, 2)
    assert isclose(found.bends, 2)
    assert found.ink == 150 + (40 + 110 + 140) + 240
    node_area = 4 * 100 * 50 + 50 * 40
    assert isclose(found.relative_ink, found.ink / (node_area / 5) ** 0.5)
    assert (found.area, found.aspect) == (320_000, 2.0)
    assert isclose(found.print_scale, 0.75)
    assert isclose(found.print_size, 6.0)


def test_pages_shrink_to_what_a_sheet_leaves() -> None:
    assert isclose(measure(drawing(page=Box(0, 0, 1572, 100))).print_scale, 0.5)
    assert isclose(measure(drawing(page=Box(0, 0, 100, 1078))).print_scale, 0.5)


def test_curves_are_measured_along_the_curve() -> None:
    nodes = node("a", 60, 100), node("b", 310, 100)
    straight = measure(drawing(*nodes, edge("a", "b", [(160, 125), (310, 125)], smooth=True)))
    bent = measure(drawing(*nodes, edge("a", "b", [(160, 125), (235, 150), (310, 125)], smooth=True)))
    assert straight.ink == 150
    assert straight.bends == 0
    assert 150 < bent.ink < 175
    assert 0 < bent.bends < 1


LINE = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=5)


@given(st.lists(LINE, max_size=6))
def test_crossings_are_those_that_a_full_search_finds(lines: list[list[tuple[int, int]]]) -> None:
    pieces = [[*pairwise(simplify(line))] for line in lines]
    expected = sum(crossing(*one, *other) is not None for a, b in combinations(pieces, 2) for one in a for other in b)
    assert count_crossings(lines) == expected


def test_arrows_that_touch_or_overlap_do_not_cross() -> None:
    level = [(0, 50), (100, 50)]
    assert measure_lines([level, [(50, 0), (50, 100)]]).crossings == 1
    assert measure_lines([level, [(50, 0), (50, 50)]]).crossings == 0
    assert measure_lines([level, [(20, 50), (80, 50)]]).crossings == 0
    assert measure_lines([[(0, 0), (9, 0), (9, 9), (4, 9), (4, -9)]]).crossings == 0
