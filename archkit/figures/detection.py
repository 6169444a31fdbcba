"""True and found boxes → overlap over union with its sum, suppression of doubles, and average precision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Grid, Link, Row, Words
from archkit.figures.common import glyph_for, heads, panel, picture, series
from archkit.figures.spaces import decimals, legend, plain
from archkit.metrics import Found, Image, Match, Rect, average_precision_at_iou, intersection, iou, matches
from archkit.metrics.overlap import area_of
from archkit.metrics.suppression import suppress
from archkit.model.authored.detection import PARTS, DetectionFigure, FoundBox, TrueBox, name_of
from archkit.pictures import Picture
from archkit.planes import Axis, Mark, Plane, Region, Sample, rectangle

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.quantity import Quantity

_HALF = Fraction(1, 2)
_WIDTH = 21.0
_MANY = 4  # remarks from which on they stand in two columns


class Class(NamedTuple):
    """The boxes of one class of things; all boxes where no class is told apart.

    Attributes:
        name: Of the class; empty where none is told apart.
        truth: True boxes.
        found: Found boxes.
    """

    name: str
    truth: tuple[TrueBox, ...]
    found: tuple[FoundBox, ...]

    def image(self, kept: frozenset[str]) -> Image:
        """Return the boxes as metrics want them, with only some of those found."""
        found = tuple(_found(box) for box in self.found if box.id in kept)
        return Image(tuple(rect(box) for box in self.truth), found)


class Fate(NamedTuple):
    """What becomes of a found box: the id of the one that suppresses it, if any, and their overlap."""

    box: FoundBox
    by: str
    overlap: Fraction


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: true boxes and found ones."""
    if isinstance(spec, DetectionFigure) and spec.truth and spec.found:
        return []
    box = "[40, 60, 200, 180]"
    return [f"`figures: - {{kind: detection, size: [640, 480], truth: {{car: {box}}}, found: {{a: …}}}}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a panel for each part."""
    assert isinstance(spec, DetectionFigure)  # noqa: S101  `needs` says so
    shown = tuple(dict.fromkeys(spec.show)) or PARTS
    parts: list[Block] = []
    if "nms" in shown:
        parts.append(_suppression(spec))
    lower = [_overlap(spec)] if "iou" in shown else []
    lower += [_precision(spec)] if "ap" in shown else []
    if lower:
        parts.append(Row(tuple(lower), 1.2, "stretch") if len(lower) > 1 else lower[0])
    words = {"iou": "overlap over union", "nms": "suppression of doubles", "ap": "average precision"}
    told = series(words[part] for part in PARTS if part in shown)
    return picture("detection", "Detection", f"{blueprint.title}: {told}", Column(tuple(parts), 1.2, "stretch"), spec)


def rect(box: TrueBox) -> Rect:
    """Return the edges of a box."""
    return Rect(*box.box)


def _found(box: FoundBox) -> Found:
    return Found(rect(box), box.score.value)


def classes(spec: DetectionFigure) -> tuple[Class, ...]:
    """Return the boxes by class where every box has a label, else all of them together."""
    boxes: list[TrueBox] = [*spec.truth.values(), *spec.found.values()]
    if not all(box.label for box in boxes):
        return (Class("", tuple(spec.truth.values()), tuple(spec.found.values())),)
    return tuple(
        Class(
            label,
            tuple(box for box in spec.truth.values() if box.label == label),
            tuple(box for box in spec.found.values() if box.label == label),
        )
        for label in dict.fromkeys(box.label for box in boxes)
    )


def fates(spec: DetectionFigure) -> dict[str, Fate]:
    """Return what suppression does with every found box, each class for itself."""
    told: dict[str, Fate] = {}
    for each in classes(spec):
        for kept in suppress([_found(box) for box in each.found], _bound(spec.nms)):
            by = each.found[kept.by].id if kept.by is not None else ""
            told[each.found[kept.found].id] = Fate(each.found[kept.found], by, kept.overlap)
    return told


def _bound(value: Quantity | None) -> Fraction:
    return value.value if value is not None else _HALF


def _share(value: Fraction) -> str:
    return decimals(float(value))


# before and after suppression


def _suppression(spec: DetectionFigure) -> Block:
    told = fates(spec)
    kept = [fate.box for fate in told.values() if not fate.by]
    before = _image(spec, spec.found.values())
    after = _image(spec, kept)
    gone = len(told) - len(kept)
    rule = f"suppress from IoU {_share(_bound(spec.nms))} on"
    pictures = Row(
        (
            Boxed(
                Column((Words(f"Before: {len(told)} boxes", "strong"), before), 0.5), "before", stroke="", padding=0.5
            ),
            Link("before", "after", rule, least=6.0),
            Boxed(Column((Words(f"After: {len(kept)} boxes", "strong"), after), 0.5), "after", stroke="", padding=0.5),
        ),
        0.2,
    )
    key = legend(
        (
            (Sample("good", fill="node.fill", bold=True), "true"),
            (Sample("accent", fill="node.fill", dashed=True), "found"),
        )
    )
    lines = [_reason(fate, told[fate.by].box) for fate in told.values() if fate.by]
    notes = [Words(line, "note", measure=60) for line in lines] or [Words("No box is suppressed.", "note")]
    return panel(
        f"Non-maximum suppression: {gone} of {len(told)} boxes suppressed",
        Column((pictures, key, _columns(notes)), 0.6),
        measure=40,
    )


def _columns(notes: Sequence[Block]) -> Block:
    """Return remarks below each other, in two columns where they are many."""
    if len(notes) < _MANY:
        return Column(tuple(notes), 0.15)
    half = -(-len(notes) // 2)
    return Row((Column(tuple(notes[:half]), 0.15), Column(tuple(notes[half:]), 0.15)), 1.6, "start")


def _reason(fate: Fate, rival: FoundBox) -> str:
    own = name(fate.box)
    told = f"{own[0].upper()}{own[1:]} ({_score(fate.box)}) overlaps {_share(fate.overlap)} with {name(rival)}"
    return f"{told}, which is surer."


def name(box: FoundBox) -> str:
    """Return what a found box is called: its id, as scores alone do not tell boxes apart."""
    return f"box {box.id}"


def _score(box: FoundBox) -> str:
    return _share(box.score.value)


def _image(spec: DetectionFigure, found: Iterable[FoundBox]) -> Plane:
    """Return the image with the true boxes and some of those found."""
    regions = [
        Region(_corners(box), name_of(box), stroke="good", bold=True, beside=True) for box in spec.truth.values()
    ]
    regions += [
        Region(_corners(box), f"{box.id} {_score(box)}", stroke="accent", dashed=True, beside=True) for box in found
    ]
    things = tuple(_thing(box) for box in spec.truth.values())
    return Plane(*_axes(spec), tuple(regions), (), (), things, width=_WIDTH)


def _axes(spec: DetectionFigure) -> tuple[Axis, Axis]:
    return Axis(0.0, float(spec.size[0])), Axis(float(spec.size[1]), 0.0)  # rows of pixels count downwards


def _corners(box: TrueBox) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = map(float, box.box)
    return rectangle(left, top, right, bottom)


def _thing(box: TrueBox) -> Mark:
    left, top, right, bottom = map(float, box.box)
    return Mark((left + right) / 2, (top + bottom) / 2, glyph=glyph_for(name_of(box)), tone="muted", size=1.6)


# one pair


def _overlap(spec: DetectionFigure) -> Block:
    each = next(one for one in classes(spec) if one.found and _pair_in(spec, one) is not None)
    box = _pair_in(spec, each)
    assert box is not None  # noqa: S101  it was just found
    truth = max(each.truth or tuple(spec.truth.values()), key=lambda one: iou(rect(one), rect(box)))
    both = intersection(rect(truth), rect(box))
    lap = _lap(truth, box)
    regions = [
        Region(_corners(truth), name_of(truth), "", "good", bold=True, beside=True),
        Region(_corners(box), f"{box.id} {_score(box)}", "", "accent", True, beside=True),
    ]
    if both:
        regions.insert(0, Region(rectangle(*map(float, lap)), "overlap", "highlight", "", beside=False))
    plane = Plane(*_close((truth, box)), tuple(regions), (), (), (), "none", width=16.0)
    return panel("Intersection over union", Row((plane, _sum(spec, truth, box, lap, both)), 1.6), measure=40)


def _pair_in(spec: DetectionFigure, each: Class) -> FoundBox | None:
    """Return the box of a class whose overlap is to be worked out: the one asked for, or the surest of all."""
    surest = max(spec.found.values(), key=lambda box: box.score.value)
    wanted = spec.pair or surest.id
    return next((box for box in each.found if box.id == wanted), None)


def _lap(a: TrueBox, b: TrueBox) -> tuple[Fraction, ...]:
    return max(a.box[0], b.box[0]), max(a.box[1], b.box[1]), min(a.box[2], b.box[2]), min(a.box[3], b.box[3])


def _close(boxes: Sequence[TrueBox]) -> tuple[Axis, Axis]:
    """Return axes around some boxes, with room for their labels."""
    left, right = min(box.box[0] for box in boxes), max(box.box[2] for box in boxes)
    top, bottom = min(box.box[1] for box in boxes), max(box.box[3] for box in boxes)
    room = float(max(right - left, bottom - top)) * 0.14
    across, down = float(right - left) + 2 * room, float(bottom - top) + 2 * room
    wider = max(0.0, 0.8 * down - across) / 2
    return (
        Axis(float(left) - room - wider, float(right) + room + wider),
        Axis(float(bottom) + room, float(top) - room),
    )


def _sum(spec: DetectionFigure, truth: TrueBox, box: FoundBox, lap: Sequence[Fraction], both: Fraction) -> Block:
    """Return the working: both areas, what they share, what they cover together, and the quotient."""
    first, second = area_of(rect(truth)), area_of(rect(box))
    union = first + second - both
    share = iou(rect(truth), rect(box))
    bound = _bound(spec.iou)
    sides = f"{plain(float(lap[2] - lap[0]))} × {plain(float(lap[3] - lap[1]))}" if both else "they do not touch"
    rows: list[tuple[Block | None, ...]] = [
        (Words("overlap"), Words(sides), Words(f"= {_area(both)}")),
        (Words(f"true {name_of(truth)}", measure=10.0), Words(_sides(truth)), Words(f"= {_area(first)}")),
        (Words(name(box)), Words(_sides(box)), Words(f"= {_area(second)}")),
        (
            Words("union", measure=10.0),
            Words(f"{_area(first)} + {_area(second)} − {_area(both)}"),
            Words(f"= {_area(union)}"),
        ),
        (Words("IoU", "strong"), Words(f"{_area(both)} / {_area(union)}"), Words(f"= {_share(share)}", "strong")),
    ]
    hit = share >= bound
    verdict = f"{_share(share)} ≥ {_share(bound)}: found" if hit else f"{_share(share)} < {_share(bound)}: not found"
    table = Grid(tuple(rows), ("start", "start", "start"), gap=1.0, leading=0.5)
    return Column(
        (table, Words(verdict, "strong", "good" if hit else "bad"), Words("Areas in square pixels.", "note")), 0.7
    )


def _sides(box: TrueBox) -> str:
    return f"{plain(float(box.box[2] - box.box[0]))} × {plain(float(box.box[3] - box.box[1]))}"


def _area(value: Fraction) -> str:
    return plain(float(value))


# average precision


def _precision(spec: DetectionFigure) -> Block:
    kept = frozenset(fate.box.id for fate in fates(spec).values() if not fate.by)
    bound = _bound(spec.iou)
    tables = [_class_table(each, kept, bound) for each in classes(spec) if each.truth]
    pairs = [Row(tuple(tables[at : at + 2]), 2.0, "start") for at in range(0, len(tables), 2)]
    parts: list[Block] = [*pairs]
    values = [average_precision_at_iou([each.image(kept)], bound) for each in classes(spec) if each.truth]
    if len(values) > 1:
        mean = sum(values, Fraction(0)) / len(values)
        sums = " + ".join(_share(value) for value in values)
        parts.append(Words(f"mAP = ({sums}) / {len(values)} = {_share(mean)}", "strong"))
    title = f"Average precision at IoU {_share(bound)}"
    return panel(title, Column(tuple(parts), 0.9), measure=40)


def _class_table(each: Class, kept: frozenset[str], bound: Fraction) -> Block:
    """Return the kept boxes of a class from the surest on, with precision and recall so far, and the area."""
    image = each.image(kept)
    boxes = [box for box in each.found if box.id in kept]
    rows: list[tuple[Block | None, ...]] = [heads("Box", "Score", "IoU", "", "Precision", "Recall")]
    right = 0
    for rank, match in enumerate(matches([image], bound), 1):
        right += match.truth is not None
        rows.append(_row(boxes[match.found], match, Fraction(right, rank), Fraction(right, len(each.truth))))
    value = average_precision_at_iou([image], bound)
    name_ = f"AP of {each.name}" if each.name else "AP"
    missed = len(each.truth) - right
    told = f"{name_} = {_share(value)}" + (f", {missed} of {len(each.truth)} missed" if missed else "")
    columns = ("start", "end", "end", "start", "end", "end")
    table = Grid(tuple(rows), columns, 1, gap=1.0, leading=0.45)  # type: ignore[arg-type]
    return Column((table, Words(told, "strong", measure=30)), 0.5)


def _row(box: FoundBox, match: Match, precision: Fraction, recall: Fraction) -> tuple[Block | None, ...]:
    hit = match.truth is not None
    verdict = Words("true positive" if hit else "false positive", tone="good" if hit else "bad")
    return (
        Words(box.id), Words(_score(box)), Words(_share(match.overlap)), verdict, Words(_share(precision)),
        Words(_share(recall)),
    )  # fmt: skip
