"""Paths of blueprints → a deck of cards for Anki, or the cards as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archkit import files
from archkit.cli import console
from archkit.cli.inputs import STDIN, Input, gather
from archkit.cli.options import Blueprints, JobsOption, ending, installed, processes
from archkit.cli.progress import Progress
from archkit.cli.reading import read
from archkit.report.escape import visible
from archkit.sentences import how_many
from archkit.workers import Task, WorkerDiedError, Workers

if TYPE_CHECKING:
    from archkit.cards import Card
    from archkit.cards.anki import Part
    from archkit.cards.masks import Shown
    from archkit.document import Document


def command(
    blueprints: Blueprints,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; .apkg for Anki, or .json.")
    ] = "output/archkit.apkg",
    jobs: JobsOption = None,
) -> None:
    """Make cards to learn from: figures with parts covered, and questions about losses, numbers and trade-offs."""
    from archkit.cards.anki import check_installed, package
    from archkit.layout import LayoutError

    anki = ending(output, ("apkg", "json"), "--output") == "apkg"
    if anki:
        installed(check_installed)
    count = processes(jobs)
    inputs = gather(blueprints)
    code = console.report_inputs(inputs)
    begun: list[tuple[Document, Input, dict[str, Task[Shown]]]] = []
    parts: list[Part] = []
    changed = 0.0
    with Progress() as progress, Workers(count, progress.warn) as workers:
        for each in inputs.blueprints:
            progress.step(f"reading {visible(each.path)}")
            document = read(each.path)
            if document is None:
                code = max(code, console.Code.USAGE)
                continue
            if document.broken or document.blueprint is None:
                progress.pause()
                console.problem(f"{document.name} has errors and gives no cards", "`archkit validate` lists them")
                code = max(code, console.Code.FINDINGS)
                continue
            begun.append((document, each, _shown(document, anki, workers)))
        for document, each, shown in begun:
            progress.step(f"making cards of {visible(each.folder)}")
            try:
                parts.append(_part(document, each, shown))
            except (LayoutError, WorkerDiedError) as error:
                progress.pause()
                code = max(code, console.undrawn(error, document.name))
            changed = max(changed, _changed(each))
        if parts:
            files.write(output, package(parts, changed) if anki else _json(parts))
    if parts:
        count = sum(len(part.cards) for part in parts)
        console.out(f"{visible(output)}\n")
        console.say(f"{how_many(count, 'card')} of {how_many(len(parts), 'blueprint')}")
    raise typer.Exit(code)


def _shown(document: Document, pictures: bool, workers: Workers) -> dict[str, Task[Shown]]:
    """Begin with the figures that the cards of a blueprint are about."""
    from archkit.cards import asked
    from archkit.cards.masks import shown
    from archkit.made import effort
    from archkit.render.finish import SCALE

    views = {name: document.figure(name) for name in asked(document)}
    scale = SCALE if pictures else None
    return {name: workers.begin(shown, view, scale, effort=effort(view)) for name, view in views.items()}


def _part(document: Document, given: Input, begun: dict[str, Task[Shown]]) -> Part:
    """Return the cards of one blueprint, with the pictures that they show."""
    from archkit.cards import cards
    from archkit.cards.anki import Part

    assert document.blueprint is not None  # noqa: S101  documents without one have been sorted out
    shown = {name: task.result() for name, task in begun.items()}
    found = tuple(cards(document, given.folder, lambda name: shown[name].masks))
    names = dict.fromkeys(card.figure for card in found if card.figure)
    pictures = {name: picture for name in names if (picture := shown[name].picture) is not None}
    return Part(given.folder, document.blueprint.title, found, pictures)


def _changed(given: Input) -> float:
    """Return when a blueprint was changed last, in seconds since 1970."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if written.isdecimal():
        return float(written)
    return 0.0 if given.path == STDIN else float(int(Path(given.path).stat().st_mtime))


def _json(parts: list[Part]) -> bytes:
    """Return the cards as one JSON object.

    ``version`` is 1. ``decks`` have ``name``, ``title`` and ``cards``: ``id``, ``kind``, ``front``, ``back`` (a list of
    paragraphs), ``figure`` (a name or null) and ``mask`` (``x``, ``y``, ``width``, ``height`` as shares of the figure,
    or null).
    """
    decks = [{"name": part.name, "title": part.title, "cards": [_entry(card) for card in part.cards]} for part in parts]
    return (json.dumps({"version": 1, "decks": decks}, indent=1) + "\n").encode()


def _entry(card: Card) -> dict[str, object]:
    box = card.mask.box._asdict() if card.mask is not None else None
    return {
        "id": card.id,
        "kind": card.kind,
        "front": card.front,
        "back": list(card.back),
        "figure": card.figure or None,
        "mask": {name: round(share, 6) for name, share in box.items()} if box is not None else None,
    }
