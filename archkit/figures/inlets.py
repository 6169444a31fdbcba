"""What a model reads → the boxes at the bottom of its figure, in the colours of their feature groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from archkit.facts.words import mentions
from archkit.figures.common import glyph_for, group_fill, inside, short
from archkit.figures.stacks import Fork, Part, Series, Stage
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Feature
    from archkit.model.modelling import Embedding, Model

_MOST = 4  # features that are named in a box
_TABLES = 3  # tables that are named in a box
_TRAINING_ONLY = ("training only", "only while training", "only in training", "during training only")


def named_inputs(model: Model) -> tuple[str, ...]:
    """Return the names of everything that a model reads, each once, in the order written."""
    towers = (name for tower in model.towers.values() for name in tower)
    return tuple(dict.fromkeys((*model.inputs, *towers, *model.features_used)))


def inlets(blueprint: Blueprint, names: Iterable[str]) -> list[Part]:
    """Return a box for each group, source or model among some names; features stand in the box of their group.

    Args:
        blueprint: Where they are declared.
        names: Ids of feature groups, features, sources and models.
    """
    groups = blueprint.data.features
    found: dict[str, dict[str, Feature]] = {}
    others: dict[str, Part] = {}
    for name in dict.fromkeys(names):
        if name in groups:
            found[name] = dict(groups[name])
            continue
        home = _home(groups, name)
        if home is not None:
            group, feature = home
            found.setdefault(group, {})[feature.id] = feature
        else:
            others[name] = _other(blueprint, name)
    boxes: list[Part] = []
    for group, features in found.items():
        boxes += _boxes(blueprint, group, features)
    return [*boxes, *others.values()]


def _home(groups: Mapping[str, Mapping[str, Feature]], name: str) -> tuple[str, Feature] | None:
    """Return the group of a feature, which may be written with its group in front of it."""
    group, _, rest = name.partition(".")
    if rest and rest in groups.get(group, {}):
        return group, groups[group][rest]
    return next(((group, features[name]) for group, features in groups.items() if name in features), None)


def _boxes(blueprint: Blueprint, group: str, features: Mapping[str, Feature]) -> list[Part]:
    """Return the box of a group, and a dashed one for features that are there in training only."""
    fill = group_fill(blueprint, group)
    both = [feature for feature in features.values() if not feature.used_in or len(feature.used_in) > 1]
    training = [feature for feature in features.values() if feature.used_in == ("training",)]
    boxes = []
    if both or not training:
        title = title_of(group)
        names = [title_of(feature.id) for feature in both]
        lines = () if names == [title] else (_few(names),)
        boxes.append(_inlet(title, lines if names else (), group, fill))
    if training:
        titles = [title_of(feature.id) for feature in training]
        boxes.append(_inlet(titles[0], tuple(titles[1:]), f"{group}.{training[0].id}", fill, dashed=True))
    return boxes


def _inlet(title: str, lines: tuple[str, ...], id_: str, fill: str = "", *, dashed: bool = False) -> Part:
    glyph = glyph_for(title, "")
    return Part(title, lines, id_, "input", fill, dashed, glyph=glyph, apart=True, measure=10.5)


def _few(names: Sequence[str]) -> str:
    """Return the first names of many: ``Age, country, language and 5 more``."""
    told = [names[0], *(inside(name) for name in names[1:])]
    if len(told) <= _MOST + 1:
        return ", ".join(told)
    return f"{', '.join(told[:_MOST])} and {len(told) - _MOST} more"


def _other(blueprint: Blueprint, name: str) -> Part:
    """Return the box of a source, or of another model whose output is read."""
    source = blueprint.data.sources.get(name)
    if source is not None:
        return _inlet(source.name, (), name)
    model = blueprint.model.models.get(name)
    if model is not None:
        title = model.name
        lines = (inside(model.output),) if model.output else ()
        return Part(f"From {inside(title)}", lines, name, "input", "node.fill", apart=True, measure=11)
    return _inlet(title_of(name), (), name)


def position(blueprint: Blueprint, model: Model, boxes: Sequence[Part]) -> list[Part]:
    """Return the dashed box of a position that is read in training only, where no feature says so already.

    Args:
        blueprint: With its features.
        model: What reads it.
        boxes: The inputs so far.
    """
    if any(box.dashed for box in boxes) or not mentions(model.position, *_TRAINING_ONLY):
        return []
    placed = [
        (group, feature)
        for group, features in blueprint.data.features.items()
        for feature in features.values()
        if feature.position
    ]
    if not placed:
        return [_inlet("Position", (), "position", dashed=True)]
    group, feature = placed[0]
    return [_inlet(title_of(feature.id), (), f"{group}.{feature.id}", group_fill(blueprint, group), dashed=True)]


def gathered(boxes: Sequence[Part], bar: Part | None) -> list[Stage]:
    """Return boxes side by side below a bar that joins them; a single box needs no bar unless it does something.

    Args:
        boxes: What is joined.
        bar: The bar, where it does more than to concatenate; None for the plain one.
    """
    if len(boxes) == 1 and (bar is None or not bar.lines):
        return [boxes[0]]
    ways: tuple[Series, ...] = tuple((box,) for box in boxes)
    start: list[Stage] = [Fork(ways)] if len(ways) > 1 else [boxes[0]]
    return [*start, bar or Part("Concatenate", look="bar")]


def tables(found: Mapping[str, Embedding]) -> tuple[str, ...]:
    """Return a line for each table of vectors: ``video id: 64 numbers, 100M rows``."""
    lines = []
    for name, table in found.items():
        said = []
        if table.dim is not None:
            said.append(f"{short(table.dim)} numbers")
        if table.rows is not None:
            said.append(f"{short(table.rows)} rows")
        lines.append(f"{title_of(name)}: {', '.join(said)}" if said else title_of(name))
    if len(lines) > _TABLES + 1:
        lines = [*lines[:_TABLES], f"and {len(lines) - _TABLES} more tables"]
    return tuple(lines)
