"""New items can be found later than required.

Compares `requirements.freshness.items` with `serving.item_delay`. Where that is not written, the delay is added up
along the fastest way from a source of data into each index: `delay`, or else `cadence` plus `duration`, of every
component and arrow on it.

A seller who cannot find the own listing writes to support; news that arrive after a day are no news.

```yaml fails
requirements:
  freshness: {items: 1 h}
serving:
  item_delay: 26 h
```

```yaml passes
requirements:
  freshness: {items: 1 h}
serving:
  item_delay: 15 min
```

Source: the framework's sixth step (indexing pipeline); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from archkit.catalog import DATA_ORIGINS
from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.facts.graph import Graph
from archkit.model.components import Component
from archkit.model.flows import Flow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_KINDS = frozenset(("sync", "async", "stream", "batch", "deploy"))
_ON_THE_WAY = frozenset(
    ("processor", "indexer", "feature_job", "stream", "store", "predictor", "index", "data_gate", "other")
)


def applies(facts: Facts) -> bool:
    """Judge systems that say how soon new items are found."""
    return facts.blueprint.requirements.freshness.items is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Report a delay that is too long."""
    need = given(facts.blueprint.requirements.freshness, "items", "new items must be found within")
    assert need is not None  # noqa: S101 - the rule applies only where it is written
    delay = given(facts.blueprint.serving, "item_delay", "new items can be found after")
    if delay is not None:
        if delay.value > need.value:
            message = f"a new item can be found after {show(delay.value)}, and {show(need.value)} is required"
            yield Finding(delay.span, message, _hint(need), notes(need))
        return
    for id_ in facts.graph.with_role("index"):
        parts = _fastest(facts.graph, id_)
        total = seconds(sum((part.value.value for part in parts), Fraction(0)))
        if parts and total > need.value:
            working = " + ".join(show(part.value) for part in parts)
            working += f" = {show(total)}" if len(parts) > 1 else ""
            message = f"a new item gets into `{id_}` after {working}, and {show(need.value)} is required"
            yield Finding(max(parts, key=lambda part: part.value.value).span, message, _hint(need), notes(*parts, need))


def _hint(need: Input) -> str:
    return f"feed new items in as a stream, build more often, or allow more than {show(need.value)}"


def _fastest(graph: Graph, index: str) -> list[Input]:
    """Return the delays along the fastest way from a source of data into an index; none where no way leads there."""
    order = count()
    queue: list[tuple[Fraction, int, str, list[Input]]] = [(Fraction(0), next(order), index, _delays(graph, index))]
    done: set[str] = set()
    while queue:
        spent, _, id_, parts = heappop(queue)
        if id_ in done:
            continue
        done.add(id_)
        if (
            id_ != index
            and graph.role(id_) in DATA_ORIGINS
            and not any(_feeds(graph, flow) for flow in graph.into[id_])
        ):
            return parts
        for flow in graph.into[id_]:
            if _feeds(graph, flow) and flow.source not in done:
                more = [*_delay(flow, f"`{flow.id}`"), *_delays(graph, flow.source)]
                total = spent + sum((part.value.value for part in more), Fraction(0))
                heappush(queue, (total, next(order), flow.source, [*parts, *more]))
    return []


def _feeds(graph: Graph, flow: Flow) -> bool:
    role = graph.role(flow.source)
    online = graph.tier(flow.source) == "online" and role == "predictor"
    return flow.kind in _KINDS and not online and (role in _ON_THE_WAY or role in DATA_ORIGINS - {"entry"})


def _delays(graph: Graph, id_: str) -> list[Input]:
    return _delay(graph.components[id_], f"`{id_}`")


def _delay(record: Component | Flow, of: str) -> list[Input]:
    """Return the delay of a component or arrow, else how long one waits for its next run and for its end."""
    delay = given(record, "delay", f"delay of {of}")
    if delay is not None:
        return [delay]
    runs = [given(record, "cadence", f"time between runs of {of}")]
    if isinstance(record, Component) and runs[0] is not None:
        runs.append(given(record, "duration", f"time that one run of {of} takes"))
    return [part for part in runs if part is not None]
