"""Planes → their sizes, the places of their labels, and primitives: axes, regions, curves, arrows, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from archkit import text
from archkit.drawing import Anchor, Box, Group, Icon, Item, Line, Point, Polygon, Shape, Text, Weight, moved
from archkit.geometry import Segment, bounds
from archkit.layout.axes import Scale, axes
from archkit.layout.candidates import Want
from archkit.layout.fitted import Fitted, broken, em
from archkit.layout.placer import Ground, Spot, placed
from archkit.layout.signs import DASHES, HALO, halo, sign_items
from archkit.planes import Mark, Plane, Region, Series, Way
from archkit.theme import Theme

_MEASURE = 11.0  # longest line of a label, in em
_GROWTH = (1.0, 1.12, 1.25, 1.4, 1.6, 1.85, 2.2, 2.6, 3.2)
_PATIENCE = 3  # sizes in a row that help no further label, after which none will
_MODEST = 1.4  # growth up to which leaders are saved
_SAVED = 0.03  # growth that saving one leader is worth
_SHORT = 3  # lines that are kept of every label
_INSET = 4.0  # pixels between labels and the frame


class _Label(NamedTuple):
    """A label with its lines."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    want: Want
    of: str
    bold: bool


def fit_plane(plane: Plane, theme: Theme) -> Fitted:
    """Measure a plane: as large as is asked, or larger where its labels need it."""
    unit = em(theme)
    width = plane.width * unit
    height = plane.height * unit or width * abs((plane.y.high - plane.y.low) / (plane.x.high - plane.x.low))
    scale, labels, spots = _roomy(plane, width, height, theme)
    inside = _drawn(plane, scale, theme, labels, spots)
    around, left, top, right, bottom = axes(plane, scale, theme)
    items = [Group("plane", (*around, *inside), (("frame", plane.frame),))]

    def draw(box: Box) -> list[Item]:
        return [moved(item, box.x + left, box.y + top) for item in items]

    return Fitted(left + scale.width + right, top + scale.height + bottom, draw)


def _roomy(plane: Plane, width: float, height: float, theme: Theme) -> tuple[Scale, list[_Label], list[Spot | None]]:
    """Return the smallest size at which all labels find room, or a little more where that saves leaders."""
    best: tuple[float, Scale, list[_Label], list[Spot | None]] | None = None
    lost: list[int] = []
    for factor in _GROWTH:
        if (best is not None and factor > _MODEST) or (len(lost) > _PATIENCE and min(lost[-_PATIENCE:]) >= lost[0]):
            break
        scale = Scale(plane.x, plane.y, width * factor, height * factor)
        labels = _labels(plane, scale, theme)
        spots = placed([label.want for label in labels], _ground(plane, scale, theme))
        lost.append(spots.count(None))
        if not lost[-1]:
            leaders = sum(spot is not None and spot.leader is not None for spot in spots)
            price = leaders * _SAVED + (factor - 1.0)
            if best is None or price < best[0]:
                best = price, scale, labels, spots
            if not leaders:
                break
    if best is not None:
        return best[1:]
    factor = _GROWTH[min(range(len(lost)), key=lambda at: lost[at])]
    scale = Scale(plane.x, plane.y, width * factor, height * factor)
    labels = _labels(plane, scale, theme)
    ground = _ground(plane, scale, theme)
    return scale, *_crowded(labels, placed([label.want for label in labels], ground), ground, theme)


def _crowded(
    labels: Sequence[_Label], spots: Sequence[Spot | None], ground: Ground, theme: Theme
) -> tuple[list[_Label], list[Spot | None]]:
    """Place the labels that find no room between all lines where they hide only lines, by paper behind them.

    Of one that finds none there either, as it is higher than the plane, as much is kept as does.
    """
    taken = tuple(spot.box for spot in spots if spot is not None)
    kept, found = list(labels), list(spots)
    for at, whole in enumerate(labels):
        for label in () if found[at] is not None else (whole, *_shorter(whole, theme)):
            (spot,) = placed([label.want._replace(urgent=True)], Ground(ground.room, (*ground.solid, *taken), ()))
            if spot is not None:
                kept[at], found[at] = label, spot._replace(backed=True)
                taken = (*taken, spot.box)
                break
    return kept, found


def _shorter(label: _Label, theme: Theme) -> Iterator[_Label]:
    """Yield a long label with ever fewer of its lines, and an ellipsis at the end."""
    for count in range(len(label.lines) - 1, _SHORT - 1, -1):
        *lines, last = label.lines[:count]
        yield _of_lines((*lines, f"{last} …"), label.want, label.of, label.bold, theme)


# what labels keep off, and what they belong to


def _ground(plane: Plane, scale: Scale, theme: Theme) -> Ground:
    lines: list[Segment] = []
    for region in plane.regions:
        corners = _clipped(scale.all(region.points), scale)
        if region.stroke and corners:
            lines += pairwise((*corners, corners[0]))
    for series in plane.series:
        lines += pairwise(scale.all(series.points))
    lines += [_ends(way, plane, scale, theme) for way in plane.ways]
    solid = [_mark_box(mark, scale, theme) for mark in plane.marks]
    for series in plane.series:
        if series.sign != "none":
            solid += [Box(x - 4, y - 4, 8.0, 8.0) for x, y in scale.all(series.points)]
    room = Box(0.0, 0.0, scale.width, scale.height).inset(_INSET)
    return Ground(room, tuple(solid), tuple(line for line in lines if line[0] != line[1]))


def _mark_box(mark: Mark, scale: Scale, theme: Theme) -> Box:
    x, y = scale.at((mark.x, mark.y))
    half = mark.size * em(theme) / 2 + (HALO if mark.halo else 0.0)
    if mark.sign == "none" and not mark.glyph and not mark.halo:
        half = 0.0
    return Box(x - half, y - half, 2 * half, 2 * half)


def _labels(plane: Plane, scale: Scale, theme: Theme) -> list[_Label]:
    found: list[_Label] = []
    spots: dict[Point, list[int]] = {}
    for at, mark in enumerate(plane.marks):
        if mark.text:
            spots.setdefault((mark.x, mark.y), []).append(at)
    for first, *more in spots.values():  # marks in one place share a label of several lines
        mark, words = plane.marks[first], tuple(plane.marks[at].text for at in (first, *more))
        want = Want(_mark_box(mark, scale, theme), 0, 0)
        found.append(_label(words, want, f"mark {first}", mark.bold, theme))
    for at, region in enumerate(plane.regions):
        corners = _clipped(scale.all(region.points), scale)
        if region.text and corners:
            want = Want(bounds(corners), 0, 0)
            want = want._replace(border=corners) if region.beside else want._replace(inside=corners)
            found.append(_label((region.text,), want, f"region {at}", region.bold, theme))
    for at, way in enumerate(plane.ways):
        if way.text:
            ends = _ends(way, plane, scale, theme)
            found.append(_label((way.text,), Want(bounds(ends), 0, 0, (), ends), f"way {at}", way.bold, theme))
    for at, series in enumerate(plane.series):
        if series.text:
            points = scale.all(series.points)
            found.append(_label((series.text,), Want(bounds(points), 0, 0, (), points), f"series {at}", False, theme))
    return found


def _label(words: tuple[str, ...], want: Want, of: str, bold: bool, theme: Theme) -> _Label:
    size, weight = theme.sizes.label, _weight(bold)
    lines: tuple[str, ...] = ()
    for each in words:
        lines += broken(each, _MEASURE, size, weight, theme, most=16.0)
    return _of_lines(lines, want, of, bold, theme)


def _of_lines(lines: tuple[str, ...], want: Want, of: str, bold: bool, theme: Theme) -> _Label:
    size, weight = theme.sizes.label, _weight(bold)
    widths = tuple(text.width(line, size, weight, face=theme.face) for line in lines)
    high = (len(lines) - 1) * size * theme.sizes.leading + size * (text.ASCENT + text.DESCENT)
    return _Label(lines, widths, want._replace(width=max(widths), height=high), of, bold)


def _ends(way: Way, plane: Plane, scale: Scale, theme: Theme) -> Segment:
    """Return where an arrow begins and ends, off the marks that stand at its ends."""
    (ax, ay), (bx, by) = scale.at(way.tail), scale.at(way.head)
    length = hypot(bx - ax, by - ay)
    if not length:
        return (ax, ay), (bx, by)
    first, last = _radius(way.tail, plane, theme), _radius(way.head, plane, theme)
    if first + last > 0.8 * length:
        return (ax, ay), (bx, by)
    dx, dy = (bx - ax) / length, (by - ay) / length
    return (ax + dx * first, ay + dy * first), (bx - dx * last, by - dy * last)


def _radius(point: Point, plane: Plane, theme: Theme) -> float:
    at = [mark for mark in plane.marks if (mark.x, mark.y) == point and (mark.sign != "none" or mark.glyph)]
    return max((mark.size * em(theme) / 2 + 1.5 + (HALO if mark.halo else 0.0) for mark in at), default=0.0)


def _clipped(corners: Sequence[Point], scale: Scale) -> tuple[Point, ...]:
    """Return the part of a convex or mildly bent polygon inside the plane (Sutherland and Hodgman, 1974)."""
    found = list(corners)
    for axis, bound, keep in ((0, 0.0, 1), (0, scale.width, -1), (1, 0.0, 1), (1, scale.height, -1)):
        before, found = found, []
        for a, b in zip(before, before[1:] + before[:1], strict=True):
            inside = [(point[axis] - bound) * keep >= 0 for point in (a, b)]
            if inside[0]:
                found.append(a)
            if inside[0] != inside[1]:
                share = (bound - a[axis]) / (b[axis] - a[axis])
                found.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
        if not found:
            return ()
    return tuple(found)


# drawing


def _drawn(
    plane: Plane, scale: Scale, theme: Theme, labels: Sequence[_Label], spots: Sequence[Spot | None]
) -> list[Item]:
    items: list[Item] = []
    for at, region in enumerate(plane.regions):
        items += _region(region, at, scale, theme)
    for at, series in enumerate(plane.series):
        items.append(_series(series, at, scale))
    for at, way in enumerate(plane.ways):
        stroke = 2.25 if way.bold else theme.strokes.wire
        dash = theme.strokes.group_dash if way.dashed else ()
        line = Line(_ends(way, plane, scale, theme), way.tone, stroke, dash, 0.0, "none" if way.plain else "arrow")
        items.append(Group("way", (line,), (("id", f"way {at}"),)))
    for at, mark in enumerate(plane.marks):
        items.append(_mark(mark, at, scale, theme))
    items += [_words(label, spot, theme) for label, spot in zip(labels, spots, strict=True) if spot is not None]
    return items


def _region(region: Region, at: int, scale: Scale, theme: Theme) -> list[Item]:
    corners = _clipped(scale.all(region.points), scale)
    if not corners:
        return []
    dash = theme.strokes.group_dash if region.dashed else ()
    stroke = (theme.strokes.node + (0.75 if region.bold else 0.0)) if region.stroke else 0.0
    area = Polygon(corners, region.fill, region.stroke, stroke, dash)
    return [Group("region", (area,), (("id", f"region {at}"),))]


def _series(series: Series, at: int, scale: Scale) -> Group:
    points = scale.all(series.points)
    kept = [points[0], *(b for a, b in pairwise(points) if hypot(a[0] - b[0], a[1] - b[1]) > 0.01)]
    line = Line(tuple(kept), series.tone, 2.5 if series.bold else 1.75, DASHES[series.pattern], 0.0)
    signs = [item for point in points for item in sign_items(series.sign, point, 7.0, series.tone)]
    return Group("series", ((line, *signs) if len(kept) > 1 else tuple(signs)), (("id", f"series {at}"),))


def _mark(mark: Mark, at: int, scale: Scale, theme: Theme) -> Group:
    middle = scale.at((mark.x, mark.y))
    side = mark.size * em(theme)
    box = Box(middle[0] - side / 2, middle[1] - side / 2, side, side)
    items: list[Item] = (
        [Icon(f"glyph:{mark.glyph}", box, mark.tone)] if mark.glyph else sign_items(mark.sign, middle, side, mark.tone)
    )
    if mark.halo:
        items.append(halo(box))
    if not items:  # only its label is seen; where it stands has to be known all the same
        items.append(Shape("circle", Box(*middle, 0.0, 0.0), "", "", 0.0, (), 0.0))
    return Group("mark", tuple(items), (("id", f"mark {at}"),))


def _words(label: _Label, spot: Spot, theme: Theme) -> Group:
    size, leading = theme.sizes.label, theme.sizes.label * theme.sizes.leading
    box = spot.box
    anchor = label.want.anchor
    left = box.right <= anchor.x + 0.5
    right = box.x >= anchor.right - 0.5
    align: Anchor
    align, x = ("end", box.right) if left else ("start", box.x) if right else ("middle", box.center[0])
    items: list[Item] = []
    if spot.leader is not None:
        items.append(Line(spot.leader, "muted", theme.strokes.leader, (), 0.0, "none", "none", "leader"))
    if spot.backed:
        items.append(Shape("rect", box.inset(-1.0), "paper", "", 0.0, (), 0.0, "backing"))
    y = box.y + text.ASCENT * size
    for line, wide in zip(label.lines, label.widths, strict=True):
        items.append(Text(x, y, line, size, wide, _weight(label.bold), align, "ink", "label"))
        y += leading
    data = (("of", label.of), *((("stands", "inside"),) if label.want.inside else ()))
    return Group("mark-label", tuple(items), data)


def _weight(bold: bool) -> Weight:
    return "semibold" if bold else "regular"
