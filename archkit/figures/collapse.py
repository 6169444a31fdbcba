"""Graph figure's parts → the same with groups, lanes and components drawn as one box each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from archkit.figures.nodes import node_of
from archkit.figures.scope import covered
from archkit.picture import Cluster, Edge, Node, filled
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.model.architecture import Architecture

_LONGEST = 26  # signs of a label that two arrows share


class Parts(NamedTuple):
    """What a graph figure is made of, but for its lanes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]


def collapsed(architecture: Architecture, ids: Iterable[str], parts: Parts) -> Parts:
    """Return the parts of a figure with one box in place of all that some ids cover.

    Arrows from or to what is covered run from or to the box, those of one style between the same two boxes become one,
    and those inside are left out.

    Args:
        architecture: Where the ids are declared.
        ids: Of groups, lanes and components with parts; others change nothing. Of two where one is inside the other,
            the outer one counts.
        parts: The figure's; its clusters outer ones first.
    """
    stands = _standing(architecture, ids)
    if not stands:
        return parts
    shown: dict[str, list[Node]] = {}
    for node in parts.nodes:
        shown.setdefault(stands.get(node.id, node.id), []).append(node)
    nodes = tuple(
        inside[0] if id_ == inside[0].id else _box(architecture, id_, inside) for id_, inside in shown.items()
    )
    clusters = filled(_around(parts.clusters, stands, shown), shown)
    return Parts(nodes, tuple(_joined(parts.edges, stands)), clusters)


def _standing(architecture: Architecture, ids: Iterable[str]) -> dict[str, str]:
    """Return the component that is covered → the id of the box that stands for it."""
    inside = {id_: covered(architecture, [id_]) for id_ in ids}
    found: dict[str, str] = {}
    for id_ in sorted(inside, key=lambda id_: -len(inside[id_])):  # outer ones first; the order written otherwise
        if inside[id_] - {id_} and not any(member in found for member in inside[id_]):
            found |= dict.fromkeys(inside[id_], id_)
    return found


def _around(clusters: Iterable[Cluster], stands: Collection[str], boxes: Collection[str]) -> Iterable[Cluster]:
    """Yield the groups that are left, with the boxes of groups that were directly inside.

    The box of a lane stands in no group, whatever groups there are in that lane.
    """
    every = tuple(clusters)
    for cluster in every:
        if cluster.id not in boxes:
            inner = [each.id for each in every if each.id in boxes and each.parent == cluster.id]
            yield replace(cluster, members=(*(each for each in cluster.members if each not in stands), *inner))


def _box(architecture: Architecture, id_: str, inside: Sequence[Node]) -> Node:
    """Return the box that stands for some nodes, in the lane of the first of them."""
    lane = inside[0].lane
    stress = inside[0].stress if len({node.stress for node in inside}) == 1 else ""
    if id_ in architecture.components:
        return replace(node_of(architecture.components[id_]), lane=lane, stress=stress)
    of = architecture.groups.get(id_) or architecture.lanes[id_]
    members = covered(architecture, [id_])
    known = architecture.components
    titles = [known[each].title for each in known if each in members and known[each].parent not in members]
    count = how_many(len(titles), "component")
    tooltip = f"{of.title} · {', '.join(titles)}"
    note = "" if stress == "muted" else of.note
    return Node(id_, of.title, lane=lane, annotation=(count,), note=note, tooltip=tooltip, stress=stress)


def _joined(edges: Iterable[Edge], stands: dict[str, str]) -> Iterable[Edge]:
    """Return the arrows between boxes, of those of one style between the same two only one."""
    found: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in edges:
        tail, head = stands.get(edge.tail, edge.tail), stands.get(edge.head, edge.head)
        if tail == head and edge.tail != edge.head:
            continue
        found.setdefault((tail, head, edge.style), []).append(edge)
    for (tail, head, _), same in found.items():
        labels = list(dict.fromkeys(edge.label for edge in same if edge.label))
        label = ", ".join(labels)
        # Many labels say nothing that fits beside an arrow; that one which all share does.
        label = label if len(labels) == 1 or len(label) <= _LONGEST else ""
        step = min((edge.step for edge in same if edge.step), default=0)
        yield replace(same[0], tail=tail, head=head, label=label, step=step)
