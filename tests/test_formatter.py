"""The formatter: its taste, side by side; and that no text loses its meaning or a comment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from yaml_writing import documents

from archkit.blueprint import ARCHETYPES
from archkit.diagnostics import Severity
from archkit.formatter import UnsafeError, formatted
from archkit.formatter import safety as safe
from archkit.source import Source
from archkit.starters import starter
from archkit.yamltree import read
from archkit.yamltree.weaving import concrete

ROOT = Path(__file__).parent.parent
BLUEPRINTS = sorted((ROOT / "blueprints").glob("*.yaml"))
SHIPPED = [*BLUEPRINTS, *sorted((ROOT / "archkit" / "data").glob("*/*.yaml"))]
SHIPPED = [path for path in SHIPPED if path.name != "frame.yaml"]  # has holes
TEXTS = sorted((ROOT / "tests" / "data" / "language").glob("*/*.yaml"))


def cases() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted((ROOT / "tests" / "data" / "format").glob("*.txt")):
        for part in path.read_text("utf-8").removeprefix("=== ").split("\n=== "):
            head, _, after = part.rstrip("\n").partition("\n>>>\n")
            title, _, before = head.partition("\n")
            found.append((f"{path.stem}: {title}", f"{before}\n", f"{after}\n"))
    return found


def form(text: str) -> str:
    found = formatted(Source("x.yaml", text))
    assert found.text is not None, found.errors
    return found.text


@pytest.mark.parametrize("case", cases(), ids=lambda case: case[0])
def test_a_text_is_formatted_as_expected(case: tuple[str, str, str]) -> None:
    _title, before, after = case
    assert form(before) == after
    assert form(after) == after


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_text_keeps_its_meaning_and_its_comments(text: str) -> None:
    tree, found = read(Source("x.yaml", text))
    assume(tree is not None and not any(finding.severity is Severity.ERROR for finding in found))
    result = form(text)
    assert form(result) == result
    # What another reader of YAML makes of it, which knows nothing of the formatter.
    assert yaml.load(result, yaml.CBaseLoader) == yaml.load(text, yaml.CBaseLoader)
    numbers = [re.findall(r"\d+$", comment.text) for comment in concrete(result).comments]
    assert numbers == [re.findall(r"\d+$", comment.text) for comment in concrete(text).comments]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 4), st.sampled_from(("", " ")), st.permutations(range(8)))
def test_a_blueprint_written_otherwise_is_formatted_to_the_same(factor: int, end: str, order: list[int]) -> None:
    text = form((ROOT / "blueprints" / "similar-listings.yaml").read_text("utf-8"))
    assert form("\n".join(f"{_deeper(line, factor)}{end}" for line in text.splitlines())) == text
    head, *sections = re.split(r"\n\n(?=# ──)", text.rstrip("\n"))
    assert form("\n\n\n".join([head, *(sections[at] for at in order), *sections[8:]])) == text


def _deeper(line: str, factor: int) -> str:
    """Return a line, its indentation and what stands behind its dashes multiplied."""
    spaces, dashes, rest = re.fullmatch(r"( *)((?:- )*)(.*)", line).groups()  # type: ignore[union-attr]
    return spaces * factor + dashes.replace(" ", " " * (2 * factor - 1)) + rest


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_right_and_wrong_blueprints_can_be_formatted_if_they_are_sound_yaml(path: Path) -> None:
    text = path.read_text("utf-8")
    found = formatted(Source(path.name, text))
    assert (found.text is None) == bool(found.errors)
    assert found.text is None or form(found.text) == found.text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_formatted(path: Path) -> None:
    text = path.read_text("utf-8")
    assert form(text) == text, "run `archkit fmt` on it"


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_what_new_writes_is_formatted(archetype: str) -> None:
    text = starter(archetype, "My system", "archkit.schema.json")
    assert form(text) == text


@pytest.mark.parametrize(
    "title", ["No", "a: b", "It's", "50% off", 'say "x": y', "back\\slash: y", "1.5", "~", "tab\there"]
)
def test_a_title_is_quoted_as_the_formatter_would(title: str) -> None:
    text = starter("search", title)
    assert form(text) == text and yaml.safe_load(text)["title"] == title


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "", "# only\n", "a: *b\n", "? [x]\n: 1\n", "a:\n\t- b\n"]
)
def test_what_is_no_sound_yaml_is_left_alone(text: str) -> None:
    found = formatted(Source("x.yaml", text))
    assert found.text is None and found.errors and all(error.span is not None for error in found.errors)


def test_mistakes_in_the_language_do_not_matter() -> None:
    assert form("blueprint: 1\ntitel:  'x'\nrequirements: {latency:  200 msec}\n").startswith(
        "blueprint: 1\ntitel: x\n"
    )


def test_tabs_behind_values_go() -> None:
    assert form("a: 1\t\nb: [2]\t # c\t\n") == "a: 1\nb: [2]  # c\n"


@pytest.mark.parametrize("end", ["", "\n", "\n\n  \n"])
@pytest.mark.parametrize("value", ["1", "|\n  x", "|+\n  x", "|-\n  x", '"x\n  y"', "[1, 2]", "", "# c"])
def test_a_file_ends_with_one_line_break_that_adds_nothing(value: str, end: str) -> None:
    text = f"a: {value}{end}"
    result = form(text)
    assert result.endswith("\n") and yaml.safe_load(result) == yaml.safe_load(text)
    assert not result.endswith("\n\n") or "+" in value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1  # c\n", "a: 1\n"),
        ("a: 1  # c\n", "a: 1  # d\n"),
        ("a: no\n", "a: 'no'\n"),  # the same text here
        ("a: ~\n", "a: '~'\n"),
        ("a: [1, 2]\n", "a: [2, 1]\n"),
        ("a: {b: 1, c: 2}\n", "a: {c: 2, b: 1}\n"),
        ("a: &x 1\nb: *x\n", "a: 1\nb: 1\n"),
        ("a: |\n  x\n", "a: |-\n  x\n"),
        ("requirements: {privacy: [under 1,000 users]}\n", "requirements: {privacy: [under 1, 000 users]}\n"),
    ],
)
def test_a_change_of_meaning_is_noticed(before: str, after: str) -> None:
    source = Source("x.yaml", before)
    tree, _ = read(source)
    assert tree is not None
    same = before == "a: no\n"
    assert safe.says_the_same(source, tree, concrete(before), Source("x.yaml", after)) is same


def test_an_unsafe_result_is_never_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archkit.formatter.text_of", lambda lines: "blueprint: 2\n")
    with pytest.raises(UnsafeError):
        formatted(Source("x.yaml", "blueprint: 1\n"))
