"""Blocks of a chapter of the book → HTML: headings, paragraphs, terms, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archkit.book import Block, Heading, Items, Para, Ref, Table, Terms
from archkit.site.html import NONE, Child, Html, el, join

_CODE = re.compile("`([^`]+)`")


def block(each: Block) -> Html:
    """Return a block of text as HTML; figures are another module's."""
    match each:
        case Heading():
            return el(f"h{max(3, each.level)}", each.text)
        case Para():
            return el("p", (run if isinstance(run, str) else _mention(run) for run in each.words))
        case Terms():
            return terms(each.items)
        case Items():
            return el("ul", (el("li", item) for item in each.items))
        case Table():
            return table(each.head, each.rows, each.strong)
    return NONE


def terms(items: Iterable[tuple[str, Child]]) -> Html:
    """Return names, each with what is said about it; nothing where there are none."""
    rows = [el("div", el("dt", name), el("dd", said)) for name, said in items]
    return el("dl", rows, class_="terms") if rows else NONE


def table(
    head: Sequence[str], rows: Iterable[Sequence[Child]], strong: frozenset[int] = frozenset(), caption: str = ""
) -> Html:
    """Return a table that scrolls by itself where it is wider than its page.

    Args:
        head: Titles of its columns; one without a title gets a cell that is no heading.
        rows: Its cells, as many in each row; the first of a row names it.
        strong: Rows that stand out.
        caption: Read aloud before it.
    """
    titles = [el("th", title, scope="col") if title else el("td") for title in head]
    body = [
        el(
            "tr",
            (el("th", cell, scope="row") if not column else el("td", cell) for column, cell in enumerate(cells)),
            class_="strong" if at in strong else None,
        )
        for at, cells in enumerate(rows)
    ]
    named = el("caption", caption, class_="unseen") if caption else NONE
    label = caption or ", ".join(title for title in head if title)
    whole = el("table", named, el("thead", el("tr", titles)), el("tbody", body))
    return el("div", whole, class_="table", tabindex="0", role="group", aria_label=f"Table: {label}")


def prose(text: str) -> Html:
    """Return a sentence in which what stands between backquotes is set as code."""
    parts = _CODE.split(text)
    return join(el("code", part) if at % 2 else part for at, part in enumerate(parts))


def _mention(ref: Ref) -> Html:
    return el("a", ref.label, href=f"#fig-{ref.label}")
