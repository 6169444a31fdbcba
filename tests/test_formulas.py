"""Formulas in pictures: bars, sums, roots and powers stand where they belong, however they are nested."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.blocks import Block, Row, Words
from archkit.drawing import Box, Group, Item, Line, Text
from archkit.formulas import Power, Quotient, Root, Sum
from archkit.layout.pictures import fit, layout_picture
from archkit.pictures import Picture
from archkit.proof import check
from archkit.theme import THEMES

BOOK = THEMES["book"]


def drawn(block: Block) -> tuple[list[Item], Box]:
    fitted = fit(block, BOOK)
    box = Box(0.0, 0.0, fitted.width, fitted.height)
    return flat(fitted.draw(box)), box


def flat(items: list[Item]) -> list[Item]:
    return [inner for item in items for inner in (flat(list(item.items)) if isinstance(item, Group) else [item])]


def text_at(items: list[Item], said: str) -> Text:
    return next(item for item in items if isinstance(item, Text) and item.text == said)


def test_the_bar_of_a_fraction_is_in_the_middle_of_its_line() -> None:
    items, box = drawn(Quotient(Words("2"), Words("precision and recall")))
    (bar,) = [item for item in items if isinstance(item, Line)]
    (left, y), (right, other) = bar.points
    assert y == other == box.center[1]
    assert text_at(items, "2").y < y < text_at(items, "precision and recall").y
    words = text_at(items, "precision and recall")
    assert left < words.x and words.x + words.width < right, "it reaches beyond the longer of both"


def test_bars_of_fractions_of_unlike_height_stand_on_one_line() -> None:
    tall = Quotient(Quotient(Words("1"), Words("2")), Words("3"))
    items, _ = drawn(Row((Quotient(Words("a"), Words("b")), Words("+"), tall)))
    heights = [item.points[0][1] for item in items if isinstance(item, Line)]
    assert len(heights) == 3 and heights.count(heights[0]) == 2, "the inner bar alone stands elsewhere"


def test_a_sum_has_its_bounds_below_and_above() -> None:
    items, box = drawn(Sum(Words("i = 1"), Words("n")))
    (sign,) = [item for item in items if isinstance(item, Line)]
    ys = [y for _, y in sign.points]
    assert (min(ys) + max(ys)) / 2 == pytest.approx(box.center[1])
    assert text_at(items, "n").y < min(ys) and text_at(items, "i = 1").y > max(ys)


def test_a_root_covers_all_of_what_is_in_it() -> None:
    items, _ = drawn(Root(Quotient(Words("41"), Words("three"))))
    sign = next(item for item in items if isinstance(item, Line) and len(item.points) == 5)
    words = text_at(items, "three")
    assert sign.points[3][0] < words.x and words.x + words.width < sign.points[4][0]
    assert sign.points[3][1] == min(y for _, y in sign.points) < text_at(items, "41").y


def test_an_exponent_is_raised() -> None:
    items, _ = drawn(Power(Words("2"), Words("grade", "small")))
    base, exponent = text_at(items, "2"), text_at(items, "grade")
    assert exponent.y < base.y and exponent.x >= base.x + base.width


PARTS = st.recursive(
    st.sampled_from(["1", "n", "precision@5", "relevant items", "×"]).map(Words),
    lambda inner: st.one_of(
        st.builds(Quotient, inner, inner),
        st.builds(Root, inner),
        st.builds(Power, inner, st.just(Words("2", "small", "ink"))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Row((Sum(Words("i", "small", "ink")), *parts), 0.32)),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(PARTS, st.sampled_from(list(THEMES)))
def test_formulas_are_drawn_without_a_flaw_however_they_are_nested(block: Block, theme: str) -> None:
    picture = Picture("formula", "metric", "Formula", "A formula", block, description="A formula.")
    found = check(layout_picture(picture, THEMES[theme]), THEMES[theme], picture)
    assert [str(flaw) for flaw in found if flaw.code != "print-small"] == []
