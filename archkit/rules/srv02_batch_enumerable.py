"""Predictions are made in batches for inputs that nobody can list.

Batch predictions can be made only for inputs that are known when the job runs: all users, all items, all pairs of a
short list. It reports `mode: batch` alone beside `enumerable_inputs: false`. Where that is not said, it warns for
search, question answering and agents, whose inputs are what people type.

Whatever a user types, photographs or says cannot be looked up in a table that was made last night.

```yaml fails
framing: {task: retrieval, input: [query], enumerable_inputs: false}
serving: {mode: batch, batch: 1 d}
```

```yaml passes
framing: {task: retrieval, input: [query], enumerable_inputs: false}
serving: {mode: online}
```

Source: Chip Huyen, "Designing Machine Learning Systems" (2022), batch and online prediction.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_TYPED = frozenset(("search", "rag", "agent"))


def applies(facts: Facts) -> bool:
    """Judge systems that predict in batches only."""
    return facts.scope.batch


def check(facts: Facts) -> Iterator[Finding]:
    """Report batches over inputs that are not known beforehand."""
    framing, serving = facts.blueprint.framing, facts.blueprint.serving
    hint = "write `mode: online`, or `hybrid` with a table for the frequent inputs"
    if framing.has("enumerable_inputs"):
        if not framing.enumerable_inputs:
            note = Note("the inputs cannot be listed", framing.at("enumerable_inputs"))
            message = "predictions are made in batches only, and their inputs are not known beforehand"
            yield Finding(serving.at("modes"), message, hint, (note,))
    elif (kinds := _TYPED & facts.scope.archetypes) and framing.input_space is None:
        kind = sorted(kinds)[0]
        message = f"predictions are made in batches only, but the inputs of {kind} are what people type"
        more = f"{hint}; if all inputs are known, say `enumerable_inputs: true` under `framing`"
        yield Finding(serving.at("modes"), message, more, (), Severity.WARNING)
