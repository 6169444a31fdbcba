"""YAML text → tree of scalars, mappings and sequences that remember where they were written."""

from __future__ import annotations

import re
from bisect import bisect_right

from archkit.diagnostics import Diagnostic, Severity
from archkit.garbage import paused
from archkit.source import Source, Span
from archkit.yamltree.anchors import MAX_ALIASES
from archkit.yamltree.codes import CODES
from archkit.yamltree.encoding import MAX_BYTES, decode, has_hidden_lines, printable, too_large
from archkit.yamltree.leaves import reads_as_text
from archkit.yamltree.nodes import Mapping, Node, Scalar, Sequence
from archkit.yamltree.reader import MAX_DEPTH, MAX_NODES, Reader, Unreadable

__all__ = [
    "CODES",
    "MAX_ALIASES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decode",
    "read",
    "reads_as_text",
]

MAX_PASSED = 10
"""How many sections that cannot be read are passed over before reading stops."""

_SECTION = r"(?m)^[^\s#\]}-]"
_PASSABLE = frozenset(f"YML{n:03}" for n in (4, *range(9, 27), 30))
"""What concerns one section only, so that the others can still be read."""


@paused()
def read(source: Source, index: int = 0) -> tuple[Node | None, list[Diagnostic]]:
    """Read a YAML text into a tree.

    Where a section (a key of the outermost mapping) cannot be read, the others are, so that their findings come in the
    same run; the outermost mapping is then marked as partial. What an alias stands for is the same object again.

    Args:
        source: The text.
        index: Index of the file in ``Document.sources``; becomes ``Span.source``.

    Returns:
        The tree, and all findings in the order of the text. The tree is None when there is none, which one of the
        findings then says. Never raises, whatever the content.
    """
    text = source.text
    if (large := too_large(text, index)) is not None:
        return None, [large]
    found: list[Diagnostic] = []
    cleaned = has_hidden_lines(text)
    if cleaned:
        text, found = printable(text, index)
    work = passed = 0
    while True:
        reader = Reader(text, index, source.text if passed else "")
        try:
            failure = reader.run()
        except Unreadable:
            if not cleaned:
                cleaned = True
                text, found = printable(text, index)
                continue
            hint = "look for characters that do not belong into a text"
            failure = Diagnostic("YML030", Severity.ERROR, "the text cannot be read as YAML", Span(0, 0, index), hint)
        if failure is None:
            break
        found.append(failure)
        work += len(text)
        rest = _without(text, failure) if passed < MAX_PASSED and work < MAX_BYTES else None
        if rest is None:
            return None, _sorted(found + reader.found)
        text = rest
        passed += 1
    found += reader.found
    root = reader.roots[0] if reader.roots else None
    if passed:
        root = Mapping(root.span, root.entries, True) if isinstance(root, Mapping) else None
    elif type(root) is Scalar and root.plain and not root.text:
        root = None
    if root is None and not any(finding.severity is Severity.ERROR for finding in found):
        hint = (
            "begin a blueprint with `blueprint: 1` and `title:`, a theme with `theme: 1`; "
            "`archkit new NAME` writes a blueprint"
        )
        found.append(Diagnostic("YML027", Severity.ERROR, "the file is empty", Span(0, 0, index), hint))
    return root, _sorted(found)


def _sorted(found: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(found, key=lambda finding: finding.span or (0, 0, 0))


def _without(text: str, failure: Diagnostic) -> str | None:
    """Return a text with the section blanked that a failure lies in; None where it is in none, or in the only one."""
    if failure.code not in _PASSABLE or failure.span is None:
        return None
    starts = [match.start() for match in re.finditer(_SECTION, text)]
    number = bisect_right(starts, failure.span.start)
    if len(starts) < 2 or number == 0 or text[starts[0]] in "[{":
        return None
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(text)
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
