"""A theme → those that figures laid out for it can be shown in, and their colours as CSS variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from archkit.theme import BOOK, THEMES, Theme, counterpart

_PLATED = "--plate"


def looks(base: Theme) -> Mapping[str, Theme]:
    """Return the themes that a reader may choose, by name; the first is the usual one.

    Only colours may differ: sizes and strokes decide where things stand.

    Args:
        base: What the figures are laid out for.
    """
    other = counterpart(base)
    same = [theme for theme in THEMES.values() if _shape(theme) == _shape(base)]
    found = {base.name: base} | {theme.name: theme for theme in same if theme.name != base.name}
    if all(theme.dark == base.dark for theme in found.values()):
        found["dark" if other.dark else "light"] = other
    return MappingProxyType(found)


def _shape(theme: Theme) -> tuple[object, ...]:
    parts = (theme.sizes, theme.strokes, theme.spacing)
    values = tuple(tuple(getattr(part, name) for name in part.__slots__) for part in parts)
    edges = tuple((style, look.dash, look.head, look.width) for style, look in theme.edges.items())
    return (theme.face, values, edges)


def variable(role: str) -> str:
    """Return the name of the variable that holds the colour of a role."""
    return f"--f-{role.replace('.', '-')}"


def in_variables(theme: Theme) -> Theme:
    """Return a theme whose colours are variables, for SVG elements in a page that gives those their values."""
    return replace(theme, colours=MappingProxyType({role: f"var({variable(role)})" for role in BOOK.colours}))


def style_sheet(base: Theme) -> str:
    """Return the rules that give all variables their values in every theme, on screen and on paper."""
    known = looks(base)
    opposite = next((theme for theme in known.values() if theme.dark != base.dark), counterpart(base))
    paper = next((theme for theme in (base, *known.values()) if not theme.dark), BOOK)
    scheme = "dark" if opposite.dark else "light"
    rules = [f":root{{{_values(base)}}}"]
    rules.append(f"@media (prefers-color-scheme:{scheme}){{:root:not([data-theme]){{{_values(opposite)}}}}}")
    rules += [f':root[data-theme="{name}"]{{{_values(theme)}}}' for name, theme in known.items()]
    rules.append(f"@media print{{:root:root:root{{{_values(paper)}}}}}")
    return "\n".join(rules) + "\n"


def _values(theme: Theme) -> str:
    colours = "".join(f"{variable(role)}:{value};" for role, value in theme.colours.items())
    scheme = "dark" if theme.dark else "light"
    return f"{colours}{_PLATED}:{theme.dark:d};color-scheme:{scheme}"
