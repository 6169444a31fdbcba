"""A name of the library → an exercise with a clock; an answer's path → how it compares with the reference."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Annotated

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.options import choice, positive
from archkit.cli.reading import read
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.document import Document
    from archkit.practice import Exercise

_SCHEMA = "archkit.schema.json"


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="What to practise; without it, all are listed.", autocompletion=complete.library
        ),
    ] = "",
    check: Annotated[
        str, typer.Option("--check", metavar="FILE", help="Grade an answer and compare it with the reference.")
    ] = "",
    against: Annotated[
        str, typer.Option("--against", metavar="NAME", help="The reference: a name of the library, or a file.")
    ] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where the sheet is written.")] = "",
    minutes: Annotated[float, typer.Option("--minutes", help="The time there is, if not that of the blueprint.")] = 0,
    facts: Annotated[bool, typer.Option("--facts", help="Show what an interviewer would tell when asked.")] = False,
    timer: Annotated[bool, typer.Option("--timer/--no-timer", help="Run a clock, on a terminal.")] = True,
    edit: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the sheet in your editor, on a terminal.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a sheet of that name.")] = False,
    format: Annotated[
        str, typer.Option("--format", help="Of the comparison: text or json.", autocompletion=complete.tables)
    ] = "text",
) -> None:
    """Practise a design: a question, a plan for the time, an empty sheet; then compare your answer."""
    choice(format, ("text", "json"), "--format")
    if check:
        _check(check, against or name, format)
    elif name:
        _begin(name, output, round(positive(minutes, "--minutes")) if minutes else 0, facts, timer, edit, force)
    else:
        _list()


def _list() -> None:
    """Print what can be practised."""
    from archkit.document import load
    from archkit.library import blueprints

    rows = []
    for name, path in blueprints().items():
        blueprint = load(path).blueprint
        if blueprint is not None:
            rows.append((f"  {name}", blueprint.title))
    if not rows:
        console.problem("no blueprints are installed with archkit", "name a file: `archkit practice my-system.yaml`")
        raise typer.Exit(console.Code.USAGE)
    console.out("archkit practice NAME\n" + console.table(rows))


def _begin(name: str, output: str, minutes: int, facts: bool, timer: bool, edit: bool, force: bool) -> None:
    """Show the question, write the sheet, open it, and run the clock."""
    from archkit.practice import exercise
    from archkit.practice.sheet import sheet
    from archkit.report.practice import question

    known, blueprint = _reference(name)
    task = exercise(known, blueprint, minutes)
    terminal = sys.stdout.isatty() and sys.stdin.isatty()
    path = Path(output or f"practice-{Path(known).stem}.yaml")
    if path.is_dir():
        raise typer.BadParameter(f"`{path}` is a folder; name a file in it", param_hint="'--output'")
    console.out(question(task, facts=facts, color=console.colored(sys.stdout)) + "\n")
    if path.exists() and not force and not facts:
        console.say(f"your sheet is {path}; it stays as it is (`--force` begins anew)")
    elif not path.exists() or force:
        files.write(path, sheet(task, blueprint.title, _SCHEMA).encode())
        beside = path.with_name(_SCHEMA)
        if not beside.exists():
            from archkit.cli.schema import schema_text

            files.write(beside, schema_text().encode())
        console.say(f"write your answer into {path}")
    console.say(f"then: archkit practice --check {console.quoted(str(path))}")
    if edit and terminal and not facts:
        typer.launch(os.fspath(path))
    if timer and terminal and not facts:
        run(task)


def run(task: Exercise, clock: Callable[[], float] = monotonic, wait: Callable[[float], None] = sleep) -> None:
    """Show what step it is and how much of its time is left, until all of it is over or the user stops it.

    Args:
        task: The exercise.
        clock: Seconds that pass.
        wait: Lets some pass.
    """
    began = clock()
    try:
        for number, slot in enumerate(task.plan, 1):
            end = float(slot.start + slot.minutes) * 60
            while (left := end - (clock() - began)) > 0:
                whole = float(task.minutes) * 60 - (clock() - began)
                sys.stderr.write(f"\r{number} {slot.title}: {_time(left)} left, {_time(whole)} in all \x1b[K")
                sys.stderr.flush()
                wait(min(1.0, left))
            sys.stderr.write(f"\r{number} {slot.title}: time is up\x1b[K\a\n")
    except KeyboardInterrupt:
        sys.stderr.write(f"\nstopped after {_time(clock() - began)}\n")
        return
    console.say("all of the time is up")


def _time(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def _check(path: str, against: str, format: str) -> None:
    """Compare an answer with the reference that it or the command line names."""
    from archkit.practice.review import review
    from archkit.report import practice as written

    document = read(path)
    if document is None:
        raise typer.Exit(console.Code.USAGE)
    if document.blueprint is None:
        console.report(document.diagnostics, document.sources)
        raise typer.Exit(console.Code.FINDINGS)
    name, reference = _reference(against or _named(document, path))
    found = review(document.blueprint, reference)
    if format == "json":
        console.out(written.as_json(found, name))
    else:
        console.out(written.review(found, name=name, color=console.colored(sys.stdout)))
    if document.broken:
        console.say("your answer has errors, and what they hide does not count: see `archkit validate`")
        raise typer.Exit(console.Code.FINDINGS)


def _named(document: Document, path: str) -> str:
    """Return the name of the reference that an answer has."""
    from archkit.practice.sheet import MARK
    from archkit.yamltree import Mapping, Scalar

    entries = document.tree.entries if isinstance(document.tree, Mapping) else ()
    named = next((value.text for key, value in entries if key.text == MARK and isinstance(value, Scalar)), "")
    if not named:
        console.problem(f"`{path}` does not say what it answers", f"write `{MARK}: NAME` into it, or `--against NAME`")
        raise typer.Exit(console.Code.USAGE)
    return named


def _reference(name: str) -> tuple[str, Blueprint]:
    """Return a blueprint of the library, or of a file.

    Raises:
        Exit: There is none, which has been said.
    """
    from archkit.document import load
    from archkit.library import blueprints

    known = blueprints()
    path = known.get(name)
    if path is None:
        if Path(name).suffix.lower() not in (".yaml", ".yml"):
            meant = nearest(name, known)
            hint = f"did you mean `{meant}`?" if meant else "`archkit practice` lists what there is"
            console.problem(f"there is nothing to practise called `{name}`", hint)
            raise typer.Exit(console.Code.USAGE)
        document = read(name)
        if document is None:
            raise typer.Exit(console.Code.USAGE)
    else:
        document = load(path)
    if document.blueprint is None:
        console.report(document.diagnostics, document.sources)
        raise typer.Exit(console.Code.FINDINGS)
    return name, document.blueprint
