"""A blueprint's path and other values → which numbers move, which findings change, and where it breaks first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.options import choice, strict
from archkit.cli.reading import read

if TYPE_CHECKING:
    from archkit.whatif import Problem

_MOST_STEPS = 1000


def command(
    blueprint: Annotated[str, typer.Argument(metavar="BLUEPRINT", help="A blueprint, or - for standard input.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Another value, as it would be written; may be repeated."),
    ] = None,
    sweep: Annotated[
        str, typer.Option("--sweep", metavar="PATH=FROM..TO", help="A range: where does the design break first?")
    ] = "",
    steps: Annotated[str, typer.Option("--steps", metavar="N", help="Values of the range to try at first.")] = "16",
    profile: Annotated[
        str, typer.Option("--profile", help="sketch, interview or production.", autocompletion=complete.profiles)
    ] = "",
    format: Annotated[str, typer.Option("--format", help="text or json.", autocompletion=complete.tables)] = "text",
) -> None:
    """Say what changes with other values: numbers, findings, and where the design breaks first."""
    from archkit import whatif
    from archkit.report import whatif as written
    from archkit.whatif.sweep import sweep as swept_through
    from archkit.yamltree import Mapping

    choice(format, ("text", "json"), "--format")
    strictness = strict(profile)
    number = _steps(steps)
    if not set_ and not sweep:
        raise typer.BadParameter("write what to change, or `--sweep PATH=FROM..TO`", param_hint="'--set'")
    document = read(blueprint)
    if document is None:
        raise typer.Exit(console.Code.USAGE)
    if document.blueprint is None or not isinstance(document.tree, Mapping):
        console.report(document.diagnostics, document.sources)
        raise typer.Exit(console.Code.FINDINGS)
    before = whatif.design(document.tree, document.sources, strictness)
    color = console.colored(sys.stdout)
    if sweep:
        start = whatif.change(before, set_ or ())
        swept = start if isinstance(start, whatif.Problem) else swept_through(start, sweep, number)
        if isinstance(swept, whatif.Problem):
            _refuse(swept)
        else:
            console.out(written.swept_json(swept) if format == "json" else written.swept_text(swept, color=color))
    else:
        outcome = whatif.what_if(before, set_ or ())
        if isinstance(outcome, whatif.Problem):
            _refuse(outcome)
        else:
            console.out(written.as_json(outcome) if format == "json" else written.text(outcome, color=color))
    if document.broken:
        console.say("the blueprint has errors, and numbers that need what is wrong are missing: see `archkit validate`")
        raise typer.Exit(console.Code.FINDINGS)


def _steps(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written[:9]) <= _MOST_STEPS:
        raise typer.BadParameter(f"{written} is not a number from 1 to {_MOST_STEPS}", param_hint="'--steps'")
    return int(written)


def _refuse(problem: Problem) -> None:
    """Print why a value cannot be written.

    Raises:
        Exit: Always, as for any mistake on the command line.
    """
    console.report(problem.diagnostics, problem.sources)
    raise typer.Exit(console.Code.USAGE)
