"""Findings of a document → list items that explain themselves, and which component each is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archkit.site.blocks import prose
from archkit.site.html import NONE, Html, address, el
from archkit.site.places import line_link

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.diagnostics import Diagnostic
    from archkit.document import Document
    from archkit.source import Span

EXPLAINED = "explained.html"
"""The page that explains the codes of all findings."""


def items(document: Document, found: Iterable[Diagnostic]) -> Html:
    """Return findings as a list; nothing where there are none.

    Args:
        document: Whose sources the findings refer to.
        found: The findings.
    """
    listed = [_item(document, finding) for finding in found]
    return el("ul", listed, class_="findings") if listed else NONE


def code_link(code: str) -> Html:
    """Return a link from a page of a blueprint to the explanation of a code."""
    return el("a", code, href=f"../{address(EXPLAINED, code)}", class_="code")


def by_component(document: Document, blueprint: Blueprint) -> dict[str, list[Diagnostic]]:
    """Return the findings of a document by the id of the component that they point into; the innermost counts.

    Args:
        document: With its findings.
        blueprint: With its components.
    """
    places = {
        id_: (*_places(each.key_span, each.span), *_places(each.place, None))
        for id_, each in blueprint.components.items()
    }
    found: dict[str, list[Diagnostic]] = {}
    for finding in document.diagnostics:
        if finding.span is None:
            continue
        around = [
            (span.end - span.start, id_) for id_, spans in places.items() for span in spans if _in(finding.span, span)
        ]
        if around:
            found.setdefault(min(around)[1], []).append(finding)
    return found


def _places(*spans: Span | None) -> list[Span]:
    return [span for span in spans if span is not None]


def _in(inner: Span, outer: Span) -> bool:
    return inner.source == outer.source and outer.start <= inner.start < max(outer.end, outer.start + 1)


def _item(document: Document, finding: Diagnostic) -> Html:
    severity = finding.severity.name.lower()
    notes = [el("li", prose(note.message), " ", line_link(document, note.span)) for note in finding.notes]
    return el(
        "li",
        el("span", severity, class_="severity"),
        " ",
        code_link(finding.code),
        " ",
        prose(finding.message),
        ". " if finding.message else "",
        line_link(document, finding.span),
        el("p", "Help: ", prose(finding.hint), class_="hint") if finding.hint else NONE,
        el("ul", notes, class_="working") if notes else NONE,
        class_=f"finding {severity}",
    )
