"""Parts of sentences: capitals, and words that are listed."""

from __future__ import annotations

import pytest

from archkit.sentences import capital, either, how_many, series


@pytest.mark.parametrize(("text", "found"), [("a CTR model", "A CTR model"), ("", ""), ("9 of 10", "9 of 10")])
def test_a_sentence_begins_with_a_capital(text: str, found: str) -> None:
    assert capital(text) == found


@pytest.mark.parametrize(("number", "found"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_several_of_a_thing_end_in_an_s(number: int, found: str) -> None:
    assert how_many(number, "file") == found


@pytest.mark.parametrize(
    ("words", "both", "one"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a or b"),
        (["a", "b", "c"], "a, b and c", "a, b or c"),
    ],
)
def test_the_last_of_several_words_is_joined(words: list[str], both: str, one: str) -> None:
    assert series(iter(words)) == both
    assert either(iter(words)) == one
