"""Runs a program in unlike surroundings and compares what it writes, byte by byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LANG": "de_DE.UTF-8", "LC_ALL": "", "PYTHONUTF8": "0"},
)
"""Environments that differ in what programs pick up by accident: hash seed, time zone, language, default encoding."""


def written(arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Run ``python ARGUMENTS`` in a folder; return the digest of every file there afterwards, by relative path.

    Raises:
        AssertionError: The program failed; with what it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, f"{arguments} in {environment}:\n{done.stdout}{done.stderr}"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def unlike(arguments: Sequence[str], folder: Path) -> list[str]:
    """Run a program once in each of SURROUNDINGS, each in a folder of its own; return the files that are not the same.

    Args:
        arguments: Of the Python interpreter; files it writes have to land in its working folder.
        folder: An empty folder.
    """
    runs = [
        written(arguments, folder / f"{'deep/' * number}run {number}", surroundings)
        for number, surroundings in enumerate(SURROUNDINGS)
    ]
    assert runs[0], f"{arguments} wrote nothing"
    names = sorted({name for run in runs for name in run})
    return [name for name in names if len({run.get(name, "") for run in runs}) > 1]
