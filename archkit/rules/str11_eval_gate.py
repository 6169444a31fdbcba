"""A new model gets into service without passing a check.

Follows each training job to the models in service, through registries, optimisers, deployment and artefact stores. If
there is any way that passes no evaluation, validation gate or approval by a person, its first arrow is reported. A
registry that hands a candidate to a check and takes it back counts as a check; one that a check and the training job
both write into is a warning, because the picture does not say which versions are deployed.

Sooner or later a training run fails quietly: half the data are missing, a label has moved, a feature is null. The
gate is what keeps that model from reaching users the same night.

```yaml fails
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, registry: model_registry}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - shop ..> lake
    - lake -> trainer -> registry
    - registry -> scorer: {kind: deploy}
```

```yaml passes
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - shop ..> lake
    - lake -> trainer -> gate -> registry
    - registry -> scorer: {kind: deploy}
```

Source: ML Test Score (Breck et al. 2017), Infra 4: the quality of a model is validated before it serves.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import MODEL, arrow
from archkit.facts.learning import CHECKS
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge pictures in which something is trained and served."""
    return not facts.graph.sketch and bool(facts.learning.trainers)


def check(facts: Facts) -> Iterator[Finding]:
    """Report the first arrow of each way past all checks."""
    graph = facts.graph
    checks = [id_ for id_ in graph.with_role(*CHECKS) if graph.role(id_) != "reviewer"]
    for way in facts.learning.unchecked:
        flow = next(flow for flow in graph.out[way[0]] if flow.target == way[1] and flow.kind in MODEL)
        if any(graph.components[id_].guessed for id_ in way):
            continue
        joins = {other.source for id_ in way for other in graph.into[id_] if graph.role(other.source) in CHECKS}
        gate = next((id_ for id_ in checks if id_ in joins), next(iter(checks), "gate"))
        hint = f"put it between: `{way[0]} -> {gate} -> {way[1]}`"
        hint = hint if checks else f"add `gate: validation_gate`, and {hint}"
        served = graph.components[way[-1]]
        notes = (Note("the model serves here", served.place),)
        message = f"what `{way[0]}` trains gets into service unchecked: {' -> '.join(way)}"
        yield Finding(arrow(flow), message, hint, notes, Severity.WARNING if joins else None)
