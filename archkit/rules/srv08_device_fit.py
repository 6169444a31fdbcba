"""The models do not fit the device, or no new ones can reach it.

For models that run on phones, cars or boards. Adds up `memory` and `size` of the models that run there and compares
them with what the device has (`device.memory`, `device.storage`), and each model with the largest update
(`device.download`). Where serving is described, there must also be a way for a new model: `device.update`, or an
arrow of kind `deploy`, or one from a registry or updater, to what runs on the device.

A server can be made larger. A device that was sold last year cannot, and a model that nobody can replace keeps its
mistakes for the device's life.

```yaml fails
archetype: on-device
requirements:
  device: {memory: 64 MB, storage: 20 MB, update: signed download}
model:
  models:
    detector: {size: 4 MB, memory: 30 MB}
    verifier: {size: 18 MB, memory: 60 MB}
```

```yaml passes
archetype: on-device
requirements:
  device: {memory: 64 MB, storage: 20 MB, update: signed download}
model:
  models:
    detector: {size: 1 MB, memory: 8 MB}
    verifier: {size: 9 MB, memory: 30 MB}
```

Source: own judgement; AWS Well-Architected Machine Learning Lens (models at the edge).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.model.modelling import Model
from archkit.quantity import Quantity
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_BRINGS = frozenset(("registry", "control", "rollout", "optimizer"))


def applies(facts: Facts) -> bool:
    """Judge systems whose models run on devices."""
    return facts.scope.on_device or "edge" in facts.scope.modes


def check(facts: Facts) -> Iterator[Finding]:
    """Report models that are too large, and devices that keep theirs for ever."""
    models = _models(facts)
    for field, limit_field, what in (("memory", "memory", "memory"), ("size", "storage", "storage")):
        limit = _limit(facts, limit_field)
        needs = [need for model in models if (need := given(model, field, f"{what} of `{model.id}`")) is not None]
        total = sum((need.value.value for need in needs), Fraction(0))
        if limit is not None and needs and total > limit.value.value:
            yield _too_large(what, needs, total, limit)
    download = _limit(facts, "download")
    for model in models:
        size = given(model, "size", f"size of `{model.id}`")
        if download is not None and size is not None and size.value > download.value:
            message = f"`{model.id}` is {show(size.value)}, and an update may be at most {show(download.value)}"
            yield Finding(size.span, message, "compress it, or send differences between versions", notes(download))
    if any(facts.blueprint.serving.written()) and not _updates(facts):
        hint = "write `device: {update: how a new model gets there}`, or draw an arrow with `kind: deploy`"
        yield Finding(facts.blueprint.serving.place, "nothing says how a new model reaches the devices", hint)


def _too_large(what: str, needs: list[Input], total: Fraction, limit: Input) -> Finding:
    sum_ = show(Quantity(total, limit.value.dimension))
    working = " + ".join(show(need.value) for need in needs) + (f" = {sum_}" if len(needs) > 1 else "")
    message = f"the models need {working} of {what}, and a device has {show(limit.value)}"
    largest = max(needs, key=lambda need: need.value.value)
    hint = "quantise, prune or distil the largest, load them one after the other, or leave one in the cloud"
    return Finding(largest.span, message, hint, notes(*(need for need in needs if need is not largest), limit))


def _models(facts: Facts) -> list[Model]:
    """Return the models that run on the device: those that its components serve, else all."""
    models = facts.blueprint.model.models
    graph = facts.graph
    serving = [component for component in graph.components.values() if component.serves]
    if not serving:
        return list(models.values()) if facts.scope.on_device else []
    local = [one for one in serving if one.type in ("edge_model", "edge_device") or one.device or one.zone == "device"]
    return [models[name] for name in dict.fromkeys(name for one in local for name in one.serves) if name in models]


def _limit(facts: Facts, field: str) -> Input | None:
    """Return the smallest limit of a device that is written."""
    blueprint = facts.blueprint
    devices = [blueprint.requirements.device, blueprint.serving.device]
    devices += [component.device for component in facts.graph.components.values()]
    found = [limit for device in devices if (limit := given(device, field, f"a device's {field}")) is not None]
    return min(found, key=lambda limit: limit.value.value, default=None)


def _updates(facts: Facts) -> bool:
    blueprint, graph = facts.blueprint, facts.graph
    devices = [blueprint.requirements.device, blueprint.serving.device]
    devices += [component.device for component in graph.components.values()]
    if any(device.update for device in devices):
        return True
    return any(
        flow.kind == "deploy" or graph.role(flow.source) in _BRINGS
        for flow in graph.flows
        if graph.role(flow.target) in ("predictor", "light_predictor", "encoder", "entry", "llm")
    )
