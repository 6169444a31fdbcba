"""Theme files: what they change, what can be wrong with them, and that their reference is current."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

import archkit
from archkit.diagnostics import Severity
from archkit.proof import check
from archkit.reference_themes import themes_page
from archkit.theme import BOOK, THEMES, Sizes, Spacing, Strokes, Theme, counterpart
from archkit.themes import language
from archkit.themes.check import LINES, TEXTS, faint
from archkit.themes.codes import CODES
from archkit.themes.meanings import MEANINGS
from archkit.themes.reading import LARGEST, ThemeResult, read_theme

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "archkit" / "data" / "themes").glob("*.yaml"))
CASES = ROOT / "tests" / "figures"


def read(*lines: str) -> ThemeResult:
    return read_theme("\n".join(("theme: 1", *lines)).encode(), "mine.yaml")


def themed(*lines: str) -> Theme:
    result = read(*lines)
    assert result.theme is not None, result.diagnostics
    return result.theme


def told(*lines: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of everything that is found."""
    result = read(*lines)
    found = []
    for finding in result.diagnostics:
        assert finding.span is not None
        before = result.source.text[: finding.span.start]
        found.append((finding.code, before.count("\n") + 1, finding.span.start - before.rfind("\n")))
    return found


def test_the_built_in_themes_are_files_in_the_same_language() -> None:
    assert {path.stem for path in FILES} | {"book"} == set(THEMES)
    assert next(iter(THEMES)) == "book" and THEMES["book"] is BOOK
    for path in FILES:
        result = read_theme(path.read_bytes(), path.name)
        assert result.diagnostics == () and result.theme is not None
        assert result.theme.name == path.stem


def test_an_unknown_theme_is_no_key() -> None:
    assert "no" not in THEMES and THEMES.get("no") is None


@pytest.mark.parametrize("name", ["dark", "print"])
def test_what_changes_the_ground_changes_every_colour(name: str) -> None:
    # A role that is added to `book` must not keep its colour on a dark ground, or in grey, by oversight
    text = (ROOT / "archkit" / "data" / "themes" / f"{name}.yaml").read_text("utf-8")
    assert [role for role in BOOK.colours if f'\n  {role}: "' not in text] == []


def test_a_theme_is_called_after_its_file() -> None:
    mine = themed()
    assert mine.name == "mine"
    assert (mine.colours, mine.sizes, mine.face) == (BOOK.colours, BOOK.sizes, BOOK.face)


def test_what_is_not_written_is_taken_from_the_theme_that_is_extended() -> None:
    mine = themed(
        "extends: whiteboard",
        "colours: {accent: '#0B3D91', ink: '123'}",
        "sizes: {title: 26}",
        "strokes: {hand: 0, group_dash: []}",
        "spacing: {margin: 30px}",
        "edges: {feedback: {dash: [1, 2], head: open, width: 2, words: what users do}}",
        "adaptive: {accent: '#9cf'}",
        "lettering: plain",
        "dark: false",
    )
    base = THEMES["whiteboard"]
    assert mine.colours == {**base.colours, "accent": "#0b3d91", "ink": "#112233"}
    assert {f.name: getattr(mine.sizes, f.name) for f in fields(Sizes)} == {
        **{f.name: getattr(base.sizes, f.name) for f in fields(Sizes)},
        "title": 26.0,
    }
    assert (mine.strokes.hand, mine.strokes.group_dash, mine.strokes.node) == (0.0, (), base.strokes.node)
    assert (mine.spacing.margin, mine.spacing.radius) == (30.0, base.spacing.radius)
    look = mine.edges["feedback"]
    assert (look.dash, look.head, look.width, look.words) == ((1.0, 2.0), "open", 2.0, "what users do")
    assert look.role == "edge.feedback" and mine.edges["deploy"] is base.edges["deploy"]
    assert mine.face == "plain" and counterpart(mine).colours["accent"] == "#99ccff"


def test_the_other_scheme_of_a_dark_theme_is_light() -> None:
    assert counterpart(BOOK).colours == THEMES["dark"].colours and counterpart(BOOK).dark
    other = counterpart(THEMES["dark"])
    assert other.colours == BOOK.colours and not other.dark
    assert counterpart(THEMES["slide"]).sizes == THEMES["slide"].sizes


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["extends: bok"], ("LNG004", 2, 10)),
        (["coulours: {}"], ("LNG001", 2, 1)),
        (["accent: '#123456'"], ("LNG001", 2, 1)),
        (["sizes: {titel: 20}"], ("LNG001", 2, 9)),
        (["sizes: [20]"], ("LNG002", 2, 8)),
        (["colours: {inc: '#123456'}"], ("LNG004", 2, 11)),
        (["colours:", "  ink: '#12345'"], ("THM001", 3, 8)),
        (["colours:", "  ink: navy"], ("THM001", 3, 8)),
        (["sizes: {title: huge}"], ("THM004", 2, 16)),
        (["sizes: {title: -3}"], ("THM004", 2, 16)),
        (["sizes: {title: .inf}"], ("THM004", 2, 16)),
        (["sizes: {title: 1e1}"], ("THM004", 2, 16)),
        (["sizes: {title: 400}"], ("THM004", 2, 16)),
        (["sizes: {title: }"], ("LNG010", 2, 9)),
        (["edges: {feedbak: {width: 2}}"], ("LNG004", 2, 9)),
        (["edges: {feedback: {head: arow}}"], ("LNG004", 2, 26)),
        (["edges: {feedback: {dash: [0]}}"], ("THM004", 2, 27)),
        (["dark: yes"], ("LNG014", 2, 7)),
        (["lettering: comic"], ("LNG004", 2, 12)),
    ],
)
def test_each_mistake_is_told_at_its_place(lines: list[str], expected: tuple[str, int, int]) -> None:
    assert told(*lines) == [expected]
    assert read(*lines).theme is None


def test_all_mistakes_are_told_at_once_with_what_was_meant() -> None:
    result = read("extends: drak", "egdes: {}", "colours: {inc: red}", "accent: '#000000'", "title: 20")
    hints = [finding.hint for finding in result.diagnostics]
    assert [hint.split(" (")[0] for hint in hints] == [
        "did you mean `dark`?",
        "did you mean `edges`?",
        "did you mean `ink`?",
        "`accent` belongs under `colours`",
        "`title` belongs under `sizes`",
    ]


def test_a_colour_that_is_a_comment_is_explained() -> None:
    found = [f for f in read("colours:", "  ink: #123456").diagnostics if f.severity is Severity.ERROR]
    assert [f.code for f in found] == ["LNG010"]
    assert "`#` begins a comment" in found[0].hint and "ink: '#" in found[0].hint


@pytest.mark.parametrize("data", [b"", b"- a\n", b"just words", b"\0\1\2", b"a" * (LARGEST + 1)])
def test_what_is_no_theme_is_told(data: bytes) -> None:
    result = read_theme(data, "mine.yaml")
    assert result.theme is None
    assert any(finding.severity is Severity.ERROR for finding in result.diagnostics)


def test_a_theme_needs_the_version_of_its_language() -> None:
    assert [f.code for f in read_theme(b"extends: book\n", "mine.yaml").diagnostics] == ["LNG003"]
    assert [f.code for f in read_theme(b"theme: 2\n", "mine.yaml").diagnostics] == ["LNG004"]


def test_text_that_is_hard_to_read_is_a_warning_at_the_colour_that_was_written() -> None:
    result = read("colours:", "  ink: '#888888'")
    assert [(f.code, f.severity) for f in result.diagnostics] == [("THM002", Severity.WARNING)]
    assert told("colours:", "  ink: '#888888'") == [("THM002", 3, 8)]
    assert result.theme is not None, "a warning does not keep figures from being drawn"
    ratio = min(pair.ratio for pair in faint(result.theme.colours) if pair.role == "ink")
    assert f"{ratio:.1f} : 1" in result.diagnostics[0].message


def test_a_ground_that_hides_what_stands_on_it_is_a_warning_too() -> None:
    assert told("colours:", "  node.fill: '#333333'") == [("THM002", 3, 14)]
    assert told("adaptive:", "  ink: '#555555'") == [("THM002", 3, 8)]
    assert told("colours:", "  edge.request: '#bbbbbb'") == [("THM002", 3, 17)]


def test_arrows_that_colour_alone_tells_apart_are_a_warning() -> None:
    assert told("edges: {fallback: {dash: []}}") == [("THM003", 2, 19)]
    assert told("edges: {fallback: {dash: [], width: 3}}") == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_built_in_themes_can_be_read_in_both_schemes(theme: Theme) -> None:
    assert [*faint(theme.colours), *faint(counterpart(theme).colours)] == []


def test_what_is_checked_and_described_are_the_roles_there_are() -> None:
    assert {role for pair in (*TEXTS, *LINES) for role in pair} <= set(BOOK.colours)
    assert set(MEANINGS) == set(BOOK.colours)


@pytest.mark.parametrize(
    ("record", "part"), [(language.Sizes, Sizes), (language.Strokes, Strokes), (language.Spacing, Spacing)]
)
def test_everything_about_a_theme_can_be_written(record: type, part: type) -> None:
    assert set(record.fields) == {field.name for field in fields(part)}


def test_every_code_of_themes_has_a_page_with_an_example_that_is_found() -> None:
    from archkit.explain import page

    for code, (title, text) in CODES.items():
        found = page(code)
        assert found is not None and found.title == title
        blocks = text.split("```yaml\n")[1:]
        first = blocks[0].split("```")[0]
        codes = [f.code for f in read_theme(first.encode(), "x.yaml").diagnostics]
        assert (code in codes) is (code != "THM005")
        if len(blocks) > 1:
            assert read_theme(blocks[1].split("```")[0].encode(), "x.yaml").diagnostics == ()


def test_the_page_about_themes_is_current() -> None:
    page = (ROOT / "docs" / "themes.md").read_text("utf-8")
    assert page == themes_page(), "write themes_page() to docs/themes.md"
    example = page.split("```yaml\n")[1].split("```")[0]
    assert read_theme(example.encode(), "mine.yaml").diagnostics == ()


def extreme(which: str, face: str) -> Theme:
    """Return a theme with every number at one of its bounds."""
    parts = {}
    for name, record in (("sizes", language.Sizes), ("strokes", language.Strokes), ("spacing", language.Spacing)):
        values = {
            field.name: getattr(field.shape, which) for field in record.fields.values() if hasattr(field.shape, which)
        }
        parts[name] = replace(getattr(BOOK, name), **values)
    return replace(BOOK, name=which, face=face, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("which", "face"), [("low", "plain"), ("high", "plain"), ("high", "hand")])
@pytest.mark.parametrize("kind", ["system", "funnel", "latency", "tradeoffs", "features", "training_loop"])
def test_figures_hold_at_the_bounds_of_all_numbers(kind: str, which: str, face: str) -> None:
    view = archkit.load(CASES / f"{kind}.yaml").figure(kind, theme=extreme(which, face))
    found = check(view.drawing, view.theme, view.figure)
    # How small type prints is for the author of a theme to say
    assert [str(flaw) for flaw in found if flaw.code != "print-small"] == []
