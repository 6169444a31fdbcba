"""What the parser makes of the architecture and of the sections, with the place of every value."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from corpus import FOLDER

from archkit.blueprint import Blueprint
from archkit.parse import ParseResult, parse
from archkit.quantity import Dimension
from archkit.source import Source, Span


def result(text: str) -> ParseResult:
    return parse(Source("test.yaml", text))


def read(body: str) -> tuple[Blueprint, str]:
    """Parse a blueprint from the lines below its title; it must be without findings."""
    text = f"blueprint: 1\ntitle: T\n{body}"
    found = result(text)
    assert found.diagnostics == ()
    assert found.blueprint is not None
    return found.blueprint, text


def at(text: str, span: Span | None) -> str:
    assert span is not None
    return text[span.start : span.end]


def corpus(name: str) -> tuple[Blueprint, str]:
    text = (FOLDER / "valid" / f"{name}.yaml").read_text("utf-8")
    blueprint = result(text).blueprint
    assert blueprint is not None
    return blueprint, text


# sketches


def test_sketch_makes_components_of_the_ids_in_flows() -> None:
    bp, text = corpus("smallest")
    assert bp.architecture.sketch
    assert list(bp.components) == ["mail_gateway", "classifier", "inbox", "review_queue"]
    assert list(bp.architecture.lanes) == ["system"]
    lane = bp.architecture.lanes["system"]
    assert lane.title == ""
    assert dict(lane.components) == dict(bp.components)
    gateway = bp.components["mail_gateway"]
    assert (gateway.title, gateway.lane, gateway.guessed) == ("Mail gateway", "system", True)
    assert gateway.type == "api_gateway"
    assert bp.components["classifier"].type == "model_server"
    assert at(text, gateway.span) == "mail_gateway"
    assert at(text, gateway.at("type")) == "mail_gateway"


def test_no_component_is_guessed_where_some_are_declared() -> None:
    found = result("blueprint: 1\ntitle: T\narchitecture: {lanes: {a: [b]}, flows: [b -> c]}\n")
    assert [d.code for d in found.diagnostics] == ["REF001"]
    assert found.blueprint is not None
    assert list(found.blueprint.components) == ["b"]
    assert found.blueprint.architecture.flows == ()
    assert not found.blueprint.architecture.sketch


def test_a_blueprint_without_architecture_has_an_empty_one() -> None:
    bp, _ = read("")
    assert not bp.architecture
    assert (dict(bp.architecture.lanes), bp.architecture.flows, dict(bp.components)) == ({}, (), {})


# lanes and components


def test_lanes_and_components() -> None:
    bp, text = corpus("full")
    assert list(bp.architecture.lanes) == ["data", "training", "inference"]
    assert [lane.role for lane in bp.architecture.lanes.values()] == ["data", "training", "inference"]
    assert bp.architecture.lanes["inference"].title == "Inference"
    ranker = bp.components["ranker"]
    assert (ranker.id, ranker.lane, ranker.type, ranker.title) == ("ranker", "inference", "ranker", "Ranker")
    assert not ranker.guessed
    assert ranker.in_count is not None and ranker.out_count is not None and ranker.cost_per_item is not None
    assert (ranker.in_count.value, ranker.out_count.value) == (1000, 200)
    assert ranker.cost_per_item.value == Fraction(60, 1_000_000)
    assert ranker.serves == ("ranker",)
    assert at(text, ranker.key_span) == "ranker"
    assert at(text, ranker.at("in_count")) == "1000"
    assert at(text, ranker.at("in")) == "1000"
    assert at(text, ranker.key_at("in_count")) == "in"
    assert at(text, ranker.at("latency", "p99")) == "ranker"
    events = bp.components["events"]
    assert (events.title, events.tech) == ("Watch events", "kafka")
    gate = bp.components["gate"]
    assert (gate.type, at(text, gate.at("type")), at(text, gate.span)) == ("validation_gate",) * 3


def test_a_type_is_guessed_only_where_none_is_written() -> None:
    bp, _ = read("architecture: {lanes: {a: {feature_store: {tech: redis}, zzz: , x: {components: {y: }}}}}\n")
    assert bp.components["feature_store"].guessed
    assert bp.components["feature_store"].type != "component"
    assert [bp.components[id_].type for id_ in ("zzz", "x", "y")] == ["component", "component", "component"]


def test_an_unreadable_type_is_a_plain_component() -> None:
    found = result("blueprint: 1\ntitle: T\narchitecture: {lanes: {a: {ranker: {type: rankr}}}}\n")
    assert [d.code for d in found.diagnostics] == ["LNG008"]
    assert found.blueprint is not None
    assert found.blueprint.components["ranker"].type == "component"


def test_lanes_in_long_form_give_their_components_zone_and_tier() -> None:
    bp, _ = read(
        "architecture:\n  lanes:\n"
        "    x: {title: Cloud, role: training, zone: eu, tier: offline, components: {a: , b: {zone: us, tier: online}}}"
        "\n"
        "    y: {title: user, c: cache}\n"
    )
    x, y = bp.architecture.lanes.values()
    assert (x.title, x.role, list(x.components)) == ("Cloud", "training", ["a", "b"])
    assert [(c.zone, c.tier) for c in x.components.values()] == [("eu", "offline"), ("us", "online")]
    assert (y.title, list(y.components)) == ("Y", ["title", "c"])


def test_components_inside_components() -> None:
    bp, _ = corpus("several_sources")
    lane = bp.architecture.lanes["inference"]
    assert list(lane.components) == ["viewer", "candidates", "ranker"]
    assert list(bp.components)[:4] == ["viewer", "candidates", "relevance", "nearest"]
    nearest = bp.components["nearest"]
    assert (nearest.parent, nearest.lane) == ("relevance", "inference")
    assert bp.components["candidates"].parent == ""
    assert bp.architecture.top("nearest").id == "candidates"
    assert bp.architecture.top("ranker").id == "ranker"
    inside = [component.id for component in bp.components["candidates"].inside()]
    assert inside == ["relevance", "nearest", "first_pass", "popular", "trending", "merge"]


# groups


def test_groups_are_flat_and_know_what_is_in_them() -> None:
    bp, _ = corpus("groups")
    groups = bp.architecture.groups
    assert list(groups) == ["region", "rack", "host", "outer", "extra"]
    assert groups["region"].members == ("gateway", "rack", "host")
    assert groups["outer"].members == ("region", "lake")
    assert {id_: group.parent for id_, group in groups.items()} == {
        "region": "outer", "rack": "region", "host": "region", "outer": "", "extra": "",
    }  # fmt: skip
    assert groups["extra"].members == ("sidecar",)
    assert bp.components["sidecar"].lane == "serving"
    assert "sidecar" in bp.architecture.lanes["serving"].components
    assert groups["rack"].title == "Rack"


def test_a_group_may_declare_components_where_there_is_no_lane() -> None:
    bp, _ = read("architecture: {groups: {g: {components: {a: cache}}}, flows: [a -> a]}\n")
    assert list(bp.architecture.lanes) == ["system"]
    assert list(bp.architecture.lanes["system"].components) == ["a"]


def test_groups_may_declare_all_components() -> None:
    bp, _ = read(
        "architecture: {groups: {g: {components: {a: cache}}, h: {components: {b: cache}}}, flows: [a -> b]}\n"
    )
    assert list(bp.architecture.lanes["system"].components) == ["a", "b"]
    assert bp.architecture.lanes["system"]


@pytest.mark.parametrize("lanes", ["lanes: {l: [a]}, ", ""])
def test_arrows_do_not_join_groups(lanes: str) -> None:
    found = result(f"blueprint: 1\ntitle: T\narchitecture: {{{lanes}groups: {{g: [a]}}, flows: [a -> g, a -> a]}}\n")
    assert [(d.code, d.message) for d in found.diagnostics] == [
        ("REF001", "`g` is a group, and arrows join components")
    ]
    assert found.diagnostics[0].hint == "name a component inside `g`"
    two = result(
        "blueprint: 1\ntitle: T\narchitecture: {lanes: {l: [a, b, c]}, groups: {g: [a, b]}, flows: [c -> g]}\n"
    )
    assert two.diagnostics[0].hint == "name a component inside `g`, or several, as in `a & b`"
    assert found.blueprint is not None
    assert [flow.id for flow in found.blueprint.architecture.flows] == ["a -> a"]
    assert "g" not in found.blueprint.components


def test_what_overlaps_is_left_out_of_the_second_group() -> None:
    found = result("blueprint: 1\ntitle: T\narchitecture: {lanes: {l: [a, b]}, groups: {x: [a], y: [a, b], z: [z]}}\n")
    assert [d.code for d in found.diagnostics] == ["LNG016", "LNG016"]
    assert found.blueprint is not None
    groups = found.blueprint.architecture.groups
    assert [group.members for group in groups.values()] == [("a",), ("b",), ()]


# flows


def test_chains_mixed_arrows_and_kinds() -> None:
    bp, text = read("architecture:\n  flows:\n    - a -> b ~> c ..> d: last\n    - a -> b: {kind: deploy}\n")
    flows = bp.architecture.flows
    assert [(f.source, f.arrow, f.target, f.kind, f.label) for f in flows] == [
        ("a", "->", "b", "sync", ""),
        ("b", "~>", "c", "async", ""),
        ("c", "..>", "d", "feedback", "last"),
        ("a", "->", "b", "deploy", ""),
    ]
    third = flows[2]
    assert third.id == "c ..> d"
    assert at(text, third.at("source")) == "c"
    assert at(text, third.at("target")) == "d"
    assert third.at("target").start == text.index("d: last")
    assert at(text, third.at("label")) == "last"
    assert at(text, third.span) == "a -> b ~> c ..> d: last"
    assert at(text, third.place) == "a -> b ~> c ..> d"
    assert at(text, flows[3].at("kind")) == "deploy"
    assert at(text, flows[3].at("latency", "p99")) == "a -> b"


def test_fan_out_joins_every_end_with_every_end() -> None:
    bp, text = read("architecture:\n  flows:\n    - a & b -> [c, d] -> e: {step: 4, labels: [x, y], latency: 2 ms}\n")
    flows = bp.architecture.flows
    assert [f.id for f in flows] == ["a -> c", "a -> d", "b -> c", "b -> d", "c -> e", "d -> e"]
    assert [f.label for f in flows] == ["x", "x", "x", "x", "y", "y"]
    assert [f.step for f in flows] == [4, 4, 4, 4, 5, 5]
    assert all(f.latency.p99 is not None and f.latency.p99.value == Fraction(2, 1000) for f in flows)
    assert at(text, flows[1].at("target")) == "d"
    assert at(text, flows[0].at("step")) == "4"


def test_quoted_arrows_have_exact_places_where_nothing_is_escaped() -> None:
    bp, text = read('architecture:\n  flows:\n    - "a -> bb": x\n    - "a -> b\\x62"\n')
    plain, escaped = bp.architecture.flows
    assert at(text, plain.at("target")) == "bb"
    assert escaped.target == "bb"
    assert at(text, escaped.at("target")) == '"a -> b\\x62"'


def test_flows_without_step_have_none() -> None:
    bp, _ = read("architecture: {flows: [a -> b]}\n")
    assert bp.architecture.flows[0].step is None
    assert bp.architecture.flows[0].traffic is None


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


# waivers


def test_waivers_silence_what_stands_inside() -> None:
    bp, text = read(
        "waive: {MOD01: a sketch}\n"
        "serving:\n  mode: batch\n  waive: {SRV03: no calls}\n"
        "architecture:\n  lanes:\n    s: {ranker: {waive: {CAP03: one user}, replicas: 1}}\n"
        "  flows:\n    - ranker -> ranker: {waive: {STR08: on purpose}}\n"
    )
    assert {waiver.code: waiver.reason for waiver in bp.waivers} == {
        "MOD01": "a sketch", "SRV03": "no calls", "CAP03": "one user", "STR08": "on purpose",
    }  # fmt: skip
    everywhere, serving, ranker, flow = bp.waivers
    assert everywhere.covers(bp.components["ranker"].span) and everywhere.covers(None)
    assert serving.covers(bp.serving.at("mode")) and serving.covers(bp.serving.place)
    assert not serving.covers(bp.components["ranker"].span) and not serving.covers(None)
    assert ranker.covers(bp.components["ranker"].at("replicas")) and ranker.covers(bp.components["ranker"].place)
    assert flow.covers(bp.architecture.flows[0].at("source"))
    assert at(text, serving.span) == "SRV03"
    assert bp.serving.waive == {"SRV03": "no calls"}


def test_a_waiver_reaches_what_an_alias_stands_for() -> None:
    bp, _ = read(
        "x-slow: &slow {p99: 1 s}\nx-all: &all {waive: {LAT01: fine}, latency: *slow}\n"
        "architecture: {lanes: {s: {a: *all, b: {latency: *slow}}}}\n"
    )
    (waiver,) = bp.waivers
    a, b = bp.components.values()
    assert waiver.covers(a.place) and waiver.covers(a.at("latency", "p99"))
    assert not waiver.covers(b.place)


def test_a_waiver_of_a_chain_is_one_waiver() -> None:
    bp, _ = read("architecture: {flows: [a -> b -> c: {waive: {STR08: fine}}]}\n")
    assert len(bp.waivers) == 1


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
