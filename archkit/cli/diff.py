"""Paths of two blueprints, or one and a revision → what was added, removed and changed, and what follows from it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.inputs import STDIN
from archkit.cli.options import ProfileOption, ThemeOption, can_write_pdf, choice, ending, strict, theme_named
from archkit.cli.reading import read
from archkit.filenames import safe_name
from archkit.files import FileError
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.diff import Difference
    from archkit.document import Document
    from archkit.rules import Profile
    from archkit.theme import Theme

_FORMATS = ("text", "json", "markdown")


def command(
    blueprints: Annotated[
        list[str],
        typer.Argument(
            metavar="[BEFORE] AFTER",
            help="Two blueprints; with --git blueprints and folders, each of which is compared with itself.",
        ),
    ],
    git: Annotated[
        str, typer.Option("--git", metavar="REVISION", help="Compare with this revision, such as HEAD~1 or main.")
    ] = "",
    format: Annotated[
        str, typer.Option("--format", help="text, json or markdown.", autocompletion=complete.differences)
    ] = "text",
    figure: Annotated[
        str, typer.Option("--figure", metavar="FILE", help="Draw both as one figure, such as changes.svg or .png.")
    ] = "",
    theme: ThemeOption = "book",
    profile: ProfileOption = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Return 1 where anything differs.")] = False,
) -> None:
    """Say what differs between two blueprints: components, arrows, options, metrics, derived numbers, findings."""
    from archkit.diff import compared
    from archkit.report import diff as written
    from archkit.yamltree import Mapping

    choice(format, _FORMATS, "--format")
    strictness = strict(profile)
    if git and (len(blueprints) > 1 or Path(blueprints[0]).is_dir()):
        raise typer.Exit(_several(blueprints, git, format, strictness, bool(figure), exit_code))
    draw = _drawer(figure, theme) if figure else None
    before, after, names = _both(blueprints, git)
    if before is None or after is None:
        raise typer.Exit(console.Code.USAGE)
    unread = [each for each in (before, after) if each.blueprint is None or not isinstance(each.tree, Mapping)]
    for document in unread:
        console.report(document.diagnostics, document.sources)
    if unread:
        raise typer.Exit(console.Code.FINDINGS)
    assert isinstance(before.tree, Mapping)  # noqa: S101  seen above
    assert isinstance(after.tree, Mapping)  # noqa: S101
    difference = compared((before.tree, before.sources), (after.tree, after.sources), strictness)
    if format == "json":
        console.out(written.as_json(difference))
    elif format == "markdown":
        console.out(written.markdown(difference, *names))
    else:
        console.out(written.text(difference, color=console.colored(sys.stdout)))
    if draw:
        draw(difference)
    broken = [name for name, document in zip(names, (before, after), strict=True) if document.broken]
    for name in broken:
        console.say(f"{name} has errors, and what they hide is not compared: see `archkit validate`")
    if broken or (exit_code and not difference.none):
        raise typer.Exit(console.Code.FINDINGS)


def _several(
    paths: list[str], revision: str, format: str, strictness: Profile | None, drawn: bool, exit_code: bool
) -> int:
    """Print what became of several blueprints since a revision, and return the exit code."""
    from archkit.cli.revised import tell

    if drawn:
        raise typer.BadParameter("one figure shows one blueprint; name the one to draw", param_hint="'--figure'")
    if STDIN in paths:
        raise typer.BadParameter("standard input has no revisions; name a file", param_hint="'AFTER'")
    try:
        code, differs = tell(paths, revision, format, strictness)
    except FileError as error:
        console.problem(error.message, error.hint)
        return console.Code.USAGE
    return max(code, console.Code.FINDINGS) if exit_code and differs else code


def _both(paths: list[str], revision: str) -> tuple[Document | None, Document | None, tuple[str, str]]:
    """Return the two documents that a command line names, and what to call them."""
    if not revision:
        if len(paths) != 2:
            said = how_many(len(paths), "blueprint")
            raise typer.BadParameter(f"{said} given; write two, or one with `--git REVISION`", param_hint="'AFTER'")
        if paths == [STDIN, STDIN]:
            raise typer.BadParameter("standard input can be read once; name a file as well", param_hint="'AFTER'")
        return read(paths[0]), read(paths[1]), (paths[0], paths[1])
    if paths[0] == STDIN:
        raise typer.BadParameter("standard input has no revisions; name a file", param_hint="'AFTER'")
    return _former(paths[0], revision), read(paths[0]), (revision, paths[0])


def _former(path: str, revision: str) -> Document | None:
    """Return a blueprint as it was, with what it included then; print why where there is none."""
    # Loaded here because few compare with a revision.
    from archkit.document import recall

    try:
        return recall(path, revision)
    except FileError as error:
        console.problem(error.message, error.hint)
        return None


def _drawer(path: str, theme: str) -> Callable[[Difference], None]:
    """Return what writes the figure of a difference, after a look at all that could be wrong with where and how."""
    from archkit.view import FORMATS

    format = ending(path, FORMATS, "--figure")
    if format == "pdf":
        can_write_pdf()
    look, _warnings = theme_named(theme)
    return partial(_draw, path=path, format=format, look=look)


def _draw(difference: Difference, path: str, format: str, look: Theme) -> None:
    """Write the figure of a difference."""
    from archkit import files
    from archkit.figures.changes import plan
    from archkit.layout import LayoutError
    from archkit.view import FigureView

    try:
        view = FigureView("changes", safe_name(Path(path).stem), plan(difference), look)
        files.write(path, view.encode(format))
    except LookupError as error:
        console.problem(str(error), "leave out `--figure`, or draw an `architecture:` in one of them")
        raise typer.Exit(console.Code.USAGE) from None
    except LayoutError as error:
        console.problem(str(error))
        raise typer.Exit(console.Code.LAYOUT) from None
    console.say(f"drawn into {path}")
