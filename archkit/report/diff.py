"""What differs between two blueprints → text for a terminal, JSON, or Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from archkit.diagnostics import Diagnostic
from archkit.diff import AREAS, Change, Difference, counted
from archkit.diff.flat import Detail
from archkit.facts.derived import Derived, show
from archkit.quantity import Quantity
from archkit.report import ordered
from archkit.report.escape import visible
from archkit.report.json import entry
from archkit.report.markdown import escaped, prose, quoted
from archkit.report.paint import Paint
from archkit.report.place import place
from archkit.report.sheet import quantity
from archkit.sentences import how_many
from archkit.source import Source, Span
from archkit.whatif import Design, Move

_SIGNS = {"added": "+", "removed": "−", "changed": "~", "renamed": "»"}
_COLOURS = {"added": "32", "removed": "31", "changed": "33", "renamed": "36"}
_MOST_DETAILS = 6


def text(difference: Difference, *, color: bool = False) -> str:
    """Return what differs as text: things by area, then numbers, then findings.

    Args:
        difference: What to tell.
        color: Whether the terminal shows colours.
    """
    if difference.none:
        return "No difference.\n"
    paint = Paint(color)
    lines: list[str] = []
    for area, changes in groupby(difference.changes, key=lambda change: change.area):
        lines.append(paint.strong(AREAS[area]))
        for change in changes:
            head, *rest = _told(change)
            lines.append(f"  {paint(_SIGNS[change.kind], _COLOURS[change.kind])} {visible(head)}")
            lines += [f"      {visible(line)}" for line in rest]
        lines.append("")
    if difference.moves:
        lines.append(paint.strong("Numbers"))
        lines += [f"  {line}" for line in _columns([tuple(map(visible, _row(move))) for move in difference.moves])]
        lines.append("")
    for title, findings, design in _findings(difference):
        lines.append(paint.strong(title))
        for finding in ordered(findings):
            lines.append(
                f"  {paint.label(finding)}: {visible(finding.message)}{visible(_where(finding.span, design.sources))}"
            )
        lines.append("")
    lines.append(_summary(difference))
    return "\n".join(lines) + "\n"


def markdown(difference: Difference, before: str, after: str) -> str:
    """Return what differs as Markdown.

    Args:
        difference: What to tell.
        before: Name of the earlier blueprint.
        after: Name of the later one.
    """
    title = difference.after.blueprint.title or after
    lines = [f"## {escaped(title)}: {quoted(before)} → {quoted(after)}", ""]
    if difference.none:
        return "\n".join((*lines, "No difference.", ""))
    lines += [_summary(difference), ""]
    for area, changes in groupby(difference.changes, key=lambda change: change.area):
        lines += [f"### {AREAS[area]}", ""]
        for change in changes:
            head, *rest = _told(change, quoted)
            lines += [f"- {_words(change)} {head}", *(f"  - {line}" for line in rest)]
        lines.append("")
    if difference.moves:
        lines += ["### Numbers", "", "| number | before | after | by |", "|---|--:|--:|---|"]
        lines += [f"| {' | '.join(prose(cell) for cell in _row(move))} |" for move in difference.moves]
        lines.append("")
    for head, findings, _ in _findings(difference):
        lines += [f"### {head}", ""]
        lines += [
            f"- **{each.code}** ({each.severity.name.lower()}): {prose(each.message)}" for each in ordered(findings)
        ]
        lines.append("")
    return "\n".join(lines)


def as_json(difference: Difference) -> str:
    """Return what differs as one JSON object.

    ``version`` is 1 and grows only when a field changes its meaning. ``changes`` lists ``area``, ``kind`` (added,
    removed, changed, renamed), ``key``, ``former`` (the old id, or null), ``title``, ``details`` (``path``, ``before``,
    ``after``, null where nothing is written) and the places ``before`` and ``after`` (or null). ``numbers`` has those
    that move, with ``key``, ``name``, ``before``, ``after`` (as in the capacity sheet, or null) and ``by`` in words.
    ``findings`` has what ``appeared``, what ``vanished``, as in reports, and how many were ``kept``.
    """
    return json.dumps(as_object(difference), indent=2) + "\n"


def as_object(difference: Difference) -> dict[str, object]:
    """Return what ``as_json`` writes."""
    before, after = difference.before, difference.after
    return {
        "version": 1,
        "same": difference.none,
        "changes": [_change(change, before, after) for change in difference.changes],
        "numbers": [_number(move) for move in difference.moves],
        "findings": {
            "appeared": [entry(each, after.sources) for each in ordered(difference.appeared)],
            "vanished": [entry(each, before.sources) for each in ordered(difference.vanished)],
            "kept": difference.kept,
        },
    }


def _told(change: Change, mark: object = None) -> list[str]:
    """Return a change as lines: what it is, then its values where there are several."""
    code = quoted if mark is not None else str
    name = code(change.key)
    if change.kind == "renamed":
        name = f"{code(change.former)} → {name}"
    elif change.area == "flows":
        name += f": {_said(change.title, code)}" if change.title and change.kind != "changed" else ""
    elif change.title and change.title not in (change.key, "") and change.kind != "changed":
        name += f" ({_said(change.title, code)})"
    if not change.details:
        return [name]
    told = [_value(detail, code) for detail in change.details]
    if len(told) == 1:
        return [f"{name}: {told[0]}"]
    more = [f"and {len(told) - _MOST_DETAILS} more values"] if len(told) > _MOST_DETAILS + 1 else []
    return [name, *(told[:_MOST_DETAILS] if more else told), *more]


def _said(words: str, code: object) -> str:
    return escaped(words) if code is quoted else words


def _value(detail: Detail, code: object) -> str:
    before, after = (_said(_short(each) or "nothing", code) for each in (detail.before, detail.after))
    path = _said(detail.path, code)
    return f"{path} {before} → {after}".strip()


def _short(words: str, most: int = 90) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _row(move: Move) -> tuple[str, str, str, str]:
    number = move.after or move.before
    assert number is not None  # noqa: S101  a number moves from or to something
    return number.name, _shown(move.before), _shown(move.after), _by(move)


def _shown(number: Derived | None) -> str:
    return show(number.value) if number is not None else "unknown"


def _by(move: Move) -> str:
    """Say by how much a number moves, and where it passes a limit."""
    if move.before is None or move.after is None:
        return ""
    change = move.after.value.value - move.before.value.value
    words = f"{'+' if change > 0 else '−'}{show(Quantity(abs(change), move.after.value.dimension))}"
    if move.factor is not None and move.factor > 0 and (move.factor >= 2 or move.factor <= 0.5):
        words += f" (× {float(move.factor):.3g})"
    if move.after.key == "latency.left" and move.after.value.value < 0:
        words += f", over budget by {show(Quantity(-move.after.value.value, move.after.value.dimension))}"
    if move.after.key.startswith("utilisation.") and move.after.value.value > 1:
        words += ", more than it can do"
    return words


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    wide = [max(len(row[at]) for row in rows) for at in range(3)]
    for name, before, after, by in rows:
        yield f"{name.ljust(wide[0])}  {before.rjust(wide[1])} → {after.ljust(wide[2])}  {by}".rstrip()


def _findings(difference: Difference) -> list[tuple[str, tuple[Diagnostic, ...], Design]]:
    both = (
        ("Findings that appear", difference.appeared, difference.after),
        ("Findings that vanish", difference.vanished, difference.before),
    )
    return [each for each in both if each[1]]


def _summary(difference: Difference) -> str:
    counts = counted(difference.changes)
    parts = [f"{number} {kind}" for kind, number in counts.items()] or ["nothing written differs"]
    parts += [f"{how_many(len(difference.moves), 'number')} moved"] if difference.moves else []
    new, gone = len(difference.appeared), len(difference.vanished)
    parts += [f"{how_many(new, 'finding')} appeared"] if new else []
    parts += [f"{how_many(gone, 'finding')} vanished"] if gone else []
    return ", ".join(parts) + "."


def _where(span: Span | None, sources: Sequence[Source]) -> str:
    if span is None:
        return ""
    at = place(span, sources)
    return f" ({at.file}:{at.line}:{at.column})"


def _words(change: Change) -> str:
    return {"added": "**Added**", "removed": "**Removed**", "changed": "Changed", "renamed": "Renamed"}[change.kind]


def _change(change: Change, before: Design, after: Design) -> dict[str, object]:
    return {
        "area": change.area,
        "kind": change.kind,
        "key": change.key,
        "former": change.former or None,
        "title": change.title,
        "details": [
            {"path": detail.path, "before": detail.before or None, "after": detail.after or None}
            for detail in change.details
        ],
        "before": _place(change.before, before.sources),
        "after": _place(change.after, after.sources),
    }


def _place(span: Span | None, sources: Sequence[Source]) -> dict[str, object] | None:
    if span is None:
        return None
    at = place(span, sources)
    return {"file": at.file, "line": at.line, "column": at.column}


def _number(move: Move) -> dict[str, object]:
    number = move.after or move.before
    assert number is not None  # noqa: S101  a number moves from or to something
    return {
        "key": number.key,
        "name": number.name,
        "before": quantity(move.before.value) if move.before is not None else None,
        "after": quantity(move.after.value) if move.after is not None else None,
        "by": _by(move),
    }
