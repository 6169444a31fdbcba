from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from itertools import pairwise
from math import atan2, cos, degrees, dist, inf, nan, radians, sin
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.drawing import Box, Drawing, Group, Icon, Line, Polygon, Shape, Text
from archkit.outline_kinds import KINDS
from archkit.render.escape import escape
from archkit.render.paths import line_path, number, path_data
from archkit.render.svg import svg
from archkit.text import width
from archkit.theme import BOOK, THEMES

NS = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?[0-9.]+(?:[eE][-+]?[0-9]+)?")


def words(text: str, x: float = 20, y: float = 40, **more) -> Text:
    return Text(x, y, text, 13, width(text, 13, more.get("weight", "regular")), **more)


def drawing(*items, title="A figure", description="What it shows") -> Drawing:
    return Drawing(300, 200, title, description, items)


def parsed(*items, theme=BOOK, **more) -> ET.Element:
    return ET.fromstring(svg(drawing(*items, **more), theme))


def coordinates(data: str) -> list[tuple[float, float]]:
    values = [float(value) for value in NUMBERS.findall(data)]
    return list(zip(values[::2], values[1::2], strict=True))


def everything() -> Drawing:
    """One of each primitive."""
    shapes = [Shape(kind, Box(10.123456, 20, 120, 60), "node.fill", role="outline") for kind in KINDS]
    lines = [
        Line(((0, 0), (50, 0), (50, 30)), head=head, tail=tail, dash=(4, 2.5), smooth=smooth, role="wire")
        for head in ("arrow", "open", "dot", "none")
        for tail in ("arrow", "none")
        for smooth in (False, True)
    ]
    rest = [
        Polygon(((0, 0), (9, 0), (9, 9)), "highlight"),
        Icon("glyph:user", Box(5, 5, 20, 20)),
        Icon("product:redis", Box(5, 5, 20, 20)),
        words("Regular"),
        words("Semibold", weight="semibold", anchor="middle", role="title"),
        words("Italic", weight="italic", anchor="end", rotate=-90, role="note"),
    ]
    return drawing(Group("lane", tuple(shapes), (("id", "data"),)), *lines, Group("node", tuple(rest), title="Tip"))


# --- the file as a whole ---


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_a_file_is_valid_xml_with_its_size_and_a_name_for_screen_readers(theme):
    root = ET.fromstring(svg(everything(), theme))
    assert root.tag == f"{NS}svg"
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("300", "200", "0 0 300 200")
    assert root.get("role") == "img"
    named = [root.find(f".//*[@id='{id}']") for id in root.get("aria-labelledby", "").split()]
    assert [(element.tag, element.text) for element in named] == [
        (f"{NS}title", "A figure"),
        (f"{NS}desc", "What it shows"),
    ]
    ground = root.find(f"{NS}rect")
    assert (ground.get("width"), ground.get("height"), ground.get("fill")) == ("300", "200", theme.colour("paper"))


def test_a_file_needs_nothing_from_outside():
    text = svg(everything(), BOOK)
    namespaces = ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"]
    assert re.findall(r"https?:[^\"]*", text) == namespaces
    assert all(value.startswith(("#", "data:")) for value in re.findall(r'href="([^"]*)"', text))
    assert all(value.startswith("data:font/ttf;base64,") for value in re.findall(r"url\(([^)]*)\)", text))
    assert "<script" not in text and "@import" not in text


def test_links_inside_a_file_are_such_as_older_programs_know():
    root = ET.fromstring(svg(everything(), BOOK))
    linked = [element for element in root.iter() if element.tag in (f"{NS}use", f"{NS}image")]
    assert len(linked) == 3
    assert all("{http://www.w3.org/1999/xlink}href" in each.attrib and "href" not in each.attrib for each in linked)


def test_texts_say_how_wide_they_are():
    said = "Event log Журнал"
    spans = parsed(words(said), theme=THEMES["whiteboard"]).iter(f"{NS}tspan")
    mixed = [float(each.get("textLength")) for each in spans]
    [plain] = parsed(words("Ranker")).iter(f"{NS}text")
    assert float(plain.get("textLength")) == pytest.approx(width("Ranker", 13), abs=0.01)
    assert plain.get("lengthAdjust") == "spacingAndGlyphs"
    assert len(mixed) > 1 and sum(mixed) == pytest.approx(width(said, 13, face="hand"), abs=0.03)
    assert [each.get("textLength") for each in parsed(words("1")).iter(f"{NS}text")] == [None]


def test_programs_that_read_no_typeface_in_a_file_are_told_of_similar_ones():
    families = [name.strip("'") for name in parsed(words("Ranker")).get("font-family").split(",")]
    assert families[1:] == ["Source Sans Pro", "Source Sans 3", "Calibri", "Carlito", "Arial", "sans-serif"]


def test_numbers_are_short():
    root = ET.fromstring(svg(everything(), BOOK))
    root.remove(root.find(f"{NS}defs"))
    for element in root.iter():
        for name in ("x", "y", "width", "height", "d", "points", "rx", "cx", "cy", "r"):
            for value in NUMBERS.findall(element.get(name, "")):
                assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]?[1-9])?", value), (element.tag, name, value)
                assert value != "-0"


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.0, "0"), (-0.0, "0"), (-0.004, "0"), (1.005, "1"), (12.5, "12.5"), (1e-9, "0"), (123456.789, "123456.79")],
)
def test_a_number_has_two_decimals_at_most(value, printed):
    assert number(value) == printed


@given(st.floats(-1e6, 1e6))
def test_a_printed_number_is_near_its_value_and_plain(value):
    assert abs(float(number(value)) - value) <= 0.005 + 1e-9
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", number(value))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_coordinate_that_is_no_number_is_a_mistake(value):
    with pytest.raises((ValueError, OverflowError)):
        svg(drawing(words("a", x=value)), BOOK)


def test_an_unknown_colour_or_icon_is_a_mistake():
    with pytest.raises(KeyError):
        svg(drawing(words("a", fill="nowhere")), BOOK)
    with pytest.raises(KeyError):
        svg(drawing(Icon("glyph:nothing", Box(0, 0, 20, 20))), BOOK)


def test_the_bytes_are_the_same_in_every_process():
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_svg import everything, svg, BOOK\n"
        "sys.stdout.buffer.write(svg(everything(), BOOK).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {svg(everything(), BOOK).encode()}


# --- several figures in one page ---


def names(text: str) -> set[str]:
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    return {*ids, *re.findall(r"^\.([\w-]+)\{", text, re.M), *re.findall(r"font-family:([\w-]+)", text)}


def test_two_figures_share_no_id_class_or_font_family():
    one, other = svg(everything(), BOOK), svg(drawing(words("Other")), BOOK)
    assert names(one) and names(other)
    assert not names(one) & names(other)
    assert not names(one) & names(svg(everything(), THEMES["dark"]))


def test_every_reference_meets_its_target():
    text = svg(everything(), BOOK)
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(re.findall(r' id="([^"]*)"', text))
    styles = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split() if name.startswith("ak")}
    assert styles == set(re.findall(r"^\.([\w-]+)\{", text, re.M))


def test_a_named_figure_keeps_its_ids_when_it_changes():
    one = re.search(r'<svg [^>]*id="(\w+)"', svg(drawing(words("One")), BOOK, "case/system"))
    two = re.search(r'<svg [^>]*id="(\w+)"', svg(drawing(words("Two")), BOOK, "case/system"))
    other = re.search(r'<svg [^>]*id="(\w+)"', svg(drawing(words("Two")), BOOK, "case/training"))
    assert one[1] == two[1] != other[1]


# --- words of users ---

HOSTILE = "<b>&amp;\"']]><!-- \x00\x08\x1b[31m\u202eevil\u2066\ud800\ufffe\uffff javascript:alert(1) ${x} %s"


def test_hostile_words_stay_words():
    group = Group("node", (words(HOSTILE),), (("id", HOSTILE), ("from", '" onload="x')), HOSTILE)
    root = parsed(group, title=HOSTILE, description=HOSTILE)
    text = svg(drawing(group, title=HOSTILE, description=HOSTILE), BOOK)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", text)
    node = root.find(f"{NS}g")
    assert sorted(node.keys()) == ["class", "data-from", "data-id"]
    assert node.get("data-from") == '" onload="x'
    assert {element.tag for element in root.iter()} <= {
        NS + tag for tag in ("svg", "title", "desc", "defs", "style", "rect", "g", "text")
    }
    assert root.find(f".//{NS}text").text.startswith("<b>&amp;\"']]><!-- [31mevil")


@settings(max_examples=60)
@given(st.text(st.characters(codec=None), max_size=25))
def test_any_words_make_valid_xml(text):
    group = Group("edge", (words(text),), (("id", text),), text)
    root = parsed(group, title=text, description=text)
    assert root.find(f"{NS}g") is not None
    svg(drawing(group, title=text), BOOK).encode("utf-8")


def test_escaping_leaves_ordinary_text_alone():
    assert escape("Ranker: 1,000 × 5 → Łódź") == "Ranker: 1,000 × 5 → Łódź"
    assert escape("a\nb\tc") == "a b c"
    assert escape('<a href="&">') == "&lt;a href=&quot;&amp;&quot;&gt;"


@pytest.mark.parametrize("text", ["a  b", " a", "a "])
def test_spaces_that_were_measured_are_kept(text):
    element = parsed(words(text)).find(f"{NS}text")
    assert element.text == text
    assert element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


# --- texts ---


def test_a_text_carries_its_role_place_and_style():
    text = svg(drawing(words("Ranker", weight="semibold", anchor="middle", fill="muted", role="title")), BOOK)
    element = ET.fromstring(text).find(f"{NS}text")
    role, style = element.get("class").split()
    assert (role, element.get("x"), element.get("y"), element.text) == ("title", "20", "40", "Ranker")
    rule = re.search(rf"^\.{style}\{{(.*)\}}$", text, re.M)[1]
    assert rule.split(";") == [
        "font-size:13px",
        "font-weight:600",
        "text-anchor:middle",
        f"fill:{BOOK.colour('muted')}",
    ]


def test_a_turned_text_turns_about_its_anchor():
    assert parsed(words("Up", rotate=-90)).find(f"{NS}text").get("transform") == "rotate(-90 20 40)"


def faces(text: str) -> dict[tuple[str, str], set[str]]:
    found = {}
    for weight, style, data in re.findall(
        r"@font-face\{font-family:\w+;font-weight:(\d+);font-style:(\w+);src:url\(data:font/ttf;base64,([^)]*)\)", text
    ):
        found[weight, style] = {chr(code) for code in hb.Face(b64decode(data)).unicodes}
    return found


def test_the_embedded_fonts_hold_just_the_characters_in_use():
    text = svg(drawing(words("abc"), words("bcd"), words("Bold", weight="semibold")), BOOK)
    assert faces(text) == {("400", "normal"): set("abcd"), ("600", "normal"): set("Bold")}


def test_an_italic_text_in_greek_is_set_upright():
    text = svg(drawing(words("αβ", weight="italic"), words("ab", weight="italic")), BOOK)
    assert faces(text) == {("400", "normal"): set("αβ"), ("400", "italic"): set("ab")}


def test_characters_the_face_lacks_are_transliterated():
    assert parsed(words("北京 ✗")).find(f"{NS}text").text == "BeiJing ×"


# --- groups, shapes, icons ---


def test_groups_carry_class_data_and_tool_tip():
    edge = Group("edge", (words("x"),), (("from", "a"), ("to", "b"), ("kind", "sync")), "a to b")
    element = parsed(edge).find(f"{NS}g")
    assert element.attrib == {"class": "edge", "data-from": "a", "data-to": "b", "data-kind": "sync"}
    assert element[0].tag == f"{NS}title" and element[0].text == "a to b"


def test_an_icon_in_use_twice_is_defined_once():
    user = [Icon("glyph:user", Box(x, 5, 24, 24)) for x in (0, 50)]
    text = svg(drawing(*user, Icon("product:redis", Box(0, 50, 12, 12))), BOOK)
    assert text.count("<use ") == 3
    assert text.count("data:image/png;base64,") == 1
    assert len(re.findall(r'<g id="\w+-i\d+">', text)) == 2
    assert 'transform="translate(0 50) scale(0.5)"' in text


def test_shapes_of_one_look_share_a_class_and_dashes_are_written():
    text = svg(
        drawing(
            Shape("rect", Box(0, 0, 10, 10), "node.fill"),
            Shape("rounded", Box(0, 0, 10, 10), "node.fill"),
            Shape("rect", Box(0, 0, 10, 10), "", "group", 1, (5, 3.5)),
            Shape("rect", Box(0, 0, 10, 10), "accent", ""),
        ),
        BOOK,
    )
    rules = re.findall(r"^\.[\w-]+\{(.*)\}$", text, re.M)
    assert rules == [
        "fill:#ffffff;stroke:#1f2328;stroke-width:1.25",
        f"fill:none;stroke:{BOOK.colour('group')};stroke-width:1;stroke-dasharray:5,3.5",
        f"fill:{BOOK.colour('accent')}",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shape_is_drawn_within_its_box(kind):
    root = parsed(Shape(kind, Box(10, 20, 120, 60)))
    for element in root.findall(f"{NS}path"):
        for x, y in coordinates(element.get("d")):
            assert 9.9 <= x <= 130.1 and 19.9 <= y <= 80.1
    assert root.findall(f"{NS}path") or root.findall(f"{NS}rect")[1].get("width") == "120"


# --- lines ---


def drawn_line(line: Line) -> tuple[str, list[str]]:
    paths = parsed(line).findall(f"{NS}path")
    return paths[0].get("d"), [path.get("d") for path in paths[1:]]


@settings(max_examples=60)
@given(st.floats(-180, 180), st.floats(12, 200), st.sampled_from(["arrow", "open"]), st.floats(0.75, 3))
def test_a_head_points_at_the_last_point_and_covers_the_end_of_its_line(angle, length, head, stroke_width):
    end = 150 + length * cos(radians(angle)), 100 + length * sin(radians(angle))
    data, (head_data,) = drawn_line(Line(((150, 100), end), head=head, stroke_width=stroke_width))
    corners = coordinates(head_data)
    tip = corners[0] if head == "arrow" else corners[1]
    # The round join of two strokes reaches half their width beyond their meeting point.
    assert dist(tip, end) == pytest.approx(0 if head == "arrow" else stroke_width / 2, abs=0.02)
    line_end = coordinates(data)[-1]
    assert dist(line_end, end) < max(dist(corner, end) for corner in corners)
    assert dist(line_end, end) >= stroke_width / 2 - 0.02 or dist(line_end, tip) > 1
    middle = [sum(values) / len(values) for values in zip(*corners, strict=True)]
    back = degrees(atan2(end[1] - middle[1], end[0] - middle[0]))
    assert abs((back - angle + 180) % 360 - 180) < 1


def test_a_tail_points_at_the_first_point():
    _, heads = drawn_line(Line(((0, 0), (100, 0)), head="arrow", tail="arrow"))
    assert [coordinates(head)[0] for head in heads] == [(0, 0), (100, 0)]


def test_a_line_without_heads_has_its_full_length():
    assert drawn_line(Line(((0, 0), (100, 0)))) == ("M0 0L100 0", [])


def test_a_dot_stands_on_the_end():
    circle = parsed(Line(((0, 0), (100, 50)), head="dot")).find(f"{NS}circle")
    assert (circle.get("cx"), circle.get("cy")) == ("100", "50")


def test_corners_are_rounded_by_their_radius():
    data = path_data(line_path(Line(((0, 0), (50, 0), (50, 40)), corner=6), 8))
    assert data == "M0 0L44 0C47.31 0 50 2.69 50 6L50 40"


STEPS = st.lists(st.tuples(st.sampled_from("hv"), st.floats(0.5, 80), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=80)
@given(STEPS, st.floats(0, 30), st.sampled_from(["arrow", "open", "none"]))
def test_rounded_corners_never_leave_the_way_of_the_line(steps, corner, head):
    points = [(0.0, 0.0)]
    for way, length, back in steps:
        x, y = points[-1]
        length = -length if back else length
        points.append((x + length, y) if way == "h" else (x, y + length))
    drawn = coordinates(path_data(line_path(Line(tuple(points), corner=corner, head=head), 8)))
    assert drawn[0] == pytest.approx(points[0])
    for x, y in drawn:
        assert min(off_segment(x, y, a, b) for a, b in pairwise(points)) <= 0.02 + corner * 0.3


def off_segment(x, y, a, b) -> float:
    """Distance from an axis-parallel segment."""
    nearest_x = min(max(x, min(a[0], b[0])), max(a[0], b[0]))
    nearest_y = min(max(y, min(a[1], b[1])), max(a[1], b[1]))
    return dist((x, y), (nearest_x, nearest_y))


def test_a_smooth_line_passes_through_its_points():
    points = ((0, 0), (40, 30), (90, -10), (140, 0))
    drawn = coordinates(path_data(line_path(Line(points, smooth=True), 8)))
    assert [drawn[0], *drawn[3::3]] == list(points)
