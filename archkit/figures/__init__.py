"""The figure kinds: what each draws, when it applies, and where its code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.picture import GraphFigure
    from archkit.pictures import Picture

    Figure = GraphFigure | Picture


@dataclass(frozen=True, slots=True, eq=False)
class FigureKind:
    """A kind of figure; its module is imported when it is first asked to do something.

    Args:
        name: As written under ``figures:``.
        title: In words.
        summary: One sentence on what it shows.
    """

    name: str
    title: str
    summary: str

    def needs(self, blueprint: Blueprint) -> list[str]:
        """Return what a blueprint lacks for this kind, in words; nothing where it applies."""
        found: list[str] = import_module(f"archkit.figures.{self.name}").needs(blueprint)
        return found

    def plan(self, blueprint: Blueprint, spec: FigureSpec | None = None) -> Figure:
        """Return the figure of a blueprint to which the kind applies.

        Args:
            blueprint: What to draw.
            spec: The entry under ``figures:`` that asks for it, with title and caption of its own.
        """
        figure: Figure = import_module(f"archkit.figures.{self.name}").plan(blueprint, spec)
        return figure


KINDS: Mapping[str, FigureKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            FigureKind(
                "system", "System", "All lanes: how a model is learned, how it answers, and the loop that joins both."
            ),
            FigureKind(
                "training", "Training pipeline", "The lanes of learning alone, with what they are fed by and feed."
            ),
            FigureKind(
                "inference", "Inference pipeline", "The lanes of predicting alone, with what they are fed by and feed."
            ),
            FigureKind(
                "framework", "Seven steps", "The seven steps of a design with their minutes, and what each decides."
            ),
            FigureKind("framing", "Framing", "The task as a box between inputs and outputs, and the objectives."),
            FigureKind("funnel", "Funnel", "How many items each stage lets through, on a log scale, and its time."),
            FigureKind("tradeoffs", "Trade-offs", "Options against criteria, with the winner and why it won."),
            FigureKind("features", "Features", "All features by group: type, transform, source and refresh."),
            FigureKind(
                "evaluation",
                "Evaluation",
                "Offline metrics, the online metrics they predict, the goal, and guardrails.",
            ),
            FigureKind(
                "time_split", "Data split", "Training, gap, validation and test on one axis, with the wait for labels."
            ),
            FigureKind(
                "ab_test", "Rollout", "The stages of a rollout with their shares, the experiment, and the way back."
            ),
            FigureKind(
                "latency", "Latency", "The critical path of a request as a waterfall, against the time allowed."
            ),
            FigureKind("schema", "Data sources", "The sources as tables with their fields, keys and personal data."),
            FigureKind("mind_map", "Summary", "The whole design as a tree: the seven steps and what each decided."),
            FigureKind(
                "training_loop",
                "Training loop",
                "Batch, model, loss and update, and what a training takes of its period.",
            ),
            FigureKind("batch_vs_online", "Batch or online", "Predicting on a schedule beside predicting on request."),
            FigureKind(
                "capacity", "Capacity", "The back-of-the-envelope sums, and how busy each component is at peak."
            ),
            FigureKind(
                "scorecard", "Scorecard", "How complete the design is, step by step, and what would raise it most."
            ),
            FigureKind("feedback", "Feedback loop", "How predictions become the next model, and what one turn takes."),
        )
    }
)
