"""The language of theme files: what may be written in one."""

from __future__ import annotations

from collections.abc import Mapping

from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.record import Record
from archkit.theme import BOOK, THEMES
from archkit.themes.shapes import Colour, Measure
from archkit.typefaces import TYPEFACES

ROLES = tuple(BOOK.colours)
"""Roles of colours; ``adaptive`` and ``colours`` have the same."""

_COLOUR = Colour()
# Bounds within which every figure keeps its texts inside their shapes and its labels beside their arrows.
_TYPE = Measure(9.0, 18.0)
_LEADING = Measure(1.15, 1.4, "")
_WIDTH = Measure(0.25, 6.0)
_ROOM = Measure(10.0, 80.0)
_DASH = ListOf(Measure(0.5, 40.0))


class Sizes(Record, noun="sizes"):
    """Type sizes in pixels of the figure."""

    title = f.field(Measure(9.0, 36.0), "The figure's title.", "18")
    lane = f.field(Measure(9.0, 16.0), "Titles of lanes.", "13")
    node = f.field(_TYPE, "Titles of components, and what is set strong.", "13.5")
    group = f.field(Measure(9.0, 15.5), "Titles of groups.", "12.5")
    label = f.field(_TYPE, "Labels of arrows, and most text of pictures.", "12.5")
    annotation = f.field(_TYPE, "Small print in components.", "12.5")
    note = f.field(_TYPE, "Notes beside what they explain.", "12.5")
    caption = f.field(_TYPE, "The caption below the figure.", "13")
    legend = f.field(_TYPE, "The legend.", "12.5")
    step = f.field(Measure(9.0, 16.0), "Numbers of steps, in their circles.", "12.5")
    leading = f.field(_LEADING, "From line to line, as a multiple of the type size.", "1.25")


class Strokes(Record, noun="strokes"):
    """Widths of lines in pixels, and the hand that draws them."""

    node = f.field(_WIDTH, "Outlines of components.", "1.25")
    wire = f.field(_WIDTH, "Lines that are no arrows of a graph.", "1.25")
    lane = f.field(_WIDTH, "Borders of lanes.", "1")
    group = f.field(_WIDTH, "Borders of groups.", "1")
    leader = f.field(_WIDTH, "From a note to what it explains.", "0.75")
    icon = f.field(_WIDTH, "Lines of glyphs, on their grid of 24 pixels.", "1.6")
    hand = f.field(Measure(0.0, 2.0, ""), "How unsteady the hand is: 0 for a ruler, 1 for a whiteboard.", "1")
    group_dash = f.field(_DASH, "Strokes and gaps of the borders of groups.", "[5, 3.5]")


class Spacing(Record, noun="spacing"):
    """Distances in pixels."""

    margin = f.field(Measure(10.0, 80.0), "Around the whole figure.", "18")
    icon = f.field(Measure(12.0, 48.0), "Side of an icon.", "24")
    title_gap = f.field(_ROOM, "Below the title.", "14")
    caption_gap = f.field(_ROOM, "Above the caption.", "14")
    legend_gap = f.field(_ROOM, "Above the legend.", "14")
    arrow_length = f.field(Measure(4.0, 14.0), "Length of an arrow's head.", "8")
    arrow_width = f.field(Measure(3.0, 12.0), "Width of an arrow's head.", "6.5")
    radius = f.field(Measure(0.0, 10.0), "Round corners of components and arrows.", "6")
    band_radius = f.field(Measure(0.0, 14.0), "Round corners of lanes.", "8")


class EdgeLook(Record, noun="edge look"):
    """How arrows of one meaning are drawn; their colours are the roles `edge.…`."""

    words = f.text("What the legend says.", "asynchronous or streamed")
    dash = f.field(_DASH, "Strokes and gaps; `[]` for a full line.", "[7, 3.5]")
    head = f.word(("arrow", "open"), "A filled head, or one of two strokes.", "open")
    width = f.field(Measure(0.5, 4.0), "Width of the line.", "1.25")


class ThemeFile(Record, noun="theme"):
    """One look of all figures: what a built-in theme looks like, and what is different."""

    theme = f.word(("1",), "The version of this language.", "1", required=True)
    extends = f.word(tuple(THEMES), "The built-in theme that all else is taken from; `book` if not said.", "book")
    dark = f.flag("Whether light lines stand on a dark ground.", "true")
    lettering = f.word(tuple(TYPEFACES), "The typeface: `plain` for Source Sans, `hand` for handwriting.", "hand")
    colours: Mapping[str, str] = f.field(
        MapOf(_COLOUR, keys=ROLES), "Colours by role.", "{accent: '#1b5fa8'}", aka=("colors", "palette")
    )
    adaptive: Mapping[str, str] = f.field(
        MapOf(_COLOUR, keys=ROLES),
        "Colours by role for readers who prefer the other of light and dark; used by `--adaptive`.",
        "{accent: '#7db8f5'}",
    )
    sizes = f.record(Sizes, "Type sizes in pixels.", "{title: 20}", aka=("fonts", "font_sizes"))
    strokes = f.record(Strokes, "Widths of lines.", "{node: 1.5}")
    spacing = f.record(Spacing, "Distances.", "{margin: 24}")
    edges: Mapping[str, EdgeLook] = f.field(
        MapOf(Rec(EdgeLook), keys=tuple(BOOK.edges)),
        "How arrows are drawn, by their meaning.",
        "{feedback: {dash: [2, 3]}}",
        aka=("arrows", "wires"),
    )
