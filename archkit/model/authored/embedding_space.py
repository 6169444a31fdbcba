"""Points in two dimensions as a figure's data: items with their groups, a query, and how far to look around it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.numbers import POINT
from archkit.shapes.record import Record
from archkit.titles import title_of

DISTANCES = ("euclidean", "cosine")
"""Length of the straight line, or 1 minus the cosine of the angle seen from the origin."""


class PlacedItem(Record, short="point", noun="item"):
    """An item in the space; a point alone is where it lies."""

    point: tuple[Fraction, ...] = f.field(POINT, "Where it lies.", "[0.2, 0.8]", required=True, aka=("at", "xy"))
    label = f.text("What stands beside it; made from the id where it is missing.", "cat on a sofa", aka=("title",))
    group = f.text("The id of its group, which gives it its sign and colour.", "cats", aka=("class", "cluster"))
    waive = f.waive()


class EmbeddingSpaceFigure(FigureSpec, noun="figure"):
    """Items as points, and the nearest ones to a query, found by computing."""

    items = f.table(
        PlacedItem, "What lies in the space.", "{sofa: {point: [0.2, 0.8], group: cats}}", required=True, aka=("marks",)
    )
    query = f.record(PlacedItem, "What is searched with.", "{point: [0.3, 0.7], label: a cat}")
    k = f.integer("How many nearest items are found.", "3", aka=("neighbours", "neighbors", "top_k"))
    radius = f.number(f.COUNT, "Up to which distance items are found, in place of `k`.", "0.4")
    distance = f.word(DISTANCES, "How distance is measured; `euclidean` where nothing is said.", "cosine")
    axes = f.texts("The titles of both axes.", "[how warm, how formal]")
    groups = f.notes("What groups are called, by id.", "{cats: Photos of cats}")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check what belongs together, and title the items."""
        super().finish(values, reading)
        for item in self.items.values():
            item.__dict__.setdefault("label", title_of(item.id))
        if self.query:
            self.query.__dict__.setdefault("label", "query")
        if "k" in values and "radius" in values:
            message = "`k` and `radius` both say how many items are found"
            reading.error("LNG018", self.key_at("radius"), message, "keep one of them")
        if values.get("k") == 0:
            reading.error("LNG013", self.at("k"), "`k` must be at least 1, not 0", "write how many items are found")
        if ("k" in values or "radius" in values) and not self.has("query"):
            which = "k" if "k" in values else "radius"
            message = f"`{which}` says how far to look, but nothing is searched with"
            reading.error("LNG018", self.key_at(which), message, "write `query: {point: [0.3, 0.7]}`, or leave it out")
        if len(self.axes) not in (0, 2):
            message = f"there are two axes, not {len(self.axes)}"
            reading.error("LNG018", self.at("axes"), message, "write `axes: [across, up]`")
        if self.distance == "cosine":
            self._check_origin(reading)

    def _check_origin(self, reading: Reading) -> None:
        """Report points without a direction, for which there is no cosine."""
        for item in (*self.items.values(), self.query):
            if item and item.point and not any(item.point):
                message = "a point in the origin has no direction, and so no cosine"
                reading.error("LNG013", item.at("point"), message, "move it, or write `distance: euclidean`")
