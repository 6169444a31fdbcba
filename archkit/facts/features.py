"""Features, models and components → which feature is used where, while training and while serving."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.places import entry_at
from archkit.facts.sides import side_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.components import Component
    from archkit.model.data import Feature
    from archkit.model.modelling import Model
    from archkit.shapes.record import Record
    from archkit.source import Span

Key = tuple[str, str]
"""The group and name of a feature."""

_NOT_SERVING = frozenset(
    ("trainer", "tuner", "dataset", "splitter", "sampler", "evaluator", "gate", "registry", "optimizer", "index",
     "drift_monitor", "catalog", "store", "eval_set")
)  # fmt: skip
"""Roles of components that may name a model without running it."""


class Use(NamedTuple):
    """Where something is said to use a feature.

    Attributes:
        who: The id of the component or model.
        span: The entry that names the feature or its group.
        direct: Whether the feature itself is named, and not its group.
    """

    who: str
    span: Span
    direct: bool


class Uses(NamedTuple):
    """The features of one model on both sides.

    Attributes:
        model: The model.
        trained: Features it is said to learn from.
        trained_whole: Whether all of them are known.
        served: Features that the components which run it read.
        served_whole: Whether each of those components says which features it reads.
        runners: Those components.
    """

    model: Model
    trained: dict[Key, Use]
    trained_whole: bool
    served: dict[Key, Use]
    served_whole: bool
    runners: tuple[Component, ...]


class Features:
    """The features of a blueprint and their uses.

    Args:
        blueprint: The design.
        graph: Its components and arrows.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self.blueprint = blueprint
        self.graph = graph

    @cached_property
    def all(self) -> dict[Key, Feature]:
        """All features by group and name, in the order written."""
        groups = self.blueprint.data.features
        return {(group, name): feature for group, inner in groups.items() for name, feature in inner.items()}

    @cached_property
    def _names(self) -> dict[str, tuple[Key, ...]]:
        """What each name may stand for: a group, ``group.name``, or all features of a name."""
        found: dict[str, list[Key]] = {}
        for group, name in self.all:
            for called in dict.fromkeys((group, name, f"{group}.{name}")):
                found.setdefault(called, []).append((group, name))
        return {name: tuple(keys) for name, keys in found.items()}

    def named(self, name: str) -> tuple[Key, ...]:
        """Return the features that a name in a blueprint stands for; none where it names something else."""
        return self._names.get(name, ())

    def side(self, key: Key) -> str:
        """Return whom a feature describes; see ``archkit.facts.sides``."""
        return "cross" if self.all[key].type == "cross" else side_of(key[0])

    def uses(self, record: Record, field: str) -> dict[Key, Use]:
        """Return the features that a list in a record names, with the places.

        Args:
            record: Where the list is written.
            field: Its Python name.
        """
        found: dict[Key, Use] = {}
        for number, name in enumerate(getattr(record, field)):
            span = entry_at(record, number, field)
            for key in self.named(name):
                found.setdefault(key, Use(record.id, span, key[0] != name))
        return found

    # by whom

    @cached_property
    def computed_by(self) -> dict[Key, tuple[Component, ...]]:
        """The components that compute each feature, as both say it."""
        found: dict[Key, dict[str, None]] = {}
        for key, feature in self.all.items():
            found[key] = dict.fromkeys(id_ for id_ in feature.computed_by if id_ in self.graph.components)
        for id_, component in self.graph.components.items():
            for key in self.uses(component, "computes"):
                found[key][id_] = None
        return {key: tuple(self.graph.components[id_] for id_ in ids) for key, ids in found.items()}

    @cached_property
    def by_model(self) -> dict[str, Uses]:
        """The features of each model on both sides, by the model's id."""
        trainers: dict[str, list[Component]] = {}
        runners: dict[str, list[Component]] = {}
        for id_, component in self.graph.components.items():
            for model in component.trains:
                trainers.setdefault(model, []).append(component)
            if self.graph.role(id_) not in _NOT_SERVING:
                for model in dict.fromkeys((*component.serves, *filter(None, (component.encoder,)))):
                    runners.setdefault(model, []).append(component)
        return {
            id_: self._uses_of(model, trainers.get(id_, ()), tuple(runners.get(id_, ())))
            for id_, model in self.blueprint.model.models.items()
        }

    def _uses_of(self, model: Model, trainers: Iterable[Component], runners: tuple[Component, ...]) -> Uses:
        trained = self.inputs(model)
        whole = bool(trained) and model.whole() and not self._unread(model)
        for trainer in trainers:
            # What a job reads that trains several models need not all be for this one.
            if trainer.trains == (model.id,):
                trained = {**self.uses(trainer, "uses"), **trained}
        served: dict[Key, Use] = {}
        for runner in runners:
            served.update(self.uses(runner, "uses"))
        served_whole = bool(runners) and all(runner.uses and not self._unknown(runner.uses) for runner in runners)
        return Uses(model, trained, whole, served, served_whole, runners)

    def inputs(self, model: Model) -> dict[Key, Use]:
        """Return the features that a model reads, as it says itself."""
        found: dict[Key, Use] = {}
        for tower in model.towers:
            found.update(self.tower(model, tower))
        return {**found, **self.uses(model, "features_used"), **self.uses(model, "inputs")}

    def tower(self, model: Model, tower: str) -> dict[Key, Use]:
        """Return the features that one tower of a model reads.

        Args:
            model: With towers.
            tower: The name of one.
        """
        found: dict[Key, Use] = {}
        for number, name in enumerate(model.towers[tower]):
            span = entry_at(model, number, "towers", tower)
            for key in self.named(name):
                found.setdefault(key, Use(model.id, span, key[0] != name))
        return found

    def _unread(self, model: Model) -> bool:
        """Return whether a model reads something whose features are not known."""
        names = (*model.inputs, *model.features_used, *(name for tower in model.towers.values() for name in tower))
        return self._unknown(names)

    def _unknown(self, names: Iterable[str]) -> bool:
        return any(not self.named(name) for name in names)
