"""Scores with labels → the points of the ROC and the precision-recall curve, and the areas under them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from archkit.metrics.common import Number, UndefinedError, labels_of, same_length


class RocPoint(NamedTuple):
    """What deciding yes from a score on gives: the shares of negatives and of positives that are decided yes."""

    threshold: Number | None
    false_positive_rate: Fraction
    true_positive_rate: Fraction


class PrPoint(NamedTuple):
    """What deciding yes from a score on gives: recall and precision."""

    threshold: Number
    recall: Fraction
    precision: Fraction


def roc_points(labels: Sequence[int], scores: Sequence[Number]) -> tuple[RocPoint, ...]:
    """Return the ROC curve: one point for every score, from the highest on, after (0, 0) where nothing is decided yes.

    Items with the same score are decided alike, so that they share a point.

    Args:
        labels: 0 or 1 for each item.
        scores: In the order of the labels; more is more likely positive.

    Raises:
        ValueError: Not as many scores as labels, or labels other than 0 and 1.
        UndefinedError: All labels are the same.

    Source:
        Fawcett (2006), section 4.
    """
    positives, negatives = _both(labels, scores)
    start = RocPoint(None, Fraction(0), Fraction(0))
    steps = (
        RocPoint(score, Fraction(fp, negatives), Fraction(tp, positives)) for score, tp, fp in _steps(labels, scores)
    )
    return (start, *steps)


def roc_auc(labels: Sequence[int], scores: Sequence[Number]) -> Fraction:
    """Return the area under the ROC curve, by trapezoids.

    It is the probability that a random positive scores above a random negative, where equal scores count half
    (the Mann-Whitney statistic).

    Args:
        labels: 0 or 1 for each item.
        scores: In the order of the labels.

    Raises:
        ValueError: As for ``roc_points``.
        UndefinedError: All labels are the same.

    Source:
        Hanley and McNeil, The meaning and use of the area under a ROC curve (1982).
    """
    return area([(point.false_positive_rate, point.true_positive_rate) for point in roc_points(labels, scores)])


def pr_points(labels: Sequence[int], scores: Sequence[Number]) -> tuple[PrPoint, ...]:
    """Return the precision-recall curve: one point for every score, from the highest on.

    Args:
        labels: 0 or 1 for each item.
        scores: In the order of the labels.

    Raises:
        ValueError: As for ``roc_points``.
        UndefinedError: No label is 1.

    Source:
        Davis and Goadrich, The relationship between precision-recall and ROC curves (2006).
    """
    same_length(labels, scores)
    positives, _ = labels_of(labels)
    if not positives:
        raise UndefinedError("nothing is positive, so that recall divides by zero")
    return tuple(
        PrPoint(score, Fraction(tp, positives), Fraction(tp, tp + fp)) for score, tp, fp in _steps(labels, scores)
    )


def score_average_precision(labels: Sequence[int], scores: Sequence[Number]) -> Fraction:
    """Return average precision: the sum over points of (recall - recall before) * precision.

    This is the area under the precision-recall curve drawn in steps, without the optimism of straight lines between
    its points.

    Args:
        labels: 0 or 1 for each item.
        scores: In the order of the labels.

    Raises:
        ValueError: As for ``roc_points``.
        UndefinedError: No label is 1.

    Source:
        Boyd, Eng and Page, Area under the precision-recall curve (2013).
    """
    total, before = Fraction(0), Fraction(0)
    for _, recall, precision in pr_points(labels, scores):
        total += (recall - before) * precision
        before = recall
    return total


def pr_auc(labels: Sequence[int], scores: Sequence[Number]) -> Fraction:
    """Return the area under the precision-recall curve by trapezoids, from (0, 1) on.

    Prefer ``score_average_precision``: straight lines between points of this curve promise more than can be reached.

    Args:
        labels: 0 or 1 for each item.
        scores: In the order of the labels.

    Raises:
        ValueError: As for ``roc_points``.
        UndefinedError: No label is 1.
    """
    return area([(Fraction(0), Fraction(1)), *((p.recall, p.precision) for p in pr_points(labels, scores))])


def area(points: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the area under straight lines through points (x, y), by the trapezoid rule."""
    return sum(((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points)), Fraction(0))


def _steps(labels: Sequence[int], scores: Sequence[Number]) -> list[tuple[Number, int, int]]:
    """Return the true and the false positives for each score as a threshold, the highest first."""
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    found: list[tuple[Number, int, int]] = []
    tp = fp = 0
    for score, group in groupby(ranked, key=lambda pair: pair[0]):
        marks = [label for _, label in group]
        tp, fp = tp + sum(marks), fp + len(marks) - sum(marks)
        found.append((score, tp, fp))
    return found


def _both(labels: Sequence[int], scores: Sequence[Number]) -> tuple[int, int]:
    same_length(labels, scores)
    positives, negatives = labels_of(labels)
    if not positives or not negatives:
        raise UndefinedError("all labels are the same, so that there is nothing to tell apart")
    return positives, negatives
