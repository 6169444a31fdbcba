"""Blueprint → how an index is built: from what is searched through embedding and building, and how fresh it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.figures.common import short
from archkit.figures.graph import View, graph, nothing_left
from archkit.figures.nodes import node_of
from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component
    from archkit.model.design import FigureSpec

_INDEX = "index"
_BUILDERS = frozenset(("indexer", "processor", "feature_job", "privacy", "data_gate"))
_BETWEEN = frozenset(("embedding_store",))  # stores that stand between two builders


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: an index, and something that builds it."""
    found = _path(blueprint)
    if not any(_role(blueprint.components[id_]) == _INDEX for id_ in found):
        return ["an index, such as `ann_index` or `inverted_index`, under `architecture: lanes:`"]
    if not any(_role(blueprint.components[id_]) == "indexer" for id_ in found):
        return ["an arrow to the index from what builds it, such as an `index_builder`, under `architecture: flows:`"]
    return nothing_left(blueprint, _view(blueprint), spec)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the way to the index, with its sources and its readers."""
    return graph(blueprint, _view(blueprint), spec)


def _view(blueprint: Blueprint) -> View:
    path = _path(blueprint)
    caption = f"{blueprint.title}: how the index is built and kept fresh"
    delay = blueprint.serving.item_delay or blueprint.requirements.freshness.items
    if delay is not None:
        caption += f"; new items are to be found within {short(delay)}"
    title = f"{blueprint.title}: indexing"
    return View(
        "indexing",
        "indexing",
        title,
        caption,
        lambda component: component.id in path,
        lines=lambda component: _lines(component, path),
        own_groups=True,
    )


def _path(blueprint: Blueprint) -> frozenset[str]:
    """Return the indexes and what builds them: from each index back against the arrows, as far as builders reach."""
    architecture = blueprint.architecture
    known = architecture.components
    lanes = {lane.id for lane in architecture.lanes.values() if lane.role == "indexing"}

    def builds(component: Component) -> bool:
        role = _role(component)
        return role in _BUILDERS or component.type in _BETWEEN or (component.lane in lanes and role != _INDEX)

    pending = [component.id for component in known.values() if _role(component) == _INDEX]
    found = dict.fromkeys(pending)
    for id_ in pending:
        for flow in architecture.flows:
            forward = flow.target == id_ and flow.arrow != "..>" and flow.source in known
            if forward and flow.source not in found and builds(known[flow.source]):
                found[flow.source] = None
                pending.append(flow.source)
    return frozenset(found)


def _role(component: Component) -> str:
    return TYPES.get(component.type, TYPES["component"]).role


def _lines(component: Component, path: frozenset[str]) -> tuple[str, ...]:
    """Return the small print: how much, how often, how late, and of which version."""
    if component.id not in path:
        return node_of(component).annotation
    told = [
        ("", component.index),
        ("every", component.cadence),
        ("takes", component.duration),
        ("renewed every", component.refresh),
        ("late by", component.delay),
        ("encoder", component.encoder_version),
        ("index", component.index_version),
    ]
    lines = [f"{word} {value if isinstance(value, str) else short(value)}".strip() for word, value in told if value]
    counts = [line for line in node_of(component).annotation if not line.startswith("p")]
    return (*counts, *lines)
