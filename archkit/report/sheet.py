"""Capacity sheet → text for a terminal, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archkit.capacity import Row, Section
from archkit.facts.derived import Derived, Input, show
from archkit.quantity import Dimension, Quantity
from archkit.report.escape import visible
from archkit.report.paint import Paint
from archkit.source import Source, Span

UNITS = {
    Dimension.COUNT: "1",
    Dimension.TIME: "s",
    Dimension.BYTES: "byte",
    Dimension.RATIO: "1",
    Dimension.RATE: "1/s",
    Dimension.BANDWIDTH: "byte/s",
    Dimension.MONEY: "USD",
    Dimension.MONEY_RATE: "USD/s",
    Dimension.MONEY_PER_COUNT: "USD",
    Dimension.MONEY_PER_BYTE: "USD/byte",
    Dimension.MONEY_PER_BYTE_TIME: "USD/byte/s",
    Dimension.POWER: "W",
    Dimension.ENERGY: "J",
}
"""The unit that a number in JSON is in."""

_NOTHING = (
    "nothing can be derived yet: state `requirements.scale`, and `latency`, `in`, `out`, `replicas` of components"
)
_MARK = "≈"


def text(sections: Sequence[Section], sources: Sequence[Source], *, color: bool = False) -> str:
    """Return the sheet as aligned lines, with the inputs and what is assumed below.

    Args:
        sections: The sheet.
        sources: What the spans of inputs refer to.
        color: Whether to use ANSI colours.
    """
    if not sections:
        return f"{_NOTHING}\n"
    rows = [row for section in sections for row in section.rows]
    wide = max(len(visible(row.number.name)) for row in rows)
    value = max(len(show(row.number.value)) for row in rows)
    paint = Paint(color)
    lines: list[str] = []
    for section in sections:
        lines += (paint.strong(section.title), *(_line(row, wide, value, paint) for row in section.rows), "")
    lines += (paint.strong("Inputs"), *_inputs(rows, sources), "")
    if any(not row.sure for row in rows):
        reasons = _reasons(rows)
        lines += (
            paint.strong(f"Estimates and assumptions ({_MARK})"),
            *(f"  {visible(one)}" for one in reasons),
            "",
        )
    return "\n".join(lines)


def _line(row: Row, wide: int, value: int, paint: Paint) -> str:
    mark = " " if row.sure else _MARK
    name, number = visible(row.number.name).ljust(wide), show(row.number.value).rjust(value)
    stated = row.number.formula == "as stated"
    formula = "  as stated" if stated else f"= {row.number.formula}"
    return f"{mark} {name}  {paint(number, '1;36')}  {visible(formula)}"


def _inputs(rows: Sequence[Row], sources: Sequence[Source]) -> list[str]:
    inputs = list(dict.fromkeys(each for row in rows for each in row.number.inputs))
    guessed = {each for row in rows for each, _ in row.estimated}
    wide = max((len(visible(each.name)) for each in inputs), default=0)
    value = max((len(visible(show(each.value))) for each in inputs), default=0)
    lines = []
    for each in inputs:
        mark = _MARK if each in guessed else " "
        name, number = visible(each.name).ljust(wide), visible(show(each.value)).rjust(value)
        lines.append(f"{mark} {name}  {number}  {visible(_where(each.span, sources))}")
    return lines


def _reasons(rows: Sequence[Row]) -> list[str]:
    """Return what is estimated or assumed, each once."""
    estimates = [f"{each.name} {show(each.value)}: {reason}" for row in rows for each, reason in row.estimated]
    assumed = [f"assumed: {reason}" for row in rows for reason in row.number.assumptions]
    return list(dict.fromkeys((*estimates, *assumed)))


def markdown(sections: Sequence[Section], sources: Sequence[Source], title: str) -> str:
    """Return the sheet as Markdown: a table for each section, one of inputs, a list of what is assumed.

    Args:
        sections: The sheet.
        sources: What the spans of inputs refer to.
        title: Of the blueprint.
    """
    lines = [f"# Capacity of {_cell(title)}", ""]
    if not sections:
        return "\n".join([*lines, _NOTHING, ""])
    for section in sections:
        lines += (f"## {section.title}", "", "| | number | value | how it follows |", "|---|---|---:|---|")
        lines += (
            f"| {'' if row.sure else _MARK} | {_cell(row.number.name)} | {_cell(show(row.number.value))} "
            f"| {_cell(row.number.formula)} |"
            for row in section.rows
        )
        lines.append("")
    rows = [row for section in sections for row in section.rows]
    guessed = {each for row in rows for each, _ in row.estimated}
    lines += ("## Inputs", "", "| | input | value | place |", "|---|---|---:|---|")
    lines += (
        f"| {_MARK if each in guessed else ''} | {_cell(each.name)} | {_cell(show(each.value))} "
        f"| {_cell(_where(each.span, sources))} |"
        for each in dict.fromkeys(each for row in rows for each in row.number.inputs)
    )
    lines.append("")
    if any(not row.sure for row in rows):
        lines += (f"## Estimates and assumptions ({_MARK})", "", *(f"- {_cell(one)}" for one in _reasons(rows)), "")
    return "\n".join(lines)


def as_json(sections: Sequence[Section], sources: Sequence[Source], title: str) -> str:
    """Return the sheet as one JSON object.

    ``version`` is 1 and grows only when a field changes its meaning. ``sections`` have a ``title`` and ``numbers``; a
    number has a stable ``key``, a ``name``, its ``value`` (see ``quantity``), the ``formula`` with the numbers filled
    in, ``inputs`` (``name``, ``value``, ``file``, ``line``, ``column``, and ``estimate``, the reason where it is one),
    ``assumptions`` and ``estimate``, whether an estimate or assumption is in it.

    Args:
        sections: The sheet.
        sources: What the spans of inputs refer to.
        title: Of the blueprint.
    """
    document = {
        "version": 1,
        "title": title,
        "sections": [
            {"title": section.title, "numbers": [_row(row, sources) for row in section.rows]} for section in sections
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _row(row: Row, sources: Sequence[Source]) -> dict[str, object]:
    reasons = dict(row.estimated)
    inputs = [{**_input(each, sources), "estimate": reasons.get(each)} for each in row.number.inputs]
    return {**number(row.number), "inputs": inputs, "estimate": not row.sure}


def number(derived: Derived) -> dict[str, object]:
    """Return a derived number, without its inputs, for JSON."""
    return {
        "key": derived.key,
        "name": derived.name,
        "value": quantity(derived.value),
        "formula": derived.formula,
        "assumptions": list(derived.assumptions),
    }


def quantity(value: Quantity) -> dict[str, object]:
    """Return a quantity for JSON: the ``number`` in its ``unit``, what it measures, and how people write it."""
    return {
        "number": float(value),
        "unit": UNITS[value.dimension],
        "measures": str(value.dimension),
        "text": show(value),
    }


def _input(each: Input, sources: Sequence[Source]) -> dict[str, object]:
    source = sources[each.span.source]
    line, column = source.position(each.span.start)
    return {
        "name": each.name,
        "value": quantity(each.value),
        "file": source.name,
        "line": line,
        "column": column,
    }


def _where(span: Span, sources: Sequence[Source]) -> str:
    source = sources[span.source]
    line = source.position(span.start)[0]
    return f"line {line}" if len(sources) == 1 else f"{source.name}:{line}"


def _cell(written: str) -> str:
    """Return a text for a cell of a Markdown table, where nothing in it is markup but code in backquotes."""
    shown = visible(written).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
    return shown.replace("*", "\\*").replace("$", "\\$")
