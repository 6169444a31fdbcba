"""What a blueprint wants left out, as one box, or seen from inside: which components and arrows stay."""

from __future__ import annotations

from wishes import FEED, document, plan, stress, told

import archkit
from archkit.picture import GraphFigure


def arrows(figure: GraphFigure) -> list[str]:
    return [
        f"{edge.tail} {edge.style} {edge.head}" + (f": {edge.label}" if edge.label else "") for edge in figure.edges
    ]


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
