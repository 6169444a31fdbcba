"""Figures of matrices, relations and graphs: what they count and compute."""

from __future__ import annotations

from fractions import Fraction

import pytest
from planned import drawn, said

from archkit.blocks import Block, Boxed, Grid, Words
from archkit.pictures import Picture, walk
from archkit.planes import Plane

# matrices


def cells_of(picture: Picture) -> list[list[str]]:
    """Return the texts of the cells of every matrix row, without the titles of rows."""
    rows = []
    for block in walk(picture.body):
        if isinstance(block, Grid) and not block.ruled and block.leading == 0:
            rows += [[_text(cell) for cell in row[1:]] for row in block.rows[1:]]
    return rows


def _text(cell: Block | None) -> str:
    return next((block.text for block in walk(cell) if isinstance(block, Words)), "") if cell is not None else ""


def test_the_product_that_is_shown_is_the_product_of_the_factors_that_are_shown() -> None:
    picture = drawn("figures: [{kind: matrix, columns: [A, B, C], cells: {a: [5, ~, 1], b: [1, 3, ~], c: [4, 4, 2]}, "
                    "factors: 2}]\n", "matrix")  # fmt: skip
    rows = cells_of(picture)
    left, right, shown = rows[3:6], rows[6:8], rows[8:]
    u = [[_number(text) for text in row] for row in left]
    v = [[_number(text) for text in row] for row in right]
    for i, row in enumerate(shown):
        for j, text in enumerate(row):
            exact = sum(u[i][k] * v[k][j] for k in range(2))
            assert float(_number(text)) == pytest.approx(float(exact), abs=0.0501)


def _number(text: str) -> Fraction:
    return Fraction(text.replace("−", "-"))


def test_things_that_are_in_one_set_are_counted() -> None:
    picture = drawn("figures: [{kind: matrix, sets: {x: [tea, milk], y: [milk, tea, bread], z: tea}}]\n", "matrix")
    assert cells_of(picture) == [["–", "2", "1"], ["2", "–", "1"], ["1", "1", "–"]]
    picture = drawn("figures: [{kind: matrix, show: one-hot, sets: {x: [tea, milk], z: tea}}]\n", "matrix")
    assert cells_of(picture) == [["1", "1"], ["1", "0"]]


def test_an_adjacency_matrix_is_symmetric() -> None:
    rows = cells_of(drawn("figures: [{kind: matrix, links: {a: [b, c], d: [c]}}]\n", "matrix"))
    assert rows == [list(column) for column in zip(*rows, strict=True)]
    assert sum(row.count("1") for row in rows) == 6


def test_larger_numbers_stand_on_darker_ground() -> None:
    picture = drawn(
        "figures: [{kind: matrix, heat: true, columns: [A, B, C, D], cells: {a: [1, 5, 9, ~]}}]\n", "matrix"
    )
    fills = [block.fill for block in walk(picture.body) if isinstance(block, Boxed) and _text(block) in "159"]
    assert [fill for fill in fills if fill.startswith("heat")] == ["heat.1", "heat.3", "heat.4"]


# relations and graphs


def ways(picture: Picture) -> list[tuple[str, str, bool]]:
    plane = next(block for block in walk(picture.body) if isinstance(block, Plane))
    names = {(mark.x, mark.y): mark.text for mark in plane.marks}
    return [(names[way.tail], names[way.head], way.dashed) for way in plane.ways]


def test_a_suggestion_is_dashed_and_told() -> None:
    picture = drawn("figures: [{kind: relations, likes: {Ana: [A, B], Ben: [B, A, C]}, suggest: collaborative, "
                    "to: Ana}]\n", "relations")  # fmt: skip
    assert [way for way in ways(picture) if way[2]] == [("Ana", "C", True)]
    assert "Ben likes A and B as Ana does, and C besides" in said(picture)
    assert "0.67" in said(picture)


def test_predictions_are_held_against_the_second_graph() -> None:
    picture = drawn("figures: [{kind: graph_snapshots, links: {a: [b, c], b: [d], c: [d]}, new: {d: [a], e: [a]}, "
                    "predict: common neighbours, k: 2}]\n", "graph_snapshots")  # fmt: skip
    assert "1 of 2 predictions came true; 1 of 2 new links predicted" in said(picture)
    first, second = (block for block in walk(picture.body) if isinstance(block, Plane))
    assert [(mark.text, mark.x, mark.y) for mark in first.marks] == [
        (mark.text, mark.x, mark.y) for mark in second.marks
    ]
    assert (len(first.ways), len(second.ways)) == (4 + 2, 4 + 2)
    assert sum(way.bold and not way.dashed for way in second.ways) == 2
