"""The parts of a network, where its layers alone do not say how they are joined."""

from __future__ import annotations

from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.record import Record


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
