"""Point 2: labels and numbers of arrows keep off everything and belong visibly to their own arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archkit.drawing import Box, Group, Shape
from archkit.geometry import box_to_box, polyline_to_box, union
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import PlacedText, Scene, Wire, edge_name, grid_of, whole
from archkit.proof.wires import WireIndex

TOGETHER = 8.0  # px up to which a label and a number of the same arrow read as one


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What stands on an arrow: its label, or its number in a circle.

    Args:
        name: For messages.
        edge: The arrow's group.
        text: The box around the lines of text.
        box: The box around text and what is painted behind it.
        backed: Whether something is painted behind all of the text, so that a line below it does not strike it through.
        at: Place in the painting order of the first text.
    """

    name: str
    edge: Group
    text: Box
    box: Box
    backed: bool
    at: int


def check(scene: Scene, limits: Limits, wires: WireIndex) -> Iterator[Flaw]:
    """Yield the flaws of labels and numbers of arrows."""
    marks = list(marks_of(scene))
    companions: dict[int, list[Mark]] = {}
    for mark in marks:
        companions.setdefault(id(mark.edge), []).append(mark)
    yield from _apart(marks, limits)
    yield from _off_texts(marks, scene, limits)
    yield from _off_nodes(marks, scene, limits)
    yield from _off_borders(marks, scene, limits)
    for mark in marks:
        yield from _by_own_wire(mark, companions[id(mark.edge)], wires, limits)


def marks_of(scene: Scene) -> Iterator[Mark]:
    """Yield the label and the number of every arrow that has one."""
    texts: dict[tuple[int, bool], list[PlacedText]] = {}
    shapes: dict[int, list[tuple[int, Box]]] = {}
    for placed in scene.texts:
        if placed.owner is not None and placed.owner.kind == "edge":
            texts.setdefault((id(placed.owner), placed.text.role == "step"), []).append(placed)
    for painted in scene.painted:
        if painted.owner is not None and isinstance(painted.item, Shape) and painted.item.fill:
            shapes.setdefault(id(painted.owner), []).append((painted.at, painted.box))
    for (key, numbered), lines in texts.items():
        edge = lines[0].owner
        assert edge is not None  # noqa: S101  only texts with an owner were collected
        text, at = whole(lines), lines[0].at
        behind = [box for when, box in shapes.get(key, []) if when < at and box.overlaps(text)]
        words = " ".join(line.text.text for line in lines)
        name = f"{'number' if numbered else 'label'} {words!r} of {edge_name(edge)}"
        backed = any(box.contains(text) for box in behind)
        yield Mark(name, edge, text, union([text, *behind]), backed, at)


def _apart(marks: list[Mark], limits: Limits) -> Iterator[Flaw]:
    for first, second in grid_of([mark.box.inset(-TOGETHER / 2) for mark in marks]).pairs():
        a, b = marks[first], marks[second]
        if a.box.inset(limits.slack).overlaps(b.box.inset(limits.slack)):
            yield Flaw(2, "label-on-label", f"{a.name} and {b.name} overlap", a.box)
        elif a.edge is not b.edge and _on_a_line(a.box, b.box):
            gap = max(a.box.x, b.box.x) - min(a.box.right, b.box.right)
            if gap < TOGETHER - limits.slack:
                message = f"{a.name} and {b.name} stand {gap:.1f} px apart on a line, less than {TOGETHER:g}"
                yield Flaw(2, "labels-run-on", message, a.box)


def _on_a_line(one: Box, two: Box) -> bool:
    """Return whether two boxes share more than half of the lower one's height, so that their words read as one."""
    return min(one.bottom, two.bottom) - max(one.y, two.y) > min(one.height, two.height) / 2


def _off_texts(marks: list[Mark], scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Tell what is painted behind a label that hides other text; the text of the label itself is point 1's."""
    grid = grid_of([placed.box for placed in scene.texts])
    for mark in marks:
        box = mark.box.inset(limits.slack)
        for at in grid.near(box):
            other = scene.texts[at]
            edge = other.owner is not None and other.owner.kind == "edge"
            if not edge and other.box.overlaps(box) and not other.box.overlaps(mark.text.inset(limits.slack)):
                yield Flaw(2, "label-on-text", f"{mark.name} covers {other.text.text!r}", mark.box)


def _off_nodes(marks: list[Mark], scene: Scene, limits: Limits) -> Iterator[Flaw]:
    grid = grid_of([node.box for node in scene.nodes])
    for mark in marks:
        box = mark.box.inset(limits.slack)
        for at in grid.near(box):
            if box.overlaps(scene.nodes[at].box):
                yield Flaw(2, "label-on-node", f"{mark.name} overlaps node {scene.nodes[at].id}", mark.box)


def _off_borders(marks: list[Mark], scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Tell which labels the border of a lane or group strikes through."""
    grid = grid_of([band.box for band in scene.bands])
    for mark in marks:
        if mark.backed:
            continue
        text = mark.text.inset(limits.slack)
        for at in grid.near(text):
            band = scene.bands[at]
            if text.overlaps(band.box) and not band.box.contains(text):
                message = f"the border of {band.group.kind} {band.id} strikes {mark.name}"
                yield Flaw(2, "label-on-border", message, mark.box)


def _by_own_wire(mark: Mark, companions: list[Mark], wires: WireIndex, limits: Limits) -> Iterator[Flaw]:
    own = wires.of(mark.edge)
    if not own:
        return
    # A number beside its arrow's label belongs to the arrow through that label
    boxes = [other.box for other in companions if box_to_box(other.box, mark.box) <= TOGETHER]
    away = min(polyline_to_box(wire.points, box) for wire in own for box in boxes)
    if away > limits.reach + limits.slack:
        message = f"{mark.name} is {away:.1f} px from its arrow, more than {limits.reach:g}"
        yield Flaw(2, "label-astray", message, mark.box)
    if not mark.backed and any(_strikes(wire, mark.text.inset(limits.slack)) for wire in own):
        yield Flaw(2, "label-struck", f"its own arrow strikes {mark.name}", mark.box)
    for wire in wires.near(mark.box, min(away, limits.reach) + limits.slack):
        if wire.group is mark.edge:
            continue
        other = polyline_to_box(wire.points, mark.box)
        if other < wire.line.stroke_width / 2:
            yield Flaw(2, "label-on-arrow", f"the arrow {wire.name} runs through {mark.name}", mark.box)
        elif other <= away + limits.slack:
            message = f"{mark.name} is {other:.1f} px from the arrow {wire.name} and {away:.1f} px from its own"
            yield Flaw(2, "label-ambiguous", message, mark.box)


def _strikes(wire: Wire, box: Box) -> bool:
    return box_to_box(wire.box, box) == 0 and polyline_to_box(wire.points, box) == 0
