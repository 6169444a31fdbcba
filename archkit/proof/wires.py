"""Point 3: arrows keep off nodes, titles, texts and borders, and are made of clean level and upright pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from archkit.drawing import Box, Group, Point, Shape
from archkit.geometry import (
    Grid,
    Segment,
    bounds,
    box_to_box,
    clip,
    crossing,
    distance,
    passes_through,
    polyline_to_box,
    segment_to_box,
    side_by_side,
)
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import PlacedNode, Scene, Wire, grid_of, line_points
from archkit.proof.solid import depth


class WireIndex:
    """The arrows of a scene, found by place and by edge."""

    def __init__(self, scene: Scene) -> None:
        self.wires = scene.wires
        self.pieces: Grid[tuple[int, int]] = Grid(96.0)
        self._by_edge: dict[int, list[Wire]] = {}
        for at, wire in enumerate(scene.wires):
            self._by_edge.setdefault(id(wire.group), []).append(wire)
            for number, piece in enumerate(wire.segments):
                self.pieces.add((at, number), bounds(piece))

    def of(self, edge: Group) -> list[Wire]:
        """Return the lines of an edge."""
        return self._by_edge.get(id(edge), [])

    def near(self, box: Box, reach: float) -> list[Wire]:
        """Return the arrows whose pieces come near a box.

        Args:
            box: Where to look.
            reach: Pixels around it that count as well.
        """
        found = dict.fromkeys(at for at, _ in self.pieces.near(box, reach))
        return [self.wires[at] for at in sorted(found)]


def check(scene: Scene, limits: Limits, wires: WireIndex) -> Iterator[Flaw]:
    """Yield the flaws of arrows in relation to everything else, and of their form."""
    for node in scene.nodes:
        for wire in wires.near(node.box, limits.clearance):
            yield from _off_node(wire, node, limits)
    yield from _off_notes(scene, wires, limits)
    yield from _off_texts(scene, wires, limits)
    yield from _off_borders(scene, wires, limits)
    for wire in scene.wires:
        yield from _form(wire, limits)
    yield from _leaders(scene, limits)


def _off_node(wire: Wire, node: PlacedNode, limits: Limits) -> Iterator[Flaw]:
    pieces = wire.segments
    leaves, enters = wire.group.get("from") == node.id, wire.group.get("to") == node.id
    if any(_inside(*piece, node, limits) for piece in pieces):
        whose = "its own node" if leaves or enters else "node"
        yield Flaw(3, "wire-through-node", f"the arrow {wire.name} passes through {whose} {node.id}", node.box)
        return
    if (leaves or enters) and wire.line.smooth:
        return
    # The pieces that stand on the node are judged by where they end
    others = pieces[1 if leaves else 0 : -1 if enters else None]
    room = min((segment_to_box(a, b, node.box) for a, b in others), default=limits.clearance)
    if room < limits.clearance - limits.slack:
        message = f"the arrow {wire.name} passes {room:.1f} px from node {node.id}, less than {limits.clearance:g}"
        yield Flaw(3, "wire-near-node", message, node.box)


def _inside(a: Point, b: Point, node: PlacedNode, limits: Limits) -> bool:
    """Return whether a piece runs inside a node by more than an arrow's end may."""
    if not passes_through(a, b, node.box.inset(limits.touch)):
        return False
    part = clip(a, b, node.box)
    if part is None:
        return False
    for step in range(9):
        share = part[0] + (part[1] - part[0]) * step / 8
        p = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        if depth(node.solid, p) > limits.touch:
            return True
    return False


def _off_notes(scene: Scene, wires: WireIndex, limits: Limits) -> Iterator[Flaw]:
    for painted in scene.painted:
        owner = painted.owner
        if owner is None or owner.kind not in ("note", "legend", "caption") or not isinstance(painted.item, Shape):
            continue
        for wire in wires.near(painted.box, 0.0):
            if any(passes_through(a, b, painted.box.inset(limits.slack)) for a, b in wire.segments):
                yield Flaw(3, "wire-through-note", f"the arrow {wire.name} passes through a {owner.kind}", painted.box)


def _off_texts(scene: Scene, wires: WireIndex, limits: Limits) -> Iterator[Flaw]:
    for placed in scene.texts:
        kind = placed.owner.kind if placed.owner is not None else ""
        if kind in ("node", "edge"):
            continue  # node texts lie inside nodes; labels are point 2's
        for wire in wires.near(placed.box, 1.0):
            if polyline_to_box(wire.points, placed.box) < wire.line.stroke_width / 2 - limits.slack:
                code = "wire-through-title" if kind in ("lane", "group") else "wire-through-text"
                yield Flaw(3, code, f"the arrow {wire.name} passes through {placed.text.text!r}", placed.box)


def _off_borders(scene: Scene, wires: WireIndex, limits: Limits) -> Iterator[Flaw]:
    for band in scene.bands:
        box = band.box
        corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y))
        for side in pairwise(corners):
            told: set[int] = set()
            for at, number in wires.pieces.near(bounds(side), limits.border):
                beside = side_by_side(*side, *wires.wires[at].segments[number])
                if at in told or beside is None or beside[0] >= limits.border - limits.slack:
                    continue
                if beside[1] > limits.border:
                    told.add(at)
                    message = f"the arrow {wires.wires[at].name} runs {beside[0]:.1f} px along the border of "
                    yield Flaw(3, "wire-on-border", f"{message}{band.group.kind} {band.id}", bounds(side))


def _form(wire: Wire, limits: Limits) -> Iterator[Flaw]:
    box = wire.box
    raw = wire.line.points
    if any(distance(a, b) <= limits.slack for a, b in pairwise(raw)):
        yield Flaw(3, "wire-stutter", f"the arrow {wire.name} has two points in the same place", box)
    if wire.line.smooth or not limits.orthogonal:
        return
    pieces = wire.segments
    if any(min(abs(a[0] - b[0]), abs(a[1] - b[1])) > limits.slack for a, b in pieces):
        yield Flaw(3, "wire-diagonal", f"the arrow {wire.name} has a piece that is neither level nor upright", box)
    shortest = min((distance(a, b) for a, b in pieces[1:-1]), default=limits.jog)
    if shortest < limits.jog - limits.slack:
        yield Flaw(3, "wire-jog", f"the arrow {wire.name} has a jog of {shortest:.1f} px between two bends", box)
    if any(_meet(pieces[i], pieces[j], j - i, limits) for j in range(len(pieces)) for i in range(j)):
        yield Flaw(3, "wire-self", f"the arrow {wire.name} crosses or touches itself", box)


def _meet(one: Segment, other: Segment, apart: int, limits: Limits) -> bool:
    """Return whether two pieces of an arrow come too near; ``apart`` counts the bends between them."""
    if crossing(*one, *other) is not None:
        return True
    beside = side_by_side(*one, *other)
    if beside is None or (apart == 2 and beside[1] <= limits.slack):
        return False  # both sides of a jog, which is told as such
    return hypot(beside[0], min(0.0, beside[1])) < limits.jog - limits.slack


def _leaders(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Tell which thin lines from notes pass through a node that they do not end at, or through a foreign text."""
    nodes = grid_of([node.box for node in scene.nodes])
    texts = grid_of([placed.box for placed in scene.texts])
    for line, owner in scene.lines:
        if line.role != "leader":
            continue
        points = line_points(line)
        box, ends = bounds(points), (points[0], points[-1])
        passed = {id(owner)}
        for node in (scene.nodes[at] for at in nodes.near(box)):
            at_end = any(box_to_box(Box(*end, 0.0, 0.0), node.box) <= limits.clearance for end in ends)
            if not at_end and polyline_to_box(points, node.box) == 0:
                passed.add(id(node.group))
                yield Flaw(3, "leader-through-node", f"a leader passes through node {node.id}", node.box)
        for placed in (scene.texts[at] for at in texts.near(box)):
            if id(placed.owner) not in passed and polyline_to_box(points, placed.box.inset(limits.slack)) == 0:
                yield Flaw(3, "leader-through-text", f"a leader passes through {placed.text.text!r}", placed.box)
