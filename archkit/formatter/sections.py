"""What the formatter knows of the language: the order of the sections, and where arrows are written."""

from __future__ import annotations

from dataclasses import replace

from archkit.arrows import ARROWS, Slip, parse_arrows
from archkit.blueprint import Blueprint
from archkit.yamltree.concrete import Collection, Concrete, Entry, Leaf

_KEYS = list(Blueprint.fields)
_FIRST = _KEYS.index("requirements")
# The version, the title, then tags and the like in any order, then the sections in the order of the steps.
_RANKS = {
    **dict.fromkeys(_KEYS[:_FIRST], 2),
    **{key: number for number, key in enumerate(_KEYS[_FIRST : _KEYS.index("include")], 3)},
    **{"blueprint": 0, "title": 1},
}


def is_of_language(root: Collection) -> bool:
    """Return whether a mapping is a blueprint or a part of one to include."""
    names = {entry.key.value for entry in root.entries if entry.key is not None}
    return root.is_mapping and ("blueprint" in names or names.issubset(_KEYS))


def in_order(whole: Concrete, root: Collection) -> Collection:
    """Return the sections of a blueprint in the order of the steps, where no comment could get to a wrong place.

    A section takes along what stands right above it. Where a comment stands apart from the section below it, or an
    alias might get before its anchor, all sections stay where they are. A key that is no section stays below the one
    above it.
    """
    groups: list[tuple[int, list[Entry]]] = []
    for entry in root.entries:
        rank = _RANKS.get(entry.key.value) if entry.key is not None else None
        if rank is None and groups:
            groups[-1][1].append(entry)
        else:
            groups.append((rank or 0, [entry]))
    moved = [entry for _rank, group in sorted(groups, key=lambda group: group[0]) for entry in group]
    if moved == list(root.entries) or whole.aliases or root.after or any(map(_stands_apart, root.entries[1:])):
        return root
    top, first = moved[0], root.entries[0]
    if first.before and top is not first:
        if not first.blank:
            return root
        below = (replace(top.before[0], blank=True), *top.before[1:]) if top.before else ()
        top = replace(top, before=(*first.before, *below), blank=not below)
        moved = [top, *(replace(each, before=(), blank=False) if each is first else each for each in moved[1:])]
    return replace(root, entries=tuple(moved))


def _stands_apart(entry: Entry) -> bool:
    """Return whether an empty line stands between a key and a comment above it."""
    return bool(entry.before) and (entry.blank or any(comment.blank for comment in entry.before[1:]))


def arrows(root: Collection) -> dict[int, str]:
    """Return the arrow texts that are spaced otherwise than they should be, by their offset."""
    flows = _value(_value(root, "architecture"), "flows")
    found = {}
    for entry in flows.entries if isinstance(flows, Collection) and not flows.is_mapping else ():
        value = entry.value
        leaves = [value] if isinstance(value, Leaf) else [each.key for each in value.entries if each.key is not None]
        for leaf in leaves:
            if leaf.block is None and "\n" not in leaf.raw and "\\" not in leaf.raw:
                text = spaced(leaf.value)
                if text != leaf.value:
                    found[leaf.start] = text
    return found


def spaced(text: str) -> str:
    """Return an arrow text with one space around each arrow and each ``&``; any other text as it is."""
    hops = parse_arrows(text)
    if isinstance(hops, Slip):
        return text
    parts: list[str] = []
    last = ""
    for word in _words(text):
        tight = not parts or word in (",", "]") or last == "["
        parts.append(word if tight else f" {word}")
        last = word
    return "".join(parts)


def _words(text: str) -> list[str]:
    for sign in ("&", ",", "[", "]", *ARROWS):
        text = text.replace(sign, f" {sign} ")
    return text.split()


def _value(node: Collection | Leaf | None, key: str) -> Collection | Leaf | None:
    if not isinstance(node, Collection):
        return None
    return next((entry.value for entry in node.entries if entry.key is not None and entry.key.value == key), None)
