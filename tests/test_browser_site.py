"""The site in a real browser, opened from the disk: what readers can do with pointer, keys and ears, and the quiz."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser, open_page
from test_site import HOSTILE

import archkit
from archkit.cache import Cache
from archkit.site.build import site
from archkit.site.publish import publish
from archkit.theme import BOOK

SHIPPED = Path(__file__).parent.parent / "blueprints" / "spam-filter.yaml"
FLAWED = """\
blueprint: 1
title: Flawed system
archetype: recommendation
tags: [flawed]
requirements: {goal: Show what people like, latency: {p99: 100 ms}}
architecture:
  lanes:
    training:
      trainer: {type: training_job, note: Once a day}
    inference:
      user: user
      gateway: {type: api_gateway, latency: {p99: 20 ms}, tech: kong}
      ranker: {type: ranker, latency: {p99: 300 ms}, in: 1000, out: 20}
  flows:
    - user -> gateway: {label: open, step: 1}
    - gateway -> ranker: {label: candidates, step: 2}
    - ranker -> user: {label: 20 items, step: 3}
    - trainer -> ranker: {label: weights, kind: deploy}
"""
PAGES = (
    "index.html", "explained.html", "flawed/index.html", "flawed/quiz.html", "flawed/source.html", "spam/index.html",
    "hostile/index.html", "hostile/quiz.html",
)  # fmt: skip
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));
"""

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "a folder with spaces & signs #"
    documents = [
        ("spam", archkit.load(SHIPPED)),
        ("flawed", archkit.loads(FLAWED, "flawed.yaml")),
        ("hostile", archkit.loads(HOSTILE, "hostile.yaml")),
    ]
    publish(site(documents, BOOK, "Designs", Cache(None), lambda doing: None), target, lambda doing: None)
    return target


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_page() as page:
        yield page.context.browser


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Open]:
    """Open pages of the site in one profile of the browser; whatever the console says fails the test."""
    contexts: list[Any] = []
    said: list[str] = []

    def opened(path: str, mark: str = "", width: int = 1300, height: int = 900, **more: Any) -> Any:
        if more or not contexts:
            contexts.append(browser.new_context(viewport={"width": width, "height": height}, **more))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.add_init_script(WATCH)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
        page.on(
            "request", lambda each: None if each.url.startswith(("file:", "data:", "blob:")) else said.append(each.url)
        )
        page.goto((folder / path).as_uri() + mark, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


def until(page: Any, expression: str) -> None:
    """Wait until something holds; the browser's own way to wait would break the policy of the pages."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def alive(page: Any) -> None:
    """Scroll through a page, so that all figures come to life."""
    page.evaluate(
        """async () => {
          for (const figure of document.querySelectorAll('main figure.figure')) {
            figure.scrollIntoView();
            await new Promise(done => setTimeout(done, 30));
          }
          scrollTo(0, 0);
        }"""
    )
    until(page, "[...document.querySelectorAll('main > section figure')].every(f => f.matches('.alive'))")


def figure(page: Any, name: str = "system") -> Any:
    found = page.locator(f'figure[data-name="{name}"]')
    found.scroll_into_view_if_needed()
    page.wait_for_selector(f'figure[data-name="{name}"].alive')
    return found


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
    for key in ("ArrowDown", "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
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


# the quiz


def kept(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('archkit:progress')") or "{}")
    return found.get("cards", {})


@needs_browser
def test_a_card_is_covered_answered_graded_and_remembered(visit: Open) -> None:
    page = visit("flawed/quiz.html")
    total = page.locator("details.card").count()
    front = page.locator("#quiz-front")
    assert page.locator("#quiz-left").inner_text() == f"{min(total, 20)} to go"
    assert page.locator("#quiz-figure .mask").count() == 1 and page.locator("#quiz-back").is_hidden()
    first = page.locator("details.card").first
    assert front.inner_text() == first.locator("summary").inner_text()
    covered = page.locator(".covered text:not(.step)").evaluate_all(
        "found => found.map(each => getComputedStyle(each).visibility)"
    )
    assert covered and set(covered) == {"hidden"}
    page.keyboard.press("3")  # not before the answer is shown
    assert kept(page) == {}
    page.keyboard.press(" ")
    assert page.locator(".mask").count() == 0 and page.locator("#quiz-back").inner_text() != ""
    assert page.locator("[data-grade] .in").all_inner_texts() == ["5 min", "1 d", "3 d", "16 d"]
    page.keyboard.press("3")
    [(name, card)] = kept(page).items()
    assert name == first.get_attribute("data-id") and card["stability"] == pytest.approx(3.173)
    page.reload()
    assert front.inner_text() != first.locator("summary").inner_text() and list(kept(page)) == [name]
    page.keyboard.press("Enter")
    page.locator("[data-grade='1']").click()
    assert page.locator("#quiz-left").inner_text() == f"{min(total, 20) - 1} to go, 1 answered"  # it comes again


@needs_browser
def test_cards_that_are_due_are_counted_and_asked_first(visit: Open) -> None:
    page = visit("flawed/quiz.html")
    names = [card.get_attribute("data-id") for card in page.locator("details.card").all()]
    card = {"difficulty": 5, "stability": 3, "last": 1, "due": 2, "asked": 1, "forgotten": 0}
    later = {**card, "due": 9e12}
    text = json.dumps(
        {"version": 1, "cards": {names[2]: card, names[1]: {**card, "due": 1}, names[0]: later}, "days": {}}
    )
    page.evaluate("text => localStorage.setItem('archkit:progress', text)", text)
    page.goto(page.url.replace("flawed/quiz", "index"))
    assert page.locator('[data-deck="flawed"]').inner_text() == f"{len(names)} cards 2 due"
    assert page.locator("#due-all").inner_text().startswith("2 cards due now; 3 of")
    page.select_option("#sort", "due")
    assert page.locator(".tile h2").first.inner_text() == "Flawed system"
    page.goto(page.url.split("index.html")[0] + "flawed/quiz.html")
    assert page.locator("#quiz-front").inner_text() == page.locator("details.card summary").nth(1).inner_text()


@needs_browser
def test_new_cards_of_a_day_are_bounded(visit: Open) -> None:
    page = visit("spam/quiz.html")
    total = page.locator("details.card").count()
    assert total > 12 and page.locator("#quiz-left").inner_text() == f"{min(20, total)} to go"
    page.evaluate(
        """() => {
          const now = new Date();
          const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0'));
          const kept = {version: 1, cards: {}, days: {[day.join('-')]: 18, '2020-01-01': 20}};
          localStorage.setItem('archkit:progress', JSON.stringify(kept));
        }"""
    )
    page.reload()
    assert page.locator("#quiz-left").inner_text() == "2 to go"
    for _ in range(2):
        page.keyboard.press(" ")
        page.keyboard.press("4")
    assert page.locator("#quiz-front").inner_text().startswith("Nothing is due here; the next card is due in 16 d")
    page.reload()
    page.get_by_role("button", name="Begin 10 more").click()
    assert page.locator("#quiz-left").inner_text() == "10 to go"


@needs_browser
def test_progress_is_saved_to_a_file_and_read_from_one(visit: Open, tmp_path: Path) -> None:
    page = visit("flawed/quiz.html", accept_downloads=True)
    page.keyboard.press(" ")
    page.keyboard.press("2")
    with page.expect_download() as caught:
        page.click("#progress-export")
    saved = json.loads(Path(caught.value.path()).read_text("utf-8"))
    assert saved["version"] == 1 and saved["cards"] == kept(page)
    [name] = saved["cards"]
    newer = {**saved["cards"][name], "last": saved["cards"][name]["last"] + 1, "stability": 50}
    bad = {"difficulty": "x", "stability": -1}
    saved["cards"] = {name: newer, "other/x": {**newer, "last": 5}, "bad": bad, "worse": None}
    file = tmp_path / "progress.json"
    file.write_text(json.dumps(saved))
    page.set_input_files("#progress-import", str(file))
    until(page, "document.getElementById('progress-said').textContent.includes('2 cards')")
    assert sorted(kept(page)) == sorted([name, "other/x"]) and kept(page)[name]["stability"] == 50
    for text in ("", "[]", "{}", '{"version": 2, "cards": {}}', '{"version": 1, "cards": null}'):
        file.write_text(text)
        page.set_input_files("#progress-import", str(file))
        until(page, "document.getElementById('progress-said').textContent.includes('no progress')")
        page.evaluate("document.getElementById('progress-said').textContent = ''")
    assert len(kept(page)) == 2


# Grades, days between them, and difficulty, stability and interval after each, as the package fsrs 4.1.1 computes them
# without learning steps and fuzz; a card that was not known is asked again at once here, so its interval is left out.
REFERENCE = (
    (
        (3, 3, 3, 3),
        (3, 10, 30),
        ((5.282434, 3.173, 3), (5.272968, 10.738926, 11), (5.263545, 32.615222, 33), (5.254165, 90.265613, 90)),
    ),
    (
        (1, 3, 2, 4),
        (0, 2, 5),
        ((7.1949, 0.40255, 0), (7.176636, 0.566698, 1), (7.614487, 1.331906, 1), (7.208984, 20.760015, 21)),
    ),
    ((4, 1, 3), (20, 0), ((3.224502, 15.69105, 16), (5.413262, 2.930142, 0), (5.403194, 4.12497, 4))),
    (
        (2, 2, 2, 1),
        (1, 2, 3),
        ((6.488305, 1.18385, 1), (7.040502, 1.707363, 2), (7.500967, 2.558557, 3), (8.288584, 0.918967, 0)),
    ),
    (
        (3, 4, 1, 1),
        (9, 40, 1),
        ((5.282434, 3.173, 3), (4.510986, 60.35704, 60), (6.278242, 4.587153, 0), (7.466473, 1.113022, 0)),
    ),
)


@needs_browser
@pytest.mark.parametrize(("grades", "gaps", "wanted"), REFERENCE)
def test_intervals_are_those_of_the_published_model(
    visit: Open, grades: tuple[int, ...], gaps: tuple[int, ...], wanted: tuple[tuple[float, ...], ...]
) -> None:
    page = visit("flawed/quiz.html")
    found = page.evaluate(
        """([grades, gaps]) => {
          let now = 1e12, card = null;
          return grades.map((grade, at) => {
            if (at) now += gaps[at - 1] * archkit.schedule.DAY;
            card = archkit.schedule.after(card, grade, now);
            return [card.difficulty, card.stability, Math.floor((card.due - now) / archkit.schedule.DAY)];
          });
        }""",
        [grades, gaps],
    )
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other, abs=2e-5)
