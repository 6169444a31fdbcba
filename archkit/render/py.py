"""Graph figure → a script in Python that draws it with the ``diagrams`` package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archkit.picture import GraphFigure
from archkit.products import product_class
from archkit.render.dot import box, escaped, line
from archkit.render.escape import plain
from archkit.render.graphtext import (
    Branch,
    Leaf,
    broken,
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

_BOX = {"labelloc": "c", "fixedsize": "false", "width": "1.6", "height": "0.8", "fontsize": "12"}
_FILE = 80  # characters of the picture's name


def py(figure: GraphFigure, theme: Theme) -> str:
    """Return the text of a ``.py`` file, which draws a PNG picture into the folder where it is run.

    Args:
        figure: What to write.
        theme: Gives colours.
    """
    return "\n".join(_Script(figure, theme).lines()) + "\n"


class _Script:
    def __init__(self, figure: GraphFigure, theme: Theme) -> None:
        self._figure, self._theme = figure, theme
        self._trees = forest(figure)
        self._classes = _classes(node.tech for node in figure.nodes)
        self._labels: set[str] = set()

    def lines(self) -> Iterator[str]:
        figure, theme = self._figure, self._theme
        # Nothing of a user in the first two lines: there Python looks for the name of an encoding, in comments too.
        yield "# Needs the package diagrams (python -m pip install diagrams) and Graphviz."
        yield "from diagrams import Cluster, Diagram, Edge, Node"
        for path, name in sorted(set(self._classes.values())):
            module, _, known = path.rpartition(".")
            yield f"from {module} import {known}" + (f" as {name}" if name != known else "")
        yield ""
        yield from self._looks()
        name = re.sub(r"[^A-Za-z0-9_.-]+", "_", figure.name).strip("._-")[:_FILE] or figure.kind
        page = {
            "bgcolor": theme.colour("paper"),
            "fontcolor": theme.colour("ink"),
            "splines": "spline",
            "newrank": "true",
            "pad": "0.4",
        }
        way = "TB" if is_upright(figure) else "LR"
        yield ""
        yield f"# {plain(figure.title) or figure.kind}"
        yield f"with Diagram({_text([figure.title])}, filename={name!r}, direction={way!r}, show=False,"
        yield f"             graph_attr={page!r}):"
        for tree in self._trees:
            yield from self._tree(tree, "    ")
        ids = {leaf.node.id: leaf.id for leaf in leaves(self._trees)}
        for edge in figure.edges:
            text = label(edge)
            said = f"label={_text(broken([text]))}, " if text else ""
            yield f"    {ids[edge.tail]} >> Edge({said}**{class_of_edge(edge).upper()}) >> {ids[edge.head]}"
        if not figure.nodes:
            yield "    pass"

    def _looks(self) -> Iterator[str]:
        """Yield the looks in use, each once."""
        shapes = {class_of(node): node.shape for node in self._figure.nodes if node.tech not in self._classes}
        if shapes:
            yield f"BOX = {_BOX!r}"
        for name, look in looks(self._figure, self._theme).items():
            if name in shapes:
                yield f"{name.upper()} = BOX | {box(shapes[name], look)!r}"
        for name, look in edge_looks(self._figure, self._theme).items():
            yield f"{name.upper()} = {line(look)!r}"
        yield f"PICTURE = {{'fontcolor': {self._theme.colour('ink')!r}}}"

    def _tree(self, tree: Branch | Leaf, indent: str) -> Iterator[str]:
        if isinstance(tree, Branch):
            yield f"{indent}with {self._cluster(tree)}:"
            for each in tree.inside:
                yield from self._tree(each, f"{indent}    ")
            return
        node = tree.node
        note = told(self._figure, node)
        if note:
            yield f"{indent}# {note}"
        _, name = self._classes.get(node.tech, ("", ""))
        look = "PICTURE" if name else class_of(node).upper()
        said = _text(broken(words(node, pictured=bool(name))))
        yield f"{indent}{tree.id} = {name or 'Node'}({said}, nodeid={tree.id!r}, **{look})"

    def _cluster(self, tree: Branch) -> str:
        colour = self._theme.colour
        look = {"fontcolor": colour(tree.ink)}
        if tree.fill:
            look |= {"bgcolor": colour(tree.fill), "pencolor": colour("faint")}
        else:
            look |= {"bgcolor": "transparent", "pencolor": colour("group"), "style": "rounded,dashed"}
        said = _text([tree.title])
        if tree.title and said not in self._labels:
            self._labels.add(said)
            return f"Cluster({said}, graph_attr={look!r})"
        # The package takes clusters with one label for one cluster.
        return f"Cluster({tree.id!r}, graph_attr={{'label': {said}, **{look!r}}})"


def _classes(techs: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return the class of each technology that has one, and what the script calls it: names of two classes differ."""
    found: dict[str, tuple[str, str]] = {}
    taken = {"Cluster": "", "Diagram": "", "Edge": "", "Node": ""}
    for tech in dict.fromkeys(filter(None, techs)):
        path = product_class(tech)
        if path is None:
            continue
        known = path.rpartition(".")[2]
        name, number = known, 1
        while taken.setdefault(name, path) != path:
            number += 1
            name = f"{known}{number}"
        found[tech] = path, name
    return found


def _text(lines: Iterable[str]) -> str:
    """Return lines as a text in Python, in which nothing means anything to Graphviz either."""
    return repr(escaped((plain(each) for each in lines), "\n"))
