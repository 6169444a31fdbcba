"""A path of the command line → its document, with problems of reading it printed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from archkit.cli import console
from archkit.cli.inputs import STDIN, Input
from archkit.diagnostics import Diagnostic, Severity
from archkit.files import FileError
from archkit.garbage import paused
from archkit.report.escape import visible

if TYPE_CHECKING:
    from archkit.cli.progress import Progress
    from archkit.document import Document


def read(path: str) -> Document | None:
    """Read a blueprint; print why, and return None, where it cannot be read."""
    found = attempt(path)
    if isinstance(found, FileError):
        console.problem(found.message, found.hint)
        return None
    return found


def attempt(path: str) -> Document | FileError:
    """Read a blueprint, or return why it cannot be read."""
    # Loaded here, so that `archkit --help` and the like need no language.
    from archkit.document import load, loads

    # A document stays until its command is done: the garbage collector walks it neither while it grows nor later.
    with paused():
        try:
            return loads(sys.stdin.buffer.read(), "<stdin>") if path == STDIN else load(path)
        except FileError as error:
            return error
        finally:
            gc.freeze()


class Sound(NamedTuple):
    """Blueprints without errors, and what became of the others.

    Attributes:
        documents: Those without errors, with the names of their folders.
        problems: The errors of the others.
        code: The exit code for those that could not be read.
    """

    documents: list[tuple[str, Document]]
    problems: list[Diagnostic]
    code: int


def sound(inputs: Iterable[Input], progress: Progress, lacks: str) -> Sound:
    """Read blueprints; print what is wrong with those that have errors.

    Args:
        inputs: Where they are.
        progress: Is told which one is read.
        lacks: What a blueprint with errors gets none of, such as ``chapter``.
    """
    documents: list[tuple[str, Document]] = []
    problems: list[Diagnostic] = []
    code = int(console.Code.CLEAN)
    for each in inputs:
        progress.step(f"reading {visible(each.path)}")
        document = read(each.path)
        if document is None:
            code = console.Code.USAGE
        elif document.broken:
            progress.pause()
            console.report(document.problems, document.sources)
            console.say(f"{visible(document.name)} gets no {lacks} because of its errors")
            problems += document.problems
        else:
            documents.append((each.folder, document))
    return Sound(documents, problems, code)


def status(findings: Iterable[Diagnostic], exit_zero: bool, error_on_warning: bool) -> int:
    """Return the exit code that findings call for.

    Args:
        findings: All that was found.
        exit_zero: Whether the code is 0 whatever was found.
        error_on_warning: Whether warnings count as errors do.
    """
    worst = max((finding.severity for finding in findings), default=None)
    limit = Severity.WARNING if error_on_warning else Severity.ERROR
    found = worst is not None and worst >= limit and not exit_zero
    return console.Code.FINDINGS if found else console.Code.CLEAN
