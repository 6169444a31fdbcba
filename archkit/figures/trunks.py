"""What all networks share: their inputs below, their layers, what is put on top, and the parts that authors join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.networks import family
from archkit.facts.words import mentions
from archkit.figures.common import inside, series, short
from archkit.figures.inlets import gathered, inlets, named_inputs, position, tables
from archkit.figures.layers import blocks, layers
from archkit.figures.outlets import gives_vectors, head_part, joint, outlets, same, vector
from archkit.figures.stacks import Fork, Part, Series, Skip, Stage
from archkit.sentences import capital
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.modelling import Model

_DESCRIBES = ("block", "blocks", "patch", "patches", "convolution", "convolutions", "encoder", "feature map")
SHALLOW = ("shallow tower", "shallow network", "position tower", "bias tower")
"""What authors call a small network that takes the effect of the position while training."""


class Network(NamedTuple):
    """A network to draw.

    Attributes:
        series: Its stages from the input up.
        skips: Arrows past some of them.
        backbone: Whether the backbone is drawn, so that it need not be told besides.
    """

    series: Series
    skips: tuple[Skip, ...] = ()
    backbone: bool = False


def boxes_of(blueprint: Blueprint, model: Model) -> list[Part]:
    """Return the boxes of everything that a model reads; one for an input of which nothing is said."""
    boxes = inlets(blueprint, named_inputs(model))
    return [*boxes, *position(blueprint, model, boxes)] or [Part("Input", look="input", apart=True)]


def joined(blueprint: Blueprint, model: Model, title: str = "") -> list[Stage]:
    """Return the inputs below the bar that makes one vector of them."""
    boxes = boxes_of(blueprint, model)
    lines = tables(model.tables)
    bar = Part(title or ("Look up vectors and concatenate" if lines else "Concatenate"), lines, look="bar", measure=30)
    return gathered(boxes, bar)


def layers_under(model: Model, *names: str) -> list[Stage]:
    """Return the layers under the first of some names that there is, in any case those without a name."""
    return layers(next((model.layers[name] for name in (*names, "") if name in model.layers), ()), model.kind)


def layers_named(model: Model, *names: str) -> list[Stage]:
    """Return the layers under each of some names that there are."""
    return [stage for name in names if name in model.layers for stage in layers(model.layers[name], model.kind)]


def all_layers(model: Model) -> list[Stage]:
    """Return the layers of a model under all names, one after the other."""
    return layers_named(model, *model.layers)


def backbone_of(model: Model) -> list[Stage]:
    """Return the network below the layers; nothing where the layers are its own."""
    told = " ".join(text for texts in model.layers.values() for text in texts)
    if not model.backbone or mentions(told, *_DESCRIBES):
        return []
    lines = (f"pretrained on {model.pretrained}",) if model.pretrained else ()
    return [Part(capital(model.backbone), lines, frozen=is_frozen(model, "backbone"), measure=20)]


def is_frozen(model: Model, *names: str) -> bool:
    """Return whether a part of a model that goes by one of some names keeps its weights."""
    return any(mentions(part, name) for part in model.frozen for name in names)


def finished(model: Model, body: Sequence[Stage], blueprint: Blueprint, *, backbone: bool = False) -> Network:
    """Return a network with its outputs; a shallow tower for the position adds its part of the logit before them."""
    stages = list(body)
    if mentions(model.position, *SHALLOW):
        boxes = [box for box in inlets(blueprint, _position_features(blueprint)) if box.dashed]
        boxes = boxes or [Part("Position", look="input", dashed=True, apart=True)]
        tower = (boxes[0], Part("Shallow tower", dashed=True))
        logit = "One logit for each head" if model.heads else "Logit"
        stages = [Fork(((*stages, Part(logit)), tower), 2.2), Part("Add both logits", look="bar", measure=24)]
    return Network((*stages, *outlets(model, stages)), (), backbone)


def _position_features(blueprint: Blueprint) -> list[str]:
    groups = blueprint.data.features.items()
    return [f"{group}.{name}" for group, features in groups for name, each in features.items() if each.position]


def stack(blueprint: Blueprint, model: Model, default: str = "", title: str = "") -> Network:
    """Return inputs, layers and outputs on top of each other: what is true of every network.

    Args:
        blueprint: Where its inputs are declared.
        model: What is said about it.
        default: What stands for its layers where none are written; its kind where this is empty.
        title: Of the bar that joins its inputs.
    """
    below = backbone_of(model)
    body = [*below, *all_layers(model)]
    if not body:
        name = default or model.kind or model.backbone or model.name
        lines = (f"{short(model.parameters)} parameters",) if model.parameters is not None else ()
        body = [Part(capital(name), lines, frozen=is_frozen(model, "model"), measure=18)]
    start = joined(blueprint, model, title)
    if gives_vectors(model):
        return Network((*start, *body, vector(vector_name(model), model)), (), bool(below))
    return finished(model, [*start, *body], blueprint, backbone=bool(below))


def vector_name(model: Model) -> str:
    """Return what to call the vector that a model puts out: after what it reads, where that is one or two things."""
    name = series(inside(title_of(name)) for name in model.inputs) if 0 < len(model.inputs) < 3 else ""
    return f"Vector of {name}" if name else "Vector"


def authored(blueprint: Blueprint, model: Model) -> Network:
    """Return a network as its blocks join its parts; ways that are called like heads end in them."""
    known = bool(named_inputs(model)) or not model.blocks[0].title
    boxes = {box.id: box for box in boxes_of(blueprint, model)} if known else {}
    ways = {name for block in model.blocks for name in block.branches}
    free = [box for name, box in boxes.items() if name not in ways]
    stages = blocks(model.blocks, boxes)
    first = stages[0]
    if isinstance(first, Fork) and all(way[0] in boxes.values() for way in first.ways):
        stages[0] = Fork((*first.ways, *((box,) for box in free)), first.gap)
        free = []
    bar = "One sequence" if family(model) in ("language", "transformer", "translation") else "Concatenate"
    start = gathered(free, Part(bar, tables(model.tables), look="bar", measure=30)) if free else []
    last, top = model.blocks[-1], stages[-1]
    if last.branches and isinstance(top, Fork) and set(last.branches) <= set(model.heads):
        shared = same(model)
        heads = [head_part(model.heads[name], shared) for name in last.branches]
        stages[-1] = Fork(tuple((*way, head) for way, head in zip(top.ways, heads, strict=True)))
        return Network((*start, *stages, *joint(model)), (), True)
    if gives_vectors(model):
        return Network((*start, *stages, vector(vector_name(model), model)), (), True)
    return Network((*start, *stages, *outlets(model, stages)), (), True)
