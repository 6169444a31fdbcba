"""Blueprint → the approaches to its task as a tree, with the one that is chosen and the one that is to be beaten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Glyph, Row, Tree, Words
from archkit.figures.common import inside, picture
from archkit.pictures import Picture
from archkit.reading import is_null
from archkit.sentences import capital
from archkit.yamltree import Mapping, Node, Scalar
from archkit.yamltree import Sequence as Listed

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Option

_ALIKE = 0.5  # share of their words that two names of one approach have in common
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    ("a", "an", "the", "of", "and", "on", "in", "by", "with", "for", "to", "over", "at", "then", "or", "from")
)


class Approach(NamedTuple):
    """A node of the tree.

    Attributes:
        name: As written.
        inner: Approaches below it.
        chosen: Whether it is the one, or leads to it.
        baseline: Whether it is the one to be beaten.
    """

    name: str
    inner: tuple[Approach, ...] = ()
    chosen: bool = False
    baseline: bool = False


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a tree of approaches, or options with families."""
    families = {option.family for option in blueprint.model.options.values() if option.family}
    if _given(blueprint) or len(families) > 1:
        return []
    return ["`model: taxonomy:`, or `family:` of two options or more under `model: options:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the tree with its root at the left; the way to the chosen approach has thick lines."""
    approaches = tree(blueprint)
    root = Boxed(Words("Approaches", "title", align="middle"), "approaches", padding=0.9)
    body: Block = Tree(root, tuple(_branch(one) for one in approaches), gap=0.9, reach=2.6)
    marks = [one for each in approaches for one in _every(each)]
    chosen = next((one for one in reversed(marks) if one.chosen and not any(i.chosen for i in one.inner)), None)
    said = f"{len(list(_leaves(approaches)))} approaches in {len(approaches)} families"
    if chosen is not None:
        said += f", of which {inside(chosen.name)} is chosen"
    return picture("taxonomy", "Approaches", f"{blueprint.title}: {said}", body, spec)


def tree(blueprint: Blueprint) -> tuple[Approach, ...]:
    """Return the approaches as written, or options by family; options that are chosen or to be beaten are marked.

    An option is the approach that has its name, or of the others the one with the most words in common, if those are
    half of all; an option that is not in the tree is added to its family.
    """
    given = _given(blueprint)
    if not given:
        return _by_family(blueprint)
    for option in blueprint.model.options.values():
        if option.chosen or option.baseline:
            given = _marked(given, option)
    return given


def _given(blueprint: Blueprint) -> tuple[Approach, ...]:
    node = blueprint.model.taxonomy
    return _read(node) if isinstance(node, Mapping | Listed) else ()


def _read(node: Node) -> tuple[Approach, ...]:
    """Read a tree: a mapping has approaches below each of its keys, a list has them alone."""
    if isinstance(node, Mapping):
        return tuple(Approach(key.text, _read(value)) for key, value in node.entries if key.text.strip())
    if isinstance(node, Listed):
        return tuple(one for item in node.items for one in _read(item))
    return () if is_null(node) or not isinstance(node, Scalar) else (Approach(node.text),)


def _by_family(blueprint: Blueprint) -> tuple[Approach, ...]:
    found: dict[str, list[Approach]] = {}
    for option in blueprint.model.options.values():
        one = Approach(_name(option), (), bool(option.chosen), bool(option.baseline))
        found.setdefault(option.family, []).append(one)
    families = []
    for family, inner in found.items():
        if family:
            families.append(Approach(family, tuple(inner), any(one.chosen for one in inner)))
        else:
            families += inner
    return tuple(families)


def _name(option: Option) -> str:
    return option.name


def _words(text: str) -> frozenset[str]:
    """Return the words that name something, each in the singular."""
    words = (word.removesuffix("s") for word in _WORD.findall(text.lower().replace("_", " ")))
    return frozenset(word for word in words if word not in _SMALL)


def _likeness(name: str, option: Option) -> float:
    """Return the largest share of words that a name has in common with an option's id or title, or what these add to
    its family.
    """
    one, family = _words(name), _words(option.family)
    whole = [_words(option.id), _words(_name(option))]
    others = [*whole, *(words - family for words in whole)]
    return max(len(one & two) / len(one | two) if one and two else 0.0 for two in others)


def _marked(approaches: tuple[Approach, ...], option: Option) -> tuple[Approach, ...]:
    leaves = [one.name for one in _leaves(approaches)]
    best = max(leaves, key=lambda name: _likeness(name, option), default="")
    if best and _likeness(best, option) >= _ALIKE:
        return tuple(_mark(one, best, option) for one in approaches)
    added = Approach(_name(option), (), bool(option.chosen), bool(option.baseline))
    if any(option.family.lower() == one.name.lower() for each in approaches for one in _every(each)):
        return tuple(_add(one, added, option.family) for one in approaches)
    below = Approach(option.family, (added,), added.chosen) if option.family else added
    return (*approaches, below)


def _mark(one: Approach, name: str, option: Option) -> Approach:
    """Mark a leaf of a name, and everything above it where it is chosen."""
    inner = tuple(_mark(each, name, option) for each in one.inner)
    own = not one.inner and one.name == name
    chosen = one.chosen or (own and bool(option.chosen)) or any(each.chosen for each in inner)
    return Approach(one.name, inner, chosen, one.baseline or (own and bool(option.baseline)))


def _add(one: Approach, added: Approach, family: str) -> Approach:
    inner = tuple(_add(each, added, family) for each in one.inner)
    if one.name.lower() == family.lower():
        inner = (*inner, added)
    return Approach(one.name, inner, one.chosen or any(each.chosen for each in inner), one.baseline)


def _every(one: Approach) -> Iterator[Approach]:
    yield one
    for each in one.inner:
        yield from _every(each)


def _leaves(approaches: Sequence[Approach]) -> Iterator[Approach]:
    for approach in approaches:
        yield from (one for one in _every(approach) if not one.inner)


def _branch(one: Approach) -> Block:
    """Return an approach with what is below it."""
    leaf = not one.inner
    words: Block = Words(capital(one.name), "strong" if one.chosen else "body", measure=13)
    if leaf and one.chosen:
        words = Row((Glyph("check", "good", 1.2), Column((words, Words("chosen", "small", "ink")), 0.05)), 0.5)
    elif one.baseline:
        words = Column((words, Words("baseline", "small", "ink")), 0.05)
    box = Boxed(
        words, fill="model.fill" if leaf and one.chosen else "node.fill", bold=one.chosen, padding=0.6,
        dashed=leaf and one.baseline,
    )  # fmt: skip
    return Tree(box, tuple(_branch(each) for each in one.inner), gap=0.55, reach=2.2) if one.inner else box
