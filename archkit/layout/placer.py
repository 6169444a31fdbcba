"""Labels and what they belong to → places where no label touches a mark, a line or another label.

Every label has candidates around its thing, from close by to further off with a leader. The label with the fewest free
candidates is placed first; one that finds no room goes to the front of the queue, and all are placed anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import NamedTuple

from archkit.drawing import Box, Point
from archkit.geometry import (
    Grid,
    Segment,
    bounds,
    box_to_box,
    clip,
    crossing,
    polyline_to_box,
    segment_to_box,
)
from archkit.layout.candidates import Want, candidates, holds, middle

NEAR = 7.0  # pixels up to which a label needs no leader
_CLEAR = 2.5  # pixels that labels keep off everything
_APART = 4.0  # pixels by which a label is nearer to its own mark than to any other
_LONELY = 8.0  # pixels that it keeps off other marks
_LEADER = 12.0  # what a leader costs, in pixels of distance
_WORDS = 9.0  # pixels between two labels on one line, so that they do not read as one
_FOREIGN = 20.0  # what standing outside of its region costs a label
_CROSSED = 12.0  # what each line costs that a leader crosses
_TRIES = 8


class Spot(NamedTuple):
    """Where a label stands.

    Attributes:
        box: Its place.
        leader: From the label to what it belongs to; None where both are close together.
        price: How far it is from the best place.
        backed: Whether lines run below it, so that paper has to be painted behind it.
    """

    box: Box
    leader: Segment | None
    price: float
    backed: bool = False


class Ground(NamedTuple):
    """What labels keep off.

    Attributes:
        room: Labels stay inside.
        solid: Boxes of marks.
        lines: Pieces of curves, borders and arrows.
    """

    room: Box
    solid: tuple[Box, ...]
    lines: tuple[Segment, ...]


def placed(wants: Sequence[Want], ground: Ground) -> list[Spot | None]:
    """Return a place for every label; None for those that find none.

    Args:
        wants: The labels.
        ground: What they keep off.
    """
    index = _Index(ground)
    choices = [sorted(_free(want, index), key=lambda spot: spot.price) for want in wants]
    open_ = [list(spots) for spots in choices]
    order = sorted(range(len(wants)), key=lambda at: (len(choices[at]), at))
    best: list[Spot | None] = [None] * len(wants)
    fewest = len(wants) + 1
    for _ in range(_TRIES):
        found, lost = _in_order(order, open_)
        if len(lost) < fewest:
            best, fewest = found, len(lost)
        lost = [at for at in lost if choices[at]]
        if not lost:
            break
        order = [*lost, *(at for at in order if at not in lost)]
        _make_way(lost, found, choices, open_)
    return _settled(best, choices)


def _make_way(
    lost: Sequence[int], found: Sequence[Spot | None], choices: Sequence[Sequence[Spot]], open_: Sequence[list[Spot]]
) -> None:
    """Forbid labels the places by which they keep others from their best ones, where they have another left."""
    for at in lost:
        for other, spot in enumerate(found):
            if spot is not None and len(open_[other]) > 1 and _clash(spot, choices[at][0]) and spot in open_[other]:
                open_[other].remove(spot)
        if len(open_[at]) > 1:
            open_[at].append(open_[at].pop(0))


def _in_order(order: Sequence[int], choices: Sequence[Sequence[Spot]]) -> tuple[list[Spot | None], list[int]]:
    found: list[Spot | None] = [None] * len(choices)
    lost = []
    for at in order:
        taken = [spot for spot in found if spot is not None]
        found[at] = next((spot for spot in choices[at] if not any(_clash(spot, other) for other in taken)), None)
        if found[at] is None:
            lost.append(at)
    return found, lost


def _settled(found: list[Spot | None], choices: Sequence[Sequence[Spot]]) -> list[Spot | None]:
    """Move labels to better places that have become free."""
    for _ in range(2):
        for at, own in enumerate(found):
            if own is None:
                continue
            others = [spot for other, spot in enumerate(found) if spot is not None and other != at]
            better = (spot for spot in choices[at] if spot.price < own.price)
            found[at] = next((spot for spot in better if not any(_clash(spot, other) for other in others)), own)
    return found


def _clash(one: Spot, other: Spot) -> bool:
    box = one.box
    if Box(box.x - _WORDS, box.y - _CLEAR, box.width + 2 * _WORDS, box.height + 2 * _CLEAR).overlaps(other.box):
        return True
    if one.leader is not None and segment_to_box(*one.leader, other.box) < _CLEAR:
        return True
    if other.leader is None:
        return False
    if segment_to_box(*other.leader, one.box) < _CLEAR:
        return True
    return one.leader is not None and crossing(*one.leader, *other.leader) is not None


class _Index:
    """Marks and lines found by place."""

    def __init__(self, ground: Ground) -> None:
        self.room = ground.room
        self.solid = ground.solid
        self.lines = ground.lines
        self._marks: Grid[int] = Grid(48.0)
        self._lines: Grid[int] = Grid(48.0)
        for at, box in enumerate(ground.solid):
            self._marks.add(at, box)
        for at, line in enumerate(ground.lines):
            self._lines.add(at, bounds(line))

    def marks(self, box: Box, reach: float) -> list[Box]:
        """Return the marks near a box."""
        return [self.solid[at] for at in self._marks.near(box, reach)]

    def free(self, box: Box) -> bool:
        """Return whether a label may stand in a box."""
        if not self.room.contains(box):
            return False
        if any(box_to_box(mark, box) < _CLEAR for mark in self.marks(box, _CLEAR)):
            return False
        near = (self.lines[at] for at in self._lines.near(box, _CLEAR))
        return all(segment_to_box(a, b, box) >= _CLEAR for a, b in near)

    def passes(self, leader: Segment, own: Box) -> bool:
        """Return whether a leader runs through a mark that is not its own."""
        return any(
            segment_to_box(*leader, mark) < 1.0 and box_to_box(mark, own) > 0
            for mark in self.marks(bounds(leader), 1.0)
        )

    def crossed(self, leader: Segment) -> int:
        """Return how many lines a leader crosses."""
        near = (self.lines[at] for at in self._lines.near(bounds(leader)))
        return sum(crossing(*leader, *line) is not None for line in near)


def _free(want: Want, index: _Index) -> Iterator[Spot]:
    for box, price in candidates(want):
        if not index.free(box):
            continue
        if want.inside and holds(want.inside, box):
            yield Spot(box, None, price)
            continue
        away = _distance(want, box)
        price += _FOREIGN if want.inside else 0.0
        confusing = not want.inside and _rivalled(want, box, max(away + _APART, _LONELY), index)
        if away <= NEAR and not confusing and not want.inside:
            beside = want.path and any(box_to_box(mark, box) <= _LONELY for mark in index.marks(box, _LONELY))
            yield Spot(box, None, price + (10.0 if beside else 0.0))
            continue
        if want.path:
            continue
        leader = _leader(want, box)
        if hypot(leader[0][0] - leader[1][0], leader[0][1] - leader[1][1]) < 4.0:
            continue
        if want.urgent or not index.passes(leader, want.anchor):
            crowd = 15.0 if _rivalled(want, box, _LONELY, index) else 0.0
            yield Spot(box, leader, price + _LEADER + _CROSSED * index.crossed(leader) + crowd)


def _rivalled(want: Want, box: Box, reach: float, index: _Index) -> bool:
    """Return whether a label would stand close to a mark that is not its own."""
    return any(box_to_box(mark, box) <= reach and box_to_box(mark, want.anchor) > 0 for mark in index.marks(box, reach))


def _distance(want: Want, box: Box) -> float:
    if want.path:
        return polyline_to_box(want.path, box)
    if want.border:
        return polyline_to_box((*want.border, want.border[0]), box)
    if want.inside:
        return min(
            segment_to_box(a, b, box) for a, b in zip(want.inside, want.inside[1:] + want.inside[:1], strict=True)
        )
    return box_to_box(want.anchor, box)


def _leader(want: Want, box: Box) -> Segment:
    """Return the line from a label to its thing: to the edge of a mark, or a little into a region."""
    if want.inside:
        center = middle(want.inside)
        return _nearest(box.inset(-2.0), center), center
    x, y = want.anchor.center
    start = _nearest(box.inset(-2.0), (x, y))
    met = clip(start, (x, y), want.anchor.inset(-1.5))
    share = met[0] if met is not None else 1.0
    return start, (start[0] + (x - start[0]) * share, start[1] + (y - start[1]) * share)


def _nearest(box: Box, point: Point) -> Point:
    """Return the point of a box that is nearest to another."""
    return min(max(point[0], box.x), box.right), min(max(point[1], box.y), box.bottom)
