"""Chapters → the first page: all designs with a small picture, a search, filters, and cards that are due."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from archkit.sentences import how_many
from archkit.site import Chapter
from archkit.site.html import NONE, Html, address, el
from archkit.site.page import Frame, chips, page, ring
from archkit.site.parts import mark
from archkit.site.quiz import progress_tools

_SCORES = (95, 90, 80, 60)
_SORTS = (("given", "in order"), ("title", "by title"), ("score", "by score"), ("due", "by cards due"))


def index_page(frame: Frame, chapters: Sequence[Chapter]) -> bytes:
    """Return the first page.

    Args:
        frame: Of all pages.
        chapters: In the order of the site.
    """
    figures = sum(len(chapter.figures) for chapter in chapters)
    cards = sum(len(chapter.cards) for chapter in chapters)
    designs = how_many(len(chapters), "design")
    return page(
        frame,
        frame.title,
        el(
            "div",
            el("h1", frame.title),
            el(
                "p",
                f"{designs}, {figures} figures and {cards} cards to learn from.",
                class_="summary",
            ),
            class_="head",
        ),
        _filters(chapters),
        el("p", id="found", role="status", class_="live"),
        el("ul", (_tile(at, chapter) for at, chapter in enumerate(chapters)), class_="tiles", id="tiles"),
        el(
            "section",
            el("h2", "Inside the designs"),
            el("ul", id="hits"),
            id="inside",
            hidden=True,
            aria_label="Inside the designs",
        ),
        el("section", el("h2", "Your progress"), el("p", id="due-all"), progress_tools(), class_="panel live tools"),
        path="index.html",
        scripts=("search-data.js", "decks.js", "progress.js", "index.js"),
        links=[("explained.html", "Findings explained")],
        name="first",
    )


def _filters(chapters: Sequence[Chapter]) -> Html:
    kinds = Counter(kind for chapter in chapters for kind in chapter.blueprint.archetypes)
    tags = Counter(tag for chapter in chapters for tag in dict.fromkeys(chapter.blueprint.tags))
    return el(
        "div",
        el(
            "label",
            el("span", "Search"),
            el("input", type="search", id="q", placeholder="Title, component, figure, tag …", autocomplete="off"),
        ),
        _select("archetype", "Kind", [("", "all"), *_counted(kinds)]),
        _select("tag", "Tag", [("", "all"), *_counted(tags)]),
        _select("score", "Score", [("", "any"), *((str(least), f"{least} and more") for least in _SCORES)]),
        _select("sort", "Sorted", _SORTS),
        el("button", "Clear", type="button", id="clear"),
        class_="filters live",
        role="search",
    )


def _counted(found: Counter[str]) -> Iterator[tuple[str, str]]:
    for word in sorted(found, key=str.casefold):
        yield word, f"{word} ({found[word]})"


def _select(id_: str, label: str, options: Iterable[tuple[str, str]]) -> Html:
    listed = (el("option", words, value=value) for value, words in options)
    return el("label", el("span", label), el("select", listed, id=id_))


def _tile(at: int, chapter: Chapter) -> Html:
    blueprint = chapter.blueprint
    here = address(chapter.folder)
    picture = next((figure.thumbnail for figure in (*chapter.figures, *chapter.asked) if figure.thumbnail), NONE)
    number = f"{blueprint.chapter}. " if blueprint.chapter is not None else ""
    return el(
        "li",
        el("div", picture, class_="small"),
        el("h2", el("a", number, blueprint.title, href=f"{here}/index.html")),
        el("p", blueprint.summary) if blueprint.summary else NONE,
        chips(tuple(dict.fromkeys((*blueprint.archetypes, *blueprint.tags))), "tags"),
        el(
            "p",
            ring(chapter.score.points, "Score"),
            el("span", f"{len(chapter.figures)} figures"),
            el("a", f"{len(chapter.cards)} cards", href=f"{here}/quiz.html", data_deck=chapter.folder),
            class_="counts",
        ),
        class_="tile",
        data_at=at,
        data_title=blueprint.title,
        data_archetypes=json.dumps(blueprint.archetypes),
        data_tags=json.dumps(blueprint.tags),
        data_score=chapter.score.points,
    )


def search_data(chapters: Sequence[Chapter]) -> bytes:
    """Return a script with all that can be found: what it is called, what it is, in which design, and where."""
    found = [list(hit) for at, chapter in enumerate(chapters) for hit in _hits(at, chapter)]
    return _script("search", found)


def _hits(at: int, chapter: Chapter) -> Iterator[tuple[str, str, int, str, str]]:
    blueprint, here = chapter.blueprint, f"{chapter.folder}/index.html"
    for figure in chapter.figures:
        words = f"{figure.kind.title} {figure.caption}"
        yield figure.title or figure.kind.title, "figure", at, address(here, f"fig-{figure.name}"), words
    for component in blueprint.components.values():
        words = " ".join((component.type.replace("_", " "), component.tech, component.note))
        yield component.title, "component", at, address(here, mark(component.id)), words
    for name in blueprint.evaluation.offline:
        yield name, "metric", at, address(here, "evaluation"), "offline"
    for model in blueprint.model.models.values():
        yield model.title or model.id, "model", at, address(here, "model"), f"{model.role} {model.loss}"


def decks(chapters: Sequence[Chapter]) -> bytes:
    """Return a script with the ids of all cards, so that every page knows how many are due."""
    found = [
        {"folder": chapter.folder, "title": chapter.blueprint.title, "ids": [card.id for card in chapter.cards]}
        for chapter in chapters
    ]
    return _script("decks", found)


def _script(name: str, value: object) -> bytes:
    return f'"use strict";\nwindow.archkit.{name} = {json.dumps(value)};\n'.encode()
