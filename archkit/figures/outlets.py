"""What a model puts out → the parts at the top of its figure: a vector, a probability, heads and their joint score."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archkit.facts.losses import terms
from archkit.facts.words import begins, mentions
from archkit.figures.common import inside, series, short
from archkit.figures.stacks import Fork, Part, Series, Stage, few, parts
from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.model.modelling import Head, Model

_MOST_HEADS = 10
_LOGITS = ("binary cross-entropy", "focal loss", "weighted logistic loss")
_CLASSES = ("softmax cross-entropy", "cross-entropy", "next-token cross-entropy", "masked-token cross-entropy")
_WRITERS = ("decoder only", "language model", "gpt", "llm", "causal transformer")
_VECTORS = ("vector", "embedding", "representation", "numbers")


def vector(title: str, model: Model, fill: str = "") -> Part:
    """Return the strip of a vector that a model puts out, with its length where that is known.

    Args:
        title: What it is.
        model: What puts it out.
        fill: Colour role of its cells.
    """
    size = (f"{short(model.embedding.dim)} numbers",) if model.embedding.dim is not None else ()
    return Part(title, size, look="vector", fill=fill)


def gives_vectors(model: Model) -> bool:
    """Return whether a model puts out vectors rather than scores."""
    said = bool(model.output) and bool(mentions(model.output, *_VECTORS))
    return said or (model.embedding.dim is not None and not model.heads and not model.output)


def squash(loss: str) -> str:
    """Return what turns a model's last number into a probability, as its loss implies: a sigmoid or a softmax."""
    named = terms(loss).losses
    if not named or named[0].kind == "teacher":
        return ""
    return "Sigmoid" if named[0].title in _LOGITS else "Softmax" if named[0].title in _CLASSES else ""


def result(model: Model) -> str:
    """Return what a model puts out in words."""
    if model.output:
        return capital(model.output)
    if model.label:
        return capital(series(inside(name) for name in model.label_names))
    if mentions(model.kind, *_WRITERS):
        return "Next token, one after another"
    return "Score" if begins(model.role, "rank", "light rank", "scor", "re rank") else "Output"


def outlets(model: Model, below: Iterable[Stage] = ()) -> list[Stage]:
    """Return the parts above the last layer of a model.

    Args:
        model: With heads, or one output.
        below: What stands below; a sigmoid or softmax that is there already is not drawn again.
    """
    if model.heads:
        return [Fork(head_ways(model)), *joint(model)]
    if gives_vectors(model) and not model.similarity:
        return [vector(result(model), model)]
    stages: list[Stage] = []
    titles = " ".join(part.title for part in parts(tuple(below)))
    bar = squash(model.loss)
    if bar and not mentions(titles, bar):
        stages.append(Part(bar, look="bar"))
    return [*stages, Part(result(model), look="output", measure=20)]


def joint(model: Model) -> list[Stage]:
    """Return what makes one score of several heads; a sum of losses is no score."""
    if not model.combine or mentions(model.combine, "loss", "losses") or terms(model.combine).losses:
        return []
    return [Part(capital(model.combine), look="bar", measure=34)]


def head_ways(model: Model, most: int = _MOST_HEADS) -> tuple[Series, ...]:
    """Return the heads of a model side by side; of a great many, the middle ones are left out.

    Args:
        model: With heads.
        most: How many are drawn.
    """
    shared = same(model)
    weighted = any(head.weight is not None and head.weight.value != 1 for head in model.heads.values())
    found: list[Series] = [(head_part(head, shared, weighted=weighted),) for head in model.heads.values()]
    return few(found, most)


def head_part(head: Head, shared: tuple[str, str] = ("", ""), *, weighted: bool = True) -> Part:
    """Return the box of one head.

    Args:
        head: Its activation, loss and weights.
        shared: Activation and loss that all heads have, which are said elsewhere.
        weighted: Whether losses have weights of their own.
    """
    activation, loss = shared
    lines = [head.activation] if head.activation and not activation else []
    lines += [head.unit] if head.unit else []
    lines += [head.loss] if head.loss and not loss else []
    if weighted and head.weight is not None and head.weight.value != 1:
        lines.append(f"loss × {short(head.weight)}")
    if head.score_weight is not None:
        lines.append(f"score × {short(head.score_weight).replace('-', '−')}")
    return Part(head.name, tuple(lines), head.id, measure=8)


def same(model: Model) -> tuple[str, str]:
    """Return the activation and the loss that all heads of a model share; nothing where they differ."""
    activations = {head.activation for head in model.heads.values()}
    losses = {head.loss for head in model.heads.values()}
    one = len(model.heads) > 1
    return (
        next(iter(activations)) if one and len(activations) == 1 else "",
        next(iter(losses)) if one and len(losses) == 1 else "",
    )
