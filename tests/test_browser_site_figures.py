"""Figures of the site in a real browser: what readers can do with pointer, keys and wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser
from site_pages import Open, browser, figure, folder, until, visit

from archkit.theme import BOOK


@needs_browser
def test_a_pointer_on_a_component_shows_what_it_is_and_its_arrows(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    card = page.locator("body > .card")
    system.locator('g.node[data-id="ranker"]').hover()
    assert card.is_visible()
    said = card.inner_text()
    for words in ("Ranker", "p99 300 ms", "1000", "LAT01", "weights", "flawed.yaml, line 13"):
        assert words in said, words
    near = system.locator("g.node.near").evaluate_all("nodes => nodes.map(node => node.dataset.id).sort()")
    assert near == ["gateway", "ranker", "trainer", "user"]
    system.locator('g.node[data-id="trainer"]').hover()
    assert system.locator("g.edge.near").count() == 1 and "Once a day" in card.inner_text()
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")
    assert system.locator("svg.tracing").count() == 0


@needs_browser
def test_findings_lead_to_their_explanation_and_line(visit: Open) -> None:
    page = visit("flawed/index.html")
    finding = page.locator("#findings .finding", has_text="LAT01").first
    finding.locator("a.code").click()
    page.wait_for_url("**/explained.html#LAT01")
    assert page.locator("#LAT01 h2").is_visible()
    page.go_back()
    page.locator("#findings .finding", has_text="LAT01").first.locator("a.line").first.click()
    page.wait_for_url("**/flawed/source.html#L*")
    assert page.locator(".listing li:target").count() == 1


@needs_browser
def test_components_are_reached_with_keys(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    stops = system.locator("g.node[tabindex='0']")
    assert stops.count() == 1
    system.locator(".stage").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.dataset.id"
    seen = [page.evaluate(focused)]
    for node in seen:  # grows: from each component that is reached, to those beside it
        for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
            system.locator(f"g.node[data-id='{node}']").focus()
            page.keyboard.press(key)
            beside = page.evaluate(focused)
            seen += [beside] if beside not in seen else []
    assert {"trainer", "gateway", "ranker", "user"} == set(seen) and stops.count() == 1
    page.locator('figure[data-name="system"] g.node[data-id="gateway"]').focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "card pinned"
    page.locator(".card.pinned a[data-node='ranker']").click()
    assert "p99 300 ms" in page.locator(".card.pinned").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "ranker" and page.locator("body > .card").is_hidden()


@needs_browser
def test_an_arrow_tells_its_line(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    label = system.locator('g.edge[data-from="trainer"] text.label')
    label.click()
    card = page.locator(".card.pinned")
    assert "weights" in card.inner_text() and card.locator("a.line").get_attribute("href") == "source.html#L18"


@needs_browser
def test_a_request_is_followed_step_by_step_with_keys(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    system.locator(".stage").focus()
    page.keyboard.press("n")
    said = system.locator(".said")
    assert said.get_attribute("aria-live") == "polite" and said.inner_text() == "User → Gateway: open"
    now = "nodes => nodes.map(node => node.dataset.id).sort()"
    assert system.locator("g.node.now").evaluate_all(now) == ["gateway", "user"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    assert said.inner_text() == "Ranker → User: 20 items" and system.locator("g.edge.past").count() == 2
    assert system.locator(".count").inner_text() == "3 of 3"
    assert system.locator("button[aria-label='Next step']").is_disabled()
    page.keyboard.press("ArrowLeft")
    assert said.inner_text() == "Gateway → Ranker: candidates"
    page.keyboard.press("Escape")
    assert system.locator(".now, .past, .walking").count() == 0 and system.locator(".steps").is_hidden()
    system.get_by_role("button", name="Step by step").click()
    system.get_by_label("What to walk through").select_option(label="As drawn on a whiteboard")
    steps = int(system.locator(".count").inner_text().split(" of ")[1])
    system.locator(".steps button").first.focus()
    page.keyboard.press("End")
    assert system.locator(".count").inner_text() == f"{steps} of {steps}"
    assert system.locator("g.node:not(.now, .past)").count() == 0


@needs_browser
def test_figures_grow_by_button_key_and_wheel_and_are_moved(visit: Open) -> None:
    page = visit("spam/index.html")
    system = figure(page)
    svg, stage = system.locator(".stage > svg"), system.locator(".stage")
    width = lambda: svg.bounding_box()["width"]  # noqa: E731
    first, high = width(), stage.bounding_box()["height"]
    system.get_by_role("button", name="Larger").click()
    assert width() == pytest.approx(first * 1.25, rel=0.01)
    stage.focus()
    page.keyboard.press("+")
    assert width() == pytest.approx(first * 1.25**2, rel=0.01) and stage.bounding_box()["height"] == pytest.approx(
        high, abs=1
    )
    box = stage.bounding_box()
    at = box["x"] + 200, box["y"] + 100
    under = """([x, y]) => {
      const svg = document.querySelector('figure[data-name="system"] .stage > svg');
      const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    }"""
    before = page.evaluate(under, at)
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    assert width() > first * 1.6
    assert page.evaluate(under, at) == pytest.approx(before, abs=3)
    left = stage.evaluate("box => box.scrollLeft")
    page.mouse.down()
    page.mouse.move(at[0] - 120, at[1], steps=4)
    page.mouse.up()
    assert stage.evaluate("box => box.scrollLeft") == pytest.approx(left + 120, abs=2)
    stage.focus()
    page.keyboard.press("0")
    assert width() == pytest.approx(first, rel=0.01)
    scroll = page.evaluate("scrollY")
    page.mouse.wheel(0, 150)
    until(page, f"scrollY > {scroll}")  # the wheel alone scrolls the page
    assert width() == pytest.approx(first, rel=0.01)


@needs_browser
def test_lanes_stand_out(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    button = system.get_by_role("button", name="Training", exact=True)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    off = system.locator("g.node.off").evaluate_all("nodes => nodes.map(node => node.dataset.id).sort()")
    assert off == ["gateway", "ranker", "user"] and system.locator("g.lane.off").count() == 1
    button.click()
    assert system.locator(".off").count() == 0


@needs_browser
def test_the_theme_stays_and_colours_the_figures(visit: Open) -> None:
    page = visit("flawed/index.html", color_scheme="light")
    ink = "getComputedStyle(document.querySelector('figure[data-name=\"system\"] g.node text')).fill"
    colour = lambda role: BOOK.colours[role]  # noqa: E731
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    light = page.evaluate(ink)
    assert light == "rgb({}, {}, {})".format(*(int(colour("ink")[at : at + 2], 16) for at in (1, 3, 5)))
    page.select_option("#theme", "dark")
    dark = page.evaluate(ink)
    assert dark != light
    page.goto(page.url.replace("flawed/index", "spam/index"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark" and page.evaluate(ink) == dark
    page.select_option("#theme", "")
    page.reload()
    assert page.evaluate(ink) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) == dark
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ink) == light


@needs_browser
def test_a_figure_fills_the_window_and_comes_back(visit: Open) -> None:
    page = visit("flawed/index.html")
    system = figure(page)
    before = system.evaluate("each => each.previousElementSibling.id")
    system.get_by_role("button", name="Enlarge").click()
    assert page.locator("dialog[open] figure").count() == 1
    box = system.locator(".stage > svg").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1300 and box["y"] + box["height"] <= 900
    system.locator('g.node[data-id="ranker"]').click()
    assert page.locator("dialog .card").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert system.evaluate("each => each.previousElementSibling.id") == before
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Enlarge"


@needs_browser
def test_a_figure_becomes_a_file_of_its_own(visit: Open, browser: Any) -> None:
    page = visit("flawed/index.html", color_scheme="dark", accept_downloads=True)
    system = figure(page)
    system.locator('g.node[data-id="ranker"]').hover()
    with page.expect_download() as caught:
        system.get_by_role("button", name="Download SVG").click()
    assert caught.value.suggested_filename == "flawed-system-system.svg"
    text = Path(caught.value.path()).read_text("utf-8")
    from xml.etree import ElementTree

    root = ElementTree.fromstring(text)
    assert (
        "@font-face" in text
        and "var(" not in text
        and "near" not in text
        and root.get("width") == str(round(float(root.get("width") or 0)))
    )
    words = "".join(root.itertext())
    assert "Ranker" in words and "Gateway" in words
    size = page.evaluate(
        """async () => {
          const svg = document.querySelector('figure[data-name="system"] svg');
          const picture = await createImageBitmap(await archkit.asPng(svg, 400, 300));
          const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
          canvas.drawImage(picture, 0, 0);
          const colours = new Set(canvas.getImageData(0, 0, picture.width, picture.height).data);
          return [picture.width, picture.height, colours.size > 10];
        }"""
    )
    assert size == [800, 600, True]
    system.get_by_role("button", name="Copy as PNG").click()
    until(page, "document.querySelector('figure[data-name=\"system\"] .done').textContent.includes('picture')")
    assert page.evaluate("violations") == []
