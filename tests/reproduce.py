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


SAID = "(output)"


def written(arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Run ``python ARGUMENTS`` in a folder; return digests of its output and of every file there afterwards, by path.

    Raises:
        AssertionError: The program failed; with what it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, f"{arguments} in {environment}:\n{done.stdout.decode('utf-8', 'replace')}"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: sha256(data).hexdigest() for name, data in {**contents, SAID: done.stdout}.items()}


def unlike(arguments: Sequence[str], folder: Path, *, output: bool = False) -> list[str]:
    """Run a program once in each of SURROUNDINGS, each in a folder of its own; return the files that are not the same.

    Args:
        arguments: Of the Python interpreter; files it writes have to land in its working folder.
        folder: An empty folder.
        output: Whether to compare what it prints, too, under the name of SAID.
    """
    runs = [
        written(arguments, folder / f"{'deep/' * number}run {number}", surroundings)
        for number, surroundings in enumerate(SURROUNDINGS)
    ]
    for run in runs if not output else ():
        del run[SAID]
    assert runs[0], f"{arguments} wrote nothing"
    names = sorted({name for run in runs for name in run})
    return [name for name in names if len({run.get(name, "") for run in runs}) > 1]
