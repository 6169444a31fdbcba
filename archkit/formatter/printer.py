"""A concrete tree → lines, every comment among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from archkit.formatter.lines import EMPTY, Line
from archkit.formatter.values import is_word, one_line, several_lines
from archkit.shapes.commas import may_be_halves
from archkit.yamltree.concrete import Collection, Comment, Entry, Leaf

WIDTH = 120
"""How many columns a line in brackets may take."""

_KEPT = Line("", exact=True)  # the empty line at the end of a text that keeps them


class Printer:
    """Prints the entries of one text.

    Args:
        text: The text.
        rewritten: Values to print otherwise than written, by their offset.
    """

    def __init__(self, text: str, rewritten: Mapping[int, str]) -> None:
        self._text = text
        self._rewritten = rewritten
        self._flat: dict[Collection, str | None] = {}

    def root(self, root: Collection) -> list[Line]:
        """Return the lines of the outermost collection: one empty line around each section."""
        if root.flow:
            flat = self._flat_text(root)
            if flat is not None and len(flat) <= WIDTH:
                return [Line(flat), *_own(root.after, 0)]
            if self._is_odd(root):
                outside = [comment for comment in root.after if comment.start >= root.end]
                return [*self._as_written(root, "", 0), *_own(outside, 0)]
        lines = [Line(root.properties)] if root.properties else []
        lines += _own((root.opening,) if root.opening else (), 0)
        was_section = False
        for number, entry in enumerate(root.entries):
            lead = self._lead(entry, number == 0, 0)
            body = self._entry(entry, 0)
            is_section = root.is_mapping and isinstance(entry.value, Collection) and len(body) > 1
            # A comment right below the section above stays there, and the empty line below it is enough.
            apart = EMPTY in lead or lines[-1:] == [_KEPT]
            if number and (was_section or is_section) and not apart:
                lead = [EMPTY, *lead]
            lines += lead + body
            was_section = is_section
        return lines + _own(root.after, 0)

    # blocks

    def _block(self, collection: Collection, indent: int, first: Sequence[Comment] = ()) -> list[Line]:
        lines = _own(first, indent)
        for number, entry in enumerate(collection.entries):
            lines += self._lead(entry, number == 0 and not lines, indent)
            lines += self._entry(entry, indent)
        return lines + _own(collection.after, indent)

    def _lead(self, entry: Entry, is_first: bool, indent: int) -> list[Line]:
        """Return the comments above an entry, and the empty lines around them."""
        lines = _own(entry.before, indent)
        if is_first and lines[:1] == [EMPTY]:
            lines = lines[1:]
        return [*lines, EMPTY] if entry.blank and (lines or not is_first) else lines

    def _entry(self, entry: Entry, indent: int) -> list[Line]:
        start = " " * indent + (f"{self._key(entry.key, False)}:" if entry.key is not None else "-")
        value = entry.value
        if isinstance(value, Leaf):
            return self._leaf(entry, value, start, indent)
        if value.flow:
            return self._flow(entry, value, start, indent)
        return self._nested(entry, value, start, indent, entry.head, ())

    def _leaf(self, entry: Entry, leaf: Leaf, start: str, indent: int) -> list[Line]:
        inner = " " * (indent + 2)
        single = self._single(leaf, tail=entry.tail)
        if single == "":
            return [Line(start, entry.head or entry.tail), *_own(entry.between, indent + 2)]
        lines = [single] if single is not None else several_lines(leaf)
        joins = not entry.below or (single is not None and len(start) + 1 + len(single) <= WIDTH)
        if entry.head is None and not entry.between and joins:
            above, begin = [], f"{start} "
        else:
            above, begin = [Line(start, entry.head), *_own(entry.between, indent + 2)], inner
        if leaf.block is not None:
            exact = (Line(inner + line if line else "", exact=True) for line in lines[1:])
            return [*above, Line(begin + lines[0], entry.tail), *exact]
        whole = [begin + lines[0], *(inner + line if line else "" for line in lines[1:])]
        return [*above, *(Line(line, exact=True) for line in whole[:-1]), Line(whole[-1], entry.tail)]

    def _nested(
        self, entry: Entry, value: Collection, start: str, indent: int, head: Comment | None, first: Sequence[Comment]
    ) -> list[Line]:
        """Return the lines of an entry whose value stands in lines of its own."""
        inner = self._block(value, indent + 2, first)
        if value.properties:
            start += f" {value.properties}"
        elif entry.key is None and head is None and not first and not value.entries[0].before:
            return [replace(inner[0], text=f"{start} {inner[0].text[indent + 2 :]}"), *inner[1:]]
        return [Line(start, head), *inner]

    # brackets

    def _flow(self, entry: Entry, value: Collection, start: str, indent: int) -> list[Line]:
        """Return the lines of an entry whose value stands in brackets, which stay where it fits into a line."""
        inner = " " * (indent + 2)
        apart = bool(entry.head or entry.between)
        above = [Line(start, entry.head), *_own(entry.between, indent + 2)] if apart or entry.below else []
        begin = inner if above else f"{start} "
        flat = self._flat_text(value) if value.flow != ":" else None
        if flat is not None and len(begin) + len(flat) <= WIDTH:
            return [*above, Line(begin + flat, entry.tail)]
        if self._is_odd(value):
            lines = self._as_written(value, begin, indent + 2)
            return [*above, *lines[:-1], replace(lines[-1], comment=entry.tail)]
        if (rows := self._rows(value, indent + 2)) is not None:
            if not above and entry.key is not None and (len(rows) > 1 or len(begin) + len(rows[0]) > WIDTH):
                above, begin = [Line(start)], inner
            lines = [Line(f"{begin}{rows[0]}"), *(Line(f"{inner} {row}") for row in rows[1:])]
            return [*above, *lines[:-1], replace(lines[-1], comment=entry.tail)]
        return self._broken(entry, value, start, indent)

    def _broken(self, entry: Entry, value: Collection, start: str, indent: int) -> list[Line]:
        """Return the lines of an entry whose value stood in brackets and gets lines of its own."""
        comments = [entry.head, *entry.between, value.opening]
        first = [comment for comment in comments if comment is not None]
        head = first.pop(0) if first and first[0] in (entry.head, value.opening) else None
        tail = entry.tail
        if tail is not None and (head is not None or first or self._has_comments(value)):
            value = replace(value, after=(*value.after, tail))
        else:
            head = head or tail
        return self._nested(entry, value, start, indent, head, first)

    def _flat_text(self, value: Collection) -> str | None:
        """Return a value in brackets on one line; None where it was not, or cannot be, written on one."""
        if value not in self._flat:
            self._flat[value] = self._flattened(value)
        return self._flat[value]

    def _flattened(self, value: Collection) -> str | None:
        if value.flow != ":" and "\n" in self._text[value.start : value.end]:
            return None
        if not value.entries:
            return _joined(value.properties, "[]" if value.flow == "[" else "{}")
        if self._is_odd(value):
            return _joined(value.properties, self._text[value.start : value.end])
        parts = []
        for entry in value.entries:
            inner = entry.value
            text = self._flat_text(inner) if isinstance(inner, Collection) else self._single(inner, flow=True)
            if text is None or (isinstance(inner, Collection) and not inner.flow):
                return None
            key = f"{self._key(entry.key, True)}: " if entry.key is not None else ""
            parts.append(key + text)
        body = ", ".join(parts)
        closing = {"[": "]", "{": "}"}.get(value.flow, "")
        return _joined(value.properties, f"{value.flow}{body}{closing}" if closing else body)

    def _rows(self, value: Collection, indent: int) -> list[str] | None:
        """Return the rows of a long list of words or numbers: those of its author where they fit, otherwise full ones.

        A list that has each word in a row of its own reads better with dashes.
        """
        leaves = [entry.value for entry in value.entries if isinstance(entry.value, Leaf)]
        few = len(leaves) < 2 or value.is_mapping or len(leaves) < len(value.entries)
        if few or self._has_comments(value) or value.properties or not all(map(is_word, leaves)):
            return None
        words = [f"{leaf.raw}," for leaf in leaves[:-1]] + [f"{leaves[-1].raw}]"]
        words[0] = f"[{words[0]}"
        rows = [words[0]]
        for before, leaf, word in zip(leaves, leaves[1:], words[1:], strict=False):
            if "\n" in self._text[before.end : leaf.start]:
                rows.append(word)
            else:
                rows[-1] += f" {word}"
        room = WIDTH - indent - 1
        if len(rows) == 1 or max(map(len, rows)) > room:
            rows = [words[0]]
            for word in words[1:]:
                if len(rows[-1]) + 1 + len(word) <= room:
                    rows[-1] += f" {word}"
                else:
                    rows.append(word)
        return rows if len(rows) < len(words) else None

    def _as_written(self, value: Collection, begin: str, indent: int) -> list[Line]:
        """Return the lines of brackets that are left as they are, moved to an indentation."""
        lines = [line.rstrip() for line in self._text[value.start : value.end].split("\n")]
        depths = [len(line) - len(line.lstrip()) for line in lines[1:] if line]
        shift = indent - min(depths, default=0)
        others = (" " * (len(line) - len(line.lstrip()) + shift) + line.lstrip() if line else "" for line in lines[1:])
        return [Line(f"{begin}{_joined(value.properties, lines[0])}"), *(Line(line, exact=True) for line in others)]

    def _is_odd(self, value: Collection) -> bool:
        """Return whether brackets hold what would mean something else outside of them, or read otherwise.

        Such are keys without a colon, and numbers that a comma has cut, which archkit warns of where no space follows.
        """
        if not value.entries:
            return True
        leaves = [entry.value for entry in value.entries if isinstance(entry.value, Leaf)]
        if value.is_mapping:
            bare = (entry.key is not None and entry.value.start == entry.key.end for entry in value.entries)
            return value.flow != ":" and any(bare)
        cut = (a.end + 1 == b.start and may_be_halves(a.raw, b.raw) for a, b in pairwise(leaves))
        return any(cut) and not all(leaf.raw.isdigit() for leaf in leaves)

    def _has_comments(self, value: Collection) -> bool:
        if value.opening or value.after:
            return True
        for entry in value.entries:
            inner = entry.value
            if entry.before or entry.head or entry.between or entry.tail:
                return True
            if isinstance(inner, Collection) and self._has_comments(inner):
                return True
        return False

    # words

    def _key(self, key: Leaf | None, flow: bool) -> str:
        return (self._single(key, key=True, flow=flow) or "") if key is not None else ""

    def _single(self, leaf: Leaf, *, key: bool = False, flow: bool = False, tail: Comment | None = None) -> str | None:
        text = self._rewritten.get(leaf.start)
        if text is not None:
            leaf = replace(leaf, raw=f'"{text}"', value=text, style='"') if leaf.style else replace(leaf, raw=text)
        # Without quotes, `"no" #1` would look as if the 1 belonged to the text.
        quoted = tail is not None and tail.text[1:2].isdigit()
        return one_line(leaf, key=key, flow=flow, quoted=quoted)


def _joined(properties: str, text: str) -> str:
    return f"{properties} {text}" if properties else text


def _own(comments: Sequence[Comment], indent: int) -> list[Line]:
    """Return comments on lines of their own, with the empty lines before them."""
    return list(_own_lines(comments, indent))


def _own_lines(comments: Sequence[Comment], indent: int) -> Iterator[Line]:
    for comment in comments:
        if comment.blank:
            yield EMPTY
        yield Line(" " * indent + comment.text)
