"""A model may change the world outside, and nothing holds it back.

Looks at components with `side_effects: true` that a language model or agent can call. On every way there has to stand a
person, a filter by rules or a guard; or the tool, or whoever calls it, has an `approval` or a list of what alone is
allowed (`allow`); or the tool has a `budget`. What a model or agent itself may cost (its own `budget`) limits tokens,
and nothing that it does.

A model that reads mails can be told by a mail to send one. What it may do is decided by what it can reach, and not by
what its prompt asks of it.

```yaml fails
archetype: agent
architecture:
  lanes: {serving: {traveller: user, agent: agent_orchestrator, booking: {type: tool, side_effects: true}}}
  flows: [traveller -> agent -> booking]
```

```yaml passes
archetype: agent
architecture:
  lanes:
    serving:
      traveller: user
      agent: agent_orchestrator
      booking: {type: tool, side_effects: true, approval: the traveller}
  flows: [traveller -> agent -> booking]
```

Source: OWASP Top 10 for Large Language Model Applications (excessive agency); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge what models can call and what changes something."""
    return bool(facts.generative.acting)


def check(facts: Facts) -> Iterator[Finding]:
    """Report tools that nothing holds back."""
    for tool in facts.generative.acting:
        way = facts.generative.unchecked(tool.id)
        if len(way) > 1:
            message = f"`{way[0]}` may call `{tool.id}`, which changes something outside, and nobody has to agree"
            hint = "write `approval:`, `allow:` or `budget:` at the tool, or put a person before it"
            note = Note(f"`{tool.id}` has side effects", tool.at("side_effects"))
            yield Finding(tool.place, message, hint, (note,))
