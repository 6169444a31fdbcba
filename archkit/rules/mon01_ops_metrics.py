"""The running service is watched with an eye closed.

Asks for the four numbers that tell how a service is: latency, traffic, errors and how full it is, in
`monitoring.operational` (or in alerts, dashboards, costs). In batches, the delay of a run stands for latency; on
devices only errors and what the device has to give (battery, memory) are asked for. Language models may count tokens
for traffic and money for fullness.

Each of the four misses what the others show: errors fall when traffic does, latency rises after queues have filled, and
utilisation says an hour before that they will.

```yaml fails
monitoring: {operational: [latency, errors]}
```

```yaml passes
monitoring: {operational: [latency, throughput, errors, utilisation]}
```

Source: the four golden signals of B. Beyer, C. Jones, J. Petoff and N. Murphy, "Site Reliability Engineering" (2016),
chapter 6; ML Test Score (Breck et al. 2017), "no regression in speed, latency, throughput or memory".
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins, mentions
from archkit.rules import Finding
from archkit.sentences import series

SEVERITY = Severity.WARNING
STEP = "monitoring"
PROFILES = ("interview", "production")

_SIGNALS: dict[str, tuple[str, ...]] = {
    "latency": (
        "latency", "response time", "p50", "p95", "p99", "time to", "ttft", "duration", "lag", "delay", "late",
        "finish", "wait", "speed", "slow",
    ),
    "throughput": (
        "throughput", "traffic", "request", "qps", "rps", "queries per", "per second", "per minute", "per hour",
        "volume", "token", "rate of", "load", "count", "items", "images", "rounds", "phones", "users", "usage",
    ),
    "errors": ("error", "fail", "crash", "exception", "timeout", "5xx", "availability", "uptime", "reject", "dropped"),
    "utilisation": (
        "utilisation", "saturation", "cpu", "gpu", "memory", "queue", "backlog", "capacity", "disk", "price", "cost",
        "quota", "money", "spend", "battery", "heat", "power", "accelerator", "size", "headroom", "replicas",
    ),
}  # fmt: skip
"""How words for each signal begin."""

_WHOLE = {"latency": ("age",)}
"""Words for a signal that others, as `agent`, begin with."""


def applies(facts: Facts) -> bool:
    """Judge designs with monitoring."""
    return bool(facts.blueprint.monitoring) and facts.blueprint.monitoring.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report the signals that are not watched."""
    monitoring = facts.blueprint.monitoring
    alerts = (text for id_, alert in monitoring.alerts.items() for text in (id_, alert.when))
    said = " ; ".join((*monitoring.operational, *monitoring.dashboards, *monitoring.cost, *alerts))
    wanted = ("errors", "utilisation") if facts.scope.on_device else tuple(_SIGNALS)
    missing = [
        signal
        for signal in wanted
        if not begins(said, *_SIGNALS[signal]) and not mentions(said, *_WHOLE.get(signal, ()))
    ]
    if missing:
        names = series(missing)
        yield Finding(
            monitoring.key_at("operational"),
            f"nobody watches {names} of the running service",
            f"write `operational: [{', '.join(wanted)}]`",
        )
