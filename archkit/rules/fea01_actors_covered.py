"""A personalised ranker sees only a part of who meets what, and when.

For systems that rank for a person (`requirements.personalised: true`, or recommendation where that is not denied),
looks at the groups in `data.features` for features of the user, of the item, of the context (time, device, place), and
crossed ones (affinity, similarity, what this user did with this item's author). A group whose name tells nothing may
stand for any of them. Missing users or items are warnings; missing context or crossed features are advice. Two-tower
models cannot read crossed features, so they are expected only where another model ranks.

Without features of the user, everybody gets the same list. Without context, the commuter with a phone gets what suits
the evening on a television. And crossed features, such as the affinity between reader and author, are what most
reports on feed ranking name as the strongest of all.

```yaml fails
archetype: recommendation
framing: {task: ranking}
data:
  features:
    item: {title: text, length: numeric}
    context: {hour: time}
    cross: {title_similarity: numeric}
```

```yaml passes
archetype: recommendation
framing: {task: ranking}
data:
  features:
    user: {watch_history: sequence}
    item: {title: text, length: numeric}
    context: {hour: time}
    cross: {title_similarity: numeric}
```

Source: the framework's third step (features by actor); public notes on feed, event and ad ranking.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins, mentions
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_WORDS = {
    "user": "the user", "item": "the item", "context": "the context (hour, device, place)",
    "cross": "the user and the item together (affinity, similarity, past actions)",
}  # fmt: skip
_CONTEXT = (
    "hour", "weekday", "day of week", "time of day", "device", "locale", "season", "weather", "session", "query",
    "month", "surface", "network", "holiday", "daypart",
)  # fmt: skip
_CROSS = ("similarity", "affinity", "distance", "overlap", "match", "cosine", "dot", "between", "since", "past", "x")


def applies(facts: Facts) -> bool:
    """Judge the features of systems that rank for a person."""
    blueprint = facts.blueprint
    wanted = blueprint.requirements.personalised
    ranks = blueprint.framing.task in ("ranking", "retrieval", "")
    personal = wanted or (wanted is None and "recommendation" in blueprint.archetypes)
    return bool(facts.features.all) and blueprint.data.whole("features") and bool(personal) and ranks


def check(facts: Facts) -> Iterator[Finding]:
    """Report the sides that no feature describes."""
    missing = _missing(facts)
    if missing:
        groups = ", ".join(f"`{name}`" for name in facts.blueprint.data.features)
        grave = "user" in missing or "item" in missing
        yield Finding(
            facts.blueprint.data.key_at("features"),
            f"the features ({groups}) say nothing about {' nor about '.join(_WORDS[side] for side in missing)}",
            f"add a group such as `{missing[0]}:` to `features`, or write why it is left out",
            severity=Severity.WARNING if grave else Severity.ADVICE,
        )


def _missing(facts: Facts) -> list[str]:
    features = facts.features
    found = {features.side(key) for key in features.all}
    if "query" in found:
        found.add("context")
    for (_group, name), feature in features.all.items():
        if mentions(name, *_CONTEXT) or (feature.type in ("time", "location") and feature.mode == ("request",)):
            found.add("context")
        if mentions(name, *_CROSS) or begins(feature.transform, "cosine", "dot product", "similarity"):
            found.add("cross")
    models = facts.blueprint.model.models.values()
    towers_only = bool(models) and all(model.towers for model in models)
    wanted = ["user", "item", "context"] + ([] if towers_only else ["cross"])
    missing = [side for side in wanted if side not in found]
    unknown = sum(all(features.side((group, name)) == "" for name in inner) for group, inner in _groups(facts))
    for side in ("item", "user", "context", "cross"):
        if unknown and side in missing:
            missing.remove(side)
            unknown -= 1
    return missing


def _groups(facts: Facts) -> list[tuple[str, list[str]]]:
    return [(group, list(inner)) for group, inner in facts.blueprint.data.features.items() if inner]
