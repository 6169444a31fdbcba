"""A stage computes longer than it may take.

Computes items that enter × computing time of one / parallelism of each stage that states them, and compares it with the
stage's own latency, else its timeout, else with all that the request may take.

This is the product that makes funnels necessary. A model of a tenth of a millisecond is fast for two hundred items, is
the whole budget for two thousand, and takes eleven days for ten billion.

```yaml fails
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 10k, out: 20, cost_per_item: 60 us, parallelism: 8, latency: {p99: 40 ms}}
  flows: [viewer -> ranker -> viewer]
```

```yaml passes
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 1000, out: 20, cost_per_item: 60 us, parallelism: 8, latency: {p99: 40 ms}}
  flows: [viewer -> ranker -> viewer]
```

Source: the framework (why retrieval comes before ranking); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.facts.latency import PERCENTILES, scoring
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints whose components state the computing time of an item."""
    return any(component.cost_per_item is not None for component in facts.graph.components.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the computing time of each stage with the time it has."""
    for id_, component in facts.graph.components.items():
        time, budget = scoring(component), _budget(facts, component)
        if time is None or budget is None or time.value <= budget.value:
            continue
        message = f"`{id_}` computes for {time.working()}, and has {show(budget.value)} ({budget.name})"
        hint = "let fewer items reach it, score them with a cheaper model first, or state a larger `parallelism`"
        yield Finding(component.at("cost_per_item"), message, hint, notes(time, budget))


def _budget(facts: Facts, component: Component) -> Input | None:
    """Return the time that a stage has: the largest that it states, its timeout, or the whole request."""
    id_ = component.id
    for name in reversed(PERCENTILES):
        found = given(component.latency, name, f"{name} of `{id_}`")
        if found is not None:
            return found
    return given(component, "timeout", f"timeout of `{id_}`") or (facts.timing.slo if id_ in facts.path else None)
