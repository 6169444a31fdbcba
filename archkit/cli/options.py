"""Values of options → what they name, with words for those that name nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer

from archkit.cli import complete, console
from archkit.sentences import either
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.diagnostics import Diagnostic
    from archkit.rules import Profile
    from archkit.theme import Theme


Blueprints = Annotated[
    list[str],
    typer.Argument(metavar="BLUEPRINT", help="Blueprints, folders of blueprints, or - for standard input."),
]
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme",
        metavar="NAME|FILE",
        help="Look of the figures, or a theme's file.",
        autocompletion=complete.themes,
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Draw everything anew.")]
FigureOption = Annotated[
    list[str] | None,
    typer.Option("--figure", metavar="NAME", help="Draw this figure only.", autocompletion=complete.figures),
]
FormatOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="svg, png, pdf, drawio, excalidraw; graphs also mmd, d2, dot, py.",
        autocompletion=complete.formats,
    ),
]
OutputOption = Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Where to write.")]
JobsOption = Annotated[
    float | None,
    typer.Option("--jobs", "-j", metavar="N", help="Processes that draw at once.", show_default="all processors"),
]
ExitZeroOption = Annotated[bool, typer.Option("--exit-zero", help="Return 0 whatever is found.")]
ErrorOnWarningOption = Annotated[bool, typer.Option("--error-on-warning", help="Return 1 for warnings too.")]
ProfileOption = Annotated[
    str,
    typer.Option(
        "--profile",
        help="Judge as a sketch, for an interview or for production; by default as suits what is written.",
        autocompletion=complete.profiles,
    ),
]


def choice(value: str, known: Iterable[str], option: str) -> str:
    """Return the one of the known values that is meant, however its letters are written: ``A4`` for ``a4``.

    Args:
        value: What is written.
        known: What can be written.
        option: Its name, for the message.

    Raises:
        BadParameter: None is; the message names the one that was probably meant, or all.
    """
    names = list(known)
    for name in names:
        if name.lower() == value.lower():
            return name
    meant = nearest(value, names)
    rest = f"did you mean `{meant}`?" if meant else f"write one of {', '.join(names)}"
    raise typer.BadParameter(f"there is no `{value}`; {rest}", param_hint=f"'{option}'")


def choices(values: Sequence[str], known: Iterable[str], option: str) -> list[str]:
    """Return the values of an option that may be repeated, and may name several with commas between, each once.

    Args:
        values: What is written.
        known: What can be written.
        option: Its name, for the message.

    Raises:
        BadParameter: A value is not known, or there is none.
    """
    names = list(known)
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    if not words:
        raise typer.BadParameter(f"write one of {', '.join(names)}", param_hint=f"'{option}'")
    return list(dict.fromkeys(choice(word, names, option) for word in words))


def ending(path: str, known: Iterable[str], option: str) -> str:
    """Return the known ending of a file's name, such as ``svg``, however its letters are written.

    Args:
        path: What is written.
        known: Endings without the dot.
        option: Its name, for the message.

    Raises:
        BadParameter: It has none, or one that is not known; the message names those that are.
    """
    names = list(known)
    # From the last part of the path, so that the dots of folders are no endings.
    found = os.path.splitext(path)[1].removeprefix(".").lower()  # noqa: PTH122 - a text, and pathlib takes a while
    if found in names:
        return found
    rest = either(f".{name}" for name in names)
    raise typer.BadParameter(f"`{path}` must end in {rest}", param_hint=f"'{option}'")


def folder(path: str) -> str:
    """Return the path of a folder to write into, which need not be there yet.

    Raises:
        BadParameter: It is standard output, or a file.
    """
    if path == "-":
        raise typer.BadParameter("several files are written; name a folder", param_hint="'--output'")
    if os.path.exists(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112 - as above
        raise typer.BadParameter(f"`{path}` is a file, not a folder", param_hint="'--output'")
    return path


def positive(value: float, option: str) -> float:
    """Return a number above 0.

    Args:
        value: What is written.
        option: Its name, for the message.

    Raises:
        BadParameter: It is not.
    """
    if value > 0 and value < float("inf"):
        return value
    raise typer.BadParameter(f"{value:g} is not a number above 0", param_hint=f"'{option}'")


def processes(jobs: float | None) -> int:
    """Return how many processes are to draw at once: as many as asked for, else as many as can compute at once.

    Raises:
        BadParameter: It is no whole number above 0.
    """
    # Loaded here because most commands draw nothing.
    from archkit import workers

    if jobs is None:
        return workers.usual()
    if not 1 <= jobs < float("inf") or jobs != int(jobs):
        raise typer.BadParameter(f"{jobs:g} is not a whole number above 0", param_hint="'--jobs'")
    return int(jobs)


def strict(value: str) -> Profile | None:
    """Return the profile that a value names, or None for an empty one.

    Raises:
        BadParameter: There is no such profile.
    """
    if not value:
        return None
    # Loaded here, so that `--help` needs no rules.
    from archkit.rules import PROFILES

    return cast("Profile", choice(value, PROFILES, "--profile"))


def magnification(scale: float | None, width: float | None) -> tuple[float, int | None]:
    """Return scale and width of a PNG, of which one may be written.

    Args:
        scale: Pixels of a PNG for one of the figure, where it is written.
        width: Of a PNG in pixels, where it is written.

    Raises:
        BadParameter: Both are, or one cannot be used.
    """
    # Loaded here because most commands draw nothing.
    from archkit.render.finish import SCALE

    if width is None:
        return positive(SCALE if scale is None else scale, "--scale"), None
    if scale is not None:
        raise typer.BadParameter("a width says how large the picture is; leave out --scale", param_hint="'--width'")
    if width != int(positive(width, "--width")):
        raise typer.BadParameter(f"{width:g} is not a whole number of pixels", param_hint="'--width'")
    return 1.0, int(width)


def can_write_pdf() -> None:
    """Check that the package for PDF files is there.

    Raises:
        Exit: It is not; how to install it is printed.
    """
    # Loaded here, so that other formats need nothing of it.
    from archkit.render.pdf import check_installed

    installed(check_installed)


def installed(check: Callable[[], None]) -> None:
    """Check that a package is there that not everybody needs.

    Args:
        check: Raises a MissingPackageError where it is not.

    Raises:
        Exit: It is not; how to install it is printed.
    """
    # Loaded here, so that other formats need nothing of it.
    from archkit.render.pdf import MissingPackageError

    try:
        check()
    except MissingPackageError as error:
        message, _, hint = str(error).partition("; ")
        console.problem(message, hint)
        raise typer.Exit(console.Code.USAGE) from None


def theme_named(value: str) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return the theme that a name or the path of a file stands for, and warnings about it, which are printed.

    Raises:
        BadParameter: There is no theme of that name.
        FileError: The file cannot be read.
        Exit: The file has errors, which are printed.
    """
    # Loaded here, so that `--help` needs no themes.
    from archkit.looks import from_file, is_file
    from archkit.reported import ThemeError
    from archkit.theme import THEMES

    if not is_file(value):
        return THEMES[choice(value, THEMES, "--theme")], ()
    try:
        theme, warnings, source = from_file(value)
    except ThemeError as error:
        console.report(error.diagnostics, error.sources)
        console.say("nothing is drawn because of the errors of its theme")
        raise typer.Exit(console.Code.FINDINGS) from None
    console.report(warnings, (source,))
    return theme, warnings
