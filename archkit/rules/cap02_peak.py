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
from archkit.facts.derived import Derived, count, notes, off, show
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
    peak = traffic.at_peak
    if peak is None:
        if not (scale.has("peak_factor") or scale.has("peak_qps") or scale.partial):
            message = f"{show(average.value)} on average, but no peak is stated: {average.formula}"
            hint = "add `peak_factor: 3`, or what the busiest hour of the largest region brings"
            yield Finding(average.inputs[0].span, message, hint, notes(average))
        return
    stated = traffic.peak or traffic.factor
    assert stated is not None  # noqa: S101 - a peak comes from one of the two
    if peak.value.value < LEAST * average.value.value:
        times = count(peak.value.value / average.value.value).human(digits=2)
        shown = _per_second(peak)
        message = f"the peak of {shown} is only {times} times the average of {show(average.value)}"
        hint = "plan for two to five times the average, or waive this with what keeps the load even"
        yield Finding(stated.span, message, hint, notes(peak, average))
    product = traffic.average_times_factor
    if traffic.peak is not None and product is not None:
        wanted = product.value.value
        if abs(peak.value.value - wanted) > wanted * TOLERANCE:
            difference = off(traffic.peak.value, product.value)
            message = f"{product.working()} at peak; declared {show(traffic.peak.value)} ({difference})"
            hint = f"write `peak_qps: {show(product.value).removesuffix('/s')}`, or correct `peak_factor`"
            yield Finding(traffic.peak.span, message, hint, notes(product))


def _per_second(peak: Derived) -> str:
    return peak.value.human(grouped=True)
