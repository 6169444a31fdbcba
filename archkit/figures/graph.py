"""Architecture → graph figure: which components, arrows and groups are drawn, and what is written on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.figures.collapse import Parts, collapsed
from archkit.figures.nodes import node_of
from archkit.figures.scope import bridged, covered
from archkit.picture import Cluster, Edge, EdgeStyle, GraphFigure, Lane, Node, filled
from archkit.quantity import Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.architecture import Architecture
    from archkit.model.components import Component
    from archkit.model.design import FigureSpec
    from archkit.model.flows import Flow

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
        shows: Whether a component is shown for its own sake; the direct neighbours of such components are shown too.
        zoom: What is shown from inside: a component, whose parts are drawn then, a group or a lane. Its neighbours
            step back.
        lines: Small print of a component in place of the usual one; None for the usual one.
        own_groups: Whether groups that hold nothing but neighbours are left out.
    """

    name: str
    kind: str
    title: str
    caption: str
    shows: Callable[[Component], bool]
    zoom: str = ""
    lines: Callable[[Component], tuple[str, ...]] | None = None
    own_groups: bool = False


def in_lanes(blueprint: Blueprint, *roles: str) -> Callable[[Component], bool]:
    """Return what tells whether a component stands in a lane of one of some roles."""
    lanes = {lane.id for lane in blueprint.architecture.lanes.values() if lane.role in roles}
    return lambda component: component.lane in lanes


def lane_missing(blueprint: Blueprint, role: str) -> list[str]:
    """Return what is missing, in words, for a figure of one role's lanes to be worth drawing beside the whole.

    Args:
        blueprint: With its lanes.
        role: Of a lane, such as ``training``.
    """
    lanes = blueprint.architecture.lanes.values()
    if not any(lane.role == role and lane.components for lane in lanes):
        return [f"components in `architecture: lanes: {role}:`"]
    return [] if len(lanes) > 1 else ["a second lane, or it would show what `system` shows"]


def graph(blueprint: Blueprint, view: View, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the graph of a view.

    Args:
        blueprint: Its architecture has at least one component that is shown.
        view: What to show of it.
        spec: Title, caption and name that the blueprint gives this figure, and what it hides, collapses or zooms into.
    """
    architecture = blueprint.architecture
    view = _in_view(blueprint, view, spec)
    drawn = _Drawn(architecture, view, spec.hide if spec else ())
    lanes = tuple(
        Lane(lane.id, "" if architecture.sketch else lane.title, lane.role or "")
        for lane in architecture.lanes.values()
        if any(c.lane == lane.id for c in drawn.components)
    )
    shown = drawn.main if view.own_groups else {component.id for component in drawn.components}
    parts = Parts(tuple(drawn.nodes()), tuple(drawn.edges()), filled(drawn.clusters(), shown))
    if spec and spec.collapse:
        parts = collapsed(architecture, spec.collapse, parts)
    return GraphFigure(
        (spec and spec.name) or view.name,
        view.kind,
        (spec and spec.title) or view.title,
        (spec and spec.caption) or view.caption,
        lanes,
        *parts,
        _description(view, lanes, parts.nodes, parts.edges),
    )


def nothing_left(blueprint: Blueprint, view: View, spec: FigureSpec | None) -> list[str]:
    """Return what is missing, in words, where all that a view shows is hidden, or outside of what it zooms into.

    Args:
        blueprint: With its components.
        view: What is to be shown.
        spec: What the author wants of the figure.
    """
    view = _in_view(blueprint, view, spec)
    if _Drawn(blueprint.architecture, view, spec.hide if spec else ()).main:
        return []
    return ["a component that `hide:` and `zoom:` leave to be shown"]


def _in_view(blueprint: Blueprint, view: View, spec: FigureSpec | None) -> View:
    return zoomed(blueprint, view, spec.zoom) if spec and spec.zoom and not view.zoom else view


def zoomed(blueprint: Blueprint, view: View, id_: str) -> View:
    """Return a view of the inside of a component, group or lane; the same view where there is none of this id.

    Args:
        blueprint: With its components.
        view: Of the whole.
        id_: Of what is seen from inside.
    """
    architecture = blueprint.architecture
    inside = covered(architecture, [id_])
    if not inside:
        return view
    of = architecture.components.get(id_) or architecture.groups.get(id_) or architecture.lanes.get(id_)
    title = of.title if of is not None else id_
    return replace(
        view,
        title=f"{blueprint.title}: {title}",
        caption=f"{title}, from inside and with what it is joined to",
        shows=lambda component: component.id in inside,
        zoom=id_,
        own_groups=True,
    )


class _Drawn:
    """The components of a view that become nodes, and what joins and surrounds them."""

    def __init__(self, architecture: Architecture, view: View, hide: Iterable[str]) -> None:
        self._architecture, self._view = architecture, view
        known = architecture.components
        without = covered(architecture, hide)
        flows = [f for f in architecture.flows if f.source in known and f.target in known]
        edges = bridged(
            [_edge(flow) for flow in flows], {id_: TYPES[known[id_].type].role for id_ in known if id_ in without}
        )
        self._hidden = without
        self._split = self._divided(edges)
        leaves = [c for c in known.values() if self._is_leaf(c)]
        self.main = {c.id for c in leaves if view.shows(c)}
        self._edges = [new for edge in edges for new in self._between_nodes(edge)]
        near = {end for edge in self._edges for end in (edge.tail, edge.head) if self._touches(edge)}
        self.components = [c for c in leaves if c.id in self.main or c.id in near]
        self._shown = {c.id for c in self.components}

    def _divided(self, edges: Iterable[Edge]) -> frozenset[str]:
        """Return the components that are drawn as a group of their parts: arrows run to those, or it is zoomed into."""
        components = self._architecture.components
        inner = [components[end].parent for edge in edges for end in (edge.tail, edge.head)]
        if self._view.zoom in components and components[self._view.zoom].components:
            inner.append(self._view.zoom)
        found: set[str] = set()
        for parent in inner:
            while parent and parent not in found:
                found.add(parent)
                parent = components[parent].parent
        return frozenset(id_ for id_ in found if not self._hidden.issuperset(components[id_].components))

    def _is_leaf(self, component: Component) -> bool:
        if component.id in self._split or component.id in self._hidden:
            return False
        return not component.parent or component.parent in self._split

    def _between_nodes(self, edge: Edge) -> Iterable[Edge]:
        """Yield an arrow between the nodes that stand for its ends; nothing where both are the same."""
        for tail in self._ends(edge.tail, leaving=True):
            for head in self._ends(edge.head, leaving=False):
                if tail != head or edge.tail == edge.head:
                    yield replace(edge, tail=tail, head=head)

    def _ends(self, id_: str, *, leaving: bool) -> tuple[str, ...]:
        """Return the nodes that stand for one end of an arrow.

        These are the component itself, or what holds it. For one that is zoomed into they are the parts where its
        inside begins or ends; for another that is drawn by its parts, the first of them.
        """
        component = self._architecture.components[id_]
        while component.parent and component.parent not in self._split:
            component = self._architecture.components[component.parent]
        if component.id in self._split and component.id == self._view.zoom:
            return self._doors(component, leaving=leaving)
        while component.id in self._split:
            component = next(part for part in component.components.values() if part.id not in self._hidden)
        return (component.id,)

    def _doors(self, component: Component, *, leaving: bool) -> tuple[str, ...]:
        """Return the parts of a component that no other part follows (or precedes)."""
        parts = [part.id for part in component.components.values() if part.id not in self._hidden]
        flows = self._architecture.flows
        inner = [(f.source, f.target) for f in flows if f.source in parts and f.target in parts]
        busy = {source if leaving else target for source, target in inner}
        open_parts = [part for part in parts if part not in busy] or parts[-1 if leaving else 0 :][:1]
        return tuple(end for part in open_parts for end in self._ends(part, leaving=leaving))

    def _touches(self, edge: Edge) -> bool:
        return edge.tail in self.main or edge.head in self.main

    def nodes(self) -> Iterable[Node]:
        """Yield the boxes; neighbours have no notes, and step back where the view is zoomed."""
        for component in self.components:
            node = node_of(component)
            if self._view.lines is not None:
                node = replace(node, annotation=self._view.lines(component))
            if component.id not in self.main:  # a neighbour, which the figure of its own lane explains
                node = replace(node, stress="muted" if self._view.zoom else "", note="")
            yield node

    def edges(self) -> Iterable[Edge]:
        """Yield the arrows that touch what the view shows for its own sake."""
        return (edge for edge in self._edges if self._touches(edge))

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
                members = self._members(component.components)
                around = component.parent or holder.get(component.id, "")
                yield Cluster(component.id, component.title, members, around)

    def _members(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if id_ in self._shown)


def _edge(flow: Flow) -> Edge:
    style = _STYLES.get(flow.kind, "request")
    return Edge(flow.source, flow.target, style, flow.kind, _label(flow), _step(flow))


def _step(flow: Flow) -> int:
    """Return an arrow's number in the order of a request; 0 for none."""
    return int(flow.step.value) if isinstance(flow.step, Quantity) else flow.step or 0


def _label(flow: Flow) -> str:
    """Return what is written on an arrow: its label, and the share of traffic where it is not in there already."""
    label: str = flow.label or ""
    if flow.traffic is not None and "%" not in label:
        label = f"{label} ({flow.traffic.text})" if label else flow.traffic.text
    return label


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
