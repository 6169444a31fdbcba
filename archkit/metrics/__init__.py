"""Metrics of ranked lists, decisions, probabilities, amounts and boxes, computed exactly where that can be."""

from archkit.metrics.amounts import errors, exact, mae, mape, pinball, rmse, wape
from archkit.metrics.common import Number, UndefinedError
from archkit.metrics.curves import (
    PrPoint,
    RocPoint,
    area,
    pr_auc,
    pr_points,
    roc_auc,
    roc_points,
    score_average_precision,
)
from archkit.metrics.decisions import Confusion, cohen_kappa
from archkit.metrics.overlap import Found, Image, Match, Rect, average_precision_at_iou, intersection, iou, matches
from archkit.metrics.probabilities import (
    Bin,
    brier,
    calibration_error,
    calibration_ratio,
    cross_entropy,
    entropy,
    log_loss,
    loss_of,
    normalised_cross_entropy,
    perplexity,
    reliability,
)
from archkit.metrics.ranking import (
    Gain,
    average_precision,
    cosine,
    dcg,
    discount_of,
    first_rank,
    gain_of,
    hit_rate,
    ideal,
    mean_average_precision,
    mean_reciprocal_rank,
    ndcg,
    pairwise_similarity,
    precision_at,
    recall_at,
    reciprocal_rank,
)

__all__ = [
    "Bin", "Confusion", "Found", "Gain", "Image", "Match", "Number", "PrPoint", "Rect", "RocPoint", "UndefinedError",
    "area", "average_precision", "average_precision_at_iou", "brier", "calibration_error", "calibration_ratio",
    "cohen_kappa", "cosine", "cross_entropy", "dcg", "discount_of", "entropy", "errors", "exact", "first_rank",
    "gain_of", "hit_rate", "ideal", "intersection", "iou", "log_loss", "loss_of", "mae", "mape", "matches",
    "mean_average_precision", "mean_reciprocal_rank", "ndcg", "normalised_cross_entropy", "pairwise_similarity",
    "perplexity", "pinball", "pr_auc", "pr_points", "precision_at", "recall_at", "reciprocal_rank", "reliability",
    "rmse", "roc_auc", "roc_points", "score_average_precision", "wape",
]  # fmt: skip
