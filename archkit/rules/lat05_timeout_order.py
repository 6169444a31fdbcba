"""A timeout ends after the request has to.

Compares `timeout` × (1 + `retries`) of each component that requests wait for with what is required end to end, with
what is left of it after the stages before and after, and with the timeout of a caller that waits for it meanwhile. What
is required of the mean or the median says nothing about the slowest request, so timeouts are not compared with that.

A timeout that cannot fire in time protects nobody: the caller has given up, the user has gone, and the callee still
works for an answer that nobody reads. With retries it multiplies the load just when the system is slow.

```yaml fails
requirements: {latency: {p99: 200 ms}}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, latency: {p99: 80 ms}, timeout: 120 ms, retries: 1}
  flows: [viewer -> ranker -> viewer]
```

```yaml passes
requirements: {latency: {p99: 200 ms}}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, latency: {p99: 80 ms}, timeout: 95 ms, retries: 1}
  flows: [viewer -> ranker -> viewer]
```

Source: own judgement; B. Beyer and others, Site Reliability Engineering, 2016 (deadlines are handed on).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Derived, Input, derive, given, notes, seconds, show
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("production",)


def applies(facts: Facts) -> bool:
    """Judge blueprints with a request path."""
    return bool(facts.path)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare timeouts with the whole, with the rest of it, and with those of callers."""
    reported: set[str] = set()
    for id_, stage in facts.timing.stages.items():
        if stage.limit is None:
            continue
        for finding in _against_slo(facts, id_, _wait(facts, id_, stage.limit)):
            reported.add(id_)
            yield finding
    yield from _nested(facts, reported)


def _wait(facts: Facts, id_: str, limit: Input) -> Derived:
    """Return how long a component is waited for at most: its timeout, once more for each retry."""
    component = facts.graph.components[id_]
    retries = given(component, "retries", f"retries of `{id_}`")
    flows = [
        hop.flow for hop in facts.path.before.get(id_, ()) if hop.flow is not None and hop.flow.retries is not None
    ]
    if retries is None and flows:
        retries = given(flows[0], "retries", f"retries of `{flows[0].id}`")
    times = 1 + (retries.value.value if retries is not None else 0)
    formula = f"{times} × {show(limit.value)}" if retries is not None and times > 1 else show(limit.value)
    return derive(f"wait.{id_}", f"Longest wait for `{id_}`", limit.value * times, formula, limit, retries)


def _against_slo(facts: Facts, id_: str, wait: Derived) -> Iterator[Finding]:
    timing = facts.timing
    slo, critical = timing.slo, timing.critical
    if slo is None or timing.percentile in ("mean", "p50"):
        return
    span, shown = wait.inputs[0].span, wait.working() if "×" in wait.formula else wait.formula
    if wait.value > slo.value:
        message = f"`{id_}` is waited for {shown}, longer than the {show(slo.value)} that the whole request may take"
        yield Finding(span, message, "choose a timeout (and retries) that fit into the request", notes(wait, slo))
        return
    if critical is None or critical.total.value > slo.value:
        return
    rest = seconds(critical.before[id_] + critical.after[id_])
    left = seconds(slo.value.value - rest.value)
    if wait.value > left:
        message = (
            f"`{id_}` is waited for {shown}, but the stages before and after it take {show(rest)} of "
            f"{show(slo.value)}, which leaves {show(left)}"
        )
        hint = f"choose a timeout of at most {show(left)}, retries included"
        yield Finding(span, message, hint, notes(wait, slo))


def _nested(facts: Facts, reported: set[str]) -> Iterator[Finding]:
    """Compare the timeouts of callees with those of callers that wait for them."""
    components = facts.graph.components
    pairs = [(flow.source, at) for at, flows in facts.path.reads.items() for flow in flows]
    pairs += [(flow.source, flow.target) for flow in facts.path.answers if flow.target not in facts.path.entries]
    for callee, caller in dict.fromkeys(pairs):
        inner, outer = _limit(components[callee]), _limit(components.get(caller))
        if inner is None or outer is None or callee in reported:
            continue
        wait = _wait(facts, callee, inner)
        if wait.value >= outer.value:
            shown = wait.working() if "×" in wait.formula else wait.formula
            message = f"`{caller}` waits {shown} for `{callee}`, but is itself given up after {show(outer.value)}"
            hint = f"choose a timeout for `{callee}` that leaves `{caller}` time to go on without it"
            yield Finding(inner.span, message, hint, notes(wait, outer))


def _limit(component: Component | None) -> Input | None:
    return given(component, "timeout", f"timeout of `{component.id}`") if component is not None else None
