"""The language → a JSON Schema, which editors complete and check by."""

from __future__ import annotations

from typing import Annotated

import typer

from archkit import files
from archkit.cli import console


def command(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")] = "",
) -> None:
    """Print the JSON Schema of blueprints (draft-07, as the YAML language server takes it)."""
    text = schema_text()
    if output:
        files.write(output, text.encode())
        console.say(f"wrote {output}")
    else:
        console.out(text)


def schema_text() -> str:
    """Return the schema as a JSON text."""
    import json

    from archkit.schema import json_schema

    return json.dumps(json_schema(), indent=2) + "\n"
