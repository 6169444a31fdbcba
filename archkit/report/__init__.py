"""Findings → text for a terminal, JSON, SARIF or GitHub annotations: one module a format, each with ``report``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archkit.diagnostics import Diagnostic, Note
from archkit.source import Source, Span

Part = tuple[Sequence[Diagnostic], Sequence[Source]]


def ordered(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings: graver ones first, then those about the text, then by file, then by place; without a place first.

    Codes of rules, which judge what the text says, end in two digits; all others in three.
    """
    return sorted(findings, key=lambda f: (-f.severity, not f.code[-3:].isdigit(), *_place(f.span), f.code))


def merge(parts: Iterable[Part]) -> tuple[list[Diagnostic], list[Source]]:
    """Join the findings of several documents.

    Args:
        parts: Findings of one document each, with the sources that their spans refer to.

    Returns:
        All findings, their spans renumbered to refer to the joined list of sources, and that list. What several
        documents find alike in a file that they all include is there once.
    """
    findings: list[Diagnostic] = []
    sources: list[Source] = []
    seen: set[tuple[object, ...]] = set()
    for own, texts in parts:
        # Names alone tell files apart: a fragment that two blueprints include was read twice.
        keys = {finding: _identity(finding, texts) for finding in own}
        new = [finding for finding in own if keys[finding] not in seen]
        seen.update(keys.values())
        findings += [_shifted(finding, len(sources)) for finding in new] if sources else new
        sources += texts
    return findings, sources


def _identity(finding: Diagnostic, sources: Sequence[Source]) -> tuple[object, ...]:
    span = finding.span
    where = (sources[span.source].name, span.start, span.end) if span else ()
    return (finding.code, finding.severity, finding.message, finding.hint, where)


def _place(span: Span | None) -> tuple[int, int]:
    return (span.source, span.start) if span else (-1, -1)


def _shifted(finding: Diagnostic, by: int) -> Diagnostic:
    notes = tuple(Note(note.message, _moved(note.span, by)) for note in finding.notes)
    return replace(finding, span=_moved(finding.span, by), notes=notes)


def _moved(span: Span | None, by: int) -> Span | None:
    return span._replace(source=span.source + by) if span else None
