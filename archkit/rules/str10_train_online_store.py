"""Training reads from the online store or from the model in service.

Training jobs, data sets and label jobs should read what was logged while serving, or an offline store with history.
It reports arrows into them that come from an online feature store or straight from a served model. Distillation,
training on a device, and arrows that record feedback (`..>`) are left alone.

An online store knows only the latest value of a feature: joined to yesterday's examples, it tells the model the
future. And a training job that scans it slows down every request of that hour.

```yaml fails
architecture:
  lanes:
    data: {lake: data_lake, store: feature_store_online}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
  flows:
    - lake ~> store
    - lake -> trainer: labels
    - store -> trainer: features
    - trainer -> gate -> registry
```

```yaml passes
architecture:
  lanes:
    data: {lake: data_lake, offline: feature_store_offline, store: feature_store_online}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
  flows:
    - lake -> offline ~> store
    - lake -> trainer: labels
    - offline -> trainer: features as of each example
    - trainer -> gate -> registry
```

Source: AWS Well-Architected Machine Learning Lens (feature stores with an offline side); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_READERS = frozenset(("trainer", "dataset", "labeler", "sampler", "splitter", "tuner"))
_SERVED = frozenset(("predictor", "light_predictor", "encoder"))
_DATA = frozenset(("sync", "async", "stream", "batch", "train"))
_SPECIAL = frozenset(("distillation_job", "local_trainer", "federated_aggregator"))


def applies(facts: Facts) -> bool:
    """Judge pictures in which something is trained."""
    return not facts.graph.sketch and bool(facts.learning.trainers)


def check(facts: Facts) -> Iterator[Finding]:
    """Report arrows from what serves requests into training."""
    graph = facts.graph
    for flow in graph.flows:
        reader, source = graph.components[flow.target], graph.components[flow.source]
        if flow.kind not in _DATA or graph.role(flow.target) not in _READERS or reader.type in _SPECIAL:
            continue
        role = graph.role(flow.source)
        online = graph.tier(flow.source) == "online" and source.type != "edge_model"
        if not online or source.guessed or reader.guessed or role not in _SERVED | {"feature_store"}:
            continue
        if role == "feature_store":
            message = f"`{flow.target}` reads `{flow.source}`, which keeps only the latest values"
            offline = next((id_ for id_ in graph.with_role("feature_store") if graph.tier(id_) == "offline"), "")
            better = offline or "an offline store with history, or features logged while serving"
            hint = f"read `{offline}`, as of the time of each example" if offline else f"read {better}"
        else:
            message = f"`{flow.target}` reads straight from `{flow.source}`, which answers requests"
            log = next(iter(graph.with_role("prediction_log", "feature_log")), "prediction_log")
            hint = f"log predictions (`{flow.source} ..> {log}`), and train from the log"
        yield Finding(arrow(flow), message, hint, (Note("it serves requests", source.place),))
