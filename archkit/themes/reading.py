"""The text of a theme file → a Theme and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from archkit.diagnostics import Diagnostic, Severity
from archkit.reading import Reading, describe
from archkit.shapes.record import Record
from archkit.source import Source, Span
from archkit.theme import BOOK, THEMES, Theme, counterpart
from archkit.themes.check import Faint, alike, faint
from archkit.themes.language import ROLES, EdgeLook, Sizes, Spacing, Strokes, ThemeFile
from archkit.yamltree import Mapping as Tree
from archkit.yamltree import decode, read

LARGEST = 64_000
"""Bytes that a theme may have; one with every key has under 5,000."""
_PARTS: Mapping[str, type[Record]] = {"sizes": Sizes, "strokes": Strokes, "spacing": Spacing}


class ThemeResult(NamedTuple):
    """What a theme file says.

    Attributes:
        theme: None where it has errors.
        diagnostics: Everything that is wrong with it, in the order of the text.
        source: The text.
    """

    theme: Theme | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source


def read_theme(data: bytes, path: str) -> ThemeResult:
    """Read a theme; never raises on what the text says.

    Args:
        data: Content of the file.
        path: Of the file; its stem is the name of the theme.
    """
    source, undecodable = decode(data[:LARGEST], path)
    reading = Reading(_home)
    if len(data) > LARGEST or b"\0" in data:
        reading.error("THM005", Span(0, 0), "this is no theme", f"a theme is a YAML file of at most {LARGEST:,} bytes")
        return ThemeResult(None, tuple(reading.diagnostics), source)
    tree, found = read(source)
    if not isinstance(tree, Tree):
        if not found:
            what = "the theme is empty" if tree is None else f"a theme is keys and values, not {describe(tree)}"
            reading.error("THM005", Span(0, 0), what, "begin with `theme: 1` and `extends: book`")
        return ThemeResult(None, (*undecodable, *found, *reading.diagnostics), source)
    written = ThemeFile.read(tree, None, reading)
    found = [*undecodable, *found, *reading.diagnostics]
    if any(finding.severity is Severity.ERROR for finding in found):
        return ThemeResult(None, _ordered(found), source)
    theme = _built(written, Path(path).stem)
    return ThemeResult(theme, _ordered([*found, *_weaknesses(written, theme)]), source)


def _built(written: ThemeFile, name: str) -> Theme:
    """Return the theme that a file without errors describes."""
    base = THEMES[written.extends] if written.extends else BOOK
    changes: dict[str, Any] = {part: _changed(getattr(base, part), getattr(written, part)) for part in _PARTS}
    if written.edges:
        looks = {style: _changed(look, written.edges.get(style, EdgeLook())) for style, look in base.edges.items()}
        changes["edges"] = MappingProxyType(looks)
    if written.lettering:
        changes["face"] = written.lettering
    if written.dark is not None:
        changes["dark"] = written.dark
    colours = MappingProxyType({**base.colours, **written.colours})
    adaptive = MappingProxyType({**base.adaptive, **written.adaptive})
    return replace(base, name=name, colours=colours, adaptive=adaptive, **changes)


def _changed(base: Any, written: Record) -> Any:
    """Return a part of a theme with what is written about it."""
    values = dict(written.written())
    return replace(base, **values) if values else base


def _weaknesses(written: ThemeFile, theme: Theme) -> list[Diagnostic]:
    """Return warnings about what the file itself makes hard to see."""
    found: list[Diagnostic] = []
    for key, colours in (("colours", theme.colours), ("adaptive", counterpart(theme).colours)):
        mine = getattr(written, key)
        worst: dict[str, Faint] = {}
        if mine:
            for pair in faint(colours):
                role = pair.role if pair.role in mine else pair.ground
                if role in mine and (role not in worst or pair.ratio < worst[role].ratio):
                    worst[role] = pair
        found += [_faint(pair, written.at(key, role), colours) for role, pair in worst.items()]
    if written.edges:
        for one, other in alike(theme):
            style = other if other in written.edges else one
            if style in written.edges:
                message = f"arrows of `{one}` and `{other}` differ in nothing but colour"
                hint = "give one of them another `dash`, `head` or `width`"
                found.append(Diagnostic("THM003", Severity.WARNING, message, written.at("edges", style), hint))
    return found


def _faint(pair: Faint, where: Span, colours: Mapping[str, str]) -> Diagnostic:
    what = "text" if pair.least > 4 else "lines"
    pale = f"{colours[pair.role]} on {colours[pair.ground]}"
    message = f"{what} in `{pair.role}` on `{pair.ground}` ({pale}) has a contrast of {pair.ratio:.1f} : 1"
    if what == "lines":
        message = message.replace(" has a ", " have a ")
    hint = f"{pair.least:g} : 1 or more can be read by most people; make one lighter or the other darker"
    return Diagnostic("THM002", Severity.WARNING, message, where, hint)


def _home(key: str, cls: type) -> str:
    """Say where a key belongs."""
    if key in ROLES:
        return f"`{key}` belongs under `colours`"
    owner = next((part for part, record in _PARTS.items() if key in record.fields and record is not cls), "")
    return f"`{key}` belongs under `{owner}`" if owner else ""


def _ordered(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda finding: finding.span or Span(0, 0)))
