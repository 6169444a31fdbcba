"""Graph figure → a diagram of D2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archkit.drawing import ShapeKind
from archkit.picture import GraphFigure
from archkit.render.escape import plain
from archkit.render.graphtext import (
    Branch,
    Leaf,
    Look,
    class_of,
    class_of_edge,
    edge_looks,
    forest,
    is_upright,
    label,
    leaves,
    looks,
    told,
    words,
)
from archkit.theme import Theme

_SHAPES: Mapping[ShapeKind, str] = {
    "cylinder": "cylinder",
    "queue": "queue",
    "cloud": "cloud",
    "person": "person",
    "diamond": "hexagon",
    "document": "page",
    "circle": "circle",
    "ellipse": "oval",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n"})
_MOST_DASH, _MOST_WIDTH = 10, 15  # what D2 takes


def d2(figure: GraphFigure, theme: Theme) -> str:
    """Return the text of a ``.d2`` file.

    Args:
        figure: What to write.
        theme: Gives colours.
    """
    return "\n".join((*_head(figure, theme), *_body(figure, theme))) + "\n"


def _head(figure: GraphFigure, theme: Theme) -> Iterator[str]:
    yield f"direction: {'down' if is_upright(figure) else 'right'}"
    yield f"style.fill: {_colour(theme.colour('paper'))}"
    yield "classes: {"
    for name, look in looks(figure, theme).items():
        yield f"  {name}: {{style: {{{'; '.join(_style(look))}}}}}"
    for name, look in edge_looks(figure, theme).items():
        head = "arrow" if look.head == "open" else "triangle"
        yield f"  edge_{name}: {{style: {{{'; '.join(_line(look))}}}; target-arrowhead: {{shape: {head}}}}}"
    yield "}"
    title = plain(figure.title).strip()
    if title:
        # Not of the shape `text`, whose words are Markdown.
        look_of = f"fill: transparent; stroke: transparent; font-size: 28; font-color: {_colour(theme.colour('ink'))}"
        yield f"title: {_quoted([title])} {{near: top-center; style: {{{look_of}}}}}"


def _body(figure: GraphFigure, theme: Theme) -> Iterator[str]:
    trees = forest(figure)
    paths = {leaf.node.id: ".".join(leaf.path) for leaf in leaves(trees)}
    for tree in trees:
        yield from _tree(tree, figure, theme, "")
    for edge in figure.edges:
        text = label(edge)
        said = f": {_quoted([text])}" if text else ":"
        yield f"{paths[edge.tail]} -> {paths[edge.head]}{said} {{class: edge_{class_of_edge(edge)}}}"


def _tree(tree: Branch | Leaf, figure: GraphFigure, theme: Theme, indent: str) -> Iterator[str]:
    if isinstance(tree, Branch):
        yield f"{indent}{tree.id}: {_quoted([tree.title])} {{"
        ink = f"font-color: {_colour(theme.colour(tree.ink))}"
        if tree.fill:
            ground = f"fill: {_colour(theme.colour(tree.fill))}; stroke: {_colour(theme.colour('faint'))}"
        else:
            ground = f"fill: transparent; stroke: {_colour(theme.colour('group'))}; stroke-dash: 4"
        yield f"{indent}  style: {{{ground}; {ink}; border-radius: 8}}"
        for each in tree.inside:
            yield from _tree(each, figure, theme, f"{indent}  ")
        yield f"{indent}}}"
        return
    node = tree.node
    note = told(figure, node)
    if note:
        yield f"{indent}# {note}"  # not a tooltip, whose words are Markdown
    parts = [f"class: {class_of(node)}"]
    if node.shape in _SHAPES:
        parts.append(f"shape: {_SHAPES[node.shape]}")
    elif node.shape == "stack":
        parts.append("style.multiple: true")
    elif node.shape == "rounded":
        parts.append("style.border-radius: 6")
    yield f"{indent}{tree.id}: {_quoted(words(node))} {{{'; '.join(parts)}}}"


def _style(look: Look) -> Iterator[str]:
    yield f"fill: {_colour(look.fill)}"
    yield from _line(look)


def _line(look: Look) -> Iterator[str]:
    yield f"stroke: {_colour(look.stroke)}"
    yield f"stroke-width: {max(1, min(_MOST_WIDTH, round(look.width)))}"
    if look.dash:
        yield f"stroke-dash: {max(1, min(_MOST_DASH, round(look.dash[0])))}"
    yield f"font-color: {_colour(look.text)}"


def _colour(value: str) -> str:
    return f'"{value}"'  # a bare # begins a comment


def _quoted(lines: Iterable[str]) -> str:
    """Return lines as a text in quotes, in which nothing is a variable, a block or the end."""
    text = "\n".join(lines).translate(_ESCAPES)
    return f'"{text}"'
