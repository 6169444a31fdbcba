"""Code of a finding → its page of documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import cleandoc
from types import ModuleType
from typing import NamedTuple

from archkit import rules
from archkit.suggest import nearest

# Modules with a table ``CODES``: code → title and page in Markdown.
_TABLES = (
    "archkit.yamltree",
    "archkit.codes",
    "archkit.contents",
    "archkit.lettering",
    "archkit.technologies",
    "archkit.themes.codes",
    "archkit.view",
    "archkit.rules",
    "archkit.whatif.paths",
)


class Page(NamedTuple):
    """What ``archkit explain`` prints about one code.

    Attributes:
        code: As ``YML004``.
        title: What is wrong, in one line.
        text: The rest of the page in Markdown: why it matters, what to write instead, examples.
    """

    code: str
    title: str
    text: str


@cache
def pages() -> Mapping[str, Page]:
    """Return the pages of all codes, in the order of the codes."""
    # Imported by name, and only here: most runs explain nothing, and a hundred rules take their time to load.
    found = [*_tables(import_module(name) for name in _TABLES), *_docstrings(rules.modules())]
    return {page.code: page for page in sorted(found)}


def page(code: str) -> Page | None:
    """Return the page of a code, which may be written in small letters."""
    return pages().get(code.strip().upper())


def meant(code: str) -> str:
    """Return the code that was probably meant by an unknown one, or an empty text."""
    return nearest(code, pages())


def _tables(modules: Iterator[ModuleType]) -> Iterator[Page]:
    for module in modules:
        for code, (title, text) in module.CODES.items():
            yield Page(code, title, text)


def _docstrings(codes: Iterable[str]) -> Iterator[Page]:
    """Yield a page for each rule: the docstring of its module."""
    for code in codes:
        title, _, text = cleandoc(rules.rule(code).__doc__ or "").partition("\n")
        text = text.replace("```yaml fails", "Reported:\n\n```yaml").replace("```yaml passes", "Fine:\n\n```yaml")
        yield Page(code, title.rstrip("."), text.strip())
