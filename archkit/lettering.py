"""Texts that are drawn → warnings where the typeface has no sign for what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace

from archkit.characters import drawable, missing
from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, Scalar

CODES: dict[str, tuple[str, str]] = {
    "FNT001": (
        "A sign that the typeface lacks",
        """\
Figures carry their typeface with them, so that they look the same everywhere, and that typeface has Latin, Greek and
Cyrillic letters and common signs. What else is written (Chinese, Arabic, emoji) is drawn in Latin letters or as the
name of the sign, never as an empty box: `北京` becomes `BeiJing`. Write the text as it shall be read, or accept the
transliteration with a waiver:
```yaml
waive: {FNT001: the team reads the transliteration}
```""",
    )
}

_NAMED = 4  # further stretches of one text
_AT_MOST = 10  # a blueprint written wholly in another script would bury every other finding
# What a figure knows and does not draw.
_UNSEEN = frozenset(
    (
        "id",
        "name",
        "kind",
        "description",
        "tooltip",
        "tail",
        "head",
        "lane",
        "members",
        "parent",
        "icon",
        "shape",
        "style",
    )
)


def doubtful(tree: Node) -> bool:
    """Return whether any value or key, drawn or not, has a sign that the typeface lacks."""
    return any(missing(scalar.text) for scalar in _scalars(tree))


def check(figures: Iterable[object], tree: Node, sources: Sequence[Source]) -> list[Diagnostic]:
    """Report signs that the typeface lacks where they are drawn.

    Args:
        figures: All planned figures.
        tree: The blueprint as a tree.
        sources: What the spans of the tree refer to.

    Returns:
        A warning for each value or key, up to a sensible number.
    """
    drawn = {text for figure in figures for text in _texts(figure) if missing(text)}
    found = [finding for scalar in _scalars(tree) if (finding := _finding(scalar, drawn, sources))]
    if len(found) <= _AT_MOST:
        return found
    *kept, last = found[:_AT_MOST]
    rest = found[_AT_MOST:]
    many = "1 more text has" if len(rest) == 1 else f"{len(rest)} more texts have"
    more = Note(f"{many} such signs, {_stretch(rest[0], rest[-1], sources)}")
    return [*kept, replace(last, notes=(*last.notes, more))]


def _stretch(first: Diagnostic, last: Diagnostic, sources: Sequence[Source]) -> str:
    """Return from where to where findings go, such as ``from line 14 to line 33``."""
    ends = [(sources[each.span.source], each.span.start) for each in (first, last) if each.span is not None]
    files = len({source.name for source, _ in ends}) > 1
    places = [f"{f'{source.name}, ' if files else ''}line {source.position(at)[0]}" for source, at in ends]
    return f"in {places[0]}" if len(set(places)) == 1 else f"from {' to '.join(places)}"


def _finding(scalar: Scalar, drawn: set[str], sources: Sequence[Source]) -> Diagnostic | None:
    """Return a warning about the first stretch of a text that cannot be drawn, with a note of the others."""
    source = sources[scalar.span.source]
    found: list[tuple[str, int]] = []
    at = scalar.span.start
    for run in _runs(scalar.text):
        # Not found where the value is written with escapes; then the whole of it is marked.
        start = source.text.find(run, at, scalar.span.end)
        at = max(at, start + len(run)) if start >= 0 else at
        if any(run in text for text in drawn):
            found.append((run, start))
    if not found:
        return None
    (run, start), *others = found
    span = Span(start, start + len(run), scalar.span.source) if start >= 0 else scalar.span
    shown = drawable(run).strip()
    message = f"the typeface has no sign for `{run}`" + (f"; `{shown}` is drawn instead" if shown else "")
    hint = "write it in Latin, Greek or Cyrillic letters where it shall be read differently"
    notes = (_others(others, source, span.start),) if others else ()
    return Diagnostic("FNT001", Severity.WARNING, message, span, hint, notes)


def _others(others: Sequence[tuple[str, int]], source: Source, first: int) -> Note:
    """Return a note of the further stretches of a text: how many there are, and where the first of them stand."""
    named = []
    for run, start in others[:_NAMED]:
        line, column = source.position(start)
        there = "" if line == source.position(first)[0] else f"line {line}, "
        named.append(f"`{run}` ({there}column {column})" if start >= 0 else f"`{run}`")
    rest = len(others) - len(named)
    *most, last = [*named, f"{rest} more"] if rest else named
    listed = f"{', '.join(most)} and {last}" if most else last
    many = "1 more stretch" if len(others) == 1 else f"{len(others)} more stretches"
    return Note(f"{many} of this text: {listed}")


def _runs(text: str) -> list[str]:
    """Return the longest stretches of a text that the typeface has no sign for."""
    marks = ["."] * len(text)
    for at in missing(text):
        marks[at] = "x"
    return [text[match.start() : match.end()] for match in re.finditer("x+", "".join(marks))]


def _scalars(node: Node) -> Iterator[Scalar]:
    """Yield all keys and values, each once however many aliases stand for it."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        here = stack.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, Scalar):
            yield here
        elif isinstance(here, Mapping):
            stack += [part for pair in reversed(here.entries) for part in reversed(pair)]
        else:
            stack += reversed(here.items)


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of a figure that are drawn."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _UNSEEN:
                yield from _texts(getattr(value, field.name))
