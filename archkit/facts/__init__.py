"""Blueprint → facts that several rules and figures need: computed once, when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.facts.cost import Cost
from archkit.facts.decoding import Decoding
from archkit.facts.dependence import Dependence
from archkit.facts.experiment import Experiment
from archkit.facts.features import Features
from archkit.facts.funnel import Funnel
from archkit.facts.generative import Generative
from archkit.facts.graph import Graph
from archkit.facts.judging import Judging
from archkit.facts.labels import Labels
from archkit.facts.latency import Timing
from archkit.facts.learning import Learning
from archkit.facts.load import Load
from archkit.facts.requests import RequestPath
from archkit.facts.scope import Scope
from archkit.facts.serving import Serving
from archkit.facts.sizes import Sizes
from archkit.facts.traffic import Traffic
from archkit.facts.work import Work

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
    def dependence(self) -> Dependence:
        """What an answer cannot do without."""
        return Dependence(self.graph, self.path)

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
        return Labels(self.blueprint, self.graph)

    @cached_property
    def path(self) -> RequestPath:
        """What a caller waits for, as a graph without circles."""
        return RequestPath(self.blueprint, self.graph)

    @cached_property
    def traffic(self) -> Traffic:
        """Requests, events and items per second."""
        return Traffic(self.blueprint)

    @cached_property
    def timing(self) -> Timing:
        """Times of stages and the critical path."""
        return Timing(self.blueprint, self.graph, self.path)

    @cached_property
    def funnel(self) -> Funnel:
        """Stages that narrow items down."""
        return Funnel(self.blueprint, self.graph, self.path)

    @cached_property
    def load(self) -> Load:
        """What each component is asked for, and can do."""
        return Load(self.blueprint, self.graph, self.path, self.traffic)

    @cached_property
    def sizes(self) -> Sizes:
        """How much room data take."""
        return Sizes(self.blueprint, self.graph)

    @cached_property
    def work(self) -> Work:
        """How long batches and trainings take, and what people can review."""
        return Work(self.blueprint, self.graph, self.path, self.traffic)

    @cached_property
    def cost(self) -> Cost:
        """What the system is known to cost."""
        return Cost(self.blueprint, self.graph, self.path, self.traffic, self.load)

    @cached_property
    def judging(self) -> Judging:
        """The offline metrics with what they judge."""
        return Judging(self.blueprint, self.graph, self.labels)

    @cached_property
    def experiment(self) -> Experiment:
        """The experiment with what it needs and gets."""
        return Experiment(self.blueprint, self.traffic)

    @cached_property
    def generative(self) -> Generative:
        """The language models in service."""
        return Generative(self.blueprint, self.graph, self.serving)

    @cached_property
    def decoding(self) -> Decoding:
        """What replicas of language models hold and write at once."""
        return Decoding(self.blueprint, self.graph)
