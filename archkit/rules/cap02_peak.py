"""The busiest hour is not stated, or hardly busier than the average.

Where average requests per second are known, expects `peak_factor` or `peak_qps`, a peak of at least twice the average,
and, where both are stated, that they agree within 20%.

Nobody asks evenly around the clock: people of one continent sleep at the same time, and evenings, sales and football
finals come on top. A system sized for the average is down every evening. Two to five times the average is usual.

```yaml fails
requirements:
  scale: {daily_active_users: 500M, requests_per_user_per_day: 10}
```

```yaml passes
requirements:
  scale: {daily_active_users: 500M, requests_per_user_per_day: 10, peak_factor: 3}
```

Source: own judgement; back-of-the-envelope estimation as practised in system design.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import count, notes, off, per_second, show
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "requirements"
PROFILES = ("interview", "production")

LEAST = 2
"""Smallest peak, in averages, that is believed."""
TOLERANCE = Fraction(1, 5)


def applies(facts: Facts) -> bool:
    """Judge systems that answer requests whose average is known."""
    average = facts.traffic.average
    return average is not None and average.value.value > 0 and not facts.scope.batch and not facts.scope.on_device


def check(facts: Facts) -> Iterator[Finding]:
    """Look for a peak, and compare it with the average."""
    traffic, scale = facts.traffic, facts.blueprint.requirements.scale
    average = traffic.average
    assert average is not None  # noqa: S101 - see applies
    stated = traffic.peak or traffic.factor
    if stated is None:
        if not (scale.has("peak_factor") or scale.has("peak_qps") or scale.partial):
            number = average.value.human(grouped=True)
            working = "" if average.formula == "as stated" else f" = {average.formula}"
            message = f"{number}{working} on average, but no peak is stated"
            hint = "add `peak_factor: 3`, or what the busiest hour of the largest region brings"
            yield Finding(average.inputs[0].span, message, hint, notes(average))
        return
    times = traffic.peak.value.value / average.value.value if traffic.peak is not None else stated.value.value
    if times < LEAST:
        peak = per_second(times * average.value.value).human(grouped=True)
        shown = count(times).human(digits=2)
        message = f"the peak of {peak} is only {shown} times the average of {show(average.value)}"
        hint = "plan for two to five times the average, or waive this with what keeps the load even"
        yield Finding(stated.span, message, hint, notes(stated, average))
    product = traffic.average_times_factor
    if traffic.peak is None or product is None:
        return
    wanted = product.value.value
    if abs(traffic.peak.value.value - wanted) > wanted * TOLERANCE:
        difference = off(traffic.peak.value, product.value)
        message = f"{product.working()} at peak; declared {show(traffic.peak.value)} ({difference})"
        hint = f"write `peak_qps: {show(product.value).removesuffix('/s')}`, or correct `peak_factor`"
        yield Finding(traffic.peak.span, message, hint, notes(product))
