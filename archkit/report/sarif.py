"""Findings → SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from urllib.parse import quote

from archkit.diagnostics import Diagnostic, Severity
from archkit.explain import Page
from archkit.report import ordered
from archkit.report.place import Place, place
from archkit.source import Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}

_Object = dict[str, object]


def report(
    findings: Sequence[Diagnostic], sources: Sequence[Source], pages: Mapping[str, Page], version: str = ""
) -> str:
    """Return the findings as a SARIF log with one run.

    Args:
        findings: In any order; graver ones are written first.
        sources: What the spans refer to; their names become URIs, relative ones below ``%SRCROOT%``.
        pages: The page of each code, which becomes the help text of the rule.
        version: Of archkit; left out where empty.
    """
    findings = ordered(findings)
    worst = {finding.code: finding.severity for finding in reversed(findings)}
    codes = sorted(worst)
    names = list(dict.fromkeys(source.name for source in sources))
    log = _Log(sources, names, codes)
    driver = {
        "name": "archkit",
        **({"semanticVersion": version} if version else {}),
        "rules": [_rule(code, worst[code], pages.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(name), "sourceLanguage": "yaml"} for name in names],
        "results": [log.result(finding) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


class _Log:
    """The results of a run, with the counts that tell equal findings apart."""

    def __init__(self, sources: Sequence[Source], names: list[str], codes: list[str]) -> None:
        self._sources = sources
        self._artifacts = {name: index for index, name in enumerate(names)}
        self._rules = {code: index for index, code in enumerate(codes)}
        self._seen: Counter[str] = Counter()

    def result(self, finding: Diagnostic) -> _Object:
        """Return one finding as a result object."""
        lines = [finding.message, *([f"Help: {finding.hint}"] if finding.hint else [])]
        lines += [f"Note: {note.message}" for note in finding.notes if note.span is None]
        related = [
            {"id": number, "message": _message(note.message), **self._physical(note.span)}
            for number, note in enumerate((note for note in finding.notes if note.span), 1)
            if note.span
        ]
        return {
            "ruleId": finding.code,
            "ruleIndex": self._rules[finding.code],
            "level": _LEVELS[finding.severity],
            "message": _message("\n".join(lines)),
            **({"locations": [self._physical(finding.span)]} if finding.span else {}),
            **({"relatedLocations": related} if related else {}),
            "partialFingerprints": {"primaryLocationLineHash": self._fingerprint(finding)},
        }

    def _fingerprint(self, finding: Diagnostic) -> str:
        """Return what stays the same when lines are added or removed elsewhere in the file.

        The words that are marked and their line, without its indentation, name a finding; equal ones are counted.
        """
        parts = [finding.code]
        if finding.span:
            source = self._sources[finding.span.source]
            where = place(finding.span, self._sources)
            marked = source.text[finding.span.start : finding.span.end].strip()
            parts += [where.file, source.line(where.line).strip(), marked]
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"

    def _physical(self, span: Span) -> _Object:
        where = place(span, self._sources)
        artifact = {**_location(where.file), "index": self._artifacts[where.file]}
        return {"physicalLocation": {"artifactLocation": artifact, **_regions(where, self._sources[span.source])}}


def _regions(where: Place, source: Source) -> _Object:
    region = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    if where.line != where.end_line:
        # A section of a hundred lines would be repeated with every finding about it.
        return {"region": region}
    context = {"startLine": where.line, "endLine": where.line, "snippet": {"text": source.line(where.line)}}
    return {"region": region, "contextRegion": context}


def _rule(code: str, severity: Severity, page: Page | None) -> _Object:
    rule: _Object = {"id": code, "defaultConfiguration": {"level": _LEVELS[severity]}}
    if page:
        rule["shortDescription"] = {"text": page.title}
        # The standard leaves it open; GitHub's code scanning wants it of every rule, and shows 1,000 characters of it.
        first = re.split(r"\n\n(?!- )|\n```", page.text, maxsplit=1)[0]
        rule["fullDescription"] = {"text": shorten(first, 1000, placeholder=" …")}
        rule["help"] = {"text": page.text, "markdown": page.text}
    return rule


def _location(name: str) -> dict[str, object]:
    """Return a path as an artifact location: a file URI, or a relative one below the root of the sources."""
    path = name.replace(os.sep, "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:/", path):
        return {"uri": f"file:///{_quoted(path.lstrip('/'), ':')}"}
    return {"uri": _quoted(path.removeprefix("./")), "uriBaseId": "%SRCROOT%"}


def _quoted(path: str, safe: str = "") -> str:
    try:
        # The bytes of a name that is no text, which Python has as surrogates, stand in a URI as themselves.
        return quote(path, f"/{safe}", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, f"/{safe}", errors="backslashreplace")


def _message(text: str) -> dict[str, str]:
    # `[words](target)` is a link in SARIF: a user's words must not become one.
    return {"text": re.sub(r"[\[\]\\]", r"\\\g<0>", text) if "](" in text else text}
