"""Structure, page, contrast, names and completeness: the figure checker tells just what a drawing was made with."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import test_proof_texts
import test_proof_wires
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

import archkit.proof
from archkit.contrast import contrast
from archkit.drawing import Box, Drawing, Group, Icon, Item, Line, Polygon, Shape
from archkit.picture import Cluster, Edge, GraphFigure, Lane, Node
from archkit.proof import check, check_complete
from archkit.theme import THEMES

CASES = Cases()


@pytest.mark.parametrize("one", CASES, ids=str)
def test_just_the_flaw_is_told(one: Case) -> None:
    assert told(one.build(one.flawed)) == one.codes.split()
    assert told(one.build(one.good)) == []


# --- structure --------------------------------------------------------------------------------------------------------


@CASES.case("node-silent", " ", ".")
def a_node_that_says_nothing(said: str) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 50), icon(70, 110), words(110, 128, said)))


@CASES.case("node-on-node", 159, 160)
def a_node_on_another(x: float) -> Drawing:
    return drawing(node("a", 60, 100), node("b", x, 100))


@CASES.case("band-on-band", 179, 180)
def a_lane_over_the_next(y: float) -> Drawing:
    return drawing(lane("one", Box(20, 80, 400, 100)), lane("two", Box(20, y, 400, 100)))


@CASES.case("band-on-band", 200, 100)
def a_group_half_inside_another(width: float) -> Drawing:
    return drawing(cluster("one", Box(20, 80, 200, 100)), cluster("two", Box(100, 110, width, 60)))


@CASES.case("node-on-border", 150, 200)
def a_node_across_a_border(width: float) -> Drawing:
    return drawing(cluster("g", Box(40, 80, width, 100)), node("a", 120, 105))


# --- 5: page ----------------------------------------------------------------------------------------------------------


@CASES.case("page-shape", 441, 440)
def a_page_too_wide(width: float) -> Drawing:
    return drawing(node("a", 60, 100), page=Box(0, 0, width, 200))


@CASES.case("page-shape", 199, 200)
def a_page_too_high(width: float) -> Drawing:
    return drawing(node("a", 60, 100), page=Box(0, 0, width, 400))


@CASES.case("print-small", 13.1, 13.3)
def a_text_too_small_in_print(size: float) -> Drawing:
    # 1,600 × 1,000 px on the 786 × 539 pt between the margins: 0.491 pt a pixel
    return drawing(words(100, 100, "small print", size=size), page=Box(0, 0, 1600, 1000))


def test_large_figures_may_print_small() -> None:
    nodes = [node(f"n{i}", 60 + i % 10 * 140, 60 + i // 10 * 90) for i in range(26)]
    page = Box(0, 0, 1600, 1000)
    assert told(drawing(*nodes[:25], page=page)) == ["print-small"]
    assert told(drawing(*nodes, page=page)) == []


@CASES.case("shape-off-page", -0.1, 0)
def a_shape_that_leaves_the_page(x: float) -> Drawing:
    return drawing(node("a", 60, 100), Shape("rect", Box(x, 10, 40, 20), "lane.data"))


@CASES.case("line-off-page", 0.5, 0.7)
def a_line_that_leaves_the_page(y: float) -> Drawing:
    return drawing(node("a", 60, 100), Line(((10, y), (100, y))))


# --- 6: contrast ------------------------------------------------------------------------------------------------------


@CASES.case("text-faint", "faint", "muted")
def a_faint_text(fill: str) -> Drawing:
    return drawing(words(60, 100, "a remark", fill=fill))


@CASES.case("text-faint", 100, 20)
def a_white_text_half_on_black(x: float) -> Drawing:
    return drawing(Shape("rect", Box(x, 80, 200, 40), "ink"), words(60, 100, "a remark", fill="paper"))


@CASES.case("text-faint", "diamond", "rect")
def a_white_text_in_a_corner_that_the_black_shape_lacks(kind: Any) -> Drawing:
    return drawing(Shape(kind, Box(58, 88, 100, 60), "ink"), words(60, 100, "a remark", fill="paper"))


@CASES.case("text-faint", "ink", "paper")
def a_text_on_a_slice(fill: str) -> Drawing:
    return drawing(Polygon(((20, 60), (300, 60), (260, 140), (40, 140)), fill), words(60, 100, "a remark"))


def test_only_the_topmost_ground_counts() -> None:
    black, white = Shape("rect", Box(20, 60, 300, 80), "ink"), Shape("rect", Box(40, 70, 200, 60), "paper")
    remark = words(60, 100, "a remark")
    assert told(drawing(black, white, remark)) == []
    assert told(drawing(white, black, remark)) == ["text-faint"]


def test_each_theme_is_judged_by_its_own_colours() -> None:
    faint = drawing(words(60, 100, "a remark", fill="ink"))
    assert told(faint, theme="dark") == []
    on_step = drawing(Shape("rect", Box(20, 60, 300, 80), "step"), words(60, 100, "a remark", fill="step.text"))
    assert [theme for theme in THEMES if "text-faint" in told(on_step, theme=theme)] == []


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


def two_styles(**look: Any) -> Drawing:
    one = edge("a", "b", [(160, 112), (310, 112)], stroke="edge.request")
    return drawing(*pair()[:2], one, edge("a", "b", [(160, 138), (310, 138)], stroke="edge.feedback", **look))


@CASES.case("colour-alone", (), (1.5, 3.0))
def arrows_that_differ_in_colour_and_dash(dash: Any) -> Drawing:
    return two_styles(dash=dash)


@CASES.case("colour-alone", "arrow", "open")
def arrows_that_differ_in_colour_and_head(head: Any) -> Drawing:
    return two_styles(head=head)


@CASES.case("colour-alone", 1.7, 1.75)
def arrows_that_differ_in_colour_and_width(width: float) -> Drawing:
    return two_styles(stroke_width=width)


def test_dashes_have_to_differ_visibly() -> None:
    one = edge("a", "b", [(160, 112), (310, 112)], stroke="edge.request", dash=(4.0, 3.0))
    near = edge("a", "b", [(160, 138), (310, 138)], stroke="edge.feedback", dash=(4.5, 3.0))
    assert told(drawing(*pair()[:2], one, near)) == ["colour-alone"]


# --- 9: names ---------------------------------------------------------------------------------------------------------


@CASES.case("no-title", " ", "A title")
def a_drawing_without_title(title: str) -> Drawing:
    return replace(drawing(node("a", 60, 100)), title=title)


@CASES.case("no-description", "", "What it shows")
def a_drawing_without_description(description: str) -> Drawing:
    return replace(drawing(node("a", 60, 100)), description=description)


@CASES.case("node-unnamed", "", "a")
def a_node_without_id(name: str) -> Drawing:
    return drawing(box_with(Box(60, 100, 100, 50), words(80, 130, "title"), name=name))


@CASES.case("node-twice node-twice", "a", "b")
def two_nodes_of_one_id(name: str) -> Drawing:
    return drawing(node("a", 60, 100), box_with(Box(260, 100, 100, 50), words(280, 130, "title"), name=name))


@CASES.case("band-unnamed", (), (("id", "serving"),))
def a_lane_without_id(data: Any) -> Drawing:
    return drawing(replace(lane("serving", Box(20, 80, 400, 100)), data=data))


@CASES.case("edge-loose", ("nobody", 290), ("b", 310))
def an_arrow_to_nowhere(head: tuple[str, float]) -> Drawing:
    return drawing(*pair()[:2], edge("a", head[0], [(160, 125), (head[1], 125)]))


@CASES.case("edge-kindless", (), (("kind", "sync"),))
def an_arrow_of_no_kind(kind: Any) -> Drawing:
    *nodes, arrow = pair()
    return drawing(*nodes, replace(arrow, data=(*arrow.data[:2], *kind)))


# --- the planned figure -----------------------------------------------------------------------------------------------

FIGURE = GraphFigure(
    "system",
    "system",
    "A title of the page",
    "Figure 1: the caption",
    (Lane("serving", "serving"), Lane("data", "data")),
    (
        Node("a", "alpha", lane="serving", annotation=("1,000 in",)),
        Node("b", "beta", lane="serving", note="because it is so"),
        Node("c", "gamma", lane="data"),
    ),
    (Edge("a", "b", label="request", step=1), Edge("b", "c", "async", "stream")),
    (Cluster("outer", "outer zone", ()), Cluster("inner", "inner zone", ("b",), "outer")),
)


def whole_figure(**parts: Item) -> Drawing:
    """Return a good drawing of FIGURE, with some of its parts replaced."""

    def titled(name: str, x: float, y: float, *lines: str) -> Group:
        texts = [words(x + 20, y + 22 + 14 * n, line, size=11) for n, line in enumerate(lines)]
        return box_with(Box(x, y, 100, 50), *texts, name=name)

    found: dict[str, Item] = {
        "title": words(20, 24, "A title of the page", "title"),
        "serving": lane("serving", Box(20, 40, 520, 160)),
        "data": lane("data", Box(20, 220, 520, 120)),
        "outer": cluster("outer", Box(260, 48, 230, 140), words(268, 62, "outer zone", "group", 10)),
        "inner": cluster("inner", Box(290, 68, 170, 110), words(298, 82, "inner zone", "group", 10)),
        "first": edge("a", "b", [(160, 125), (310, 125)], label(190, 121), step(176, 117)),
        "second": edge("b", "c", [(360, 150), (360, 260)], dash=(7.0, 3.5), head="open"),
        "a": titled("a", 60, 100, "alpha", "1,000 in"),
        "b": titled("b", 310, 100, "beta"),
        "c": titled("c", 310, 260, "gamma"),
        "note": note("b", words(440, 240, "because it", "note", 10), (448, 232), (405, 150)),
        "note2": note("b", words(440, 252.5, "is so", "note", 10)),
        "caption": Group("caption", (words(20, 380, "Figure 1: the caption", "caption"),)),
    }
    return drawing(*(found | parts).values())


def told_with_figure(picture: Drawing, figure: GraphFigure = FIGURE) -> list[str]:
    return [f"{flaw.code}: {flaw.message}" for flaw in check(picture, THEMES["book"], figure)]


def test_a_good_drawing_of_a_figure_has_no_flaw() -> None:
    assert told_with_figure(whole_figure()) == []
    assert check_complete(FIGURE, whole_figure()) == []


def nodes_with(**change: Node) -> GraphFigure:
    return replace(FIGURE, nodes=tuple(change.get(one.id, one) for one in FIGURE.nodes))


@pytest.mark.parametrize(
    ("figure", "lost"),
    [
        (nodes_with(a=replace(FIGURE.nodes[0], title="alpha particle")), "'alpha particle' of node a"),
        (nodes_with(a=replace(FIGURE.nodes[0], annotation=("2,000 in",))), "'2,000 in' of node a"),
        (nodes_with(b=replace(FIGURE.nodes[1], title="gamma")), "'gamma' of node b"),
        (
            nodes_with(b=replace(FIGURE.nodes[1], note="because it is so and so")),
            "'because it is so and so' of the note",
        ),
        (replace(FIGURE, title="Another"), "'Another' of the page"),
        (replace(FIGURE, caption="Figure 2: the caption"), "'Figure 2: the caption' of the page"),
        (replace(FIGURE, lanes=(Lane("serving", "Serving"), FIGURE.lanes[1])), "'Serving' of lane serving"),
        (replace(FIGURE, clusters=(Cluster("outer", "Zone", ()), FIGURE.clusters[1])), "'Zone' of group outer"),
        (replace(FIGURE, edges=(Edge("a", "b", label="reply", step=1), FIGURE.edges[1])), "'reply' of the arrow a → b"),
        (replace(FIGURE, edges=(Edge("a", "b", label="request", step=2), FIGURE.edges[1])), "'2' of the arrow a → b"),
    ],
)
def test_a_lost_word_is_told(figure: GraphFigure, lost: str) -> None:
    flaws = told_with_figure(whole_figure(), figure)
    assert len(flaws) == 1
    assert flaws[0].startswith(f"text-lost: {lost}")


@pytest.mark.parametrize(
    ("title", "lines", "codes"),
    [
        ("alpha beta", ("alpha", "beta"), []),
        ("alpha beta", ("alpha be", "ta"), ["word-broken"]),
        ("alphabetical", ("alpha", "betical"), ["word-broken"]),
        ("alpha/beta-gamma", ("alpha/", "beta-", "gamma"), []),
        ("alpha/beta", ("alpha", "/beta"), ["word-broken"]),
        ("donaudampfschiffkapitaenswitwe", ("donaudampfschiff", "kapitaenswitwe"), []),
        ("alpha beta", ("alpha",), ["text-lost"]),
        ("alpha beta", ("alpha", "…"), ["text-lost"]),
    ],
)
def test_lines_end_between_words(title: str, lines: tuple[str, ...], codes: list[str]) -> None:
    figure = nodes_with(a=replace(FIGURE.nodes[0], title=title))
    texts = [words(70, 114 + 10 * n, line, size=8) for n, line in enumerate((*lines, "1,000 in"))]
    picture = whole_figure(a=box_with(Box(60, 100, 100, 50), *texts, name="a"))
    assert [flaw.code for flaw in check_complete(figure, picture)] == codes


def test_a_product_is_shown_or_named() -> None:
    figure = nodes_with(c=replace(FIGURE.nodes[2], tech="mlflow"))
    name = "MLflow"
    box = Box(310, 260, 100, 50)
    assert [flaw.code for flaw in check_complete(figure, whole_figure())] == ["text-lost"]
    pictured = box_with(box, Icon("product:mlflow", Box(320, 270, 20, 20)), words(350, 284, "gamma"), name="c")
    assert check_complete(figure, whole_figure(c=pictured)) == []
    named = box_with(box, words(350, 284, "gamma"), words(350, 298, name, size=10), name="c")
    assert check_complete(figure, whole_figure(c=named)) == []


def test_characters_without_a_glyph_are_expected_as_they_are_drawn() -> None:
    figure = nodes_with(c=replace(FIGURE.nodes[2], title="数 gamma"))
    lines = [flaw.message for flaw in check_complete(figure, whole_figure())]
    assert len(lines) == 1
    assert "gamma" in lines[0]


def test_a_group_without_members_needs_no_border() -> None:
    assert (
        check_complete(replace(FIGURE, clusters=(*FIGURE.clusters, Cluster("none", "nobody", ()))), whole_figure())
        == []
    )


def test_a_lost_arrow_is_told() -> None:
    twice = replace(FIGURE, edges=(*FIGURE.edges, Edge("b", "c", "async", "stream")))
    assert told_with_figure(whole_figure(), twice) == ["edge-lost: 1 of 2 arrows b → c are not drawn"]


def test_a_node_outside_its_lane_or_group_is_told() -> None:
    outside = replace(FIGURE, clusters=(*FIGURE.clusters, Cluster("third", "third", ("a",))))
    third = cluster("third", Box(300, 240, 150, 90), words(308, 254, "third", "group", 9))
    flaws = told_with_figure(whole_figure(third=third), outside)
    assert [flaw.split(":")[0] for flaw in flaws] == ["node-astray", "node-stranger"]
    moved = nodes_with(a=replace(FIGURE.nodes[0], lane="data"))
    flaws = told_with_figure(whole_figure(), moved)
    assert [flaw.split(":")[0] for flaw in flaws] == ["node-stranger", "node-astray"]


def test_nodes_of_inner_groups_belong_to_the_outer_ones() -> None:
    only_inner = replace(FIGURE, clusters=(FIGURE.clusters[0], replace(FIGURE.clusters[1], parent="")))
    flaws = told_with_figure(whole_figure(), only_inner)
    assert flaws == ["node-stranger: node b is in the foreign group outer"]


# --- the checker itself -----------------------------------------------------------------------------------------------


def test_every_code_is_shown_by_a_case() -> None:
    folder = Path(archkit.proof.__file__).parent
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py") if path.name not in ("svg.py", "fonts.py"))
    direct = re.findall(r'Flaw\(\s*\d, "([\w-]+)"', text)
    chosen = [code for pair in re.findall(r'code = "([\w-]+)" if .* else "([\w-]+)"', text) for code in pair]
    ends = [f"{end}{rest}" for rest in re.findall(r'f"\{which\}([\w-]+)"', text) for end in ("head", "tail")]
    assert len(direct) > 30
    assert len(chosen) == 4
    assert len(ends) == 8
    cases = [*CASES, *test_proof_texts.CASES, *test_proof_wires.CASES]
    shown = {code for one in cases for code in one.codes.split()}
    by_figure = {"text-lost", "word-broken", "edge-lost", "node-astray", "node-stranger"}
    # Planes have tests of their own, and so has what is painted over.
    elsewhere = (Path(__file__).parent / "test_planes.py").read_text("utf-8")
    in_planes = {code for code in direct if f'"{code}"' in elsewhere}
    assert {*direct, *chosen, *ends} - shown - in_planes == by_figure
