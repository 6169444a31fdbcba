"""The data of a worked metric → what is wrong with them: what does not go together, and what gives no value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from archkit.metrics import UndefinedError
from archkit.model.authored.metric_values import COUNTED, value_of

if TYPE_CHECKING:
    from archkit.model.authored.metric import MetricFigure

Problem = tuple[str, tuple[str | int, ...], str, str]
"""Code, path from the figure, message, hint."""

MOST_MODELS = 4
MOST_ROWS = (16, 6)
"""Entries that can be followed step by step, and printed: of one model or two, and of more."""

MOST_QUERIES = (10, 5)

_BINARY = frozenset((0, 1))
_CUT = frozenset(("precision", "recall"))
_WITHOUT_NEGATIVES = frozenset(("precision", "recall", "f1", "f2", "f0.5"))


def problems(spec: MetricFigure) -> list[Problem]:
    """Return what is wrong with the data of a figure that could be read; of what builds on each other, the first."""
    stages: tuple[Callable[[MetricFigure], Iterator[Problem]], ...] = (_source, _sizes, _lists, _pairs, _values)
    return next((found for stage in stages if (found := list(stage(spec)))), [])


def _source(spec: MetricFigure) -> Iterator[Problem]:
    """Tell data that are missing, that are there twice, and metrics that are not computed from them."""
    named = spec.named
    if not named:
        yield "FIG010", ("metric",), "no metric is named", "write `metric: ndcg@5`"
        return
    if not spec.given:
        wanted = " or ".join(f"`{key}:`" for key in named[0].metric.data)
        hint = f"write {wanted}"
        yield "FIG010", ("metric",), f"there is nothing to compute {named[0].title} from", hint
        return
    for key in spec.given[1:]:
        message = f"`{spec.data}` and `{key}` are both data to compute from"
        yield "LNG018", (key,), message, "draw a figure of each"
    for at, each in enumerate(named):
        path = ("metric", at) if len(named) > 1 else ("metric",)
        if spec.data not in each.metric.data:
            keys = " or ".join(f"`{key}:`" for key in each.metric.data)
            yield "FIG010", path, f"{each.title} is not computed from `{spec.data}`", f"it is computed from {keys}"
        elif spec.data != "lists" and each.k:
            yield "FIG010", path, f"only metrics of ranked lists have a cut-off `@{each.k}`", "leave it out"
        elif spec.data == "lists" and not each.k and (each.metric.cut == "needs" or each.metric.id in _CUT):
            message = f"{each.title} of a ranked list needs its cut-off"
            yield "FIG010", path, message, f"write `{each.metric.id}@5`"
    counted = spec.data == "confusion" or all(each.metric.id in COUNTED for each in named)
    if len(named) > 1 and (spec.data == "lists" or not counted):
        yield "FIG010", ("metric",), "several metrics are computed together from counts alone", "draw a figure of each"


def _sizes(spec: MetricFigure) -> Iterator[Problem]:
    """Tell what is empty, and what is too long to be followed."""
    if len(spec.models) > MOST_MODELS:
        message = f"{len(spec.models)} models are too many to be compared in one figure"
        yield "FIG010", (spec.data,), message, f"leave up to {MOST_MODELS}"
    if spec.data == "confusion":
        yield from _negatives(spec)
        return
    most, queries = MOST_ROWS[len(spec.models) > 2], MOST_QUERIES[len(spec.models) > 2]
    for model in spec.models:
        rows = getattr(spec, spec.data)[model]
        each = rows.rankings if spec.data == "lists" else (rows,)
        if not each or any(not row for row in each):
            yield "FIG010", (spec.data, model), f"there is nothing to compute from for `{model}`", "write its data"
        elif len(each) > queries:
            message = f"`{model}` has more than {queries} lists, which nobody follows step by step"
            yield "FIG010", (spec.data, model), message, "show fewer queries"
        elif max(map(len, each)) > most:
            message = f"`{model}` has more than {most} entries, which nobody follows step by step"
            yield "FIG010", (spec.data, model), message, "show fewer"


def _negatives(spec: MetricFigure) -> Iterator[Problem]:
    """Tell metrics of counts that need the true negatives, where those are not given."""
    for at, each in enumerate(spec.named):
        missing = [model for model, counts in spec.confusion.items() if counts.tn is None]
        if missing and each.metric.id not in _WITHOUT_NEGATIVES:
            path = ("metric", at) if len(spec.named) > 1 else ("metric",)
            yield "FIG010", path, f"{each.title} needs the true negatives too", "write `tn:` beside `tp:`"


def _lists(spec: MetricFigure) -> Iterator[Problem]:
    """Tell lists that name what is not there, and numbers that cannot be so many."""
    for model, one in spec.lists.items():
        for at, ranked in enumerate(one.rankings):
            path = ("lists", model, at) if one.several else ("lists", model)
            yield from _names(spec, path, ranked)
    counts = {len(one.rankings) for one in spec.lists.values()}
    if len(counts) > 1:
        yield "FIG010", ("lists",), "models have lists for different numbers of queries", "write as many for each"
        return
    several = max(counts, default=1)
    if spec.queries and spec.lists and len(spec.queries) != several:
        message = f"there are {len(spec.queries)} names of queries and {several} lists of each model"
        yield "FIG010", ("queries",), message, "name each query once"
    if len(spec.relevant) not in (0, 1, several):
        message = f"there are {len(spec.relevant)} numbers of relevant items and {several} queries"
        yield "FIG010", ("relevant",), message, "write one number, or one for each query"


def _names(spec: MetricFigure, path: tuple[str | int, ...], ranked: tuple[object, ...]) -> Iterator[Problem]:
    diverse = any(each.metric.id == "diversity" for each in spec.named)
    key = "vectors" if diverse else "items"
    known = spec.vectors if diverse else spec.items
    names = [entry for entry in ranked if isinstance(entry, str)]
    if names and not known:
        more = "`vectors:` of the items" if diverse else "grades, or `items:` with the grade of each name"
        yield "FIG010", path, f"`{names[0]}` has no {'vector' if diverse else 'grade'}", f"write {more}"
        return
    for at, entry in enumerate(ranked):
        if isinstance(entry, str) and entry not in known:
            yield "REF002", (*path, at), f"`{entry}` is not in `{key}`", f"write it under `{key}:`"
        elif isinstance(entry, str) and entry in ranked[:at]:
            yield "FIG010", (*path, at), f"`{entry}` stands twice in one list", "write it once"
        elif diverse and not isinstance(entry, str):
            yield "FIG010", (*path, at), "diversity compares items, not grades", "write names with `vectors:`"
        elif names and not isinstance(entry, str):
            yield "FIG010", (*path, at), "a list holds grades or names, not both", "write one kind"
    lengths = {len(vector) for vector in spec.vectors.values()}
    if diverse and len(lengths) > 1:
        yield "FIG010", ("vectors",), "vectors differ in length", "write as many numbers for each"


def _pairs(spec: MetricFigure) -> Iterator[Problem]:
    """Tell labels and probabilities that are none, and several queries or grades where they mean nothing."""
    for model, pairs in spec.predictions.items():
        for at, (probability, label) in enumerate(pairs):
            if label not in _BINARY:
                yield "LNG013", ("predictions", model, at, 1), "a label is 0 or 1", "write probability, then label"
            if not 0 <= probability <= 1:
                message = "a probability is from 0 to 1"
                yield "LNG013", ("predictions", model, at, 0), message, "write probability, then label"
    for key in ("quantile", "base_rate"):
        value = getattr(spec, key)
        if value is not None and not 0 < value.value < 1:
            yield "LNG013", (key,), f"`{key}` must be between 0 and 1", "write a share such as `0.9`"
    if spec.bins == 0:
        yield "LNG013", ("bins",), "there must be at least one bin", "write how many"
    if spec.by_name and any(one.several for one in spec.lists.values()) and spec.items:
        message = "an item is relevant to one query and not to another"
        yield "FIG010", ("items",), message, "write grades in the lists of several queries"
    elif spec.lists and not spec.vectors:
        yield from _missed(spec)


def _missed(spec: MetricFigure) -> Iterator[Problem]:
    """Tell numbers of relevant items that are fewer than those in the lists, or whose grades would be needed."""
    for model in spec.lists:
        for query, grades in enumerate(spec.grades(model)):
            held = sum(1 for grade in grades if grade > 0)
            if spec.relevant_to(model, query) < held:
                message = f"a list of `{model}` has {held} relevant items, more than there are in all"
                yield "LNG018", ("relevant",), message, f"write `relevant: {held}` or more"
            elif spec.relevant and spec.named[0].metric.id == "ndcg" and not _BINARY.issuperset(grades):
                message = "the best order needs the grades of all items, not their number"
                yield "FIG010", ("relevant",), message, "write `items:` with all grades, and names in the lists"


def _values(spec: MetricFigure) -> Iterator[Problem]:
    """Tell data that give no value."""
    for each in spec.named:
        for model in spec.models:
            try:
                value_of(spec, each, model)
            except UndefinedError as error:
                path = (spec.data, model) if model else (spec.data,)
                yield "FIG011", path, f"{each.title} has no value: {error}", "change the data, or the metric"
