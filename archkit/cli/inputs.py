"""Paths of the command line → the blueprints they name, each with a folder of its own for what is drawn."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archkit.filenames import safe_names
from archkit.files import FileError, problem, yaml_files

STDIN = "-"
_IS_BLUEPRINT = re.compile(rb"""^\s*\{?\s*["']?blueprint["']?\s*:""", re.MULTILINE)
_INCLUDES = re.compile(rb"""^["']?include["']?[ \t]*:(.*(?:\n(?:[ \t\-\]#].*)?)*)""", re.MULTILINE)
_PART = re.compile(rb"""[^\s\[\],'"#]+\.ya?ml""", re.IGNORECASE)


class Input(NamedTuple):
    """A blueprint to work on.

    Attributes:
        path: Where it is, ``-`` for standard input.
        folder: The name of its folder below the output folder, safe and its own.
    """

    path: str
    folder: str


class Inputs(NamedTuple):
    """What the paths of a command line name.

    Attributes:
        blueprints: In the order given, those of a folder by name; none twice.
        problems: Paths that do not exist, folders without a blueprint.
        skipped: YAML files found in folders that have no ``blueprint:`` key, and that no other file there includes.
        parts: Those that another file there includes.
    """

    blueprints: list[Input]
    problems: list[FileError]
    skipped: list[str]
    parts: list[str]


def gather(paths: Sequence[str]) -> Inputs:
    """Find the blueprints that paths of files and folders name."""
    found: dict[str, str] = {}
    problems: list[FileError] = []
    skipped: list[str] = []
    parts: list[str] = []
    for path in paths:
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a name is too long
            try:
                named = _in_folder(path, skipped, parts)
            except OSError as error:
                problems.append(problem("read", path, error))
                continue
            if not named:
                hint = "a blueprint is a .yaml file with a `blueprint: 1` line; `archkit new NAME` writes one"
                problems.append(FileError(f"there is no blueprint in the folder `{path}`", hint))
        else:
            named = [path]
        for each in named:
            found.setdefault(each if each == STDIN else os.path.realpath(each), near(each))
    names = list(found.values())
    return Inputs([Input(*pair) for pair in zip(names, _folders(names), strict=True)], problems, skipped, parts)


def _in_folder(folder: str, skipped: list[str], included: list[str]) -> list[str]:
    """Return the blueprints below a folder, and note the other YAML files."""
    named: list[str] = []
    others: list[str] = []
    parts: set[str] = set()
    for path in yaml_files(folder, _refuse):
        with open(path, "rb") as file:  # noqa: PTH123 - Path.open costs twice as much, and there may be thousands
            text = file.read()
        (named if is_blueprint(text) else others).append(path)
        parts.update(_parts(path, text))
    for path in others:
        (included if os.path.normpath(path) in parts else skipped).append(path)
    return named


def _refuse(error: OSError) -> None:
    raise error


def _parts(path: str, text: bytes) -> Iterator[str]:
    """Yield the paths that a file includes, as far as they can be seen without reading it as YAML."""
    for found in _INCLUDES.findall(text):
        for name in _PART.findall(found):
            yield os.path.normpath(os.path.join(os.path.dirname(path), os.fsdecode(name)))  # noqa: PTH118, PTH120


def near(path: str) -> str:
    """Return an absolute path below the working folder as a relative one, as code scanning services want it."""
    if not os.path.isabs(path):  # noqa: PTH117
        return path
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return path
    return path if relative.startswith(os.pardir) else relative


def is_blueprint(text: bytes) -> bool:
    """Return whether the content of a file says that it is a blueprint."""
    return _IS_BLUEPRINT.search(text) is not None


def _folders(paths: list[str]) -> list[str]:
    """Return a folder name for each path: that of the file, with more of the path where two files have the same."""
    names = ["stdin" if path == STDIN else Path(path).stem for path in paths]
    for longer in (lambda path: Path(path).with_suffix("").as_posix(), str):
        counts = Counter(name.casefold() for name in names)
        names = [longer(path) if counts[name.casefold()] > 1 else name for path, name in zip(paths, names, strict=True)]
    chosen = safe_names(names)
    return [chosen[name] for name in names]
