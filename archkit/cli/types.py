"""The catalogue of component types → a table."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from archkit.catalog import TYPES
from archkit.cli import complete, console
from archkit.cli.options import choice


def command(
    format: Annotated[str, typer.Option("--format", help="text or json.", autocompletion=complete.tables)] = "text",
) -> None:
    """List the types that a component may have."""
    choice(format, ("text", "json"), "--format")
    if format == "json":
        console.out(json.dumps([kind._asdict() for kind in TYPES.values()], indent=2) + "\n")
        return
    rows = [(kind.id, kind.lane, kind.title, kind.description) for kind in TYPES.values()]
    console.out(console.table(rows, ("TYPE", "LANE", "TITLE", "WHAT IT IS"), console.width(sys.stdout)))
