"""The system learns only from what it has shown itself.

Looks, in systems that order items and learn from what people did with them, for anything that breaks the circle:
`exploration` or a `holdout` in `monitoring.feedback` or at a component, an explorer in the picture, randomisation among
the `bias` of the data.

What is never shown is never clicked, and what is never clicked is never shown. Such a system becomes surer every day
of a smaller and smaller part of its items; and without a group that it leaves alone, nobody can say what it is worth.

```yaml fails
archetype: recommendation
data: {labels: {clicked: {kind: implicit, positive: clicked}}}
monitoring: {feedback: {log: [impressions, clicks, model version]}}
```

```yaml passes
archetype: recommendation
data: {labels: {clicked: {kind: implicit, positive: clicked}}}
monitoring: {feedback: {log: [impressions, clicks, model version], exploration: 1%}}
```

Source: Google's Rules of ML (Zinkevich), rule 34; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "monitoring"
PROFILES = ("interview", "production")

_BREAKS = ("explor", "random", "bandit", "thompson", "epsilon", "holdout", "held out", "ucb", "interleav")


def applies(facts: Facts) -> bool:
    """Judge systems that order items and learn from clicks, and that say how they are monitored."""
    monitoring = facts.blueprint.monitoring
    orders = facts.scope.ranks or "recommendation" in facts.scope.archetypes
    if not monitoring or not monitoring.whole() or not orders:
        return False
    labels = facts.blueprint.data.labels.values()
    return any(label.kind == "implicit" for label in labels) or (not labels and bool(facts.learning.loop))


def check(facts: Facts) -> Iterator[Finding]:
    """Report a closed circle."""
    monitoring, data = facts.blueprint.monitoring, facts.blueprint.data
    feedback = monitoring.feedback
    said = any(feedback.has(name) for name in ("exploration", "exploration_policy", "holdout"))
    parts = facts.graph.components.values()
    drawn = any(part.exploration or part.holdout or facts.graph.role(part.id) == "explorer" for part in parts)
    texts = [*data.bias, *data.bias.values(), data.sampling.method, *(part.note for part in parts)]
    texts += [label.position_bias for label in data.labels.values()]
    if said or drawn or not feedback.whole() or any(begins(text, *_BREAKS) for text in texts):
        return
    circle = facts.learning.loop
    round_ = f" ({' → '.join(f'`{id_}`' for id_ in circle[:5])}{' → …' if len(circle) > 5 else ''})" if circle else ""
    message = f"what is shown decides what is learned, and that what is shown{round_}: nothing breaks this circle"
    hint = "write `exploration: 1%` (or `holdout: 0.5%`) in `feedback`"
    yield Finding(monitoring.key_at("feedback"), message, hint)
