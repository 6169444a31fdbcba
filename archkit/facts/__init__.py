"""Blueprint → facts that several rules and figures need: computed once, when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.facts.features import Features
from archkit.facts.graph import Graph
from archkit.facts.labels import Labels
from archkit.facts.learning import Learning
from archkit.facts.scope import Scope
from archkit.facts.serving import Serving

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint


class Facts:
    """What can be derived from a blueprint.

    Each property is computed when it is first used, so that rules share every traversal and a blueprint pays only for
    what its rules ask.

    Args:
        blueprint: The design.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint

    @cached_property
    def graph(self) -> Graph:
        """The components and arrows as a graph."""
        return Graph(self.blueprint)

    @cached_property
    def scope(self) -> Scope:
        """The kind of system, and when it predicts."""
        return Scope(self.blueprint)

    @cached_property
    def serving(self) -> Serving:
        """The way of questions and data to predictions and their users."""
        return Serving(self.blueprint, self.graph)

    @cached_property
    def learning(self) -> Learning:
        """The way of models from data into service, and of feedback back."""
        return Learning(self.graph, self.serving)

    @cached_property
    def features(self) -> Features:
        """The features with those who compute and use them."""
        return Features(self.blueprint, self.graph)

    @cached_property
    def labels(self) -> Labels:
        """The labels with those who learn them."""
        return Labels(self.blueprint)
