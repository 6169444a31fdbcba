"""Point 1, second part: every word of the planned figure is in the drawing, whole and where it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from archkit.drawing import Drawing, Group, Icon
from archkit.picture import Edge, GraphFigure, Node
from archkit.pictures import Picture, texts
from archkit.products import product_title
from archkit.proof.flaw import Flaw
from archkit.proof.scene import Scene, build
from archkit.proof.structure import members_of
from archkit.text import drawable

LONGEST_WORD = 18
"""Characters up to which a word is kept whole; longer ones may break anywhere."""

Key = tuple[str, str]


def check_complete(figure: GraphFigure, drawing: Drawing) -> list[Flaw]:
    """Return what a figure says and its drawing does not, and words that are broken at the end of a line.

    Characters that the typeface lacks are compared as they are drawn.

    Args:
        figure: What was planned.
        drawing: What was drawn of it.
    """
    scene = build(drawing)
    said: dict[Key, list[str]] = {}
    for placed in scene.texts:
        said.setdefault(_key(placed.owner), []).append(placed.text.text)
    everything = [line for lines in said.values() for line in lines]
    return [
        *_nodes(figure, said, _pictured(scene)),
        *_edges(figure, said, Counter(_ends(e.get("from"), e.get("to")) for e in scene.edges)),
        *_titles(figure, said, everything),
    ]


def check_said(picture: Picture, drawing: Drawing) -> list[Flaw]:
    """Return what a picture says and its drawing does not, each text for itself, and arrows that are not drawn.

    Args:
        picture: What was planned.
        drawing: What was drawn of it.
    """
    scene = build(drawing)
    lines = [placed.text.text for placed in scene.texts]
    starts: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        starts.setdefault(_bare(line)[:1], []).append(at)
    found = []
    for text in (*texts(picture.body), picture.title, picture.caption):
        wanted = drawable(text)
        ways = (_lines_of(_bare(wanted), lines[at:]) for at in starts.get(_bare(wanted)[:1], ()))
        # the fewest lines: elsewhere "0.6" and "1" may stand one after the other, which are no "0.61"
        own = min((way for way in ways if way), key=len, default=None)
        if own is None and wanted.strip():
            found.append(Flaw(1, "text-lost", f"{text!r} is not in the drawing, or not whole"))
        elif own and (word := _broken(wanted, own)):
            found.append(Flaw(1, "word-broken", f"the word {word!r} of {text!r} is broken at the end of a line"))
    drawn = Counter(_ends(edge.get("from"), edge.get("to")) for edge in scene.edges)
    for ends, count in Counter(_ends(edge.tail, edge.head) for edge in picture.edges).items():
        if drawn[ends] < count:
            found.append(Flaw(1, "edge-lost", f"{count - drawn[ends]} of {count} arrows {ends} are not drawn"))
    return found


def _lines_of(text: str, lines: Sequence[str]) -> list[str]:
    """Return the first lines that together are a text without its spaces; none where they are not."""
    own = []
    for line in lines:
        if not text.startswith(_bare(line)):
            return []
        own.append(line)
        text = text[len(_bare(line)) :]
        if not text:
            return own
    return []


def _key(owner: Group | None) -> Key:
    """Return what names an owner of texts: its kind, and its id or ends."""
    if owner is None:
        return "", ""
    return owner.kind, owner.get("id") or _ends(owner.get("from"), owner.get("to"))


def _ends(tail: str, head: str) -> str:
    return f"{tail} → {head}"


def _pictured(scene: Scene) -> frozenset[str]:
    """Return the ids of the nodes that show the picture of a product."""
    icons = ((painted.item, painted.owner) for painted in scene.painted)
    return frozenset(
        owner.get("id")
        for item, owner in icons
        if owner and isinstance(item, Icon) and item.name.startswith("product:")
    )


def _nodes(figure: GraphFigure, said: dict[Key, list[str]], pictured: frozenset[str]) -> Iterator[Flaw]:
    for node in figure.nodes:
        texts = (node.title, *node.annotation, *_technology(node, pictured))
        yield from _lost(texts, said.get(("node", node.id), []), f"node {node.id}")
        notes = [lines for (kind, name), lines in said.items() if kind == "note" and name.endswith(node.id)]
        yield from _lost((node.note,), [line for lines in notes for line in lines], f"the note of node {node.id}")


def _technology(node: Node, pictured: frozenset[str]) -> tuple[str, ...]:
    """Return the name of the product that a node is built with, where no picture says it."""
    return (product_title(node.tech),) if node.tech and node.id not in pictured else ()


def _edges(figure: GraphFigure, said: dict[Key, list[str]], drawn: Counter[str]) -> Iterator[Flaw]:
    wanted = Counter(_ends(edge.tail, edge.head) for edge in figure.edges)
    for ends, count in wanted.items():
        if drawn[ends] < count:
            yield Flaw(1, "edge-lost", f"{count - drawn[ends]} of {count} arrows {ends} are not drawn")
    for edge in figure.edges:
        ends = _ends(edge.tail, edge.head)
        yield from _lost(_words(edge), said.get(("edge", ends), []), f"the arrow {ends}")


def _words(edge: Edge) -> tuple[str, ...]:
    return (edge.label, str(edge.step)) if edge.step else (edge.label,)


def _titles(figure: GraphFigure, said: dict[Key, list[str]], everything: list[str]) -> Iterator[Flaw]:
    for lane in figure.lanes:
        yield from _lost((lane.title,), said.get(("lane", lane.id), []), f"lane {lane.id}")
    members = members_of(figure)
    for cluster in figure.clusters:
        if not members[cluster.id]:
            continue  # nothing to draw a border around
        yield from _lost((cluster.title,), said.get(("group", cluster.id), []), f"group {cluster.id}")
    yield from _lost((figure.title, figure.caption), everything, "the page")


def _lost(texts: Iterable[str], lines: Sequence[str], name: str) -> Iterator[Flaw]:
    for text in texts:
        wanted = drawable(text)
        if _bare(wanted) not in _bare("".join(lines)):
            yield Flaw(1, "text-lost", f"{text!r} of {name} is not in the drawing, or not whole")
        elif word := _broken(wanted, lines):
            yield Flaw(1, "word-broken", f"the word {word!r} of {name} is broken at the end of a line")


def _broken(text: str, lines: Sequence[str]) -> str:
    """Return a word of a text that a line ends inside, without a sign that words may be parted after; "" for none."""
    start = _bare("".join(lines)).index(_bare(text))
    ends = {end - start for end in accumulate(len(_bare(line)) for line in lines)}
    at = 0
    for word in text.split():
        inside = (end - at for end in ends if 0 < end - at < len(word))
        if len(word) <= LONGEST_WORD and any(word[end - 1] not in "/-_" for end in inside):
            return word
        at += len(word)
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())
