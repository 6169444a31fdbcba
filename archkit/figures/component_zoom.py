"""Blueprint → one stage from inside: the parts of a component, a group or a lane, with what they are joined to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.figures.graph import View, graph, nothing_left, zoomed
from archkit.figures.scope import covered
from archkit.picture import GraphFigure

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

LARGE = 30
"""Components above which the whole no longer fits a page, so that its lanes are offered one by one."""

_DRAWN_ANYWAY = ("training", "inference")  # roles of lanes that have a figure of their own


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of what is worth a look from inside, in the order written.

    These are components with parts, groups whose members are joined with each other or meet at a component outside,
    and, where the whole is too large for a page, the lanes that no other figure shows by themselves.
    """
    architecture = blueprint.architecture
    found = [component.id for component in architecture.components.values() if component.components]
    found += [id_ for id_ in architecture.groups if _is_stage(blueprint, id_)]
    lanes = architecture.lanes.values()
    if len(architecture.components) > LARGE and len(lanes) > 1:
        apart = [role for role in _DRAWN_ANYWAY if sum(lane.role == role for lane in lanes) == 1]
        if any(TYPES.get(c.type, TYPES["component"]).role == "index" for c in architecture.components.values()):
            apart.append("indexing")
        found += [lane.id for lane in lanes if len(lane.components) > 1 and lane.role not in apart]
    return tuple(dict.fromkeys(found))


def _is_stage(blueprint: Blueprint, group: str) -> bool:
    """Return whether a group's members work together: arrows join them, or several of them and a common neighbour."""
    architecture = blueprint.architecture
    inside = covered(architecture, [group])
    if len(inside) < 2 or len(inside) == len(architecture.components):
        return False
    known = architecture.components
    flows = [flow for flow in architecture.flows if flow.source in known and flow.target in known]
    if any(flow.source in inside and flow.target in inside for flow in flows):
        return True
    into = [(flow.source, flow.target) for flow in flows if flow.target in inside]
    out = [(flow.target, flow.source) for flow in flows if flow.source in inside]
    return any(len({member for other, member in ends if other == near}) > 1 for ends in (into, out) for near, _ in ends)


def can_show(blueprint: Blueprint, of: str) -> bool:
    """Return whether an id is that of a component, a group or a lane, all of which can be seen from inside."""
    return bool(covered(blueprint.architecture, [of]))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a component with parts, or a group."""
    id_ = _of(blueprint, spec)
    if not id_:
        return ["a component with `components:` of its own, or a group of `architecture: groups:` whose members meet"]
    if not covered(blueprint.architecture, [id_]):
        return [f"a component, group or lane called `{id_}`; none is under `architecture:`"]
    return nothing_left(blueprint, _view(blueprint, id_), spec)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> GraphFigure:
    """Plan what is inside, in its lanes, with its direct neighbours."""
    return graph(blueprint, _view(blueprint, _of(blueprint, spec)), spec)


def _of(blueprint: Blueprint, spec: FigureSpec | None) -> str:
    return (spec and (spec.of or spec.zoom)) or next(iter(subjects(blueprint)), "")


def _view(blueprint: Blueprint, id_: str) -> View:
    view = View("component_zoom", "component_zoom", "", "", lambda _: False)
    return zoomed(blueprint, view, id_)
