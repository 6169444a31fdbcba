"""``500M``, ``200 ms``, ``5.12 TB``, ``50B / day`` → exact numbers with a dimension, and back to a short form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from archkit.magnitude import human
from archkit.quantityhints import Problem, bad_unit, negative, no_number, odd_number, wrong_dimension
from archkit.units import BY_POWERS, POWERS, UNITS, BadUnit, Dimension, parse_unit

__all__ = ["Dimension", "Problem", "Quantity", "human", "parse_quantity"]

_NUMBER = re.compile(
    r"\s*[~≈]?\s*([-+−]?)\s*(US\$|\$|)\s*"
    r"(?:([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([-+]?[0-9]+))?(?![0-9.,_'’])"
)
_LONGEST = 200
_LARGEST_EXPONENT = 30
_MOST_DIGITS = 60

_UNITLESS = frozenset((Dimension.COUNT, Dimension.RATIO))
_DATA = frozenset((Dimension.BYTES, Dimension.BANDWIDTH))
_PART_OF_TIME = r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-zµμ]+)"


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact number that measures something.

    Two quantities are equal if their values and dimensions are, however they were written. Sums, differences and
    comparisons take two of one dimension; products and quotients make the dimension that physics makes, as data divided
    by time. Whatever has no dimension here (a time times a time) raises ``TypeError``: it is a mistake in the program.

    Args:
        value: In base units: 1, second, byte, 1 / second, byte / second, US dollar…
        dimension: What it measures.
        text: As the user wrote it; empty for computed ones.
        noun: What is counted, as ``tokens`` of ``128 tokens``.
    """

    value: Fraction
    dimension: Dimension
    text: str = ""
    noun: str = ""

    def human(self, *, grouped: bool = False, per: str = "", digits: int = 3) -> str:
        """Return a short form; see ``archkit.magnitude.human``.

        Args:
            grouped: Whether counts, rates and money are written in full, with commas.
            per: The time that rates are for, as ``day``; else the one that suits.
            digits: How many significant digits are kept.
        """
        return human(self.value, self.dimension, noun=self.noun, grouped=grouped, per=per, digits=digits)

    def __str__(self) -> str:
        return self.text or self.human()

    def __repr__(self) -> str:
        return f"<{self.dimension.value} {self}>"

    def __float__(self) -> float:
        return float(self.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.value == other.value and self.dimension is other.dimension

    def __hash__(self) -> int:
        return hash((self.value, self.dimension))

    def __lt__(self, other: Quantity) -> bool:
        return self.value < self._alike(other)

    def __le__(self, other: Quantity) -> bool:
        return self.value <= self._alike(other)

    def __gt__(self, other: Quantity) -> bool:
        return self.value > self._alike(other)

    def __ge__(self, other: Quantity) -> bool:
        return self.value >= self._alike(other)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + self._alike(other), self.dimension, noun=self.noun)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - self._alike(other), self.dimension, noun=self.noun)

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.dimension, noun=self.noun)

    def __mul__(self, other: Quantity | Fraction | int) -> Quantity:
        if isinstance(other, Quantity):
            return Quantity(self.value * other.value, _combined(self.dimension, other.dimension, 1))
        return Quantity(self.value * _exact(other), self.dimension, noun=self.noun)

    def __rmul__(self, other: Fraction | int) -> Quantity:
        return self * other

    def __truediv__(self, other: Quantity | Fraction | int) -> Quantity:
        if isinstance(other, Quantity):
            return Quantity(self.value / other.value, _combined(self.dimension, other.dimension, -1))
        return Quantity(self.value / _exact(other), self.dimension, noun=self.noun)

    def _alike(self, other: Quantity) -> Fraction:
        if not isinstance(other, Quantity) or other.dimension is not self.dimension:
            raise TypeError(f"{self} is {self.dimension}, and {other} is not")
        return other.value


def _exact(number: Fraction | int) -> Fraction | int:
    if not isinstance(number, (int, Fraction)):
        raise TypeError(f"{number!r} is not exact: quantities are multiplied and divided by int and Fraction")
    return number


def _combined(a: Dimension, b: Dimension, sign: int) -> Dimension:
    """Return the dimension of a product (sign 1) or quotient (sign -1)."""
    if sign < 0 and a is b:
        return Dimension.RATIO
    if Dimension.RATIO in (a, b) and POWERS[a] == POWERS[b]:
        return a if b is Dimension.RATIO else b
    money, data, time, energy, things = (x + sign * y for x, y in zip(POWERS[a], POWERS[b], strict=True))
    if things and {a, b} & {Dimension.COUNT, Dimension.RATE}:
        things = 0
    found = BY_POWERS.get((money, data, time, energy, things))
    if found is None:
        raise TypeError(f"{a} {'times' if sign > 0 else 'divided by'} {b} has no dimension here")
    return found


def parse_quantity(text: str, expect: Dimension | tuple[Dimension, ...], *, signed: bool = True) -> Quantity | Problem:
    """Read a number with its unit.

    Numbers are exact (``0.1%`` is 1/1000), may have thousands commas and an exponent, and a multiplier: k, M, B, T.
    ``B`` is a billion, and a byte where an amount of data is wanted first; ``bytes`` always means bytes. A
    month has 30 days, a year 365; kB is 1,000 bytes and KiB 1,024. A number alone is a count or a share, whichever is
    wanted first.

    Args:
        text: As the user wrote it.
        expect: What may be measured.
        signed: Whether negative numbers are allowed.

    Returns:
        The quantity, or what is wrong with the text.
    """
    return _parse(text, expect if isinstance(expect, tuple) else (expect,), signed)


@lru_cache(8192)
def _parse(text: str, expect: tuple[Dimension, ...], signed: bool) -> Quantity | Problem:
    match = _NUMBER.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return no_number(text, expect)
    sign, money, whole, decimals, only_decimals, exponent = match.groups()
    decimals = decimals or only_decimals or ""
    whole = (whole or "0").replace(",", "")
    power = int(exponent or 0) - len(decimals)
    size = abs(int(exponent)) if exponent else 0
    if (whole[0] == "0" and len(whole) > 1) or size > _LARGEST_EXPONENT or len(whole) - power > _MOST_DIGITS:
        return odd_number(text, match.start(3) if match.start(3) >= 0 else match.start(5), match.end())
    if sign and sign != "+" and not signed:
        return negative(text)
    end = match.end()
    unit = parse_unit(text[end:], expect[0] in _DATA, bool(money))
    if isinstance(unit, BadUnit):
        total = _duration(text) if Dimension.TIME in expect else None
        return bad_unit(text, expect, end, unit) if total is None else Quantity(total, Dimension.TIME, text.strip())
    dimension = unit.dimension
    if unit.bare:
        dimension = next((wanted for wanted in expect if wanted in _UNITLESS), dimension)
    if dimension is None or dimension not in expect:
        return wrong_dimension(text, expect, unit, end)
    number = int(whole + decimals) * (-1 if sign and sign != "+" else 1)
    numerator, denominator = number * unit.numerator, unit.denominator
    if power > 0:
        numerator *= 10**power
    elif power:
        denominator *= 10**-power
    value = Fraction(numerator) if denominator == 1 else Fraction(numerator, denominator)
    return Quantity(value, dimension, text.strip(), unit.noun)


def _duration(text: str) -> Fraction | None:
    """Add up a time in parts, as ``1 h 30 min``; None where it is none."""
    if not re.fullmatch(f"(?:{_PART_OF_TIME})+\\s*", text):
        return None
    total = Fraction(0)
    last = None
    for number, name in re.findall(_PART_OF_TIME, text):
        numerator, denominator, powers = UNITS.get(name, (0, 1, ()))
        size = Fraction(numerator, denominator)
        if powers != POWERS[Dimension.TIME] or (last is not None and size >= last):
            return None
        total += Fraction(number) * size
        last = size
    return total
