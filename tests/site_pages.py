"""Pages of a site for tests in a browser: fixtures that write them once a module and open them in one profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import open_page
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
          for (const figure of document.querySelectorAll('main > section figure')) {
            figure.scrollIntoView();
            for (let more = 100; more && !figure.matches('.alive'); more -= 1) {
              await new Promise(done => setTimeout(done, 30));
            }
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
