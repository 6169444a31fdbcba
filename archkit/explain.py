"""Code of a finding → its page of documentation."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import cleandoc
from types import ModuleType
from typing import NamedTuple

from archkit import rules
from archkit.suggest import nearest

# Modules with a table ``CODES``: code → title and page in Markdown.
_TABLES = ("archkit.yamltree", "archkit.codes", "archkit.contents", "archkit.lettering", "archkit.view")


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
    found = [*_tables(import_module(name) for name in _TABLES), *_docstrings(rules)]
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


def _docstrings(package: ModuleType) -> Iterator[Page]:
    """Yield a page for each module of a package that has a ``CODE``: its docstring."""
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = import_module(info.name)
        if hasattr(module, "CODE"):
            title, _, text = cleandoc(module.__doc__ or "").partition("\n")
            yield Page(module.CODE, title.rstrip("."), text.strip())
