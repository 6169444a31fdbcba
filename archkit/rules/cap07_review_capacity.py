"""More is flagged than people can look at.

Compares what reaches reviewers on a day (`flagged_per_day`, or the share `flagged` of the day's requests or new items)
with `reviewers` × `items_per_day`.

A review queue that grows by a few percent a day is not a queue but a bin: after a month nothing that is doubtful is
looked at in time, appeals expire, and the labels that the next model was to learn from do not come. The threshold of
the model, not the number of people, is usually what must give.

```yaml fails
architecture:
  lanes:
    human:
      reviewers: {type: human_review, reviewers: 200, items_per_day: 400, flagged_per_day: 100k}
```

```yaml passes
architecture:
  lanes:
    human:
      reviewers: {type: human_review, reviewers: 300, items_per_day: 400, flagged_per_day: 100k}
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge reviewers of whom it is known how many there are."""
    return any(component.reviewers is not None for component in facts.graph.components.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Compare what is flagged with what can be decided."""
    for review in facts.work.reviews:
        if review.flagged.value <= review.able.value:
            continue
        flagged = review.flagged.working().removesuffix(" = as stated")
        each = review.able.value.value / review.people.value.value if review.people.value.value else None
        message = f"{flagged} items reach `{review.id}` on a day, who can decide {review.able.working()}"
        hint = "send fewer of them to people"
        if each:
            needed = -(-review.flagged.value.value // each)
            hint = f"plan {needed:,} reviewers, or {hint}"
        yield Finding(review.people.span, message, hint, notes(review.flagged, review.able))
