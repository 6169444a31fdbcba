"""One line in a record class → a declared field: what it holds, what it means, how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from archkit.quantity import Dimension, Quantity
from archkit.shapes.base import Field, Shape
from archkit.shapes.containers import ListOf, MapOf, Reasons, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Flag, Id, Integer, Number, Ref, Text, Why, Word

T = TypeVar("T")
R = TypeVar("R", bound=Record)

TEXT = Text()
TEXTS = ListOf(TEXT)
WHY = Why()
FLAG = Flag()
ID = Id()
INTEGER = Integer()
COUNT = Number(Dimension.COUNT)
WHOLE = Number(Dimension.COUNT, whole=True)
TIME = Number(Dimension.TIME)
BYTES = Number(Dimension.BYTES)
SHARE = Number(Dimension.RATIO, most=1)
RATE = Number(Dimension.RATE)
PER_SECOND = Number(Dimension.RATE, Dimension.COUNT)
MONEY = Number(Dimension.MONEY)
COST = Number(Dimension.MONEY_RATE)
PRICE = Number(Dimension.MONEY_PER_COUNT, Dimension.MONEY)
TOKEN_PRICE = Number(Dimension.MONEY_PER_COUNT)
GROWTH = Number(Dimension.RATIO, signed=True)
SCORE = Number(Dimension.COUNT, signed=True)
WIDTH = Number(Dimension.BYTES, Dimension.COUNT)  # data first: the B of `2 B` is a byte
VOLUME = Number(Dimension.RATE, Dimension.BANDWIDTH)
PART = Number(Dimension.RATIO, Dimension.COUNT, Dimension.RATE)
# a share first: a metric without a unit is comparable with shares
MEASURE = Number(Dimension.RATIO, *(one for one in Dimension if one is not Dimension.RATIO), signed=True)


def field(shape: Shape[T], doc: str, example: str = "", **more: Any) -> T:
    """Declare a field of any shape; ``more`` is passed on to ``Field``.

    Args:
        shape: What it accepts.
        doc: What it means, for the reference and for editors.
        example: How it is written.
        more: Passed on to ``Field``.
    """
    found: Any = Field(shape, doc, example, **more)
    return found  # type: ignore[no-any-return]


def number(shape: Number, doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare a number of given dimensions and bounds."""
    return field(shape, doc, example, **more)


def text(doc: str, example: str = "", **more: Any) -> str:
    """Declare a text; "" where it is not written."""
    return field(TEXT, doc, example, **more)


def why(doc: str, example: str = "", **more: Any) -> str:
    """Declare a reason; ``true`` is none."""
    return field(WHY, doc, example, **more)


def texts(doc: str, example: str = "", **more: Any) -> tuple[str, ...]:
    """Declare a list of texts, or one text alone."""
    return field(TEXTS, doc, example, **more)


def word(words: tuple[str, ...], doc: str, example: str = "", **more: Any) -> str:
    """Declare one of some known words; "" where it is not written."""
    return field(Word(words), doc, example or words[0], **more)


def words(known: tuple[str, ...], doc: str, example: str = "", **more: Any) -> tuple[str, ...]:
    """Declare a list of known words, or one alone."""
    return field(ListOf(Word(known)), doc, example or f"[{known[0]}]", **more)


def flag(doc: str, example: str = "true", **more: Any) -> bool | None:
    """Declare ``true`` or ``false``; None where it is not written."""
    return field(FLAG, doc, example, **more)


def count(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare a pure number: how many."""
    return field(COUNT, doc, example, **more)


def whole(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare a whole number: how many."""
    return field(WHOLE, doc, example, **more)


def integer(doc: str, example: str = "", **more: Any) -> int | None:
    """Declare a small whole number that only counts or orders."""
    return field(INTEGER, doc, example, **more)


def time(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare a duration, in seconds."""
    return field(TIME, doc, example, **more)


def size(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare an amount of data, in bytes."""
    return field(BYTES, doc, example, **more)


def share(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare a share of a whole, from 0 to 1 (100%)."""
    return field(SHARE, doc, example, **more)


def rate(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare how many per time."""
    return field(RATE, doc, example, **more)


def per_second(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare how many per time; a number without a unit is per second, as the key's name says."""
    return field(PER_SECOND, doc, example, **more)


def money(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare an amount of money."""
    return field(MONEY, doc, example, **more)


def cost(doc: str, example: str = "", **more: Any) -> Quantity | None:
    """Declare an amount of money per time."""
    return field(COST, doc, example, **more)


def ref(kinds: str, doc: str, example: str = "", **more: Any) -> str:
    """Declare the name of something declared elsewhere; ``kinds`` are joined by ``|``."""
    return field(Ref(*kinds.split("|")), doc, example, **more)


def refs(kinds: str, doc: str, example: str = "", **more: Any) -> tuple[str, ...]:
    """Declare a list of names of things declared elsewhere."""
    return field(ListOf(Ref(*kinds.split("|"))), doc, example, **more)


def record(cls: type[R], doc: str, example: str = "", **more: Any) -> R:
    """Declare a record; an empty, false one where it is not written."""
    return field(Rec(cls), doc, example, **more)


def table(cls: type[R], doc: str, example: str = "", **more: Any) -> Mapping[str, R]:
    """Declare records by id."""
    return field(MapOf(Rec(cls)), doc, example, **more)


def named(cls: type[R], doc: str, example: str = "", **more: Any) -> Mapping[str, R]:
    """Declare records by free name, such as ``recall@100``."""
    return field(MapOf(Rec(cls), names=True), doc, example, **more)


def notes(doc: str, example: str = "", **more: Any) -> Mapping[str, str]:
    """Declare texts by free name."""
    return field(MapOf(TEXT, names=True), doc, example, **more)


def waive() -> Mapping[str, str]:
    """Declare waivers: code → reason."""
    return field(Reasons(), "Findings that are accepted here, each with the reason.", "{SRV03: why this is fine here}")
