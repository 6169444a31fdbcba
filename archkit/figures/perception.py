"""Detectors and transformers → the parts of their networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.facts.words import mentions
from archkit.figures.common import inside
from archkit.figures.layers import repeated
from archkit.figures.outlets import head_ways, joint, result
from archkit.figures.stacks import Fork, Frame, Part, Series, Skip, Stage
from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.model.modelling import Model


def detector(model: Model, family: str, start: list[Stage]) -> tuple[Series, tuple[Skip, ...]]:
    """Return a backbone, what it finds in its feature map, and heads for class and box.

    With proposals: Ren et al., Faster R-CNN (2015). With queries: Carion et al., End-to-End Object Detection with
    Transformers (2020).

    Args:
        model: What is said about it; layers that name a stage give that stage its words.
        family: ``detector-two`` with proposals, ``detector-one`` without, ``detector-set`` with queries.
        start: Its inputs.

    Returns:
        The stages, and the arrows past some of them.
    """
    pretrained = (f"pretrained on {model.pretrained}",) if model.pretrained else ()
    frozen = any(mentions(part, "backbone") for part in model.frozen)
    backbone = Part(capital(model.backbone) or "Backbone", pretrained, frozen=frozen, measure=22)
    maps = Part(_said(model, "feature map", "feature maps", otherwise="Feature map"), look="bar", measure=18)
    ends: Series = (Fork(_heads(model), 1.6), *joint(model), Part(result(model), look="output", measure=26))
    if family == "detector-two":
        count = _said(model, "proposals", "regions", otherwise="")
        proposals = Part("Region proposal network", (count,) if count else (), measure=18)
        pooled = Part(_said(model, "pooled", "pooling", "align", otherwise="Pooled regions"), look="bar", measure=18)
        series = (*start, backbone, maps, proposals, pooled, *ends)
        return series, (Skip(maps, pooled),)
    if family == "detector-set":
        queries: Series = (Part("Object queries", ("learned",), apart=True),)
        encoder: Series = (*start, backbone, maps, Part("Transformer encoder", ("with positions",)))
        return (Fork((encoder, queries), 2.4), Part("Transformer decoder", look="layer", measure=20), *ends), ()
    return (*start, backbone, maps, *ends), ()


def _heads(model: Model) -> tuple[Series, ...]:
    if model.heads:
        return head_ways(model)
    return (Part("Class of each box"),), (Part("Place of each box"),)


def _said(model: Model, *names: str, otherwise: str) -> str:
    """Return the layer that names a stage, in its author's words."""
    told = (text for texts in model.layers.values() for text in texts)
    return next((capital(text) for text in told if mentions(text, *names)), otherwise)


def blocks_of(model: Model) -> list[Stage]:
    """Return what every transformer is made of, where its author names no layers."""
    made = f"{model.kind} {model.backbone} {model.title}"
    pictures = mentions(made, "vit", "vision", "image", "patches", "video")
    name = model.backbone or model.kind
    start = Part("Patches as vectors + positions" if pictures else "Tokens as vectors + positions", measure=18)
    block = repeated("transformer block", "")
    return [start, Frame(block.series, f"Blocks of {inside(name)}" if name else "Transformer blocks", "× N")]
