"""A later stage is cheaper than an earlier one.

Compares the `cost_per_item` of scoring stages that follow each other: the fewer items are left, the more may be spent
on each.

Where the cheap model comes last, it could have come first: the expensive one has already scored everything that the
cheap one would have thrown out. Usually the two stages stand in the wrong order, or the first is heavier than it need
be.

```yaml fails
architecture:
  lanes:
    inference:
      viewer: user
      first: {type: light_ranker, in: 3000, out: 300, cost_per_item: 50 us}
      second: {type: ranker, in: 300, out: 20, cost_per_item: 5 us}
  flows: [viewer -> first -> second -> viewer]
```

```yaml passes
architecture:
  lanes:
    inference:
      viewer: user
      first: {type: light_ranker, in: 3000, out: 300, cost_per_item: 5 us}
      second: {type: ranker, in: 300, out: 20, cost_per_item: 50 us}
  flows: [viewer -> first -> second -> viewer]
```

Source: own judgement; P. Covington and others, Deep Neural Networks for YouTube Recommendations, 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import SCORERS
from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge funnels of two stages and more."""
    return len(facts.funnel.stages) > 1


def check(facts: Facts) -> Iterator[Finding]:
    """Compare each stage with the costliest scoring stage before it."""
    costliest: dict[str, tuple[str, Input] | None] = {}
    for id_, stage in facts.funnel.stages.items():
        before = max(
            (found for feeder in stage.feeders if (found := costliest.get(feeder)) is not None),
            key=lambda found: found[1].value.value,
            default=None,
        )
        own = _cost(facts, id_)
        costliest[id_] = before if own is None else (id_, own)
        if own is None or before is None or own.value >= before[1].value:
            continue
        message = (
            f"`{id_}` spends {show(own.value)} on each item that is left, after `{before[0]}` has spent "
            f"{show(before[1].value)} on each of many more"
        )
        hint = f"let the cheaper stage come first, or make `{before[0]}` lighter"
        yield Finding(own.span, message, hint, notes(before[1]))


def _cost(facts: Facts, id_: str) -> Input | None:
    if facts.graph.role(id_) not in SCORERS:
        return None
    return given(facts.graph.components[id_], "cost_per_item", f"computing time for one item of `{id_}`")
