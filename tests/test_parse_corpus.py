"""Every valid example reads without a finding; every invalid one gives exactly the findings it states."""

from __future__ import annotations

import re
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


PAGES = [(code, re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)) for code, (_title, text) in CODES.items()]


@pytest.mark.parametrize(("code", "blocks"), [page for page in PAGES if page[1]], ids=lambda value: str(value)[:6])
def test_pages_show_the_mistake_and_its_repair(code: str, blocks: list[str]) -> None:
    """The first of two examples of a page gives the finding, the last one does not."""
    assert code not in codes_of(blocks[-1])
    if len(blocks) > 1:
        assert code in codes_of(blocks[0])


def codes_of(block: str) -> set[str]:
    if block.startswith(("flows:", "lanes:", "groups:")):
        block = "architecture:\n" + "".join(f"  {line}\n" for line in block.splitlines())
    if "assumptions:" in block:
        block += "requirements: {scale: {peak_factor: 3}}\n"
    head = "" if "blueprint:" in block else "blueprint: 1\ntitle: T\n"
    return {found.code for found in parse(Source("page", head + block)).diagnostics}


def test_every_page_explains() -> None:
    for code, (title, text) in CODES.items():
        assert re.fullmatch(r"(LNG|REF|INC|FIG)\d{3}", code)
        assert title and len(text) > 60 and text.endswith((".", "```"))
