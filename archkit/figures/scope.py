"""Ids that a figure hides or zooms into → the components that they cover, and the arrows that are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archkit.picture import Edge

if TYPE_CHECKING:
    from archkit.model.architecture import Architecture


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


def bridged(edges: Sequence[Edge], hidden: Iterable[str]) -> list[Edge]:
    """Return the arrows without those at hidden components.

    What one arrow brings to a hidden component and another takes from it is one arrow now, where the component has
    exactly one neighbour before it and one behind it: there it was a station of a pipeline. Feedback counts only where
    nothing else flows. With more neighbours it was a hub, and which of them belong together is not known.

    Args:
        edges: All arrows.
        hidden: Ids of components, in the order written.
    """
    kept = list(edges)
    for id_ in hidden:
        into = [edge for edge in kept if edge.head == id_ and edge.tail != id_]
        out = [edge for edge in kept if edge.tail == id_ and edge.head != id_]
        if not into and not out:
            kept = [edge for edge in kept if edge.tail != id_]
            continue
        at = kept.index((out or into)[0])
        joint = _joint(into, out, kept)
        before, behind = kept[:at], kept[at:]
        kept = [edge for edge in (*before, *joint, *behind) if id_ not in (edge.tail, edge.head)]
    return kept


def _joint(into: Sequence[Edge], out: Sequence[Edge], edges: Sequence[Edge]) -> list[Edge]:
    """Return the arrow that takes the place of those through a hidden component; none where that is not one arrow."""
    forward = [edge for edge in into if edge.style != "feedback"], [edge for edge in out if edge.style != "feedback"]
    if all(forward):
        into, out = forward  # what feeds back is no part of the pipeline
    if len({edge.tail for edge in into}) != 1 or len({edge.head for edge in out}) != 1:
        return []
    first, last = into[0], out[0]
    if first.tail == last.head or any((edge.tail, edge.head) == (first.tail, last.head) for edge in edges):
        return []
    special = first if first.style != "request" else last  # a way is as late as its latest piece
    label, step = last.label or first.label, first.step or last.step
    return [replace(special, tail=first.tail, head=last.head, label=label, step=step)]
