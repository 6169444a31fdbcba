"""Blueprint → how the heads of a model make one score: probability × weight, added up, for worked examples too."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Align, Block, Boxed, Column, Glyph, Grid, Link, Row, Space, Words
from archkit.facts.words import mentions
from archkit.figures import Lack
from archkit.figures.common import heads, inside, picture, series
from archkit.figures.formulas import decimal, equals, line, sum_over
from archkit.model.authored.score import ScoreFigure
from archkit.pictures import Arrow, Picture
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Head, Model

_ADDED = ("sum", "weighted", "added", "adds", "add")


def weights(model: Model) -> dict[str, Fraction]:
    """Return what each head counts in the score of a model, by head; nothing where its heads make no score.

    That is ``score_weight``; where scores are said to be added, the weight of the loss stands for it.
    """
    said = {id_: head.score_weight for id_, head in model.heads.items()}
    if not any(said.values()) and mentions(model.combine, *_ADDED) and not mentions(model.combine, "loss", "losses"):
        said = {id_: head.weight for id_, head in model.heads.items()}
    found = {id_: weight.value for id_, weight in said.items() if weight is not None}
    return found if len(found) > 1 else {}


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the models whose heads make one score."""
    return tuple(id_ for id_, model in blueprint.model.models.items() if weights(model))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: heads with weights, and in examples what each of them says."""
    model = _model(blueprint, spec)
    if model is None:
        wanted = f"`model: models: {spec.of}:`" if spec is not None and spec.of else "a model under `model: models:`"
        return [f"two `heads:` or more with `score_weight:` of {wanted}"]
    found: list[str] = _unfit(model, spec) if isinstance(spec, ScoreFigure) else []
    return list(dict.fromkeys(found))


def _unfit(model: Model, spec: ScoreFigure) -> list[str]:
    """Return what is missing for the examples to fit the heads of a model, each at its place in them."""
    found: list[str] = []
    counted = weights(model)
    for name, example in spec.examples.items():
        absent = [head for head in counted if head not in example]
        for head, value in example.items():
            if head not in counted:
                meant = nearest(head, absent)
                absent = [each for each in absent if each != meant]
                rest = f"; did you mean `{meant}`?" if meant else ""
                words = f"`score_weight:` of a head `{head}`, which the example `{name}` names{rest}"
                found.append(Lack(words, spec.key_at("examples", name, head)))
            elif not model.heads[head].unit and not 0 <= value.value <= 1:
                words = f"a probability from 0 to 1 as `{head}:` in the example `{name}`, or a `unit:` of that head"
                found.append(Lack(words, spec.at("examples", name, head)))
        found += [Lack(f"`{head}:` in the example `{name}`", spec.key_at("examples", name)) for head in absent]
    return found


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the sum in words, above the examples as a table or, where there are none, the weights as a picture."""
    model = _model(blueprint, spec)
    assert model is not None  # noqa: S101  `needs` asked for it
    counted = weights(model)
    units = any(model.heads[head].unit for head in counted)
    what = "prediction" if units else "probability"
    formula = Boxed(
        line("score", "=", sum_over("heads"), "weight", "×", what), fill="lane.other", stroke="", padding=0.9
    )
    title = model.name
    if isinstance(spec, ScoreFigure) and spec.examples:
        body: Block = Column((formula, _table(model, spec, counted), _verdict(spec, counted)), 1.1, "middle")
        caption = f"{blueprint.title}: what {series(spec.examples)} score with the weights of {inside(title)}"
        return picture("score", "Score", caption, body, spec)
    arrows = tuple(Arrow(f"weight {head}", "sum") for head in counted)
    body = Column((formula, _parts(model, counted)), 1.4, "middle")
    caption = f"{blueprint.title}: how {len(counted)} heads of {inside(title)} make one score"
    return picture("score", "Score", caption, body, spec, arrows)


def _model(blueprint: Blueprint, spec: FigureSpec | None) -> Model | None:
    """Return the model that the figure is of, or the first whose heads make a score."""
    found = subjects(blueprint)
    wanted = spec.of if spec is not None and spec.of else next(iter(found), "")
    return blueprint.model.models[wanted] if wanted in found else None


def _name(head: Head) -> str:
    """Return what a head says: ``P(like)``, or the amount that it predicts."""
    title = inside(head.name if head.title else head.label_name)
    return f"expected {title} ({head.unit})" if head.unit else f"P({title})"


def _weight(value: Fraction) -> str:
    return f"× {decimal(value)}"


# worked examples


def _table(model: Model, spec: ScoreFigure, counted: dict[str, Fraction]) -> Block:
    """Return a row for each head: its weight and, for each example, what it says and adds; below them the sums."""
    top: list[Block | None] = [None, None]
    second: list[Block | None] = list(heads("", "weight"))
    for name in spec.examples:
        top += [None, Words(name, "strong", align="end", measure=9)]
        second += heads("predicted", "adds")
    rows: list[tuple[Block | None, ...]] = [tuple(top), tuple(second)]
    for head, weight in counted.items():
        cells: list[Block | None] = [Words(_name(model.heads[head]), measure=16), Words(_weight(weight))]
        for example in spec.examples.values():
            adds = weight * example[head].value
            cells += [Words(decimal(example[head].value)), Words(decimal(adds), "strong", "bad" if adds < 0 else "")]
        rows.append(tuple(cells))
    totals: list[Block | None] = [Words("score", "strong"), None]
    for name in spec.examples:
        value = total(spec, counted, name)
        totals += [Words(equals(value)), Words(decimal(value), "title")]
    columns: list[Align] = ["start", "end", *("end" for _ in range(2 * len(spec.examples)))]  # type: ignore[list-item]
    marked = frozenset((len(counted) + 2,))
    return Grid((*rows, tuple(totals)), tuple(columns), 2, marked, leading=0.45, gap=1.5)


def total(spec: ScoreFigure, counted: dict[str, Fraction], name: str) -> Fraction:
    """Return the score of an example: weight × prediction, added up over the heads.

    Args:
        spec: Of the figure, with its examples.
        counted: Weight of each head.
        name: Of the example.
    """
    return sum((weight * spec.examples[name][head].value for head, weight in counted.items()), Fraction(0))


def _verdict(spec: ScoreFigure, counted: dict[str, Fraction]) -> Block:
    order = sorted(spec.examples, key=lambda name: -total(spec, counted, name))
    scores = [total(spec, counted, name) for name in order]
    if len(order) == 1:
        return Space()
    if scores[0] == scores[-1]:
        said = f"{series(order)} score the same"
    elif scores[0] == scores[1]:
        said = f"{series(name for name, score in zip(order, scores, strict=True) if score == scores[0])} rank first"
    else:
        shown = [f"{name} with {decimal(score)}" for name, score in zip(order, scores, strict=True)]
        said = f"{shown[0]} ranks before {series(shown[1:])}"
    return Row((Glyph("rank", "ink", 1.5), Words(said, "strong", measure=44)), 0.6)


# weights alone


def _parts(model: Model, counted: dict[str, Fraction]) -> Block:
    """Return the heads with their weights, all of which lead to one sum."""
    rows: list[tuple[Block | None, ...]] = []
    for head, weight in counted.items():
        rows.append(
            (
                _head(model.heads[head]),
                Link(f"head {head}", f"weight {head}", least=2.4),
                Boxed(Words(_weight(weight), "strong", "bad" if weight < 0 else ""), f"weight {head}", padding=0.5),
            )
        )
    table = Grid(tuple(rows), ("stretch", "middle", "stretch"), ruled=False, gap=0.0, leading=0.7)
    total_ = Boxed(Column((Words("Sum", "strong", align="middle"),), 0.1, "middle"), "sum", shape="circle", padding=0.5)
    used = Words("items are ranked by it", "small", "ink", 8, "middle")
    score = Boxed(Column((Words("Score", "strong", align="middle"), used), 0.1, "middle"), "score", fill="model.fill")
    return Row((table, Space(4.5), total_, Link("sum", "score", least=3.0), score), 0.0)


def _head(head: Head) -> Block:
    lines: list[Block] = [Words(_name(head), "strong", measure=18)]
    how = ", ".join(each for each in (head.loss, head.calibration) if each)
    if how:
        lines.append(Words(how, "small", measure=20))
    return Boxed(Column(tuple(lines), 0.05), f"head {head.id}", padding=0.55, align="start")
