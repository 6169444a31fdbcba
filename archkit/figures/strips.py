"""Vectors and digits as strips of cells, for the kinds of figures that show them."""

from __future__ import annotations

from archkit.blocks import Block, Boxed, Cells, Column, Row, Words

_WHOLE = 6  # cells up to which a vector is drawn whole
_CELL = (1.5, 1.9)


def strip(width: int | None, fill: str = "node.fill", whole: int = _WHOLE) -> Block:
    """Return a vector: every number as a cell where they are few, else the first and last ones.

    Args:
        width: How many numbers; None where that is not known.
        fill: Colour role of its cells.
        whole: Cells up to which it is drawn whole.
    """
    if width is not None and width <= whole:
        return Cells(width, fill=fill)
    return Cells(whole - 1, cut=True, fill=fill)


def digits(texts: tuple[str, ...], fill: str = "node.fill") -> Block:
    """Return a strip of cells with something written in each, as the zeros and ones of a one-hot vector."""
    cells = [
        Boxed(Words(text, "small", "ink", align="middle"), shape="rect", fill=fill, padding=0.36, least=_CELL)
        for text in texts
    ]
    return Row(tuple(cells), 0.0, "stretch")


def length_of(width: int | None, otherwise: str = "vector") -> str:
    """Return how long a vector is, in words."""
    return otherwise if width is None else "1 number" if width == 1 else f"{width:,} numbers"


def stacked(fill: str, count: int) -> Block:
    """Return several vectors below each other, and how many they are."""
    rows: tuple[Block, ...] = tuple(Cells(5, cut=True, fill=fill) for _ in range(min(3, max(1, count))))
    words = Words(f"{count:,} vector{'s' if count > 1 else ''}", "small", "ink", align="middle")
    return Column((*rows, words), 0.3, "middle")
