"""A blueprint's path → its back-of-the-envelope sheet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.options import choice
from archkit.cli.reading import read

FORMATS = ("text", "json", "markdown")


def command(
    blueprint: Annotated[str, typer.Argument(metavar="BLUEPRINT", help="A blueprint, or - for standard input.")],
    format: Annotated[
        str, typer.Option("--format", help="text, json or markdown.", autocompletion=complete.sheets)
    ] = "text",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write the sheet to a file.")] = "",
) -> None:
    """Print every number that follows from a blueprint, with its formula, inputs and assumptions."""
    choice(format, FORMATS, "--format")
    output = "" if output == "-" else output  # standard output, where it goes by itself
    document = read(blueprint)
    if document is None:
        raise typer.Exit(console.Code.USAGE)
    if document.blueprint is None:
        console.report(document.diagnostics, document.sources)
        raise typer.Exit(console.Code.FINDINGS)
    from archkit.capacity import sheet
    from archkit.report import sheet as written

    sections, title = sheet(document.blueprint), document.blueprint.title
    if format == "json":
        result = written.as_json(sections, document.sources, title)
    elif format == "markdown":
        result = written.markdown(sections, document.sources, title)
    else:
        result = written.text(sections, document.sources, color=not output and console.colored(sys.stdout))
    if output:
        files.write(output, result.encode("utf-8", "backslashreplace"))
        console.say(f"wrote {output}")
    else:
        console.out(result)
    if document.broken:
        console.say("the blueprint has errors, and numbers that need what is wrong are missing: see `archkit validate`")
        raise typer.Exit(console.Code.FINDINGS)
