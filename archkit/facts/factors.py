"""A matrix with blanks → two thin matrices whose product comes near its known cells, and how near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import cos, fsum, sqrt

Known = Mapping[tuple[int, int], Fraction]
"""The known cells of a matrix by row and column."""

Matrix = tuple[tuple[Fraction, ...], ...]

_ROUNDS = 80
_RIDGE = 0.1  # weight of the squared factors for each known cell: keeps predictions near what is known
_DIGITS = 100  # factors are rounded to hundredths, so that the product of what is shown is what is shown


def factorised(known: Known, rows: int, columns: int, rank: int) -> tuple[Matrix, Matrix]:
    """Return the factors of a matrix with blanks, found by alternating least squares.

    In turn the rows of one factor are the ridge regression of the known cells on the other factor. The start is fixed,
    so that the same matrix has the same factors everywhere. (Zhou and others, "Large-scale parallel collaborative
    filtering for the Netflix prize", 2008.)

    Args:
        known: The known cells.
        rows: Of the matrix.
        columns: Of the matrix.
        rank: Length of every factor.

    Returns:
        A factor for every row, then one for every column, rounded to hundredths.
    """
    mean = fsum(map(float, known.values())) / len(known) if known else 0.0
    size = sqrt(abs(mean) / rank)
    right = [[size * (1 + 0.5 * cos(1.0 + 2.0 * at + 3.0 * k)) for k in range(rank)] for at in range(columns)]
    left: list[list[float]] = [[0.0] * rank for _ in range(rows)]
    by_row = [[(j, float(v)) for (i, j), v in known.items() if i == at] for at in range(rows)]
    by_column = [[(i, float(v)) for (i, j), v in known.items() if j == at] for at in range(columns)]
    for _ in range(_ROUNDS):
        left = [_ridge([(right[j], value) for j, value in cells], rank) for cells in by_row]
        right = [_ridge([(left[i], value) for i, value in cells], rank) for cells in by_column]
    return _rounded(left), _rounded(right)


def product(left: Matrix, right: Matrix) -> Matrix:
    """Return the scalar products of all rows of two matrices.

    Args:
        left: Rows of numbers.
        right: Rows of as many numbers each.
    """
    return tuple(tuple(sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) for v in right) for u in left)


def error(known: Known, predicted: Matrix) -> float:
    """Return the root of the mean squared difference over the known cells (at least one).

    Args:
        known: Values by row and column.
        predicted: A matrix that has those cells.
    """
    squares = [(value - predicted[i][j]) ** 2 for (i, j), value in known.items()]
    return sqrt(float(sum(squares, Fraction(0)) / len(squares)))


def _ridge(pairs: Sequence[tuple[Sequence[float], float]], rank: int) -> list[float]:
    """Return the weights w with the least Σ (x·w − y)² + ridge · n · |w|² for n pairs (x, y)."""
    ridge = _RIDGE * max(1, len(pairs))
    square = [[fsum(x[a] * x[b] for x, _ in pairs) + ridge * (a == b) for b in range(rank)] for a in range(rank)]
    return _solved(square, [fsum(x[a] * y for x, y in pairs) for a in range(rank)])


def _solved(square: list[list[float]], right: list[float]) -> list[float]:
    """Solve a system with a positive definite matrix by elimination; such a matrix needs no exchange of rows."""
    size = len(right)
    for at in range(size):
        for below in range(at + 1, size):
            share = square[below][at] / square[at][at]
            square[below] = [b - share * a for a, b in zip(square[at], square[below], strict=True)]
            right[below] -= share * right[at]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = fsum(square[at][k] * found[k] for k in range(at + 1, size))
        found[at] = (right[at] - rest) / square[at][at]
    return found


def _rounded(rows: Sequence[Sequence[float]]) -> Matrix:
    return tuple(tuple(Fraction(round(value * _DIGITS), _DIGITS) for value in row) for row in rows)
