"""From each complete blueprint: remove or spoil one required thing, and exactly the expected findings appear."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from mutating import FOLDER, Mutation, spoil, table

from archkit import rules
from archkit.diagnostics import Diagnostic
from archkit.parse import ParseResult, parse, parse_tree
from archkit.source import Source
from archkit.yamltree import Mapping

BLUEPRINTS = Path(__file__).parent.parent / "blueprints"
MUTATIONS = [row for path in sorted(FOLDER.glob("*.txt")) for row in table(path)]


@cache
def original(name: str) -> ParseResult:
    path = BLUEPRINTS / f"{name}.yaml"
    return parse(Source(path.name, path.read_text("utf-8")))


@cache
def before(name: str) -> Counter[tuple[str, str]]:
    blueprint = original(name).blueprint
    assert blueprint is not None
    return _counted(rules.run(blueprint, "production"))


def _counted(findings: list[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.message) for finding in findings)


@pytest.mark.parametrize("row", MUTATIONS, ids=str)
def test_mutation(row: Mutation) -> None:
    tree = original(row.blueprint).tree
    assert isinstance(tree, Mapping)
    for edit in row.edits:
        tree = spoil(tree, edit)
    blueprint, slips = parse_tree(tree)
    assert [slip.message for slip in slips] == [], "a mutation must be a blueprint that can be read"
    findings = rules.run(blueprint, "production")
    known = before(row.blueprint)
    new = [finding for finding in findings if (finding.code, finding.message) not in known]
    said = "\n".join(f"{finding.code}@{_text(row, finding)}: {finding.message}" for finding in new)
    assert Counter(f.code for f in new) == Counter(word.split("@")[0] for word in row.expected), said
    for word in row.expected:
        code, _, text = word.partition("@")
        assert not text or any(f.code == code and _text(row, f) == text for f in new), said


def _text(row: Mutation, finding: Diagnostic) -> str:
    assert finding.span is not None
    return original(row.blueprint).sources[0].text[finding.span.start : finding.span.end]


def test_complete_blueprints_are_clean_to_begin_with() -> None:
    for name in {row.blueprint for row in MUTATIONS}:
        assert before(name) == Counter(), name


def test_there_are_many_and_no_row_stands_twice() -> None:
    assert len({(row.blueprint, row.edits) for row in MUTATIONS}) == len(MUTATIONS)
    assert len(MUTATIONS) >= 100


def test_an_edit_that_does_not_fit_is_told() -> None:
    tree = original("video-recommendation").tree
    assert isinstance(tree, Mapping)
    for edit in (
        "drop serving.rolback",
        "drop flow viewer -> ranker",
        "set a.b.c = 1",
        "drop @nobody",
        "crush serving",
    ):
        with pytest.raises(ValueError, match=r"nothing is written|no flow|no component|neither"):
            spoil(tree, edit)
