"""What the parser makes of an architecture: lanes, components, groups and flows, with the place of every value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from parsed import at, corpus, read, result

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
