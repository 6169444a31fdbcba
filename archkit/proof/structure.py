"""Beyond the nine points: what any reader calls wrong in a graph of boxes, lanes and dashed groups."""

from __future__ import annotations

from collections.abc import Iterator

from archkit.drawing import Box
from archkit.picture import GraphFigure
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Scene, grid_of


def check(scene: Scene, limits: Limits, figure: GraphFigure | None) -> Iterator[Flaw]:
    """Yield nodes that overlap or say nothing, and bands that do not hold what they should."""
    yield from _silent_nodes(scene)
    yield from _overlapping_nodes(scene, limits)
    yield from _overlapping_bands(scene, limits)
    yield from _cut_nodes(scene, limits)
    if figure is not None:
        yield from _membership(scene, figure, limits)


def _silent_nodes(scene: Scene) -> Iterator[Flaw]:
    speaking = {id(placed.owner) for placed in scene.texts if placed.text.text.strip()}
    for node in scene.nodes:
        # a piece of a bar is told by the axis around it
        if id(node.group) not in speaking and node.group.get("part") != "bar":
            yield Flaw(0, "node-silent", f"node {node.id} has no text", node.box)


def _overlapping_nodes(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    for first, second in grid_of([node.box for node in scene.nodes]).pairs():
        a, b = scene.nodes[first], scene.nodes[second]
        if a.box.inset(limits.slack).overlaps(b.box.inset(limits.slack)):
            yield Flaw(0, "node-on-node", f"nodes {a.id} and {b.id} overlap", a.box)


def _overlapping_bands(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Tell lanes that overlap, and groups of which neither holds the other."""
    for first, second in grid_of([band.box for band in scene.bands]).pairs():
        a, b = scene.bands[first], scene.bands[second]
        if a.group.kind != b.group.kind:
            continue  # a group may reach over lanes
        one, other = a.box.inset(limits.slack), b.box.inset(limits.slack)
        nested = a.group.kind == "group" and (a.box.contains(other) or b.box.contains(one))
        if one.overlaps(other) and not nested:
            yield Flaw(0, "band-on-band", f"{a.group.kind}s {a.id} and {b.id} overlap", a.box)


def _cut_nodes(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Tell nodes that a lane's or group's border runs through."""
    grid = grid_of([band.box for band in scene.bands])
    for node in scene.nodes:
        box = node.box.inset(limits.slack)
        for at in grid.near(box):
            band = scene.bands[at]
            if box.overlaps(band.box) and not band.box.contains(box):
                message = f"the border of {band.group.kind} {band.id} runs through node {node.id}"
                yield Flaw(0, "node-on-border", message, node.box)


def _membership(scene: Scene, figure: GraphFigure, limits: Limits) -> Iterator[Flaw]:
    lanes = {node.id: node.lane for node in figure.nodes}
    members = members_of(figure)
    # a group whose members stand in several lanes has a border of its own in each
    parts: dict[tuple[str, str], list[Box]] = {}
    for band in scene.bands:
        parts.setdefault((band.group.kind, band.id), []).append(band.box)
    for band in scene.bands:
        for node in scene.nodes:
            inside = band.box.overlaps(node.box.inset(limits.slack))
            if band.group.kind == "lane":
                belongs = lanes.get(node.id) == band.id
            else:
                belongs = node.id in members.get(band.id, frozenset())
            held = any(box.contains(node.box.inset(limits.slack)) for box in parts[band.group.kind, band.id])
            if belongs and not held:
                yield Flaw(0, "node-astray", f"node {node.id} is not in its {band.group.kind} {band.id}", node.box)
            elif inside and not belongs:
                yield Flaw(
                    0, "node-stranger", f"node {node.id} is in the foreign {band.group.kind} {band.id}", node.box
                )


def members_of(figure: GraphFigure) -> dict[str, frozenset[str]]:
    """Return the nodes of every cluster, those of its inner clusters included."""
    found = {cluster.id: set(cluster.members) for cluster in figure.clusters}
    for cluster in reversed(figure.clusters):  # inner ones come after their outer ones
        if cluster.parent in found:
            found[cluster.parent] |= found[cluster.id]
    return {name: frozenset(members) for name, members in found.items()}
