"""Nothing keeps a better metric from being bought with something worse.

Asks for two guardrails where people wait for answers, one of them on speed or cost and one on something else (harm,
quality, business), and for one where predictions are made in batches or on devices. A guardrail needs a threshold:
`max` or `min`.

A model learns to raise what it is rewarded for, and will spend whatever is not guarded: time, money, trust, the small
groups. A guardrail without a number stops nobody, because every breach can be talked away.

```yaml fails
evaluation:
  offline: {ndcg@20: 0.4}
  guardrails: {p99_latency: {max: 200 ms}, harmful_views: {}}
```

```yaml passes
evaluation:
  offline: {ndcg@20: 0.4}
  guardrails: {p99_latency: {max: 200 ms}, harmful_views: {max: 0.1%}}
```

Source: the framework's fifth step (at least latency and harm); R. Kohavi, D. Tang and Y. Xu, "Trustworthy Online
Controlled Experiments" (2020), chapters 6 and 21.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.model.evaluation import Guardrail
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "evaluation"
PROFILES = ("interview", "production")

_SPEED = (
    "latency", "p50", "p95", "p99", "p999", "time to", "response time", "ttft", "timeout", "slow", "delay", "cost",
    "price", "spend per", "battery", "power", "memory", "token", "throughput", "queue age",
)  # fmt: skip


def applies(facts: Facts) -> bool:
    """Judge designs with an evaluation."""
    return bool(facts.blueprint.evaluation) and facts.blueprint.evaluation.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report guardrails without a threshold, and guardrails that are missing."""
    evaluation = facts.blueprint.evaluation
    guards = list(evaluation.guardrails.values())
    for guard in guards:
        if not guard.has("max") and not guard.has("min") and guard.whole():
            yield Finding(
                guard.place, f"`{guard.id}` has no threshold, so nothing ever breaks it", "write `max:` or `min:`"
            )
    if not evaluation.whole("guardrails"):
        return
    where = evaluation.key_at("guardrails")
    waits = facts.scope.online and not facts.scope.on_device and not facts.scope.batch
    if not guards:
        yield Finding(where, "there are no guardrails", "write `guardrails: {p99_latency: {max: 200 ms}, …}`")
    elif waits and all(_speed(guard) for guard in guards):
        message = f"{_names(guards)} guards speed and cost, and nothing guards people against harm"
        yield Finding(where, message, "add one such as `hide_rate: {max: 0.5%}`")
    elif waits and not any(_speed(guard) for guard in guards):
        message = f"nothing guards speed or cost beside {_names(guards)}"
        yield Finding(where, message, f"add one such as `{_example(facts)}`")


def _example(facts: Facts) -> str:
    latency = facts.blueprint.requirements.latency
    name, limit = next(
        ((name, value) for name, value in latency.written() if name in ("p99", "p95", "p50")), ("p99", "200 ms")
    )
    return f"{name}_latency: {{max: {limit}}}"


def _names(guards: list[Guardrail]) -> str:
    return ", ".join(f"`{guard.id}`" for guard in guards)


def _speed(guard: Guardrail) -> bool:
    """Return whether a guardrail is about speed or cost: as it says, else by its name."""
    if guard.kind:
        return guard.kind in ("latency", "cost", "reliability")
    return bool(begins(guard.id, *_SPEED))
