"""Predicted probabilities with labels → log loss, normalised cross-entropy, Brier score, calibration, perplexity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum, log

from archkit.metrics.common import Number, UndefinedError, labels_of, ratio, same_length


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same probability.

    Attributes:
        start: Least probability in it.
        end: Least probability above it; the last bin includes 1.
        count: Predictions in it.
        predicted: Their average probability.
        observed: The share of them whose label is 1.
    """

    start: float
    end: float
    count: int
    predicted: float
    observed: float


def entropy(probability: Number) -> float:
    """Return the entropy of a yes or no in nats: -(p ln p + (1 - p) ln(1 - p)).

    Args:
        probability: From 0 to 1; 0 and 1 are certain, with entropy 0.

    Source:
        Shannon, A mathematical theory of communication (1948).
    """
    share = float(probability)
    return -fsum(p * log(p) for p in (share, 1 - share) if p > 0)


def loss_of(label: int, probability: Number) -> float:
    """Return the log loss of one prediction in nats: -ln of the probability that was given to what happened.

    Args:
        label: 0 or 1: what happened.
        probability: Predicted for label 1.

    Raises:
        UndefinedError: It was given the probability 0, so that the loss is infinite.
    """
    given = float(probability) if label == 1 else 1 - float(probability)
    if given <= 0:
        raise UndefinedError("a prediction that was certain of what did not happen has an infinite loss")
    return -log(given)


def log_loss(labels: Sequence[int], probabilities: Sequence[Number]) -> float:
    """Return log loss, the binary cross-entropy, in nats: the mean of -(y ln p + (1 - y) ln(1 - p)).

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, from 0 to 1, in the order of the labels.

    Raises:
        ValueError: Not as many probabilities as labels, or values out of range.
        UndefinedError: A prediction was certain of what did not happen.

    Source:
        Bishop, Pattern Recognition and Machine Learning (2006), equation 4.90.
    """
    count = _checked(labels, probabilities)
    return fsum(map(loss_of, labels, probabilities)) / count


def normalised_cross_entropy(
    labels: Sequence[int], probabilities: Sequence[Number], base_rate: Number | None = None
) -> float:
    """Return normalised cross-entropy (NE): log loss / entropy of always predicting the base rate.

    Below 1 the model knows more than the average; 1 is no better than it.

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, in the order of the labels.
        base_rate: Share of 1 in the background; that of the labels if not given.

    Raises:
        ValueError: As for ``log_loss``.
        UndefinedError: As for ``log_loss``, or the base rate is 0 or 1, which has no entropy.

    Source:
        He et al., Practical lessons from predicting clicks on ads at Facebook (2014), equation 1.
    """
    loss = log_loss(labels, probabilities)
    rate = Fraction(labels_of(labels)[0], len(labels)) if base_rate is None else base_rate
    below = entropy(rate)
    if not below:
        raise UndefinedError("all labels are the same, so that the average alone foretells them")
    return loss / below


def cross_entropy(target: Sequence[Number], predicted: Sequence[Number]) -> float:
    """Return the cross-entropy of two distributions in nats: -Σ target ln predicted.

    Args:
        target: Probabilities of all classes; one of them 1 for a label.
        predicted: Probabilities of the same classes.

    Raises:
        ValueError: They differ in length.
        UndefinedError: A class that can happen was given the probability 0.
    """
    same_length(target, predicted)
    pairs = [(float(t), float(p)) for t, p in zip(target, predicted, strict=True) if t]
    if any(p <= 0 for _, p in pairs):
        raise UndefinedError("a class that can happen was given the probability 0")
    return -fsum(t * log(p) for t, p in pairs)


def brier(labels: Sequence[int], probabilities: Sequence[Number]) -> float:
    """Return the Brier score: the mean of (probability - label)².

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, in the order of the labels.

    Raises:
        ValueError: As for ``log_loss``.

    Source:
        Brier, Verification of forecasts expressed in terms of probability (1950), in its form for two classes.
    """
    count = _checked(labels, probabilities)
    return fsum((float(p) - y) ** 2 for y, p in zip(labels, probabilities, strict=True)) / count


def calibration_ratio(labels: Sequence[int], probabilities: Sequence[Number]) -> float:
    """Return calibration: the average prediction / the observed share of label 1; 1 is calibrated on average.

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, in the order of the labels.

    Raises:
        ValueError: As for ``log_loss``.
        UndefinedError: No label is 1.

    Source:
        He et al. (2014), section 2: expected clicks / observed clicks.
    """
    _checked(labels, probabilities)
    return float(ratio(fsum(map(float, probabilities)), labels_of(labels)[0], "nothing was observed to happen"))


def reliability(labels: Sequence[int], probabilities: Sequence[Number], bins: int = 10) -> tuple[Bin, ...]:
    """Return predictions gathered into bins of equal width over 0 to 1; bins without any are left out.

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, in the order of the labels.
        bins: How many; a probability on the border of two belongs to the upper one.

    Raises:
        ValueError: As for ``log_loss``, or no bins.

    Source:
        DeGroot and Fienberg, The comparison and evaluation of forecasters (1983).
    """
    _checked(labels, probabilities)
    if bins < 1:
        raise ValueError("there must be at least one bin")
    found: list[Bin] = []
    # exact, so that 0.3 written in a table falls where its reader expects it
    exact = [Fraction(repr(p)) if isinstance(p, float) else Fraction(p) for p in probabilities]
    for at in range(bins):
        inside = [n for n, p in enumerate(exact) if min(int(p * bins), bins - 1) == at]
        if inside:
            predicted = fsum(float(probabilities[n]) for n in inside) / len(inside)
            observed = sum(labels[n] for n in inside) / len(inside)
            found.append(Bin(at / bins, (at + 1) / bins, len(inside), predicted, observed))
    return tuple(found)


def calibration_error(labels: Sequence[int], probabilities: Sequence[Number], bins: int = 10) -> float:
    """Return expected calibration error (ECE): the mean of |predicted - observed| over bins, weighed by their counts.

    Args:
        labels: 0 or 1 for each item.
        probabilities: Predicted for label 1, in the order of the labels.
        bins: As for ``reliability``.

    Raises:
        ValueError: As for ``reliability``.

    Source:
        Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning (2015).
    """
    parts = reliability(labels, probabilities, bins)
    return fsum(part.count * abs(part.predicted - part.observed) for part in parts) / len(labels)


def perplexity(probabilities: Sequence[Number]) -> float:
    """Return perplexity: e^(mean of -ln p) over the probabilities that a model gave to the tokens that came.

    It is as unsure as one that guesses among so many equally likely tokens.

    Args:
        probabilities: One for each token, above 0.

    Raises:
        ValueError: There are no tokens, or a value is above 1 or below 0.
        UndefinedError: A token was given the probability 0.

    Source:
        Jelinek et al., Perplexity: a measure of the difficulty of speech recognition tasks (1977).
    """
    return exp(log_loss([1] * len(probabilities), probabilities))


def _checked(labels: Sequence[int], probabilities: Sequence[Number]) -> int:
    labels_of(labels)
    if any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError("probabilities are from 0 to 1")
    return same_length(labels, probabilities)
