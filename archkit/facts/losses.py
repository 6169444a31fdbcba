"""What authors call a loss → the standard losses that it is made of."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from archkit.facts.words import words

KINDS: dict[str, str] = {
    "yes or no": "scores a probability of yes or no",
    "classes": "scores the probability of one class out of several",
    "amounts": "scores how far a number is off",
    "order": "scores which of two or more items comes first",
    "nearness": "scores which vectors lie close together",
    "factors": "scores how well two small tables multiply to a large one",
    "boxes": "scores how well two boxes overlap",
    "regions": "scores how well two regions overlap",
    "detection": "scores boxes and their classes together",
    "alignment": "scores a sequence of symbols without knowing when each occurs",
    "tokens": "scores the probability of each token",
    "tags": "scores a whole sequence of tags",
    "policy": "scores actions or answers by how they are rewarded or preferred",
    "generation": "scores how well data are rebuilt or imitated",
    "density": "scores how usual an example is",
    "groups": "scores how close examples lie to the middle of their group",
    "hazard": "scores when an event happens, with those who have not met it yet",
    "teacher": "scores the distance to another model's answers",
    "extra": "only keeps a model in shape",
}
"""Kinds of losses, and what each does, to go on after "mean squared error …"."""

# Title → kind and other names. A name is found wherever its words stand in a row; of names that overlap, the longest
# counts. "Negative log-likelihood" is missing on purpose: it may mean nearly any of them.
_TABLE: dict[str, tuple[str, str]] = {
    "binary cross-entropy": (
        "yes or no",
        "binary cross entropies, bce, log loss, logloss, logistic loss, logistic, sigmoid cross entropy, "
        "cross entropy with sigmoid, cross entropy with logits, bernoulli, binomial deviance, deviance",
    ),
    "weighted logistic loss": ("yes or no", "weighted logistic, watch time weighted, duration weighted"),
    "focal loss": ("yes or no", "focal, asymmetric loss, asymmetric focal, poly loss"),
    "hinge loss": ("yes or no", "hinge, max margin, large margin, svm"),
    "Brier score": ("yes or no", "brier"),
    "exponential loss": ("yes or no", "exponential loss, adaboost"),
    "max-pooling loss": ("yes or no", "max pooling, max pooled"),
    "cross-entropy": ("classes", "cross entropies, ce loss, label smoothing, xent"),
    "softmax cross-entropy": (
        "classes",
        "softmax, categorical cross entropy, sparse categorical cross entropy, multinomial log loss, "
        "multiclass log loss, multi class cross entropy, multiclass cross entropy, multinomial logistic, "
        "cross entropy over classes",
    ),
    "cross-entropy over bins": ("classes", "buckets, bins, binned, bucketised, discretised, histogram loss"),
    "ordinal cross-entropy": ("classes", "ordinal, coral, cumulative link, proportional odds"),
    "angular margin softmax": ("classes", "arcface, cosface, sphereface, angular margin, additive margin, am softmax"),
    "mean squared error": (
        "amounts",
        "squared error, squared errors, squared loss, square error, square loss, least squares, sum of squares, "
        "mse, rmse, l2, l2 loss, quadratic loss, euclidean loss",
    ),
    "mean absolute error": ("amounts", "absolute error, absolute errors, absolute loss, mae, l1, l1 loss"),
    "Huber loss": ("amounts", "huber, log cosh, smooth l1, smooth mae, pseudo huber"),
    "quantile loss": ("amounts", "quantile, quantiles, pinball, crps, interval score"),
    "Poisson loss": ("amounts", "poisson, poisson deviance, negative binomial"),
    "Tweedie loss": ("amounts", "tweedie, tweedie deviance, compound poisson"),
    "gamma loss": ("amounts", "gamma deviance, gamma loss, gamma regression"),
    "zero-inflated log-normal loss": ("amounts", "ziln, zero inflated, log normal, lognormal"),
    "Gaussian likelihood": ("amounts", "gaussian nll, gaussian likelihood, heteroscedastic, student t likelihood"),
    "squared logarithmic error": ("amounts", "msle, rmsle, squared logarithmic, squared log error"),
    "percentage error": ("amounts", "mape, smape, wape, percentage error, mase"),
    "wing loss": ("amounts", "wing loss, adaptive wing"),
    "pairwise logistic loss": (
        "order",
        "pairwise, pairwise loss, ranknet, pairwise cross entropy, pairwise log loss, pairwise logistic, "
        "pairwise softmax, logistic on pairs",
    ),
    "pairwise hinge loss": ("order", "pairwise hinge, margin ranking, ranking hinge, warp, ranksvm, rank svm"),
    "Bayesian personalised ranking": ("order", "bpr, bayesian personalised ranking"),
    "listwise softmax": (
        "order",
        "listwise, listnet, listmle, softmax over the list, softmax over each list, list softmax, "
        "listwise cross entropy, plackett luce",
    ),
    "LambdaRank": (
        "order",
        "lambdamart, lambda rank, lambda mart, lambdaloss, approxndcg, approx ndcg, neuralndcg, ndcg loss, xe ndcg, "
        "softrank",
    ),
    "contrastive loss": (
        "nearness",
        "contrastive, infonce, info nce, nt xent, simclr, clip, siglip, supcon, in batch softmax, batch softmax, "
        "in batch negatives, multiple negatives ranking, softmax over similarities, softmax of similarities, "
        "n pair, cosine embedding, cosine similarity, dino, byol, vicreg, barlow twins",
    ),
    "triplet loss": ("nearness", "triplet, triplets, quadruplet, triplet margin"),
    "sampled softmax": ("nearness", "sampled softmax, sampled cross entropy, full softmax over items"),
    "negative sampling": (
        "nearness",
        "negative sampling, log sigmoid, skip gram, sgns, word2vec, noise contrastive estimation, nce",
    ),
    "weighted matrix factorisation": (
        "factors",
        "wals, als, alternating least squares, weighted matrix factorisation, matrix factorisation, implicit als, "
        "weighted squared error over all pairs, weighted squares, observed and unobserved, nmf",
    ),
    "IoU loss": ("boxes", "iou, giou, diou, ciou, intersection over union"),
    "Dice loss": ("regions", "dice, jaccard, tversky, lovasz, lovász, boundary loss, soft iou, mask iou"),
    "detection loss": (
        "detection",
        "multibox, hungarian, bipartite matching, set prediction, set loss, yolo, faster r cnn, detr, retinanet",
    ),
    "CTC": ("alignment", "connectionist temporal classification"),
    "transducer loss": ("alignment", "rnn t, rnnt, transducer"),
    "next-token cross-entropy": (
        "tokens",
        "next token, next word, next item prediction, language modelling, language modeling, causal lm, "
        "autoregressive, teacher forcing, token level cross entropy, token cross entropy, per token, "
        "sequence to sequence, seq2seq, cross entropy over tokens, cross entropy on tokens, "
        "supervised fine tuning, sft",
    ),
    "masked-token cross-entropy": ("tokens", "masked language, masked token, mlm, span corruption, masked item, cloze"),
    "CRF likelihood": ("tags", "crf, conditional random field"),
    "direct preference optimisation": ("policy", "dpo, direct preference, ipo, kto, orpo, simpo, preference pairs"),
    "policy gradient": (
        "policy",
        "ppo, grpo, rlhf, rlaif, reinforce, policy gradient, proximal policy, actor critic, minimum word error rate, "
        "mwer, expected reward, reward",
    ),
    "reward model loss": ("policy", "bradley terry, reward model, preference model"),
    "temporal difference error": ("policy", "temporal difference, td error, bellman, q learning, dqn"),
    "off-policy estimate": ("policy", "off policy, doubly robust, regret"),
    "behaviour cloning": ("policy", "behaviour cloning, behavior cloning, imitation"),
    "diffusion loss": (
        "generation",
        "diffusion, noise prediction, predicted noise, added noise, noise mse, mse on noise, mse of the noise, "
        "noise, denoising, score matching, flow matching, rectified flow, v prediction",
    ),
    "adversarial loss": ("generation", "adversarial, gan, discriminator, wasserstein, hinge gan"),
    "perceptual loss": ("generation", "perceptual, lpips, feature matching, vgg loss, style loss"),
    "ELBO": ("generation", "vae, variational, evidence lower bound, commitment loss, vq vae"),
    "reconstruction loss": ("generation", "reconstruction, autoencoder, masked autoencoder, rebuild"),
    "spectrogram loss": ("generation", "stft, mel spectrogram, spectrogram, mel loss"),
    "one-class loss": ("density", "one class, svdd, deep svdd"),
    "density likelihood": ("density", "density, normalising flow, likelihood of normal"),
    "within-cluster distance": (
        "groups", "k means, kmeans, within cluster, inertia, modularity, gaussian mixture, gmm"
    ),
    "Cox partial likelihood": (
        "hazard",
        "cox, partial likelihood, hazard, deephit, censored, survival likelihood, aft, time to event likelihood",
    ),
    "distillation loss": (
        "teacher",
        "distillation, distil, distilled, soft targets, soft labels, teacher, kl, kl divergence, kullback leibler",
    ),
    "regularisation": (
        "extra",
        "regularisation, regulariser, l1 regularisation, l2 regularisation, l1 penalty, l2 penalty, weight decay, "
        "load balancing, orthogonality, entropy bonus, auxiliary, penalty",
    ),
}  # fmt: skip


class Loss(NamedTuple):
    """A standard loss.

    Attributes:
        title: What the field calls it.
        kind: What it scores, a key of ``KINDS``.
    """

    title: str
    kind: str


class Terms(NamedTuple):
    """What a text about a loss says.

    Attributes:
        losses: The losses it names, each once.
        complete: Whether each summand names one; where not, nothing follows from what is missing.
    """

    losses: tuple[Loss, ...]
    complete: bool


@cache
def _names() -> tuple[tuple[str, Loss], ...]:
    """Return all names of all losses, longest first."""
    found = {}
    for title, (kind, others) in _TABLE.items():
        for name in (title, *others.split(", ")):
            found[words(name)] = Loss(title, kind)
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(1024)
def terms(text: str) -> Terms:
    """Return the losses that a text names, as ``cross-entropy + lambda × smooth L1`` names two.

    Args:
        text: The loss in the words of an author.
    """
    found: dict[Loss, None] = {}
    complete = bool(text.strip())
    for part in text.split("+"):
        named = _named(words(part))
        complete = complete and bool(named)
        found.update(dict.fromkeys(named))
    return Terms(tuple(found), complete)


def _named(text: str) -> list[Loss]:
    found = []
    for name, loss in _names():
        if name in text:
            found.append((text.index(name), loss))
            # A bar where the name stood, so that no other name reaches across.
            text = text.replace(name, " | ")
    return [loss for _, loss in sorted(found)]
