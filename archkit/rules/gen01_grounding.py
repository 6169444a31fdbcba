"""Answers that should rest on documents are written without them, or without saying which.

Follows what a retriever or index finds: it has to reach the language model, and the model's answer has to be tied to
its sources afterwards, by a citation checker or by something that says so in its title, note, output or arrow. Applies
where the archetype is `rag`, or a retriever stands beside a language model.

A model that is not given the passages answers from memory, fluently. A reader who is not given the sources cannot tell
the difference, and neither can a judge who grades the answer.

```yaml fails
archetype: rag
architecture:
  lanes: {serving: {employee: user, found: retriever, writer: llm}}
  flows: [employee -> found -> writer -> employee]
```

```yaml passes
archetype: rag
architecture:
  lanes: {serving: {employee: user, found: retriever, writer: llm, sources: citation_checker}}
  flows: [employee -> found -> writer -> sources -> employee]
```

Source: own judgement.
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
    """Judge answers that rest on what is looked up."""
    generative = facts.generative
    rests = "rag" in facts.scope.archetypes or any(
        facts.graph.role(id_) == "retriever" for id_ in generative.retrievers
    )
    return bool(generative.models) and rests and facts.blueprint.architecture.whole()


def check(facts: Facts) -> Iterator[Finding]:
    """Report models that get no passages, and answers without sources."""
    generative, components = facts.generative, facts.graph.components
    if not generative.retrievers:
        first = components[generative.models[0]]
        message = f"`{first.id}` answers from memory: nothing is looked up for it"
        yield Finding(first.place, message, "add a `retriever` and an index, and an arrow from there to the model")
        return
    fed = [id_ for id_ in generative.models if id_ in generative.looked_up]
    if not fed:
        found, writer = components[generative.retrievers[0]], generative.models[0]
        message = f"what `{found.id}` finds never reaches `{writer}`"
        yield Finding(found.place, message, f"draw the way from `{found.id}` to `{writer}`, by way of the prompt")
        return
    if not any(id_ in generative.cited for id_ in fed):
        writer = fed[-1]
        message = f"nothing ties the answers of `{writer}` to the passages that they rest on"
        hint = "add a `citation_checker` behind it, or say in an `output` or label that sources come with the answer"
        yield Finding(components[writer].place, message, hint)
