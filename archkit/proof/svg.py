"""Points 8 and 9 on the written file: an SVG needs nothing else, runs nothing, and can be read without being seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree  # the files are this project's own, and entities are refused before

from archkit.proof.flaw import Flaw
from archkit.proof.fonts import check_fonts

SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"})
_LINKS = frozenset({"href", "src", "data", "action", "xml:base", "base"})
_URL = re.compile(r"url\(\s*['\"]?\s*(?!#|data:)([^'\")]*)", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)")
_WORDS = ("data-", "aria-label")  # attributes that hold words of a user, which may speak of addresses


def check_svg(svg: str) -> list[Flaw]:
    """Return what keeps an SVG file from standing alone, and what it lacks for those who cannot see it."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return [Flaw(8, "svg-doctype", "the file declares a document type, which may name other files")]
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  see the import
    except ElementTree.ParseError as error:
        return [Flaw(8, "svg-malformed", f"the file is not well-formed XML: {error}")]
    return sorted([*_self_contained(root), *check_fonts(root), *_accessible(root)], key=lambda flaw: flaw.point)


def local(name: str) -> str:
    """Return a tag's or attribute's name without its namespace."""
    return name.rpartition("}")[2]


def _self_contained(root: ElementTree.Element) -> Iterator[Flaw]:
    for element in root.iter():
        tag = local(element.tag)
        if tag in _ACTIVE:
            yield Flaw(8, "svg-active", f"the file holds a <{tag}>")
        for name, value in element.attrib.items():
            yield from _attribute(tag, local(name), value)
        if tag == "style":
            yield from _style(element.text or "")
    yield from _references(root)


def _attribute(tag: str, name: str, value: str) -> Iterator[Flaw]:
    if name.startswith(_WORDS):
        return
    target = value.strip()
    if name.lower().startswith("on"):
        yield Flaw(8, "svg-active", f"<{tag}> has the event attribute {name}")
    elif name in _LINKS:
        if not target.startswith(("#", "data:")):
            yield Flaw(8, "svg-external", f"<{tag}> refers to {target[:60]!r}")
        elif target.startswith(("data:text", "data:image/svg")):
            yield Flaw(8, "svg-active", f"<{tag}> embeds a document: {target[:30]!r}")
    elif "://" in target:
        yield Flaw(8, "svg-external", f"<{tag}> has an address in {name}: {target[:60]!r}")
    else:
        yield from _urls(value, f"<{tag}>")


def _style(css: str) -> Iterator[Flaw]:
    yield from _urls(css, "<style>")
    if "@import" in css.lower():
        yield Flaw(8, "svg-external", "<style> imports another file")


def _urls(text: str, where: str) -> Iterator[Flaw]:
    for found in _URL.finditer(text):
        yield Flaw(8, "svg-external", f"{where} refers to {found[1][:60]!r}")


def _references(root: ElementTree.Element) -> Iterator[Flaw]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    for name, count in ids.items():
        if count > 1:
            yield Flaw(8, "svg-id-twice", f"{count} elements have the id {name!r}")
    wanted: dict[str, None] = {}
    for element in root.iter():
        for name, value in element.attrib.items():
            if local(name) == "href" and value.startswith("#"):
                wanted[value[1:]] = None
            wanted.update(dict.fromkeys(_REFERENCE.findall(value)))
        if local(element.tag) == "style":
            wanted.update(dict.fromkeys(_REFERENCE.findall(element.text or "")))
    for name in wanted:
        if name not in ids:
            yield Flaw(8, "svg-dangling", f"something refers to #{name}, which is not there")


def _accessible(root: ElementTree.Element) -> Iterator[Flaw]:
    if root.tag != f"{SVG}svg":
        yield Flaw(9, "svg-root", f"the root is {root.tag!r}, not an <svg>")
    if root.get("role") != "img":
        yield Flaw(9, "svg-role", 'the root has no role="img"')
    if not root.get("viewBox"):
        yield Flaw(9, "svg-viewbox", "the root has no viewBox and cannot be scaled")
    named = set((root.get("aria-labelledby") or "").split())
    for tag in ("title", "desc"):
        found = root.find(f"{SVG}{tag}")
        if found is None or not (found.text or "").strip():
            yield Flaw(9, f"svg-{tag}", f"the root has no <{tag}> with words")
        elif not found.get("id") or found.get("id") not in named:
            yield Flaw(9, "svg-label", f"aria-labelledby does not name the <{tag}>")
    yield from _addressable(root)


def _addressable(root: ElementTree.Element) -> Iterator[Flaw]:
    groups = [(element, (element.get("class") or "").split()) for element in root.iter(f"{SVG}g")]
    nodes = {element.get("data-id") for element, kinds in groups if "node" in kinds}
    for element, kinds in groups:
        for kind in ("node", "lane", "group"):
            if kind in kinds and not element.get("data-id"):
                yield Flaw(9, "svg-unnamed", f"a {kind} has no data-id")
        if "edge" not in kinds:
            continue
        for name in ("data-from", "data-to", "data-kind"):
            value = element.get(name)
            if not value:
                yield Flaw(9, "svg-unnamed", f"an edge has no {name}")
            elif name != "data-kind" and value not in nodes:
                yield Flaw(9, "svg-loose", f"an edge's {name} is {value!r}, which no node is called")
