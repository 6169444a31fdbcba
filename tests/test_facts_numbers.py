"""Derived numbers against numbers worked out by hand, and the request path against a slow but simple reckoning."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.document import loads
from archkit.facts import Facts
from archkit.facts.derived import count, off, per_second, seconds, show
from archkit.facts.load import per_item


def facts(text: str) -> Facts:
    document = loads(f"blueprint: 1\ntitle: A case\n{text}")
    assert [finding.message for finding in document.language] == []
    assert document.blueprint is not None
    return Facts(document.blueprint)


def scale(**numbers: str) -> Facts:
    return facts("requirements: {scale: {" + ", ".join(f"{key}: {value}" for key, value in numbers.items()) + "}}")


# traffic: what the ten cases say


@pytest.mark.parametrize(
    ("users", "each", "qps"),
    [
        ("2B", "2", 46_296),  # news feed
        ("50M", "3", 1_736),  # video search
        ("300M", "1", 3_472),  # people you may know
        ("500M", "10", 57_870),  # video recommendation
    ],
)
def test_average_follows_from_users(users: str, each: str, qps: int) -> None:
    average = scale(daily_active_users=users, requests_per_user_per_day=each).traffic.average
    assert average is not None and round(average.value.value) == qps
    assert average.working() == f"{qps:,}/s = {users} × {each} / 86,400 s"
    assert [each.value.text for each in average.inputs] == [users, each]


def test_average_of_posts_a_day_and_their_peak() -> None:
    traffic = scale(requests_per_day="500M", peak_factor="2.5").traffic
    assert traffic.average is not None and round(traffic.average.value.value) == 5_787
    assert traffic.at_peak is not None and round(traffic.at_peak.value.value) == 14_468
    assert traffic.at_peak.formula == "5,787/s × 2.5"


def test_the_peak_moves_with_users_even_where_one_is_stated() -> None:
    traffic = scale(daily_active_users="2B", requests_per_user_per_day="2", peak_factor="3", peak_qps="1").traffic
    assert traffic.at_peak is not None and round(traffic.at_peak.value.value) == 138_889


@pytest.mark.parametrize("written", ["100", "100 / s", "100 qps", "6000 / min"])
def test_a_number_without_a_unit_is_per_second_where_the_key_says_so(written: str) -> None:
    average = scale(qps=written).traffic.average
    assert average is not None and average.value == per_second(100)
    per_day = scale(qps=written).traffic.per_day
    assert per_day is not None and per_day.value == count(8_640_000)


def test_nothing_is_known_of_nothing() -> None:
    traffic = scale(daily_active_users="2B").traffic
    assert (traffic.average, traffic.at_peak, traffic.busiest, traffic.per_day) == (None, None, None, None)
    assert traffic.derived() == []


def test_batch_of_street_pictures() -> None:
    for text in ("requirements: {throughput: 1B / 14 d}", "requirements: {deadline: 14 d, scale: {items: 1B}}"):
        rate = facts(text).traffic.batch_rate
        assert rate is not None and round(rate.value.value) == 827


# sizes


@pytest.mark.parametrize(
    ("component", "size", "formula"),
    [
        ("items: 100B, dim: 128, bytes: 4", "51.2 TB", "100B × 128 × 4 bytes"),  # visual search
        ("items: 100B, dim: 128, code_size: 16 B", "1.6 TB", "100B × 16 B"),
        ("items: 1B, dim: 256, bytes: 4", "1.02 TB", "1B × 256 × 4 bytes"),  # video search
        ("items: 10B, dim: 128", "5.12 TB", "10B × 128 × 4 bytes"),  # video recommendation
        ("items: 5M, dim: 32", "640 MB", "5M × 32 × 4 bytes"),  # similar listings
        ("items: 1B, dim: 128", "512 GB", "1B × 128 × 4 bytes"),  # people you may know
        ("items: 1B, item_size: 2 KB", "2 TB", "1B × 2 KB"),
        ("items: 10B, dim: 128, bytes: 2 bytes", "2.56 TB", "10B × 128 × 2 bytes"),
    ],
)
def test_size_of_an_index(component: str, size: str, formula: str) -> None:
    room = facts(f"architecture: {{lanes: {{a: {{ann: {{type: ann_index, {component}}}}}}}}}").sizes.rooms["ann"]
    assert room.needed.working() == f"{size} = {formula}"
    assert bool(room.needed.assumptions) == ("bytes" not in component and "size" not in component)


def test_a_product_of_nothing_known_is_nothing() -> None:
    assert facts("architecture: {lanes: {a: {ann: {type: ann_index, items: 10B}}}}").sizes.rooms == {}
    assert facts("architecture: {lanes: {a: {ann: {type: ann_index, dim: 10}}}}").sizes.rooms == {}


# latency: budgets of the cases

VISUAL = """
requirements: {latency: {p99: 200 ms}}
serving: {network: {client: 30 ms}}
architecture:
  lanes:
    inference:
      user: user
      prepare: {type: image_preprocessor, latency: {p99: 10 ms}}
      encode: {type: query_encoder, latency: {p99: 40 ms}}
      ann: {type: ann_index, latency: {p99: 60 ms}}
      rerank: {type: re_ranker, latency: {p99: 30 ms}}
  flows: [user -> prepare -> encode -> ann -> rerank -> user]
"""
SEARCH = """
requirements: {latency: {p99: 300 ms}}
architecture:
  lanes:
    inference:
      user: user
      parse: {type: query_understanding, latency: {p99: 10 ms}}
      encode: {type: query_encoder, latency: {p99: 25 ms}}
      ann: {type: ann_index, latency: {p99: 50 ms}}
      lexical: {type: inverted_index, latency: {p99: 40 ms}}
      fuse: {type: candidate_merger, latency: {p99: 40 ms}}
      rerank: {type: re_ranker, latency: {p99: 30 ms}}
  flows:
    - user -> parse -> encode -> ann -> fuse -> rerank -> user
    - parse -> lexical -> fuse
"""


@pytest.mark.parametrize(("text", "total"), [(VISUAL, "170 ms"), (SEARCH, "155 ms")])
def test_critical_path(text: str, total: str) -> None:
    critical = facts(text).timing.critical
    assert critical is not None and show(critical.total.value) == total
    assert critical.missing == ()


def test_the_path_names_its_legs_and_when_they_begin() -> None:
    critical = facts(SEARCH).timing.critical
    assert critical is not None
    legs = [(leg.stage.id, show(seconds(leg.start))) for leg in critical.legs]
    assert legs == [("user", "0 s"), ("parse", "0 s"), ("encode", "10 ms"), ("ann", "35 ms"), ("fuse", "85 ms"),
                    ("rerank", "125 ms")]  # fmt: skip
    assert show(seconds(critical.after["lexical"])) == "70 ms"


def test_components_without_a_time_are_named() -> None:
    found = facts(SEARCH.replace(", latency: {p99: 40 ms}}", "}")).timing.critical
    assert found is not None and set(found.missing) == {"lexical", "fuse"}
    assert "`fuse` states no time and counts as 0" in found.total.assumptions


def test_percentile_is_the_one_required() -> None:
    timing = facts(SEARCH.replace("p99: 300", "p95: 300")).timing
    assert (timing.percentile, timing.critical) == ("p95", None)


# the request path


def arrows(flows: list[str], **types: str) -> Facts:
    ids = dict.fromkeys(word for flow in flows for word in flow.replace("->", " ").replace("~>", " ").split())
    rows = "".join(f"      {id_}: {{type: {types.get(id_, 'model_server')}}}\n" for id_ in ids if id_ != "user")
    listed = "".join(f"    - {flow}\n" for flow in flows)
    return facts(f"architecture:\n  lanes:\n    inference:\n      user: user\n{rows}  flows:\n{listed}")


def test_answers_are_no_calls() -> None:
    path = arrows(["user -> a -> b -> a -> user", "b -> c -> b"]).path
    assert [(hop.source, hop.target) for id_ in path.order for hop in path.before[id_]] == [
        ("user", "a"), ("a", "b"), ("b", "c"),
    ]  # fmt: skip
    assert {(flow.source, flow.target) for flow in path.answers} == {("b", "a"), ("a", "user"), ("c", "b")}


def test_what_is_not_waited_for_is_not_on_the_path() -> None:
    path = arrows(
        ["user -> a -> log -> lake", "a ~> b", "a -> watch", "c -> a"], log="event_stream", lake="data_lake",
        watch="monitoring", c="feature_store_online",
    ).path  # fmt: skip
    assert path.order == ["user", "a"]
    assert [flow.source for flow in path.reads["a"]] == ["c"]


def test_parts_stand_for_the_whole() -> None:
    text = """
architecture:
  lanes:
    inference:
      user: user
      sources: {components: {near: {type: candidate_generator}, merge: {type: candidate_merger}}}
  flows: [user -> sources, near -> merge -> user]
"""
    assert facts(text).path.order == ["user", "sources", "near", "merge"]


names = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24)


@given(names)
@settings(max_examples=150, deadline=None)
def test_any_graph_becomes_one_without_circles(pairs: list[tuple[int, int]]) -> None:
    path = arrows(["user -> c0", *(f"c{a} -> c{b}" for a, b in pairs)]).path
    place = {id_: number for number, id_ in enumerate(path.order)}
    for id_ in path.order:
        assert all(place[hop.source] < place[id_] for hop in path.before[id_])
    reached = {"user", "c0"}
    for _ in range(9):
        reached |= {f"c{b}" for a, b in pairs if f"c{a}" in reached}
    assert set(path.order) == reached


forward = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 7)).filter(lambda pair: pair[0] < pair[1]), max_size=16)


@given(forward, st.lists(st.integers(0, 50), min_size=8, max_size=8))
@settings(max_examples=150, deadline=None)
def test_the_critical_path_is_the_longest(pairs: list[tuple[int, int]], times: list[int]) -> None:
    reached = {0}
    for a, b in sorted(pairs):
        reached |= {b} if a in reached else set()
    pairs = [pair for pair in pairs if pair[0] in reached]
    rows = "".join(f"      c{n}: {{type: model_server, latency: {{p99: {t} ms}}}}\n" for n, t in enumerate(times))
    flows = "".join(f"    - c{a} -> c{b}\n" for a, b in pairs)
    text = f"architecture:\n  lanes:\n    l:\n      user: user\n{rows}  flows:\n    - user -> c0\n{flows}"
    critical = facts(text).timing.critical

    def longest(at: int) -> int:
        return times[at] + max((longest(b) for a, b in set(pairs) if a == at), default=0)

    assert critical is not None and critical.total.value.value == Fraction(longest(0), 1000)
    for before, after in pairwise(leg.stage.id for leg in critical.legs):
        assert before == "user" or (int(before[1:]), int(after[1:])) in pairs


# load


LOADED = """
requirements: {scale: {qps: 1000, peak_factor: 2}}
architecture:
  lanes:
    l:
      user: user
      gateway: {type: api_gateway, replicas: 1, throughput: 1k / s}
      cache: {type: cache, hit_rate: 75%, replicas: 1, throughput: 1k / s}
      near: {type: candidate_generator, replicas: 1, throughput: 1k / s}
      store: {type: feature_store_online, replicas: 1, throughput: 1k / s}
      router: {type: confidence_router, replicas: 1, throughput: 1k / s}
      small: {type: model_server, replicas: 1, throughput: 1k / s}
      large: {type: model_server, replicas: 1, throughput: 1k / s}
  flows:
    - user -> gateway -> cache -> near -> router -> small -> user
    - store -> near
    - router -> large: {traffic: 4%}
    - large -> user
"""


def test_load_follows_caches_and_shares() -> None:
    load = facts(LOADED).load
    asked = {id_: int(one.asked.value.value) for id_, one in load.capacities.items()}
    # What a router sends to the small model is not stated, so nothing is said about it.
    assert asked == {"gateway": 2000, "cache": 2000, "near": 500, "store": 500, "router": 500, "large": 20}
    assert load.capacities["near"].busy.value == count(Fraction(1, 2)) / count(1)
    assert load.capacities["gateway"].needed.value == count(2)


@pytest.mark.parametrize(
    ("flows", "asked"),
    [
        ("viewer -> app -> gateway -> ranker -> app", {"gateway", "ranker"}),  # a person in front of an app
        ("viewer & app -> gateway -> ranker", {"gateway", "ranker"}),  # two ways in, and one gateway for both
        ("viewer -> gateway, app -> cache, gateway & cache -> ranker", set()),  # nobody says how many come which way
    ],
)
def test_load_begins_where_all_requests_are(flows: str, asked: set[str]) -> None:
    listed = ", ".join(f'"{flow.strip()}"' for flow in flows.split(","))
    load = facts(f"""
requirements: {{scale: {{qps: 100, peak_factor: 2}}}}
architecture:
  lanes:
    inference:
      viewer: user
      app: client_app
      gateway: {{type: api_gateway, replicas: 2, throughput: 200 / s}}
      cache: {{type: orchestration_service}}
      ranker: {{type: ranker, replicas: 4, throughput: 100 / s}}
  flows: [{listed}]
""").load
    assert set(load.capacities) == asked
    assert all(one.asked.value.value == 200 for one in load.capacities.values())


def test_a_cache_that_states_no_hits_leaves_the_load_behind_it_open() -> None:
    assert set(facts(LOADED.replace("hit_rate: 75%, ", "")).load.capacities) == {"gateway", "cache"}


@pytest.mark.parametrize(
    ("component", "items"),
    [
        ("in: 500, throughput: 35k videos / s", True),
        ("in: 500, throughput: 35k requests / s", False),
        ("in: 500, throughput: 35k / s", False),
        ("in: 3000, throughput: 300k / s, cost_per_item: 3.3 us", True),
        ("in: 3000, throughput: 90 / s, cost_per_item: 3.3 us", False),
        ("in: 3000, throughput: 700 / s, cost_per_item: 3.3 us, parallelism: 8", False),
        ("throughput: 300k videos / s, cost_per_item: 3.3 us", False),
    ],
)
def test_what_a_throughput_counts(component: str, items: bool) -> None:
    found = facts(f"architecture: {{lanes: {{a: {{ranker: {{type: ranker, {component}}}}}}}}}")
    assert per_item(found.graph.components["ranker"]) is items


# people, batches, money


def test_reviewers_of_the_posts_of_a_day() -> None:
    text = """
requirements: {scale: {requests_per_day: 500M, new_items_per_day: 400M}}
architecture: {lanes: {a: {r: {type: human_review, reviewers: 2000, items_per_day: 400, flagged: 0.2%}}}}
"""
    review = facts(text).work.reviews[0]
    # The smaller of the two numbers is what is sure to be decided about.
    assert (review.flagged.value.value, review.able.value.value) == (800_000, 800_000)


def test_money_of_a_month() -> None:
    text = """
requirements: {scale: {requests_per_day: 1M}}
model: {training: {cadence: 1 d, duration: 6 h, devices: 10, price: $2 / h}}
architecture:
  lanes:
    a:
      user: user
      ranker: {type: ranker, replicas: 10, price: $1 / h}
      lake: {type: data_lake, cost: $500 / month}
      writer: {type: llm, tokens_in: 1000, tokens_out: 100, price_in: $1 / 1M tokens, price_out: $10 / 1M tokens}
  flows: [user -> ranker -> writer -> user]
"""
    cost = facts(text).cost
    assert cost.monthly is not None and cost.per_thousand is not None
    # 10 × 720 h × $1 + $500 + 30 × 10 × 6 h × $2 + 30M requests × $0.002
    assert cost.monthly.value.value == 7200 + 500 + 3600 + 60_000
    assert cost.per_thousand.value.value == Fraction(71_300, 30_000)


@pytest.mark.parametrize(
    ("runs", "spent", "formula"),
    [
        ("cadence: 1 d, duration: 3 h", 360, "4 × $1 / h × 30 d × 3 h / 1 d"),
        ("cadence: 2 min, duration: 1 min", 2880, "4 × $1 / h × 30 d"),  # no time to give machines back
        ("cadence: 1 d", 2880, "4 × $1 / h × 30 d"),
        ("cadence: 1 d, duration: 30 h", 2880, "4 × $1 / h × 30 d"),
    ],
)
def test_batches_are_paid_for_while_they_run(runs: str, spent: int, formula: str) -> None:
    text = f"architecture: {{lanes: {{a: {{b: {{type: batch_inference, replicas: 4, price: $1 / h, {runs}}}}}}}}}\n"
    cost = facts(text).cost.replicas[0]
    assert (cost.value.value, cost.formula) == (spent, formula)
    assert bool(cost.assumptions) == (spent != 2880)


def test_the_largest_costs_are_named_and_the_rest_added_up() -> None:
    parts = "".join(f"      part_{n}: {{cost: ${n}00 / month}}\n" for n in range(1, 9))
    text = "\nmodel: {trainings: {weekly: {cadence: 30 d, duration: 1 h, devices: 1, price: $450 / h}}}\n"
    cost = facts(f"{text}architecture:\n  lanes:\n    a:\n{parts}").cost
    assert cost.monthly is not None
    assert cost.monthly.formula == (
        "`part_8` $800 + `part_7` $700 + `part_6` $600 + `part_5` $500 + training of `weekly` $450 + 4 more $1,000"
    )


def test_tokens_of_models_that_only_a_part_of_all_requests_reaches() -> None:
    text = """
requirements: {scale: {requests_per_day: 1M}}
architecture:
  lanes:
    a:
      user: user
      kept: {type: cache, hit_rate: 20%}
      choice: confidence_router
      small: {type: llm, tokens_in: 1000, price_in: $1 / 1M tokens}
      large: {type: llm, tokens_in: 1000, price_in: $10 / 1M tokens, calls: 2}
  flows:
    - user -> kept -> choice
    - choice -> small: {traffic: 75%}
    - choice -> large: {traffic: 25%}
    - small & large -> user
"""
    cost = facts(text).cost
    assert [one.working() for one in cost.tokens] == [
        "$0.0006 = 60% × 1000 × $1 / 1M tokens",
        "$0.004 = 2 × 20% × 1000 × $10 / 1M tokens",
    ]
    assert cost.tokens[0].assumptions == ("`small` is called once for a request that reaches it",)
    assert cost.monthly is not None
    assert cost.monthly.value.value == 30_000_000 * Fraction(46, 10_000)


def test_a_prompt_put_together() -> None:
    cost = facts(
        "architecture: {lanes: {a: {s: {type: vector_db, chunks: 8, chunk_tokens: 300, instructions: 800}}}}"
    ).cost
    assert [one.working() for one in cost.prompts()] == ["3,200 = 8 × 300 + 800"]


# how numbers are written


@pytest.mark.parametrize(
    ("found", "wanted", "shown"), [(43, 100, "−57%"), (173, 100, "+73%"), (1000, 100, "×10"), (100, 0, "from zero")]
)
def test_by_how_much_a_number_is_off(found: int, wanted: int, shown: str) -> None:
    assert off(count(found), count(wanted)) == shown


def test_billions_are_never_taken_for_bytes() -> None:
    assert [show(count(n)) for n in (3 * 10**9, 12_345, 7)] == ["3B", "12,345", "7"]


# the first word


def test_first_word_of_the_slowest_model_behind_a_router_past_one_that_only_helps() -> None:
    text = """
architecture:
  lanes:
    a:
      user: user
      helper: {type: llm, optional: true, ttft: 5 s, tokens_out: 10, tokens_per_second: 100}
      choice: {type: confidence_router, latency: 10 ms}
      slow: {type: llm, ttft: 700 ms, tokens_out: 10, tokens_per_second: 100}
      quick: {type: llm, ttft: 200 ms, tokens_out: 90, tokens_per_second: 100}
      after: {type: guardrail, latency: 20 ms}
  flows: [user -> helper -> choice, choice -> quick & slow, quick & slow -> after -> user]
"""
    first = facts(text).timing.first_token
    assert first is not None
    # 5.1 s of the helper and 10 ms of the router; it is the quick one that writes longest
    assert first.formula == "5.11 s until `slow` is reached + 700 ms"


# experiments


@pytest.mark.parametrize(
    ("scale", "more", "at_most"),
    [
        ("daily_active_users: 20k", "", True),  # the same people come again
        ("daily_active_users: 20k, users: 30k", "", False),
        ("daily_active_users: 20k, monthly_active_users: 30k", "", False),
        ("daily_active_users: 20k, users: 30M", "", True),
        ("daily_active_users: 20k", ", units_per_day: 5k", False),
        ("requests_per_day: 20k", ", unit: request", False),
    ],
)
def test_people_who_come_again_are_counted_on_each_day(scale: str, more: str, at_most: bool) -> None:
    unit = "" if "unit:" in more else "unit: user, "
    found = facts(
        f"requirements: {{scale: {{{scale}}}}}\nevaluation: {{experiment: {{{unit}duration: 14 d, baseline_rate: 2%, "
        f"minimum_effect: 1%{more}}}}}\n"
    ).experiment
    assert found.gets is not None and found.at_most is at_most
