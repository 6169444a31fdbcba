"""Findings → text for people: the message, the place with an excerpt, what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archkit.diagnostics import Diagnostic, Severity
from archkit.report import ordered
from archkit.report.escape import visible
from archkit.report.excerpt import excerpt
from archkit.report.paint import SEVERITIES, Paint
from archkit.report.place import place
from archkit.sentences import how_many
from archkit.source import Source, Span

_FRAME = "1;34"


def report(
    findings: Sequence[Diagnostic],
    sources: Sequence[Source],
    *,
    color: bool = False,
    width: int = 100,
    limit: int = 100,
) -> str:
    """Return the findings as text that ends with a line break; an empty text where there are none.

    Args:
        findings: In any order; errors are printed first.
        sources: What the spans refer to.
        color: Whether to use ANSI colours. Without them the text has no escape sequence, whatever a user wrote.
        width: Columns of the terminal; wider excerpts are cut around the marks.
        limit: How many findings to print; the rest is counted.
    """
    if not findings:
        return ""
    writer = _Writer(sources, color, width)
    for finding in ordered(findings)[:limit]:
        writer.finding(finding)
    if len(findings) > limit:
        writer.lines += [f"… and {len(findings) - limit} more", ""]
    return "\n".join([*writer.lines, summary(findings, sources), ""])


def detail(finding: Diagnostic, sources: Sequence[Source], width: int = 100) -> str:
    """Return what stands below the first line of one finding: its place with an excerpt, help and notes.

    Args:
        finding: What to tell.
        sources: What its spans refer to.
        width: Columns of the terminal.
    """
    writer = _Writer(sources, False, width)
    writer.finding(finding)
    return "\n".join(writer.lines[1:]).rstrip()


def summary(findings: Sequence[Diagnostic], sources: Sequence[Source]) -> str:
    """Return the line that counts the findings: ``2 errors, 1 warning in 1 file``.

    Args:
        findings: What was found.
        sources: All files that were read.
    """
    counts = Counter(finding.severity for finding in findings)
    parts = [_count(counts[severity], severity) for severity in sorted(Severity, reverse=True) if counts[severity]]
    files = len({sources[finding.span.source].name for finding in findings if finding.span})
    place = f" in {how_many(files, 'file')}" if files else ""
    return (", ".join(parts) or "no findings") + place


def _count(number: int, severity: Severity) -> str:
    word = severity.name.lower()
    return f"{number} {word if number == 1 or severity is Severity.ADVICE else word + 's'}"


class _Writer:
    """Lines of text in the making."""

    def __init__(self, sources: Sequence[Source], color: bool, width: int) -> None:
        self.lines: list[str] = []
        self._sources = sources
        self._paint = Paint(color)
        self._width = width

    def finding(self, finding: Diagnostic) -> None:
        """Add one finding and the empty line below it."""
        style = SEVERITIES[finding.severity]
        spans = [finding.span, *(note.span for note in finding.notes)]
        gutter = max((len(str(place(span, self._sources).end_line)) for span in spans if span), default=1)
        head = self._paint.label(finding)
        self.lines.append(head + self._paint.strong(f": {visible(finding.message)}"))
        if finding.span:
            self._excerpt(finding.span, gutter, "^", style)
        if finding.hint:
            self._remark("help", finding.hint, gutter)
        for note in finding.notes:
            if note.span is None:
                self._remark("note", note.message, gutter)
        for note in finding.notes:
            if note.span:
                self.lines.append(f"{self._paint.strong('note')}: {visible(note.message)}")
                self._excerpt(note.span, gutter, "-", _FRAME)
        self.lines.append("")

    def _remark(self, label: str, message: str, gutter: int) -> None:
        # A line that a message brings with it stands behind the bar too, so that it is never mistaken for the program's
        # own line, nor for a command of the CI runner.
        first, *rest = message.splitlines() or [""]
        equals, bar = self._paint("=", _FRAME), self._paint("|", _FRAME)
        self.lines.append(f"{' ' * gutter} {equals} {self._paint.strong(label)}: {visible(first)}")
        self.lines += [f"{' ' * gutter} {bar} {' ' * len(label)}  {visible(line)}" for line in rest]

    def _excerpt(self, span: Span, gutter: int, mark: str, style: str) -> None:
        where = place(span, self._sources)
        head = f"{visible(where.file)}:{where.line}:{where.column}"
        self.lines.append(f"{' ' * gutter}{self._paint('-->', _FRAME)} {head}")
        rows = excerpt(self._sources[span.source], where, mark, max(self._width - gutter - 3, 20))
        bar = self._paint("|", _FRAME)
        if rows:
            self.lines.append(f"{' ' * gutter} {bar}")
        for row in rows:
            number = self._paint(row.number.rjust(gutter), _FRAME)
            text = self._paint(row.text, style) if row.marks else row.text
            margin = self._paint(row.margin, style) if row.margin else ""
            self.lines.append(f"{number} {bar} {margin}{text}".rstrip())
