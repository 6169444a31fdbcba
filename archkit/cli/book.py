"""Paths of blueprints → a typeset book, a chapter for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.inputs import gather
from archkit.cli.options import (
    Blueprints,
    JobsOption,
    NoCacheOption,
    ThemeOption,
    can_write_pdf,
    choice,
    ending,
    processes,
    theme_named,
)
from archkit.cli.progress import Progress
from archkit.cli.reading import sound, status
from archkit.report.escape import visible
from archkit.sentences import how_many, series
from archkit.workers import WorkerDiedError, Workers

if TYPE_CHECKING:
    from archkit.cache import Cache
    from archkit.view import FigureView


def command(
    blueprints: Blueprints,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; ends in .pdf.")
    ] = "output/book.pdf",
    title: Annotated[str, typer.Option("--title", help="Of the book.")] = "Machine-learning systems",
    subtitle: Annotated[str, typer.Option("--subtitle", help="Below the title.")] = "",
    theme: ThemeOption = "book",
    page: Annotated[
        str, typer.Option("--page", help="Paper: a4, letter, or 16:9 for slides.", autocompletion=complete.papers)
    ] = "a4",
    jobs: JobsOption = None,
    no_cache: NoCacheOption = False,
) -> None:  # fmt: skip
    """Typeset a book: a chapter for each blueprint, in the order of the seven steps, with all its figures."""
    ending(output, ("pdf",), "--output")
    look, warnings = theme_named(theme)
    # Loaded here, so that `--help` needs no figures.
    from archkit import cache
    from archkit.book import wanted_twice
    from archkit.book.chapter import book
    from archkit.book.pdf import pdf
    from archkit.book.placing import PAPERS
    from archkit.layout import LayoutError

    can_write_pdf()
    paper = PAPERS[choice(page, PAPERS, "--page")]
    at_once = processes(jobs)
    store = cache.Cache(None) if no_cache else cache.default()
    inputs = gather(blueprints)
    code = console.report_inputs(inputs)
    with Progress() as progress, Workers(at_once, progress.warn) as workers:
        documents, problems, unread = sound(inputs.blueprints, progress, "chapter")
        code = max(code, unread, status((*warnings, *problems), False, False))
        if not documents:
            raise typer.Exit(code)
        wanted = [(name, each.blueprint.chapter) for name, each in documents if each.blueprint]
        for number, names in wanted_twice(wanted).items():
            progress.pause()
            console.say(
                f"chapters are numbered from 1 on: chapter {number} is asked for by {series(map(visible, names))}"
            )
        count = len(documents)
        drawn: list[str] = []

        def draw(views: Sequence[FigureView]) -> Iterator[str]:
            begun = [_begun(view, store, workers) for view in views]
            for view, svg in zip(views, begun, strict=True):
                drawn.append(view.name)
                progress.step(f"drawing figure {len(drawn)}: {visible(view.blueprint)}/{visible(view.name)}")
                yield svg()

        try:
            below = subtitle or f"{how_many(count, 'design')}, drawn and checked"
            whole = book(documents, look, draw, title, below, paper)
        except (LayoutError, WorkerDiedError) as error:
            progress.pause()
            raise typer.Exit(console.undrawn(error)) from None
        progress.step("typesetting")
        files.write(output, pdf(whole))
    store.trim()
    console.out(f"{visible(output)}\n")
    console.say(f"{how_many(count, 'chapter')}, {how_many(len(drawn), 'figure')}")
    raise typer.Exit(code)


def _begun(view: FigureView, store: Cache, workers: Workers) -> Callable[[], str]:
    """Begin with a figure that is not in the cache; return what gives its SVG."""
    from archkit.cache import key
    from archkit.made import effort, svg

    name = key("svg", view.figure, view.theme, view.name, view.blueprint)
    kept = store.get(name)
    if kept is not None:
        return kept.decode
    task = workers.begin(svg, view, effort=effort(view))

    def finished() -> str:
        text = task.result()
        store.put(name, text.encode())
        return text

    return finished
