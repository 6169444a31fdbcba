"""Labels and scores, and measures over training, as a figure's data: what curves are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf
from archkit.shapes.numbers import NUMBERS, Numbers
from archkit.shapes.record import Record

CURVES = ("roc", "precision_recall", "calibration")
"""What is computed from labels and scores."""

SCORES = MapOf(NUMBERS, names=True)


class Learning(Record):
    """A measure while a model learns, on what it learns from and on what it has not seen."""

    steps: tuple[Fraction, ...] = f.field(
        Numbers("a list of numbers", "[1, 2, 3, 4]", least=2), "Epochs, batches or examples.", "[1, 2, 3]",
        required=True, aka=("epochs", "sizes", "examples"),
    )  # fmt: skip
    training: tuple[Fraction, ...] = f.field(NUMBERS, "On the training data.", "[0.7, 0.5, 0.4]", aka=("train",))
    validation: tuple[Fraction, ...] = f.field(
        NUMBERS, "On data that it has not seen.", "[0.7, 0.6, 0.6]", required=True, aka=("valid", "test")
    )
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report lists of different lengths, and steps that do not rise."""
        steps = self.steps
        for name in ("training", "validation"):
            found = values.get(name)
            if steps and found is not None and len(found) != len(steps):
                message = f"`{name}` has {len(found)} values for {len(steps)} `steps`"
                reading.error("LNG018", self.at(name), message, "write one value for each step")
        for at, (before, after) in enumerate(pairwise(steps), 1):
            if after <= before:
                reading.error("LNG018", self.at("steps", at), "steps must rise", "write them from first to last")
                break


class CurvesFigure(FigureSpec, noun="figure"):
    """Curves of models beside each other, and the areas under them, computed from labels and scores."""

    labels: tuple[Fraction, ...] = f.field(
        Numbers("a list of 0 and 1", "[1, 0, 1, 0]", least=2), "The truth about each item: 1 or 0.", "[1, 0, 1, 0]"
    )
    scores: Mapping[str, tuple[Fraction, ...]] = f.field(
        SCORES, "What each model says about each item, in the order of `labels`.",
        "{logistic regression: [0.9, 0.2, 0.6, 0.4]}", aka=("predictions", "models"),
    )  # fmt: skip
    curves = f.words(CURVES, "Which curves are drawn; all that can be where nothing is said.", "[roc, calibration]")
    threshold = f.number(f.SCORE, "The score from which an item is decided yes: the operating point.", "0.5")
    bins = f.integer("Into how many bins of equal width scores are put for calibration.", "5")
    learning = f.named(Learning, "Learning curves by model.", "{ranker: {steps: [1, 2], validation: [0.7, 0.6]}}")
    measure = f.text("What the learning curves measure.", "log loss")
    step = f.text("What a step of learning is.", "epoch")
    better = f.word(("lower", "higher"), "Which way the measure is better; `lower` where nothing is said.", "higher")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check what belongs together."""
        super().finish(values, reading)
        if self.has("scores") != self.has("labels"):
            one, other = ("scores", "labels") if self.has("scores") else ("labels", "scores")
            message = f"`{one}` need `{other}`: curves are computed from both"
            reading.error("LNG018", self.key_at(one), message, f"write `{other}: …`, one for each of the {one}")
        if self.labels:
            self._check_labels(reading)
            self._check_scores(reading)
        if values.get("bins") == 0 or values.get("bins", 0) > 50:
            reading.error("LNG013", self.at("bins"), "`bins` must be from 1 to 50", "write `bins: 5`")
        if values.get("curves") and not self.has("scores"):
            message = "these curves are computed from `labels` and `scores`"
            reading.error("LNG018", self.key_at("curves"), message, "write both, or leave `curves` out")

    def _check_labels(self, reading: Reading) -> None:
        wrong = next((at for at, label in enumerate(self.labels) if label not in (0, 1)), None)
        if wrong is not None:
            reading.error("LNG013", self.at("labels", wrong), "a label must be 0 or 1", "write 1 for yes, 0 for no")
        elif len(set(self.labels)) == 1:
            message = f"all labels are {self.labels[0]}, so that there is nothing to tell apart"
            reading.error("LNG018", self.at("labels"), message, "take items of both kinds")

    def _check_scores(self, reading: Reading) -> None:
        probabilities = "calibration" in self.curves
        for name, scores in self.scores.items():
            if len(scores) != len(self.labels):
                message = f"`{name}` has {len(scores)} scores for {len(self.labels)} labels"
                reading.error("LNG018", self.at("scores", name), message, "write one score for each label")
            outside = next((at for at, score in enumerate(scores) if not 0 <= score <= 1), None)
            if probabilities and outside is not None:
                message = "calibration needs probabilities, from 0 to 1"
                place = self.at("scores", name, outside)
                reading.error("LNG013", place, message, "leave `calibration` out, or write probabilities")
