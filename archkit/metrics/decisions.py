"""Counts of right and wrong decisions → precision, recall, F1, accuracy, kappa and their kin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Literal

from archkit.metrics.common import Number, UndefinedError, labels_of, ratio, same_length


@dataclass(frozen=True, slots=True)
class Confusion:
    """Decisions between yes and no, counted by what was right.

    Args:
        tp: True positives: yes, rightly.
        fp: False positives: yes, wrongly.
        fn: False negatives: no, wrongly.
        tn: True negatives: no, rightly.

    Source:
        Fawcett, An introduction to ROC analysis (2006), section 2, for all measures whose source is not named.
    """

    tp: int
    fp: int
    fn: int
    tn: int = 0

    def __post_init__(self) -> None:
        if min(self.tp, self.fp, self.fn, self.tn) < 0:
            raise ValueError("counts are 0 or more")

    @classmethod
    def at(cls, labels: Sequence[int], scores: Sequence[Number], threshold: Number) -> Confusion:
        """Return the counts of deciding yes where a score is at or above a threshold.

        Args:
            labels: 0 or 1 for each item.
            scores: In the order of the labels.
            threshold: The lowest score that means yes.

        Raises:
            ValueError: Not as many scores as labels, or labels other than 0 and 1.
        """
        labels_of(labels)
        same_length(labels, scores)
        pairs = [(label, score >= threshold) for label, score in zip(labels, scores, strict=True)]
        return cls(*(pairs.count(pair) for pair in ((1, True), (0, True), (1, False), (0, False))))

    @property
    def total(self) -> int:
        """All decisions."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def precision(self) -> Fraction:
        """TP / (TP + FP). Raises ``UndefinedError`` where nothing was decided yes."""
        return _share(self.tp, self.tp + self.fp, "nothing was predicted positive")

    @property
    def recall(self) -> Fraction:
        """TP / (TP + FN). Raises ``UndefinedError`` where nothing is positive."""
        return _share(self.tp, self.tp + self.fn, "nothing is positive")

    @property
    def specificity(self) -> Fraction:
        """TN / (TN + FP). Raises ``UndefinedError`` where nothing is negative."""
        return _share(self.tn, self.tn + self.fp, "nothing is negative")

    @property
    def false_positive_rate(self) -> Fraction:
        """FP / (FP + TN). Raises ``UndefinedError`` where nothing is negative."""
        return _share(self.fp, self.fp + self.tn, "nothing is negative")

    @property
    def accuracy(self) -> Fraction:
        """(TP + TN) / all. Raises ``UndefinedError`` where nothing was decided."""
        return _share(self.tp + self.tn, self.total, "nothing was decided")

    @property
    def balanced_accuracy(self) -> Fraction:
        """The mean of recall and specificity. Raises ``UndefinedError`` where either is."""
        return (self.recall + self.specificity) / 2

    @property
    def f1(self) -> Fraction:
        """The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN)."""
        return self.f_beta(1)

    def f_beta(self, beta: int | Fraction) -> Fraction:
        """Return F-beta: (1 + β²) P R / (β² P + R), which weighs recall β times as much as precision.

        Raises:
            ValueError: beta is not above 0.
            UndefinedError: Nothing is positive, and nothing was predicted to be.

        Source:
            van Rijsbergen, Information Retrieval (1979), chapter 7.
        """
        if beta <= 0:
            raise ValueError("beta must be above 0")
        square = Fraction(beta) ** 2
        below = (1 + square) * self.tp + square * self.fn + self.fp
        return _share((1 + square) * self.tp, below, "nothing is positive or was predicted to be")

    @property
    def matthews(self) -> float:
        """(TP TN - FP FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)), from -1 to 1 (Matthews, 1975).

        Raises:
            UndefinedError: All are of one kind, or were predicted to be.
        """
        below = (self.tp + self.fp) * (self.tp + self.fn) * (self.tn + self.fp) * (self.tn + self.fn)
        if not below:
            raise UndefinedError("all are of one kind, or were predicted to be")
        return (self.tp * self.tn - self.fp * self.fn) / sqrt(below)

    @property
    def kappa(self) -> Fraction:
        """Cohen's kappa of predictions and labels; see ``cohen_kappa``."""
        return cohen_kappa(((self.tn, self.fp), (self.fn, self.tp)))


def cohen_kappa(counts: Sequence[Sequence[int]], weights: Literal["none", "linear", "quadratic"] = "none") -> Fraction:
    """Return Cohen's kappa: how far two raters agree beyond chance, 1 - observed / expected disagreement.

    Args:
        counts: A square table; row i, column j counts what the first rater put into class i and the second into j.
        weights: How bad a disagreement is: all the same, or by the distance of the classes, or by its square.

    Raises:
        ValueError: The table is not square, or empty.
        UndefinedError: Both raters put everything into one and the same class.

    Source:
        Cohen, A coefficient of agreement for nominal scales (1960); weighted: Cohen (1968).
    """
    size = len(counts)
    if not size or any(len(row) != size for row in counts):
        raise ValueError("the table must have as many columns as rows")
    total = sum(map(sum, counts))
    first = [sum(row) for row in counts]
    second = [sum(column) for column in zip(*counts, strict=True)]
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    places = [(i, j, abs(i - j) ** power) for i in range(size) for j in range(size) if i != j]
    observed = Fraction(sum(weight * counts[i][j] for i, j, weight in places))
    expected = sum(weight * first[i] * second[j] for i, j, weight in places)
    return 1 - _share(observed * total, expected, "both put everything into one class")


def _share(above: int | Fraction, below: int | Fraction, why: str) -> Fraction:
    return Fraction(ratio(above, below, why))
