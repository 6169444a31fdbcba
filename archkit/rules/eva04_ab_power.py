"""The experiment is too small to show the effect that it is made for.

Computes how many units each arm needs, `16 × p × (1 − p) / δ²` for a power of 80% at a significance of 5% (other values
change the 16), where `p` is `baseline_rate` and `δ` is `minimum_effect` in points; a relative effect is multiplied with
the rate. Compares it with what the arm gets at most: users per day (or `units_per_day`, or requests) × days × share of
traffic × share of the smallest arm, as if every day brought new users, up to all `users` and, within a month, to all
`monthly_active_users`; devices are the same ones on every day and count once. That is not assumed for units such as
cities or clusters: for these it needs `units_per_day`.

An experiment without power ends in "no difference found", whatever is true. Worse, the differences that it does find
are mostly noise, and too large.

```yaml fails
requirements: {scale: {daily_active_users: 20k}}
evaluation:
  experiment: {unit: user, duration: 14 d, baseline_rate: 2%, minimum_effect: 1%, effect: relative}
```

```yaml passes
requirements: {scale: {daily_active_users: 20M}}
evaluation:
  experiment: {unit: user, duration: 14 d, baseline_rate: 2%, minimum_effect: 1%, effect: relative}
```

Source: R. Kohavi, D. Tang and Y. Xu, "Trustworthy Online Controlled Experiments" (2020), chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import count, notes, show
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge experiments whose numbers are known."""
    return facts.experiment.needed is not None and facts.experiment.gets is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Report an arm that gets fewer units than it needs."""
    needed, gets = facts.experiment.needed, facts.experiment.gets
    if needed is None or gets is None or gets.value >= needed.value:
        return
    record = facts.blueprint.evaluation.experiment
    wanted, there = count(round(needed.value.value)), count(int(gets.value.value))
    message = (
        f"each arm needs {show(wanted)} units = {needed.formula}, and the smallest gets {show(there)} = {gets.formula}"
    )
    hint = "take more traffic, run it longer, or settle for a larger effect"
    if not record.effect:
        hint += f"; if {show(record.minimum_effect)} is meant in points, write `effect: absolute`"  # type: ignore[arg-type]
    yield Finding(record.at("minimum_effect"), message, hint, notes(needed, gets))
