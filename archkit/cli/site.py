"""Paths of blueprints → a folder of web pages, a chapter for each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archkit.cli import console
from archkit.cli.inputs import gather
from archkit.cli.options import Blueprints, JobsOption, NoCacheOption, ThemeOption, folder, processes, theme_named
from archkit.cli.progress import Progress
from archkit.cli.reading import sound, status
from archkit.report.escape import visible
from archkit.sentences import how_many
from archkit.workers import WorkerDiedError, Workers


def command(
    blueprints: Blueprints,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER", help="Where the pages are written.")
    ] = "output/site",
    title: Annotated[str, typer.Option("--title", help="Of the site.")] = "Machine-learning systems",
    theme: ThemeOption = "book",
    jobs: JobsOption = None,
    no_cache: NoCacheOption = False,
) -> None:  # fmt: skip
    """Write a site that needs no server: designs with live figures, search, sources, and cards to learn from."""
    target = Path(folder(output))
    look, warnings = theme_named(theme)
    at_once = processes(jobs)
    # Loaded here, so that `--help` needs no figures.
    from archkit import cache
    from archkit.layout import LayoutError
    from archkit.site.build import FIRST, site
    from archkit.site.publish import publish

    store = cache.Cache(None) if no_cache else cache.default()
    inputs = gather(blueprints)
    code = console.report_inputs(inputs)
    with Progress() as progress:
        documents, problems, unread = sound(inputs.blueprints, progress, "page")
        code = max(code, unread, status((*warnings, *problems), False, False))
        if not documents:
            raise typer.Exit(code)

        def tell(doing: str) -> None:
            progress.step(visible(doing))

        try:
            with Workers(at_once, progress.warn) as workers:
                files = site(documents, look, title, store, tell, workers)
        except (LayoutError, WorkerDiedError) as error:
            progress.pause()
            raise typer.Exit(console.undrawn(error)) from None
        written = publish(files, target, tell)
    store.trim()
    count = len(documents)
    console.out(f"{visible(str(target / FIRST))}\n")
    done = f"{how_many(written.changed, 'file')} written, {written.same} as before"
    gone = f", {written.removed} removed" if written.removed else ""
    console.say(f"{how_many(count, 'design')}: {done}{gone}")
    raise typer.Exit(code)
