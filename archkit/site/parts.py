"""Components of a blueprint → what is said about each: type, numbers, features, arrows, findings, its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from archkit.catalog import TYPES
from archkit.facts.derived import show
from archkit.products import product_title
from archkit.quantity import Quantity
from archkit.shapes.record import KEYS, Record
from archkit.site import findings
from archkit.site.blocks import terms
from archkit.site.html import NONE, Html, el, join
from archkit.site.places import line_link
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint, Component, Flow
    from archkit.diagnostics import Diagnostic
    from archkit.document import Document

_ELSEWHERE = frozenset(("type", "title", "note", "components", "waive", "tech", "lane", "parent"))
_OF_ARROWS = frozenset(("source", "target", "arrow", "label", "labels", "kind", "step", "waive", "note"))


def mark(id_: str) -> str:
    """Return the id of the element that tells about a component."""
    return f"c-{id_}"


def articles(document: Document, blueprint: Blueprint) -> Html:
    """Return an article for each component, in the order written.

    Args:
        document: With its findings.
        blueprint: With its components.
    """
    found = findings.by_component(document, blueprint)
    flows: dict[str, list[Flow]] = {}
    for flow in blueprint.architecture.flows:
        for end in dict.fromkeys((flow.source, flow.target)):
            flows.setdefault(end, []).append(flow)
    return join(
        _article(document, blueprint, component, flows.get(id_, []), found.get(id_, []))
        for id_, component in blueprint.components.items()
    )


def _article(
    document: Document, blueprint: Blueprint, component: Component, flows: list[Flow], found: list[Diagnostic]
) -> Html:
    kind = TYPES.get(component.type)
    lane = blueprint.architecture.lanes.get(component.lane)
    outer = blueprint.components.get(component.parent)
    where = (outer.title if outer else "", lane.title if lane else "")
    facts = (
        kind.title if kind and component.type != "component" else "",
        product_title(component.tech) if component.tech else "",
        *where,
    )
    said = [text for text in dict.fromkeys(facts) if text and text != component.title]
    return el(
        "article",
        el("h3", component.title),
        el("p", " · ".join(said), class_="kind") if said else NONE,
        el("p", component.note) if component.note else NONE,
        terms(_values(component, _ELSEWHERE)),
        el("ul", (_arrow(document, blueprint, component, flow) for flow in flows), class_="arrows") if flows else NONE,
        findings.items(document, found),
        el("p", line_link(document, component.place), class_="where"),
        id=mark(component.id),
        class_="part",
        data_of=component.id,
    )


def _values(record: Record, elsewhere: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name, value in record.written():
        text = "" if name in elsewhere else _text(value)
        if text:
            yield title_of(KEYS.get(name, name)), text


def _text(value: Any) -> str:
    """Return a value in words; "" for one that is not told here."""
    if isinstance(value, Quantity):
        return show(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Record):
        parts = [(title_of(KEYS.get(name, name)).lower(), _text(inner)) for name, inner in value.written()]
        return ", ".join(f"{name} {text}" for name, text in parts if text)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_text(inner)}" for name, inner in value.items())
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(_text, value)))
    return ""


def _arrow(document: Document, blueprint: Blueprint, here: Component, flow: Flow) -> Html:
    out = flow.source == here.id
    other = blueprint.components.get(flow.target if out else flow.source)
    if other is None:
        return NONE
    more = (f"{name.lower()} {text}" for name, text in _values(flow, _OF_ARROWS))
    label = "; ".join(filter(None, (flow.label, *more, flow.note)))
    return el(
        "li",
        el("span", "to " if out else "from ", class_="way"),
        el("a", other.title, href=f"#{mark(other.id)}", data_node=other.id),
        f": {label}" if label else "",
        " ",
        line_link(document, flow.place, flow.kind or "arrow"),
        data_from=flow.source,
        data_to=flow.target,
        data_kind=flow.kind or None,
    )
