"""Figures before layout: what is to be drawn, measured by nobody, with no coordinate."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from archkit.drawing import ShapeKind

EdgeStyle = Literal["request", "async", "feedback", "deploy", "mirror", "fallback", "human"]
Stress = Literal["", "strong", "muted", "added", "removed", "changed"]
"""How much something stands out: as usual, more than the rest, or less because it is only there for context.

Between two blueprints: as something that was added, removed or changed.
"""


@dataclass(frozen=True, slots=True)
class Callout:
    """An explanation below a figure of something in it that carries the same letter.

    Args:
        mark: The letter.
        text: The explanation.
        of: Id of the node, group or lane, or ``tail → head`` of an arrow.
    """

    mark: str
    text: str
    of: str


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a graph figure.

    Args:
        id: Unique in its figure.
        title: What stands in the box.
        shape: Its outline.
        glyph: Name of the type's line glyph; empty for none.
        tech: The product it is built with; its picture, where there is one, takes the glyph's place.
        lane: The lane it stands in.
        annotation: Small lines below the title: counts, latency.
        note: An explanation that is drawn beside the figure with a leader; empty for none.
        tooltip: What a pointer on the box shows.
        role: ``note`` for the text beside another node; layouts make these themselves.
        stress: Whether it stands out or steps back.
        mark: Letter of its callout; empty for none.
    """

    id: str
    title: str
    shape: ShapeKind = "rounded"
    glyph: str = ""
    tech: str = ""
    lane: str = ""
    annotation: tuple[str, ...] = ()
    note: str = ""
    tooltip: str = ""
    role: Literal["component", "note"] = "component"
    stress: Stress = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow of a graph figure.

    Args:
        tail: Id of the node it leaves.
        head: Id of the node it enters.
        style: How it is drawn, which says what it means.
        kind: The language's name of its kind (``sync``, ``stream``, ``feedback``…), written as ``data-kind``.
        label: What flows, in few words.
        step: Its number in the order of a request; 0 for none.
        stress: Whether it stands out.
        mark: Letter of its callout; empty for none.
    """

    tail: str
    head: str
    style: EdgeStyle = "request"
    kind: str = "sync"
    label: str = ""
    step: int = 0
    stress: Stress = ""
    mark: str = ""

    @property
    def name(self) -> str:
        """What it is called among the arrows of its figure."""
        return f"{self.tail} → {self.head}"


@dataclass(frozen=True, slots=True)
class Lane:
    """A band across a graph figure.

    Args:
        id: Unique in its figure.
        title: What stands at its left end.
        role: What it is for: ``data``, ``training``, ``inference``, ``monitoring``… decides its colour.
        stress: Whether it stands out.
        mark: Letter of its callout; empty for none.
    """

    id: str
    title: str
    role: str = ""
    stress: Stress = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A dashed box around some nodes and inner clusters.

    Args:
        id: Unique among clusters.
        title: What stands at its top.
        members: Ids of nodes directly inside.
        parent: Id of the cluster around it; empty for none.
        stress: Whether it stands out.
        mark: Letter of its callout; empty for none.
    """

    id: str
    title: str
    members: tuple[str, ...]
    parent: str = ""
    stress: Stress = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class GraphFigure:
    """Nodes in lanes, joined by arrows.

    Args:
        name: Unique among a blueprint's figures; becomes the file's name.
        kind: The figure kind, as ``system``.
        title: Heads the figure.
        caption: Stands below it.
        lanes: From top to bottom.
        nodes: In the order written.
        edges: In the order written.
        clusters: Outer ones before their inner ones.
        description: The accessible description.
        callouts: Explanations below the figure, in the order of their letters.
    """

    name: str
    kind: str
    title: str
    caption: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...] = ()
    description: str = ""
    callouts: tuple[Callout, ...] = ()

    def within(self, cluster: str) -> set[str]:
        """Return the ids of the nodes in a cluster and in those inside it.

        Args:
            cluster: Its id.
        """
        found: set[str] = set()
        for each in self.clusters:
            if each.id == cluster:
                found.update(each.members)
            elif each.parent == cluster:
                found |= self.within(each.id)
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """What comes new when a graph figure is drawn on a whiteboard, piece by piece.

    Args:
        caption: What is added, in few words.
        nodes: Ids of the nodes.
        edges: Numbers of the arrows among those of the figure.
        lanes: Ids of the lanes, each with its first node.
        clusters: Ids of the clusters, each with its last node.
    """

    caption: str
    nodes: tuple[str, ...]
    edges: tuple[int, ...]
    lanes: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()


def filled(clusters: Iterable[Cluster], nodes: Collection[str]) -> tuple[Cluster, ...]:
    """Return the clusters that hold one of some nodes, themselves or in an inner one.

    Args:
        clusters: Outer ones before their inner ones, as they are returned.
        nodes: Ids.
    """
    kept: list[Cluster] = []
    wanted: set[str] = set()
    for cluster in reversed(list(clusters)):
        if cluster.id in wanted or any(member in nodes for member in cluster.members):
            kept.append(cluster)
            wanted.add(cluster.parent)
    return tuple(reversed(kept))
