"""One of the seven steps of the design is empty.

Looks for the sections `requirements`, `framing`, `data`, `model`, `evaluation`, `serving` and `monitoring`, each with
at least one readable entry. A platform (`archetype: platform`) serves the models of others and needs no framing, data
and model of its own.

A design answers seven questions: for whom, what as, from what, how, how well, how served, how watched. What is left
out is not left out of the system; it is decided later by whoever comes upon it first. The steps forgotten most often
are the last two, and they take the most work.

```yaml fails
requirements: {goal: sell more}
framing: {task: ranking}
data: {labels: {bought: {positive: bought}}}
model: {options: {popularity: {baseline: true}}}
```

```yaml passes
requirements: {goal: sell more}
framing: {task: ranking}
data: {labels: {bought: {positive: bought}}}
model: {options: {popularity: {baseline: true}}}
evaluation: {offline: {ndcg@20: 0.4}}
serving: {mode: online}
monitoring: {operational: [latency]}
```

Source: the framework (seven steps).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import listed
from archkit.rules import STEPS, Finding
from archkit.source import Span

SEVERITY = Severity.ERROR
STEP = "requirements"
PROFILES = ("interview", "production")

_NOT_OF_A_PLATFORM = frozenset(("framing", "data", "model"))
_STARTS = {
    "requirements": "requirements: {goal: …, scale: {daily_active_users: …}}",
    "framing": "framing: {why_ml: …, task: …, input: […], output: …}",
    "data": "data: {sources: …, labels: …, features: …}",
    "model": "model: {options: …, models: …}",
    "evaluation": "evaluation: {offline: …, online: …, guardrails: …}",
    "serving": "serving: {mode: …, rollout: …, rollback: …}",
    "monitoring": "monitoring: {operational: …, drift: …, retrain: …}",
}


def applies(facts: Facts) -> bool:
    """Judge every blueprint that is more than a picture, which the profiles see to."""
    return facts.blueprint.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report empty steps together: each written key that is empty, and once all that are not written."""
    blueprint = facts.blueprint
    spared = _NOT_OF_A_PLATFORM if "platform" in blueprint.archetypes else frozenset()
    empty = [step for step in STEPS if step not in spared and not blueprint.names(step)]
    if not empty:
        return
    written = [step for step in empty if blueprint.has(step)]
    said = f"{len(empty)} of the {len(STEPS) - len(spared)} steps {'is' if len(empty) == 1 else 'are'} empty"
    yield Finding(
        blueprint.key_at(written[0]) if written else _title(facts),
        f"{said}: {listed(empty) if len(empty) < 6 else ', '.join(f'`{step}`' for step in empty)}",
        f"begin with `{_STARTS[empty[0]]}`",
    )


def _title(facts: Facts) -> Span:
    blueprint = facts.blueprint
    return blueprint.key_at("title") if blueprint.has("title") else blueprint.key_at("blueprint")
