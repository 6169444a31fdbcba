"""Blueprint → the figure of the whole system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.figures.graph import View, graph, nothing_left
from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: any component, or one that is not hidden."""
    if not blueprint.architecture.components:
        return ["at least one arrow under `architecture: flows:`"]
    return nothing_left(blueprint, _view(blueprint), spec)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan the figure of all lanes."""
    return graph(blueprint, _view(blueprint), spec)


def _view(blueprint: Blueprint) -> View:
    roles = {lane.role for lane in blueprint.architecture.lanes.values()}
    caption = f"{blueprint.title}: the system"
    if {"training", "inference"} <= roles:
        caption = f"{blueprint.title}: how the model is learned, how it answers, and the loop that joins the two"
    return View("system", "system", blueprint.title, caption, lambda _: True)
