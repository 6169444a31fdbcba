"""The language of themes and the built-in ones → the reference page of themes (``docs/themes.md``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from archkit.shapes.base import Field
from archkit.shapes.containers import ListOf
from archkit.shapes.record import Record
from archkit.theme import BOOK, THEMES
from archkit.themes.check import LINES, TEXTS
from archkit.themes.language import EdgeLook, Sizes, Spacing, Strokes, ThemeFile
from archkit.themes.meanings import MEANINGS

_SUMMARIES: Final = {
    "book": "Black lines on white with sparse colour, for a page. All others are taken from it.",
    "dark": "Light lines on a dark ground, for screens.",
    "print": "Greys alone, for paper: dashes and heads of arrows carry what colours do elsewhere.",
    "slide": "Large type, few and strong strokes, strong contrast, for a projector. Goes with `--page 16:9`.",
    "whiteboard": "Unsteady strokes of felt pens and hand lettering, the same ones every time.",
}

_INTRODUCTION: Final = """\
# Themes

A theme is one look of all figures: colours by role, type sizes, strokes, distances, and how arrows are drawn.

    archkit render video.yaml --theme whiteboard
    archkit render video.yaml --theme slide --page 16:9 -f pdf
    archkit render video.yaml --adaptive

"""

_OWN: Final = """\
## A theme of your own

A theme of your own is a YAML file that takes all from a built-in one and says what is different. `--theme` takes its
path, and so does `theme=` of `Document.figure`.

```yaml
theme: 1
extends: book
colours:
  accent: '#7a0c2e'
  edge.deploy: '#7a0c2e'
  lane.inference: '#f6e9ee'
  lane.inference.title: '#7a0c2e'
adaptive:
  accent: '#f0a3bb'
sizes: {title: 22}
strokes: {node: 1.5}
edges:
  feedback: {dash: [2, 4], words: what users do}
```

Colours stand in quotes, because `#` begins a comment in YAML. What is mistyped is an error with its line and column.
Colours that cannot be read on what they stand on (below 4.5 : 1 for text, 3 : 1 for lines) are warnings, and so are
arrows that nothing but colour tells apart: `archkit explain THM002` and `THM003` say more. The figures are laid out
with the sizes of the theme, so that every text has its room.

"""

_ADAPTIVE: Final = """\
## Light and dark

`--adaptive` writes SVG files that follow the reader's choice of light or dark (`prefers-color-scheme`), in a web page,
in the README of a repository, or by themselves. A light theme is paired with the colours of `dark`, a dark one with
those of `book`; `adaptive:` of a theme file changes single ones. Programs that do not ask for the reader's choice show
the theme itself, and so do PNG and PDF files.

"""

_FINISH: Final = """\
## Pages, sizes and paper

| option | does |
|---|---|
| `--page a4` | puts the figure on the middle of an A4 page, upright or not as suits it; `letter` likewise |
| `--page 16:9` | a slide of 1280 × 720 pixels, 960 × 540 points in PDF |
| `--page og-card` | 1200 × 630 pixels, the picture that shared links show |
| `--transparent` | paints nothing behind the figure |
| `--width 1600` | makes a PNG 1600 pixels wide |
| `--scale 3` | makes a PNG of three pixels for one of the figure; 1.5 if not said |
| `-f pdf` | writes PDF in vectors, its text as text; needs `python -m pip install 'archkit[pdf]'` |
"""


def themes_page() -> str:
    """Return the text of ``docs/themes.md``."""
    rows = [f"| `{name}` | {_SUMMARIES[name]} |" for name in THEMES]
    listed = _table(("theme", "look"), rows)
    parts = [_INTRODUCTION, listed, "\n", _OWN, "## Keys\n\n", _keys(ThemeFile, None)]
    for name, record, values in (
        ("sizes", Sizes, BOOK.sizes),
        ("strokes", Strokes, BOOK.strokes),
        ("spacing", Spacing, BOOK.spacing),
        ("edges.MEANING", EdgeLook, None),
    ):
        parts += [f"\n### `{name}`\n\n{record.about()}\n\n", _keys(record, values)]
    styles = ", ".join(f"`{style}` ({look.words})" for style, look in BOOK.edges.items())
    parts += [f"\nMeanings of arrows: {styles}.\n", "\n### `colours` and `adaptive`\n\n", _roles(), "\n"]
    return "".join([*parts, _ADAPTIVE, _FINISH])


def _table(head: tuple[str, ...], rows: Iterable[str]) -> str:
    return "\n".join((f"| {' | '.join(head)} |", "|" + "---|" * len(head), *rows)) + "\n"


def _keys(record: type[Record], values: object) -> str:
    """Return the table of a record's keys, with the values of ``book`` where it has them."""
    rows = []
    for key, field in record.fields.items():
        usual = [_shown(getattr(values, field.name))] if values is not None else []
        required = " **Required.**" if field.required else ""
        rows.append("| " + " | ".join((f"`{key}`", _holds(field), *usual, field.doc + required)) + " |")
    return _table(("key", "holds", *(("in `book`",) if values is not None else ()), "meaning"), rows)


def _holds(field: Field) -> str:
    shape = field.shape
    return f"a list, each {shape.item.words}" if isinstance(shape, ListOf) else shape.words


def _shown(value: Any) -> str:
    return f"`[{', '.join(f'{each:g}' for each in value)}]`" if isinstance(value, tuple) else f"`{value:g}`"


def _roles() -> str:
    colours = [(role, [theme.colour(role) for theme in THEMES.values()]) for role in BOOK.colours]
    rows = [
        f"| `{role}` | {MEANINGS[role]} | {_least(role)} | " + " | ".join(f"`{value}`" for value in values) + " |"
        for role, values in colours
    ]
    return _table(("role", "is", "contrast", *(f"`{name}`" for name in THEMES)), rows)


def _least(role: str) -> str:
    """Return the contrast that a role is held to."""
    if any(text == role for text, _ in TEXTS):
        return "4.5 : 1"
    return "3 : 1" if any(line == role for line, _ in LINES) else ""
