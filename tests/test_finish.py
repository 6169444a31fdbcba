"""Pages, paper, widths and colour schemes: how a drawing becomes a picture."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

import archkit
from archkit.drawing import Box, Drawing, Icon, Shape, Text
from archkit.proof import check_svg
from archkit.render.finish import PAGES, Finish, frame
from archkit.render.png import PictureSizeError, png
from archkit.render.svg import svg
from archkit.text import width
from archkit.theme import BOOK, THEMES, counterpart

CASE = Path(__file__).parent / "figures" / "system.yaml"


def figure(*items, wide=400.0, high=200.0) -> Drawing:
    return Drawing(wide, high, "A figure", "What it shows", items)


ITEMS = (
    Shape("rounded", Box(20, 20, 200, 60), "model.fill", role="outline"),
    Text(40, 50, "Ranker", 13, width("Ranker", 13), fill="accent"),
    Icon("product:redis", Box(240, 20, 40, 40)),
    Icon("glyph:user", Box(300, 20, 24, 24)),
)


def size(picture: bytes) -> tuple[int, int]:
    return struct.unpack(">II", picture[16:24])


def pixels(text: str) -> bytes:
    return png(text, 1.0)


# --- pages ---


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("wide", "high"), [(400, 200), (200, 400), (3000, 100), (90, 2000), (1500, 1200)])
def test_a_figure_stands_on_the_middle_of_its_page_as_large_as_fits(page, wide, high) -> None:
    found = frame(wide, high, page)
    form = PAGES[page]
    assert {found.width, found.height} == {form.long, form.short}
    assert (found.height > found.width) == (form.turns and high > wide)
    assert found.view.center == pytest.approx((wide / 2, high / 2))
    scale = found.width / found.view.width
    assert scale == pytest.approx(found.height / found.view.height), "nothing is distorted"
    free = (found.width - wide * scale) / 2, (found.height - high * scale) / 2
    assert min(free) >= form.margin - 0.01
    assert min(free) == pytest.approx(form.margin) or scale == pytest.approx(form.largest)


def test_a_picture_without_a_page_is_as_large_as_its_figure() -> None:
    assert frame(400, 200) == (400, 200, Box(0, 0, 400, 200))


def test_the_pages_have_the_sizes_that_their_names_promise() -> None:
    assert frame(800, 400, "a4")[:2] == pytest.approx((297 / 25.4 * 96, 210 / 25.4 * 96))
    assert frame(400, 800, "letter")[:2] == (816, 1056)
    assert pytest.approx(frame(1, 1, "16:9").width / frame(1, 1, "16:9").height) == 16 / 9
    assert frame(1, 1, "og-card")[:2] == (1200, 630)


@pytest.mark.parametrize("page", PAGES)
def test_the_file_of_a_page_has_paper_everywhere(page) -> None:
    text = svg(figure(*ITEMS), BOOK, "a/b", Finish(page))
    assert check_svg(text) == []
    wide, high = size(pixels(text))
    assert (wide, high) == pytest.approx(frame(400, 200, page)[:2], abs=1)
    bare = svg(figure(*ITEMS), BOOK, "a/b", Finish(page, transparent=True))
    assert 'class="paper"' in text and 'class="paper"' not in bare
    assert pixels(text) != pixels(bare)


# --- colour schemes ---


def switched(text: str) -> str:
    """Return a file as a renderer sees it whose reader prefers the other scheme."""
    return re.sub(r"@media \(prefers-color-scheme:\w+\)\{\n(.*?)\n\}\n", r"\1\n", text, flags=re.DOTALL)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_other_scheme_is_in_the_file_and_others_ignore_it(theme) -> None:
    text = svg(figure(*ITEMS), theme, "a/b", Finish(adaptive=True))
    scheme = "light" if theme.dark else "dark"
    assert text.count(f"@media (prefers-color-scheme:{scheme})") == 1
    assert check_svg(text) == []
    without = re.sub(r"@media .*?\n\}\n", "", text, flags=re.DOTALL)
    assert pixels(text) == pixels(without), "a renderer without media queries shows the theme itself"
    other = counterpart(theme)
    for role in ("paper", "ink", "model.fill", "accent"):
        if theme.colour(role) != other.colour(role):
            assert other.colour(role) in text and other.colour(role) not in without


def test_the_other_scheme_looks_like_its_theme() -> None:
    dark = svg(figure(*ITEMS[:2]), THEMES["dark"], "a/b")
    both = svg(figure(*ITEMS[:2]), BOOK, "a/b", Finish(adaptive=True))
    assert pixels(switched(both)) == pixels(dark)
    back = svg(figure(*ITEMS[:2]), THEMES["dark"], "a/b", Finish(adaptive=True))
    assert pixels(switched(back)) == pixels(svg(figure(*ITEMS[:2]), BOOK, "a/b"))


def test_pictures_of_products_get_a_plate_on_dark_ground_alone() -> None:
    text = svg(figure(ITEMS[2]), BOOK, "a/b", Finish(adaptive=True))
    assert 'fill-opacity="0"' in text
    assert re.search(r"-plate\{fill-opacity:1\}", text)
    assert pixels(text) != pixels(switched(text))


def test_a_file_in_one_scheme_has_no_query() -> None:
    assert "@media" not in svg(figure(*ITEMS), BOOK)


@pytest.mark.parametrize("option", ["page", "transparent", "adaptive"])
def test_figures_that_differ_may_share_an_html_page(option) -> None:
    finish = Finish(**{option: "a4" if option == "page" else True})
    ids = {re.search(' id="([^"]*)"', svg(figure(), BOOK, "a/b", each))[1] for each in (Finish(), finish)}
    assert len(ids) == 2


# --- widths ---


@pytest.mark.parametrize("wanted", [1, 7, 400, 1333])
def test_a_picture_is_as_wide_as_wanted(wanted) -> None:
    picture = png(svg(figure(wide=413.37, high=200), BOOK), width=wanted)
    assert size(picture)[0] == wanted


def test_a_width_that_makes_no_picture_is_told() -> None:
    text = svg(figure(), BOOK)
    for wrong in (0, -5):
        with pytest.raises(PictureSizeError, match="makes no picture"):
            png(text, width=wrong)
    with pytest.raises(PictureSizeError, match=r"takes a width up to ([\d,]+)") as told:
        png(text, width=1_000_000)
    most = int(re.search(r"up to ([\d,]+)", str(told.value))[1].replace(",", ""))
    assert most * most / 2 <= 100_000_000 < (most + 2) * (most + 2) / 2


# --- the library ---


def test_the_library_takes_themes_pages_and_paper(tmp_path) -> None:
    document = archkit.load(CASE)
    path = tmp_path / "mine.yaml"
    path.write_text("theme: 1\nextends: slide\ncolours: {accent: '#0b3d91'}\n", "utf-8")
    for theme in (path, str(path)):
        view = document.figure("system", theme=theme)
        assert (view.theme.name, view.theme.colour("accent")) == ("mine", "#0b3d91")
    assert document.figure("system", theme=view.theme).theme is view.theme
    out = document.render("system", tmp_path / "a.png", theme=path, page="16:9", width=640, transparent=True)
    assert size(out.read_bytes()) == (640, 360)
    text = document.render("system", tmp_path / "a.svg", adaptive=True).read_text("utf-8")
    assert "prefers-color-scheme:dark" in text


def test_the_library_tells_what_is_not_there(tmp_path) -> None:
    document = archkit.load(CASE)
    with pytest.raises(LookupError, match=r"no theme `drak`; did you mean `dark`"):
        document.figure("system", theme="drak")
    with pytest.raises(LookupError, match=r"no page `a5`; "):
        document.figure("system", page="a5")
    with pytest.raises(archkit.FileError, match="no such file"):
        document.figure("system", theme="no/such.yaml")
    path = tmp_path / "bad.yaml"
    path.write_text("theme: 1\ncolours: {inc: '#000000'}\n", "utf-8")
    with pytest.raises(archkit.ThemeError, match=r"bad\.yaml:2:11") as told:
        document.figure("system", theme=path)
    assert [finding.code for finding in told.value.diagnostics] == ["LNG004"]
