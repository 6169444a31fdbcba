"""Paths of blueprints → pictures of their figures in the output folder."""

from __future__ import annotations

from collections.abc import Sequence
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
from archkit.sentences import either

_ENGINES = ("builtin", "dot")

_ScaleOption = Annotated[
    float | None, typer.Option("--scale", help="Pixels of a PNG for one pixel of the figure.", show_default="1.5")
]
_WidthOption = Annotated[
    float | None, typer.Option("--width", metavar="PIXELS", help="Width of a PNG, in place of a scale.")
]
_PageOption = Annotated[
    str,
    typer.Option("--page", help="Put figures on a page: a4, letter, 16:9 or og-card.", autocompletion=complete.pages),
]
_TransparentOption = Annotated[bool, typer.Option("--transparent", help="Paint no paper behind figures.")]
_AdaptiveOption = Annotated[
    bool, typer.Option("--adaptive", help="Let an SVG follow the reader's choice of light or dark.")
]
_EngineOption = Annotated[
    str, typer.Option("--engine", help="builtin, or dot for an own Graphviz.", autocompletion=complete.engines)
]
_TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", help="Time for the layout of one figure.")
]
_StepsOption = Annotated[
    bool, typer.Option("--steps", help="Also each step of drawing a graph, and an SVG that plays them.")
]


def command(
    blueprints: Blueprints,
    figure: FigureOption = None,
    format: FormatOption = None,
    output: OutputOption = "output",
    theme: ThemeOption = "book",
    scale: _ScaleOption = None,
    width: _WidthOption = None,
    page: _PageOption = "",
    transparent: _TransparentOption = False,
    adaptive: _AdaptiveOption = False,
    engine: _EngineOption = "builtin",
    timeout: _TimeoutOption = 20.0,
    steps: _StepsOption = False,
    jobs: JobsOption = None,
    no_cache: NoCacheOption = False,
    exit_zero: ExitZeroOption = False,
    error_on_warning: ErrorOnWarningOption = False,
) -> None:
    """Draw the figures of blueprints: all that apply, or those named with --figure."""
    from archkit.render.finish import PAGES
    from archkit.view import FORMATS

    formats = choices(format or ["svg"], FORMATS, "--format")
    if "pdf" in formats:
        can_write_pdf()
    magnified = magnification(scale, width)
    _say_useless(formats, scale=scale is not None, width=width is not None, adaptive=adaptive, page=bool(page))
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


def _say_useless(formats: Sequence[str], **given: bool) -> None:
    """Say which of some options change nothing, since no format is wanted that they are about."""
    from archkit.view import PICTURES

    for option, about in {"scale": ("png",), "width": ("png",), "adaptive": ("svg",), "page": PICTURES}.items():
        if given[option] and not set(formats) & set(about):
            console.say(f"--{option} changes nothing without {either(f'`-f {format}`' for format in about)}")
