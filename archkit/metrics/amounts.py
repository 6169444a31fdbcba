"""Predicted amounts beside actual ones → MAE, RMSE, MAPE, WAPE and pinball loss."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from archkit.metrics.common import Number, UndefinedError, ratio, same_length


def mae(actual: Sequence[Number], predicted: Sequence[Number]) -> Fraction:
    """Return the mean absolute error: the mean of |actual - predicted|, in the unit of the amounts.

    Args:
        actual: What happened.
        predicted: In the same order.

    Raises:
        ValueError: They differ in length, or are empty.

    Source:
        Hyndman and Koehler, Another look at measures of forecast accuracy (2006), for all in this module.
    """
    count = same_length(actual, predicted)
    return sum(errors(actual, predicted), Fraction(0)) / count


def rmse(actual: Sequence[Number], predicted: Sequence[Number]) -> float:
    """Return the root mean squared error: √(mean of (actual - predicted)²), in the unit of the amounts.

    Args:
        actual: What happened.
        predicted: In the same order.

    Raises:
        ValueError: They differ in length, or are empty.
    """
    count = same_length(actual, predicted)
    return sqrt(sum((error**2 for error in errors(actual, predicted)), Fraction(0)) / count)


def mape(actual: Sequence[Number], predicted: Sequence[Number]) -> Fraction:
    """Return the mean absolute percentage error as a share: the mean of |actual - predicted| / |actual|.

    Args:
        actual: What happened; none of them 0.
        predicted: In the same order.

    Raises:
        ValueError: They differ in length, or are empty.
        UndefinedError: An actual amount is 0.
    """
    count = same_length(actual, predicted)
    if any(not each for each in actual):
        raise UndefinedError("an actual amount is 0, of which no error can be a percentage; use WAPE")
    parts = (error / abs(exact(each)) for error, each in zip(errors(actual, predicted), actual, strict=True))
    return sum(parts, Fraction(0)) / count


def wape(actual: Sequence[Number], predicted: Sequence[Number]) -> Fraction:
    """Return the weighted absolute percentage error as a share: Σ |actual - predicted| / Σ |actual|.

    Args:
        actual: What happened; some may be 0.
        predicted: In the same order.

    Raises:
        ValueError: They differ in length, or are empty.
        UndefinedError: All actual amounts are 0.
    """
    same_length(actual, predicted)
    below = sum((abs(exact(each)) for each in actual), Fraction(0))
    return Fraction(ratio(sum(errors(actual, predicted), Fraction(0)), below, "all actual amounts are 0"))


def pinball(actual: Sequence[Number], predicted: Sequence[Number], quantile: Number = Fraction(1, 2)) -> Fraction:
    """Return the pinball loss of a predicted quantile: the mean of max(q e, (q - 1) e), where e = actual - predicted.

    For q = 0.9 being too low costs nine times as much as being too high; for 0.5 it is half the MAE.

    Args:
        actual: What happened.
        predicted: The predicted quantile, in the same order.
        quantile: Which one, between 0 and 1.

    Raises:
        ValueError: They differ in length, are empty, or the quantile is not between 0 and 1.

    Source:
        Koenker and Bassett, Regression quantiles (1978).
    """
    count = same_length(actual, predicted)
    if not 0 < quantile < 1:
        raise ValueError("a quantile is between 0 and 1")
    q = exact(quantile)
    parts = (exact(y) - exact(p) for y, p in zip(actual, predicted, strict=True))
    return sum((max(q * error, (q - 1) * error) for error in parts), Fraction(0)) / count


def errors(actual: Sequence[Number], predicted: Sequence[Number]) -> tuple[Fraction, ...]:
    """Return the absolute errors |actual - predicted|, exactly.

    Args:
        actual: What happened.
        predicted: In the same order.
    """
    return tuple(abs(exact(y) - exact(p)) for y, p in zip(actual, predicted, strict=True))


def exact(value: Number) -> Fraction:
    """Return the number that is written: a float as its shortest decimals say it, 0.1 as 1/10."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
