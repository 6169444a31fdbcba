"""Numbers and formulas as figures write them: fractions with bars, sums with their index, and rounding that shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor, log10

from archkit.blocks import Block, Column, Row, Style, Words
from archkit.formulas import Quotient, Sum

Part = Block | str | Fraction | float | int

_ONE_LINE = 60.0
_GAP = 0.32
_TERMS = 8  # up to which a sum is written out


def decimal(value: Fraction | float, digits: int = 3) -> str:
    """Return a number with at most so many decimals, and at least so many digits that count: ``0.611``, ``0.00042``.

    Args:
        value: The number.
        digits: Decimals of numbers from 0.1 on; numbers above 100 have fewer.
    """
    size = abs(float(value))
    if size and size < 0.1:
        digits = min(12, digits - 1 - floor(log10(size)))
    elif size >= 100:
        digits = 0 if size >= 10_000 else 1
    text = f"{_rounded(value, digits):,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def equals(value: Fraction | float, digits: int = 3) -> str:
    """Return ``=`` where a number is shown exactly, and ``≈`` where it is rounded.

    Args:
        value: The exact number.
        digits: Decimals that are shown.
    """
    shown = Fraction(decimal(value, digits).replace(",", "").replace("−", "-"))
    exact = shown == value if isinstance(value, Fraction | int) else abs(float(shown) - value) < 1e-12
    return "=" if exact else "≈"


def _rounded(value: Fraction | float, digits: int) -> Decimal:
    """Round half away from zero, as people do by hand."""
    fraction = value if isinstance(value, Fraction) else Fraction(repr(float(value)))
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    # a float that was computed may stand a hair below the half that it means
    exact = exact if isinstance(value, Fraction) else round(exact, digits + 9)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def said(part: Part, style: Style = "body") -> Block:
    """Return a part of a formula as a block: words on one line, numbers rounded.

    Args:
        part: Words, a number or a block.
        style: Of words.
    """
    if isinstance(part, Block):
        return part
    return Words(part if isinstance(part, str) else decimal(part), style, measure=_ONE_LINE)


def line(*parts: Part, gap: float = _GAP) -> Block:
    """Return parts of a formula side by side."""
    blocks = tuple(said(part) for part in parts)
    return blocks[0] if len(blocks) == 1 else Row(blocks, gap)


def over(above: Part, below: Part) -> Quotient:
    """Return a fraction.

    Args:
        above: The numerator.
        below: The denominator.
    """
    return Quotient(said(above), said(below))


def ratio(value: Fraction) -> Block:
    """Return an exact fraction as it is read: with a bar, or whole."""
    return over(str(value.numerator), str(value.denominator)) if value.denominator != 1 else said(str(value.numerator))


def slashed(value: Fraction) -> str:
    """Return an exact fraction for inside another, where a second bar would be hard to read: ``2/3``."""
    return str(value)


def sum_over(below: str, above: str = "") -> Sum:
    """Return a sum sign with its index.

    Args:
        below: What stands below the sign, such as ``i = 1``.
        above: What stands above it; nothing where empty.
    """
    return Sum(Words(below, "small", "ink"), Words(above, "small", "ink") if above else None)


def plus(terms: Sequence[Part]) -> Block:
    """Return a sum that is written out; of many terms the first and last ones."""
    shown: list[Part] = list(terms)
    if len(shown) > _TERMS:
        shown = [*shown[:4], "…", *shown[-2:]]
    parts: list[Part] = []
    for term in shown:
        parts += ["+", term] if parts else [term]
    return line(*parts) if parts else said("0")


def result(left: str, value: Fraction | float, *between: Part) -> Block:
    """Return one line that ends in a value: ``precision@5 = 3/5 = 0.6``, the value in strong letters.

    Args:
        left: What is computed.
        value: What it comes to.
        between: What stands between both, each behind a sign of equality.
    """
    parts: list[Part] = [left]
    for part in between:
        parts += ["=", part]
    parts += [equals(value), Words(decimal(value), "strong")]
    return line(*parts)


def lines(*rows: Block) -> Column:
    """Return lines of a computation below each other."""
    return Column(rows, 0.45)
