"""Lists of plain numbers: the coordinates of a point, the corners of a box, scores and labels."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from archkit.quantity import Dimension
from archkit.reading import Reading
from archkit.shapes.base import Schemas, Shape, take
from archkit.shapes.scalars import Number
from archkit.yamltree import Node, Scalar, Sequence

_ENTRY = Number(Dimension.COUNT, signed=True)


class Numbers(Shape[tuple[Fraction, ...]]):
    """A list of numbers without a unit, kept exactly.

    Args:
        words: What it is, for messages: ``a point``.
        example: How it is written.
        exactly: How many numbers it has; 0 where there may be any number of them.
        least: How many it has at least, where there may be any number of them.
    """

    accepts = (Sequence,)
    default: Any = ()

    def __init__(
        self, words: str = "a list of numbers", example: str = "[0.9, 0.4]", exactly: int = 0, least: int = 1
    ) -> None:
        self.words = words
        self.example = example
        self.exactly = exactly
        self.least = exactly or least

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[Fraction, ...] | None:
        """Return the numbers; nothing where one of them cannot be read, so that no other takes its place."""
        assert isinstance(node, Sequence)  # noqa: S101  nothing else is accepted
        found = [take(_ENTRY, item, None, reading) for item in node.items]
        count = len(found)
        if count < self.least or (self.exactly and count > self.exactly):
            name = f"`{key.text}`" if key is not None else "this"
            wanted = f"{self.exactly} numbers" if self.exactly else f"at least {self.least} numbers"
            written = f"{count or 'no'} {'number' if count == 1 else 'numbers'}"
            hint = f"write it like `{key.text}: {self.example}`" if key is not None else f"write `{self.example}`"
            reading.error("LNG002", node.span, f"{name} must be {self.words}: {wanted}, not {written}", hint)
            return None
        numbers = tuple(quantity.value for quantity in found if quantity is not None)
        return numbers if len(numbers) == count else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the list."""
        found: dict[str, Any] = {"type": "array", "items": _ENTRY.schema(schemas), "minItems": self.least}
        return found | ({"maxItems": self.exactly} if self.exactly else {})


POINT = Numbers("a point", "[0.2, 0.8]", exactly=2)
BOX = Numbers("a box (left, top, right, bottom)", "[40, 60, 200, 180]", exactly=4)
NUMBERS = Numbers()
