"""Blueprint → the figure of its training pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.figures.graph import View, graph, in_lanes, lane_missing, nothing_left
from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a lane for training beside others."""
    return lane_missing(blueprint, "training") or nothing_left(blueprint, _view(blueprint), spec)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the figure of the training lanes and their neighbours."""
    return graph(blueprint, _view(blueprint), spec)


def _view(blueprint: Blueprint) -> View:
    title = f"{blueprint.title}: training"
    caption = f"{blueprint.title}: how examples are made, and a model is trained, judged and registered"
    return View("training", "training", title, caption, in_lanes(blueprint, "training"))
