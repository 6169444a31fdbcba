"""Something is declared that nothing uses.

References to ids that do not exist are errors of the language. This rule covers the other direction, and ends that do
not fit:

- a model that no component serves or trains, and no other model learns from, while other models are served;
- a group of features that no model and no component reads, while others are read (features for training alone, and
  protected ones for checks, may stand by themselves);
- a group in the picture without members;
- an offline metric whose `stage` is a component that chooses, scores or answers nothing, such as a store;
- an entry point that no arrow leaves, and a place for responses that no arrow enters.

Whatever is declared and not used was forgotten, renamed elsewhere, or left over; the reader cannot tell which.

```yaml fails
model:
  models: {ranker: {role: ranking}, old_ranker: {role: ranking}}
architecture:
  lanes:
    inference: {shop: client_app, scorer: {type: ranker, serves: ranker}}
  flows: [shop -> scorer -> shop]
```

```yaml passes
model:
  models: {ranker: {role: ranking}}
architecture:
  lanes:
    inference: {shop: client_app, scorer: {type: ranker, serves: ranker}}
  flows: [shop -> scorer -> shop]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.catalog import LOGS, TYPES
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

if TYPE_CHECKING:
    from archkit.model.modelling import Model

SEVERITY = Severity.WARNING
STEP = "model"
PROFILES = ("sketch", "interview", "production")

_NO_STAGE = (
    LOGS
    | frozenset(
        (
            "entry",
            "gateway",
            "source",
            "store",
            "graph_store",
            "stream",
            "registry",
            "monitor",
            "alert",
            "sink",
            "secrets",
        )
    )
    | frozenset(("compute", "catalog", "control", "third_party", "deletion", "dataset", "eval_set", "feature_store"))
)
"""Roles that choose, score or answer nothing."""


def applies(facts: Facts) -> bool:
    """Judge whatever declares something that others refer to."""
    blueprint = facts.blueprint
    return bool(blueprint.architecture or blueprint.model.models or blueprint.data.features)


def check(facts: Facts) -> Iterator[Finding]:
    """Report what is declared in vain."""
    yield from _models(facts)
    yield from _features(facts)
    yield from _groups(facts)
    yield from _stages(facts)
    yield from _ends(facts)


def _models(facts: Facts) -> Iterator[Finding]:
    components = facts.graph.components
    served = {name for component in components.values() for name in (*component.serves, component.encoder) if name}
    if not served:
        return
    models = facts.blueprint.model.models
    used = {*served, *components, *(name for one in components.values() for name in one.trains)}
    used.update(name for model in models.values() for name in _parents(model))
    for id_, model in models.items():
        if id_ not in used:
            hint = f"write `serves: {id_}` at the component that runs it, or remove it"
            yield Finding(
                model.place, f"no component serves the model `{id_}`, and no other model learns from it", hint
            )


def _parents(model: Model) -> tuple[str, ...]:
    return *model.pretrained_from, *model.trained_from, *model.distilled_from


def _features(facts: Facts) -> Iterator[Finding]:
    features, blueprint = facts.features, facts.blueprint
    read = {key for model in blueprint.model.models.values() for key in features.inputs(model)}
    if not read:
        return
    for component in facts.graph.components.values():
        read.update(features.uses(component, "uses"))
    for flow in facts.graph.flows:
        read.update(features.uses(flow, "uses"))
    read_groups = {group for group, _name in read}
    for group, inner in blueprint.data.features.items():
        alone = all(
            one.used_in == ("training",) or one.position or one.sensitive or one.shared_with for one in inner.values()
        )
        if group not in read_groups and inner and not alone:
            where = blueprint.data.key_at("features", group)
            hint = f"add `{group}` to the `inputs` of the model that reads it, or remove it"
            yield Finding(where, f"no model and no component reads the features of `{group}`", hint)


def _groups(facts: Facts) -> Iterator[Finding]:
    for id_, group in facts.blueprint.architecture.groups.items():
        if not group.members and not group.has("members", 0) and not group.partial:
            hint = f"list what stands in it, as `{id_}: [gateway, ranker]`, or remove it"
            yield Finding(group.place, f"the group `{id_}` has no members", hint)


def _stages(facts: Facts) -> Iterator[Finding]:
    blueprint, components = facts.blueprint, facts.graph.components
    for name, metric in blueprint.evaluation.offline.items():
        for number, stage in enumerate(metric.stage):
            component = components.get(stage)
            if component is None or stage in blueprint.model.models or component.guessed:
                continue
            if facts.graph.role(stage) in _NO_STAGE and not component.components:
                where = metric.at("stage", number) if metric.has("stage", number) else metric.at("stage")
                kind = TYPES[component.type].title.lower()
                message = f"`{name}` is to judge `{stage}`, which decides nothing: its type is {kind}"
                hint = "name the component or model whose output the metric is computed from"
                yield Finding(where, message, hint, (Note("it is declared here", component.place),))


def _ends(facts: Facts) -> Iterator[Finding]:
    architecture, graph = facts.blueprint.architecture, facts.graph
    for field, edges, verb in (("entry_points", graph.out, "leaves"), ("responses", graph.into, "enters")):
        for number, id_ in enumerate(getattr(architecture, field)):
            if id_ not in graph.components or any(edges[member] for member in graph.family(id_)):
                continue
            what = "requests begin" if field == "entry_points" else "answers end"
            where = architecture.at(field, number) if architecture.has(field, number) else architecture.at(field)
            hint = f"draw an arrow that {verb} it, or take it out of `{field}`"
            yield Finding(where, f"{what} at `{id_}`, but no arrow {verb} it", hint)
