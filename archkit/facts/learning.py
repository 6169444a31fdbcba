"""Graph → the way of a model: from data over training, checks and registry to where it serves, and back as feedback."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.catalog import DATA_ORIGINS, LEARNED
from archkit.facts.graph import MODEL

if TYPE_CHECKING:
    from archkit.facts.graph import Graph
    from archkit.facts.serving import Serving
    from archkit.model.flows import Flow

CHECKS = frozenset(("gate", "evaluator", "reviewer"))
"""Roles that a new model has to pass."""

WATCHERS = frozenset(("monitor", "drift_monitor", "alert", "experiment", "compute", "catalog", "secrets", "rollout"))
"""Roles whose arrows into training say when, not from what."""

_CARRIERS = frozenset(("registry", "trainer", "control", "rollout", "optimizer"))
"""Roles that hand on a model as it is; files of models in object stores do so too."""

_DOWNLOADS = ("object_store", "cdn")

_PREPARATION = frozenset(
    (
        "labeler",
        "dataset",
        "splitter",
        "sampler",
        "processor",
        "feature_job",
        "fitter",
        "data_gate",
        "optimizer",
        "other",
    )
)
"""Roles between data and a trainer, or between a trainer and the checks."""

_FED_DIRECTLY = LEARNED | {"index", "service", "gateway", "router", "entry"}


class Learning:
    """Models on their way from data into service.

    Attributes:
        trainers: Components that fit models, in the order written.
        registries: Components that keep versions of models, in the order written.
    """

    def __init__(self, graph: Graph, serving: Serving) -> None:
        self._graph = graph
        self._serving = serving
        self.trainers = graph.with_role("trainer")
        self.registries = graph.with_role("registry")

    @cached_property
    def fed(self) -> set[str]:
        """What data lead to, straight or by way of labels, features and data sets."""
        role = self._graph.role
        flows = [
            flow
            for flow in self._graph.flows
            if flow.kind not in ("control", "deploy", "mirror") and role(flow.source) not in WATCHERS | {"control"}
        ]
        written = [id_ for id_, component in self._graph.components.items() if "source" in component.boundary]
        return self._graph.view(flows).reached([*self._graph.with_role(*DATA_ORIGINS), *written])

    @cached_property
    def kept(self) -> set[str]:
        """What leads to a registry."""
        flows = [flow for flow in self._graph.flows if flow.kind in MODEL]
        return self._graph.view(flows).reached(self.registries, backwards=True)

    @cached_property
    def complete(self) -> list[str]:
        """Trainers that data lead to and that lead to a registry."""
        return [id_ for id_ in self.trainers if id_ in self.fed and id_ in self.kept]

    @cached_property
    def gap(self) -> tuple[str, str, str] | None:
        """Where the way from data over a trainer to a registry is broken; None where one leads through.

        Returns:
            The trainer, the end of the part of the way that is there, and ``data`` or ``registry``: what is missing.
        """
        if self.complete or not self.trainers:
            return None
        trainer = next((id_ for id_ in self.trainers if id_ in self.fed), self.trainers[0])
        if trainer not in self.fed:
            return trainer, self._far(trainer, backwards=True), "data"
        return trainer, self._far(trainer, backwards=False), "registry"

    def _far(self, id_: str, backwards: bool) -> str:
        """Return where the way from a component through what only serves learning ends."""
        edges = self._graph.into if backwards else self._graph.out
        seen = {id_}
        while True:
            ends = [flow.source if backwards else flow.target for flow in edges[id_] if flow.kind in MODEL]
            further = [end for end in ends if end not in seen and self._graph.role(end) in _PREPARATION | CHECKS]
            if not further:
                return id_
            id_ = further[0]
            seen.add(id_)

    @cached_property
    def delivered(self) -> set[str]:
        """What a registry delivers models to, straight or by way of deployment, checks and copies."""
        return self._delivered(self.registries)

    @cached_property
    def trained(self) -> set[str]:
        """What training delivers models to, with or without a registry."""
        return self._delivered(self.trainers)

    def _delivered(self, starts: list[str]) -> set[str]:
        carriers = self._carriers(_CARRIERS | CHECKS | {"other"})
        flows = [
            flow for flow in self._graph.flows if flow.source in carriers and flow.kind not in ("fallback", "mirror")
        ]
        found = self._graph.view(flows).reached(starts)
        for flow in flows:
            if flow.source in found:
                found.update(part.id for part in self._graph.components[flow.target].inside())
        arms: dict[str, list[str]] = {}
        for flow in self._graph.flows:
            if flow.traffic is not None:
                arms.setdefault(flow.source, []).append(flow.target)
        for targets in arms.values():
            if not found.isdisjoint(targets):
                found.update(targets)
        return found

    @cached_property
    def unchecked(self) -> list[list[str]]:
        """Shortest ways from trainers to models in service that pass no check, one at most for each; ids in order."""
        carriers = self._carriers(_CARRIERS)
        view = self._graph.view(flow for flow in self._graph.flows if flow.kind in MODEL and flow.source in carriers)
        checks = [*self._graph.with_role(*CHECKS), *(id_ for id_ in self.registries if self._checks_its_own(id_))]
        goals = [id_ for id_ in self._serving.served if self._graph.role(id_) in LEARNED]
        starts = [id_ for id_ in self.trainers if self._graph.components[id_].type != "local_trainer"]
        return list(view.ways(starts, goals, checks).values()) if goals and starts else []

    def _carriers(self, roles: frozenset[str]) -> set[str]:
        """Return the components that hand on models: those with some roles, and what models are downloaded from."""
        components = self._graph.components
        return {id_ for id_ in components if self._graph.role(id_) in roles or components[id_].type in _DOWNLOADS}

    def _checks_its_own(self, registry: str) -> bool:
        """Return whether a registry hands models to a check and takes them back."""
        role = self._graph.role
        checks = [flow.source for flow in self._graph.into[registry] if role(flow.source) in CHECKS]
        if not checks:
            return False
        flows = [flow for flow in self._graph.flows if role(flow.source) in CHECKS | {"registry", "optimizer"}]
        return not self._graph.view(flows).reached([registry]).isdisjoint(checks)

    @cached_property
    def loop(self) -> list[str]:
        """The components of a circle of training and service: what is served becomes what is learned from; or none."""
        flows = [flow for flow in self._graph.flows if self._feeds(flow)]
        answers = [(flow.target, flow.source) for flow in flows if self._serving.answered(flow)]
        trainers, served = set(self.trainers), set(self._serving.served)
        for circle in self._graph.view(flows, answers).circles():
            if not trainers.isdisjoint(circle) and not served.isdisjoint(circle):
                return circle
        return []

    def _feeds(self, flow: Flow) -> bool:
        """Return whether a flow can be part of the feedback loop: it carries data or models, and is no mere command."""
        role = self._graph.role
        if flow.kind in ("mirror", "fallback") or role(flow.source) in WATCHERS - {"rollout"}:
            return False
        if flow.kind == "control" or role(flow.source) in ("control", "rollout"):
            return role(flow.target) in _FED_DIRECTLY
        return True
