"""Points 1 and 2 of a good drawing: the figure checker tells just the flaw that a drawing was made with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sketch import (
    Case,
    Cases,
    box_with,
    cluster,
    drawing,
    edge,
    icon,
    label,
    lane,
    node,
    note,
    pair,
    step,
    told,
    words,
)

from archkit.drawing import Box, Drawing, Group, Shape, Text
from archkit.proof import check
from archkit.text import width
from archkit.theme import THEMES

CASES = Cases()


@pytest.mark.parametrize("one", CASES, ids=str)
def test_just_the_flaw_is_told(one: Case) -> None:
    assert told(one.build(one.flawed)) == one.codes.split()
    assert told(one.build(one.good)) == []


# --- 1: texts ---------------------------------------------------------------------------------------------------------


@CASES.case("text-outside", 92.2, 92.0)
def a_title_as_wide_as_its_box(wide: float) -> Drawing:
    said = "recommendations"
    text = Text(110, 128, said, wide / width(said, 1), wide, anchor="middle")
    return drawing(box_with(Box(60, 100, 100, 50), text, kind="rect"))


@CASES.case("text-outside", 20, 60)
def a_title_outside_its_box(y: float) -> Drawing:
    return drawing(box_with(Box(60, 30, 100, 50), words(70, y, "title")))


@CASES.case("text-outside", "cylinder", "rounded")
def a_title_across_a_rim(kind: Any) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 60), words(84, 118, "the lid"), kind=kind))


@CASES.case("text-outside", 148, 156)
def a_title_on_the_head_of_a_person(y: float) -> Drawing:
    return drawing(box_with(Box(60, 120, 100, 60), words(90, y, "viewer", size=10), kind="person"))


@CASES.case("text-outside", 120.9, 121)
def a_title_near_the_sheets_behind(y: float) -> Drawing:
    # The foremost sheet begins 8 px below the top
    return drawing(box_with(Box(60, 100, 100, 60), words(90, y, "shards"), kind="stack"))


@CASES.case("text-outside", "document", "rect")
def a_title_in_a_folded_corner(kind: Any) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 50), words(136, 114, "fold", size=10), kind=kind))


@CASES.case("text-outside", "ellipse", "rect")
def a_title_in_a_corner_that_the_shape_lacks(kind: Any) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 50), words(68, 116, "a wide title"), kind=kind))


@CASES.case("text-outside", 3.9, 4.0)
def a_lane_title_near_the_border(room: float) -> Drawing:
    return drawing(lane("serving", Box(20, 40, 400, 200), words(40, 40 + room + 0.75 * 12, "serving")))


@CASES.case("text-outside", 11.9, 11.7)
def a_number_in_its_circle(size: float) -> Drawing:
    number = words(235, 125 + 0.33 * size, "12", "step", size, anchor="middle", fill="step.text")
    circle = Shape("circle", Box(227, 117, 16, 16), "step", "", role="outline")
    return drawing(*pair(Group("step", (circle, number))))


@CASES.case("text-off-page", 3.5, 4)
def a_text_near_the_edge(x: float) -> Drawing:
    return drawing(words(x, 30, "a remark"))


@CASES.case("text-off-page", "start", "end")
def a_text_that_leaves_the_page(anchor: Any) -> Drawing:
    return drawing(words(540, 30, "a remark", anchor=anchor))


@CASES.case("text-off-page", 30, 80)
def a_turned_text_that_reads_upwards(y: float) -> Drawing:
    return drawing(words(30, y, "a remark", rotate=-90))


@CASES.case("text-width", 0.6, 0.4)
def a_text_that_states_another_width(more: float) -> Drawing:
    return drawing(Text(20, 30, "a remark", 12, width("a remark", 12) + more))


@CASES.case("text-width", "semibold", "regular")
def a_text_measured_in_another_cut(weight: Any) -> Drawing:
    said = "a remark about something"
    return drawing(Text(20, 30, said, 12, width(said, 12), weight))


@CASES.case("text-on-text", 41, 42)
def two_lines_too_close(y: float) -> Drawing:
    return drawing(words(20, 30, "first line"), words(20, y, "second line"))


@CASES.case("text-on-text", "middle", "end")
def two_texts_across_each_other(anchor: Any) -> Drawing:
    return drawing(words(300, 30, "from here"), words(295, 30, "to here", anchor=anchor))


@CASES.case("text-on-icon", 132, 137)
def a_title_over_an_icon(y: float) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 50), icon(100, 106), words(97, y, "title")))


# --- 2: labels --------------------------------------------------------------------------------------------------------


@CASES.case("label-on-label", 200, 240)
def two_labels_between_their_arrows(x: float) -> Drawing:
    other = edge("a", "b", [(160, 140), (310, 140)], label(x, 131, "reply"))
    return drawing(*pair(label(180, 128), wire=[(160, 112), (310, 112)]), other)


def between_two_arrows(gap: float, lower: float) -> Drawing:
    """Return two arrows downwards, their labels side by side between them."""
    right = label(146, 200, "reply", anchor="end")
    left = label(146 - right.width - gap, 200 + lower, "a day", anchor="end")
    first = edge("a", "c", [(left.x - left.width - 6, 150), (left.x - left.width - 6, 250)], left)
    return drawing(node("a", 60, 100), node("c", 60, 250), first, edge("a", "c", [(150, 150), (150, 250)], right))


@CASES.case("labels-run-on", 6, 9)
def two_labels_that_read_as_one(gap: float) -> Drawing:
    return between_two_arrows(gap, 2)


@CASES.case("labels-run-on", 4, 9)
def two_labels_that_stand_like_steps(lower: float) -> Drawing:
    return between_two_arrows(6, lower)


@CASES.case("label-on-label", 190, 174)
def a_number_on_its_label(x: float) -> Drawing:
    return drawing(*pair(label(188, 120), step(x, 117)))


@CASES.case("label-on-text", 108, 106)
def a_label_whose_ground_covers_a_remark(y: float) -> Drawing:
    ground = Shape("rect", Box(186, 110, 36, 14), "paper", "", role="backing")
    return drawing(words(170, y, "some other words"), *pair(ground, label(188, 120)))


@CASES.case("text-on-text", 116, 106)
def a_label_on_a_remark(y: float) -> Drawing:
    return drawing(words(170, y, "some other words"), *pair(label(188, 120)))


@CASES.case("label-on-node", 290, 270)
def a_label_on_a_node(x: float) -> Drawing:
    return drawing(*pair(label(x, 120)))


@CASES.case("label-on-node", 308, 300)
def a_number_on_a_node(x: float) -> Drawing:
    return drawing(*pair(step(x, 110)))


@CASES.case("label-on-border", False, True)
def a_label_that_a_border_strikes(backed: bool) -> Drawing:
    ground = Shape("rect", Box(183, 110, 40, 14), "paper", "", role="backing")
    marks = (ground, label(188, 120)) if backed else (label(188, 120),)
    return drawing(cluster("g", Box(200, 80, 300, 100)), *pair(*marks))


@CASES.case("label-astray", 110.4, 110.5)
def a_label_far_from_its_arrow(y: float) -> Drawing:
    return drawing(*pair(label(188, y)))


@CASES.case("label-astray", 260, 176)
def a_number_far_from_arrow_and_label(x: float) -> Drawing:
    return drawing(*pair(label(188, 120), step(x, 104)))


@CASES.case("label-struck", False, True)
def a_label_on_its_own_arrow(backed: bool) -> Drawing:
    ground = Shape("rect", Box(186, 118, 36, 14), "paper", "", role="backing")
    return drawing(*pair(*([ground] if backed else []), label(188, 128)))


@CASES.case("text-hidden label-struck", True, False)
def a_label_whose_ground_is_painted_too_late(late: bool) -> Drawing:
    ground, text = Shape("rect", Box(186, 118, 36, 14), "paper", "", role="backing"), label(188, 128)
    return drawing(*pair(*((text, ground) if late else (ground, text))))


@CASES.case("label-on-arrow", 190, 230)
def a_label_on_a_foreign_arrow(x: float) -> Drawing:
    down = edge("c", "d", [(210, 60), (210, 300)])
    return drawing(*pair(label(x, 120)), node("c", 160, 10), node("d", 160, 300), down)


@CASES.case("label-ambiguous", 128.5, 128)
def a_label_in_the_middle_of_two_arrows(y: float) -> Drawing:
    return drawing(*pair(label(180, y), wire=[(160, 112), (310, 112)]), edge("a", "b", [(160, 140), (310, 140)]))


def test_messages_name_what_is_wrong_with_its_numbers() -> None:
    shape = lane("serving", Box(20, 40, 400, 200), words(30, 50, "serving", "lane"))
    flaws = check(drawing(shape, words(1.5, 30, "a remark", "note")), THEMES["book"])
    assert [str(flaw) for flaw in flaws] == [
        "1 text-outside: lane 'serving' has 1.0 px to the outline of its band, less than 4 (at 30,41 37×12)",
        "1 text-off-page: note 'a remark' has 1.5 px to the page's edge (at 2,21 45×12)",
    ]


def test_parts_may_stand_inside_their_lane() -> None:
    band = lane("serving", Box(20, 80, 440, 90))
    a, b, arrow = pair(label(188, 120))
    high = edge("a", "b", [(110, 100), (110, 70), (360, 70), (360, 100)], label(200, 66, "above the lane"))
    assert told(drawing(replace(band, items=(*band.items, a, b, arrow, high)))) == []


def test_a_sample_in_the_legend_is_no_node() -> None:
    shape = Shape("rect", Box(20, 300, 30, 20), "lane.data", role="outline")
    legend = Group("legend", (Group("node", (shape,)), words(60, 314, "a store", "legend", 11)))
    assert told(drawing(*pair(), legend)) == []


def test_a_note_keeps_off_everything_like_other_texts() -> None:
    assert told(drawing(*pair(), note("a", words(170, 128, "why this is so", "note")))) == ["wire-through-text"]
