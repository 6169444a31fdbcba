"""The figure kinds: what each draws, when it applies, and where its code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from archkit.model import authored

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.diagnostics import Diagnostic
    from archkit.model.design import FigureSpec
    from archkit.picture import GraphFigure
    from archkit.pictures import Picture
    from archkit.source import Span

    Figure = GraphFigure | Picture


Step = Literal["requirements", "framing", "data", "model", "evaluation", "serving", "monitoring", "summary"]


class Lack(str):
    """What an entry under ``figures:`` lacks, in words, where that is missing at a place of its own in the entry.

    Attributes:
        span: The place.
    """

    __slots__ = ("span",)
    span: Span

    def __new__(cls, words: str, span: Span) -> Lack:
        """Make the words and remember their place."""
        lack = super().__new__(cls, words)
        lack.span = span
        return lack


@dataclass(frozen=True, slots=True, eq=False)
class FigureKind:
    """A kind of figure; its module is imported when it is first asked to do something.

    Args:
        name: As written under ``figures:``.
        title: In words.
        summary: One sentence on what it shows.
        step: Which of the seven steps it tells about; ``summary`` for all of them.
        each: Whether a figure shows one thing of several, such as one model, named with ``of:``; the module then has a
            function ``subjects``, and the kind is drawn once for every one of them.
    """

    name: str
    title: str
    summary: str
    step: Step
    each: bool = False

    @property
    def authored(self) -> bool:
        """Whether it needs data that are written under ``figures:``, so that it is drawn only where it is listed."""
        return self.name in authored.KINDS

    def subjects(self, blueprint: Blueprint) -> tuple[str, ...]:
        """Return the ids of the things that the kind draws a figure of each; nothing where it draws all in one."""
        if not self.each:
            return ()
        found: tuple[str, ...] = tuple(import_module(f"archkit.figures.{self.name}").subjects(blueprint))
        return found

    def can_show(self, blueprint: Blueprint, of: str) -> bool:
        """Return whether the kind can draw a figure of something that it does not draw by itself."""
        shows = getattr(import_module(f"archkit.figures.{self.name}"), "can_show", None)
        return shows is not None and bool(shows(blueprint, of))

    def needs(self, blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
        """Return what a blueprint lacks for this kind, in words (a ``Lack`` has a place); nothing where it applies.

        Args:
            blueprint: What to draw.
            spec: The entry under ``figures:`` that asks for it; it may hold data of its own, and name what it is of.
        """
        found: list[str] = import_module(f"archkit.figures.{self.name}").needs(blueprint, spec)
        return found

    def plan(self, blueprint: Blueprint, spec: FigureSpec | None = None) -> Figure:
        """Return the figure of a blueprint to which the kind applies.

        Args:
            blueprint: What to draw.
            spec: As for ``needs``; with title and caption of its own.
        """
        figure: Figure = import_module(f"archkit.figures.{self.name}").plan(blueprint, spec)
        if spec is None or not (spec.highlight or spec.callouts):
            return figure
        annotate = import_module("archkit.figures.annotate")  # few figures want it
        marked: Figure = annotate.annotated(figure, blueprint, spec)
        return marked

    def doubts(self, blueprint: Blueprint, spec: FigureSpec) -> list[Diagnostic]:
        """Return ids that nothing has, and what a figure cannot do, of what an entry says about standing out.

        Args:
            blueprint: It has the data of the kind.
            spec: The entry under ``figures:``.
        """
        if not (spec.highlight or spec.callouts or spec.hide or spec.collapse or spec.zoom):
            return []
        figure = import_module(f"archkit.figures.{self.name}").plan(blueprint, spec)
        found: list[Diagnostic] = import_module("archkit.figures.annotate").doubts(figure, blueprint, spec)
        return found


# In the order of a chapter: the seven steps, then the summary.
_ROWS: tuple[FigureKind, ...] = (
    FigureKind(
        "framework",
        "Seven steps",
        "The seven steps of a design with their minutes, and what each decides.",
        "requirements",
    ),
    FigureKind(
        "product",
        "Product",
        "A mock-up of what users see, with what the system decides at each number.",
        "requirements",
    ),
    FigureKind("framing", "Framing", "The task as a box between inputs and outputs, and the objectives.", "framing"),
    FigureKind("schema", "Data sources", "The sources as tables with their fields, keys and personal data.", "data"),
    FigureKind("features", "Features", "All features by group: type, transform, source and refresh.", "data"),
    FigureKind(
        "feature_preparation",
        "Feature preparation",
        "How each feature of a group becomes numbers: raw field, operations, vector, concatenation.",
        "data",
        each=True,
    ),
    FigureKind(
        "training_example",
        "Training example",
        "What one example holds: inputs and labels, or a query with its positive and negatives.",
        "data",
        each=True,
    ),
    FigureKind(
        "matrix",
        "Matrix",
        "Rows, columns and cells: ratings with blanks and their factors, sets, co-occurrence, links.",
        "data",
    ),
    FigureKind(
        "relations", "Relations", "Who likes what or knows whom, and the suggestions that are computed from it.", "data"
    ),
    FigureKind(
        "graph_snapshots",
        "Graph at two times",
        "A graph at t and at t + 1, with predicted links and those that came true.",
        "data",
    ),
    FigureKind(
        "time_split", "Data split", "Training, gap, validation and test on one axis, with the wait for labels.", "data"
    ),
    FigureKind(
        "taxonomy", "Approaches", "The approaches to the task as a tree, with the chosen one and the baseline.", "model"
    ),
    FigureKind(
        "tradeoffs", "Trade-offs", "Options against criteria, with the winner and why it won.", "model", each=True
    ),
    FigureKind(
        "model",
        "Model",
        "The network of a model from the bottom up: inputs, towers, layers, experts, heads, output.",
        "model",
        each=True,
    ),
    FigureKind(
        "score",
        "Score",
        "How the heads of a model make one score: weight × probability, added up, for worked examples too.",
        "model",
        each=True,
    ),
    FigureKind(
        "loss",
        "Loss",
        "How a model's loss is computed: vectors or scores, what is made of them, and the labels.",
        "model",
        each=True,
    ),
    FigureKind(
        "composition",
        "Models together",
        "Models or recommenders in sequence or side by side, and which was learned from which.",
        "model",
    ),
    FigureKind(
        "training_loop",
        "Training loop",
        "Batch, model, loss and update, and what a training takes of its period.",
        "model",
    ),
    FigureKind(
        "embedding_space",
        "Embedding space",
        "Items as points in two dimensions, a query, and what lies nearest to it, computed and ranked.",
        "model",
    ),
    FigureKind(
        "sliding_window",
        "Sliding windows",
        "Windows over a stream with what each puts out, or the training windows of a model as they move on.",
        "model",
    ),
    FigureKind(
        "evaluation",
        "Evaluation",
        "Offline metrics, the online metrics they predict, the goal, and guardrails.",
        "evaluation",
    ),
    FigureKind(
        "metric",
        "Metric, step by step",
        "A worked example of a metric: its definition, what every position or prediction adds, the value, computed.",
        "evaluation",
    ),
    FigureKind(
        "curves",
        "Curves",
        "ROC, precision-recall, calibration and learning curves with their areas, computed from labels and scores.",
        "evaluation",
    ),
    FigureKind(
        "detection",
        "Detection",
        "Boxes on an image: overlap over union with its sum, suppression of doubles, average precision.",
        "evaluation",
    ),
    FigureKind(
        "ab_test",
        "Rollout",
        "The stages of a rollout with their shares, the experiment, and the way back.",
        "evaluation",
    ),
    FigureKind(
        "system",
        "System",
        "All lanes: how a model is learned, how it answers, and the loop that joins both.",
        "serving",
    ),
    FigureKind(
        "training", "Training pipeline", "The lanes of learning alone, with what they are fed by and feed.", "serving"
    ),
    FigureKind(
        "inference",
        "Inference pipeline",
        "The lanes of predicting alone, with what they are fed by and feed.",
        "serving",
    ),
    FigureKind(
        "component_zoom",
        "One stage",
        "A component with parts, a group or a lane from inside, with what it is joined to.",
        "serving",
        each=True,
    ),
    FigureKind(
        "indexing",
        "Indexing pipeline",
        "How an index is built: from its sources through embedding to what is searched, how often and how late.",
        "serving",
    ),
    FigureKind(
        "index",
        "Vector index",
        "How an index finds near vectors without comparing all: lists, codes, a graph, a tree or hashes.",
        "serving",
        each=True,
    ),
    FigureKind("funnel", "Funnel", "How many items each stage lets through, on a log scale, and its time.", "serving"),
    FigureKind(
        "confidence_router",
        "From score to decision",
        "What happens at which score: the thresholds, the outcome of each band, and how much reaches it.",
        "serving",
        each=True,
    ),
    FigureKind(
        "latency", "Latency", "The critical path of a request as a waterfall, against the time allowed.", "serving"
    ),
    FigureKind(
        "batch_vs_online", "Batch or online", "Predicting on a schedule beside predicting on request.", "serving"
    ),
    FigureKind(
        "capacity", "Capacity", "The back-of-the-envelope sums, and how busy each component is at peak.", "serving"
    ),
    FigureKind(
        "feedback", "Feedback loop", "How predictions become the next model, and what one turn takes.", "monitoring"
    ),
    FigureKind(
        "monitoring",
        "Monitoring",
        "What is watched, when an alarm is raised, what is done then and by whom, and what trains anew.",
        "monitoring",
    ),
    FigureKind("mind_map", "Summary", "The whole design as a tree: the seven steps and what each decided.", "summary"),
    FigureKind(
        "scorecard", "Scorecard", "How complete the design is, step by step, and what would raise it most.", "summary"
    ),
)

KINDS: Mapping[str, FigureKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""All kinds by name, in the order of a chapter."""
