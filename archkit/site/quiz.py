"""Cards of a chapter → its quiz: cards that a script asks one by one, and that can be read without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.sentences import capital
from archkit.site import Chapter
from archkit.site.chapter import picture
from archkit.site.html import NONE, Child, Html, el
from archkit.site.page import Frame, page
from archkit.site.places import page_of

if TYPE_CHECKING:
    from archkit.cards import Card

_KEYS = (
    ("Space or Enter", "show the answer"),
    ("1", "again: not known"),
    ("2", "hard"),
    ("3", "good"),
    ("4", "easy"),
)
GRADES = ("Again", "Hard", "Good", "Easy")


def quiz_page(frame: Frame, chapter: Chapter) -> bytes:
    """Return the quiz of a blueprint.

    Args:
        frame: Of all pages.
        chapter: What is asked about.
    """
    title = chapter.blueprint.title
    figures = [picture(each, each.title or title, each.caption) for each in chapter.asked]
    return page(
        frame,
        f"{title}: quiz",
        el("h1", f"{title}: quiz"),
        panel(),
        el("div", figures, id="quiz-figures", class_="quiz-figures", hidden=True) if figures else NONE,
        el(
            "section",
            el("h2", f"All {len(chapter.cards)} cards"),
            (_card(card, title) for card in chapter.cards),
            id="cards",
            aria_label="All cards",
        ),
        path=f"{chapter.folder}/quiz.html",
        scripts=("decks.js", "schedule.js", "progress.js", "stage.js", "quiz.js"),
        links=[("../index.html", "All designs"), ("index.html", title), (page_of(0), "Source")],
        name="quiz",
    )


def panel() -> Html:
    """Return the place where a script asks cards; hidden without one."""
    buttons = (
        el("button", el("b", str(at)), f" {name} ", el("span", class_="in"), type="button", data_grade=at)
        for at, name in enumerate(GRADES, 1)
    )
    keys: Child = [(el("dt", el("kbd", key)), el("dd", what)) for key, what in _KEYS]
    return el(
        "section",
        el("p", id="quiz-left", class_="left"),
        el("p", id="quiz-front", class_="front", tabindex="-1", aria_live="polite"),
        el("div", id="quiz-back", class_="back", aria_live="polite", hidden=True),
        el("p", el("button", "Show the answer", type="button", id="quiz-show", class_="main"), class_="show"),
        el(
            "div",
            buttons,
            id="quiz-grades",
            class_="grades",
            role="group",
            aria_label="How well did you know it?",
            hidden=True,
        ),
        el("div", id="quiz-figure"),
        el("details", el("summary", "Keys"), el("dl", keys, class_="keys")),
        el("div", progress_tools(), class_="tools"),
        id="quiz",
        class_="panel live",
        aria_label="Quiz",
    )


def progress_tools() -> Html:
    """Return the buttons that save what has been learned to a file, and read it from one."""
    return el(
        "p",
        el("button", "Save progress to a file", type="button", id="progress-export"),
        " ",
        el(
            "label",
            "Load progress from a file",
            el("input", type="file", id="progress-import", accept="application/json,.json"),
            class_="file",
        ),
        " ",
        el("span", id="progress-said", role="status"),
    )


def _card(card: Card, title: str) -> Html:
    front = capital(card.front.removeprefix(f"{title}: "))
    ends: dict[str, str | None] = {}
    if card.mask is not None:
        if card.mask.arrow:
            tail, _, rest = card.mask.of.partition(">")
            head, _, kind = rest.rpartition(":")
            ends = {"data_from": tail, "data_to": head, "data_kind": kind}
        else:
            ends = {"data_node": card.mask.of}
    return el(
        "details",
        el("summary", front),
        (el("p", line) for line in card.back),
        class_="card",
        data_id=card.id,
        data_figure=card.figure or None,
        **ends,
    )
