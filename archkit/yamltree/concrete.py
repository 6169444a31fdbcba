"""The concrete tree of a YAML text: everything as it was written, with every comment at the entry that it stands at."""

from __future__ import annotations

from dataclasses import dataclass

from archkit.yamltree.blocktext import BlockText


@dataclass(slots=True, frozen=True)
class Comment:
    """A comment.

    Args:
        text: From its ``#`` to the end of its line, without spaces at the end.
        start: Offset of the ``#``.
        column: Of the ``#`` in its line, from 0.
        alone: Whether nothing but spaces, or a comma, stands before it in its line.
        blank: Whether the line before it is empty.
    """

    text: str
    start: int
    column: int
    alone: bool
    blank: bool


@dataclass(slots=True, frozen=True, eq=False)
class Leaf:
    """A scalar or an alias.

    Args:
        start: Offset of the value behind its anchor and tag.
        end: Offset of its end.
        properties: Anchor and tag as written, with one space between.
        raw: The value as written, quotes and all.
        value: The text that it stands for; empty for an alias.
        style: What it is written in: ``"`` or ``'``, ``|`` or ``>``, ``*`` for an alias, empty for a plain one.
        block: The parts of a text that begins with ``|`` or ``>``.
    """

    start: int
    end: int
    properties: str
    raw: str
    value: str
    style: str
    block: BlockText | None = None


@dataclass(slots=True, frozen=True, eq=False)
class Entry:
    """An item of a sequence, or a key with its value.

    Args:
        start: Offset of its dash or key.
        blank: Whether the line before it is empty.
        before: Comments above it.
        key: Its key; None for an item.
        head: The comment behind the key or dash, where the value begins on a later line.
        between: Comments between that line and a value that is not a block; those below a key without a value.
        value: What it holds.
        below: Whether the value begins on a later line than the key or dash.
        tail: The comment behind the value.
    """

    start: int
    blank: bool
    before: tuple[Comment, ...]
    key: Leaf | None
    head: Comment | None
    between: tuple[Comment, ...]
    value: Leaf | Collection
    below: bool
    tail: Comment | None


@dataclass(slots=True, frozen=True, eq=False)
class Collection:
    """A mapping or a sequence.

    Args:
        start: Offset of its bracket, or of its first key or dash.
        end: Offset of its end.
        properties: Anchor and tag as written, with one space between.
        is_mapping: Whether its entries have keys.
        flow: The opening bracket; empty for a block, ``:`` for a pair in a flow sequence without brackets of its own.
        entries: What it holds.
        opening: The comment behind its opening bracket.
        after: Comments behind its last entry.
    """

    start: int
    end: int
    properties: str
    is_mapping: bool
    flow: str
    entries: tuple[Entry, ...]
    opening: Comment | None
    after: tuple[Comment, ...]


@dataclass(slots=True, frozen=True, eq=False)
class Concrete:
    """A whole text.

    Args:
        text: What was read.
        prologue: The lines up to ``---``, where there is one; otherwise empty.
        opening: The comment behind ``---``.
        above: Comments above an outermost value that is not a block.
        root: The outermost value, whose ``after`` holds all comments to the end of the text.
        comments: All comments of the text in their order.
        aliases: How many aliases there are.
    """

    text: str
    prologue: str
    opening: Comment | None
    above: tuple[Comment, ...]
    root: Leaf | Collection
    comments: tuple[Comment, ...]
    aliases: int
