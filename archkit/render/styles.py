"""Declarations and characters in use → the style sheet of an SVG: classes, both colour schemes, embedded fonts."""

from __future__ import annotations

import re
from binascii import b2a_base64

from archkit.drawing import Weight
from archkit.text import Run, subset
from archkit.theme import Theme
from archkit.typefaces import TYPEFACES, FaceName

PREFIX = "\x01"
"""Stands for the prefix of ids and classes while they are written; escaping removes it from the words of users."""

_ROLE = re.compile("\x02([^\x03]*)\x03")
_WEIGHTS: dict[Weight, str] = {"regular": "", "semibold": "font-weight:600", "italic": "font-style:italic"}
_FACES: dict[Weight, str] = {
    "regular": "font-weight:400;font-style:normal",
    "semibold": "font-weight:600;font-style:normal",
    "italic": "font-weight:400;font-style:italic",
}


def base64(data: bytes) -> str:
    """Return bytes as text for a data address."""
    return b2a_base64(data, newline=False).decode("ascii")


def colour(role: str) -> str:
    """Return what stands for the colour of a role until a theme gives it its value."""
    return f"\x02{role}\x03"


class StyleSheet:
    """Gathers what the parts of a file want to look like.

    Args:
        theme: Gives roles their colours.
        other: Gives them those of the other colour scheme; None where a file has but one.
    """

    def __init__(self, theme: Theme, other: Theme | None = None) -> None:
        self._theme, self._other = theme, other
        self._names: dict[str, str] = {}  # declarations as asked for → class
        self._rules: dict[tuple[str, str], str] = {}  # the same in both schemes → class
        self._characters: dict[tuple[FaceName, Weight], set[str]] = {
            (face, weight): set() for face in dict.fromkeys((theme.face, "plain")) for weight in _WEIGHTS
        }

    @property
    def family(self) -> str:
        """The value of ``font-family`` for the whole file."""
        return _family(PREFIX, self._theme.face)

    def name(self, *declarations: str) -> str:
        """Return the class of declarations, in which colours are those of ``colour``.

        Raises:
            KeyError: There is no such colour role, a mistake in a layout.
        """
        joined = ";".join(filter(None, declarations))
        known = self._names.get(joined)
        if known is None:
            values = self._valued(joined, self._theme), self._valued(joined, self._other) if self._other else ""
            known = self._names[joined] = self._rules.setdefault(values, f"{PREFIX}-{len(self._rules) + 1}")
        return known

    def font(self, run: Run, size: float) -> tuple[str, str, str]:
        """Note that a stretch of text is set, and return the declarations of its font.

        Args:
            run: The stretch, in one typeface and weight.
            size: In pixels.
        """
        self._characters[run.face, run.weight].update(run.text)
        scaled = round(size * TYPEFACES[run.face].scale, 2)
        whole = int(scaled)
        other = run.face != self._theme.face
        return (
            f"font-size:{whole if whole == scaled else scaled}px",
            _WEIGHTS[run.weight],
            f"font-family:{_family(f'{PREFIX}-{run.face}', run.face)}" if other else "",
        )

    def text(self) -> str:
        """Return the style sheet."""
        faces = (
            f"@font-face{{font-family:{PREFIX if face == self._theme.face else f'{PREFIX}-{face}'};{_FACES[weight]};"
            f"src:url(data:font/ttf;base64,{base64(subset(frozenset(characters), weight, face))})}}\n"
            for (face, weight), characters in self._characters.items()
            if characters
        )
        rules = (f".{name}{{{values}}}\n" for (values, _), name in self._rules.items())
        return "".join((*faces, *rules, self._switch()))

    def _switch(self) -> str:
        """Return the rules of the other colour scheme, for what differs there."""
        if self._other is None:
            return ""
        scheme = "light" if self._theme.dark else "dark"
        plates = [f".{PREFIX}-plate{{fill-opacity:{0 if self._theme.dark else 1}}}\n"]
        rules = [
            f".{name}{{{_changed(values, others)}}}\n"
            for (values, others), name in self._rules.items()
            if values != others
        ]
        paper = f".{PREFIX}-paper{{fill:{self._other.colour('paper')}}}\n"
        return f"@media (prefers-color-scheme:{scheme}){{\n{paper}{''.join(plates)}{''.join(rules)}}}\n"

    def _valued(self, declarations: str, theme: Theme) -> str:
        return _ROLE.sub(lambda found: theme.colour(found[1]), declarations)


def _family(first: str, face: FaceName) -> str:
    families = (f"'{each}'" for each in (TYPEFACES[face].family, *TYPEFACES[face].alike))
    return ",".join((first, *families, "sans-serif"))


def _changed(values: str, others: str) -> str:
    """Return the declarations that another scheme changes."""
    pairs = zip(values.split(";"), others.split(";"), strict=True)
    return ";".join(other for value, other in pairs if value != other)
