"""A request waits for something that works on a schedule.

Looks along the request path for lakes, warehouses, offline feature stores, batch jobs and training: read by a
component that answers within the request, or called by one and leading back into the path. A component counts as
offline by its type, or by the `tier` of itself or its lane. Tools of an agent may query a warehouse.

What is built for throughput answers in seconds or minutes, and its data are hours old. Within a request belong stores
that answer in milliseconds, filled by those jobs beforehand.

```yaml fails
architecture:
  lanes:
    data: {lake: data_lake}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - lake -> scorer: history
```

```yaml passes
architecture:
  lanes:
    data: {lake: data_lake, store: feature_store_online}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - lake ~> store: hourly
    - store -> scorer: history
```

Source: own judgement; AWS Well-Architected Machine Learning Lens (match the store to the way it is read).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_AT_REST = frozenset(("store", "feature_store", "dataset"))
_WORK = frozenset(("processor", "feature_job", "trainer", "predictor", "indexer", "labeler", "evaluator"))
_MAY_WAIT = frozenset(("tool", "agent", "entry"))
"""Roles that ask slow stores on purpose, or whose arrow is no part of a prediction."""


def applies(facts: Facts) -> bool:
    """Judge online systems with a request path."""
    scope = facts.scope
    return scope.online and not (scope.platform or facts.graph.sketch) and bool(facts.path)


def check(facts: Facts) -> Iterator[Finding]:
    """Report arrows between the request path and what is offline."""
    graph, path = facts.graph, facts.path
    for flow in graph.flows:
        if flow.kind != "sync" or graph.components[flow.source].guessed or graph.components[flow.target].guessed:
            continue
        slow, waits = (flow.source, flow.target) if flow.target in path else (flow.target, flow.source)
        role = graph.role(slow)
        if waits not in path or slow in path or graph.tier(slow) != "offline" or graph.role(waits) in _MAY_WAIT:
            continue
        called = flow.target == slow
        back = [other for other in graph.out[slow] if other.kind == "sync" and other.target in path]
        if role in _AT_REST or (called and role in _WORK and back):
            store = next(
                (id_ for id_ in graph.with_role("feature_store") if graph.tier(id_) == "online"), "online_store"
            )
            notes = (Note(f"`{slow}` works on a schedule", graph.components[slow].place),)
            hint = f"let it fill an online store (`{slow} ~> {store}`) and read that, or write `~>` if nobody waits"
            yield Finding(arrow(flow), f"`{waits}` answers requests, and waits for `{slow}`", hint, notes)
