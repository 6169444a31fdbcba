"""Files ↔ bytes: read with words for what is wrong, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from archkit.suggest import nearest

_REASONS = {
    errno.ENOENT: ("there is no such file", ""),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", ""),
    errno.EEXIST: ("a part of its path is a file, not a folder", ""),
    errno.EISDIR: ("it is a folder", "name a file in it"),
    errno.EACCES: ("permission denied", "check who may access the file and its folder"),
    errno.EPERM: ("permission denied", "check who may access the file and its folder"),
    errno.EROFS: ("the file system is read-only", "choose another folder"),
    errno.ENOSPC: ("the disk is full", "free some space, or choose another folder"),
    getattr(errno, "EDQUOT", -1): ("your quota on this disk is used up", "free some space, or choose another folder"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.EMFILE: ("too many files are open", ""),
}


YAML = (".yaml", ".yml")
"""How names of YAML files end, in small letters."""


class FileError(OSError):
    """A file that cannot be read or written, in words for the user.

    Attributes:
        message: What could not be done and why.
        hint: What to do, may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


def problem(doing: str, path: str | os.PathLike[str], error: OSError | ValueError) -> FileError:
    """Put an error of the operating system into words.

    Args:
        doing: ``read`` or ``write``.
        path: The file as the user knows it.
        error: What was raised.
    """
    number, words = (error.errno, error.strerror) if isinstance(error, OSError) else (0, "")
    reason, hint = _REASONS.get(number or 0, (words or str(error), ""))
    return FileError(f"cannot {doing} `{os.fspath(path)}`: {reason}", hint)


def read(path: str | os.PathLike[str], limit: int) -> bytes:
    """Read a file, or the beginning of one that is too large to be read whole.

    Args:
        path: Which.
        limit: How many bytes to read at most.

    Raises:
        FileError: The file cannot be read. Where it does not exist, the hint names one beside it that is written alike.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(limit)
    except FileNotFoundError as error:
        found = problem("read", path, error)
        meant = _neighbour(Path(path))
        raise FileError(found.message, f"did you mean `{meant}`?" if meant else found.hint) from error
    except (OSError, ValueError) as error:
        # A path with a null character is a ValueError.
        raise problem("read", path, error) from error


def yaml_files(folder: str, refuse: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """Yield the YAML files below a folder by name, but for hidden ones and those of installed packages.

    Those of the working folder have no ``./`` before them, as git names them and annotations of a change ask for.

    Args:
        folder: Where to look.
        refuse: Is told of a folder that cannot be read; nobody is where None.
    """
    for here, folders, names in os.walk(folder, onerror=refuse):
        if "pyvenv.cfg" in names and here != folder:  # a virtual environment, which may have archkit's own blueprints
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for name in sorted(names):
            if name.lower().endswith(YAML) and not name.startswith("."):
                yield os.path.join(here, name).removeprefix(os.path.join(os.curdir, ""))  # noqa: PTH118


def _neighbour(path: Path) -> str:
    """Return the file that was probably meant by a path that leads to none, or an empty text."""
    try:
        names = sorted(each.name for each in path.parent.iterdir() if not each.name.startswith("."))
    except OSError:
        return ""
    with_suffix = [f"{path.name}{suffix}" for suffix in (".yaml", ".yml")]
    # An ending that both have in common says nothing about how alike they are.
    stems = {Path(name).stem: name for name in names if Path(name).suffix == path.suffix}
    others = [name for name in names if name not in stems.values()]
    name = next((name for name in with_suffix if name in names), "")
    name = name or stems.get(nearest(path.stem, stems) or "", "") or nearest(path.name, others)
    return os.fspath(path.with_name(name)) if name else ""


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all.

    The bytes go to a temporary file in the same folder, reach the disk, and then take the place of an earlier file in
    one step, keeping its permissions. Where anything fails, an earlier file is as it was and no temporary one is left.
    A symbolic link is replaced, not followed, so that one planted in an output folder leads nowhere. A device or a pipe
    is written to.

    Args:
        path: Where; missing folders are made.
        data: The whole content.

    Raises:
        FileError: The file cannot be written.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(target)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if _is_device(target, mode):
            target.write_bytes(data)
            return
        if mode and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with _temporary(target.parent) as (descriptor, temporary):
            _fill(descriptor, data)
            if mode:
                temporary.chmod(stat.S_IMODE(mode))
            _replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise problem("write", path, error) from error


def _mode(target: Path) -> int:
    """Return type and permissions of what stands at a path, 0 where nothing does."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return 0


def _is_device(target: Path, mode: int) -> bool:
    # `/dev/stdout` leads to a regular file where the output is redirected, and must not be replaced then either.
    return bool(mode) and (not stat.S_ISREG(mode) or os.fspath(target).startswith(("/dev/", "/proc/")))


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    """Make a new file in a folder and remove it at the end, unless it was renamed by then."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    for number in range(1000):
        path = folder / f".archkit-{os.getpid()}-{get_ident()}-{number}.tmp"
        try:
            descriptor = os.open(path, flags, 0o666)  # less what the umask takes away, as for any new file
        except FileExistsError:
            continue
        try:
            yield descriptor, path
        finally:
            # KeyboardInterrupt comes here too.
            path.unlink(missing_ok=True)
        return
    raise OSError(errno.EBUSY, "too many temporary files of archkit stand beside it")


def _fill(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(temporary: Path, target: Path) -> None:
    """Put a file in the place of another."""
    for wait in (0.02, 0.05, 0.1, 0.2):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            # On Windows a virus scanner or a viewer holds a file for a moment; nowhere else does waiting help.
            time.sleep(wait)
    temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut where the system offers that (Windows does not)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        # Some network file systems refuse. The file itself is written and synced.
        pass
    finally:
        os.close(descriptor)
