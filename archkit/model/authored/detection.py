"""Boxes on an image as a figure's data: the true ones, those found with their scores, and thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.numbers import BOX, Numbers
from archkit.shapes.record import Record
from archkit.titles import title_of

PARTS = ("iou", "nms", "ap")
"""What can be shown: one pair of boxes with its sum, before and after suppression, and average precision."""


class TrueBox(Record, short="box", noun="box"):
    """A box around something that is in the image."""

    box: tuple[Fraction, ...] = f.field(BOX, "Left, top, right and bottom edge, in pixels.", "[40, 60, 200, 180]",
                                        required=True)  # fmt: skip
    label = f.text("What it is.", "car", aka=("class",))
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report a box without area."""
        if self.box and (self.box[0] >= self.box[2] or self.box[1] >= self.box[3]):
            message = "a box must end right of its left edge and below its top edge"
            reading.error("LNG018", self.at("box"), message, "write it as `[left, top, right, bottom]`")


class FoundBox(TrueBox, noun="box"):
    """A box that the detector found."""

    short: ClassVar[str] = ""  # a box alone would lack its score

    score: Any = f.number(f.SHARE, "How sure the detector is.", "0.92", required=True, aka=("confidence",))


class DetectionFigure(FigureSpec, noun="figure"):
    """Found boxes against true ones: overlap over union, suppression of doubles, and average precision."""

    size: tuple[Fraction, ...] = f.field(
        Numbers("the size of an image (width, height)", "[640, 480]", exactly=2), "Of the image in pixels.",
        "[640, 480]", required=True,
    )  # fmt: skip
    truth: Mapping[str, TrueBox] = f.table(
        TrueBox, "The true boxes.", "{car: [40, 60, 200, 180]}", required=True, aka=("ground_truth", "labels")
    )
    found: Mapping[str, FoundBox] = f.table(
        FoundBox, "The boxes found.", "{a: {box: [44, 66, 210, 190], score: 0.92}}", required=True,
        aka=("predicted", "predictions", "detections"),
    )  # fmt: skip
    show = f.words(PARTS, "What is shown; all of it where nothing is said.", "[iou, nms]")
    pair = f.text("The id of the found box whose overlap is worked out; the surest where nothing is said.", "a")
    nms = f.share("From which overlap on a less sure box is suppressed; 0.5 where nothing is said.", "0.5")
    iou = f.share("From which overlap on a box counts as found; 0.5 where nothing is said.", "0.75")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report boxes outside of the image, and a pair that is none."""
        super().finish(values, reading)
        if self.size and min(self.size) <= 0:
            reading.error("LNG013", self.at("size"), "an image has a width and a height", "write `size: [640, 480]`")
            return
        for table in ("truth", "found"):
            for box in values.get(table, {}).values():
                if self.size and box.box and not _inside(box.box, self.size):
                    message = f"`{box.id}` reaches out of the image of {self.size[0]} by {self.size[1]} pixels"
                    reading.error("LNG018", box.at("box"), message, "a box is `[left, top, right, bottom]`")
        pair, found = values.get("pair", ""), values.get("found", {})
        if pair and pair not in found:
            near = reading.nearest(pair, found)
            hint = f"did you mean `{near}`?" if near else "write the id of one of the boxes under `found`"
            reading.error("REF002", self.at("pair"), f"no box is called `{pair}`", hint)
        for name in ("iou", "nms"):
            bound = values.get(name)
            if bound is not None and not bound.value:
                message = f"`{name}` must be more than 0"
                reading.error("LNG013", self.at(name), message, "write a share such as 0.5")


def name_of(box: TrueBox) -> str:
    """Return what a box is called in a figure."""
    return box.label or title_of(box.id)


def _inside(box: tuple[Fraction, ...], size: tuple[Fraction, ...]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
