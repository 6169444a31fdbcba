"""Paths of blueprints → the same files in the style of the house, with all their comments."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from typing import Annotated

import typer

from archkit import files
from archkit.cli import console
from archkit.cli.inputs import STDIN, gather
from archkit.cli.options import Blueprints
from archkit.files import FileError
from archkit.sentences import how_many


class _State(IntEnum):
    """What became of a file."""

    SAME = 0
    CHANGED = 1
    FAILED = 2


def command(
    paths: Blueprints,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; return 1 if a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="As --check, and print what would change.")] = False,
) -> None:
    """Format blueprints in place, with all their comments; print the names of those that changed.

    Of a folder, these are the blueprints in it and what they include. What they say stays the same: each result is read
    again and compared before it is written. `-` formats standard input to standard output.
    """
    inputs = gather(paths)
    code = console.report_inputs(inputs)
    states = []
    named = [each.path for each in inputs.blueprints]
    known = {os.path.realpath(path) for path in named}
    for path in [*named, *(part for part in dict.fromkeys(inputs.parts) if os.path.realpath(part) not in known)]:
        try:
            state, found = _format(path, check, diff)
        except FileError as error:
            console.problem(error.message, error.hint)
            state, found = _State.FAILED, console.Code.USAGE
        states.append(state)
        code = max(code, found)
    if check or diff or named != [STDIN]:
        _summarise(states, check or diff)
    raise typer.Exit(code)


def _format(path: str, check: bool, diff: bool) -> tuple[_State, int]:
    """Format one file; return what became of it, and the exit code that calls for."""
    # Loaded here, so that `--help` needs no language.
    from archkit.formatter import UnsafeError, formatted
    from archkit.yamltree import MAX_BYTES, decode

    data = sys.stdin.buffer.read() if path == STDIN else files.read(path, MAX_BYTES + 1)
    source, undecoded = decode(data, "<stdin>" if path == STDIN else path)
    try:
        text, errors = formatted(source) if not undecoded else (None, tuple(undecoded))
    except UnsafeError:
        message = f"`{source.name}` is left as it is, because its formatted text would not say the same"
        console.problem(message, "please report it, with the file: it is a mistake of archkit")
        return _State.FAILED, console.Code.INTERNAL
    if text is None:
        console.report(errors, (source,))
        return _State.FAILED, console.Code.FINDINGS
    changed = text.encode() != data
    if diff and changed:
        console.out(_difference(source.name, source.text, text))
    if check or diff:
        if changed and not diff:
            console.out(f"{source.name}\n")
        return (_State.CHANGED, console.Code.FINDINGS) if changed else (_State.SAME, console.Code.CLEAN)
    if path == STDIN:
        console.out_bytes(text.encode())
    elif changed:
        # What a link leads to is formatted; a file in its place would part the two.
        files.write(os.path.realpath(path), text.encode())
        console.out(f"{path}\n")
    return _State(changed), console.Code.CLEAN


def _difference(name: str, before: str, after: str) -> str:
    """Return a unified diff of two texts; one line of words where they differ in their bytes only."""
    import difflib

    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} (formatted)")
    found = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return found or f"{name}: line ends become \\n, in UTF-8 without a byte order mark\n"


def _summarise(states: list[_State], only_checks: bool) -> None:
    changed, same = states.count(_State.CHANGED), states.count(_State.SAME)
    parts = []
    if changed:
        parts.append(f"{_files(changed)} {'would be ' if only_checks else ''}formatted")
    if same:
        parts.append(f"{_files(same)} {'is' if same == 1 else 'are'} formatted already")
    if failed := states.count(_State.FAILED):
        parts.append(f"{_files(failed)} left as {'it is' if failed == 1 else 'they are'}")
    if parts:
        console.say(", ".join(parts))


def _files(count: int) -> str:
    return how_many(count, "file")
