"""No way leads from data over training to a model registry.

Follows the arrows of the picture from wherever data come into being (sources, streams, stores, logs, users) to a
training job, and from there to a model registry. Labels, features, data sets and checks may lie between. It reports a
picture that serves learned models and trains none, and the place where the way breaks off. It stays silent about
systems that call ready-made models, and about platforms.

A picture of serving alone hides the half of the system where most of the work and most of the mistakes are: what is
learned from, how often, and how it becomes a version that can be deployed, compared and taken back.

```yaml fails
archetype: classification
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, registry: model_registry}
    inference: {gateway: api_gateway, scorer: model_server}
  flows:
    - lake -> trainer
    - gateway -> scorer
    - registry -> scorer: {kind: deploy}
```

```yaml passes
archetype: classification
architecture:
  lanes:
    data: {lake: data_lake}
    training: {trainer: training_job, gate: validation_gate, registry: model_registry}
    inference: {gateway: api_gateway, scorer: model_server}
  flows:
    - lake -> trainer -> gate -> registry
    - gateway -> scorer
    - scorer ..> lake: predictions and outcomes
    - registry -> scorer: {kind: deploy}
```

Source: the framework's picture of a system (data, training and serving joined by a registry); ML Test Score (Breck et
al. 2017), Infra 1 and 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import SCORERS
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import Graph
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

_EXAMPLES = ("dataset", "labeler", "feature_store", "store", "stream", "source")


def applies(facts: Facts) -> bool:
    """Judge pictures with arrows in which something is trained, or ought to be."""
    graph = facts.graph
    if facts.scope.platform or graph.sketch or not graph.flows:
        return False
    return bool(facts.learning.trainers) or _trains(facts)


def _trains(facts: Facts) -> bool:
    """Return whether the system needs training though its picture has none."""
    model = facts.blueprint.model
    if model.training or model.trainings:
        return True
    ready_made = [one.pretrained and not one.loss and not one.heads for one in model.models.values()]
    return not facts.scope.generative and not (ready_made and all(ready_made))


def check(facts: Facts) -> Iterator[Finding]:
    """Report that nothing is trained, or where the way breaks off."""
    graph, learning = facts.graph, facts.learning
    if not learning.trainers:
        yield from _untrained(graph)
    elif (gap := learning.gap) is not None:
        trainer, end, missing = gap
        yield _broken(graph, trainer, end, missing)


def _untrained(graph: Graph) -> Iterator[Finding]:
    if any(component.guessed and graph.role(id_) == "other" for id_, component in graph.components.items()):
        return
    for id_ in graph.with_role(*SCORERS):
        component = graph.components[id_]
        if not component.third_party and not component.guessed:
            message = f"`{id_}` runs a learned model, and nothing in the picture trains one"
            hint = "add a `training_job`, the data that lead to it and the `model_registry` it leads to"
            yield Finding(component.place, message, f"{hint}; or say `third_party: true`")
            return


def _broken(graph: Graph, trainer: str, end: str, missing: str) -> Finding:
    place = graph.components[end].place
    notes = (Note("trained here", graph.components[trainer].place),) if end != trainer else ()
    if missing == "data":
        begin = "" if end == trainer else f": the way to it begins at `{end}`, which nothing feeds"
        known = next((id_ for role in _EXAMPLES for id_ in graph.with_role(role) if id_ != end), "")
        hint = f"write where they come from, as `{known} -> {end}`"
        hint = hint if known else f"add a source, such as `lake: data_lake`, and write `lake -> {end}`"
        return Finding(place, f"no data reach `{trainer}`{begin}", hint, notes)
    registry = next(iter(graph.with_role("registry")), "")
    ends = "" if end == trainer else f": its way ends at `{end}`"
    hint = f"write `{end} -> {registry or 'registry'}`"
    hint = hint if registry else f"add `registry: model_registry`, and {hint}"
    return Finding(place, f"what `{trainer}` has trained gets into no model registry{ends}", hint, notes)
