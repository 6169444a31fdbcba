"""An offline metric cannot judge what it is meant for.

Compares each offline metric that is known by name with the task of the stage that it judges (or of the whole system):
accuracy of a detector, squared error of a ranking and word errors of a classifier are reported with the reason. A few
metrics may stand beside better ones and are reported only where they stand alone. Three more mistakes are computed:
accuracy where less than 5% are positive; `recall@k` or `precision@k` with a `k` that keeps it from reaching its target
(`relevant` says how many results of a query are relevant); and shares above 1. A metric whose name is not known, or is
narrowed by further words (`tag_precision`), is never accused.

The metric decides which model wins. One that cannot see the difference lets the worse model through, and the mistake
stays unseen until people complain: with one harmful post in a hundred, a model that never finds one is 99% accurate.

```yaml fails
framing: {task: binary classification}
data: {labels: {harmful: {positive: removed by a reviewer, positive_rate: 0.5%}}}
evaluation:
  offline: {accuracy: 99%}
```

```yaml passes
framing: {task: binary classification}
data: {labels: {harmful: {positive: removed by a reviewer, positive_rate: 0.5%}}}
evaluation:
  offline: {pr_auc: 0.6}
```

Source: the framework's fifth step; T. Saito and M. Rehmsmeier, "The Precision-Recall Plot Is More Informative than the
ROC Plot When Evaluating Binary Classifiers on Imbalanced Datasets" (2015); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import given, notes, share, show
from archkit.facts.judging import Judged
from archkit.facts.metrictasks import BETTER, misfit
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "evaluation"
PROFILES = ("interview", "production")

_RARE = Fraction(5, 100)


def applies(facts: Facts) -> bool:
    """Judge offline metrics."""
    return bool(facts.blueprint.evaluation.offline)


def check(facts: Facts) -> Iterator[Finding]:
    """Report metrics that do not fit, accuracy of rare events, and numbers out of reach."""
    for judged in facts.judging.metrics:
        yield from _fit(facts, judged) or _rare(facts, judged)
        yield from _reach(judged)
        yield from _share(judged)


def _fit(facts: Facts, judged: Judged) -> list[Finding]:
    found = misfit(judged.named, judged.tasks)
    if found is None or (found.weak and _helped(facts, judged)) or _ordinal(facts):
        return []
    alone = " alone" if found.weak else ""
    first, second = BETTER[found.task]
    message = f"`{judged.metric.id}`{alone} cannot judge {found.task}: {found.why}"
    task = facts.blueprint.framing.at("task") if found.task == facts.blueprint.framing.task else None
    severity = Severity.WARNING if found.weak else None
    pointed = () if task is None else (Note(f"the task: {found.task}", task),)
    return [Finding(judged.metric.place, message, f"use `{first}` or `{second}`", pointed, severity)]


def _helped(facts: Facts, judged: Judged) -> bool:
    """Return whether another metric of the same task is not weak, or not known."""
    others = [other for other in facts.judging.metrics if other.metric is not judged.metric]
    return any(
        misfit(other.named, other.tasks or judged.tasks) is None
        for other in others
        if not other.tasks or set(other.tasks) & set(judged.tasks)
    )


def _ordinal(facts: Facts) -> bool:
    """Return whether classes have an order, so that their distance means something."""
    texts = [facts.blueprint.framing.approach, *(learner.loss for learner in facts.labels.learners)]
    return any("ordinal" in text.lower() for text in texts)


def _rare(facts: Facts, judged: Judged) -> list[Finding]:
    rates = facts.judging.rates(judged)
    if judged.title not in ("accuracy", "error rate") or not judged.named.plain or judged.named.k or not rates:
        return []
    rate = max(rates, key=lambda one: one.value)
    if rate.value.value >= _RARE:
        return []
    right = f"{show(share(1 - rate.value.value))} = 1 − {show(rate.value)}"
    message = f"`{judged.metric.id}` cannot see {show(rate.value)} positives: always saying no is right in {right}"
    return [Finding(judged.metric.place, message, "use `pr_auc`, or recall at a fixed precision", notes(rate))]


def _reach(judged: Judged) -> list[Finding]:
    """Report recall@k that must stay low because more than k results are relevant, and precision@k with fewer."""
    relevant, target = given(judged.metric, "relevant", "relevant results of a query"), judged.metric.target
    written = judged.k
    size = written.value.value if written is not None else Fraction(judged.named.k or 0)
    if relevant is None or not size or not relevant.value.value or judged.title not in ("recall", "precision"):
        return []
    few, many = (size, relevant.value.value) if judged.title == "recall" else (relevant.value.value, size)
    most = few / many
    if most >= 1 or (most >= Fraction(1, 2) and (target is None or target.value <= most)):
        return []
    working = f"{show(share(most))} = {float(few):,.6g} / {float(many):,.6g}"
    message = f"`{judged.metric.id}` reaches {working} at most: a query has {show(relevant.value)} relevant results"
    beyond = target is not None and target.value > most
    asked = f", and {show(target)} is asked for" if target is not None and beyond else ""
    hint = "take a larger k, or judge by `ndcg@k`, which divides by the best possible order"
    pointed = notes(relevant, written, given(judged.metric, "target", "target"))
    return [Finding(judged.metric.place, message + asked, hint, pointed, None if beyond else Severity.WARNING)]


def _share(judged: Judged) -> list[Finding]:
    metric = judged.named.metric
    if metric is None or not metric.share or not judged.named.plain:
        return []
    found = []
    for name in ("target", "value", "baseline"):
        number = given(judged.metric, name, name)
        if number is not None and not 0 <= number.value.value <= 1 and number.value.dimension.name == "RATIO":
            message = f"`{judged.metric.id}` lies between 0 and 1, and its {name} is {show(number.value)}"
            hint = f"write `{show(number.value)}%`" if 1 < number.value.value <= 100 else "write a share such as 0.9"
            found.append(Finding(number.span, message, hint))
    return found
