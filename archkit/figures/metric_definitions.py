"""Metrics → their definitions as formulas in words, and one line on how to read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Words
from archkit.figures.formulas import line, over, sum_over
from archkit.formulas import Power, Root

if TYPE_CHECKING:
    from archkit.metrics.names import Named
    from archkit.model.authored.metric import MetricFigure

_LOSS = "(y ln p + (1 − y) ln(1 − p))"


def definition(spec: MetricFigure, named: Named) -> tuple[Block, str] | None:
    """Return a metric's formula in words and how to read it; None where the counts in the working say it all."""
    id_ = named.metric.id
    if spec.data == "predictions" and id_ == "ap":
        adds = line("AP", "=", sum_over("thresholds"), "gained recall", "×", "precision")
        return adds, "area under the precision-recall curve; from 0 to 1, more is better"
    make = _LISTS.get(id_) if spec.data == "lists" else _OTHERS.get(id_)
    return make(spec, named) if make is not None else None


def _precision(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    k = named.k
    above = f"relevant items among the first {k}"
    return line(named.title, "=", over(above, str(k))), "the order within the list does not count"


def _recall(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    above = f"relevant items among the first {named.k}"
    return line(named.title, "=", over(above, "all relevant items")), "the order within the list does not count"


def _hit_rate(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    above = f"queries with a relevant item among the first {named.k}"
    return line(named.title, "=", over(above, "queries")), "one relevant item is enough"


def _mrr(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    rank = over("1", "position of the first relevant item")
    return line(
        named.title, "=", over("1", "queries"), sum_over("queries"), rank
    ), "only the first relevant item counts"


def _mean_rank(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    rank = "position of the first relevant item"
    return line(named.title, "=", over("1", "queries"), sum_over("queries"), rank), "1 at best, less is better"


def _ap(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    below = f"relevant items, at most {named.k}" if named.k else "relevant items"
    name = f"AP@{named.k}" if named.k else "AP"
    bound = f"i ≤ {named.k}, i relevant" if named.k else "i relevant"
    formula = line(name, "=", over("1", below), sum_over(bound), "precision@i")
    read = "relevant items count more near the top"
    if named.metric.id == "map" or len(next(iter(spec.lists.values())).rankings) > 1:
        read = f"{'mAP' if named.metric.id == 'map' else 'its mean'} is the mean over queries; {read}"
    return formula, read


def _dcg(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    return line(named.title, "=", *_discounted(spec, named)), "high grades near the top add most"


def _ndcg(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    cut = f"@{named.k}" if named.k else ""
    share = over(f"DCG{cut}", f"DCG{cut} of the best order")
    return line(
        named.title, "=", share, "  where  ", f"DCG{cut}", "=", *_discounted(spec, named)
    ), "from 0 to 1, where 1 is the best order"


def _discounted(spec: MetricFigure, named: Named) -> tuple[Block, Block]:
    gain: Block | str = "grade i"
    if spec.gain == "exponential":
        gain = line(Power(Words("2"), Words("grade i", "small", "ink")), "− 1")
    return sum_over("i = 1", str(named.k) if named.k else "n"), over(gain, "log₂(i + 1)")


def _diversity(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    formula = line("average similarity", "=", over("1", "pairs"), sum_over("pairs"), "cosine of both embeddings")
    return formula, "the lower the average similarity, the more diverse the list"


def _log_loss(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    formula = line("log loss", "= −", over("1", "n"), sum_over("n examples"), _LOSS)
    return formula, "0 is best; certain mistakes cost most"


def _ne(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    formula = line("NE", "=", over("log loss", "entropy of always predicting the base rate"))
    return formula, "below 1 the model knows more than the average; less is better"


def _brier(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    square = line("(p − y)²")
    return line("Brier score", "=", over("1", "n"), sum_over("n examples"), square), "from 0 to 1, less is better"


def _calibration(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    formula = line("calibration", "=", over("sum of predicted probabilities", "number of positives observed"))
    return formula, "1 is right on average; above 1 predictions are too high"


def _ece(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    gap = "| average p − share of 1 |"
    return line("ECE", "=", sum_over("bins"), over("n in bin", "n"), gap), "0 is best: of what gets 30%, 30% happen"


def _roc_auc(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    above = "pairs in which the positive scores above the negative"
    return line(
        "ROC-AUC", "=", over(above, "pairs of a positive and a negative")
    ), "equal scores count half; 0.5 is chance"


def _mae(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    return _mean(named, "| actual − predicted |"), "in the unit of the amounts; less is better"


def _rmse(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    inner = line(over("1", "n"), sum_over("n examples"), "(actual − predicted)²")
    return line(named.title, "=", Root(inner)), "large errors count more; less is better"


def _mape(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    return _mean(named, over("| actual − predicted |", "| actual |")), "small amounts count as much as large ones"


def _wape(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    share = over("sum of | actual − predicted |", "sum of | actual |")
    return line(named.title, "=", share), "large amounts count more; less is better"


def _pinball(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    level = spec.level
    up, down = f"{_percent(level)} of the error", f"{_percent(1 - level)} of it"
    formula = _mean(named, f"({up} where predicted too low, {down} where too high)")
    return formula, f"least for predictions that {_percent(level)} of all amounts stay below"


def _perplexity(spec: MetricFigure, named: Named) -> tuple[Block, str]:
    exponent = Words("mean of −ln p", "small", "ink")
    read = "as unsure as a guess among so many equally likely tokens; less is better"
    return line(named.title, "=", Power(Words("e"), exponent)), read


def _mean(named: Named, inner: Block | str) -> Block:
    return line(named.title, "=", over("1", "n"), sum_over("n examples"), inner)


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):g}%"


_Make = Callable[["MetricFigure", "Named"], tuple[Block, str]]
_LISTS: Mapping[str, _Make] = {
    "precision": _precision,
    "recall": _recall,
    "hit_rate": _hit_rate,
    "mrr": _mrr,
    "mean_rank": _mean_rank,
    "ap": _ap,
    "map": _ap,
    "dcg": _dcg,
    "ndcg": _ndcg,
    "diversity": _diversity,
}
_OTHERS: Mapping[str, _Make] = {
    "log_loss": _log_loss,
    "ne": _ne,
    "brier": _brier,
    "calibration": _calibration,
    "ece": _ece,
    "roc_auc": _roc_auc,
    "mae": _mae,
    "rmse": _rmse,
    "mape": _mape,
    "wape": _wape,
    "pinball": _pinball,
    "perplexity": _perplexity,
}
