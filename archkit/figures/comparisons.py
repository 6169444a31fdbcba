"""What losses have in common: what they are computed with, and an output beside the truth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block
from archkit.facts.words import mentions
from archkit.figures.common import inside, short
from archkit.figures.stacks import Fork, Part, Series
from archkit.sentences import capital
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.model.data import Sampling
    from archkit.model.modelling import Model
    from archkit.quantity import Quantity


class Setting(NamedTuple):
    """What a loss is computed with.

    Attributes:
        model: The model that is trained.
        words: The loss in its author's words.
        label: What it learns.
        sampling: How its negatives are chosen.
        teacher: The title of the model that it is distilled from, if it is from one.
    """

    model: Model
    words: str
    label: str
    sampling: Sampling
    teacher: str = ""

    def number(self, *names: str) -> str:
        """Return a number of a loss: a field of the model, a hyperparameter, or what stands behind its name in words.

        Args:
            names: What it is called, such as ``temperature``.
        """
        for name in names:
            written: Quantity | None = getattr(self.model, name, None)
            if written is not None:
                return short(written)
            if name in self.model.hyperparameters:
                return self.model.hyperparameters[name]
        told = f"{self.words} {self.model.similarity}"
        pattern = rf"\b(?:{'|'.join(names)})\b\s*(?:of|=|:)?\s*(\d*\.?\d+)"
        found = re.search(pattern, told, re.IGNORECASE)
        return found[1] if found else ""

    @property
    def negatives(self) -> str:
        """How many negatives there are for each positive, as a figure shows it; ``n`` where that is not said."""
        count = self.sampling.negatives
        return short(count) if count is not None else "n"

    @property
    def sides(self) -> tuple[str, str]:
        """What is compared with what: the names of two towers, else of what the model reads."""
        towers = [title_of(name) for name in self.model.towers]
        if len(towers) > 1:
            return towers[0], inside(towers[1])
        one = title_of(self.model.inputs[0]) if self.model.inputs else "Query"
        # One encoder compares its inputs with each other; a sampled softmax picks items for them.
        same = bool(self.model.inputs) and not mentions(self.words, "sampled softmax")
        return one, inside(one) if same else "item"


class Objective(NamedTuple):
    """A loss to draw.

    Attributes:
        series: How it is computed, from the bottom up.
        formula: It in signs; nothing where the words say as much.
    """

    series: Series
    formula: Block | None = None


def loss_part(title: str = "Loss") -> Part:
    """Return the one number that training makes small."""
    return Part(title, look="output")


def against(
    low: Sequence[Part], name: str, labels: Part, top: str, formula: Block | None = None, lines: tuple[str, ...] = ()
) -> Objective:
    """Return what a model computes beside the truth, both below the loss that compares them.

    Args:
        low: The parts that compute it.
        name: What they put out.
        labels: The truth.
        top: What the loss is called.
        formula: It in signs.
        lines: What else is said about it.
    """
    series: Series = (
        Fork(((*low, Part(name, look="cell")), (labels,)), 2.4),
        Part(top, lines, look="bar", measure=30),
        loss_part(),
    )
    return Objective(series, formula)


def scored(setting: Setting, name: str = "one number") -> Part:
    """Return the model as one box, with what it puts out before anything is made of it.

    Args:
        setting: What is trained.
        name: What it puts out.
    """
    return Part(setting.model.name, (name,), measure=16)


def plain(setting: Setting) -> Objective:
    """Return what is true of every loss: what a model computes is compared with what it should be."""
    truth = Part(setting.label, look="cell", apart=True, measure=11)
    return against((scored(setting, "its output"),), "output", truth, capital(setting.words))
