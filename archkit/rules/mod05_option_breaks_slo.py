"""The chosen option breaks a limit of the requirements.

Compares numbers of the chosen option with those of the requirements: `latency` at the same percentile (or the option's
mean or median with a higher percentile), `memory` with that of the device, `cost` with the budget, `examples` needed
with the examples there are, `training_time` with the cadence of training.

The options table is where limits are met first. A choice whose own row breaks one will be undone later, when it has
become expensive.

```yaml fails
requirements: {latency: {p99: 200 ms}}
model:
  options:
    two_tower: {pros: [quick], latency: {p99: 65 ms}}
    cross_encoder: {chosen: true, because: best quality, latency: {p99: 450 ms}}
```

```yaml passes
requirements: {latency: {p99: 200 ms}}
model:
  options:
    two_tower: {chosen: true, because: the only one within 200 ms, latency: {p99: 65 ms}}
    cross_encoder: {pros: [best quality], latency: {p99: 450 ms}}
```

Source: the framework's fourth step (options against requirements); AWS Well-Architected Machine Learning Lens.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.model.common import Latency
from archkit.model.modelling import Option
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

_PERCENTILES = ("mean", "p50", "p95", "p99", "p999", "max")


def applies(facts: Facts) -> bool:
    """Judge chosen options."""
    return any(option.chosen for option in facts.blueprint.model.options.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report the numbers of chosen options that are over a limit."""
    for option in facts.blueprint.model.options.values():
        if option.chosen:
            for need, limit, hint in _pairs(facts, option):
                if need.value > limit.value:
                    yield _finding(option, need, limit, hint)


def _finding(option: Option, need: Input, limit: Input, hint: str) -> Finding:
    over = f"its {need.name} of {show(need.value)} is over {limit.name} of {show(limit.value)}"
    return Finding(need.span, f"`{option.id}` is chosen, but {over}", hint, notes(limit))


def _pairs(facts: Facts, option: Option) -> Iterator[tuple[Input, Input, str]]:
    """Yield what the option needs, what there is, and what to do where it is not enough."""
    requirements, serving = facts.blueprint.requirements, facts.blueprint.serving
    faster = "choose a faster option, shorten this one (fewer candidates, a smaller model), or renegotiate the limit"
    device = requirements.device or serving.device
    for wanted, what in ((requirements.latency, "the required"), (device.latency, "the device's")):
        yield from ((*pair, faster) for pair in _latencies(option.latency, wanted, what))
    smaller = "choose a smaller option, or make this one smaller (quantise, prune, distil)"
    limits = (
        (given(option, "memory", "memory"), given(device, "memory", "the device's memory"), smaller),
        (given(option, "cost", "cost"), given(requirements.budget, "total", "the budget"),
         "choose a cheaper option, or say in `because` who pays the rest"),
        (given(option, "examples", "need of examples"), _examples(facts),
         "label more, start from a pretrained model, or choose what needs fewer examples"),
        (given(option, "training_time", "training time"), _cadence(facts), "train less often, on less, or in parallel"),
    )  # fmt: skip
    for need, limit, hint in limits:
        if need is not None and limit is not None:
            yield need, limit, hint


def _latencies(has: Latency, wanted: Latency, what: str) -> Iterator[tuple[Input, Input]]:
    """Yield an option's latencies with the limits they must keep: the same percentile, or a higher one."""
    for number, name in enumerate(_PERCENTILES):
        need = given(has, name, f"{name} latency")
        # No percentile is under a lower one; a mean is under the maximum only.
        at_least = ("mean", "max") if name == "mean" else _PERCENTILES[number:]
        limit = next(filter(None, (given(wanted, other, f"{what} {other} latency") for other in at_least)), None)
        if need is not None and limit is not None:
            yield need, limit
            if need.value > limit.value:
                return


def _examples(facts: Facts) -> Input | None:
    """Return how many examples there are: the largest number that is written."""
    data = facts.blueprint.data
    found = [given(data, "examples", "the number of examples")]
    found += [given(label, "count", f"the number of examples of `{label.id}`") for label in data.labels.values()]
    found += [given(one, "examples", "the number of training examples") for one in facts.labels.trainings]
    return max((one for one in found if one is not None), key=lambda one: one.value, default=None)


def _cadence(facts: Facts) -> Input | None:
    """Return how often models are trained: the longest time that is written, since it is not said of which."""
    found = [given(one, "cadence", "the cadence of training") for one in facts.labels.trainings]
    return max((one for one in found if one is not None), key=lambda one: one.value, default=None)
