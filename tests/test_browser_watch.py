"""The page of ``archkit watch`` in a real browser: it keeps up without a flash, and tells what is broken and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser, open_page
from shell import GOOD, in_folder, put
from site_pages import WATCH as POLICY
from site_pages import until

from archkit.cli.watching import Watch, Wish
from archkit.live.board import Board
from archkit.live.server import serve

pytestmark = pytest.mark.usefixtures("in_folder")
TWO = GOOD + "figures: [system, {kind: system, name: small, title: <b>Small</b>, hide: [inbox]}]\n"
SRC = "document.querySelector('#pictures img')?.getAttribute('src')"
# Notes whether the place of the picture is ever without one, and every change of how far the page is scrolled.
FLASHES = """
() => {
  window.empty = 0;
  const place = document.querySelector('#pictures figure');
  new MutationObserver(() => { if (!place.querySelector('img')?.complete) window.empty += 1; })
    .observe(place, { childList: true });
  window.place = place;
}
"""


class Live:
    """A watched blueprint and a page that shows it."""

    def __init__(self, page: Any, watch: Watch, said: list[str]) -> None:
        self.page, self.said, self._watch = page, said, watch

    def save(self, content: str, path: str = "a.yaml") -> None:
        """Save a file and have it drawn."""
        put(path, content)
        self._watch.block()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_page() as page:
        yield page.context.browser


@pytest.fixture
def live(browser: Any, in_folder: None) -> Iterator[Live]:
    """A watch of ``all/``, its page, and what the console says, which fails the test."""
    put("a.yaml", TWO)
    board, said = Board(), []
    watch = Watch(Wish(["a.yaml"], [], ["svg"], "output", "book", None, 1), board)
    with serve(board) as address:
        context = browser.new_context(viewport={"width": 1200, "height": 800})
        page = context.new_page()
        page.set_default_timeout(5000)
        page.add_init_script(POLICY)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda each: None if each.url.startswith(address) else said.append(each.url))
        watch.block()
        page.goto(address)
        until(page, SRC)
        yield Live(page, watch, said)
        assert page.evaluate("violations") == [] and said == []
        context.close()


@needs_browser
def test_a_picture_is_changed_in_its_place_without_a_flash(live: Live) -> None:
    page = live.page
    before = page.evaluate(SRC)
    page.evaluate(FLASHES)
    live.save(TWO.replace("classifier -> inbox", "classifier -> inbox: mail"))
    until(page, f"{SRC} !== '{before}'")
    assert page.evaluate("[window.empty, window.place === document.querySelector('#pictures figure')]") == [0, True]
    assert page.evaluate("document.querySelector('#pictures img').naturalWidth") > 100
    assert page.locator("#said").inner_text().startswith("Drew 1 of 2 figures in ")
    # What has not changed is not asked for again.
    page.evaluate("performance.clearResourceTimings()")
    live.save(TWO.replace("classifier -> inbox", "classifier -> inbox: mail") + "# a remark\n")
    until(page, "document.getElementById('said').textContent.startsWith('Nothing to draw anew')")
    asked = page.evaluate("performance.getEntriesByType('resource').map(each => new URL(each.name).pathname)")
    assert not [path for path in asked if path.startswith("/figure/")]


@needs_browser
def test_a_broken_blueprint_shows_its_last_picture_below_what_is_wrong(live: Live) -> None:
    page = live.page
    before = page.evaluate(SRC)
    live.save(TWO.replace("title: Spam", "titel: <img src=x onerror=alert(1)> Spam"))
    until(page, "!document.getElementById('stale').hidden")
    assert "The figures are those of before." in page.locator("#stale").inner_text()
    finding = page.locator("#findings li.error", has_text="LNG001")
    assert finding.is_visible() and "a.yaml:2:1" in finding.inner_text() and "<img src=x" in finding.inner_text()
    assert page.locator("#findings img").count() == 0 and page.title().startswith("(2) Spam filter")
    assert page.evaluate(SRC) == before
    top, picture = page.locator("#findings").bounding_box()["y"], page.locator("#pictures").bounding_box()["y"]
    assert top < picture
    live.save(TWO)
    until(page, "document.getElementById('stale').hidden")
    assert page.title() == "Spam filter" and page.evaluate(SRC) == before


@needs_browser
def test_figures_are_chosen_by_pointer_and_keys_and_remembered(live: Live) -> None:
    page = live.page
    links = page.locator("nav a")
    assert links.all_inner_texts() == ["System", "<b>Small</b>", "All 2 figures"]
    first = page.evaluate(SRC)
    links.nth(1).click()
    until(page, f"{SRC} !== '{first}'")
    assert page.locator("nav a[aria-current]").inner_text() == "<b>Small</b>" and page.url.endswith("#a/small")
    page.reload()
    until(page, f"{SRC} && {SRC} !== '{first}'")
    page.keyboard.press("j")
    until(page, "document.querySelectorAll('#pictures img').length === 2")
    page.keyboard.press("j")
    until(page, f"document.querySelectorAll('#pictures img').length === 1 && {SRC} === '{first}'")
    # A figure that changes while another one is looked at is marked until it is seen.
    links.nth(0).click()
    live.save(TWO.replace("<b>Small</b>", "Other"))
    until(page, "document.querySelectorAll('nav a.new').length === 1")
    assert page.locator("nav a.new").inner_text().startswith("Other")
    links.nth(1).click()
    until(page, "document.querySelectorAll('nav a.new').length === 0")


@needs_browser
def test_what_is_looked_at_is_told_to_the_server(live: Live) -> None:
    live.page.locator("nav a").nth(1).click()
    for _ in range(100):
        if live._watch._board.watched == ("a", "small"):
            break
        live.page.wait_for_timeout(20)
    assert live._watch._board.watched == ("a", "small")


@needs_browser
def test_large_figures_can_be_seen_in_their_actual_size(live: Live) -> None:
    page = live.page
    flows = "".join(f"    - {{from: a{n}, to: b{n}}}\n" for n in range(14))
    live.save(
        "blueprint: 1\ntitle: Large\narchitecture:\n  flows:\n"
        + flows.replace("{from: ", "").replace(", to:", " ->").replace("}", "")
    )
    until(page, "document.title === 'Large'")
    page.set_viewport_size({"width": 420, "height": 700})
    fitted = page.evaluate("document.querySelector('#pictures img').clientWidth")
    page.keyboard.press("0")
    assert page.locator("#size").get_attribute("aria-pressed") == "true"
    actual = page.evaluate("document.querySelector('#pictures img').clientWidth")
    assert fitted <= 420 < actual
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(live: Live, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    live.page.emulate_media(color_scheme=scheme)
    live.save(TWO.replace("title: Spam", "titel: Spam"))
    until(live.page, "!document.getElementById('stale').hidden")
    found = Axe().run(live.page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()


@needs_browser
def test_the_end_of_the_watch_is_told(browser: Any) -> None:
    board = Board()
    put("a.yaml", GOOD)
    page = browser.new_page()
    try:
        with serve(board) as address:
            Watch(Wish(["a.yaml"], ["system"], ["svg"], "output", "book", None, 1), board).block()
            page.goto(address)
            until(page, SRC)
            assert page.locator("#lost").is_hidden()
        until(page, "!document.getElementById('lost').hidden")
        assert page.locator("#pictures img").count() == 1
        with serve(again := Board(), int(address.rstrip("/").rpartition(":")[2])):
            Watch(Wish(["a.yaml"], ["system"], ["svg"], "output", "dark", None, 1), again).block()
            until(page, "document.getElementById('lost').hidden")
            until(page, "document.getElementById('said').textContent.startsWith('Drew 1')")
    finally:
        page.close()


def test_the_page_asks_nobody_else() -> None:
    folder = Path(__file__).parent.parent / "archkit" / "data" / "live"
    for path in folder.iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text and "https:" not in text and "style=" not in text and " on" + "click=" not in text
