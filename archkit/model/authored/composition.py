"""Models or recommenders that work together, as a figure's data: one after the other, or side by side."""

from __future__ import annotations

from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.record import Record

FORMS = ("sequential", "parallel")
"""One feeds the next, or all answer and their answers are joined."""


class HybridStage(Record, short="does", noun="stage"):
    """One of the parts; words alone are what it does."""

    title = f.text("Its readable name; made from the id where it is missing.", "Content-based")
    does = f.text("What it does.", "similar to what was watched")
    gives = f.text("What it hands on.", "300 videos", aka=("out", "output"))
    weight = f.number(f.SCORE, "Its weight where answers are added.", "0.6")
    model = f.ref("model", "The model that it is.", "ranker")
    waive = f.waive()


class CompositionFigure(FigureSpec, noun="figure"):
    """A hybrid: its parts in a row or side by side; without parts, what the blueprint says about its models."""

    form = f.word(FORMS, "How the parts work together; `sequential` where nothing is said.", "parallel")
    stages = f.table(
        HybridStage, "The parts, in their order.", "{content: similar to what was watched}", aka=("parts",)
    )
    input = f.text("What goes in.", "user and context")
    combine = f.text("How answers of parallel parts are joined.", "weighted sum")
    output = f.text("What comes out.", "20 videos in order")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check that what is said fits the form."""
        super().finish(values, reading)
        if "stages" in values and len(self.stages) < 2 and self.whole("stages"):
            message = f"a composition has two parts or more, not {len(self.stages)}"
            reading.error("FIG010", self.key_at("stages"), message, "write `stages: {recall: …, ranking: …}`")
        for name in ("form", "input", "combine", "output"):
            if self.has(name) and not self.has("stages") and not self.partial:
                reading.error("FIG010", self.key_at(name), f"`{name}` goes with `stages`", "write `stages:`")
        if self.stages and self.form != "parallel":
            if self.has("combine"):
                message = "parts one after the other are not combined"
                reading.error("FIG010", self.key_at("combine"), message, "write `form: parallel`")
            for name, stage in self.stages.items():
                if stage.has("weight"):
                    message = f"`{name}` has a weight, but parts one after the other are not added"
                    reading.error("FIG010", stage.key_at("weight"), message, "write `form: parallel`")
