"""The requirements lack the numbers that everything else is computed from.

Looks for

- the load: users, requests, queries per second; for batches a `throughput`, `deadline` or number of items; for models
  on devices the number of devices or users;
- the corpus (`scale.items`), where results are chosen out of it: ranking, retrieval, recommendation, search, answers
  from documents;
- the latency, unless predictions are made in batches, or nothing is served to anybody who waits;
- the freshness of anything (items, features, model, predictions), for recommendation, search, classification,
  regression and detection.

"Many users, fast, and fresh" fits every design ever drawn. With numbers the design follows: two billion checks a day
are 46,296 a second on average, ten billion items do not fit into a ranker, 200 ms leave 70 to the model. Estimates
will do, and `assumptions` says that they are some.

```yaml fails
archetype: recommendation
requirements:
  goal: More people find something to watch
  scale: {daily_active_users: 500M}
```

```yaml passes
archetype: recommendation
requirements:
  goal: More people find something to watch
  scale: {daily_active_users: 500M, requests_per_user_per_day: 10, items: 10B}
  latency: {p99: 200 ms}
  freshness: {items: 1 h}
```

Source: the framework's first step; public notes (scale, latency, freshness).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "requirements"
PROFILES = ("interview", "production")

_LOAD = (
    "daily_active_users",
    "monthly_active_users",
    "users",
    "requests_per_day",
    "qps",
    "peak_qps",
    "devices",
    "events_per_day",
)
_CHOOSES = frozenset(("recommendation", "search", "rag"))
_CHOOSING = frozenset(("ranking", "retrieval", "link prediction"))
_FRESH = frozenset(("recommendation", "search", "classification", "regression", "detection"))
_WAITS_FOR_NOBODY = frozenset(("batch", "streaming"))


def applies(facts: Facts) -> bool:
    """Judge requirements that are begun."""
    return bool(facts.blueprint.names("requirements")) and facts.blueprint.requirements.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report the numbers that are missing, together."""
    missing = [*_load(facts), *_corpus(facts), *_latency(facts), *_freshness(facts)]
    if missing:
        names = [name for name, _key in missing]
        said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        keys = ", ".join(f"`{key}`" for _name, key in missing)
        yield Finding(
            facts.blueprint.requirements.place, f"the requirements do not say {said}",
            f"write {keys}; an estimate will do, with its reason under `assumptions`",
        )  # fmt: skip


def _modes(facts: Facts) -> set[str]:
    return set(facts.blueprint.serving.modes)


def _load(facts: Facts) -> Iterator[tuple[str, str]]:
    requirements = facts.blueprint.requirements
    scale = requirements.scale
    if any(scale.has(name) for name in _LOAD) or requirements.has("throughput"):
        return
    modes = _modes(facts)
    if modes and modes <= _WAITS_FOR_NOBODY:
        batch = facts.blueprint.serving.batch
        if not (scale.has("items") or requirements.has("deadline") or batch.has("items")):
            yield "how much is to be processed", "throughput: 1B / 14 d"
    elif "edge" in modes or {"on-device", "federated"}.intersection(facts.blueprint.archetypes):
        yield "how many devices there are", "scale: {devices: 300M}"
    else:
        yield "how many users or requests there are", "scale: {daily_active_users: 500M, requests_per_user_per_day: 10}"


def _corpus(facts: Facts) -> Iterator[tuple[str, str]]:
    blueprint = facts.blueprint
    chooses = _CHOOSES.intersection(blueprint.archetypes) or blueprint.framing.task in _CHOOSING
    scale = blueprint.requirements.scale
    if not chooses or scale.has("items"):
        return
    people = blueprint.framing.task == "link prediction" and scale.has("users")
    if not people and not any(source.rows is not None for source in blueprint.data.sources.values()):
        yield "out of how many items is chosen", "scale: {items: 10M}"


def _latency(facts: Facts) -> Iterator[tuple[str, str]]:
    requirements, modes = facts.blueprint.requirements, _modes(facts)
    if requirements.has("latency") or requirements.device.has("latency"):
        return
    if (modes and modes <= _WAITS_FOR_NOBODY) or requirements.has("deadline") or requirements.has("throughput"):
        return
    yield "how fast an answer must be", "latency: {p99: 200 ms}"


def _freshness(facts: Facts) -> Iterator[tuple[str, str]]:
    requirements = facts.blueprint.requirements
    if (
        not requirements.names("freshness")
        and not requirements.has("deadline")
        and _FRESH & set(facts.blueprint.archetypes)
    ):
        yield (
            "how fresh anything must be",
            f"freshness: {{{'items: 1 h' if facts.scope.ranks else 'features: 1 min'}, model: 1 d}}",
        )
