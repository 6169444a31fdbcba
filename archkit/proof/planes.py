"""Point 2 for planes: labels keep off marks and lines, and belong visibly to their own mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from archkit.drawing import Box, Group, Icon, Item, Line, Point, Polygon, Shape, Text
from archkit.geometry import Segment, bounds, box_to_box, inside_polygon, segment_to_box, union
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Scene, grid_of, text_box

_APART = 2.0  # px by which a label has to be nearer to its own mark than to any other
_TOUCH = 6.0  # px up to which a leader's end touches the thing that it leads to


class Thing(NamedTuple):
    """Something in a plane that a label can belong to.

    Attributes:
        name: As its ``data-id``.
        box: Around its sign; around all of a region.
        area: The corners of a region; nothing for other things.
        lines: The lines of a curve or arrow, or of a region's border.
    """

    name: str
    box: Box
    area: tuple[Point, ...]
    lines: tuple[Segment, ...]


class Label(NamedTuple):
    """A label in a plane."""

    of: str
    words: str
    box: Box
    leader: Line | None
    backed: bool
    inside: bool


def check(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Yield the flaws of labels in planes."""
    for item, _ in scene.drawing.walk():
        if isinstance(item, Group) and item.kind == "plane":
            yield from _plane(item, limits)


def _plane(plane: Group, limits: Limits) -> Iterator[Flaw]:
    groups = [item for item in plane.items if isinstance(item, Group)]
    labels = [_label(group) for group in groups if group.kind == "mark-label"]
    things = [_thing(group) for group in groups if group.kind != "mark-label"]
    known = {thing.name: thing for thing in things}
    marks = [thing for thing in things if thing.name.startswith("mark")]
    yield from _off_marks(labels, marks, limits)
    yield from _struck(labels, things, limits)
    for label in labels:
        yield from _belongs(label, known, marks, limits)
    yield from _leaders(labels, known, marks, limits)


def _label(group: Group) -> Label:
    texts = [item for item in group.items if isinstance(item, Text)]
    leader = next((item for item in group.items if isinstance(item, Line)), None)
    backed = any(isinstance(item, Shape) for item in group.items)
    box = union(text_box(text) for text in texts)
    return Label(
        group.get("of"), " ".join(text.text for text in texts), box, leader, backed, group.get("stands") == "inside"
    )


def _thing(group: Group) -> Thing:
    area = next((item.points for item in group.items if isinstance(item, Polygon)), ())
    region = group.kind == "region"
    lines: list[Segment] = []
    for item in group.items:
        if isinstance(item, Line) and group.kind in ("series", "way"):
            lines += pairwise(item.points)
        elif isinstance(item, Polygon) and region and item.stroke:
            lines += pairwise((*item.points, item.points[0]))
    boxes = [_box(item) for item in group.items]
    return Thing(group.get("id"), union(boxes) if boxes else Box(0, 0, 0, 0), area if region else (), tuple(lines))


def _box(item: Item) -> Box:
    if isinstance(item, (Line, Polygon)):
        return bounds(item.points)
    if isinstance(item, (Shape, Icon)):
        return item.box
    raise TypeError(f"a {type(item).__name__} is no part of a thing in a plane")


def _off_marks(labels: Sequence[Label], marks: Sequence[Thing], limits: Limits) -> Iterator[Flaw]:
    grid = grid_of([mark.box for mark in marks])
    for label in labels:
        box = label.box.inset(limits.slack)
        for at in grid.near(box):
            if box.overlaps(marks[at].box):
                yield Flaw(2, "label-on-mark", f"the label {label.words!r} lies on {marks[at].name}", label.box)


def _struck(labels: Sequence[Label], things: Sequence[Thing], limits: Limits) -> Iterator[Flaw]:
    for label in labels:
        if label.backed:
            continue
        box = label.box.inset(limits.slack)
        for thing in things:
            if any(segment_to_box(a, b, box) == 0 for a, b in thing.lines):
                yield Flaw(2, "label-struck", f"a line of {thing.name} strikes the label {label.words!r}", label.box)


def _belongs(label: Label, known: Mapping[str, Thing], marks: Sequence[Thing], limits: Limits) -> Iterator[Flaw]:
    own = known.get(label.of)
    if own is None:
        yield Flaw(
            2, "label-loose", f"the label {label.words!r} belongs to {label.of!r}, which is not drawn", label.box
        )
        return
    if label.leader is not None:
        end = Box(*label.leader.points[-1], 0.0, 0.0)
        if _away(own, end) > _TOUCH:
            yield Flaw(2, "leader-astray", f"the leader of {label.words!r} does not reach {own.name}", label.box)
        return
    if label.inside and not inside_polygon(label.box.center, own.area):
        yield Flaw(2, "label-outside", f"the label {label.words!r} stands outside of {own.name}", label.box)
    away = _away(own, label.box)
    if away > limits.reach + limits.slack:
        message = f"the label {label.words!r} is {away:.1f} px from {own.name}, more than {limits.reach:g}"
        yield Flaw(2, "label-astray", message, label.box)
    if not own.name.startswith("mark"):
        return
    for mark in marks:
        if mark is own or box_to_box(mark.box, own.box) == 0:
            continue
        other = box_to_box(mark.box, label.box)
        if other <= away + _APART:
            message = f"the label {label.words!r} is {other:.1f} px from {mark.name} and {away:.1f} px from its own"
            yield Flaw(2, "label-ambiguous", message, label.box)


def _away(thing: Thing, box: Box) -> float:
    """Return how far a box is from a thing: 0 inside a region."""
    if thing.area and inside_polygon(box.center, thing.area):
        return 0.0
    if thing.lines:
        return min(segment_to_box(a, b, box) for a, b in thing.lines)
    if thing.area:
        return min(segment_to_box(a, b, box) for a, b in pairwise((*thing.area, thing.area[0])))
    return box_to_box(thing.box, box)


def _leaders(
    labels: Sequence[Label], known: Mapping[str, Thing], marks: Sequence[Thing], limits: Limits
) -> Iterator[Flaw]:
    for label in labels:
        if label.leader is None or label.of not in known:
            continue
        way = label.leader.points[0], label.leader.points[-1]
        for other in labels:
            if other is not label and segment_to_box(*way, other.box.inset(limits.slack)) == 0:
                message = f"the leader of {label.words!r} passes through {other.words!r}"
                yield Flaw(2, "leader-through-label", message, other.box)
        for mark in marks:
            if (
                mark.name != label.of
                and box_to_box(mark.box, known[label.of].box) > 0
                and segment_to_box(*way, mark.box.inset(limits.slack)) == 0
            ):
                message = f"the leader of {label.words!r} passes through {mark.name}"
                yield Flaw(2, "leader-through-mark", message, mark.box)
