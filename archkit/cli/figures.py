"""A blueprint's path → the list of its figures: which can be drawn, and what the others need."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.options import choice
from archkit.cli.reading import read


def command(
    blueprint: Annotated[str, typer.Argument(metavar="BLUEPRINT", help="A blueprint, or - for standard input.")],
    format: Annotated[str, typer.Option("--format", help="text or json.", autocompletion=complete.tables)] = "text",
) -> None:
    """List the figures that a blueprint can be drawn as, and what it lacks for the others."""
    choice(format, ("text", "json"), "--format")
    document = read(blueprint)
    if document is None:
        raise typer.Exit(console.Code.USAGE)
    if document.blueprint is None:
        console.report(document.diagnostics, document.sources)
        raise typer.Exit(console.Code.FINDINGS)
    rows = [(entry.name, entry.kind.title, entry.kind.summary, entry.missing()) for entry in document.contents()]
    if format == "json":
        keys = ("name", "title", "summary", "missing")
        console.out(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2) + "\n")
        return
    columns = console.width(sys.stdout)
    drawn = [(f"  {name}", title, summary) for name, title, summary, missing in rows if not missing]
    others = [(f"  {name}", title, "needs " + "; ".join(missing)) for name, title, _, missing in rows if missing]
    if drawn:
        console.out("can be drawn\n" + console.table(drawn, columns=columns))
    if others:
        console.out("need more\n" + console.table(others, columns=columns))
    if document.broken:
        console.say(
            "the blueprint has errors; `archkit validate` lists them, and nothing is drawn before they are mended"
        )
