"""A worked example of a metric: ranked lists, predictions, amounts, counts or tokens of one model or several."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Self

from archkit.metrics import Confusion
from archkit.metrics.names import METRICS, Named, find_metric, plain
from archkit.model.authored.metric_checks import problems
from archkit.model.authored.metric_data import LISTS, PAIRS, PREDICTIONS, TOKENS, Counts, CountsOf, Lists, Token
from archkit.model.design import FigureSpec
from archkit.quantity import Quantity
from archkit.reading import Reading, shorten
from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, MapOf
from archkit.shapes.numbers import Numbers
from archkit.yamltree import Node, Scalar

_DATA = ("lists", "predictions", "amounts", "confusion", "tokens")


class MetricFigure(FigureSpec, noun="figure"):
    """A metric computed step by step from an example; its value is never typed."""

    metric = f.texts("Which one, with its cut-off where it has one; of counts also several.", "ndcg@5", required=True)
    lists: Mapping[str, Lists] = f.field(
        MapOf(LISTS, names=True),
        "Ranked lists by model: a grade or the name of an item for each position; several lists for several queries.",
        "{Model A: [3, 2, 0, 1, 0], Model B: [0, 3, 1, 2, 0]}",
    )
    items: Mapping[str, Quantity] = f.field(
        MapOf(f.COUNT, names=True), "Grades of items by name, 0 for what is not relevant.", "{cat video: 3, advert: 0}"
    )
    relevant: tuple[Quantity, ...] = f.field(
        ListOf(f.WHOLE), "How many items are relevant in all, found or not; one number, or one for each query.", "4"
    )
    queries = f.texts("What the queries are called.", "[red shoes, rain coat]")
    gain = f.word(("linear", "exponential"), "What a grade is worth in DCG: itself, or 2^grade - 1.", "exponential")
    vectors: Mapping[str, tuple[Fraction, ...]] = f.field(
        MapOf(Numbers(), names=True), "Embeddings of items, for diversity.", "{cat video: [0.9, 0.1]}"
    )
    predictions: Mapping[str, tuple[tuple[Fraction, ...], ...]] = f.field(
        MapOf(PREDICTIONS, names=True),
        "By model, pairs of predicted probability and label.",
        "{Model A: [[0.9, 1], [0.2, 0]]}",
    )
    threshold = f.share("From which probability on a prediction says yes; 50% where nothing is said.", "0.5")
    base_rate = f.share("Share of positives in the background; that of the labels where it is missing.", "2%")
    bins = f.integer("How many bins probabilities are gathered into; 10 where nothing is said.", "5")
    amounts: Mapping[str, tuple[tuple[Fraction, ...], ...]] = f.field(
        MapOf(PAIRS, names=True), "By model, pairs of actual and predicted amount.", "{Model A: [[12, 10], [7, 8]]}"
    )
    unit = f.text("What the amounts measure.", "minutes")
    quantile = f.share("The quantile that is predicted, for pinball loss; 50% where nothing is said.", "0.9")
    confusion: Mapping[str, Counts] = f.field(
        CountsOf(),
        "Counts of right and wrong decisions, of one model or by model.",
        "{tp: 80, fp: 20, fn: 40, tn: 860}",
    )
    slices = f.flag("Whether slices of one model stand side by side: then none is called better.")
    tokens: Mapping[str, tuple[Token, ...]] = f.field(
        MapOf(TOKENS, names=True),
        "By model, the tokens that came with the probability that each was given.",
        "{Model A: [{the: 0.4}, {cat: 0.05}]}",
    )

    @classmethod
    def read(cls, node: Node, key: Scalar | None, reading: Reading) -> Self:
        """Read the figure; where all of it could be read, check that its data go together and give a value."""
        before = len(reading.diagnostics)
        spec = super().read(node, key, reading)
        if len(reading.diagnostics) == before:
            for code, path, message, hint in problems(spec):
                reading.error(code, spec.at(*path), message, hint)
        return spec

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report metrics that are not known."""
        super().finish(values, reading)
        for at, name in enumerate(self.metric):
            if find_metric(name) is None:
                span = self.at("metric", at) if self.has("metric", at) else self.at("metric")
                base, at_sign, cut = (part.strip() for part in name.partition("@"))
                if at_sign and (known := find_metric(base)) is not None:
                    message = f"`{shorten(cut)}` is no cut-off: how many positions count is 1 or more"
                    reading.error("LNG013", span, message, f"write `{known.metric.id}@5`")
                    continue
                near = reading.nearest(plain(base), METRICS)
                near = f"{near}@{cut}" if near and at_sign and cut else near
                hint = f"did you mean `{near}`?" if near else f"known are {', '.join(f'`{id_}`' for id_ in METRICS)}"
                reading.error("LNG004", span, f"`{shorten(name)}` is no metric that is known here", hint)

    # what is computed from

    @property
    def named(self) -> tuple[Named, ...]:
        """The metrics that are known."""
        return tuple(found for name in self.metric if (found := find_metric(name)) is not None)

    @property
    def given(self) -> tuple[str, ...]:
        """The keys under which there are data to compute from."""
        return tuple(key for key in _DATA if getattr(self, key))

    @property
    def data(self) -> str:
        """The key whose data are used; "" where there are none."""
        return next(iter(self.given), "")

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the models that have data; one "" where they need no name."""
        return tuple(getattr(self, self.data)) if self.data else ()

    @property
    def by_name(self) -> bool:
        """Whether lists hold names of items."""
        return any(isinstance(entry, str) for one in self.lists.values() for row in one.rankings for entry in row)

    def grades(self, model: str) -> tuple[tuple[Fraction, ...], ...]:
        """Return the grades of a model's lists, one for each query, by position."""
        return tuple(
            tuple(self.items[entry].value if isinstance(entry, str) else entry for entry in ranked)
            for ranked in self.lists[model].rankings
        )

    def relevant_to(self, model: str, query: int) -> int:
        """Return how many items are relevant to a query: as many as are said, have grades, or are in the list.

        Args:
            model: Whose list it is.
            query: Its number, from 0 on.
        """
        if self.relevant:
            return int(self.relevant[query if len(self.relevant) > 1 else 0].value)
        if self.by_name:
            return sum(1 for grade in self.items.values() if grade.value > 0)
        return sum(1 for grade in self.grades(model)[query] if grade > 0)

    def pool(self, model: str, query: int) -> tuple[Fraction, ...]:
        """Return the grades of all items that a list could hold: the best order is made from them.

        Args:
            model: Whose list it is.
            query: Its number, from 0 on.
        """
        if self.by_name:
            return tuple(grade.value for grade in self.items.values())
        grades = self.grades(model)[query]
        missed = self.relevant_to(model, query) - sum(1 for grade in grades if grade > 0)
        return (*grades, *(Fraction(1),) * missed)

    def labelled(self, model: str) -> tuple[list[int], list[Fraction]]:
        """Return the labels and the probabilities of a model's predictions."""
        pairs = self.predictions[model]
        return [int(label) for _, label in pairs], [probability for probability, _ in pairs]

    def amounted(self, model: str) -> tuple[list[Fraction], list[Fraction]]:
        """Return the actual and the predicted amounts of a model."""
        pairs = self.amounts[model]
        return [actual for actual, _ in pairs], [predicted for _, predicted in pairs]

    @property
    def cut(self) -> Fraction:
        """From which probability on a prediction says yes."""
        return self.threshold.value if self.threshold is not None else Fraction(1, 2)

    @property
    def level(self) -> Fraction:
        """The quantile that is predicted."""
        return self.quantile.value if self.quantile is not None else Fraction(1, 2)

    @property
    def bin_count(self) -> int:
        """Into how many bins probabilities are gathered."""
        return self.bins or 10

    def counts(self, model: str) -> Confusion:
        """Return the decisions of a model, counted; those of its predictions at the threshold."""
        return self.confusion[model].confusion if self.confusion else Confusion.at(*self.labelled(model), self.cut)
