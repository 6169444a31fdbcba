"""Ranked lists with relevance → the working of a metric: what each position adds, the sum, the value."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from archkit import metrics
from archkit.blocks import Block, Boxed, Column, Glyph, Grid, Rating, Row, Words
from archkit.figures.common import glyph_for, heads
from archkit.figures.formulas import Part, decimal, equals, line, lines, over, plus, ratio, result, slashed
from archkit.model.authored.metric_values import value_of, value_of_list
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.metrics import Gain
    from archkit.metrics.names import Named
    from archkit.model.authored.metric import MetricFigure

_MOST_DISCS = 5
_CELL = (1.7, 1.7)
_COUNTS_FIRST = frozenset(("mrr", "mean_rank"))
_GRADED = frozenset(("dcg", "ndcg"))


def working(spec: MetricFigure, named: Named, model: str, otherwise: str) -> Block:
    """Return the working of a metric for a model.

    Args:
        spec: The data.
        named: Which metric.
        model: Whose lists.
        otherwise: The glyph of an item whose name says nothing.
    """
    if named.metric.id == "diversity":
        return _similarities(spec, named, model, otherwise)
    if len(spec.lists[model].rankings) > 1 or named.metric.id in ("map", "hit_rate"):
        return _by_query(spec, named, model)
    return Column((_positions(spec, named, model, otherwise), _sums(spec, named, model, 0)), 0.9)


# one list, a row for each position


def _positions(spec: MetricFigure, named: Named, model: str, otherwise: str) -> Block:
    """Return a table with a row for each position: the item, its relevance, and what it adds."""
    grades = spec.grades(model)[0]
    graded = named.metric.id in _GRADED
    titles = {
        "ap": ("relevant so far", "precision here"),
        "mrr": ("1 / position",),
        "mean_rank": ("rank",),
        "dcg": ("log₂(i + 1)", "adds"),
        "ndcg": ("log₂(i + 1)", "adds", "best order"),
    }.get(named.metric.id, ("relevant so far",))
    if graded and _gain(spec) == "exponential":
        titles = ("gain", *titles)
    rows: list[tuple[Block | None, ...]] = [heads("i", "", "grade" if graded else "relevant", *titles)]
    for rank, entry in enumerate(spec.lists[model].rankings[0], 1):
        grade = grades[rank - 1]
        counts = not named.k or rank <= named.k
        cells = _adds(spec, named, model, rank) if counts else (None,) * len(titles)
        mark = _grade(spec, grade) if graded else Glyph("check" if grade > 0 else "cross", _tone(grade), 1.3)
        place = Words(str(rank), "body" if counts else "small")
        rows.append((place, _item(entry, otherwise, counts), mark, *cells))
    if named.k and len(grades) > named.k:
        empty: tuple[None, ...] = (None,) * len(titles)
        rows.insert(named.k + 1, (None, Words("not counted", "note"), None, *empty))
    marked = frozenset(
        at for at, row in enumerate(rows) if isinstance(row[0], Words) and row[0].text.isdigit()
        and grades[int(row[0].text) - 1] > 0 and row[0].style == "body"
    )  # fmt: skip
    columns = ("end", "start", "start" if graded else "middle", *("end" for _ in titles))
    return Grid(tuple(rows), columns, 1, marked, "lane.inference", leading=0.4, gap=1.1)  # type: ignore[arg-type]


def _adds(spec: MetricFigure, named: Named, model: str, rank: int) -> tuple[Block | None, ...]:
    """Return the cells of the working at a position."""
    grades = spec.grades(model)[0]
    grade, found = grades[rank - 1], sum(1 for each in grades[:rank] if each > 0)
    id_ = named.metric.id
    if id_ in _COUNTS_FIRST:
        first = grade > 0 and found == 1
        return (ratio(Fraction(1, rank) if id_ == "mrr" else Fraction(rank)) if first else None,)
    if id_ not in _GRADED:
        so_far = Words(str(found)) if grade > 0 else None
        return (so_far, Words(f"{found}/{rank}") if grade > 0 else None) if id_ == "ap" else (so_far,)
    gain = metrics.gain_of(grade, _gain(spec))
    discount = metrics.discount_of(rank)
    cells: list[Block | None] = [Words(decimal(Fraction(gain)))] if _gain(spec) == "exponential" else []
    cells += [Words(decimal(discount)), Words(decimal(float(gain) / discount), "strong")]
    if id_ == "ndcg":
        best = metrics.ideal(spec.pool(model, 0))
        cells.append(_best(spec, best, rank))
    return tuple(cells)


def _best(spec: MetricFigure, best: tuple[metrics.Number, ...], rank: int) -> Block | None:
    """Return what stands at a position of the best order: its grade, and what it adds."""
    if rank > len(best):
        return None
    adds = float(metrics.gain_of(best[rank - 1], _gain(spec))) / metrics.discount_of(rank)
    return Words(f"{decimal(Fraction(best[rank - 1]))} adds {decimal(adds)}", "small")


def _gain(spec: MetricFigure) -> Gain:
    return "exponential" if spec.gain == "exponential" else "linear"


def _item(entry: object, otherwise: str, counts: bool) -> Block:
    name = entry if isinstance(entry, str) else ""
    glyph = Glyph(glyph_for(name, otherwise), "ink" if counts else "muted", 1.5)
    return Row((glyph, Words(name, "body" if counts else "small", measure=13)), 0.5) if name else glyph


def _tone(grade: Fraction) -> str:
    return "good" if grade > 0 else "muted"


def _grade(spec: MetricFigure, grade: Fraction) -> Block:
    most = max((each for model in spec.lists for row in spec.grades(model) for each in row), default=Fraction(0))
    most = max([most, *(each.value for each in spec.items.values())])
    number = Words(decimal(grade), "strong" if grade > 0 else "body")
    if most > _MOST_DISCS or most.denominator != 1 or most < 2:
        return number
    return Row((number, Rating(float(grade), int(most))), 0.6)


def _sums(spec: MetricFigure, named: Named, model: str, query: int) -> Block:
    """Return the formula of one list with its numbers filled in."""
    id_, k = named.metric.id, named.k
    value = value_of_list(spec, named, model, query)
    grades = spec.grades(model)[query]
    found = sum(1 for grade in grades[: k or None] if grade > 0)
    if id_ == "precision":
        return result(named.title, value, over(str(found), str(k)))
    if id_ == "recall":
        return result(named.title, value, over(str(found), str(spec.relevant_to(model, query))))
    if id_ == "mrr":
        rank = next((at for at, grade in enumerate(grades[: k or None], 1) if grade > 0), 0)
        if rank:
            return result("reciprocal rank", value, *((over("1", str(rank)),) if rank > 1 else ()))
        return line("reciprocal rank", "=", Words("0", "strong"), ", because none is relevant")
    if id_ == "mean_rank":
        return result("rank", value)
    if id_ in ("ap", "map"):
        return result(_one(named), value, _average(spec, named, model, query))
    gain = _gain(spec)
    dcg = metrics.dcg(grades, k or None, gain)
    if id_ == "dcg":
        return result(named.title, dcg, _added(grades[: k or None], gain))
    best = metrics.ideal(spec.pool(model, query), k or None)
    ideal = metrics.dcg(best, None, gain)
    cut = f"@{k}" if k else ""
    return lines(
        result(f"DCG{cut}", dcg, _added(grades[: k or None], gain)),
        result(f"best DCG{cut}", ideal, _added(best, gain)),
        result(named.title, value, over(dcg, ideal)),
    )


def _one(named: Named) -> str:
    """Return what the metric is called for a single list."""
    return f"AP@{named.k}" if named.k else "AP"


def _added(grades: tuple[metrics.Number, ...], gain: Gain) -> Block:
    terms: list[Part] = [
        float(metrics.gain_of(grade, gain)) / metrics.discount_of(rank)
        for rank, grade in enumerate(grades, 1)
        if grade > 0
    ]
    return plus(terms)


def _average(spec: MetricFigure, named: Named, model: str, query: int) -> Block:
    """Return the precisions at relevant items over their number, as a fraction."""
    grades = spec.grades(model)[query]
    terms: list[Part] = [
        slashed(metrics.precision_at(grades, rank))
        for rank, grade in enumerate(grades[: named.k or None], 1)
        if grade > 0
    ]
    relevant = spec.relevant_to(model, query)
    return over(plus(terms), str(min(relevant, named.k) if named.k else relevant))


# several lists, a row for each query


def _by_query(spec: MetricFigure, named: Named, model: str) -> Block:
    """Return a table with a row for each query, and the mean of their values."""
    rankings = spec.grades(model)
    longest = max(len(grades) for grades in rankings)
    rows: list[tuple[Block | None, ...]] = [
        (Words("query", "small"), _numbers(longest), Words(_of_one(named), "small"))
    ]
    values = [value_of_list(spec, named, model, query) for query in range(len(rankings))]
    for query, grades in enumerate(rankings):
        name = spec.queries[query] if spec.queries else str(query + 1)
        rows.append((Words(name, measure=10), _strip(grades, named), _row_value(spec, named, model, query)))
    table = Grid(tuple(rows), ("start", "start", "start"), 1, leading=0.5, gap=1.2)
    terms: list[Part] = [slashed(each) if isinstance(each, Fraction) else each for each in values]
    mean = value_of(spec, named, model)
    if len(values) == 1:
        return Column((table, result(named.title, mean)), 0.9)
    return Column((table, result(_mean(named), mean, over(plus(terms), str(len(values))))), 0.9)


def _mean(named: Named) -> str:
    own = named.metric.id in ("mrr", "mean_rank", "map", "hit_rate")
    return named.title if own else f"mean {named.title}"


def _of_one(named: Named) -> str:
    own = {"mrr": "1 / first", "mean_rank": "rank", "map": _one(named), "hit_rate": "hit"}
    return own.get(named.metric.id, named.title)


def _row_value(spec: MetricFigure, named: Named, model: str, query: int) -> Block:
    value = value_of_list(spec, named, model, query)
    if named.metric.id == "hit_rate":
        return Row(
            (Glyph("check" if value else "cross", "good" if value else "muted", 1.3), Words(decimal(value))), 0.4
        )
    if named.metric.id in ("map", "ap"):
        return line(_average(spec, named, model, query), equals(value), Words(decimal(value), "strong"))
    exact = value if isinstance(value, Fraction) else None
    return ratio(exact) if exact is not None else Words(decimal(value), "strong")


def _numbers(count: int) -> Block:
    cells = [
        Boxed(
            Words(str(rank), "small", align="middle"), shape="rect", fill="paper", stroke="", padding=0.2, least=_CELL
        )
        for rank in range(1, count + 1)
    ]
    return Row(tuple(cells), 0.0)


def _strip(grades: tuple[Fraction, ...], named: Named) -> Block:
    """Return positions as cells: relevant ones are filled and ticked, those behind the cut-off dashed and empty."""
    first = next((at for at, grade in enumerate(grades) if grade > 0), -1)
    cells: list[Block] = []
    for at, grade in enumerate(grades):
        counts = not named.k or at < named.k
        relevant = grade > 0 and counts
        inner: Block = Glyph("check" if grade > 0 else "cross", "good" if relevant else "muted", 1.1)
        if named.metric.id in _GRADED:
            inner = Words(decimal(grade), "strong" if relevant else "small", align="middle")
        chosen = relevant and (named.metric.id not in _COUNTS_FIRST or at == first)
        fill = "lane.inference" if chosen else "paper"
        cells.append(
            Boxed(inner, shape="rect", fill=fill, padding=0.25, least=_CELL, dashed=not counts,
                  stroke="ink" if counts else "muted")
        )  # fmt: skip
    return Row(tuple(cells), 0.0, "stretch")


# diversity


def _similarities(spec: MetricFigure, named: Named, model: str, otherwise: str) -> Block:
    """Return the similarities of all pairs of the first list, and their average."""
    blocks: list[Block] = []
    for query, ranked in enumerate(spec.lists[model].rankings):
        names = [str(entry) for entry in ranked][: named.k or None]
        rows: list[tuple[Block | None, ...]] = [
            (None, *(Words(name, "small", align="middle", measure=5) for name in names[1:]))
        ]
        for at, name in enumerate(names[:-1]):
            cells = [
                Words(decimal(metrics.cosine(spec.vectors[name], spec.vectors[other]), 2)) if at < column else None
                for column, other in enumerate(names[1:], 1)
            ]
            rows.append((_item(name, otherwise, True), *cells))
        columns = ("start", *("end" for _ in names[1:]))
        if len(spec.lists[model].rankings) > 1:
            blocks.append(Words(spec.queries[query] if spec.queries else f"query {query + 1}", "strong"))
        blocks.append(Grid(tuple(rows), columns, 1, leading=0.4, gap=1.0))  # type: ignore[arg-type]
        total = fsum(metrics.cosine(spec.vectors[a], spec.vectors[b]) for a, b in combinations(names, 2))
        pairs = len(names) * (len(names) - 1) // 2
        value = value_of_list(spec, named, model, query)
        blocks.append(result("average", value, over(total, how_many(pairs, "pair"))))
    if len(spec.lists[model].rankings) > 1:
        blocks.append(result("mean", value_of(spec, named, model)))
    return Column(tuple(blocks), 0.9)
