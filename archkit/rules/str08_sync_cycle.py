"""Components wait for one another in a circle.

Looks for circles of synchronous requests (`->`) among components that compute while somebody waits. A circle is fine
if it is a call with its answer: two components that lead back and forth, or an arrow back to a gateway, service,
router or agent that is called from outside the circle. Stores, streams, logs and people break a circle, and so does a
bound (`at_most: 3`) on one of its arrows.

Each component of such a circle holds its thread until the next one answers, so under load all of them stand still;
and without a bound one request can go round for ever.

```yaml fails
architecture:
  lanes:
    inference: {viewer: user, gateway: api_gateway, ranker: ranker, rerank: re_ranker, explorer: explorer}
  flows:
    - viewer -> gateway -> ranker -> rerank -> viewer
    - rerank -> explorer
    - explorer -> ranker
```

```yaml passes
architecture:
  lanes:
    inference: {viewer: user, gateway: api_gateway, ranker: ranker, rerank: re_ranker, explorer: explorer}
  flows:
    - viewer -> gateway -> ranker -> rerank -> viewer
    - rerank -> explorer
    - explorer -> ranker: {label: forced items, at_most: 1}
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("sketch", "interview", "production")


def applies(facts: Facts) -> bool:
    """Judge pictures with declared components: a guess at their types proves nothing."""
    return not facts.graph.sketch and bool(facts.graph.flows)


def check(facts: Facts) -> Iterator[Finding]:
    """Report each set of components that wait for one another, at the arrow that is written last."""
    for circle in facts.dependence.circles:
        *others, last = circle
        if any(facts.graph.components[flow.source].guessed for flow in circle):
            continue
        round_ = " -> ".join([last.target, *(flow.target for flow in others), last.target])
        hint = f"make one arrow asynchronous (`{last.source} ~> {last.target}`), or bound it with `at_most: 1`"
        notes = tuple(Note(f"`{flow.target}` is called here", arrow(flow)) for flow in others)
        yield Finding(arrow(last), f"each waits for the next, in a circle: {round_}", hint, notes)
