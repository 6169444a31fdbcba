"""What a blueprint wants to stand out, explained, left out or seen from inside: what is planned, told and drawn."""

from __future__ import annotations

import pytest

import archkit
from archkit.drawing import Box, Group, Line, Shape, Text
from archkit.geometry import segment_to_box
from archkit.picture import GraphFigure
from archkit.pictures import Picture
from archkit.proof import check, check_svg
from archkit.proof.scene import build, text_box
from archkit.theme import THEMES

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
LOOP = """\
blueprint: 1
title: Photo search
requirements: {user_action: click a photo}
framing: {output: 20 photos in order}
data: {labels: {clicked: {positive: clicked}}}
model: {training: {cadence: 7 d, duration: 10 h}}
monitoring: {feedback: {log: [shown photos], join_window: 6 h}}
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


def arrows(figure: GraphFigure) -> list[str]:
    return [
        f"{edge.tail} {edge.style} {edge.head}" + (f": {edge.label}" if edge.label else "") for edge in figure.edges
    ]


# what stands out


def test_what_is_highlighted_stands_out_and_the_rest_steps_back() -> None:
    figure = plan("highlight: [ranker]")
    assert {id_ for id_, how in stress(figure).items() if how == "strong"} == {"ranker"}
    assert set(stress(figure)) == {node.id for node in figure.nodes}


def test_a_group_or_lane_stands_out_by_its_border_and_spares_what_is_inside() -> None:
    figure = plan("highlight: [sources, data]")
    assert [cluster.stress for cluster in figure.clusters] == ["strong"]
    assert [lane.id for lane in figure.lanes if lane.stress] == ["data"]
    assert not {"near", "liked", "events", "lake", "store"} & set(stress(figure))
    assert stress(figure)["gateway"] == "muted"


def test_an_arrow_stands_out_and_so_does_each_of_a_chain() -> None:
    figure = plan("highlight: [lake -> trainer -> gate]")
    strong = [edge.name for edge in figure.edges if edge.stress]
    assert strong == ["lake → trainer", "trainer → gate"]
    assert not {"lake", "trainer", "gate"} & set(stress(figure))


def test_a_part_is_shown_by_what_holds_it() -> None:
    assert stress(plan("highlight: [tower]"))["ranker"] == "strong"


def test_callouts_have_letters_in_the_order_written() -> None:
    figure = plan("callouts: {ranker: 8 ms, near -> ranker: the best 500, sources: optional, data: 180 days}")
    assert [(each.mark, each.of, each.text) for each in figure.callouts] == [
        ("A", "ranker", "8 ms"),
        ("B", "near → ranker", "the best 500"),
        ("C", "sources", "optional"),
        ("D", "data", "180 days"),
    ]
    assert [node.mark for node in figure.nodes if node.mark] == ["A"]
    assert [edge.mark for edge in figure.edges if edge.mark] == ["B"]
    assert figure.clusters[0].mark == "C" and figure.lanes[0].mark == "D"
    assert "A, Ranker: 8 ms." in figure.description
    assert "In focus: Ranker, Near to Ranker." in plan("highlight: [near -> ranker, ranker]").description


def test_letters_go_on_after_z() -> None:
    ids = [f"c{number}" for number in range(28)]
    text = f"blueprint: 1\ntitle: Many\narchitecture:\n  lanes: {{data: [{', '.join(ids)}]}}\n  flows: [c0 -> c1]\n"
    figure = document(f"callouts: {{{', '.join(f'{id_}: text' for id_ in ids)}}}", text).figure("it").figure
    assert isinstance(figure, GraphFigure)
    assert [each.mark for each in figure.callouts][24:] == ["Y", "Z", "AA", "AB"]


# what is left out


def test_what_is_hidden_is_gone_with_its_arrows() -> None:
    figure = plan("hide: [dashboard, ranker]")
    ids = {node.id for node in figure.nodes}
    assert not {"dashboard", "ranker"} & ids
    assert not [edge for edge in figure.edges if not {edge.tail, edge.head} <= ids]


def test_arrows_through_a_station_are_joined_and_those_through_a_hub_are_not() -> None:
    station = arrows(plan("hide: [gate]"))
    assert "trainer request registry" in station
    hub = arrows(plan("hide: [gateway]"))
    assert not [arrow for arrow in hub if arrow.startswith("viewer request")]


def test_stations_in_a_row_are_joined_into_one_arrow_that_keeps_what_is_special() -> None:
    assert "lake deploy ranker: weights" in arrows(plan("hide: [drift, trainer, gate, registry]"))
    assert "ranker feedback dashboard" not in arrows(plan("hide: [drift]")), "drift began trainings too"
    assert "drift feedback gate: retrain" not in arrows(plan("hide: [trainer]"))


def without(text: str, *ids: str) -> list[str]:
    hidden = f"{text}figures: [{{kind: system, name: it, hide: [{', '.join(ids)}]}}]\n"
    figure = archkit.loads(hidden).figure("it").figure
    assert isinstance(figure, GraphFigure)
    return arrows(figure)


def test_an_arrow_is_called_by_what_arrives_and_not_by_what_was_made_into_something_else() -> None:
    text = FEED.replace("lake -> trainer -> gate", "lake -> trainer: 30 d\n    - trainer -> gate")
    assert "lake request gate" in without(text, "trainer"), "30 d of data became a model"
    named = text.replace("trainer -> gate -> registry", "trainer -> gate: model\n    - gate -> registry")
    assert "lake request gate: model" in without(named, "trainer")
    text = text.replace("events ~> lake & store", "events ~> lake: clicks")
    assert "events async trainer: 30 d" in without(text, "lake")
    assert "events async trainer: clicks" in without(text.replace("trainer: 30 d", "trainer"), "lake")


def test_requests_and_answers_pass_through_a_hidden_gateway() -> None:
    text = (
        "blueprint: 1\ntitle: T\narchitecture:\n  flows:\n    - viewer -> gateway: opens\n    - gateway -> ranker\n"
        "    - ranker -> gateway: 20 videos\n    - gateway -> viewer\n"
    )
    assert without(text, "gateway") == ["viewer request ranker: opens", "ranker request viewer: 20 videos"]
    assert without(text.replace("gateway", "lake"), "lake") == [], "two that share a store do not call each other"


def test_a_joined_arrow_means_the_more_special_of_the_two() -> None:
    text = FEED.replace("gate -> registry", "gate ~> registry")
    assert "gate deploy ranker: weights" in without(text, "registry")


def test_a_group_and_a_lane_are_hidden_whole() -> None:
    figure = plan("hide: [sources, monitoring]")
    assert figure.clusters == () and [lane.id for lane in figure.lanes] == ["data", "training", "inference"]
    assert not {"near", "liked", "drift", "dashboard"} & {node.id for node in figure.nodes}


# one box for many


def test_a_group_is_one_box_and_its_arrows_run_to_it() -> None:
    figure = plan("collapse: sources")
    boxes = {node.id: node for node in figure.nodes}
    assert not {"near", "liked"} & boxes.keys() and figure.clusters == ()
    assert (boxes["sources"].title, boxes["sources"].annotation) == ("Candidate sources", ("2 components",))
    assert boxes["sources"].lane == "inference" and "liked" in boxes["sources"].tooltip.lower()
    found = arrows(figure)
    # Arrows alike become one, with the label that they share and their step.
    assert found.count("sources request ranker: 1,000") == 1 and "gateway request sources" in found
    assert [edge.step for edge in figure.edges if "sources" in (edge.tail, edge.head)] == [2, 3]
    assert "Gateway to Candidate sources." in figure.description.replace("API gateway", "Gateway")


def test_a_lane_is_one_box_without_the_groups_inside_it() -> None:
    figure = plan("collapse: [inference, monitoring]")
    assert {node.id for node in figure.nodes} & {"near", "viewer", "drift"} == set() and figure.clusters == ()
    assert {
        (node.id, node.lane, node.annotation) for node in figure.nodes if node.id in ("inference", "monitoring")
    } == {
        ("inference", "inference", ("5 components",)),
        ("monitoring", "monitoring", ("2 components",)),
    }
    assert "inference feedback monitoring" in arrows(figure)
    assert all(edge.tail != edge.head for edge in figure.edges)
    # Three labels would not fit beside one arrow; two short ones do.
    assert "store request inference: features" in arrows(figure)


def test_of_boxes_inside_each_other_the_outer_one_counts() -> None:
    text = FEED.replace("members: [near, liked]}}", "members: [near, liked]}, edge: [gateway, sources]}")
    found = document("collapse: [sources, edge]", text).figure("it").figure
    assert isinstance(found, GraphFigure)
    ids = {node.id for node in found.nodes}
    assert "edge" in ids and not {"sources", "gateway", "near"} & ids
    found = document("collapse: sources", text).figure("it").figure
    assert isinstance(found, GraphFigure)
    assert [(cluster.id, cluster.members) for cluster in found.clusters] == [("edge", ("gateway", "sources"))]


def test_a_component_that_is_drawn_by_its_parts_can_be_one_box_again() -> None:
    text = FEED.replace("ranker -> viewer: {step: 4, label: 20 videos}", "mixer -> viewer: {step: 4, label: 20 videos}")
    whole = document("title: T", text).figure("it").figure
    found = document("collapse: ranker", text).figure("it").figure
    assert isinstance(whole, GraphFigure) and isinstance(found, GraphFigure)
    assert "mixer" in {node.id for node in whole.nodes}
    ranker = next(node for node in found.nodes if node.id == "ranker")
    assert ranker.annotation == ("2,000 → 20",) and "ranker request viewer: 20 videos" in arrows(found)


def test_what_is_in_a_box_stands_out_by_it() -> None:
    figure = plan("collapse: sources, highlight: [near -> ranker], callouts: {liked: what people liked before}")
    assert [edge.name for edge in figure.edges if edge.stress == "strong"] == ["sources → ranker"]
    assert figure.callouts[0].of == "sources"


def test_labels_that_are_too_many_for_one_arrow_are_left_out() -> None:
    text = FEED.replace('near & liked -> ranker: {step: 3, label: "1,000"}', "near -> ranker: {label: near ones}")
    two = text + "    - liked -> ranker: {label: liked ones}\n"
    found = document("collapse: sources", two).figure("it").figure
    assert isinstance(found, GraphFigure) and "sources request ranker: near ones, liked ones" in arrows(found)
    long = two.replace("liked ones", "what people liked in the last year")
    found = document("collapse: sources", long).figure("it").figure
    assert isinstance(found, GraphFigure) and "sources request ranker" in arrows(found)


def test_nothing_left_to_show_is_told() -> None:
    found = document("hide: [data, training, inference, monitoring]")
    assert found.missing("it") == ["a component that `hide:` and `zoom:` leave to be shown"]


# from inside


def test_a_group_is_shown_with_its_direct_neighbours() -> None:
    figure = plan("zoom: sources")
    assert [node.id for node in figure.nodes] == ["viewer", "gateway", "near", "liked", "ranker"][1:]
    assert stress(figure) == {"gateway": "muted", "ranker": "muted"}
    assert [cluster.id for cluster in figure.clusters] == ["sources"]
    assert all({"near", "liked"} & {edge.tail, edge.head} for edge in figure.edges)


def test_the_parts_of_a_component_are_shown_and_its_arrows_run_to_where_the_inside_begins_and_ends() -> None:
    inner = FEED.replace("  flows:\n", "  flows:\n    - tower -> head -> mixer\n")
    figure = archkit.loads(inner).figure("component_zoom_ranker").figure
    assert isinstance(figure, GraphFigure)
    found = arrows(figure)
    assert "tower request head" in found and "near request tower: 1,000" in found
    assert "mixer request viewer: 20 videos" in found and "head request viewer: 20 videos" not in found
    assert [(cluster.id, cluster.members) for cluster in figure.clusters] == [("ranker", ("tower", "head", "mixer"))]


def test_parts_that_nothing_joins_are_parallel() -> None:
    found = arrows(plan("zoom: ranker, hide: [near]"))
    assert [arrow for arrow in found if arrow.startswith("liked")] == [
        f"liked request {part}: 1,000" for part in ("tower", "head", "mixer")
    ]


def test_a_lane_is_shown_from_inside_and_notes_of_neighbours_are_left_out() -> None:
    figure = plan("zoom: training")
    assert {node.id for node in figure.nodes} == {"trainer", "gate", "registry", "lake", "ranker", "drift"}
    assert [node.note for node in figure.nodes if node.note] == []


def test_stages_are_offered_by_themselves() -> None:
    names = archkit.loads(FEED).figures()
    assert {"component_zoom_ranker", "component_zoom_sources"} <= set(names)
    assert "component_zoom_data" not in names, "the whole fits a page"


def test_lanes_of_large_systems_are_offered_too() -> None:
    many = ", ".join(f"s{number}: data_lake" for number in range(30))
    names = archkit.loads(FEED.replace("data: {events", f"data: {{{many}, events")).figures()
    assert {"component_zoom_data", "component_zoom_monitoring", "training", "inference"} <= set(names)
    assert "component_zoom_training" not in names, "it is a figure already"


def test_any_component_group_or_lane_can_be_asked_for() -> None:
    assert told("of: training", kind="component_zoom") == []
    figure = document("of: gate", kind="component_zoom").figure("it").figure
    assert isinstance(figure, GraphFigure)
    assert [node.id for node in figure.nodes] == ["trainer", "gate", "registry"]
    [finding] = document("of: sorces", kind="component_zoom").problems
    assert finding.code == "FIG002" and "did you mean `sources`?" in finding.message


def test_unjoined_members_are_no_stage() -> None:
    text = FEED.replace("members: [near, liked]", "members: [viewer, dashboard]")
    assert "component_zoom_sources" not in archkit.loads(text).figures()


# what is told


@pytest.mark.parametrize(
    ("wishes", "findings"),
    [
        ("highlight: [ranker, rankr]", ["FIG004 rankr: did you mean `ranker`?"]),
        ("callouts: {gatewy: x}", ["FIG004 gatewy: did you mean `gateway`?"]),
        ("hide: [dashbord]", ["FIG004 dashbord: did you mean `dashboard`?"]),
        ("collapse: [source]", ["FIG004 source: did you mean `sources`?"]),
        ("collapse: [lake, sources]", ["FIG005 lake: name a group, a lane or a component with parts"]),
        ("zoom: sorces", ["FIG004 sorces: did you mean `sources`?"]),
        ("highlight: [lake -> traner]", ["FIG004 lake -> traner: did you mean `lake -> trainer`?"]),
        ("hide: [ranker], highlight: [ranker]", ["FIG005 ranker: take it out of `highlight`, or show it"]),
        ("highlight: [ranker], callouts: {data: x}, hide: [drift], zoom: inference", []),
    ],
)
def test_ids_that_are_not_there_are_told(wishes: str, findings: list[str]) -> None:
    assert told(wishes) == findings


def test_what_other_lanes_show_is_told() -> None:
    assert told("callouts: {lake: x}", kind="inference") == ["FIG005 lake: take it out of `callouts`, or show it"]


def test_pictures_know_their_own_boxes() -> None:
    assert told("callouts: {jion: x}", LOOP, "feedback") == ["FIG004 jion: did you mean `join`?"]
    assert told("hide: [join]", LOOP, "feedback") == ["FIG005 join: take out `hide`"]
    assert told("collapse: [join]", LOOP, "feedback") == ["FIG005 join: take out `collapse`"]
    figure = document("callouts: {join: x}, highlight: [train]", LOOP, "feedback").figure("it").figure
    assert isinstance(figure, Picture)
    assert [(each.mark, each.of) for each in figure.callouts] == [("A", "join")] and figure.highlight == {"train"}


# what is drawn

DRAWN = (
    "highlight: [ranker, gateway -> near, data], callouts: {ranker: 8 ms for a thousand items, near -> ranker: only "
    "the best 500 of each source so that the ranker keeps to its time, sources: each is optional, data: for 180 days, "
    "registry: all versions, viewer: signed in, gate: by hand}"
)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "wishes",
    [
        DRAWN,
        "zoom: sources, callouts: {sources: x, ranker: y}",
        "zoom: ranker",
        "collapse: [sources, data, monitoring], callouts: {near: x, data: y}, highlight: [lake]",
    ],
)
def test_marks_are_drawn_without_a_flaw(wishes: str, theme: str) -> None:
    view = document(wishes).figure("it", theme=theme)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    assert [str(flaw) for flaw in check_svg(view.svg)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_marks_of_pictures_are_drawn_without_a_flaw(theme: str) -> None:
    wishes = "callouts: {join: within the window, deploy: by hand, log: all of it}, highlight: [train, act]"
    view = document(wishes, LOOP, "feedback").figure("it", theme=theme)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    squares = [item for item, _ in view.drawing.walk() if isinstance(item, Group) and item.kind == "callout"]
    assert [square.get("of") for square in squares if square.get("of")] == ["log", "join", "deploy"]


def test_letters_stand_at_what_they_explain_and_on_nothing_else() -> None:
    drawing = document(DRAWN).figure("it").drawing
    scene = build(drawing)
    boxes = {node.id: node.box for node in scene.nodes}
    squares = {
        item.get("of"): next(part.box for part in item.items if isinstance(part, Shape))
        for item, _ in drawing.walk()
        if isinstance(item, Group) and item.kind == "callout" and item.get("of")
    }
    assert set(squares) == {"ranker", "near → ranker", "sources", "data", "registry", "viewer", "gate"}
    for id_ in ("ranker", "registry", "viewer", "gate"):
        assert squares[id_].overlaps(boxes[id_]), "it stands at its box"
    texts = [text_box(item) for item, _ in drawing.walk() if isinstance(item, Text) and item.role != "mark"]
    for of, square in squares.items():
        assert not [text for text in texts if text.overlaps(square)], of
        assert not [wire.name for wire in scene.wires if _touches(wire.segments, square)], of


def _touches(segments: object, square: Box) -> bool:
    return any(segment_to_box(a, b, square) < 1.0 for a, b in segments)  # type: ignore[attr-defined]


def test_standing_out_is_no_matter_of_colour_alone() -> None:
    drawing = document(DRAWN).figure("it").drawing
    scene = build(drawing)
    widths = {node.id: node.shape.stroke_width for node in scene.nodes}
    assert widths["ranker"] >= widths["gateway"] + 1.0
    lines = {wire.name: wire.line.stroke_width for wire in scene.wires}
    assert lines["gateway → near"] >= lines["gateway → liked"] + 1.0
    bands = {band.id: next(p for p in band.group.items if isinstance(p, Shape)).stroke_width for band in scene.bands}
    assert bands["data"] >= bands["training"] + 1.0


def test_the_legend_tells_the_marks_apart() -> None:
    items = [item for item, around in document(DRAWN).figure("it").drawing.walk() if _in(around, "legend")]
    words = [item.text for item in items if isinstance(item, Text)]
    assert {"explained below", "in focus", "order of a request"} <= set(words)
    assert not [item for item in items if isinstance(item, Line) and item.stroke == "highlight"]


def _in(around: tuple[Group, ...], kind: str) -> bool:
    return any(group.kind == kind for group in around)
