"""There is no way back to the version before.

`serving.rollback` must say to what one goes back (`to`, or how many versions are kept), on which sign (`trigger`),
and who or what does it (`owner`). A missing owner alone is a warning.

A bad model is noticed within minutes, and a new one takes hours to train. What counts in between is that somebody may
decide, that the old version (with its index and its features) is still there, and that nobody has to think about it.

```yaml fails
serving:
  mode: online
  rollback: {to: previous version}
```

```yaml passes
serving:
  mode: online
  rollback: {to: previous version, trigger: p99 above 200 ms or a broken guardrail, owner: rollout controller}
```

Source: ML Test Score (Breck et al. 2017), Infra 7; AWS Well-Architected Machine Learning Lens.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_EXAMPLES = {"to": "to: previous version", "trigger": "trigger: a broken guardrail", "owner": "owner: who is on call"}


def applies(facts: Facts) -> bool:
    """Judge systems that say how they serve."""
    serving = facts.blueprint.serving
    return any(serving.written()) and not facts.scope.platform and serving.whole() and serving.whole("rollback")


def check(facts: Facts) -> Iterator[Finding]:
    """Report what the way back lacks."""
    serving = facts.blueprint.serving
    if not serving.has("rollback"):
        hint = "write `rollback: {to: previous version, trigger: a broken guardrail, owner: who is on call}`"
        yield Finding(serving.place, "nothing says how a bad version is taken back", hint)
        return
    rollback = serving.rollback
    said = {"to": rollback.has("to") or rollback.has("keep"), "trigger": rollback.has("trigger")}
    said["owner"] = rollback.has("owner")
    missing = [name for name, there in said.items() if not there]
    if missing:
        words = {"to": "to what", "trigger": "on which sign", "owner": "who does it"}
        message = f"the way back does not say {' and '.join(words[name] for name in missing)}"
        hint = f"add `{', '.join(_EXAMPLES[name] for name in missing)}`"
        severity = Severity.WARNING if missing == ["owner"] else None
        yield Finding(serving.key_at("rollback"), message, hint, (), severity)
