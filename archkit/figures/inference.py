"""Blueprint → the figure of its inference pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.figures.graph import View, graph, in_lanes, lane_missing, nothing_left
from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_ROLES = ("inference", "client", "edge")


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a lane for inference beside others."""
    return lane_missing(blueprint, "inference") or nothing_left(blueprint, _view(blueprint), spec)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the figure of the serving lanes and their neighbours."""
    return graph(blueprint, _view(blueprint), spec)


def _view(blueprint: Blueprint) -> View:
    title = f"{blueprint.title}: inference"
    caption = f"{blueprint.title}: how a request is answered"
    return View("inference", "inference", title, caption, in_lanes(blueprint, *_ROLES))
