"""Features are computed on a graph that holds the edges to be predicted.

Looks at features with `graph: true`, and for link prediction at features of type `graph`. The split must say that
`target_edges` are `removed` before features are computed, or that features and labels come from two snapshots of the
graph (`snapshot: features at t, labels at t+1`). A leakage entry whose guard speaks of edges counts as well.

Two people who are friends have a path of length one, and friends in common, and the same neighbourhood vector. With
the friendship still in the graph, every feature of the pair spells out the answer. Once live, that edge is missing.

```yaml fails
framing: {task: link prediction}
data:
  features: {pair: {common_friends: {type: graph, transform: count}}}
  split: {by: time, train: 30 d, gap: 1 d, validation: 7 d}
```

```yaml passes
framing: {task: link prediction}
data:
  features: {pair: {common_friends: {type: graph, transform: count}}}
  split: {by: time, train: 30 d, gap: 1 d, validation: 7 d, snapshot: "features at t, labels at t+1"}
```

Source: public notes on link prediction (snapshots of the graph at t and t+1).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import begins, listed
from archkit.model.data import Feature
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge features of a graph."""
    return bool(_of_graph(facts))


def check(facts: Facts) -> Iterator[Finding]:
    """Report target edges that features can see."""
    split, data = facts.blueprint.data.split, facts.blueprint.data
    of_graph = _of_graph(facts)
    names = listed([name for name, _feature in of_graph])
    notes = tuple(Note(f"`{name}` is computed on the graph", feature.place) for name, feature in of_graph[:3])
    if split.target_edges == "kept":
        yield Finding(
            split.at("target_edges"), f"the edges to be predicted stay in the graph that {names} see",
            "write `target_edges: removed`, and compute the features without them", notes,
        )  # fmt: skip
    elif not (split.has("target_edges") or split.has("snapshot") or _guarded(facts)):
        span = split.place if split else of_graph[0][1].place
        if not split and not data.whole("split"):
            return
        yield Finding(
            span, f"nothing takes the edges to be predicted out of the graph that {names} see",
            "write `target_edges: removed` in the split, or `snapshot: features at t, labels at t+1`", notes,
        )  # fmt: skip


def _of_graph(facts: Facts) -> list[tuple[str, Feature]]:
    links = facts.blueprint.framing.task == "link prediction"
    return [
        (name, feature)
        for (_group, name), feature in facts.features.all.items()
        if feature.graph or (links and feature.type == "graph" and feature.graph is None)
    ]


def _guarded(facts: Facts) -> bool:
    return any(begins(one.guard, "edge", "link", "snapshot") for one in facts.blueprint.data.leakage.values())
