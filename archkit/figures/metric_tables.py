"""Predictions, amounts and tokens → the working of a metric: a row for each, what it adds, the value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING

from archkit import metrics
from archkit.blocks import Align, Block, Column, Glyph, Grid, Space, Words
from archkit.figures.common import heads
from archkit.figures.formulas import Part, decimal, equals, line, lines, over, result
from archkit.formulas import Power, Root
from archkit.model.authored.metric_values import value_of

if TYPE_CHECKING:
    from archkit.metrics.names import Named
    from archkit.model.authored.metric import MetricFigure

Cell = Block | str | Fraction | float | None


def working(spec: MetricFigure, named: Named, model: str) -> Block:
    """Return the working of a metric for a model, from its predictions, amounts or tokens.

    Args:
        spec: Of the figure, with its data.
        named: The metric with its cut-off.
        model: Whose data count.
    """
    if spec.data == "tokens":
        return _tokens(spec, model)
    if spec.data == "amounts":
        return _amounts(spec, named, model)
    makers: dict[str, Callable[[MetricFigure, Named, str], Block]] = {
        "log_loss": _losses,
        "ne": _losses,
        "brier": _squares,
        "calibration": _calibration,
        "ece": _bins,
        "roc_auc": _pairs,
        "ap": _steps,
    }
    return makers[named.metric.id](spec, named, model)


def table(titles: Sequence[str], rows: Sequence[Sequence[Cell]], total: Sequence[Cell] = (), words: int = 0) -> Grid:
    """Return a table of numbers, which end in one line.

    Args:
        titles: Of its columns.
        rows: Numbers, words or blocks; None for nothing.
        total: The row below the others, in strong letters.
        words: How many columns from the left begin in one line instead.
    """
    shown: list[tuple[Block | None, ...]] = [heads(*titles)]
    shown += [tuple(_cell(cell) for cell in row) for row in rows]
    if total:
        shown.append(tuple(Words(cell, "strong") if isinstance(cell, str) else _cell(cell) for cell in total))
    marked = frozenset((len(shown) - 1,)) if total else frozenset()
    columns: list[Align] = ["start" if at < words else "end" for at in range(len(titles))]
    return Grid(tuple(shown), tuple(columns), 1, marked, "lane.other", leading=0.35, gap=1.2)


def _cell(cell: Cell) -> Block | None:
    if cell is None or isinstance(cell, Block):
        return cell
    return Words(cell if isinstance(cell, str) else decimal(cell), measure=12)


def label_sign(label: int) -> Block:
    """Return 1 and 0 with a sign beside them."""
    return line(str(label), Glyph("check", "good", 1.1) if label else Space(1.1))


def _losses(spec: MetricFigure, named: Named, model: str) -> Block:
    labels, scores = spec.labelled(model)
    parts = [metrics.loss_of(label, score) for label, score in zip(labels, scores, strict=True)]
    rows = [
        (score, label_sign(label), score if label else 1 - score, loss)
        for label, score, loss in zip(labels, scores, parts, strict=True)
    ]
    total = fsum(parts)
    grid = table(("p", "label y", "p of what came", "−ln of it"), rows, ("sum", None, None, decimal(total)))
    loss = metrics.log_loss(labels, scores)
    steps: list[Block] = [result("log loss", loss, over(total, str(len(parts))))]
    if named.metric.id == "ne":
        rate = spec.base_rate.value if spec.base_rate is not None else Fraction(sum(labels), len(labels))
        shown = over(str(sum(labels)), str(len(labels))) if spec.base_rate is None else None
        steps.append(result("base rate", rate, *((shown,) if shown is not None else ())))
        q, r = decimal(rate), decimal(1 - rate)
        steps.append(result("its entropy", metrics.entropy(rate), f"−({q} ln {q} + {r} ln {r})"))
        steps.append(result("NE", value_of(spec, named, model), over(loss, metrics.entropy(rate))))
    return Column((grid, lines(*steps)), 0.9)


def _squares(spec: MetricFigure, named: Named, model: str) -> Block:
    labels, scores = spec.labelled(model)
    parts = [(score - label) ** 2 for label, score in zip(labels, scores, strict=True)]
    rows = [(score, label_sign(label), part) for label, score, part in zip(labels, scores, parts, strict=True)]
    total = sum(parts, Fraction(0))
    grid = table(("p", "label y", "(p − y)²"), rows, ("sum", None, decimal(total)))
    return Column((grid, result(named.title, value_of(spec, named, model), over(total, str(len(parts))))), 0.9)


def _calibration(spec: MetricFigure, named: Named, model: str) -> Block:
    labels, scores = spec.labelled(model)
    rows = [(score, label_sign(label)) for label, score in zip(labels, scores, strict=True)]
    total = sum(scores, Fraction(0))
    grid = table(("p", "label"), rows, (decimal(total), line(Words(str(sum(labels)), "strong"), Space(1.1))))
    value = value_of(spec, named, model)
    verdict = "too high" if value > 1 else "too low" if value < 1 else ""
    off = f"on average {decimal(100 * abs(float(value) - 1), 1)}% {verdict}" if verdict else "right on average"
    return Column((grid, result(named.title, value, over(total, str(sum(labels)))), Words(off, "note")), 0.7)


def _bins(spec: MetricFigure, named: Named, model: str) -> Block:
    labels, scores = spec.labelled(model)
    found = metrics.reliability(labels, scores, spec.bin_count)
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        gap = abs(each.predicted - each.observed)
        name = f"{decimal(each.start)} to {decimal(each.end)}"
        rows.append((name, str(each.count), each.predicted, each.observed, gap, each.count * gap))
    total = fsum(each.count * abs(each.predicted - each.observed) for each in found)
    titles = ("p in bin", "n", "average p", "share of 1", "gap", "n × gap")
    grid = table(titles, rows, ("sum", str(len(labels)), None, None, None, decimal(total)), words=1)
    return Column((grid, result("ECE", value_of(spec, named, model), over(total, str(len(labels))))), 0.9)


def _pairs(spec: MetricFigure, named: Named, model: str) -> Block:
    """Count, for every positive, the negatives that score below it, those that score the same by half."""
    labels, scores = spec.labelled(model)
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: (-pair[0], -pair[1]))
    rows: list[tuple[Cell, ...]] = []
    counted = Fraction(0)
    for score, label in ranked:
        below = Fraction(0)
        if label:
            for other, kind in ranked:
                below += Fraction(0 if kind or other > score else 2 if other < score else 1, 2)
        counted += below
        rows.append((score, label_sign(label), below if label else None))
    positives = sum(labels)
    grid = table(("score", "label", "negatives below"), rows, ("sum", None, decimal(counted)))
    pairs = f"{positives} × {len(labels) - positives}"
    return Column((grid, result(named.title, value_of(spec, named, model), over(counted, pairs))), 0.9)


def _steps(spec: MetricFigure, named: Named, model: str) -> Block:
    """Return a row for every threshold: what recall gains there, times precision."""
    labels, scores = spec.labelled(model)
    rows: list[tuple[Cell, ...]] = []
    before = Fraction(0)
    for threshold, recall, precision in metrics.pr_points(labels, scores):
        adds = (recall - before) * precision
        rows.append((f"from {decimal(Fraction(threshold))}", recall, precision, adds if adds else None))
        before = recall
    value = value_of(spec, named, model)
    titles = ("threshold", "recall", "precision", "gained recall × precision")
    grid = table(titles, rows, ("sum", None, None, decimal(value)))
    return Column((grid, result("AP", value)), 0.9)


def _amounts(spec: MetricFigure, named: Named, model: str) -> Block:
    actual, predicted = spec.amounted(model)
    count, id_ = len(actual), named.metric.id
    errors = metrics.errors(actual, predicted)
    level = spec.level
    own: dict[str, tuple[str, list[Fraction]]] = {
        "mae": ("|error|", list(errors)),
        "wape": ("|error|", list(errors)),
        "rmse": ("error²", [error**2 for error in errors]),
        "mape": (
            "|error| / |actual|",
            [error / abs(y) if y else error for error, y in zip(errors, actual, strict=True)],
        ),
        "pinball": ("loss", [metrics.pinball([y], [p], level) for y, p in zip(actual, predicted, strict=True)]),
    }
    title, parts = own[id_]
    rows: list[tuple[Cell, ...]] = [(y, p, p - y, part) for y, p, part in zip(actual, predicted, parts, strict=True)]
    total = sum(parts, Fraction(0))
    whole = sum((abs(y) for y in actual), Fraction(0))
    first = decimal(whole) if id_ == "wape" else "sum"
    grid = table(("actual", "predicted", "error", title), rows, (first, None, None, decimal(total)))
    inner: Part = over(total, whole if id_ == "wape" else str(count))
    value = value_of(spec, named, model)
    step = Root(inner) if id_ == "rmse" and isinstance(inner, Block) else inner
    unit = spec.unit if spec.unit and id_ not in ("mape", "wape") else ""
    shown = result(named.title, value, step)
    return Column((grid, line(shown, Words(unit, measure=12)) if unit else shown), 0.9)


def _tokens(spec: MetricFigure, model: str) -> Block:
    tokens = spec.tokens[model]
    parts = [metrics.loss_of(1, token.probability) for token in tokens]
    rows = [(token.text, token.probability, loss) for token, loss in zip(tokens, parts, strict=True)]
    total = fsum(parts)
    grid = table(("token", "p", "−ln p"), rows, ("sum", None, decimal(total)), words=1)
    mean = total / len(parts)
    value = metrics.perplexity([token.probability for token in tokens])
    power = Power(Words("e"), Words(decimal(mean), "small", "ink"))
    steps = (
        result("mean", mean, over(total, str(len(parts)))),
        line("perplexity", "=", power, equals(value), Words(decimal(value), "strong")),
    )
    return Column((grid, lines(*steps)), 0.9)
