"""Lists of plain numbers: the coordinates of a point, the corners of a box, scores and labels."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from archkit.quantity import Dimension, Problem
from archkit.quantityhints import ALONE
from archkit.reading import Reading
from archkit.sentences import how_many
from archkit.shapes.base import Schemas, Shape, take
from archkit.shapes.scalars import Number
from archkit.yamltree import Node, Scalar, Sequence

_GENERAL = "`500M`"


class Plain(Number):
    """A number without a unit, for which the general advice on numbers (``500M``) would be odd.

    Args:
        hint: What to write where it is no such number.
        signed: Whether it may be negative.
        shares: Whether it may be a share, such as ``50%``.
    """

    def __init__(self, hint: str, signed: bool = False, shares: bool = False) -> None:
        super().__init__(Dimension.COUNT, *((Dimension.RATIO,) if shares else ()), signed=signed)
        self.hint = hint

    def advice(self, found: Problem) -> str:
        """Return what to write in place of what is no such number."""
        return self.hint if _GENERAL in found.hint or ALONE in found.hint else found.hint


class Numbers(Shape[tuple[Fraction, ...]]):
    """A list of numbers without a unit, kept exactly.

    Args:
        words: What it is, for messages: ``a point``.
        example: How it is written.
        exactly: How many numbers it has; 0 where there may be any number of them.
        least: How many it has at least, where there may be any number of them.
        shares: Whether they may be shares, such as ``50%``.
    """

    accepts = (Sequence,)
    default: Any = ()

    def __init__(
        self,
        words: str = "a list of numbers",
        example: str = "[0.9, 0.4]",
        exactly: int = 0,
        least: int = 1,
        shares: bool = False,
    ) -> None:
        self.words = words
        self.example = example
        self.exactly = exactly
        self.least = exactly or least
        self.entry = Plain(f"write numbers, as in `{example}`", signed=True, shares=shares)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[Fraction, ...] | None:
        """Return the numbers; nothing where one of them cannot be read, so that no other takes its place."""
        assert isinstance(node, Sequence)  # noqa: S101  nothing else is accepted
        found = [take(self.entry, item, None, reading) for item in node.items]
        count = len(found)
        if count < self.least or (self.exactly and count > self.exactly):
            name = f"`{key.text}`" if key is not None else "this"
            wanted = _count(self.exactly) if self.exactly else f"at least {_count(self.least)}"
            written = _count(count) if count else "an empty list"
            hint = f"write it like `{key.text}: {self.example}`" if key is not None else f"write `{self.example}`"
            reading.error("LNG002", node.span, f"{name} must be {self.words}: {wanted}, not {written}", hint)
            return None
        numbers = tuple(quantity.value for quantity in found if quantity is not None)
        return numbers if len(numbers) == count else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the list."""
        found: dict[str, Any] = {"type": "array", "items": self.entry.schema(schemas), "minItems": self.least}
        return found | ({"maxItems": self.exactly} if self.exactly else {})


def _count(numbers: int) -> str:
    return how_many(numbers, "number")


POINT = Numbers("a point", "[0.2, 0.8]", exactly=2)
BOX = Numbers("a box (left, top, right, bottom)", "[40, 60, 200, 180]", exactly=4)
NUMBERS = Numbers(shares=True)
