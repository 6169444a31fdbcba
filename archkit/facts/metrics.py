"""What authors call a metric → the standard metric that is meant, and its ``@k``."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from archkit.facts.words import words
from archkit.titles import is_map

KINDS: dict[str, str] = {
    "hits": "counts right answers among all answers",
    "decisions": "counts right and wrong decisions",
    "separation": "says how well scores part yes from no",
    "probability": "says how good probabilities are",
    "order": "says whether the best stands first",
    "average precision": "says how many of the first are right",
    "variety": "says how much a list differs within itself",
    "amounts": "says how far a number is off",
    "boxes": "compares boxes by their overlap",
    "regions": "compares regions by their overlap",
    "keypoints": "says how far points in a picture are off",
    "transcripts": "counts wrong words or letters of a transcript",
    "overlap": "counts words that an answer shares with a reference",
    "tokens": "says how well a model foresees the next token",
    "answers": "lets answers be judged",
    "pictures": "compares pictures",
    "sound": "says how good sound is",
    "clusters": "says how well groups hold together",
    "survival": "says who meets an event first, counting those who have not met it yet",
    "rewards": "says what decisions earn",
}
"""Kinds of metrics, and what each does, to go on after its name."""

# Title → kind, direction and bound, other names. `+`: more is better; `-`: less is better; `?`: neither. `1`: between 0
# and 1. A name is found where its words stand in a row; of names that overlap, the longest counts.
_TABLE: dict[str, tuple[str, str, str]] = {
    "accuracy": ("hits", "+1", "acc, classification accuracy"),
    "error rate": ("hits", "-1", "classification error, misclassification rate, 0 1 loss, zero one loss"),
    "pairwise accuracy": ("order", "+1", "pair accuracy, pairwise agreement, concordant pairs"),
    "precision": ("decisions", "+1", "prec, positive predictive value, ppv"),
    "recall": ("decisions", "+1", "sensitivity, true positive rate, tpr, hit ratio, detection rate"),
    "hit rate": ("decisions", "+1", "hitrate, hr"),
    "F1": ("decisions", "+1", "f1 score, f score, f measure, fbeta, f beta, f2, f05"),
    "specificity": ("decisions", "+1", "true negative rate, tnr"),
    "false positive rate": ("decisions", "-1", "fpr, false alarm rate, fall out, false accept rate, far"),
    "miss rate": ("decisions", "-1", "false negative rate, fnr, false reject rate, frr"),
    "balanced accuracy": ("decisions", "+1", "mean recall, average recall by class"),
    "Matthews correlation": ("decisions", "+", "mcc, matthews"),
    "kappa": ("decisions", "+", "cohens kappa, cohen s kappa, cohen kappa, quadratic weighted kappa, qwk"),
    "equal error rate": ("separation", "-1", "eer"),
    "ROC AUC": ("separation", "+1", "auc, auroc, rocauc, auc roc, area under roc, area under the roc, gauc, group auc"),
    "PR AUC": (
        "separation", "+1",
        "auprc, aucpr, prauc, auc pr, precision recall auc, area under precision recall, average precision, ap",
    ),
    "KS statistic": ("separation", "+1", "ks, kolmogorov smirnov"),
    "Gini coefficient": ("separation", "+", "gini"),
    "log loss": ("probability", "-", "logloss, cross entropy, binary cross entropy, bce, logarithmic loss"),
    "normalised cross-entropy": ("probability", "-", "normalised entropy, nce, ne, normalised log loss"),
    "Brier score": ("probability", "-1", "brier"),
    "calibration error": ("probability", "-1", "ece, expected calibration error, max calibration error, mce"),
    "calibration": ("probability", "?", "calibration ratio, predicted over observed, reliability diagram"),
    "nDCG": ("order", "+1", "normalised discounted cumulative gain, discounted cumulative gain"),
    "DCG": ("order", "+", "cumulative gain"),
    "MRR": ("order", "+1", "mean reciprocal rank, reciprocal rank"),
    "average rank": ("order", "-", "mean rank, median rank, mean percentile rank, mpr"),
    "rank correlation": ("order", "+", "kendall, kendall tau, kendalls tau, spearman, rank correlation"),
    "mean average precision": ("average precision", "+1", "map, map50, map 50, map 50 95, mean ap"),
    "diversity": ("variety", "+", "intra list diversity, ild, author diversity"),
    "novelty": ("variety", "+", "serendipity, surprise"),
    "catalogue coverage": ("variety", "+1", "coverage, catalog coverage, item coverage"),
    "mean squared error": ("amounts", "-", "mse, squared error, squared errors"),
    "RMSE": ("amounts", "-", "root mean squared error, root mean square error, rmsle"),
    "MAE": ("amounts", "-", "mean absolute error, absolute error, median absolute error, mean error"),
    "MAPE": ("amounts", "-", "mean absolute percentage error, smape, wape, percentage error, mase"),
    "R²": ("amounts", "+", "r2, r squared, coefficient of determination, explained variance"),
    "pinball loss": ("amounts", "-", "quantile loss, pinball, crps, interval score, interval coverage"),
    "IoU": ("boxes", "+1", "intersection over union, mean iou, miou, giou"),
    "mAP over boxes": (
        "boxes", "+1",
        "map iou, map iou50, map iou75, ap50, ap75, ap iou50, ap iou, coco map, box ap, box map, map over iou",
    ),
    "recall over boxes": ("boxes", "+1", "recall iou, recall iou50, recall iou75, average recall"),
    "Dice": ("regions", "+1", "dice score, dice coefficient, jaccard, boundary f1"),
    "pixel accuracy": ("regions", "+1", "pixel acc"),
    "panoptic quality": ("regions", "+1", "pq"),
    "PCK": ("keypoints", "+1", "percentage of correct keypoints, oks, object keypoint similarity"),
    "WER": ("transcripts", "-", "word error rate, word errors"),
    "CER": ("transcripts", "-", "character error rate, character errors, edit distance, levenshtein"),
    "BLEU": ("overlap", "+", "sacrebleu, chrf, meteor, comet, ter"),
    "ROUGE": ("overlap", "+", "rouge l, rouge 1, rouge 2, rougel"),
    "BERTScore": ("overlap", "+", "bert score, bleurt"),
    "perplexity": ("tokens", "-", "ppl, bits per byte, bits per character"),
    "exact match": ("answers", "+1", "em"),
    "faithfulness": ("answers", "+1", "groundedness, grounding, attribution, citation accuracy, citation precision"),
    "hallucination rate": ("answers", "-1", "hallucination, hallucinations"),
    "answer relevance": ("answers", "+1", "answer correctness, answer relevancy, context precision, context recall"),
    "win rate": ("answers", "+1", "winrate, preference rate, pairwise preference, elo, helpfulness"),
    "task success": ("answers", "+1", "success rate, task completion, pass rate, pass 1, pass at 1"),
    "FID": ("pictures", "-", "frechet inception distance, fréchet inception distance, kid, inception distance"),
    "CLIP score": ("pictures", "+", "clipscore, clip similarity, inception score"),
    "LPIPS": ("pictures", "-", "perceptual distance"),
    "SSIM": ("pictures", "+", "psnr, structural similarity"),
    "MOS": ("sound", "+", "mean opinion score, pesq, stoi"),
    "silhouette": ("clusters", "+", "silhouette score, davies bouldin, calinski harabasz"),
    "adjusted Rand index": ("clusters", "+", "ari, nmi, normalised mutual information, purity, v measure, b cubed"),
    "C-index": ("survival", "+1", "concordance index, concordance, integrated brier"),
    "regret": ("rewards", "-", "cumulative regret"),
    "off-policy value": ("rewards", "+", "ips, snips, inverse propensity, doubly robust, off policy, return, reward"),
}  # fmt: skip

_NEUTRAL = frozenset(
    (
        "at", "top", "macro", "micro", "weighted", "mean", "average", "avg", "median", "overall", "offline", "test",
        "validation", "val", "holdout", "held", "out", "k", "score", "of", "the",
    )
)  # fmt: skip
"""Words beside a metric's name that leave it what it is."""


class Metric(NamedTuple):
    """A standard metric.

    Attributes:
        title: What the field calls it.
        kind: What it does, a key of ``KINDS``.
        more: Whether more is better; None where neither is.
        share: Whether it lies between 0 and 1.
    """

    title: str
    kind: str
    more: bool | None
    share: bool


class Named(NamedTuple):
    """What the name of a metric says.

    Attributes:
        metric: The standard metric; None where the name is none that is known.
        k: How many results count, as 20 of ``ndcg@20``.
        plain: Whether nothing in the name narrows or changes the metric, as ``tag`` in ``tag_precision`` does.
    """

    metric: Metric | None
    k: int | None
    plain: bool


@cache
def _names() -> tuple[tuple[str, Metric], ...]:
    """Return all names of all metrics, longest first."""
    found = {}
    for title, (kind, how, others) in _TABLE.items():
        metric = Metric(title, kind, {"+": True, "-": False}.get(how[0]), how[1:] == "1")
        for name in (title, *others.split(", ")):
            found[words(name)] = metric
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(1024)
def named(name: str) -> Named:
    """Return what the name of a metric says.

    Args:
        name: In the words of an author, as ``recall@1000`` or ``pr_auc``.
    """
    text, k = _cut(name)
    inside = words(text)
    # The first that is named: recall of "recall at precision 95".
    there = [each for each in _names() if each[0] in inside]
    if "@" not in name and not is_map(inside.split()):
        there = [each for each in there if each[0] != " map "]  # the map of `heat_map_click_rate`
    found = min(((inside.index(each[0]), each) for each in there), key=_first, default=None)
    if found is None:
        return Named(None, k, False)
    known, metric = found[1]
    rest = inside.replace(known, " ", 1).split()
    counted = metric.kind in ("decisions", "order", "hits") and "@" not in name
    if counted and rest and rest[-1].isdecimal():
        k = int(rest.pop()[:9]) or None
    plain = all(word in _NEUTRAL for word in rest)
    return Named(metric, k if plain or "@" in name else None, plain)


def _first(found: tuple[int, tuple[str, Metric]]) -> tuple[int, int]:
    """Order names by where they stand; at one place the longest counts."""
    return found[0], -len(found[1][0])


def _cut(name: str) -> tuple[str, int | None]:
    """Part ``ndcg@20`` into the name and k; what stands after the number stays with the name."""
    head, at, tail = name.partition("@")
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    rest = tail[len(digits) :].lower()
    # Not a number of results: recall@1_false_alarm_per_hour, recall@95%, map@0.5
    if not at or not digits or len(digits) > 9 or rest.startswith((".", "%")) or "per" in rest or "false" in rest:
        return name, None
    factor = 1000 if rest == "k" else 1
    return f"{head} {'' if factor > 1 else rest}", int(digits) * factor or None
