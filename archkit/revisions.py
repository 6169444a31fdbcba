"""A file as it was in a revision of its git repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from archkit.files import YAML, FileError


class NotThereError(FileError):
    """A revision has no file of that name."""


_PATIENCE = 60.0  # seconds; a repository on a slow disk may take some


def read(path: str | os.PathLike[str], revision: str, limit: int) -> bytes:
    """Return the content of a file in a revision.

    Args:
        path: Of the file today; it need no longer be there.
        revision: As git names it: ``HEAD~2``, a branch, a tag, a hash.
        limit: How many bytes to return at most.

    Raises:
        NotThereError: The revision has no such file.
        FileError: There is no git, no repository, or no such revision.
    """
    target = Path(path)
    folder = _standing(target.parent)
    inside = os.path.relpath(target, folder).replace(os.sep, "/")
    shown = _git(["show", f"{_commit(revision, folder, target)}:./{inside}"], folder)
    if shown.returncode:
        raise NotThereError(f"there is no `{target}` in revision `{revision}`", "it may have had another name then")
    return shown.stdout[:limit]


def listed(folder: str, revision: str) -> list[str]:
    """Return the YAML files below a folder in a revision, by name, as ``files.yaml_files`` names those of today.

    Args:
        folder: Where to look; it need not have been there.
        revision: As git names it.

    Raises:
        FileError: There is no git, no repository, or no such revision.
    """
    commit = _commit(revision, Path(folder), Path(folder))
    names = _git(["ls-tree", "-r", "-z", "--name-only", commit, "--", "."], Path(folder)).stdout.split(b"\0")
    found = [os.fsdecode(name) for name in names if os.fsdecode(name).lower().endswith(YAML)]
    shown = [name for name in found if not any(part.startswith(".") for part in name.split("/"))]
    here = "" if Path(folder) == Path() else folder
    return sorted(os.path.join(here, *name.split("/")) for name in shown)  # noqa: PTH118 - as walking a folder does


def _standing(folder: Path) -> Path:
    """Return a folder, or the next above that is there."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _commit(revision: str, folder: Path, target: Path) -> str:
    """Return the hash of a revision."""
    if revision.startswith("-") or "\0" in revision or not revision:
        raise FileError(f"`{revision}` names no revision", "name a branch, a tag, a hash, or `HEAD~1`")
    found = _git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], folder)
    if found.returncode:
        repository = _git(["rev-parse", "--is-inside-work-tree"], folder)
        if repository.returncode:
            raise FileError(f"`{target}` lies in no git repository", "compare two files instead")
        raise FileError(f"there is no revision `{revision}`", "`git log` lists them")
    return found.stdout.decode("ascii", "replace").strip()


def _git(words: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  words are the program's own but for a verified revision and a path
            ["git", "-C", os.fspath(folder), *words],  # noqa: S607  whichever git the user has
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        raise FileError("cannot run git", "install git, or compare two files") from error
    except subprocess.TimeoutExpired as error:
        raise FileError(f"git did not answer within {_PATIENCE:.0f} s") from error
