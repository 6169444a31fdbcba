"""What is measured here against what Chromium measures."""

from __future__ import annotations

import pytest
from browser import natural, needs_browser, open_page, show, text_boxes

from archkit.drawing import Drawing, Text
from archkit.render.svg import svg
from archkit.text import ASCENT, DESCENT, width
from archkit.theme import BOOK

SAMPLES = [
    "Candidate generation",
    "AVATAR Tokyo, Wave: To Ty Va",
    "office fluffy ﬁ waffle",
    "1,000 → 5.12 TB ≤ 20 ms × 3",
    "upload_post(post_info)",
    "Łódź naïve Ångström",
    "Журнал событий, Αθήνα",
    "a  double  space ",
    "北京 😀 ∈",
    "x\u0302 e\u0301",
]
WEIGHTS = ("regular", "semibold", "italic")


def figure(*samples: str) -> Drawing:
    texts = tuple(
        Text(20, 30 + 24 * row, sample, size, width(sample, size, weight), weight)
        for row, (sample, weight, size) in enumerate(
            (sample, weight, size) for sample in samples for weight in WEIGHTS for size in (11.0, 13.0, 18.0)
        )
    )
    turned = Text(400, 200, "Turned", 13, width("Turned", 13), anchor="middle", rotate=-90)
    return Drawing(600, 60 + 24 * len(texts), "Texts", "", (*texts, turned))


@pytest.fixture(scope="module")
def page():
    with open_page() as page:
        yield page


@needs_browser
def test_chromium_measures_every_text_as_we_do(page):
    drawing = figure(*SAMPLES)
    show(page, svg(drawing, BOOK))
    boxes = text_boxes(page)
    assert len(boxes) == len(drawing.items)
    off = {
        (item.text, item.weight, item.size): (round(box.length, 2), round(item.width, 2))
        for item, box in zip(drawing.items, boxes, strict=True)
        if abs(box.length - item.width) > 0.005 * item.width + 0.02
    }
    assert off == {}


@needs_browser
def test_chromium_puts_the_boxes_where_the_metrics_say(page):
    drawing = figure("Ranker")
    show(page, svg(drawing, BOOK))
    *texts, turned = text_boxes(page)
    for item, box in zip(drawing.items, texts, strict=False):
        assert box.x == pytest.approx(item.x, abs=0.1)
        # A browser takes the line box of the face, which has room above and below ascender and descender.
        assert box.y <= item.y - ASCENT * item.size
        assert box.y + box.height >= item.y + DESCENT * item.size
    assert turned.height == pytest.approx(drawing.items[-1].width, abs=0.2)
    assert turned.y + turned.height / 2 == pytest.approx(200, abs=0.2)


@needs_browser
def test_figures_in_one_page_keep_their_own_fonts(page):
    drawings = [figure("Feature store"), figure("Ranker 42"), figure("Журнал")]
    show(page, *(svg(drawing, BOOK) for drawing in drawings))
    faces = page.evaluate("[...document.fonts].map(face => face.status)")
    assert len(faces) >= 2 * len(drawings)
    assert set(faces) == {"loaded"}
    for index, drawing in enumerate(drawings):
        for item, box in zip(drawing.items, text_boxes(page, index), strict=True):
            assert box.length == pytest.approx(item.width, rel=0.005, abs=0.02)


@needs_browser
def test_a_page_around_a_figure_does_not_change_it(page):
    drawing = figure("Ranker")
    around = "<div style='font:italic 900 40px serif;letter-spacing:5px;direction:rtl'>"
    page.set_content(f"<!doctype html><body>{around}{natural(svg(drawing, BOOK))}</div>")
    page.evaluate("document.fonts.ready.then(() => 0)")
    lengths = page.evaluate("[...document.querySelectorAll('text')].map(text => text.getComputedTextLength())")
    assert lengths == pytest.approx([item.width for item in drawing.items], rel=0.005)
    assert page.evaluate("document.querySelector('text').getBBox().x") == pytest.approx(20, abs=0.1)


@needs_browser
def test_chromium_reads_the_file_by_itself(page, tmp_path):
    file = tmp_path / "figure.svg"
    file.write_text(svg(figure("Ranker"), BOOK), "utf-8")
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.tagName") == "svg"
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(face => face.status))") == [
        "loaded",
        "loaded",
        "loaded",
    ]
    assert problems == []
