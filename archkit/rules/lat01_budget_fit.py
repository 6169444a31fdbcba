"""The critical path takes longer than is allowed.

Follows the arrows of kind sync from where requests begin, takes the slowest of parallel branches, and adds the stated
time of each component on the way and of the network between them, at the percentile that `requirements.latency` asks
for. What a component reads (a store, an index) lies within its own time. A component is never counted as slower than
the `timeout` after which its caller goes on, and one that states no time counts as zero, so the sum is a lower bound.
Also compares what was measured (`serving.latency`) with what is required, and the time until a language model writes
its first word (`ttft`) with `requirements.first_token`.

Users feel the slowest path, not the average component. Each stage looks harmless by itself, and each team asks for
another ten milliseconds: only the sum shows that there are none left. Adding the 99th percentiles is a little
pessimistic, which leaves room for what the picture does not show.

```yaml fails
requirements: {latency: {p99: 200 ms}}
architecture:
  lanes:
    inference:
      viewer: user
      gateway: {type: api_gateway, latency: {p99: 10 ms}}
      candidates: {type: candidate_generator, latency: {p99: 60 ms}}
      ranker: {type: ranker, latency: {p99: 150 ms}}
  flows: [viewer -> gateway -> candidates -> ranker -> viewer]
```

```yaml passes
requirements: {latency: {p99: 200 ms}}
architecture:
  lanes:
    inference:
      viewer: user
      gateway: {type: api_gateway, latency: {p99: 10 ms}}
      candidates: {type: candidate_generator, latency: {p99: 60 ms}}
      ranker: {type: ranker, latency: {p99: 90 ms}}
  flows: [viewer -> gateway -> candidates -> ranker -> viewer]
```

Source: own judgement; AWS Well-Architected ML Lens (performance: meet the latency that the business needs).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.facts.latency import CriticalPath, generation
from archkit.facts.words import listed
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_MOST_TERMS = 4


def applies(facts: Facts) -> bool:
    """Judge blueprints that require a latency, of the whole or of the first word."""
    return facts.timing.slo is not None or facts.blueprint.requirements.first_token is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the critical path, and what was measured, with what is required."""
    yield from _first_word(facts)
    timing = facts.timing
    slo, critical = timing.slo, timing.critical
    if slo is None:
        return
    measured = given(facts.blueprint.serving.latency, timing.percentile, f"measured {timing.percentile}")
    if measured is not None and measured.value > slo.value:
        over = show(seconds(measured.value.value - slo.value.value))
        message = (
            f"{show(measured.value)} measured at {timing.percentile}, {over} more than the {show(slo.value)} required"
        )
        yield Finding(measured.span, message, "make the slowest stages faster, or renegotiate the limit", notes(slo))
    if critical is None or critical.total.value <= slo.value:
        return
    slowest = max((leg.stage for leg in critical.legs), key=lambda stage: stage.value)
    assert slowest.time is not None  # noqa: S101 - the sum is above zero
    writing = generation(facts.graph.components[slowest.id])
    if not isinstance(slowest.time, Input) and writing is not None and writing.value > slo.value:
        return  # a language model that is too slow by itself: LAT06 says so
    over = show(seconds(critical.total.value.value - slo.value.value))
    message = (
        f"the critical path takes {show(critical.total.value)} = {_terms(critical)} at {timing.percentile}, "
        f"{over} more than the {show(slo.value)} required"
    )
    hint = f"`{slowest.id}` takes most of it: make it faster, cut it off with `timeout`, or run branches side by side"
    if critical.missing:
        verb = "states" if len(critical.missing) == 1 else "state"
        hint += f"; {listed(critical.missing)} {verb} no time yet"
    yield Finding(slowest.time.inputs[0].span, message, hint, notes(critical.total, slo))


def _first_word(facts: Facts) -> Iterator[Finding]:
    """Compare the time until somebody can begin to read with what is required."""
    found = facts.timing.first_token
    limit = given(facts.blueprint.requirements, "first_token", "required time to the first word")
    if found is None or limit is None or found.value <= limit.value:
        return
    over = show(seconds(found.value.value - limit.value.value))
    message = f"the first word comes after {found.working()}, {over} more than the {show(limit.value)} required"
    hint = "do less before the model is asked, read fewer tokens, or keep what prompts have in common in a cache"
    yield Finding(found.inputs[0].span, message, hint, notes(found, limit))


def _terms(critical: CriticalPath) -> str:
    """Return the largest parts of the sum, in the order of the path."""
    timed = [leg.stage for leg in critical.legs if leg.stage.value > 0]
    largest = sorted(timed, key=lambda stage: -stage.value)[:_MOST_TERMS]
    shown = [f"{stage.id} {show(seconds(stage.value))}" for stage in timed if stage in largest]
    rest = critical.total.value.value - sum(stage.value for stage in largest)
    return " + ".join(shown) + (f" + {show(seconds(rest))} elsewhere" if rest else "")
