"""Archetype, modes and task → which kind of system it is, so that rules know whether they have anything to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint

_ON_DEVICE = frozenset(("on-device", "federated"))
_RANKING = frozenset(("recommendation", "search"))
_RANKING_TASKS = frozenset(("ranking", "retrieval", "link prediction", "representation learning"))
_GENERATIVE = frozenset(("generation", "rag", "agent"))


class Scope:
    """What kind of system a blueprint describes.

    Attributes:
        archetypes: As written; empty where nothing is.
        modes: When it predicts, as written.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.archetypes = frozenset(blueprint.archetypes)
        self.modes = frozenset(blueprint.serving.modes)
        self._task = blueprint.framing.task

    @property
    def platform(self) -> bool:
        """Whether it is a platform for other systems, and makes no predictions of its own."""
        return self.archetypes == {"platform"}

    @property
    def on_device(self) -> bool:
        """Whether it predicts on devices of users only."""
        return bool(self.archetypes & _ON_DEVICE) or self.modes == {"edge"}

    @property
    def batch(self) -> bool:
        """Whether it predicts on a schedule only."""
        return self.modes == {"batch"}

    @property
    def online(self) -> bool:
        """Whether requests may wait for a prediction: it says so, or says nothing else."""
        return not self.modes or bool(self.modes & {"online", "hybrid"})

    @property
    def ranks(self) -> bool:
        """Whether it chooses and orders items out of many."""
        ranking = bool(self.archetypes & _RANKING) or self._task in _RANKING_TASKS
        return ranking and not self.platform

    @property
    def generative(self) -> bool:
        """Whether a language or image model writes its answers."""
        return bool(self.archetypes & _GENERATIVE)
