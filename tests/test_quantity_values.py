"""Quantities that are there: how they are written, computed with and compared."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured import DAY, D, read

import archkit
from archkit.quantity import Dimension, Quantity, human, parse_quantity


@pytest.mark.parametrize(
    ("value", "dimension", "form"),
    [
        (Fraction(46_296), D.RATE, "46.3 k/s"),
        (Fraction(512 * 10**10), D.BYTES, "5.12 TB"),
        (Fraction(1, 5), D.TIME, "200 ms"),
        (Fraction(1_200_000_000), D.COUNT, "1.2 B"),
        (Fraction(0), D.COUNT, "0"),
        (Fraction(0), D.TIME, "0 s"),
        (Fraction(0), D.RATE, "0/s"),
        (Fraction(0), D.MONEY_PER_COUNT, "$0 / item"),
        (Fraction(999_999), D.COUNT, "1 M"),
        (Fraction(9996, 10), D.COUNT, "1 k"),
        (Fraction(999_600, 10**6), D.TIME, "1 s"),
        (Fraction(1, 3), D.COUNT, "0.333"),
        (Fraction(2, 3), D.RATIO, "66.7%"),
        (Fraction(9995, 10_000), D.RATIO, "99.95%"),
        (Fraction(99_999, 100_000), D.RATIO, "99.999%"),
        (Fraction(1), D.RATIO, "100%"),
        (Fraction(1, 1000), D.RATIO, "0.1%"),
        (Fraction(90), D.TIME, "90 s"),
        (Fraction(900), D.TIME, "15 min"),
        (Fraction(DAY), D.TIME, "24 h"),
        (Fraction(30 * DAY), D.TIME, "30 d"),
        (Fraction(3 * 365 * DAY), D.TIME, "3 years"),
        (Fraction(3, 10**8), D.TIME, "30 ns"),
        (Fraction(1), D.BYTES, "1 byte"),
        (Fraction(512), D.BYTES, "512 bytes"),
        (Fraction(5, DAY), D.RATE, "5/day"),
        (Fraction(10**11, DAY), D.BANDWIDTH, "1.16 MB/s"),
        (Fraction(8 * 10**6), D.MONEY, "$8M"),
        (Fraction(-5), D.MONEY, "-$5"),
        (Fraction(1, 2), D.MONEY, "$0.5"),
        (Fraction(2, 3600), D.MONEY_RATE, "$2/h"),
        (Fraction(3, 10**6), D.MONEY_PER_COUNT, "$3 / 1M"),
        (Fraction(2, 10**11 * 30 * DAY), D.MONEY_PER_BYTE_TIME, "$0.02 / GB / month"),
        (Fraction(-46_296), D.COUNT, "-46.3 k"),
        (Fraction(3 * 10**23), D.COUNT, "3e23"),
        (Fraction(1, 10**9), D.COUNT, "1e-9"),
    ],
)
def test_human_form(value: Fraction, dimension: Dimension, form: str) -> None:
    assert human(value, dimension) == form


def test_human_form_as_asked_for() -> None:
    rate = Quantity(Fraction(4 * 10**9, DAY), D.RATE)
    assert rate.human(grouped=True) == "46,296/s"
    assert rate.human(per="day") == "4 B/day"
    assert rate.human(digits=2) == "46 k/s"
    assert Quantity(Fraction(2_592_000, 30 * DAY), D.MONEY_RATE).human(per="month", grouped=True) == "$2,592,000/month"
    assert Quantity(Fraction(128), D.COUNT, noun="tokens").human() == "128 tokens"
    assert (str(rate), str(read("50B / day", D.RATE))) == ("46.3 k/s", "50B / day")


def test_arithmetic_makes_the_dimension_that_physics_makes() -> None:
    count, time, rate, data = read("1k", D.COUNT), read("5 s", D.TIME), read("200 / s", D.RATE), read("2 kB", D.BYTES)
    share, price = read("8%", D.RATIO), read("$3 / 1M tokens", D.MONEY_PER_COUNT)
    assert count / time == rate
    assert rate * time == count
    assert count / rate == time
    assert data * rate == Quantity(Fraction(400_000), D.BANDWIDTH)
    assert data * count == Quantity(Fraction(2 * 10**6), D.BYTES)
    assert time / time == Quantity(Fraction(1), D.RATIO)
    assert count * share == share * count == Quantity(Fraction(80), D.COUNT)
    assert share * share == Quantity(Fraction(64, 10_000), D.RATIO)
    assert time * share == Quantity(Fraction(2, 5), D.TIME)
    assert price * count == Quantity(Fraction(3, 1000), D.MONEY)
    assert price * rate == Quantity(Fraction(6, 10_000), D.MONEY_RATE)
    assert price * share == Quantity(Fraction(24, 10**8), D.MONEY_PER_COUNT)
    assert read("$2 / h", D.MONEY_RATE) * read("3 h", D.TIME) == read("$6", D.MONEY)
    assert time + time == 2 * time == time * 2 == Quantity(Fraction(10), D.TIME)
    assert (time - time * 3) / 2 == -time
    assert float(time * Fraction(1, 2)) == 2.5


def test_comparison_and_hash() -> None:
    hour, minutes, other = read("1 h", D.TIME), read("60 min", D.TIME), read("59 min", D.TIME)
    assert hour == minutes and hash(hour) == hash(minutes)
    assert hour != read("3600", D.COUNT)
    assert other < hour <= minutes and hour > other and hour >= minutes
    assert hour != "1 h"


def test_nonsense_arithmetic_is_a_mistake_in_the_program() -> None:
    count, time = read("1k", D.COUNT), read("5 s", D.TIME)
    for wrong in (
        lambda: count + time,
        lambda: count - time,
        lambda: count < time,
        lambda: time * time,
        lambda: time * 0.5,
        lambda: time / 0.5,
        lambda: time + 5,
    ):
        with pytest.raises(TypeError):
            wrong()  # type: ignore[no-untyped-call]


@given(
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**15, max_denominator=10**9),
    st.sampled_from(list(D)),
    st.booleans(),
)
@settings(max_examples=600, deadline=None)
def test_what_is_written_for_people_can_be_read_back(value: Fraction, dimension: Dimension, negative: bool) -> None:
    value = -value if negative else value
    form = human(value, dimension)
    found = parse_quantity(form, dimension)
    assert isinstance(found, Quantity), f"{form}: {found}"
    assert found.dimension is dimension
    assert abs(found.value - value) <= abs(value) * Fraction(51, 10_000), form


def test_all_pairs_of_dimensions_multiply_or_raise() -> None:
    for a, b in product(D, D):
        x, y = Quantity(Fraction(6), a), Quantity(Fraction(3), b)
        for operation, back in ((lambda p, q: p * q, lambda p, q: p / q), (lambda p, q: p / q, lambda p, q: p * q)):
            try:
                result = operation(x, y)
            except TypeError:
                continue
            assert result.value in (18, 2)
            assert result.dimension in D
            if {a, b}.isdisjoint((D.RATIO, D.COUNT, D.MONEY_PER_COUNT)) and result.dimension is not D.RATIO:
                assert back(result, y).dimension is a


def test_the_width_of_a_number_is_bytes() -> None:
    document = archkit.loads("blueprint: 1\ntitle: T\nmodel: {models: {m: {embedding: {dim: 8, bytes: 2 B}}}}\n")
    assert document.blueprint is not None
    width = document.blueprint.model.models["m"].embedding.bytes
    assert width == Quantity(Fraction(2), D.BYTES)
