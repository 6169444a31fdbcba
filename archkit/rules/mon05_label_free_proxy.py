"""Labels come after more than a week, and nothing tells earlier.

Looks at the delay of each label (and at `requirements.freshness.labels`); above seven days, `monitoring.proxies` or a
watch on outputs (score distribution, calibration) has to stand in for the label.

Until labels arrive, every number about quality describes an older model. What a model puts out can be watched at once:
a distribution of scores that jumps at a release has meant a mistake more often than a new world.

```yaml fails
data: {labels: {churned: {positive: left, delay: {p95: 30 d}}}}
monitoring: {operational: [latency]}
```

```yaml passes
data: {labels: {churned: {positive: left, delay: {p95: 30 d}}}}
monitoring: {proxies: [score distribution]}
```

Source: public accounts of monitoring with delayed labels; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.facts.words import begins
from archkit.rules import Finding
from archkit.units import DAY

SEVERITY = Severity.ADVICE
STEP = "monitoring"
PROFILES = ("interview", "production")

_LATE = 7 * DAY
_OUTPUTS = ("output", "score", "prediction", "distribution", "calibration", "confidence", "share of", "answer")


def applies(facts: Facts) -> bool:
    """Judge monitoring where the delay of a label is known."""
    monitoring = facts.blueprint.monitoring
    return bool(monitoring) and monitoring.whole() and _slowest(facts) is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Report labels that come late without anything that comes earlier."""
    monitoring, delay = facts.blueprint.monitoring, _slowest(facts)
    if delay is None or delay.value.value <= _LATE or monitoring.has("proxies") or not monitoring.whole("drift"):
        return
    watched = (*monitoring.drift, *(watch.test for watch in monitoring.drift.values()), *monitoring.quality)
    if any(begins(text, *_OUTPUTS) for text in watched):
        return
    message = f"{delay.name} is {show(delay.value)}, and nothing tells earlier whether predictions are still good"
    hint = "write `proxies: [score distribution]`, or whatever moves before the label does"
    yield Finding(monitoring.key_at("proxies"), message, hint, notes(delay))


def _slowest(facts: Facts) -> Input | None:
    """Return the longest delay of a label."""
    found = [facts.labels.delay(label) for label in facts.blueprint.data.labels.values()]
    found.append(given(facts.blueprint.requirements.freshness, "labels", "the time until a label is known"))
    return max((one for one in found if one is not None), key=lambda one: one.value, default=None)
