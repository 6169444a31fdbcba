"""What strangers write reaches a model that can act, and nothing screens it on the way.

Looks at components that return what strangers can write (`untrusted: true`, and searches and crawlers of the open web
that do not say `untrusted: false`), and at language models and agents from which a component with `side_effects: true`
can be called. On every way from the one to the other there has to stand a guard.

A model cannot tell data from orders: a product review, a web page or a mail that says what to do next is obeyed as the
user is. Together with tools that act, it gives everybody who can write a review the rights of whoever the model works
for. A screen does not catch all of it, so rights and approvals (GEN05) are needed too.

```yaml fails
archetype: agent
architecture:
  lanes:
    serving:
      traveller: user
      agent: agent_orchestrator
      web: web_search
      booking: {type: tool, side_effects: true, approval: the traveller}
  flows: [traveller -> agent, agent -> web, agent -> booking]
```

```yaml passes
archetype: agent
architecture:
  lanes:
    serving:
      traveller: user
      agent: agent_orchestrator
      web: web_search
      screen: guardrail
      booking: {type: tool, side_effects: true, approval: the traveller}
  flows: [traveller -> agent, agent -> web -> screen -> agent, agent -> booking]
```

Source: K. Greshake and others, Not What You've Signed Up For: Compromising Real-World LLM-Integrated Applications with
Indirect Prompt Injection, 2023; OWASP Top 10 for Large Language Model Applications (prompt injection).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge models that can act and read what strangers write."""
    return bool(facts.generative.untrusted) and bool(facts.generative.acting)


def check(facts: Facts) -> Iterator[Finding]:
    """Report what reaches such a model past every guard."""
    acting = facts.generative.acting[0]
    for source in facts.generative.untrusted:
        way = facts.generative.able(source.id)
        if len(way) > 1:
            message = (
                f"strangers write what `{source.id}` returns, and it reaches `{way[-1]}`, which can act, unscreened"
            )
            hint = "put a `guardrail` on the way back; if only your own people write there, say `untrusted: false`"
            note = Note(f"`{acting.id}` has side effects", acting.at("side_effects"))
            yield Finding(source.place, message, hint, (note,))
