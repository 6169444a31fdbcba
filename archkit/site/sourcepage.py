"""A source text and its tree → lines of HTML with line numbers to link to, keys, values and comments set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archkit.report.escape import visible
from archkit.site.html import Html, el
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence

_COMMENT = re.compile(r"(?:^|(?<=[\s,\[{]))#[^\n]*", re.MULTILINE)
_ARROW = re.compile(r"->|~>|\.\.>")
_NUMBER = re.compile(r"[~≈$€£<>≤≥]?\s?[\d.,]+(?:\s?[A-Za-zµ%/].*)?")


def listing(source: Source, index: int, tree: Node | None, *, numbered: bool = True) -> Html:
    """Return a source text as a list of lines.

    Args:
        source: The text.
        index: Its number among those of the document.
        tree: The document's tree; spans of other sources are passed over.
        numbered: Whether lines have numbers, each a link to itself.
    """
    coloured = sorted(dict.fromkeys(_spans(source, index, tree)))
    lines: list[list[Html | str]] = [[]]
    at = 0
    for start, end, name in coloured:
        if start < at:
            continue  # what an alias stands for has been coloured where it is written
        _put(lines, source.text[at:start], "")
        _put(lines, source.text[start:end], name)
        at = end
    _put(lines, source.text[at:], "")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    if not numbered:
        return el("pre", el("code", ([*parts, Html("\n")] for parts in lines)), class_="listing")
    rows = (
        el("li", el("a", str(at), href=f"#L{at}", aria_label=f"Line {at}"), el("code", parts), id=f"L{at}")
        for at, parts in enumerate(lines, 1)
    )
    return el("ol", rows, class_="listing")


def _put(lines: list[list[Html | str]], text: str, name: str) -> None:
    for number, part in enumerate(text.split("\n")):
        if number:
            lines.append([])
        if part:
            shown = visible(part.replace("\t", "    "))
            lines[-1].append(el("span", shown, class_=name) if name else shown)


def _spans(source: Source, index: int, tree: Node | None) -> Iterator[tuple[int, int, str]]:
    found = [(span, name) for span, name in _tokens(tree) if span.source == index and span.start < span.end]
    taken = sorted((span.start, span.end) for span, _ in found)
    yield from ((span.start, span.end, name) for span, name in found)
    at = position = 0
    while (comment := _COMMENT.search(source.text, position)) is not None:
        start, position = comment.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] <= start:
            position = taken[at][1]  # a sign inside a text; a comment may follow it
        else:
            yield start, position, "y-comment"


def _tokens(tree: Node | None) -> Iterator[tuple[Span, str]]:
    pending: list[tuple[Node | None, bool]] = [(tree, False)]
    while pending:
        node, is_key = pending.pop()
        if isinstance(node, Scalar):
            yield node.span, "y-key" if is_key else _kind(node)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                pending += [(key, True), (value, False)]
        elif isinstance(node, Sequence):
            pending += [(item, False) for item in node.items]


def _kind(node: Scalar) -> str:
    if _ARROW.search(node.text):
        return "y-arrow"
    if node.plain and (_NUMBER.fullmatch(node.text) or node.text in ("true", "false", "null", "yes", "no")):
        return "y-number"
    return "y-text"
