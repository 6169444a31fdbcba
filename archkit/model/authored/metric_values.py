"""The data of a worked metric → its value for each model; nothing is computed here but by ``archkit.metrics``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING

from archkit import metrics
from archkit.metrics import Confusion, Gain

if TYPE_CHECKING:
    from archkit.metrics.names import Named
    from archkit.model.authored.metric import MetricFigure

Value = Fraction | float

COUNTED: Mapping[str, Callable[[Confusion], Value]] = {
    "precision": lambda counts: counts.precision,
    "recall": lambda counts: counts.recall,
    "accuracy": lambda counts: counts.accuracy,
    "f1": lambda counts: counts.f1,
    "f2": lambda counts: counts.f_beta(2),
    "f0.5": lambda counts: counts.f_beta(Fraction(1, 2)),
    "specificity": lambda counts: counts.specificity,
    "false_positive_rate": lambda counts: counts.false_positive_rate,
    "balanced_accuracy": lambda counts: counts.balanced_accuracy,
    "mcc": lambda counts: counts.matthews,
    "kappa": lambda counts: counts.kappa,
}
"""Metrics that are computed from counts of right and wrong decisions, by id."""

_PREDICTED: Mapping[str, Callable[[list[int], list[Fraction]], Value]] = {
    "log_loss": metrics.log_loss,
    "brier": metrics.brier,
    "calibration": metrics.calibration_ratio,
    "roc_auc": metrics.roc_auc,
    "ap": metrics.score_average_precision,
}
_AMOUNTS: Mapping[str, Callable[[list[Fraction], list[Fraction]], Value]] = {
    "mae": metrics.mae,
    "rmse": metrics.rmse,
    "mape": metrics.mape,
    "wape": metrics.wape,
}


def value_of(spec: MetricFigure, named: Named, model: str) -> Value:
    """Return the value of a metric for a model; the mean over queries where there are several.

    Args:
        spec: Of the figure, with its data.
        named: The metric with its cut-off.
        model: Whose data count.

    Raises:
        UndefinedError: There is none for these data.
    """
    id_ = named.metric.id
    if spec.data == "lists":
        return _of_lists(spec, named, model)
    if spec.data == "tokens":
        return metrics.perplexity([token.probability for token in spec.tokens[model]])
    if spec.data == "amounts":
        actual, predicted = spec.amounted(model)
        if id_ == "pinball":
            return metrics.pinball(actual, predicted, spec.level)
        return _AMOUNTS[id_](actual, predicted)
    if spec.data == "confusion" or id_ in COUNTED:
        return COUNTED[id_](spec.counts(model))
    return _of_predictions(spec, id_, *spec.labelled(model))


def value_of_all(spec: MetricFigure, named: Named) -> Value:
    """Return the value of a metric of probabilities for the predictions of all slices together.

    Args:
        spec: Of the figure, with its data.
        named: The metric.

    Raises:
        UndefinedError: There is none for these data.
    """
    pairs = [spec.labelled(model) for model in spec.models]
    labels = [label for some, _ in pairs for label in some]
    return _of_predictions(spec, named.metric.id, labels, [score for _, some in pairs for score in some])


def _of_predictions(spec: MetricFigure, id_: str, labels: list[int], scores: list[Fraction]) -> Value:
    """Return the value of a metric of probabilities."""
    if id_ == "ne":
        return metrics.normalised_cross_entropy(labels, scores, spec.base_rate.value if spec.base_rate else None)
    if id_ == "ece":
        return metrics.calibration_error(labels, scores, spec.bin_count)
    return _PREDICTED[id_](labels, scores)


def value_of_list(spec: MetricFigure, named: Named, model: str, query: int) -> Value:
    """Return the value of a metric for one ranked list.

    Args:
        spec: Of the figure, with its data.
        named: The metric with its cut-off.
        model: Whose list it is.
        query: Its number, from 0 on.

    Raises:
        UndefinedError: There is none for this list.
    """
    id_, k = named.metric.id, named.k
    if id_ == "diversity":
        names = [str(entry) for entry in spec.lists[model].rankings[query]][: k or None]
        return metrics.pairwise_similarity([spec.vectors[name] for name in names], metrics.cosine)
    grades = spec.grades(model)[query]
    gain: Gain = "exponential" if spec.gain == "exponential" else "linear"
    if id_ == "precision":
        return metrics.precision_at(grades, k)
    if id_ == "recall":
        return metrics.recall_at(grades, k, spec.relevant_to(model, query))
    if id_ == "hit_rate":
        return metrics.hit_rate([grades], k)
    if id_ == "mrr":
        return metrics.reciprocal_rank(grades, k or None)
    if id_ == "mean_rank":
        return metrics.first_rank(grades)
    if id_ == "dcg":
        return metrics.dcg(grades, k or None, gain)
    if id_ == "ndcg":
        return metrics.ndcg(grades, k or None, gain, spec.pool(model, query))
    return metrics.average_precision(grades, spec.relevant_to(model, query), k or None)


def _of_lists(spec: MetricFigure, named: Named, model: str) -> Value:
    values = [value_of_list(spec, named, model, query) for query in range(len(spec.lists[model].rankings))]
    exact = [value for value in values if isinstance(value, Fraction)]
    total: Value = sum(exact, Fraction(0)) if len(exact) == len(values) else fsum(values)
    return total / len(values)
