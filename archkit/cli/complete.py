"""What a shell offers when a user presses the tab key."""

from __future__ import annotations

from collections.abc import Iterable


def themes(incomplete: str) -> list[str]:
    """Return the themes."""
    from archkit.theme import THEMES

    return _matching(THEMES, incomplete)


def pages(incomplete: str) -> list[str]:
    """Return the pages that figures can stand on."""
    from archkit.render.finish import PAGES

    return _matching(PAGES, incomplete)


def papers(incomplete: str) -> list[str]:
    """Return what a book is printed on."""
    from archkit.book.placing import PAPERS

    return _matching(PAPERS, incomplete)


def figures(incomplete: str) -> list[str]:
    """Return the kinds of figures."""
    from archkit.figures import KINDS

    return _matching(KINDS, incomplete)


def formats(incomplete: str) -> list[str]:
    """Return the formats of pictures; behind a comma the further ones."""
    from archkit.view import FORMATS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in _matching(FORMATS, last) if name not in before.split(",")]


def archetypes(incomplete: str) -> list[str]:
    """Return the archetypes."""
    from archkit.blueprint import ARCHETYPES

    return _matching(ARCHETYPES, incomplete)


def engines(incomplete: str) -> list[str]:
    """Return the layout engines."""
    return _matching(("builtin", "dot"), incomplete)


def reports(incomplete: str) -> list[str]:
    """Return the formats of reports."""
    return _matching(("text", "json", "sarif", "github"), incomplete)


def tables(incomplete: str) -> list[str]:
    """Return the formats of tables."""
    return _matching(("text", "json"), incomplete)


def sheets(incomplete: str) -> list[str]:
    """Return the formats of the capacity sheet."""
    return _matching(("text", "json", "markdown"), incomplete)


def differences(incomplete: str) -> list[str]:
    """Return the formats of what differs."""
    return _matching(("text", "json", "markdown"), incomplete)


def profiles(incomplete: str) -> list[str]:
    """Return the profiles that rules count in."""
    from archkit.rules import PROFILES

    return _matching(PROFILES, incomplete)


def library(incomplete: str) -> list[str]:
    """Return the names of the blueprints that come with archkit."""
    from archkit.library import blueprints

    return _matching(blueprints(), incomplete)


def codes(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes of findings with their titles."""
    from archkit.explain import pages

    return [(page.code, page.title) for page in pages().values() if page.code.startswith(incomplete.upper())]


def _matching(names: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in names if word.startswith(incomplete)]
