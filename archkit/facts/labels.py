"""Labels, models and heads → who learns what, from which examples, and when the answer is known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.diagnostics import Note
from archkit.facts.derived import Input, given
from archkit.facts.words import begins, mentions, words
from archkit.model.framing import TASKS

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.data import Label, Sampling
    from archkit.model.flows import Flow
    from archkit.model.modelling import Head, Model, Training
    from archkit.shapes.record import Record
    from archkit.source import Span

_PERCENTILES = ("p95", "p99", "p999", "max", "p50", "mean")

_AMOUNTS = (
    "seconds", "minutes", "hours", "days", "price", "amount", "number", "count", "time", "duration", "distance",
    "temperature", "demand", "revenue", "rating", "dollars", "how long", "how many", "how much", "metres", "sales",
)  # fmt: skip
_PARTS = ("share", "fraction", "ratio", "rate", "percentage", "probability", "score")

_MEASURING = ("regression", "forecasting")
"""Tasks that predict an amount."""

_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("retrieval", ("candidate gen", "candidate sel", "candidate ret", "retriev", "two tower")),
    ("ranking", ("rank", "re rank")),
)
"""Tasks by how words in a model's role begin."""


_TIMELESS = frozenset(("human", "synthetic", "self-supervised"))
"""Kinds of labels whose answer does not hang on what happens later, however long it takes to get it."""


_HANDING_ON = frozenset(("filter", "calibrator", "merger", "combiner", "reranker", "post", "router", "service"))
"""Roles of components that may hand on the scores of others."""


class Learner(NamedTuple):
    """A model, or one head of it, that learns something.

    Attributes:
        model: The model.
        head: Its head; None where it has no heads, or shares one loss among them.
        labels: The ids of the labels it learns, as far as that is written.
    """

    model: Model
    head: Head | None
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it: ``ranker``, or ``ranker.like``."""
        return self.model.id if self.head is None else f"{self.model.id}.{self.head.id}"

    @property
    def loss(self) -> str:
        """Its loss as written; the model's where a head has none of its own."""
        return (self.head.loss if self.head is not None else "") or self.model.loss

    @property
    def loss_span(self) -> Span:
        """Where the loss is written."""
        return self.head.at("loss") if self.head is not None and self.head.loss else self.model.at("loss")

    @property
    def calibration(self) -> str:
        """How its output becomes a probability, as written."""
        return (self.head.calibration if self.head is not None else "") or self.model.calibration


class Labels:
    """The labels of a blueprint with those who learn them.

    Args:
        blueprint: The design.
        graph: Its components and arrows.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self.blueprint = blueprint
        self.graph = graph

    @cached_property
    def learners(self) -> tuple[Learner, ...]:
        """All models without heads, and all heads."""
        return tuple(learner for model in self.blueprint.model.models.values() for learner in self._learners(model))

    def _learners(self, model: Model) -> Iterator[Learner]:
        known = self.blueprint.data.labels
        if not model.heads:
            alone = len(known) == 1 and len(self.blueprint.model.models) == 1
            yield Learner(model, None, model.label or (tuple(known) if alone else ()))
        for head in model.heads.values():
            named = head.label or (head.id if head.id in known else "")
            yield Learner(model, head, (named,) if named else ())

    @cached_property
    def by_model(self) -> dict[str, list[Learner]]:
        """Learners by the id of each model."""
        found: dict[str, list[Learner]] = {}
        for learner in self.learners:
            found.setdefault(learner.model.id, []).append(learner)
        return found

    @cached_property
    def by_label(self) -> dict[str, list[Learner]]:
        """Learners by the id of each label."""
        found: dict[str, list[Learner]] = {id_: [] for id_ in self.blueprint.data.labels}
        for learner in self.learners:
            for id_ in learner.labels:
                found.setdefault(id_, []).append(learner)
        return found

    def target(self, label: Label) -> str:
        """Return what a label is: ``yes or no``, ``amount``, ``one of several``, or nothing where one cannot know."""
        if label.has("value") + label.has("positive") + label.has("classes") != 1:
            return ""
        if label.positive:
            return "yes or no"
        if label.classes:
            return "one of several" if len(label.classes) > 2 else "yes or no"
        amount = mentions(label.value, *_AMOUNTS) or self._measured(label)
        return "amount" if amount and not mentions(label.value, *_PARTS) else ""

    def _measured(self, label: Label) -> bool:
        """Return whether the task makes a label an amount; a classifier beside it has a task of its own."""
        models = [learner.model for learner in self.by_label.get(label.id, ())]
        others = any(begins(m.role, "classif") or self.task(m) not in ("", *_MEASURING) for m in models)
        return self.blueprint.framing.task in _MEASURING and not others

    # when the answer is known

    def delay(self, label: Label) -> Input | None:
        """Return the delay of a label: its 95th percentile, or the one that is written instead."""
        for name in _PERCENTILES:
            found = given(label.delay, name, f"{name} of the delay of `{label.id}`")
            if found is not None:
                return found
        return None

    def watermark(self, label: Label) -> Input | None:
        """Return how long training waits for a label before it closes an example."""
        found = given(label, "watermark", f"watermark of `{label.id}`")
        if found is not None:
            return found
        learners = {learner.model.id for learner in self.by_label[label.id]}
        for training in self.trainings:
            if not training.models or not learners or learners.intersection(training.models):
                found = given(training, "watermark", "watermark of the training")
                if found is not None:
                    return found
        return None

    @cached_property
    def trainings(self) -> tuple[Training, ...]:
        """All trainings that are written."""
        model = self.blueprint.model
        return tuple(training for training in (model.training, *model.trainings.values()) if training)

    @cached_property
    def time_order(self) -> tuple[Note, ...]:
        """What shows that examples have an order in time, each with its place; nothing where nothing does."""
        blueprint = self.blueprint
        found = []
        if blueprint.framing.task == "forecasting":
            found.append(Note("a forecast is about the future", blueprint.framing.at("task")))
        for label in blueprint.data.labels.values():
            source = blueprint.data.sources.get(label.source)
            if label.kind in ("implicit", "natural"):
                found.append(Note(f"`{label.id}` is what happened after a prediction", label.at("kind")))
            elif label.window is not None and label.window.value > 0 and label.kind not in _TIMELESS:
                found.append(
                    Note(f"`{label.id}` counts events of {label.window} after a prediction", label.at("window"))
                )
            elif source is not None and source.kind in ("stream", "log") and not label.kind:
                found.append(Note(f"`{source.id}` is a {source.kind} of events", source.at("kind")))
        return tuple(found)

    def longest_window(self) -> Input | None:
        """Return the longest time after a prediction in which events still make a label."""
        labels = (one for one in self.blueprint.data.labels.values() if one.kind not in _TIMELESS)
        windows = (given(one, "window", f"window of `{one.id}`") for one in labels)
        return max((one for one in windows if one is not None), key=lambda one: one.value, default=None)

    # which examples are used

    def samplings(self, label: Label) -> tuple[Sampling, ...]:
        """Return all that is written about which examples of a label are used."""
        models = {learner.model.id: learner.model for learner in self.by_label[label.id]}
        holders: list[Record] = [label, self.blueprint.data, *models.values()]
        holders += [one for one in self.trainings if not one.models or set(models).intersection(one.models)]
        found: list[Sampling] = [holder.sampling for holder in holders]  # type: ignore[attr-defined]
        return tuple(sampling for sampling in found if sampling)

    # what a score is used for

    @cached_property
    def bids(self) -> dict[str, Flow]:
        """The arrow on which the scores of each model set out for an auction, by the model's id.

        Filters and the like may stand in between, as far as they hand scores on.
        """
        components = self.graph.components
        found: dict[str, Flow] = {}
        seen = {id_ for id_, one in components.items() if one.type == "auction" and not one.guessed}
        waiting = list(seen)
        while waiting:
            for flow in self.graph.into[waiting.pop()]:
                if flow.kind not in ("sync", "async", "stream", "batch"):
                    continue
                for model in components[flow.source].serves:
                    found.setdefault(model, flow)
                if flow.source not in seen and self.graph.role(flow.source) in _HANDING_ON:
                    seen.add(flow.source)
                    waiting.append(flow.source)
        return found

    def by_size(self, model: Model) -> bool:
        """Return whether the size of a model's score counts, and not only the order it makes.

        It counts where scores are added up, multiplied with bids or compared with a threshold.
        """
        added = len(model.heads) > 1 and (
            model.has("combine") or any(h.has("score_weight") for h in model.heads.values())
        )
        return added or model.has("threshold") or model.id in self.bids

    # what a model is for

    def task(self, model: Model) -> str:
        """Return the task that a model is trained for, one of ``framing.task``, or nothing where one cannot know.

        A model with a role has the task that the role names; the system's task is that of its only model.
        """
        whole = self.blueprint.framing.task
        role = words(model.role)
        if role == "  ":
            return whole if len(self.blueprint.model.models) == 1 else ""
        named = next((task for task in TASKS if words(task) == role), "") or mentions(model.role, *_LONG)
        if named:
            return named
        for task, stems in _ROLES:
            if begins(model.role, *stems):
                return task
        return whole if words(whole).strip().split()[-1:] == role.split()[-1:] else ""


_LONG = tuple(task for task in TASKS if " " in task)
"""Tasks of more than one word, which stand for nothing else wherever they are written."""
