"""A value as it was written → as it is written best: in quotes only where it needs them."""

from __future__ import annotations

import json
import re

from archkit.yamltree import reads_as_text
from archkit.yamltree.concrete import Leaf

_FIRST = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~.+]")
_NUMBER = re.compile(r"[-+]?[\d.][\d_.,:]*(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+")
_WORD = re.compile(r"-?[$\w][\w.@%-]*|[.]\d+|~")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:;#]|[^\w%)]$")  # what would mean or look like an end there
_NOT_IN_BLOCK = re.compile(r":(?:\s|$)|\s#")
_BACKSLASHES = re.compile(r"\\*$")


def one_line(leaf: Leaf, *, key: bool = False, flow: bool = False, quoted: bool = False) -> str | None:
    """Return a value on one line, with its anchor and tag; None where it takes several.

    Args:
        leaf: The value.
        key: Whether it is a key.
        flow: Whether it stands in brackets.
        quoted: Whether it keeps its quotes.
    """
    if leaf.block is not None or "\n" in leaf.raw:
        if not key:
            return None
        return _joined(leaf.properties, json.dumps(leaf.value, ensure_ascii=False))
    raw = leaf.raw
    if leaf.style in ("'", '"') and "!" not in leaf.properties:
        plain = not quoted and "\\" not in raw and _is_plain(leaf.value, key, flow)
        raw = leaf.value if plain else _double(leaf)
    if leaf.properties and not raw and flow:
        return f"{leaf.properties} "  # a comma right behind it would belong to a tag
    return _joined(leaf.properties, f"{raw} " if key and leaf.style == "*" else raw)


def several_lines(leaf: Leaf) -> list[str]:
    """Return the lines of a value that goes on over several without indentation, those in between perhaps empty."""
    if leaf.block is not None:
        measure = "2" if leaf.block.measured else ""
        header = f"{leaf.raw[0]}{measure}{leaf.block.chomping}"
        return [_joined(leaf.properties, header), *leaf.block.lines]
    first, *others = leaf.raw.split("\n")
    lines = [first, *(line.lstrip() for line in others)]
    lines = [*(_stripped(line, leaf.style) for line in lines[:-1]), lines[-1]]
    return [_joined(leaf.properties, lines[0]), *lines[1:]]


def in_yaml(text: str) -> str:
    """Return a text of one line as a value of YAML, in quotes where it needs them."""
    if _is_plain(text, key=False, flow=False):
        return text
    fits = text.isprintable() and not {'"', "\\"} & set(text)
    return f'"{text}"' if fits else json.dumps(text, ensure_ascii=False)


def is_word(leaf: Leaf) -> bool:
    """Return whether a value is a single word, a number or the ``~`` that stands for none."""
    return leaf.style == "" and not leaf.properties and _WORD.fullmatch(leaf.raw) is not None


def _joined(properties: str, text: str) -> str:
    return f"{properties} {text}" if properties and text else properties or text


def _stripped(line: str, style: str) -> str:
    """Return a line without the spaces at its end, but for one that a backslash makes a part of the text."""
    short = line.rstrip()
    escapes = _BACKSLASHES.search(short)
    odd = style == '"' and escapes is not None and len(escapes[0]) % 2 and len(short) < len(line)
    return line[: len(short) + 1] if odd else short


def _is_plain(value: str, key: bool, flow: bool) -> bool:
    """Return whether a text in quotes means the same without them, for every reader of YAML."""
    if not value or not _FIRST.match(value) or not value.isprintable() or value[-1] == " ":
        return False
    if _NOT_IN_BLOCK.search(value) or (flow and _NOT_IN_FLOW.search(value)) or (key and ":" in value):
        return False
    return not _NUMBER.fullmatch(value) and reads_as_text(value)


def _double(leaf: Leaf) -> str:
    """Return a text in double quotes, where nothing in it would have to be escaped for them."""
    value = leaf.value
    return f'"{value}"' if leaf.style == "'" and not {'"', "\\"} & set(value) and value.isprintable() else leaf.raw
