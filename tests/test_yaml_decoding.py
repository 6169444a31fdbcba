"""Bytes of a file → text, in whatever encoding they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit.diagnostics import Severity
from archkit.source import Span
from archkit.yamltree import decode, read


@pytest.mark.parametrize(
    "data",
    [
        "a: é\nb: 😀\n".encode(),
        "a: é\r\nb: 😀\r\n".encode(),
        "a: é\rb: 😀\r".encode(),
        "\ufeffa: é\nb: 😀\n".encode(),
        "\ufeffa: é\r\nb: 😀\n".encode("utf-16-le"),
        "\ufeffa: é\nb: 😀\n".encode("utf-16-be"),
        "\ufeffa: é\nb: 😀\n".encode("utf-32-le"),
        "\ufeffa: é\nb: 😀\n".encode("utf-32-be"),
        "a: é\nb: 😀\n".encode("utf-16-le"),
        "a: é\nb: 😀\n".encode("utf-16-be"),
        "a: é\nb: 😀\n".encode("utf-32-le"),
        "a: é\nb: 😀\n".encode("utf-32-be"),
    ],
)
def test_decoding(data: bytes) -> None:
    source, found = decode(data, "x.yaml")
    assert (source.name, source.text, found) == ("x.yaml", "a: é\nb: 😀\n", [])


def test_undecodable_byte_has_its_place() -> None:
    source, (finding,) = decode(b"title: x\r\nsummary: caf" + b"\xe9\r\n", "x.yaml", 2)
    assert source.text == "title: x\nsummary: caf\ufffd\n"
    assert (finding.code, finding.severity) == ("YML001", Severity.ERROR)
    assert finding.span == Span(21, 22, 2)
    assert source.position(21) == (2, 13)
    assert "0xE9" in finding.message
    assert "`é`" in finding.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        (b"a: \xc3", "0xC3"),
        (b"\xff\xfea\0:\0 \0b", "UTF-16"),
        (b"\xff\xfe\x00\xd8a\0", "UTF-16"),
        (b"\xed\xa0\x80", "0xED"),
    ],
)
def test_undecodable_files(data: bytes, words: str) -> None:
    source, (finding,) = decode(data, "x.yaml")
    assert words in finding.message
    assert finding.span is not None
    assert source.text[finding.span.start : finding.span.end]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded_and_read(data: bytes) -> None:
    source, found = decode(data, "x.yaml")
    _, more = read(source)
    for finding in (*found, *more):
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
