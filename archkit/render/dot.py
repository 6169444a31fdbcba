"""Graph figure → a graph of Graphviz."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import graphviz

from archkit.drawing import ShapeKind
from archkit.picture import GraphFigure
from archkit.render.escape import plain
from archkit.render.graphtext import (
    Branch,
    Leaf,
    Look,
    broken,
    class_of,
    edge_look,
    forest,
    is_upright,
    label,
    leaves,
    looks,
    told,
    words,
)
from archkit.render.paths import number, rhythm
from archkit.theme import Theme

_SHAPES: Mapping[ShapeKind, str] = {
    "cylinder": "cylinder",
    "queue": "cds",
    "cloud": "egg",
    "person": "house",
    "diamond": "hexagon",
    "document": "note",
    "stack": "box3d",
    "circle": "circle",
    "ellipse": "ellipse",
}
_POINTS = 0.75  # of a CSS pixel


def dot(figure: GraphFigure, theme: Theme) -> str:
    """Return the text of a ``.dot`` file.

    Args:
        figure: What to write.
        theme: Gives colours.
    """
    font = {"fontname": "Helvetica"}
    ink = theme.colour("ink")
    graph = graphviz.Digraph(
        graph_attr={
            "label": escaped([plain(figure.title)]),
            **{
                "labelloc": "t",
                "labeljust": "l",
                "rankdir": "TB" if is_upright(figure) else "LR",
                "newrank": "true",
                "ranksep": "0.6",
                "nodesep": "0.3",
            },
            **{"bgcolor": theme.colour("paper"), "fontcolor": ink, "fontsize": "16", **font},
        },
        node_attr={"shape": "box", "fontsize": "11", "margin": "0.12,0.06", **font},
        edge_attr={"fontsize": "10", "arrowsize": "0.7", **font},
    )
    trees = forest(figure)
    known = looks(figure, theme)
    for tree in trees:
        _add(graph, tree, figure, theme, known)
    ids = {leaf.node.id: leaf.id for leaf in leaves(trees)}
    for edge in figure.edges:
        text = label(edge)
        graph.edge(
            ids[edge.tail],
            ids[edge.head],
            escaped(broken([text])) if text else None,
            **line(edge_look(edge, theme)),
        )
    return str(graph.source)


def _add(
    graph: graphviz.Digraph, tree: Branch | Leaf, figure: GraphFigure, theme: Theme, known: Mapping[str, Look]
) -> None:
    if isinstance(tree, Leaf):
        node = tree.node
        note = told(figure, node)
        more = {"tooltip": escaped([note])} if note else {}
        graph.node(tree.id, escaped(broken(words(node))), **box(node.shape, known[class_of(node)]), **more)
        return
    ground = {"label": escaped([tree.title]), "labeljust": "l", "fontcolor": theme.colour(tree.ink), "fontsize": "12"}
    if tree.fill:
        ground |= {"style": "rounded,filled", "fillcolor": theme.colour(tree.fill), "color": theme.colour("faint")}
    else:
        ground |= {"style": "rounded,dashed", "color": theme.colour("group")}
    with graph.subgraph(name=f"cluster_{tree.id}", graph_attr=ground) as inner:
        for each in tree.inside:
            _add(inner, each, figure, theme, known)


def box(shape: ShapeKind, look: Look) -> dict[str, str]:
    """Return the attributes of a node's outline.

    Args:
        shape: Of the node.
        look: Its colours and strokes.
    """
    style = ["filled"]
    style += ["rounded"] if shape in ("rounded", "band") else []
    style += ["dashed"] if look.dash else []
    return {
        "shape": _SHAPES.get(shape, "box"),
        "style": ",".join(style),
        "fillcolor": look.fill,
        "color": look.stroke,
        "fontcolor": look.text,
        "penwidth": number(look.width * _POINTS),
    }


def line(look: Look) -> dict[str, str]:
    """Return the attributes of an arrow."""
    return {
        "style": rhythm(look.dash),
        "color": look.stroke,
        "fontcolor": look.text,
        "penwidth": number(look.width * _POINTS),
        "arrowhead": "vee" if look.head == "open" else "normal",
    }


def escaped(lines: Iterable[str], end: str = "\\n") -> str:
    r"""Return lines as a label in which nothing is HTML, an entity or an escape such as ``\N``.

    Args:
        lines: Of the label.
        end: What divides them.
    """
    return end.join(escape(each).replace("\\", "\\\\") for each in lines)
