"""The JSON report keeps its shape."""

import json

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.report import json as json_report
from archkit.source import Source, Span

SOURCE = Source("a.yaml", "title: 名前 bad\ndata:\n  x: 1\n\n")


def test_the_whole_shape() -> None:
    notes = (Note("first here", Span(0, 5)), Note("worked out"))
    findings = [
        Diagnostic("B", Severity.WARNING, "no place"),
        Diagnostic("A", Severity.ERROR, "wrong", Span(14, 28), "write it", notes),
    ]
    assert json.loads(json_report.report(findings, [SOURCE, Source("b.yaml", "")])) == {
        "version": 1,
        "findings": [
            {
                "code": "A",
                "severity": "error",
                "message": "wrong",
                "hint": "write it",
                "file": "a.yaml",
                "start": {"line": 2, "column": 1},
                "end": {"line": 3, "column": 7},
                "notes": [
                    {
                        "message": "first here",
                        "file": "a.yaml",
                        "start": {"line": 1, "column": 1},
                        "end": {"line": 1, "column": 6},
                    },
                    {"message": "worked out", "file": None, "start": None, "end": None},
                ],
                "explain": "archkit explain A",
            },
            {
                "code": "B",
                "severity": "warning",
                "message": "no place",
                "hint": "",
                "file": None,
                "start": None,
                "end": None,
                "notes": [],
                "explain": "archkit explain B",
            },
        ],
        "files": ["a.yaml", "b.yaml"],
        "summary": {"error": 1, "warning": 1, "advice": 0},
    }


def test_all_findings_are_there_and_any_text_is_valid_ascii_json() -> None:
    hostile = '\x1b[31m\u202e\ud800 "quoted" \\ </script> 名'
    findings = [Diagnostic("A", Severity.ERROR, hostile, Span(0, 1))] * 250
    report = json_report.report(findings, [Source(hostile, hostile)])
    assert report.isascii() and "\x1b" not in report
    parsed = json.loads(report)
    assert len(parsed["findings"]) == 250
    assert parsed["findings"][0]["message"] == parsed["files"][0] == hostile


def test_nothing_found_is_an_empty_list() -> None:
    parsed = json.loads(json_report.report([], [SOURCE]))
    assert parsed["findings"] == [] and parsed["summary"] == {"error": 0, "warning": 0, "advice": 0}
