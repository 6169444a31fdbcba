"""The request path and its latency, against budgets worked out by hand and a slow but simple reckoning."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from derived import facts
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.facts import Facts
from archkit.facts.derived import seconds, show

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
