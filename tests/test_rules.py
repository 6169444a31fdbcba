"""Every rule against its cases in tests/rules/, its own page, and blueprints that it has nothing to say about."""

from __future__ import annotations

from collections import Counter
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path

import pytest
from corpus import INVALID, VALID
from rulecases import (
    BLUEPRINTS,
    FOLDER,
    KINDS,
    SYSTEMS,
    Case,
    cases,
    complete,
    examples,
    findings,
    marks,
    matches,
    read,
    said,
)

from archkit import rules
from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Source, Span

CODES = tuple(rules.modules())
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in cases(path)]


def of(code: str, text: str, profile: rules.Profile | None = "production") -> list[Diagnostic]:
    return [finding for finding in findings(text, profile) if finding.code == code]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    result = read(case.text)
    source = result.sources[0]
    if not case.why.startswith("unreadable"):
        assert [said(found, source) for found in result.diagnostics] == []
    expected = [mark for mark in marks(case.text) if mark.code == case.code]
    assert bool(expected) == (case.kind == "fails"), "marks belong below lines of `fails` cases, and only there"
    left = of(case.code, case.text)
    for mark in expected:
        match = next((finding for finding in left if matches(mark, finding, source)), None)
        assert match is not None, f"{mark} is not among\n" + "\n".join(said(finding, source) for finding in left)
        left.remove(match)
    assert not left, "not expected:\n" + "\n".join(said(finding, source) for finding in left)


@pytest.mark.parametrize("code", CODES)
def test_each_rule_has_cases_of_each_kind(code: str) -> None:
    counts = Counter(case.kind for case in CASES if case.code == code)
    assert [kind for kind in KINDS if not counts[kind]] == []


def test_each_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem.upper() for path in FOLDER.iterdir()} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_module(code: str) -> None:
    module = rules.rule(code)
    assert isinstance(module.SEVERITY, Severity)
    assert module.STEP in rules.STEPS
    assert module.PROFILES and set(module.PROFILES) <= set(rules.PROFILES)
    assert "production" in module.PROFILES, "what an interview asks for, production needs too"


def test_rules_that_count_in_a_sketch_are_known_without_loading_them() -> None:
    assert tuple(code for code in CODES if "sketch" in rules.rule(code).PROFILES) == rules.SKETCHED


@pytest.mark.parametrize("code", CODES)
def test_page(code: str) -> None:
    page = cleandoc(rules.rule(code).__doc__ or "")
    title, empty, *_ = page.splitlines()
    assert title.endswith(".") and len(title) <= 100 and not empty, "the title is one sentence above an empty line"
    assert code not in title
    assert page.split("\n\n")[-1].startswith("Source: "), "the last paragraph says where the rule comes from"
    shown = dict.fromkeys(("fails", "passes"), 0)
    for kind, text in examples(page):
        result = read(text)
        assert [said(found, result.sources[0]) for found in result.diagnostics] == []
        assert bool(of(code, text)) == (kind == "fails"), f"the example under `{kind}`"
        shown[kind] += 1
    assert shown["fails"] and shown["passes"]


@pytest.mark.parametrize("code", CODES)
def test_what_a_finding_says(code: str) -> None:
    failing = [case.text for case in CASES if case.code == code and case.kind == "fails"]
    for text in failing:
        source = read(text).sources[0]
        for finding in of(code, text):
            assert finding.message.strip() == finding.message != "" and not finding.message.endswith("."), finding
            assert finding.hint.strip() == finding.hint != "" and not finding.hint.endswith("."), finding
            assert len(finding.message) <= 240, "a message is one sentence; numbers used belong into notes"
            assert finding.span is not None and finding.span.end > finding.span.start, finding
            assert "\n" not in source.text[finding.span.start : finding.span.end], "point at a key or value"
            for note in finding.notes:
                assert note.message and not note.message.endswith("."), note
                assert note.span is None or note.span.end > note.span.start, note


@pytest.mark.parametrize("code", CODES)
def test_a_waiver_silences_it_and_only_it(code: str) -> None:
    waiver = f"\nwaive: {{{code}: accepted in this test}}\n"
    for case in CASES:
        if case.code != code or "\nwaive:" in case.text or case.why.startswith("unreadable"):
            continue
        codes = [finding.code for finding in findings(case.text + waiver)]
        assert code not in codes
        assert ("WVR01" in codes) == (case.kind != "fails"), case
        if case.kind == "fails":
            assert Counter(codes) == Counter(f.code for f in findings(case.text) if f.code != code)


# blueprints that no rule may stumble over


def prefixes(text: str) -> list[str]:
    """Return a blueprint without one of its sections, for each section."""
    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if line[:1].isalpha()] + [len(lines)]
    return ["".join(lines[:a] + lines[b:]) for a, b in pairwise(starts)]


@pytest.mark.parametrize("path", [*SYSTEMS, *VALID, *INVALID], ids=lambda path: path.stem)
@pytest.mark.parametrize("profile", rules.PROFILES)
def test_no_rule_stumbles(path: Path, profile: rules.Profile) -> None:
    findings(path.read_text("utf-8"), profile)


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_no_rule_stumbles_over_a_missing_section(path: Path) -> None:
    for text in prefixes(path.read_text("utf-8")):
        findings(text)


ABOUT_ABSENCE = frozenset(("FRM01", "FRM03", "FRM05"))
"""Rules that report a section that is not written."""

ABOUT_THE_PICTURE = ("STR", "HUM", "PRI", "GEN", "FUN", "SRV", "LAT", "CAP", "MON", "BIA", "FEA")
"""Beginnings of the codes of rules that need nothing but an architecture."""


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_rules_are_silent_about_sections_that_are_not_written(path: Path) -> None:
    text = path.read_text("utf-8")
    blueprint = read(text).blueprint
    assert blueprint is not None
    for finding in findings(text):
        written = finding.code.startswith(("WVR", *ABOUT_THE_PICTURE)) or blueprint.has(rules.rule(finding.code).STEP)
        assert written or finding.code in ABOUT_ABSENCE, said(finding, read(text).sources[0])


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_a_picture_alone_has_few_findings(path: Path) -> None:
    text = path.read_text("utf-8")
    codes = {finding.code for finding in findings(text, None)}
    blueprint = read(text).blueprint
    assert blueprint is not None
    if rules.natural_profile(blueprint) == "sketch":
        assert codes <= CONTRADICTIONS.get(path.stem, frozenset())


CONTRADICTIONS = {"cycles": frozenset(("STR08",))}
"""What is wrong even with a sketch, by the name of its file."""


# the harness itself


def test_marks_are_read() -> None:
    text = complete("serving:\n# at serving SRV04 says why\n  mode: batch\n  #     ^^^^^ SRV01\n")
    assert [(m.code, m.line, m.column, m.length, m.words) for m in marks(text)] == [
        ("SRV04", 3, 1, 7, "says why"),
        ("SRV01", 5, 9, 5, ""),
    ]
    assert text.startswith("blueprint: 1\ntitle: A case\nserving:")


def test_a_heading_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "str01.yaml"
    file.write_text("=== fail: a misspelt kind\n")
    with pytest.raises(ValueError, match=r"str01.yaml:1"):
        cases(file)


def test_a_finding_elsewhere_matches_no_mark() -> None:
    source = Source("case.yaml", "serving:\n# at serving SRV04\n")
    mark = marks(source.text)[0]
    assert matches(mark, Diagnostic("SRV04", Severity.ERROR, "no way back", Span(0, 7)), source)
    assert not matches(mark, Diagnostic("SRV04", Severity.ERROR, "no way back", Span(0, 8)), source)
    assert not matches(mark, Diagnostic("SRV04", Severity.ERROR, "no way back", Span(1, 8)), source)
    assert not matches(mark._replace(words="owner"), Diagnostic("SRV04", Severity.ERROR, "way", Span(0, 7)), source)
