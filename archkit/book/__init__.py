"""Blueprints → a book: chapters of headings, paragraphs, tables and figures, without any layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a figure, which becomes its number.

    Args:
        label: Of the figure.
    """

    label: str


Words = tuple[str | Ref, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section or of a part of one.

    Args:
        level: 2 for a step of a chapter, 3 for a part of it.
        text: What it says.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Terms:
    """Names, each with what is said about it."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        head: Titles of its columns.
        rows: Its cells, as many in each row.
        widths: Shares of the width that columns take.
        strong: Rows that stand out.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its number.

    Args:
        label: Unique in the book.
        number: As ``6.4``.
        caption: Stands below it, without its number.
        alt: What it shows, in words.
        kind: The kind of figure.
        svg: The text of its SVG file, without title and caption.
        wide: Whether it needs a page on its side, lest its type become too small.
        width: Of the figure on its page, in points.
        height: The same.
    """

    label: str
    number: str
    caption: str
    alt: str
    kind: str
    svg: str
    wide: bool
    width: float
    height: float


Block = Heading | Para | Terms | Items | Table | Figure


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told about one blueprint.

    Args:
        label: Unique in the book.
        number: From 1 on, or as the blueprint says.
        title: Of the system.
        tags: What it is about.
        blocks: What stands in it, in order.
    """

    label: str
    number: int
    title: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]

    def figures(self) -> Iterator[Figure]:
        """Yield its figures in order."""
        return (block for block in self.blocks if isinstance(block, Figure))


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of component and where it occurs.

    Args:
        name: Of the kind.
        places: Titles of components of that kind, each with the labels of its chapters.
    """

    name: str
    places: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a book is printed on; all sizes are in points.

    Args:
        name: As typst calls it.
        text: Width of a column of text on an upright page.
        tallest: Height that a figure between paragraphs may have.
        side: Width and height of a page on its side, less its margins.
        slides: Whether each figure has a page of its own, and nothing else is printed.
    """

    name: str
    text: float
    tallest: float
    side: tuple[float, float]
    slides: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of what stands around figures, as ``#rrggbb``.

    Args:
        ground: Of pages.
        ink: Of words.
        muted: Of what is said in passing.
        accent: Of titles of sections.
        strong: Ground of rows that stand out.
    """

    ground: str
    ink: str
    muted: str
    accent: str
    strong: str


@dataclass(frozen=True, slots=True)
class Book:
    """Chapters, and an index of the components in them.

    Args:
        title: On the first page.
        subtitle: Below it.
        chapters: In order.
        index: Kinds of components by name.
        paper: That figures were placed for.
        look: Colours of what stands around figures.
    """

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
    index: tuple[Entry, ...]
    paper: Paper
    look: Look

    def figures(self) -> Iterator[Figure]:
        """Yield all figures in order."""
        for chapter in self.chapters:
            yield from chapter.figures()


def numbered(wanted: Sequence[int | None]) -> list[int]:
    """Return numbers of chapters: those wanted where no two want the same, else from 1 on.

    Args:
        wanted: What each blueprint asks for; None, which gets the next number, only behind all others.
    """
    given = [number for number in wanted if number is not None]
    if not given or len(set(given)) != len(given):
        return list(range(1, len(wanted) + 1))
    return [*given, *range(max(given) + 1, max(given) + 1 + len(wanted) - len(given))]


def wanted_twice(wanted: Iterable[tuple[str, int | None]]) -> dict[int, list[str]]:
    """Return the numbers of chapters that several blueprints ask for, each with their names.

    Args:
        wanted: The name of each blueprint, and what it asks for.
    """
    names: dict[int, list[str]] = {}
    for name, number in wanted:
        if number is not None:
            names.setdefault(number, []).append(name)
    return {number: found for number, found in sorted(names.items()) if len(found) > 1}
