"""A graph at two times as a figure's data: its links, those that are new, and how links are predicted."""

from __future__ import annotations

from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf

PREDICTED = ("common neighbours", "jaccard", "adamic-adar")
"""What ranks the pairs that are not linked."""

_MOST = 24  # nodes that can be told apart in a figure
_MOST_LINKS = 60


class GraphSnapshotsFigure(FigureSpec, noun="figure"):
    """A graph at t and at t + 1: links are predicted from the first, and the second says which came true."""

    node = f.text("What a node is; it chooses the glyph.", "user")
    links = f.field(
        MapOf(f.TEXTS, names=True), "The links at the first time, in both directions.", "{Ana: [Ben, Eva], Ben: [Tom]}",
        required=True,
    )  # fmt: skip
    new = f.field(MapOf(f.TEXTS, names=True), "The links that come until the second time.", "{Ana: [Tom]}")
    times = f.texts("What both times are called.", "[t, t + 1]")
    predict = f.word(PREDICTED, "How links are predicted from the first graph.", "adamic-adar", aka=("measure",))
    k = f.integer("How many predictions are drawn; 1 where nothing is said.", "2", aka=("top_k",))

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check that new links are new, and that there are two times."""
        super().finish(values, reading)
        if len(self.times) not in (0, 2):
            message = f"there are two times, not {len(self.times)}"
            reading.error("LNG018", self.at("times"), message, "write `times: [t, t + 1]`")
        if "k" in values and not 1 <= values["k"] <= 9:
            reading.error(
                "LNG013", self.at("k"), f"`k` must be from 1 to 9, not {values['k']}", "write how many are drawn"
            )
        nodes = {name for links in (self.links, self.new) for one, others in links.items() for name in (one, *others)}
        if len(nodes) > _MOST:
            message = f"a figure shows at most {_MOST} nodes, not {len(nodes)}"
            reading.error("FIG010", self.key_at("links"), message, "show a part of the graph")
        count = sum(len(others) for links in (self.links, self.new) for others in links.values())
        if count > _MOST_LINKS:
            message = f"a figure shows at most {_MOST_LINKS} links, not {count}"
            reading.error("FIG010", self.key_at("links"), message, "show a part of the graph")
        known = {frozenset((one, other)) for one, others in self.links.items() for other in others}
        for one, others in self.new.items():
            for at, other in enumerate(others):
                where = self.at("new", one, at) if len(others) > 1 else self.at("new", one)
                if one == other:
                    reading.error("FIG010", where, f"`{one}` cannot be linked with itself", "name two nodes")
                elif frozenset((one, other)) in known:
                    message = f"the link of `{one}` and `{other}` is there from the beginning"
                    reading.error("FIG010", where, message, "take it off `new` or off `links`")
