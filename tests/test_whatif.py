"""Other values in a blueprint: where they go, what moves, what is found, and where a design breaks first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

from archkit.document import load, loads
from archkit.facts.derived import show
from archkit.quantity import Dimension, Quantity, parse_quantity
from archkit.whatif import Design, Outcome, Problem, change, design, what_if
from archkit.whatif.sweep import Swept, sweep
from archkit.yamltree import Mapping, Node, Scalar

FEED = """blueprint: 1
title: Feed
requirements:
  scale: {daily_active_users: 100M, requests_per_user_per_day: 10, peak_factor: 3, items: 10M}
  latency: 200 ms
serving:
  mode: online
  rollout: [shadow, {canary: 5%}]
  target_utilisation: 50%
architecture:
  lanes:
    inference:
      viewer: user
      gateway: api_gateway
      near.v2: {type: candidate_generator, in: 10M, out: 500, latency: {p99: 40 ms}}
      ranker: {type: ranker, in: 500, out: 20, latency: {p99: 60 ms}, replicas: 700, throughput: 100k posts / s}
      parts: {components: {inner: {type: cache, latency: 5 ms}}}
  flows:
    - viewer -> gateway -> near.v2 -> ranker -> viewer
    - ranker ..> gateway: {traffic: 5%}
"""


def made(text: str = FEED) -> Design:
    document = loads(text)
    assert isinstance(document.tree, Mapping)
    return design(document.tree, document.sources, "production")


def outcome(*texts: str, before: str = FEED) -> Outcome:
    found = what_if(made(before), texts)
    assert isinstance(found, Outcome), found
    return found


def problem(text: str, before: str = FEED) -> tuple[str, str, str, str]:
    found = what_if(made(before), [text])
    assert isinstance(found, Problem)
    finding = found.diagnostics[0]
    assert finding.span is not None
    source = found.sources[finding.span.source]
    assert source.name == "--set"
    return finding.code, source.text[finding.span.start : finding.span.end], finding.message, finding.hint


def moved(found: Outcome) -> dict[str, tuple[str, str]]:
    return {
        (move.after or move.before).key: (  # type: ignore[union-attr]
            show(move.before.value) if move.before else "", show(move.after.value) if move.after else "",
        )
        for move in found.moves
    }  # fmt: skip


# what moves


def test_numbers_move_with_what_they_follow_from() -> None:
    found = outcome("requirements.scale.daily_active_users=1B")
    assert moved(found) == {
        "traffic.requests_per_day": ("1B", "10B"),
        "traffic.average_qps": ("11,574/s", "115,741/s"),
        "traffic.peak_qps": ("34,722/s", "347,222/s"),
        "items.ranker": ("17.4M/s", "174M/s"),
        "utilisation.ranker": ("24.8%", "248%"),
        "replicas.ranker": ("348", "3,473"),
    }
    assert [move.factor for move in found.moves[:5]] == [10] * 5
    assert [(finding.code, finding.message[:8]) for finding in found.appeared] == [("CAP03", "`ranker`")]
    assert found.vanished == () and found.kept > 0


def test_a_finding_that_is_mended_vanishes_and_others_stay() -> None:
    slow = FEED.replace("p99: 60 ms", "p99: 600 ms")
    found = outcome("ranker.latency.p99=60 ms", before=slow)
    assert [finding.code for finding in found.vanished] == ["LAT01"]
    assert found.appeared == ()
    # another number, the same finding at the same place
    assert outcome("ranker.latency.p99=700 ms", before=slow).appeared == ()
    assert outcome("requirements.latency=100 ms", before=slow).appeared == ()


def test_values_that_were_not_written_yet() -> None:
    found = outcome("serving.network.hop=30 ms", "ranker.timeout=150 ms")
    assert moved(found)["latency.p99"] == ("100 ms", "160 ms")
    assert [finding.code for finding in found.appeared] == ["LAT05"]
    blank = "blueprint: 1\ntitle: Feed\nrequirements:\n"
    assert moved(outcome("requirements.scale.qps=10", before=blank))["traffic.average_qps"] == ("", "10")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("architecture.lanes.inference.ranker.replicas=100", {"replicas": "100"}),
        ("ranker.replicas=100", {"replicas": "100"}),
        ("ranker.in_count=100", {"in_count": "100"}),
        ("ranker.in=100", {"in_count": "100"}),
        (" ranker.in =  100 ", {"in_count": "100"}),
        ("ranker.throughput='9 / s'", {"throughput": "9 / s"}),
    ],
)
def test_paths_to_a_component(text: str, expected: dict[str, str]) -> None:
    component = outcome(text).after.blueprint.components["ranker"]
    assert {name: getattr(component, name).text for name in expected} == expected


def test_paths_through_ids_with_dots_lists_short_forms_and_parts() -> None:
    after = outcome(
        "near.v2.latency.p99=5 ms", "gateway.replicas=3", "serving.rollout.1.canary=7%", "inner.latency.p50=1 ms",
        "requirements.latency.p95=150 ms", "architecture.flows.1.ranker ..> gateway.traffic=6%",
        "serving.mode=[online, batch]",
    ).after.blueprint  # fmt: skip
    assert show(after.components["near.v2"].latency.p99) == "5 ms"
    gateway = after.components["gateway"]
    assert (gateway.type, show(gateway.replicas), gateway.guessed) == ("api_gateway", "3", False)
    assert show(after.serving.rollout[1].share) == "7%"
    inner = after.components["inner"]
    assert (inner.type, show(inner.latency.p50), show(inner.latency.p99)) == ("cache", "1 ms", "5 ms")
    latency = after.requirements.latency
    assert (show(latency.p95), show(latency.p99)) == ("150 ms", "200 ms")
    assert [show(flow.traffic) for flow in after.architecture.flows if flow.traffic] == ["6%"]
    assert after.serving.modes == ("online", "batch")


def test_an_alias_is_changed_in_one_place_only() -> None:
    lane = "a:\n      x: &x {type: ranker, replicas: 1}\n      y: *x\n"
    text = f"blueprint: 1\ntitle: T\narchitecture:\n  lanes:\n    {lane}"
    components = outcome("y.replicas=5", before=text).after.blueprint.components
    assert [show(components[id_].replicas) for id_ in "xy"] == ["1", "5"]


# what is wrong


@pytest.mark.parametrize(
    ("text", "code", "quoted", "said"),
    [
        ("requirement.scale.items=3", "SET001", "requirement", "did you mean `requirements`?"),
        ("requirements.scal.items=3", "SET001", "scal", "did you mean `scale`?"),
        ("requirements.scale.itens=3", "SET001", "itens", "did you mean `items`?"),
        (
            "requirements.scale.zzzzzz=3",
            "SET001",
            "zzzzzz",
            "there are `daily_active_users`, `requests_per_user_per_day`",
        ),
        ("rankr.replicas=3", "SET001", "rankr", "did you mean `ranker`?"),
        ("ranker.replcas=3", "SET001", "replcas", "did you mean `replicas`?"),
        ("architecture.lanes.inference.ranke.in=3", "SET001", "ranke", "did you mean `ranker`?"),
        ("serving.rollout.5=full", "SET001", "5", "write a position from 0 to 1"),
        ("serving.rollout.x=full", "SET001", "x", "write a position from 0 to 1"),
        ("serving.mode.x=full", "SET001", ".x", "end the path there"),
        ("serving.network.hopp=1 ms", "SET001", "hopp", "did you mean `hop`?"),
        ("nonsense", "SET001", "nonsense", "write `PATH=VALUE`"),
        ("=3", "SET001", "=3", "write `PATH=VALUE`"),
        ("requirements.latency=200", "LNG005", "200", "write `200 ms` or `200 s`"),
        ("requirements.latency.p99=fast", "LNG005", "fast", ""),
        ("serving.mode=on-line", "LNG004", "on-line", "did you mean `online`?"),
        ("serving.target_utilisation=140%", "LNG013", "140%", ""),
        ("ranker.type=rankr", "LNG008", "rankr", "did you mean `ranker`?"),
        ("ranker.replicas=", "LNG010", "", ""),
        ("ranker.note=a: [", "YML016", "[", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, code: str, quoted: str, said: str) -> None:
    found = problem(text)
    assert (found[0], found[1].strip() if quoted else "") == (code, quoted)
    assert said in found[3]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = change(made(), ["requirements.latency=200", "rankr.replicas=3", "serving.mode=[x"])
    assert isinstance(found, Problem)
    assert {finding.code for finding in found.diagnostics} >= {"LNG005", "SET001", "YML016"}


def test_errors_that_the_blueprint_has_anyway_do_not_matter() -> None:
    assert moved(outcome("requirements.scale.items=20M", before=FEED.replace("title", "titel"))) is not None
    known = FEED.replace("target_utilisation: 50%", "target_utilisation: much")
    assert isinstance(what_if(made(known), ["ranker.replicas=7"]), Outcome)
    assert isinstance(what_if(made(known), ["serving.target_utilisation=many"]), Outcome), "no worse than before"


# what holds of any value


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from leaves(value, f"{path}.{key.text}" if path else key.text)
    else:
        for number, item in enumerate(node.items):
            yield from leaves(item, f"{path}.{number}")


SHIPPED = load(Path(__file__).parent.parent / "blueprints" / "video-recommendation.yaml")
assert isinstance(SHIPPED.tree, Mapping)
LEAVES = [(path, node) for path, node in leaves(SHIPPED.tree) if "=" not in path and path != "blueprint"]


@pytest.fixture(scope="module")
def shipped() -> Design:
    assert isinstance(SHIPPED.tree, Mapping)
    return design(SHIPPED.tree, SHIPPED.sources)


@pytest.mark.parametrize(("path", "node"), LEAVES[:: max(1, len(LEAVES) // 60)], ids=lambda each: str(each)[:60])
def test_the_value_that_is_there_changes_nothing(shipped: Design, path: str, node: Scalar) -> None:
    written = SHIPPED.sources[0].text[node.span.start : node.span.end]
    if "\n" in written:
        pytest.skip("a value of several lines")
    found = what_if(shipped, [f"{path}={written}"])
    assert isinstance(found, Outcome), found
    assert (found.moves, found.appeared, found.vanished) == ((), (), ())


@given(st.text(max_size=30), st.text(max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_text_makes_it_stumble(path: str, value: str) -> None:
    before = _FEED
    for text in (f"{path}={value}", f"ranker.{path}={value}", f"ranker.replicas={value}", path):
        assert isinstance(change(before, [text]), Design | Problem)
        assert isinstance(sweep(before, text, 1), Swept | Problem)


_FEED = made()


# where it breaks


def swept(text: str, before: str = FEED, steps: int = 16) -> Swept:
    found = sweep(made(before), text, steps)
    assert isinstance(found, Swept), found
    return found


def test_the_first_break_is_found_within_half_a_percent() -> None:
    found = swept("requirements.scale.daily_active_users=10M..10B")
    # 700 × 100k × 50% = 35M posts a second = users × 10 / 86,400 × 3 × 500
    limit = 35_000_000 * 86_400 / (10 * 3 * 500)
    event = found.breaks
    assert event is not None and [finding.code for finding in event.appeared] == ["CAP03"]
    value, last = number(event.value), number(event.last)
    assert last <= limit < value <= last * 1.01


def number(text: str) -> float:
    found = parse_quantity(text, Dimension.COUNT)
    assert isinstance(found, Quantity)
    return float(found)


def test_the_number_of_steps_does_not_change_where_it_breaks() -> None:
    ends = {steps: swept("requirements.scale.daily_active_users=10M..10B", steps=steps).breaks for steps in (1, 7, 40)}
    values = {number(event.value) for event in ends.values() if event}
    assert len(ends) == 3 and max(values) / min(values) < 1.011


def test_a_range_may_go_down_and_whole_numbers_stay_whole() -> None:
    found = swept("ranker.replicas=700..10")
    assert found.breaks is not None and (found.breaks.last, found.breaks.value) == ("348", "347")


def test_findings_that_come_and_go_again() -> None:
    # a timeout that is too short is no finding, one that is too long is
    found = swept("ranker.timeout=50 ms..2 s")
    codes = [
        (event.value, [f.code for f in event.appeared], [f.code for f in event.vanished]) for event in found.events
    ]
    assert [(appeared, vanished) for _, appeared, vanished in codes] == [(["LAT05"], [])]


def test_a_stated_number_that_merely_repeats_does_not_break_the_design() -> None:
    stated = FEED.replace("peak_factor: 3", "peak_factor: 3, qps: 11574")
    found = swept("requirements.scale.daily_active_users=100M..10B", before=stated)
    assert [finding.code for finding in found.events[0].appeared] == ["CAP01"]
    assert found.breaks is not None and [finding.code for finding in found.breaks.appeared] == ["CAP03"]


def test_a_range_in_which_nothing_breaks() -> None:
    found = swept("ranker.replicas=700..900")
    assert (found.breaks, found.events) == (None, ())
    assert moved(found.end)["utilisation.ranker"] == ("24.8%", "19.3%")


@pytest.mark.parametrize(
    ("text", "quoted", "said"),
    [
        ("ranker.replicas=5", "ranker.replicas=5", "PATH=FROM..TO"),
        ("ranker.replicas=..5", "ranker.replicas=..5", "PATH=FROM..TO"),
        ("ranker.replicas=0..5", "0", "above 0"),
        ("ranker.replicas=1..x", "x", "write one"),
        ("ranker.latency.p99=5..10 ms", "5", "write `5 ms` or `5 s`"),
        ("ranker.note=1..2", "ranker.note", "needs a number"),
        ("ranker.replcas=1..2", "replcas", "did you mean `replicas`?"),
        ("serving.target_utilisation=10%..200%", "200%", ""),
    ],
)
def test_what_is_no_range_is_told(text: str, quoted: str, said: str) -> None:
    found = sweep(made(), text)
    assert isinstance(found, Problem)
    finding = found.diagnostics[0]
    assert finding.span is not None and said in finding.hint
    assert found.sources[finding.span.source].text[finding.span.start : finding.span.end] == quoted


def test_the_same_range_gives_the_same_answer() -> None:
    assert [event.value for event in swept("requirements.scale.daily_active_users=10M..10B").events] == [
        event.value for event in swept("requirements.scale.daily_active_users=10M..10B").events
    ]


# the command


@pytest.mark.usefixtures("in_folder")
def test_command(capsys: Out) -> None:
    put("feed.yaml", FEED)
    words = ("what-if", "feed.yaml", "--profile", "production")
    code, out, err = run(
        capsys, *words, "--set", "requirements.scale.daily_active_users=1B", "--set", "ranker.price=$2 / h"
    )
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines[:2] == ["requirements.scale.daily_active_users: 100M → 1B", "ranker.price: nothing → $2 / h"]
    assert "Average requests per second 11,574/s → 115,741/s × 10" in lines
    assert "Known cost per month unknown → $1,008,000" in lines
    assert any(line.startswith("error[CAP03]: `ranker`") and line.endswith("(feed.yaml:16:81)") for line in lines)
    code, out, _ = run(capsys, *words, "--sweep", "requirements.scale.daily_active_users=10M..10B")
    assert code == 0 and "Breaks first at 202M; 201M still holds." in out
    code, out, _ = run(
        capsys, *words, "--sweep", "ranker.replicas=700..10", "--set", "requirements.scale.peak_factor=6"
    )
    assert code == 0 and "Breaks first at 694; 697 still holds." in out
    code, out, _ = run(capsys, *words, "--set", "title=x")
    assert code == 0 and "No derived number moves." in out and "No finding appears or vanishes." in out


@pytest.mark.usefixtures("in_folder")
def test_command_in_json(capsys: Out) -> None:
    put("feed.yaml", FEED)
    words = ("what-if", "feed.yaml", "--format", "json", "--profile", "production")
    code, out, _ = run(capsys, *words, "--set", "requirements.scale.daily_active_users=1B")
    found = json.loads(out)
    assert code == 0 and found["set"] == [
        {"path": "requirements.scale.daily_active_users", "before": "100M", "after": "1B"}
    ]
    average = next(number for number in found["numbers"] if number["key"] == "traffic.average_qps")
    assert (
        average["factor"] == 10
        and average["before"]["text"] == "11,574/s"
        and average["formula"] == "1B × 10 / 86,400 s"
    )
    assert [finding["code"] for finding in found["findings"]["appeared"]] == ["CAP03"]
    code, out, _ = run(capsys, *words, "--sweep", "ranker.replicas=700..10")
    found = json.loads(out)
    assert found["sweep"] == {"path": "ranker.replicas", "from": "700", "to": "10"}
    assert found["breaks"]["value"] == "347" and found["breaks"] == found["events"][0]


@pytest.mark.usefixtures("in_folder")
def test_command_tells_what_is_wrong(capsys: Out) -> None:
    put("feed.yaml", FEED)
    code, out, err = run(capsys, "what-if", "feed.yaml", "--set", "ranker.replcas=3")
    assert (code, out) == (2, "") and "did you mean `replicas`?" in err and "^^^^^^^" in err
    for words, said in (
        ((), "write what to change"),
        (("--sweep", "ranker.replicas=1..9", "--steps", "0"), "0 is not a number from 1 to 1000"),
        (("--sweep", "ranker.replicas=1..9", "--steps", "many"), "many is not a number"),
        (("--set", "a=1", "--profile", "prod"), "did you mean `production`?"),
        (("--set", "a=1", "--format", "yaml"), "write one of text, json"),
    ):
        code, out, err = run(capsys, "what-if", "feed.yaml", *words)
        assert (code, out) == (2, "") and said in err, words
    assert run(capsys, "what-if", "none.yaml", "--set", "title=x")[0] == 2
    put("list.yaml", "- 1")
    assert run(capsys, "what-if", "list.yaml", "--set", "title=x")[0] == 1
    put("bad.yaml", FEED.replace("peak_factor: 3", "peak_factor: three"))
    code, out, err = run(capsys, "what-if", "bad.yaml", "--set", "ranker.replicas=3")
    assert code == 1 and "the blueprint has errors" in err and out
