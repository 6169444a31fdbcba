"""Step 2, framing: the goal as a machine-learning task; and the interview's clock."""

from __future__ import annotations

from typing import Any

from archkit.model.common import chosen_and_rejected
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf
from archkit.shapes.record import Record

TASKS = (
    "ranking",
    "retrieval",
    "binary classification",
    "multi-class classification",
    "multi-label classification",
    "multi-task classification",
    "regression",
    "forecasting",
    "object detection",
    "segmentation",
    "sequence labelling",
    "keyword spotting",
    "speech recognition",
    "speech synthesis",
    "optical character recognition",
    "keypoint detection",
    "representation learning",
    "link prediction",
    "matching",
    "clustering",
    "anomaly detection",
    "text generation",
    "image generation",
    "question answering",
    "summarisation",
    "translation",
    "planning",
    "policy learning",
    "survival analysis",
)
"""What a model can be asked to do."""

STEPS = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring")
"""The seven steps, which are seven sections."""


class Interview(Record):
    """How the time of an interview is divided among the seven steps, in minutes."""

    minutes = f.count("The whole interview.", "45", aka=("duration", "length", "time"))
    steps = f.field(MapOf(f.COUNT, keys=STEPS), "Minutes for each step.", "{requirements: 5, framing: 5}")
    waive = f.waive()


class Objective(Record):
    """One thing that could be optimised."""

    chosen = f.flag("Whether this is the one.")
    because = f.text("Why it is chosen.", "clicks reward bait and watch time rewards length", aka=("why", "reason"))
    rejected = f.why("Why it is not chosen.", "rewards click-bait")
    counter_metric = f.ref("metric", "The metric that shows when this objective is gamed.", "hide_rate")
    note = f.text("A remark.")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report an objective that is chosen and rejected."""
        chosen_and_rejected(self, values, reading)


class Framing(Record):
    """Step 2, frame: why ML, which objective, and what goes in and comes out."""

    why_ml = f.text("Why rules are not enough.", "Taste is too varied for rules", aka=("why",))
    objectives = f.named(Objective, "What could be optimised, and what is.", "{watch_time: {chosen: true}}")
    task = f.word(TASKS, "The kind of task.", "ranking", aka=("category", "type"))
    approach = f.text("The approach within that task.", "pointwise learning to rank")
    input = f.texts("What one prediction is made from.", "[user, context]", aka=("inputs",))
    output = f.texts("What comes out.", "20 videos in order", aka=("outputs",))
    enumerable_inputs = f.flag("Whether all inputs are known beforehand (all users: yes; free text, uploads: no).")
    input_space = f.count("How many different inputs there are, where they can be counted.", "500M")
    waive = f.waive()
