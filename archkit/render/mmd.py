"""Graph figure → a flowchart of Mermaid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from archkit.drawing import ShapeKind
from archkit.picture import Edge, GraphFigure
from archkit.render.escape import plain
from archkit.render.graphtext import (
    Branch,
    Leaf,
    Look,
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
from archkit.render.paths import number
from archkit.theme import Theme

_BRACKETS: Mapping[ShapeKind, tuple[str, str]] = {
    "rect": ("[", "]"),
    "cylinder": ("[(", ")]"),
    "person": ("([", "])"),
    "diamond": ("{{", "}}"),
    "circle": ("((", "))"),
}
_NAMED: Mapping[ShapeKind, str] = {"queue": "das", "document": "doc", "stack": "processes", "cloud": "cloud"}
# What is neither a letter, a digit nor harmless is written as a number, since Mermaid looks for directives, entities
# and HTML everywhere in its text.
_UNSAFE = re.compile(r"[^\w .,()/'+→←↔×·–—-]|_")
# A space without width parts what it would read as a formula, as an icon, or as what its parser puts in place of `;`.
_PARTED = re.compile(r"\$(?=\$)|\bfa\w?(?=:)|¶(?=ß)")

_DOUBLE = re.compile(r"%(?=%)")


def mmd(figure: GraphFigure, theme: Theme) -> str:
    """Return the text of a ``.mmd`` file. It needs Mermaid 11.3 or newer.

    Args:
        figure: What to write.
        theme: Gives colours.
    """
    return "\n".join((*_head(figure, theme), *_body(figure, theme))) + "\n"


def _head(figure: GraphFigure, theme: Theme) -> Iterator[str]:
    colour = theme.colour
    values = {
        "background": colour("paper"),
        "primaryColor": colour("node.fill"),
        "primaryTextColor": colour("ink"),
        "lineColor": colour("edge.request"),
        "textColor": colour("ink"),
        "titleColor": colour("ink"),
        "edgeLabelBackground": colour("paper"),
    }
    yield "---"
    yield f"title: {_quoted(plain(figure.title))}"
    yield "config:"
    yield "  theme: base"
    yield "  themeVariables:"
    yield from (f"    {key}: {_quoted(value)}" for key, value in values.items())
    yield "---"
    yield f"flowchart {'TB' if is_upright(figure) else 'LR'}"


def _quoted(text: str) -> str:
    """Return a text as YAML; a percent sign could begin a directive."""
    return json.dumps(text).replace("%", "\\u0025")


def _body(figure: GraphFigure, theme: Theme) -> Iterator[str]:
    trees = forest(figure)
    ids = {leaf.node.id: leaf.id for leaf in leaves(trees)}
    for tree in trees:
        yield from _tree(tree, figure, "  ")
    for edge in figure.edges:
        yield f"  {ids[edge.tail]} {_arrow(edge)} {ids[edge.head]}"
    for tree in trees:
        yield from _grounds(tree, theme)
    for name, look in looks(figure, theme).items():
        yield f"  classDef {name} {_style(look)}"
    found: dict[str, list[str]] = {}
    for at, edge in enumerate(figure.edges):
        found.setdefault(_line(edge_look(edge, theme)), []).append(str(at))
    for style, numbers in found.items():
        yield f"  linkStyle {','.join(numbers)} {style}"


def _tree(tree: Branch | Leaf, figure: GraphFigure, indent: str) -> Iterator[str]:
    if isinstance(tree, Branch):
        yield f'{indent}subgraph {tree.id}["{_escaped([tree.title])}"]'
        for each in tree.inside:
            yield from _tree(each, figure, f"{indent}  ")
        yield f"{indent}end"
        return
    node = tree.node
    note = told(figure, node)
    if note:
        yield f"{indent}%% {tree.id}: {_DOUBLE.sub('% ', note)}"
    left, right = _BRACKETS.get(node.shape, ("(", ")"))
    yield f'{indent}{tree.id}{left}"{_escaped(words(node))}"{right}:::{class_of(node)}'
    if node.shape in _NAMED:
        yield f"{indent}{tree.id}@{{ shape: {_NAMED[node.shape]} }}"


def _grounds(tree: Branch | Leaf, theme: Theme) -> Iterator[str]:
    """Yield the colours of lanes and clusters."""
    if isinstance(tree, Leaf):
        return
    if tree.fill:
        fill, stroke = theme.colour(tree.fill), f"stroke:{theme.colour('faint')}"
    else:
        dash = " ".join(map(number, theme.strokes.group_dash))
        fill, stroke = "none", f"stroke:{theme.colour('group')},stroke-dasharray:{dash}"
    yield f"  style {tree.id} fill:{fill},{stroke},color:{theme.colour(tree.ink)}"
    for each in tree.inside:
        yield from _grounds(each, theme)


def _arrow(edge: Edge) -> str:
    arrow = {"request": "-->", "deploy": "==>"}.get(edge.style, "-.->")
    text = label(edge)
    return f'{arrow}|"{_escaped([text])}"|' if text else arrow


def _style(look: Look) -> str:
    return f"fill:{look.fill},{_line(look)}"


def _line(look: Look) -> str:
    dash = f",stroke-dasharray:{' '.join(map(number, look.dash))}" if look.dash else ""
    return f"stroke:{look.stroke},stroke-width:{number(look.width)}px,color:{look.text}{dash}"


def _escaped(lines: Iterable[str]) -> str:
    return "<br/>".join(map(_safe, lines)) or " "


def _safe(line: str) -> str:
    # The ligature is what its parser puts in place of `&`.
    parted = _PARTED.sub(lambda found: f"{found[0]}\u200b", line.replace("\ufb02", "fl"))
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", parted)
