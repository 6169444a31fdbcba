"""Counts of decisions → the confusion matrix and the formulas of what is computed from it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Row, Words
from archkit.figures.formulas import Part, decimal, line, lines, over, result
from archkit.figures.metric_tables import label_sign, table
from archkit.formulas import Root
from archkit.model.authored.metric_values import value_of

if TYPE_CHECKING:
    from archkit.metrics import Confusion
    from archkit.metrics.names import Named
    from archkit.model.authored.metric import MetricFigure

_CELL = (8.5, 3.4)
_LONG = frozenset(("f1", "f2", "f0.5"))


def working(spec: MetricFigure, named: tuple[Named, ...], model: str) -> Block:
    """Return the predictions, if they are what is counted, the matrix, and each formula with its numbers.

    Args:
        spec: Of the figure, with its data.
        named: The metrics, each with its cut-off.
        model: Whose data count.
    """
    counts = spec.counts(model)
    formulas = lines(*(_formula(spec, each, model, counts) for each in named))
    body = Column((matrix(counts, _has_negatives(spec, model)), formulas), 1.0, "middle")
    if not spec.predictions:
        return body
    labels, scores = spec.labelled(model)
    rows = [
        (score, "yes" if score >= spec.cut else "no", label_sign(label), _outcome(score >= spec.cut, label))
        for score, label in sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    ]
    return Row((table(("p", "says", "label", ""), rows), body), 2.0, "start")


def _outcome(yes: bool, label: int) -> Block:
    name = {(True, 1): "TP", (True, 0): "FP", (False, 1): "FN", (False, 0): "TN"}[yes, label]
    return Words(name, "strong" if yes == bool(label) else "body", "" if yes == bool(label) else "bad")


def _has_negatives(spec: MetricFigure, model: str) -> bool:
    return bool(spec.predictions) or spec.confusion[model].tn is not None


def matrix(counts: Confusion, negatives: bool = True) -> Block:
    """Return the confusion matrix: what is, down; what was predicted, across.

    Args:
        counts: Its numbers.
        negatives: Whether the true negatives are known; they are not where everything else is a negative.
    """
    rows: tuple[tuple[Block | None, ...], ...] = (
        (None, _head("predicted yes"), _head("predicted no")),
        (
            _side("is yes"),
            _square(counts.tp, "TP", "check", "lane.inference"),
            _square(counts.fn, "FN", "cross", "paper"),
        ),
        (
            _side("is no"),
            _square(counts.fp, "FP", "cross", "paper"),
            _square(counts.tn, "TN", "check", "lane.inference") if negatives else _unknown(),
        ),
    )
    return Grid(rows, ("end", "stretch", "stretch"), 0, ruled=False, gap=0.5, leading=0.35, align="stretch")


def _head(title: str) -> Block:
    return Words(title, "small", align="middle")


def _side(title: str) -> Block:
    return Boxed(Words(title, "small"), stroke="", fill="paper", padding=0.2)


def _square(count: int, name: str, glyph: str, fill: str) -> Block:
    sign = Row((Glyph(glyph, "good" if glyph == "check" else "bad", 1.1), Words(name, "small", "ink")), 0.35)
    inner = Column((Words(f"{count:,}", "title", align="middle"), sign), 0.05, "middle")
    return Boxed(inner, shape="rect", fill=fill, padding=0.5, least=_CELL)


def _unknown() -> Block:
    return Boxed(Words("not counted", "small"), shape="rect", fill="paper", stroke="muted", dashed=True, least=_CELL)


def _formula(spec: MetricFigure, named: Named, model: str, counts: Confusion) -> Block:
    """Return a formula with its counts filled in."""
    tp, fp, fn, tn = counts.tp, counts.fp, counts.fn, counts.tn
    value = value_of(spec, named, model)
    steps: dict[str, tuple[Part, ...]] = {
        "precision": (over("TP", "TP + FP"), over(f"{tp:,}", f"{tp:,} + {fp:,}")),
        "recall": (over("TP", "TP + FN"), over(f"{tp:,}", f"{tp:,} + {fn:,}")),
        "accuracy": (over("TP + TN", "all"), over(f"{tp:,} + {tn:,}", f"{counts.total:,}")),
        "specificity": (over("TN", "TN + FP"), over(f"{tn:,}", f"{tn:,} + {fp:,}")),
        "false_positive_rate": (over("FP", "FP + TN"), over(f"{fp:,}", f"{fp:,} + {tn:,}")),
    }
    if named.metric.id in steps:
        return result(named.title, value, *steps[named.metric.id])
    if named.metric.id in _LONG:
        return result(named.title, value, *_f_beta(named.metric.id, counts))
    if named.metric.id == "balanced_accuracy":
        return result(named.title, value, over(line(counts.recall, "+", counts.specificity), "2"))
    if named.metric.id == "mcc":
        below = line(*[part for each in _sums(counts) for part in ("×", f"{each:,}")][1:])
        return result(named.title, value, over(f"{tp:,} × {tn:,} − {fp:,} × {fn:,}", Root(below)))
    observed = counts.accuracy
    chance = _by_chance(counts)
    return lines(
        result("agreement", observed, over(f"{tp:,} + {tn:,}", f"{counts.total:,}")),
        result("by chance", chance),
        result(named.title, value, over(f"{decimal(observed)} − {decimal(chance)}", f"1 − {decimal(chance)}")),
    )


def _f_beta(id_: str, counts: Confusion) -> tuple[Part, ...]:
    """Return F-beta from precision and recall, where both can be computed, else from counts."""
    beta = Fraction(id_.removeprefix("f")) ** 2
    weight = "" if beta == 1 else f"{decimal(beta)} × "
    both = "2" if beta == 1 else f"(1 + {decimal(beta)})"
    if not counts.tp:
        return (over("0", decimal(beta * counts.fn + counts.fp)),)
    p, r = decimal(counts.precision), decimal(counts.recall)
    return over(f"{both} P R", f"{weight}P + R"), over(f"{both} × {p} × {r}", f"{weight}{p} + {r}")


def _sums(counts: Confusion) -> tuple[int, ...]:
    """Return how many were predicted yes, are yes, are no, and were predicted no."""
    return counts.tp + counts.fp, counts.tp + counts.fn, counts.tn + counts.fp, counts.tn + counts.fn


def _by_chance(counts: Confusion) -> Fraction:
    """Return how often prediction and label would agree if they had nothing to do with each other."""
    yes = (counts.tp + counts.fp) * (counts.tp + counts.fn)
    no = (counts.fn + counts.tn) * (counts.fp + counts.tn)
    return Fraction(yes + no, counts.total**2)
