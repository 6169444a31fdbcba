"""Files of rule cases: reading them, completing their fragments, running the rules on them.

A file ``tests/rules/CODE.yaml`` (in small letters) holds cases, each headed by a line ``=== KIND: why``. Kinds are

- ``fails``: the findings are exactly those that marks in comments announce;
- ``passes``: the same design, repaired;
- ``near miss``: almost wrong, but right;
- ``silent``: a blueprint (an archetype, a serving mode, a gap) about which the rule has nothing to say.

Below the heading stands a fragment of a blueprint; ``blueprint:`` and ``title:`` are added where missing. It must be
free of errors of the language, unless its ``why`` begins with ``unreadable``. Marks stand directly below the line
that they are about::

    latency: {p99: 200}
    #              ^^^ LAT01 some words of the message or hint
    serving:
    # at serving SRV04 some words

Carets show the exact span; ``at TEXT`` means the first occurrence of TEXT in that line, for places that start in the
first columns. The words are optional; they may begin with the severity, as ``warning: ``, may come from several places,
with `` … `` between them, and may be those of a note, which ends with what it points at: ``note: the SLO `200 ms```.
Findings of other rules are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from archkit import rules
from archkit.diagnostics import Diagnostic, Severity
from archkit.parse import ParseResult, parse
from archkit.source import Source, Span

FOLDER = Path(__file__).parent / "rules"
SYSTEMS = sorted((Path(__file__).parent / "data" / "systems").glob("*.yaml"))
BLUEPRINTS = sorted((Path(__file__).parent.parent / "blueprints").glob("*.yaml"))
KINDS = ("fails", "passes", "near miss", "silent")

_HEADING = re.compile(r"^=== *([a-z ]+?) *: *(.+)$")
_CARETS = re.compile(r"^( *# *)(\^+) +([A-Z]{3,4}[0-9]{2})(?: +(.*))?$")
_AT = re.compile(r"^ *# at (.+?) ([A-Z]{3,4}[0-9]{2})(?: +(.*))?$")
_BLOCK = re.compile(r"^```yaml (fails|passes)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """One blueprint and what a rule says about it."""

    code: str
    kind: str
    why: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-{self.why}"


class Mark(NamedTuple):
    """A finding that a comment announces; line and column are counted from 1."""

    code: str
    line: int
    column: int
    length: int
    words: str


def cases(path: Path) -> list[Case]:
    """Return the cases of a file.

    Raises:
        ValueError: A heading is not one, or text stands before the first.
    """
    found: list[tuple[str, str, list[str]]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        heading = _HEADING.match(line)
        if heading and heading[1] in KINDS:
            found.append((heading[1], heading[2], []))
        elif line.startswith("==="):
            raise ValueError(f"{path.name}:{number}: write `=== KIND: why` with one of {', '.join(KINDS)}")
        elif found:
            found[-1][2].append(line)
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path.name}:{number}: this line stands before the first heading")
    return [Case(path.stem.upper(), kind, why, complete("\n".join(lines) + "\n")) for kind, why, lines in found]


def complete(fragment: str) -> str:
    """Return a fragment as a blueprint: with `blueprint:` and `title:` at its head where they are missing."""
    keys = {line.split(":", 1)[0] for line in fragment.splitlines()}
    head = "" if "blueprint" in keys else "blueprint: 1\n"
    return head + ("" if "title" in keys else "title: A case\n") + fragment


def marks(text: str) -> list[Mark]:
    """Return what the comments of a case announce."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        carets, at = _CARETS.match(line), _AT.match(line)
        if not carets and not at:
            continue
        about = number - 1
        while _CARETS.match(lines[about - 1]) or _AT.match(lines[about - 1]):
            about -= 1
        if carets:
            found.append(Mark(carets[3], about, len(carets[1]) + 1, len(carets[2]), carets[4] or ""))
        elif at:
            column = lines[about - 1].index(at[1]) + 1
            found.append(Mark(at[2], about, column, len(at[1]), at[3] or ""))
    return found


@cache
def read(text: str) -> ParseResult:
    """Parse a text."""
    return parse(Source("case.yaml", text))


@cache
def findings(text: str, profile: rules.Profile | None = "production") -> tuple[Diagnostic, ...]:
    """Return what all rules find in a text."""
    result = read(text)
    errors = [found.span for found in result.diagnostics if found.severity is Severity.ERROR and found.span is not None]
    return tuple(rules.run(result.blueprint, profile, errors)) if result.blueprint is not None else ()


def matches(mark: Mark, finding: Diagnostic, source: Source) -> bool:
    """Return whether a finding is the one that a mark announces."""
    span = finding.span or Span(0, 0)
    where = (*source.position(span.start), span.end - span.start)
    said = f"{finding.severity.name.lower()}: {finding.message}; {finding.hint}"
    for note in finding.notes:
        said += f"; note: {note.message} `{source.text[note.span.start : note.span.end] if note.span else ''}`"
    return where == (mark.line, mark.column, mark.length) and all(words in said for words in mark.words.split(" … "))


def said(finding: Diagnostic, source: Source) -> str:
    """Return a finding in one line, for messages of failing tests."""
    span = finding.span or Span(0, 0)
    line, column = source.position(span.start)
    quoted = source.text[span.start : span.end]
    return f"{finding.code} at {line}:{column} `{quoted}`: {finding.message}; {finding.hint}"


def examples(docstring: str) -> Iterator[tuple[str, str]]:
    """Yield the examples in the page of a rule: `fails` or `passes`, and the blueprint."""
    for kind, text in _BLOCK.findall(docstring):
        yield kind, complete(text)
