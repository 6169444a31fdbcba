"""Worked training examples as a figure's data: values of features, and the labels that go with them."""

from __future__ import annotations

from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading, Reference
from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, Rec
from archkit.shapes.record import Record


class ExampleRow(Record, noun="training example"):
    """One training example: what is put in, and what the model is to answer."""

    values = f.notes(
        "Features or groups of features and their values.", "{device: phone}", required=True, aka=("features",)
    )
    labels = f.notes("Labels and their values.", "{click: 1}", required=True, aka=("label",))
    note = f.text("What is said about it.", "the ad was shown and hidden")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Have the names looked up: the columns of the table are features and labels that there are."""
        if not self.partial and not values.get("values") and not values.get("labels"):
            reading.error("FIG010", self.place, "a training example of nothing", "write its `values:` and `labels:`")
        for path, kinds in (("values", ("feature", "feature group")), ("labels", ("label",))):
            for name in values.get(path, {}):
                reading.references.append(Reference(kinds, name, self.key_at(path, name)))


class TrainingExampleFigure(FigureSpec, noun="figure"):
    """What one training example looks like; rows of your own take the place of those that are derived."""

    rows = f.field(
        ListOf(Rec(ExampleRow)),
        "Worked examples.",
        "[{values: {device: phone}, labels: {click: 1}}]",
        aka=("examples",),
    )
