"""Documents → all files of a site, in the order in which they are to be written; the first page comes last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archkit import rules, text
from archkit.cache import Cache
from archkit.cards import asked as asked_for
from archkit.cards import cards
from archkit.contents import find
from archkit.render.styles import base64
from archkit.score import score
from archkit.site import Chapter, Drawn, Files, Tell
from archkit.site.chapter import chapter_page
from archkit.site.colours import looks, style_sheet
from archkit.site.explained import articles
from archkit.site.figures import Begun, begin, drawn
from archkit.site.findings import EXPLAINED
from archkit.site.html import el
from archkit.site.index import decks, index_page, search_data
from archkit.site.page import Frame, page
from archkit.site.places import name_of, page_of
from archkit.site.quiz import quiz_page
from archkit.site.sourcepage import listing
from archkit.typefaces import TYPEFACES
from archkit.workers import Workers

if TYPE_CHECKING:
    from archkit.document import Document
    from archkit.theme import Theme

FIRST = "index.html"
"""The page that is written last, so that it never leads to one that is not there yet."""

_TAKEN = frozenset(("assets", FIRST, EXPLAINED))
_ASSETS = Path(__file__).parent.parent / "data" / "site"
_STEPS = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring", "summary")
_WEIGHTS = {"regular": "400", "semibold": "600", "italic": "400;font-style:italic"}


def site(
    documents: Sequence[tuple[str, Document]],
    theme: Theme,
    title: str,
    store: Cache,
    tell: Tell,
    workers: Workers | None = None,
) -> Files:
    """Return the files of a site.

    Args:
        documents: Blueprints without errors of the language, each with the name of its folder.
        theme: What the figures are laid out for, and the usual look of the pages.
        title: Of the site.
        store: Keeps what need not be made again.
        tell: Is told what is being done.
        workers: Draw the figures; this process alone where None.

    Raises:
        LayoutError: A figure cannot be laid out.
        WorkerDiedError: The process that drew a figure died.
    """
    known = [(folder, document) for folder, document in documents if document.blueprint is not None]
    known = [(f"{folder}-design" if folder.casefold() in _TAKEN else folder, document) for folder, document in known]
    known.sort(key=lambda each: (_chapter(each[1]) is None, _chapter(each[1]) or 0))
    begun = [_begin(folder, document, theme, store, tell, workers or Workers()) for folder, document in known]
    chapters = [_finish(each, store, tell) for each in begun]
    tell("writing pages")
    styles = style_sheet(theme) + _rules(figure for each in chapters for figure in (*each.figures, *each.asked))
    plain = {path.name: path.read_bytes() for path in sorted(_ASSETS.iterdir()) if path.suffix in (".css", ".js")}
    plain |= {"colours.css": styles.encode(), "search-data.js": search_data(chapters), "decks.js": decks(chapters)}
    # Pages are made before the fonts, which hold the characters of the pages, and after their names are known.
    frame = Frame(title, dict.fromkeys((*plain, "fonts.css", "fonts.js"), ""), tuple(looks(theme)))
    characters = _characters(_pages(frame, chapters).values(), chapters)
    faces = "".join(_faces(theme, characters))
    plain["fonts.css"] = faces.encode()
    plain["fonts.js"] = f"window.archkit.fonts = {json.dumps(faces)};\n".encode()
    named = {name: _hashed(name, data) for name, data in plain.items()}
    files: Files = {named[name]: data for name, data in plain.items()}
    files |= _pages(frame._replace(assets=named), chapters)
    files[FIRST] = files.pop(FIRST)
    return files


def _chapter(document: Document) -> int | None:
    return document.blueprint.chapter if document.blueprint is not None else None


class _Begun(NamedTuple):
    """A chapter whose figures are being drawn: its own, and others that cards are about."""

    folder: str
    document: Document
    figures: list[Begun]
    asked: dict[str, Begun]


def _begin(folder: str, document: Document, theme: Theme, store: Cache, tell: Tell, workers: Workers) -> _Begun:
    """Begin with all figures that the site shows of a document."""
    blueprint = document.blueprint
    assert blueprint is not None  # noqa: S101  others were passed over
    tell(f"planning {folder}")
    entries = sorted(document.entries, key=lambda entry: _STEPS.index(entry.step))
    figures = [begin(entry, folder, theme, store, workers) for entry in entries]
    own = {each.entry.name: each for each in figures}
    asked = {}
    for name in asked_for(document):
        entry = next(entry for entry in find(blueprint, name) if not entry.missing())
        asked[name] = own.get(entry.name) or begin(entry, folder, theme, store, workers)
    return _Begun(folder, document, figures, asked)


def _finish(begun: _Begun, store: Cache, tell: Tell) -> Chapter:
    """Return all that the site tells about a document."""
    folder, document, blueprint = begun.folder, begun.document, begun.document.blueprint
    assert blueprint is not None  # noqa: S101  others were passed over
    # Numbers do not depend on other blueprints, so that those pages stay as they are when one more comes.
    number = f"{blueprint.chapter}." if blueprint.chapter is not None else ""
    known: dict[str, Drawn] = {}
    for at, each in enumerate(begun.figures, 1):
        tell(f"drawing {folder}/{each.entry.name}")
        known[each.entry.name] = drawn(each, f"{number}{at}", store)
    about = {name: known.get(each.entry.name) or drawn(each, f"{number}0", store) for name, each in begun.asked.items()}
    found = tuple(cards(document, folder, lambda name: about[name].masks))
    figures = tuple(known[each.entry.name] for each in begun.figures)
    asked = tuple(about[name] for name in dict.fromkeys(card.figure for card in found if card.figure))
    return Chapter(folder, document, blueprint, score(blueprint), figures, found, asked)


def _pages(frame: Frame, chapters: Sequence[Chapter]) -> Files:
    files: Files = {}
    for chapter in chapters:
        files |= _sources(frame, chapter)
        files[f"{chapter.folder}/quiz.html"] = quiz_page(frame, chapter)
        files[f"{chapter.folder}/{FIRST}"] = chapter_page(frame, chapter)
    codes = set(rules.modules()) | {finding.code for chapter in chapters for finding in chapter.document.diagnostics}
    codes |= {gain.code for chapter in chapters for gain in chapter.score.gains if gain.code}
    words = "What each code means that stands beside a finding, why it matters, and what to write instead."
    files[EXPLAINED] = page(
        frame,
        "Findings explained",
        el("div", el("h1", "Findings explained"), el("p", words, class_="summary"), class_="head"),
        articles(codes),
        path=EXPLAINED,
        links=[(FIRST, "All designs")],
        name="reading",
    )
    files[FIRST] = index_page(frame, chapters)
    return files


def _sources(frame: Frame, chapter: Chapter) -> Files:
    files: Files = {}
    title, count = chapter.blueprint.title, len(chapter.document.sources)
    for index, source in enumerate(chapter.document.sources):
        name = name_of(chapter.document, index)
        lines = listing(source, index, chapter.document.tree)
        others = [(page_of(at), name_of(chapter.document, at)) for at in range(count) if at != index]
        files[f"{chapter.folder}/{page_of(index)}"] = page(
            frame,
            f"{title}: {name}",
            el("h1", name),
            el("div", lines, class_="source", tabindex="0", role="group", aria_label="Source"),
            path=f"{chapter.folder}/{page_of(index)}",
            links=[(f"../{FIRST}", "All designs"), (FIRST, title), ("quiz.html", "Quiz"), *others],
            name="reading",
        )  # fmt: skip
    return files


def _rules(figures: Iterable[Drawn]) -> str:
    """Return the rules of all figures, each once; they hold inside figures alone."""
    rules: dict[str, str] = {}
    for figure in figures:
        rules |= figure.rules
    return "".join(f".archkit .{name}{{{values}}}\n" for name, values in sorted(rules.items()))


def _characters(pages: Iterable[bytes], chapters: Sequence[Chapter]) -> frozenset[str]:
    """Return all characters that the typeface of the site needs."""
    found = set(map(chr, range(0x20, 0x7F)))
    for data in pages:
        found.update(data.decode())
    for chapter in chapters:
        found.update(chapter.document.sources[0].text)
    return frozenset(text.drawable("".join(sorted(char for char in found if char.isprintable())))) | frozenset(
        "·×…→←◀▶−+"
    )


def _faces(theme: Theme, characters: frozenset[str]) -> Iterable[str]:
    """Yield the typefaces as rules, with no more characters than the site has."""
    for face in dict.fromkeys(("plain", theme.face)):
        for weight in TYPEFACES[face].files:
            data = base64(text.subset(characters, weight, face))
            yield (
                f"@font-face{{font-family:'{TYPEFACES[face].family}';font-weight:{_WEIGHTS[weight]};"
                f"src:url(data:font/ttf;base64,{data})}}\n"
            )


def _hashed(name: str, data: bytes) -> str:
    """Return the path of an asset, which changes with its content, so that pages never meet one of another build."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{sha256(data).hexdigest()[:10]}.{suffix}"
