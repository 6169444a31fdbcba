"""Words of the command line → the command they name; only that one is loaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import archkit
from archkit.cli import console
from archkit.files import FileError
from archkit.suggest import nearest

COMMANDS = (
    "render",
    "watch",
    "validate",
    "figures",
    "gallery",
    "score",
    "capacity",
    "what-if",
    "diff",
    "new",
    "fmt",
    "book",
    "site",
    "practice",
    "cards",
    "rules",
    "explain",
    "types",
    "schema",
)
"""Each is a module beside this one with a function ``command``, in the order of the help."""

_PROGRAM = "archkit"
_TABLES = 60  # columns of a terminal below which tables of the help would cut the names of options
# The base of all errors that typer, or the click of older versions below it, has about a command line.
_UsageError: Any = typer.BadParameter.__mro__[1]


def run(words: Sequence[str]) -> int:
    """Run the command that the words name, and return its exit code.

    Raises:
        KeyboardInterrupt: The user has broken it off.
    """
    console.prepare()
    group = _lean(get_command(app))
    if os.environ.get("_ARCHKIT_COMPLETE"):
        return int(group.main(args=list(words), prog_name=_PROGRAM, standalone_mode=False) or 0)
    try:
        with group.make_context(_PROGRAM, list(words) or ["--help"]) as context:
            group.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except _UsageError as error:
        _usage(error)
        return console.Code.USAGE
    except FileError as error:
        console.problem(error.message, error.hint)
        return console.Code.USAGE
    return console.Code.CLEAN


class Commands(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        return _lean(get_command(_single(cmd_name)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the words begin with."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing and not args[0].startswith("-"):
            meant = nearest(args[0], COMMANDS)
            ctx.fail(f"no such command: {args[0]}" + (f"; did you mean `{meant}`?" if meant else ""))
        return super().resolve_command(ctx, args)


class _Plain:
    """Converts the values of options where typer would load pydantic, which takes as long as a whole validation.

    A version of typer that does not know the attribute it is put into converts values in its own way.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return a value from the command line as what the function of the command wants."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if param.type_descriptor.annotation is float and not isinstance(value, float):
            try:
                return float(value)
            except ValueError:
                raise typer.BadParameter(f"{value!r} is not a number", ctx=ctx, param=param) from None
        return value


def _lean(command: Any) -> Any:
    """Let a command convert the values of its options without pydantic, and print its help without tables that cut."""
    if shutil.get_terminal_size().columns < _TABLES:
        command.rich_markup_mode = None
    ask = command.get_params

    def get_params(ctx: Any) -> Any:
        params = ask(ctx)
        for param in params:
            if getattr(param, "_runtime_param", _Plain) is None:
                param._runtime_param = _Plain()
        return params

    command.get_params = get_params
    return command


def _single(name: str) -> typer.Typer:
    function = import_module(f"archkit.cli.{name.replace('-', '_')}").command
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name, no_args_is_help=False)(function)
    return alone


def _usage(error: Any) -> None:
    message = error.message if getattr(error, "possibilities", None) else error.format_message()
    message = message.strip().rstrip(".")
    hints = []
    if getattr(error, "possibilities", None):
        hints.append(f"did you mean `{nearest(error.option_name, error.possibilities) or error.possibilities[0]}`?")
    path = error.ctx.command_path if error.ctx else _PROGRAM
    hints.append(f"`{path} --help` tells what can be written")
    console.problem(message[:1].lower() + message[1:], "\n".join(hints))


app = typer.Typer(
    name=_PROGRAM,
    cls=Commands,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        console.out(f"{_PROGRAM} {archkit.__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    traceback: Annotated[bool, typer.Option("--traceback", help="Show where an internal error arose.")] = False,
) -> None:
    """Draws the figures of an ML system's blueprint, and checks the blueprint."""
