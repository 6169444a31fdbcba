"""Offline metrics → what each of them judges: components, models, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Input, given
from archkit.facts.metrics import Named, named

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.labels import Labels
    from archkit.model.evaluation import OfflineMetric

RETRIEVAL = frozenset(("candidate_source", "index", "retriever"))
"""Roles of stages that choose a few items out of very many."""

_TASKS = {
    "candidate_source": "retrieval", "index": "retrieval", "retriever": "retrieval", "merger": "retrieval",
    "light_predictor": "ranking", "reranker": "ranking", "encoder": "representation learning",
}  # fmt: skip


class Judged(NamedTuple):
    """An offline metric with what it judges.

    Attributes:
        metric: As written.
        named: What its name says.
        parts: Ids of the components that it judges, with all that is inside them; empty where it judges the whole.
        models: Ids of the models that it judges; empty where it judges the whole.
        tasks: The tasks that it may be meant for; empty where that is not known.
    """

    metric: OfflineMetric
    named: Named
    parts: frozenset[str]
    models: frozenset[str]
    tasks: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it names no stage."""
        return not self.metric.stage

    @property
    def k(self) -> Input | None:
        """How many results count: as the record says, else as the name does."""
        return given(self.metric, "k", "k")

    @property
    def kind(self) -> str:
        """The kind of metric, or an empty text where it is not known."""
        return self.named.metric.kind if self.named.metric is not None else ""

    @property
    def title(self) -> str:
        """What the field calls it, or an empty text where it is not known."""
        return self.named.metric.title if self.named.metric is not None else ""


class Judging:
    """The offline metrics of a blueprint.

    Args:
        blueprint: The design.
        graph: Its components and arrows.
        labels: Its labels and who learns them.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph, labels: Labels) -> None:
        self._blueprint = blueprint
        self._graph = graph
        self._labels = labels

    @cached_property
    def metrics(self) -> tuple[Judged, ...]:
        """All offline metrics, in the order written."""
        return tuple(self._judged(metric) for metric in self._blueprint.evaluation.offline.values())

    def _judged(self, metric: OfflineMetric) -> Judged:
        parts = frozenset(self._parts(metric.stage))
        components = self._graph.components
        models = {id_ for id_ in metric.stage if id_ in self._blueprint.model.models}
        models.update(self._run(parts))
        runners = {id_ for id_ in components if models.intersection(components[id_].serves)}
        tasks = self._of_stage(parts or runners, models) if metric.stage else self._of_all()
        return Judged(metric, named(metric.id), parts, frozenset(models), tasks)

    def _run(self, parts: Iterable[str]) -> Iterator[str]:
        for id_ in parts:
            component = self._graph.components[id_]
            yield from component.serves
            if component.encoder:
                yield component.encoder

    def _parts(self, stages: Iterable[str]) -> Iterator[str]:
        """Yield the components that stages name, with what is inside them and inside groups."""
        groups = self._blueprint.architecture.groups
        waiting, seen = list(stages), set()
        while waiting:
            id_ = waiting.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            if id_ in self._graph.components:
                yield id_
                waiting += self._graph.components[id_].components
            elif id_ in groups:
                waiting += groups[id_].members

    def _of_stage(self, parts: Iterable[str], models: Iterable[str]) -> tuple[str, ...]:
        """Return the tasks of a stage, and that of the system with them; none where no task of the stage is known."""
        found = [task for id_ in parts if (task := self._task(id_))]
        for id_ in models:
            if id_ in self._blueprint.model.models:
                found += self._of_model(id_)
        whole = self._blueprint.framing.task
        return tuple(dict.fromkeys([*found, *filter(None, [whole])])) if found else ()

    def _task(self, id_: str) -> str:
        if self._graph.components[id_].type == "ranker":
            return "ranking"
        return _TASKS.get(self._graph.role(id_), "")

    def _of_model(self, id_: str) -> list[str]:
        """Return the task of a model, and regression where one of its labels is an amount."""
        task = self._labels.task(self._blueprint.model.models[id_])
        found = [task] if task else []
        known = self._blueprint.data.labels
        for learner in self._labels.learners:
            if learner.model.id == id_ and any(
                name in known and self._labels.target(known[name]) == "amount" for name in learner.labels
            ):
                found.append("regression")
        return found

    def _of_all(self) -> tuple[str, ...]:
        """Return the tasks of the system and of all its models; none where those of some models are not known."""
        models = self._blueprint.model.models
        found = [self._blueprint.framing.task] if self._blueprint.framing.task else []
        for id_ in models:
            tasks = self._of_model(id_)
            if not tasks and len(models) > 1:
                return ()
            found += tasks
        return tuple(dict.fromkeys(found))

    def rates(self, judged: Judged) -> list[Input]:
        """Return the shares of positives of the labels that a metric is about: of its models, else of all."""
        labels = self._blueprint.data.labels
        about = {
            name for learner in self._labels.learners if learner.model.id in judged.models for name in learner.labels
        }
        found = [
            given(label, "positive_rate", f"share of positives of `{id_}`")
            for id_, label in labels.items()
            if not about or id_ in about
        ]
        return [one for one in found if one is not None]
