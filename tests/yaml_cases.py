"""YAML texts with what is to be found in them, side by side in ``tests/data/yaml``.

A case is a line ``=== title``, the text, a line ``>>>`` and what reading it says: findings with their places, hints and
notes, then the tree. ``<TAB>`` and ``<U+0007>`` stand for characters that no editor shows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from archkit.source import Source
from archkit.yamltree import Mapping, Node, Scalar, Sequence, read

FOLDER = Path(__file__).parent / "data" / "yaml"


class Case(NamedTuple):
    title: str
    text: str
    expected: str


def cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text("utf-8").removeprefix("=== ").split("\n=== "):
            head, _, expected = part.partition("\n>>>\n")
            title, _, text = head.partition("\n")
            found.append(Case(f"{path.stem}: {title}", text, expected.strip()))
    return found


def written(text: str) -> str:
    """Replace the signs for invisible characters by the characters."""
    return re.sub("<U[+]([0-9A-F]{4})>", lambda match: chr(int(match.group(1), 16)), text.replace("<TAB>", "\t"))


def render(text: str) -> str:
    """Return what reading a text says, in the form of the cases."""
    source = Source("x.yaml", written(text))
    root, found = read(source)
    lines = []
    for finding in found:
        assert finding.span is not None
        start, end = source.position(finding.span.start), source.position(finding.span.end)
        place = f"{start[0]}:{start[1]}-{end[1]}" if start[0] == end[0] else f"{start[0]}:{start[1]}-{end[0]}:{end[1]}"
        name = "" if finding.severity.name == "ERROR" else f" ({finding.severity.name.lower()})"
        lines += [f"{finding.code} {place}{name} {finding.message}", f"  = {finding.hint}"]
        for note in finding.notes:
            assert note.span is not None
            lines.append("  - {}:{} {}".format(*source.position(note.span.start), note.message))
    return "\n".join([*lines, f"tree: {outline(root)}"])


def outline(node: Node | None) -> str:
    """Return a tree on one line: texts in quotes where they were written in some."""
    if node is None:
        return "none"
    if isinstance(node, Scalar):
        plain = node.plain and re.fullmatch(r"[\w.@<> ~-]*", node.text)
        return node.text if plain else json.dumps(node.text) + ("*" if node.plain else "")
    if isinstance(node, Sequence):
        return f"[{', '.join(outline(item) for item in node.items)}]"
    assert isinstance(node, Mapping)
    pairs = [f"{outline(key)}: {outline(value)}" for key, value in node.entries]
    return f"{{{', '.join([*pairs, *['…'] * node.partial])}}}"
