"""Files of a site → a folder: nothing of anybody else's is touched, and an interruption leaves a whole site behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archkit import files
from archkit.files import FileError
from archkit.site import Files, Tell

LIST = "archkit-site.json"
"""The file that lists what belongs to the site, with the hash of each file."""

_SHOWN = 3
_LARGEST = 16 * 1024 * 1024


class Written(NamedTuple):
    """What was done.

    Attributes:
        changed: Files that are new or different.
        same: Files that were there already.
        removed: Files of an earlier site that are gone.
    """

    changed: int
    same: int
    removed: int


def publish(site: Files, folder: Path, tell: Tell) -> Written:
    """Write a site into a folder.

    Each file is written whole, and the pages in the order given, so that the first page leads to nothing that is not
    there. Files of an earlier site that are not wanted any more are removed at the end, unless somebody changed them.

    Args:
        site: Contents by path.
        folder: Where; it is made where it is missing.
        tell: Is told what is being done.

    Raises:
        FileError: A file cannot be written, or one stands in its way that belongs to no site.
    """
    if folder.exists() and not folder.is_dir():
        raise FileError(f"cannot write a site into `{folder}`: it is a file", "name a folder")
    before = _known(folder)
    there = {path: _hash(folder / path) for path in site}
    foreign = [path for path, found in there.items() if found and path not in before and found != _sum(site[path])]
    if foreign:
        more = f" and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
        names = ", ".join(f"`{path}`" for path in foreign[:_SHOWN])
        message = f"`{folder}` holds files of the same names that no earlier site has written: {names}{more}"
        raise FileError(message, "choose an empty folder, or remove them")
    after = {path: _sum(data) for path, data in site.items()}
    # Until all is done the list names old and new files: whatever happens, the next run knows which are the site's.
    _list(folder, before | after)
    changed = 0
    for path, data in site.items():
        if there[path] != after[path]:
            tell(f"writing {path}")
            files.write(folder / path, data)
            changed += 1
    removed = sum(_removed(folder, path, known) for path, known in before.items() if path not in after)
    _list(folder, after)
    return Written(changed, len(site) - changed, removed)


def _list(folder: Path, hashes: Mapping[str, str]) -> None:
    text = json.dumps({"files": dict(sorted(hashes.items()))}, indent=1) + "\n"
    files.write(folder / LIST, text.encode())


def _known(folder: Path) -> dict[str, str]:
    """Return the files of an earlier site with their hashes; nothing where there is no such list."""
    try:
        found = json.loads(files.read(folder / LIST, _LARGEST))
    except (FileError, ValueError):
        return {}
    listed = found.get("files") if isinstance(found, dict) else None
    if not isinstance(listed, dict):
        return {}
    return {path: known for path, known in listed.items() if isinstance(known, str) and _inside(path)}


def _inside(path: str) -> bool:
    """Return whether a path of a list stays in its folder; anybody may have written the list."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and ":" not in path and path != LIST


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()


def _hash(path: Path) -> str:
    """Return the hash of a file; "" where there is none, and a word that is no hash for what is no file."""
    try:
        return _sum(path.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError:
        return "?"


def _removed(folder: Path, path: str, known: str) -> bool:
    """Remove a file of an earlier site, and folders that become empty; return whether it was there unchanged."""
    target = folder / path
    real = folder.resolve()
    if target.is_symlink() or not target.resolve().is_relative_to(real) or _hash(target) != known:
        return False
    with suppress(OSError):
        target.unlink()
        for parent in target.parents:
            if parent == folder:
                break
            parent.rmdir()  # fails where something else lies in it
    return not target.exists()
