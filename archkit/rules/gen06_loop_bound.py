"""An agent's loop has no end.

Each agent needs a bound: `max_steps`, a `timeout`, a `token_budget` or a `budget` of money, at itself or at the arrows
that leave it (`at_most`, `timeout`). Where the usual time of a model that it calls is known (`p50` or `mean`), the
steps allowed are multiplied with it and compared with the timeout of the agent, which would cut the last steps off.

A loop that decides by itself when it is done sometimes decides never. The bill is what stops it, and the person at the
other end has left by then.

```yaml fails
archetype: agent
architecture:
  lanes: {serving: {traveller: user, agent: agent_orchestrator, planner: llm}}
  flows: [traveller -> agent -> planner]
```

```yaml passes
archetype: agent
architecture:
  lanes: {serving: {traveller: user, agent: {type: agent_orchestrator, max_steps: 12, timeout: 60 s}, planner: llm}}
  flows: [traveller -> agent -> planner]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_BOUNDS = ("max_steps", "timeout", "token_budget", "budget")


def applies(facts: Facts) -> bool:
    """Judge agents."""
    return bool(facts.generative.agents)


def check(facts: Facts) -> Iterator[Finding]:
    """Report agents without a bound, and those whose steps take longer than they may."""
    for id_ in facts.generative.agents:
        agent = facts.graph.components[id_]
        flows = facts.graph.out[id_]
        bound = any(agent.has(name) for name in _BOUNDS) or any(flow.at_most or flow.timeout for flow in flows)
        if not bound and agent.whole():
            message = f"nothing ends the loop of `{id_}` when it goes in circles"
            yield Finding(agent.place, message, "write `max_steps: 12`, and a `timeout` or `token_budget`")
        yield from _cut_off(facts, agent)


def _cut_off(facts: Facts, agent: Component) -> Iterator[Finding]:
    """Report an agent whose timeout comes before its last step could end."""
    steps, limit = given(agent, "max_steps", "steps"), given(agent, "timeout", f"timeout of `{agent.id}`")
    called = [facts.graph.components[flow.target] for flow in facts.graph.out[agent.id] if flow.kind == "sync"]
    models = [one for one in called if facts.graph.role(one.id) == "llm"]
    times = [time for one in models if (time := _median(one)) is not None]
    if steps is None or limit is None or not times:
        return
    step = min(times, key=lambda time: time.value)
    total = seconds(steps.value.value * step.value.value)
    if total > limit.value:
        message = (
            f"{show(steps.value)} steps take {show(total)} = {show(steps.value)} × {show(step.value)} and `{agent.id}` "
            f"is stopped after {show(limit.value)}"
        )
        hint = "allow fewer steps, or more time"
        yield Finding(steps.span, message, hint, notes(steps, step, limit), Severity.WARNING)


def _median(model: Component) -> Input | None:
    """Return what a call of a model usually takes: its median or mean; higher percentiles are not every step's."""
    for name in ("p50", "mean"):
        found = given(model.latency, name, f"{name} of `{model.id}`")
        if found is not None:
            return found
    return None
