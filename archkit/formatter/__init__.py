"""A blueprint's text → the same in the style of the house, with all its comments."""

from __future__ import annotations

from typing import NamedTuple

from archkit.diagnostics import Diagnostic, Severity
from archkit.formatter.lines import EMPTY, Line, text_of
from archkit.formatter.printer import WIDTH, Printer
from archkit.formatter.safety import says_the_same
from archkit.formatter.sections import arrows, in_order, is_of_language
from archkit.garbage import paused
from archkit.source import Source
from archkit.yamltree import read
from archkit.yamltree.concrete import Collection, Concrete
from archkit.yamltree.weaving import concrete

__all__ = ["WIDTH", "Formatted", "UnsafeError", "formatted"]


class UnsafeError(Exception):
    """A formatted text would not say what the original says: a mistake of the formatter, which nobody should meet."""


class Formatted(NamedTuple):
    """What formatting a text gives.

    Attributes:
        text: The text in the style of the house; None where the original cannot be read as YAML.
        errors: Why it cannot.
    """

    text: str | None
    errors: tuple[Diagnostic, ...]


@paused()
def formatted(source: Source) -> Formatted:
    """Return a text in the style of the house; mistakes in the language, such as unknown keys, do not matter.

    Before it is returned, the result is read again and compared: the tree, the blueprint, its findings and the comments
    are the same, or nothing is returned.

    Args:
        source: A blueprint, a part of one to include, or any other YAML.

    Raises:
        UnsafeError: The result would not say the same.
    """
    tree, found = read(source)
    errors = tuple(finding for finding in found if finding.severity is Severity.ERROR)
    if errors or tree is None:
        return Formatted(None, errors)
    whole = concrete(source.text)
    if not isinstance(whole.root, Collection):
        return Formatted(source.text, ())
    text = text_of(_lines(whole, whole.root))
    if text != source.text and not says_the_same(source, tree, whole, Source(source.name, text)):
        raise UnsafeError(source.name)
    return Formatted(text, ())


def _lines(whole: Concrete, root: Collection) -> list[Line]:
    rewritten: dict[int, str] = {}
    if is_of_language(root):
        rewritten = arrows(root)
        root = in_order(whole, root)
    lines = _prologue(whole)
    for comment in whole.above:
        lines += [EMPTY] * (comment.blank and bool(lines)) + [Line(comment.text)]
    lines += Printer(whole.text, rewritten).root(root)
    return lines


def _prologue(whole: Concrete) -> list[Line]:
    """Return the lines up to ``---``, without spaces at their ends and without more than one empty line in a row."""
    lines: list[Line] = []
    for text in whole.prologue.split("\n"):
        line = Line(text.rstrip())
        if not line.empty or (lines and not lines[-1].empty):
            lines.append(line)
    return [*lines[:-1], Line(lines[-1].text, whole.opening)] if lines else []
