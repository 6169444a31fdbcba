"""Scalars: the same text means different things where a text, a number or a truth value is expected."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit.quantityhints import Problem
from archkit.scalars import as_bool, as_int, as_number, as_text, is_null
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Scalar, read


def plain(text: str) -> Scalar:
    return Scalar(Span(0, len(text)), text, True)


def in_quotes(text: str) -> Scalar:
    return Scalar(Span(0, len(text) + 2), text, False)


def in_file(text: str) -> Scalar:
    """Return the value of ``a:`` as a file would have it."""
    root, _ = read(Source("x.yaml", f"a: {text}\n"))
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    "text", ["no", "on", "12", "22:22", "010", "1e5", ".inf", "2026-01-01", "=", "<<", "'~'", "'12'"]
)
def test_any_word_is_a_text(text: str) -> None:
    assert as_text(in_file(text)) == text.strip("'")


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_no_value_of_any_type(text: str) -> None:
    assert is_null(in_file(text))
    for read_as in (as_text, as_bool, as_number, as_int):
        problem = read_as(in_file(text))
        assert isinstance(problem, Problem)
        assert "missing" in problem.message


@pytest.mark.parametrize("text", ["~", "null", "nuLL"])
def test_null_in_quotes_is_text(text: str) -> None:
    assert not is_null(in_quotes(text))
    assert as_text(in_quotes(text)) == text


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False)]
)
def test_truth_values(text: str, value: bool) -> None:
    assert as_bool(in_file(text)) is value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("yes", "write `true`"),
        ("no", "write `false`"),
        ("On", "write `true`"),
        ("OFF", "write `false`"),
        ("y", "write `true`"),
        ("1", "write `true`"),
        ("maybe", "write `true` or `false`"),
        ("tRue", "write `true`"),
        ('"true"', "write `true`, without quotes"),
        ("'no'", "write `false`, without quotes"),
        ("!!str true", "write `true`, without quotes"),
    ],
)
def test_other_words_for_truth_are_told(text: str, hint: str) -> None:
    problem = as_bool(in_file(text))
    assert isinstance(problem, Problem)
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("-5", -5),
        ("+5", 5),
        ("0o17", 15),
        ("0xFF", 255),
        ("1,000", 1000),
        ("-1,234,567", -1_234_567),
        ("1,000.5", Fraction(2001, 2)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e3", Fraction(1000)),
        ("-1.5E-3", Fraction(-3, 2000)),
        ("'12'", 12),
        ("!!int '12'", 12),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    found = as_number(in_file(text))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("22:22", "looks like a number in base 60", "write `22 h 22 min` if it is a time"),
        ("010", "leading zero", "write `10`, or `0o10` for 8"),
        ("-010", "leading zero", "write `-10`"),
        ("089", "leading zero", "write `89`"),
        ("00", "leading zero", "write `0`"),
        ("1_000", "groups its digits", "write `1,000`"),
        ("1,5", "decimal comma", "write `1.5`"),
        ("10,00", "decimal comma", "write `10.00`"),
        (".inf", "not a finite number", "figures"),
        (".nan", "not a finite number", "figures"),
        ("1e99999999999", "out of range", "from -30 to 30"),
        ("9" * 100, "out of range", "60 characters"),
        ("ten", "`ten` is not a number", "write one"),
        ("0x", "is not a number", "write one"),
        ("'  '", "missing", "`10`"),
    ],
)
def test_other_numbers_are_told(text: str, message: str, hint: str) -> None:
    problem = as_number(in_file(text))
    assert isinstance(problem, Problem)
    assert message in problem.message
    assert hint in problem.hint


def test_whole_numbers() -> None:
    assert as_int(plain("12")) == 12
    assert as_int(plain("2.0")) == 2 and type(as_int(plain("2.0"))) is int
    problem = as_int(plain("2.6"))
    assert isinstance(problem, Problem) and problem.hint == "write `3`"


@given(st.text(max_size=30), st.booleans())
def test_no_text_raises(text: str, is_plain: bool) -> None:
    scalar = Scalar(Span(0, len(text)), text, is_plain)
    for read_as in (as_text, as_bool, as_number, as_int):
        found = read_as(scalar)
        if isinstance(found, Problem):
            assert 0 <= found.start <= found.end <= len(text)
            assert found.message and found.hint


@given(st.integers(-(10**20), 10**20))
def test_integers_come_back(number: int) -> None:
    assert as_number(plain(str(number))) == as_number(plain(f"{number:,}")) == as_int(plain(str(number))) == number
