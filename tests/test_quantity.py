"""Quantities: what is read exactly, and what is refused with which words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured import DAY, D, read

import archkit
from archkit.quantity import Dimension, Problem, Quantity, human, parse_quantity


def refused(text: str, *expect: Dimension, signed: bool = True) -> Problem:
    found = parse_quantity(text, expect, signed=signed)
    assert isinstance(found, Problem), f"{text}: {found!r}"
    return found


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("10B", D.COUNT, 10**10),
        ("500M", D.COUNT, 500 * 10**6),
        ("2.5k", D.COUNT, 2500),
        ("46 K", D.COUNT, 46_000),
        ("1.5T", D.COUNT, 15 * 10**11),
        ("10 million users", D.COUNT, 10**7),
        ("1e9", D.COUNT, 10**9),
        ("1.5e-3", D.COUNT, Fraction(3, 2000)),
        ("1,000", D.COUNT, 1000),
        ("1,234,567.25", D.COUNT, Fraction(123456725, 100)),
        (".5", D.COUNT, Fraction(1, 2)),
        ("0", D.COUNT, 0),
        ("-30", D.COUNT, -30),
        ("−30", D.COUNT, -30),
        ("+5", D.COUNT, 5),
        ("~10k", D.COUNT, 10_000),
        ("3x", D.COUNT, 3),
        ("3e23 FLOP", D.COUNT, 3 * 10**23),
        ("200 ms", D.TIME, Fraction(1, 5)),
        ("60 us", D.TIME, Fraction(60, 10**6)),
        ("60 µs", D.TIME, Fraction(60, 10**6)),
        ("5 ns", D.TIME, Fraction(5, 10**9)),
        ("15 min", D.TIME, 900),
        ("1.5h", D.TIME, 5400),
        ("30 d", D.TIME, 30 * DAY),
        ("2 w", D.TIME, 14 * DAY),
        ("1 month", D.TIME, 30 * DAY),
        ("1 year", D.TIME, 365 * DAY),
        ("7 days", D.TIME, 7 * DAY),
        ("1 h 30 min", D.TIME, 5400),
        ("1h30min", D.TIME, 5400),
        ("60 us / item", D.TIME, Fraction(60, 10**6)),
        ("10B", D.BYTES, 10),
        ("5.12 TB", D.BYTES, 512 * 10**10),
        ("1 KB", D.BYTES, 1000),
        ("1 kB", D.BYTES, 1000),
        ("2 GiB", D.BYTES, 2**31),
        ("8 bit", D.BYTES, 1),
        ("3 PB", D.BYTES, 3 * 10**15),
        ("1 EB", D.BYTES, 10**18),
        ("4 bytes", D.BYTES, 4),
        ("99.9%", D.RATIO, Fraction(999, 1000)),
        ("0.1%", D.RATIO, Fraction(1, 1000)),
        ("8 %", D.RATIO, Fraction(2, 25)),
        ("5 percent", D.RATIO, Fraction(1, 20)),
        ("0.25", D.RATIO, Fraction(1, 4)),
        ("50B / day", D.RATE, Fraction(50 * 10**9, DAY)),
        ("500 / s", D.RATE, 500),
        ("20 req/s", D.RATE, 20),
        ("46k QPS", D.RATE, 46_000),
        ("5 per day", D.RATE, Fraction(5, DAY)),
        ("1B images / 14 days", D.RATE, Fraction(10**9, 14 * DAY)),
        ("16 kHz", D.RATE, 16_000),
        ("100 GB / day", D.BANDWIDTH, Fraction(10**11, DAY)),
        ("10 Gbps", D.BANDWIDTH, 125 * 10**7),
        ("100B / day", D.BANDWIDTH, Fraction(100, DAY)),
        ("$0.5", D.MONEY, Fraction(1, 2)),
        ("0.5 USD", D.MONEY, Fraction(1, 2)),
        ("$8M", D.MONEY, 8 * 10**6),
        ("10M USD", D.MONEY, 10**7),
        ("$10B", D.MONEY, 10**10),
        ("-$5", D.MONEY, -5),
        ("50 cents", D.MONEY, Fraction(1, 2)),
        ("2 USD / h", D.MONEY_RATE, Fraction(2, 3600)),
        ("$2 / GPU-hour", D.MONEY_RATE, Fraction(2, 3600)),
        ("$2 / GPU / h", D.MONEY_RATE, Fraction(2, 3600)),
        ("$3 / 1M tokens", D.MONEY_PER_COUNT, Fraction(3, 10**6)),
        ("$0.5 per 1,000 requests", D.MONEY_PER_COUNT, Fraction(1, 2000)),
        ("$0.09 / GB", D.MONEY_PER_BYTE, Fraction(9, 10**11)),
        ("$0.02 / GB / month", D.MONEY_PER_BYTE_TIME, Fraction(2, 10**11 * 30 * DAY)),
        ("700 W", D.POWER, 700),
        ("5 kWh", D.ENERGY, 18 * 10**6),
    ],
)
def test_value_is_exact(text: str, dimension: Dimension, value: Fraction) -> None:
    found = read(text, dimension)
    assert (found.value, found.dimension, found.text) == (value, dimension, text)


@pytest.mark.parametrize(
    ("text", "noun"),
    [("128 tokens", "tokens"), ("8 GPUs", "GPUs"), ("10B videos", "videos"), ("20 videos in order", "videos in order")],
)
def test_noun_is_kept(text: str, noun: str) -> None:
    assert read(text, D.COUNT).noun == noun


def test_b_is_a_billion_unless_data_are_wanted_first() -> None:
    for expect in ((D.COUNT,), (D.COUNT, D.BYTES), (D.RATE, D.BANDWIDTH, D.BYTES, D.COUNT)):
        assert (read("10B", *expect).value, read("10B", *expect).dimension) == (10**10, D.COUNT)
    for expect in ((D.BYTES,), (D.BYTES, D.BANDWIDTH), (D.BYTES, D.COUNT)):
        assert (read("10B", *expect).value, read("10B", *expect).dimension) == (10, D.BYTES)
    assert read("10 bytes", D.BYTES, D.COUNT).dimension is D.BYTES


def test_bare_number_is_what_is_wanted_first() -> None:
    assert read("0.5", D.RATIO, D.COUNT).dimension is D.RATIO
    assert read("0.5", D.COUNT, D.RATIO).dimension is D.COUNT
    assert read("0.5", D.TIME, D.RATIO).dimension is D.RATIO


@pytest.mark.parametrize(
    ("text", "expect", "message", "hint", "part"),
    [
        ("200", D.TIME, "`200` has no unit", "write `200 ms` or `200 s`", "200"),
        ("10M", D.BYTES, "`10M` has no unit", "write `10 MB`", "10M"),
        ("5", D.BYTES, "`5` has no unit", "write `5 MB` or `5 GB`", "5"),
        ("57,870", D.RATE, "`57,870` has no unit", "write `57,870 / s` or `57,870 / day`", "57,870"),
        (
            "500 requests",
            D.RATE,
            "`500 requests` does not say in what time",
            "write `500 requests / s`",
            "500 requests",
        ),
        ("5 TB", D.TIME, "`5 TB` is an amount of data; a time is wanted here", "write it as in `200 ms`", "5 TB"),
        ("8%", D.COUNT, "`8%` is a share; a count is wanted here", "`500M`", "8%"),
        ("$5", D.COUNT, "`$5` is an amount of money; a count is wanted here", "`500M`", "$5"),
        ("2% / month", D.RATIO, "`2% / month` is a number per time; a share is wanted here", "`8%`", "2% / month"),
        ("200 msec", D.TIME, "`msec` is not a unit", "write `200 ms`", "msec"),
        ("500 MS", D.TIME, "`MS` is not a unit", "write `500 ms`", "MS"),
        ("5 m", D.TIME, "`m` is not a unit", "write `5 min` or `5 month`", "m"),
        ("5 m", D.COUNT, "`m` is not a unit", "write `5M`", "m"),
        ("3M", D.TIME, "`3M` has no unit", "write `3 min` or `3 month`", "3M"),
        ("10 mb", D.BYTES, "`mb` is not a unit", "write `10 MB` or `10 Mbit`", "mb"),
        ("10G", D.BYTES, "`G` is not a unit", "write `10 GB`", "G"),
        ("10 / m", D.RATE, "`m` is not a unit", "write `10 / min` or `10 / month`", "m"),
        ("10/sec", D.RATE, "`sec` is not a unit", "write `10/s`", "sec"),
        ("5 mss", D.TIME, "`mss` is not a unit of time", "did you mean `ms`?", "mss"),
        ("5 foo", D.TIME, "`foo` is not a unit of time", "the units are ns, us, ms, s", "foo"),
        ("8GPUs", D.COUNT, "`GPUs` is not a unit", "write `8 GPUs`", "GPUs"),
        ("16 GB RAM", D.BYTES, "`RAM` cannot follow `GB`", "write `16 GB`", "RAM"),
        ("5 pct", D.RATIO, "`pct` is not a unit", "write `5%`", "pct"),
        ("€5", D.MONEY, "`€5` is not in US dollars", "write it as in `$5`", "€5"),
        ("5 EUR", D.MONEY, "US dollars", "write `$5`", "EUR"),
        ("$5 TB", D.MONEY, "`TB` cannot follow an amount of dollars", "", "TB"),
        ("50/50", D.RATIO, "divides by a number without a unit", "`50%`", "50"),
        ("5 /", D.RATE, "nothing follows the `/`", "`/ s`", "/"),
        ("5 / 0 s", D.RATE, "nothing can be divided by zero", "`/ s`", "0 s"),
        ("5 s s / s", D.TIME, "`s` cannot follow `s`", "", "s"),
        ("", D.COUNT, "a number is missing", "`500M`", ""),
        ("ten", D.COUNT, "`ten` is not a number", "`500M`", "ten"),
        (" ten ", D.COUNT, "`ten` is not a number", "`500M`", "ten"),
        ("22:22", D.COUNT, "`22:22` looks like a number in base 60", "write `22 h 22 min`", "22:22"),
        ("12:30:00", D.TIME, "looks like a number in base 60", "write `12 h 30 min 0 s`", "12:30:00"),
        ("1h30m", D.TIME, "`1h30m` is not a time with known units", "write `1 h 30 min`", "1h30m"),
        ("< 200 ms", D.TIME, "`< 200 ms` is a comparison", "write `200 ms`", "< 200 ms"),
        ("10-20 ms", D.TIME, "`10-20 ms` is a range", "such as `20 ms`", "10-20 ms"),
        ("5 ms to 7 ms", D.TIME, "is a range", "such as `7 ms`", "5 ms to 7 ms"),
        ("1_000", D.COUNT, "groups its digits", "write `1,000`", "1_000"),
        ("1 000 s", D.TIME, "groups its digits", "write `1,000 s`", "1 000 s"),
        ("1.000.000", D.COUNT, "groups its digits", "write `1,000,000`", "1.000.000"),
        ("1,00,000", D.COUNT, "groups its digits", "write `100,000`", "1,00,000"),
        ("1,5", D.COUNT, "decimal comma", "write `1.5`", "1,5"),
        ("1.000,5 s", D.TIME, "decimal comma", "write `1,000.5 s`", "1.000,5 s"),
        ("010", D.COUNT, "`010` has a leading zero", "write `10`, or `8` if it is octal", "010"),
        ("08 ms", D.TIME, "`08` has a leading zero", "write `8 ms`", "08"),
        ("0x1F", D.COUNT, "`0x1F` is not written in base 10", "write `31`", "0x1F"),
        ("nan", D.COUNT, "`nan` is not a finite number", "", "nan"),
        ("-.inf", D.COUNT, "`-.inf` is not a finite number", "", "-.inf"),
        ("1e999999999", D.COUNT, "`1e999999999` is out of range", "exponent from -30 to 30", "1e999999999"),
        ("9" * 61, D.COUNT, "is out of range", "at most 60 digits", "9" * 61),
        ("9" * 500, D.COUNT, "is not a number", "", "9" * 500),
        ("$0.1 / kWh", D.MONEY, "the units of `$0.1 / kWh` make no sense together", "", "$0.1 / kWh"),
    ],
)
def test_refusal_says_what_to_write(text: str, expect: Dimension, message: str, hint: str, part: str) -> None:
    problem = refused(text, expect)
    assert message in problem.message
    assert hint in problem.hint
    assert text[problem.start : problem.end] == part


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("200", D.TIME),
        ("200 msec", D.TIME),
        ("10M", D.BYTES),
        ("10 mb", D.BYTES),
        ("8GPUs", D.COUNT),
        ("16 GB RAM", D.BYTES),
        ("5 pct", D.RATIO),
        ("10 / m", D.RATE),
        ("500 requests", D.RATE),
        ("1 000 s", D.TIME),
        ("1,5", D.COUNT),
        ("010", D.COUNT),
        ("0x1F", D.COUNT),
        ("10-20 ms", D.TIME),
        ("< 200 ms", D.TIME),
        ("12:30:00", D.TIME),
        ("1h30m", D.TIME),
        ("5 usd", D.MONEY),
        ("10 MBps", D.BANDWIDTH),
        ("3M", D.TIME),
        ("5", D.MONEY_RATE),
        ("5", D.POWER),
    ],
)
def test_what_a_hint_says_to_write_can_be_read(text: str, expect: Dimension) -> None:
    hint = refused(text, expect).hint
    assert "`" in hint
    assert isinstance(parse_quantity(hint.split("`")[1], expect), Quantity), hint


def test_negative_numbers_can_be_refused() -> None:
    problem = refused("-5 ms", D.TIME, signed=False)
    assert (problem.message, problem.hint) == ("`-5 ms` is negative", "write `5 ms`")
    assert read("-5 ms", D.TIME).value < 0


def test_each_dimension_has_words_for_what_it_is_and_lacks() -> None:
    for dimension in D:
        other = D.TIME if dimension is not D.TIME else D.BYTES
        text = human(Fraction(5), dimension)
        problem = refused(text, other)
        assert "is wanted here" in problem.message or (dimension is D.COUNT and "has no unit" in problem.message)
        example = refused("five", dimension).hint.split("`")[1]
        assert read(example, dimension).dimension is dimension


@given(st.text(max_size=40) | st.from_regex(r"[-~$]?[0-9.,eE_']{1,9} ?[a-zA-Zµ%$/ 0-9]{0,12}", fullmatch=True))
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_or_refused_within_its_bounds(text: str) -> None:
    for expect in ((D.COUNT,), (D.TIME,), (D.BYTES, D.BANDWIDTH), (D.MONEY, D.RATE), tuple(D)):
        found = parse_quantity(text, expect)
        if isinstance(found, Problem):
            assert 0 <= found.start <= found.end <= len(text)
            assert found.message and not found.message.endswith(".")
            assert len(found.message) < 300
        else:
            assert found.dimension in expect
            assert isinstance(found.value, Fraction)


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from(["", "k", "M", "B", "T"]))
def test_decimals_are_exact(digits: int, places: int, multiplier: str) -> None:
    text = f"{digits // 10**places}.{digits % 10**places:0{places}}" if places else str(digits)
    factor = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}[multiplier]
    assert read(text + multiplier, D.COUNT).value == Fraction(digits, 10**places) * factor


@given(st.integers(0, 10**15))
def test_thousands_commas_change_nothing(number: int) -> None:
    assert read(f"{number:,}", D.COUNT).value == number


def test_words_and_quotes_around_a_number_are_taken_off_in_the_hint() -> None:
    hints = {
        "nightly": "write `1 d`",
        "@daily": "write `1 d`",
        "daily at 3 am": "write `1 d`",
        "twice a day": "write `12 h`",
        "0 3 * * *": "write it as in `1 d`",
        "*/5 * * * *": "write it as in `1 d`",
        "Every hour": "write `1 h`",
        "last 30 days": "write `30 days`",
        "about 2 h": "write `2 h`",
        "“200 ms”": "write it without the quotes: `200 ms`",
        "200 ms p99": "write `{p99: 200 ms}`",
        "p95 < 80 ms": "write `{p95: 80 ms}`",
        "P99 under 200 ms": "write `{p99: 200 ms}`",
        "< 200 ms at p99": "write `{p99: 200 ms}`",
        "200ms (p95)": "write `{p95: 200ms}`",
        "40 ms on average": "write `{mean: 40 ms}`",
        "95th percentile 200 ms": "write `{p95: 200 ms}`",
        "p50 40 ms, p99 < 200 ms": "write `{p50: 40 ms, p99: 200 ms}`",
        "40 ms median / 200 ms p99": "write `{p50: 40 ms, p99: 200 ms}`",
    }
    assert {text: refused(text, D.TIME).hint for text in hints} == hints
    assert refused("daily", D.COUNT).hint == "write one, such as `500M`"
    assert refused("10^10 vectors", D.COUNT).hint == "write `1e10 vectors`"
    assert refused("“”", D.TIME).hint == "write one, such as `200 ms`"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("latency: p99 200 ms", "write `{p99: 200 ms}`"),
        ("latency: {p99: p99 200 ms}", "write `200 ms`"),
        ("latency: {p99: 80 ms (p95)}", "write `p95: 80 ms`"),
        ("latency: {p99: 'p50 40 ms, p99 200 ms'}", "write `200 ms`"),
        ("timeout: 80 ms p99", "write `80 ms`"),
    ],
)
def test_a_percentile_in_a_value_is_written_as_the_key_allows(line: str, hint: str) -> None:
    document = archkit.loads(f"blueprint: 1\ntitle: T\narchitecture: {{lanes: {{a: {{b: {{{line}}}}}}}}}\n")
    assert [finding.hint for finding in document.language] == [hint]
