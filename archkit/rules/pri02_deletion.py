"""A person's data cannot be deleted everywhere.

Where anything is marked `pii: true`, `data.deletion` must say how a person's data are removed. They must leave every
component that keeps personal data: named in `deletion.reaches`, with a `deletion` of its own, or with an arrow from a
deletion service; and the models that were trained on them (`model` in `reaches`, or words about models in `how`).

A model forgets when it is trained anew. Where `reaches` names models and `within` says how soon, that is at least the
time between two trainings and what training, evaluation and deployment take; of several trainings the soonest counts.
A training that goes on from the weights before (`continual`, `incremental`, `warm start`) forgets nothing, and counts
only where there is no other.

A row that is deleted from the database lives on in the lake, in features, in an index and in the model that was
trained last week. Finding all copies after somebody asks is far harder than listing them beforehand.

```yaml fails
data:
  sources:
    watch_events: {kind: stream, pii: true, purpose: recommendations, retention: 180 d, access: training jobs}
```

```yaml passes
data:
  sources:
    watch_events: {kind: stream, pii: true, purpose: recommendations, retention: 180 d, access: training jobs}
  deletion: {within: 30 d, reaches: [lake, features, index, model], how: an event by user_id}
```

Source: GDPR, article 17 (right to erasure); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.catalog import LOGS, STORES
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import Derived, derive, given, notes, seconds, show
from archkit.facts.words import begins, listed, words
from archkit.rules import Finding

if TYPE_CHECKING:
    from archkit.model.components import Component
    from archkit.source import Span

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_DAY = 86_400
_TAKES = {"duration": "training", "evaluation_duration": "evaluation", "deploy_duration": "deployment"}
_GOES_ON = ("continual", "incremental", "warm start")
_KEEPS = STORES | LOGS | {"stream", "source"}


def applies(facts: Facts) -> bool:
    """Judge systems that mark personal data."""
    return _first(facts) is not None and facts.blueprint.data.whole("deletion")


def _first(facts: Facts) -> Span | None:
    """Return where personal data are marked first."""
    for source in facts.blueprint.data.sources.values():
        if source.pii:
            return source.at("pii")
        column = next((name for name, column in source.columns.items() if column.pii), None)
        if column is not None:
            return source.key_at("columns", column)
    for component in facts.graph.components.values():
        if component.pii:
            return component.at("pii")
    return next((feature.at("pii") for feature in facts.features.all.values() if feature.pii), None)


def check(facts: Facts) -> Iterator[Finding]:
    """Report that nothing is deleted, or what deletion does not reach."""
    first = _first(facts)
    assert first is not None  # noqa: S101 - the rule applies only where there is one
    deletion = facts.blueprint.data.deletion
    missed = [component for component in _keepers(facts) if not _reached(facts, component)]
    kept = tuple(Note(f"`{component.id}` keeps personal data", component.at("pii")) for component in missed)
    if not deletion:
        if missed or not _keepers(facts):
            hint = "write `deletion: {within: 30 d, reaches: [lake, features, index, model], how: …}` under `data`"
            yield Finding(first, "nothing says how a person's data are deleted", hint, kept)
        return
    lacking = [component.id for component in missed]
    if _learns(facts) and not begins(" ".join((*deletion.reaches, deletion.how)), "model", "train", "retrain"):
        lacking.append("model")
    if lacking:
        where = deletion.key_at("reaches") if deletion.has("reaches") else facts.blueprint.data.key_at("deletion")
        message = f"deleting a person's data does not reach {listed(lacking)}"
        hint = f"add {listed(lacking)} to `reaches`, or say `deletion: how` at each"
        yield Finding(where, message, hint, kept)
    yield from _late(facts)


def _late(facts: Facts) -> Iterator[Finding]:
    """Report that models are not trained anew within the time that is written."""
    deletion = facts.blueprint.data.deletion
    within = given(deletion, "within", "deletion within")
    # A store of the same name as a model is what is meant: rows leave it, and nothing is trained for that.
    names = {words(name) for name in deletion.reaches} - {words(store.id) for store in _keepers(facts)}
    models = tuple(facts.blueprint.model.models)
    named: list[tuple[str, ...]] = [(id_,) for id_ in models if words(id_) in names]
    if names & {words("model"), words("models")}:
        named.append(models)
    waits = [wait for group in named if (wait := _soonest(facts, group)) is not None]
    longest = max(waits, key=lambda one: one.value, default=None)
    if within is None or longest is None or longest.value <= within.value:
        return
    days = -(-longest.value.value // _DAY)
    yield Finding(
        deletion.at("within"),
        f"deleted data stay in a model for up to {longest.working()}; declared {show(within.value)}",
        f"write `within: {days} d`, or train more often on what is left", notes(*longest.inputs),
    )  # fmt: skip


def _soonest(facts: Facts, models: tuple[str, ...]) -> Derived | None:
    """Return the longest time until one of some models is trained anew and in service, by the soonest training."""
    meant = [one for one in facts.labels.trainings if not one.models or set(models).intersection(one.models)]
    anew = [training for training in meant if training.from_ not in _GOES_ON]
    found = []
    for training in anew or meant:
        cadence = given(training, "cadence", "time between two trainings")
        if cadence is not None:
            takes = (given(training, field, name) for field, name in _TAKES.items())
            parts = [cadence, *(part for part in takes if part is not None)]
            formula = " + ".join(f"{part.name} {show(part.value)}" for part in parts)
            value = seconds(sum(part.value.value for part in parts))
            found.append(derive(f"deletion.{training.id}", "Time until a model has forgotten", value, formula, *parts))
    return min(found, key=lambda one: one.value, default=None)


def _keepers(facts: Facts) -> list[Component]:
    graph = facts.graph
    return [one for id_, one in graph.components.items() if one.pii and graph.role(id_) in _KEEPS]


def _reached(facts: Facts, component: Component) -> bool:
    """Return whether deletion reaches a component, as it says itself, or the section, or an arrow."""
    if component.deletion:
        return True
    names = {words(name) for name in facts.blueprint.data.deletion.reaches}
    if words(component.id) in names or words(component.title) in names:
        return True
    return any(facts.graph.role(flow.source) == "deletion" for flow in facts.graph.into[component.id])


def _learns(facts: Facts) -> bool:
    return bool(facts.blueprint.model.models or facts.learning.trainers)
