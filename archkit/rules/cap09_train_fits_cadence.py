"""Training takes longer than the time between two trainings.

Adds the `duration`, `evaluation_duration` and `deploy_duration` of each training and compares the sum with its
`cadence`, and with the `cadence` of `monitoring.retrain`. A part that alone takes longer is an error. Where only the
sum does, it is a warning: the next training may begin while the last model is still being rolled out, but then that has
to be wanted.

A daily model whose training, evaluation and rollout take thirty hours is never the newest: each rollout is cut off by
the next, no comparison ever ends, and there is no time to go back.

```yaml fails
model:
  training: {cadence: 24 h, duration: 30 h, evaluation_duration: 1 h, deploy_duration: 2 h}
```

```yaml passes
model:
  training: {cadence: 24 h, duration: 6 h, evaluation_duration: 1 h, deploy_duration: 2 h}
```

Source: own judgement; Breck and others, The ML Test Score, 2017 (infrastructure: models are tested before serving).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge trainings that say how long they take."""
    return bool(facts.work.cycles)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare how long training takes with how often it is done."""
    for cycle in facts.work.cycles:
        period = min(cycle.periods, key=lambda one: one.value.value, default=None)
        if period is None or cycle.takes.value <= period.value:
            continue
        longest = max(cycle.parts, key=lambda part: part.value.value)
        alone = longest.value > period.value
        said = (
            f"{longest.name} alone takes {show(longest.value)}" if alone else f"a cycle takes {cycle.takes.working()}"
        )
        message = f"{said}, and the next begins after {show(period.value)}"
        hint = "train less often, on less data or more machines" if alone else "train less often, or shorten a part"
        severity = Severity.ERROR if alone else Severity.WARNING
        yield Finding(longest.span, message, hint, notes(cycle.takes, period), severity)
