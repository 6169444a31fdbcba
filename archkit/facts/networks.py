"""What a model's author calls its architecture → the family that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.facts.words import words

if TYPE_CHECKING:
    from archkit.model.modelling import Model

# Family → the phrases that name it, wherever their words stand in a row; of phrases that are found, the longest counts.
_TABLE: dict[str, str] = {
    "towers": (
        "two tower, two towers, twin towers, dual encoder, dual encoders, bi encoder, biencoder, siamese, three tower, "
        "clip, contrastive encoder, two encoders"
    ),
    "factors": (
        "matrix factorisation, factorised matrix, latent factor, latent factors, collaborative filtering, svd, als, "
        "wals"
    ),
    "skip-gram": "skip gram, word2vec, item2vec, prod2vec, deepwalk, node2vec, session embeddings",
    "cross": "deep and cross, deep cross, cross network, dcn, dcn v2, cross layers",
    "machine": (
        "factorisation machine, factorization machine, factorisation machines, field aware factorisation machine, "
        "deepfm, xdeepfm, fm and deep"
    ),
    "wide": "wide and deep, wide deep",
    "experts": "mixture of experts, mmoe, multi gate mixture of experts, ple, progressive layered extraction",
    "pairwise": "cross encoder, crossencoder, cross attention over both, reads both together",
    "detector-two": (
        "two stage detector, faster r cnn, faster rcnn, mask r cnn, r cnn, rcnn, region proposal, cascade r cnn"
    ),
    "detector-one": (
        "one stage detector, single stage detector, yolo, ssd, retinanet, centernet, fcos, efficientdet, detector, "
        "object detection, face detector"
    ),
    "detector-set": "detr, deformable detr, set prediction detector",
    "trees": (
        "boosted trees, gradient boosted trees, gradient boosting, gbdt, gbm, xgboost, lightgbm, catboost, lambdamart, "
        "random forest, decision tree, decision trees, isolation forest, tree ensemble, boosted decision trees"
    ),
    "linear": (
        "logistic regression, linear regression, linear model, generalised linear model, ridge regression, lasso, "
        "elastic net, poisson regression"
    ),
    "graph": (
        "graph network, graph neural network, gnn, graphsage, gcn, gat, graph attention, graph convolution, pinsage, "
        "message passing, graph convolutional network"
    ),
    "rag": "retrieval augmented, rag, retrieval augmented generation",
    "language": (
        "language model, llm, large language model, decoder only, gpt, causal transformer, instruction model, "
        "chat model"
    ),
    "diffusion": (
        "diffusion, latent diffusion, diffusion model, text to image, diffusion transformer, dit, u net denoiser, "
        "denoising, flow matching, rectified flow"
    ),
    "translation": (
        "encoder decoder, sequence to sequence, seq2seq, encoder and decoder, t5, bart, whisper, "
        "translation transformer, image captioner, encoder decoder transformer"
    ),
    "autoencoder": "autoencoder, auto encoder, variational autoencoder, vae, reconstruction network",
    "transformer": (
        "transformer, vision transformer, vit, bert, roberta, transformer encoder, self attention, sasrec, bert4rec, "
        "text encoder, conformer, sequence transformer"
    ),
    "forecast": (
        "temporal fusion transformer, tft, deepar, n beats, nhits, prophet, arima, exponential smoothing, state space, "
        "forecaster, forecasting network"
    ),
    "recurrent": "recurrent, rnn, lstm, gru, recurrent network, rnn t, transducer",
    "convolution": (
        "cnn, convolutional, convolutional network, ds cnn, depthwise separable, mobilenet, resnet, efficientnet, "
        "convolutions, temporal convolutional, tcn, image classifier"
    ),
    "ensemble": (
        "independent networks, separate networks, one network per label, one network for each, one model per label, "
        "one model for each, binary classifier for each, n independent, ensemble, one classifier per"
    ),
    "fusion-late": "late fusion, fused scores, score fusion",
    "fusion-early": "early fusion, fused features, feature fusion",
    "feed-forward": (
        "feed forward, feedforward, mlp, multilayer perceptron, dense network, neural network, shared bottom, "
        "shared layers, multi task, deep network, classifier on vectors, fully connected"
    ),
}

_PHRASES: tuple[tuple[str, str], ...] = tuple(
    sorted(
        ((words(phrase), family) for family, phrases in _TABLE.items() for phrase in phrases.split(", ")),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
_TOWERED = frozenset(
    ("towers", "transformer", "recurrent", "forecast", "convolution", "feed-forward", "other", "graph", "language")
)


def family(model: Model) -> str:
    """Return the family of a model's architecture, such as ``towers``; ``other`` where none is known.

    What is written structurally counts before words: towers make towers, experts make experts.

    Args:
        model: What is said about it; its kind is read first, then its title, then its backbone.
    """
    named = next(filter(None, map(_named, (model.kind, model.title, model.backbone))), "other")
    if len(model.towers) > 1 and named in _TOWERED:
        return "towers"
    if model.experts is not None:
        return "experts"
    if named in ("other", "feed-forward"):
        if model.independent:
            return "ensemble"
        if model.fusion == "late":
            return "fusion-late"
    return named


def _named(text: str) -> str:
    inside = words(text)
    return next((family for phrase, family in _PHRASES if phrase in inside), "")
