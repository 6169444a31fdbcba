"""A metric and a task → whether the metric can judge it, and if not, why not and what would."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from archkit.facts.metrics import KINDS, Metric, Named

_CLASSES = "binary classification, multi-class classification, multi-label classification"
_TEXTS = "text generation, summarisation, translation, question answering, speech recognition"
_AN_AMOUNT = "an amount is never exactly right: what counts is by how much it is wrong"
_NO_AMOUNT = "yes and no are no amounts; if probabilities are meant, it is the Brier score"
_OTHERS = "nearly everything is negative, so whoever always says no is nearly always right"
_BACKGROUND = "places without an object cannot be counted, so there are no true negatives"
_LISTS = "nearly all items are irrelevant, so calling every item irrelevant is nearly always right"

# Tasks; kinds or titles of metrics; why these cannot judge those, to go on after "…:".
_WRONG: tuple[tuple[str, str, str], ...] = (
    ("regression", "hits, decisions, separation, log loss, normalised cross-entropy, Brier score", _AN_AMOUNT),
    ("forecasting", "decisions, separation, log loss, normalised cross-entropy, Brier score", _AN_AMOUNT),
    ("binary classification, multi-label classification, link prediction, matching", "amounts", _NO_AMOUNT),
    ("keyword spotting", "amounts", _NO_AMOUNT),
    (
        "multi-class classification",
        "amounts",
        "class numbers are no amounts: class 7 would be nearer to 8 than to 2",
    ),
    ("ranking, retrieval", "hits", _LISTS),
    ("object detection", "hits, specificity, false positive rate, ROC AUC", _BACKGROUND),
    ("keyword spotting, anomaly detection", "hits", _OTHERS),
    ("clustering", "hits, separation, amounts", "nobody has named the groups, so no answer is right or wrong by name"),
    (f"{_TEXTS}, image generation, speech synthesis", "separation", "there is no yes and no that a score could part"),
    (_TEXTS, "amounts", "a text is no amount: token 17 is not nearer to 18 than to 9,000"),
    ("translation, summarisation", "decisions", "many wordings are right, and none is a yes or a no"),
)

# The same for metrics that say too little alone, but may stand beside better ones.
_WEAK: tuple[tuple[str, str, str], ...] = (
    (
        "ranking, retrieval",
        "amounts",
        "two models can be off by the same and order a list in opposite ways; it cannot see the first places",
    ),
    (
        "object detection, segmentation",
        "amounts",
        "a few pixels off is much for a small object and nothing for a large",
    ),
    ("segmentation", "hits, pixel accuracy", "most pixels are background, so small objects may be missed unseen"),
    ("sequence labelling", "hits", "most words carry no tag, so whoever tags nothing is nearly always right"),
    ("multi-label classification", "hits", "most labels are absent, so whoever names none is nearly always right"),
    ("text generation, translation, summarisation", "hits", "many wordings are right, and it accepts one"),
    ("text generation, question answering", "overlap", "it rewards the same words and not the same meaning"),
    ("survival analysis", "hits, amounts, decisions", "it needs an outcome of everyone, and some have none yet"),
)

# Kinds that make sense for few tasks; they are wrong for all others.
_HOMES: dict[str, str] = {
    "boxes": "object detection, segmentation, keypoint detection, optical character recognition",
    "regions": "segmentation, object detection, optical character recognition, keypoint detection, anomaly detection",
    "keypoints": "keypoint detection, object detection",
    "transcripts": (
        "speech recognition, optical character recognition, speech synthesis, translation, text generation, "
        "keyword spotting, sequence labelling, summarisation, question answering"
    ),
    "overlap": f"{_TEXTS}, optical character recognition, planning, image generation",
    "pictures": "image generation, text generation, representation learning, segmentation, retrieval",
    "sound": "speech synthesis, speech recognition",
    "clusters": "clustering, representation learning, anomaly detection, retrieval",
    "survival": f"survival analysis, ranking, {_CLASSES}, regression",
}

BETTER: dict[str, tuple[str, str]] = {
    "ranking": ("ndcg@k", "recall@k"),
    "retrieval": ("recall@k", "mrr"),
    "binary classification": ("pr_auc", "log_loss"),
    "multi-class classification": ("macro F1", "log_loss"),
    "multi-label classification": ("pr_auc by label", "macro F1"),
    "multi-task classification": ("roc_auc by head", "calibration_error"),
    "regression": ("mae", "pinball_loss"),
    "forecasting": ("wape", "pinball_loss"),
    "object detection": ("map@iou50", "recall@iou50"),
    "segmentation": ("mean_iou", "dice"),
    "sequence labelling": ("F1 over spans", "recall"),
    "keyword spotting": ("recall at one false alarm an hour", "false_positive_rate"),
    "speech recognition": ("wer", "cer"),
    "speech synthesis": ("mos", "wer"),
    "optical character recognition": ("cer", "wer"),
    "keypoint detection": ("pck", "oks"),
    "representation learning": ("recall@k", "ndcg@k"),
    "link prediction": ("roc_auc", "map"),
    "matching": ("pr_auc", "recall at a fixed precision"),
    "clustering": ("silhouette", "pairwise precision against a labelled sample"),
    "anomaly detection": ("pr_auc", "recall at a fixed number of alarms a day"),
    "text generation": ("win_rate against the model in use", "faithfulness"),
    "image generation": ("fid", "win_rate"),
    "question answering": ("faithfulness", "exact_match"),
    "summarisation": ("faithfulness", "rouge"),
    "translation": ("comet", "win_rate"),
    "planning": ("task_success", "broken rules"),
    "policy learning": ("off-policy value", "regret"),
    "survival analysis": ("c_index", "integrated_brier"),
}
"""Two metrics that suit each task."""


class Misfit(NamedTuple):
    """Why a metric cannot judge a task.

    Attributes:
        task: The task.
        why: The reason, to go on after "…:".
        weak: Whether it may stand beside better metrics, and only says too little alone.
    """

    task: str
    why: str
    weak: bool


@cache
def _table() -> dict[tuple[str, str], Misfit]:
    """Return the misfits by task and kind or title."""
    found = {}
    for rows, weak in ((_WEAK, True), (_WRONG, False)):
        for tasks, metrics, why in rows:
            for task in tasks.split(", "):
                found.update({(task, metric): Misfit(task, why, weak) for metric in metrics.split(", ")})
    return found


def misfit(name: Named, tasks: Collection[str]) -> Misfit | None:
    """Return why a metric cannot judge any of some tasks.

    Args:
        name: What the name of the metric says. One that is not known, or narrowed by further words, is never accused.
        tasks: The tasks that it may be meant for, of ``framing.task``; none where that is not known.

    Returns:
        None where it suits one of them, or where one cannot know; else the misfit with the first, a weak one if any is.
    """
    if name.metric is None or not name.plain or not tasks:
        return None
    found = [_misfit(name.metric, task, name.k) for task in tasks]
    if not all(found):
        return None
    real = [one for one in found if one is not None]
    return next((one for one in real if one.weak), real[0])


def _misfit(metric: Metric, task: str, k: int | None) -> Misfit | None:
    home = _HOMES.get(metric.kind)
    if home is not None and task not in home.split(", "):
        return Misfit(task, f"it {KINDS[metric.kind]}, and {task} has none of these", False)
    if metric.kind == "hits" and k is not None and task not in ("regression", "object detection"):
        return None  # whether one of the first k is right
    table = _table()
    return table.get((task, metric.title)) or table.get((task, metric.kind))
