"""Names of metrics, the tasks that they suit, what an experiment needs."""

from fractions import Fraction

import pytest
from rulecases import complete, read

from archkit.facts import Facts, metrics, metrictasks
from archkit.facts.experiment import _factor, _smallest
from archkit.facts.metrics import KINDS, Named, named
from archkit.facts.metrictasks import BETTER, misfit
from archkit.model.framing import TASKS
from archkit.quantity import Dimension, Quantity

TITLES = {metric.title: metric for _, metric in metrics._names()}


@pytest.mark.parametrize(
    ("name", "title", "k", "plain"),
    [
        ("recall@1000", "recall", 1000, True),
        ("recall@1k", "recall", 1000, True),
        ("Recall_at_20", "recall", 20, True),
        ("nDCG@10", "nDCG", 10, True),
        ("top_3_accuracy", "accuracy", 3, True),
        ("macro-F1", "F1", None, True),
        ("roc_auc", "ROC AUC", None, True),
        ("auc", "ROC AUC", None, True),
        ("average_precision", "PR AUC", None, True),
        ("mAP", "mean average precision", None, True),
        ("map@iou50", "mAP over boxes", None, True),
        ("map@0.5", "mean average precision", None, False),
        ("mean_average_precision@10", "mean average precision", 10, True),
        ("normalised_cross_entropy", "normalised cross-entropy", None, True),
        ("normalized cross entropy", "normalised cross-entropy", None, True),
        ("recall_at_precision_95", "recall", None, False),
        ("recall@precision_95", "recall", None, False),
        ("recall@1_false_alarm_per_hour", "recall", None, False),
        ("recall@95%", "recall", None, False),
        ("tag_precision", "precision", None, False),
        ("recall@500_visual", "recall", 500, False),
        ("pr_auc_reactive", "PR AUC", None, False),
        ("balanced_accuracy", "balanced accuracy", None, True),
        ("pairwise accuracy", "pairwise accuracy", None, True),
        ("accuracy_within_5_min", "accuracy", None, False),
        ("word error rate", "WER", None, True),
    ],
)
def test_names(name: str, title: str, k: int | None, plain: bool) -> None:
    found = named(name)
    assert found.metric is not None
    assert (found.metric.title, found.k, found.plain) == (title, k, plain)


@pytest.mark.parametrize(
    "name", ["booked_rank", "invented_facts", "late_share", "", "@", "@20", "skew", "mapped", "far_away_x"]
)
def test_other_names_are_not_known(name: str) -> None:
    found = named(name)
    assert found.metric is None or not found.plain


def test_directions() -> None:
    for title, more in (("recall", True), ("log loss", False), ("RMSE", False), ("calibration", None), ("WER", False)):
        assert TITLES[title].more is more
    assert TITLES["nDCG"].share and not TITLES["BLEU"].share and not TITLES["RMSE"].share


def test_the_tables_fit_together() -> None:
    assert {metric.kind for metric in TITLES.values()} == set(KINDS)
    assert set(BETTER) == set(TASKS)
    for tasks, judged, why in (*metrictasks._WRONG, *metrictasks._WEAK):
        assert set(tasks.split(", ")) <= set(TASKS), tasks
        assert set(judged.split(", ")) <= set(TITLES) | set(KINDS), judged
        assert why[0].islower() and not why.endswith(".")
    for kind, tasks in metrictasks._HOMES.items():
        assert kind in KINDS and set(tasks.split(", ")) <= set(TASKS)


def test_what_is_recommended_is_not_accused() -> None:
    for task, better in BETTER.items():
        for name in better:
            assert misfit(named(name.split(" ")[0]), [task]) is None, (task, name)


def test_a_metric_suits_one_of_several_tasks() -> None:
    mae = named("mae")
    wrong = misfit(mae, ["binary classification"])
    assert wrong is not None and not wrong.weak and wrong.task == "binary classification"
    assert misfit(mae, ["binary classification", "regression"]) is None
    weak = misfit(mae, ["binary classification", "ranking"])
    assert weak is not None and weak.weak and weak.task == "ranking"
    assert misfit(mae, []) is None
    assert misfit(Named(None, None, False), ["ranking"]) is None


@pytest.mark.parametrize(
    ("alpha", "power", "factor"), [(None, None, 16), ("5", "90", 21), ("1", "80", 23), ("10", "80", 12)]
)
def test_factor_of_power(alpha: str | None, power: str | None, factor: int) -> None:
    # 2 (z + z)² with z of the standard normal distribution: 15.70, 21.01, 23.36 and 12.37
    def share(percent: str | None) -> Quantity | None:
        return None if percent is None else Quantity(Fraction(int(percent), 100), Dimension.RATIO)

    assert _factor(share(alpha), share(power)) == factor


SPLITS = {
    "50/50": (1, 2),
    "90/10": (1, 10),
    "80:10:10": (1, 10),
    "99% / 1%": (1, 100),
    "": (1, 2),
    "half": (1, 2),
    "100/0": (1, 2),
}


@pytest.mark.parametrize(("split", "smallest"), SPLITS.items())
def test_smallest_arm(split: str, smallest: tuple[int, int]) -> None:
    assert _smallest(split) == Fraction(*smallest)


def test_an_experiment_says_what_it_assumes() -> None:
    text = "requirements: {scale: {daily_active_users: 1M}}\n"
    text += "evaluation: {experiment: {unit: user, duration: 14 d, baseline_rate: 10%, minimum_effect: 2%}}\n"
    blueprint = read(complete(text)).blueprint
    assert blueprint is not None
    experiment = Facts(blueprint).experiment
    assert experiment.needed is not None and experiment.gets is not None
    assert experiment.needed.value.value == 16 * Fraction(9, 100) / Fraction(2, 1000) ** 2 == 360_000
    assert experiment.gets.value.value == 7_000_000 and experiment.gets.formula == "1M × 14 d × 50%"
    assert experiment.gets.assumptions == ("two arms of one size",)
    assert [each.name for each in experiment.gets.inputs] == ["daily active users", "duration"]
