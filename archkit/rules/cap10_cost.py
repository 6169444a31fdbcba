"""What is planned costs more than is allowed.

Adds what follows from prices: replicas × price, accelerators × hours × price of trainings, tokens × price of language
models (for the share of requests that reaches them, where caches and routers say how much that is); and compares it
with the budgets: `total` with a month of everything, `per_request` with the tokens of a request, `training` with one
training. Whatever states no price is not counted, so the true cost is higher still.

Cost is a requirement like latency, and it multiplies in the same way: a cent for each request is fifty million dollars
a day at five billion requests.

```yaml fails
requirements:
  budget: $1M / month
architecture:
  lanes:
    inference:
      ranker: {type: ranker, replicas: 3200, price: $2 / h}
```

```yaml passes
requirements:
  budget: $5M / month
architecture:
  lanes:
    inference:
      ranker: {type: ranker, replicas: 3200, price: $2 / h}
```

Source: own judgement; AWS Well-Architected ML Lens (cost optimisation).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, show
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "requirements"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints with a budget and prices."""
    return bool(facts.cost.bills)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare what is spent with what is allowed."""
    for bill in facts.cost.bills:
        if bill.spent.value <= bill.allowed:
            continue
        spent = bill.spent.working()
        if len(spent) > 150:
            spent = f"{show(bill.spent.value)}, of which {bill.spent.formula.split(' + ')[0]}"
        message = f"{bill.spent.name.lower()}: {spent}; the budget is {show(bill.budget.value)}"
        hint = "spend less on the largest part, or raise the budget"
        yield Finding(bill.budget.span, message, hint, notes(bill.spent)[:12])
