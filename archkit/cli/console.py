"""Results, progress and problems → standard output and standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, TextIO

from archkit.report.escape import visible
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.cli.inputs import Inputs
    from archkit.diagnostics import Diagnostic
    from archkit.source import Source

_LOG_WIDTH = 120  # where the output is no terminal


class Code(IntEnum):
    """Exit codes; where several apply, the largest is returned."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    LAYOUT = 3
    INTERNAL = 101


def prepare() -> None:
    """Let both streams print any text: as UTF-8 on Windows, and elsewhere with escapes for what does not fit.

    A stream that was closed before the program began (``>&-``) is None, and becomes one that swallows all, or is empty.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open until the program ends
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and os.name == "nt":
            reconfigure(encoding="utf-8", errors="backslashreplace")
        elif reconfigure:
            reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """Print a result, whose last line break is its own."""
    sys.stdout.write(text)


def out_bytes(data: bytes) -> None:
    """Print a result that is the content of a file: the same bytes on every system and in every locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(text: str) -> None:
    """Print a line about the work on standard error."""
    print(text, file=sys.stderr)


def quoted(word: str) -> str:
    """Return a word of a command as the user's shell takes it."""
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline([word])
    from shlex import quote

    return quote(word)


def problem(message: str, hint: str = "", label: str = "error") -> None:
    """Print what went wrong outside of any blueprint, and what to do.

    Args:
        message: What went wrong.
        hint: What to do; its lines stand below each other.
        label: ``error``, ``warning`` or the like.
    """
    code = {"error": "1;31", "warning": "1;33"}.get(label, "1")
    head = f"\x1b[{code}m{label}\x1b[0m" if colored(sys.stderr) else label
    say(f"{head}: {visible(message)}")
    for line in hint.splitlines():
        say(f"  = help: {visible(line)}")


def report(found: Sequence[Diagnostic], sources: Sequence[Source]) -> None:
    """Print findings on standard error, each with its place in the text.

    Args:
        found: The findings.
        sources: What their spans refer to.
    """
    if not found:
        return
    # Loaded here because most blueprints that are drawn have no findings.
    from archkit.report import text

    sys.stderr.write(text.report(found, sources, color=colored(sys.stderr), width=width(sys.stderr)))


def report_inputs(inputs: Inputs) -> int:
    """Print which paths name no blueprint, and return the exit code for that."""
    for error in inputs.problems:
        problem(error.message, error.hint)
    if inputs.skipped:
        count = len(inputs.skipped)
        names = ", ".join(visible(name) for name in inputs.skipped[:5]) + (", …" if count > 5 else "")
        say(f"skipped {how_many(count, 'file')} without a `blueprint:` key: {names}")
    return Code.USAGE if inputs.problems else Code.CLEAN


def undrawn(error: Exception, what: str = "") -> int:
    """Print why a figure could not be drawn, and return the exit code for that.

    Args:
        error: Why.
        what: Which figure or blueprint, where that is not said.
    """
    problem(f"{what}: {error}" if what else str(error))
    # Loaded here because most commands draw nothing.
    from archkit.layout.errors import LayoutError

    return Code.LAYOUT if isinstance(error, LayoutError) else Code.USAGE


def internal_error(error: Exception) -> None:
    """Print that archkit itself is at fault."""
    problem(f"archkit made a mistake of its own: {type(error).__name__}: {error}")
    say("  = please report it, with the blueprint and what `archkit --traceback …` prints")


def colored(stream: TextIO) -> bool:
    """Return whether to use colours: on a terminal, unless ``NO_COLOR`` or ``FORCE_COLOR`` decide."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    if os.name == "nt":
        os.system("")  # noqa: S605, S607 - an empty command makes older Windows consoles understand ANSI sequences
    return True


def width(stream: TextIO) -> int:
    """Return how many columns to use."""
    return max(40, shutil.get_terminal_size().columns) if stream.isatty() else _LOG_WIDTH


def table(rows: Iterable[Sequence[str]], head: Sequence[str] = (), columns: int = _LOG_WIDTH) -> str:
    """Return rows as aligned columns, the last one broken over lines where it is too wide.

    Args:
        rows: Of as many cells each.
        head: Titles of the columns.
        columns: How wide a line may be.
    """
    import textwrap

    cells = [list(head), *map(list, rows)] if head else [list(row) for row in rows]
    if not cells:
        return ""
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]) - 1)]
    indent = sum(widths) + 2 * len(widths)
    lines = []
    for row in cells:
        last = textwrap.wrap(row[-1], max(columns - indent, 24), break_on_hyphens=False) or [""]
        start = "".join(cell.ljust(size + 2) for cell, size in zip(row, widths, strict=False))
        lines += [(start + last[0]).rstrip(), *(" " * indent + line for line in last[1:])]
    return "\n".join(lines) + "\n"
