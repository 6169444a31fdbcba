"""Point 8, second part: the fonts inside an SVG have a glyph for every character that is set in them."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import uharfbuzz as hb

from archkit.proof.flaw import Flaw

_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_SOURCE = re.compile(r"url\(\s*['\"]?data:[^,]*;base64,([^'\")]+)")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_BOLD = {"bold": "700", "normal": "400"}

Cut = tuple[str, str, str]
"""Font weight as a number in text, font style, and the first font family; "" where none is said."""


@dataclass(frozen=True, slots=True)
class _Styles:
    """What style sheets say about fonts: by class or tag, the last rule last."""

    rules: tuple[tuple[str, dict[str, str]], ...]

    def of(self, element: Element) -> dict[str, str]:
        """Return the font properties of an element by its attributes, then by the rules that name it."""
        found = {name: value for name in ("font-weight", "font-style", "font-family") if (value := element.get(name))}
        names = {f".{name}" for name in (element.get("class") or "").split()}
        names.add(element.tag.rpartition("}")[2])
        for name, declarations in self.rules:
            if name in names:
                found |= declarations
        found |= dict(_DECLARATION.findall(element.get("style") or ""))
        return found


def check_fonts(root: Element) -> Iterator[Flaw]:
    """Yield fonts that cannot be read and characters that no embedded font of their cut has."""
    css = "\n".join(element.text or "" for element in root.iter() if element.tag.endswith("}style"))
    fonts: dict[Cut, frozenset[int]] = {}
    for body in _FACE.findall(css):
        cut = _cut(dict(_DECLARATION.findall(_SOURCE.sub("", body))))
        held = _coverage(body)
        if held is None:
            yield Flaw(8, "svg-font-broken", f"the font of weight {cut[0]}, {cut[1]} cannot be read")
        fonts[cut] = fonts.get(cut, frozenset()) | (held or frozenset())
    rules = [
        (selector.strip().split()[-1], dict(_DECLARATION.findall(body)))
        for selectors, body in _RULE.findall(_FACE.sub("", css))
        for selector in selectors.split(",")
        if selector.strip()
    ]
    for cut, characters in _used(root, _Styles(tuple(rules))).items():
        # Text that names no family is set in any that is there.
        covered = fonts.get(cut) if cut[2] else _joined(fonts, cut)
        if covered is None:
            yield Flaw(
                8, "svg-font-missing", f"no font of weight {cut[0]}, {cut[1]} is embedded, but text is set in it"
            )
            continue
        missing = sorted(character for character in characters if ord(character) not in covered)
        if missing:
            message = f"the font of weight {cut[0]}, {cut[1]} lacks {''.join(missing)!r}"
            yield Flaw(8, "svg-font-gap", message)


def _cut(properties: dict[str, str]) -> Cut:
    weight = properties.get("font-weight", "400").strip()
    family = properties.get("font-family", "").split(",")[0].strip(" '\"")
    return _BOLD.get(weight, weight), properties.get("font-style", "normal").strip(), family


def _joined(fonts: dict[Cut, frozenset[int]], cut: Cut) -> frozenset[int] | None:
    """Return the characters of all families of a weight and style; None where there is none."""
    found = [characters for known, characters in fonts.items() if known[:2] == cut[:2]]
    return frozenset().union(*found) if found else None


def _coverage(body: str) -> frozenset[int] | None:
    source = _SOURCE.search(body)
    if source is None:
        return None
    try:
        blob = b64decode(source[1], validate=True)
    except Base64Error:
        return None
    found = frozenset(hb.Face(hb.Blob(blob)).unicodes)
    return found or None


def _used(root: Element, styles: _Styles) -> dict[Cut, set[str]]:
    """Return the characters that are set in each cut."""
    found: dict[Cut, set[str]] = {}
    stack: list[tuple[Element, dict[str, str]]] = [(root, {})]
    while stack:
        element, inherited = stack.pop()
        properties = inherited | styles.of(element)
        tag = element.tag.rpartition("}")[2]
        if tag in ("text", "tspan") and (element.text or "").strip():
            found.setdefault(_cut(properties), set()).update(element.text or "")
        for child in element:
            stack.append((child, properties))
            if tag in ("text", "tspan") and (child.tail or "").strip():
                found.setdefault(_cut(properties), set()).update(child.tail or "")
    return {cut: {character for character in used if not character.isspace()} for cut, used in found.items()}
