"""Text → advance widths, lines and font subsets, by shaping with the very typeface that is embedded."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import accumulate
from math import fsum
from typing import NamedTuple

import uharfbuzz as hb

from archkit.characters import covered, drawable, missing
from archkit.drawing import Weight
from archkit.typefaces import TYPEFACES, FaceName

__all__ = [
    "ASCENT",
    "CAP_HEIGHT",
    "DESCENT",
    "X_HEIGHT",
    "Run",
    "cut_for",
    "drawable",
    "missing",
    "runs",
    "subset",
    "width",
    "wrap",
]

# Fractions of the type size that every line has room for; from the plain face's tables: OS/2 typographic ascender and
# descender, capital and x height. Other faces are set at a size that fits these.
ASCENT = 0.75
DESCENT = 0.25
CAP_HEIGHT = 0.66
X_HEIGHT = 0.486

# The features a renderer turns on by itself; nothing else is kept in a subset.
_FEATURES = ("calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rlig")
# The names a renderer finds a font by, all in all: of the family, the cut, the font, and the family with all its cuts.
_NAMES = (1, 2, 6, 16)
_EPSILON = 1e-6
_NARROWING = 0.002  # em


class Run(NamedTuple):
    """A stretch of text that is set in one font.

    Attributes:
        text: The characters.
        face: Which typeface.
        weight: Which of its cuts.
    """

    text: str
    face: FaceName
    weight: Weight


@cache
def _face(weight: Weight, face: FaceName) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(TYPEFACES[face].file(weight)))


@cache
def _font(weight: Weight, face: FaceName) -> hb.Font:
    return hb.Font(_face(weight, face))


@cache
def _em(weight: Weight, face: FaceName) -> float:
    """Return how many font units an em of the text's size has: fewer where the face is set smaller."""
    return float(_face(weight, face).upem / TYPEFACES[face].scale)


@cache
def _characters(weight: Weight, face: FaceName) -> frozenset[str]:
    return frozenset(map(chr, _face(weight, face).unicodes))


def cut_for(text: str, weight: Weight) -> Weight:
    """Return the plain cut that a text is set in: upright where the italic lacks a character (Greek, Cyrillic).

    Args:
        text: What is set.
        weight: ``regular``, ``semibold`` or ``italic``.
    """
    if weight == "italic" and not text.isascii() and not covered("italic").issuperset(text):
        return "regular"
    return weight


def runs(text: str, weight: Weight = "regular", face: FaceName = "plain") -> tuple[Run, ...]:
    """Divide a text into stretches of one font: characters that the face has no glyph for are set in the plain one.

    Args:
        text: As ``drawable`` returns it.
        weight: Wanted cut; the upright one where the face has no italic.
        face: Wanted typeface.

    Returns:
        At least one stretch; together they are the text.
    """
    if face == "plain":
        return (Run(text, face, cut_for(text, weight)),)
    cut = weight if weight in TYPEFACES[face].files else "regular"
    known = _characters(cut, face)
    if known.issuperset(text):
        return (Run(text, face, cut),)
    found: list[Run] = []
    for cluster in _clusters(text):
        own = known.issuperset(cluster)
        last = found[-1] if found else None
        if last is not None and (last.face == face) is own:
            found[-1] = last._replace(text=last.text + cluster)
        else:
            found.append(Run(cluster, face if own else "plain", cut))
    return tuple(found)


def _clusters(text: str) -> list[str]:
    """Divide a text into letters, each with the marks that are set upon it."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(char)
    return found


def width(text: str, size: float, weight: Weight = "regular", face: FaceName = "plain") -> float:
    """Return the advance width of one line in pixels, kerning included.

    Args:
        text: The characters; measured as ``drawable`` returns them.
        size: Type size in pixels.
        weight: Cut of the typeface.
        face: The typeface, as the theme names it.
    """
    return _em_width(text, weight, face) * size


@lru_cache(maxsize=1 << 16)
def _em_width(text: str, weight: Weight, face: FaceName) -> float:
    return fsum(
        sum(position.x_advance for position in _shaped(run).glyph_positions or ()) / _em(run.weight, run.face)
        for run in runs(drawable(text), weight, face)
    )


def _shaped(run: Run) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    # Renderers set Latin text left to right whatever its first strong character says; nothing else is left here.
    buffer.direction = "ltr"
    hb.shape(_font(run.weight, run.face), buffer)
    return buffer


def _offsets(text: str, weight: Weight, face: FaceName) -> list[float]:
    """Return the x in em of every gap between characters, from 0 to the whole width: ``len(text) + 1`` numbers."""
    advances: list[float] = []
    for run in runs(text, weight, face):
        start = len(advances)
        advances += [0.0] * len(run.text)
        buffer, em = _shaped(run), _em(run.weight, run.face)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
            advances[start + info.cluster] += position.x_advance / em
    return list(accumulate(advances, initial=0.0))


class _Piece(NamedTuple):
    """A stretch of text that no line may end inside."""

    start: int
    end: int
    spaced: bool  # a space follows, which disappears at a line's end


@lru_cache(maxsize=1 << 12)
def wrap(
    text: str,
    max_width: float,
    size: float,
    weight: Weight = "regular",
    max_lines: int | None = None,
    face: FaceName = "plain",
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
        face: The typeface, as the theme names it.

    Returns:
        At least one line; a single empty one for an empty text.
    """
    text = drawable(text).strip(" ")
    if width(text, size, weight, face) <= max_width + _EPSILON:
        return (text,)
    limit = max_width / size
    lines = _broken(text, limit, weight, face, everywhere=False)
    if max_lines is not None and len(lines) > max_lines:
        lines = min(lines, _broken(text, limit, weight, face, everywhere=True), key=len)
    return lines


def _broken(text: str, limit: float, weight: Weight, face: FaceName, *, everywhere: bool) -> tuple[str, ...]:
    offsets = _offsets(text, weight, face)
    pieces = _pieces(text, offsets, limit, everywhere=everywhere)
    narrowed = limit
    while True:
        lines = _balanced(text, offsets, pieces, narrowed)
        excess = max((_em_width(line, weight, face) for line in lines if len(line) > 1), default=0.0) - limit
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
def subset(characters: frozenset[str], weight: Weight, face: FaceName = "plain") -> bytes:
    """Return a TrueType font with just the glyphs that some characters need, kerning and ligatures included.

    The same characters give the same bytes. Hints, names beyond the family's, and tables of other scripts are dropped.

    Args:
        characters: What it has to show.
        weight: ``regular``, ``semibold`` or ``italic``.
        face: The typeface.
    """
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(ord(char) for char in characters)
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    names = wanted.sets(hb.SubsetInputSets.NAME_ID)
    names.clear()
    names.update(_NAMES)
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return bytes(wanted.subset(_face(weight, face)).blob.data)
