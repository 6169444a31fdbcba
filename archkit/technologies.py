"""Technologies that components are built with → advice where a name is surely misspelt."""

from __future__ import annotations

from collections.abc import Iterable

from archkit.catalog import guess
from archkit.diagnostics import Diagnostic, Severity
from archkit.model.components import Component
from archkit.reading import shorten

CODE = "LNG020"


def check(components: Iterable[Component]) -> list[Diagnostic]:
    """Report names of technologies that are one slip away from a known one.

    Any text may stand in ``tech:``, and most technologies of the world are unknown here: a name that may be one of
    them, or a kind of component, is no slip.

    Args:
        components: All of a blueprint.
    """
    named = [component for component in components if component.tech]
    if not named:
        return []
    # Loaded here because its table is long, and not every blueprint names technologies.
    from archkit.products import misspelt

    found = []
    for component in named:
        slip = misspelt(component.tech)
        if slip is not None and guess(slip[0]) is None:
            written, meant = slip
            message = f"`{shorten(written)}` is no technology that is known here"
            hint = f"did you mean `{meant}`? if not, waive it: `waive: {{{CODE}: that is its name}}`"
            found.append(Diagnostic(CODE, Severity.ADVICE, message, component.at("tech"), hint))
    return found
