"""Metrics beside scikit-learn's on random data, beside worked examples, and at their edges."""

from __future__ import annotations

from fractions import Fraction
from math import exp, isclose, log, log2, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from archkit import metrics as ours
from archkit.metrics import Confusion, Found, Image, Rect, UndefinedError

GRADES = st.lists(st.integers(0, 4), min_size=2, max_size=12)
LABELLED = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 19)), min_size=2, max_size=30)  # few scores: many ties


def split(pairs: list[tuple[int, int]]) -> tuple[list[int], list[float]]:
    return [label for label, _ in pairs], [score / 20 for _, score in pairs]


def near(ours_: object, theirs_: object) -> bool:
    return isclose(float(ours_), float(theirs_), rel_tol=1e-9, abs_tol=1e-12)  # type: ignore[arg-type]


@settings(deadline=None)
@given(GRADES, st.integers(1, 14))
def test_ndcg_is_that_of_scikit_learn(grades: list[int], k: int) -> None:
    assume(any(grades))
    falling = [[-float(at) for at in range(len(grades))]]
    assert near(ours.ndcg(grades, k), theirs.ndcg_score([grades], falling, k=k))
    assert near(ours.dcg(grades, k), theirs.dcg_score([grades], falling, k=k))
    exponential = [[2**grade - 1 for grade in grades]]
    assert near(ours.ndcg(grades, k, "exponential"), theirs.ndcg_score(exponential, falling, k=k))


@settings(deadline=None)
@given(st.lists(st.integers(0, 1), min_size=1, max_size=12))
def test_average_precision_of_a_list_is_that_of_scikit_learn(grades: list[int]) -> None:
    assume(any(grades))
    falling = [-at for at in range(len(grades))]
    assert near(ours.average_precision(grades), theirs.average_precision_score(grades, falling))


@settings(max_examples=200, deadline=None)
@given(LABELLED)
def test_curves_and_their_areas_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    labels, scores = split(pairs)
    assume(0 < sum(labels) < len(labels))
    false_rates, true_rates, thresholds = theirs.roc_curve(labels, scores, drop_intermediate=False)
    mine = ours.roc_points(labels, scores)
    assert [point.threshold for point in mine[1:]] == list(thresholds[1:]) and mine[0].threshold is None
    assert all(map(near, [point.false_positive_rate for point in mine], false_rates))
    assert all(map(near, [point.true_positive_rate for point in mine], true_rates))
    assert near(ours.roc_auc(labels, scores), theirs.roc_auc_score(labels, scores))
    precisions, recalls, cuts = theirs.precision_recall_curve(labels, scores)
    steps = ours.pr_points(labels, scores)
    assert [point.threshold for point in steps] == list(cuts[::-1])
    assert all(map(near, [point.precision for point in steps], precisions[-2::-1]))
    assert all(map(near, [point.recall for point in steps], recalls[-2::-1]))
    assert near(ours.score_average_precision(labels, scores), theirs.average_precision_score(labels, scores))
    assert near(ours.pr_auc(labels, scores), theirs.auc(recalls, precisions))


@settings(deadline=None)
@given(LABELLED)
def test_losses_of_probabilities_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    labels, scores = split(pairs)
    assert near(ours.log_loss(labels, scores), theirs.log_loss(labels, scores, labels=[0, 1]))
    assert near(ours.brier(labels, scores), theirs.brier_score_loss(labels, scores, pos_label=1))


@settings(deadline=None)
@given(LABELLED, st.integers(1, 12))
def test_bins_hold_every_prediction_once_and_average_to_the_whole(pairs: list[tuple[int, int]], count: int) -> None:
    labels, scores = split(pairs)
    bins = ours.reliability(labels, scores, count)
    assert sum(each.count for each in bins) == len(labels)
    assert near(sum(each.count * each.predicted for each in bins), sum(scores))
    assert near(sum(each.count * each.observed for each in bins), sum(labels))
    assert all(each.start - 1e-12 <= each.predicted <= each.end + 1e-12 for each in bins)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=30))
def test_counts_of_decisions_give_what_scikit_learn_gives(pairs: list[tuple[int, int]]) -> None:
    labels, decided = [a for a, _ in pairs], [b for _, b in pairs]
    counts = Confusion.at(labels, decided, 1)
    (tn, fp), (fn, tp) = theirs.confusion_matrix(labels, decided, labels=[0, 1])
    assert counts == Confusion(int(tp), int(fp), int(fn), int(tn))
    assert near(counts.accuracy, theirs.accuracy_score(labels, decided))
    assume(tp + fp and tp + fn)
    assert near(counts.precision, theirs.precision_score(labels, decided))
    assert near(counts.recall, theirs.recall_score(labels, decided))
    assert near(counts.f1, theirs.f1_score(labels, decided))
    assert near(counts.f_beta(2), theirs.fbeta_score(labels, decided, beta=2))
    assert near(counts.f_beta(Fraction(1, 2)), theirs.fbeta_score(labels, decided, beta=0.5))
    assume(tn + fp and tn + fn)
    assert near(counts.balanced_accuracy, theirs.balanced_accuracy_score(labels, decided))
    assert near(counts.matthews, theirs.matthews_corrcoef(labels, decided))
    assert near(counts.kappa, theirs.cohen_kappa_score(labels, decided))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_weighted_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    assume(len({*first, *second}) > 1)
    table = theirs.confusion_matrix(first, second, labels=range(4)).tolist()
    for weights in ("none", "linear", "quadratic"):
        other = theirs.cohen_kappa_score(first, second, weights=None if weights == "none" else weights, labels=range(4))
        assert near(ours.cohen_kappa(table, weights), other)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(-20, 90)), min_size=1, max_size=12))
def test_errors_of_amounts_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    actual, predicted = [a / 8 for a, _ in pairs], [b / 8 for _, b in pairs]
    assert near(ours.mae(actual, predicted), theirs.mean_absolute_error(actual, predicted))
    assert near(ours.rmse(actual, predicted), theirs.root_mean_squared_error(actual, predicted))
    assert near(ours.mape(actual, predicted), theirs.mean_absolute_percentage_error(actual, predicted))
    for quantile in (0.1, 0.5, 0.9):
        other = theirs.mean_pinball_loss(actual, predicted, alpha=quantile)
        assert near(ours.pinball(actual, predicted, quantile), other)
    assert near(
        ours.wape(actual, predicted), sum(abs(a - b) for a, b in zip(actual, predicted, strict=True)) / sum(actual)
    )


@settings(deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=3), st.lists(st.integers(-9, 9), min_size=3, max_size=3))
def test_the_cosine_is_that_of_scikit_learn(first: list[int], second: list[int]) -> None:
    assume(any(first) and any(second))
    assert near(ours.cosine(first, second), theirs.pairwise.cosine_similarity([first], [second])[0][0])


def test_precision_and_recall_at_k_of_a_list() -> None:
    grades = [1, 0, 3, 0, 0, 1]
    assert ours.precision_at(grades, 3) == Fraction(2, 3)
    assert ours.recall_at(grades, 3) == Fraction(2, 3)
    assert ours.recall_at(grades, 3, relevant=5) == Fraction(2, 5)
    assert ours.precision_at(grades, 10) == Fraction(3, 10)  # missing positions hold nothing
    assert ours.recall_at(grades, 10) == 1


def test_average_precision_counts_what_the_list_missed_and_never_more_than_k() -> None:
    # as in Manning et al. (2008): relevant at 1, 3 and 6 of 4 relevant items
    grades = [1, 0, 1, 0, 0, 1]
    whole = Fraction(1) + Fraction(2, 3) + Fraction(3, 6)
    assert ours.average_precision(grades) == whole / 3
    assert ours.average_precision(grades, relevant=4) == whole / 4
    assert ours.average_precision([1, 1], relevant=10, k=2) == 1
    assert ours.average_precision(grades, k=3) == (1 + Fraction(2, 3)) / 3
    assert ours.mean_average_precision([grades, [0, 1]], relevant=[4, 1]) == (whole / 4 + Fraction(1, 2)) / 2


def test_reciprocal_ranks_and_hits() -> None:
    lists = [[0, 0, 1], [0, 1, 1], [0, 0, 0]]
    assert [ours.reciprocal_rank(grades) for grades in lists] == [Fraction(1, 3), Fraction(1, 2), 0]
    assert ours.mean_reciprocal_rank(lists) == Fraction(5, 18)
    assert ours.mean_reciprocal_rank(lists, k=2) == Fraction(1, 6)
    assert [ours.first_rank(grades) for grades in lists[:2]] == [3, 2]
    with pytest.raises(ours.UndefinedError, match="nothing to find"):
        ours.first_rank(lists[2])
    assert ours.hit_rate(lists, 2) == Fraction(1, 3)
    assert ours.hit_rate(lists, 9) == Fraction(2, 3)


def test_ndcg_of_a_worked_example() -> None:
    # grades 3 2 3 0 1 2: DCG 6.861 linear; the best order 3 3 2 2 1 0
    grades = [3, 2, 3, 0, 1, 2]
    by_hand = 3 / log2(2) + 2 / log2(3) + 3 / log2(4) + 0 + 1 / log2(6) + 2 / log2(7)
    assert isclose(ours.dcg(grades), by_hand) and round(by_hand, 3) == 6.861
    assert ours.ideal(grades, 4) == (3, 3, 2, 2)
    assert isclose(ours.ndcg(grades), by_hand / (3 + 3 / log2(3) + 1 + 2 / log2(5) + 1 / log2(6)))
    assert ours.ndcg([3, 2], of=[3, 3, 2, 1]) < ours.ndcg([3, 2]) == 1
    assert ours.dcg([3], gain="exponential") == 7


def test_diversity_averages_over_all_pairs() -> None:
    same = ours.pairwise_similarity(["a", "a", "b"], lambda x, y: float(x == y))
    assert same == pytest.approx(1 / 3)
    assert ours.pairwise_similarity([(1, 0), (0, 1), (1, 1)], ours.cosine) == pytest.approx(sqrt(2) / 3)


def test_normalised_cross_entropy_divides_by_the_entropy_of_the_average() -> None:
    labels = [1, 0, 0, 0]
    assert ours.normalised_cross_entropy(labels, [0.25] * 4) == pytest.approx(1)
    loss = -(log(0.7) + log(0.9) + log(0.8) + log(0.9)) / 4
    base = -(0.25 * log(0.25) + 0.75 * log(0.75))
    assert ours.normalised_cross_entropy(labels, [0.7, 0.1, 0.2, 0.1]) == pytest.approx(loss / base)
    assert ours.normalised_cross_entropy(labels, [0.5] * 4, base_rate=0.5) == pytest.approx(1)
    assert ours.entropy(0) == ours.entropy(1) == 0


def test_calibration_is_expected_over_observed() -> None:
    labels, probabilities = [1, 0, 0, 1], [0.9, 0.3, 0.2, 0.9]
    assert ours.calibration_ratio(labels, probabilities) == pytest.approx(2.3 / 2)
    bins = ours.reliability(labels, probabilities)
    assert [(each.start, each.count, each.observed) for each in bins] == [(0.2, 1, 0), (0.3, 1, 0), (0.9, 2, 1)]
    assert ours.calibration_error(labels, probabilities) == pytest.approx((0.2 + 0.3 + 2 * 0.1) / 4)
    assert ours.reliability([1], [1.0]) == (ours.Bin(0.9, 1.0, 1, 1.0, 1.0),)


def test_perplexity_of_even_guesses_is_their_number() -> None:
    assert ours.perplexity([Fraction(1, 8)] * 5) == pytest.approx(8)
    assert ours.perplexity([0.5, 0.25]) == pytest.approx(exp(-(log(0.5) + log(0.25)) / 2))
    assert ours.cross_entropy([0, 1, 0], [0.2, 0.5, 0.3]) == pytest.approx(log(2))
    assert ours.cross_entropy([0.5, 0.5], [0.5, 0.5]) == pytest.approx(ours.entropy(0.5))


def test_iou_of_boxes() -> None:
    assert ours.iou(Rect(0, 0, 2, 2), Rect(1, 1, 3, 3)) == Fraction(1, 7)
    assert ours.iou(Rect(0, 0, 2, 2), Rect(2, 0, 3, 3)) == 0
    assert ours.iou(Rect(0.1, 0.1, 0.3, 0.3), Rect(0.1, 0.1, 0.3, 0.3)) == 1
    with pytest.raises(ValueError, match="right of its left"):
        ours.iou(Rect(0, 0, 0, 2), Rect(1, 1, 3, 3))


def test_a_second_box_around_the_same_thing_is_a_false_positive() -> None:
    truth, beside = Rect(0, 0, 10, 10), Rect(20, 0, 30, 10)
    image = Image((truth, beside), (Found(Rect(0, 0, 10, 9), 0.7), Found(truth, 0.9), Found(Rect(21, 0, 31, 10), 0.8)))
    found = ours.matches([image], 0.5)
    assert [(match.found, match.truth) for match in found] == [(1, 0), (2, 1), (0, None)]
    assert found[2].overlap == Fraction(9, 10)
    assert ours.average_precision_at_iou([image]) == 1
    assert ours.average_precision_at_iou([image], Fraction(9, 10)) == Fraction(1, 2)


def test_average_precision_at_iou_in_its_three_forms() -> None:
    # hits and misses by falling score: + - + +, of 4 true boxes; envelope 1 at recall 1/4, then 3/4 up to recall 3/4
    truths = tuple(Rect(20 * at, 0, 20 * at + 10, 10) for at in range(4))
    far = Rect(500, 0, 510, 10)
    order = (truths[0], far, truths[1], truths[2])
    image = Image(truths, tuple(Found(box, 0.9 - at / 10) for at, box in enumerate(order)))
    assert ours.average_precision_at_iou([image]) == Fraction(1, 4) + Fraction(1, 2) * Fraction(3, 4)
    assert ours.average_precision_at_iou([image], points=11) == (3 + 5 * Fraction(3, 4)) / 11
    assert ours.average_precision_at_iou([image], points=101) == (26 + 50 * Fraction(3, 4)) / 101
    assert ours.average_precision_at_iou([Image(truths, ())]) == 0
    assert ours.average_precision_at_iou([image, Image((), (Found(far, 0.99),))]) < ours.average_precision_at_iou(
        [image]
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: ours.recall_at([0, 0], 2),
        lambda: ours.average_precision([0, 0]),
        lambda: ours.ndcg([0, 0]),
        lambda: ours.pairwise_similarity([1], lambda a, b: 1.0),
        lambda: ours.cosine([0, 0], [1, 0]),
        lambda: ours.roc_auc([1, 1], [0.1, 0.2]),
        lambda: ours.pr_points([0, 0], [0.1, 0.2]),
        lambda: ours.log_loss([1], [0]),
        lambda: ours.normalised_cross_entropy([1, 1], [0.9, 0.9]),
        lambda: ours.calibration_ratio([0], [0.2]),
        lambda: ours.perplexity([0.5, 0]),
        lambda: ours.cross_entropy([1, 0], [0, 1]),
        lambda: ours.mape([0, 1], [1, 1]),
        lambda: ours.wape([0], [1]),
        lambda: ours.average_precision_at_iou([Image((), ())]),
        lambda: Confusion(0, 0, 3, 1).precision,
        lambda: Confusion(0, 2, 0, 1).recall,
        lambda: Confusion(1, 0, 0, 0).specificity,
        lambda: Confusion(0, 0, 0, 4).f1,
        lambda: Confusion(0, 0, 0, 4).matthews,
        lambda: Confusion(0, 0, 0, 4).kappa,
        lambda: Confusion(0, 0, 0, 0).accuracy,
    ],
)
def test_what_has_no_value_says_so(call: object) -> None:
    with pytest.raises(UndefinedError):
        call()  # type: ignore[operator]


@pytest.mark.parametrize(
    "call",
    [
        lambda: ours.precision_at([1], 0),
        lambda: ours.recall_at([1, 1], 2, relevant=1),
        lambda: ours.ndcg([1], 0),
        lambda: ours.mean_reciprocal_rank([]),
        lambda: ours.mean_average_precision([[1]], relevant=[1, 2]),
        lambda: ours.cosine([1], [1, 2]),
        lambda: ours.roc_auc([0, 1], [0.5]),
        lambda: ours.roc_auc([0, 2], [0.5, 0.5]),
        lambda: ours.log_loss([0, 1], [0.5, 1.5]),
        lambda: ours.log_loss([], []),
        lambda: ours.reliability([1], [0.5], 0),
        lambda: ours.mae([], []),
        lambda: ours.rmse([1], [1, 2]),
        lambda: ours.pinball([1], [1], 1),
        lambda: ours.cohen_kappa([[1, 2]]),
        lambda: ours.average_precision_at_iou([Image((Rect(0, 0, 1, 1),), ())], points=1),
        lambda: Confusion(-1, 0, 0, 0),
        lambda: Confusion(1, 0, 0, 0).f_beta(0),
    ],
)
def test_wrong_arguments_raise(call: object) -> None:
    with pytest.raises(ValueError) as caught:
        call()  # type: ignore[operator]
    assert not isinstance(caught.value, UndefinedError)


def test_counted_metrics_are_exact() -> None:
    third = ours.precision_at([1, 0, 0], 3)
    assert type(third) is Fraction and third * 3 == 1
    assert type(ours.roc_auc([0, 1, 1], [1, 2, 3])) is Fraction
    assert ours.mae([0.1, 0.2], [0.3, 0.3]) == Fraction(3, 20)
