"""The book: every figure has its number, caption and mention, and its PDF says what the blueprints say."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit import cache
from archkit.book import Block, Book, Chapter, Figure, Heading, Look, Para, Ref, Table, Terms, numbered
from archkit.book.chapter import book
from archkit.book.pdf import pdf
from archkit.book.placing import CAPTION, PAPERS, placed
from archkit.library import blueprints
from archkit.theme import THEMES
from archkit.view import FigureView

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 reads PDF files")
pytest.importorskip("typst", reason="typst writes PDF files")

TEXT = """\
blueprint: 1
title: "Photo <search> #1"
summary: Finds "photos" $x^2$ with @names and *stars*.
tags: [vision]
requirements: {goal: find photos, scale: {daily_active_users: 1M, requests_per_user_per_day: 10, peak_factor: 3}}
framing: {why_ml: nobody writes tags, task: retrieval, input: [photo], output: [photos],
  objectives: {relevance: {chosen: true, because: it is asked for}, clicks: {rejected: bait}}}
data: {features: {photo: {pixels: {type: image, transform: resize}}}}
model: {options: {tags: {baseline: true, pros: [cheap]}, encoder: {chosen: true, because: finds all, cons: [dear]}}}
references: {paper: {title: A paper, authors: [A. Author], year: 2020}}
assumptions: {requirements.scale.peak_factor: evenings}
architecture: {lanes: {inference: {user: user, gateway: api_gateway}}, flows: [user -> gateway: photo, gateway -> user]}
"""


LOOK = Look("#ffffff", "#000000", "#444444", "#000000", "#eeeeee")


def made(*texts: str) -> Book:
    documents = [(f"b{at}", archkit.loads(text)) for at, text in enumerate(texts)]
    assert not any(document.broken for _, document in documents)
    return book(documents, THEMES["book"], lambda views: [view.svg for view in views], "Title", "Below")


def words(data: bytes) -> list[str]:
    """Return the text of each page."""
    document = pdfium.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_a_figure_has_one_number_in_the_book_on_the_site_and_below_its_picture() -> None:
    text = Path(blueprints()["news-feed"]).read_text("utf-8")
    document = archkit.loads(text)
    [chapter] = made(text).chapters
    figures = list(chapter.figures())
    assert any(figure.wide for figure in figures)
    for entry, figure in zip(document.entries, figures, strict=True):
        assert figure.label == f"b0/{entry.name}"
        assert entry.plan().caption.startswith(f"Figure {figure.number}: ")


def test_every_figure_is_numbered_in_order_and_mentioned() -> None:
    [chapter] = made(TEXT).chapters
    figures = list(chapter.figures())
    assert [figure.number for figure in figures] == [f"1.{n}" for n in range(1, len(figures) + 1)] and len(figures) > 3
    mentioned = [
        run.label for block in chapter.blocks if isinstance(block, Para) for run in block.words if isinstance(run, Ref)
    ]
    assert sorted(mentioned) == sorted(figure.label for figure in figures)
    seen: set[str] = set()
    for block in chapter.blocks:  # a figure stands behind its mention
        if isinstance(block, Para):
            seen |= {run.label for run in block.words if isinstance(run, Ref)}
        elif isinstance(block, Figure):
            assert block.label in seen


def test_a_chapter_follows_the_seven_steps() -> None:
    [chapter] = made((Path(blueprints()["video-recommendation"])).read_text("utf-8")).chapters
    heads = [block.text for block in chapter.blocks if isinstance(block, Heading) and block.level == 2]
    assert [head.split(":")[0] for head in heads] == [*(f"Step {n}" for n in range(1, 8)), "Summary"]
    assert any(isinstance(block, Table) and "Loss" in block.head for block in chapter.blocks)
    assert any(isinstance(block, Table) and "How it follows" in block.head for block in chapter.blocks)
    assert any(isinstance(block, Terms) for block in chapter.blocks)
    for block in chapter.blocks:
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} == {len(block.head)} == {len(block.widths)}


def test_captions_stand_in_the_book_and_not_in_the_figure() -> None:
    [chapter] = made(TEXT).chapters
    for figure in chapter.figures():
        assert figure.caption and not figure.caption.startswith(("Figure", "Photo <search>"))
        lines = re.findall(r'<text class="caption[^>]*>([^<]*)', figure.svg)
        assert not any(line and figure.caption.startswith(line) for line in lines)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [([6, 2], [6, 2]), ([2, 6, None, None], [2, 6, 7, 8]), ([6, 6], [1, 2]), ([None, None], [1, 2]), ([], [])],
)
def test_chapters_have_the_numbers_that_they_want_if_they_can(wanted: list[int | None], found: list[int]) -> None:
    assert numbered(wanted) == found


def test_chapters_come_in_order() -> None:
    second, third = (
        TEXT.replace("blueprint: 1\n", "blueprint: 1\nchapter: 2\n"),
        TEXT.replace("blueprint: 1\n", "blueprint: 1\nchapter: 3\n"),
    )
    whole = made(third, second)
    assert [(chapter.number, chapter.label) for chapter in whole.chapters] == [(2, "b1"), (3, "b0")]
    assert next(whole.figures()).number == "2.1"


def test_the_index_names_every_kind_of_component_once() -> None:
    whole = made(TEXT, TEXT)
    assert [entry.name for entry in whole.index] == sorted((entry.name for entry in whole.index), key=str.casefold)
    gateway = next(entry for entry in whole.index if entry.name == "API gateway")
    assert gateway.places == (("Gateway", ("b0", "b1")),)


def test_no_type_is_printed_too_small() -> None:
    theme = THEMES["book"]
    # Points of the paper upright, less two centimetres at each side and its head and foot; on its side, less one.
    rooms = {"a4": ((481.9, 722.8), (785.2, 538.6)), "letter": ((498.6, 672.9), (735.3, 555.3))}
    assert set(rooms) == {name for name, paper in PAPERS.items() if not paper.slides}
    for name, size in product(rooms, ((400.0, 300.0), (700.0, 900.0), (1300.0, 900.0), (640.0, 200.0))):
        wide, width, height = placed(size, theme, PAPERS[name])
        assert width / height == pytest.approx(size[0] / size[1])
        room = rooms[name][wide]
        assert width <= room[0] and height <= room[1] - CAPTION
        least = min(theme.sizes.label, theme.sizes.note, theme.sizes.legend) * width / size[0]
        assert least >= 6.5 or size[0] > 1000


def test_the_pdf_says_what_the_blueprint_says() -> None:
    whole = made(TEXT)
    data = pdf(whole)
    pages = words(data)
    text = " ".join(" ".join(pages).split())
    assert pages[0].startswith("Title") and "Contents" in pages[1]
    for said in (
        'Finds "photos" $x^2$ with @names and *stars*.',
        "Photo <search> #1",
        "A. Author: A paper, 2020",
        "Figure 1.1:",
    ):
        assert said in text.replace("“", '"').replace("”", '"')
    for figure in whole.figures():
        assert f"Figure {figure.number}:" in text.replace("\xa0", " ")
    assert data == pdf(made(TEXT))


def test_no_title_of_a_section_stands_alone_before_a_page_on_its_side() -> None:
    drawn = made(TEXT).chapters[0].figures()
    first, second, third = (
        replace(figure, wide=True, height=300.0) for figure, _ in zip(drawn, range(3), strict=False)
    )
    blocks = (first, Heading(2, "Summary"), Para(("See ", Ref(second.label), ".")), second, Heading(2, "More"), third)
    whole = Book("Title", "Below", (Chapter("a", 1, "System", (), blocks),), (), PAPERS["letter"], LOOK)
    document = pdfium.PdfDocument(pdf(whole))
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    pages = words(pdf(whole))
    # The first page, contents, the chapter's title; then figures, one of them below its section's title.
    assert sizes == [(612, 792)] * 3 + [(792, 612)] * 2 + [(612, 792), (792, 612)]
    assert "Summary" in pages[4] and f"Figure {second.number}:" in pages[4].replace("\xa0", " ")
    assert "More" in pages[5]


def test_a_book_in_black_and_white_has_no_colour_in_its_own_words() -> None:
    documents = [("a", archkit.loads(TEXT))]
    found = {
        name: book(documents, THEMES[name], lambda views: [view.svg for view in views], "Title", "Below")
        for name in ("book", "print", "dark")
    }
    assert (found["book"].look.accent, found["book"].look.strong) == ("#1f4e79", "#fff1c9")
    for colour in (found["print"].look.accent, found["print"].look.strong):
        assert len({colour[at : at + 2] for at in (1, 3, 5)}) == 1
    assert found["dark"].look == found["book"].look  # paper is white, whatever ground figures have
    colours = set()
    for page in pdfium.PdfDocument(pdf(found["print"])):
        shown = page.render(scale=0.5).to_pil().convert("RGB")
        colours |= {max(pixel) - min(pixel) for _, pixel in shown.getcolors(shown.width * shown.height)}
    assert max(colours) < 8


def _sections(blocks: tuple[Block, ...]) -> list[str]:
    """Return the titles of sections that have a figure."""
    titles: list[str] = []
    found: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            titles.append(block.text)
        elif isinstance(block, Figure):
            found[titles[-1]] = None
    return list(found)


@pytest.mark.parametrize("theme", ["slide", "dark"])
def test_slides_are_the_figures_of_each_chapter_in_their_order(theme: str) -> None:
    text = Path(blueprints()["spam-filter"]).read_text("utf-8")
    documents = [("a", archkit.loads(TEXT)), ("b", archkit.loads(text))]
    whole = book(
        documents, THEMES[theme], lambda views: [view.svg for view in views], "Course", "Below", PAPERS["16:9"]
    )
    assert whole.look.ground == THEMES[theme].colour("paper") and whole.look.ink == THEMES[theme].colour("ink")
    found = [" ".join(page.split()).replace("\xa0", " ") for page in words(pdf(whole))]
    for chapter in whole.chapters:
        assert f"{chapter.number} {chapter.title} Course" in found.pop(0)
        for figure in chapter.figures():
            assert (figure.wide, figure.width <= 785.01, figure.height <= 370.01) == (False, True, True)
            page = found.pop(0)
            assert f"Figure {figure.number}:" in page and chapter.title in page
    assert found == []
    document = pdfium.PdfDocument(pdf(whole))
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {(842, 474)}
    # The outline has each section once, where its first figure is.
    titles = [" ".join(each.get_title().split()) for each in document.get_toc()]
    sections = [[f"{chapter.number} {chapter.title}", *_sections(chapter.blocks)] for chapter in whole.chapters]
    assert titles == [*sections[0], *sections[1]] and len(sections[0]) > 5
    document.close()


@pytest.mark.usefixtures("in_folder")
def test_a_book_is_printed_on_the_paper_that_is_named(capsys: Out) -> None:
    put("photo.yaml", TEXT)
    for page, size in (("Letter", (612, 792)), ("a4", (595, 842))):
        assert run(capsys, "book", "photo.yaml", "-o", "b.pdf", "--page", page)[0] == 0
        document = pdfium.PdfDocument(Path("b.pdf").read_bytes())
        assert tuple(round(side) for side in document[0].get_size()) == size
        document.close()


@pytest.mark.usefixtures("in_folder")
def test_the_command_writes_a_book(capsys: Out, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    put("photo.yaml", TEXT)
    put("broken.yaml", TEXT.replace("framing", "farming"))
    code, out, err = run(capsys, "book", "photo.yaml", "broken.yaml", "-o", "books/b.pdf", "--title", "Mine")
    assert (code, out) == (1, "books/b.pdf\n".replace("/", str(Path("/"))[-1]))
    assert "1 chapter," in err and "broken.yaml gets no chapter" in err
    first = Path("books/b.pdf").read_bytes()
    assert words(first)[0].startswith("Mine")
    # The second time nothing is drawn
    monkeypatch.setattr(FigureView, "svg", property(lambda self: pytest.fail(f"{self.name} is drawn again")))
    code, _, _ = run(capsys, "book", "photo.yaml", "-o", "books/b.pdf", "--title", "Mine")
    assert code == 0 and Path("books/b.pdf").read_bytes() == first


@pytest.mark.usefixtures("in_folder")
def test_a_number_that_two_chapters_ask_for_is_told(capsys: Out) -> None:
    text = TEXT.replace("blueprint: 1\n", "blueprint: 1\nchapter: 6\n")
    put("photo.yaml", text)
    put("video.yaml", text)
    code, _, err = run(capsys, "book", "photo.yaml", "video.yaml", "-o", "b.pdf")
    assert code == 0 and "numbered from 1 on: chapter 6 is asked for by photo and video\n" in err
    assert "asked for" not in run(capsys, "book", "photo.yaml", "-o", "b.pdf")[2]


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize(
    ("words_", "code", "message"),
    [
        (["photo.yaml", "-o", "b.epub"], 2, "must end in .pdf"),
        (["missing.yaml"], 2, "cannot read `missing.yaml`"),
        (["photo.yaml", "--theme", "bok"], 2, "did you mean `book`?"),
        (["photo.yaml", "--page", "b7"], 2, "write one of a4, letter, 16:9"),
    ],
)
def test_slips_on_the_command_line(capsys: Out, words_: list[str], code: int, message: str) -> None:
    put("photo.yaml", TEXT)
    found, _, err = run(capsys, "book", *words_)
    assert (found, message in err) == (code, True), err
    assert not Path("b.epub").exists()
