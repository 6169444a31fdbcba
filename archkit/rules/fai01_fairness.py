"""Predictions decide about people, and no group of people is compared with another.

Where `requirements.affects_people` is true, or `stakes` are high and nothing says that people are not affected, asks in
`evaluation.fairness` for the groups, the metric that is compared and the largest gap that is accepted. A guardrail of
kind `fairness` with a threshold counts as metric and gap.

A model repeats the inequality of its data, and the average does not show it. Groups that are not compared are compared
later by somebody else.

```yaml fails
requirements: {affects_people: true}
evaluation: {offline: {recall: 0.99}}
```

```yaml passes
requirements: {affects_people: true}
evaluation:
  offline: {recall: 0.99}
  fairness: {groups: [skin tone, age], metric: recall, max_gap: 1%}
```

Source: ML Test Score (Breck et al. 2017), "the model has been tested for considerations of inclusion"; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")

_PARTS = {"groups": "groups: [age, gender]", "metric": "metric: recall", "max_gap": "max_gap: 2%"}


def applies(facts: Facts) -> bool:
    """Judge evaluations of what decides about people."""
    needs, evaluation = facts.blueprint.requirements, facts.blueprint.evaluation
    affects = needs.affects_people or (needs.affects_people is None and needs.stakes == "high")
    return bool(evaluation) and evaluation.whole() and affects and not facts.scope.platform


def check(facts: Facts) -> Iterator[Finding]:
    """Report a comparison of groups that is missing, or not complete."""
    evaluation = facts.blueprint.evaluation
    fairness = evaluation.fairness
    guarded = any(guard.kind == "fairness" and (guard.max or guard.min) for guard in evaluation.guardrails.values())
    given = {"metric": guarded, "max_gap": guarded}
    missing = [name for name in _PARTS if not fairness.has(name) and not given.get(name)]
    if not missing or not fairness.whole():
        return
    hint = f"write `fairness: {{{', '.join(_PARTS[name] for name in missing)}}}`"
    if not fairness:
        message = "predictions decide about people, and no groups of people are compared"
    else:
        words = {"groups": "between whom", "metric": "what is compared", "max_gap": "which gap is accepted"}
        message = f"the comparison of groups does not say {' and '.join(words[name] for name in missing)}"
        hint = "add " + ", ".join(f"`{_PARTS[name]}`" for name in missing)
    yield Finding(evaluation.key_at("fairness"), message, hint)
