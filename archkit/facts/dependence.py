"""Request path and fallbacks → what a request cannot do without, and who waits for whom in a circle."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from archkit.catalog import LEARNED, SCORERS
from archkit.facts.serving import CALLERS, LOOKED_UP

if TYPE_CHECKING:
    from archkit.facts.graph import Graph, View
    from archkit.facts.requests import RequestPath
    from archkit.model.flows import Flow

_COMPUTE = LEARNED | CALLERS - {"entry"} | frozenset(
    ("query", "merger", "filter", "combiner", "calibrator", "reranker", "explorer", "post", "heuristic", "retriever")
) | frozenset(("guard", "citation", "tool", "action"))  # fmt: skip
"""Roles that work while somebody waits."""


class Dependence:
    """What an answer depends on.

    Attributes:
        view: Calls of the request path, with fallbacks as further ways: whoever calls something, or what it calls,
            may go to its fallback.
        ends: Where answers come from last.
    """

    def __init__(self, graph: Graph, path: RequestPath) -> None:
        self._graph = graph
        self._path = path
        self.view = self._view()
        last = [
            flow.source for flow in path.answers if graph.role(flow.target) == "entry" or flow.target in path.entries
        ]
        models = [id_ for id_ in path.order if graph.role(id_) in LEARNED]
        self.ends = list(dict.fromkeys(id_ for id_ in last if id_ not in path.entries)) or models

    def _view(self) -> View:
        calls = [flow for flow in self._graph.flows if flow.kind in ("sync", "fallback")]
        spare = {(flow.source, flow.target) for flow in calls if flow.kind == "fallback"}
        for id_, component in self._graph.components.items():
            spare.update((id_, other) for other in component.fallback if other in self._graph.components)
        callers: dict[str, list[str]] = {}
        for flow in calls:
            callers.setdefault(flow.target, []).append(flow.source)
        around = [(caller, other) for id_, other in sorted(spare) for caller in callers.get(id_, ())]
        return self._graph.view(calls, [*sorted(spare), *around])

    @cached_property
    def needed(self) -> list[str]:
        """What every way from a request to an answer passes through, in order; without where requests begin."""
        if not self._path or not self.ends:
            return []
        passed = self.view.needed(self._path.entries, self.ends)
        return [id_ for id_ in passed if id_ not in self._path.entries and not self._graph.components[id_].optional]

    @cached_property
    def asked(self) -> dict[str, Flow]:
        """What the needed ones ask besides: stores, indexes, tools and models that are on no way to the answer.

        Each comes with one arrow that says so.
        """
        found: dict[str, Flow] = {}
        for id_ in self.needed:
            for flow in self._path.reads.get(id_, ()):
                found.setdefault(flow.source, flow)
            for flow in self._graph.out[id_]:
                if flow.kind == "sync" and flow.traffic is None and self._is_asked(id_, flow.target):
                    found.setdefault(flow.target, flow)
        return {id_: flow for id_, flow in found.items() if id_ not in self.needed}

    def _is_asked(self, caller: str, id_: str) -> bool:
        role = self._graph.role(id_)
        return role in LOOKED_UP or (role in SCORERS and self._graph.role(caller) in ("service", "agent", "prompt"))

    def spared(self, id_: str) -> bool:
        """Return whether something else answers where a component fails, or the answer does without it."""
        component = self._graph.components[id_]
        return component.optional or bool(component.fallback) or any(f.kind == "fallback" for f in self._graph.out[id_])

    @cached_property
    def circles(self) -> list[list[Flow]]:
        """Circles of components that hand a request on to one another and so wait for themselves.

        An arrow back to a caller is an answer: one into a component that calls others and is called from outside the
        circle, and one of two that lead back and forth. An arrow with a bound (``at_most``) ends by itself.
        """
        role = self._graph.role
        flows = [
            flow
            for flow in self._graph.flows
            if flow.kind == "sync"
            and flow.at_most is None
            and role(flow.source) in _COMPUTE
            and role(flow.target) in _COMPUTE
        ]
        pairs = {(flow.source, flow.target) for flow in flows}
        flows = [flow for flow in flows if (flow.target, flow.source) not in pairs]
        return [circle for group in self._without_answers(flows) for circle in [self._shortest(group)] if circle]

    def _without_answers(self, flows: list[Flow]) -> list[list[Flow]]:
        """Return the flows of each set of components that lead to one another when answers are taken away."""
        found: list[list[Flow]] = []
        queue = [flows]
        for each in queue:
            for circle in self._graph.view(each).circles():
                members = set(circle)
                inner = [flow for flow in each if flow.source in members and flow.target in members]
                heads = {id_ for id_ in circle if self._is_head(id_, members)}
                rest = [flow for flow in inner if flow.target not in heads]
                if len(rest) == len(inner):
                    found.append(inner)
                else:
                    queue.append(rest)
        return found

    def _is_head(self, id_: str, circle: set[str]) -> bool:
        """Return whether a component calls others and is called from outside a circle, or by nobody else."""
        if self._graph.role(id_) not in CALLERS:
            return False
        outside = [flow for flow in self._graph.into[id_] if flow.source not in circle]
        return bool(outside) or id_ in self._path.entries

    def _shortest(self, flows: list[Flow]) -> list[Flow]:
        """Return one short circle of some flows, the flow that is written last at its end."""
        last = flows[-1]
        way = self._graph.view(flows).way([last.target], [last.source])
        by_ends = {(flow.source, flow.target): flow for flow in reversed(flows)}
        steps = [by_ends[pair] for pair in pairwise(way) if pair in by_ends]
        return [*steps, last]
