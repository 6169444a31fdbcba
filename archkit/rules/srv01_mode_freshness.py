"""Predictions are made at other times than their freshness calls for.

Compares the age of precomputed predictions with what is required. Just before a new run is published, a prediction is
as old as the time between runs plus the time that one run takes. An error if the time between runs alone is longer
than `requirements.freshness.predictions`; a warning if only both together are. Where predictions are made in batches
only, features can be no fresher than they are, so `freshness.features` counts as well.

The other way round it advises: if all inputs are known beforehand and a day-old prediction would do, computing at
every request buys nothing but latency, machines and a pager.

```yaml fails
requirements:
  freshness: {predictions: 6 h}
serving:
  mode: batch
  batch: {period: 1 d, window: 4 h}
```

```yaml passes
requirements:
  freshness: {predictions: 30 h}
serving:
  mode: batch
  batch: {period: 1 d, window: 4 h}
```

Source: the framework's sixth step (batch or online); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_DAY = 86_400


def applies(facts: Facts) -> bool:
    """Judge systems that say how old predictions may be."""
    freshness = facts.blueprint.requirements.freshness
    return not facts.scope.platform and (freshness.predictions is not None or freshness.features is not None)


def check(facts: Facts) -> Iterator[Finding]:
    """Report runs that are too rare, and work at requests that could be done beforehand."""
    freshness = facts.blueprint.requirements.freshness
    predictions = given(freshness, "predictions", "predictions may be at most this old")
    features = given(freshness, "features", "features may be at most this old")
    needs = [need for need in (predictions, features if facts.scope.batch else None) if need is not None]
    for period, window in _runs(facts):
        for need in sorted(needs, key=lambda one: one.value.value)[:1]:
            finding = _late(period, window, need)
            if finding is not None:
                yield finding
    loosest = [need for need in (predictions, features) if need is not None]
    if facts.scope.modes == {"online"} and all(need.value.value >= _DAY for need in loosest):
        yield from _could_wait(facts, loosest)


def _runs(facts: Facts) -> list[tuple[Input, Input | None]]:
    """Return how often predictions are precomputed and how long one run takes: as a section or components say."""
    batch = facts.blueprint.serving.batch
    period = given(batch, "period", "time between runs")
    if period is not None:
        return [(period, given(batch, "window", "time that one run may take"))]
    found = []
    for id_ in facts.graph.with_role("predictor"):
        component = facts.graph.components[id_]
        cadence = given(component, "cadence", f"time between runs of `{id_}`")
        if component.type == "batch_inference" and cadence is not None and id_ in facts.serving.served:
            found.append((cadence, given(component, "duration", f"time that one run of `{id_}` takes")))
    return found


def _late(period: Input, window: Input | None, need: Input) -> Finding | None:
    age = period.value.value + (window.value.value if window is not None else 0)
    if age <= need.value.value:
        return None
    working = show(period.value)
    if window is not None:
        working += f" + {show(window.value)} = {show(seconds(age))}"
    message = f"predictions grow {working} old before new ones come, and {show(need.value)} is the limit"
    hint = f"run at least every {show(need.value)}, predict online, or allow an age of {show(seconds(age))}"
    severity = Severity.WARNING if period.value.value <= need.value.value else None
    return Finding(period.span, message, hint, notes(window, need), severity)


def _could_wait(facts: Facts, needs: list[Input]) -> Iterator[Finding]:
    framing, serving = facts.blueprint.framing, facts.blueprint.serving
    if not (framing.enumerable_inputs and framing.has("enumerable_inputs")):
        return
    message = f"every request is predicted anew, though all inputs are known and {show(needs[0].value)} old would do"
    hint = "precompute with `mode: batch` and look predictions up, or use `hybrid` for what cannot be"
    known = Note("all inputs are known beforehand", framing.at("enumerable_inputs"))
    yield Finding(serving.at("modes"), message, hint, (known, *notes(*needs)), Severity.ADVICE)
