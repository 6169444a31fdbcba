"""Arrows on lattice lines → side by side on tracks: what runs along the same stretch of a line never overlaps.

The order of two arrows on a shared line is read off from where they part: whoever turns left there lies on the left all
the way, so that arrows cross only where they must.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archkit.layout.route import EAST, NORTH, SOUTH, WEST, Path

_TRACK_SHARE = 1 / 4096  # of the distance of two lines: tracks keep to their own
_AT_NODE = 0.3  # how far before a node's line its border counts as lying


@dataclass(slots=True)
class Segment:
    """A straight piece of an arrow.

    Attributes:
        wire: Number of the arrow.
        index: Number of the piece along it.
        horizontal: Its direction.
        line: The line it runs on: a y line if horizontal, an x line otherwise.
        low: Where it begins on the crossing axis (in lines; at a node a little before or behind).
        high: Where it ends.
        forward: Whether the arrow runs from low to high.
        track: Its place among the tracks of its stretch, from 0.
        tracks: How many tracks that stretch has.
        stretch: Number of the stretch on its line.
    """

    wire: int
    index: int
    horizontal: bool
    line: int
    low: float
    high: float
    forward: bool
    track: int = 0
    tracks: int = 1
    stretch: int = 0


Wire = list[Segment]


def segments(paths: Sequence[Path]) -> list[Wire]:
    """Cut every path at its corners and give each piece its track."""
    wires = [_cut(number, path) for number, path in enumerate(paths)]
    by_line: dict[tuple[bool, int], list[Segment]] = {}
    for wire in wires:
        for piece in wire:
            by_line.setdefault((piece.horizontal, piece.line), []).append(piece)
    for pieces in by_line.values():
        for number, stretch in enumerate(_stretches(pieces)):
            for piece in stretch:
                piece.stretch = number
            _assign(wires, stretch)
    return wires


def crossings(wires: Sequence[Wire]) -> int:
    """Return in how many places two different arrows cross, now that all have their tracks."""
    level: list[tuple[float, float, float, int]] = []  # where it runs, from where, to where, whose
    upright: dict[int, list[tuple[float, float, float, int]]] = {}  # by the line that it runs on
    for number, wire in enumerate(wires):
        at = [piece.line + _TRACK_SHARE * (piece.track - (piece.tracks - 1) / 2) for piece in wire]
        for index, piece in enumerate(wire):
            ends = (
                at[index - 1] if index else piece.low if piece.forward else piece.high,
                at[index + 1] if index + 1 < len(wire) else piece.high if piece.forward else piece.low,
            )
            entry = (at[index], min(ends), max(ends), number)
            if piece.horizontal:
                level.append(entry)
            else:
                upright.setdefault(piece.line, []).append(entry)
    found = 0
    for y, left, right, number in level:
        for line in range(round(left), round(right) + 1):
            for x, top, bottom, other in upright.get(line, ()):
                if left < x < right and top < y < bottom and other != number:
                    found += 1
    return found


def _cut(number: int, path: Path) -> Wire:
    wire: Wire = []
    last = len(path) - 2
    for index, ((x, y), (x2, y2)) in enumerate(pairwise(path)):
        horizontal = y == y2
        start, end = (x, x2) if horizontal else (y, y2)
        forward = end > start
        sign = 1 if forward else -1
        a = start + sign * _AT_NODE if index == 0 else start
        b = end - sign * _AT_NODE if index == last else end
        wire.append(Segment(number, index, horizontal, y if horizontal else x, min(a, b), max(a, b), forward))
    return wire


def _stretches(pieces: list[Segment]) -> list[list[Segment]]:
    """Group the pieces of a line into stretches: sets joined by overlap."""
    found: list[list[Segment]] = []
    end = -1.0
    for piece in sorted(pieces, key=lambda p: (p.low, p.high, p.wire, p.index)):
        if found and piece.low <= end:
            found[-1].append(piece)
            end = max(end, piece.high)
        else:
            found.append([piece])
            end = piece.high
    return found


def _assign(wires: list[Wire], stretch: list[Segment]) -> None:
    """Give the pieces of a stretch their tracks, fewest first."""
    if len(stretch) == 1:
        return
    count = len(stretch)
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for i, one in enumerate(stretch):
        for j in range(i + 1, count):
            two = stretch[j]
            if two.low > one.high:
                break
            if one.low <= two.high:
                first, second = (i, j) if _precedes(wires, one, two) else (j, i)
                after[first].append(second)
                before[second].append(first)
    waiting = [len(found) for found in before]
    open_ = set(range(count))
    while open_:
        # a cycle of preferences is broken where the fewest are hurt
        chosen = min(open_, key=lambda i: (waiting[i], stretch[i].low, stretch[i].wire, stretch[i].index))
        open_.discard(chosen)
        stretch[chosen].track = max(
            (stretch[i].track + 1 for i in (*before[chosen], *after[chosen]) if i not in open_), default=0
        )
        for follower in after[chosen]:
            waiting[follower] -= 1
    tracks = max(piece.track for piece in stretch) + 1
    for piece in stretch:
        piece.tracks = tracks


def _precedes(wires: list[Wire], one: Segment, two: Segment) -> bool:
    """Return whether ``one`` lies above (left of, on a vertical line) ``two``."""
    high = _left_of(wires, one, two, EAST if one.horizontal else SOUTH)
    low = _left_of(wires, one, two, WEST if one.horizontal else NORTH)
    # facing east or north, left is the lower coordinate
    vote_high = -high if one.horizontal else high
    vote_low = low if one.horizontal else -low
    vote = vote_high + vote_low
    if vote == 0:
        vote = vote_high or (1 if (one.wire, one.index) > (two.wire, two.index) else -1)
    return vote < 0


def _left_of(wires: list[Wire], one: Segment, two: Segment, heading: int) -> int:
    """Return 1 if ``one`` must lie left of ``two`` on the way towards ``heading``, -1 if right, 0 if either will do."""
    up = heading in (EAST, SOUTH)
    while True:
        end, end2 = (one.high, two.high) if up else (one.low, two.low)
        turn = _turn(wires, one, heading)
        turn2 = _turn(wires, two, heading)
        if end != end2:
            ends_first = (end < end2) if up else (end > end2)
            return turn[0] if ends_first else -turn2[0]
        if turn[0] != turn2[0]:
            return 1 if turn[0] > turn2[0] else -1
        if turn[1] is None or turn2[1] is None:
            return 0
        one, two, heading = turn[1], turn2[1], turn[2]
        up = heading in (EAST, SOUTH)


def _turn(wires: list[Wire], piece: Segment, heading: int) -> tuple[int, Segment | None, int]:
    """Return how an arrow goes on at a piece's end (1 left, -1 right, 0 it ends), its next piece and heading."""
    step = 1 if piece.forward == (heading in (EAST, SOUTH)) else -1
    index = piece.index + step
    if not 0 <= index < len(wires[piece.wire]):
        return 0, None, heading
    following = wires[piece.wire][index]
    outwards = following.forward if step == 1 else not following.forward
    towards = (EAST if outwards else WEST) if following.horizontal else SOUTH if outwards else NORTH
    return (1 if towards == (heading - 1) % 4 else -1), following, towards
