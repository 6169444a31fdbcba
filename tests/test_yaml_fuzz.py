"""The YAML reader reads or explains any content whatever."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_trees import BLUEPRINT, parse, walk

from archkit.diagnostics import Severity
from archkit.source import Source
from archkit.yamltree import CODES, reader


def check(text: str) -> None:
    root, found = parse(text)
    for finding in found:
        assert finding.code in CODES
        assert finding.message and finding.hint
        for span in (finding.span, *(note.span for note in finding.notes)):
            assert span is not None
            assert 0 <= span.start <= span.end <= len(text)
    if root is None:
        assert any(finding.severity is Severity.ERROR for finding in found)
    assert sorted(found, key=lambda finding: finding.span or (0, 0)) == found
    for node in walk(root):
        assert 0 <= node.span.start <= node.span.end <= len(text)


SIGNS = "[]{}:,'\"#&*!|>%@`-?~\\ \t\n<=.0aé😀\0\x85\u2028\ufeff\ud800"


@given(st.text(max_size=80) | st.text(alphabet=SIGNS, max_size=60))
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_explained(text: str) -> None:
    check(text)


@given(
    st.lists(
        st.sampled_from(
            [
                *"[]{},:?-&*!|>'\"%@`#",
                ": ",
                "- ",
                "\n",
                "\n  ",
                "\n\t",
                "a",
                "&a ",
                "*a",
                "<<: ",
                "---\n",
                "...\n",
                "!!str ",
            ]
        )
    )
)
@settings(max_examples=1500, deadline=None)
def test_any_row_of_signs_is_read_or_explained(signs: list[str]) -> None:
    check("".join(signs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LOADER", yaml.SafeLoader)
        check("".join(signs))


def test_slips_in_a_real_file_are_found_near_their_line() -> None:
    """Change one sign at a time in a large blueprint; nearly always the line of the slip is the one that is shown."""
    chance = random.Random(7)
    near = far = unknown = 0
    for _ in range(250):
        at = chance.randrange(len(BLUEPRINT))
        sign = chance.choice([*"[]{}:,'\"#&*!|>%@`-\t", ": ", ""])
        text = BLUEPRINT[:at] + sign + BLUEPRINT[at + chance.randrange(2) :]
        root, found = parse(text)
        if not found:
            continue
        source = Source("x.yaml", text)
        lines = [source.position(finding.span.start)[0] for finding in found if finding.span]
        near += min(abs(line - source.position(at)[0]) for line in lines) <= 1
        far += min(abs(line - source.position(at)[0]) for line in lines) > 1
        unknown += any(finding.code == "YML030" for finding in found)
        assert root is not None
        assert len(found) <= 3
    assert near > 50
    assert far <= near / 20
    assert unknown == 0


class Broken:
    """A parser that fails as parsers have been seen to fail."""

    error: Exception = ValueError()

    def __init__(self, text: str) -> None:
        self.text = text

    def get_event(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("x"),
        KeyError("x"),
        IndexError("x"),
        ValueError("x"),
        OverflowError("x"),
        RecursionError("x"),
        TypeError("x"),
        UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
        UnicodeEncodeError("utf-8", "x", 0, 1, "x"),
        yaml.YAMLError("x"),
        yaml.MarkedYAMLError("x"),
        yaml.reader.ReaderError("x", 0, 0, "x", "x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_parser_raises_becomes_a_finding(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Broken, "error", error)
    monkeypatch.setattr(reader, "LOADER", Broken)
    root, found = parse("a: b")
    assert root is None
    assert [finding.code for finding in found] == ["YML030"]
    assert found[0].hint
