"""The stated requests per second do not follow from the users.

Computes average requests per second as daily active users × requests of one user a day / 86,400, and compares the
stated `qps` and `requests_per_day` with it. More than 20% off is an error.

Everything that is sized later (replicas, caches, logs, cost) is a multiple of this number. Where it disagrees with the
users, one of the two is wrong, and nobody can tell which part of the design was computed from which.

```yaml fails
requirements:
  scale: {daily_active_users: 2B, requests_per_user_per_day: 2, qps: 20k}
```

```yaml passes
requirements:
  scale: {daily_active_users: 2B, requests_per_user_per_day: 2, qps: 46k}
```

Source: own judgement; back-of-the-envelope estimation as practised in system design.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Derived, Input, notes, off, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "requirements"
PROFILES = ("interview", "production")

TOLERANCE = Fraction(1, 5)
"""Largest difference to what follows from the users, as a share of it."""


def applies(facts: Facts) -> bool:
    """Compare only where two of the numbers are stated that follow from each other."""
    traffic = facts.traffic
    return (traffic.qps is not None or traffic.daily is not None) and traffic.average is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Compare requests per second and requests per day with what follows from users."""
    traffic = facts.traffic
    if traffic.qps is not None and traffic.average is not None:
        yield from _compared(traffic.qps, traffic.average, "QPS average", "qps")
    if traffic.daily is not None and traffic.from_users is not None:
        yield from _compared(traffic.daily, traffic.from_users, "requests a day", "requests_per_day")


def _compared(stated: Input, derived: Derived, unit: str, key: str) -> Iterator[Finding]:
    wanted = derived.value.value
    if abs(stated.value.value - wanted) <= wanted * TOLERANCE:
        return
    number = show(derived.value).removesuffix("/s")
    message = f"{number} {unit} = {derived.formula}; declared {show(stated.value)} ({off(stated.value, derived.value)})"
    hint = f"write `{key}: {number}`, or correct the numbers that it follows from"
    yield Finding(stated.span, message, hint, notes(derived))
