"""A leak is known, and left open.

Looks for entries of `data.leakage` that name a `risk` and no `guard`.

To know how the answer could reach training is half of the work, and the half that is easily mistaken for all of it.
The guard says what is done: features logged as served, counts as of the impression, near-duplicates on one side.

```yaml fails
data:
  leakage:
    future_counts: {risk: watch counts taken after the impression}
```

```yaml passes
data:
  leakage:
    future_counts: {risk: watch counts taken after the impression, guard: counts as of impression time}
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge leaks that are written down."""
    return bool(facts.blueprint.data.leakage)


def check(facts: Facts) -> Iterator[Finding]:
    """Report leaks without a guard."""
    for leak in facts.blueprint.data.leakage.values():
        if not leak.has("guard") and leak.whole():
            notes = (Note("the risk", leak.at("risk")),) if leak.has("risk") else ()
            yield Finding(
                leak.place, f"`{leak.id}` is known to leak, and nothing is done about it",
                "write `guard:` with what keeps it out, such as `features are logged as served`", notes,
            )  # fmt: skip
