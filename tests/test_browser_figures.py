"""Text of every shipped figure, measured by a real browser, is as wide as it was laid out and inside its outline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser, open_page, show

import archkit
from archkit.drawing import Box, Drawing, Group, Shape, Text
from archkit.proof.scene import text_box
from archkit.render.svg import svg
from archkit.text import width
from archkit.theme import BOOK, THEMES, Theme

SHIPPED = sorted((Path(__file__).parent.parent / "blueprints").glob("*.yaml"))
# Themes differ in typefaces and sizes, which one blueprint with most kinds of figures shows as well as all would.
MANY = next(path for path in SHIPPED if path.stem == "video-recommendation")
PAIRS = [
    *(pytest.param(path, "book", id=path.stem) for path in SHIPPED),
    *(pytest.param(MANY, theme, id=f"{MANY.stem}-{theme}") for theme in THEMES if theme != "book"),
]
SPARE = 3.0  # px; layouts keep 4, and letters may reach a little over their advance
WIDTH_ERROR = 0.5  # px

# For each text: what it says, its advance width, its box and the box of the outline of the group it stands in. Rotated
# texts have their boxes in the figure's own directions. What lies outside of nodes is compared with the page.
_MEASURE = """
() => {
  const root = document.querySelector('svg');
  const place = element => {
    const box = element.getBBox();
    const matrix = root.getScreenCTM().inverse().multiply(element.getScreenCTM());
    const corners = [[box.x, box.y], [box.x + box.width, box.y + box.height]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
    const xs = corners.map(p => p.x), ys = corners.map(p => p.y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  };
  const page = [0, 0, root.viewBox.baseVal.width, root.viewBox.baseVal.height];
  return [...root.querySelectorAll('text')].map(text => {
    const node = text.closest('g.node, g.lane');
    // Of several sheets the front one, which comes last, carries the text; of a person it is the body, not the head.
    const [left, top, right, bottom] = place(text);
    const around = child => {
      const [x, y, end, below] = place(child);
      return x < (left + right) / 2 && (left + right) / 2 < end && y < (top + bottom) / 2 && (top + bottom) / 2 < below;
    };
    const outlines = node ? [...node.children].filter(child => child.classList.contains('outline')) : [];
    const outline = outlines.findLast(around) || outlines[0];
    return {
      said: text.textContent,
      size: parseFloat(getComputedStyle(text).fontSize),
      family: getComputedStyle(text).fontFamily,
      length: text.getComputedTextLength(),
      box: place(text),
      within: outline ? place(outline) : page,
      inside: node ? node.dataset.id : '',
    };
  });
}
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with open_page() as opened:
        yield opened


def measured(page: Any, svg: str) -> list[dict[str, Any]]:
    show(page, svg)
    found: list[dict[str, Any]] = page.evaluate(_MEASURE)
    return found


@needs_browser
@pytest.mark.parametrize(("path", "theme"), PAIRS)
def test_text_is_as_wide_as_it_was_laid_out_and_inside(page: Any, path: Path, theme: str) -> None:
    document = archkit.load(path)
    wrong: list[str] = []
    for name in document.figures():
        view = document.figure(name, theme=theme, timeout=600.0)
        texts = [item for item, _ in view.drawing.walk() if isinstance(item, Text)]
        found = measured(page, view.svg)
        assert [text["said"] for text in found] == [text.text for text in texts]
        pairs = zip(found, texts, strict=True)
        wrong += [f"{name}: {flaw}" for one, text in pairs for flaw in _flaws(one, text, view.theme)]
    assert wrong == []


def _flaws(found: dict[str, Any], text: Text, theme: Theme = BOOK) -> Iterator[str]:
    # In Chromium a letter of Kalam is up to 1/64 px narrower than its tables say: half a pixel in a line of a hundred.
    rounded = len(text.text) / 64 if theme.face != "plain" else 0.0
    if abs(found["length"] - text.width) > max(WIDTH_ERROR, rounded):
        yield f"{text.text!r} is {found['length']:.2f} px wide, laid out with {text.width:.2f}"
    left, top, right, bottom = found["box"]
    x, y, end, below = found["within"]
    if theme.face != "plain":
        # Browsers take a line's height from the tables of the font, which for Kalam leave room for Devanagari.
        upright = text_box(text)
        left, right = (left, right) if not text.rotate else (upright.x, upright.right)
        top, bottom = (top, bottom) if text.rotate else (upright.y, upright.bottom)
    room = min(left - x, top - y, end - right, below - bottom)
    if room < SPARE - 2 * theme.strokes.hand:  # outlines by hand sway
        yield f"{text.text!r} has {room:.1f} px to the outline of {found['inside'] or 'the page'}"


@needs_browser
@pytest.mark.parametrize("theme", ["book", "whiteboard"])
def test_text_stays_inside_in_a_program_that_reads_no_typeface_in_a_file(page: Any, theme: str) -> None:
    document = archkit.load(MANY)
    wrong: list[str] = []
    for name in document.figures():
        view = document.figure(name, theme=theme, timeout=600.0)
        # By far wider than what any program would take.
        page.set_content(f"<!doctype html><style>text,tspan{{font-family:monospace!important}}</style>{view.svg}")
        for text in page.evaluate(_MEASURE):
            assert text["family"] == "monospace"
            # Upright or turned, a line's height is the business of its typeface.
            (left, top, right, bottom), (x, y, end, below) = text["box"], text["within"]
            across = min(left - x, end - right) if right - left > bottom - top else min(top - y, below - bottom)
            if len(text["said"]) > 1 and across < SPARE - 2 * view.theme.strokes.hand:
                wrong.append(f"{name}: {text['said']!r} has {across:.1f} px to the outline of {text['inside']}")
    assert wrong == []


@needs_browser
def test_text_that_is_too_wide_is_noticed(page: Any) -> None:
    said = "a title that is wider than its box"
    box = Box(20, 20, width(said, 13) + 5, 40)
    text = Text(box.center[0], 44, said, 13, width(said, 13) - 1, anchor="middle")
    node = Group("node", (Shape("rounded", box, role="outline"), text), (("id", "a"),))
    picture = Drawing(400, 80, "A title", "What is shown.", (node,))
    [found] = measured(page, svg(picture, THEMES["book"]))
    assert found["inside"] == "a"
    assert [flaw.split("px")[0].split()[-2] for flaw in _flaws(found, text)] == ["is", "has"]
