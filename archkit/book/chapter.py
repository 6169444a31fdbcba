"""Documents → the chapters of a book: the seven steps, each with its figures, the sums, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from archkit.book import (
    Block,
    Book,
    Chapter,
    Entry,
    Figure,
    Heading,
    Items,
    Look,
    Paper,
    Para,
    Ref,
    Table,
    numbered,
    sections,
)
from archkit.book.placing import PAPERS, placed
from archkit.capacity import sheet
from archkit.catalog import TYPES
from archkit.facts.derived import show
from archkit.figures import KINDS
from archkit.figures.common import STEP_TITLES, inside
from archkit.render.png import size
from archkit.sentences import capital
from archkit.theme import Theme, counterpart
from archkit.view import FigureView

if TYPE_CHECKING:
    from archkit import contents
    from archkit.blueprint import Blueprint
    from archkit.document import Document
    from archkit.picture import GraphFigure
    from archkit.pictures import Picture

Draw = Callable[[Sequence[FigureView]], Iterable[str]]
"""Yields the texts of the SVG files of figures, in their order."""


def book(
    documents: Sequence[tuple[str, Document]],
    theme: Theme,
    draw: Draw,
    title: str,
    subtitle: str,
    paper: Paper = PAPERS["a4"],
) -> Book:
    """Return the book of some documents; those with the number of a chapter come first, by that number.

    Args:
        documents: Without errors of the language, each with a name of its own.
        theme: Of the figures.
        draw: Draws all figures.
        title: On the first page.
        subtitle: Below it.
        paper: That it is printed on.
    """
    pairs = [(name, document, document.blueprint) for name, document in documents]
    known = [(name, document, blueprint) for name, document, blueprint in pairs if blueprint is not None]
    known.sort(key=lambda each: (each[2].chapter is None, each[2].chapter or 0))
    numbers = numbered([blueprint.chapter for _, _, blueprint in known])
    planned = [_planned(name, document, theme) for name, document, _ in known]
    place = partial(placed, theme=theme, paper=paper)
    drawn = iter(draw([each.view for views in planned for each in views]))
    chapters = tuple(
        _chapter(name, number, blueprint, list(_figures(name, number, document, place, views, drawn)))
        for number, (name, document, blueprint), views in zip(numbers, known, planned, strict=True)
    )
    index = tuple(_index([(name, blueprint) for name, _, blueprint in known]))
    return Book(title, subtitle, chapters, index, paper, _look(theme, paper))


def _look(theme: Theme, paper: Paper) -> Look:
    """Return colours for what stands around figures: slides have the ground of the theme, paper is white."""
    light = counterpart(theme) if theme.dark and not paper.slides else theme
    ground = light.colour("paper") if paper.slides else "#ffffff"
    return Look(ground, *map(light.colour, ("ink", "muted", "lane.data.title", "model.fill")))


class _Planned(NamedTuple):
    """A figure before it is drawn.

    Attributes:
        entry: What it is planned from.
        figure: With its title and caption.
        view: Without them: the words around figures are the book's.
    """

    entry: contents.Entry
    figure: GraphFigure | Picture
    view: FigureView


def _planned(name: str, document: Document, theme: Theme) -> list[_Planned]:
    """Return the figures of a chapter."""
    found = []
    for entry in document.entries:
        figure = entry._replace(number=0).plan()
        bare = replace(figure, title="", caption="")
        found.append(_Planned(entry, figure, FigureView(entry.name, name, bare, theme)))
    return found


def _chapter(name: str, number: int, blueprint: Blueprint, figures: Sequence[tuple[str, Figure]]) -> Chapter:
    blocks: list[Block] = [Para((blueprint.summary,))] if blueprint.summary else []
    for at, (step, told) in enumerate(sections.STEPS.items(), 1):
        own = [figure for kind_step, figure in figures if kind_step == step]
        said = list(told(blueprint))
        if step == "serving":
            said += _sums(blueprint)
        if said or own:
            blocks += [Heading(2, f"Step {at}: {STEP_TITLES[step]}"), *said, *_shown(own)]
    last = [figure for kind_step, figure in figures if kind_step == "summary"]
    if last:
        blocks += [Heading(2, "Summary"), *_shown(last)]
    blocks += _sources(blueprint)
    return Chapter(name, number, blueprint.title, tuple(blueprint.tags), tuple(blocks))


def _figures(
    name: str,
    number: int,
    document: Document,
    place: Callable[[tuple[float, float]], tuple[bool, float, float]],
    planned: Sequence[_Planned],
    drawn: Iterator[str],
) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of a chapter, each with the step that it tells about.

    A figure has the number that it has on the site and below its picture, so that all three can be used side by side.
    """
    found = []
    for at, ((entry, figure, _), svg) in enumerate(zip(planned, drawn, strict=False), 1):
        page = place(size(svg))
        caption = _caption(figure, document)
        label = f"{name}/{entry.name}"
        one = Figure(label, f"{number}.{at}", caption, figure.description, entry.kind.name, svg, *page)
        found.append((entry.step, one))
    steps = [*sections.STEPS, "summary"]
    yield from sorted(found, key=lambda each: steps.index(each[0]))


def _caption(figure: GraphFigure | Picture, document: Document) -> str:
    """Return what stands below a figure: its title and caption, without the system that the chapter is about."""
    assert document.blueprint is not None  # noqa: S101  it has been drawn
    system = f"{document.blueprint.title}: "
    title, caption = (words.removeprefix(system) for words in (figure.title, figure.caption))
    caption = capital(caption)
    return caption if not title or title + ": " == system or title.lower() in caption.lower() else f"{title}. {caption}"


def _shown(figures: Sequence[Figure]) -> Iterator[Block]:
    """Yield the figures of a section, behind a sentence that names them all."""
    if not figures:
        return
    words: list[str | Ref] = ["Drawn in " if len(figures) > 1 else "See "]
    for at, figure in enumerate(figures):
        if at:
            words.append(" and " if at == len(figures) - 1 else ", ")
        words += [Ref(figure.label), f" ({inside(KINDS[figure.kind].title)})"]
    yield Para((*words, "."))
    yield from figures


def _sums(blueprint: Blueprint) -> Iterator[Block]:
    """Yield the capacity sheet."""
    found = sheet(blueprint)
    rows = tuple(
        (row.number.name.replace("`", ""), ("" if row.sure else "≈ ") + show(row.number.value), row.number.formula)
        for section in found
        for row in section.rows
    )
    if rows:
        yield Heading(3, "Capacity")
        yield Table(("Number", "Value", "How it follows"), rows, (3, 1.4, 3.6))
        if any(not row.sure for section in found for row in section.rows):
            yield Para(("≈ rests on an estimate.",))


def _sources(blueprint: Blueprint) -> Iterator[Block]:
    """Yield what the chapter rests on: estimates and references."""
    if blueprint.assumptions:
        yield Heading(3, "Estimates")
        yield Table(("Value", "Why"), tuple(blueprint.assumptions.items()), (1, 1))
    if blueprint.references:
        yield Heading(3, "References")
        found = []
        for each in blueprint.references.values():
            who = f"{', '.join(each.authors)}: " if each.authors else ""
            when = f", {each.year}" if each.year else ""
            note = f" ({each.note})" if each.note else ""
            found.append(f"{who}{each.title}{when}{f', {each.url}' if each.url else ''}{note}")
        yield Items(tuple(found))


def _index(blueprints: Sequence[tuple[str, Blueprint]]) -> Iterator[Entry]:
    """Yield the kinds of components by name, with those of each chapter."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for label, blueprint in blueprints:
        for component in blueprint.components.values():
            kind = TYPES.get(component.type)
            if kind is not None and component.type != "component":
                found.setdefault(kind.title, {}).setdefault(component.title, {})[label] = None
    for name in sorted(found, key=str.casefold):
        titles = sorted(found[name], key=str.casefold)
        yield Entry(name, tuple((title, tuple(found[name][title])) for title in titles))
