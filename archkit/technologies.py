"""Technologies that components are built with → advice where a name is surely misspelt."""

from __future__ import annotations

from collections.abc import Iterable

from archkit.catalog import guess
from archkit.diagnostics import Diagnostic, Severity
from archkit.model.components import Component
from archkit.reading import shorten

CODES: dict[str, tuple[str, str]] = {
    "LNG020": (
        "A technology that looks misspelt",
        """\
`tech:` takes any text, but only a name that is known gives a component its picture. This one is a single letter away
from such a name, or has two letters swapped:
```yaml
architecture: {lanes: {data: {events: {type: event_stream, tech: kafak}}}}
```
```yaml
architecture: {lanes: {data: {events: {type: event_stream, tech: kafka}}}}
```
Where the name is right as it stands, say so: `waive: {LNG020: that is its name}`.""",
    )
}


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
            hint = f"did you mean `{meant}`? if not, write `waive: {{LNG020: that is its name}}`"
            found.append(Diagnostic("LNG020", Severity.ADVICE, message, component.at("tech"), hint))
    return found
