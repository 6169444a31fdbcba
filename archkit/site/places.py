"""Spans of a document → links to the pages of its source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archkit.report.escape import visible
from archkit.site.html import NONE, Html, el

if TYPE_CHECKING:
    from archkit.document import Document
    from archkit.source import Span


def page_of(source: int) -> str:
    """Return the file of the page that shows a source, beside the page of its blueprint."""
    return f"source-{source}.html" if source else "source.html"


def name_of(document: Document, source: int) -> str:
    """Return what a source is called: the name of its file, without the folder that it happened to lie in.

    Args:
        document: Whose source it is.
        source: Its number, as in ``Span.source``.
    """
    return visible(Path(document.sources[source].name).name)


def line_link(document: Document, span: Span | None, words: str = "") -> Html:
    """Return a link to the line where something stands; nothing where it stands nowhere.

    Args:
        document: Whose sources the span refers to.
        span: Where it stands.
        words: What the link says; the file and the line where empty.
    """
    if span is None or span.source >= len(document.sources):
        return NONE
    line, _ = document.sources[span.source].position(span.start)
    said = words or f"{name_of(document, span.source)}, line {line}"
    return el("a", said, href=f"{page_of(span.source)}#L{line}", class_="line")
