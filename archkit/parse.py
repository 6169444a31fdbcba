"""YAML text → Blueprint and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from archkit.blueprint import VERSION, Blueprint
from archkit.diagnostics import Diagnostic, Severity
from archkit.garbage import paused
from archkit.homes import home
from archkit.include import Included, ReadFile
from archkit.reading import Reading, describe
from archkit.references import check_assumptions, check_references
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, read


class ParseResult(NamedTuple):
    """What a text says.

    Attributes:
        blueprint: All that could be read; None only where the text is no mapping at all.
        diagnostics: Everything that is wrong, in the order of files and positions.
        sources: All files, the main one first; ``Span.source`` counts them.
        tree: The text as a tree, fragments included; None where it could not be read.
    """

    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]
    tree: Node | None


@paused()
def parse(
    source: Source, *, read_file: ReadFile | None = None, base: Path | None = None, on_disk: bool = True
) -> ParseResult:
    """Read a blueprint; never raises on what the text says.

    Args:
        source: The main file.
        read_file: Returns the bytes of a file that is included, or raises OSError; without it nothing can be included.
        base: The folder of the main file; None where it has none.
        on_disk: Whether what it includes are files of today, not those of an earlier revision.

    Returns:
        The blueprint with all diagnostics.
    """
    tree, found = read(source, 0)
    reading = Reading(partial(home, Blueprint))
    if not isinstance(tree, Mapping):
        if not found:
            _no_mapping(tree, reading)
        return ParseResult(None, (*found, *reading.diagnostics), (source,), tree)
    if _is_theme(tree):
        hint = f"draw in it with `--theme {source.name}`; a blueprint begins with `blueprint: {VERSION}` and `title: …`"
        reading.error("LNG017", tree.entries[0][0].span, "this is a theme, not a blueprint", hint)
        return ParseResult(None, (*found, *reading.diagnostics), (source,), tree)
    included = Included(source, reading, read_file, base, on_disk)
    tree = included.merge(tree)
    part = _is_part(tree)
    if part:
        # What other parts declare is unknown.
        reading.partial = True
    blueprint = _read(tree, reading)
    told = _as_part(reading.diagnostics, tree) if part else reading.diagnostics
    everything = (*found, *included.diagnostics, *told)
    return ParseResult(blueprint, tuple(sorted(everything, key=_position)), tuple(included.sources), tree)


def parse_tree(tree: Mapping) -> tuple[Blueprint, tuple[Diagnostic, ...]]:
    """Read a blueprint from its tree, included fragments and all, as when a value in it has been exchanged.

    Args:
        tree: As ``ParseResult.tree``, or made from one.

    Returns:
        The blueprint, and what is wrong with it as a text of the language, in the order found.
    """
    reading = Reading(partial(home, Blueprint))
    return _read(tree, reading), tuple(reading.diagnostics)


def _read(tree: Mapping, reading: Reading) -> Blueprint:
    blueprint = Blueprint.read(tree, None, reading)
    check_references(blueprint, reading)
    check_assumptions(blueprint, reading)
    return blueprint


def _is_theme(tree: Mapping) -> bool:
    """Return whether a text is the file of a theme, each of whose keys would be a mistake in a blueprint."""
    names = {key.text for key, _value in tree.entries}
    return "theme" in names and "blueprint" not in names and names.isdisjoint(Blueprint.fields)


def _is_part(tree: Mapping) -> bool:
    """Return whether a text has keys of a blueprint, but none of those that it must begin with."""
    names = {key.text for key, _value in tree.entries}
    return names.isdisjoint(("blueprint", "title")) and not names.isdisjoint(Blueprint.fields)


def _as_part(diagnostics: Sequence[Diagnostic], tree: Mapping) -> list[Diagnostic]:
    """Return what is wrong with a part of a blueprint: one message in place of one for each key that it lacks."""
    hint = (
        "check the blueprint that includes it; one that stands for itself begins with "
        f"`blueprint: {VERSION}` and `title: …`"
    )
    message = "this is a part of a blueprint: it has neither `blueprint` nor `title`"
    lacks = [d for d in diagnostics if d.code == "LNG003" and d.span and d.span.start == tree.span.start]
    whole = Diagnostic("LNG017", Severity.ERROR, message, tree.entries[0][0].span, hint)
    return [whole, *(each for each in diagnostics if each not in lacks)]


def _no_mapping(tree: Node | None, reading: Reading) -> None:
    """Report a text that is empty, or one value, or a list."""
    hint = f"begin with `blueprint: {VERSION}` and `title: …`"
    if tree is None or describe(tree) == "nothing":
        reading.error("LNG017", Span(0, 0), "the blueprint is empty", hint)
    else:
        reading.error("LNG017", tree.span, f"a blueprint is keys and values, not {describe(tree)}", hint)


def _position(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    span = diagnostic.span or Span(0, 0)
    return span.source, span.start, span.end, diagnostic.code
