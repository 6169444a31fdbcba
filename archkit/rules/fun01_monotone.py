"""The stages of the funnel do not add up.

Checks for each component that states `in` and `out`: no more leaves than enters; what leaves is at most what declared
`removes` and `dedup` leave over; what enters is the sum of what leaves the stages before it (several sources add up at
a merge), less what components between them are said to remove; and what leaves a component with parts inside is what
leaves the last of them. Differences of 2% are rounding. Items that get lost on the way are a warning, items that come
from nowhere an error.

The counts of a funnel are what latency, replicas and cost are computed from. A thousand candidates that are scored but
never retrieved cost money on paper only; a thousand that are retrieved but never scored lower recall without a trace.

```yaml fails
architecture:
  lanes:
    inference:
      viewer: user
      followed: {type: candidate_generator, in: 5000, out: 1000}
      nearest: {type: candidate_generator, in: 10B, out: 1000}
      merge: {type: candidate_merger, in: 3000, out: 1500}
  flows: [viewer -> followed & nearest -> merge -> viewer]
```

```yaml passes
architecture:
  lanes:
    inference:
      viewer: user
      followed: {type: candidate_generator, in: 5000, out: 1000}
      nearest: {type: candidate_generator, in: 10B, out: 1000}
      merge: {type: candidate_merger, in: 2000, out: 1500, dedup: 25%}
  flows: [viewer -> followed & nearest -> merge -> viewer]
```

Source: the framework (candidate generation, scoring and re-ranking with their counts); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, count, given, notes, share, show
from archkit.facts.funnel import FunnelStage, survivors
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

ROUNDING = Fraction(1, 50)
"""Share of a number that is put down to rounding."""


def applies(facts: Facts) -> bool:
    """Judge blueprints whose components state counts."""
    return bool(facts.funnel.stages)


def check(facts: Facts) -> Iterator[Finding]:
    """Check each stage by itself, against those before it, and against its parts."""
    for stage in facts.funnel.stages.values():
        yield from _by_itself(facts, stage)
        yield from _fed(facts, stage)
        yield from _whole(facts, stage)


def _by_itself(facts: Facts, stage: FunnelStage) -> Iterator[Finding]:
    enter, leave = stage.enter, stage.leave
    if enter is None or leave is None:
        return
    if leave.value > enter.value:
        message = f"more leaves `{stage.id}` than enters: {show(leave.value)} of {show(enter.value)}"
        yield Finding(
            leave.span, message, "a stage chooses among what it is given: correct `in` or `out`", notes(enter)
        )
        return
    component = facts.graph.components[stage.id]
    left = enter.value.value * survivors(component)
    if leave.value.value > left * (1 + ROUNDING):
        removal = [given(component, name, f"`{name}` of `{stage.id}`") for name in ("removes", "dedup")]
        terms = "".join(f" × (1 − {show(part.value)})" for part in removal if part is not None)
        message = (
            f"{show(leave.value)} leave `{stage.id}`, but only {show(count(round(left)))} = {show(enter.value)}{terms} "
            "are left over"
        )
        yield Finding(leave.span, message, f"write `out: {round(left)}`, or correct the share", notes(enter, *removal))


def _fed(facts: Facts, stage: FunnelStage) -> Iterator[Finding]:
    """Compare what enters a stage with what leaves those before it."""
    enter, arriving = stage.enter, facts.funnel.arriving(stage)
    if enter is None or arriving is None or _searches(facts, stage):
        return
    leaving = [leave for id_ in stage.feeders if (leave := facts.funnel.stages[id_].leave) is not None]
    terms = " + ".join(
        f"{id_} {show(leave.value)}" + (f" × {show(share(part))}" if part != 1 else "")
        for id_, leave, part in zip(stage.feeders, leaving, stage.arriving, strict=True)
    )
    plain = len(leaving) == 1 and stage.arriving[0] == 1
    total = terms if plain else f"{show(count(arriving))} = {terms}"
    given_ = notes(*leaving)
    if enter.value.value > arriving * (1 + ROUNDING):
        message = f"{show(enter.value)} enter `{stage.id}`, but only {total} arrive"
        yield Finding(enter.span, message, f"write `in: {show(count(arriving))}`, or correct what arrives", given_)
    elif enter.value.value < arriving * (1 - ROUNDING) and not _explained(facts, stage, enter, leaving, arriving):
        message = f"{show(enter.value)} enter `{stage.id}`, but {total} arrive: the rest is lost"
        hint = f"write `in: {show(count(arriving))}`, or say what drops the rest (`dedup`, `removes`, a smaller `out`)"
        yield Finding(enter.span, message, hint, given_, Severity.WARNING)


def _searches(facts: Facts, stage: FunnelStage) -> bool:
    """Return whether a stage states the corpus that it searches by way of an index before it."""
    found = facts.graph.role(stage.id) in ("candidate_source", "retriever", "index")
    return found and all(facts.graph.role(id_) in ("index", "retriever") for id_ in stage.feeders)


def _explained(facts: Facts, stage: FunnelStage, enter: Input, leaving: list[Input], arriving: Fraction) -> bool:
    """Return whether fewer items may enter than arrive: duplicates go first, or only one of several ways is taken."""
    component = facts.graph.components[stage.id]
    left = arriving * survivors(component)
    if not stage.exact or abs(enter.value.value - left) <= left * ROUNDING:
        return True
    merges = facts.graph.role(stage.id) == "merger"
    return len(leaving) > 1 and not merges and any(enter.value == leave.value for leave in leaving)


def _whole(facts: Facts, stage: FunnelStage) -> Iterator[Finding]:
    """Compare what leaves a component with what leaves the last of its parts."""
    leave, parts = stage.leave, facts.funnel.parts(stage.id)
    leaving = [part.leave for part in parts if part.leave is not None]
    if leave is None or not parts or len(leaving) < len(parts):
        return
    total = sum((part.value.value for part in leaving), Fraction(0))
    if abs(leave.value.value - total) > total * ROUNDING:
        terms = " + ".join(f"{part.id} {show(part.leave.value)}" for part in parts if part.leave is not None)
        message = f"{show(leave.value)} leave `{stage.id}`, but {terms} leave what is inside it"
        yield Finding(leave.span, message, f"write `out: {show(count(total))}`, or correct the parts", notes(*leaving))
