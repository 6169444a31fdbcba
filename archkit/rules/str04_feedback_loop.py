"""What becomes of predictions never comes back to training.

Looks for a circle in the picture: a served model, the people or systems that use its predictions, a log or store of
what they did, labels or examples, training, and the model again. Arrows that only say *when* to train (drift alarms,
schedules) do not close it. It speaks up once the way from training to the served model is there, and is silent about
platforms, systems that call ready-made language models, and models on devices, whose data may never leave them.

A model that cannot learn from its own mistakes gets worse from the day it ships: tastes, prices and attackers change,
and the data that it was trained on do not. And without the loop there is nothing to measure it by.

```yaml fails
archetype: classification
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - lake -> trainer -> gate -> registry
    - registry -> scorer: {label: weights, kind: deploy}
```

```yaml passes
archetype: classification
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - shop ..> lake: purchases, complaints
    - lake -> trainer -> gate -> registry
    - registry -> scorer: {label: weights, kind: deploy}
```

Source: the framework's picture of a system (the feedback loop); Google's Rules of ML (Zinkevich), rule 29.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "monitoring"
PROFILES = ("interview", "production")

_LANDS = ("feedback_log", "stream", "prediction_log", "labeler", "store", "dataset")


def applies(facts: Facts) -> bool:
    """Judge pictures in which training leads to a registry."""
    scope = facts.scope
    return not (scope.platform or scope.generative or scope.on_device or facts.graph.sketch) and bool(
        facts.learning.complete
    )


def check(facts: Facts) -> Iterator[Finding]:
    """Report a loop that is open."""
    learning, graph, serving = facts.learning, facts.graph, facts.serving
    served = [id_ for id_ in serving.served if id_ in learning.trained and not graph.components[id_].guessed]
    if not served or learning.loop:
        return
    trainer = learning.complete[0]
    lands = next((id_ for role in _LANDS for id_ in graph.with_role(role)), "feedback_log")
    begins = next(iter(serving.askers), served[0])
    hint = f"record what follows a prediction, as `{begins} ..> {lands}`, and let that reach `{trainer}` as examples"
    message = f"what becomes of the predictions of `{served[0]}` never reaches `{trainer}`: the loop is open"
    yield Finding(
        graph.components[served[0]].place, message, hint, (Note("trained here", graph.components[trainer].place),)
    )
