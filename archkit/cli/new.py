"""Name and archetype → a commented blueprint to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archkit import files
from archkit.blueprint import ARCHETYPES
from archkit.cli import complete, console
from archkit.cli.options import choice
from archkit.sentences import capital

_SCHEMA = "archkit.schema.json"


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the system; its file becomes NAME.yaml.")],
    archetype: Annotated[
        str,
        typer.Option(
            "--archetype",
            "-a",
            metavar="KIND",
            help=f"The kind of system, which must be said: {', '.join(ARCHETYPES[:-1])} or {ARCHETYPES[-1]}.",
            autocompletion=complete.archetypes,
            show_default=False,
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file of that name.")] = False,
    schema: Annotated[
        bool,
        typer.Option("--schema/--no-schema", help=f"Write {_SCHEMA} beside it, so that editors complete and check."),
    ] = True,
) -> None:
    """Write a commented blueprint to begin with."""
    from archkit.starters import starter

    if not archetype:
        message = f"say which kind of system it is: {', '.join(ARCHETYPES)}"
        raise typer.BadParameter(message, param_hint="'--archetype'")
    choice(archetype, ARCHETYPES, "--archetype")
    path = _path(name)
    if path.exists() and not force:
        console.problem(f"there is a file `{path}` already", "choose another name, or write --force to overwrite it")
        raise typer.Exit(console.Code.USAGE)
    text = starter(archetype, _title(path.stem), _SCHEMA if schema else "")
    files.write(path, text.encode())
    console.out(f"{path}\n")
    beside = path.with_name(_SCHEMA)
    if schema and not beside.exists():
        from archkit.cli.schema import schema_text

        files.write(beside, schema_text().encode())
        console.out(f"{beside}\n")
    console.say(f"`archkit render {console.quoted(str(path))}` draws it")


def _path(name: str) -> Path:
    """Return the path of the blueprint that a name stands for."""
    path = Path(name)
    if not path.name.strip(". "):
        raise typer.BadParameter(f"`{name}` names no file", param_hint="'NAME'")
    return path if path.suffix.lower() in files.YAML else path.with_name(path.name + ".yaml")


def _title(stem: str) -> str:
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    return capital(words) or "My system"
