"""Authored cells, sets or links → a matrix; with factors, the pair whose computed product fills its blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Row, Space, Words
from archkit.facts.factors import Known, Matrix, error, factorised, product
from archkit.figures.cells import Cell, matrix, shares
from archkit.figures.common import picture
from archkit.formulas import Power
from archkit.model.authored.matrix import MatrixFigure
from archkit.pictures import Picture
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_LEAST = 15.0  # em, so that a caption has room
_WIDE = 9  # columns from which the product stands below


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: cells, sets or links."""
    if isinstance(spec, MatrixFigure) and (spec.cells or spec.sets or spec.links):
        return []
    return ["`figures: - {kind: matrix, columns: [A, B], cells: {ana: [5, ~], ben: [4, 1]}}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the matrix, or what is counted from sets and links, or the matrix beside its factors."""
    assert isinstance(spec, MatrixFigure)  # noqa: S101  nothing else has what is needed
    if spec.factors:
        body, said = _factored(spec)
    elif spec.cells:
        body, said = _given(spec)
    elif spec.sets:
        body, said = _counted(spec)
    else:
        body, said = _linked(spec)
    body = Column((body, Space(_LEAST)), 0.0)
    return picture("matrix", "Matrix", f"{blueprint.title}: {said}", body, spec)


def _known(spec: MatrixFigure) -> Known:
    rows = {name: at for at, name in enumerate(spec.cells)}
    return {(rows[name], at): found.value for (name, at), found in spec.numbers().items()}


def _texts(spec: MatrixFigure) -> list[list[str]]:
    return [list(row) for row in spec.cells.values()]


def _glyphs(spec: MatrixFigure) -> tuple[str, str]:
    return spec.row, spec.column


def _given(spec: MatrixFigure) -> tuple[Block, str]:
    known = _known(spec)
    where = shares(list(known.values())) if spec.heat else {}
    cells = [
        [Cell(text, where.get(known[i, j]) if (i, j) in known else None) for j, text in enumerate(row)]
        for i, row in enumerate(_texts(spec))
    ]
    body = matrix(list(spec.cells), spec.columns, cells, _glyphs(spec))
    return body, _size(spec)


def _size(spec: MatrixFigure) -> str:
    count = len(spec.cells) * len(spec.columns)
    blank = sum(not text for row in _texts(spec) for text in row)
    said = f"{_plural(spec.row or 'row', len(spec.cells))} and {_plural(spec.column or 'column', len(spec.columns))}"
    return f"{said}, {blank} of {count} cells {'is' if blank == 1 else 'are'} blank" if blank else said


def _plural(word: str, count: int) -> str:
    return f"{count} {word}{'' if count == 1 or word.endswith('s') else 's'}"


def _counted(spec: MatrixFigure) -> tuple[Block, str]:
    """Return which set holds what, or how often two things are in one set."""
    things = list(dict.fromkeys(thing for held in spec.sets.values() for thing in held))
    if spec.show == "one-hot":
        ones = [[Cell("1", Fraction(3, 5)) if thing in held else Cell("0") for thing in things]
                for held in spec.sets.values()]  # fmt: skip
        body = matrix(list(spec.sets), things, ones, _glyphs(spec))
        return body, f"what each {spec.row or 'set'} holds, with 1 and 0"
    counts: dict[tuple[str, str], int] = {}
    for held in spec.sets.values():
        for pair in combinations(dict.fromkeys(held), 2):
            for one, other in (pair, pair[::-1]):
                counts[one, other] = counts.get((one, other), 0) + 1
    where = shares([Fraction(count) for count in counts.values()])
    cells = [
        [_count(counts.get((one, other), 0), where) if one != other else Cell("–") for other in things]
        for one in things
    ]
    body = matrix(things, things, cells, (spec.column, spec.column))
    sets = _plural(spec.row or "set", len(spec.sets))
    return body, f"how often two {spec.column or 'thing'}s are in one of {sets}"


def _count(count: int, where: Mapping[Fraction, Fraction]) -> Cell:
    return Cell(str(count), where.get(Fraction(count)) if count else None)


def _linked(spec: MatrixFigure) -> tuple[Block, str]:
    """Return the adjacency matrix of links, which is symmetric."""
    things = list(dict.fromkeys(name for one, others in spec.links.items() for name in (one, *others)))
    pairs = {frozenset((one, other)) for one, others in spec.links.items() for other in others}
    cells = [
        [Cell("1", Fraction(3, 5)) if frozenset((one, other)) in pairs else Cell("0") for other in things]
        for one in things
    ]
    links = how_many(len(pairs), "link")
    return matrix(things, things, cells, (spec.row, spec.row)), f"{links} as an adjacency matrix"


def _factored(spec: MatrixFigure) -> tuple[Block, str]:
    """Return the matrix, its factors, and their product with the blanks filled."""
    known, rows, columns = _known(spec), list(spec.cells), spec.columns
    left, right = _factors(spec, known)
    predicted = product(left, right)
    where = shares(list(known.values())) if spec.heat else {}
    given = [
        [Cell(text, where.get(known[i, j]) if (i, j) in known else None) for j, text in enumerate(row)]
        for i, row in enumerate(_texts(spec))
    ]
    filled = [[Cell(_number(value, 1), None, (i, j) not in known) for j, value in enumerate(row)]
              for i, row in enumerate(predicted)]  # fmt: skip
    ranks = [str(k + 1) for k in range(len(left[0]))]
    glyphs = _glyphs(spec)
    first = matrix(rows, columns, given, glyphs, Words("R, known", "strong"))
    u = matrix(rows, ranks, _plain(left), (glyphs[0], ""), Words("U", "strong"))
    v = matrix(ranks, columns, _plain(tuple(zip(*right, strict=True))), ("", glyphs[1]), _turned())
    result = matrix(rows, columns, filled, glyphs, Row((Words("U ×", "strong"), _turned()), 0.3))
    off = error(known, predicted)
    key = Row((Boxed(Space(1.2, 0.8), "", "rect", "node.fill", "accent", True, True, 0.2), _small("predicted")), 0.5)
    note = Column((_small(f"off by {off:.2f} at the known cells (root of the mean square)"), key), 0.5)
    top = (first, _sign("≈"), u, _sign("×"), v)
    bottom = (result, note)
    if len(columns) >= _WIDE:
        return Column((*(Row(part, 1.2) for part in ((first,), top[1:], bottom)),), 1.8), _said(spec, off)
    return Column((Row(top, 1.2), Row((_sign("="), *bottom), 1.6)), 1.8), _said(spec, off)


def _said(spec: MatrixFigure, off: float) -> str:
    filled = sum(not text for row in _texts(spec) for text in row)
    blanks = f"fill {how_many(filled, 'blank')}" if filled else "leave no blank to fill"
    return f"two factors {blanks}, off by {off:.2f} at what is known"


def _factors(spec: MatrixFigure, known: Known) -> tuple[Matrix, Matrix]:
    if spec.factors.rank is not None:
        return factorised(known, len(spec.cells), len(spec.columns), spec.factors.rank)
    return (
        tuple(spec.factors.rows[name] for name in spec.cells),
        tuple(spec.factors.columns[name] for name in spec.columns),
    )


def _plain(values: Sequence[Sequence[Fraction]]) -> list[list[Cell]]:
    digits = 0 if all(value.denominator == 1 for row in values for value in row) else 2
    return [[Cell(_number(value, digits)) for value in row] for row in values]


def _number(value: Fraction, digits: int) -> str:
    text = f"{float(value):.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text.replace("-", "−")


def _turned() -> Block:
    """Return the sign of the second factor, transposed."""
    return Power(Words("V", "strong"), Words("T", "small", "ink"))


def _small(text: str) -> Words:
    return Words(text, "small", "ink", 16)


def _sign(text: str) -> Words:
    return Words(text, "big", align="middle")
