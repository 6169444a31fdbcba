"""Step 5, evaluation: offline and online metrics, guardrails, experiments, slices."""

from __future__ import annotations

from typing import Any

from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.record import Record


class OfflineMetric(Record, short="target"):
    """A metric on logged or labelled data; a number alone is its target."""

    stage = f.refs("component|model|group", "The stage or model that it judges, if not the whole.", "candidates")
    target = f.number(f.MEASURE, "What it should reach.", "0.9", aka=("goal", "min"))
    value = f.number(f.MEASURE, "What was measured.", "0.92", aka=("measured",))
    baseline = f.number(f.MEASURE, "What the baseline reaches.", "0.7")
    predicts = f.refs("metric|objective", "The online metric that it stands for.", "watch_time")
    end_to_end = f.flag("Whether it judges the whole chain of stages.")
    k = f.whole("How many results count, where the name does not say.", "100")
    relevant = f.count("Relevant results that one query has on average.", "3", aka=("positives", "relevant_per_query"))
    because = f.text("Why this metric.", "relevance is graded", aka=("why",))
    note = f.text("A remark.")
    waive = f.waive()


class OnlineMetric(Record, short="because"):
    """A metric on live traffic; words alone say why."""

    goal = f.flag("Whether it is the business goal, or stands for it.", aka=("primary",))
    target = f.number(f.MEASURE, "The change or value hoped for.", "1%")
    counter_metric = f.ref("metric", "The metric that shows when this one is gamed.", "hide_rate")
    because = f.text("Why this metric.", "what users come for", aka=("why",))
    note = f.text("A remark.")
    waive = f.waive()


class Guardrail(Record, short="max"):
    """A metric that must stay within limits; a number alone is its maximum."""

    max = f.number(f.MEASURE, "It must not rise above.", "200 ms", aka=("limit", "threshold", "below"))
    min = f.number(f.MEASURE, "It must not fall below.", "99%", aka=("above",))
    kind = f.word(
        ("latency", "harm", "quality", "business", "cost", "fairness", "reliability"), "What it guards.", "harm"
    )
    action = f.text("What happens when it is broken.", "roll back")
    because = f.text("Why it is guarded.", "", aka=("why",))
    waive = f.waive()


class Experiment(Record):
    """A test on live traffic."""

    unit = f.text("What is assigned at random.", "user", aka=("randomisation", "randomization"))
    hypothesis = f.text("What is expected to change, and why.", "the ranker raises watch time by 1%")
    metric = f.refs("metric", "The metric that decides.", "watch_time")
    split = f.text("How traffic is divided.", "50/50")
    duration = f.time("How long it runs.", "14 d")
    traffic = f.share("Share of traffic that takes part.", "10%")
    units_per_day = f.count(
        "New units per day that take part, where users per day do not tell.", "2M", aka=("samples_per_day",)
    )
    baseline_rate = f.share("The metric's rate today.", "2%")
    minimum_effect = f.number(f.MEASURE, "Smallest change that must be seen.", "1%", aka=("mde",))
    effect = f.word(
        ("relative", "absolute"), "Whether that change is relative to the rate or in its points.", "relative"
    )
    power = f.share("Chance to see that change if it is there.", "80%")
    significance = f.share("Chance to see a change that is not there.", "5%", aka=("alpha",))
    interference = f.text(
        "How units influence each other, and what is done about it.", "split by city", aka=("network_effect",)
    )
    note = f.text("A remark.")
    waive = f.waive()


class Fairness(Record, short="groups"):
    """A comparison of groups of people; a list alone is the groups."""

    groups = f.texts("The groups compared.", "[age, gender, skin tone]")
    metric = f.text("What is compared.", "false positive rate")
    max_gap = f.number(f.MEASURE, "Largest difference that is accepted.", "2%", aka=("max_difference", "max"))
    action = f.text("What is done about a gap.", "re-weight and retrain")
    waive = f.waive()


class GoldenSet(Record, short="size"):
    """Examples with agreed answers, for models whose answers people must judge."""

    size = f.count("How many.", "500")
    source = f.text("Where they come from.", "real questions, answered by experts")
    refresh = f.time("How often it is renewed.", "30 d")
    judge = f.text("Who or what compares answers.", "a language model with a rubric")
    judge_agreement = f.share("How often the judge agrees with people.", "88%", aka=("calibration",))
    human_sample = f.number(f.PART, "Live answers that people look at.", "1%")
    waive = f.waive()


class Evaluation(Record):
    """Step 5, evaluate: offline metrics, the online metrics they stand for, and the limits."""

    offline = f.named(
        OfflineMetric, "Metrics on logged or labelled data.", "{recall@1000: {stage: candidates, target: 0.9}}"
    )
    online = f.named(OnlineMetric, "Metrics on live traffic.", "{watch_time: {goal: true}}")
    guardrails = f.named(Guardrail, "Metrics that must stay within limits.", "{p99_latency: {max: 200 ms}}")
    experiment = f.record(Experiment, "The test on live traffic.", "{unit: user, duration: 14 d, minimum_effect: 1%}")
    slices = f.texts("Parts of the data that are judged by themselves.", "[new users, country]", aka=("segments",))
    fairness = f.record(Fairness, "The comparison of groups of people.", "{groups: [age], metric: recall, max_gap: 2%}")
    golden_set = f.record(GoldenSet, "Examples with agreed answers.", "{size: 500, judge: people}")
    human = f.text("What people judge.", "200 results a week by two raters", aka=("human_evaluation",))
    calibration = f.text("How well probabilities fit, and how that is seen.", "expected calibration error under 1%")
    error_analysis = f.text("How mistakes are looked at.", "50 worst mistakes a week by class")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report guardrails whose limits exclude each other."""
        for name, guard in values.get("guardrails", {}).items():
            low, high = guard.min, guard.max
            if low and high and low.dimension == high.dimension and low.value > high.value:
                message = f"`{name}` has a min ({low.text}) above its max ({high.text})"
                reading.error("LNG018", guard.at("min"), message, "swap them")
