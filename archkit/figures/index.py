"""Blueprint → how an index of vectors works: lists, codes, graphs, trees or hashes, with its own numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from archkit.blocks import Block, Column, Flow, Row, Words
from archkit.figures.common import panel, picture, series
from archkit.model.authored.index import IndexFigure
from archkit.pictures import Picture

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component
    from archkit.model.design import Decision, FigureSpec

# Words in the name of an index → what it does, in the order in which a search meets them.
_WORDS: Mapping[str, str] = {
    "tree": "tree trees kd kdtree annoy forest ball",
    "hash": "lsh simhash hashing hash hyperplane hyperplanes",
    "graph": "hnsw nsw graph diskann vamana hnswlib nsg",
    "lists": "ivf ivfpq ivfflat ivfadc lists clusters scann spann",
    "codes": "pq opq ivfpq ivfadc scann diskann product",
}
_FAMILIES = {family: frozenset(words.split()) for family, words in _WORDS.items()}
_MODULES: Mapping[str, str] = {
    "tree": "index_splits", "hash": "index_splits", "graph": "index_graph", "lists": "index_lists",
    "codes": "index_codes",
}  # fmt: skip
_TITLES: Mapping[str, str] = {
    "tree": "A tree of splits", "hash": "Hashing by hyperplanes", "graph": "A graph in layers",
    "lists": "Lists around centroids", "codes": "Product quantisation",
}  # fmt: skip
_NUMBERED = re.compile(r"[a-z]+|\d+")
_HOLDING = frozenset(("ann_index", "vector_db"))


@dataclass(frozen=True, slots=True)
class Index:
    """What is known of an index.

    Args:
        families: What it does, of ``tree``, ``hash``, ``graph``, ``lists`` and ``codes``.
        name: As it is written.
        title: Of its component; empty for none.
        items: How many vectors it holds; None where nothing is said, here and below.
        dim: Length of a vector.
        width: Bytes of one number.
        code_size: Bytes of one compressed vector.
        lists: Into how many lists vectors are divided.
        nprobe: How many of them are searched.
        parts: Into how many parts a vector is cut.
        links: How many neighbours a point of the graph is joined to.
        shards: Into how many parts the vectors are divided, each with an index of its own.
    """

    families: tuple[str, ...]
    name: str = ""
    title: str = ""
    items: Fraction | None = None
    dim: int | None = None
    width: Fraction | None = None
    code_size: Fraction | None = None
    lists: int | None = None
    nprobe: int | None = None
    parts: int | None = None
    links: int | None = None
    shards: int = 1


def families_of(words: str) -> tuple[str, ...]:
    """Return what an index does by its name: ``lists`` and ``codes`` for ``IVF4096,PQ64``."""
    found = frozenset(_NUMBERED.findall(words.lower()))
    return tuple(family for family, names in _FAMILIES.items() if names & found)


def numbers_of(words: str) -> dict[str, int]:
    """Return the numbers in the name of an index by the word before each: 4096 for ``ivf`` in ``IVF4096,PQ64``."""
    pieces = _NUMBERED.findall(words.lower())
    return {a: int(b) for a, b in pairwise(pieces) if a.isalpha() and b.isdigit() and len(b) < 9}


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the indexes of vectors whose kind is said: by them, by their product, or by a decision."""
    return tuple(id_ for id_, each in blueprint.components.items() if _named(blueprint, each))


def _named(blueprint: Blueprint, component: Component) -> str:
    """Return the name of a component's kind of index: its own, its product's, or the one that was decided for."""
    if component.type not in _HOLDING:
        return ""
    decided = (_decided(decision) for decision in blueprint.decisions.values())
    every = (component.index, *((component.tech, *decided) if not component.index else ()))
    return next((name for name in every if families_of(name)), "")


def _decided(decision: Decision) -> str:
    """Return the option of a decision about an index that was chosen, in words."""
    about = f"{decision.id} {decision.question}".replace("_", " ").lower().split()
    if not any(word.strip("?,.") in ("index", "ann", "neighbours", "neighbors") for word in about):
        return ""
    option = decision.options.get(decision.chosen)
    return f"{decision.chosen} {option.title if option is not None else ''}".replace("_", " ").strip()


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: an index of vectors whose kind is known, and numbers that go together."""
    index = known(blueprint, spec)
    if not index.families:
        if isinstance(spec, IndexFigure) and spec.index:
            return [f"an `index:` that names a kind, which `{spec.index}` does not: IVF, PQ, HNSW, LSH or a tree"]
        return ["an `ann_index` or `vector_db` with `index:` that names a kind: IVF, PQ, HNSW, LSH or a tree"]
    missing = []
    if index.lists is not None and index.nprobe is not None and index.nprobe > index.lists:
        missing.append(f"an `nprobe` of at most its {index.lists:,} lists, not {index.nprobe:,}")
    # OPQ may turn a vector into a shorter one before it is cut.
    dim, parts = index.dim, index.parts
    if "codes" in index.families and dim and parts and dim % parts and "opq" not in index.name.lower():
        near = min((each for each in range(1, dim + 1) if dim % each == 0), key=lambda each: abs(each - parts))
        missing.append(f"a number of parts that divides vectors of {dim:,} numbers, such as {near:,}, not {parts:,}")
    return missing


def known(blueprint: Blueprint, spec: FigureSpec | None = None) -> Index:
    """Return what a blueprint says of an index: the one that the figure is of, or the first.

    Args:
        blueprint: With its components.
        spec: What the author wants of the figure.
    """
    own = spec if isinstance(spec, IndexFigure) else None
    of = spec.of if spec is not None else ""
    listed = subjects(blueprint)
    component = blueprint.components.get(of) if of else None
    if component is None and listed and not (own is not None and own.index):
        component = blueprint.components[listed[0]]
    name = (own.index if own is not None else "") or (_named(blueprint, component) if component is not None else "")
    written = numbers_of(name)
    said: dict[str, Any] = {
        "lists": written.get("ivf"),
        "nprobe": written.get("nprobe"),
        "parts": written.get("pq") or written.get("opq"),
        "links": written.get("hnsw") or written.get("m"),
    }
    if own is not None:
        said |= {key: value for key in said if key != "lists" and (value := getattr(own, key)) is not None}
        if own.lists is not None:
            said["lists"] = max(1, round(own.lists.value))
    if component is None:
        return Index(families_of(name), name, **said)
    encoder = blueprint.model.models.get(component.encoder)
    dim = component.dim or (encoder.embedding.dim if encoder is not None else None)
    width = component.bytes or (encoder.embedding.bytes if encoder is not None else None)
    return Index(
        families_of(name),
        name,
        component.title,
        component.items.value if component.items is not None else None,
        int(dim.value) if dim is not None else None,
        width.value if width is not None else None,
        component.code_size.value if component.code_size is not None else None,
        shards=max(1, int(component.shards.value)) if component.shards is not None else 1,
        **said,
    )


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a panel for each thing that the index does."""
    index = known(blueprint, spec)
    panels = []
    for family in index.families:
        draw: Callable[[Index], tuple[Block, tuple[Block, ...]]] = getattr(
            import_module(f"archkit.figures.{_MODULES[family]}"), family
        )
        drawn, facts = draw(index)
        panels.append(panel(_TITLES[family], Column((drawn, Column(facts, 0.35)), 0.8), measure=34))
    body: Block = Row(tuple(panels), 1.2, "stretch") if len(panels) == 2 else Flow(tuple(panels), 1.2)
    told = series(_TITLES[family].lower() for family in index.families)
    caption = f"{blueprint.title}: {f'{index.title}, ' if index.title else ''}{index.name}, {told}"
    return picture("index", "How near vectors are found", caption, body, spec)


def fact(words: str, measure: float = 34.0) -> Words:
    """Return a sentence below a picture of an index.

    Args:
        words: The sentence.
        measure: Room of a line, in em.
    """
    return Words(words, "body", measure=measure)


def note(words: str, measure: float = 34.0) -> Words:
    """Return what a reader has to know about the picture itself.

    Args:
        words: The sentence.
        measure: Room of a line, in em.
    """
    return Words(words, "note", measure=measure)
