"""What is computed from links, likes and ratings: scores as by hand, true factors, circles without knots."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import cos, hypot, log, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.facts.factors import error, factorised, product
from archkit.facts.links import like_the_liked, liked_by_alike, likely_links, nearness, pairs, undirected
from archkit.figures.ties import Tie, around, circle_order

SQUARE = undirected({"a": ["b", "c"], "b": ["d"], "c": ["d"], "e": ["d"]})


def test_links_hold_in_both_directions() -> None:
    assert SQUARE["d"] == {"b", "c", "e"}
    assert pairs(SQUARE) == [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]
    assert undirected({"a": ["a"]}) == {"a": frozenset()}


@pytest.mark.parametrize(
    ("measure", "score"),
    [("common neighbours", 2.0), ("jaccard", 2 / 3), ("adamic-adar", 2 / log(2))],
)
def test_nearness_is_what_the_books_say(measure: str, score: float) -> None:
    # a and d have b and c in common, of b, c and e in all; b and c have two neighbours each
    assert nearness("a", "d", SQUARE, measure) == pytest.approx(score)  # type: ignore[arg-type]


def test_likely_links_are_those_with_common_neighbours_in_order() -> None:
    found = likely_links(SQUARE, "common neighbours")
    assert [(one.tail, one.head, one.score) for one in found] == [
        ("a", "d", 2), ("b", "c", 2), ("b", "e", 1), ("c", "e", 1)]  # fmt: skip
    assert found[0].because == ("b", "c")
    assert [(one.tail, one.head) for one in likely_links(SQUARE, "jaccard", "e")] == [("e", "b"), ("e", "c")]


def test_collaborative_suggestions_come_from_those_who_are_alike() -> None:
    likes = {"ana": ["A", "B"], "ben": ["A", "B", "C"], "eva": ["B", "D"], "tom": ["E"]}
    found = liked_by_alike(likes, "ana")
    assert [(one.head, one.score) for one in found] == [("C", pytest.approx(2 / 3)), ("D", pytest.approx(1 / 3))]
    assert found[0].because == ("ben",)


def test_content_based_suggestions_are_like_what_is_liked() -> None:
    features = {"A": ["space", "film"], "B": ["space", "film", "long"], "C": ["tea"], "D": ["space"]}
    found = like_the_liked({"ana": ["A"]}, features, "ana")
    assert [(one.head, one.score) for one in found] == [("B", pytest.approx(2 / 3)), ("D", pytest.approx(1 / 2))]
    assert found[0].because == ("A",)


# factors


def test_a_product_is_exact() -> None:
    left = ((Fraction(1, 2), Fraction(2)),)
    right = ((Fraction(4), Fraction(1)), (Fraction(0), Fraction(-3, 2)))
    assert product(left, right) == ((Fraction(4), Fraction(-3)),)


def test_the_error_is_the_root_of_the_mean_square() -> None:
    known = {(0, 0): Fraction(5), (0, 1): Fraction(1)}
    assert error(known, ((Fraction(2), Fraction(5)),)) == pytest.approx(((9 + 16) / 2) ** 0.5)


def test_factors_come_near_a_matrix_that_has_them_and_fill_its_blank() -> None:
    u, v = (1, 2, 3), (2, 1, 3, 1)
    known = {(i, j): Fraction(a * b) for i, a in enumerate(u) for j, b in enumerate(v) if (i, j) != (2, 2)}
    left, right = factorised(known, 3, 4, 1)
    predicted = product(left, right)
    assert error(known, predicted) < 0.2
    assert float(predicted[2][2]) == pytest.approx(9, abs=1)
    assert factorised(known, 3, 4, 1) == (left, right)
    assert all((100 * value).denominator == 1 for row in (*left, *right) for value in row), "shown as they are"


@given(
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(-9, 9), min_size=1), st.integers(1, 3)
)
@settings(max_examples=40, deadline=None)
def test_any_matrix_has_factors(cells: dict[tuple[int, int], int], rank: int) -> None:
    known = {place: Fraction(value) for place, value in cells.items()}
    left, right = factorised(known, 4, 4, rank)
    predicted = product(left, right)
    # no worse than saying nothing: all factors zero
    assert error(known, predicted) <= error(known, ((Fraction(0),) * 4,) * 4) + 0.1


# circles

NAMES = [f"n{at}" for at in range(9)]
graphs = st.lists(st.sampled_from(list(combinations(NAMES, 2))), unique=True, max_size=14)


def test_a_ring_is_drawn_without_a_crossing() -> None:
    ring = ["a", "d", "b", "e", "c", "f"]
    links = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    order = circle_order(sorted(ring), links)
    steps = {abs(order.index(a) - order.index(b)) for a, b in links}
    assert order[0] == "a" and steps == {1, 5}


@given(graphs)
@settings(max_examples=30, deadline=None)
def test_no_line_of_a_circle_comes_near_a_third_thing(links: list[tuple[str, str]]) -> None:
    order = circle_order(NAMES, links)
    assert sorted(order) == NAMES
    plane = around(order, [Tie(*link) for link in links], "user")
    em = plane.width / (plane.x.high - plane.x.low)  # one unit in em
    for way in plane.ways:
        for mark in plane.marks:
            if (mark.x, mark.y) not in (way.tail, way.head):
                assert em * _distance((mark.x, mark.y), way.tail, way.head) > 1.4, "half a glyph is 0.85 em"


def _distance(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of a point from the line through two others; on a circle that is all that is needed."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / hypot(bx - ax, by - ay)


def test_things_stand_evenly_around_a_circle() -> None:
    plane = around(["a", "b", "c", "d", "e"], [], "user")
    for at, mark in enumerate(plane.marks):
        assert (mark.x, mark.y) == pytest.approx((sin(2 * pi * at / 5), cos(2 * pi * at / 5)), abs=1e-5)
