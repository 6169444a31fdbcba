"""A request waits for the slowest of many shards.

For components with `shards` on the request path, takes their stated time as that of one shard: with n shards, the
share of requests that meet at least one slow shard is 1 − (1 − p)ⁿ. Reports it where that is more than the required
percentile allows and nothing cuts the tail off (`timeout`, `hedge_after`), unless a higher stated percentile shows that
the request still ends in time.

With a hundred shards, one slow answer in a hundred is met by 63% of all requests: the rare hiccup of a machine becomes
the usual latency of the service. That is why late shards are left out, or asked a second time elsewhere.

```yaml fails
requirements: {latency: {p99: 100 ms}}
architecture:
  lanes:
    inference:
      user: user
      index: {type: ann_index, shards: 40, latency: {p99: 30 ms}}
  flows: [user -> index -> user]
```

```yaml passes
requirements: {latency: {p99: 100 ms}}
architecture:
  lanes:
    inference:
      user: user
      index: {type: ann_index, shards: 40, latency: {p99: 30 ms}, hedge_after: 20 ms}
  flows: [user -> index -> user]
```

Source: J. Dean, L. A. Barroso, The Tail at Scale, 2013.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.model.common import Latency
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("production",)

_BELOW = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "p999": 0.999, "max": 1.0}


def applies(facts: Facts) -> bool:
    """Judge blueprints that require a latency at a percentile."""
    return facts.timing.slo is not None and facts.timing.percentile in _BELOW


def check(facts: Facts) -> Iterator[Finding]:
    """Look at each component with shards that requests wait for."""
    for id_, component in facts.graph.components.items():
        shards = given(component, "shards", f"shards of `{id_}`")
        if shards is None or shards.value.value < 2 or _cut_off(facts, component):
            continue
        caller = id_ if id_ in facts.path else next((at for at, reads in _readers(facts) if id_ in reads), None)
        if caller is not None:
            yield from _judge(facts, component, caller, shards)


def _readers(facts: Facts) -> list[tuple[str, set[str]]]:
    return [(at, {flow.source for flow in flows}) for at, flows in facts.path.reads.items()]


def _cut_off(facts: Facts, component: Component) -> bool:
    if component.timeout is not None or component.hedge_after is not None:
        return True
    return any(flow.timeout is not None or flow.hedge_after is not None for flow in facts.graph.into[component.id])


def _judge(facts: Facts, component: Component, caller: str, shards: Input) -> Iterator[Finding]:
    timing, number = facts.timing, int(shards.value.value)
    stated = [name for name in _BELOW if getattr(component.latency, name) is not None]
    if not stated or timing.slo is None:
        return
    allowed = 1 - _BELOW[timing.percentile]
    enough = next((name for name in stated if _slow(name, number) <= allowed + 1e-12), None)
    if enough is not None and (enough == timing.percentile or not _too_late(facts, component.latency, caller, enough)):
        return
    at = given(component.latency, stated[-1] if enough is None else enough, f"time of one shard of `{component.id}`")
    if at is None:
        return
    if enough is None:
        share = _percent(_slow(stated[-1], number))
        below = f"{_BELOW[stated[-1]]:g}"
        message = (
            f"a request waits for the slowest of {number} shards of `{component.id}`: 1 − {below}^{number} = {share} "
            f"of requests wait longer than {show(at.value)}, and {_percent(allowed)} may"
        )
    else:
        message = (
            f"the slowest of {number} shards of `{component.id}` takes {show(at.value)} ({enough}), with which the "
            f"request takes longer than the {show(timing.slo.value)} required"
        )
    hint = "leave late shards out with `timeout`, ask a second replica with `hedge_after`, or state a higher percentile"
    yield Finding(at.span, message, hint, notes(shards, timing.slo))


def _too_late(facts: Facts, latency: Latency, caller: str, percentile: str) -> bool:
    """Return whether the request path breaks its limit where the component takes what it takes at a percentile."""
    critical, tail = facts.timing.critical, getattr(latency, percentile)
    if critical is None or facts.timing.slo is None:
        return False
    time = max(tail.value, facts.timing.stages[caller].value)
    whole = seconds(critical.before[caller] + time + critical.after[caller])
    return whole > facts.timing.slo.value


def _slow(percentile: str, shards: int) -> float:
    return 1 - _BELOW[percentile] ** shards


def _percent(value: float) -> str:
    return f"{value:.0%}" if value >= 0.1 else f"{value * 100:.2g}%"
