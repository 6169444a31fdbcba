"""Something flows into a component, and nothing comes out.

A component that is fed must hand on what it makes, unless its type is an end by nature (users, actions, dashboards,
alerts, prediction stores, caches), it answers to its caller, or it says `boundary: sink`. Arrows of parts count for
the whole. What breaks the way of a prediction or of a model is reported by the rules about those ways, not here.

A dead end is either an arrow that was forgotten, and then the picture lies, or work that nobody uses, and then it can
go.

```yaml fails
architecture:
  lanes:
    data: {events: event_stream, counters: stream_processor, store: feature_store_online}
    inference: {viewer: user, ranker: ranker}
  flows:
    - viewer -> ranker -> viewer
    - viewer ..> events
    - events ~> counters
    - store -> ranker
```

```yaml passes
architecture:
  lanes:
    data: {events: event_stream, counters: stream_processor, store: feature_store_online}
    inference: {viewer: user, ranker: ranker}
  flows:
    - viewer -> ranker -> viewer
    - viewer ..> events
    - events ~> counters ~> store
    - store -> ranker
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import ENDS
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_OTHER_RULES = frozenset(("trainer", "registry", "drift_monitor", "prediction_log"))
"""Roles whose missing arrows other rules report, or that people read without an arrow."""


_EXAMPLES = frozenset(("labeler", "dataset", "splitter", "sampler", "processor", "feature_job", "store"))
"""Roles that may be what a trainer without data lacks, which is reported there."""


def applies(facts: Facts) -> bool:
    """Judge pictures with declared components."""
    return not facts.graph.sketch and bool(facts.graph.flows)


def check(facts: Facts) -> Iterator[Finding]:
    """Report components without an arrow out of them."""
    graph = facts.graph
    leaves = {source for source, _target, _flow in graph.crossings}
    fed = {target: flow for _source, target, flow in reversed(graph.crossings)}
    answering = {target for _source, target, flow in graph.crossings if facts.serving.answered(flow)}
    gap = facts.learning.gap
    reported = {facts.serving.lost, *(gap[:2] if gap else ())}
    for id_, flow in reversed(fed.items()):
        component = graph.components[id_]
        role = graph.role(id_)
        if id_ in leaves or id_ in answering or id_ in reported or role in ENDS or role in _OTHER_RULES:
            continue
        if gap is not None and gap[2] == "data" and role in _EXAMPLES:
            continue
        if not component.guessed and "sink" not in component.boundary:
            hint = f"draw who uses it, as `{id_} -> …`, or say `boundary: sink` if it is meant to end here"
            notes = (Note("it is fed here", arrow(flow)),)
            yield Finding(component.place, f"nothing leaves `{id_}`: what it is given is used by nobody", hint, notes)
