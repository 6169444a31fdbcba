"""``PATH=VALUE`` and a tree → the tree that the author would have written with that value."""

from __future__ import annotations

from typing import Any, NamedTuple

from archkit.blueprint import Blueprint
from archkit.diagnostics import Diagnostic, Severity
from archkit.model.components import Component
from archkit.model.places import LaneShape
from archkit.reading import describe, is_null, shorten
from archkit.shapes.base import Shape
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.record import KEYS, Record
from archkit.source import Source, Span
from archkit.suggest import nearest
from archkit.yamltree import Mapping, Node, Scalar, Sequence, read

CODE = "SET001"
CODES = {
    CODE: (
        "Nothing to set there",
        """The path of `--set PATH=VALUE` or `--sweep PATH=FROM..TO` leads to nothing in the blueprint. A path is made
of keys, ids and positions in lists (from 0), with dots between them, as in
`requirements.scale.daily_active_users`, `architecture.lanes.inference.ranker.replicas` or `serving.rollout.1`; it may
begin with the id of a component, as in `ranker.replicas`. Keys that the language knows at that place need not be
written yet. The hint names the nearest that is there.""",
    ),
}
"""Codes of what can be wrong with an assignment → title and page."""

NAME = "--set"
"""What messages call the text of an assignment."""


class Place(NamedTuple):
    """Where a path leads.

    Attributes:
        steps: The mappings and lists on the way, each with the number of the entry that is followed; -1 for a new one.
        node: What is written there; None where nothing is.
        shape: What may be written there, if that is known.
        new: Keys to be added on the way, the last for the value itself.
    """

    steps: tuple[tuple[Mapping | Sequence, int], ...]
    node: Node | None
    shape: Shape[Any] | None
    new: tuple[str, ...] = ()


class Assignment(NamedTuple):
    """A value to be written at a place.

    Attributes:
        path: The path as given.
        value: The value as given.
        source: The text of both, for messages.
        place: Where the path leads.
    """

    path: str
    value: str
    source: Source
    place: Place


def assign(tree: Mapping, blueprint: Blueprint, text: str, name: str = NAME) -> Assignment | Diagnostic:
    """Find the place of an assignment.

    Args:
        tree: The tree of the blueprint.
        blueprint: What was read from it.
        text: ``PATH=VALUE``.
        name: What messages call the text.

    Returns:
        The assignment; or what is wrong, with a span in a source of its own (number 0) that holds ``text``.
    """
    path, equals, value = text.partition("=")
    source = Source(name, text)
    if not equals or not path.strip():
        message = f"`{shorten(text)}` is no assignment"
        return _problem(Span(0, len(text)), message, "write `PATH=VALUE`, as `requirements.scale.items=10B`")
    place = find(tree, blueprint, path.strip())
    if isinstance(place, Diagnostic):
        shift = len(path) - len(path.lstrip())
        span = place.span or Span(0, len(path))
        return _problem(Span(span.start + shift, span.end + shift), place.message, place.hint)
    return Assignment(path.strip(), value.strip(), source, place)


def find(tree: Mapping, blueprint: Blueprint, path: str) -> Place | Diagnostic:
    """Follow a path; return where it leads, or what is wrong with it with a span in the path."""
    walk = _Walk(path, tuple(blueprint.components))
    head = path.split(".", 1)[0]
    if head not in Blueprint.fields and all(key.text != head for key, _ in tree.entries):
        ids = (id_ for id_ in blueprint.components if path == id_ or path.startswith(f"{id_}."))
        id_ = max(ids, key=len, default="")
        node: Node | None = vars(blueprint.components[id_]).get("_node") if id_ else None
        steps = _way_to(tree, node) if node is not None else None
        if steps is not None:
            return walk.follow(node, Rec(Component), steps, len(id_) + 1)
    return walk.follow(tree, Rec(Blueprint), (), 0)


def written(assignment: Assignment, source: int) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """Return the tree of an assignment with its value written into it.

    Args:
        assignment: What to write, and where.
        source: The number of the assignment's source, for spans.

    Returns:
        The new tree, and what is wrong with the value as YAML.
    """
    text = assignment.source.text
    start = text.index("=") + 1
    start += len(text[start:]) - len(text[start:].lstrip())
    if assignment.value:
        # Blanks in place of the path, so that positions are those in the whole text.
        node, found = read(Source(assignment.source.name, " " * start + text[start:]), source)
    else:
        node, found = None, []
    value: Node = node if node is not None else Scalar(Span(0, len(text), source), "", True)
    at = text.index("=")
    for key in reversed(assignment.place.new):
        at = text.rindex(key, 0, at)
        named = Scalar(Span(at, at + len(key), source), KEYS.get(key, key), True)
        value = Mapping(Span(at, len(text), source), ((named, value),))
    return _rebuilt(assignment.place, value), tuple(found)


def _rebuilt(place: Place, value: Node) -> Mapping:
    """Return the tree with a node in place of what was there; one new key is added to the mapping it belongs to."""
    if place.new and isinstance(value, Mapping) and isinstance(place.node, Mapping):
        value = Mapping(place.node.span, (*place.node.entries, *value.entries), place.node.partial)
    for holder, number in reversed(place.steps):
        if isinstance(holder, Mapping):
            entries = list(holder.entries)
            entries[number] = entries[number][0], value
            value = Mapping(holder.span, tuple(entries), holder.partial)
        else:
            items = list(holder.items)
            items[number] = value
            value = Sequence(holder.span, tuple(items))
    assert isinstance(value, Mapping)  # noqa: S101 - a tree begins with a mapping
    return value


def _way_to(node: Node, wanted: Node) -> tuple[tuple[Mapping | Sequence, int], ...] | None:
    """Return the way to a node of a tree; None where it is none of it."""
    stack: list[tuple[Node, tuple[tuple[Mapping | Sequence, int], ...]]] = [(node, ())]
    while stack:
        at, way = stack.pop()
        if at is wanted:
            return way
        inner = at.items if isinstance(at, Sequence) else ()
        if isinstance(at, Mapping):
            inner = tuple(value for _, value in at.entries)
        if not isinstance(at, Scalar):
            stack += [(each, (*way, (at, n))) for n, each in enumerate(inner)]
    return None


class _Walk:
    """The way along a path, as far as it leads."""

    def __init__(self, path: str, ids: tuple[str, ...]) -> None:
        self.path = path
        self.ids = ids

    def follow(
        self,
        node: Node | None,
        shape: Shape[Any] | None,
        steps: tuple[tuple[Mapping | Sequence, int], ...],
        at: int,
    ) -> Place | Diagnostic:
        """Follow the path from a node on, from one of its characters."""
        while at <= len(self.path) and node is not None:
            if isinstance(node, Scalar):
                node = self._long_form(node, shape)
            rest = self.path[at:]
            if isinstance(node, Mapping):
                found = _longest(node, rest)
                if found is None:
                    return self._missing(node, shape, steps, at)
                number, length = found
                steps = (*steps, (node, number))
                shape, node = _below(shape, node.entries[number][0].text), node.entries[number][1]
                at += length + 1
            elif isinstance(node, Sequence):
                word = rest.split(".", 1)[0]
                if not word.isdecimal() or int(word[:9]) >= len(node.items):
                    return self._no_position(node, word, at)
                steps = (*steps, (node, int(word)))
                shape, node = _item(shape), node.items[int(word)]
                at += len(word) + 1
            else:
                message = f"there is nothing inside `{self.path[: max(0, at - 1)]}`, which is {describe(node)}"
                return _problem(Span(max(0, at - 1), len(self.path)), message, "end the path there")
        return Place(steps, node, shape)

    @staticmethod
    def _long_form(node: Scalar, shape: Shape[Any] | None) -> Node:
        """Return what a short form stands for: `ranker` as `{type: ranker}`."""
        cls = _record(shape)
        if cls is None:
            return node
        if is_null(node):
            return Mapping(node.span, ())
        return Mapping(node.span, ((Scalar(node.span, cls.short, True), node),)) if cls.short else node

    def _missing(
        self, node: Mapping, shape: Shape[Any] | None, steps: tuple[tuple[Mapping | Sequence, int], ...], at: int
    ) -> Place | Diagnostic:
        """Return the place of a key that is not written but known; otherwise say what is there."""
        words = self.path[at:].split(".")
        inner: Shape[Any] | None = shape
        for number, word in enumerate(words):
            cls = _record(inner)
            key = KEYS.get(word, word)
            if cls is None or key not in cls.fields:
                there = [] if number else [name.text for name, _ in node.entries]
                known = list(cls.fields) if cls is not None else list(getattr(_unwrapped(inner), "keys", ()))
                at += sum(len(before) + 1 for before in words[:number])
                return self._unknown(word, at, [*known, *(self.ids if not at else ())], there)
            inner = cls.fields[key].shape
        return Place(steps, node, inner, tuple(words))

    def _unknown(self, word: str, at: int, known: list[str], there: list[str]) -> Diagnostic:
        where = f"`{self.path[: at - 1]}` has no `{shorten(word)}`" if at else f"there is no `{shorten(word)}`"
        meant = nearest(word, there) or nearest(word, known)
        listed = ", ".join(f"`{shorten(name)}`" for name in (there or known)[:12])
        more = " …" if len(there or known) > 12 else ""
        hint = f"did you mean `{meant}`?" if meant else f"there are {listed}{more}" if listed else "end the path there"
        return _problem(Span(at, at + max(1, len(word))), where, hint)

    def _no_position(self, node: Sequence, word: str, at: int) -> Diagnostic:
        count = len(node.items)
        message = f"`{self.path[: max(0, at - 1)]}` is a list of {count}, and has no `{shorten(word)}`"
        hint = f"write a position from 0 to {count - 1}" if count else "the list is empty"
        return _problem(Span(at, at + max(1, len(word))), message, hint)


def _longest(node: Mapping, rest: str) -> tuple[int, int] | None:
    """Return the number of the longest key that a path goes on with, and its length; keys may have dots in them."""
    fitting = [
        (len(key.text), number)
        for number, (key, _) in enumerate(node.entries)
        if rest == key.text or rest.startswith(f"{key.text}.")
    ]
    if fitting:
        length, number = max(fitting)
        return number, length
    word = rest.split(".", 1)[0]
    number = next((n for n, (key, _) in enumerate(node.entries) if key.text == KEYS.get(word)), -1)
    return (number, len(word)) if number >= 0 else None


def _unwrapped(shape: Shape[Any] | None) -> Shape[Any] | None:
    """Return the shape that one stands for which is made only when it is needed."""
    make = getattr(shape, "make", None)
    return make() if make is not None else shape


def _record(shape: Shape[Any] | None) -> type[Record] | None:
    shape = _unwrapped(shape)
    return shape.cls if isinstance(shape, Rec) else None


def _below(shape: Shape[Any] | None, key: str) -> Shape[Any] | None:
    """Return what may stand under a key."""
    shape = _unwrapped(shape)
    if isinstance(shape, LaneShape) and key not in shape.cls.fields:
        return Rec(Component)
    if isinstance(shape, Rec):
        field = shape.cls.fields.get(key)
        return field.shape if field is not None else None
    return shape.item if isinstance(shape, MapOf) else None


def _item(shape: Shape[Any] | None) -> Shape[Any] | None:
    shape = _unwrapped(shape)
    return shape.item if isinstance(shape, ListOf) else None


def _problem(span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(CODE, Severity.ERROR, message, span, hint)
