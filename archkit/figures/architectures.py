"""A model → the parts of its network from the input up, by the family of its architecture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from archkit.facts.networks import family
from archkit.facts.words import mentions
from archkit.figures import generators, perception
from archkit.figures.classics import INTERACTIONS, barred, factors, graph, linear, skip_gram, trees
from archkit.figures.common import inside
from archkit.figures.inlets import gathered, inlets, named_inputs
from archkit.figures.layers import layers, repeated, widths
from archkit.figures.outlets import gives_vectors, head_part, head_ways, joint, outlets, same, vector
from archkit.figures.stacks import Fork, Frame, Part, Series, Stage, few
from archkit.figures.trunks import (
    SHALLOW,
    Network,
    all_layers,
    authored,
    boxes_of,
    finished,
    is_frozen,
    joined,
    layers_named,
    layers_under,
    stack,
    vector_name,
)
from archkit.sentences import capital
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.modelling import Model

_MOST_EXPERTS = 4
_MOST_GATES = 6


def network(blueprint: Blueprint, model: Model) -> Network:
    """Return the network of a model: as its blocks say, else as its family has it.

    Args:
        blueprint: Where its inputs are declared.
        model: What is said about it; nothing is drawn that does not follow from that.
    """
    if model.blocks:
        return authored(blueprint, model)
    return _BY_FAMILY.get(family(model), stack)(blueprint, model)


def _towers(blueprint: Blueprint, model: Model) -> Network:
    """Return towers side by side whose vectors are compared or joined."""
    towers = model.towers or {name: (name,) for name in model.inputs} or {"first": (), "second": ()}
    ways: list[Series] = []
    for name, reads in towers.items():
        boxes = inlets(blueprint, reads) or [Part(f"{title_of(name)} features", look="input", apart=True)]
        body = layers_under(model, name)
        if not body:
            lines = (f"pretrained on {model.pretrained}",) if model.pretrained else ()
            body = [Part(capital(model.backbone) or f"{title_of(name)} encoder", lines)]
        if is_frozen(model, name):
            body = [Frame(tuple(body), "frozen")]
        ways.append(
            (*gathered(boxes, Part("Concatenate", look="bar")), *body, vector(f"{title_of(name)} vector", model))
        )
    fork = Fork(tuple(ways), 2.4)
    shared = ("both towers share their weights",) if model.shared else ()
    if model.interaction and not model.similarity:
        return finished(model, [fork, Part(INTERACTIONS[model.interaction], shared, look="bar")], blueprint)
    meet = Part(capital(model.similarity or "dot product"), shared, look="bar", measure=26)
    if model.heads:
        return Network((fork, meet, *outlets(model)))
    return Network((fork, meet, Part("Score of a pair", look="output")))


def _cross(blueprint: Blueprint, model: Model) -> Network:
    """Return a deep network beside a cross network on the same input, or on top of it where that is said."""
    start = joined(blueprint, model)
    cross = layers_under(model, "cross") if "cross" in model.layers else [repeated("cross layer", "")]
    cross = [_with_formula(stage) for stage in cross]
    deep = layers_under(model, "deep") or [Part("Dense layers")]
    if mentions(f"{model.kind} {model.note}", "stacked"):
        return finished(model, [*start, *cross, *deep], blueprint)
    fork = Fork((tuple(cross), tuple(deep)), 2.4)
    start = start if isinstance(start[-1], Part) and len(start) > 1 else [*start, Part("Vectors", look="bar")]
    return finished(model, [*start, fork, Part("Concatenate", look="bar")], blueprint)


def _with_formula(stage: Stage) -> Stage:
    """Write on a cross layer what it computes: Wang et al., DCN V2 (2021), equation 1."""
    if isinstance(stage, Frame) and isinstance(stage.series[0], Part) and mentions(stage.series[0].title, "cross"):
        lines = ("x₀ × (W x + b) + x",)
        return Frame((Part(stage.series[0].title, lines),), stage.title, stage.times)
    return stage


def _machine(blueprint: Blueprint, model: Model) -> Network:
    """Return the parts of a factorisation machine, with a deep network beside them where there is one."""
    start = joined(blueprint, model)
    ways: list[Series] = [
        (Part("First order", ("a weight for each feature",)),),
        (Part("Second order", ("dot products of all pairs of vectors",)),),
    ]
    deep = layers_under(model, "deep")
    if deep or mentions(f"{model.kind} {model.title}", "deepfm", "xdeepfm", "deep"):
        ways.append(tuple(deep) or (Part("Dense layers"),))
    return finished(model, [*barred(start), Fork(tuple(ways), 1.6), Part("Add", look="bar")], blueprint)


def _wide(blueprint: Blueprint, model: Model) -> Network:
    """Return a linear model beside a deep network."""
    wide = (Part("Wide: weighted sum", ("of features and their crosses",)),)
    deep = tuple(layers_under(model, "deep")) or (Part("Deep: dense layers"),)
    start = barred(joined(blueprint, model))
    return finished(model, [*start, Fork((wide, deep), 2.4), Part("Add", look="bar")], blueprint)


def _experts(blueprint: Blueprint, model: Model) -> Network:
    """Return experts and gates side by side, and for each head the sum that its gate makes of the experts.

    Ma et al., Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts (2018).
    """
    start = [*barred(joined(blueprint, model)), *layers_named(model, "shared", "bottom")]
    number = int(model.experts.value) if model.experts is not None else 2
    own = model.layers.get("expert") or model.layers.get("experts") or model.layers.get("") or ()
    made = (widths(own),) if own else ()
    experts: list[Series] = [(Part(f"Expert {at}", made, measure=9),) for at in range(1, number + 1)]
    several = len(model.heads) > 1 and not mentions(model.kind, "one gate", "single gate", "sparse", "top 2", "top 1")
    names = [head.name for head in model.heads.values()] if several else [""]
    gates: list[Series] = [
        (Part(f"Gate: {inside(name)}" if name else "Gate", ("softmax",), measure=9),) for name in names
    ]
    ways = (*few(experts, _MOST_EXPERTS), *few(gates, 6))
    told = (
        "For each head: experts added up, weighted by its gate" if several else "Experts added up, weighted by the gate"
    )
    body: list[Stage] = [*start, Fork(ways), Part(told, look="bar", measure=40)]
    tower = model.layers.get("head") or model.layers.get("heads") or ()
    if tower and model.heads and not mentions(model.position, *SHALLOW):
        heads = head_ways(model)
        ways = tuple((*layers(tower), *way) if _is_head(way) else way for way in heads)
        return Network((*body, Fork(ways), *joint(model)))
    return finished(model, body, blueprint)


def _is_head(way: Series) -> bool:
    return isinstance(way[0], Part) and way[0].look != "dots"


def _ensemble(blueprint: Blueprint, model: Model) -> Network:
    """Return networks that share nothing but their input, one for each head, or for each name of layers."""
    start = barred(joined(blueprint, model))
    names = list(model.heads) or [name for name in model.layers if name] or list(model.label)
    shared = same(model)
    ways: list[Series] = []
    for name in names or ("1", "2", "N"):
        body = layers_under(model, name) or [Part(f"Network {name}" if not names else "Network of its own")]
        said = dict(zip(model.label, model.label_names, strict=True)).get(name, title_of(name))
        head = head_part(model.heads[name], shared) if name in model.heads else Part(said, look="output")
        ways.append((*body, head))
    return Network((*start, Fork(few(ways, 8)), *joint(model)))


def _late(blueprint: Blueprint, model: Model) -> Network:
    """Return a network for each kind of input, whose results meet at the end."""
    names = list(model.towers) or list(model.inputs)
    ways: list[Series] = []
    for name in names:
        boxes = inlets(blueprint, model.towers.get(name, (name,)))
        body = layers_under(model, name) if name in model.layers else [Part(f"{title_of(name)} network")]
        ways.append((*gathered(boxes, None), *body))
    if len(ways) < 2:
        return stack(blueprint, model)
    above = layers(model.layers["fusion"], model.kind) if "fusion" in model.layers else []
    fused = Part(
        capital(model.combine) if model.combine and not model.heads else "Fuse the results", look="bar", measure=24
    )
    return finished(model, [Fork(tuple(ways), 1.6), fused, *above], blueprint)


def _transformer(blueprint: Blueprint, model: Model) -> Network:
    """Return tokens or patches with their positions, blocks of attention, and what is read from the last one."""
    if all_layers(model):
        return stack(blueprint, model)
    body = [*joined(blueprint, model, "One sequence"), *perception.blocks_of(model)]
    if gives_vectors(model):
        return Network((*body, vector(vector_name(model), model)), (), True)
    return finished(model, body, blueprint)._replace(backbone=True)


def _detector(blueprint: Blueprint, model: Model) -> Network:
    built, skips = perception.detector(model, family(model), joined(blueprint, model))
    return Network(built, skips, True)


def _pairwise(blueprint: Blueprint, model: Model) -> Network:
    """Return a network that reads texts as one sequence; what is no text joins after it."""
    boxes = boxes_of(blueprint, model)
    texts = [box for box in boxes if _is_read(blueprint, box.id)]
    if not 0 < len(texts) < len(boxes) or all_layers(model):
        return Network(generators.pairwise(model, joined(blueprint, model, "One sequence of tokens")), (), True)
    read = (*gathered(texts, Part("One sequence of tokens", look="bar")), generators.reader(model))
    rest: tuple[Series, ...] = tuple((box,) for box in boxes if box not in texts)
    return finished(model, [Fork((read, *rest), 1.6), Part("Concatenate", look="bar")], blueprint)._replace(
        backbone=True
    )


def _is_read(blueprint: Blueprint, group: str) -> bool:
    """Return whether a group has features that are read word by word, or of which nothing is known."""
    types = [feature.type for feature in blueprint.data.features.get(group, {}).values()]
    return not types or any(each in ("", "text", "image", "sequence", "audio", "video") for each in types)


def _language(blueprint: Blueprint, model: Model) -> Network:
    boxes = inlets(blueprint, named_inputs(model))
    return Network(generators.language(model, boxes, retrieves=family(model) == "rag"), (), True)


def _with_default(default: str) -> Callable[[Blueprint, Model], Network]:
    return lambda blueprint, model: stack(blueprint, model, "" if model.kind else default)


def _generator(build: Callable[[Model, list[Part]], Series]) -> Callable[[Blueprint, Model], Network]:
    return lambda blueprint, model: Network(build(model, inlets(blueprint, named_inputs(model))), (), True)


_BY_FAMILY: Mapping[str, Callable[[Blueprint, Model], Network]] = {
    "towers": _towers,
    "factors": factors,
    "skip-gram": skip_gram,
    "cross": _cross,
    "machine": _machine,
    "wide": _wide,
    "experts": _experts,
    "detector-one": _detector,
    "detector-two": _detector,
    "detector-set": _detector,
    "trees": trees,
    "linear": linear,
    "graph": graph,
    "ensemble": _ensemble,
    "fusion-late": _late,
    "transformer": _transformer,
    "pairwise": _pairwise,
    "rag": _language,
    "language": _language,
    "diffusion": _generator(generators.diffusion),
    "translation": _generator(generators.translation),
    "autoencoder": _generator(generators.autoencoder),
    "recurrent": _with_default("Recurrent layers, one step after another"),
    "convolution": _with_default("Convolutions"),
}
