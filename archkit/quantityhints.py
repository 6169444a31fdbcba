"""A text that is not the quantity wanted → what is wrong with it, and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from archkit.sentences import either
from archkit.units import BY_POWERS, MULTIPLIERS, UNITS, BadUnit, Dimension, Unit, nearest_unit


class Problem(NamedTuple):
    """Why a text is not the quantity that is wanted.

    Attributes:
        message: What is wrong, with the value at hand.
        hint: What to write instead; may be empty.
        start: Offset of the wrong part in the text.
        end: Offset of its end.
        lead: What to say before an example that fits better than the one of the hint; empty where the hint is sure.
    """

    message: str
    hint: str
    start: int
    end: int
    lead: str = ""


# What it is called, an example, and the units that make a bare number one.
_WORDS: dict[Dimension, tuple[str, str, tuple[str, ...]]] = {
    Dimension.COUNT: ("a count", "500M", ()),
    Dimension.TIME: ("a time", "200 ms", (" ms", " s")),
    Dimension.BYTES: ("an amount of data", "5 TB", (" MB", " GB")),
    Dimension.RATIO: ("a share", "8%", ("%",)),
    Dimension.RATE: ("a number per time", "500 / s", (" / s", " / day")),
    Dimension.BANDWIDTH: ("an amount of data per time", "100 GB / day", (" MB / s", " GB / day")),
    Dimension.MONEY: ("an amount of money", "$5", (" USD",)),
    Dimension.MONEY_RATE: ("an amount of money per time", "$2 / h", (" USD / h", " USD / month")),
    Dimension.MONEY_PER_COUNT: ("a price", "$3 / 1M tokens", (" USD / 1M tokens",)),
    Dimension.MONEY_PER_BYTE: ("a price of data", "$0.09 / GB", (" USD / GB",)),
    Dimension.MONEY_PER_BYTE_TIME: ("a price of storage", "$0.02 / GB / month", (" USD / GB / month",)),
    Dimension.POWER: ("a power", "700 W", (" W",)),
    Dimension.ENERGY: ("an amount of energy", "5 kWh", (" kWh",)),
}

ALONE = "write the number alone"

_UNIT_NAMES = {
    Dimension.TIME: "ns, us, ms, s, min, h, d, w, month and year",
    Dimension.BYTES: "bytes, kB, MB, GB, TB, PB, EB, and KiB, MiB, GiB, TiB",
}


def shown(text: str) -> str:
    """Return a text fit to be quoted in a message."""
    text = " ".join(text[:400].split())
    return text if len(text) <= 40 else text[:39] + "…"


def _example(expect: tuple[Dimension, ...]) -> str:
    return either(f"`{_WORDS[wanted][1]}`" for wanted in expect[:2])


EVERY = {
    word: time
    for time, words in (
        ("1 min", ("every minute",)),
        ("1 h", ("hourly", "every hour")),
        ("12 h", ("twice a day", "twice daily")),
        ("1 d", ("daily", "nightly", "every day", "every night")),
        ("1 w", ("weekly", "every week")),
        ("1 month", ("monthly", "every month")),
        ("3 month", ("quarterly",)),
        ("1 year", ("yearly", "annually")),
    )
    for word in words
}
"""Words for how often something happens → the time between."""

_NAMED = r"p[0-9]{2,3}|[0-9]{2}th\s+percentile|median|mean|average|avg"
_VALUE = r"(?:(?:latency|of|is|under|below|at\s+most|up\s+to)\b|[:=<≤~≈]|\s)*([0-9][0-9.,]*\s*[a-zµμ]+)"
_PERCENTILES = (
    rf"(?i)({_NAMED}){_VALUE}\s*(?:$|,|;|/|and\b)",
    rf"(?i){_VALUE}(?:(?:at|for|on|in|the)\b|[@(,=]|\s)*({_NAMED})\)?\s*(?:$|,|;|/|and\b)",
)
_QUOTES = "“”„«»‘’\"'"


def percentiles(text: str) -> dict[str, str]:
    """Return the times by percentile in ``p99 < 200 ms, p50 40 ms`` or ``200 ms at the median``; nothing otherwise."""
    for number, pattern in enumerate(_PERCENTILES):
        rest, found = text.strip()[:200], {}
        while match := re.match(pattern, rest):
            name, value = match.groups() if number == 0 else reversed(match.groups())
            rest = rest[match.end() :].lstrip()
            found[_percentile(name.lower())] = value
        if found and not rest:
            return found
    return {}


def _percentile(name: str) -> str:
    digits = re.search("[0-9]+", name)
    return f"p{digits.group()}" if digits else "p50" if name == "median" else "mean"


def _by_percentile(text: str, expect: tuple[Dimension, ...]) -> str:
    """Return what to write for times with their percentiles, where a time is wanted."""
    said = percentiles(text) if Dimension.TIME in expect else {}
    return f"write `{{{', '.join(f'{name}: {shown(value)}' for name, value in said.items())}}}`" if said else ""


def no_number(text: str, expect: tuple[Dimension, ...]) -> Problem:
    """Explain a text that does not start with a number.

    Args:
        text: What is written.
        expect: Dimensions that are wanted, the likeliest first.
    """
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    if not bare:
        return Problem("a number is missing", f"write one, such as {_example(expect)}", 0, len(text))
    often = re.sub(r"\s+(?:at|around|on)\s.*", "", bare.lower().lstrip("@"))  # `@daily`, `daily at 3 am`
    every = EVERY.get(often) if Dimension.TIME in expect else None
    said = f"`{shown(bare)}` is not a number", f"write {f'`{every}`' if every else f'one, such as {_example(expect)}'}"
    by_percentile = _by_percentile(bare, expect)
    message, hint = (said[0], by_percentile) if by_percentile else _slip(bare) or said
    lead = "write one, such as" if hint == said[1] and not every else ""
    return Problem(message, hint, start, start + len(bare), lead)


def _slip(text: str) -> tuple[str, str] | None:
    """Recognise numbers as other people and other programs write them; return message and hint."""
    for pattern, explain in _SLIPS:
        match = re.match(pattern, text[:80])
        if match is not None:
            message, hint = explain(match)
            return f"`{shown(text)}` {message}", hint
    return None


def _clock(match: re.Match[str]) -> tuple[str, str]:
    parts = [part.lstrip("0") or "0" for part in match.group(1).split(":")]
    words = (f"{part} {unit}" for part, unit in zip(parts, ("h", "min", "s"), strict=False))
    return "looks like a number in base 60", f"write `{' '.join(words)}` if it is a time"


def _hours(match: re.Match[str]) -> tuple[str, str]:
    return "is not a time with known units", f"write `{match.group(1)} h {match.group(2)} min`"


def _compared(match: re.Match[str]) -> tuple[str, str]:
    return "is a comparison, and a value is wanted", f"write `{match.group(1)}`"


def _infinite(match: re.Match[str]) -> tuple[str, str]:
    return "is not a finite number", "write a number in figures, or leave it out"


def _currency(match: re.Match[str]) -> tuple[str, str]:
    return "is not in US dollars, as all amounts of money are", f"convert it, and write it as in `${match.group(1)}`"


def _other_base(match: re.Match[str]) -> tuple[str, str]:
    return "is not written in base 10", f"write `{int(match.group(1), 0)}{match.group(2)}`"


def _grouped(match: re.Match[str]) -> tuple[str, str]:
    whole = int(re.sub("[^0-9]", "", match.group(1)))
    return "groups its digits in another way than by commas in threes", f"write `{whole:,}{match.group(2)}`"


def _decimal_comma(match: re.Match[str]) -> tuple[str, str]:
    whole = int(re.sub("[^0-9]", "", match.group(1)))
    return "looks like a number with a decimal comma", f"write `{whole:,}.{match.group(2)}{match.group(3)}`"


def _range(match: re.Match[str]) -> tuple[str, str]:
    return "is a range, and one value is wanted", f"write one of the two, such as `{match.group(1)}`"


def _power_of_ten(match: re.Match[str]) -> tuple[str, str]:
    return "is not written as a number", f"write `1e{match.group(1)}{match.group(2)}`"


def _cron(match: re.Match[str]) -> tuple[str, str]:
    return "is a schedule of cron, and the time between two runs is wanted", "write it as in `1 d`"


def _in_quotes(match: re.Match[str]) -> tuple[str, str]:
    return "is not a number", f"write it without the quotes: `{shown(match.group(1).strip())}`"


def _behind_words(match: re.Match[str]) -> tuple[str, str]:
    return "is not a number", f"write `{shown(match.group(1))}`"


_SLIPS: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str]]], ...] = (
    (r"10\s*(?:\^|\*\*)\s*([0-9]{1,2})(?![0-9])(.*)", _power_of_ten),
    (r"[0-9*/,-]+(?:\s+[0-9*/,-]+){4}$", _cron),
    (r"([0-9]{1,3}(?::[0-9]{2}){1,2})(?![0-9:])", _clock),
    (r"([0-9]{1,4})\s*h\s*([0-9]{1,2})\s*m?$", _hours),
    (r"[€£¥₹]\s*([0-9.,]*)", _currency),
    (r"(?:[<>]=?|=|≤|≥)\s*([0-9.$].*)", _compared),
    (r"(?i)[-+]?\s*\.?(?:inf|infinity|nan|∞)\b", _infinite),
    (r"(0[xX][0-9a-fA-F]{1,16}|0[oO][0-7]{1,20}|0[bB][01]{1,60})(\b.*)", _other_base),
    (r"([0-9]+(?:_[0-9]+)+)(?![0-9_.,])(.*)", _grouped),
    (r"([0-9]{1,3}(?:['’ \u00a0\u202f][0-9]{3})+)(?![0-9.,])(.*)", _grouped),
    (r"([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+),([0-9]{1,2}|[0-9]{4,})(?![0-9,.])(.*)", _decimal_comma),
    (r"([0-9]{1,3}(?:\.[0-9]{3}){2,})(?![0-9,.])(.*)", _grouped),
    (r"([0-9]+(?:,[0-9]+)+)(?![0-9.])(.*)", _grouped),
    (r"[~≈]?\s*[0-9][0-9.,]*\s*[%\w]*\s*(?:-|–|—|\.\.|…|to\b)\s*([0-9].*)", _range),
    (rf"[{_QUOTES}]([0-9].*)[{_QUOTES}]$", _in_quotes),
    (
        r"(?i)(?:(?:the )?(?:last|past)|about|around|approx\.?|ca\.?|every|up to|under|over|at most)\s+([0-9].*)",
        _behind_words,
    ),
)


def odd_number(text: str, start: int, end: int) -> Problem:
    """Explain a number that has a leading zero, or that is too long or too large to mean anything.

    Args:
        text: What is written.
        start: Where the number begins in it.
        end: Where it ends.
    """
    number = text[start:end]
    digits = re.match("0[0-9]+(?![0-9,.eE])", number)
    if digits:
        octal = f", or `{int(number, 8)}` if it is octal" if set(digits.group()) <= set("01234567") else ""
        hint = f"write `{digits.group().lstrip('0') or '0'}{text[start + digits.end() :]}`{octal}"
        return Problem(f"`{shown(number)}` has a leading zero", hint, start, end)
    if re.match("0[0-9]", number):
        return Problem(f"`{shown(number)}` has a leading zero", f"write `{shown(number.lstrip('0'))}`", start, end)
    hint = "write at most 60 digits, and an exponent from -30 to 30"
    return Problem(f"`{shown(number)}` is out of range", hint, start, end)


def negative(text: str) -> Problem:
    """Explain a negative number where none makes sense."""
    bare = text.strip()
    return Problem(f"`{shown(bare)}` is negative", f"write `{shown(bare.lstrip('-−+ '))}`", 0, len(text))


def bad_unit(text: str, expect: tuple[Dimension, ...], offset: int, unit: BadUnit) -> Problem:
    """Explain what stands behind a number and is neither unit nor noun.

    Args:
        text: The whole text.
        expect: What is wanted.
        offset: Where the number ends.
        unit: What was found out about the rest; its offsets count from there.
    """
    bare = text.strip()
    start, end = unit.start + offset, unit.end + offset
    if by_percentile := _by_percentile(bare, expect):
        return Problem(unit.message, by_percentile, start, end)
    slip = _slip(bare)
    if slip is not None:
        return Problem(*slip, len(text) - len(text.lstrip()), len(text.rstrip()))
    if unit.better:
        likely = _likely(unit, "" if text[offset:start].strip() else text[start:end], expect)
        ways = (f"`{_replaced(text, start, end, word, offset)}`" for word in likely)
        return Problem(unit.message, f"write {either(ways)}", start, end)
    return Problem(unit.message, unit.hint or _known_units(text[start:end], expect), start, end)


def _likely(unit: BadUnit, word: str, expect: tuple[Dimension, ...]) -> Iterable[str]:
    """Return the units that a word may stand for, those first that measure what is wanted."""
    fitting = [better for better in unit.better if better in UNITS and BY_POWERS.get(UNITS[better][2]) in expect]
    if fitting:
        return [better for better in fitting if better != "B"] or fitting
    if word.upper() in MULTIPLIERS and not set(expect).isdisjoint((Dimension.COUNT, Dimension.RATE, Dimension.MONEY)):
        return [word.upper()]
    return unit.better


def _replaced(text: str, start: int, end: int, word: str, offset: int) -> str:
    tight = word in ("", "%", *MULTIPLIERS) or word[:1] == " "
    before = text[:start].rstrip() if start == offset or tight else text[:start]
    return shown(before + ("" if tight or (start > offset and before[-1:] in " /") else " ") + word + text[end:])


def _known_units(word: str, expect: tuple[Dimension, ...]) -> str:
    near = nearest_unit(word)
    if near:
        return f"did you mean `{near}`?"
    names = next((_UNIT_NAMES[wanted] for wanted in expect if wanted in _UNIT_NAMES), "")
    return f"the units are {names}" if names else f"write it as in {_example(expect)}"


def wrong_dimension(text: str, expect: tuple[Dimension, ...], unit: Unit, offset: int) -> Problem:
    """Explain a good quantity that measures something else than what is wanted.

    Args:
        text: What is written.
        expect: Dimensions that are wanted, the likeliest first.
        unit: What it is measured in.
        offset: Where the unit begins in the text.
    """
    bare, dimension = text.strip(), unit.dimension
    start = len(text) - len(text.lstrip())
    end = start + len(bare)
    wanted = either(_WORDS[one][0] for one in expect[:3])
    if unit.bare:
        return Problem(f"`{shown(bare)}` has no unit", _with_units(bare, expect), start, end)
    if dimension is Dimension.COUNT and unit.noun:
        if Dimension.RATE in expect:
            hint = f"write `{shown(bare)} / s` or `{shown(bare)} / day`"
            return Problem(f"`{shown(bare)}` does not say in what time", hint, start, end)
        noun = unit.noun.split(" / ")[0].removeprefix("/ ")
        at = max(text.find(noun, offset), offset)
        return Problem(
            f"`{shown(noun)}` is not a unit of {_of(expect)}", _known_units(noun, expect), at, at + len(noun)
        )
    if dimension is None:
        message = f"the units of `{shown(bare)}` make no sense together"
        return Problem(message, f"write it as in {_example(expect)}", start, end)
    message = f"`{shown(bare)}` is {_WORDS[dimension][0]}; {wanted} is wanted here"
    number = re.match(r"[0-9][0-9.,]*(?:\s*[kMBT]\b)?", bare)
    if expect[0] is Dimension.COUNT and dimension is not Dimension.RATIO and number:
        return Problem(message, f"{ALONE}: `{number.group()}`", start, end)
    if dimension is Dimension.MONEY and Dimension.MONEY_RATE in expect:
        return Problem(message, f"write `{shown(bare)} / month` or `{shown(bare)} / year`", start, end)
    return Problem(message, f"write it as in {_example(expect)}", start, end, "write it as in")


def _of(expect: tuple[Dimension, ...]) -> str:
    return _WORDS[expect[0]][0].split(" ", 1)[1]


def _with_units(bare: str, expect: tuple[Dimension, ...]) -> str:
    """Say how to write a bare number as one of what is wanted."""
    if expect[0] is Dimension.BYTES and bare[-1:] in ("k", "K", "M", "T"):
        return f"write `{bare[:-1].rstrip()} {bare[-1].replace('K', 'k')}B`"
    if expect[0] is Dimension.TIME and bare[-1:] == "M":
        return f"write `{bare[:-1].rstrip()} min` or `{bare[:-1].rstrip()} month`"
    # `100B` is a number already, so that no `MB` can follow it.
    large = [one for one in expect if one is not Dimension.BANDWIDTH or bare[-1:] not in MULTIPLIERS]
    units = [unit for one in large[:3] for unit in _WORDS[one][2][: 2 if len(large) == 1 else 1]]
    return (
        f"write {either(f'`{shown(bare)}{unit}`' for unit in units[:3])}"
        if units
        else f"write it as in {_example(expect)}"
    )
