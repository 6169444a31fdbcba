"""Personal data are kept or given away without purpose, retention or access rules.

Wherever something is marked `pii: true` and keeps data or belongs to another company, it must say what the data are
for (`purpose`), for how long (`retention`) and who may read them (`access`). That holds for sources of data, for
stores, streams and logs of the picture, and for those that an arrow with `pii: true` leads to. Personal data that go
from a marked component to another company without such an arrow are a warning. Behind a component that anonymises,
nothing is asked.

Data without a purpose are kept for ever, because nobody dares to delete them. Then they leak, or a regulator asks.

```yaml fails
data:
  sources:
    orders: {kind: table, pii: true, purpose: fraud detection}
```

```yaml passes
data:
  sources:
    orders: {kind: table, pii: true, purpose: fraud detection, retention: 400 d, access: training jobs}
```

Source: ML Test Score (Breck et al. 2017), Data 5: privacy controls; AWS Well-Architected Machine Learning Lens,
security; GDPR, article 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.catalog import LOGS, STORES
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import arrow
from archkit.rules import Finding

if TYPE_CHECKING:
    from archkit.model.components import Component
    from archkit.model.data import DataSource

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")

_KEEPS = STORES | LOGS | {"stream", "source", "third_party"}
_EXAMPLES = {"purpose": "purpose: what for", "retention": "retention: 180 d", "access": "access: who may read"}


def applies(facts: Facts) -> bool:
    """Judge whatever marks personal data."""
    return bool(facts.blueprint.data.sources or facts.graph.components)


def check(facts: Facts) -> Iterator[Finding]:
    """Report what does not say why, how long and for whom."""
    for source in facts.blueprint.data.sources.values():
        if (source.pii or source.has_personal_columns) and source.whole() and (missing := _missing(source)):
            yield Finding(source.place, f"`{source.id}` holds personal data without {_said(missing)}", _hint(missing))
    graph = facts.graph
    reported = set()
    for id_, component in graph.components.items():
        keeps = graph.role(id_) in _KEEPS or component.third_party
        if component.pii and keeps and component.whole() and (missing := _missing(component)):
            reported.add(id_)
            yield Finding(component.place, f"`{id_}` keeps personal data without {_said(missing)}", _hint(missing))
    yield from _arrows(facts, reported)


def _arrows(facts: Facts, reported: set[str]) -> Iterator[Finding]:
    graph = facts.graph
    for flow in graph.flows:
        target, source = graph.components[flow.target], graph.components[flow.source]
        foreign = target.third_party or graph.role(flow.target) == "third_party"
        marked = flow.pii or (source.pii and foreign and not flow.has("pii"))
        if not marked or flow.target in reported or not target.whole() or graph.role(flow.source) == "privacy":
            continue
        missing = _missing(target)
        if missing and (foreign or graph.role(flow.target) in _KEEPS):
            who = "another company" if foreign else f"`{flow.target}`"
            message = f"personal data go to {who} without {_said(missing)}"
            hint = f"{_hint(missing)} at `{flow.target}`; if none are sent, say `pii: false` at the arrow"
            notes = (Note(f"`{flow.target}` is declared here", target.place),)
            yield Finding(arrow(flow), message, hint, notes, None if flow.pii else Severity.WARNING)


def _missing(record: DataSource | Component) -> list[str]:
    return [name for name in _EXAMPLES if not record.has(name)]


def _said(missing: list[str]) -> str:
    words = {"purpose": "a purpose", "retention": "a time of retention", "access": "rules of access"}
    return " and ".join(words[name] for name in missing)


def _hint(missing: list[str]) -> str:
    return f"add `{', '.join(_EXAMPLES[name] for name in missing)}`"
