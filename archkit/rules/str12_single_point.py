"""A single replica can stop every answer.

Finds what all ways from a request to its answer pass through (the dominators of the answer), and the stores and
models that those ask. Each that runs as one copy (`replicas: 1`), has no `fallback` and is not `optional` is
reported. Nothing is assumed about components that do not state their replicas.

One machine is down for hours a year by itself, and for minutes at every deployment; together with everything else on
the path that adds up.

```yaml fails
architecture:
  lanes:
    inference: {shop: client_app, gateway: {type: api_gateway, replicas: 1}, scorer: {type: model_server, replicas: 20}}
  flows:
    - shop -> gateway -> scorer -> shop
```

```yaml passes
architecture:
  lanes:
    inference: {shop: client_app, gateway: {type: api_gateway, replicas: 2}, scorer: {type: model_server, replicas: 20}}
  flows:
    - shop -> gateway -> scorer -> shop
```

Source: own judgement; AWS Well-Architected Framework, reliability pillar.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import seconds
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("production",)

_MONTH = 30 * 86_400


def applies(facts: Facts) -> bool:
    """Judge online systems with a request path on servers."""
    scope = facts.scope
    return scope.online and not (scope.on_device or facts.graph.sketch) and bool(facts.path)


def check(facts: Facts) -> Iterator[Finding]:
    """Report single replicas that every answer needs."""
    graph, dependence = facts.graph, facts.dependence
    for id_ in (*dependence.needed, *dependence.asked):
        component = graph.components[id_]
        copies = component.replicas
        if copies is None or copies.value != 1 or component.guessed or dependence.spared(id_):
            continue
        if component.type == "edge_model":
            continue
        flow = dependence.asked.get(id_)
        notes = [Note("every answer needs it", arrow(flow))] if flow is not None else []
        availability = facts.blueprint.requirements.availability
        if availability is not None and Fraction(0) < availability.value < 1:
            spare = seconds((1 - availability.value) * _MONTH).human(digits=2)
            at = facts.blueprint.requirements.at("availability")
            notes.append(Note(f"{availability} leaves {spare} of failure in a month", at))
        message = f"`{id_}` runs as a single replica, and without it nothing is answered"
        hint = "run at least two `replicas`, or name a `fallback`"
        yield Finding(component.at("replicas"), message, hint, tuple(notes))
