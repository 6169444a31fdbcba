"""A feature is computed in two places that share no definition.

Looks for features that two components compute (`computed_by` of the feature, `computes` of components). They share a
definition if both get it from one feature registry, if the feature has a `version`, or if one only passes on to the
other what it has computed.

A batch job in SQL and a stream job in Java agree on the day they are written. Then one of them learns about a new
event type, rounds differently, or forgets a time zone, and the model is served values that it was not trained on.

```yaml fails
data:
  features:
    card: {spend_30d: {type: numeric, computed_by: [nightly, live]}}
architecture:
  lanes:
    data: {nightly: batch_processor, live: stream_processor}
```

```yaml passes
data:
  features:
    card: {spend_30d: {type: numeric, computed_by: [nightly, live]}}
architecture:
  lanes:
    data: {definitions: feature_registry, nightly: batch_processor, live: stream_processor}
  flows: [definitions -> nightly & live]
```

Source: Google's Rules of ML, rule 32; AWS Well-Architected ML Lens MLREL03-BP02 (feature consistency).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import listed
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge features that several components compute."""
    return any(len(components) > 1 for components in facts.features.computed_by.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report features with two definitions, together where the same components compute them."""
    shared = _with_registry(facts)
    pairs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for key, components in facts.features.computed_by.items():
        apart = _apart(facts, components)
        if len(apart) < 2 or facts.features.all[key].has("version") or all(one.id in shared for one in apart):
            continue
        pairs.setdefault(tuple(one.id for one in apart), []).append(key)
    for ids, keys in pairs.items():
        first = facts.features.all[keys[0]]
        span = first.at("computed_by") if len(first.computed_by) > 1 else first.place
        names = listed([name for _group, name in keys])
        notes = (
            Note(f"`{id_}` computes {'it' if len(keys) == 1 else 'them'}", facts.graph.components[id_].place)
            for id_ in ids
        )
        yield Finding(
            span, f"{names} {'is' if len(keys) == 1 else 'are'} computed by {listed(ids)}, which share no definition",
            "let both read a `feature_registry`, compute it once, or write the `version` of the common definition",
            tuple(notes),
        )  # fmt: skip


def _with_registry(facts: Facts) -> set[str]:
    """Return the components that a feature registry reaches directly."""
    graph = facts.graph
    registries = [id_ for id_, component in graph.components.items() if component.type == "feature_registry"]
    return {flow.target for id_ in registries for flow in graph.out[id_]} | {
        flow.source for id_ in registries for flow in graph.into[id_]
    }


def _apart(facts: Facts, components: tuple[Component, ...]) -> list[Component]:
    """Return those components that do not merely pass on to another what they have computed."""
    ids = {component.id for component in components}
    return [
        component
        for component in components
        if not any(
            flow.target in ids and flow.kind in ("sync", "async", "stream", "batch")
            for flow in facts.graph.out[component.id]
        )
    ]
