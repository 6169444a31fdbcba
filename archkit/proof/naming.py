"""Point 9: a drawing that can be read without seeing it, and addressed by scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archkit.proof.flaw import Flaw
from archkit.proof.scene import Scene, edge_name, items_box


def check(scene: Scene) -> Iterator[Flaw]:
    """Yield what has no name, or a name that leads nowhere."""
    drawing = scene.drawing
    if not drawing.title.strip():
        yield Flaw(9, "no-title", "the drawing has no title")
    if not drawing.description.strip():
        yield Flaw(9, "no-description", "the drawing has no description")
    ids = Counter(node.id for node in scene.nodes)
    for node in scene.nodes:
        if not node.id:
            yield Flaw(9, "node-unnamed", "a node has no data-id", node.box)
        elif ids[node.id] > 1:
            yield Flaw(9, "node-twice", f"{ids[node.id]} nodes have the id {node.id}", node.box)
    for band in scene.bands:
        if not band.id:
            yield Flaw(9, "band-unnamed", f"a {band.group.kind} has no data-id", band.box)
    drawn = {id(wire.group) for wire in scene.wires}
    for edge in scene.edges:
        lost = [end for end in (edge.get("from"), edge.get("to")) if end not in ids or not end]
        if lost:
            message = f"the arrow {edge_name(edge)} names {lost[0]!r}, which no node is called"
            yield Flaw(9, "edge-loose", message, items_box(edge.items))
        if not edge.get("kind"):
            yield Flaw(9, "edge-kindless", f"the arrow {edge_name(edge)} has no data-kind", items_box(edge.items))
        if id(edge) not in drawn:
            yield Flaw(3, "edge-lineless", f"the arrow {edge_name(edge)} has no line", items_box(edge.items))
