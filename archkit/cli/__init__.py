"""Command line → exit code: the one place that turns what goes wrong into words and numbers for a shell."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from archkit.garbage import seldom

# What writing to standard output fails with where a file or a device behind it takes no more.
_UNWRITABLE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EIO, errno.EFBIG})


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: The words after the program's name; those of the process where None.

    Returns:
        The exit code: 0 clean, 1 findings, 2 usage or environment, 3 layout failed, 101 internal error, 130 interrupted
        and 141 the reader of the output went away. Where several apply, the largest.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    before = words[: words.index("--")] if "--" in words else words
    trace = "--traceback" in before or os.environ.get("ARCHKIT_DEBUG", "") not in ("", "0")
    seldom()
    try:
        # Loaded inside, so that a Ctrl-C during the import ends as quietly as one after it.
        from archkit.cli.app import run

        code = run([word for word in words if word != "--traceback" or word not in before])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _silence_stdout()
        return 141
    except SystemExit as ended:
        # What prints the help ends the program itself, with 1, when its reader goes away.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return 141
    except Exception as error:
        if trace:
            raise
        if isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITABLE:
            _silence_stdout()
            return _told("write", "standard output", error)
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            # Asking whether there is such a file fails too, before Python 3.14.
            return _told("use", error.filename, error)
        from archkit.cli.console import internal_error

        internal_error(error)
        return 101
    return code


def _told(doing: str, path: str, error: OSError) -> int:
    """Say what the system refuses to do, and return the exit code for that."""
    from archkit.cli.console import problem
    from archkit.files import problem as put

    told = put(doing, path, error)
    problem(told.message.replace("`standard output`", "standard output"), told.hint)
    return 2


def _silence_stdout() -> None:
    """Keep the interpreter from complaining about the closed pipe once more when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
