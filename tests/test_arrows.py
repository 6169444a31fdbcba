"""Arrow texts and the places of the ids in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit.arrows import Hop, Slip, parse_arrows


def hops(text: str) -> list[str]:
    found = parse_arrows(text)
    assert not isinstance(found, Slip), found
    for hop in found:
        for name in (hop.source, hop.target):
            assert text[name.start : name.end] == name.text
    return [f"{hop.source.text}{hop.arrow}{hop.target.text} {hop.number}" for hop in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a -> b", ["a->b 0"]),
        (" a->b ", ["a->b 0"]),
        ("a..>b", ["a..>b 0"]),
        ("a -> b ~> c ..> d", ["a->b 0", "b~>c 1", "c..>d 2"]),
        ("a & b -> c", ["a->c 0", "b->c 0"]),
        ("a -> b&c -> d", ["a->b 0", "a->c 0", "b->d 1", "c->d 1"]),
        ("a -> [b, c]", ["a->b 0", "a->c 0"]),
        ("[a,b]->c", ["a->c 0", "b->c 0"]),
        ("a -> [b & c] -> d", ["a->b 0", "a->c 0", "b->d 1", "c->d 1"]),
        ("step-1 -> v1.2", ["step-1->v1.2 0"]),
        ("a-b -> c.d-e", ["a-b->c.d-e 0"]),
        ("größe -> 用户", ["größe->用户 0"]),
        ("a\n  -> b", ["a->b 0"]),
    ],
)
def test_arrows(text: str, expected: list[str]) -> None:
    assert hops(text) == expected


@pytest.mark.parametrize(
    ("text", "marked", "hint"),
    [
        ("a => b", "=>", "`->`"),
        ("a --> b", "-->", "`->`"),
        ("a ->> b", "->>", "`->`"),
        ("a -~> b", "-~>", "`~>`"),
        ("a ...> b", "...>", "`..>`"),
        ("a -.-> b", "-.->", "`..>`"),
        ("ranker <- ann", "<-", "point to the right: write `ann -> ranker`"),
        ("a -> b <- c", "<-", "point to the right"),
        ("a <-> b", "<->", "write two arrows: `a -> b` and `b -> a`"),
        ("a ↔ b", "↔", "write two arrows: `a -> b` and `b -> a`"),
        ("a → b", "→", "`->`"),
        ("a - b", "-", "`->`"),
        ("a | b -> c", "|", "joined by `&`"),
        ("mail gateway -> b", "mail gateway", "`mail_gateway`"),
        ("a -> b c d", "b c d", "the id `b_c_d`, or `b & c & d`"),
        ("a b", "a b", "write `a -> b`, the id `a_b`"),
        ("a and b -> c", "a and b", "joined by `&`: write `a & b`"),
        ("new user and old user -> c", "new user and old user", "write `new_user & old_user`"),
        ('a -> "b c"', '"b c"', "without quotes: write `b_c`"),
        ("a -> b:what flows", ":", "write `a -> b: what flows`"),
        ("a ~> b (what flows)", "(", "write `a ~> b: what flows`"),
        ("a --what flows--> b", "--", "write `a -> b: what flows`"),
        ("a -- what flows -> b", "--", "write `a -> b: what flows`"),
        ("a -->|what flows| b", "-->|", "write `a -> b: what flows`"),
        ("a, b -> c", ",", "`&`"),
        ("a + b -> c", "+", "`&`"),
        ("a -> (b)", "(", "like `a -> b`"),
        ("a -> b]", "]", "`&`"),
        ("[[a]] -> b", "[", "`&`"),
        ("a & & b -> c", "&", "`&`"),
        ("-> b", "->", "like"),
        ("a -> -> b", "->", "like"),
        ("a & -> b", "->", "like"),
        ("[a -> b", "->", "like"),
        ("a -> [b, ]", "]", "`&`"),
        ("a", "a", "like"),
        ("a & b", "a & b", "like"),
        ("a -> " + "b" * 81, "b" * 81, "80"),
    ],
)
def test_slips(text: str, marked: str, hint: str) -> None:
    found = parse_arrows(text)
    assert isinstance(found, Slip)
    assert text[found.start : found.end] == marked
    assert hint in found.hint


@pytest.mark.parametrize("text", ["", " ", "a ->", "a -> b &", "a -> [b", "a -> [b,"])
def test_missing_ends(text: str) -> None:
    found = parse_arrows(text)
    assert isinstance(found, Slip)
    assert "missing at the end" in found.message


@given(st.text(alphabet="ab ->~.&[],<=|\n→é", max_size=25))
def test_any_text_gives_hops_or_one_slip_inside_it(text: str) -> None:
    found = parse_arrows(text)
    if isinstance(found, Slip):
        assert 0 <= found.start <= found.end <= max(len(text), 1)
        assert found.message and found.hint
    else:
        assert found and all(isinstance(hop, Hop) for hop in found)
        for hop in found:
            assert text[hop.source.start : hop.source.end] == hop.source.text
            assert hop.source.start < hop.target.start


def test_long_texts_in_other_notations_are_refused_quickly() -> None:
    found = parse_arrows("a --" + "x-" * 200_000 + "|")
    assert isinstance(found, Slip)
