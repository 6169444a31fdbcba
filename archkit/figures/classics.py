"""Trees, weighted sums, tables of vectors and graphs → the parts of their networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archkit.facts.words import mentions
from archkit.figures.common import inside, series, short
from archkit.figures.inlets import gathered, tables
from archkit.figures.layers import repeated
from archkit.figures.outlets import gives_vectors, squash, vector
from archkit.figures.stacks import Fork, Frame, Part, Series, Stage
from archkit.figures.trunks import Network, all_layers, boxes_of, finished, joined
from archkit.sentences import capital
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.modelling import Model


INTERACTIONS: Mapping[str, str] = {
    "dot": "Dot product",
    "concat": "Concatenate",
    "product": "Multiply number by number",
    "difference": "Difference",
    "sum": "Add",
    "cross": "Cross product",
    "attention": "Attention of one over the other",
    "bilinear": "Bilinear form",
}
"""What computes one thing of two vectors, in words."""


def trees(blueprint: Blueprint, model: Model) -> Network:
    """Return trees side by side whose leaves are added, or averaged in a forest."""
    start = joined(blueprint, model, "One row of features")
    depth = (f"{short(model.depth)} levels",) if model.depth is not None else ()
    number = short(model.trees) if model.trees is not None else "N"
    trees: tuple[Series, ...] = (
        (Part("Tree 1", depth),),
        (Part("Tree 2", depth),),
        (Part("…", look="dots"),),
        (Part(f"Tree {number}", depth),),
    )
    forest = mentions(f"{model.kind} {model.title}", "random forest", "isolation forest", "bagging", "bagged")
    each = " for each output" if model.heads else ""
    told = f"Average the leaves{each}" if forest else f"Add up the leaves{each}; each tree corrects those before it"
    return finished(model, [*barred(start), Fork(trees), Part(told, look="bar", measure=28)], blueprint)


def linear(blueprint: Blueprint, model: Model) -> Network:
    """Return a weighted sum."""
    start = joined(blueprint, model, "One row of features")
    return finished(model, [*start, Part("Weighted sum", (inside(model.kind),) if model.kind else ())], blueprint)


def factors(blueprint: Blueprint, model: Model) -> Network:
    """Return two tables of vectors and the product of a row of each."""
    names = [title_of(name) for name in (*model.towers, *model.tables, *model.inputs)][:2]
    names = names if len(names) == 2 else ["User", "Item"]
    size = f"{short(model.embedding.dim)} numbers" if model.embedding.dim is not None else "a vector for each"
    ways = tuple(
        (
            Part(name if name.lower().endswith("id") else f"{name} id", look="input", apart=True),
            Part(f"Table of {inside(name).removesuffix(' id')} vectors", (size,)),
            Part(f"{name.removesuffix(' id')} vector", look="vector"),
        )
        for name in names
    )
    bar = Part(capital(model.similarity or "dot product"), look="bar")
    what = capital(model.output) if model.output and not gives_vectors(model) else "Predicted preference"
    return Network((Fork(ways, 2.4), bar, Part(what, look="output")))


def skip_gram(blueprint: Blueprint, model: Model) -> Network:
    """Return an item and another near it, or drawn at random, whose vectors are looked up and compared.

    Mikolov et al., Distributed Representations of Words and Phrases and their Compositionality (2013).
    """
    name = inside(title_of(model.inputs[0])) if model.inputs else "item"
    lines = tables(model.tables)
    # Without tables that say so it is open whether centres and neighbours share one.
    ways: tuple[Series, ...] = (
        (Part(f"Central {name}", look="input", apart=True),),
        (Part(f"Neighbour, or a random {name}", look="input", apart=True, dashed=True, measure=9),),
    )
    both: tuple[Series, ...] = (
        (vector(f"Vector of the central {name}", model),),
        (vector("Vector of the other", model),),
    )
    look = Part("Look up the vectors", lines, fill="model.fill", measure=24)
    meet: list[Stage] = [Part("Dot product", look="bar"), Part("Sigmoid", look="bar")]
    return Network((Fork(ways, 2.0), look, Fork(both, 2.0), *meet, Part("Do both occur together?", look="output")))


def graph(blueprint: Blueprint, model: Model) -> Network:
    """Return layers of message passing over a graph, and how the vectors of two nodes make a score."""
    boxes = [
        *boxes_of(blueprint, model),
        Part("Edges of the graph", look="input", glyph="graph", apart=True, measure=9),
    ]
    bar = Part("Features of each node and of its neighbours", tables(model.tables), look="bar", measure=26)
    body = all_layers(model) or [repeated("message passing", "", ("collect from neighbours", "update each node"))]
    start = [*gathered(boxes, bar), *body]
    if isinstance(start[-1], Frame):
        start.append(Part("A vector for each node", look="bar"))
    if not (model.similarity or model.interaction):
        return finished(model, start, blueprint)
    pair: tuple[Series, ...] = ((vector("One node", model),), (vector("The other node", model),))
    meet = Part(capital(model.similarity) or INTERACTIONS[model.interaction], look="bar")
    return Network((*start, Fork(pair, 2.0), meet, *_score_of_pair(model)))


def _score_of_pair(model: Model) -> list[Stage]:
    """Return what follows the comparison of two vectors."""
    label = capital(series(inside(name) for name in model.label_names))
    bar = squash(model.loss)
    return [*([Part(bar, look="bar")] if bar else []), Part(label or "Score of a pair", look="output")]


def barred(stages: list[Stage]) -> list[Stage]:
    """Return stages that end in a bar, from which ways can begin."""
    return stages if len(stages) > 1 else [*stages, Part("Vectors", look="bar")]
