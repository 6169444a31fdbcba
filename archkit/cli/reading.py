"""A path of the command line → its document, with problems of reading it printed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archkit.cli import console
from archkit.cli.inputs import STDIN
from archkit.diagnostics import Diagnostic, Severity
from archkit.files import FileError
from archkit.garbage import paused

if TYPE_CHECKING:
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


def status(findings: Iterable[Diagnostic], exit_zero: bool, error_on_warning: bool) -> int:
    """Return the exit code that findings call for."""
    worst = max((finding.severity for finding in findings), default=None)
    limit = Severity.WARNING if error_on_warning else Severity.ERROR
    found = worst is not None and worst >= limit and not exit_zero
    return console.Code.FINDINGS if found else console.Code.CLEAN
