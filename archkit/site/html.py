"""Words and attributes → markup in which everything that is no markup has been escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from archkit.render.escape import escape

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta"))
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


class Html(str):
    """Markup. A plain text is none and is escaped wherever it becomes a part of one."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
"""A text, markup, nothing, or several of these."""

NONE = Html("")


def join(*children: Child) -> Html:
    """Return children one after the other as markup."""
    return Html("".join(_pieces(children)))


def el(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Html:
    """Return an element.

    Args:
        name: Of the element.
        children: What it holds; an element such as ``img`` holds nothing.
        attributes: Underscores stand for hyphens, and one at the end is dropped, as in ``class_``. None and False leave
            an attribute out, True writes it without a value.
    """
    written = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(_pieces(children))}</{name}>")


def web(url: str, *children: Child) -> Html:
    """Return a link out of the site; what is no address of the web becomes words alone.

    Args:
        url: Written by a user, so it may be anything, as ``javascript:…``.
        children: What is shown.
    """
    if not _WEB.match(url):
        return join(*children)
    return el("a", *children, href=url, rel="noopener noreferrer external")


def address(path: str, mark: str = "") -> str:
    """Return a path below the site as an address.

    Args:
        path: With slashes.
        mark: Id of something on that page.
    """
    return quote(path) + (f"#{quote(mark)}" if mark else "")


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _pieces(child: Child) -> Iterable[str]:
    if isinstance(child, Html):
        yield child
    elif isinstance(child, str):
        yield escape(child)
    elif child is not None:
        for each in child:
            yield from _pieces(each)
