"""Predictions are not recorded with the version of the model that made them.

Looks for a log of predictions in `monitoring.feedback.log`, in `logs` of components and in the architecture, and in it
(or in the columns of a source) for a version: of the model, the prompt, the index.

Every question about a bad week begins with "which model was that?". Without the version, a log cannot compare two
models, join a label to the right one, or show after a rollback that things are better.

```yaml fails
monitoring: {feedback: {log: [impressions, scores]}}
```

```yaml passes
monitoring: {feedback: {log: [impressions, scores, model version]}}
```

Source: AWS Well-Architected Machine Learning Lens (lineage and traceability); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import LOGS
from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "monitoring"
PROFILES = ("interview", "production")

_VERSION = ("version", "release", "build", "revision", "checkpoint", "model id", "model hash")


def applies(facts: Facts) -> bool:
    """Judge designs with monitoring that predict something."""
    monitoring = facts.blueprint.monitoring
    return bool(monitoring) and monitoring.whole() and not facts.scope.platform


def check(facts: Facts) -> Iterator[Finding]:
    """Report a missing log, and a log without versions."""
    monitoring, graph = facts.blueprint.monitoring, facts.graph
    feedback = monitoring.feedback
    if not feedback.whole() or not feedback.whole("log"):
        return
    logs = [component for id_, component in graph.components.items() if component.logs or graph.role(id_) in LOGS]
    columns = [column for source in facts.blueprint.data.sources.values() for column in source.columns]
    # What a log of the picture holds beyond its name is its `note` and `logs`.
    said = [*feedback.log, *columns]
    said += [text for component in logs for text in (*component.logs, component.note)]
    said += [flow.label for component in logs for flow in graph.into[component.id]]
    if not feedback.log and not logs:
        message = "nothing records what was predicted"
        shown = "impressions" if facts.scope.ranks else "inputs"
        yield Finding(
            monitoring.key_at("feedback"), message, f"write `feedback: {{log: [{shown}, scores, model version]}}`"
        )
    elif not any(begins(text, *_VERSION) for text in said):
        where = feedback.key_at("log") if feedback.log else logs[0].place
        message = "predictions are recorded without the version of the model that made them"
        yield Finding(where, message, "add `model version` to the log")
