"""Quality is only measured on average.

Asks for `evaluation.slices` (or the groups of `evaluation.fairness`): parts of the data that are judged by themselves.

An average hides whoever is few: new users, rare languages, night pictures. A model can become better on the whole while
it stops working for one of them, and these are the cases that end up in the newspaper.

```yaml fails
evaluation: {offline: {ndcg@20: 0.4}}
```

```yaml passes
evaluation: {offline: {ndcg@20: 0.4}, slices: [new users, country, language]}
```

Source: ML Test Score (Breck et al. 2017), "model quality is sufficient on all important data slices".
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge designs with an evaluation."""
    evaluation = facts.blueprint.evaluation
    return bool(evaluation) and evaluation.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report an evaluation without slices."""
    evaluation = facts.blueprint.evaluation
    if not evaluation.slices and not evaluation.fairness.groups and not evaluation.fairness.has("groups"):
        example = (
            "slices: [new users, country, language]"
            if facts.scope.ranks
            else "slices: [language, country, rare classes]"
        )
        message = "quality is measured on the whole only, which hides groups that it is bad for"
        yield Finding(evaluation.key_at("slices"), message, f"write `{example}`")
