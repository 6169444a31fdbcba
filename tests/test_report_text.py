"""The text report: places, carets under exactly what is meant, order, limits, colours, escapes."""

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.report import merge, ordered, text
from archkit.report.escape import columns, visible
from archkit.source import Source, Span

SOURCE = Source("blueprints/spam.yaml", "blueprint: 1\ntitle: Spam filter\nbudget: 200 ms\n\nbudget: 300 ms\n")


def span(source: Source, words: str, index: int = 0) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words), index)


def finding(source: Source, words: str, severity: Severity = Severity.ERROR, code: str = "YML004") -> Diagnostic:
    return Diagnostic(code, severity, "something is wrong", span(source, words))


def shown(line: str, words: str, width: int = 100) -> tuple[str, str]:
    """Return the excerpt's line and its carets, both without the gutter."""
    source = Source("a", line)
    rows = text.report([finding(source, words)], [source], width=width).splitlines()
    assert rows[3].startswith("1 | ") and rows[4].startswith("  | "), rows
    return rows[3][4:], rows[4][4:]


def test_a_whole_finding() -> None:
    second = Span(SOURCE.text.rindex("budget"), SOURCE.text.rindex("budget") + 6)
    notes = (Note("first written here", span(SOURCE, "budget")), Note("200 ms = 0.2 s\nand 300 ms = 0.3 s"))
    one = Diagnostic("YML004", Severity.ERROR, "`budget` is given twice", second, "remove one of them", notes)
    assert text.report([one], [SOURCE]) == dedent("""\
        error[YML004]: `budget` is given twice
         --> blueprints/spam.yaml:5:1
          |
        5 | budget: 300 ms
          | ^^^^^^
          = help: remove one of them
          = note: 200 ms = 0.2 s
          |       and 300 ms = 0.3 s
        note: first written here
         --> blueprints/spam.yaml:3:1
          |
        3 | budget: 200 ms
          | ------

        1 error in 1 file
        """)


def test_the_gutter_is_as_wide_as_the_widest_number() -> None:
    source = Source("a", "first: 1\n" + "\n" * 120 + "last: 1\n")
    notes = (Note("see", span(source, "first")),)
    lines = text.report([Diagnostic("X", Severity.ERROR, "m", span(source, "last"), "", notes)], [source]).splitlines()
    assert lines[1:5] == ["   --> a:122:1", "    |", "122 | last: 1", "    | ^^^^"]
    assert lines[6:9] == ["   --> a:1:1", "    |", "  1 | first: 1"]


@pytest.mark.parametrize(
    ("line", "words", "printed", "carets"),
    [
        ("a: bad", "bad", "a: bad", "   ^^^"),
        ("\tkey: bad", "bad", "    key: bad", "         ^^^"),
        ("ab\tkey", "key", "ab  key", "    ^^^"),
        ("ab\tkey", "\tk", "ab  key", "  ^^^"),
        ("名前: 東京", "東京", "名前: 東京", "      ^^^^"),
        ("t: 😀 bad", "bad", "t: 😀 bad", "      ^^^"),
        ("t: 👩‍🔬 bad", "bad", "t: 👩‍🔬 bad", "      ^^^"),
        ("t: 👍🏽 bad", "bad", "t: 👍🏽 bad", "      ^^^"),
        ("t: cafe\u0301 bad", "bad", "t: cafe\u0301 bad", "        ^^^"),
        ("t: cafe\u0301 bad", "e\u0301", "t: cafe\u0301 bad", "      ^"),
        ("t: 한글 \u1112\u1161\u11ab bad", "bad", "t: 한글 \u1112\u1161\u11ab bad", "           ^^^"),
        ("t: \x1b[31mred", "red", "t: \\u{1b}[31mred", "             ^^^"),
        ("t: \u202ereversed", "\u202e", "t: \\u{202e}reversed", "   ^^^^^^^^"),
        ("t: pa\u200dssword", "password"[:2], "t: pa\\u{200d}ssword", "   ^^"),
        ("t: نمی\u200cخواهم bad", "bad", "t: نمی\u200cخواهم bad", "            ^^^"),
        ("a: #{##[add-mask]e}", "##[", "a: #{#\\u{23}[add-mask]e}", "     ^^^^^^^^"),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, words: str, printed: str, carets: str) -> None:
    assert shown(line, words) == (printed, carets)


def test_an_empty_span_gets_one_caret() -> None:
    source = Source("a", "key:\n")
    lines = text.report([Diagnostic("X", Severity.ERROR, "m", Span(4, 4))], [source]).splitlines()
    assert lines[3:5] == ["1 | key:", "  |     ^"]
    at_end = text.report([Diagnostic("X", Severity.ERROR, "m", Span(5, 5))], [source]).splitlines()
    assert at_end[1:5] == [" --> a:2:1", "  |", "2 |", "  | ^"]


def test_an_empty_file_has_a_place_and_no_excerpt() -> None:
    lines = text.report([Diagnostic("X", Severity.ERROR, "m", Span(0, 0))], [Source("a", "")]).splitlines()
    assert lines == ["error[X]: m", " --> a:1:1", "", "1 error in 1 file"]


def test_a_long_line_is_cut_at_its_end_where_the_marks_allow_it() -> None:
    line, carets = shown("key: bad " + "x" * 500, "bad", width=60)
    assert line.startswith("key: bad xxx") and line.endswith("x…")
    assert len(line) <= 56
    assert carets == "     ^^^"


@pytest.mark.parametrize("before", [60, 100, 333])
@pytest.mark.parametrize("after", [0, 3, 400])
def test_a_long_line_is_cut_around_the_marks(before: int, after: int) -> None:
    line, carets = shown("word " * before + "HERE" + " next" * after, "HERE", width=60)
    at = carets.index("^")
    assert line[at : at + 4] == "HERE" and carets.strip() == "^^^^"
    assert line.startswith("…") and line.endswith("…" if after == 400 else ("HERE", "next")[after > 0])
    assert len(line) <= 56


def test_a_mark_wider_than_the_screen_ends_with_it() -> None:
    line, carets = shown("key: " + "x" * 500, "x" * 500, width=60)
    assert len(line) == len(carets) <= 56
    assert carets == "     " + "^" * (len(line) - 5)


@given(st.text(st.sampled_from("ab 名😀\u0301\t\x1b\u202e\u200d👩🏽한"), min_size=1, max_size=80), st.data())
def test_any_line_fits_and_its_marks_lie_below_it(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    source = Source("a", line)
    rows = text.report([Diagnostic("X", Severity.ERROR, "m", Span(start, end))], [source], width=44).splitlines()
    printed, carets = rows[3][4:], rows[4][4:]
    width = sum(columns(char, printed[at - 1 : at]) for at, char in enumerate(printed))
    assert width <= 40
    assert re.fullmatch(r" *\^+", carets) and len(carets) <= 41


def test_several_lines_are_joined_by_a_bracket() -> None:
    source = Source("a", "data:\n  events: x\n  lake: y\nmodel: z\n")
    whole = Diagnostic("X", Severity.ERROR, "m", Span(0, source.text.index("model")))
    assert text.report([whole], [source]).splitlines()[2:7] == [
        "  |",
        "1 | / data:",
        "2 | |   events: x",
        "3 | |   lake: y",
        "  | |_________^",
    ]
    inner = Diagnostic("X", Severity.ERROR, "m", Span(source.text.index("x"), source.text.index("y") + 1))
    assert text.report([inner], [source]).splitlines()[2:7] == [
        "  |",
        "2 |     events: x",
        "  |  ___________^",
        "3 | |   lake: y",
        "  | |_________^",
    ]


def test_many_lines_are_left_out_in_the_middle() -> None:
    source = Source("a", "".join(f"key{number}: 1\n" for number in range(1, 10)))
    lines = text.report([Diagnostic("X", Severity.ERROR, "m", Span(0, len(source.text)))], [source]).splitlines()
    assert lines[3:8] == ["1 | / key1: 1", "2 | | key2: 1", "… | |", "9 | | key9: 1", "  | |_______^"]


def test_graver_findings_come_first_then_files_then_places() -> None:
    sources = [SOURCE, Source("b", "x: 1\ny: 2\n")]
    findings = [
        Diagnostic("A", Severity.ADVICE, "m", Span(0, 1, 0)),
        Diagnostic("B", Severity.ERROR, "m", Span(5, 6, 1)),
        Diagnostic("C", Severity.ERROR, "m", Span(0, 1, 1)),
        Diagnostic("D", Severity.ERROR, "m", Span(9, 10, 0)),
        Diagnostic("E", Severity.WARNING, "m", None),
        Diagnostic("F", Severity.WARNING, "m", Span(0, 1, 0)),
    ]
    assert "".join(found.code for found in ordered(findings)) == "DCBEFA"
    assert re.findall(r"\[(\w)\]", text.report(findings, sources)) == list("DCBEFA")
    assert text.summary(findings, sources) == "3 errors, 2 warnings, 1 advice in 2 files"


def test_at_most_a_hundred_are_printed() -> None:
    findings = [finding(SOURCE, "title")] * 130
    report = text.report(findings, [SOURCE])
    assert report.count("error[") == 100
    assert report.endswith("… and 30 more\n\n130 errors in 1 file\n")
    assert text.report(findings, [SOURCE], limit=2).count("error[") == 2
    assert "more" not in text.report(findings[:100], [SOURCE])


def test_nothing_found_is_nothing_printed() -> None:
    assert text.report([], [SOURCE]) == ""
    assert text.summary([], [SOURCE]) == "no findings"


def test_colour_is_only_added() -> None:
    notes = (Note("see", span(SOURCE, "title")), Note("worked out"))
    findings = [Diagnostic("X", severity, "m", span(SOURCE, "budget"), "do it", notes) for severity in sorted(Severity)]
    coloured = text.report(findings, [SOURCE], color=True)
    plain = text.report(findings, [SOURCE])
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\x1b[1;31merror[X]" in coloured and "\x1b[1;33mwarning[X]" in coloured and "\x1b[1;36madvice[X]" in coloured
    assert "\x1b[1;31m^^^^^^\x1b[0m" in coloured


HOSTILE = "a\x1b]0;owned\x07b\x9b31mc\u202ed\u2066e\rf\n::error::g\u2028h\ufeffi\U000e0041j ##vso[task.x]k ##[group]l"


@pytest.mark.parametrize("where", ["message", "hint", "note", "name", "source"])
@pytest.mark.parametrize("color", [False, True])
def test_no_word_of_a_user_acts_on_a_terminal_or_a_ci_runner(where: str, color: bool) -> None:
    source = Source(HOSTILE if where == "name" else "a", HOSTILE if where == "source" else "::error::x\n")
    hostile = {where: HOSTILE}
    notes = (Note(hostile.get("note", "n")), Note(hostile.get("note", "n"), Span(0, 9)))
    whole = Span(0, len(source.text))
    found = [Diagnostic("X", Severity.ERROR, hostile.get("message", "m"), whole, hostile.get("hint", "h"), notes)]
    report = re.sub(r"\x1b\[[\d;]*m", "", text.report(found, [source], color=color))
    assert not [char for char in report if not char.isprintable() and char != "\n"]
    for line in report.splitlines():
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##(\[|vso\[|teamcity\[)", line)


@given(st.text())
def test_what_is_shown_is_printable_and_plain_text_stays(words: str) -> None:
    shown_words = visible(words)
    assert all(char.isprintable() or char in "\u200c\u200d" or char.isspace() for char in shown_words)
    assert not set(shown_words) & set("\n\r\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    if words.isascii() and words.isprintable() and "##" not in words:
        assert shown_words == words


def test_merging_keeps_every_finding_with_its_source() -> None:
    other = Source("b", "x: 1\n")
    note = Note("see", Span(0, 1, 0))
    parts = [
        ([finding(SOURCE, "title")], [SOURCE]),
        ([Diagnostic("X", Severity.ERROR, "m", Span(3, 4, 1), "", (note, Note("n")))], [SOURCE, other]),
        ([Diagnostic("Y", Severity.ERROR, "m")], [other]),
    ]
    findings, sources = merge(parts)
    assert sources == [SOURCE, SOURCE, other, other]
    assert [found.span and found.span.source for found in findings] == [0, 2, None]
    assert findings[1].notes == (Note("see", Span(0, 1, 1)), Note("n"))
