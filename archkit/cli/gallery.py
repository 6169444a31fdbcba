"""Paths of blueprints → one page with an example of every kind of figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from archkit import files
from archkit.cli import console
from archkit.cli.inputs import gather
from archkit.cli.options import JobsOption, ThemeOption, can_write_pdf, ending, processes, theme_named
from archkit.cli.progress import Progress
from archkit.cli.reading import read, status
from archkit.report.escape import visible
from archkit.workers import WorkerDiedError, Workers

if TYPE_CHECKING:
    from archkit.diagnostics import Diagnostic
    from archkit.document import Document
    from archkit.gallery import Card
    from archkit.theme import Theme

_FORMATS = ("html", "svg", "png", "pdf")


def command(
    blueprints: Annotated[
        list[str] | None,
        typer.Argument(metavar="[BLUEPRINT]...", help="What to draw; examples of archkit's own if nothing is named."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Ends in .html, .svg, .png or .pdf.")
    ] = "output/gallery.html",
    theme: ThemeOption = "book",
    columns: Annotated[
        float, typer.Option("--columns", metavar="N", help="Figures side by side in a picture.", show_default="4")
    ] = 4,
    scale: Annotated[float, typer.Option("--scale", help="Pixels of a PNG for one pixel of the page.")] = 1.0,
    jobs: JobsOption = None,
) -> None:
    """Show every kind of figure on one page, each with what it tells."""
    format = ending(output, _FORMATS, "--output")
    if format == "pdf":
        can_write_pdf()
    if columns not in range(1, 13):
        raise typer.BadParameter(f"write a whole number from 1 to 12, not {columns:g}", param_hint="'--columns'")
    at_once = processes(jobs)
    look, warnings = theme_named(theme)
    documents, findings, code = _documents(blueprints or [])
    if not documents:
        raise typer.Exit(max(code, status(findings, False, False)))
    # Loaded here, so that `--help` needs no figures.
    from archkit.gallery import cards, drawn
    from archkit.layout import LayoutError

    try:
        with Progress() as progress, Workers(at_once, progress.warn) as workers:
            progress.step("drawing an example of every kind of figure")
            found = cards(documents, look, adaptive=format == "html", workers=workers)
    except (LayoutError, WorkerDiedError) as error:
        raise typer.Exit(console.undrawn(error)) from None
    try:
        data = _written(found, look, format, int(columns), scale)
    except (ImportError, ValueError) as error:
        console.problem(str(error))
        raise typer.Exit(console.Code.USAGE) from None
    files.write(output, data)
    console.out(f"{visible(output)}\n")
    missing = [card.kind.name for card in found if card.view is None]
    console.say(f"{len(drawn(found))} of {len(found)} kinds of figures")
    if missing:
        console.say(f"not drawn, as no blueprint has what they need: {', '.join(missing)}")
    raise typer.Exit(max(code, status([*findings, *warnings], False, False)))


def _documents(paths: list[str]) -> tuple[list[Document], list[Diagnostic], int]:
    """Return the blueprints without errors, what was found in all, and the exit code for paths that name none."""
    if not paths:
        from archkit.examples import documents

        return list(documents()), [], console.Code.CLEAN
    inputs = gather(paths)
    code = console.report_inputs(inputs)
    good: list[Document] = []
    found: list[Diagnostic] = []
    for each in inputs.blueprints:
        document = read(each.path)
        if document is None:
            code = max(code, console.Code.USAGE)
        elif document.broken:
            console.report(document.problems, document.sources)
            console.say(f"{visible(document.name)} is not drawn because of its errors")
            found += document.problems
        else:
            good.append(document)
    return good, found, code


def _written(found: list[Card], theme: Theme, format: str, columns: int, scale: float) -> bytes:
    """Return the content of the page.

    Raises:
        MissingPackageError: The package for the format is not installed.
        ValueError: The scale makes no picture.
    """
    from archkit import gallery

    if format == "html":
        return gallery.page(found, theme).encode()
    text = gallery.sheet(found, theme, columns)
    if format == "svg":
        return text.encode()
    if format == "pdf":
        from archkit.render.pdf import pdf

        return pdf(text, gallery.HEAD)
    from archkit.render.png import png

    return png(text, scale)
