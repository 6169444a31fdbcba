"""The one thing that is optimised can be had without doing anybody good.

Looks at the chosen objective (and at the online metric that is the goal) for what is known to be gamed: clicks, watched
time, completions, opens, likes, installs and the like. It passes where a `counter_metric` shows the gaming, several
objectives are chosen, or a guardrail of kind `harm` or `quality` stands by.

Whatever becomes the target is gamed, first by the model and then by those who publish: clicks reward bait, minutes
reward length, completions reward the short. A second number that falls when the first is gamed costs nothing.

```yaml fails
framing:
  objectives: {clicks: {chosen: true, because: they are many}}
```

```yaml passes
framing:
  objectives: {clicks: {chosen: true, because: they are many, counter_metric: hide_rate}}
evaluation:
  online: {hide_rate: {}}
```

Source: Google's Rules of ML (Zinkevich), rules 13 and 39; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.model.evaluation import OnlineMetric
from archkit.model.framing import Objective
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "framing"
PROFILES = ("interview", "production")

_GAMED: tuple[tuple[str, str, str], ...] = (
    ("click, ctr", "rewards misleading titles", "hide_rate"),
    ("watch time, watched minutes, viewing time", "rewards long items and players left running", "regret"),
    ("time spent, time on, dwell, session length, screen time", "rewards what people cannot stop doing", "regret"),
    ("completion, completed watch, finish", "favours short items", "short_item_share"),
    ("open rate, opens", "rewards alarming subject lines", "unsubscribe_rate"),
    ("like, reaction, comment, share rate, engagement", "rewards outrage", "hide_rate"),
    ("install, sign up, registration", "counts people who leave the next day", "retention"),
    ("view, impression", "rewards showing more, whatever it is", "hide_rate"),
)  # fmt: skip
# What begins like one of the above, and is none of it.
_GOOD = ("valued", "satisf", "worth", "harmful", "missed", "relevant", "likeness", "similar", "likelihood", "review")


def applies(facts: Facts) -> bool:
    """Judge designs with one chosen objective, or one goal."""
    return _target(facts) is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Report an objective that is known to be gamed and has nothing beside it."""
    target = _target(facts)
    evaluation = facts.blueprint.evaluation
    if target is None or any(guard.kind in ("harm", "quality") for guard in evaluation.guardrails.values()):
        return
    named = {target.id, *(metric.id for metric in evaluation.online.values() if metric.goal)}
    if target.has("counter_metric") or any(
        metric.has("counter_metric") for id_, metric in evaluation.online.items() if id_ in named
    ):
        return
    for stems, why, counter in _GAMED:
        if begins(target.id, *stems.split(", ")) and not begins(target.id, *_GOOD):
            message = f"`{target.id}` is all that is optimised, and it {why}"
            hint = f"add a metric that shows it, such as `counter_metric: {counter}`, or choose a nobler objective"
            yield Finding(target.place, message, hint)
            return


def _target(facts: Facts) -> Objective | OnlineMetric | None:
    """Return the only chosen objective, else the only online goal; None where there is none, or several."""
    objectives = facts.blueprint.framing.objectives.values()
    chosen = [objective for objective in objectives if objective.chosen]
    goals = [metric for metric in facts.blueprint.evaluation.online.values() if metric.goal]
    found: list[Objective | OnlineMetric] = [*chosen] or [*goals]
    return found[0] if len(found) == 1 else None
