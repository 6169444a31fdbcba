"""Paths of blueprints → their figures and findings anew at each save, on the terminal and on a page of this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from archkit.cli import console
from archkit.cli.inputs import STDIN
from archkit.cli.options import (
    FigureOption,
    FormatOption,
    JobsOption,
    OutputOption,
    ProfileOption,
    ThemeOption,
    can_write_pdf,
    choices,
    folder,
    processes,
    strict,
    theme_named,
)
from archkit.report.escape import visible


def command(
    blueprints: Annotated[list[str], typer.Argument(metavar="BLUEPRINT", help="Blueprints, or folders of blueprints.")],
    figure: FigureOption = None,
    format: FormatOption = None,
    output: OutputOption = "output",
    theme: ThemeOption = "book",
    profile: ProfileOption = "",
    port: Annotated[float, typer.Option("--port", metavar="N", help="Of the page.", show_default="a free one")] = 0,
    open: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    jobs: JobsOption = None,
) -> None:
    """Check and draw anew at each save, and show the figures on a page that keeps up."""
    if STDIN in blueprints:
        raise typer.BadParameter("standard input is read once; name a file", param_hint="'BLUEPRINT'")
    # Loaded here, so that `--help` needs no figures.
    from archkit.cli.watching import Watch, Wish
    from archkit.live.board import Board
    from archkit.live.server import serve
    from archkit.view import FORMATS

    formats = choices(format or ["svg"], FORMATS, "--format")
    if "pdf" in formats:
        can_write_pdf()
    if not port.is_integer():
        raise typer.BadParameter(f"{port:g} is not a whole number", param_hint="'--port'")
    theme_named(theme)
    wish = Wish(list(blueprints), figure or [], formats, folder(output), theme, strict(profile), processes(jobs))
    board = Board()
    watch = Watch(wish, board)
    try:
        with serve(board, int(port)) as address:
            console.out(f"{address} shows the figures; Ctrl-C ends\n\n")
            if open:
                _open(address)
            watch.block()
            while True:
                paths = watch.wait()
                console.out(f"\n{', '.join(visible(path) for path in paths)} changed\n")
                watch.block()
    except KeyboardInterrupt:
        # This is how one stops watching, and nothing has failed.
        raise typer.Exit(console.Code.CLEAN) from None


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open(address)
