"""Blueprints → one page with every kind of figure, as a web page or as one picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from archkit import made, text
from archkit.document import Document
from archkit.drawing import Box, Drawing, Item, Shape, Text, Weight
from archkit.figures import KINDS, FigureKind
from archkit.render.png import size
from archkit.render.styles import base64
from archkit.render.svg import svg
from archkit.theme import Theme, counterpart
from archkit.view import FigureView
from archkit.workers import Workers

_COLUMN, _GAP, _MARGIN, _PADDING = 440.0, 28.0, 36.0, 16.0
_PICTURE = 300.0  # the height that a picture has at most
_LARGEST = 1.0  # small figures are not enlarged, so that type has one size
HEAD = "Kinds of figures"
_TAG = re.compile("<[^>]*>")
_ROOT = re.compile(r'^(<svg [^>]*?)\bwidth="[0-9.]+" height="[0-9.]+"')


class Card(NamedTuple):
    """A kind of figure with an example of it.

    Attributes:
        kind: Which.
        view: The example; None where no blueprint has what it needs.
        source: The name of the blueprint that it is drawn from.
        needs: What the blueprints lack for it.
        svg: The text of the example's SVG file.
    """

    kind: FigureKind
    view: FigureView | None
    source: str = ""
    needs: tuple[str, ...] = ()
    svg: str = ""


def cards(
    documents: Iterable[Document], theme: Theme, *, adaptive: bool = False, workers: Workers | None = None
) -> list[Card]:
    """Return a card for every kind of figure, in the order of the kinds.

    Args:
        documents: Blueprints without errors. A kind is drawn from the one of its own name, else from the first that
            lists it, else from the first that has what it needs.
        theme: How they look.
        adaptive: Whether they follow the reader's choice of light or dark.
        workers: Draw them; this process alone where None.

    Raises:
        LayoutError: A figure cannot be laid out.
        WorkerDiedError: The process that drew a figure died.
    """
    given, workers = list(documents), workers or Workers()
    found = [_card(kind, given, theme, adaptive) for kind in KINDS.values()]
    begun = [workers.begin(made.svg, view, effort=made.effort(view)) for _, view in drawn(found)]
    texts = (task.result() for task in begun)
    return [card if card.view is None else card._replace(svg=next(texts)) for card in found]


def _card(kind: FigureKind, documents: Sequence[Document], theme: Theme, adaptive: bool) -> Card:
    able = [document for document in documents if document.missing(kind.name) == []]
    if not able:
        needs = documents[0].missing(kind.name) if documents else None
        return Card(kind, None, "", tuple(needs or ()))
    chosen = min(able, key=lambda document: _rank(kind, document))
    view = chosen.figure(kind.name, theme=theme, transparent=True, adaptive=adaptive)
    return Card(kind, view, Path(chosen.name).name)


def _rank(kind: FigureKind, document: Document) -> int:
    if Path(document.name).stem == kind.name:
        return 0
    listed = document.blueprint.figures if document.blueprint is not None else ()
    return 1 if any(spec.kind == kind.name for spec in listed) else 2


def drawn(found: Iterable[Card]) -> list[tuple[Card, FigureView]]:
    """Return the cards that show something, with what they show."""
    return [(card, card.view) for card in found if card.view is not None]


def sheet(found: Sequence[Card], theme: Theme, columns: int = 4) -> str:
    """Return a contact sheet: the text of one SVG with all figures in a grid, each with its title and a sentence.

    Args:
        found: Cards, as ``cards`` returns them.
        theme: Gives the titles their look; that of the figures.
        columns: How many stand side by side.
    """
    shown = drawn(found)
    columns = min(columns, max(1, len(shown)))
    items: list[Item] = []
    pictures: list[str] = []
    width = 2 * _MARGIN + columns * _COLUMN + (columns - 1) * _GAP
    y = _MARGIN
    for start in range(0, len(shown), columns):
        row = shown[start : start + columns]
        high = max(_placed(card, 0.0, 0.0).height for card, _ in row)
        foot = 0.0
        for at, (card, _) in enumerate(row):
            x = _MARGIN + at * (_COLUMN + _GAP)
            words, depth = _words(card, x + _PADDING, y + high + 2 * _PADDING, theme)
            foot = max(foot, depth)
            items += words
            place = _placed(card, x, y + _PADDING + (high - _placed(card, x, y).height) / 2)
            pictures.append(_nested(card.svg, place))
        outer = 2 * _PADDING + high + foot
        for at in range(len(row)):
            frame = Box(_MARGIN + at * (_COLUMN + _GAP), y, _COLUMN, outer)
            items.append(Shape("rounded", frame, "", "faint", theme.strokes.lane, (), theme.spacing.band_radius))
        y += outer + _GAP
    names = ", ".join(card.kind.title for card, _ in shown)
    whole = Drawing(width, y - _GAP + _MARGIN, HEAD, f"One example each of: {names}.", tuple(items))
    return svg(whole, theme, "gallery").replace("</svg>\n", "".join(pictures) + "</svg>\n")


def _placed(card: Card, x: float, y: float) -> Box:
    """Return where a figure stands in its column, as large as fits."""
    width, height = size(card.svg)
    scale = min((_COLUMN - 2 * _PADDING) / width, _PICTURE / height, _LARGEST)
    width, height = width * scale, height * scale
    return Box(x + (_COLUMN - width) / 2, y, width, height)


def _words(card: Card, x: float, y: float, theme: Theme) -> tuple[list[Item], float]:
    """Return title and sentence of a card, and how far down they reach."""
    items: list[Item] = []
    room = _COLUMN - 2 * _PADDING
    size = theme.sizes.title
    depth = size * theme.sizes.leading
    title = text.width(card.kind.title, size, "semibold", theme.face)
    items.append(Text(x, y + depth - 6, card.kind.title, size, title, "semibold", "start", "ink", "title"))
    size = theme.sizes.label + 1
    for line in text.wrap(card.kind.summary, room, size, face=theme.face):
        depth += size * theme.sizes.leading
        wide = text.width(line, size, face=theme.face)
        items.append(Text(x, y + depth - 6, line, size, wide, "regular", "start", "muted", "label"))
    return items, depth + _PADDING / 2


def _nested(picture: str, place: Box) -> str:
    """Return a figure's SVG as a part of another, at its place."""
    where = f'x="{place.x:.2f}" y="{place.y:.2f}" width="{place.width:.2f}" height="{place.height:.2f}"'
    return _ROOT.sub(lambda root: root[1] + where, picture, count=1).rstrip("\n") + "\n"


def page(found: Sequence[Card], theme: Theme) -> str:
    """Return a web page that needs nothing else: every figure with its title, a sentence and its source.

    Args:
        found: Cards; where their figures are adaptive, the page follows the reader's choice of light or dark too.
        theme: Gives the page its colours.
    """
    shown = drawn(found)
    adaptive = all(view.finish.adaptive for _, view in shown)
    missing = [card for card in found if card.view is None]
    figures = "\n".join(_figure(card) for card, _ in shown)
    rest = "".join(
        f"<li><b>{escape(card.kind.title)}</b> (<code>{escape(card.kind.name)}</code>): {escape(card.kind.summary)} "
        f"Needs {escape('; '.join(card.needs))}.</li>\n"
        for card in missing
    )
    others = f"<section><h2>Not drawn here</h2>\n<ul>\n{rest}</ul></section>\n" if missing else ""
    said = f"{HEAD}{figures}{rest}"
    words = "".join(_TAG.sub("", part) for part in re.split("<svg.*?</svg>", said, flags=re.DOTALL))
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{HEAD}</title>
<style>
{_css(theme, adaptive, words)}</style>
</head>
<body>
<header><h1>{HEAD}</h1>
<p>What archkit draws from a blueprint: {len(shown)} kinds, one example of each.</p></header>
<main>
{figures}
</main>
{others}</body>
</html>
"""


def _figure(card: Card) -> str:
    name = escape(card.kind.name)
    return (
        f'<figure id="{name}">\n<div>{card.svg.rstrip()}</div>\n<figcaption><h2>{escape(card.kind.title)}</h2>\n'
        f"<p>{escape(card.kind.summary)}</p>\n<p><code>{name}</code> from {escape(card.source)}</p></figcaption>\n"
        "</figure>"
    )


def _css(theme: Theme, adaptive: bool, words: str) -> str:
    rules = _faces(theme, words) + _variables(theme)
    if adaptive:
        scheme = "light" if theme.dark else "dark"
        rules += f"@media (prefers-color-scheme:{scheme}){{{_variables(counterpart(theme)).rstrip()}}}\n"
    return (
        rules
        + """\
body{margin:0 auto;max-width:110rem;padding:2rem;background:var(--paper);color:var(--ink);
font-family:page,system-ui,sans-serif;line-height:1.45}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,28rem),1fr));gap:1.75rem}
figure{margin:0;border:1px solid var(--line);border-radius:8px;display:flex;flex-direction:column;overflow:hidden}
figure>div{flex:1;display:flex;align-items:center;justify-content:center;padding:.75rem}
figure svg{max-width:100%;max-height:26rem;height:auto}
figcaption{padding:.9rem 1.1rem;border-top:1px solid var(--line)}
h1{margin:0}h2{margin:0;font-size:1.2rem}h1,h2,b{font-weight:600}p{margin:.3rem 0 0}header{margin-bottom:1.75rem}
figcaption p:last-child{color:var(--muted);font-size:.85rem}section{margin-top:2rem}
"""
    )


def _faces(theme: Theme, words: str) -> str:
    """Return the typeface of the page, with no more characters than it has, as the figures have theirs inside."""
    used = frozenset(text.drawable(words)) | frozenset(map(chr, range(0x20, 0x7F)))
    weights: tuple[tuple[Weight, int], ...] = (("regular", 400), ("semibold", 600))
    return "".join(
        f"@font-face{{font-family:page;font-weight:{number};"
        f"src:url(data:font/ttf;base64,{base64(text.subset(used, weight, theme.face))})}}\n"
        for weight, number in weights
    )


def _variables(theme: Theme) -> str:
    names = {"paper": "paper", "ink": "ink", "muted": "muted", "line": "faint"}
    values = ";".join(f"--{name}:{theme.colour(role)}" for name, role in names.items())
    return f":root{{{values}}}\n"
