"""Graph figure → what texts for other layout programs have in common: safe ids, lanes in lanes, lines and looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Literal, NamedTuple

from archkit.drawing import HeadKind, ShapeKind
from archkit.layout.callouts import CHANGES, STRONGER
from archkit.picture import Cluster, Edge, GraphFigure, Node
from archkit.products import product_title
from archkit.render.escape import plain
from archkit.theme import Theme, fill_role, lane_role

_CLASSES: Mapping[ShapeKind, str] = {
    "cylinder": "store",
    "queue": "stream",
    "cloud": "model",
    "person": "person",
    "diamond": "gate",
    "document": "document",
    "stack": "several",
}
_SLUG = 32  # characters of a user's id that are kept
_LEVEL = 8  # nodes of a figure that are read from left to right; more of them would make it too wide for a page
_LINE = 22  # characters of a line, for programs that break none


class Leaf(NamedTuple):
    """A node.

    Attributes:
        id: Made of letters, digits and underscores, unique in its figure and a keyword of no language.
        path: Ids of the holders around it, outermost first, and its own.
        node: What it is.
    """

    id: str
    path: tuple[str, ...]
    node: Node


class Branch(NamedTuple):
    """A lane or a cluster, with what it holds.

    Attributes:
        id: As that of a leaf.
        kind: Which of both.
        title: On one line; may be empty.
        fill: Colour role of its ground; empty for none.
        ink: Colour role of its title.
        inside: Clusters and nodes.
    """

    id: str
    kind: Literal["lane", "group"]
    title: str
    fill: str
    ink: str
    inside: tuple[Branch | Leaf, ...]


class Look(NamedTuple):
    """Colours and strokes of a node or an arrow.

    Attributes:
        fill: Colour of the inside of a node.
        stroke: Colour of the line.
        text: Colour of the words.
        width: Of the line in pixels.
        dash: Strokes and gaps in pixels; empty for a full line.
        head: Of an arrow.
    """

    fill: str
    stroke: str
    text: str
    width: float
    dash: tuple[float, ...] = ()
    head: HeadKind = "arrow"


def forest(figure: GraphFigure) -> tuple[Branch | Leaf, ...]:
    """Return the nodes of a figure within its clusters within its lanes; empty lanes and clusters are left out."""
    return _Grower(figure).grown()


def is_upright(figure: GraphFigure) -> bool:
    """Return whether a figure is better read from top to bottom than from left to right."""
    return len(figure.nodes) > _LEVEL


def leaves(trees: Iterable[Branch | Leaf]) -> Iterator[Leaf]:
    """Yield the nodes of trees in order."""
    for tree in trees:
        if isinstance(tree, Leaf):
            yield tree
        else:
            yield from leaves(tree.inside)


class _Grower:
    def __init__(self, figure: GraphFigure) -> None:
        self._figure = figure
        self._taken: set[str] = set()
        self._home = {member: cluster.id for cluster in figure.clusters for member in cluster.members}
        self._around = {cluster.id: cluster.parent for cluster in figure.clusters}

    def grown(self) -> tuple[Branch | Leaf, ...]:
        figure = self._figure
        known = {lane.id for lane in figure.lanes}
        trees: list[Branch | Leaf] = []
        for lane in figure.lanes:
            id_ = self._id("lane", lane.id)
            inside = self._inside([node for node in figure.nodes if node.lane == lane.id], "", (id_,))
            role = lane_role(lane.role or lane.id)
            if inside:
                trees.append(Branch(id_, "lane", plain(lane.title), role, f"{role}.title", inside))
        return (*trees, *self._inside([node for node in figure.nodes if node.lane not in known], "", ()))

    def _inside(self, nodes: list[Node], parent: str, path: tuple[str, ...]) -> tuple[Branch | Leaf, ...]:
        """Return what of some nodes is directly inside a cluster, or in none."""
        trees: list[Branch | Leaf] = []
        for cluster in self._figure.clusters:
            if cluster.parent == parent and any(self._within(node, cluster) for node in nodes):
                id_ = self._id("group", cluster.id)
                inside = self._inside([node for node in nodes if self._within(node, cluster)], cluster.id, (*path, id_))
                trees.append(Branch(id_, "group", plain(cluster.title), "", "group.title", inside))
        for node in nodes:
            if self._home.get(node.id, "") == parent:
                id_ = self._id("n", node.id)
                trees.append(Leaf(id_, (*path, id_), node))
        return tuple(trees)

    def _within(self, node: Node, cluster: Cluster) -> bool:
        at = self._home.get(node.id, "")
        while at and at != cluster.id:
            at = self._around[at]
        return bool(at)

    def _id(self, kind: str, name: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:_SLUG].rstrip("_")
        wanted = f"{kind}_{slug}" if slug else kind
        number, found = 1, wanted
        while found in self._taken or found == kind:
            number += 1
            found = f"{wanted}_{number}"
        self._taken.add(found)
        return found


# --- words ------------------------------------------------------------------------------------------------------------


def words(node: Node, *, pictured: bool = False) -> list[str]:
    """Return the lines of a node: its title, what it is built with, small print.

    Args:
        node: The node.
        pictured: Whether a picture says what it is built with.
    """
    tech = [product_title(node.tech)] if node.tech and not pictured else []
    return [plain(line) for line in (node.title, *tech, *node.annotation)]


def label(edge: Edge) -> str:
    """Return what stands at an arrow: its number in the order of a request and what flows; "" for nothing."""
    return " ".join(filter(None, (f"({edge.step})" if edge.step else "", plain(edge.label))))


def broken(lines: Iterable[str]) -> list[str]:
    """Return lines broken into shorter ones."""
    return [part for line in lines for part in wrap(line, _LINE, break_long_words=False) or [""]]


def told(figure: GraphFigure, node: Node) -> str:
    """Return what is explained of a node beside or below a figure, on one line; "" for nothing.

    Args:
        figure: With its callouts.
        node: One of its nodes.
    """
    return plain("; ".join(filter(None, (node.note, *(each.text for each in figure.callouts if each.of == node.id)))))


# --- looks ------------------------------------------------------------------------------------------------------------


def class_of(node: Node) -> str:
    """Return the name of a node's look."""
    return "_".join(filter(None, (_CLASSES.get(node.shape, "component"), node.stress)))


def looks(figure: GraphFigure, theme: Theme) -> dict[str, Look]:
    """Return the looks of a figure's nodes by the names of ``class_of``, in the order of the nodes.

    Args:
        figure: Whose nodes have looks.
        theme: Gives colours.
    """
    return {class_of(node): _look(node, theme) for node in figure.nodes}


def _look(node: Node, theme: Theme) -> Look:
    fill, ink, text, width = fill_role(node.shape), "ink", "ink", theme.strokes.node
    dash: tuple[float, ...] = ()
    if node.stress == "strong":
        fill, width = "highlight", width + STRONGER
    elif node.stress == "muted":
        ink = text = "muted"
    elif node.stress in CHANGES:
        (ink, dash), width = CHANGES[node.stress], width + STRONGER
    return Look(theme.colour(fill), theme.colour(ink), theme.colour(text), width, dash)


def class_of_edge(edge: Edge) -> str:
    """Return the name of an arrow's look."""
    return "_".join(filter(None, (edge.style, edge.stress)))


def edge_looks(figure: GraphFigure, theme: Theme) -> dict[str, Look]:
    """Return the looks of a figure's arrows by the names of ``class_of_edge``, in the order of the arrows.

    Args:
        figure: Whose arrows have looks.
        theme: Gives colours.
    """
    return {class_of_edge(edge): edge_look(edge, theme) for edge in figure.edges}


def edge_look(edge: Edge, theme: Theme) -> Look:
    """Return the look of an arrow.

    Args:
        edge: The arrow.
        theme: Gives colours.
    """
    look = theme.edges[edge.style]
    role, dash = CHANGES.get(edge.stress, (look.role, look.dash))
    stronger = STRONGER if edge.stress == "strong" or edge.stress in CHANGES else 0.0
    return Look("", theme.colour(role), theme.colour("ink"), look.width + stronger, dash, look.head)
