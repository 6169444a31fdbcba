"""How an index of vectors is drawn, where its component does not say: its kind and a few numbers."""

from __future__ import annotations

from typing import Any

from archkit.model.design import FigureSpec
from archkit.quantity import Quantity
from archkit.reading import Reading
from archkit.shapes import fields as f


class IndexFigure(FigureSpec, noun="figure"):
    """How an index finds near vectors without comparing all; what is not written here, its component says."""

    index = f.text("The kind of index, where no component is meant or it says none.", "IVF4096,PQ64")
    lists = f.count(
        "Into how many lists vectors are divided, those of one shard where there are shards.",
        "1M",
        aka=("nlist", "clusters"),
    )
    nprobe = f.integer("How many of them are searched.", "32", aka=("probes",))
    parts = f.integer("Into how many parts a vector is cut for compression.", "64", aka=("m", "subquantizers"))
    links = f.integer("How many neighbours a point of a graph is joined to.", "32", aka=("M", "neighbours"))

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report numbers of nothing, and more lists searched than there are."""
        super().finish(values, reading)
        for name in ("lists", "nprobe", "parts", "links"):
            number = values.get(name)
            if number is not None and (number.value if isinstance(number, Quantity) else number) == 0:
                reading.error("LNG013", self.at(name), f"`{name}` must be at least 1", "write how many there are")
        lists, nprobe = values.get("lists"), values.get("nprobe", 0)
        if lists is not None and 0 < lists.value < nprobe:
            message = f"{nprobe} lists are searched, and there are {lists.human()}"
            reading.error("LNG018", self.at("nprobe"), message, "write a smaller `nprobe`")
