from __future__ import annotations

import inspect
import re
import struct

import pytest

from archkit.cli import render
from archkit.cli.options import magnification
from archkit.document import Document
from archkit.drawing import Box, Drawing, Icon, Shape, Text
from archkit.render import png as module
from archkit.render.finish import SCALE
from archkit.render.png import PictureSizeError, png
from archkit.render.svg import svg
from archkit.text import width
from archkit.theme import BOOK, THEMES
from archkit.view import FigureView


def figure(*items, wide=120, high=80, theme=BOOK) -> str:
    return svg(Drawing(wide, high, "A figure", "", items), theme)


def words(text: str, **more) -> Text:
    return Text(10, 30, text, 13, width(text, 13), **more)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize(("scale", "expected"), [(1, (120, 80)), (2, (240, 160)), (1.5, (180, 120)), (0.1, (12, 8))])
def test_a_picture_has_the_size_of_its_figure_times_the_scale(scale, expected):
    assert size(png(figure(), scale)) == expected


def test_the_scale_is_one_and_a_half_if_not_said():
    assert size(png(figure())) == (180, 120)


def test_the_same_figure_gives_the_same_bytes():
    text = figure(Shape("cloud", Box(5, 5, 100, 60), "model.fill"), words("Ranker"))
    assert png(text) == png(text)


@pytest.mark.parametrize("theme", [BOOK, THEMES["whiteboard"]], ids=["plain", "hand"])
@pytest.mark.parametrize("weight", ["regular", "semibold", "italic"])
def test_every_cut_is_found_without_system_fonts(weight, theme):
    text = figure(words("Ranker", weight=weight), theme=theme)
    drawn = png(text)
    assert drawn != png(figure(theme=theme))
    without = re.sub(r"url\(data:font[^)]*\)", "url(data:,)", text)
    assert png(without) == png(figure(theme=theme))  # so nothing but the fonts inside can have drawn the words


def test_what_is_no_svg_is_told():
    with pytest.raises(ValueError, match="not an SVG"):
        png('<svg width="10" height="10"><')


def test_the_cuts_differ():
    assert len({png(figure(words("Ranker", weight=weight))) for weight in ("regular", "semibold", "italic")}) == 3


@pytest.mark.parametrize("name", ["glyph:user", "product:redis"])
def test_icons_are_painted(name):
    assert png(figure(Icon(name, Box(10, 10, 40, 40)))) != png(figure())


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf")])
def test_a_scale_that_makes_no_picture_is_told(scale):
    with pytest.raises(PictureSizeError, match=r"makes no picture; write a number above 0"):
        png(figure(), scale)


def test_a_scale_that_leaves_no_pixel_is_told():
    with pytest.raises(PictureSizeError, match="leaves no pixel of 120 × 80"):
        png(figure(), 0.001)


def test_a_picture_over_the_limit_is_refused_and_the_message_says_what_works(monkeypatch):
    with pytest.raises(PictureSizeError, match=r"12,000,000 × 8,000,000 pixels, over the limit of 100,000,000"):
        png(figure(), 100_000)
    monkeypatch.setattr(module, "MAX_PIXELS", 40_000)
    with pytest.raises(PictureSizeError) as raised:
        png(figure(), 2.1)
    largest = float(re.search(r"a scale up to ([0-9.]+)", str(raised.value))[1])
    assert largest > 1.9
    wide, high = size(png(figure(), largest))
    assert wide * high <= 40_000


def test_other_text_is_a_mistake():
    with pytest.raises(ValueError, match="not an SVG"):
        png("hello")


def test_a_picture_has_the_same_scale_wherever_none_is_said():
    functions = (png, FigureView.png, FigureView.encode, Document.render)
    assert [inspect.signature(each).parameters["scale"].default for each in functions] == [SCALE] * 4
    asked = inspect.signature(render.command, eval_str=True).parameters["scale"].annotation
    assert asked.__metadata__[0].show_default == str(SCALE) and magnification(None, None) == (SCALE, None)
