"""Headless Chromium for tests: SVG files → what a browser measures and paints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

_LENGTH = re.compile(' textLength="[^"]*" lengthAdjust="[^"]*"')
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def executable() -> str | None:
    """The path of an installed Chromium, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def needs_browser(test: Any) -> Any:
    """Mark a test as one that needs Chromium; it is skipped, saying so, where none is installed."""
    absent = pytest.mark.skipif(executable() is None, reason=f"no Chromium on PATH ({', '.join(_NAMES)})")
    return pytest.mark.browser(absent(test))


class TextBox(NamedTuple):
    """What a browser measures of one <text>, in pixels of the figure."""

    text: str
    length: float  # advance width
    x: float
    y: float
    width: float
    height: float


def natural(svg: str) -> str:
    """Return an SVG without the widths of its texts, which a browser would keep to whatever the typeface."""
    return _LENGTH.sub("", svg)


@contextmanager
def open_page(width: int = 1600, height: int = 1200, scale: float = 1) -> Iterator[Any]:
    """A page of headless Chromium (a ``playwright.sync_api.Page``) that is closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
        )
        try:
            yield browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
        finally:
            browser.close()


def show(page: Any, *svgs: str) -> None:
    """Put figures into one HTML page, below each other, and wait for their fonts.

    Texts are set as wide as they are by themselves, for the file says how wide they shall be.
    """
    page.set_content(
        "<!doctype html><style>body{margin:0}svg{display:block}</style>" + "".join(map(natural, svgs)),
        wait_until="load",
    )
    # A font face is loaded when the first text asks for it; ready waits for all that were asked for.
    page.evaluate("document.fonts.ready.then(() => document.fonts.size)")


_MEASURE = """
index => [...document.querySelectorAll('body > svg')[index].querySelectorAll('text')].map(text => {
  const box = text.getBBox(), root = text.ownerSVGElement;
  const matrix = root.getScreenCTM().inverse().multiply(text.getScreenCTM());
  const corners = [[box.x, box.y], [box.x + box.width, box.y + box.height]]
    .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
  const xs = corners.map(p => p.x), ys = corners.map(p => p.y);
  const left = Math.min(...xs), top = Math.min(...ys);
  return [text.textContent, text.getComputedTextLength(), left, top, Math.max(...xs) - left, Math.max(...ys) - top];
})
"""


def text_boxes(page: Any, index: int = 0) -> list[TextBox]:
    """The texts of the figure with that number on the page, in the order of the file."""
    return [TextBox(*row) for row in page.evaluate(_MEASURE, index)]
