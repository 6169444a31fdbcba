"""A batch takes longer than the time it has.

Computes items / (replicas × throughput) of components that work on a schedule, and items / throughput of the batch in
`serving`, and compares it with the run's `duration` or `window` and with its `cadence` or `period`.

A nightly job that takes 26 hours does not end late: on the second night two of them run, on the third three, and the
predictions are days old when they are read.

```yaml fails
serving:
  mode: batch
  batch: {period: 1 d, window: 4 h, items: 3B, throughput: 100k / s}
```

```yaml passes
serving:
  mode: batch
  batch: {period: 1 d, window: 4 h, items: 1B, throughput: 100k / s}
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints with batches of known size."""
    return bool(facts.work.runs)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the time of each batch with the time it has."""
    for run in facts.work.runs:
        broken = [limit for limit in run.limits if run.takes.value > limit.value]
        if not broken:
            continue
        limit = max(broken, key=lambda one: one.value.value)
        message = f"one run takes {run.takes.working()}, and has {show(limit.value)} ({limit.name})"
        times = run.takes.value / limit.value if limit.value.value else None
        hint = "process fewer items, or work on them with more replicas"
        if times is not None:
            hint = f"work {times.value.__ceil__()} times as fast, or process fewer items"
        yield Finding(run.rate.span, message, hint, notes(run.takes, limit))
