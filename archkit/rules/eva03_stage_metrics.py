"""A stage is judged by a metric that cannot see its mistakes, or by none.

Where offline metrics name their stages, each model in service needs one. Stages that choose few items out of many must
not be judged by precision alone, the last ranker not by recall alone, and `recall@k` not with a `k` above the number of
items that the stage returns.

Each stage has one way to fail. What retrieval misses is lost for good, and its precision does not show that: the ranker
drops wrong candidates anyway. What a ranker is given, it returns, only in another order: its recall is that of the
stage before it. Metrics of the whole chain say that something is bad, those of stages say where.

```yaml fails
evaluation:
  offline: {precision@100: {stage: candidates, target: 0.5}, ndcg@20: {stage: ranker, target: 0.4}}
architecture:
  lanes: {inference: {viewer: user, candidates: {type: candidate_generator, out: 1000}, ranker: ranker}}
  flows: [viewer -> candidates -> ranker -> viewer]
```

```yaml passes
evaluation:
  offline: {recall@1000: {stage: candidates, target: 0.9}, ndcg@20: {stage: ranker, target: 0.4}}
architecture:
  lanes: {inference: {viewer: user, candidates: {type: candidate_generator, out: 1000}, ranker: ranker}}
  flows: [viewer -> candidates -> ranker -> viewer]
```

Source: the framework's fifth step; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import given, notes, show
from archkit.facts.judging import RETRIEVAL, Judged
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge designs whose offline metrics name stages."""
    return any(metric.stage for metric in facts.blueprint.evaluation.offline.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report stages with the wrong kind of metrics, cut-offs beyond a stage, and models without metrics."""
    for id_, component in facts.graph.components.items():
        judged = [one for one in facts.judging.metrics if id_ in one.metric.stage]
        if not judged:
            continue
        if facts.graph.role(id_) in RETRIEVAL:
            size = component.out_count
            yield from _only(judged, "precision", id_, f"recall@{show(size) if size is not None else 'k'}")
        elif component.type == "ranker" and not _one_of_many(facts, id_):
            yield from _only(judged, "recall", id_, "ndcg@k")
        yield from _beyond(facts, judged, id_)
    yield from _without(facts)


def _only(judged: list[Judged], title: str, id_: str, better: str) -> Iterator[Finding]:
    """Report a stage that is judged by one kind of metric alone."""
    if any(one.title != title for one in judged):
        return
    why = {
        "precision": "wrong candidates are dropped later, and missed ones are lost, which precision does not see",
        "recall": "it only orders what it is given, so its recall is that of the stage before",
    }[title]
    names = ", ".join(f"`{one.metric.id}`" for one in judged)
    message = f"`{id_}` is judged by {names} alone: {why}"
    yield Finding(judged[0].metric.place, message, f"judge it by `{better}`")


def _one_of_many(facts: Facts, id_: str) -> bool:
    """Return whether another ranker stands behind a ranker, so that it chooses for it."""
    rankers = [other for other in facts.graph.components if facts.graph.components[other].type == "ranker"]
    if len(rankers) < 2:
        return False
    after = facts.serving.view.reached([id_]) - {id_}
    return any(other in after for other in rankers)


def _beyond(facts: Facts, judged: list[Judged], id_: str) -> Iterator[Finding]:
    """Report metrics that look at more items than a stage returns."""
    returned = given(facts.graph.components[id_], "out_count", f"items that leave `{id_}`")
    for one in judged:
        k = one.k.value.value if one.k is not None else one.named.k
        if returned is None or k is None or k <= returned.value.value or len(one.metric.stage) > 1:
            continue
        message = f"`{one.metric.id}` looks at {k:,} items, and `{id_}` returns {show(returned.value)}"
        hint = f"judge it at {show(returned.value)}, or let it return more"
        yield Finding(one.metric.place, message, hint, notes(returned, one.k))


def _without(facts: Facts) -> Iterator[Finding]:
    """Report models in service that no metric judges, where all metrics name stages."""
    evaluation = facts.blueprint.evaluation
    if any(one.whole for one in facts.judging.metrics) or not evaluation.whole("offline"):
        return
    served = {id_ for component in _served(facts) for id_ in facts.graph.components[component].serves}
    covered = {id_ for one in facts.judging.metrics for id_ in one.models}
    parts = {id_ for one in facts.judging.metrics for id_ in one.parts}
    for id_, model in facts.blueprint.model.models.items():
        runners = [each for each in facts.graph.components if id_ in facts.graph.components[each].serves]
        # An encoder is judged with the index that its vectors are looked up in.
        encodes = all(facts.graph.role(each) == "encoder" for each in runners)
        if id_ in served - covered and not encodes and not parts & _around(facts, runners):
            example = f"write `stage: {id_}` at the metric that judges it"
            yield Finding(model.place, f"no offline metric judges `{id_}`, though every metric names a stage", example)


def _served(facts: Facts) -> list[str]:
    return [id_ for id_ in facts.serving.served if id_ in facts.serving.used]


def _around(facts: Facts, ids: Iterable[str]) -> set[str]:
    """Return components with their parts and all that they are parts of."""
    return set().union(*(facts.graph.family(id_) for id_ in ids))
