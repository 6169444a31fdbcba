"""The replicas cannot carry the peak.

For each component that states `replicas` and `throughput`, compares replicas × throughput × target utilisation with
what is sure to reach it at peak: all requests (or the share that the arrows on the way carry, less what caches answer),
times the items that it computes for each where its throughput counts items. A throughput counts items where its unit
says so (`300k videos / s`), or where the computing time of one item shows that whole requests cannot be meant. An index
that builds continuously must keep up with new items in the same way.

A service that is asked for more than it can do does not become a little slower: its queue grows until everything times
out. Behind a funnel the factor is large, since a ranker computes hundreds of items for each request.

```yaml fails
requirements:
  scale: {daily_active_users: 500M, requests_per_user_per_day: 10, peak_factor: 3}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 500, out: 20, replicas: 400, throughput: 35k videos / s, utilisation: 60%}
  flows: [viewer -> ranker -> viewer]
```

```yaml passes
requirements:
  scale: {daily_active_users: 500M, requests_per_user_per_day: 10, peak_factor: 3}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 500, out: 20, replicas: 4200, throughput: 35k videos / s, utilisation: 60%}
  flows: [viewer -> ranker -> viewer]
```

Source: own judgement; utilisation law of queueing theory.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import notes
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints with components that state replicas."""
    return any(component.replicas is not None for component in facts.graph.components.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Compare what components can do with what they are asked for."""
    components = facts.graph.components
    for id_, capacity in facts.load.capacities.items():
        if capacity.asked.value > capacity.able.value:
            # What is stated as it is has no working to show.
            asked = capacity.asked.working().removesuffix(" = all requests at peak")
            message = f"`{id_}` is asked for {asked} at peak, and can do {capacity.able.working()}"
            hint = f"plan {capacity.needed.value.human(grouped=True)} replicas, or let fewer {capacity.unit} reach it"
            assumed = tuple(Note(text) for text in capacity.asked.assumptions)
            numbers = notes(capacity.asked, capacity.able)
            yield Finding(components[id_].at("replicas"), message, hint, (*numbers, *assumed))
    for id_, asked_, able in facts.work.streams:
        if asked_.value > able.value:
            message = f"`{id_}` must keep up with {asked_.working()}, and can do {able.working()}"
            hint = "add replicas, or process fewer items"
            yield Finding(components[id_].at("replicas"), message, hint, notes(asked_, able))
