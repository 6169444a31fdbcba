"""Point 3, second part: arrows end on the outline of the node they name, square to it, with room for the head."""

from __future__ import annotations

from collections.abc import Iterator

from archkit.drawing import Box, Point
from archkit.geometry import distance
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import PlacedNode, Scene, Wire
from archkit.proof.solid import depth

PROBE = 3.0  # px before and behind an end that tell from which side it arrives


def check(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Yield the flaws of arrows' ends."""
    nodes = {node.id: node for node in scene.nodes}
    for wire in scene.wires:
        tail, head = nodes.get(wire.group.get("from")), nodes.get(wire.group.get("to"))
        if tail is not None:
            yield from _end(wire, tail, wire.points[0], wire.points[1], "tail", limits)
        if head is not None:
            yield from _end(wire, head, wire.points[-1], wire.points[-2], "head", limits)
        yield from _length(wire, limits)


def _end(wire: Wire, node: PlacedNode, end: Point, before: Point, which: str, limits: Limits) -> Iterator[Flaw]:
    place = Box(end[0] - PROBE, end[1] - PROBE, 2 * PROBE, 2 * PROBE)
    away = abs(depth(node.solid, end))
    if away > limits.touch + limits.slack:
        message = f"the {which} of {wire.name} is {away:.1f} px from the outline of node {node.id}"
        yield Flaw(3, f"{which}-off-outline", message, place)
        return
    if not _square(node, end, before, limits):
        message = f"the {which} of {wire.name} does not meet node {node.id} square from outside"
        yield Flaw(3, f"{which}-askew", message, place)
        return
    room = _to_corner(node.box, end, limits)
    if room < limits.clearance - limits.slack:
        message = f"the {which} of {wire.name} is {room:.1f} px from a corner of node {node.id}"
        yield Flaw(3, f"{which}-at-corner", message, place)


def _square(node: PlacedNode, end: Point, before: Point, limits: Limits) -> bool:
    length = distance(before, end)
    dx, dy = (end[0] - before[0]) / length * PROBE, (end[1] - before[1]) / length * PROBE
    ahead, behind = (end[0] + dx, end[1] + dy), (end[0] - dx, end[1] - dy)
    # A line along the outline stays as close to it as it was
    return depth(node.solid, ahead) > limits.touch and depth(node.solid, behind) < 0


def _to_corner(box: Box, end: Point, limits: Limits) -> float:
    """Return how far an end on a side of a box is from that side's ends; a lot where it is on no side (a circle)."""
    across = min(end[0] - box.x, box.right - end[0])
    down = min(end[1] - box.y, box.bottom - end[1])
    if min(abs(across), abs(down)) > limits.touch:
        return limits.clearance
    return max(across, down)


def _length(wire: Wire, limits: Limits) -> Iterator[Flaw]:
    for kind, (a, b), which in (
        (wire.line.head, wire.segments[-1], "head"),
        (wire.line.tail, wire.segments[0], "tail"),
    ):
        room = distance(a, b)
        if kind != "none" and not wire.line.smooth and room < limits.head - limits.slack:
            message = f"the last piece of {wire.name} is {room:.1f} px long, too short for its {which}"
            yield Flaw(3, f"{which}-cramped", message, wire.box)
