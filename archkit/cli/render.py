"""Paths of blueprints → pictures of their figures in the output folder."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.drawing import Run, Wish
from archkit.cli.inputs import gather
from archkit.cli.options import (
    Blueprints,
    ErrorOnWarningOption,
    ExitZeroOption,
    FigureOption,
    FormatOption,
    JobsOption,
    NoCacheOption,
    OutputOption,
    ThemeOption,
    can_write_pdf,
    choice,
    choices,
    folder,
    magnification,
    positive,
    processes,
    theme_named,
)
from archkit.cli.reading import status

_ENGINES = ("builtin", "dot")


def command(
    blueprints: Blueprints,
    figure: FigureOption = None,
    format: FormatOption = None,
    output: OutputOption = "output",
    theme: ThemeOption = "book",
    scale: Annotated[
        float | None, typer.Option("--scale", help="Pixels of a PNG for one pixel of the figure.", show_default="1.5")
    ] = None,
    width: Annotated[
        float | None, typer.Option("--width", metavar="PIXELS", help="Width of a PNG, in place of a scale.")
    ] = None,
    page: Annotated[
        str,
        typer.Option(
            "--page", help="Put figures on a page: a4, letter, 16:9 or og-card.", autocompletion=complete.pages
        ),
    ] = "",
    transparent: Annotated[bool, typer.Option("--transparent", help="Paint no paper behind figures.")] = False,
    adaptive: Annotated[
        bool, typer.Option("--adaptive", help="Let an SVG follow the reader's choice of light or dark.")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="builtin, or dot for an own Graphviz.", autocompletion=complete.engines)
    ] = "builtin",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Time for the layout of one figure.")
    ] = 20.0,
    steps: Annotated[
        bool, typer.Option("--steps", help="Also each step of drawing a graph, and an SVG that plays them.")
    ] = False,
    jobs: JobsOption = None,
    no_cache: NoCacheOption = False,
    exit_zero: ExitZeroOption = False,
    error_on_warning: ErrorOnWarningOption = False,
) -> None:
    """Draw the figures of blueprints: all that apply, or those named with --figure."""
    from archkit.render.finish import PAGES
    from archkit.view import FORMATS, PICTURES

    formats = choices(format or ["svg"], FORMATS, "--format")
    if "pdf" in formats:
        can_write_pdf()
    magnified = magnification(scale, width)
    for option, wanted, given in (
        ("--scale", "png", scale is not None),
        ("--width", "png", width is not None),
        ("--adaptive", "svg", adaptive),
    ):
        if given and wanted not in formats:
            console.say(f"{option} changes nothing without `-f {wanted}`")
    if page and not set(formats) & set(PICTURES):
        console.say("--page changes nothing without `-f svg`, `-f png` or `-f pdf`")
    look, warnings = theme_named(theme)
    wish = Wish(
        figures=figure or [],
        formats=formats,
        output=folder(output),
        theme=look,
        scale=magnified[0],
        width=magnified[1],
        page=choice(page, PAGES, "--page") if page else "",
        transparent=transparent,
        adaptive=adaptive,
        engine=choice(engine, _ENGINES, "--engine"),
        timeout=positive(timeout, "--timeout"),
        steps=steps,
        kept=not no_cache,
        jobs=processes(jobs),
    )
    began = perf_counter()
    inputs = gather(blueprints)
    run = Run(wish)
    run.findings += warnings
    run.code = console.report_inputs(inputs)
    with run:
        run.blueprints(inputs.blueprints)
    run.refuse()
    run.tell(perf_counter() - began)
    raise typer.Exit(max(run.code, status(run.findings, exit_zero, error_on_warning)))
