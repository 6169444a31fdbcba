"""A component that nothing feeds, or that no arrow touches.

A component must be fed or called, unless its type is a beginning by nature (users, sources, stores, streams, people,
fallbacks), it only steers others, or it says `boundary: source`. Arrows of parts count for the whole. A component
that no arrow touches at all is reported whatever it is, but for helpers that are drawn without arrows by custom:
catalogues, hardware, secrets, dashboards, monitoring.

A reader asks of every box where its input comes from. If the picture does not say, either an arrow is missing or the
box.

```yaml fails
architecture:
  lanes:
    data: {store: feature_store_online}
    inference: {viewer: user, gateway: api_gateway, ranker: ranker}
  flows:
    - viewer -> gateway -> ranker -> viewer
    - store -> ranker
```

```yaml passes
architecture:
  lanes:
    data: {events: event_stream, counters: stream_processor, store: feature_store_online}
    inference: {viewer: user, gateway: api_gateway, ranker: ranker}
  flows:
    - viewer -> gateway -> ranker -> viewer
    - viewer ..> events
    - events ~> counters ~> store
    - store -> ranker
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.catalog import STARTS
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.facts.learning import CHECKS
from archkit.rules import Finding

if TYPE_CHECKING:
    from archkit.model.flows import Flow

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_UNTIED = frozenset(("catalog", "compute", "secrets", "sink", "monitor", "other"))
"""Roles that are drawn without arrows by custom."""

_BEGINS = STARTS | {"cache", "experiment", "trainer", "registry"}
"""A cache is filled by who reads it, an experiment assigns on its own; the way of models is for another rule."""

_COMMANDS = frozenset(("control", "deploy", "fallback"))


def applies(facts: Facts) -> bool:
    """Judge pictures with declared components."""
    return not facts.graph.sketch and bool(facts.graph.flows)


def check(facts: Facts) -> Iterator[Finding]:
    """Report components without an arrow into them, or without any."""
    graph = facts.graph
    fed = {target for _source, target, _flow in graph.crossings}
    leaves: dict[str, list[Flow]] = {}
    for source, _target, flow in graph.crossings:
        leaves.setdefault(source, []).append(flow)
    gap = facts.learning.gap
    cut = gap is not None and gap[2] == "registry"  # where a check that nothing reaches belongs to a broken way
    reported = {facts.serving.lost, *facts.serving.askers, *facts.path.entries, *(gap[:2] if gap else ())}
    for id_, component in graph.components.items():
        role = graph.role(id_)
        if component.parent or id_ in fed or id_ in reported or component.guessed or "source" in component.boundary:
            continue
        if id_ not in leaves:
            if role not in _UNTIED and not component.boundary:
                hint = f"draw what it exchanges with others, as `{id_} -> …`, or remove it"
                yield Finding(component.place, f"no arrow touches `{id_}`", hint)
        elif not (role in _BEGINS or component.type == "labeling" or _steers(leaves[id_]) or (cut and role in CHECKS)):
            hint = f"draw where its input comes from, as `… -> {id_}`, or say `boundary: source` if it begins here"
            notes = (Note("it is used here", arrow(leaves[id_][0])),)
            yield Finding(component.place, f"nothing leads to `{id_}`, and yet others use it", hint, notes)


def _steers(flows: list[Flow]) -> bool:
    return all(flow.kind in _COMMANDS for flow in flows)
