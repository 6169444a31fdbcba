"""Derived numbers against numbers worked out by hand: traffic, sizes, load, people, money."""

from __future__ import annotations

from fractions import Fraction

import pytest
from derived import facts

from archkit.facts import Facts
from archkit.facts.derived import count, off, per_second, show
from archkit.facts.load import per_item


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
