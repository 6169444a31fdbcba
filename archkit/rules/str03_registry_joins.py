"""A served model comes from no registry, or a training job leads to none.

Once one model of the picture goes from data over training into a registry, all others are expected to do the same.
Each training job must lead to a registry, and a registry must deliver to each component that serves a learned model,
straight or by way of a rollout, an optimiser, a deployment pipeline or an artefact store. Arms of one traffic split
count together. Silent about models of other companies, ready-made models, sources of candidates that name no model,
and language models that nobody trains here.

A model that is copied into service by hand has no version: nobody can say which data made it, compare it with the one
before, or go back to that one at three in the morning.

```yaml fails
archetype: classification
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
    inference: {shop: client_app, gateway: api_gateway, scorer: model_server}
  flows:
    - shop -> gateway -> scorer -> shop
    - shop ..> lake: purchases
    - lake -> trainer -> gate -> registry
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
    - shop ..> lake: purchases
    - lake -> trainer -> gate -> registry
    - registry -> scorer: {label: weights, kind: deploy}
```

Source: the framework's picture of a system; ML Test Score (Breck et al. 2017), Infra 7: models can be rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.catalog import LEARNED
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

if TYPE_CHECKING:
    from archkit.model.components import Component

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge pictures in which one model at least gets into a registry; the rest is another rule's."""
    return not facts.scope.platform and not facts.graph.sketch and bool(facts.learning.complete)


def check(facts: Facts) -> Iterator[Finding]:
    """Report models that come from nowhere, and trainings that lead nowhere."""
    yield from _served(facts)
    graph, learning = facts.graph, facts.learning
    for id_ in learning.trainers:
        component = graph.components[id_]
        if id_ not in learning.kept and component.type != "local_trainer" and not component.guessed:
            registry = learning.registries[0]
            message = f"what `{id_}` trains gets into no model registry"
            notes = (Note("other models are kept here", graph.components[registry].place),)
            yield Finding(component.place, message, f"let it lead there, as `{id_} -> {registry}`", notes)


def _served(facts: Facts) -> Iterator[Finding]:
    graph, learning = facts.graph, facts.learning
    trained_here = _trained_here(facts)
    served = [id_ for id_ in facts.serving.served if _is_own(facts, graph.components[id_], trained_here)]
    orphans = [id_ for id_ in served if id_ not in learning.delivered]
    for id_ in orphans:
        component = graph.components[id_]
        # Where others are delivered, one that names no model may be somebody else's.
        surely = component.serves or len(orphans) == len(served)
        what = f", which serves {' and '.join(f'`{model}`' for model in component.serves)}" if component.serves else ""
        registry = learning.registries[0]
        hint = f"write `{registry} -> {id_}: {{label: weights, kind: deploy}}`, or say `third_party: true`"
        notes = (Note("models are kept here", graph.components[registry].place),)
        message = f"no registry delivers a model to `{id_}`{what}"
        yield Finding(component.place, message, hint, notes, None if surely else Severity.WARNING)


def _is_own(facts: Facts, component: Component, trained_here: set[str]) -> bool:
    """Return whether a component runs a model that this system trains."""
    role = facts.graph.role(component.id)
    if role not in LEARNED or component.third_party or component.guessed:
        return False
    if component.serves:
        return any(model in trained_here for model in component.serves)
    return role not in ("candidate_source", "llm")


def _trained_here(facts: Facts) -> set[str]:
    """Return the models that are not ready-made."""
    modelling = facts.blueprint.model
    named = {model for component in facts.graph.components.values() for model in component.trains}
    for training in (modelling.training, *modelling.trainings.values()):
        named.update(training.models)
    own = {id_ for id_, model in modelling.models.items() if not model.pretrained or model.loss or model.heads}
    return named | own
