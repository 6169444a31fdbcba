"""Figures of metrics and scores: what they say is what is computed, whatever the data are."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit.figures.formulas import decimal, equals
from archkit.metrics.names import METRICS, find_metric
from archkit.pictures import Picture, texts
from archkit.proof import check

HEAD = "blueprint: 1\ntitle: Search\nframing: {output: [videos]}\n"
PREDICTED = "predictions: {A: [[0.9, 1], [0.2, 0], [0.1, 0], [0.6, 1], [0.3, 0]], B: [[0.5, 1], [0.6, 0]]}"
AMOUNTS = "amounts: {A: [[12, 10], [7, 8], [30, 24]], B: [[12, 13], [7, 3], [30, 31]]}"
COUNTS = "confusion: {A: {tp: 80, fp: 20, fn: 40, tn: 860}, B: {tp: 60, fp: 5, fn: 60, tn: 875}}"
LISTS = "lists: {A: [1, 0, 1, 0, 0], B: [0, 0, 1, 1, 1]}"
SEVERAL = "lists: {A: [[0, 0, 1], [1, 0, 1]], B: [[0, 0, 0], [0, 1, 0]]}, relevant: [1, 3]"
BOOKED = "lists: {A: [[0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]], B: [[0, 0, 1, 0, 0, 0], [0, 0, 1, 1, 0, 0]]}"
NE = -(log(0.9) + log(0.8) + log(0.9) + log(0.6) + log(0.7)) / 5 / -(0.4 * log(0.4) + 0.6 * log(0.6))


def drawn(entry: str, more: str = "") -> Picture:
    document = archkit.loads(f"{HEAD}{more}figures: [{{kind: metric, {entry}}}]\n")
    assert not document.broken, document.diagnostics
    view = document.figure("metric")
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    assert isinstance(view.figure, Picture)
    return view.figure


def said(entry: str, more: str = "") -> list[str]:
    return list(texts(drawn(entry, more).body))


SHOWN = [
    (f"metric: precision@3, {LISTS}", "0.667", "A is better: 0.667 against 0.333 of B"),
    (f"metric: recall@3, relevant: 4, {LISTS}", "0.5", "A is better: 0.5 against 0.25 of B"),
    (f"metric: ap, {LISTS}", decimal((1 + Fraction(2, 3)) / 2), "A is better: 0.833 against 0.478 of B"),
    (f"metric: mrr, {LISTS}", "1", "A is better: 1 against 0.333 of B"),
    (f"metric: ndcg@5, {LISTS}", decimal(1.5 / (1 + 1 / log2(3))), "A is better: 0.92 against 0.618 of B"),
    (f"metric: dcg@5, {LISTS}", "1.5", "A is better: 1.5 against 1.318 of B"),
    (f"metric: mrr, {SEVERAL}", "0.667", "A is better: 0.667 against 0.25 of B"),
    (f"metric: mean_rank, {LISTS}", "1", "A is better: 1 against 3 of B"),
    (f"metric: mean rank, {BOOKED}", "4", "B is better: 3 against 4 of A"),
    (f"metric: map, {SEVERAL}", "0.444", "A is better: 0.444 against 0.0833 of B"),
    (f"metric: hit_rate@2, {SEVERAL}", "0.5", "A and B are level: 0.5"),
    (f"metric: recall@3, {SEVERAL}", "0.833", "A is better: 0.833 against 0.167 of B"),
    (f"metric: ne, {PREDICTED}", decimal(NE), "A is better: 0.387 against 1.161 of B"),
    (f"metric: log_loss, {PREDICTED}", "0.26", "A is better: 0.26 against 0.805 of B"),
    (f"metric: brier, {PREDICTED}", "0.062", "A is better: 0.062 against 0.305 of B"),
    (f"metric: calibration, {PREDICTED}", "1.05", "A is better: 1.05 against 1.1 of B"),
    (f"metric: ece, {PREDICTED}", "0.22", "A is better: 0.22 against 0.55 of B"),
    (f"metric: roc_auc, {PREDICTED}", "1", "A is better: 1 against 0 of B"),
    (f"metric: pr_auc, {PREDICTED}", "1", "A is better: 1 against 0.5 of B"),
    (f"metric: accuracy, threshold: 0.55, {PREDICTED}", "1", "A is better: 1 against 0 of B"),
    (f"metric: mae, {AMOUNTS}", "3", "B is better: 2 against 3 of A"),
    (f"metric: rmse, unit: min, {AMOUNTS}", "3.697", "B is better: 2.449 against 3.697 of A"),
    (f"metric: mape, {AMOUNTS}", "0.17", "A is better: 0.17 against 0.229 of B"),
    (f"metric: wape, {AMOUNTS}", "0.184", "B is better: 0.122 against 0.184 of A"),
    (f"metric: pinball, quantile: 0.9, {AMOUNTS}", "2.433", "B is better: 1.267 against 2.433 of A"),
    (f"metric: f1, {COUNTS}", "0.727", "A is better: 0.727 against 0.649 of B"),
    (f"metric: f2, {COUNTS}", "0.69", "A is better: 0.69 against 0.55 of B"),
    (f"metric: Matthews correlation, {COUNTS}", "0.698", "A is better: 0.698 against 0.652 of B"),
    (f"metric: kappa, {COUNTS}", "0.694", "A is better: 0.694 against 0.616 of B"),
    (f"metric: balanced accuracy, {COUNTS}", "0.822", "A is better: 0.822 against 0.747 of B"),
    (f"metric: specificity, {COUNTS}", "0.977", "B is better: 0.994 against 0.977 of A"),
    (f"metric: false positive rate, {COUNTS}", "0.0227", "B is better: 0.00568 against 0.0227 of A"),
    (f"metric: [precision, recall], {COUNTS}", "0.8", "B is better in precision; A is better in recall"),
    ("metric: perplexity, tokens: {A: [{the: 0.5}, {cat: 0.125}], B: [{the: 0.5}, {cat: 0.5}]}", "4",
     "B is better: 2 against 4 of A"),
    ("metric: diversity, vectors: {x: [1, 0], y: [0, 1], z: [3, 4]}, lists: {A: [x, y], B: [x, z]}", "0",
     "A is better: 0 against 0.6 of B"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "value", "verdict"), SHOWN)
def test_a_figure_shows_the_value_and_which_model_is_better(entry: str, value: str, verdict: str) -> None:
    found = said(entry)
    assert value in found
    assert verdict in found


def test_every_metric_is_drawn_somewhere_above() -> None:
    found = [find_metric(word) for entry, _, _ in SHOWN for word in _names(entry)]
    shown = {named.metric.id for named in found if named is not None}
    assert set(METRICS) - shown == {"f0.5"}


def _names(entry: str) -> list[str]:
    named = entry.split("metric: ")[1]
    return named[1:].split("]")[0].split(", ") if named.startswith("[") else [named.split(",")[0]]


def test_the_working_of_roc_auc_adds_up_with_ties() -> None:
    found = said("metric: roc_auc, predictions: {A: [[0.8, 1], [0.5, 1], [0.5, 0], [0.2, 0], [0.9, 0]]}")
    assert "1.5" in found and "2 × 3" in found  # below 0.8 lie two negatives, below 0.5 one and a half
    assert "3.5" in found and "0.583" in found


def test_a_list_can_miss_items_that_have_grades() -> None:
    found = said("metric: ndcg@1, items: {a: 3, b: 1}, lists: {A: [b]}")
    assert "0.333" in found and "b" in found


def test_the_caption_says_what_the_design_expects() -> None:
    more = "evaluation: {offline: {nDCG@10: {target: 0.9, predicts: watch_time}}, online: {watch_time: {goal: true}}}\n"
    assert drawn(f"metric: ndcg@5, {LISTS}", more).caption.endswith(
        "; in the design nDCG@10 is to reach 0.9 and stands for watch time"
    )
    assert drawn(f"metric: ndcg@5, {LISTS}").caption == "Search: nDCG@5 of A and B, step by step"


def test_one_model_is_compared_with_none() -> None:
    assert not any("better" in text for text in said("metric: ap, lists: {A: [1, 0, 1]}"))


def test_long_names_and_long_lists_are_drawn() -> None:
    names = [f"a video with a title that is rather long, number {at}" for at in range(16)]
    items = ", ".join(f'"{name}": {at % 4}' for at, name in enumerate(names))
    ranked = ", ".join(f'"{name}"' for name in names)
    entry = f'metric: ndcg@10, items: {{{items}}}, lists: {{"A model with a name that is rather long": [{ranked}]}}'
    found = said(entry)
    assert set(names) <= set(found)


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        (f"metric: mrr, lists: {{A: [{', '.join('1' * 17)}]}}", "show fewer"),
        (f"metric: mrr, lists: {{A: [{', '.join(['[1]'] * 11)}]}}", "show fewer queries"),
        ("metric: mrr, lists: {A: [1], B: [1], C: [1], D: [1], E: [1]}", "leave up to 4"),
        ("metric: mrr, lists: {A: []}", "write its data"),
        ("metric: mrr, lists: {A: [[1], []]}", "write its data"),
        ("metric: [], lists: {A: [1]}", "write `metric: ndcg@5`"),
    ],
)
def test_what_cannot_be_followed_is_told(entry: str, hint: str) -> None:
    found = archkit.loads(f"{HEAD}figures: [{{kind: metric, {entry}}}]\n").diagnostics
    assert [each.hint for each in found if each.code == "FIG010"] == [hint]


def test_names_of_metrics_are_forgiving() -> None:
    for written, id_, k in [("nDCG @ 5", "ndcg", 5), ("PR-AUC", "ap", 0), ("recall_at_10", "recall", 10),
                            ("Normalized Cross-Entropy", "ne", 0), ("mAP", "map", 0)]:  # fmt: skip
        found = find_metric(written)
        assert found is not None and (found.metric.id, found.k) == (id_, k)
    assert find_metric("beauty") is None and find_metric("ndcg@0") is None
    names = [name for metric in METRICS.values() for name in (metric.id, *metric.aka)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("value", "shown", "sign"),
    [
        (Fraction(2, 3), "0.667", "≈"),
        (Fraction(1, 2), "0.5", "="),
        (Fraction(5, 10000), "0.0005", "="),
        (Fraction(1, 30000), "0.0000333", "≈"),
        (Fraction(12345678, 1), "12,345,678", "="),
        (Fraction(-1, 4), "−0.25", "="),
        (Fraction(123456, 1000), "123.5", "≈"),
        (0.1 + 0.2, "0.3", "="),
        (exp(1), "2.718", "≈"),
        (0.9996, "1", "≈"),
        (0, "0", "="),
        (Fraction(5, 2000), "0.0025", "="),
    ],
)
def test_numbers_are_rounded_openly(value: Fraction | float, shown: str, sign: str) -> None:
    assert (decimal(value), equals(value)) == (shown, sign)


@settings(deadline=None)
@given(st.fractions(-(10**6), 10**6))
def test_a_shown_number_is_near_what_it_stands_for(value: Fraction) -> None:
    back = Fraction(decimal(value).replace(",", "").replace("−", "-"))
    assert abs(back - value) <= max(Fraction(1, 2000), abs(value) / 1000)
    assert (equals(value) == "=") == (back == value)


# scores

MODEL = """\
blueprint: 1
title: Feed
model:
  models:
    ranker:
      heads: {like: {score_weight: 5}, hide: {score_weight: -20}, dwell: {score_weight: 0.1, unit: s}}
    loner: {heads: {a: {score_weight: 1}}}
    trained: {combine: sum of losses, heads: {a: {weight: 1}, b: {weight: 2}}}
    added: {combine: weighted sum, heads: {a: {weight: 1}, b: {weight: 2}}}
"""


def score(examples: str) -> archkit.Document:
    return archkit.loads(MODEL + f"figures: [{{kind: score, of: ranker, name: score, examples: {examples}}}]\n")


def test_a_score_is_added_up() -> None:
    document = score("{A: {like: 0.3, hide: 1%, dwell: 12 s}, B: {like: 0.2, hide: 0, dwell: 20 s}}")
    figure = document.figure("score").figure
    assert isinstance(figure, Picture)
    found = list(texts(figure.body))
    assert "−0.2" in found and "2.5" in found and "3" in found
    assert "B with 3 ranks before A with 2.5" in found


def test_scores_that_are_level_say_so() -> None:
    figure = score("{A: {like: 0.2, hide: 0, dwell: 1 s}, B: {like: 0, hide: 0, dwell: 11 s}}").figure("score").figure
    assert isinstance(figure, Picture) and "A and B score the same" in list(texts(figure.body))


def test_a_score_is_drawn_of_models_whose_heads_are_added() -> None:
    document = archkit.loads(MODEL)
    assert [name for name in document.figures() if name.startswith("score_")] == ["score_ranker", "score_added"]
    figure = document.figure("score_ranker").figure
    assert isinstance(figure, Picture)
    assert {"P(like)", "expected dwell (s)", "× −20"} <= set(texts(figure.body))


@pytest.mark.parametrize(
    ("examples", "needed"),
    [
        ("{A: {like: 2.5, hide: 0, dwell: 3 s}}", {"2.5": "a probability from 0 to 1 as `like:`"}),
        ("{A: {like: 0.2, hide: 0}}", {"A": "`dwell:` in the example `A`"}),
        ("{A: {like: 0.2, hide: 0, dwell: 3 s, share: 0.1}}", {"share": "a head `share`"}),
        ("{A: {like: 0.2, hdie: 0, dwell: 3 s}}", {"hdie": "a head `hdie`, which the example `A` names; did you mean"}),
        ("{A: {like: 2.5, hide: 0}, B: {like: 1, hide: 0}}", {"2.5": "from 0 to 1", "A": "`dwell:`", "B": "`dwell:`"}),
    ],
)
def test_examples_that_do_not_fit_the_heads_are_told_at_their_places(examples: str, needed: dict[str, str]) -> None:
    document = score(examples)
    text = document.sources[0].text
    found = [diagnostic for diagnostic in document.diagnostics if diagnostic.code == "FIG002"]
    told = {text[each.span.start : each.span.end]: each.message for each in found if each.span is not None}
    assert len(found) == len(told) == len(needed)
    assert all(words in told.get(place, "") for place, words in needed.items()), told


def test_slices_are_not_called_better_than_each_other() -> None:
    """Slices of one model show the value of all of them together; where there is none, nothing is said."""
    shown = said(
        "metric: calibration, slices: true, predictions: {new: [[0.5, 1], [0.5, 0]], old: [[0.4, 1], [0.2, 0]]}"
    )
    assert "All together: 0.8" in shown
    assert not any("better" in text for text in shown)
    assert not any("better" in text or "together" in text for text in said(f"metric: recall, slices: true, {COUNTS}"))
