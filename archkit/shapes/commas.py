"""Entries between brackets → the texts that a comma has cut."""

from __future__ import annotations

from collections.abc import Collection

from archkit.reading import Reading, is_null, shorten
from archkit.source import Span
from archkit.yamltree import Mapping, Node, Scalar


def report_cut_texts(node: Mapping, strangers: Collection[str], reading: Reading) -> set[str]:
    """Report texts in ``{ }`` that end too early: ``{title: 1,000 h of tape}`` has a key `000 h of tape`.

    Args:
        node: The mapping.
        strangers: Its keys that cannot be meant as such.
        reading: Where to report to.

    Returns:
        Those keys that are the rest of a text.
    """
    rests: set[str] = set()
    run: list[Scalar] = []
    for name, value in node.entries:
        if run and name.text in strangers and is_bare(name, value) and run[-1].span.end < name.span.start:
            run.append(name)
            rests.add(name.text)
            continue
        _report_cut(run, reading)
        starts = isinstance(value, Scalar) and value.plain and not is_null(value) and name.span.end < value.span.start
        run = [value] if isinstance(value, Scalar) and starts else []
    _report_cut(run, reading)
    return rests


def is_bare(name: Scalar, value: Node) -> bool:
    """Return whether a key in ``{ }`` has not even a colon."""
    return value.span.start == name.span.end and name.plain and is_null(value) and value.span.source == name.span.source


def _report_cut(run: list[Scalar], reading: Reading) -> None:
    if len(run) > 1:
        hint = f"put the text in quotes: `{_quoted(_joined(run))}`"
        reading.error("LNG001", _around(run), "a comma ends a text inside { }", hint)


def _around(run: list[Scalar]) -> Span:
    return Span(run[0].span.start, run[-1].span.end, run[0].span.source)


def _joined(run: list[Scalar]) -> str:
    """Return scalars with the commas between them, as they were written."""
    text, end = run[0].text, run[0].span.end
    for part in run[1:]:
        text += ("," if part.span.start == end + 1 else ", ") + part.text
        end = part.span.end
    return text


def _quoted(text: str) -> str:
    """Return a text that was written without quotes, in quotes."""
    text = shorten(text, 80)
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
