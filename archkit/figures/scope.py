"""Ids that a figure hides or zooms into → the components that they cover, and the arrows that are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archkit.picture import Edge

if TYPE_CHECKING:
    from archkit.model.architecture import Architecture

_SPECIAL = ("deploy", "fallback", "mirror", "human", "feedback", "async", "request")
"""Styles of arrows, from what says most about a way to what says least."""

_PASSES = frozenset(("gateway", "router", "guard", "service", "cache"))
"""Roles through which requests and their answers pass."""

_HANDS_ON = _PASSES | {"stream", "store", "gate", "data_gate", "registry", "rollout", "filter", "merger", "other"}
"""Roles that hand on what they get, under the name that it came with; others make something else of it."""


def covered(architecture: Architecture, ids: Iterable[str]) -> frozenset[str]:
    """Return the components that some ids stand for: themselves and their parts, members of a group, those of a lane.

    Args:
        architecture: Where they are declared.
        ids: Of components, groups and lanes; others cover nothing. Where a lane shares its id with one of the others,
            the lane is not meant.
    """
    found: set[str] = set()
    pending, seen = list(ids), set[str]()
    for id_ in pending:
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ in architecture.components:
            component = architecture.components[id_]
            found |= {component.id, *(part.id for part in component.inside())}
        elif id_ in architecture.groups:
            pending += architecture.groups[id_].members
        elif id_ in architecture.lanes:
            found |= {c.id for c in architecture.components.values() if c.lane == id_}
    return frozenset(found)


def bridged(edges: Sequence[Edge], hidden: Mapping[str, str]) -> list[Edge]:
    """Return the arrows without those at hidden components.

    What one arrow brings to a hidden component and another takes from it is one arrow now, where the component has
    exactly one neighbour before it and one behind it: there it was a station of a pipeline. So it is where requests and
    their answers pass through it, between the same two neighbours. Feedback counts only where nothing else flows. With
    more neighbours it was a hub, and which of them belong together is not known.

    Args:
        edges: All arrows.
        hidden: Ids of components, in the order written, and the role of each: what it does with what it gets.
    """
    kept = list(edges)
    for id_, role in hidden.items():
        into = [edge for edge in kept if edge.head == id_ and edge.tail != id_]
        out = [edge for edge in kept if edge.tail == id_ and edge.head != id_]
        if not into and not out:
            kept = [edge for edge in kept if edge.tail != id_]
            continue
        at = kept.index((out or into)[0])
        joint = _joints(into, out, kept, role)
        before, behind = kept[:at], kept[at:]
        kept = [edge for edge in (*before, *joint, *behind) if id_ not in (edge.tail, edge.head)]
    return kept


def _joints(into: Sequence[Edge], out: Sequence[Edge], edges: Sequence[Edge], role: str) -> list[Edge]:
    """Return the arrows that take the place of those through a hidden component; none where it was a hub."""
    forward = [edge for edge in into if edge.style != "feedback"], [edge for edge in out if edge.style != "feedback"]
    if all(forward):
        into, out = forward  # what feeds back is no part of the pipeline
    before, behind = {edge.tail for edge in into}, {edge.head for edge in out}
    if len(before) == 1 and len(behind) == 1:
        return _joint(into[0], out[0], edges, role)
    if role in _PASSES and before == behind and len(before) == 2:
        first, second = into[0], next(edge for edge in into if edge.tail != into[0].tail)
        ways = ((first, second.tail), (second, first.tail))
        return [
            joint
            for come, to in ways
            for joint in _joint(come, next(edge for edge in out if edge.head == to), edges, role)
        ]
    return []


def _joint(first: Edge, last: Edge, edges: Sequence[Edge], role: str) -> list[Edge]:
    """Return two arrows as one, unless it would lead back to where it begins, or where an arrow leads already.

    It means what the more special of the two means. It is called by what arrives; by what had come to the hidden
    component only where that hands on what it gets.
    """
    if first.tail == last.head or any((edge.tail, edge.head) == (first.tail, last.head) for edge in edges):
        return []
    special = min(last, first, key=lambda edge: _SPECIAL.index(edge.style))
    label = last.label or (first.label if role in _HANDS_ON else "")
    return [replace(special, tail=first.tail, head=last.head, label=label, step=first.step or last.step)]
