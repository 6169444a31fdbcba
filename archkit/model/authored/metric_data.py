"""Shapes of the data of a worked metric: ranked lists, pairs of numbers, counts of decisions, tokens."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from fractions import Fraction
from typing import Any, NamedTuple

from archkit.metrics import Confusion
from archkit.quantity import Dimension, Quantity, parse_quantity
from archkit.reading import Reading, describe, shorten
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas, Shape, take
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.numbers import Numbers
from archkit.shapes.record import Record
from archkit.shapes.scalars import Text
from archkit.yamltree import Mapping, Node, Scalar, Sequence

Entry = Fraction | str
PAIR = Numbers("a pair of numbers", "[0.9, 1]", exactly=2)
PAIRS = ListOf(PAIR)
PREDICTIONS = ListOf(Numbers("a pair of numbers", "[0.9, 1]", exactly=2, shares=True))


class Lists(NamedTuple):
    """The ranked lists of one model.

    Attributes:
        rankings: One for each query; by position a grade, or the name of an item.
        several: Whether they are written as a list of lists.
    """

    rankings: tuple[tuple[Entry, ...], ...]
    several: bool


class EntryShape(Shape[Entry]):
    """What stands at a position: a grade, or the name of an item."""

    words = "a grade or the name of an item"
    example = "1"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Entry | None:
        """Return a number where it is one."""
        text = Text().read(node, key, reading)
        found = parse_quantity(text, Dimension.COUNT) if text is not None else None
        if not isinstance(found, Quantity) or found.noun:
            return text
        if found.value < 0:
            reading.error("LNG013", node.span, "a grade is 0 or more", "write 0 for what is not relevant")
            return None
        return found.value

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of an entry."""
        return {"type": ["string", "number", "boolean"]}


class ListsShape(Shape[Lists]):
    """One ranked list, or a list of them."""

    accepts = (Sequence,)
    words = "a list of grades, or of such lists"
    example = "[1, 0, 1]"
    _one = ListOf(EntryShape(), single=False)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Lists | None:
        """Return the lists."""
        assert isinstance(node, Sequence)  # noqa: S101  nothing else is accepted
        if not any(isinstance(item, Sequence) for item in node.items):
            one = self._one.read(node, key, reading)
            return Lists((one,), False) if one is not None else None
        found = [take(self._one, item, None, reading) for item in node.items]
        return Lists(tuple(each for each in found if each is not None), True)

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of both forms."""
        entry = EntryShape().schema(schemas)
        one = {"type": "array", "items": entry}
        return {"anyOf": [one, {"type": "array", "items": {"anyOf": [one, {"type": "null"}]}}]}


LISTS = ListsShape()


class Counts(Record, noun="confusion matrix"):
    """Decisions between yes and no, counted by what was right."""

    tp = f.whole("True positives: yes, rightly.", "80", required=True)
    fp = f.whole("False positives: yes, wrongly.", "20", required=True)
    fn = f.whole("False negatives: no, wrongly.", "40", required=True)
    tn = f.whole("True negatives: no, rightly.", "860")
    waive = f.waive()

    @property
    def confusion(self) -> Confusion:
        """The counts as numbers."""
        return Confusion(*(int(each.value) if each is not None else 0 for each in (self.tp, self.fp, self.fn, self.tn)))


class CountsOf(Shape[MappingType[str, Counts]]):
    """The counts of one model, or of several by name; those of one alone stand under ""."""

    accepts = (Mapping,)
    words = "a mapping"
    example = "{tp: 80, fp: 20, fn: 40, tn: 860}"
    default: Any = Map()

    def __init__(self) -> None:
        self.one = Rec(Counts)
        self.several = MapOf(self.one, names=True)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> MappingType[str, Counts] | None:
        """Return the counts by model."""
        if isinstance(node, Mapping) and any(name.text in Counts.fields for name, _ in node.entries):
            found = self.one.read(node, key, reading)
            return Map({"": found}) if found is not None else None
        return self.several.read(node, key, reading)

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return Counts, None, False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of both forms."""
        return {"anyOf": [self.one.schema(schemas), self.several.schema(schemas)]}


class Token(NamedTuple):
    """A token that came, with the probability that a model had given it."""

    text: str
    probability: Fraction


class TokenShape(Shape[Token]):
    """A token with its probability, written as a mapping with one key."""

    accepts = (Mapping,)
    words = "a token with its probability"
    example = "{cat: 0.05}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Token | None:
        """Return the token."""
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            reading.error(
                "LNG002", node.span, f"this must be {self.words}, not {describe(node)}", "write `{cat: 0.05}`"
            )
            return None
        name, value = node.entries[0]
        if not name.text.strip():
            reading.error("LNG006", name.span, "a token is empty", "write it before the colon")
            return None
        found = take(f.SHARE, value, name, reading)
        return Token(shorten(name.text, 24), found.value) if found is not None else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema: an object with one key."""
        share = f.SHARE.schema(schemas)
        return {"type": "object", "additionalProperties": share, "minProperties": 1, "maxProperties": 1}


TOKENS = ListOf(TokenShape(), single=False)
