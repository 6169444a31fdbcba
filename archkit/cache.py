"""What has been made before, by the hash of all that it was made from; safe to delete, and to share between runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archkit.view import FigureView

VARIABLE = "ARCHKIT_CACHE"
"""Environment variable that names another folder, or ``off``."""

LIMIT = 512 * 1024 * 1024
"""Bytes that the folder may hold before the least recently used files are removed."""

_SUM = sha256().digest_size


class Cache:
    """A folder of files named by the hash of what they were made from.

    Nothing here ever fails: a file that cannot be read or is damaged was never there, one that cannot be written is not
    kept. A file appears whole under its name or not at all, so that any number of runs may use the folder at once.

    Args:
        folder: Where; None keeps nothing.
        limit: Bytes that it may hold, see ``trim``.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._added = 0

    @property
    def active(self) -> bool:
        """Whether anything is kept at all."""
        return self._folder is not None

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key, or None."""
        path = self._path(key)
        if path is None:
            return None
        try:
            data = path.read_bytes()
            if sha256(data[_SUM:]).digest() != data[:_SUM]:
                path.unlink(missing_ok=True)
                return None
            os.utime(path)
        except OSError:
            return None
        return data[_SUM:]

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key.

        Args:
            key: As made by ``key``.
            data: What to keep.
        """
        path = self._path(key)
        if path is None:
            return
        temporary = path.with_name(f".{path.name}-{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(sha256(data).digest() + data)
            temporary.replace(path)
        except OSError:
            pass
        finally:
            _remove(temporary)
        self._added += len(data)

    def trim(self) -> None:
        """Remove what was not used for longest, where something was added and the folder holds more than it may."""
        if self._folder is None or not self._added:
            return
        found = sorted(_files(self._folder), reverse=True)
        room = self._limit
        for _, size, path in found:
            room -= size
            if room < 0:
                _remove(path)

    def _path(self, key: str) -> Path | None:
        return None if self._folder is None else self._folder / key[:2] / key[2:]


def default() -> Cache:
    """Return the cache of this user: in the folder that ``ARCHKIT_CACHE`` names, else where the system keeps caches."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() in ("off", "0", "no", "false"):
        return Cache(None)
    if named:
        return Cache(Path(named))
    # Loaded here because most commands keep nothing.
    from platformdirs import user_cache_dir

    return Cache(Path(user_cache_dir("archkit", appauthor=False)))


def key(*parts: object) -> str:
    """Return the hash of what something is made from, with the program that makes it.

    Args:
        parts: Texts, bytes, numbers, None, tuples, mappings, frozen sets and dataclasses of these.

    Raises:
        TypeError: A part is something else, whose text might not be the same in another process.
    """
    found = sha256(_program(Path(__file__).parent).encode())
    for piece in _pieces(parts):
        found.update(piece)
    return found.hexdigest()


def key_of(view: FigureView) -> str:
    """Return the hash of all that a figure is drawn from by archkit's own layout, whatever its format."""
    return key(view.figure, view.theme, view.name, view.blueprint, view.finish)


def _pieces(value: Any) -> Iterator[bytes]:
    """Yield a value as bytes, no two values as the same."""
    if isinstance(value, str | bytes):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        yield f"{type(value).__name__}{len(data)}:".encode()
        yield data
    elif value is None or isinstance(value, bool | int | float):
        yield f"{type(value).__name__}{value!r};".encode()
    elif is_dataclass(value) and not isinstance(value, type):
        yield f"{type(value).__name__}(".encode()
        for field in fields(value):
            yield from _pieces(getattr(value, field.name))
        yield b")"
    elif isinstance(value, tuple | list):
        yield f"[{len(value)}".encode()
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, Mapping):
        yield f"{{{len(value)}".encode()
        for name, item in value.items():
            yield from _pieces(name)
            yield from _pieces(item)
    elif isinstance(value, frozenset):
        yield b"set"
        yield from _pieces(tuple(sorted(value)))
    else:
        raise TypeError(f"{type(value).__name__} has no place in a cache's key")


@lru_cache(maxsize=8)
def _program(root: Path) -> str:
    """Return what changes whenever the program does: its files' names, sizes and times, and versions of libraries."""
    from importlib.metadata import PackageNotFoundError, version

    libraries = []
    for name in ("anyascii", "diagrams", "font-source-sans-pro", "genanki", "resvg", "typst", "uharfbuzz"):
        with suppress(PackageNotFoundError):  # some are extras
            libraries.append(f"{name} {version(name)}")
    listed = sorted(
        f"{os.path.relpath(path, root)} {size} {changed}"
        for changed, size, path in _files(root)
        if not path.name.endswith(".pyc")
    )
    return "\n".join((*libraries, *listed))


def _files(folder: Path) -> list[tuple[int, int, Path]]:
    """Return all files below a folder with the time of their last change in nanoseconds and their size in bytes."""
    found = []
    pending = [os.fspath(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    else:
                        status = entry.stat(follow_symlinks=False)
                        found.append((status.st_mtime_ns, status.st_size, Path(entry.path)))
        except OSError:
            continue  # gone meanwhile
    return found


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
