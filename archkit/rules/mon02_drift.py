"""A served model has no monitor for the drift of its inputs or outputs.

Looks for watches on inputs and on outputs in `monitoring.drift`, in the checks of `data` (distributions) and in
`proxies`, and for a drift detector in the architecture, which counts for both where `drift` says nothing. Devices that
keep their data to themselves need no watch on inputs, platforms none on outputs.

A model does not fail with an error. The world moves, a pipeline sends zeros, a camera is replaced, and the scores go on
arriving; labels tell weeks later. Inputs that drift say what has changed, outputs that drift say that it matters.

```yaml fails
monitoring: {drift: {inputs: population stability index}}
```

```yaml passes
monitoring: {drift: {inputs: population stability index, outputs: score distribution}}
```

Source: the framework's seventh step; ML Test Score (Breck et al. 2017), "training and serving are not skewed" and
"models are not too stale".
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "monitoring"
PROFILES = ("interview", "production")

_INPUTS = (
    "input", "feature", "data", "quer", "request", "embedding", "prompt", "image", "picture", "text", "vocabular",
    "covariate", "population", "traffic", "question", "schema", "document", "sensor", "photo", "value",
    "distribution by",
)  # fmt: skip
_OUTPUTS = (
    "output", "prediction", "predicted", "score", "answer", "share", "probabilit", "confidence", "detection",
    "decision", "response", "label", "target", "box", "result", "calibration", "similarity", "concept",
)  # fmt: skip
_SIDES = {"inputs": _INPUTS, "outputs": _OUTPUTS}


def applies(facts: Facts) -> bool:
    """Judge designs with monitoring."""
    return bool(facts.blueprint.monitoring) and facts.blueprint.monitoring.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report the sides that nobody watches."""
    monitoring = facts.blueprint.monitoring
    wanted = [side for side in _SIDES if not (side == "inputs" and facts.scope.on_device)]
    wanted = [side for side in wanted if not (side == "outputs" and facts.scope.platform)]
    said = {
        "inputs": [
            text for text in monitoring.data if begins(text, "distribution", "drift", "skew", "unseen", "share")
        ],
        "outputs": [
            *monitoring.proxies,
            *(text for text in monitoring.quality if begins(text, "distribution", "score")),
        ],
    }
    if not monitoring.whole("drift") or (not monitoring.drift and facts.graph.with_role("drift_monitor")):
        return
    named = {side: [id_ for id_ in monitoring.drift if begins(id_, *stems)] for side, stems in _SIDES.items()}
    if len(monitoring.drift) > len({id_ for ids in named.values() for id_ in ids}):
        return  # some names say neither, so both may be among them
    missing = [side for side in wanted if not named[side] and not said[side]]
    if missing:
        example = {"inputs": "inputs: population stability index", "outputs": "outputs: score distribution"}
        yield Finding(
            monitoring.key_at("drift"),
            f"nothing watches the drift of {' and '.join(missing)}",
            f"write `drift: {{{', '.join(example[side] for side in missing)}}}`",
        )
