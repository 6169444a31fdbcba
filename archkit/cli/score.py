"""Paths of blueprints → how complete their designs are."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.inputs import gather
from archkit.cli.options import Blueprints, ProfileOption, choice, strict
from archkit.cli.reading import read

FORMATS = ("text", "json")


def command(
    paths: Blueprints,
    profile: ProfileOption = "",
    min_score: Annotated[
        float, typer.Option("--min-score", metavar="POINTS", help="Return 1 for a total below so many points of 100.")
    ] = 0.0,
    format: Annotated[str, typer.Option("--format", help="text or json.", autocompletion=complete.tables)] = "text",
) -> None:
    """Score how complete designs are, step by step, and say what would raise the scores most."""
    choice(format, FORMATS, "--format")
    judged = strict(profile)
    if not 0 <= min_score <= 100:
        raise typer.BadParameter(f"{min_score:g} is not a number from 0 to 100", param_hint="'--min-score'")
    inputs = gather(paths)
    code = console.report_inputs(inputs)
    # Loaded here, so that `--help` needs no rules.
    from archkit.report import scores
    from archkit.score import score

    rows = []
    for each in inputs.blueprints:
        document = read(each.path)
        if document is None:
            code = console.Code.USAGE
            continue
        if document.blueprint is None:
            console.report(document.diagnostics, document.sources)
            code = max(code, console.Code.FINDINGS)
            continue
        if document.broken:
            console.say(
                f"{document.name} has errors, and what cannot be read counts as missing: see `archkit validate`"
            )
        rows.append((document.name, document.blueprint.title, score(document.blueprint, judged), document.sources))
    if format == "json":
        console.out(scores.as_json(rows, min_score))
    else:
        color = console.colored(sys.stdout)
        console.out("\n".join(scores.text(*row, color=color) for row in rows))
    for name, _, found, _ in rows:
        if not scores.reaches(found, min_score):
            console.say(f"{name} has {float(found.total * 100):.1f} points, and {min_score:g} are wanted")
            code = max(code, console.Code.FINDINGS)
    raise typer.Exit(code)
