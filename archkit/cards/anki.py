"""Cards of blueprints → an Anki package, whose notes keep their ids, so that a later one updates an earlier one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from archkit.cards import Card
from archkit.render.pdf import MissingPackageError

_FIELDS = ("Front", "Figure", "Mask", "Back")
_STYLE = """\
.card { font-family: sans-serif; font-size: 18px; text-align: center; }
.question { font-size: 20px; margin: 0 auto 12px; max-width: 46em; }
.answer { margin: 12px auto 0; max-width: 46em; }
.answer p { margin: 4px 0; }
.answer p:first-child { font-weight: 600; }
.figure { position: relative; display: inline-block; max-width: 100%; background: #fff; }
.figure img { display: block; max-width: 100%; }
.mask { position: absolute; box-sizing: border-box; border: 2px solid #a8390f; border-radius: 6px; }
.hidden .mask { background: #ffe08a; }
.hidden .mask::after { content: "?"; position: absolute; inset: 0; display: flex; align-items: center;
  justify-content: center; font-weight: 700; color: #1f2328; }
"""
_FIGURE = '{{#Figure}}<div class="figure%s">{{Figure}}{{Mask}}</div>{{/Figure}}'
_FRONT = '<div class="question">{{Front}}</div>' + _FIGURE % " hidden"
_BACK = '<div class="question">{{Front}}</div>' + _FIGURE % "" + '<hr id="answer"><div class="answer">{{Back}}</div>'


class Part(NamedTuple):
    """The cards of one blueprint.

    Attributes:
        name: Of the blueprint; with the figure's it names the picture.
        title: Names its deck below that of archkit.
        cards: What to ask.
        pictures: PNG pictures of the figures that cards name.
    """

    name: str
    title: str
    cards: Sequence[Card]
    pictures: Mapping[str, bytes]


def check_installed() -> None:
    """Raise a MissingPackageError where the library is missing that writes Anki packages.

    Raises:
        MissingPackageError: The package genanki is not installed; the message says how to install it.
    """
    try:
        import genanki  # noqa: F401
    except ImportError as error:
        message = "Anki packages need the package genanki; `python -m pip install 'archkit[cards]'` installs it"
        raise MissingPackageError(message) from error


def package(parts: Sequence[Part], changed: float) -> bytes:
    """Return an Anki package with a deck for each blueprint.

    Args:
        parts: The cards.
        changed: When they were changed last, in seconds since 1970. Anki takes over what is newer than what it has.

    Raises:
        MissingPackageError: The library for it is not installed; the message says how to install it.
    """
    check_installed()
    import genanki

    model = genanki.Model(
        _number("archkit model"),
        "archkit",
        fields=[{"name": name} for name in ("Id", *_FIELDS)],
        templates=[{"name": "Recall", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
        sort_field_index=1,
    )
    decks = [_deck(genanki, model, part) for part in parts]
    with TemporaryDirectory() as folder:
        files = []
        for part in parts:
            for figure, data in part.pictures.items():
                path = Path(folder, _picture(part.name, figure))
                path.write_bytes(data)
                files.append(str(path))
        target = Path(folder, "archkit.apkg")
        genanki.Package(decks, files).write_to_file(target, timestamp=changed)
        return _steady(target.read_bytes())


def _deck(genanki: Any, model: Any, part: Part) -> Any:
    deck = genanki.Deck(_number(f"archkit deck {part.name}"), f"archkit::{escape(part.title)}")
    for card in part.cards:
        figure = f'<img src="{_picture(part.name, card.figure)}">' if card.figure else ""
        back = "".join(f"<p>{escape(line)}</p>" for line in card.back)
        fields = [escape(card.id), escape(card.front), figure, _mask(card), back]
        guid = sha256(card.id.encode()).hexdigest()[:16]
        deck.add_note(genanki.Note(model, fields, guid=guid, tags=["archkit", part.name, card.kind]))
    return deck


def _mask(card: Card) -> str:
    if card.mask is None:
        return ""
    box = card.mask.box
    sides = (("left", box.x), ("top", box.y), ("width", box.width), ("height", box.height))
    return f'<div class="mask" style="{";".join(f"{name}:{share * 100:.3f}%" for name, share in sides)}"></div>'


def _picture(name: str, figure: str) -> str:
    """Return the name of a picture's file; all media of a collection lie in one folder."""
    safe = "".join(char if char.isalnum() or char in "-_" else "_" for char in f"{name}-{figure}")
    return f"archkit-{safe}.png"


def _number(words: str) -> int:
    """Return a number that Anki can use as an id, the same every time."""
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") % (1 << 30) + (1 << 30)


def _steady(data: bytes) -> bytes:
    """Return an archive without the time and the system of its files, so that the same cards are the same bytes."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # as on Unix
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return found.getvalue()
