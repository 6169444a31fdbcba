"""Clients reach a model past every gateway and load balancer.

Follows synchronous requests from users, apps and devices. Where they come to a component that runs a model, retrieves
or plans without having passed a gateway, load balancer, rate limiter or the like, the first arrow of that way is
reported. Other systems that call from inside (`upstream_service`), batch systems, models that run on the very device,
and language models and agents, which have guards for their entrance, are left alone.

The entrance is where requests are authenticated, limited and spread over replicas. A client that knows the address of
a model server can overload it, cannot be throttled, and breaks with every new version.

```yaml fails
architecture:
  lanes:
    inference: {shop: client_app, scorer: model_server}
  flows:
    - shop -> scorer -> shop
```

```yaml passes
architecture:
  lanes:
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
```

Source: the framework's picture of a system (the inference lane begins at a gateway).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import LEARNED
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_BEHIND = LEARNED | {"retriever", "agent", "index"}


def applies(facts: Facts) -> bool:
    """Judge online systems whose clients are drawn."""
    scope, graph = facts.scope, facts.graph
    elsewhere = scope.on_device or scope.platform or scope.generative
    return scope.online and not (elsewhere or graph.sketch) and bool(facts.serving.askers)


def check(facts: Facts) -> Iterator[Finding]:
    """Report each client that gets past the gateway, at the first arrow of its way."""
    graph = facts.graph
    view = graph.view(flow for flow in graph.flows if flow.kind == "sync")
    guards = graph.with_role("gateway", "other")
    goals = [id_ for id_ in graph.with_role(*_BEHIND) if graph.components[id_].type != "edge_model"]
    gateway = next(iter(graph.with_role("gateway")), "")
    clients = [id_ for id_ in facts.serving.askers if _is_client(facts, id_)]
    for client, way in view.ways(clients, goals, guards).items():
        component, reached = graph.components[client], graph.components[way[-1]]
        flow = next((flow for flow in graph.out[client] if flow.kind == "sync" and flow.target in way), None)
        if flow is None or reached.guessed or (component.zone and reached.zone == component.zone):
            continue
        hint = f"let it enter there: `{client} -> {gateway}`" if gateway else _add(client, flow.target)
        notes = (Note("this is the gateway", graph.components[gateway].place),) if gateway else ()
        message = f"`{client}` reaches `{way[-1]}` past every gateway: {' -> '.join(way)}"
        yield Finding(arrow(flow), message, hint, notes)


def _is_client(facts: Facts, id_: str) -> bool:
    component = facts.graph.components[id_]
    return facts.graph.role(id_) == "entry" and component.type != "upstream_service" and not component.guessed


def _add(client: str, target: str) -> str:
    return f"add `gateway: api_gateway`, and write `{client} -> gateway -> {target}`"
