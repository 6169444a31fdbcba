"""One page with every kind of figure, as a web page and as one picture."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from reproduce import unlike

import archkit
from archkit.document import Document
from archkit.examples import documents
from archkit.figures import KINDS
from archkit.gallery import Card, cards, page, sheet
from archkit.proof import check_svg
from archkit.render.png import png, size
from archkit.theme import BOOK, THEMES

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "figures").glob("*.yaml"))


def examples() -> list[Document]:
    found = [archkit.load(path) for path in CASES]
    return [document for document in found if not document.broken]


@pytest.fixture(scope="module")
def found() -> list[Card]:
    return cards(examples(), BOOK, adaptive=True)


def test_every_kind_has_a_card_drawn_from_the_blueprint_of_its_name(found: list[Card]) -> None:
    assert [card.kind for card in found] == [*KINDS.values()]
    sources = {path.stem for path in CASES}
    assert [card.kind.name for card in found if card.view is None] == []
    assert [card.source for card in found] == [f"{kind}.yaml" for kind in KINDS if kind in sources]


def test_a_kind_that_no_blueprint_can_show_says_what_it_needs() -> None:
    empty = archkit.loads("blueprint: 1\ntitle: Nothing yet\narchitecture: {flows: [a -> b]}\n", "empty.yaml")
    by_name = {card.kind.name: card for card in cards([empty], BOOK)}
    assert by_name["system"].view is not None and by_name["system"].source == "empty.yaml"
    assert by_name["funnel"].view is None and by_name["funnel"].needs
    text = page([*by_name.values()], BOOK)
    assert "Not drawn here" in text and by_name["funnel"].needs[0].split("`")[0] in text
    assert "Not drawn here" not in page([by_name["system"]], BOOK)


def test_a_blueprint_that_lists_a_kind_goes_before_one_that_only_could() -> None:
    text = (CASES[0].parent / "system.yaml").read_text("utf-8")
    plain, listing = archkit.loads(text, "a.yaml"), archkit.loads(text + "\nfigures: [system]\n", "b.yaml")
    chosen = {card.kind.name: card.source for card in cards([plain, listing], BOOK)}
    assert chosen["system"] == "b.yaml" and chosen["training"] == "a.yaml"


def test_the_package_comes_with_an_example_of_every_kind() -> None:
    given = list(documents())
    assert [document.name for document in given if document.broken] == []
    assert [card.kind.name for card in cards(given, BOOK) if card.view is None] == []


@pytest.mark.parametrize("kind", KINDS)
def test_examples_of_the_package_are_those_of_the_pages(kind: str) -> None:
    packed = ROOT / "archkit" / "data" / "examples" / f"{kind}.yaml"
    assert packed.read_text("utf-8") == (ROOT / "tests" / "figures" / f"{kind}.yaml").read_text("utf-8"), (
        f"run tests/pictured.py {kind}"
    )


class Reader(HTMLParser):
    """Checks that elements are closed in order, and gathers ids and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src") and not (value or "").startswith(("#", "data:")):
                self.addresses.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_names_every_kind(found: list[Card]) -> None:
    text = page(found, BOOK)
    reader = Reader()
    reader.feed(text)
    assert reader.open == [] and reader.addresses == []
    assert len(set(reader.ids)) == len(reader.ids), "styles and icons of figures stay apart"
    assert set(KINDS) <= set(reader.ids)
    assert "<script" not in text and "@import" not in text and text.count("<h1>") == 1
    assert re.findall(r"url\((?!data:|#)", text) == []
    for kind in KINDS.values():
        assert f"<h2>{kind.title}</h2>" in text


def test_the_page_follows_the_reader_where_its_figures_do(found: list[Card]) -> None:
    dark = THEMES["dark"].colour("paper")
    assert f"--paper:{dark}" in page(found, BOOK)
    assert f"--paper:{dark}" not in page(cards(examples()[:1], BOOK), BOOK)


@pytest.mark.parametrize("theme", ["book", "whiteboard"])
def test_the_contact_sheet_is_one_picture_of_all(theme: str) -> None:
    look = THEMES[theme]
    some = [card for card in cards(examples(), look) if card.view is not None][:7]
    text = sheet(some, look)
    assert check_svg(text) == []
    assert text.count("<svg ") == 8
    wide, high = size(text)
    places = re.findall(r'<svg [^>]*? x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', text)
    boxes = [tuple(map(float, place)) for place in places]
    assert len(boxes) == 7
    for x, y, w, h in boxes:
        assert x > 0 and x + w < wide and y > 0 and y + h < high
    for n, (x, y, w, h) in enumerate(boxes):
        for a, b, c, d in boxes[n + 1 :]:
            assert x + w <= a or a + c <= x or y + h <= b or b + d <= y
    assert png(text, 0.5) != png(sheet(some[:6], look), 0.5)
    for card in some:
        assert f">{card.kind.title}</text>" in text


def test_figures_keep_their_proportions_and_are_not_enlarged() -> None:
    some = [card for card in cards(examples(), BOOK) if card.view is not None]
    places = re.findall(r'<svg [^>]*? x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"', sheet(some, BOOK))
    for card, (width, height) in zip(some, places, strict=True):
        assert card.view is not None
        drawing = card.view.drawing
        scale = float(width) / drawing.width
        assert scale == pytest.approx(float(height) / drawing.height, abs=0.001) and scale <= 1.001


def test_the_gallery_is_the_same_everywhere(tmp_path: Path) -> None:
    cases = [str(path) for path in CASES if path.stem in ("funnel", "latency", "system")]
    for name in ("g.html", "g.png"):
        assert unlike(["-m", "archkit", "gallery", *cases, "-o", name], tmp_path / name) == []
