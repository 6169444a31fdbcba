"""Transforms of features: their words are cut into operations, and what comes out of them is told when it is known."""

from __future__ import annotations

import pytest

import archkit
from archkit.facts.transforms import operations, outcome, vectors, width
from archkit.model.data import Feature


def feature(text: str) -> Feature:
    document = archkit.loads(f"blueprint: 1\ntitle: X\ndata: {{features: {{user: {{it: {{{text}}}}}}}}}\n")
    assert document.blueprint is not None and not document.diagnostics, document.diagnostics
    return document.blueprint.data.features["user"]["it"]


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("bucket + one-hot", ["Bucket: bucket", "One-hot: one-hot"]),
        ("log, then z-score", ["Log: scale", "Z-score: scale"]),
        ("resize to 224 × 224, scale to 0–1", ["Resize to 224 × 224: ", "Scale to 0–1: scale"]),
        ("tokenise → BERT → mean over tokens", ["Tokenise: tokens", "BERT: encode", "Mean over tokens: pool"]),
        ("clip (0, 1), and log", ["Clip (0, 1): ", "Log: scale"]),
        ("one-hot: red, green, blue", ["One-hot: one-hot"]),
        ("vectors of card, device and address", ["Vectors of card, device and address: embed"]),
        ("z-score by card, else by shop", ["Z-score by card, else by shop: scale"]),
        (
            "lower case, Unicode normalised, word pieces",
            ["Lower case: ", "Unicode normalised: scale", "Word pieces: tokens"],
        ),
        ("16 frames, resized to 224 × 224", ["16 frames: ", "Resized to 224 × 224: "]),
        ("mean of the vectors of the last 20 ads", ["Vectors of the last 20 ads: embed", "Mean: pool"]),
        ("attention over channel embeddings", ["Channel embeddings: embed", "Attention: pool"]),
        ("mean of the prices", ["Mean of the prices: pool"]),
        ("hash + embedding", ["Hash: hash", "Embedding: embed"]),
        ("as it is", []),
        ("", []),
        ("log + ", ["Log +: scale"]),
    ],
)
def test_a_transform_is_cut_into_its_operations(transform: str, expected: list[str]) -> None:
    assert [f"{step.words}: {step.kind}" for step in operations(transform)] == expected


def test_the_values_of_a_one_hot_vector_are_its_detail() -> None:
    assert operations("one-hot: red, green, blue")[0].detail == "red, green, blue"


def test_operations_with_weights_are_told_apart() -> None:
    learned = [step.words for step in operations("hash + embedding, then attention over 50 of them, then log")]
    steps = operations("hash + embedding, then attention over 50 of them, then log")
    assert learned == ["Hash", "Embedding", "Attention over 50 of them", "Log"]
    assert [step.learned for step in steps] == [False, True, True, False]


@pytest.mark.parametrize(
    ("said", "made", "long"),
    [
        ("type: numeric, transform: log", "numbers", 1),
        ("type: numeric, transform: log of counts by kind", "numbers", None),
        ("type: numeric, transform: 'z-score by card, else by shop'", "numbers", 1),
        ("type: categorical, transform: target encoding with smoothing, cardinality: 900", "numbers", 1),
        ("type: numeric, transform: log + 16 buckets + one-hot", "numbers", 16),
        ("type: numeric, transform: log + buckets", "numbers", None),
        ("type: time, transform: sine and cosine", "numbers", 2),
        ("type: boolean, transform: as it is", "numbers", 1),
        ("type: id, transform: embedding, dim: 32", "numbers", 32),
        ("type: id, transform: embedding", "numbers", None),
        ("type: set, transform: multi-hot of 400 topics", "numbers", 400),
        ("type: set, transform: 'multi-hot of 12,000 tags'", "numbers", 12_000),
        ("type: categorical, transform: one-hot, cardinality: 24", "numbers", 24),
        ("type: categorical, transform: 'one-hot: a, b, c'", "numbers", 3),
        ("type: categorical, transform: one-hot", "numbers", None),
        ("type: text, transform: 'lower case, word pieces', length: 32", "tokens", None),
        ("type: text, transform: inverted index with BM25", "index", None),
        ("type: text, transform: put before the passage", "text", None),
        ("type: image, transform: resize to 224 × 224", "pixels", None),
        ("type: image, transform: 'resize to 224 × 224, image encoder', dim: 512", "numbers", 512),
        ("type: image, transform: 'autoencoder: 1024 × 1024 × 3 to 128 × 128 × 16'", "latents", None),
        ("type: video, transform: 'frames, then the VAE of the base model'", "latents", None),
        ("type: set, transform: filter of the search", "value", None),
        ("type: set, transform: preferred language", "value", None),
    ],
)
def test_what_a_transform_makes(said: str, made: str, long: int | None) -> None:
    it = feature(said)
    assert (outcome(it), width(it)) == (made, long)


def test_how_many_vectors_are_pooled() -> None:
    assert vectors(feature("type: sequence, transform: mean of the last 20 query vectors")) == 20
    assert vectors(feature("type: sequence, transform: mean of query vectors, length: 50")) == 50
    assert vectors(feature("type: set, transform: mean of channel embeddings")) is None
