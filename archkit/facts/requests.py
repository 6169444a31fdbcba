"""Graph → the part of it that a caller waits for, as a graph without cycles."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.catalog import TYPES

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.components import Component
    from archkit.model.flows import Flow

NOT_WAITED_FOR = frozenset(
    ("stream", "feature_log", "prediction_log", "feedback_log", "monitor", "drift_monitor", "alert", "sink", "rollout")
) | frozenset(("control", "catalog", "secrets", "reviewer", "appeal", "report", "labeler"))
"""Roles that nobody waits for, even where the arrow to them is drawn as a request."""

RARE = Fraction(1, 100)
"""Arrows that carry a smaller share of traffic do not move the 99th percentile."""


class Hop(NamedTuple):
    """An arrow of the request path.

    Attributes:
        source: Who calls, or whose answer is awaited before the call.
        target: Who is called.
        flow: The arrow; None from a component into its own parts.
    """

    source: str
    target: str
    flow: Flow | None


class RequestPath:
    """What happens between a request and its answer.

    Arrows of kind sync are followed from the entries on, as far as components answer within the request. An arrow back
    to somebody who is waiting already, or to an entry, is an answer. Where one component calls several that answer to
    it, they work side by side, unless ``step`` numbers say that one follows another.

    Attributes:
        entries: Where requests begin.
        order: The components on the path, each after all that come before it.
        before: Component → the arrows of the path into it; none for entries.
        after: Component → the arrows of the path out of it.
        answers: Arrows back to a caller or an entry.
        reads: Component on the path → arrows into it from components that are not: stores and indexes that it reads.
        unordered: Components whose calls are taken to be side by side, because no step numbers say otherwise.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self._graph = graph
        self._components = graph.components
        architecture = blueprint.architecture
        self._ends = frozenset(architecture.responses) | frozenset(graph.with_role("entry"))
        self.entries = tuple(_entries(architecture.entry_points, graph))
        self.answers: list[Flow] = []
        hops, order = self._walk()
        self.unordered: tuple[str, ...] = ()
        self.order, self.before, self.after = self._sequence(hops, order)
        self.reads = self._reads()

    def __contains__(self, id_: str) -> bool:
        return id_ in self.before

    def __bool__(self) -> bool:
        return len(self.order) > 1

    def online(self, id_: str) -> bool:
        """Return whether a component answers within a request."""
        return _online(self._components[id_])

    def _waits(self, flow: Flow) -> bool:
        """Return whether a caller waits for what is at the end of an arrow."""
        if flow.kind != "sync" or flow.source == flow.target or flow.source not in self._components:
            return False
        if flow.traffic is not None and flow.traffic.value < RARE:
            return False
        target = self._components[flow.target]
        return _online(target) and TYPES[target.type].role not in NOT_WAITED_FOR

    def _calls(self, id_: str) -> Iterable[tuple[str, Flow | None]]:
        """Yield what a component calls: the targets of its arrows, else the first of its own parts."""
        flows = [flow for flow in self._graph.out[id_] if self._waits(flow)]
        if flows or not self._components[id_].components:
            return ((flow.target, flow) for flow in flows)
        inner = self._components[id_].components
        return (
            (part, None)
            for part in inner
            if _online(inner[part]) and not any(flow.source in inner for flow in self._graph.into[part])
        )

    def _walk(self) -> tuple[list[Hop], list[str]]:
        """Follow calls from the entries; return those that are no answers, and the components in order."""
        hops: list[Hop] = []
        done: list[str] = []
        state: dict[str, bool] = {}  # True while what follows is being walked
        for entry in self.entries:
            if entry in state:
                continue
            stack = [(entry, iter(self._calls(entry)))]
            state[entry] = True
            while stack:
                at, calls = stack[-1]
                step = next(calls, None)
                if step is None:
                    stack.pop()
                    state[at] = False
                    done.append(at)
                    continue
                target, flow = step
                if state.get(target) or target in self._ends or target in self.entries:
                    if flow is not None:
                        self.answers.append(flow)
                    continue
                hops.append(Hop(at, target, flow))
                if target not in state:
                    state[target] = True
                    stack.append((target, iter(self._calls(target))))
        return hops, done[::-1]

    def _sequence(
        self, hops: list[Hop], order: list[str]
    ) -> tuple[list[str], dict[str, list[Hop]], dict[str, list[Hop]]]:
        """Put calls of one component that are numbered one after the other, where that makes no circle."""
        known = set(order)
        returning: dict[str, list[Flow]] = {}
        for flow in self.answers:
            if flow.source in known and flow.target in known:
                returning.setdefault(flow.target, []).append(flow)
        ordered = [each for hop in hops for each in _after_answers(hop, returning)] if returning else hops
        chain = _sorted(order, ordered)
        if chain is None:
            ordered, chain = hops, order
        before: dict[str, list[Hop]] = {id_: [] for id_ in chain}
        after: dict[str, list[Hop]] = {id_: [] for id_ in chain}
        for hop in ordered:
            before[hop.target].append(hop)
            after[hop.source].append(hop)
        self.unordered = tuple(
            id_
            for id_ in chain
            if id_ not in self.entries
            and sum(any(hop.source == id_ for hop in before[flow.source]) for flow in returning.get(id_, ())) > 1
        )
        return chain, before, after

    def _reads(self) -> dict[str, list[Flow]]:
        found: dict[str, list[Flow]] = {}
        spare = {flow.target for flow in self._graph.flows if flow.kind == "fallback"}
        spare.update(id_ for component in self._components.values() for id_ in component.fallback)
        for id_ in self.order:
            flows = [flow for flow in self._graph.into[id_] if flow.source not in spare and self._is_read(flow)]
            if flows and id_ not in self.entries:
                found[id_] = flows
        return found

    def _is_read(self, flow: Flow) -> bool:
        """Return whether an arrow comes from something that is asked for data, and called by nobody on the path."""
        source = flow.source
        if source in self.before or not self._waits(flow) or not self.online(source):
            return False
        if self._graph.role(source) in NOT_WAITED_FOR or self._graph.role(source) in ("fallback", "entry"):
            return False
        return not any(call.kind == "sync" and call.source in self.before for call in self._graph.into[source])


def _online(component: Component) -> bool:
    return (component.tier or TYPES[component.type].tier) in ("online", "")


def _entries(written: tuple[str, ...], graph: Graph) -> list[str]:
    """Return where requests begin: as written, else callers, else whoever calls and is not called."""
    known = [id_ for id_ in written if id_ in graph.components]
    if known:
        return known
    calling = [id_ for id_ in graph.components if any(flow.kind == "sync" for flow in graph.out[id_])]
    callers = [id_ for id_ in calling if graph.role(id_) == "entry" and _online(graph.components[id_])]
    if callers:
        return callers
    return [
        id_
        for id_ in calling
        if (graph.role(id_) in ("gateway", "service") or graph.components[id_].type in ("sensor", "microphone"))
        and not any(flow.kind == "sync" for flow in graph.into[id_])
    ]


def _after_answers(hop: Hop, returning: dict[str, list[Flow]]) -> list[Hop]:
    """Return a call as one that follows the answers before it, where step numbers say so."""
    flow = hop.flow
    if flow is None or flow.step is None:
        return [hop]
    steps = [(answer.step, answer.source) for answer in returning.get(hop.source, ()) if answer.step is not None]
    last = max((step for step, _ in steps if step < flow.step), default=None)
    if last is None:
        return [hop]
    return [Hop(source, hop.target, flow) for step, source in steps if step == last and source != hop.target]


def _sorted(order: list[str], hops: list[Hop]) -> list[str] | None:
    """Return ids so that every hop leads forwards, near their order; None where hops make a circle."""
    into = dict.fromkeys(order, 0)
    out: dict[str, list[str]] = {id_: [] for id_ in order}
    for hop in hops:
        into[hop.target] += 1
        out[hop.source].append(hop.target)
    ready = [id_ for id_ in order if not into[id_]]
    found: list[str] = []
    for id_ in ready:
        found.append(id_)
        for target in out[id_]:
            into[target] -= 1
            if not into[target]:
                ready.append(target)
    return found if len(found) == len(order) else None
