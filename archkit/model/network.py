"""The parts of a network, where its layers alone do not say how they are joined."""

from __future__ import annotations

from archkit.reading import Reading, is_null, shorten
from archkit.shapes import fields as f
from archkit.shapes.base import take
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Text
from archkit.shapes.slips import apart
from archkit.yamltree import Node, Scalar, Sequence


class Piece(Record, short="title", noun="part of a network"):
    """A layer of a network, or several alike; words alone are its title."""

    title = f.text("What it is.", "transformer block", aka=("layer", "type", "kind"))
    dim = f.whole("Length of the vectors that it puts out.", "768", aka=("units", "channels", "width", "size"))
    repeat = f.whole("How many of it follow each other.", "12", aka=("times", "layers", "count"))
    inside = f.texts("What each is made of, from its input on.", "[self-attention, feed forward]", aka=("parts",))
    output = f.text("What it puts out, in words or as a shape.", "14 × 14 × 512 feature map", aka=("shape",))
    pretrained = f.text("What it is pretrained on.", "ImageNet")
    frozen = f.flag("Whether its weights stay as they are.")
    used_in = f.words(("training", "serving"), "Where it is used, if not in both.", "training", aka=("used", "only"))
    parameters = f.count("How many parameters it has.", "22M")
    note = f.text("A remark.")


class Layer(Text):
    """A layer of a network.

    Args:
        alone: Whether it is all that is said about the layers, and no entry of a list.
    """

    def __init__(self, alone: bool = False) -> None:
        self._alone = alone

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the layer, unless the text holds several, as ``512-256-128``."""
        written = apart(node.text.strip(), self._alone)
        if not written:
            return node.text
        message = f"`{shorten(node.text)}` is one text for several layers"
        reading.error("LNG002", node.span, message, f"write `{written if self._alone else written[1:-1]}`")
        return None


class Layers(ListOf[str]):
    """The layers of a network from the input on; one text alone is a network of one."""

    def __init__(self) -> None:
        super().__init__(Layer())
        self._only = Layer(alone=True)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[str, ...] | None:
        """Return the layers."""
        if isinstance(node, Sequence) or is_null(node):
            return super().read(node, key, reading)
        one = take(self._only, node, key, reading)
        return None if one is None else (one,)


class Block(Piece, short="title", noun="part of a network"):
    """A layer, or ways side by side that the next part joins; words alone are its title.

    A way that is called like one of the model's inputs begins with it; the others begin with what stands before.
    """

    branches = f.field(
        MapOf(ListOf(Rec(Piece))),
        "Ways side by side, each from its input on; the part that follows joins them.",
        "{cross: [3 cross layers], deep: [1024, 512]}",
        aka=("parallel", "ways"),
    )
