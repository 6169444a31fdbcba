"""The words of a feature's transform → its operations in order, what comes out of them, and how long that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.model.data import Feature

Outcome = Literal["numbers", "tokens", "pixels", "latents", "text", "index", "value"]
"""What a transform makes: numbers for a model, tokens, pixels, an autoencoder's latents, text, an index, or a value."""

# The first kind counts that has a word in the operation which begins like one of these.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "index": ("inverted index", "search index", "keyword index"),
    "filter": ("filter",),
    "tokens": ("word piece", "wordpiece", "subword", "tokenis", "tokeniz", "byte pair", "byte-pair"),
    "multi-hot": ("multi-hot", "multihot", "multi hot", "bag of words"),
    "one-hot": ("one-hot", "onehot", "one hot"),
    "hash": ("hash",),
    "pool": ("mean of", "average of", "sum of", "maximum of", "attention", "pool", "mean over", "average over"),
    "compress": ("autoencoder", "auto-encoder", "vae"),
    "encode": ("encoder", "transformer", "bert", "resnet", "cnn", "lstm"),
    "embed": ("embed", "lookup", "vectors", "node2vec"),
    "target": ("target encod", "target statistic", "mean encod", "frequency encod", "count encod"),
    "cyclic": ("cyclic", "sine and cosine", "sin and cos", "sin, cos", "sin/cos"),
    "bucket": ("bucket", "quantile", "bin ", "bins", "discreti"),
    "scale": ("log", "standardi", "z-score", "normalis", "normaliz", "min-max", "scale"),
}
_STARTS = {kind: re.compile("|".join(rf"\b{re.escape(word)}" for word in words)) for kind, words in _KINDS.items()}
_LEARNED = frozenset(("compress", "encode", "embed"))
_PIXELS = frozenset(("image", "video"))
_PLAIN = frozenset(("set", "categorical", "id", "sequence"))
_ALONE = frozenset(("as it is", "as is", "none", "identity", "raw"))
_CUT = re.compile(r"\s+\+\s+|;\s+|\s*(?:→|->)\s*|,?\s+then\s+|(?P<comma>,\s+(?:and\s+)?)")
_DOES = re.compile(
    r"\w+ed\b|(?:re-?size|crop|cut|clip|pad|convert|split|drop|remove|lower|stem|project|average|sum)\b", re.I
)
_POOLED = re.compile(
    r"(mean|average|sum|maximum|attention)\s+(?:pooling\s+)?(?:of|over)\s+(?:the\s+)?(.*(?:vectors|embeddings).*)",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:multi-hot|one-hot)\s+(?:of|over)\s+(\d[\d,]*)|(\d[\d,]*)\s+(?:\w+\s+)?(?:buckets|bins|quantiles)")
_SEVERAL = re.compile(r"\b(?:by|each|every|per|counts|numbers|shares)\b|\band weighted\b")
_SHIFTED = re.compile(r"z-score|standardis|standardiz")  # one number each, also where mean and spread are by group
_LAST = re.compile(r"\b(?:last|latest|newest|top)\s+(\d+)\b")


class Operation(NamedTuple):
    """One step of a transform.

    Attributes:
        words: As written, with a capital letter.
        kind: What it does: ``embed``, ``one-hot``, ``scale``…; "" where no known word says.
        detail: What is said behind a colon, such as the values of a one-hot vector.
    """

    words: str
    kind: str
    detail: str = ""

    @property
    def learned(self) -> bool:
        """Whether it has weights: an embedding table, an encoder, attention."""
        return self.kind in _LEARNED or "attention" in self.words.lower()


def operations(transform: str) -> tuple[Operation, ...]:
    """Return the operations that a transform names, in the order in which they are done.

    They are parted by ``+``, ``then``, an arrow, or a comma before words that do something: as in "cut, scaled to 0–1",
    and not as in "vectors of card, device and address". Nothing parts them in brackets or behind a colon. The mean of
    some vectors is two operations: the vectors are looked up, then averaged.

    Args:
        transform: As ``bucket + one-hot``; one that says ``as it is`` has none.
    """
    head, _, detail = transform.partition(":")
    parts = [part.strip() for part in _parts(head.strip()) if part.strip()]
    found: list[Operation] = []
    for part in parts:
        if part.lower() in _ALONE:
            continue
        pooled = _POOLED.fullmatch(part)
        if pooled is not None:
            found.append(Operation(capital(pooled[2]), "embed"))
            part = pooled[1]
            found.append(Operation(capital(part), "pool"))
        else:
            found.append(Operation(capital(part), _kind(part)))
    if found and detail.strip():
        found[-1] = found[-1]._replace(detail=detail.strip())
    return tuple(found)


def _parts(text: str) -> list[str]:
    """Cut a text where operations end, but nowhere inside brackets."""
    kept = re.sub(r"\([^()]*\)", lambda match: "\0" * len(match[0]), text)
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(kept) if _parting(match, text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _parting(match: re.Match[str], text: str) -> bool:
    """Return whether an operation ends at a sign: at a comma, whether the words behind it do something."""
    if not match["comma"]:
        return True
    behind = text[match.end() :].split(",")[0]
    return bool(_kind(behind)) or _DOES.match(behind) is not None


def _kind(words: str) -> str:
    said = words.lower()
    return next((kind for kind, starts in _STARTS.items() if starts.search(said)), "")


def outcome(feature: Feature) -> Outcome:
    """Return what a feature is after its transform."""
    kinds = [operation.kind for operation in operations(feature.transform)]
    last = kinds[-1] if kinds else ""
    if last == "index":
        return "index"
    if last == "filter":
        return "value"
    if last == "tokens":
        return "tokens"
    vector = any(kind in ("encode", "embed", "one-hot", "multi-hot", "pool", "hash", "target") for kind in kinds)
    if vector or feature.dim is not None:
        return "numbers"
    if feature.type in _PIXELS:
        return "latents" if "compress" in kinds else "pixels"
    if feature.type == "text":
        return "text"
    return "value" if feature.type in _PLAIN else "numbers"


def width(feature: Feature) -> int | None:
    """Return how many numbers a feature puts into a model's input; None where that is not said.

    The length of the vector if it is given; else what the last operation tells: 2 for sine and cosine, the number of
    values for a one-hot vector, 1 for a number that stays one.
    """
    if outcome(feature) != "numbers":
        return None
    if feature.dim is not None:
        return int(feature.dim.value)
    steps = operations(feature.transform)
    last = steps[-1] if steps else Operation("", "")
    if last.kind in ("one-hot", "multi-hot"):
        return _values(feature, steps)
    if last.kind == "cyclic":
        return 2
    if last.kind in ("encode", "embed", "pool", "hash", "bucket"):
        return None
    if feature.type == "boolean" or last.kind == "target":
        return 1
    several = _SEVERAL.search(feature.transform) and not _SHIFTED.match(last.words.lower())
    return 1 if feature.type in ("numeric", "graph", "time") and not several else None


def _values(feature: Feature, steps: tuple[Operation, ...]) -> int | None:
    """Return how many values a one-hot vector tells apart: as listed, as numbered, or all that there are."""
    last = steps[-1]
    if last.detail:
        return last.detail.count(",") + 1
    for step in reversed(steps):
        found = _OF.search(step.words.lower())
        if found is not None:
            return int((found[1] or found[2]).replace(",", ""))
    return int(feature.cardinality.value) if feature.cardinality is not None else None


def vectors(feature: Feature) -> int | None:
    """Return how many vectors a pooling operation joins to one: the length, or as in "the last 20"."""
    if feature.length is not None:
        return int(feature.length.value)
    found = _LAST.search(feature.transform.lower())
    return int(found[1]) if found is not None else None
