"""Events of a YAML parser and the comments between them → the concrete tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from archkit.yamltree.blocktext import BlockText, block_text
from archkit.yamltree.concrete import Collection, Comment, Concrete, Entry, Leaf
from archkit.yamltree.reader import LOADER

_PROPERTY = re.compile(r"(&[\w-]+|!(?:<[^>\s]*>|[^\s,\[\]{}<]*))(?:\s+|#[^\n]*)*")
_BLOCK_SPACE = re.compile(r"(?:\s+|#[^\n]*)*")
_FLOW_SPACE = re.compile(r"(?:[\s,]+|#[^\n]*)*")


def concrete(text: str) -> Concrete:
    """Return the concrete tree of a text.

    Args:
        text: A YAML document in which ``read`` finds no error.
    """
    return _Weaver(text).whole()


class _Weaver:
    """Goes through events and comments side by side, both in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0  # just behind the last value, dash, colon or bracket
        self.prologue = 0
        self.events: list[Any] = []
        self.next = 0
        self.blocks: dict[int, BlockText] = {}
        self.comments = tuple(self._read())
        self.taken = 0

    def _read(self) -> list[Comment]:
        """Read all events, and the comments between them."""
        text, found, at = self.text, [], 0
        columns: list[int] = []
        events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        for event in events:
            start, end = event.start_mark.index, event.end_mark.index
            if isinstance(event, ScalarEvent):
                begin, _ = self._properties(event)
                found += self._comments(at, begin)
                at = end
                if event.style in ("|", ">"):
                    outer = columns[-1] if columns else 0
                    block = self.blocks[begin] = block_text(text, begin, end, outer, event.value)
                    found += self._comments(block.header_end, block.content_start)
                    at = block.end
            elif isinstance(event, AliasEvent):
                found += self._comments(at, start)
                at = end
            elif isinstance(event, CollectionStartEvent):
                columns.append(self._column(self._properties(event)[0]))
            elif isinstance(event, CollectionEndEvent):
                columns.pop()
            elif isinstance(event, DocumentStartEvent) and event.explicit:
                self.prologue = at = end
                continue
            else:
                continue
            self.events.append(event)
        return found + self._comments(at, len(text))

    def _comments(self, start: int, end: int) -> list[Comment]:
        """Return the comments of a stretch of text that has nothing else with a ``#`` in it."""
        text, found = self.text, []
        at = text.find("#", start, end)
        while at >= 0:
            stop = text.find("\n", at)
            stop = stop if stop >= 0 else len(text)
            line = text.rfind("\n", 0, at) + 1
            alone = not text[line:at].strip(" \t,")
            found.append(Comment(text[at:stop].rstrip(), at, at - line, alone, self._follows_blank(at, start)))
            at = text.find("#", stop, end)
        return found

    def _follows_blank(self, offset: int, since: int) -> bool:
        """Return whether something begins its line and an empty line stands before that, itself behind an offset."""
        line = self.text.rfind("\n", 0, offset) + 1
        if line == 0 or self.text[line:offset].strip():
            return False
        above = self.text.rfind("\n", 0, line - 1) + 1
        return above >= since and not self.text[above:line].strip()

    def _column(self, offset: int) -> int:
        return offset - self.text.rfind("\n", 0, offset) - 1

    def _skip(self, space: re.Pattern[str], at: int) -> int:
        """Return the offset of what follows spaces and comments."""
        found = space.match(self.text, at)
        return found.end() if found else at

    def _properties(self, event: Any) -> tuple[int, str]:
        """Return where a value begins behind its anchor and tag, and these."""
        at: int = event.start_mark.index
        count = 0 if isinstance(event, AliasEvent) else (event.anchor is not None) + (event.tag is not None)
        if not count:
            return at, ""
        in_block = isinstance(event, CollectionStartEvent) and not event.flow_style
        end = len(self.text) if in_block else event.end_mark.index
        words = []
        for _ in range(count):
            found = _PROPERTY.match(self.text, at, end)
            if found:
                at = found.end()
                words.append(found[1])
        return at, " ".join(words)

    # comments

    def _take(self, until: int) -> tuple[Comment, ...]:
        """Take the comments up to an offset."""
        first = self.taken
        while self.taken < len(self.comments) and self.comments[self.taken].start < until:
            self.taken += 1
        return self.comments[first : self.taken]

    def _take_beside(self, offset: int, until: int) -> Comment | None:
        """Take the next comment if it stands on the line of an offset."""
        comment = self.comments[self.taken] if self.taken < len(self.comments) else None
        if comment is None or comment.start >= until or "\n" in self.text[offset : comment.start]:
            return None
        self.taken += 1
        return comment

    def _take_deeper(self, column: int) -> tuple[Comment, ...]:
        """Take comments that stand on lines of their own from a column on, up to what comes next."""
        first, until = self.taken, self._skip(_BLOCK_SPACE, self.at)
        while self.taken < len(self.comments):
            comment = self.comments[self.taken]
            if comment.start >= until or not comment.alone or comment.column < column:
                break
            self.taken += 1
        return self.comments[first : self.taken]

    # nodes

    def whole(self) -> Concrete:
        """Build the whole tree."""
        self.at = self.prologue
        opening = self._take_beside(self.at, len(self.text)) if self.prologue else None
        event = self.events[0]
        in_block = isinstance(event, CollectionStartEvent) and not event.flow_style
        above = () if in_block else self._take(self._skip(_BLOCK_SPACE, self.at))
        root = self._node(-1)
        if isinstance(root, Collection):
            root = replace(root, after=root.after + self._take(len(self.text)))
        aliases = sum(isinstance(event, AliasEvent) for event in self.events)
        return Concrete(self.text, self.text[: self.prologue], opening, above, root, self.comments, aliases)

    def _node(self, outer: int) -> Leaf | Collection:
        event = self.events[self.next]
        if not isinstance(event, CollectionStartEvent):
            return self._leaf()
        self.next += 1
        return self._flow(event) if event.flow_style else self._block(event, outer)

    def _leaf(self) -> Leaf:
        event = self.events[self.next]
        self.next += 1
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            self.at = end
            return Leaf(start, end, "", self.text[start:end], "", "*")
        begin, properties = self._properties(event)
        block = self.blocks.get(begin)
        self.at = end = block.end if block is not None else end
        return Leaf(begin, end, properties, self.text[begin:end], event.value, event.style or "", block)

    def _flow(self, event: Any) -> Collection:
        start, self.at = event.start_mark.index, event.end_mark.index
        bare = start == self.at  # a pair in a list, without brackets of its own
        begin, properties = self._properties(event)
        opening = None if bare else self._take_beside(self.at, self._skip(_FLOW_SPACE, self.at))
        is_mapping = isinstance(event, MappingStartEvent)
        entries = self._entries(is_mapping, _FLOW_SPACE, 0)
        after: tuple[Comment, ...] = ()
        if not bare:
            self.at = self.events[self.next - 1].end_mark.index
            after = self._take(self.at)
        bracket = ":" if bare else self.text[begin]
        return Collection(begin, self.at, properties, is_mapping, bracket, entries, opening, after)

    def _block(self, event: Any, outer: int) -> Collection:
        begin, properties = self._properties(event)
        self.at = begin
        column = self._column(begin)
        is_mapping = isinstance(event, MappingStartEvent)
        entries = self._entries(is_mapping, _BLOCK_SPACE, column)
        after = self._take_deeper(max(column, outer + 1))
        return Collection(begin, self.at, properties, is_mapping, "", entries, None, after)

    def _entries(self, is_mapping: bool, space: re.Pattern[str], column: int) -> tuple[Entry, ...]:
        found: list[Entry] = []
        while not isinstance(self.events[self.next], CollectionEndEvent):
            found.append(self._entry(is_mapping, space, column, self.at if found else 0))
        self.next += 1
        return tuple(found)

    def _entry(self, is_mapping: bool, space: re.Pattern[str], column: int, since: int) -> Entry:
        start = self._skip(space, self.at)
        before = self._take(start)
        blank = self._follows_blank(start, since)
        key = None
        if is_mapping:
            before += self._take(self.events[self.next].start_mark.index)  # behind a `?`
            key = self._leaf()
            colon = self._skip(_BLOCK_SPACE, self.at)
            if self.text[colon : colon + 1] == ":":
                before += self._take(colon)
                self.at = colon + 1
        elif space is _BLOCK_SPACE:
            self.at = start + 1
        mark, event = self.at, self.events[self.next]
        content, _ = self._properties(event)
        head = self._take_beside(mark, content)
        in_block = isinstance(event, CollectionStartEvent) and not event.flow_style
        between = () if in_block else self._take(content)
        value = self._node(column)
        tail = None
        if not in_block:
            beside = value.block.header_end if isinstance(value, Leaf) and value.block is not None else self.at
            tail = self._take_beside(beside, self._skip(space, self.at))
        if isinstance(value, Leaf) and not value.raw and space is _BLOCK_SPACE:
            between += self._take_deeper(column + 1)
        # In a flow sequence, items have no dash that they could stand below.
        below = (is_mapping or space is _BLOCK_SPACE) and "\n" in self.text[mark:content]
        return Entry(start, blank, before, key, head, between, value, below, tail)
