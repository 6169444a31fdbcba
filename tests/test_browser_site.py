"""The site in a real browser, opened from the disk: every page, search, paper, and what holds for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser
from site_pages import PAGES, WATCH, Open, alive, browser, figure, folder, until, visit


@needs_browser
@pytest.mark.parametrize("path", PAGES)
def test_pages_open_from_a_disk_without_a_word_of_complaint(visit: Open, path: str) -> None:
    page = visit(path)
    alive(page) if path.endswith("index.html") and "/" in path else None
    assert page.locator("h1").count() == 1 and page.evaluate("violations") == []
    assert page.evaluate("document.fonts.check('600 16px \"Source Sans Pro\"')")
    assert page.evaluate("[...document.styleSheets].length") == 3


@needs_browser
def test_the_policy_holds_what_is_forbidden(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto((folder / "flawed/index.html").as_uri())
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML('beforeend', '<p style="color:red">x</p><img src="https://example.org/x.png">');
          const script = document.createElement('script');
          script.textContent = 'window.taken = true';
          document.body.append(script);
        }"""
    )
    until(page, "new Set(violations).size === 3")
    assert sorted(set(page.evaluate("violations"))) == ["img-src", "script-src-elem", "style-src-attr"]
    assert page.evaluate("window.taken") is None
    page.close()


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES[:6], "hostile/index.html"])
def test_pages_are_accessible(visit: Open, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, color_scheme=scheme, reduced_motion="reduce")
    if path.endswith("/index.html"):
        alive(page)
        figure(page).locator("g.node").first.focus()
        page.keyboard.press("Enter")
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()


@needs_browser
def test_search_and_filters(visit: Open) -> None:
    page = visit("index.html")
    tiles = page.locator(".tile:visible h2")
    assert tiles.count() == 3
    page.keyboard.press("/")
    page.keyboard.type("RANKER")
    assert tiles.all_inner_texts() == ["Flawed system"]
    assert page.locator("#found").inner_text() == "1 design of 3"
    hit = page.locator("#hits a", has_text="Ranker").first
    assert hit.get_attribute("href") == "flawed/index.html#c-ranker"
    page.reload()
    assert page.locator("#q").input_value() == "RANKER" and tiles.count() == 1
    page.click("#clear")
    assert tiles.count() == 3 and page.evaluate("location.hash") == ""
    page.select_option("#archetype", "recommendation")
    assert tiles.all_inner_texts() == ["Flawed system"]
    page.click("#clear")
    page.select_option("#tag", "<b>tag</b>")
    assert tiles.count() == 1 and "<script>" in tiles.first.inner_text()
    page.click("#clear")
    page.select_option("#score", "90")
    assert tiles.count() == sum(int(each.get_attribute("data-score")) >= 90 for each in page.locator(".tile").all())
    page.click("#clear")
    page.select_option("#sort", "title")
    names = tiles.all_inner_texts()
    assert sorted(names[1:]) == names[1:]
    page.locator(".tile h2 a", has_text="Flawed").click()
    page.wait_for_url("**/flawed/index.html")


@needs_browser
def test_pages_are_whole_without_scripts_and_on_paper(visit: Open) -> None:
    page = visit("flawed/index.html", java_script_enabled=False)
    assert page.locator('figure[data-name="system"] svg').is_visible() and page.locator("#theme").is_hidden()
    assert page.locator("#c-ranker").is_visible() and page.locator(".walk summary").count() == 4
    page.goto(page.url.replace("index", "quiz"))
    assert page.locator("#quiz").is_hidden() and page.locator("details.card").count() > 3
    page = visit("flawed/index.html", java_script_enabled=True)
    alive(page)
    page.emulate_media(media="print")
    # Firefox keeps no heading with what follows it, so that title and figure must be one piece.
    assert page.locator("main > section figure").evaluate_all(
        """found => found.length > 2 && found.every(each => each.previousElementSibling.localName === 'h3'
          && getComputedStyle(each.parentElement).breakInside === 'avoid')"""
    )
    assert page.locator(".bar, .contents, figure .tools, .skip").evaluate_all(
        "found => found.every(each => getComputedStyle(each).display === 'none')"
    )


@needs_browser
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_of_a_narrow_screen(visit: Open, path: str) -> None:
    page = visit(path, width=360, height=740, has_touch=True)
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if path == "flawed/index.html":
        system = figure(page)
        system.locator('g.node[data-id="gateway"]').tap()
        box = page.locator(".card.pinned").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 740
