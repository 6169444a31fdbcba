"""Architecture → graph figure: which components, arrows and groups are drawn, and what is written on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.picture import Cluster, Edge, EdgeStyle, GraphFigure, Lane, Node
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component
    from archkit.model.design import FigureSpec
    from archkit.model.flows import Flow

_MILLION = 1_000_000
_STYLES: Mapping[str, EdgeStyle] = {
    "sync": "request",
    "train": "request",
    "async": "async",
    "stream": "async",
    "batch": "async",
    "feedback": "feedback",
    "control": "feedback",
    "deploy": "deploy",
    "mirror": "mirror",
    "fallback": "fallback",
    "human": "human",
}


@dataclass(frozen=True, slots=True)
class View:
    """What part of an architecture a figure shows.

    Args:
        name: Of the figure.
        kind: Of the figure.
        title: Heads it.
        caption: Stands below it.
        shows: Whether a lane is shown with all its components, by its role; lanes for which it is False still show the
            direct neighbours of those components.
    """

    name: str
    kind: str
    title: str
    caption: str
    shows: Callable[[str], bool]


def graph(blueprint: Blueprint, view: View, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the graph of a view.

    Args:
        blueprint: Its architecture has at least one component.
        view: What to show of it.
        spec: Title, caption and name that the blueprint gives this figure.
    """
    architecture = blueprint.architecture
    split = _split(blueprint)
    drawn = _Drawn(blueprint, view, split)
    lanes = tuple(
        Lane(lane.id, "" if architecture.sketch else lane.title, lane.role or "")
        for lane in architecture.lanes.values()
        if any(c.lane == lane.id for c in drawn.components)
    )
    edges = tuple(drawn.edges())
    nodes = tuple(_node(component) for component in drawn.components)
    return GraphFigure(
        (spec and spec.name) or view.name,
        view.kind,
        (spec and spec.title) or view.title,
        (spec and spec.caption) or view.caption,
        lanes,
        nodes,
        edges,
        _filled(drawn.clusters()),
        _description(view, lanes, nodes, edges),
    )


def _split(blueprint: Blueprint) -> frozenset[str]:
    """Return the components that are drawn as a group of their parts, because arrows run to those parts."""
    components = blueprint.architecture.components
    ends = {end for flow in blueprint.architecture.flows for end in (flow.source, flow.target)}
    found: set[str] = set()
    for end in ends:
        parent = components[end].parent if end in components else ""
        while parent:
            found.add(parent)
            parent = components[parent].parent
    return frozenset(found)


class _Drawn:
    """The components of a view that become nodes, and what joins and surrounds them."""

    def __init__(self, blueprint: Blueprint, view: View, split: frozenset[str]) -> None:
        architecture = blueprint.architecture
        self._architecture, self._split = architecture, split
        known = architecture.components
        self._flows = [f for f in architecture.flows if f.source in known and f.target in known]
        leaves = [c for c in known.values() if c.id not in split and (not c.parent or c.parent in split)]
        main = {c.id for c in leaves if view.shows(architecture.lanes[c.lane].role or "")}
        self._main = main
        near = {end for f in self._flows for end in self._ends(f) if main.intersection(self._ends(f))}
        self.components = [c for c in leaves if c.id in main or c.id in near]
        self._shown = {c.id for c in self.components}

    def _ends(self, flow: Flow) -> tuple[str, str]:
        return self._visible(flow.source), self._visible(flow.target)

    def _visible(self, id_: str) -> str:
        """Return the node that stands for a component: itself, what holds it, or the first part of what is split."""
        component = self._architecture.components[id_]
        while component.parent and component.parent not in self._split:
            component = self._architecture.components[component.parent]
        while component.id in self._split:
            component = next(iter(component.components.values()))
        return component.id

    def edges(self) -> Iterable[Edge]:
        """Yield the arrows that touch the view's own lanes."""
        for flow in self._flows:
            tail, head = self._ends(flow)
            if tail == head and flow.source != flow.target:
                continue  # inside one node
            if tail in self._shown and head in self._shown and self._main.intersection((tail, head)):
                yield Edge(tail, head, _STYLES.get(flow.kind, "request"), flow.kind, _label(flow), _step(flow))

    def clusters(self) -> Iterable[Cluster]:
        """Yield groups and split components, outer ones first."""
        groups = self._architecture.groups
        parent_of = {member: group.id for group in groups.values() for member in group.members if member in groups}
        pending = [group for group in groups.values() if group.id not in parent_of]
        for group in pending:
            yield Cluster(group.id, group.title, self._members(group.members), parent_of.get(group.id, ""))
            pending += [groups[member] for member in group.members if member in groups]
        holder = {member: group.id for group in groups.values() for member in group.members}
        for component in self._architecture.components.values():
            if component.id in self._split:
                members = tuple(id_ for id_ in component.components if id_ in self._shown)
                around = component.parent or holder.get(component.id, "")
                yield Cluster(component.id, component.title, members, around)

    def _members(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if id_ in self._shown)


def _filled(clusters: Iterable[Cluster]) -> tuple[Cluster, ...]:
    """Return the clusters that hold a node of the view, themselves or in an inner one."""
    kept: list[Cluster] = []
    wanted: set[str] = set()
    for cluster in reversed(list(clusters)):  # inner ones come after their outer ones
        if cluster.members or cluster.id in wanted:
            kept.append(cluster)
            wanted.add(cluster.parent)
    return tuple(reversed(kept))


def _step(flow: Flow) -> int:
    """Return an arrow's number in the order of a request; 0 for none."""
    return int(flow.step.value) if isinstance(flow.step, Quantity) else flow.step or 0


def _label(flow: Flow) -> str:
    """Return what is written on an arrow: its label, and the share of traffic where it is not in there already."""
    label: str = flow.label or ""
    if flow.traffic is not None and "%" not in label:
        label = f"{label} ({flow.traffic.text})" if label else flow.traffic.text
    return label


def _node(component: Component) -> Node:
    kind = TYPES.get(component.type, TYPES["component"])
    return Node(
        component.id,
        component.title,
        kind.shape,
        kind.glyph,
        component.tech or "",
        component.lane,
        _annotation(component),
        component.note or "",
        _tooltip(component, kind.title),
    )


def _annotation(component: Component) -> tuple[str, ...]:
    """Return the small print of a component: its counts, then its time."""
    lines = []
    if component.in_count is not None and component.out_count is not None:
        lines.append(f"{_short(component.in_count)} → {_short(component.out_count)}")
    elif component.items is not None:
        vectors = f" × {component.dim} d" if component.dim else " items"
        lines.append(_short(component.items) + vectors)
    if component.latency is not None:
        for name in ("p99", "p95", "p50", "mean"):
            value = getattr(component.latency, name, None)
            if value is not None:
                lines.append(f"{name} {_short(value)}")
                break
    return tuple(lines)


def _short(value: Quantity) -> str:
    """Return a quantity as a figure shows it: ``1,000``, ``10B``, ``40 ms``."""
    if value.dimension is not Dimension.COUNT:
        return value.human()
    return value.human(grouped=True) if value.value < _MILLION else value.human().replace(" ", "")


def _tooltip(component: Component, type_title: str) -> str:
    parts = [component.title]
    if type_title.lower() != component.title.lower():
        parts.append(type_title)
    if component.tech:
        parts.append(component.tech)
    return " · ".join(parts)


def _description(view: View, lanes: tuple[Lane, ...], nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> str:
    """Return the figure in words, for readers who do not see it."""
    sentences = []
    for lane in lanes:
        names = [node.title for node in nodes if node.lane == lane.id]
        sentences.append(f"{lane.title or view.title}: {', '.join(names)}.")
    titles = {node.id: node.title for node in nodes}
    for edge in edges:
        label = f" ({edge.label})" if edge.label else ""
        sentences.append(f"{titles[edge.tail]} to {titles[edge.head]}{label}.")
    return " ".join(sentences)
