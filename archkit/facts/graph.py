"""Architecture → a directed graph with roles, in which parts stand for the whole, and views of some of its arrows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.facts import digraph
from archkit.source import Span

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component
    from archkit.model.flows import Flow

SERVING = frozenset(("sync", "async", "stream", "batch", "human", "fallback"))
"""Kinds of flows that carry requests, data and answers."""

MODEL = frozenset(("sync", "async", "stream", "batch", "deploy", "train", "human"))
"""Kinds of flows that can carry a trained model."""


def arrow(flow: Flow) -> Span:
    """Return the place of one arrow in the text of its entry: from the id that it leaves to the id that it enters."""
    source, target = flow.at("source"), flow.at("target")
    return Span(source.start, target.end, source.source)


class Graph:
    """Components and flows with adjacency by id.

    Attributes:
        components: All components by id.
        flows: The flows whose ends are components, in the order written.
        out: Component id → flows that leave it.
        into: Component id → flows that enter it.
        sketch: Whether the types are guessed from ids that only flows mention.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.components: Mapping[str, Component] = blueprint.components
        self.sketch = blueprint.architecture.sketch
        self.flows: list[Flow] = [
            flow
            for flow in blueprint.architecture.flows
            if flow.source in self.components and flow.target in self.components
        ]
        self.out: dict[str, list[Flow]] = {id_: [] for id_ in self.components}
        self.into: dict[str, list[Flow]] = {id_: [] for id_ in self.components}
        for flow in self.flows:
            self.out[flow.source].append(flow)
            self.into[flow.target].append(flow)
        self._roles = {id_: TYPES[component.type].role for id_, component in self.components.items()}

    def role(self, id_: str) -> str:
        """Return what a component does in the graph, a key of ``catalog.ROLES``."""
        return self._roles[id_]

    def tier(self, id_: str) -> str:
        """Return when a component works, one of ``TIERS``: as written, else as its type usually does, else ""."""
        component = self.components[id_]
        return component.tier or TYPES[component.type].tier

    @cached_property
    def by_role(self) -> dict[str, list[str]]:
        """Component ids by role, in the order written."""
        found: dict[str, list[str]] = {}
        for id_, role in self._roles.items():
            found.setdefault(role, []).append(id_)
        return found

    def with_role(self, *roles: str) -> list[str]:
        """Return the ids of components that have one of some roles, in the order written."""
        return [id_ for id_, role in self._roles.items() if role in roles]

    def view(self, flows: Iterable[Flow], more: Iterable[tuple[str, str]] = ()) -> View:
        """Return some flows, and further pairs of ids, as a graph to walk through.

        Args:
            flows: The arrows to follow.
            more: Source and target of further ones.
        """
        return View(self, [*((flow.source, flow.target) for flow in flows), *more])

    @cached_property
    def whole(self) -> View:
        """All flows as a graph to walk through."""
        return self.view(self.flows)

    def reached(self, starts: Iterable[str], kinds: frozenset[str] | None = None, backwards: bool = False) -> set[str]:
        """Return the ids that flows lead to from some components, those included.

        Args:
            starts: Where to begin.
            kinds: Kinds of flows to follow; all where None.
            backwards: Follow flows against their direction.
        """
        view = self.whole if kinds is None else self.view(flow for flow in self.flows if flow.kind in kinds)
        return view.reached(starts, backwards=backwards)

    def top(self, id_: str) -> str:
        """Return the component that stands in a lane and holds, or is, a component."""
        while outer := self.components[id_].parent:
            id_ = outer
        return id_

    @cached_property
    def crossings(self) -> list[tuple[str, str, Flow]]:
        """Flows from one component that stands in a lane, or a part of it, to another: both, and the flow."""
        found = ((self.top(flow.source), self.top(flow.target), flow) for flow in self.flows)
        return [each for each in found if each[0] != each[1]]

    @cached_property
    def idle(self) -> dict[str, list[str]]:
        """Components with parts → those parts that no arrow touches, neither themselves nor what is inside them."""
        found: dict[str, list[str]] = {}
        for id_, component in self.components.items():
            ids = (id_, *(part.id for part in component.inside())) if component.parent else ()
            if ids and not any(self.out[each] or self.into[each] for each in ids):
                found.setdefault(component.parent, []).append(id_)
        return found

    def family(self, id_: str) -> set[str]:
        """Return the ids of a component, of all parts inside it and of all that it is a part of."""
        found = {id_, *(part.id for part in self.components[id_].inside())}
        while outer := self.components[id_].parent:
            found.add(outer)
            id_ = outer
        return found


class View:
    """Some arrows of a graph, ready for traversals.

    A component with parts is walked through like this: an arrow into it enters those parts that no other part leads to,
    and an arrow out of it leaves those that lead to no other part. Whoever reaches a part has reached the whole. A part
    that no arrow touches also shares the arrows that tie the parts beside it to components outside.

    Args:
        graph: The components.
        arcs: Pairs of their ids.
    """

    def __init__(self, graph: Graph, arcs: Iterable[tuple[str, str]]) -> None:
        self._components = graph.components
        self._ids = list(graph.components)
        self._in = {id_: number for number, id_ in enumerate(self._ids)}
        wholes = [id_ for id_ in self._ids if graph.components[id_].components]
        self._out = {**self._in, **{id_: len(self._ids) + number for number, id_ in enumerate(wholes)}}
        self._ids += wholes
        self._after: list[list[int]] = [[] for _ in self._ids]
        led_to: set[str] = set()
        leading: set[str] = set()
        arcs = list(arcs)
        self._idle = {part for parts in graph.idle.values() for part in parts}
        self._shared = list(self._sharing(arcs, graph.idle))
        for source, target in arcs:
            self._after[self._out[source]].append(self._in[target])
            if wholes and (pair := self._siblings(source, target)):
                leading.add(pair[0])
                led_to.add(pair[1])
        for id_ in wholes:
            self._join(id_, led_to, leading)

    def _sharing(self, arcs: list[tuple[str, str]], idle: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Yield the arrows of parts that those beside them share which no arrow touches."""
        for source, target in arcs if idle else ():
            leaves, enters = self._above(source), self._above(target)
            for whole in leaves:
                if whole != target and whole not in enters:
                    yield from ((part, target) for part in idle.get(whole, ()))
            for whole in enters:
                if whole != source and whole not in leaves:
                    yield from ((source, part) for part in idle.get(whole, ()))

    def _siblings(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the two parts of one whole that an arrow joins, itself or what is inside them."""
        outer = {self._components[id_].parent: id_ for id_ in (target, *self._above(target))}
        for id_ in (source, *self._above(source)):
            other = outer.get(self._components[id_].parent)
            if other is not None:
                return (id_, other) if other != id_ and self._components[id_].parent else None
        return None

    def _join(self, whole: str, led_to: set[str], leading: set[str]) -> None:
        """Tie the two ends of a whole to its first and last parts."""
        parts = list(self._components[whole].components)
        first = [part for part in parts if part not in led_to] or parts
        last = [part for part in parts if part not in leading] or parts
        self._after[self._in[whole]] += [self._in[part] for part in first]
        for part in last:
            self._after[self._out[part]].append(self._out[whole])

    def _above(self, id_: str) -> list[str]:
        found = []
        while id_ := self._components[id_].parent:
            found.append(id_)
        return found

    @cached_property
    def _before(self) -> list[list[int]]:
        before: list[list[int]] = [[] for _ in self._ids]
        for node, targets in enumerate(self._after):
            for target in targets:
                before[target].append(node)
        return before

    def _nodes(self, ids: Iterable[str]) -> set[int]:
        """Return all nodes that stand for some components and what is inside them."""
        found: set[int] = set()
        for id_ in ids:
            found.update((self._in[id_], self._out[id_]))
            for part in self._components[id_].inside():
                found.update((self._in[part.id], self._out[part.id]))
        return found

    def _named(self, nodes: Iterable[int]) -> list[str]:
        """Return the components that nodes stand for, each once."""
        return list(dict.fromkeys(self._ids[node] for node in nodes))

    def reached(self, starts: Iterable[str], without: Collection[str] = (), backwards: bool = False) -> set[str]:
        """Return the ids that arrows lead to from some components, those included.

        Args:
            starts: Where to begin.
            without: Components that are not entered.
            backwards: Follow arrows against their direction.
        """
        edges = self._before if backwards else self._after
        starts = list(starts)
        begin, closed = self._nodes(starts), self._nodes(without)
        shared = [pair[::-1] for pair in self._shared] if backwards else self._shared
        enter, leave = (self._out, self._in) if backwards else (self._in, self._out)
        if shared:
            own = self._idle.intersection(each for id_ in starts for each in (id_, *self._above(id_)))
            begin.update(enter[end] for id_, end in shared if id_ in own)
        nodes = digraph.reach(edges, begin, closed)
        for id_, end in shared:
            if end in self._idle and leave[id_] in nodes:
                nodes |= self._nodes([end]) - closed
        found = set(self._named(nodes))
        return found.union(*(self._above(id_) for id_ in found)) if len(self._out) < len(self._ids) else found

    def way(self, starts: Iterable[str], goals: Iterable[str], without: Collection[str] = ()) -> list[str]:
        """Return the ids of a shortest way from some components to others, both ends included; empty if there is none.

        Args:
            starts: Where to begin.
            goals: Where to end.
            without: Components that are not entered.
        """
        closed = self._nodes(without)
        return self._named(digraph.shortest(self._after, self._nodes(starts), self._nodes(goals), closed))

    def ways(
        self, starts: Collection[str], goals: Iterable[str], without: Collection[str] = ()
    ) -> dict[str, list[str]]:
        """Return, for each start from which a way leads to a goal past all other starts, a shortest such way.

        Args:
            starts: Where to begin.
            goals: Where to end.
            without: Components that are not entered.
        """
        own = {id_: self._nodes([id_]) for id_ in starts}
        nodes = set().union(*own.values())
        after = digraph.towards(self._before, nodes, self._nodes(goals), self._nodes(without))
        found = {}
        for id_, begins in own.items():
            chains = sorted((len(chain), chain) for node in begins if len(chain := _chain(after, node)) > 1)
            if chains:
                found[id_] = self._named(chains[0][1])
        return found

    def circles(self) -> list[list[str]]:
        """Return the sets of components that all lead to one another, each in the order written."""
        found = [self._named(nodes) for nodes in digraph.components(self._after) if len(nodes) > 1]
        return [ids for ids in found if len(ids) > 1]

    def needed(self, starts: Iterable[str], goals: Iterable[str]) -> list[str]:
        """Return the ids that every way from some components to some others passes through, in the order passed.

        Starts and goals themselves are among them where there is only one; nothing is where no way leads there.

        Args:
            starts: Ids of components where ways begin.
            goals: Ids of those where they end.
        """
        root, end = len(self._after), len(self._after) + 1
        goal_nodes = self._nodes(goals)
        out = [[*targets, end] if node in goal_nodes else targets for node, targets in enumerate(self._after)]
        above = digraph.dominators([*out, sorted(self._nodes(starts)), []], root)
        passed: list[int] = []
        node = above[end]
        while node not in (root, -1):
            passed.append(node)
            node = above[node]
        return self._named(reversed(passed))


def _chain(after: Mapping[int, int], node: int) -> list[int]:
    """Return the nodes that follow one another from a node on; none where it leads nowhere."""
    chain = []
    while node in after:
        chain.append(node)
        node = after[node]
    return chain
