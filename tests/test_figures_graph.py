"""Architecture → graph figures: what is drawn, what is left out, and what is written on it."""

from __future__ import annotations

import pytest

import archkit
from archkit.picture import GraphFigure

HEAD = "blueprint: 1\ntitle: Feed\narchitecture:\n"


def plan(body: str, kind: str = "system") -> GraphFigure:
    document = archkit.loads(HEAD + body)
    assert [finding.message for finding in document.language] == []
    figure = document.figure(kind).figure
    assert isinstance(figure, GraphFigure)
    return figure


def told(figure: GraphFigure) -> str:
    """Return a figure as a short text: lanes with their nodes, groups, arrows."""
    lines = []
    for lane in figure.lanes:
        lines.append(f"{lane.title}:")
        for node in figure.nodes:
            if node.lane == lane.id:
                extra = f" [{'; '.join(node.annotation)}]" if node.annotation else ""
                lines.append(f"  {node.title} ({node.shape}){extra}")
    lines += [f"({cluster.title}: {', '.join(cluster.members)})" for cluster in figure.clusters]
    for edge in figure.edges:
        step = f"{edge.step} " if edge.step else ""
        lines.append(f"{step}{edge.tail} {edge.style} {edge.head}" + (f": {edge.label}" if edge.label else ""))
    return "\n".join(lines)


LANES = """\
  lanes:
    data:
      events: event_stream
      store: {type: feature_store_online, latency: {p99: 5 ms}}
    training:
      trainer: training_job
      registry: {type: model_registry, tech: mlflow}
    inference:
      viewer: user
      candidates: {type: candidate_generator, in: 10B, out: 1000, latency: {p99: 40 ms}}
      index: {type: ann_index, items: 2M, dim: 64}
      ranker: {type: ranker, in: 1000, out: 20, note: Several heads}
"""
FLOWS = """\
  flows:
    - viewer -> candidates -> ranker: {labels: [open, "1,000"], step: 1}
    - index -> candidates
    - store -> ranker: features
    - viewer ..> events: watches
    - events ~> trainer: {label: nightly, kind: batch}
    - trainer -> registry
    - registry -> ranker: {label: weights, kind: deploy}
    - ranker -> viewer: {label: 20 videos, traffic: 95%}
"""


def test_the_system_figure_shows_everything() -> None:
    assert (
        told(plan(LANES + FLOWS))
        == """\
Data:
  Events (queue)
  Store (cylinder) [p99 5 ms]
Training:
  Trainer (rounded)
  Registry (cylinder)
Inference:
  Viewer (person)
  Candidates (rounded) [10B → 1,000; p99 40 ms]
  Index (cylinder) [2M × 64 d]
  Ranker (rounded) [1,000 → 20]
1 viewer request candidates: open
2 candidates request ranker: 1,000
index request candidates
store request ranker: features
viewer feedback events: watches
events async trainer: nightly
trainer request registry
registry deploy ranker: weights
ranker request viewer: 20 videos (95%)"""
    )


def test_a_pipeline_figure_shows_its_lane_with_its_neighbours_and_nothing_else() -> None:
    assert (
        told(plan(LANES + FLOWS, "training"))
        == """\
Data:
  Events (queue)
Training:
  Trainer (rounded)
  Registry (cylinder)
Inference:
  Ranker (rounded) [1,000 → 20]
events async trainer: nightly
trainer request registry
registry deploy ranker: weights"""
    )


def test_notes_and_products_go_along() -> None:
    figure = plan(LANES + FLOWS)
    [ranker] = [node for node in figure.nodes if node.id == "ranker"]
    [registry] = [node for node in figure.nodes if node.id == "registry"]
    assert ranker.note == "Several heads"
    assert (registry.tech, registry.tooltip) == ("mlflow", "Registry · Model registry · mlflow")


def test_ids_that_are_products_give_their_pictures() -> None:
    flows = "  flows: [web_app -> kafka -> spark_ranker -> redis_cache -> mlflow]\n"
    assert [node.tech for node in plan(flows).nodes] == ["", "kafka", "", "redis cache", ""]
    assert plan(flows).nodes[-1].title == "MLflow"
    drawn = archkit.loads(HEAD + flows).figure("system").svg
    assert drawn.count("<image") == 2
    [written] = plan("  lanes: {data: {kafka: {type: event_stream, tech: redpanda}}}\n").nodes
    assert written.tech == "redpanda"


def test_a_sketch_is_one_lane_without_a_title() -> None:
    figure = plan("  flows: [mail_gateway -> classifier -> inbox, classifier ..> review_queue]\n")
    assert [lane.title for lane in figure.lanes] == [""]
    assert [node.shape for node in figure.nodes if node.id == "review_queue"] == ["person"]


PARTS = """\
  lanes:
    inference:
      viewer: user
      sources: {type: candidate_generator, components: {near: candidate_generator, liked: candidate_generator}}
      ranker: ranker
"""


def test_parts_are_hidden_until_an_arrow_names_one() -> None:
    whole = plan(PARTS + "  flows: [viewer -> sources -> ranker]\n")
    assert [node.id for node in whole.nodes] == ["viewer", "sources", "ranker"]
    split = plan(PARTS + "  flows: [viewer -> near & liked -> ranker]\n")
    assert [node.id for node in split.nodes] == ["viewer", "near", "liked", "ranker"]
    assert told(split).splitlines()[-5:] == [
        "(Sources: near, liked)",
        "viewer request near",
        "viewer request liked",
        "near request ranker",
        "liked request ranker",
    ]


def test_groups_nest_and_a_group_without_members_in_view_is_gone() -> None:
    groups = "  groups: {zone: {title: Zone, members: [pod, candidates]}, pod: {title: Pod, members: [ranker]}}\n"
    assert [(c.title, c.members, c.parent) for c in plan(LANES + groups + FLOWS).clusters] == [
        ("Zone", ("candidates",), ""),
        ("Pod", ("ranker",), "zone"),
    ]
    assert [cluster.id for cluster in plan(LANES + groups + FLOWS, "training").clusters] == ["zone", "pod"]
    data = "  groups: {sources: {title: Sources, members: [store]}}\n"
    assert plan(LANES + data + FLOWS, "training").clusters == ()


@pytest.mark.parametrize("kind", ["training", "inference"])
def test_pipelines_need_their_lane_and_another(kind: str) -> None:
    alone = archkit.loads(HEAD + f"  lanes: {{{kind}: {{a: model_server, b: model_server}}}}\n  flows: [a -> b]\n")
    assert alone.missing(kind) == ["a second lane, or it would show what `system` shows"]
    without = archkit.loads(HEAD + "  lanes: {data: {a: data_lake, b: data_lake}}\n  flows: [a -> b]\n")
    assert without.missing(kind) == [f"components in `architecture: lanes: {kind}:`"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert archkit.loads("blueprint: 1\ntitle: Empty\n").missing("system") == [
        "at least one arrow under `architecture: flows:`"
    ]


def test_the_description_tells_the_figure_in_words() -> None:
    words = plan(LANES + FLOWS).description
    assert "Data: Events, Store." in words
    assert "Candidates to Ranker (1,000)." in words


def test_a_blueprint_may_name_and_head_its_figure() -> None:
    text = HEAD + LANES + FLOWS + "figures: [{kind: system, name: overview, title: All of it, caption: Why not}]\n"
    figure = archkit.loads(text).figure("overview").figure
    assert (figure.name, figure.title, figure.caption) == ("overview", "All of it", "Why not")
