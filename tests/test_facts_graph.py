"""What rules know of a picture: views with parts, ways of predictions and models, what answers depend on."""

from __future__ import annotations

import pytest

from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.parse import parse
from archkit.source import Source

SYSTEM = """\
lanes:
  data: {{events: event_stream, lake: data_lake, store: feature_store_online}}
  training: {{labels: label_join, trainer: training_job, gate: validation_gate, registry: model_registry}}
  inference: {{viewer: user, gateway: api_gateway, ranker: ranker, popular: fallback, rerank: re_ranker}}
flows:
  - viewer -> gateway -> ranker -> rerank -> viewer
  - store -> ranker
  - ranker ..> popular: {{kind: fallback}}
  - popular -> rerank
  - viewer ..> events
  - events ~> lake
  - lake -> labels -> trainer -> gate -> registry
  - registry -> ranker: {{kind: deploy}}
{more}
"""


def facts(architecture: str, rest: str = "") -> Facts:
    indented = "".join(f"  {line}\n" for line in architecture.splitlines())
    result = parse(Source("test", f"blueprint: 1\ntitle: Test\n{rest}architecture:\n{indented}"))
    assert [found.message for found in result.diagnostics] == []
    assert result.blueprint is not None
    return Facts(result.blueprint)


def system(more: str = "", without: str = "") -> Facts:
    lines = SYSTEM.format(more=more).splitlines()
    return facts("\n".join(line for line in lines if not without or without not in line))


NESTED = facts("""\
lanes:
  all:
    app: user
    pod:
      type: orchestration_service
      components: {gate: api_gateway, rank: {type: ranker, components: [first, second]}, spare: component}
    store: feature_store_online
flows: [app -> pod, gate -> rank, first -> second, second -> store, pod -> app]
""")


# views of graphs with parts


def test_an_arrow_to_a_whole_enters_its_first_parts() -> None:
    whole = NESTED.graph.whole
    assert whole.reached(["app"]) == {"app", "pod", "gate", "rank", "first", "second", "spare", "store"}
    assert whole.reached(["app"], without=["gate"]) == {"app", "pod", "spare"}


def test_who_reaches_a_part_has_reached_the_whole() -> None:
    assert NESTED.graph.whole.reached(["first"]) >= {"second", "rank", "pod", "app"}
    assert NESTED.graph.whole.reached(["store"]) == {"store"}


def test_what_is_closed_is_closed_with_its_parts() -> None:
    assert "second" not in NESTED.graph.whole.reached(["app"], without=["rank"])


def test_ways_name_each_component_once() -> None:
    assert NESTED.graph.whole.way(["app"], ["store"]) == ["app", "pod", "gate", "rank", "first", "second", "store"]
    assert NESTED.graph.whole.way(["store"], ["app"]) == []
    assert NESTED.graph.whole.way(["app"], ["app"]) == ["app"]


def test_ways_from_several_beginnings_do_not_pass_one_another() -> None:
    view = facts("lanes: {l: [a, b, c, d]}\nflows: [a -> b -> c, d -> a]").graph.whole
    assert view.ways(["a", "b", "d"], ["c"]) == {"b": ["b", "c"]}
    assert view.ways(["a", "d"], ["c"]) == {"a": ["a", "b", "c"]}
    assert view.ways(["a"], ["c"], ["b"]) == {}


def test_needed_parts_are_dominators() -> None:
    assert NESTED.graph.whole.needed(["app"], ["store"]) == ["app", "pod", "gate", "rank", "first", "second", "store"]
    view = facts("lanes: {l: [a, b, c, d, e]}\nflows: [a -> b & c -> d -> e]").graph.whole
    assert view.needed(["a"], ["e"]) == ["a", "d", "e"]
    assert view.needed(["a"], ["b", "c"]) == ["a"]
    assert view.needed(["b"], ["c"]) == []


def test_circles() -> None:
    view = facts("lanes: {l: [a, b, c, d]}\nflows: [a -> b -> c -> a, c -> d, d -> d]").graph.whole
    assert view.circles() == [["a", "b", "c"]]
    parts = {"pod", "gate", "rank", "first", "second", "spare"}
    assert [set(circle) for circle in NESTED.graph.whole.circles()] == [{"app", *parts}]


def test_parts_of_parts_join_to_the_nearest_whole_only() -> None:
    graph = facts("""\
lanes:
  l: {outer: {components: {left: {components: [a, b]}, right: component}}, end: component}
flows: [a -> b, left -> right, outer -> end]
""").graph
    assert graph.whole.way(["a"], ["end"]) == ["a", "b", "left", "right", "outer", "end"]
    assert graph.whole.reached(["a"], without=["right"]) == {"outer", "left", "a", "b"}


def test_a_part_without_arrows_shares_those_of_the_parts_beside_it() -> None:
    graph = facts("""\
lanes:
  all:
    shop: user
    pod: {type: component, components: {rank: ranker, spare: ranker, deep: {components: {cold: cache}}}}
    store: feature_store_online
flows: [shop -> rank, rank -> store, store ..> shop]
""").graph
    assert graph.idle == {"pod": ["spare", "deep"], "deep": ["cold"]}
    walk = graph.view(flow for flow in graph.flows if flow.kind == "sync")
    for part in ("spare", "cold"):
        assert part in walk.reached(["shop"])
        assert part in walk.reached(["store"], backwards=True)
        assert walk.reached([part]) >= {part, "pod", "store"}
        assert "shop" in walk.reached([part], backwards=True)
        assert not {"shop", "rank"} & walk.reached([part])
        assert part not in walk.reached(["shop"], without=["pod"])
    assert "store" not in walk.reached(["shop"], without=["rank"])
    assert walk.needed(["shop"], ["store"]) == ["shop", "rank", "store"]
    assert walk.circles() == []


def test_families_tops_and_crossings() -> None:
    graph = NESTED.graph
    assert graph.family("rank") == {"rank", "first", "second", "pod"}
    assert graph.top("second") == "pod" and graph.top("store") == "store"
    assert [(a, b) for a, b, _flow in graph.crossings] == [("app", "pod"), ("pod", "store"), ("pod", "app")]


def test_the_place_of_one_arrow_of_a_chain() -> None:
    text = "blueprint: 1\ntitle: T\narchitecture:\n  lanes: {l: [a, b, c]}\n  flows: [a -> b ~> c]\n"
    result = parse(Source("test", text))
    assert result.blueprint is not None
    spans = [arrow(flow) for flow in result.blueprint.architecture.flows]
    assert [text[span.start : span.end] for span in spans] == ["a -> b", "b ~> c"]


# the way of predictions


def test_a_whole_system_serves() -> None:
    serving = system().serving
    assert serving.askers == ["viewer"] and serving.models == ["ranker"] == serving.served
    assert serving.lost == "" and serving.unasked == []


@pytest.mark.parametrize(
    ("without", "lost"),
    [("viewer -> gateway", "ranker"), ("popular -> rerank", ""), ("registry -> ranker", "")],
)
def test_where_predictions_get_lost(without: str, lost: str) -> None:
    assert system(without=without).serving.lost == lost


def test_answers_without_an_arrow() -> None:
    calls = facts(
        "lanes: {l: {app: user, page: orchestration_service, rank: ranker, db: operational_db}}\n"
        "flows: [app -> page -> rank, rank -> db]"
    )
    assert [calls.serving.answered(flow) for flow in calls.graph.flows] == [True, True, True]
    stages = facts(
        "lanes: {l: {app: user, find: candidate_generator, rank: ranker, log: event_stream}}\n"
        "flows: [app -> find -> rank, rank -> log]"
    )
    assert [stages.serving.answered(flow) for flow in stages.graph.flows] == [False, False, False]
    assert stages.serving.lost == "rank"


def test_a_teacher_serves_nobody() -> None:
    picture = facts(
        "lanes: {l: {lake: data_lake, teacher: batch_inference, set: dataset, fit: training_job,"
        " app: user, rank: ranker}}\nflows: [lake -> teacher -> set -> fit, app -> rank -> app]"
    )
    assert picture.serving.served == ["rank"]


# the way of models


def test_a_whole_system_learns() -> None:
    learning = system().learning
    assert learning.complete == ["trainer"] and learning.gap is None
    assert "ranker" in learning.delivered and learning.unchecked == []
    assert {"viewer", "ranker", "events", "trainer", "registry"} <= set(learning.loop)


@pytest.mark.parametrize(
    ("without", "gap"),
    [
        ("lake -> labels", ("trainer", "trainer", "data")),
        ("events ~> lake", None),  # the lake may hold data from elsewhere
    ],
)
def test_where_the_way_of_a_model_breaks(without: str, gap: tuple[str, str, str] | None) -> None:
    assert system(without=without).learning.gap == gap


def test_a_way_that_ends_at_the_gate() -> None:
    flows = "flows: [lake -> fit -> check, app -> rank -> app]"
    lanes = "lanes: {l: {lake: data_lake, fit: training_job, check: validation_gate, app: user, rank: ranker}}\n"
    assert facts(lanes + flows).learning.gap == ("fit", "check", "registry")


def test_a_schedule_is_no_data_and_an_alarm_closes_no_loop() -> None:
    picture = facts(
        "lanes: {l: {clock: scheduler, watch: drift_detector, fit: training_job, kept: model_registry,"
        " app: user, rank: ranker}}\n"
        "flows: [clock -> fit, watch -> fit, fit -> kept -> rank, app -> rank -> app, rank -> watch]"
    )
    assert picture.learning.gap == ("fit", "fit", "data") and picture.learning.loop == []


def test_a_way_past_the_gate() -> None:
    assert system("  - trainer -> registry").learning.unchecked == [["trainer", "registry", "ranker"]]
    assert system("  - trainer -> registry\n  - registry -> gate").learning.unchecked == []


# what an answer depends on


def test_a_fallback_spares_a_model() -> None:
    dependence = system().dependence
    assert dependence.needed == ["gateway", "rerank"]
    assert dependence.spared("ranker") and not dependence.spared("gateway")
    assert system(without="..> popular").dependence.needed == ["gateway", "ranker", "rerank"]


def test_what_needed_ones_ask() -> None:
    assert list(system(without="..> popular").dependence.asked) == ["store"]
    agent = facts(
        "lanes: {l: {app: user, agent: agent_orchestrator, llm: llm, sql: tool, a: model_server}}\n"
        "flows: [app -> agent -> llm -> agent -> sql, agent -> app]"
    )
    assert agent.dependence.needed == ["agent"] and list(agent.dependence.asked) == ["llm", "sql"]


def test_one_of_two_arms_is_not_asked_for() -> None:
    split = facts(
        "lanes: {l: {app: user, page: orchestration_service, a: model_server, b: model_server}}\n"
        "flows: [app -> page, page -> a: {traffic: 99%}, page -> b: {traffic: 1%}, page -> app]"
    )
    assert list(split.dependence.asked) == []


def test_circles_without_answers() -> None:
    lanes = "lanes: {l: {app: user, page: orchestration_service, a: retriever, b: ranker, c: re_ranker}}\n"
    for flows, expected in (
        ("[app -> page -> a -> b -> page]", []),
        ("[app -> page -> a -> b -> c -> a]", ["a -> b", "b -> c", "c -> a"]),
        ("[app -> page -> a -> b -> a]", []),
        ("[app -> a -> b -> c, c -> a: {at_most: 2}]", []),
        ("[app -> a -> b -> c ~> a]", []),
    ):
        circles = facts(lanes + f"flows: {flows}").dependence.circles
        assert [flow.id for circle in circles for flow in circle] == expected, flows
