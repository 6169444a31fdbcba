"""Nothing removes what must not be shown between the last model and the user.

For systems that rank or retrieve for people who wait. Follows the arrows from the last model of the request path to
the user. A filter, policy engine, re-ranker or guard must stand between, or `serving.filters` must say what is
removed.

A ranker puts a sold-out, blocked or illegal item first as readily as any other, because it was liked before. Filters
before the ranker save time; the one after it is what keeps promises, because it sees the final list.

```yaml fails
archetype: recommendation
architecture:
  lanes:
    inference: {shop: client_app, gateway: api_gateway, stock: filter, ranker: ranker}
  flows:
    - shop -> gateway -> stock -> ranker -> shop
```

```yaml passes
archetype: recommendation
architecture:
  lanes:
    inference: {shop: client_app, gateway: api_gateway, ranker: ranker, stock: filter}
  flows:
    - shop -> gateway -> ranker -> stock -> shop
```

Source: the framework's sixth step (re-ranking by business rules and safety); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import SCORERS
from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_REMOVES = ("filter", "reranker", "guard", "post", "reviewer", "other")


def applies(facts: Facts) -> bool:
    """Judge systems that rank for people who wait."""
    scope = facts.scope
    waits = scope.online and not scope.on_device and bool(facts.path) and not facts.graph.sketch
    return scope.ranks and waits and facts.blueprint.serving.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report a model whose output goes to users as it is."""
    if facts.blueprint.serving.has("filters"):
        return
    graph, path = facts.graph, facts.path
    view = graph.view(flow for flow in graph.flows if flow.kind == "sync")
    filters = graph.with_role(*_REMOVES)
    scorers = [id_ for id_ in path.order if graph.role(id_) in SCORERS and not graph.components[id_].guessed]
    users = graph.with_role("entry")
    for id_, way in view.ways(scorers, users, filters).items():
        flow = next((flow for flow in graph.out[id_] if flow.target == way[1] and flow.kind == "sync"), None)
        if flow is not None:
            message = f"nothing removes what must not be shown: {' -> '.join(way)}"
            hint = f"put a filter between, as `{way[0]} -> filter -> {way[1]}`, or write `filters:` under `serving`"
            yield Finding(arrow(flow), message, hint)
    answered = bool(scorers) and not view.ways(scorers, users)
    if answered and not any(id_ in path or id_ in facts.dependence.asked for id_ in filters):
        hint = "add a `filter` that the answer passes, or write `filters:` under `serving`"
        message = f"nothing removes what must not be shown from what `{scorers[-1]}` returns"
        yield Finding(graph.components[scorers[-1]].place, message, hint)
