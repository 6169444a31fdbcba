"""A system and what a blueprint wants of its figure → the figure that is planned."""

from __future__ import annotations

import archkit
from archkit.picture import GraphFigure

FEED = """\
blueprint: 1
title: Feed
architecture:
  lanes:
    data: {events: event_stream, lake: data_lake, store: {type: feature_store_online, latency: {p99: 5 ms}}}
    training: {trainer: training_job, gate: validation_gate, registry: {type: model_registry, tech: mlflow}}
    inference:
      viewer: user
      gateway: api_gateway
      near: {type: candidate_generator, in: 10B, out: 1000}
      liked: {type: candidate_generator, in: 1M, out: 1000}
      ranker:
        type: ranker
        in: 2000
        out: 20
        note: Several heads
        components: {tower: query_encoder, head: model_server, mixer: score_combiner}
    monitoring: {drift: drift_detector, dashboard: dashboard}
  groups: {sources: {title: Candidate sources, members: [near, liked]}}
  flows:
    - viewer -> gateway: {step: 1, label: opens}
    - gateway -> near & liked: {step: 2}
    - near & liked -> ranker: {step: 3, label: "1,000"}
    - ranker -> viewer: {step: 4, label: 20 videos}
    - store -> ranker: features
    - viewer ..> events
    - events ~> lake & store
    - lake -> trainer -> gate -> registry
    - registry -> ranker: {kind: deploy, label: weights}
    - ranker ..> drift -> dashboard
    - drift ..> trainer: retrain
"""


def document(wishes: str, text: str = FEED, kind: str = "system") -> archkit.Document:
    return archkit.loads(f"{text}figures: [{{kind: {kind}, name: it, {wishes}}}]\n")


def plan(wishes: str, kind: str = "system") -> GraphFigure:
    found = document(wishes, kind=kind)
    assert [str(finding.message) for finding in found.problems] == []
    figure = found.figure("it").figure
    assert isinstance(figure, GraphFigure)
    return figure


def told(wishes: str, text: str = FEED, kind: str = "system") -> list[str]:
    """Return the findings with what they point at."""
    found = document(wishes, text, kind)
    source = found.sources[0].text
    return [
        f"{finding.code} {source[finding.span.start : finding.span.end]}: {finding.hint}"
        for finding in found.problems
        if finding.span
    ]


def stress(figure: GraphFigure) -> dict[str, str]:
    return {node.id: node.stress for node in figure.nodes if node.stress}
