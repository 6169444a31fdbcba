"""The place at which an item was shown is a feature of a model that is to decide that place.

Looks for features with `position: true` (or called `position` in a system that orders items) that are used while
serving: by `used_in`, or by a component that runs a model and reads them. It passes where only training uses them, or
the label or model says how the position is kept out.

While serving there is no position yet, because the order is what the model is asked for. Whatever is put in instead,
the old place or a zero, is a value that meant something else in training.

```yaml fails
framing: {task: ranking}
data: {features: {context: {place: {type: numeric, position: true}}}}
```

```yaml passes
framing: {task: ranking}
data: {features: {context: {place: {type: numeric, position: true, used_in: training}}}}
```

Source: Google's Rules of ML (Zinkevich), rule 36.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.features import Key
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")

_NAMES = ("position", "display_position", "shown_position", "rank_position", "item_position", "ad_position", "shown_at")
_KEPT_OUT = (
    "training only", "only in training", "only while training", "fixed", "constant", "left out", "dropped", "default",
    "shallow tower", "tower of its own", "own tower", "set to", "removed", "not used while serving",
)  # fmt: skip


def applies(facts: Facts) -> bool:
    """Judge features that say where something stood."""
    return bool(_positions(facts))


def check(facts: Facts) -> Iterator[Finding]:
    """Report positions that serving reads."""
    for key in _positions(facts):
        feature = facts.features.all[key]
        reader = _reader(facts, key)
        if reader is not None:
            message = f"`{reader.message}` reads `{feature.id}` while serving, where no position is known yet"
            note = Note(f"`{feature.id}` is read here", reader.span)
            yield Finding(feature.place, message, "take it out of serving, and fix it there to one value", (note,))
        elif (not feature.used_in or "serving" in feature.used_in) and not _explained(facts) and feature.whole():
            where = feature.at("used_in") if feature.has("used_in") else feature.place
            message = f"`{feature.id}` is used while serving, where no position is known yet"
            yield Finding(where, message, "write `used_in: training`, and fix it to one value while serving")


def _positions(facts: Facts) -> list[Key]:
    ranks = facts.scope.ranks
    return [
        key
        for key, feature in facts.features.all.items()
        if feature.position or (feature.position is None and ranks and key[1] in _NAMES and feature.type != "location")
    ]


def _reader(facts: Facts, key: Key) -> Note | None:
    """Return the component that names a position among what it reads to serve a model."""
    for uses in facts.features.by_model.values():
        use = uses.served.get(key)
        if use is not None and use.direct:
            return Note(use.who, use.span)
    return None


def _explained(facts: Facts) -> bool:
    """Return whether a label or model says how the position is kept out of serving."""
    blueprint = facts.blueprint
    texts = [label.position_bias for label in blueprint.data.labels.values()]
    texts += [model.position for model in blueprint.model.models.values()]
    texts += [text for name, text in blueprint.data.bias.items() if begins(name, "position")]
    return any(begins(text, *_KEPT_OUT) for text in texts)
