"""Point 3 of a good drawing: the figure checker tells just the flaw of arrows that a drawing was made with."""

from __future__ import annotations

from typing import Any

import pytest
from sketch import Case, Cases, cluster, drawing, edge, lane, node, note, pair, told, words

from archkit.drawing import Box, Drawing, Group, Point, Shape
from archkit.proof import PICTURE

CASES = Cases()


@pytest.mark.parametrize("one", CASES, ids=str)
def test_just_the_flaw_is_told(one: Case) -> None:
    assert told(one.build(one.flawed)) == one.codes.split()
    assert told(one.build(one.good)) == []


# --- nodes, texts, borders --------------------------------------------------------------------------------------------


@CASES.case("wire-through-node", 100, 131)
def an_arrow_through_a_foreign_node(y: float) -> Drawing:
    return drawing(*pair(), node("c", 200, y, (60, 40)))


@CASES.case("wire-near-node", 130.9, 131)
def an_arrow_close_to_a_foreign_node(y: float) -> Drawing:
    return drawing(*pair(), node("c", 200, y, (60, 40)))


@CASES.case("wire-through-node", 140, 160)
def an_arrow_through_the_node_it_leaves(y: float) -> Drawing:
    return drawing(*pair(wire=[(160, 112), (180, 112), (180, y), (40, y), (40, 200), (360, 200), (360, 150)]))


@CASES.case("wire-through-node head-off-outline", 311.2, 311)
def an_arrow_whose_head_is_inside_its_node(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (x, 125)]))


@CASES.case("wire-near-node", 165.9, 166)
def an_arrow_that_hugs_the_node_it_leaves(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (x, 125), (x, 200), (360, 200), (360, 150)]))


@CASES.case("wire-near-node", 304.1, 304)
def an_arrow_that_hugs_the_node_it_enters(x: float) -> Drawing:
    # The head's piece is long enough: the arrow turns around the node and enters it from below
    return drawing(*pair(wire=[(160, 125), (x, 125), (x, 200), (360, 200), (360, 150)]))


@CASES.case("wire-through-note", 105, 130)
def an_arrow_through_the_ground_of_a_note(y: float) -> Drawing:
    ground = Shape("rect", Box(200, y, 80, 40), "paper", "faint", role="outline")
    return drawing(Group("note", (ground, words(208, y + 32, "why"))), *pair())


@CASES.case("wire-through-title", 130, 100)
def an_arrow_through_the_title_of_a_lane(y: float) -> Drawing:
    return drawing(lane("serving", Box(20, 80, 500, 100), words(200, y, "serving", "lane")), *pair())


@CASES.case("wire-through-title", 130, 110)
def an_arrow_through_the_title_of_a_group(y: float) -> Drawing:
    return drawing(cluster("g", Box(20, 80, 500, 100), words(200, y, "zone", "group")), *pair())


@CASES.case("wire-through-text", 128, 118)
def an_arrow_through_a_remark(y: float) -> Drawing:
    return drawing(words(200, y, "a remark"), *pair())


@CASES.case("wire-on-border", 202.9, 203)
def an_arrow_along_the_border_of_a_lane(y: float) -> Drawing:
    way = [(110, 150), (110, y), (360, y), (360, 150)]
    return drawing(lane("serving", Box(20, 40, 500, 160)), *pair(wire=way))


@CASES.case("wire-on-border", 201.9, 205)
def an_arrow_across_the_border_of_a_group_does_not_run_along_it(x: float) -> Drawing:
    way = [(160, 112), (x, 112), (x, 138), (310, 138)]
    return drawing(cluster("g", Box(200, 80, 300, 100)), *pair(wire=way))


@CASES.case("leader-through-node", 200, 430)
def a_leader_through_a_foreign_node(x: float) -> Drawing:
    return drawing(*pair(), node("c", x, 200), note("b", words(20, 345, "a reason"), (80, 330), (360, 156)))


@CASES.case("leader-through-text", 230, 190)
def a_leader_through_a_remark(y: float) -> Drawing:
    return drawing(*pair(), words(200, y, "a remark of words"), note("b", words(20, 345, "why"), (80, 330), (360, 156)))


# --- form -------------------------------------------------------------------------------------------------------------


@CASES.case("wire-stutter", 200, 210)
def an_arrow_that_stands_still(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (200, 125), (x, 125), (310, 125)]))


@CASES.case("wire-diagonal", 0.2, 0.04)
def an_arrow_askew(dy: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (310, 125 + dy)]))


@CASES.case("wire-jog", 3.9, 4.0)
def an_arrow_with_a_kink(dy: float) -> Drawing:
    return drawing(*pair(wire=[(160, 120), (230, 120), (230, 120 + dy), (310, 120 + dy)]))


@CASES.case(
    "wire-self",
    [(240, 125), (240, 200), (200, 200), (200, 90), (360, 90)],
    [(240, 125), (240, 90), (360, 90)],
)
def an_arrow_across_itself(way: list[Point]) -> Drawing:
    return drawing(*pair(wire=[(160, 125), *way, (360, 100)]))


@CASES.case("wire-self", 121.1, 121)
def an_arrow_back_along_itself(y: float) -> Drawing:
    way = [(250, 125), (250, 90), (200, 90), (200, y), (180, y), (180, 60), (360, 60)]
    return drawing(*pair(wire=[(160, 125), *way, (360, 100)]))


@CASES.case("edge-lineless", 160, 310)
def an_arrow_without_length(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (x, 125)]))


# --- ends -------------------------------------------------------------------------------------------------------------


@CASES.case("head-off-outline", 308.9, 309)
def a_head_before_its_node(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (x, 125)]))


@CASES.case("tail-off-outline", 161.1, 161)
def a_tail_behind_its_node(x: float) -> Drawing:
    return drawing(*pair(wire=[(x, 125), (310, 125)]))


@CASES.case("head-off-outline", "ellipse", "rounded")
def a_head_on_the_bounding_box_of_a_round_node(kind: Any) -> Drawing:
    return drawing(node("a", 60, 100), node("b", 310, 100, kind=kind), edge("a", "b", [(160, 110), (310, 110)]))


@CASES.case("wire-near-node head-off-outline", "b", "c")
def a_head_at_another_node_than_it_says(to: str) -> Drawing:
    nodes = node("a", 60, 100), node("b", 310, 200), node("c", 310, 100)
    return drawing(*nodes, edge("a", to, [(160, 125), (310, 125)]))


@CASES.case("head-askew", [(200, 100)], [(200, 70), (360, 70)])
def a_head_that_slides_along_the_outline(way: list[Point]) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (200, 125), *way, (360, 100)]))


@CASES.case("tail-askew", [], [(110, 70)])
def a_tail_that_slides_along_the_outline(way: list[Point]) -> Drawing:
    last = way[-1][1] if way else 100
    return drawing(*pair(wire=[(110, 100), *way, (250, last), (250, 125), (310, 125)]))


@CASES.case("head-at-corner", 105.9, 106)
def a_head_near_a_corner(y: float) -> Drawing:
    return drawing(*pair(wire=[(160, 125), (230, 125), (230, y), (310, y)]))


@CASES.case("tail-at-corner", 144.1, 144)
def a_tail_near_a_corner(y: float) -> Drawing:
    return drawing(*pair(wire=[(160, y), (230, y), (230, 125), (310, 125)]))


@CASES.case("head-cramped", 300.1, 300)
def a_head_without_room(x: float) -> Drawing:
    return drawing(*pair(wire=[(160, 120), (x, 120), (x, 130), (310, 130)]))


@CASES.case("tail-cramped", "arrow", "none")
def a_second_head_without_room(tail: Any) -> Drawing:
    return drawing(*pair(wire=[(160, 120), (169, 120), (169, 130), (310, 130)], tail=tail))


# --- neighbours -------------------------------------------------------------------------------------------------------


@CASES.case("wires-close", 117.9, 118)
def two_arrows_side_by_side(y: float) -> Drawing:
    return drawing(*pair(wire=[(160, 112), (310, 112)]), edge("a", "b", [(160, y), (310, y)]))


@CASES.case("wires-close", 232, 236)
def two_arrows_whose_bends_nearly_meet(x: float) -> Drawing:
    # One turns up where the other comes down, so that they read as a crossing
    up = edge("a", "c", [(160, 125), (230, 125), (230, 60)])
    down = edge("b", "d", [(310, 125), (x, 125), (x, 200)])
    others = node("c", 180, 10), node("d", 190, 200)
    return drawing(node("a", 60, 100), node("b", 310, 100), *others, up, down)


def fork(**look: Any) -> Drawing:
    first = edge("a", "b", [(160, 125), (310, 125)], trunk="t")
    second = edge("a", "c", [(160, 125), (230, 125), (230, 250), (310, 250)], **{"trunk": "t", **look})
    return drawing(node("a", 60, 100), node("b", 310, 100), node("c", 310, 225), first, second)


@CASES.case("wires-merge", "", "t")
def two_arrows_on_each_other(trunk: str) -> Drawing:
    return fork(trunk=trunk)


@CASES.case("wires-merge", (7.0, 3.5), ())
def two_unlike_arrows_on_each_other(dash: Any) -> Drawing:
    return fork(dash=dash)


@CASES.case("wires-merge", [(200, 125), (260, 125)], [(200, 170), (260, 170)])
def two_strange_arrows_on_each_other(way: list[Point]) -> Drawing:
    second = edge("c", "d", [(200, 60), *way, (260, 300)], trunk="t")
    return drawing(*pair(trunk="t"), node("c", 160, 10), node("d", 220, 300), second)


@pytest.mark.parametrize("error", [1e-9, -0.04])
def test_errors_of_computing_hide_nothing(error: float) -> None:
    second = edge("a", "b", [(160, 117), (310, 117 + error)])
    assert told(drawing(*pair(wire=[(160, 112), (310, 112)]), second)) == ["wires-close"]


def test_arrows_may_cross_and_bend_beside_others() -> None:
    down = edge("c", "d", [(210, 60), (210, 300)])
    assert told(drawing(*pair(), node("c", 160, 10), node("d", 160, 300), down)) == []


def test_pictures_may_have_slanted_and_curved_arrows() -> None:
    slanted = edge("a", "b", [(160, 120), (310, 135)])
    curved = edge("a", "b", [(160, 135), (200, 137), (260, 160), (310, 145)], smooth=True)
    nodes = node("a", 60, 100), node("b", 310, 100, (100, 60))
    assert told(drawing(*nodes, slanted, curved), PICTURE) == []
    assert "wire-diagonal" in told(drawing(*nodes, slanted, curved))


def test_what_a_legend_shows_is_no_arrow_and_no_node() -> None:
    legend = Group("legend", (edge("x", "y", [(20, 300), (23, 304)]), words(60, 304, "a request", "legend", 11)))
    assert told(drawing(*pair(), legend)) == []
