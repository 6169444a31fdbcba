"""Blueprint → what a training example is: inputs beside labels, or a query with one positive and its negatives."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Row, Words
from archkit.facts import Facts
from archkit.facts.losses import terms
from archkit.facts.words import mentions
from archkit.figures.common import glyph_for, group_fill, heads, inside, picture, sampling_of_data, series, short
from archkit.figures.strips import strip
from archkit.model.authored.training_example import TrainingExampleFigure
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.authored.training_example import ExampleRow
    from archkit.model.data import Label, Sampling
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Model
    from archkit.quantity import Quantity

_EACH = "binary cross-entropy"
_SHOWN = 2  # negatives drawn before the dots
_LISTED = 6  # features of a group that are named
_NO_SIDE = frozenset(("context", "cross", "bias", "match", "pair"))  # groups about both sides, or about neither
_BATCH = re.compile(r"\bbatch\b", re.IGNORECASE)


class Task(NamedTuple):
    """What one model learns from.

    Attributes:
        id: Of the model; empty where labels are written and no model is.
        title: Of the model.
        labels: What it predicts.
        groups: The features that it reads, by the id of their group.
        pair: What is compared with what: the names of the query and of the item.
        sampling: How its negatives are chosen, where that is said.
    """

    id: str
    title: str
    labels: tuple[Label, ...]
    groups: Mapping[str, tuple[str, ...]]
    pair: tuple[str, str]
    sampling: Sampling | None


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the models that learn from labels; of several that learn from the same ones, the first."""
    found: dict[str, set[str]] = {}
    for id_, model in blueprint.model.models.items():
        labels = {label.id for label in _labels(blueprint, model)}
        if labels and not any(labels <= others for others in found.values()):
            found[id_] = labels
    return tuple(found)


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: labels."""
    if not blueprint.data.labels:
        return ["`data: labels:`"]
    model = blueprint.model.models.get(spec.of) if spec is not None and spec.of else None
    if model is not None and not _labels(blueprint, model):
        return [f"`label:` of `{model.id}` under `model: models:`"]
    return []


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the rows that are written; else a query with its positive and negatives, or inputs beside labels."""
    task = _task(blueprint, spec)
    rows = spec.rows if isinstance(spec, TrainingExampleFigure) else ()
    count = _negatives(task)
    body: Block
    if rows:
        body = _written(blueprint, rows)
        names = dict.fromkeys(name for row in rows for name in row.labels)
        labels: Sequence[Label] = [blueprint.data.labels[name] for name in names if name in blueprint.data.labels]
        said = f"{len(rows)} training example{'s' if len(rows) > 1 else ''}"
    elif count is not None and len(task.labels) == 1:
        body, labels = _contrast(blueprint, task, count), task.labels
        said = f"a training example of {inside(task.title)}: one positive and its negatives"
    else:
        body, labels = _table(blueprint, task), task.labels
        said = f"what {inside(task.title)} learns from" if task.title else "inputs and labels of a training example"
    body = Column((body, _definitions(blueprint, labels, task.sampling if not rows else None)), 1.6)
    title = f"Training example: {inside(task.title)}" if task.title else "Training example"
    return picture("training_example", title, f"{blueprint.title}: {said}", body, spec)


def _labels(blueprint: Blueprint, model: Model) -> tuple[Label, ...]:
    named = (*model.label, *(head.label or id_ for id_, head in model.heads.items()))
    known = blueprint.data.labels
    return tuple(known[name] for name in dict.fromkeys(named) if name in known)


def _task(blueprint: Blueprint, spec: FigureSpec | None) -> Task:
    named = subjects(blueprint)
    id_ = (spec and spec.of) or (named[0] if named else "")
    model = blueprint.model.models.get(id_)
    if model is None:
        every = Facts(blueprint).features.all
        return Task("", "", tuple(blueprint.data.labels.values()), _learned(blueprint, every), ("query", "item"), None)
    labels = _labels(blueprint, model)
    inputs = dict.fromkeys((*(name for names in model.towers.values() for name in names), *model.inputs))
    towers = tuple(model.towers)
    pair = _pair(towers if len(towers) > 1 else tuple(name for name in inputs if name not in _NO_SIDE), labels)
    own = labels[0].sampling if len(labels) == 1 else None
    sampling = next((one for one in (model.sampling, own) if one), None) or sampling_of_data(blueprint, model)
    title = model.name
    read = Facts(blueprint).features.inputs(model)
    return Task(id_, title, labels, _learned(blueprint, read), pair, sampling)


def _pair(sides: Sequence[str], labels: Sequence[Label]) -> tuple[str, str]:
    """Return what is compared with what: two sides, a class with the only one, or two of the same."""
    if len(sides) > 1:
        return sides[0], sides[1]
    if not sides:
        return "query", "item"
    return sides[0], labels[0].id if labels and labels[0].classes else sides[0]


def _learned(blueprint: Blueprint, read: Container[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the features that are read, by group, without those only for serving."""
    found: dict[str, tuple[str, ...]] = {}
    for group, features in blueprint.data.features.items():
        learned = [name for name, feature in features.items() if feature.used_in != ("serving",)]
        chosen = tuple(name for name in learned if (group, name) in read)
        if chosen:
            found[group] = chosen
    return found


def _negatives(task: Task) -> str | None:
    """Return how many negatives go with a positive, in words; None where that is not said."""
    if task.sampling is not None and task.sampling.negatives is not None:
        return short(task.sampling.negatives)
    said = [label.negative for label in task.labels]
    return "n − 1" if any(_BATCH.search(text) for text in said) else None


def _contrast(blueprint: Blueprint, task: Task, count: str) -> Block:
    """Return a query, its positive and its negatives in a row above their labels."""
    query, item = (title_of(name) for name in task.pair)
    fills = ["node.fill" if name == task.labels[0].id else _fill(blueprint, task, name) for name in task.pair]
    few = task.sampling.negatives if task.sampling is not None else None
    numbers = _numbers(few, count)
    titles = heads("", "query", "positive", *("" if number == "…" else f"negative {number}" for number in numbers))
    dots = Words("…", "strong", align="middle")
    boxes: list[Block | None] = [None, _thing(query, fills[0]), _thing(item, fills[1], "good")]
    boxes += [dots if number == "…" else _thing(item, fills[1]) for number in numbers]
    labels: list[Block | None] = [Words("label", "small"), None, _digit("1")]
    labels += [Words("…", align="middle") if number == "…" else _digit("0") for number in numbers]
    columns = ("start", *("middle",) * (len(boxes) - 1))
    return Grid((titles, tuple(boxes), tuple(labels)), columns, ruled=False, gap=1.2, leading=0.7)  # type: ignore[arg-type]


def _numbers(few: Quantity | None, count: str) -> tuple[str, ...]:
    """Return the numbers of the negatives that are drawn: all where they are few, else the first ones and the last."""
    if few is not None and few.value <= _SHOWN + 1:
        return tuple(str(number + 1) for number in range(int(few.value)))
    return (*(str(number + 1) for number in range(_SHOWN)), "…", count)


def _fill(blueprint: Blueprint, task: Task, name: str) -> str:
    """Return the colour of a side of a pair: that of its group, or of the first group that its tower reads."""
    model = blueprint.model.models.get(task.id)
    names = (name, *(model.towers.get(name, ()) if model is not None else ()))
    groups = {feature: group for group, features in blueprint.data.features.items() for feature in features}
    return next(
        (
            group_fill(blueprint, groups.get(one, one))
            for one in names
            if groups.get(one, one) in blueprint.data.features
        ),
        "node.fill",
    )


def _thing(title: str, fill: str, stroke: str = "ink") -> Boxed:
    inner = Column((Glyph(glyph_for(title), size=1.9), Words(title, measure=7, align="middle")), 0.2, "middle")
    return Boxed(inner, fill=fill, stroke=stroke, bold=stroke != "ink", padding=0.6, least=(5.2, 0.0))


def _digit(text: str) -> Boxed:
    return Boxed(Words(text, "strong", align="middle"), shape="rect", padding=0.4, least=(2.4, 0.0))


def _table(blueprint: Blueprint, task: Task) -> Block:
    """Return the vectors of an example's inputs beside its labels; a single label has a row for each value."""
    single = len(task.labels) == 1 and _binary(task.labels[0])
    titles: list[Block | None] = [None]
    titles += [_group_head(blueprint, name, names) for name, names in task.groups.items()]
    titles += [Words(label.name, "strong", measure=8, align="middle") for label in task.labels]
    rows: list[tuple[Block | None, ...]] = [tuple(titles)]
    for said, value in (("positive", "1"), ("negative", "0")) if single else (("an example", ""),):
        cells: list[Block | None] = [Words(said, "small")]
        cells += [strip(None, group_fill(blueprint, name)) for name in task.groups]
        cells += [_answer(value or _kind(blueprint, label)) for label in task.labels]
        rows.append(tuple(cells))
    columns = ("start", *("middle",) * (len(titles) - 1))
    return Grid(tuple(rows), columns, 1, gap=1.3, leading=0.9)  # type: ignore[arg-type]


def _answer(text: str) -> Block:
    return _digit(text) if len(text) == 1 else Words(text, measure=7, align="middle")


def _group_head(blueprint: Blueprint, name: str, names: Sequence[str]) -> Block:
    told = [inside(title_of(one)) for one in names[:_LISTED]]
    more = len(names) - len(told)
    said = f"{', '.join(told)} and {more} more" if more else series(told)
    words = Words(said, "small", "ink", 11, "middle")
    return Column((Words(title_of(name), "strong", align="middle", measure=11), words), 0.1, "middle")


def _binary(label: Label) -> bool:
    return not label.classes and not label.value


def _several(blueprint: Blueprint, label: Label) -> bool:
    """Return whether any of a label's classes may be right at once: each is decided by itself."""
    learners = Facts(blueprint).labels.by_label[label.id]
    return any(loss.title == _EACH for learner in learners for loss in terms(learner.loss).losses)


def _kind(blueprint: Blueprint, label: Label) -> str:
    if label.classes and _several(blueprint, label):
        return "0 or 1 for each class"
    if label.classes:
        return f"one of {len(label.classes)} classes" if len(label.classes) > 1 else "a class"
    if mentions(label.value, "tokens"):
        return "tokens"
    return "a value" if label.value else "0 or 1"


def _written(blueprint: Blueprint, rows: Sequence[ExampleRow]) -> Block:
    """Return a table of the examples that are written: a column for each feature and label that they name."""
    features = dict.fromkeys(name for row in rows for name in row.values)
    labels = dict.fromkeys(name for row in rows for name in row.labels)
    noted = any(row.note for row in rows)
    groups = {name: group for group, names in blueprint.data.features.items() for name in names}
    titles: list[Block | None] = [_title(blueprint, name, groups.get(name, name)) for name in features]
    titles += [Words(title_of(name), "strong", measure=8, align="middle") for name in labels]
    found: list[tuple[Block | None, ...]] = [(*titles, *((None,) if noted else ()))]
    for row in rows:
        cells: list[Block | None] = [_value(row.values.get(name, ""), 11) for name in features]
        cells += [_value(row.labels.get(name, ""), 7, "strong") for name in labels]
        found.append((*cells, *((_value(row.note, 14, "note"),) if noted else ())))
    columns = (*("start",) * len(features), *("middle",) * len(labels), *(("start",) if noted else ()))
    return Grid(tuple(found), columns, 1, gap=1.4)


def _title(blueprint: Blueprint, name: str, group: str) -> Block:
    fill = group_fill(blueprint, group)
    chip = Boxed(Words(title_of(name), "strong", measure=9), fill=fill, stroke="", padding=0.4)
    return Column((Words(title_of(group), "small"), chip), 0.15) if group != name else chip


def _value(text: str, measure: float, style: str = "body") -> Block | None:
    return Words(text, style, measure=measure) if text else None  # type: ignore[arg-type]


def _definitions(blueprint: Blueprint, labels: Sequence[Label], sampling: Sampling | None) -> Block:
    """Return what each value of each label means, and how the negatives are chosen."""
    rows: list[tuple[Block | None, ...]] = []
    rated = any(label.positive_rate is not None for label in labels)
    binary = [label for label in labels if label.positive or label.negative]
    if binary:
        rows.append(heads("label", "positive when", "negative when", *(("share",) if rated else ())))
    for label in binary:
        cells = [Words(label.name, "strong", measure=9), _value(label.positive, 19), _value(label.negative, 19)]
        rate = short(label.positive_rate) if label.positive_rate is not None else ""
        rows.append((*cells, *((_value(rate, 6),) if rated else ())))
    parts: list[Block] = []
    if rows:
        columns = ("start", "start", "start", *(("end",) if rated else ()))
        parts.append(Grid(tuple(rows), columns, 1, gap=1.4, leading=0.45, align="start"))
    parts += [
        _line(label.name, f"{_which(blueprint, label)} {series(label.classes)}" if label.classes else label.value)
        for label in labels
        if not _binary(label)
    ]
    if sampling is not None:
        told = {"Sampling": sampling.method, "Hard negatives": sampling.hard_negatives, "Weights": sampling.weights}
        parts += [_line(name, said) for name, said in told.items() if said]
    return Column(tuple(parts), 0.5)


def _which(blueprint: Blueprint, label: Label) -> str:
    return "0 or 1 for each of" if _several(blueprint, label) else "one of"


def _line(name: str, said: str) -> Block:
    return Row((Words(f"{name}:", "strong"), Words(said, measure=44)), 0.5, "start")
