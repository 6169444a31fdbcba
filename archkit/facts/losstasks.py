"""A loss and what is to be learned → whether they fit, and if not, why not and what would."""

from __future__ import annotations

from typing import NamedTuple

from archkit.facts.losses import KINDS, Loss, terms


class Fit(NamedTuple):
    """What a task asks of its loss.

    Attributes:
        needs: What is to be learned, to go on after "… needs".
        kinds: The kinds of losses that fit, and titles of single ones.
        better: Two that fit.
    """

    needs: str
    kinds: frozenset[str]
    better: tuple[str, str]


def _fit(needs: str, kinds: str, *better: str) -> Fit:
    first, second = better
    return Fit(needs, frozenset(kinds.split(", ")), (first, second))


_PROBABILITY = ("binary cross-entropy", "focal loss")
_AMOUNT = ("Huber loss", "quantile loss")
_TOKENS = ("next-token cross-entropy", "direct preference optimisation")

FITS: dict[str, Fit] = {
    "ranking": _fit(
        "an order of items",
        "yes or no, classes, amounts, order, nearness, factors, tokens, policy",
        "binary cross-entropy",
        "LambdaRank",
    ),
    "retrieval": _fit(
        "vectors whose nearness finds a few items among many",
        "yes or no, classes, amounts, order, nearness, factors, tokens",
        "sampled softmax",
        "contrastive loss",
    ),
    "binary classification": _fit("a probability of yes or no", "yes or no, classes, regions, tokens", *_PROBABILITY),
    "multi-class classification": _fit(
        "one class out of several", "classes, yes or no, regions, tokens", "softmax cross-entropy", "focal loss"
    ),
    "multi-label classification": _fit(
        "a probability for each label by itself",
        "cross-entropy, yes or no, order, regions, tokens",
        *_PROBABILITY,
    ),
    "multi-task classification": _fit(
        "several outputs at once", "yes or no, classes, amounts, order, nearness, regions, tokens", *_PROBABILITY
    ),
    "regression": _fit(
        "an amount",
        "amounts, factors, weighted logistic loss, cross-entropy over bins, ordinal cross-entropy, hazard",
        *_AMOUNT,
    ),
    "forecasting": _fit(
        "amounts in the future",
        "amounts, factors, cross-entropy over bins, tokens, generation, density, hazard",
        "quantile loss",
        "Tweedie loss",
    ),
    "object detection": _fit(
        "boxes and their classes",
        "yes or no, classes, amounts, boxes, regions, detection, nearness",
        "focal loss + GIoU loss",
        "cross-entropy + smooth L1",
    ),
    "segmentation": _fit(
        "a class for each pixel", "yes or no, classes, regions, boxes, detection", "Dice loss", "cross-entropy"
    ),
    "keypoint detection": _fit(
        "places in a picture",
        "amounts, classes, yes or no, boxes, regions, detection",
        "mean squared error on heatmaps",
        "smooth L1",
    ),
    "sequence labelling": _fit(
        "a tag for each position",
        "classes, yes or no, tags, alignment, tokens, regions",
        "cross-entropy",
        "CRF likelihood",
    ),
    "keyword spotting": _fit(
        "whether a word was said",
        "yes or no, classes, alignment, nearness, tokens",
        "cross-entropy",
        "max-pooling loss",
    ),
    "speech recognition": _fit(
        "a text of unknown timing", "alignment, tokens, classes, policy", "CTC", "transducer loss"
    ),
    "speech synthesis": _fit(
        "sound", "amounts, generation, tokens, classes, alignment, policy", "spectrogram loss", "diffusion loss"
    ),
    "optical character recognition": _fit(
        "a text of unknown layout",
        "alignment, tokens, classes, yes or no, boxes, regions, detection, amounts",
        "CTC",
        "next-token cross-entropy",
    ),
    "representation learning": _fit(
        "vectors in which like things lie close",
        "nearness, classes, yes or no, tokens, generation, order, amounts, groups, factors",
        "contrastive loss",
        "triplet loss",
    ),
    "link prediction": _fit(
        "whether two nodes will be joined",
        "yes or no, classes, order, nearness, factors",
        "binary cross-entropy",
        "Bayesian personalised ranking",
    ),
    "matching": _fit(
        "whether two things are the same",
        "yes or no, classes, order, nearness, tokens",
        "binary cross-entropy",
        "contrastive loss",
    ),
    "clustering": _fit(
        "groups that nobody has named",
        "groups, density, generation, nearness, amounts, classes",
        "within-cluster distance",
        "contrastive loss",
    ),
    "anomaly detection": _fit(
        "how unusual an example is",
        "density, generation, yes or no, classes, amounts, nearness, tokens, groups",
        "reconstruction loss",
        "one-class loss",
    ),
    "text generation": _fit("the next token", "tokens, classes, policy, generation", *_TOKENS),
    "summarisation": _fit("the next token", "tokens, classes, policy", *_TOKENS),
    "translation": _fit("the next token", "tokens, classes, policy", *_TOKENS),
    "question answering": _fit(
        "a text, or its place in a document", "tokens, classes, policy, yes or no, nearness, order", *_TOKENS
    ),
    "image generation": _fit(
        "one of many pictures that would do",
        "generation, tokens, classes, policy",
        "diffusion loss",
        "adversarial loss",
    ),
    "planning": _fit(
        "good actions",
        "policy, tokens, classes, yes or no, amounts, generation, order",
        "policy gradient",
        "behaviour cloning",
    ),
    "policy learning": _fit(
        "good actions",
        "policy, tokens, classes, yes or no, amounts, generation, order",
        "policy gradient",
        "behaviour cloning",
    ),
    "survival analysis": _fit(
        "when something happens, with those to whom it has not yet",
        "hazard, yes or no, order, weighted logistic loss, cross-entropy over bins",
        "Cox partial likelihood",
        "binary cross-entropy for each interval",
    ),
}
"""What fits each task of ``framing.task``; a loss of another kind is a mistake, or a choice to be explained."""

_LABELS = {"yes or no": "binary classification", "amount": "regression", "one of several": "multi-class classification"}
"""The task of learning a label, by what it is (``facts.labels``)."""

_TEXTS = "text generation, summarisation, translation, question answering, speech recognition"

# Why a kind of loss is wrong for a task, to go on after "…:"; a general sentence where nothing stands here.
_WHY: dict[tuple[str, str], str] = {
    ("binary classification", "amounts"): (
        "it takes 0 and 1 for amounts, so that a confident mistake hardly counts and scores are no probabilities"
    ),
    ("link prediction", "amounts"): "it takes 0 and 1 for amounts, so that a confident mistake hardly counts",
    ("matching", "amounts"): "it takes 0 and 1 for amounts, so that a confident mistake hardly counts",
    ("multi-class classification", "amounts"): (
        "it takes class numbers for amounts: class 7 would be nearer to 8 than to 2"
    ),
    ("multi-label classification", "amounts"): (
        "it takes 0 and 1 for amounts, so that a confident mistake hardly counts"
    ),
    ("multi-label classification", "classes"): (
        "its probabilities add up to 1, so that labels compete which may well hold at once"
    ),
    ("segmentation", "amounts"): "it takes class numbers for amounts: class 7 would be nearer to 8 than to 2",
    ("sequence labelling", "amounts"): "it takes tags for amounts: tag 7 would be nearer to 8 than to 2",
    ("keyword spotting", "amounts"): "it takes 0 and 1 for amounts, so that a confident mistake hardly counts",
    ("regression", "yes or no"): "it knows but yes and no: to be off by 10 costs what being off by 1 costs",
    ("regression", "classes"): "it has no distance between classes: to be off by 10 costs what being off by 1 costs",
    ("regression", "order"): "it learns which is larger, but never how large",
    ("forecasting", "yes or no"): "it knows but yes and no: to be off by 10 costs what being off by 1 costs",
    ("forecasting", "classes"): "it has no distance between classes: to be off by 10 costs what being off by 1 costs",
    ("forecasting", "order"): "it learns which is larger, but never how large",
    ("binary classification", "nearness"): "it places vectors, and gives no probability that could be thresholded",
    ("binary classification", "order"): "it learns who comes first, and gives no probability that could be thresholded",
    ("multi-class classification", "nearness"): "it places vectors, and a classifier is still to be trained on them",
    ("image generation", "amounts"): "it asks for the mean of all pictures that would do, which is a blurred one",
    ("survival analysis", "amounts"): "it needs a time for everyone, and those who are still there have none yet",
    **{
        (task, "amounts"): "tokens are no amounts: token 17 is not nearer to 18 than to 9,000"
        for task in _TEXTS.split(", ")
    },
}


class Misfit(NamedTuple):
    """Why a loss does not fit.

    Attributes:
        loss: The first loss that does not fit.
        why: The reason, to go on after "…:".
        better: Two losses that fit.
    """

    loss: Loss
    why: str
    better: tuple[str, str]


def task_of_label(target: str) -> str:
    """Return the task of learning a label that is ``yes or no``, an ``amount`` or ``one of several``."""
    return _LABELS.get(target, "")


def misfit(task: str, loss: str) -> Misfit | None:
    """Return why a loss does not fit a task.

    A sum fits if one of its terms does: the others may help. A loss with a term that is not known is never accused.

    Args:
        task: One of ``framing.task``.
        loss: The loss in the words of an author.

    Returns:
        None where it fits, or where one cannot know.
    """
    fit = FITS.get(task)
    found = terms(loss)
    judged = [one for one in found.losses if one.kind != "extra"]
    if fit is None or not found.complete or not judged:
        return None
    if any(one.kind == "teacher" or one.kind in fit.kinds or one.title in fit.kinds for one in judged):
        return None
    first = judged[0]
    why = _WHY.get((task, first.kind)) or f"it {KINDS[first.kind]}, and {task} needs {fit.needs}"
    return Misfit(first, why, fit.better)


def missing_half(losses: tuple[str, ...]) -> str:
    """Return what the losses of a detector leave unlearned: ``boxes`` or ``classes``, or an empty text.

    Args:
        losses: All its losses, in the words of an author.
    """
    found = [terms(loss) for loss in losses]
    kinds = {one.kind for each in found for one in each.losses}
    if not kinds or not all(each.complete for each in found) or "detection" in kinds:
        return ""
    boxes, classes = kinds & {"boxes", "amounts"}, kinds & {"yes or no", "classes"}
    return "" if bool(boxes) == bool(classes) else "classes" if boxes else "boxes"
