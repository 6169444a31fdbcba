"""The text behind a number → what it counts or measures, and by how much the number is to be multiplied."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from archkit.suggest import nearest

DAY = 86_400
MONTH = 30 * DAY
YEAR = 365 * DAY


class Dimension(StrEnum):
    """What a quantity measures; the comment names the base unit."""

    COUNT = "count"  # 1
    TIME = "time"  # second
    BYTES = "data"  # byte
    RATIO = "share"  # 1
    RATE = "rate"  # 1 / second
    BANDWIDTH = "data per time"  # byte / second
    MONEY = "money"  # US dollar
    MONEY_RATE = "money per time"  # US dollar / second
    MONEY_PER_COUNT = "price"  # US dollar
    MONEY_PER_BYTE = "price of data"  # US dollar / byte
    MONEY_PER_BYTE_TIME = "price of storage"  # US dollar / byte / second
    POWER = "power"  # watt
    ENERGY = "energy"  # joule

    __hash__ = str.__hash__  # the one of Enum is written in Python, and these are keys of caches


Powers = tuple[int, int, int, int, int]
"""Exponents of money, data, time, energy, and of things counted: -1 for `/ user`."""

POWERS: dict[Dimension, Powers] = {
    Dimension.COUNT: (0, 0, 0, 0, 0),
    Dimension.RATIO: (0, 0, 0, 0, 0),
    Dimension.TIME: (0, 0, 1, 0, 0),
    Dimension.BYTES: (0, 1, 0, 0, 0),
    Dimension.RATE: (0, 0, -1, 0, 0),
    Dimension.BANDWIDTH: (0, 1, -1, 0, 0),
    Dimension.MONEY: (1, 0, 0, 0, 0),
    Dimension.MONEY_RATE: (1, 0, -1, 0, 0),
    Dimension.MONEY_PER_COUNT: (1, 0, 0, 0, -1),
    Dimension.MONEY_PER_BYTE: (1, -1, 0, 0, 0),
    Dimension.MONEY_PER_BYTE_TIME: (1, -1, -1, 0, 0),
    Dimension.POWER: (0, 0, -1, 1, 0),
    Dimension.ENERGY: (0, 0, 0, 1, 0),
}
BY_POWERS: dict[Powers, Dimension] = {
    powers: dimension for dimension, powers in POWERS.items() if dimension is not Dimension.RATIO
}

_NONE, _MONEY, _DATA, _TIME = (POWERS[d] for d in (Dimension.COUNT, Dimension.MONEY, Dimension.BYTES, Dimension.TIME))
_RATE, _FLOW = POWERS[Dimension.RATE], POWERS[Dimension.BANDWIDTH]
_POWER, _ENERGY = POWERS[Dimension.POWER], POWERS[Dimension.ENERGY]

MULTIPLIERS = {
    **{"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "bn": 10**9, "T": 10**12},
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}

# Name → numerator, denominator, powers.
UNITS: dict[str, tuple[int, int, Powers]] = {
    **{"ns": (1, 10**9, _TIME), "us": (1, 10**6, _TIME), "µs": (1, 10**6, _TIME), "μs": (1, 10**6, _TIME)},
    **{"ms": (1, 1000, _TIME), "s": (1, 1, _TIME), "min": (60, 1, _TIME), "h": (3600, 1, _TIME)},
    **{"d": (DAY, 1, _TIME), "w": (7 * DAY, 1, _TIME), "month": (MONTH, 1, _TIME), "year": (YEAR, 1, _TIME)},
    **{"second": (1, 1, _TIME), "minute": (60, 1, _TIME), "hour": (3600, 1, _TIME), "day": (DAY, 1, _TIME)},
    **{"week": (7 * DAY, 1, _TIME), "millisecond": (1, 1000, _TIME), "microsecond": (1, 10**6, _TIME)},
    **{"seconds": (1, 1, _TIME), "minutes": (60, 1, _TIME), "hours": (3600, 1, _TIME), "days": (DAY, 1, _TIME)},
    **{"weeks": (7 * DAY, 1, _TIME), "months": (MONTH, 1, _TIME), "years": (YEAR, 1, _TIME)},
    **{"milliseconds": (1, 1000, _TIME), "microseconds": (1, 10**6, _TIME)},
    **{"B": (1, 1, _DATA), "byte": (1, 1, _DATA), "bytes": (1, 1, _DATA), "KB": (1000, 1, _DATA)},
    **{f"{p}B": (1000**n, 1, _DATA) for n, p in enumerate("kMGTPE", 1)},
    **{f"{p}iB": (1024**n, 1, _DATA) for n, p in enumerate("KMGTPE", 1)},
    **{"bit": (1, 8, _DATA), "bits": (1, 8, _DATA), "bps": (1, 8, _FLOW)},
    **{f"{p}bit": (1000**n, 8, _DATA) for n, p in enumerate("kMGT", 1)},
    **{f"{p}bps": (1000**n, 8, _FLOW) for n, p in enumerate("kMGT", 1)},
    **{"$": (1, 1, _MONEY), "USD": (1, 1, _MONEY), "dollar": (1, 1, _MONEY), "dollars": (1, 1, _MONEY)},
    **{"¢": (1, 100, _MONEY), "cent": (1, 100, _MONEY), "cents": (1, 100, _MONEY)},
    **dict.fromkeys(("qps", "QPS", "rps", "RPS", "tps", "TPS", "fps", "FPS", "Hz"), (1, 1, _RATE)),
    **{f"{p}Hz": (1000**n, 1, _RATE) for n, p in enumerate("kMG", 1)},
    **{f"{p}FLOP": (1000**n, 1, _NONE) for n, p in enumerate(("", "k", "M", "G", "T", "P", "E", "Z"))},
    **{f"{p}FLOPS": (1000**n, 1, _RATE) for n, p in enumerate(("", "k", "M", "G", "T", "P", "E", "Z"))},
    **{"W": (1, 1, _POWER), "kW": (1000, 1, _POWER), "MW": (10**6, 1, _POWER), "GW": (10**9, 1, _POWER)},
    **{"J": (1, 1, _ENERGY), "Wh": (3600, 1, _ENERGY), "kWh": (3_600_000, 1, _ENERGY)},
    **{"MWh": (3_600_000_000, 1, _ENERGY), "GWh": (3_600_000_000_000, 1, _ENERGY)},
    **{"%": (1, 100, _NONE), "percent": (1, 100, _NONE), "‰": (1, 1000, _NONE)},
}

_SHARES = ("%", "percent", "‰")

# What people write and nobody else understands for sure → what to write; a blank separates two choices.
SLIPS = {
    **{"msec": "ms", "msecs": "ms", "millis": "ms", "usec": "us", "nsec": "ns", "sec": "s", "secs": "s", "mins": "min"},
    **{"hr": "h", "hrs": "h", "ds": "d", "wk": "w", "wks": "w", "mo": "month", "mos": "month", "mth": "month"},
    **{"yr": "year", "yrs": "year", "y": "year", "m": "min month", "mon": "month", "wks.": "w", "a": "year"},
    **{"b": "bytes bit", "kb": "kB kbit", "mb": "MB Mbit", "gb": "GB Gbit", "tb": "TB Tbit", "pb": "PB", "eb": "EB"},
    **{"Kb": "kB kbit", "Mb": "MB Mbit", "Gb": "GB Gbit", "Tb": "TB Tbit", "octets": "bytes"},
    **{"KBps": "KB/s", "MBps": "MB/s", "GBps": "GB/s", "MBs": "MB MB/s", "GBs": "GB GB/s", "TBs": "TB TB/s"},
    **{"G": "GB B", "g": "GB", "t": "T", "mm": "M", "MM": "M", "mn": "M", "mil": "M", "mio": "M", "bil": "B"},
    **{"bio": "B", "tn": "T", "usd": "USD", "US$": "USD", "pct": "%", "QPs": "QPS", "Qps": "QPS"},
}
_CURRENCIES = ("€", "£", "¥", "₹", "EUR", "GBP", "JPY", "CNY", "INR", "CHF", "euro", "euros", "pounds")

_NOUN = re.compile(r"[^\W\d_][\w+-]*(?: [\w+-]+){0,3}")
_UNDER = re.compile(r"\s*/\s*|\s+per\s+|^per\s+")
_AMOUNT = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]+))?(?:[eE]([0-9]{1,2}))?\s*")


class Unit(NamedTuple):
    """What stands behind a number.

    Attributes:
        numerator: The number is to be multiplied by it.
        denominator: The number is to be divided by it.
        powers: What is measured.
        noun: What is counted, as ``tokens``.
        bare: Whether there is neither unit nor noun.
        share: Whether it is a percentage.
        dimension: What is measured, once all of it has been read; None where that has no name, as dollars times bytes.
    """

    numerator: int
    denominator: int
    powers: Powers
    noun: str = ""
    bare: bool = False
    share: bool = False
    dimension: Dimension | None = None


class BadUnit(NamedTuple):
    """Why what stands behind a number is not understood.

    Attributes:
        message: What is wrong.
        better: What to write behind the number instead, in order of likelihood; empty where nobody knows.
        hint: What to write, where ``better`` is empty.
        start: Offset of the part that is not understood.
        end: Offset of its end.
    """

    message: str
    better: tuple[str, ...]
    hint: str
    start: int
    end: int


_BARE = Unit(1, 1, _NONE, bare=True)


@lru_cache(4096)
def parse_unit(text: str, data: bool, money: bool = False) -> Unit | BadUnit:
    """Read what stands behind a number.

    Args:
        text: As ``ms``, ``B / day``, ``M tokens``, `` USD / h``, with the white space before it.
        data: Whether ``B`` means bytes and not a billion.
        money: Whether a ``$`` stands before the number.
    """
    parts = _UNDER.split(text.strip())
    offset = len(text) - len(text.lstrip())
    unit = _part(parts[0], data, text[:1].isspace() or not text)
    if isinstance(unit, BadUnit):
        return unit._replace(start=unit.start + offset, end=unit.end + offset)
    if money:
        if unit.powers not in (_NONE, _MONEY) or unit.share:
            return BadUnit(f"`{parts[0]}` cannot follow an amount of dollars", (), "leave it out", offset, len(text))
        unit = unit._replace(powers=_MONEY, bare=False)
    offset += len(parts[0])
    for part in parts[1:]:
        at = offset = text.find(part, offset)
        under = _under(part, unit)
        if isinstance(under, BadUnit):
            return under._replace(start=under.start + at, end=max(under.end, under.start + 1) + at)
        unit = under
    return unit._replace(dimension=_dimension(unit))


def _part(text: str, data: bool, apart: bool) -> Unit | BadUnit:
    """Read a multiplier, a unit or a noun; ``apart`` says whether white space stands before it."""
    if not text:
        return _BARE
    if text in UNITS and (data or text != "B"):
        return Unit(*UNITS[text], share=text in _SHARES)
    if text in MULTIPLIERS:
        return Unit(MULTIPLIERS[text], 1, _NONE, bare=True)
    word, _, tail = text.partition(" ")
    tail = tail.strip()
    if word in MULTIPLIERS and tail:
        times = MULTIPLIERS[word]
        if tail in UNITS:
            numerator, denominator, powers = UNITS[tail]
            return Unit(times * numerator, denominator, powers, share=tail in _SHARES)
        rest = _noun(tail, True)
        return rest._replace(numerator=times) if isinstance(rest, Unit) else rest
    if word in _SHARES and _NOUN.fullmatch(tail):
        return Unit(*UNITS[word], noun=tail, share=True)
    if word in UNITS and tail:
        at = len(text) - len(tail)
        return BadUnit(f"`{tail}` cannot follow `{word}`", ("",), "", at, len(text))
    return _noun(text, apart)


def _noun(text: str, apart: bool) -> Unit | BadUnit:
    """Read the name of what is counted, which must not be a slip for a unit."""
    if text == "x":
        return Unit(1, 1, _NONE, "x")
    if text in SLIPS:
        better = tuple(SLIPS[text].split(" "))
        return BadUnit(f"`{text}` is not a unit", better, "", 0, len(text))
    if text in _CURRENCIES:
        return BadUnit("amounts of money are in US dollars", (), "write `$5` or `5 USD`", 0, len(text))
    for unit in _by_lower_case().get(text.lower(), ()):
        return BadUnit(f"`{text}` is not a unit", (unit,), "", 0, len(text))
    if not _NOUN.fullmatch(text):
        return BadUnit(f"`{text[:40]}` is not a unit", (), "", 0, len(text))
    if not apart:
        near = nearest_unit(text)
        better = (near,) if near else (f" {text}",) if " " not in text and len(text) > 1 else ()
        return BadUnit(f"`{text[:40]}` is not a unit", better, "", 0, len(text))
    return Unit(1, 1, _NONE, text)


@lru_cache(256)
def nearest_unit(word: str) -> str:
    """Return the unit that a mistyped word stands for, or an empty text; units that begin otherwise do not count."""
    initial = word[:1].lower()
    return nearest(word, [unit for unit in UNITS if unit[0].lower() == initial]) if 1 < len(word) < 15 else ""


@lru_cache(1)
def _by_lower_case() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for unit in UNITS:
        known.setdefault(unit.lower(), []).append(unit)
    return known


def _under(text: str, above: Unit) -> Unit | BadUnit:
    """Divide a unit by what stands behind a ``/``: a unit or a noun, with a number before it or not."""
    match = _AMOUNT.match(text)
    number, divisor, name = 1, 1, text
    if match:
        digits, decimals = match.group(1).replace(",", ""), match.group(2) or ""
        number, divisor = int(digits + decimals) * 10 ** int(match.group(3) or 0), 10 ** len(decimals)
        name = text[match.end() :]
    if number == 0 or len(text) > 60:
        message = "nothing can be divided by zero" if number == 0 else "this is too long for a unit"
        return BadUnit(message, (), "write a unit such as `/ s` or `/ day`", 0, len(text))
    if not text:
        return BadUnit("nothing follows the `/`", (), "write a unit of time, such as `/ s`, or remove the `/`", 0, 1)
    unit = _per_thing_and_time(name) or _part(name, True, True)
    if isinstance(unit, BadUnit):
        return unit._replace(start=unit.start + len(text) - len(name), end=unit.end + len(text) - len(name))
    if unit.share or (unit.bare and above.powers[0] == 0):
        hint = "write what it divides by, as in `/ 1,000 users`, or a share as in `50%`"
        return BadUnit(f"`/ {text}` divides by a number without a unit", (), hint, 0, len(text))
    things = -1 if unit.powers == _NONE and above.powers[0] else 0
    money, data, time, energy, items = (a - b for a, b in zip(above.powers, unit.powers, strict=True))
    return Unit(
        above.numerator * unit.denominator * divisor,
        above.denominator * unit.numerator * number,
        (money, data, time, energy, items + things),
        f"{above.noun} / {unit.noun}".strip() if unit.noun else above.noun,
        False,
        above.share,
    )


def _per_thing_and_time(text: str) -> Unit | None:
    """Read ``GPU h`` and ``GPU-hour``: one thing for one time."""
    thing, _, time = text.replace("-", " ").rpartition(" ")
    if thing and time in UNITS and UNITS[time][2] == _TIME and _NOUN.fullmatch(thing):
        return Unit(*UNITS[time], noun=thing)
    return None


def _dimension(unit: Unit) -> Dimension | None:
    if unit.share and unit.powers == _NONE:
        return Dimension.RATIO
    found = BY_POWERS.get(unit.powers)
    return found or BY_POWERS.get((*unit.powers[:4], 0))
