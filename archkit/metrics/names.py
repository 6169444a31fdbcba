"""What authors call a metric → which one it is, its cut-off k, and what data it is computed from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Data = Literal["lists", "predictions", "amounts", "confusion", "tokens"]
Better = Literal["more", "less", "one"]


class Metric(NamedTuple):
    """A metric that can be computed.

    Attributes:
        id: As written, without its cut-off.
        title: As readers know it.
        data: What it can be computed from.
        better: Whether more of it is better, or less, or as near to one as can be.
        cut: Whether it has a cut-off ``@k``: it ``needs`` one, ``may`` have one, or has ``none``.
        aka: Other names.
    """

    id: str
    title: str
    data: tuple[Data, ...]
    better: Better = "more"
    cut: Literal["needs", "may", "none"] = "none"
    aka: tuple[str, ...] = ()


class Named(NamedTuple):
    """A metric with its cut-off, such as nDCG@5; ``k`` is 0 where it has none."""

    metric: Metric
    k: int = 0

    @property
    def title(self) -> str:
        """As readers know it: ``nDCG@5``."""
        return f"{self.metric.title}@{self.k}" if self.k else self.metric.title


_DECIDED: tuple[Data, ...] = ("confusion", "predictions")
_ROWS = (
    Metric("precision", "precision", ("lists", *_DECIDED), cut="may", aka=("p", "prec")),
    Metric("recall", "recall", ("lists", *_DECIDED), cut="may", aka=("r", "sensitivity", "true_positive_rate", "tpr")),
    Metric("hit_rate", "hit rate", ("lists",), cut="needs", aka=("hr", "hitrate", "hit")),
    Metric("mrr", "MRR", ("lists",), cut="may", aka=("mean_reciprocal_rank", "reciprocal_rank", "rr")),
    Metric("mean_rank", "mean rank", ("lists",), "less", aka=("average_rank", "mean_position", "average_position")),
    Metric("ap", "AP", ("lists", "predictions"), cut="may", aka=("average_precision", "pr_auc", "auprc")),
    Metric("map", "mAP", ("lists",), cut="may", aka=("mean_average_precision",)),
    Metric("dcg", "DCG", ("lists",), cut="may", aka=("discounted_cumulative_gain",)),
    Metric("ndcg", "nDCG", ("lists",), cut="may", aka=("normalised_dcg", "normalized_dcg")),
    Metric("diversity", "diversity", ("lists",), "less", "may", ("intra_list_similarity", "ils")),
    Metric("log_loss", "log loss", ("predictions",), "less", aka=("cross_entropy", "logloss", "bce")),
    Metric(
        "ne", "normalised cross-entropy", ("predictions",), "less",
        aka=("normalised_cross_entropy", "normalized_cross_entropy", "normalised_entropy", "normalized_entropy", "nce"),
    ),
    Metric("brier", "Brier score", ("predictions",), "less", aka=("brier_score",)),
    Metric("calibration", "calibration", ("predictions",), "one", aka=("calibration_ratio",)),
    Metric("ece", "expected calibration error", ("predictions",), "less",
           aka=("calibration_error", "expected_calibration_error")),
    Metric("roc_auc", "ROC-AUC", ("predictions",), aka=("auc", "auroc")),
    Metric("accuracy", "accuracy", _DECIDED, aka=("acc",)),
    Metric("f1", "F1", _DECIDED, aka=("f1_score", "f_score")),
    Metric("f2", "F2", _DECIDED, aka=("f2_score",)),
    Metric("f0.5", "F0.5", _DECIDED, aka=("f05",)),
    Metric("specificity", "specificity", _DECIDED, aka=("true_negative_rate", "tnr")),
    Metric("false_positive_rate", "false positive rate", _DECIDED, "less", aka=("fpr",)),
    Metric("balanced_accuracy", "balanced accuracy", _DECIDED),
    Metric("mcc", "Matthews correlation", _DECIDED, aka=("matthews", "matthews_correlation")),
    Metric("kappa", "Cohen's kappa", _DECIDED, aka=("cohen_kappa", "cohens_kappa")),
    Metric("mae", "MAE", ("amounts",), "less", aka=("mean_absolute_error",)),
    Metric("rmse", "RMSE", ("amounts",), "less", aka=("root_mean_squared_error",)),
    Metric("mape", "MAPE", ("amounts",), "less", aka=("mean_absolute_percentage_error",)),
    Metric("wape", "WAPE", ("amounts",), "less", aka=("weighted_absolute_percentage_error",)),
    Metric("pinball", "pinball loss", ("amounts",), "less", aka=("quantile_loss", "pinball_loss")),
    Metric("perplexity", "perplexity", ("tokens",), "less", aka=("ppl",)),
)  # fmt: skip

METRICS: Mapping[str, Metric] = MappingProxyType({row.id: row for row in _ROWS})
"""All metrics that can be computed, by id."""

_BY_NAME = {name: row for row in _ROWS for name in (row.id, *row.aka)}
_NAME = re.compile(r"(.+?)(?:@|_at_)([1-9][0-9]{0,4})")


def plain(name: str) -> str:
    """Return a metric's name in small letters with ``_`` between words: ``nDCG@5`` as ``ndcg@5``."""
    return re.sub(r"[\s\-]+", "_", re.sub(r"\s*@\s*", "@", name.strip().lower()))


def find_metric(name: str) -> Named | None:
    """Return the metric that a name means; None for a name that is not known.

    Args:
        name: As ``ndcg@5``, ``nDCG @ 5`` or ``PR-AUC``.
    """
    whole = plain(name)
    cut = _NAME.fullmatch(whole)
    metric = _BY_NAME.get(cut[1].rstrip("_") if cut else whole)
    return Named(metric, int(cut[2]) if cut else 0) if metric is not None else None
