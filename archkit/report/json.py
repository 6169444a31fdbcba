"""Findings → JSON for programs, in a shape that stays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from archkit.diagnostics import Diagnostic, Severity
from archkit.report import ordered
from archkit.report.place import place
from archkit.source import Source, Span


def report(findings: Sequence[Diagnostic], sources: Sequence[Source]) -> str:
    """Return the findings as one JSON object, graver ones first.

    ``version`` is 1 and grows only when a field changes its meaning; fields may be added. ``findings`` has for each
    ``code``, ``severity`` (error, warning or advice), ``message``, ``hint`` (may be empty), ``file``, ``start`` and
    ``end`` (``line`` and ``column`` counted from 1 in code points, the end just past the last character; all three
    null where no place exists), ``notes`` (``message``, ``file``, ``start``, ``end``) and ``explain``, the command
    that prints the page of the code. ``files`` lists what was read, ``summary`` counts by severity.

    Args:
        findings: What to tell.
        sources: What the spans refer to.
    """
    counts = Counter(finding.severity for finding in findings)
    document = {
        "version": 1,
        "findings": [entry(finding, sources) for finding in ordered(findings)],
        "files": list(dict.fromkeys(source.name for source in sources)),
        "summary": {severity.name.lower(): counts[severity] for severity in sorted(Severity, reverse=True)},
    }
    # ASCII only: what a user wrote can then neither break the output's encoding nor act on a terminal.
    return json.dumps(document, indent=2) + "\n"


def entry(finding: Diagnostic, sources: Sequence[Source]) -> dict[str, object]:
    """Return one finding; see ``report`` for its fields.

    Args:
        finding: What to tell.
        sources: What its spans refer to.
    """
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "hint": finding.hint,
        **_where(finding.span, sources),
        "notes": [{"message": note.message, **_where(note.span, sources)} for note in finding.notes],
        "explain": f"archkit explain {finding.code}",
    }


def _where(span: Span | None, sources: Sequence[Source]) -> dict[str, object]:
    if span is None:
        return {"file": None, "start": None, "end": None}
    where = place(span, sources)
    return {
        "file": where.file,
        "start": {"line": where.line, "column": where.column},
        "end": {"line": where.end_line, "column": where.end_column},
    }
