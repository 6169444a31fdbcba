"""Nothing says when the model is trained anew, or it happens too rarely.

Where a model is trained, `monitoring.retrain` (or `model.training`, or the training job) needs a cadence, a trigger or
a number of new examples. A cadence is compared with `requirements.freshness.model`: just before the next model arrives,
the one in service is as old as the cadence plus the time for training, evaluation and deployment. Where models are
trained apart, the one that is trained most often counts. Watches for drift need something that follows from them: an
`action`, an alert, a trigger, or an arrow out of the drift detector.

Models age. Without a trigger they are renewed when somebody remembers; with an alarm that leads nowhere, people learn
to ignore it.

```yaml fails
requirements: {freshness: {model: 24 h}}
model: {training: {duration: 6 h}}
monitoring: {retrain: {cadence: 24 h}}
```

```yaml passes
requirements: {freshness: {model: 36 h}}
model: {training: {duration: 6 h}}
monitoring: {retrain: {cadence: 24 h}}
```

Source: the framework's seventh step; ML Test Score (Breck et al. 2017), "models are not too stale"; Google's Rules of
ML (Zinkevich), rule 8.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "monitoring"
PROFILES = ("interview", "production")

_PARTS = {"duration": "training", "evaluation_duration": "evaluation", "deploy_duration": "deployment"}


def applies(facts: Facts) -> bool:
    """Judge designs with monitoring that train models."""
    monitoring = facts.blueprint.monitoring
    trains = bool(facts.labels.trainings) or bool(facts.learning.trainers)
    return bool(monitoring) and monitoring.whole() and trains and not facts.scope.platform


def check(facts: Facts) -> Iterator[Finding]:
    """Report a missing trigger, a cadence that is too long, and drift that nobody acts upon."""
    yield from _missing(facts)
    yield from _stale(facts)
    yield from _unheard(facts)


def _missing(facts: Facts) -> Iterator[Finding]:
    monitoring, graph = facts.blueprint.monitoring, facts.graph
    retrain = monitoring.retrain
    jobs = [graph.components[id_] for id_ in facts.learning.trainers]
    online = any(job.type in ("online_trainer", "federated_aggregator", "local_trainer") for job in jobs)
    said = any(retrain.has(name) for name in ("cadence", "trigger", "volume")) or not monitoring.whole("retrain")
    said = said or any(one.has("cadence") for one in (*facts.labels.trainings, *jobs)) or online
    driven = {"drift_monitor", "alert", "monitor", "control"}
    said = said or any(graph.role(flow.source) in driven for job in jobs for flow in graph.into[job.id])
    if not said:
        message = "nothing says when the model is trained anew"
        hint = "write `retrain: {cadence: 24 h}`, or `trigger:` and what starts it"
        yield Finding(monitoring.key_at("retrain"), message, hint)


def _stale(facts: Facts) -> Iterator[Finding]:
    """Report a cadence with which the model in service becomes older than it may."""
    limit = given(facts.blueprint.requirements.freshness, "model", "age that the model may have")
    cycles = [cycle for cycle in (_cycle(facts, cadence) for cadence in _cadences(facts)) if cycle]
    if limit is None or not cycles:
        return
    parts = min(cycles, key=lambda cycle: sum(part.value.value for part in cycle))
    age = seconds(sum(part.value.value for part in parts))
    if age > limit.value:
        working = " + ".join(f"{part.name} {show(part.value)}" for part in parts)
        total = f"{show(age)} = {working}" if len(parts) > 1 else working
        message = f"the model in service becomes too old: {total}, and it may be {show(limit.value)}"
        yield Finding(parts[0].span, message, "train more often, or allow an older model", notes(limit, *parts))


def _cadences(facts: Facts) -> list[Input]:
    """Return how often models are trained; what monitoring says of it stands for the training it is about."""
    found = [given(one, "cadence", "every") for one in facts.labels.trainings]
    found += [given(facts.graph.components[id_], "cadence", "every") for id_ in facts.learning.trainers]
    found.append(given(facts.blueprint.monitoring.retrain, "cadence", "every"))
    return [one for one in found if one is not None]


def _cycle(facts: Facts, cadence: Input) -> list[Input]:
    """Return a cadence with the times of the only training, from its data to service."""
    trainings = facts.labels.trainings
    parts = [given(trainings[0], name, what) for name, what in _PARTS.items()] if len(trainings) == 1 else []
    return [cadence, *(part for part in parts if part is not None)]


def _unheard(facts: Facts) -> Iterator[Finding]:
    monitoring, graph = facts.blueprint.monitoring, facts.graph
    heard = any(watch.action for watch in monitoring.drift.values()) or bool(monitoring.alerts)
    heard = heard or monitoring.retrain.has("trigger") or not monitoring.whole("drift")
    detectors = graph.with_role("drift_monitor")
    if monitoring.drift and not heard and not any(graph.out[id_] for id_ in detectors):
        message = "nothing follows when something drifts: no action, no alert, no trigger"
        hint = "write `action: retrain` at each watch, or `retrain: {trigger: drift above its threshold}`"
        yield Finding(monitoring.key_at("drift"), message, hint, severity=Severity.WARNING)
