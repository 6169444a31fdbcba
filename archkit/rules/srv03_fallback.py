"""A model that every answer needs has nothing that stands in for it.

Finds the models that all ways from a request to its answer pass through, or that those ask. Each must have a
`fallback`, an arrow of kind `fallback`, be `optional`, or be covered by `serving.fallback`. Models of which one of
several may answer need none.

Models fail in more ways than other services: a new version is slow, a feature store is down, an accelerator is gone.
A popular list or yesterday's prediction costs little and keeps the page alive; an empty page costs all of it.

```yaml fails
serving: {mode: online}
architecture:
  lanes:
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
```

```yaml passes
serving: {mode: online}
architecture:
  lanes:
    inference: {shop: client_app, gateway: api_gateway, scorer: {type: model_server, fallback: rules}, rules: heuristic}
  flows:
    - shop -> gateway -> scorer -> shop
    - scorer ..> rules: {label: timeout, kind: fallback}
    - rules -> shop
```

Source: practice of large online services, such as personalisation that degrades to popular items; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import LEARNED
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_STANDS_IN = ("fallback", "heuristic", "cache", "prediction_store")


def applies(facts: Facts) -> bool:
    """Judge online systems on servers."""
    scope = facts.scope
    if scope.on_device or scope.platform or not scope.online or facts.graph.sketch:
        return False
    return bool(facts.path) and facts.blueprint.serving.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report needed models without a fallback."""
    if facts.blueprint.serving.has("fallback"):
        return
    graph, dependence = facts.graph, facts.dependence
    usual = "popular_items" if facts.scope.ranks else "simple_rules"
    spare = next((id_ for role in _STANDS_IN for id_ in graph.with_role(role)), usual)
    for id_ in (*dependence.needed, *dependence.asked):
        component = graph.components[id_]
        model = graph.role(id_) in LEARNED and (graph.role(id_) != "candidate_source" or bool(component.serves))
        if not model or component.guessed or component.type == "edge_model" or dependence.spared(id_):
            continue
        flow = dependence.asked.get(id_)
        notes = (Note("every answer needs it", arrow(flow)),) if flow is not None else ()
        hint = f"draw what answers instead, as `{id_} ..> {spare}: {{label: timeout, kind: fallback}}`"
        message = f"every answer needs `{id_}`, and nothing stands in for it when it fails or is slow"
        yield Finding(component.place, message, hint, notes)
