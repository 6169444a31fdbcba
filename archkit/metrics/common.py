"""What the metrics share: numbers, labels, and what is said where a metric has no value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = int | float | Fraction


class UndefinedError(ValueError):
    """A metric that has no value for these data, because it would divide by zero or take the logarithm of zero.

    Its text says why in words that a reader of a figure understands.
    """


def ratio(above: Number, below: Number, why: str) -> Fraction | float:
    """Return a quotient, exact where both numbers are.

    Args:
        above: The numerator.
        below: The denominator.
        why: What to say where the denominator is zero.

    Raises:
        UndefinedError: The denominator is zero.
    """
    if not below:
        raise UndefinedError(why)
    if isinstance(above, float) or isinstance(below, float):
        return float(above) / float(below)
    return Fraction(above) / Fraction(below)


def labels_of(labels: Sequence[int]) -> tuple[int, int]:
    """Return how many labels are 1 and how many are 0.

    Raises:
        ValueError: There is a label that is neither, or none at all.
    """
    if not labels:
        raise ValueError("there are no labels")
    if any(label not in (0, 1) for label in labels):
        raise ValueError("labels are 0 or 1")
    positives = sum(1 for label in labels if label == 1)
    return positives, len(labels) - positives


def same_length(first: Sequence[object], second: Sequence[object]) -> int:
    """Return the common length of two lists.

    Args:
        first: A list.
        second: Another one.

    Raises:
        ValueError: They differ in length, or are empty.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} values, where there must be equally many")
    if not first:
        raise ValueError("there are no values")
    return len(first)
