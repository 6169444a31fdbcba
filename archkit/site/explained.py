"""Codes of findings → the page that explains them; its Markdown becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archkit import explain
from archkit.site.blocks import prose
from archkit.site.html import Html, el, join
from archkit.site.sourcepage import listing
from archkit.source import Source
from archkit.yamltree import read

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LIST = re.compile(r"^- ", re.MULTILINE)


def articles(codes: Iterable[str]) -> Html:
    """Return an article for each code that is known, in the order of the codes."""
    pages = [page for code in sorted(set(codes)) if (page := explain.page(code)) is not None]
    links = [el("li", el("a", page.code, href=f"#{page.code}", title=page.title)) for page in pages]
    return join(
        el("nav", el("ul", links, class_="chips"), aria_label="Codes") if links else "",
        (
            el(
                "article",
                el("h2", f"{page.code}: {page.title}"),
                _markdown(page.text),
                id=page.code,
                class_="explained",
            )
            for page in pages
        ),
    )


def _markdown(text: str) -> Iterator[Html]:
    """Yield paragraphs, lists and blocks of code, which are all that the pages have."""
    parts = _FENCE.split(text)
    for at in range(0, len(parts), 3):
        yield from _paragraphs(parts[at])
        if at + 2 < len(parts):
            yield _code(parts[at + 1], parts[at + 2])


def _paragraphs(text: str) -> Iterator[Html]:
    for part in filter(None, (each.strip("\n") for each in text.split("\n\n"))):
        lead, *items = _LIST.split(part)
        if lead.strip():
            yield el("p", prose(" ".join(lead.split())))
        if items:
            yield el("ul", (el("li", prose(" ".join(item.split()))) for item in items))


def _code(language: str, text: str) -> Html:
    source = Source("example", text.rstrip("\n"))
    tree = read(source)[0] if language == "yaml" else None
    lines = listing(source, 0, tree, numbered=False)
    return el("div", lines, class_="example", tabindex="0", role="group", aria_label="Example")
