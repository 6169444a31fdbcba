"""What waivers silence, and how far they reach."""

from __future__ import annotations

from parsed import at, read


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
