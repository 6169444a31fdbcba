"""People reach a language model, or its words reach people, past every guard.

Looks for a way from whoever asks to the model that passes no guard, and for a way from the model back that passes
neither a guard nor a citation checker, filter or person. A service that asks a guard counts as one, and so does a
component whose title or note says that it guards or moderates. What stands in for a model that does not answer (an
arrow of kind `fallback`) says words of its own, and counts only where it is a language model itself.

What people type is read as an instruction, and so is what they paste. What the model writes goes out in the name of the
company: secrets from its prompt, insults, a price that does not exist.

```yaml fails
archetype: generation
architecture:
  lanes: {serving: {seller: user, gateway: api_gateway, writer: llm}}
  flows: [seller -> gateway -> writer -> seller]
```

```yaml passes
archetype: generation
architecture:
  lanes: {serving: {seller: user, gateway: api_gateway, before: guardrail, writer: llm, after: guardrail}}
  flows: [seller -> gateway -> before -> writer -> after -> seller]
```

Source: OWASP Top 10 for Large Language Model Applications (prompt injection, improper output handling); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge language models that somebody asks."""
    graph = facts.graph
    people = [id_ for id_ in facts.serving.askers if not graph.components[id_].guessed]
    return bool(facts.generative.models) and bool(people) and facts.blueprint.architecture.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report ways into and out of models that pass no guard."""
    generative, components = facts.generative, facts.graph.components
    for id_ in generative.models:
        way = generative.unguarded_in(id_)
        if len(way) > 1:
            message = f"{_words(way)} passes no guard, so whatever is typed becomes an instruction of `{id_}`"
            hint = "put a `guardrail` before the model"
            yield Finding(components[id_].place, message, hint)
        way = generative.unguarded_out(id_)
        if len(way) > 1:
            message = f"{_words(way)} passes no guard, so whatever `{id_}` writes is said to people"
            hint = "put a `guardrail` behind the model, or a `citation_checker` that drops what has no source"
            yield Finding(components[id_].place, message, hint)


def _words(way: list[str]) -> str:
    ids = way if len(way) < 6 else [*way[:2], "…", *way[-2:]]
    return f"the way `{' -> '.join(ids)}`"
