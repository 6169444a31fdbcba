"""Documents → the files that they were read from, and whether these are still the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from archkit.files import yaml_files

if TYPE_CHECKING:
    from archkit.document import Document

_MISSING = "INC003"

Stamps = dict[str, tuple[int, ...]]
"""For each file what changes with it: the time of its last change, its size, its place on the disk; () for none."""


def files_of(document: Document) -> Iterator[str]:
    """Yield the paths of a blueprint and of all that it includes, those too that are not there yet."""
    for source in document.sources:
        yield source.name
    for finding in document.language:
        if finding.code == _MISSING and finding.span is not None:
            source = document.sources[finding.span.source]
            entry = source.text[finding.span.start : finding.span.end].strip("\"' ")
            yield os.path.normpath(Path(source.name).parent / entry)


def stamps(paths: Iterable[str], folders: Iterable[str] = ()) -> Stamps:
    """Return what the files are like now.

    Args:
        paths: Of files.
        folders: All YAML files below these are looked at too, so that new ones are seen.
    """
    found = {path: _stamp(path) for path in paths}
    for folder in folders:
        found |= {os.path.normpath(path): _stamp(path) for path in yaml_files(folder)}
    return found


def changed(before: Stamps, after: Stamps) -> list[str]:
    """Return the paths of files that are new, gone or different.

    Args:
        before: What the files were like.
        after: What they are like now.
    """
    return [path for path in {**before, **after} if before.get(path) != after.get(path)]


def _stamp(path: str) -> tuple[int, ...]:
    try:
        status = os.stat(path)  # noqa: PTH116 - several times a second
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
