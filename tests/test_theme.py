from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from archkit.drawing import ShapeKind
from archkit.theme import BOOK, THEMES, fill_role, lane_role

PRINT = THEMES["print"]
FAMILIES = ("data", "training", "inference", "monitoring", "other")
LANES = [f"lane.{family}" for family in FAMILIES]
FILLS = ["node.fill", "store.fill", "queue.fill", "model.fill", "person.fill", "gate.fill", "document.fill"]
STYLES = ["request", "async", "feedback", "deploy", "mirror", "fallback", "human"]

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, from 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def pairs(theme) -> list[tuple[str, str]]:
    grounds = ["paper", *FILLS, *LANES]
    texts = ["ink", "muted", "note", "group.title"]
    found = [(text, ground) for text in texts for ground in grounds]
    found += [(f"{lane}.title", ground) for lane in LANES for ground in (lane, "paper")]
    found += [(text, ground) for text in ("accent", "good", "bad", "add", "remove", "change") for ground in grounds]
    return [*found, ("step.text", "step"), ("ink", "highlight")]


def test_the_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@each_theme
def test_every_text_can_be_read_on_every_ground_it_may_stand_on(theme):
    weak = {
        pair: round(contrast(*map(theme.colour, pair)), 2)
        for pair in pairs(theme)
        if contrast(*map(theme.colour, pair)) < 4.5
    }
    assert weak == {}


@each_theme
def test_every_line_stands_out_from_every_ground_it_may_cross(theme):
    lines = [*(f"edge.{style}" for style in STYLES), "ink", "group"]
    weak = [
        (line, ground)
        for line in lines
        for ground in ("paper", *LANES)
        if contrast(theme.colour(line), theme.colour(ground)) < 3
    ]
    assert weak == []


@each_theme
def test_themes_have_the_same_roles_and_only_six_digit_colours(theme):
    assert theme.colours.keys() == BOOK.colours.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in theme.colours.values())
    assert theme.name in THEMES


def test_the_print_theme_is_grey():
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in PRINT.colours.values())


@each_theme
def test_lanes_differ_in_colour_or_grey(theme):
    assert len({theme.colour(lane) for lane in LANES}) == len(LANES)


@pytest.mark.parametrize("theme", [BOOK, PRINT], ids=["book", "print"])
def test_the_four_lanes_of_a_system_are_told_apart_in_grey(theme):
    greys = sorted(lightness(theme.colour(lane)) for lane in LANES[:4])
    assert min(b - a for a, b in pairwise(greys)) >= 1.0


@each_theme
def test_no_two_arrow_styles_differ_by_colour_alone(theme):
    looks = [(look.dash, look.head, look.width) for look in theme.edges.values()]
    assert set(theme.edges) == set(STYLES)
    assert all(a != b for a, b in combinations(looks, 2))


@each_theme
def test_every_fill_and_stroke_that_tables_name_is_a_role(theme):
    kinds: tuple[ShapeKind, ...] = ("rounded", "cylinder", "cloud", "person", "queue", "diamond", "document", "stack")
    for role in (*map(fill_role, kinds), *(look.role for look in theme.edges.values()), "lane.other.title"):
        assert theme.colour(role)


def test_an_unknown_role_is_a_mistake():
    with pytest.raises(KeyError, match=r"lane\.nowhere"):
        BOOK.colour("lane.nowhere")


@pytest.mark.parametrize(
    ("lane", "role"),
    [
        ("data", "lane.data"),
        ("Training", "lane.training"),
        ("online_serving", "lane.inference"),
        ("ops", "lane.monitoring"),
        ("zone_b", "lane.other"),
    ],
)
def test_lanes_get_their_colour_by_their_name(lane, role):
    assert lane_role(lane) == role
