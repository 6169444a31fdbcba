"""What another value changes → text for a terminal, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from archkit.diagnostics import Diagnostic
from archkit.facts.derived import count, show
from archkit.report import ordered
from archkit.report.escape import visible
from archkit.report.json import entry
from archkit.report.paint import Paint
from archkit.report.place import place
from archkit.report.sheet import quantity
from archkit.source import Source
from archkit.whatif import Design, Move, Outcome
from archkit.whatif.sweep import Event, Swept


def text(outcome: Outcome, *, color: bool = False) -> str:
    """Return what changes as text: the values, the numbers that move, the findings that appear and vanish.

    Args:
        outcome: What to tell.
        color: Whether the terminal shows colours.
    """
    paint = Paint(color)
    lines = [*(visible(f"{path}: {before} → {after}") for path, before, after in _values(outcome)), ""]
    if outcome.moves:
        lines += [paint.strong("Numbers that move"), *_moves(outcome.moves), ""]
    else:
        lines += ["No derived number moves.", ""]
    for title, findings, design in (
        ("Findings that appear", outcome.appeared, outcome.after),
        ("Findings that vanish", outcome.vanished, outcome.before),
    ):
        if findings:
            told = chain.from_iterable(_told(paint, each, design.sources) for each in ordered(findings))
            lines += [paint.strong(title), *told, ""]
    if not outcome.appeared and not outcome.vanished:
        lines.append("No finding appears or vanishes.")
    if outcome.kept:
        lines.append(f"{outcome.kept} finding{'s stay' if outcome.kept != 1 else ' stays'} as before.")
    return "\n".join(lines).rstrip("\n") + "\n"


def swept_text(swept: Swept, *, color: bool = False) -> str:
    """Return where findings change on the way through a range, the place where the design breaks first on top.

    Args:
        swept: What to tell.
        color: Whether the terminal shows colours.
    """
    paint = Paint(color)
    lines = [visible(f"{swept.path} from {swept.first} to {swept.last}"), ""]
    broken = swept.breaks
    if broken is None:
        lines += ["Nothing breaks on the way.", ""]
    else:
        head = f"Breaks first at {broken.value}; {broken.last} still holds."
        lines += [paint.strong(visible(head)), ""]
    sources = swept.end.after.sources
    for event in swept.events:
        lines.append(paint.strong(visible(f"at {event.value}")))
        lines += chain.from_iterable(_told(paint, each, sources, "+ ") for each in event.appeared)
        lines += (_short(paint, each, "− ") for each in event.vanished)
        lines.append("")
    if swept.end.moves:
        lines += [paint.strong("Numbers that move from one end to the other"), *_moves(swept.end.moves), ""]
    return "\n".join(lines)


def _told(paint: Paint, finding: Diagnostic, sources: Sequence[Source], mark: str = "") -> Iterator[str]:
    """Yield the lines of a finding: what is wrong and where, and what to write."""
    where = ""
    if finding.span is not None:
        at = place(finding.span, sources)
        where = f" ({visible(at.file)}:{at.line}:{at.column})"
    yield _short(paint, finding, mark) + where
    if finding.hint:
        yield f"    help: {visible(finding.hint)}"


def _short(paint: Paint, finding: Diagnostic, mark: str = "") -> str:
    """Return a finding in one line."""
    return f"  {mark}{paint.label(finding)}: {visible(finding.message)}"


def _values(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the value before and the value after of each assignment."""
    sources, own = outcome.after.sources, len(outcome.before.sources)
    before = {new.source: sources[old.source].text[old.start : old.end] for old, new in outcome.after.replaced}
    for number in range(own, len(sources)):
        path, _, value = sources[number].text.partition("=")
        was = " ".join(before.get(number, "").split())
        yield path.strip(), was[:60] or "nothing", value.strip() or "nothing"


def _moves(moves: Sequence[Move]) -> list[str]:
    rows = [(visible(_named(move)), _shown(move.before), _shown(move.after), _factor(move)) for move in moves]
    wide, first, second = (max(len(row[n]) for row in rows) for n in range(3))
    return [
        f"  {name.ljust(wide)}  {a.rjust(first)} → {b.ljust(second)}  {times}".rstrip() for name, a, b, times in rows
    ]


def _named(move: Move) -> str:
    number = move.after or move.before
    return number.name if number is not None else ""


def _shown(number: object) -> str:
    value = getattr(number, "value", None)
    return visible(show(value)) if value is not None else "unknown"


def _factor(move: Move) -> str:
    if move.factor is None or move.factor < 0:
        return ""
    return f"× {count(move.factor).human(digits=3).replace(' ', '')}"


def as_json(outcome: Outcome) -> str:
    """Return what changes as one JSON object.

    ``version`` is 1 and grows only when a field changes its meaning. ``set`` lists ``path``, ``before`` (null where
    nothing was written) and ``after``; ``numbers`` those that move, with ``key``, ``name``, ``before`` and ``after``
    (quantities as in the capacity sheet, or null), ``factor`` (or null) and the ``formula`` after; ``findings`` what
    ``appeared`` and ``vanished``, as in reports, and how many were ``kept``.
    """
    values = [
        {"path": path, "before": None if before == "nothing" else before, "after": after}
        for path, before, after in _values(outcome)
    ]
    return json.dumps({"version": 1, "set": values, **_changes(outcome)}, indent=2) + "\n"


def swept_json(swept: Swept) -> str:
    """Return where findings change in a range as one JSON object.

    ``sweep`` has ``path``, ``from`` and ``to``; ``breaks`` is the first of ``events`` that breaks the design, or null.
    An event has ``value``, the first tried at which it is so, ``last``, the last before it, and what ``appeared`` and
    ``vanished``. ``numbers`` and ``findings`` compare both ends, as for single values.
    """
    sources = swept.end.after.sources
    events = [_event(event, sources) for event in swept.events]
    document = {
        "version": 1,
        "sweep": {"path": swept.path, "from": swept.first, "to": swept.last},
        "breaks": _event(swept.breaks, sources) if swept.breaks is not None else None,
        "events": events,
        **_changes(swept.end),
    }
    return json.dumps(document, indent=2) + "\n"


def _event(event: Event, sources: Sequence[Source]) -> dict[str, object]:
    return {
        "value": event.value,
        "last": event.last,
        "appeared": [entry(each, sources) for each in event.appeared],
        "vanished": [entry(each, sources) for each in event.vanished],
    }


def _changes(outcome: Outcome) -> dict[str, object]:
    return {
        "numbers": [_move(move) for move in outcome.moves],
        "findings": {
            "appeared": _entries(outcome.appeared, outcome.after),
            "vanished": _entries(outcome.vanished, outcome.before),
            "kept": outcome.kept,
        },
    }


def _entries(findings: Sequence[Diagnostic], design: Design) -> list[dict[str, object]]:
    return [entry(each, design.sources) for each in ordered(findings)]


def _move(move: Move) -> dict[str, object]:
    number = move.after or move.before
    assert number is not None  # noqa: S101 - a number moves from or to something
    return {
        "key": number.key,
        "name": number.name,
        "before": quantity(move.before.value) if move.before is not None else None,
        "after": quantity(move.after.value) if move.after is not None else None,
        "factor": float(move.factor) if move.factor is not None else None,
        "formula": move.after.formula if move.after is not None else None,
    }
