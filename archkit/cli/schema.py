"""The language → a JSON Schema, which editors complete and check by."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from archkit import files
from archkit.cli import console


def command(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")] = "",
    part: Annotated[
        bool, typer.Option("--part", help="For parts that blueprints include, which need no title.")
    ] = False,
) -> None:
    """Print the JSON Schema of blueprints (draft-07, as the YAML language server takes it)."""
    text = schema_text(part=part)
    if output:
        files.write(output, text.encode())
        console.say(f"wrote {output}")
    else:
        console.out(text)


def schema_text(*, part: bool = False) -> str:
    """Return the schema of blueprints, or of their parts, as a JSON text."""
    import json

    from archkit.explain import pages
    from archkit.figures import KINDS
    from archkit.schema import json_schema

    # Only what rules find can be accepted; their codes have two digits.
    codes = {code: page.title for code, page in pages().items() if re.fullmatch(r"(?!WVR)[A-Z]+\d\d", code)}
    figures = {"all": "Every figure that applies."}
    figures |= {kind.name: kind.summary for kind in KINDS.values() if not kind.authored}
    return json.dumps(json_schema(codes, figures, part=part), indent=1) + "\n"
