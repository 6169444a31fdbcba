"""Routed arrows → a place for every label beside its own arrow, or a demand for more room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from archkit import text
from archkit.drawing import Box, Point
from archkit.layout.callouts import half_width, sign_box
from archkit.layout.coordinates import Demands, Geometry, Wishes
from archkit.layout.tracks import Segment, Wire
from archkit.picture import Edge
from archkit.theme import Theme

_STEP_RADIUS = 8.5
_STEP_GAP = 4.0
_GAP = 3.0  # between a label and its arrow
_CLEAR = 4.0  # between a label and anything else
_APART = 9.0  # between labels side by side, which would else read as one
_FOREIGN = 7.0  # between a label and another arrow: more than to its own
_BUCKET = 160.0
_WIDEST = 190.0
_NARROW, _NARROWER = 84.0, 62.0  # a label between two neighbours breaks into lines of this width


class Label(NamedTuple):
    """A label's text, broken into lines, with its size in pixels, the step's circle and a callout's square included."""

    lines: tuple[str, ...]
    step: int
    width: float
    height: float
    mark: str = ""


class PlacedLabel(NamedTuple):
    """A label with its box."""

    edge: int
    label: Label
    box: Box


def step_radius(step: int) -> float:
    """Return the radius of a step's circle, in pixels: larger where the number has more digits."""
    return _STEP_RADIUS + 3.0 * (len(str(step)) - 1)


def variants(edge: Edge, theme: Theme) -> tuple[Label, ...]:
    """Return the ways an arrow's label may be broken, fewest lines first; empty where there is nothing to write."""
    if not (edge.label or edge.step or edge.mark):
        return ()
    size = theme.sizes.label
    found: dict[tuple[str, ...], Label] = {}
    whole = text.width(edge.label, size, face=theme.face) if edge.label else 0.0
    longest_word = max((text.width(word, size, face=theme.face) for word in edge.label.split(" ")), default=0.0) + 0.5
    for share in (1.0, 0.56, 0.4, 0.3):
        limit = min(max(whole * share, longest_word), _WIDEST)
        lines = text.wrap(edge.label, limit, size, face=theme.face) if edge.label else ()
        if lines not in found:
            found[lines] = _sized(lines, edge.step, edge.mark, theme)
    return tuple(sorted(found.values(), key=lambda label: len(label.lines)))


def _sized(lines: tuple[str, ...], step: int, mark: str, theme: Theme) -> Label:
    size = theme.sizes.label
    width = max((text.width(line, size, face=theme.face) for line in lines), default=0.0)
    height = len(lines) * size * theme.sizes.leading
    if step:
        width += 2 * step_radius(step) + (_STEP_GAP if lines else 0.0)
        height = max(height, 2 * step_radius(step))
    if mark:
        width += 2 * half_width(mark) + (_STEP_GAP if lines or step else 0.0)
        height = max(height, sign_box(mark, (0.0, 0.0)).height)
    return Label(lines, step, width, height, mark)


def first_demands(
    wires: Sequence[Wire],
    labels: Sequence[tuple[Label, ...]],
    is_node_x: Sequence[bool],
    is_node_y: Sequence[bool],
    wishes: Wishes,
    roomy: bool,
    narrow: bool,
) -> None:
    """Ask for the room that labels most likely need, so that few have to ask again.

    An arrow straight from one box to its neighbour wants a gap as wide as its label; one that runs along a gap between
    rows wants its label above it if the figure may be ``roomy``. ``narrow`` figures break labels into shorter lines.
    """
    for number, (wire, choices) in enumerate(zip(wires, labels, strict=True)):
        if not choices:
            continue
        piece = wire[0]
        if len(wire) > 1 and roomy:
            _ask_above(wire, choices, number, is_node_y, wishes)
        if len(wire) > 1 or not piece.horizontal:
            continue
        gaps = [x for x in range(round(piece.low + 0.5), round(piece.high - 0.5) + 1) if not is_node_x[x]]
        nodes = sum(1 for x in range(round(piece.low + 0.5), round(piece.high - 0.5) + 1) if is_node_x[x])
        if nodes:
            continue  # long enough
        widest = _NARROWER if narrow else _NARROW
        fitting = [c for c in choices if c.width <= widest] or [min(choices, key=lambda c: c.width)]
        need = fitting[0].width + 2 * _CLEAR + 10 - (30 if len(gaps) == 1 else 16)
        middle = gaps[len(gaps) // 2]
        _widen(wishes.setdefault(-1 - number, Demands()).x_after, middle, need)


def _ask_above(wire: Wire, choices: tuple[Label, ...], number: int, is_node_y: Sequence[bool], wishes: Wishes) -> None:
    pieces = [p for p in wire if p.horizontal and not is_node_y[p.line] and p.high - p.low >= 2]
    if pieces:
        piece = max(pieces, key=lambda p: p.high - p.low)
        wish = wishes.setdefault(-1 - number, Demands())
        wish.before[(True, piece.line, piece.stretch, piece.track)] = choices[0].height + _GAP


class _Obstacles:
    """Boxes in buckets, so that looking for what is near does not look at everything."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[int, int], list[tuple[float, float, float, float, int]]] = {}

    def add(self, box: Box, owner: int = -1) -> None:
        """Add a box; ``owner`` is the number of the arrow it belongs to."""
        entry = (box.x, box.y, box.right, box.bottom, owner)
        box = box.inset(-_FOREIGN)
        for column in range(int(box.x // _BUCKET), int(box.right // _BUCKET) + 1):
            for row in range(int(box.y // _BUCKET), int(box.bottom // _BUCKET) + 1):
                self._buckets.setdefault((column, row), []).append(entry)

    def near(self, box: Box) -> list[tuple[float, float, float, float, int]]:
        """Return the boxes that may touch a box; some twice."""
        found: list[tuple[float, float, float, float, int]] = []
        for column in range(int(box.x // _BUCKET), int(box.right // _BUCKET) + 1):
            for row in range(int(box.y // _BUCKET), int(box.bottom // _BUCKET) + 1):
                found += self._buckets.get((column, row), ())
        return found


class Labeller:
    """Places the labels of one figure.

    Args:
        geometry: Where boxes and arrows lie.
        wires: The arrows' pieces.
        borders: Thin boxes that labels keep off: borders of lanes and clusters, their titles.
    """

    def __init__(self, geometry: Geometry, wires: Sequence[Wire], borders: Sequence[Box]) -> None:
        self._geometry = geometry
        self._wires = wires
        self._obstacles = _Obstacles()
        for box in (*geometry.boxes.values(), *borders):
            self._obstacles.add(box.inset(-_CLEAR))
        for number, points in enumerate(geometry.wires):
            for one, two in pairwise(points):
                self._obstacles.add(_thin(one, two), number)

    def place(self, labels: Sequence[tuple[Label, ...]]) -> tuple[list[PlacedLabel], list[int]]:
        """Return the labels that found a place, and the numbers of the arrows whose labels did not."""
        placed: list[PlacedLabel] = []
        failed: list[int] = []
        order = [number for number, choices in enumerate(labels) if choices]
        order.sort(key=lambda number: (_length(self._geometry.wires[number]), number))
        for number in order:
            best = self._best(number, labels[number])
            if best is None:
                failed.append(number)
                continue
            placed.append(best)
            box = best.box
            beside = Box(box.x - _APART, box.y - _CLEAR, box.width + 2 * _APART, box.height + 2 * _CLEAR)
            self._obstacles.add(beside, -2)
        return placed, failed

    def _best(self, number: int, choices: tuple[Label, ...]) -> PlacedLabel | None:
        best: PlacedLabel | None = None
        best_score = 1e9
        points = self._geometry.wires[number]
        last = len(points) - 2
        for index, (one, two) in enumerate(pairwise(points)):
            piece = self._wires[number][index]
            base = (0.0 if piece.horizontal else 4.0) + 1.2 * (piece.tracks - 1)
            if last and index == 0 and piece.tracks > 1:
                base += 2.0  # where arrows fan out, a name stands behind the fork
            for choice in choices:
                lines = base + 1.5 * max(0, len(choice.lines) - 1)
                for side in (0, 1):
                    score = lines + side * 1.5
                    if score >= best_score:
                        continue
                    box = self._slot(number, one, two, choice, side)
                    if box is None:
                        continue
                    score += _off_centre(box, one, two) / 60
                    if score < best_score:
                        best, best_score = PlacedLabel(number, choice, box), score
        return best

    def _slot(self, number: int, one: Point, two: Point, label: Label, side: int) -> Box | None:
        """Return the free place nearest to the middle of a piece on one of its sides."""
        if one[1] == two[1]:
            low, high = min(one[0], two[0]), max(one[0], two[0])
            if high - low < label.width:
                return None
            y = one[1] - _GAP - label.height if side == 0 else one[1] + _GAP
            region = Box(low, y, high - low, label.height)
            at = self._free(number, region, label.width, True, (low + high) / 2)
            return None if at is None else Box(at, y, label.width, label.height)
        low, high = min(one[1], two[1]), max(one[1], two[1])
        if high - low < label.height:
            return None
        x = one[0] + _GAP + 2 if side == 0 else one[0] - _GAP - 2 - label.width
        region = Box(x, low, label.width, high - low)
        at = self._free(number, region, label.height, False, (low + high) / 2)
        return None if at is None else Box(x, at, label.width, label.height)

    def _free(self, number: int, region: Box, need: float, horizontal: bool, wish: float) -> float | None:
        """Return where in a region a stretch of ``need`` pixels is free, as near to ``wish`` (its middle) as can be."""
        x, y, right, bottom = region.x, region.y, region.right, region.bottom
        start, end = (x, right) if horizontal else (y, bottom)
        blocked: list[tuple[float, float]] = []
        for left, top, over, under, owner in self._obstacles.near(region):
            if owner >= 0:
                by = 1.0 if owner == number else _FOREIGN
                left, top, over, under = left - by, top - by, over + by, under + by
            if left < right and x < over and top < bottom and y < under:
                blocked.append((left, over) if horizontal else (top, under))
        blocked.sort()
        best: float | None = None
        at = start
        for low, high in (*blocked, (end, end)):
            if low - at >= need - 1e-6:
                spot = min(max(wish - need / 2, at), low - need)
                if best is None or abs(spot + need / 2 - wish) < abs(best + need / 2 - wish):
                    best = spot
            at = max(at, high)
        return best


def _thin(one: Point, two: Point) -> Box:
    left, top = min(one[0], two[0]), min(one[1], two[1])
    return Box(left, top, abs(one[0] - two[0]), abs(one[1] - two[1]))


def _length(points: Sequence[Point]) -> float:
    return fsum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _off_centre(box: Box, one: Point, two: Point) -> float:
    middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
    return abs(box.center[0] - middle[0]) if one[1] == two[1] else abs(box.center[1] - middle[1])


def demand_room(
    failed: Sequence[int],
    geometry: Geometry,
    wires: Sequence[Wire],
    labels: Sequence[tuple[Label, ...]],
    is_node: tuple[Sequence[bool], Sequence[bool]],
    wishes: Wishes,
    attempts: dict[int, int],
) -> None:
    """Ask for the room that labels without a place need, on the piece of their arrow that suits best.

    Args:
        failed: Numbers of the arrows.
        geometry: Where things lie now.
        wires: The arrows' pieces.
        labels: The ways each label may be broken.
        is_node: Per x line and per y line, whether nodes stand on it.
        wishes: Per arrow what it asked for; its entry is replaced.
        attempts: How often each arrow has asked before; later attempts ask for more, then try another piece.
    """
    for number in failed:
        attempt = attempts.get(number, 0)
        attempts[number] = attempt + 1
        points = geometry.wires[number]
        pieces = sorted(wires[number], key=lambda p: _suitability(p, points))
        piece = pieces[attempt // 3 % len(pieces)]
        again = attempt % 3
        growth = 1.0 + 0.7 * (attempt // (3 * len(pieces)))  # when no piece had room, all ask for more
        one, two = points[piece.index], points[piece.index + 1]
        length = abs(one[0] - two[0]) + abs(one[1] - two[1])
        wish = wishes.setdefault(number, Demands())
        if again == 0:
            wish.clear()
        if piece.horizontal:
            choice = next((c for c in labels[number] if c.width <= length - 8), labels[number][-1])
            wish.before[(True, piece.line, piece.stretch, piece.track)] = (choice.height + _GAP + _FOREIGN + 1) * growth
            if again or length < choice.width + 8:
                # a border of a cluster may cut the gap in two, so that one part has to hold the label
                more = max(choice.width + 10 - length, 0) if again < 2 else choice.width + 10
                _widen(wish.x_after, _gap_within(piece, is_node[0]), (more + 24 * again) * growth)
            continue
        choice = labels[number][-1] if again else labels[number][min(1, len(labels[number]) - 1)]
        beside = (choice.width + _GAP + _FOREIGN + 3) * growth
        if piece.track + 1 < piece.tracks:
            wish.before[(False, piece.line, piece.stretch, piece.track + 1)] = beside
        elif piece.tracks > 1:
            wish.before[(False, piece.line, piece.stretch, piece.track)] = beside
        elif not is_node[0][piece.line]:
            _widen(wish.x_after, piece.line, beside)
        if is_node[0][piece.line] and (again or piece.tracks == 1):
            _widen(wish.x_after, piece.line + (1 if again == 1 else -1), beside)
        if again or length < choice.height + 8:
            _widen(
                wish.y_after, _gap_within(piece, is_node[1]), (max(choice.height + 8 - length, 0) + 16 * again) * growth
            )


def _widen(gaps: dict[int, float], gap: int | None, by: float) -> None:
    if gap is not None:
        gaps[gap] = max(gaps.get(gap, 0.0), by)


def _suitability(piece: Segment, points: Sequence[Point]) -> tuple[float, int]:
    one, two = points[piece.index], points[piece.index + 1]
    length = abs(one[0] - two[0]) + abs(one[1] - two[1])
    alone = piece.tracks == 1
    return -min(length, 200.0) * (1.0 if piece.horizontal else 0.6) - (40 if alone else 0), piece.index


def _gap_within(piece: Segment, is_node: Sequence[bool]) -> int | None:
    """Return the gap line nearest to the middle of the stretch that a piece crosses."""
    inside = [line for line in range(round(piece.low + 0.2), round(piece.high - 0.2) + 1) if not is_node[line]]
    return inside[len(inside) // 2] if inside else None
