"""Entries between brackets → the texts that a comma has cut."""

from __future__ import annotations

import re
from collections.abc import Collection

from archkit.reading import Reading, is_null, shorten
from archkit.source import Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence

# `channels under 1` before `000 subscribers`; not `0.1` before anything
_HEAD = re.compile(r"(?<![0-9.])[0-9]{1,3}\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?: ?[A-Za-z%]+)?(?: ?/ ?[A-Za-z]+)?")
_TAIL = re.compile(r"[0-9]{3}(?![0-9])")


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


def report_cut_numbers(node: Sequence, reading: Reading) -> None:
    """Warn of numbers in ``[ ]`` that a comma for thousands has cut: ``[channels under 1,000 subscribers]``.

    One entry ends in one to three digits; the next follows without a space and begins with exactly three. Where all of
    them are nothing but digits, as in ``[1,100,200]``, they are taken for a list of numbers.

    Args:
        node: The list.
        reading: Where to report to.
    """
    run: list[Node] = []
    for item in node.items:
        if run and _goes_on(run[-1], item):
            run.append(item)
        else:
            _warn_cut(run, reading)
            run = [item]
    _warn_cut(run, reading)


def _goes_on(before: Node, item: Node) -> bool:
    """Return whether two entries may be halves of a number, with nothing but a comma between them."""
    return (
        item.span.start == before.span.end + 1
        and isinstance(before, Scalar)
        and isinstance(item, Scalar)
        and before.plain
        and item.plain
        and may_be_halves(before.text, item.text)
    )


def may_be_halves(before: str, after: str) -> bool:
    """Return whether a comma between two texts may be one for thousands: `under 1` and `000 subscribers`.

    Args:
        before: The text before the comma.
        after: The text behind it.
    """
    return _HEAD.search(before) is not None and _TAIL.match(after) is not None


def _warn_cut(run: list[Node], reading: Reading) -> None:
    if len(run) < 2:
        return
    parts = [item for item in run if isinstance(item, Scalar)]
    if len(parts) > 1 and not all(part.text.isdigit() for part in parts):
        text = _joined(parts)
        message = f"the comma splits `{shorten(text)}` in {'two' if len(parts) == 2 else len(parts)}"
        reading.error("LNG019", _around(parts), message, f"put it in quotes: `{_quoted(text)}`", warn=True)


def is_bare(name: Scalar, value: Node) -> bool:
    """Return whether a key in ``{ }`` has not even a colon.

    Args:
        name: The key.
        value: What stands behind it.
    """
    return value.span.start == name.span.end and name.plain and is_null(value) and value.span.source == name.span.source


def _report_cut(run: list[Scalar], reading: Reading) -> None:
    if len(run) > 1:
        text = _joined(run)
        message, hint = "a comma ends a text inside { }", f"put the text in quotes: `{_quoted(text)}`"
        if _GROUPED.fullmatch(text):
            message, hint = "a comma ends a number inside { }", f"write it without commas: `{text.replace(',', '')}`"
        reading.error("LNG001", _around(run), message, hint)


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
