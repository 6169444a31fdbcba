"""Documents → a static site: pages that need no server and no network, each figure alive, with cards to learn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.cards import Card
    from archkit.cards.masks import Mask
    from archkit.document import Document
    from archkit.figures import FigureKind
    from archkit.score import Score
    from archkit.site.html import Html


class Walk(NamedTuple):
    """A way through a figure, step by step.

    Attributes:
        title: What it shows.
        steps: For each step what is said, the ids of its nodes, and its arrows as tail, head and kind.
    """

    title: str
    steps: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str, str], ...]], ...]


class Drawn(NamedTuple):
    """A figure of a page.

    Attributes:
        name: Unique in its blueprint.
        kind: The kind of figure.
        number: As ``6.4``.
        title: Its title.
        caption: Stands below it.
        svg: Its SVG element, without a style sheet of its own.
        rules: Declarations by the class that stands for them in the element.
        lanes: Ids and titles of its lanes.
        walks: Ways through it.
        width: Its natural width in pixels.
        height: The same.
        thumbnail: A small picture of it without words; "" for figures that are no graphs.
        masks: What cards can cover in it; nothing for figures that are no graphs.
    """

    name: str
    kind: FigureKind
    number: str
    title: str
    caption: str
    svg: Html
    rules: Mapping[str, str]
    lanes: tuple[tuple[str, str], ...]
    walks: tuple[Walk, ...]
    width: float
    height: float
    thumbnail: Html
    masks: tuple[Mask, ...]


class Chapter(NamedTuple):
    """What the site tells about one blueprint.

    Attributes:
        folder: The name of its folder, safe and unique.
        document: What was read.
        blueprint: The design itself.
        score: How complete it is.
        figures: Its figures, in the order of the seven steps.
        cards: What to ask.
        asked: The figures that cards are about, whether they are among its figures or not.
    """

    folder: str
    document: Document
    blueprint: Blueprint
    score: Score
    figures: tuple[Drawn, ...]
    cards: tuple[Card, ...]
    asked: tuple[Drawn, ...]


Files = dict[str, bytes]
"""Contents of files by path below the site's folder, with slashes."""

Tell = Callable[[str], None]
"""Is told what is being done."""
