"""Worked examples of a score: what each head of a model says about some items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archkit.model.design import FigureSpec
from archkit.quantity import Quantity
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf

MOST_EXAMPLES = 4


class ScoreFigure(FigureSpec, noun="figure"):
    """The score of a model with several heads; with examples, it is computed for each of them."""

    examples: Mapping[str, Mapping[str, Quantity]] = f.field(
        MapOf(MapOf(f.MEASURE), names=True),
        "What the heads say about some items, by item and head: a probability, or an amount where the head has a unit.",
        "{Video A: {like: 20%, hide: 1%}, Video B: {like: 30%, hide: 5%}}",
    )

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report examples that say nothing, or not about the same heads, and more than fit side by side."""
        super().finish(values, reading)
        if len(self.examples) > MOST_EXAMPLES:
            message = f"{len(self.examples)} examples are too many to stand side by side"
            reading.error("FIG010", self.at("examples"), message, f"leave up to {MOST_EXAMPLES}")
        every = list(dict.fromkeys(head for example in self.examples.values() for head in example))
        for name, example in self.examples.items():
            missing = [head for head in every if not self.has("examples", name, head)]
            if not example and not self.names("examples", name):
                hint = "write what each head says"
                reading.error("FIG010", self.at("examples", name), f"nothing is said about `{name}`", hint)
            elif missing and self.whole("examples", name):
                message = f"`{name}` lacks `{missing[0]}`, which another example has"
                reading.error("FIG010", self.key_at("examples", name), message, f"write `{missing[0]}: 10%`")
