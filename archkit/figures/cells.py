"""Rows, columns and cells → a matrix as blocks: titles with glyphs, shaded, blank and marked cells."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from archkit.blocks import Align, Block, Boxed, Column, Glyph, Grid, Overlay, Row, Space, Words
from archkit.figures.common import glyph_for

_SIDE = (2.5, 2.1)
_LEVELS = 4
_CHECKS = frozenset(("x", "X", "yes", "true", "✓", "✔"))
_CROSSES = frozenset(("no", "false", "✗", "✘"))


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: What is written in it; empty for a blank one.
        share: How large it is among all, from 0 to 1, for its ground; None for none.
        marked: Whether it stands out by a dashed border.
    """

    text: str = ""
    share: Fraction | None = None
    marked: bool = False


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    glyphs: tuple[str, str] = ("", ""),
    title: Block | None = None,
) -> Block:
    """Return a matrix.

    Args:
        rows: Titles of its rows; empty texts where they are not to be repeated.
        columns: Titles of its columns.
        cells: As many rows and columns as have titles.
        glyphs: Of rows and of columns, empty for none.
        title: Stands above it.
    """
    titles = [_column_title(name, glyphs[1]) for name in columns]
    grid: list[tuple[Block | None, ...]] = [(None, *titles)]
    for name, row in zip(rows, cells, strict=True):
        grid.append((_row_title(name, glyphs[0]), *(_cell(cell) for cell in row)))
    body: tuple[Align, ...] = ("stretch",)
    aligns: tuple[Align, ...] = ("end", *body * len(columns))
    block = Grid(tuple(grid), aligns, 1, ruled=False, gap=0.0, leading=0.0, align="stretch")
    return Column((title, block), 0.4, "middle") if title is not None else block


def shares(values: Sequence[Fraction]) -> dict[Fraction, Fraction]:
    """Return where each of some values stands between the least and the largest of them, from 0 to 1."""
    low, high = min(values, default=Fraction(0)), max(values, default=Fraction(0))
    return {value: (value - low) / (high - low) if high > low else Fraction(1, 2) for value in values}


def _row_title(name: str, glyph: str) -> Block | None:
    parts: list[Block] = [Glyph(glyph_for(glyph), size=1.4)] if glyph else []
    if name:
        parts.append(Words(name, measure=9, align="end"))
    if not parts:
        return None
    return Overlay((Row((*parts, Space(0.3, 0.0)), 0.4),))


def _column_title(name: str, glyph: str) -> Block | None:
    parts: list[Block] = [Glyph(glyph_for(glyph), size=1.4)] if glyph else []
    if name:
        parts.append(Words(name, measure=4.5, align="middle"))
    if not parts:
        return None
    inner = Column((*parts, Space(0.0, 0.15)), 0.15, "middle")
    return Boxed(inner, shape="rect", fill="paper", stroke="", padding=0.36)


def _cell(cell: Cell) -> Block:
    fill = "node.fill"
    if cell.share is not None:
        fill = f"heat.{min(_LEVELS, 1 + int(cell.share * _LEVELS))}"
    inner: Block = Space()
    if cell.text in _CHECKS or cell.text in _CROSSES:
        inner = Glyph("check" if cell.text in _CHECKS else "cross", size=1.0)
    elif cell.text:
        inner = Words(cell.text, "strong" if cell.marked else "body", measure=6, align="middle")
    stroke = "accent" if cell.marked else "ink"
    return Boxed(inner, "", "rect", fill, stroke, cell.marked, cell.marked, 0.4, _SIDE)
