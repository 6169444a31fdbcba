"""Blueprint → how each feature of a group becomes numbers: raw field, operations, vector, all joined to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Cells, Column, Flow, Glyph, Grid, Link, Overlay, Row, Space, Words
from archkit.facts import Facts
from archkit.facts.transforms import Operation, operations, outcome, vectors, width
from archkit.figures.common import group_fill, inside, picture, series, short
from archkit.figures.strips import digits, length_of, stacked, strip
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Feature
    from archkit.model.design import FigureSpec

_SHELF = 7  # features side by side
_LONGEST = 19  # cells of the joined vector
_NAMED = 4
_MEASURE = 8.5
_GLYPHS: Mapping[str, str] = {
    "categorical": "tag", "numeric": "ruler", "boolean": "check", "text": "text", "image": "image", "video": "video",
    "audio": "audio", "sequence": "trace", "set": "dashboard", "embedding": "vector", "time": "clock",
    "location": "pin", "graph": "graph", "cross": "join", "id": "key",
}  # fmt: skip
_ENDS: Mapping[str, tuple[str, str]] = {
    "tokens": ("chunks", "tokens"),
    "pixels": ("image", "pixels as numbers"),
    "latents": ("vector", "latents"),
    "text": ("text", "text"),
    "index": ("inverted", "terms in an index"),
}
_ONE_HOT = ("0", "1", "0", "0")
_MULTI_HOT = ("0", "1", "0", "1")


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the groups of features of which a transform is written."""
    groups = blueprint.data.features.items()
    return tuple(name for name, group in groups if any(feature.transform for feature in group.values()))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a transform; and for a group that nobody lists, more than one simple feature."""
    found = subjects(blueprint)
    if spec is None or not spec.of:
        return [] if found else ["`transform:` of a feature under `data: features:`"]
    if spec.of not in found:
        return [f"`transform:` of a feature in the group `{spec.of}` under `data: features:`"]
    if len(found) == 1 or spec.names() or len(_steps(blueprint, spec.of)) > 1:
        return []
    return [f"more than one simple feature in `{spec.of}`, or `figures: [all, {{kind: …, of: {spec.of}}}]`"]


def _steps(blueprint: Blueprint, name: str) -> list[Operation]:
    """Return all operations of a group; a feature that is taken as it is counts as one."""
    plain = Operation("as it is", "")
    group = blueprint.data.features[name].values()
    return [step for feature in group for step in operations(feature.transform) or (plain,)]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a column for each feature of the group that the figure is ``of``, or of the first one."""
    name = (spec and spec.of) or subjects(blueprint)[0]
    group = list(blueprint.data.features[name].values())
    fill = group_fill(blueprint, name)
    joined = [feature for feature in group if outcome(feature) == "numbers"]
    alone = [feature for feature in group if outcome(feature) != "numbers"]
    if len(joined) < 2 or _unread(blueprint, name):
        joined, alone = [], group
    blocks: list[Block] = []
    shelves = _shelves(joined)
    for number, (upper, lower) in enumerate(zip(shelves[::2], [*shelves[1::2], []], strict=False)):
        above, below = (lower, upper) if lower else ([], upper)
        bar = f"joined{number}"
        parts: list[Block] = []
        if above:
            parts.append(Overlay((_shelf(above, fill, bar, hanging=True),)))
        parts.append(_bar(blueprint, name, [*upper, *lower], fill, bar, len(shelves) > 2))
        parts.append(Overlay((_shelf(below, fill, bar),)))
        blocks.append(Column(tuple(parts), 0.0, "stretch"))
    rest = [_shelf(shelf, fill, "") for shelf in _shelves(alone)]
    body: Block
    if len(blocks) == len(rest) == 1 and len(group) <= _SHELF:
        body = Row((*blocks, *rest), 2.0, "end")
    else:
        body = Flow((*blocks, *rest), 2.2)
    if any(step.learned for step in _steps(blueprint, name)):
        body = Column((body, _key()), 1.0)
    title = f"Feature preparation: {inside(title_of(name))}"
    return picture("feature_preparation", title, _caption(blueprint, name, joined, alone), body, spec)


def _caption(blueprint: Blueprint, name: str, joined: Sequence[Feature], alone: Sequence[Feature]) -> str:
    said = f"the {inside(title_of(name))} feature"
    if not joined:
        several = len(alone) > 1
        plural = "s are prepared" if several else " is prepared"
        return f"{blueprint.title}: how {said}{plural}"
    return f"{blueprint.title}: how {len(joined)} features of {inside(title_of(name))} become one vector"


def _key() -> Block:
    box = Boxed(Space(1.2, 0.5), fill="model.fill", padding=0.2)
    return Row((box, Words("has learned weights", "small")), 0.5)


def _shelves(features: Sequence[Feature]) -> list[list[Feature]]:
    """Divide features into shelves of about the same length, none too long for a page."""
    if not features:
        return []
    count = -(-len(features) // _SHELF)
    size, more = divmod(len(features), count)
    shelves, at = [], 0
    for number in range(count):
        end = at + size + (number < more)
        shelves.append(list(features[at:end]))
        at = end
    return shelves


def _shelf(features: Sequence[Feature], fill: str, bar: str, hanging: bool = False) -> Block:
    """Return columns side by side, from the raw fields up to their vectors, or down where they hang from above."""
    columns = [_column(feature, fill, bar) for feature in features]
    height = max(len(column) for column in columns)
    padded: list[list[Block | None]] = []
    for column in columns:
        tail = 2 + bool(bar)  # what stands at the vector: it, its arrow, and the arrow into the bar
        keep = max(0, len(column) - tail)
        padded.append([*column[:keep], *[None] * (height - len(column)), *column[keep:]])
    rows = list(zip(*padded, strict=True))
    rows = rows if hanging else rows[::-1]
    return Grid(tuple(rows), ("middle",) * len(columns), ruled=False, gap=1.1, leading=0.0)  # type: ignore[arg-type]


def _column(feature: Feature, fill: str, bar: str) -> list[Block | None]:
    """Return a feature's boxes and the arrows between them, from the raw field on."""
    boxes: list[Boxed] = [_raw(feature)]
    steps = operations(feature.transform)
    for number, step in enumerate(steps):
        boxes.append(_operation(feature, step, f"{feature.id}.{number}", steps))
        if step.kind == "embed" and number + 1 < len(steps) and steps[number + 1].kind == "pool":
            several = vectors(feature)
            if several is not None:
                boxes.append(_bare(stacked(fill, several), f"{feature.id}.{number}.vectors"))
    end = _end(feature, fill, steps)
    if end is not None:
        boxes.append(end)
    column: list[Block | None] = [boxes[0]]
    for below, above in pairwise(boxes):
        column += [Link(below.id, above.id, upright=True, least=1.9), above]
    if bar:
        column.append(Link(boxes[-1].id, bar, upright=True, least=1.9))
    return column


def _bare(inner: Block, id_: str) -> Boxed:
    """Return a block that arrows can reach, without a line around it."""
    return Boxed(inner, id_, "rect", "paper", "", padding=0.4)


def _raw(feature: Feature) -> Boxed:
    lines: list[Block] = [Glyph(_GLYPHS.get(feature.type, "box"), size=1.5)]
    lines.append(Words(title_of(feature.id), "strong", measure=_MEASURE, align="middle"))
    said = feature.example or _about(feature)
    if said:
        lines.append(Words(said, "note" if feature.example else "small", "ink", _MEASURE, "middle"))
    if len(feature.used_in) == 1:
        lines.append(Words(f"in {feature.used_in[0]} only", "small", "accent", _MEASURE, "middle"))
    return Boxed(Column(tuple(lines), 0.15, "middle"), feature.id, padding=0.6, least=(6.0, 0.0))


def _about(feature: Feature) -> str:
    """Return what kind of value a raw field holds."""
    if feature.type == "sequence" and feature.length is not None:
        return f"sequence, last {short(feature.length)}"
    if feature.cardinality is not None:
        return f"{short(feature.cardinality)} values"
    return "" if feature.type == feature.id else feature.type


def _operation(feature: Feature, step: Operation, id_: str, steps: Sequence[Operation]) -> Boxed:
    lines: list[Block] = [Words(step.words, measure=_MEASURE, align="middle")]
    detail = step.detail or (_table(feature, steps) if step.kind == "embed" else "")
    if detail:
        lines.append(Words(detail, "small", "ink", _MEASURE, "middle"))
    fill = "model.fill" if step.learned else "node.fill"
    return Boxed(Column(tuple(lines), 0.1, "middle"), id_, fill=fill, padding=0.6, least=(6.0, 2.2))


def _table(feature: Feature, steps: Sequence[Operation]) -> str:
    """Return the size of an embedding table, and what else reads it."""
    size = ""
    hashed = any("hash" in step.words.lower() for step in steps)
    if feature.cardinality is not None and feature.dim is not None and not hashed:
        size = f"{short(feature.cardinality)} × {short(feature.dim)}"
    shared = f"shared with {inside(title_of(feature.shared_with))}" if feature.shared_with else ""
    return ", ".join(part for part in (size, shared) if part)


def _end(feature: Feature, fill: str, steps: Sequence[Operation]) -> Boxed | None:
    """Return what a feature has become; nothing where the last operation has said it."""
    id_, made = f"{feature.id}.end", outcome(feature)
    if made == "value":
        return None
    if made != "numbers":
        glyph, words = _ENDS[made]
        part: Block = Cells(5, cut=True, fill=fill) if made == "tokens" else Glyph(glyph, size=2.0)
        if made == "tokens" and feature.length is not None:
            words = f"up to {short(feature.length)} tokens"
        return _bare(Column((part, Words(words, "small", "ink", _MEASURE, "middle")), 0.25, "middle"), id_)
    wide = width(feature)
    last = steps[-1].kind if steps else ""
    cells = strip(wide, fill)
    if last in ("one-hot", "multi-hot") and (wide is None or wide > 1):
        shown = (_MULTI_HOT if last == "multi-hot" else _ONE_HOT)[:wide]
        cells = digits((*shown, "…") if wide is None or wide > len(shown) else shown, fill)
    named = {"one-hot": "one-hot vector", "multi-hot": "multi-hot vector", "bucket": "bucket"}
    words = length_of(wide, named.get(last, "vector"))
    return _bare(Column((cells, Words(words, "small", "ink", _MEASURE, "middle")), 0.25, "middle"), id_)


def _bar(blueprint: Blueprint, name: str, features: Sequence[Feature], fill: str, id_: str, part: bool) -> Boxed:
    """Return the vector that the others are joined to, with its length as far as it is known."""
    known = [wide for feature in features if (wide := width(feature)) is not None]
    unknown = [inside(title_of(feature.id)) for feature in features if width(feature) is None]
    total = length_of(sum(known)) if known else ""
    if unknown:
        rest = f"the vector{'s' if len(unknown) > 1 else ''} of {series(unknown)}"
        if len(unknown) > _NAMED:
            rest = f"{len(unknown)} vectors of lengths that are not given"
        total = f"{total} and {rest}" if total else rest
    lines: list[Block] = [
        Words("Concatenation, one part" if part else "Concatenation", "strong", align="middle"),
        strip(None if unknown else sum(known), fill, _LONGEST),
        Words(total, align="middle", measure=40),
    ]
    told = _readers(blueprint, {(name, feature.id) for feature in features})
    if told:
        lines.append(Words(told, "small", align="middle", measure=40))
    return Boxed(Column(tuple(lines), 0.35, "middle"), id_, padding=0.7)


def _unread(blueprint: Blueprint, name: str) -> bool:
    """Return whether models say what they read, and none reads a feature of the group: rules or serving alone do."""
    facts = Facts(blueprint).features
    read = [{group for group, _ in facts.inputs(model)} for model in blueprint.model.models.values()]
    return any(read) and not any(name in groups for groups in read)


def _readers(blueprint: Blueprint, joined: Set[tuple[str, str]]) -> str:
    """Return which models read all that is joined, and which read a part of it."""
    facts = Facts(blueprint).features
    whole: list[str] = []
    part: list[str] = []
    for model in blueprint.model.models.values():
        read = joined & facts.inputs(model).keys()
        if read:
            (whole if read == joined else part).append(inside(model.name))
    told = [f"{words} {series(names)}" for words, names in (("by", whole), ("in part by", part)) if names]
    return f"read {', '.join(told)}" if told else ""
