"""Main file and the fragments that it includes → one tree."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from archkit.blueprint import Version
from archkit.diagnostics import Diagnostic, Note
from archkit.files import FileError
from archkit.reading import Reading, is_null, shorten
from archkit.shapes.base import take
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence, decode, read

ReadFile = Callable[[Path], bytes]
"""Returns the content of a file, or raises OSError."""

MOST_FILES = 100
MOST_BYTES = 5_000_000


class Included:
    """Reads fragments one inside the other.

    Args:
        source: The main file.
        reading: Where to report to.
        read_file: Reads a fragment.
        base: The folder of the main file; None where it has none (standard input).
        on_disk: Whether fragments are files of today, not those of an earlier revision.

    Attributes:
        sources: All files read, the main one first; ``Span.source`` counts them.
        diagnostics: What the YAML reader found in the fragments.
    """

    def __init__(
        self,
        source: Source,
        reading: Reading,
        read_file: ReadFile | None,
        base: Path | None,
        on_disk: bool = True,
    ) -> None:
        self.sources = [source]
        self.diagnostics: list[Diagnostic] = []
        self._reading = reading
        self._read_file: ReadFile = read_file or Path.read_bytes
        self._base = base if read_file is not None else None
        self._size = len(source.text)
        self._on_disk = on_disk
        self._read: set[Path] = set()  # what several files include is merged once

    def merge(self, tree: Mapping) -> Mapping:
        """Return the tree of the main file with all fragments merged into it."""
        chain = ((self._base / Path(self.sources[0].name).name).resolve(),) if self._base is not None else ()
        return self._merge(tree, self._base, chain)

    def _merge(self, tree: Mapping, folder: Path | None, chain: tuple[Path, ...]) -> Mapping:
        whole = tree
        for entry in _entries(tree):
            path = self._path(entry, folder, chain)
            if path is None or path in self._read:
                continue
            self._read.add(path)
            fragment = self._fragment(entry, path)
            if fragment is None:
                continue
            inner = self._merge(fragment, path.parent, (*chain, path))
            whole = self._join(whole, inner, ())
        return whole

    def _error(self, code: str, span: Span, message: str, hint: str = "") -> None:
        self._reading.error(code, span, message, hint)
        # what the fragment would have declared is unknown
        self._reading.partial = True

    def _path(self, entry: Scalar, folder: Path | None, chain: tuple[Path, ...]) -> Path | None:
        """Return the resolved path of an entry, or None after reporting why it cannot be used."""
        text, span = entry.text, entry.span
        if folder is None:
            hint = "save the blueprint as a file, or write the fragment's content into it"
            self._error("INC001", span, f"`{shorten(text)}` cannot be included: there is no folder to look in", hint)
            return None
        below = "write a path below the folder of the including file, with `/` between names"
        windows = PureWindowsPath(text)
        if "\\" in text or windows.drive or windows.root or PurePosixPath(text).is_absolute() or "\0" in text:
            self._error("INC002", span, f"`{shorten(text)}` is not a relative path", below)
            return None
        try:
            root = folder.resolve()
            path = (root / text).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            self._error("INC003", span, f"`{shorten(text)}` cannot be found: {_why(error)}", below)
            return None
        if not path.is_relative_to(root):
            self._error("INC002", span, f"`{shorten(text)}` lies outside the folder of the including file", below)
            return None
        if path in chain:
            way = " → ".join(f"`{step.name}`" for step in (*chain[chain.index(path) :], path))
            self._error("INC004", span, f"`{shorten(text)}` includes itself: {way}", "remove one of these includes")
            return None
        return path

    def _fragment(self, entry: Scalar, path: Path) -> Mapping | None:
        """Read a fragment's tree, or return None after reporting why it cannot be read."""
        name, span = shorten(entry.text), entry.span
        if len(self.sources) >= MOST_FILES or self._size > MOST_BYTES:
            limit = f"{MOST_FILES} files" if len(self.sources) >= MOST_FILES else f"{MOST_BYTES // 1_000_000} MB"
            self._error("INC005", span, f"`{name}` is not read: a blueprint has at most {limit}", "include less")
            return None
        try:
            if self._on_disk and not path.is_file():
                missing = "is not a file" if path.exists() else "does not exist"
                self._error("INC003", span, f"`{name}` {missing}", f"looked for {entry.text} beside the including file")
                return None
            if self._on_disk and path.stat().st_size > MOST_BYTES:
                limit = f"at most {MOST_BYTES // 1_000_000} MB"
                self._error("INC005", span, f"`{name}` is not read: a blueprint has {limit}", "include less")
                return None
            data = self._read_file(path)
        except (OSError, ValueError) as error:
            self._error("INC003", span, f"`{name}` cannot be read: {_why(error)}")
            return None
        index = len(self.sources)
        source, found = decode(data, self._name(entry), index)
        self.sources.append(source)
        self._size += len(source.text)
        tree, more = read(source, index)
        self.diagnostics += (*found, *more)
        if isinstance(tree, Mapping):
            return tree
        if not more and not (tree is None or is_null(tree)):
            self._error("INC006", span, f"`{name}` is not a part of a blueprint", "write keys and values in it")
        return None

    def _name(self, entry: Scalar) -> str:
        """Return the path of a fragment from where the main file's path begins, so that editors and reports find it."""
        parent = self.sources[entry.span.source].name
        # In an earlier revision a name is `HEAD~1:designs/feed.yaml`.
        ends = ("/", os.sep) if self._on_disk else ("/", os.sep, ":")
        return parent[: max(parent.rfind(end) for end in ends) + 1] + posixpath.normpath(entry.text)

    def _join(self, first: Mapping, second: Mapping, path: tuple[str, ...]) -> Mapping:
        """Return two mappings as one: mappings joined, lists put together, anything else written twice reported."""
        entries = list(first.entries)
        places = {key.text: number for number, (key, _value) in enumerate(entries)}
        for key, value in second.entries:
            if not path and key.text == "blueprint":
                take(Version(), value, key, self._reading)
            if not path and key.text in ("include", "blueprint"):
                continue
            number = places.get(key.text)
            if number is None:
                places[key.text] = len(entries)
                entries.append((key, value))
                continue
            known, other = entries[number]
            entries[number] = known, self._join_values(known, other, key, value, (*path, key.text))
        return Mapping(first.span, tuple(entries), first.partial or second.partial)

    def _join_values(self, known: Scalar, first: Node, key: Scalar, second: Node, path: tuple[str, ...]) -> Node:
        if is_null(first) or is_null(second):
            return second if is_null(first) else first
        if isinstance(first, Mapping) and isinstance(second, Mapping):
            return self._join(first, second, path)
        if isinstance(first, Sequence) and isinstance(second, Sequence):
            return Sequence(first.span, first.items + second.items)
        note = Note(f"`{key.text}` is written here first", known.span)
        message = f"`{'.'.join(path)}` is written in two files"
        self._reading.error("INC007", key.span, message, "keep it in one of them", [note])
        return first


def _entries(tree: Mapping) -> list[Scalar]:
    """Return the paths that a tree includes; anything else under ``include`` is reported when it is read."""
    value = next((value for key, value in tree.entries if key.text == "include"), None)
    items = value.items if isinstance(value, Sequence) else (value,)
    return [item for item in items if isinstance(item, Scalar) and not is_null(item) and item.text.strip()]


def _why(error: Exception) -> str:
    if isinstance(error, FileError):
        return error.message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the path is not valid" if isinstance(error, ValueError) else "its links go in circles"
