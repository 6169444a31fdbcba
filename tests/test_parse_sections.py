"""What the parser makes of the sections: numbers, texts, records, parts that cannot be read."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from parsed import at, corpus, read, result

from archkit.quantity import Dimension
from archkit.source import Span

# sections


def test_sections_hold_exact_numbers() -> None:
    bp, text = corpus("full")
    scale = bp.requirements.scale
    assert scale.daily_active_users is not None
    assert scale.daily_active_users.value == 500_000_000
    assert scale.daily_active_users.dimension is Dimension.COUNT
    assert bp.requirements.latency.p99 is not None and bp.requirements.latency.p99.value == Fraction(1, 5)
    assert bp.requirements.availability is not None and bp.requirements.availability.value == Fraction(999, 1000)
    assert bp.archetypes == ("recommendation",)
    assert list(bp.framing.objectives) == ["relevant_videos", "clicks", "watch_time"]
    assert bp.framing.objectives["relevant_videos"].chosen is True
    assert bp.framing.objectives["clicks"].rejected == "rewards click-bait"
    assert bp.data.sources["watch_events"].columns["at"].type == "time"
    assert bp.data.features["user"]["age_bucket"].from_ == ("offline_store",)
    assert bp.data.split.by == ("time",)
    assert bp.model.models["two_tower"].layers["user"] == ("512", "256", "128")
    assert bp.model.models["ranker"].heads["half_watched"].weight.value == 3  # type: ignore[union-attr]
    assert bp.model.training.from_ == "scratch"
    assert bp.evaluation.offline["recall@1000"].stage == ("candidates",)
    assert bp.serving.modes == ("online",)
    assert [(stage.kind, stage.share and stage.share.text) for stage in bp.serving.rollout] == [
        ("shadow", None), ("canary", "5%"), ("ab", "50%"),
    ]  # fmt: skip
    assert bp.monitoring.drift["inputs"].test == "population stability index"
    assert [figure.kind for figure in bp.figures][:2] == ["framing", "system"]
    assert bp.decisions["index"].chosen == "ivf_pq"
    assert at(text, bp.at("requirements", "scale", "items")) == "10B"
    assert at(text, bp.at("requirements", "scale", "peak_qps")) == "scale"
    assert at(text, bp.at("requirements", "budget")) == "requirements"
    assert at(text, bp.framing.at("input", 1)) == "context"
    assert at(text, bp.evaluation.offline["ndcg@20"].at("target")) == "0.45"


def test_what_is_not_written_is_empty_and_false() -> None:
    bp, text = read("requirements: {latency: {p99: 1 s}}\n")
    assert not bp.framing and not bp.requirements.scale
    assert bp.requirements and bp.requirements.latency
    assert bp.requirements.scale.items is None
    assert bp.evaluation.experiment.unit == ""
    assert bp.requirements.personalised is None
    assert dict(bp.model.options) == {} and bp.serving.rollout == ()
    assert bp.framing.span == Span(0, 0)
    assert bp.has("requirements", "latency", "p99") and not bp.has("requirements", "latency", "p50")
    assert not bp.has("framing")
    assert at(text, bp.at("framing")) == text.rstrip("\n")


def test_short_forms() -> None:
    bp, text = corpus("short_forms")
    assert bp.requirements.latency.p99 is not None
    assert at(text, bp.requirements.latency.at("p99")) == "200 ms"
    assert bp.requirements.latency.at("p50") == bp.requirements.latency.place
    assert list(bp.data.features["user"]) == ["age", "city"]
    assert bp.data.features["item"]["price"].type == "numeric"
    assert at(text, bp.data.features["user"]["city"].place) == "city"
    assert bp.model.models["m"].layers == {"": ("64", "32")}
    assert bp.evaluation.fairness.groups == ("age",)
    assert bp.serving.rollback.to == "previous version"
    assert bp.references["2"].url == "https://example.org/paper"
    assert bp.references["1"].title == "a book"
    assert bp.figures[0].name == "system"


def test_texts_stay_texts() -> None:
    bp, _ = corpus("texts")
    assert bp.title == "No"
    assert bp.summary == "12:30:00"
    assert bp.tags == ("no", "on", "off", "y", "010", "1e3", "2024-06-01", "true", "~tilde", "0x1F", ".5")
    assert list(bp.framing.objectives) == ["on", "no"]
    assert list(bp.components) == ["on", "no", "y"]


def test_figures_have_words_of_their_own() -> None:
    bp, _ = corpus("figures")
    assert (bp.figures[3].kind, bp.figures[3].name) == ("evaluation", "offline_alone")
    assert bp.figures[3].callouts == {"A": "better"}
    assert bp.figures[1].highlight == ("a",) and bp.figures[1].title == "Hot path"
    assert bp.figures[2].name == "model_ranker" and bp.figures[5].kind == "all"
    assert bp.chapter == 6


# records


def test_blueprints_are_frozen() -> None:
    bp, _ = corpus("full")
    with pytest.raises(AttributeError):
        bp.title = "x"
    with pytest.raises(AttributeError):
        del bp.title
    with pytest.raises(TypeError):
        bp.components["new"] = bp.components["ranker"]  # type: ignore[index]
    with pytest.raises(TypeError):
        bp.architecture.lanes["data"].components.pop("events")  # type: ignore[attr-defined]


def test_blueprints_travel_between_processes() -> None:
    bp, text = corpus("full")
    copy = pickle.loads(pickle.dumps(bp))
    assert repr(list(copy.written())) == repr(list(bp.written()))
    assert at(text, copy.components["ranker"].at("in")) == "1000"


def test_records_are_walked_in_the_order_written() -> None:
    bp, _ = read("framing: {objectives: [a]}\nserving: {rollout: [canary]}\narchitecture: {flows: [x -> y]}\n")
    assert [type(record).__name__ for record in bp.records()] == [
        "Blueprint", "Framing", "Objective", "Serving", "RolloutStage", "Architecture", "Flow", "Lane", "Component",
        "Component",
    ]  # fmt: skip


# damage


def test_names_are_not_missed_where_a_part_could_not_be_read() -> None:
    lanes = "  lanes:\n    s:\n      a: cache\n      ? [x]\n      : y\n"
    text = f"blueprint: 1\ntitle: T\narchitecture:\n{lanes}  flows: [a -> x]\n"
    found = result(text)
    assert all(d.code.startswith("YML") for d in found.diagnostics) and found.diagnostics


def test_unreadable_text_gives_no_blueprint() -> None:
    found = result("- a\n")
    assert found.blueprint is None
    assert [d.code for d in found.diagnostics] == ["LNG017"]


def test_a_thousand_slips_do_not_take_long() -> None:
    keys = "".join(f"  unknown_key_{i}: 1\n" for i in range(3000))
    found = result(f"blueprint: 1\ntitle: T\nrequirements:\n{keys}")
    assert len(found.diagnostics) == 3000


# numbers of which the size says what they measure


@pytest.mark.parametrize(
    ("written", "dimension", "value"),
    [
        ("499.5M", Dimension.COUNT, Fraction(499_500_000)),
        ("200,000", Dimension.COUNT, Fraction(200_000)),
        ("1.5", Dimension.COUNT, Fraction(3, 2)),
        ("1 example", Dimension.COUNT, Fraction(1)),
        ("1", Dimension.RATIO, Fraction(1)),
        ("0.8", Dimension.RATIO, Fraction(4, 5)),
        ("80%", Dimension.RATIO, Fraction(4, 5)),
        ("30 d", Dimension.TIME, Fraction(30 * 86400)),
    ],
)
def test_a_part_of_a_split_is_a_time_a_share_or_a_count(written: str, dimension: Dimension, value: Fraction) -> None:
    bp, _text = read(f"data: {{split: {{train: '{written}'}}}}\n")
    train = bp.data.split.train
    assert train is not None
    assert (train.dimension, train.value, train.text) == (dimension, value, written)


@pytest.mark.parametrize(
    "parts", ["499.5M, validation: 200k, test: 300k", "0.8, validation: 0.1, test: 10%", "8, validation: 1, test: 1"]
)
def test_parts_that_are_no_more_than_the_whole(parts: str) -> None:
    read(f"data: {{split: {{train: {parts}}}}}\n")


@pytest.mark.parametrize("parts", ["0.8, validation: 0.3", "100%, test: 0.1", "110%"])
def test_parts_that_are_more_than_the_whole(parts: str) -> None:
    found = result(f"blueprint: 1\ntitle: T\ndata: {{split: {{train: {parts}}}}}\n")
    assert [d.code for d in found.diagnostics] == ["LNG018"]


@pytest.mark.parametrize("key", ["condition", "when"])
def test_devices_take_part_on_a_condition(key: str) -> None:
    bp, text = read(f"model: {{training: {{federated: {{{key}: idle}}}}}}\n")
    federated = bp.model.training.federated
    assert federated.condition == "idle"
    assert federated.has("condition")
    assert at(text, federated.at("condition")) == "idle"
    assert at(text, federated.key_at("condition")) == key
