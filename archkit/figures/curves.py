"""Labels and scores → curves of models beside each other, the areas under them, and where they are operated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Align, Block, Column, Grid, Words
from archkit.drawing import Point
from archkit.figures.common import heads, panel, picture, series
from archkit.figures.spaces import decimals, plain, ticks
from archkit.metrics import (
    Confusion,
    calibration_error,
    pr_points,
    reliability,
    roc_auc,
    roc_points,
    score_average_precision,
)
from archkit.model.authored.curves import CURVES, CurvesFigure, Learning
from archkit.pictures import Picture
from archkit.planes import PATTERNS, SIGNS, TONES, Axis, Mark, Pattern, Plane, Sample, Series, padded

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_BINS = 5
_WIDTH = 17.0
_SHARES = ticks(0.0, 1.0)
_TITLES = {"roc": "ROC curve", "precision_recall": "Precision-recall curve", "calibration": "Calibration"}


class Model(NamedTuple):
    """A model with its look in all curves.

    Attributes:
        name: As written.
        labels: The truth.
        scores: What the model says.
        tone: Colour role.
        pattern: Of its lines.
        bold: Whether they are thick, which tells models apart that share a pattern.
    """

    name: str
    labels: tuple[int, ...]
    scores: tuple[Fraction, ...]
    tone: str
    pattern: Pattern
    bold: bool


class Decided(NamedTuple):
    """What a model decides from a threshold on."""

    threshold: Fraction
    counts: Confusion


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: labels and scores, or what was measured while learning."""
    if isinstance(spec, CurvesFigure) and (wanted(spec) or spec.learning):
        return []
    return ["`figures: - {kind: curves, labels: [1, 0, …], scores: {model: [0.9, 0.2, …]}}`, or `learning:` there"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a panel for each curve."""
    assert isinstance(spec, CurvesFigure)  # noqa: S101  `needs` says so
    models = _models(spec)
    draw = {"roc": _roc, "precision_recall": _precision_recall, "calibration": _calibration}
    panels = [panel(_TITLES[curve], draw[curve](models, spec)) for curve in wanted(spec)]
    panels += [panel("Learning curve", _learning(spec))] if spec.learning else []
    caption = f"{blueprint.title}: {_told(spec)}"
    return picture("curves", "Curves", caption, _arranged(panels), spec)


def _arranged(panels: Sequence[Block]) -> Block:
    """Return panels side by side, four of them in two rows."""
    columns = 2 if len(panels) == 4 else len(panels)
    rows = tuple(tuple(panels[at : at + columns]) for at in range(0, len(panels), columns))
    stand: tuple[Align, ...] = tuple("stretch" for _ in range(columns))
    return Grid(rows, stand, ruled=False, gap=1.2, leading=1.2, align="stretch")


def wanted(spec: CurvesFigure) -> tuple[str, ...]:
    """Return the curves to draw: those asked for, or all; calibration only where all scores can be probabilities."""
    if not (spec.labels and spec.scores):
        return ()
    asked = tuple(dict.fromkeys(spec.curves))
    probabilities = all(0 <= score <= 1 for scores in spec.scores.values() for score in scores)
    return asked or tuple(curve for curve in CURVES if curve != "calibration" or probabilities)


def _told(spec: CurvesFigure) -> str:
    names = list(dict.fromkeys((*(spec.scores if wanted(spec) else ()), *spec.learning)))
    shown = [_TITLES[curve].split(" ")[0] if curve == "roc" else _TITLES[curve].lower() for curve in wanted(spec)]
    shown = [word.replace(" curve", "") for word in shown] + (["learning"] if spec.learning else [])
    items = f", from {len(spec.labels)} items" if wanted(spec) else ""
    return f"{series(shown)} of {series(names)}{items}"


def _models(spec: CurvesFigure) -> list[Model]:
    labels = tuple(int(label) for label in spec.labels)
    return [
        Model(name, labels, scores, TONES[at % len(TONES)], PATTERNS[at % len(PATTERNS)], at // len(PATTERNS) % 2 == 1)
        for at, (name, scores) in enumerate(spec.scores.items())
    ]


def decided(model: Model, threshold: Fraction) -> Decided:
    """Return what a model decides when it says yes from a score on.

    Args:
        model: With labels and scores.
        threshold: The lowest score that means yes.
    """
    pairs = list(zip(model.labels, model.scores, strict=True))
    yes = [label for label, score in pairs if score >= threshold]
    no = [label for label, score in pairs if score < threshold]
    return Decided(threshold, Confusion(sum(yes), len(yes) - sum(yes), sum(no), len(no) - sum(no)))


def _roc(models: Sequence[Model], spec: CurvesFigure) -> Block:
    lines = [Series(((0.0, 0.0), (1.0, 1.0)), "chance", "muted", "dotted")]
    marks, rows = [], []
    for model in models:
        points = [
            (float(point.false_positive_rate), float(point.true_positive_rate))
            for point in roc_points(model.labels, model.scores)
        ]
        lines.append(_line(model, points))
        cells = [decimals(float(roc_auc(model.labels, model.scores)), 3)]
        if spec.threshold is not None:
            counts = decided(model, spec.threshold.value).counts
            at = counts.fp / (counts.fp + counts.tn), counts.tp / (counts.tp + counts.fn)
            marks.append(_operating(model, at, len(models), spec))
            cells += [decimals(at[1]), decimals(at[0])]
        rows.append((model, cells))
    plane = _plane("false positive rate", "true positive rate", lines, marks)
    more = ("TPR", "FPR") if spec.threshold is not None else ()
    return Column((plane, _table(rows, ("AUC", *more)), *_note(spec)), 0.7, "middle")


def _precision_recall(models: Sequence[Model], spec: CurvesFigure) -> Block:
    share = sum(models[0].labels) / len(models[0].labels)
    lines = [Series(((0.0, share), (1.0, share)), "all yes", "muted", "dotted")]
    marks, rows = [], []
    for model in models:
        points = [(float(point.recall), float(point.precision)) for point in pr_points(model.labels, model.scores)]
        lines.append(_line(model, [(0.0, points[0][1]), *points]))
        cells = [decimals(float(score_average_precision(model.labels, model.scores)), 3)]
        if spec.threshold is not None:
            counts = decided(model, spec.threshold.value).counts
            yes = counts.tp + counts.fp
            recall = counts.tp / (counts.tp + counts.fn)
            if yes:
                marks.append(_operating(model, (recall, counts.tp / yes), len(models), spec))
            cells += [decimals(counts.tp / yes) if yes else "none", decimals(recall)]
        rows.append((model, cells))
    plane = _plane("recall", "precision", lines, marks)
    more = ("Precision", "Recall") if spec.threshold is not None else ()
    return Column((plane, _table(rows, ("AP", *more)), *_note(spec)), 0.7, "middle")


def _calibration(models: Sequence[Model], spec: CurvesFigure) -> Block:
    bins = spec.bins or _BINS
    lines = [Series(((0.0, 0.0), (1.0, 1.0)), "as predicted", "muted", "dotted")]
    rows = []
    for at, model in enumerate(models):
        filled = [each for each in reliability(model.labels, model.scores, bins) if each.count]
        points = [(each.predicted, each.observed) for each in filled]
        lines.append(_line(model, points, at))
        error = calibration_error(model.labels, model.scores, bins)
        rows.append((model, [decimals(error, 3)]))
    plane = _plane("predicted probability", "observed share of positives", lines, ())
    note = Words(f"{bins} bins of equal width; ECE: mean gap, weighted by items.", "note", measure=_WIDTH)
    return Column((plane, _table(rows, ("ECE",), signs=True), note), 0.7, "middle")


def _line(model: Model, points: Sequence[Point], sign: int = -1) -> Series:
    """Return the curve of a model, with a sign at every point where one is given."""
    rounded = tuple((round(x, 6), round(y, 6)) for x, y in points)
    if len(rounded) == 1:
        rounded = (*rounded, *rounded)
    return Series(rounded, "", model.tone, model.pattern, model.bold, SIGNS[sign % len(SIGNS)] if sign >= 0 else "none")


def _operating(model: Model, at: Point, count: int, spec: CurvesFigure) -> Mark:
    assert spec.threshold is not None  # noqa: S101  asked for only then
    words = "" if count > 1 else f"score ≥ {_bound(spec)}"  # of several models, each mark lies on its own curve
    return Mark(round(at[0], 6), round(at[1], 6), words, "dot", tone=model.tone, halo=True)


def _bound(spec: CurvesFigure) -> str:
    return plain(float(spec.threshold.value)) if spec.threshold is not None else ""


def _note(spec: CurvesFigure) -> tuple[Block, ...]:
    if spec.threshold is None:
        return ()
    return (Words(f"Ringed: operated at a score of {_bound(spec)} and more.", "note", measure=_WIDTH),)


def _plane(across: str, up: str, lines: Sequence[Series], marks: Sequence[Mark]) -> Plane:
    return Plane(
        Axis(0.0, 1.0, across, _SHARES), Axis(0.0, 1.0, up, _SHARES), (), tuple(lines), (), tuple(marks), width=_WIDTH
    )


def _table(rows: Sequence[tuple[Model, Sequence[str]]], titles: Sequence[str], signs: bool = False) -> Block:
    """Return the models with their samples and numbers, the legend of a panel."""
    cells: list[tuple[Block | None, ...]] = [heads("", "Model", *titles)]
    for at, (model, numbers) in enumerate(rows):
        sample = Sample(model.tone, model.pattern, SIGNS[at % len(SIGNS)] if signs else "none", bold=model.bold)
        shown = (Words(number, "strong" if n == 0 else "body") for n, number in enumerate(numbers))
        cells.append((sample, Words(model.name, measure=9.0), *shown))
    return Grid(tuple(cells), ("middle", "start", *("end" for _ in titles)), 1, gap=1.0, leading=0.45)  # type: ignore[arg-type]


# learning


class Best(NamedTuple):
    """Where a model does best on what it has not seen, and how far it does better on what it learned from there."""

    step: Fraction
    value: Fraction
    gap: Fraction | None


def best(learning: Learning, higher: bool) -> Best:
    """Return the first step with the best value on data that the model has not seen.

    Args:
        learning: Values by step.
        higher: Whether higher values are better.
    """
    sign = -1 if higher else 1
    at = min(range(len(learning.steps)), key=lambda n: (sign * learning.validation[n], n))
    value = learning.validation[at]
    return Best(learning.steps[at], value, abs(value - learning.training[at]) if learning.training else None)


def _learning(spec: CurvesFigure) -> Block:
    higher = spec.better == "higher"
    found: Mapping[str, Learning] = spec.learning
    lines, marks = [], []
    rows: list[tuple[Block | None, ...]] = [heads("", "Model", "Best", "At", "Gap there")]
    values: list[float] = []
    for at, (name, each) in enumerate(found.items()):
        tone = TONES[at % len(TONES)]
        sign = SIGNS[at % len(SIGNS)]
        top = best(each, higher)
        for measured, pattern, of in ((each.training, "dashed", "training"), (each.validation, "full", "validation")):
            if measured:
                points = tuple((float(x), float(y)) for x, y in zip(each.steps, measured, strict=True))
                words = of if len(found) == 1 else ""
                lines.append(Series(points, words, tone, pattern, sign=sign))  # type: ignore[arg-type]
                values += [y for _, y in points]
        marks.append(Mark(float(top.step), float(top.value), "", sign, tone=tone, halo=True))
        gap = Words(plain(float(top.gap))) if top.gap is not None else None
        shown = Words(plain(float(top.value)), "strong"), Words(plain(float(top.step))), gap
        rows.append((Sample(tone, "full", sign), Words(name, measure=9.0), *shown))
    steps = [float(step) for each in found.values() for step in each.steps]
    low, high = padded(values)
    across = Axis(min(steps), max(steps), spec.step or "step", ticks(min(steps), max(steps)))
    up = Axis(round(low, 6), round(high, 6), spec.measure or "measure", ticks(low, high))
    plane = Plane(across, up, (), tuple(lines), (), tuple(marks), width=_WIDTH, height=_WIDTH)
    words = f"Full: validation; dashed: training. Ringed: {'highest' if higher else 'lowest'} on validation."
    table = Grid(tuple(rows), ("middle", "start", "end", "end", "end"), 1, gap=1.0, leading=0.45)
    return Column((plane, table, Words(words, "note", measure=_WIDTH)), 0.7, "middle")
