"""Point 1, second part: every word of the planned figure is in the drawing, in the place it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from archkit.drawing import Drawing
from archkit.picture import Edge, GraphFigure
from archkit.proof.flaw import Flaw
from archkit.proof.scene import build
from archkit.text import drawable


def check_complete(figure: GraphFigure, drawing: Drawing) -> list[Flaw]:
    """Return what a figure says and its drawing does not.

    Lines may break anywhere, so that texts are compared without their spaces; characters the typeface lacks are
    compared as they are drawn.
    """
    scene = build(drawing)
    said: dict[tuple[str, str], str] = {}
    for placed in scene.texts:
        owner = placed.owner
        key = (owner.kind, owner.get("id") or _ends(owner.get("from"), owner.get("to"))) if owner else ("", "")
        said[key] = said.get(key, "") + _bare(placed.text.text)
    everything = "".join(said.values())
    return [
        *_nodes(figure, said, everything),
        *_edges(figure, said, Counter(_ends(e.get("from"), e.get("to")) for e in scene.edges)),
        *_titles(figure, said, everything),
    ]


def _nodes(figure: GraphFigure, said: dict[tuple[str, str], str], everything: str) -> Iterator[Flaw]:
    for node in figure.nodes:
        where = said.get(("node", node.id), "")
        yield from _lost((node.title, *node.annotation), where, f"node {node.id}")
        yield from _lost((node.note,), everything, f"the note of node {node.id}")


def _edges(figure: GraphFigure, said: dict[tuple[str, str], str], drawn: Counter[str]) -> Iterator[Flaw]:
    wanted = Counter(_ends(edge.tail, edge.head) for edge in figure.edges)
    for ends, count in wanted.items():
        if drawn[ends] < count:
            yield Flaw(1, "edge-lost", f"{count - drawn[ends]} of {count} arrows {ends} are not drawn")
    for edge in figure.edges:
        where = said.get(("edge", _ends(edge.tail, edge.head)), "")
        yield from _lost(_words(edge), where, f"the arrow {_ends(edge.tail, edge.head)}")


def _words(edge: Edge) -> tuple[str, ...]:
    return (edge.label, str(edge.step)) if edge.step else (edge.label,)


def _titles(figure: GraphFigure, said: dict[tuple[str, str], str], everything: str) -> Iterator[Flaw]:
    for lane in figure.lanes:
        yield from _lost((lane.title,), said.get(("lane", lane.id), ""), f"lane {lane.id}")
    for cluster in figure.clusters:
        yield from _lost((cluster.title,), said.get(("group", cluster.id), ""), f"group {cluster.id}")
    yield from _lost((figure.title, figure.caption), everything, "the page")


def _lost(texts: Iterable[str], where: str, name: str) -> Iterator[Flaw]:
    for text in texts:
        if _bare(drawable(text)) not in where:
            yield Flaw(1, "text-lost", f"{text!r} of {name} is not in the drawing, or not whole")


def _bare(text: str) -> str:
    return "".join(text.split())


def _ends(tail: str, head: str) -> str:
    return f"{tail} → {head}"
