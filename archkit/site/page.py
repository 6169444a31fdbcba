"""Content → a whole page: its head with a strict policy, the bar at its top, and what every page ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archkit.site.html import NONE, Child, Html, address, el, join

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data: blob: file:; "
    "font-src 'self' data: file:; base-uri 'none'; form-action 'none'"
)
"""What a page may load; in some browsers ``'self'`` is nothing for a page that was opened from a disk."""


class Frame(NamedTuple):
    """What all pages of a site share.

    Attributes:
        title: Of the site.
        assets: Path of each style sheet and script by its plain name, as ``site.css``.
        looks: Names of the themes that a reader may choose.
    """

    title: str
    assets: Mapping[str, str]
    looks: Sequence[str]


def page(
    frame: Frame,
    title: str,
    *content: Child,
    path: str,
    scripts: Sequence[str] = (),
    links: Sequence[tuple[str, str]] = (),
    name: str = "",
    aside: Child = None,
) -> bytes:
    """Return the bytes of a page.

    Args:
        frame: What all pages share.
        title: Of this page; the first heading is the content's own.
        content: What stands in it.
        path: Of its file below the site's folder.
        scripts: Plain names of the scripts that it needs besides those of all pages.
        links: Addresses and words of the links in the bar at its top.
        name: Class of its body.
        aside: What stands beside the content.
    """
    root = "../" * path.count("/")

    def asset(plain: str) -> str:
        return root + address(frame.assets[plain])

    styles = (el("link", rel="stylesheet", href=asset(plain)) for plain in ("fonts.css", "colours.css", "site.css"))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title if title == frame.title else f"{title} · {frame.title}"),
        styles,
        el("script", src=asset("theme.js")),  # at once, so that no page flashes in the wrong colours
        (el("script", src=asset(plain), defer=True) for plain in scripts),
    )
    themes = [el("option", words, value=value) for value, words in _themes(frame.looks)]
    bar = el(
        "header",
        el("a", frame.title, href=f"{root}index.html", class_="home"),
        el("nav", (el("a", words, href=href) for href, words in links), aria_label="Site"),
        el("label", el("span", "Theme", class_="unseen"), el("select", themes, id="theme"), class_="theme live"),
        class_="bar",
    )
    inner = el("main", content, id="main", tabindex="-1")
    body = el(
        "body",
        el("a", "Skip to the content", href="#main", class_="skip"),
        bar,
        el("div", aside, inner, class_="columns") if aside is not None else inner,
        el("footer", el("p", "Made with archkit from blueprints, checked as they were drawn.")),
        class_=name or None,
        data_fonts=asset("fonts.js") if "figures.js" in scripts else None,
    )
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='en')}\n".encode()


def _themes(looks: Sequence[str]) -> list[tuple[str, str]]:
    return [("", "Theme: system"), *((name, f"Theme: {name}") for name in looks)]


def chips(words: Sequence[str], name: str) -> Html:
    """Return words as a list of small labels; nothing where there are none.

    Args:
        words: What they say.
        name: A further class of the list, for its style.
    """
    return el("ul", (el("li", word) for word in words), class_=f"chips {name}") if words else NONE


def ring(points: int, words: str) -> Html:
    """Return a number of 100 as a ring that is filled as far.

    Args:
        points: From 0 to 100.
        words: What it means.
    """
    around = el("circle", cx="18", cy="18", r="15.9155", class_="ring-all")
    # The circle is 100 long, so that points are lengths.
    filled = el("circle", cx="18", cy="18", r="15.9155", class_="ring-part", stroke_dasharray=f"{points} 100")
    picture = el("svg", around, filled, viewBox="0 0 36 36", aria_hidden="true", focusable="false")
    said = join(el("span", f"{words} ", class_="unseen"), str(points), el("span", " of 100", class_="unseen"))
    return el("span", picture, el("span", said, class_="ring-said"), class_="ring")
