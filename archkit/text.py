"""Text → advance widths, lines and font subsets, by shaping with the very typeface that is embedded."""

from __future__ import annotations

import importlib.util
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from archkit.characters import covered, drawable, missing
from archkit.drawing import Weight

__all__ = [
    "ASCENT",
    "CAP_HEIGHT",
    "DESCENT",
    "FAMILY",
    "X_HEIGHT",
    "cut_for",
    "drawable",
    "font_files",
    "missing",
    "subset",
    "width",
    "wrap",
]

FAMILY = "Source Sans Pro"

# Fractions of the type size, from the face's tables: OS/2 typographic ascender and descender, capital and x height.
ASCENT = 0.75
DESCENT = 0.25
CAP_HEIGHT = 0.66
X_HEIGHT = 0.486

_FILES: dict[Weight, str] = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
# The features a renderer turns on by itself; nothing else is kept in a subset.
_FEATURES = ("calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rlig")
_UNITS = 1000.0  # font units in an em
_EPSILON = 1e-6
_NARROWING = 0.002  # em


def font_files() -> list[str]:
    """Return the paths of the font files, for renderers that ignore fonts inside an SVG."""
    return [str(_folder() / name) for name in _FILES.values()]


def font_file(weight: Weight) -> str:
    """Return the path of one cut's font file."""
    return str(_folder() / _FILES[weight])


@cache
def _folder() -> Path:
    # Only located, not imported: the package's own code lists its folder twice and exports what it finds.
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package font-source-sans-pro is not installed")
    return Path(spec.submodule_search_locations[0]) / "files"


@cache
def _face(weight: Weight) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(font_file(weight)))


@cache
def _font(weight: Weight) -> hb.Font:
    return hb.Font(_face(weight))


def cut_for(text: str, weight: Weight) -> Weight:
    """Return the cut that a text is set in: upright where the italic lacks one of its characters (Greek, Cyrillic)."""
    if weight == "italic" and not text.isascii() and not covered("italic").issuperset(text):
        return "regular"
    return weight


def width(text: str, size: float, weight: Weight = "regular") -> float:
    """Return the advance width of one line in pixels, kerning included.

    Args:
        text: The characters; measured as ``drawable`` returns them.
        size: Type size in pixels.
        weight: Cut of the typeface.
    """
    return _em_width(text, weight) * size


@lru_cache(maxsize=1 << 16)
def _em_width(text: str, weight: Weight) -> float:
    text = drawable(text)
    weight = cut_for(text, weight)
    positions = _shaped(text, weight).glyph_positions
    return sum(float(position.x_advance) for position in positions or ()) / _UNITS


def _shaped(text: str, weight: Weight) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # Renderers set Latin text left to right whatever its first strong character says; nothing else is left here.
    buffer.direction = "ltr"
    hb.shape(_font(weight), buffer)
    return buffer


def _offsets(text: str, weight: Weight) -> list[float]:
    """Return the x in em of every gap between characters, from 0 to the whole width: ``len(text) + 1`` numbers."""
    buffer = _shaped(text, weight)
    advances = [0.0] * len(text)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        advances[info.cluster] += position.x_advance / _UNITS
    return list(accumulate(advances, initial=0.0))


class _Piece(NamedTuple):
    """A stretch of text that no line may end inside."""

    start: int
    end: int
    spaced: bool  # a space follows, which disappears at a line's end


@lru_cache(maxsize=1 << 12)
def wrap(
    text: str, max_width: float, size: float, weight: Weight = "regular", max_lines: int | None = None
) -> tuple[str, ...]:
    """Break a text into as few lines as fit a width, of lengths as equal as can be.

    Lines end at spaces; behind ``/``, ``-`` and ``_`` where a word is too long for a line or where ``max_lines`` would
    not be kept otherwise; inside a word only where that alone is wider than a line. No character is dropped but the
    spaces at line ends.

    Args:
        text: One paragraph; broken as ``drawable`` returns it.
        max_width: Pixels a line may have.
        size: Type size in pixels.
        weight: Cut of the typeface.
        max_lines: How many lines are wanted. A text that needs more gets more.

    Returns:
        At least one line; a single empty one for an empty text.
    """
    text = drawable(text).strip(" ")
    if width(text, size, weight) <= max_width + _EPSILON:
        return (text,)
    limit = max_width / size
    lines = _broken(text, limit, weight, everywhere=False)
    if max_lines is not None and len(lines) > max_lines:
        lines = min(lines, _broken(text, limit, weight, everywhere=True), key=len)
    return lines


def _broken(text: str, limit: float, weight: Weight, *, everywhere: bool) -> tuple[str, ...]:
    offsets = _offsets(text, cut_for(text, weight))
    pieces = _pieces(text, offsets, limit, everywhere=everywhere)
    narrowed = limit
    while True:
        lines = _balanced(text, offsets, pieces, narrowed)
        excess = max((_em_width(line, weight) for line in lines if len(line) > 1), default=0.0) - limit
        # Positions come from one shaping of the whole text; a cut through a kerned pair may widen a line a little.
        if excess <= _EPSILON:
            return lines
        narrowed -= max(excess, _NARROWING)
        pieces = _pieces(text, offsets, narrowed, everywhere=everywhere)


def _pieces(text: str, offsets: list[float], limit: float, *, everywhere: bool) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = 0
    while start < len(text):
        end = text.find(" ", start)
        spaced = end >= 0
        end = end if spaced else len(text)
        if end > start:
            wide = offsets[end] - offsets[start] > limit
            parts = _parts(text, start, end) if wide or everywhere else [(start, end)]
            cuts = [cut for low, high in parts for cut in _chopped(offsets, low, high, limit)]
            pieces += [_Piece(low, high, spaced and high == end) for low, high in cuts]
        start = end + 1
    return pieces


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a word behind its joining signs, leaving no sign alone."""
    cuts = [start]
    for at in range(start + 1, end - 1):
        if text[at] in "/-_" and text[at + 1] not in "/-_":
            cuts.append(at + 1)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _chopped(offsets: list[float], start: int, end: int, limit: float) -> list[tuple[int, int]]:
    """Split a stretch that is too wide into nearly equal parts that are not, of a character at least."""
    total = offsets[end] - offsets[start]
    if total <= limit:
        return [(start, end)]
    chunks: list[tuple[int, int]] = []
    while start < end:
        at = start + 1
        while at < end and offsets[at + 1] - offsets[start] <= limit:
            at += 1
        chunks.append((start, at))
        start = at
    return chunks


def _balanced(text: str, offsets: list[float], pieces: list[_Piece], limit: float) -> tuple[str, ...]:
    """Choose the line ends that give the fewest lines, then the least sum of squared spare widths.

    That is the paragraph breaking of Knuth and Plass (1981) without hyphenation and stretch, the last line counted like
    the others so that no word stays alone on it.
    """
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for last in range(len(pieces)):
        choices = []
        for first in range(last, -1, -1):
            spare = limit - (offsets[pieces[last].end] - offsets[pieces[first].start])
            if spare < -_EPSILON and first < last:
                break
            count, cost, _ = best[first]
            choices.append((count + 1, cost + spare * spare, first))
        best.append(min(choices))
    lines: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        lines.append(text[pieces[start].start : pieces[end - 1].end])
        end = start
    return tuple(reversed(lines))


@lru_cache(maxsize=256)
def subset(characters: frozenset[str], weight: Weight) -> bytes:
    """Return a TrueType font with just the glyphs that some characters need, kerning and ligatures included.

    The same characters give the same bytes. Hints, names beyond the family's, and tables of other scripts are dropped.
    """
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(ord(char) for char in characters)
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    names = wanted.sets(hb.SubsetInputSets.NAME_ID)
    names.clear()
    names.update((1, 2))
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return bytes(wanted.subset(_face(weight)).blob.data)
