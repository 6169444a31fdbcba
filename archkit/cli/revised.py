"""Paths of blueprints and folders, and a revision → what became of each blueprint since then."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from archkit.cli import console
from archkit.cli.inputs import STDIN, gather, near
from archkit.cli.reading import read
from archkit.report.escape import visible
from archkit.yamltree import Mapping

if TYPE_CHECKING:
    from archkit.diff import Difference
    from archkit.document import Document
    from archkit.report.diffs import Revised
    from archkit.rules import Profile


def tell(paths: list[str], revision: str, format: str, strictness: Profile | None) -> tuple[int, bool]:
    """Print what became of blueprints since a revision, those too that are new or gone.

    Args:
        paths: Of blueprints and folders.
        revision: As git names it.
        format: ``text``, ``json`` or ``markdown``.
        strictness: How the designs are judged.

    Returns:
        The exit code for what could not be read or has errors, and whether anything differs.

    Raises:
        FileError: There is no git, no repository, or no such revision.
    """
    from archkit.report import diffs as written

    inputs = gather(paths)
    code = console.report_inputs(inputs)
    now: dict[str, Document] = {}
    for each in inputs.blueprints:
        document = read(each.path)
        if document is None:
            code = max(code, console.Code.USAGE)
        elif not isinstance(document.tree, Mapping) or document.blueprint is None:
            console.report(document.diagnostics, document.sources)
            code = max(code, console.Code.FINDINGS)
        else:
            now[each.path] = document
    then = _then(paths, [each.path for each in inputs.blueprints], revision)
    moved = _moved(now, then)
    found = []
    for path, document in now.items():
        former = moved.get(path, path)
        name = revision if former == path else f"{revision}:{former}"
        found.append(_revised(name, then.get(former), path, document, strictness))
        for side in (document, then.get(former)):
            if side is not None and side.broken:
                console.say(
                    f"{visible(side.name)} has errors, and what they hide is not compared: see `archkit validate`"
                )
                code = max(code, console.Code.FINDINGS)
    still = {each.path for each in inputs.blueprints} | set(moved.values())
    gone = [path for path in then if path not in still]
    found += [_revised(revision, then[path], path, None, strictness) for path in gone]
    found.sort(key=lambda each: each.after)
    if format == "text":
        console.out(written.text(found, color=console.colored(sys.stdout)))
    else:
        console.out((written.as_json if format == "json" else written.markdown)(found))
    if found:
        console.say(written.summary(found))
    return code, any(each.status != "same" for each in found)


def _then(paths: list[str], now: list[str], revision: str) -> dict[str, Document]:
    """Return the blueprints of a revision that are named, or stood in a folder that is named, by their paths."""
    from archkit import revisions
    from archkit.cli.inputs import is_blueprint
    from archkit.document import recall
    from archkit.yamltree import MAX_BYTES

    folders = [path for path in paths if path != STDIN and Path(path).is_dir()]
    gone = [near(name) for folder in folders for name in revisions.listed(folder, revision)]
    found = {}
    for path in dict.fromkeys((*now, *gone)):
        try:
            if path in now or is_blueprint(revisions.read(path, revision, MAX_BYTES)):
                found[path] = recall(path, revision)
        except revisions.NotThereError:
            continue
    for document in found.values():
        if document.blueprint is None:
            console.say(f"{visible(document.name)} cannot be read, and is compared with nothing")
    return {path: document for path, document in found.items() if document.blueprint is not None}


def _moved(now: dict[str, Document], then: dict[str, Document]) -> dict[str, str]:
    """Return the former paths of files that are called otherwise now: those with the same title."""
    titles = {old.blueprint.title: path for path, old in then.items() if path not in now and old.blueprint is not None}
    new = {path: document.blueprint.title for path, document in now.items() if path not in then and document.blueprint}
    return {path: titles[title] for path, title in new.items() if title in titles}


def _revised(name: str, old: Document | None, path: str, new: Document | None, strictness: Profile | None) -> Revised:
    """Return what became of one blueprint."""
    from archkit.diff import compared
    from archkit.report.diffs import Revised

    last = new or old
    assert last is not None  # noqa: S101  it is, or was
    assert last.blueprint is not None  # noqa: S101  others were passed over
    difference: Difference | None = None
    if old is not None and new is not None and isinstance(old.tree, Mapping) and isinstance(new.tree, Mapping):
        difference = compared((old.tree, old.sources), (new.tree, new.sources), strictness)
    return Revised(name if old is not None else "", path, last.blueprint, difference)
