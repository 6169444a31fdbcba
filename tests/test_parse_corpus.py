"""Every valid example reads without a finding; every invalid one gives exactly the findings it states."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import INVALID, VALID, expectations

from archkit.codes import CODES
from archkit.diagnostics import Diagnostic
from archkit.parse import ParseResult, parse
from archkit.source import Source


def read(path: Path) -> ParseResult:
    return parse(Source(path.name, path.read_text("utf-8")))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid(path: Path) -> None:
    result = read(path)
    assert [str(found) for found in result.diagnostics] == []
    assert result.blueprint is not None


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid(path: Path) -> None:
    result = read(path)
    source = result.sources[0]
    expected = expectations(source.text)
    assert expected, "the file expects nothing"
    left = list(result.diagnostics)
    for expectation in expected:
        line, column, length = expectation.line, expectation.column, expectation.length
        match = next(
            (
                found
                for found in left
                if found.span is not None
                and found.code == expectation.code
                and source.position(found.span.start) == (line, column)
                and length in (-1, found.span.end - found.span.start)
                and expectation.words in f"{found.message}; {found.hint}"
            ),
            None,
        )
        assert match is not None, f"{expectation} is not among\n" + "\n".join(said(found, source) for found in left)
        left.remove(match)
    assert not left, "not expected:\n" + "\n".join(said(found, source) for found in left)


def said(found: Diagnostic, source: Source) -> str:
    assert found.span is not None
    line, column = source.position(found.span.start)
    return f"{found.code} at {line}:{column} ({found.span.end - found.span.start}): {found.message}; {found.hint}"


def test_every_code_of_the_language_has_an_invalid_example() -> None:
    shown = {expectation.code for path in INVALID for expectation in expectations(path.read_text("utf-8"))}
    # files that include others have tests of their own
    assert {code for code in CODES if not code.startswith("INC")} <= shown | {"INC001"}


def test_every_message_says_what_to_write() -> None:
    for path in INVALID:
        for found in read(path).diagnostics:
            assert found.message[0] not in " ." and not found.message.endswith("."), found
            assert len(found.message) <= 200
