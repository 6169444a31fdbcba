"""Nothing says why rules would not do.

Looks for `framing.why_ml`.

A rule is cheaper, faster, explainable and done this week. Machine learning needs a reason: too many cases for rules, a
taste that differs from person to person, a world that changes faster than rules are written. To say it in a sentence
also says what the model must be good at, and what stays with rules.

```yaml fails
framing: {task: binary classification, input: mail, output: spam or not}
```

```yaml passes
framing:
  why_ml: Spammers change their words every day, faster than anybody writes rules
  task: binary classification
  input: mail
  output: spam or not
```

Source: Google's Rules of ML, rules 1 and 3; the framework's second step.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "framing"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge a framing, but not that of a platform, which frames nothing itself."""
    framing = facts.blueprint.framing
    return bool(facts.blueprint.names("framing")) and framing.whole() and not facts.scope.platform


def check(facts: Facts) -> Iterator[Finding]:
    """Report a framing without a reason."""
    framing = facts.blueprint.framing
    if not framing.has("why_ml"):
        yield Finding(
            framing.place, "the framing does not say why rules would not do",
            "write `why_ml:` with what makes rules fail: too many cases, tastes that differ, a world that changes",
        )  # fmt: skip
