"""Findings → workflow commands, which GitHub Actions shows as annotations of the changed lines."""

from __future__ import annotations

import os
from collections.abc import Sequence

from archkit.diagnostics import Diagnostic, Severity
from archkit.report import ordered
from archkit.report.escape import visible
from archkit.report.place import place
from archkit.source import Source

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def report(findings: Sequence[Diagnostic], sources: Sequence[Source]) -> str:
    """Return one ``::error file=…,line=…::message`` line a finding, graver ones first.

    Args:
        findings: What to tell.
        sources: What the spans refer to.
    """
    return "".join(_command(finding, sources) + "\n" for finding in ordered(findings))


def _command(finding: Diagnostic, sources: Sequence[Source]) -> str:
    properties: dict[str, object] = {"title": f"archkit {finding.code}"}
    if finding.span:
        where = place(finding.span, sources)
        properties = {
            # As git names it: a path with `./` belongs to no changed file.
            "file": where.file.replace(os.sep, "/").removeprefix("./"),
            "line": where.line,
            "endLine": where.end_line,
            "col": where.column,
            # GitHub takes an end column only within one line.
            **({"endColumn": where.end_column} if where.end_line == where.line else {}),
            **properties,
        }
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {pairs}::{_data(_message(finding, sources))}"


def _message(finding: Diagnostic, sources: Sequence[Source]) -> str:
    lines = [visible(finding.message)]
    if finding.hint:
        lines += [f"help: {visible(line)}" for line in finding.hint.splitlines()]
    for note in finding.notes:
        where = place(note.span, sources) if note.span else None
        suffix = f" ({visible(where.file)}:{where.line}:{where.column})" if where else ""
        lines += [f"note: {visible(line)}" for line in note.message.splitlines()]
        lines[-1] += suffix
    return "\n".join(lines)


def _data(text: str) -> str:
    """Escape the message part of a command, as the toolkit of GitHub does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a command, where colons and commas separate."""
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
