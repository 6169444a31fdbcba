"""Things and links → planes with marks and lines: around a circle with few crossings, or in two columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import cos, fsum, pi, sin
from typing import NamedTuple

from archkit.figures.common import glyph_for
from archkit.planes import Axis, Mark, Plane, Way

_CLEAR = 1.5  # em between a line and the middle of a thing that it passes
_APART = 4.0  # em around the circle from one thing to the next
_LEAST = 6.5  # em, the radius of the smallest circle
_GLYPH = 1.7
_COLUMN = 3.4  # em between things in a column
_BETWEEN = 11.0  # em between two columns
_MEASURE = 11.0  # em, the longest line of a label
_LETTER = 0.56  # em, about
_WORK = 2_000_000  # pairs of links that are compared for one order, at most


class Tie(NamedTuple):
    """A line between two things.

    Attributes:
        tail: One end.
        head: The other end.
        text: What stands at it.
        tone: Colour role.
        dashed: Whether it is dashed.
        bold: Whether it is thick.
    """

    tail: str
    head: str
    text: str = ""
    tone: str = "ink"
    dashed: bool = False
    bold: bool = False


def circle_order(names: Sequence[str], links: Sequence[tuple[str, str]]) -> list[str]:
    """Return an order of things around a circle in which few links cross.

    Two things change places as long as that takes away crossings, or shortens links without adding one.

    Args:
        names: In the order written.
        links: Between them.
    """
    order = list(names)
    best = _cost(order, links)
    swaps = len(order) * (len(order) - 1) // 2
    for _ in range(max(2, _WORK // max(1, swaps * len(links) ** 2))):
        trials = []
        for a, b in combinations(range(len(order)), 2):
            trial = order.copy()
            trial[a], trial[b] = trial[b], trial[a]
            trials.append((_cost(trial, links), a, b))
        if not trials or min(trials)[0] >= best:
            break
        best, a, b = min(trials)
        order[a], order[b] = order[b], order[a]
    start = order.index(names[0]) if names else 0
    return order[start:] + order[:start]


def _cost(order: Sequence[str], links: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Return how many links cross, and how long they are together in steps around the circle."""
    at = {name: place for place, name in enumerate(order)}
    chords = [(min(at[a], at[b]), max(at[a], at[b])) for a, b in links]
    crossings = sum(_cross(one, other) for one, other in combinations(chords, 2))
    return crossings, sum(min(b - a, len(order) - b + a) for a, b in chords)


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    (a, b), (c, d) = one, other
    return a < c < b < d or c < a < d < b


def around(order: Sequence[str], ties: Sequence[Tie], glyph: str, strong: Sequence[str] = ()) -> Plane:
    """Return things on a circle with the lines between them.

    A line between two things of a circle passes no third one; the circle is so large that it keeps off them too.

    Args:
        order: Around the circle, from the top.
        ties: Lines.
        glyph: What a thing is, as ``user``.
        strong: Things whose names stand out.
    """
    count = max(3, len(order))
    radius = max(_LEAST, _APART * count / (2 * pi), _CLEAR / _nearest(order, ties))
    places = {
        name: (round(sin(2 * pi * at / count), 6), round(cos(2 * pi * at / count), 6)) for at, name in enumerate(order)
    }
    room = max(_room([name]) - radius * (1 - abs(x)) for name, (x, _) in places.items()) / radius
    x, y = Axis(-1.1 - room, 1.1 + room), Axis(-1.25, 1.25)
    return _plane(x, y, places, ties, dict.fromkeys(order, glyph), strong, (2.2 + 2 * room) * radius)


def _nearest(order: Sequence[str], ties: Sequence[Tie]) -> float:
    """Return how near a line comes to a thing that it passes, as a share of the radius.

    A line over ``s`` steps of a circle of ``n`` cuts off an arc; of the things on it the outer ones are nearest.
    """
    at, count = {name: place for place, name in enumerate(order)}, len(order)
    steps = {abs(at[tie.tail] - at[tie.head]) for tie in ties if tie.tail in at and tie.head in at}
    passed = [cos(pi * (s - 2) / count) - cos(pi * s / count) for s in {min(s, count - s) for s in steps} if s > 1]
    return min(passed, default=1.0)


def columns(
    left: Sequence[str], right: Sequence[str], ties: Sequence[Tie], glyphs: tuple[str, str], strong: Sequence[str] = ()
) -> Plane:
    """Return things in two columns with the lines between them.

    Args:
        left: From the top.
        right: From the top.
        ties: Lines from left to right.
        glyphs: What a thing at the left and at the right is.
        strong: Things whose names stand out.
    """
    count = max(len(left), len(right), 2)
    places = {("l", name): (0.0, _at(at, len(left), count)) for at, name in enumerate(left)}
    places |= {("r", name): (1.0, _at(at, len(right), count)) for at, name in enumerate(right)}
    named = {f"{side}:{name}": place for (side, name), place in places.items()}
    shown = [tie._replace(tail=f"l:{tie.tail}", head=f"r:{tie.head}") for tie in ties]
    drawn = {name: glyphs[0] if name.startswith("l:") else glyphs[1] for name in named}
    rooms = _room(left), _room(right)
    x = Axis(-rooms[0] / _BETWEEN, 1 + rooms[1] / _BETWEEN)
    y = Axis(-0.35 / (count - 1), 1 + 0.35 / (count - 1))
    marked = [f"{side}:{name}" for side in "lr" for name in strong]
    return _plane(x, y, named, shown, drawn, marked, fsum(rooms) + _BETWEEN, _COLUMN * (count - 0.3))


def _room(names: Sequence[str]) -> float:
    """Return about how much room names need beside their things, in em."""
    return 2.2 + min(_MEASURE, _LETTER * max(map(len, names), default=0))


def _at(place: int, own: int, most: int) -> float:
    """Return the height of a thing in its column, both columns having the same middle."""
    return 1.0 - (place + (most - own) / 2) / max(1, most - 1)


def _plane(
    x: Axis,
    y: Axis,
    places: Mapping[str, tuple[float, float]],
    ties: Sequence[Tie],
    glyphs: Mapping[str, str],
    strong: Sequence[str],
    width: float,
    height: float = 0.0,
) -> Plane:
    marks = tuple(
        Mark(*place, name.removeprefix("l:").removeprefix("r:"), "none", glyph_for(glyphs[name], "user"),
             "accent" if name in strong else "ink", _GLYPH, name in strong)
        for name, place in places.items()
    )  # fmt: skip
    ways = tuple(
        Way(places[tie.tail], places[tie.head], tie.text, tie.tone, tie.dashed, tie.bold, True)
        for tie in ties
        if tie.tail in places and tie.head in places
    )
    return Plane(x, y, ways=ways, marks=marks, frame="none", width=width, height=height)
