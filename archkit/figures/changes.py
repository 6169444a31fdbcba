"""What differs between two blueprints → both as one graph, with what was added, removed and changed marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from archkit.figures import system
from archkit.picture import Callout, Cluster, Edge, GraphFigure, Lane, Node, Stress
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.diff import Change, Difference

_SIGNS: dict[Stress, str] = {"added": "+", "removed": "−"}
_MOST_DETAILS = 4


def plan(difference: Difference) -> GraphFigure:
    """Plan both systems as one figure: marked by colour, by the kind of line, and by a sign or a letter.

    Args:
        difference: Of two blueprints; one of them at least has an architecture.

    Raises:
        LookupError: Neither of them has a component.
    """
    old, new = _drawn(difference.before.blueprint), _drawn(difference.after.blueprint)
    if old is None and new is None:
        raise LookupError("there is nothing to draw: neither blueprint has an architecture")
    empty = GraphFigure("", "", "", "", (), (), ())
    was, now = old or empty, new or empty
    was = _renamed(was, difference.names)
    nodes, callouts = _nodes(was, now, difference)
    edges = _edges(was, now)
    lanes = _lanes(was, now)
    return GraphFigure(
        "changes",
        "changes",
        _title(difference.before.blueprint.title, difference.after.blueprint.title),
        _caption(nodes, edges),
        lanes,
        nodes,
        edges,
        _clusters(was, now, {node.id for node in nodes}),
        _description(nodes, edges, callouts),
        callouts,
    )


def _drawn(blueprint: Blueprint) -> GraphFigure | None:
    return system.plan(blueprint) if blueprint.components else None


def _renamed(figure: GraphFigure, names: dict[str, str]) -> GraphFigure:
    """Return a figure with the ids of now."""

    def now(id_: str) -> str:
        return names.get(id_, id_)

    return replace(
        figure,
        nodes=tuple(replace(node, id=now(node.id)) for node in figure.nodes),
        edges=tuple(replace(edge, tail=now(edge.tail), head=now(edge.head)) for edge in figure.edges),
        clusters=tuple(replace(each, members=tuple(map(now, each.members))) for each in figure.clusters),
    )


def _nodes(was: GraphFigure, now: GraphFigure, difference: Difference) -> tuple[tuple[Node, ...], tuple[Callout, ...]]:
    """Return the boxes of both, and what is said about those that changed."""
    changes = {change.key: change for change in difference.changes if change.area == "components"}
    before, after = {node.id: node for node in was.nodes}, {node.id: node for node in now.nodes}
    found: list[Node] = []
    callouts: list[Callout] = []
    for node in now.nodes:
        change = changes.get(node.id)
        if node.id not in before:
            found.append(_marked(node, "added"))
        elif change is not None and (change.details or change.former):
            mark = _letter(len(callouts))
            callouts.append(Callout(mark, _said(node, change), node.id))
            found.append(replace(node, stress="changed", mark=mark, note=""))
        else:
            found.append(replace(node, note=""))
    # What is gone stands where it stood: behind what came before it in its lane.
    for node in was.nodes:
        if node.id not in after:
            found.insert(_place(found, was.nodes, node), _marked(node, "removed"))
    return tuple(found), tuple(callouts)


def _marked(node: Node, stress: Stress) -> Node:
    return replace(node, stress=stress, mark=_SIGNS[stress], note="")


def _place(found: list[Node], nodes: tuple[Node, ...], gone: Node) -> int:
    before = [node.id for node in nodes[: nodes.index(gone)] if node.lane == gone.lane]
    at = [number for number, node in enumerate(found) if node.id in before]
    return at[-1] + 1 if at else len(found)


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _title(before: str, after: str) -> str:
    """Return the title: the name of the design, or both names where they differ, and what is shown."""
    names = " → ".join(dict.fromkeys(name for name in (before, after) if name))
    return f"{names}: what changed" if names else "What changed"


def _said(node: Node, change: Change) -> str:
    """Say what changed about a component."""
    details = [f"{each.path} {each.before or 'nothing'} → {each.after or 'nothing'}" for each in change.details]
    if change.former:
        details.insert(0, f"called {change.key} now, not {change.former}")
    more = len(details) - _MOST_DETAILS
    shown = details if more <= 1 else [*details[:_MOST_DETAILS], f"and {more} more values"]
    return f"{node.title}: {'; '.join(shown)}"


def _edges(was: GraphFigure, now: GraphFigure) -> tuple[Edge, ...]:
    """Return the arrows of both; one whose label or kind changed is drawn as it is now."""
    left = list(was.edges)
    found = []
    for edge in now.edges:
        same = next((each for each in left if _same(each, edge)), None)
        alike = same or next((e for e in left if (e.tail, e.head, e.kind) == (edge.tail, edge.head, edge.kind)), None)
        alike = alike or next((e for e in left if (e.tail, e.head) == (edge.tail, edge.head)), None)
        if alike is None:
            found.append(replace(edge, stress="added", mark=_SIGNS["added"]))
            continue
        left.remove(alike)
        label = edge.label
        if same is None and alike.label != edge.label:
            label = f"{alike.label or 'no label'} → {edge.label or 'no label'}"
        found.append(edge if same else replace(edge, stress="changed", label=label))
    found += [replace(edge, stress="removed", mark=_SIGNS["removed"], step=0) for edge in left]
    return tuple(found)


def _same(one: Edge, other: Edge) -> bool:
    return replace(one, step=0) == replace(other, step=0)


def _lanes(was: GraphFigure, now: GraphFigure) -> tuple[Lane, ...]:
    known = {lane.id for lane in now.lanes}
    return (*now.lanes, *(lane for lane in was.lanes if lane.id not in known))


def _clusters(was: GraphFigure, now: GraphFigure, ids: set[str]) -> tuple[Cluster, ...]:
    """Return the groups of now; a removed component stays in the group that it stood in, if that is still there."""
    after = {node.id for node in now.nodes}
    gone = {each.id: [id_ for id_ in each.members if id_ in ids and id_ not in after] for each in was.clusters}
    return tuple(replace(each, members=(*each.members, *gone.get(each.id, ()))) for each in now.clusters)


def _caption(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> str:
    parts = [
        *(_counted(name, (node.stress for node in nodes), "component") for name in ("added", "removed", "changed")),
        *(_counted(name, (edge.stress for edge in edges), "arrow") for name in ("added", "removed", "changed")),
    ]
    return ", ".join(part for part in parts if part) or "No component and no arrow differs"


def _counted(name: str, stresses: Iterable[str], noun: str) -> str:
    number = sum(1 for stress in stresses if stress == name)
    return f"{how_many(number, noun)} {name}" if number else ""


def _description(nodes: tuple[Node, ...], edges: tuple[Edge, ...], callouts: tuple[Callout, ...]) -> str:
    """Return the figure in words, for readers who do not see it."""
    titles = {node.id: node.title for node in nodes}
    said = [f"{node.title} {node.stress}." for node in nodes if node.stress in _SIGNS]
    said += [f"{each.text}." for each in callouts]
    said += [f"Arrow from {titles[e.tail]} to {titles[e.head]} {e.stress}." for e in edges if e.stress]
    return " ".join(said) or "Both are the same."
