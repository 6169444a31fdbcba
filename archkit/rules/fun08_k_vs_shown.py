"""Fewer results are left at the end than are shown.

Compares what leaves the last stage of the funnel, after all that it and filters behind it remove, with the page size.

A page of twenty with fourteen results looks broken, and it happens to those who have seen, blocked or excluded the
most: the best users. Filters late in a funnel need more at their entrance than the page has places: with
`removes: 30%`, twenty places need twenty-nine.

```yaml fails
requirements: {page_size: 20}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 1000, out: 20}
      seen: {type: filter, removes: 30%}
  flows: [viewer -> ranker -> seen -> viewer]
```

```yaml passes
requirements: {page_size: 20}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 1000, out: 30}
      seen: {type: filter, removes: 30%}
  flows: [viewer -> ranker -> seen -> viewer]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, count, given, notes, show
from archkit.facts.funnel import FunnelStage, survivors
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge funnels of requests."""
    return bool(facts.funnel.stages) and bool(facts.path)


def check(facts: Facts) -> Iterator[Finding]:
    """Follow what leaves the last stage to the answer."""
    last = [stage for stage in facts.funnel.last if stage.id in facts.path and stage.leave is not None]
    if len(last) != 1:
        return  # parallel ends: each may fill a part of the page
    stage = last[0]
    component = facts.graph.components[stage.id]
    page = given(component, "page_size", f"page size of `{stage.id}`") or facts.funnel.page
    if page is None or stage.leave is None:
        return
    filters = _behind(facts, stage.id)
    left = after = min(stage.leave.value.value, _possible(facts, stage))
    removals = _removals(facts, stage.id) if left < stage.leave.value.value else []
    for id_ in filters:
        after *= survivors(facts.graph.components[id_])
        removals += _removals(facts, id_)
    if after >= page.value.value:
        return
    terms = "".join(f" × (1 − {show(one.value)})" for one in removals)
    start = stage.enter.value if left < stage.leave.value.value and stage.enter is not None else stage.leave.value
    shown = f"{show(count(round(after)))} = {show(start)}{terms}" if terms else show(start)
    message = f"{shown} results are left after `{(*reversed(filters), stage.id)[0]}`, and {show(page.value)} are shown"
    needed = ceil(page.value.value * left / after) if after else page.value.value
    hint = (
        f"let `{stage.id}` put out at least {needed}" if left == stage.leave.value.value else "let more items enter it"
    )
    yield Finding(stage.leave.span, message, hint, notes(page, *removals))


def _possible(facts: Facts, stage: FunnelStage) -> Fraction:
    """Return how many items a stage can put out after what it removes."""
    if stage.enter is None:
        assert stage.leave is not None  # noqa: S101 - stages of the end state it
        return stage.leave.value.value
    return stage.enter.value.value * survivors(facts.graph.components[stage.id])


def _behind(facts: Facts, id_: str) -> list[str]:
    """Return the components behind a stage, as long as there is one way only."""
    found: list[str] = []
    after = facts.path.after[id_]
    while len(after) == 1 and after[0].target not in found:
        found.append(after[0].target)
        after = facts.path.after[after[0].target]
    return found


def _removals(facts: Facts, id_: str) -> list[Input]:
    component = facts.graph.components[id_]
    found = [given(component, name, f"`{name}` of `{id_}`") for name in ("removes", "dedup")]
    return [one for one in found if one is not None]
