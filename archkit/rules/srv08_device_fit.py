"""The models do not fit the device, or no new ones can reach it.

For models that run on phones, cars or boards. Adds up `memory` and `size` of the models that run there and compares
them with what the device has (`device.memory`, `device.storage`), and each model with the largest update
(`device.download`). A component that runs models and says what it has (a signal processor beside the main one) is
compared with its own models. Where serving is described, there must also be a way for a new model: `device.update`, or
an arrow of kind `deploy`, or one from a registry or updater, to what runs on the device.

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
from typing import NamedTuple

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.model.common import Device
from archkit.model.modelling import Model
from archkit.quantity import Quantity
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_BRINGS = frozenset(("registry", "control", "rollout", "optimizer"))


class _Place(NamedTuple):
    """Where models run.

    Attributes:
        name: What it is called in messages.
        models: Those that run there.
        devices: What says how much there is.
    """

    name: str
    models: list[Model]
    devices: list[Device]


def applies(facts: Facts) -> bool:
    """Judge systems whose models run on devices."""
    return facts.scope.on_device or "edge" in facts.scope.modes


def check(facts: Facts) -> Iterator[Finding]:
    """Report models that are too large, and devices that keep theirs for ever."""
    for place in _places(facts):
        for field, limit_field, what in (("memory", "memory", "memory"), ("size", "storage", "storage")):
            limit = _limit(place, limit_field)
            needs = [need for one in place.models if (need := given(one, field, f"{what} of `{one.id}`")) is not None]
            total = sum((need.value.value for need in needs), Fraction(0))
            if limit is not None and needs and total > limit.value.value:
                yield _too_large(what, needs, total, limit, place)
        download = _limit(place, "download")
        for model in place.models:
            size = given(model, "size", f"size of `{model.id}`")
            if download is not None and size is not None and size.value > download.value:
                message = f"`{model.id}` is {show(size.value)}, and an update may be at most {show(download.value)}"
                yield Finding(size.span, message, "compress it, or send differences between versions", notes(download))
    if any(facts.blueprint.serving.written()) and not _updates(facts):
        hint = "write `device: {update: how a new model gets there}`, or draw an arrow with `kind: deploy`"
        yield Finding(facts.blueprint.serving.place, "nothing says how a new model reaches the devices", hint)


def _too_large(what: str, needs: list[Input], total: Fraction, limit: Input, place: _Place) -> Finding:
    sum_ = show(Quantity(total, limit.value.dimension))
    working = " + ".join(show(need.value) for need in needs) + (f" = {sum_}" if len(needs) > 1 else "")
    message = f"the models need {working} of {what}, and {place.name} has {show(limit.value)}"
    largest = max(needs, key=lambda need: need.value.value)
    hint = "quantise, prune or distil the largest, load them one after the other, or leave one in the cloud"
    return Finding(largest.span, message, hint, notes(*(need for need in needs if need is not largest), limit))


def _places(facts: Facts) -> list[_Place]:
    """Return the device with all models that run on it, and components with limits of their own and what they run."""
    blueprint, models = facts.blueprint, facts.blueprint.model.models
    components = facts.graph.components.values()
    serving = [component for component in components if component.serves]
    local = [one for one in serving if one.type in ("edge_model", "edge_device") or one.device or one.zone == "device"]
    named = dict.fromkeys(name for one in local for name in one.serves)
    everything = [models[name] for name in named if name in models]
    if not serving and facts.scope.on_device:
        everything = list(models.values())
    whole = [blueprint.requirements.device, blueprint.serving.device]
    whole += [component.device for component in components if not component.serves]
    places = [_Place("a device", everything, whole)]
    for one in local:
        if one.device:
            own = [models[name] for name in one.serves if name in models]
            places.append(_Place(f"`{one.id}`", own, [one.device]))
    return places


def _limit(place: _Place, field: str) -> Input | None:
    """Return the smallest limit that is written."""
    found = [limit for one in place.devices if (limit := given(one, field, f"{field} of {place.name}")) is not None]
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
