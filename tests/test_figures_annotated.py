"""What a blueprint wants to stand out or explained: what is planned, told and drawn."""

from __future__ import annotations

import pytest
from wishes import document, plan, stress, told

from archkit.drawing import Box, Group, Line, Shape, Text
from archkit.geometry import segment_to_box
from archkit.picture import GraphFigure
from archkit.pictures import Picture
from archkit.proof import check, check_svg
from archkit.proof.scene import build, text_box
from archkit.theme import THEMES

LOOP = """\
blueprint: 1
title: Photo search
requirements: {user_action: click a photo}
framing: {output: 20 photos in order}
data: {labels: {clicked: {positive: clicked}}}
model: {training: {cadence: 7 d, duration: 10 h}}
monitoring: {feedback: {log: [shown photos], join_window: 6 h}}
"""


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
