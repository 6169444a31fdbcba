"""Figures that are no graphs, before layout: a block, arrows between named boxes in it, and the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from archkit.blocks import Block, Link, Side
from archkit.picture import Callout, EdgeStyle


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Arrow:
    """An arrow between boxes that need not be neighbours. Arrows without labels that enter the same box merge.

    Args:
        tail: Id of the box that it leaves.
        head: Id of the box that it enters.
        style: How it is drawn.
        kind: Written as ``data-kind``.
        sides: Where it leaves and enters; the sides that face each other where it is not given.
        step: No number.
    """

    tail: str
    head: str
    style: EdgeStyle = "request"
    kind: str = "sync"
    sides: tuple[Side, Side] | None = None
    step: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picture:
    """A figure that is no graph of components.

    Args:
        name: Unique among a blueprint's figures; becomes the file's name.
        kind: The figure kind, as ``funnel``.
        title: Heads the figure.
        caption: Stands below it.
        body: What is drawn.
        arrows: Between named boxes of the body.
        description: The accessible description.
        callouts: Explanations below the picture of boxes in it, in the order of their letters.
        highlight: Ids of the boxes that stand out.
    """

    name: str
    kind: str
    title: str
    caption: str
    body: Block
    arrows: tuple[Arrow, ...] = ()
    description: str = ""
    callouts: tuple[Callout, ...] = ()
    highlight: frozenset[str] = frozenset()

    @property
    def nodes(self) -> tuple[()]:
        """No nodes: signs of components need no legend here."""
        return ()

    @property
    def edges(self) -> tuple[Arrow | Link, ...]:
        """All arrows."""
        return (*(block for block in walk(self.body) if isinstance(block, Link)), *self.arrows)


def walk(block: Block) -> Iterator[Block]:
    """Yield a block and all blocks in it, in reading order."""
    yield block
    for field in fields(block):  # type: ignore[arg-type]
        yield from _inside(getattr(block, field.name))


def _inside(value: object) -> Iterator[Block]:
    if isinstance(value, Block):
        yield from walk(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)


def texts(block: Block) -> Iterator[str]:
    """Yield every text in a block, in reading order."""
    for each in walk(block):
        text = each.label if isinstance(each, Link) else getattr(each, "text", "")
        if text:
            yield text
