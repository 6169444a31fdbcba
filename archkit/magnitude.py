"""An exact number and what it measures → a short form for people, which ``parse_quantity`` can read again."""

from __future__ import annotations

from fractions import Fraction

from archkit.units import DAY, MONTH, YEAR, Dimension

_Ladder = tuple[tuple[Fraction, Fraction, str], ...]


def tenths(value: Fraction) -> str:
    """Return a number with one decimal, or none where that would be 0: ``2.5``, ``45``."""
    return f"{float(value):.1f}".removesuffix(".0")


def _ladder(*steps: tuple[int | Fraction, str]) -> _Ladder:
    """Return steps with the value from which each is used, which is its own size."""
    return tuple((Fraction(size), Fraction(size), name) for size, name in steps)


# Beyond the last prefix, the number is written with an exponent.
_COUNT = (
    *_ladder((1, ""), (10**3, "k"), (10**6, "M"), (10**9, "B"), (10**12, "T")),
    (Fraction(10**15), Fraction(1), ""),
)
_BYTES = (
    *_ladder((1, "bytes"), *((1000**n, f"{p}B") for n, p in enumerate("kMGTPE", 1))),
    (Fraction(10**21), Fraction(1), "bytes"),
)
_WATTS = _ladder((1, "W"), (10**3, "kW"), (10**6, "MW"), (10**9, "GW"))
_JOULES = _ladder((1, "J"), *((3600 * 1000**n, f"{p}Wh") for n, p in enumerate(("", "k", "M", "G"))))
_SECONDS: _Ladder = tuple(
    (Fraction(start), Fraction(size), name)
    for start, size, name in (
        (Fraction(1, 10**9), Fraction(1, 10**9), "ns"),
        (Fraction(1, 10**6), Fraction(1, 10**6), "µs"),
        (Fraction(1, 1000), Fraction(1, 1000), "ms"),
        (1, 1, "s"),
        (120, 60, "min"),
        (7200, 3600, "h"),
        (2 * DAY, DAY, "d"),
        (2 * YEAR, YEAR, "years"),
    )
)
_LADDERS = {
    Dimension.COUNT: _COUNT,
    Dimension.RATE: _COUNT,
    Dimension.BYTES: _BYTES,
    Dimension.BANDWIDTH: _BYTES,
    Dimension.TIME: _SECONDS,
    Dimension.POWER: _WATTS,
    Dimension.ENERGY: _JOULES,
}

_PERIODS = {"s": 1, "min": 60, "h": 3600, "day": DAY, "month": MONTH, "year": YEAR}
_NATURAL = {
    Dimension.RATE: ("s", "min", "h", "day", "year"),
    Dimension.BANDWIDTH: ("s", "min", "h", "day", "year"),
    Dimension.MONEY_RATE: ("h", "day", "month", "year"),
}
_PRICES = {
    Dimension.MONEY_PER_COUNT: ((1, "item"), (10**3, "1k"), (10**6, "1M"), (10**9, "1B")),
    Dimension.MONEY_PER_BYTE: ((10**9, "GB"), (10**12, "TB"), (10**15, "PB")),
    Dimension.MONEY_PER_BYTE_TIME: ((10**9 * MONTH, "GB / month"), (10**12 * MONTH, "TB / month")),
}


def human(
    value: Fraction, dimension: Dimension, *, noun: str = "", grouped: bool = False, per: str = "", digits: int = 3
) -> str:
    """Write a number with its unit, as ``46.3 k/s``, ``5.12 TB``, ``200 ms``, ``1.2 B``, ``99.9%``, ``$3 / 1M``.

    Args:
        value: In the dimension's base unit.
        dimension: What it measures.
        noun: What is counted.
        grouped: Write counts, rates and money in full with thousands commas, as ``46,296/s``.
        per: The time that rates are for, as ``day``: one of s, min, h, day, month, year; else the one that suits.
        digits: How many significant digits are kept. Of shares near 1, as many of what lacks to 1: 99.95%, not 100%.
    """
    if value < 0:
        rest = human(-value, dimension, noun=noun, grouped=grouped, per=per, digits=digits)
        return rest if rest.strip("0%$ /") == "" else f"-{rest}"
    if dimension is Dimension.RATIO:
        return _percent(value, digits)
    if dimension in _PRICES:
        return _price(value, dimension, noun, digits)
    time = ""
    if dimension in _NATURAL:
        period = per or _natural(value, dimension)
        value, time = value * _PERIODS[period], f"/{period}"
    if dimension in (Dimension.MONEY, Dimension.MONEY_RATE):
        number = _grouped(value, digits) if grouped else "".join(_scaled(value, _COUNT, digits))
        return f"${number}{time}"
    if grouped and dimension in (Dimension.COUNT, Dimension.RATE):
        return f"{_grouped(value, digits)}{f' {noun}' if noun else ''}{time}"
    number, unit = _scaled(value, _LADDERS[dimension], digits)
    if noun == "x" and not unit:
        return f"{number}x{time}"
    return " ".join(filter(None, (number, "byte" if unit == "bytes" and number == "1" else unit, noun))) + time


def _natural(value: Fraction, dimension: Dimension) -> str:
    periods = _NATURAL[dimension]
    return next((period for period in periods if value * _PERIODS[period] >= 1), periods[0 if value == 0 else -1])


def _scaled(value: Fraction, ladder: _Ladder, digits: int) -> tuple[str, str]:
    """Return a number of at most three places before its point, and the unit that makes it so."""
    rounded = _rounded(value, digits)
    _, size, name = next((step for step in reversed(ladder) if step[0] <= rounded), ladder[0])
    if value == 0 and ladder is _SECONDS:
        size, name = Fraction(1), "s"
    return _plain(_rounded(value / size, digits)), name


def _rounded(value: Fraction, digits: int) -> Fraction:
    """Round to a number of significant digits, halves to the even neighbour."""
    if value == 0:
        return value
    # Digits before the point, or minus the zeros behind it; of a fraction it may be one too large, which costs nothing.
    places = len(str(value.numerator)) - len(str(value.denominator))
    if value < Fraction(10) ** places:
        places -= 1
    unit = Fraction(10) ** (places + 1 - digits)
    return round(value / unit) * unit


def _plain(value: Fraction) -> str:
    """Write a number that has few decimals, without a trailing zero."""
    if value and not Fraction(1, 10**6) <= value < 10**6:
        mantissa, _, exponent = f"{float(value):.12e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    text = f"{float(value):.12f}".rstrip("0").rstrip(".")
    return text or "0"


def _grouped(value: Fraction, digits: int) -> str:
    return f"{round(value):,}" if value >= 1000 else _plain(_rounded(value, digits))


def _percent(value: Fraction, digits: int) -> str:
    lacking = 1 - value
    if 0 < lacking < Fraction(1, 10):
        kept = 1 - _rounded(lacking, max(1, digits - 1))
        return f"{_plain(kept * 100)}%"
    return f"{_plain(_rounded(value * 100, digits))}%"


def _price(value: Fraction, dimension: Dimension, noun: str, digits: int) -> str:
    """Write a price for as many things as make it at least a cent."""
    steps = _PRICES[dimension]
    size, name = next((step for step in steps if value * step[0] >= Fraction(1, 100)), steps[0 if value == 0 else -1])
    thing = noun.removeprefix("/ ")
    if thing and dimension is Dimension.MONEY_PER_COUNT:
        name = thing if size == 1 else f"{name} {thing}"
    return f"${''.join(_scaled(value * size, _COUNT, digits))} / {name}"
