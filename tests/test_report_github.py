"""GitHub annotations: one command a finding, and no way for a user's words to write another."""

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.report import github
from archkit.source import Source, Span

SOURCE = Source("dir/a,b:c%.yaml", "title: 名前 bad\ndata:\n  x: 1\n")


def test_one_command_a_finding() -> None:
    notes = (Note("first here", Span(0, 5)), Note("2 × 2 = 4"))
    findings = [
        Diagnostic("A", Severity.ADVICE, "small", Span(0, 5)),
        Diagnostic("B", Severity.ERROR, "100% wrong", Span(10, 13), "write 50%\nor less", notes),
        Diagnostic("C", Severity.WARNING, "many lines", Span(14, 27)),
        Diagnostic("D", Severity.ERROR, "no place"),
    ]
    file = "file=dir/a%2Cb%3Ac%25.yaml"
    assert github.report(findings, [SOURCE]).splitlines() == [
        "::error title=archkit D::no place",
        f"::error {file},line=1,endLine=1,col=11,endColumn=14,title=archkit B::100%25 wrong"
        "%0Ahelp: write 50%25%0Ahelp: or less%0Anote: first here (dir/a,b:c%25.yaml:1:1)%0Anote: 2 × 2 = 4",
        f"::warning {file},line=2,endLine=3,col=1,title=archkit C::many lines",
        f"::notice {file},line=1,endLine=1,col=1,endColumn=6,title=archkit A::small",
    ]


def test_hostile_words_stay_one_command() -> None:
    bad = "x\r\n::set-env name=PATH::/evil\x1b[2J%0A::error::y\u202e"
    findings = [Diagnostic("A", Severity.ERROR, bad, Span(0, 1), bad, (Note(bad), Note(bad, Span(0, 1))))]
    report = github.report(findings, [Source(bad, "abc")])
    assert report.count("\n") == 1 and "\r" not in report and "\x1b" not in report and "\u202e" not in report
    assert "%250A::error" in report
    properties = report.split("::")[1]
    assert ":" not in properties.split(" ", 1)[1]


def test_nothing_found_is_nothing_printed() -> None:
    assert github.report([], [SOURCE]) == ""
