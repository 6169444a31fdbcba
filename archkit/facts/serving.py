"""Graph → which components predict for somebody, who asks them, and where an answer gets lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.catalog import LEARNED
from archkit.facts.graph import SERVING, View

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.flows import Flow

CALLERS = frozenset(("entry", "gateway", "service", "router", "agent", "prompt", "experiment"))
"""Roles that call others and wait for what they say."""

LOOKED_UP = frozenset(
    (
        "index",
        "feature_store",
        "store",
        "graph_store",
        "cache",
        "prediction_store",
        "tool",
        "third_party",
        "source",
        "llm",
    )
)
"""Roles that answer to whoever asks, even where only the question is drawn."""

_SILENT = frozenset(
    ("stream", "feature_log", "prediction_log", "feedback_log", "monitor", "drift_monitor", "alert", "sink", "rollout")
) | frozenset(("control", "catalog", "secrets", "compute", "trainer", "tuner", "dataset", "labeler", "registry"))
"""Roles that take something and do not answer."""

_PASSIVE = frozenset(
    ("index", "feature_store", "store", "graph_store", "cache", "prediction_store", "registry", "trainer", "control")
)
"""Roles that start nothing by themselves."""

_ORIGINS = frozenset(("entry", "source", "store", "graph_store", "stream", "third_party", "report", "feature_store"))
_ENDS = frozenset(("entry", "action", "prediction_store", "reviewer", "third_party", "alert", "tool"))
_BATCH_ENDS = _ENDS | {"store", "graph_store", "stream", "sink", "cache", "index"}
_LEARNING = ("trainer", "tuner", "dataset", "labeler", "splitter", "sampler", "eval_set", "evaluator", "gate")


class Serving:
    """Predictions on their way from a question, or from data, to whoever uses them.

    Attributes:
        view: Arrows of requests, data and answers, with the answers that a call brings back without an arrow.
        askers: Where questions begin.
        ends: Where answers end when somebody has asked.
        models: Components that make predictions: learned ones, else indexes and retrievers.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self._graph = graph
        architecture = blueprint.architecture
        flows = [flow for flow in graph.flows if flow.kind in SERVING]
        self.view = graph.view(flows, ((flow.target, flow.source) for flow in flows if self.answered(flow)))
        written = [id_ for id_ in architecture.entry_points if id_ in graph.components]
        self.askers = written or [id_ for id_ in graph.components if self._asks(id_)]
        ends = {id_ for id_ in graph.components if graph.role(id_) in _ENDS or self._is_sink(id_)}
        self.ends = ends.union(self.askers, (id_ for id_ in architecture.responses if id_ in graph.components))
        self.models = graph.with_role(*LEARNED) or graph.with_role("index", "retriever")

    def _asks(self, id_: str) -> bool:
        role = self._graph.role(id_)
        leaves = any(flow.kind in SERVING for flow in self._graph.out[id_])
        enters = any(flow.kind in SERVING for flow in self._graph.into[id_])
        return leaves and (role == "entry" or (role == "gateway" and not enters))

    def _is_sink(self, id_: str) -> bool:
        return "sink" in self._graph.components[id_].boundary

    def answered(self, flow: Flow) -> bool:
        """Return whether an answer comes back along an arrow without an arrow of its own.

        It does from something that is looked up, and to something that calls others, unless what is called hands the
        request on by itself, as stages of a pipeline do.
        """
        source, target = self._graph.role(flow.source), self._graph.role(flow.target)
        if flow.kind == "fallback":
            return True
        if flow.kind != "sync" or target in _SILENT:
            return False
        return target in LOOKED_UP or (source in CALLERS and (target in CALLERS or not self._hands_on(flow)))

    def _hands_on(self, flow: Flow) -> bool:
        """Return whether the target of an arrow passes what it is given to somebody else than the source."""
        return not self._further[flow.target] <= {flow.source}

    @cached_property
    def _further(self) -> dict[str, set[str]]:
        """For each component, whom it passes something to, without what it looks up or only tells."""
        further: dict[str, set[str]] = {id_: set() for id_ in self._graph.components}
        for flow in self._graph.flows:
            passes = flow.kind in SERVING and flow.kind != "fallback"
            if passes and self._graph.role(flow.target) not in LOOKED_UP | _SILENT:
                further[flow.source].add(flow.target)
        return further

    @cached_property
    def asked(self) -> set[str]:
        """What questions reach."""
        return self._graph.view(self._request_flows).reached(self.askers)

    @cached_property
    def fed(self) -> set[str]:
        """What questions or data reach."""
        origins = [id_ for id_ in self._graph.components if self._graph.role(id_) in _ORIGINS]
        sources = [id_ for id_, component in self._graph.components.items() if "source" in component.boundary]
        return self.view.reached([*self.askers, *origins, *sources])

    @cached_property
    def used(self) -> set[str]:
        """What leads to somebody who uses it, past everything that serves learning, and not by its fallback."""
        return self._answers.reached(self.ends, backwards=True)

    @cached_property
    def served(self) -> list[str]:
        """Models whose predictions are used, in the order written; not those that only label examples for others."""
        used = self.used | self.batch_used
        return [id_ for id_ in self.models if id_ in used]

    @cached_property
    def batch_used(self) -> set[str]:
        """What leads to a place where predictions wait for those who use them."""
        ends = [id_ for id_ in self._graph.components if self._graph.role(id_) in _BATCH_ENDS]
        return self._answers.reached([*ends, *self.ends], backwards=True)

    @cached_property
    def unasked(self) -> list[str]:
        """Models within the request that nothing calls and nothing triggers: they read and deliver, but never start."""
        role, into = self._graph.role, self._graph.into
        return [
            id_
            for id_ in self.models
            if self._graph.tier(id_) != "offline"
            and id_ not in self.asked
            and all(role(flow.source) in _PASSIVE for flow in into[id_] if flow.kind not in ("deploy", "control"))
            and not self._graph.components[id_].parent
            and not self._graph.components[id_].boundary
        ]

    @cached_property
    def _request_flows(self) -> list[Flow]:
        """The arrows of requests and answers that touch nothing which only serves learning."""
        role = self._graph.role
        return [
            flow
            for flow in self._graph.flows
            if flow.kind in SERVING and role(flow.source) not in _LEARNING and role(flow.target) not in _LEARNING
        ]

    @cached_property
    def _answers(self) -> View:
        flows = self._request_flows
        back = ((flow.target, flow.source) for flow in flows if self.answered(flow))
        return self._graph.view((flow for flow in flows if flow.kind != "fallback"), back)

    @cached_property
    def lost(self) -> str:
        """Where the way of a question to a prediction, and of that to its user, ends; "" where one leads through.

        It is the last component on the way to nobody, or the first on the way to a model that nobody asks or feeds.
        """
        if not self.models:
            return ""
        reached = [id_ for id_ in self.models if id_ in self.asked]
        good = self.used
        if not reached:
            reached = [id_ for id_ in self.models if id_ in self.fed]
            good = self.batch_used
        if not reached:
            return self._far(self.models[0], backwards=True)
        return "" if any(id_ in good for id_ in reached) else self._far(reached[0], backwards=False)

    def _far(self, id_: str, backwards: bool) -> str:
        """Return where the way from a model, or back from it, ends."""
        edges = self._graph.into if backwards else self._graph.out
        seen = {id_}
        while True:
            kinds = SERVING - {"fallback"}
            ends = [flow.source if backwards else flow.target for flow in edges[id_] if flow.kind in kinds]
            further = [end for end in ends if end not in seen and self._graph.role(end) not in _SILENT]
            if not further:
                return id_
            id_ = further[0]
            seen.add(id_)
