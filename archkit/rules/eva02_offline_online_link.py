"""What is measured before a release says nothing about what the release is for.

Follows the chain from offline metrics to the goal: each offline metric `predicts` an online metric or objective (or
says in `because` what else it is for), one online metric is marked as the `goal`, and at least one offline metric leads
to it. It is also reported where an evaluation has no offline or no online metrics at all.

Between offline and online lies the most common disappointment of the trade: the offline number rises and the product
does not. It can only be found, and the offline metric be replaced, where somebody wrote down what should have followed.

```yaml fails
evaluation:
  offline: {ndcg@20: {target: 0.4, predicts: click_rate}}
  online: {watch_time: {goal: true}, click_rate: {}}
```

```yaml passes
evaluation:
  offline: {ndcg@20: {target: 0.4, predicts: watch_time}}
  online: {watch_time: {goal: true}, click_rate: {}}
```

Source: the framework's fifth step (offline and online metrics belong together); ML Test Score (Breck et al. 2017),
"offline proxy metrics correlate with online impact".
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import listed
from archkit.model.evaluation import OnlineMetric
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge designs with an evaluation."""
    return bool(facts.blueprint.evaluation) and not facts.blueprint.evaluation.partial


def check(facts: Facts) -> Iterator[Finding]:
    """Report a side without metrics, a goal that nothing predicts, and metrics that predict nothing."""
    evaluation = facts.blueprint.evaluation
    sides = (
        ("offline", "before a release", "offline: {ndcg@20: {target: 0.4, predicts: watch_time}}"),
        ("online", "on live traffic", "online: {watch_time: {goal: true}}"),
    )
    missing = [side for side in sides if not getattr(evaluation, side[0]) and evaluation.whole(side[0])]
    for name, when, example in missing:
        yield Finding(
            evaluation.key_at(name), f"nothing is measured {when}: there are no {name} metrics", f"write `{example}`"
        )
    # A platform predicts nothing: what it measures offline is its own quality.
    if evaluation.offline and evaluation.online and not facts.scope.platform:
        yield from _goals(facts)
        yield from _idle(facts)


def _goals(facts: Facts) -> Iterator[Finding]:
    evaluation = facts.blueprint.evaluation
    goals = [metric for metric in evaluation.online.values() if metric.goal]
    if not goals and len(evaluation.online) == 1:
        goals = list(evaluation.online.values())
    if not goals:
        names = listed(list(evaluation.online), "or")
        yield Finding(
            evaluation.key_at("online"),
            f"none of the {len(evaluation.online)} online metrics is the goal",
            f"write `goal: true` at the one that stands for the business goal: {names}",
        )
    reached = _reached(facts)
    for goal in goals:
        if goal.id not in reached:
            yield _unforeseen(goal, listed(list(evaluation.offline), "or"))


def _unforeseen(goal: OnlineMetric, names: str) -> Finding:
    message = f"no offline metric predicts `{goal.id}`, so nothing tells before a release whether it will rise"
    return Finding(goal.place, message, f"write `predicts: {goal.id}` at the one that should move with it: {names}")


def _reached(facts: Facts) -> set[str]:
    """Return all names that offline metrics predict, and the goals where one of them is the chosen objective."""
    evaluation, objectives = facts.blueprint.evaluation, facts.blueprint.framing.objectives
    found = {name for metric in evaluation.offline.values() for name in metric.predicts} | set(evaluation.offline)
    if any(name in objectives and objectives[name].chosen for name in found):
        found.update(metric.id for metric in evaluation.online.values() if metric.goal)
    return found


def _idle(facts: Facts) -> Iterator[Finding]:
    evaluation = facts.blueprint.evaluation
    live = {*evaluation.online, *evaluation.guardrails}
    for metric in evaluation.offline.values():
        if metric.predicts or metric.because or metric.id in live or not metric.whole() or metric.has("predicts"):
            continue
        goal = next((each.id for each in evaluation.online.values() if each.goal), next(iter(evaluation.online)))
        yield Finding(
            metric.place,
            f"`{metric.id}` stands for no online metric",
            f"write `predicts: {goal}`, or `because:` what else it is for",
            severity=Severity.WARNING,
        )
