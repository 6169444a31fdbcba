"""Shapes of the values of a theme: colours, and lengths in pixels."""

from __future__ import annotations

import re
from typing import Any

from archkit.reading import Reading, scalar, shorten
from archkit.shapes.base import Schemas, Shape
from archkit.shapes.scalars import Text, shown
from archkit.yamltree import Node, Scalar

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")


class Colour(Text):
    """A colour in hexadecimal, ``#rrggbb`` or ``#rgb``; kept as ``#rrggbb``."""

    words = "a colour such as '#1b5fa8'"
    example = "'#1b5fa8'"

    def empty(self, node: Scalar, key: Scalar | None, reading: Reading) -> None:
        """Report that there is no colour: most often its ``#`` has begun a comment."""
        name = f"`{key.text}`" if key is not None else "this"
        line = f"{key.text}: {self.example}" if key is not None else self.example
        hint = f"`#` begins a comment in YAML, so colours stand in quotes: `{line}`"
        reading.error("LNG010", shown(node, key), f"{name} has no value", hint)

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the colour."""
        found = _COLOUR.fullmatch(node.text.strip())
        if found is None:
            message = f"`{shorten(node.text)}` is not a colour"
            reading.error("THM001", node.span, message, "write red, green and blue in hexadecimal: '#1b5fa8'")
            return None
        digits = found[1].lower()
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a colour."""
        return {"type": ["string", "number"], "pattern": f"^{_COLOUR.pattern}$"}


class Measure(Shape[float]):
    """A number between two bounds.

    Args:
        low: The least.
        high: The most.
        unit: What it counts, for messages.
    """

    def __init__(self, low: float, high: float, unit: str = "pixels") -> None:
        self.low, self.high, self.unit = low, high, unit
        self.words = f"a number of {unit} from {low:g} to {high:g}" if unit else f"a number from {low:g} to {high:g}"
        self.example = f"{low:g}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> float | None:
        """Return the number."""
        node = scalar(node)
        text = node.text.strip().removesuffix("px").rstrip() if self.unit == "pixels" else node.text.strip()
        if not text:
            name = f"`{key.text}`" if key is not None else "this entry"
            reading.error("LNG010", shown(node, key), f"{name} has no value", f"write {self.words}")
            return None
        if _NUMBER.fullmatch(text) and self.low <= float(text) <= self.high:
            return float(text)
        reading.error("THM004", node.span, f"`{shorten(node.text)}` cannot be used here", f"write {self.words}")
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the number."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}
