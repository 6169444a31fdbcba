"""The figure kinds: what each draws, when it applies, and where its code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

Figure = GraphFigure


@dataclass(frozen=True, slots=True, eq=False)
class FigureKind:
    """A kind of figure; its module is imported when it is first asked to do something.

    Args:
        name: As written under ``figures:``.
        title: In words.
        summary: One sentence on what it shows.
    """

    name: str
    title: str
    summary: str

    def needs(self, blueprint: Blueprint) -> list[str]:
        """Return what a blueprint lacks for this kind, in words; nothing where it applies."""
        found: list[str] = import_module(f"archkit.figures.{self.name}").needs(blueprint)
        return found

    def plan(self, blueprint: Blueprint, spec: FigureSpec | None = None) -> Figure:
        """Return the figure of a blueprint to which the kind applies.

        Args:
            blueprint: What to draw.
            spec: The entry under ``figures:`` that asks for it, with title and caption of its own.
        """
        figure: Figure = import_module(f"archkit.figures.{self.name}").plan(blueprint, spec)
        return figure


KINDS: Mapping[str, FigureKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            FigureKind(
                "system", "System", "All lanes: how a model is learned, how it answers, and the loop that joins both."
            ),
            FigureKind(
                "training", "Training pipeline", "The lanes of learning alone, with what they are fed by and feed."
            ),
            FigureKind(
                "inference", "Inference pipeline", "The lanes of predicting alone, with what they are fed by and feed."
            ),
        )
    }
)
