"""A language model cannot write its answer in the time that is left.

Computes time to the first token + tokens written / tokens per second of each language model that a request waits for,
and compares it with the latency that is required end to end.

Tokens come one after the other: 400 tokens at 60 a second are seven seconds, however large the machine. If users see
the answer grow, the time to the first token is what they wait for: then the requirement should say so. If another
program waits for the whole answer, it needs fewer tokens, a smaller model, or no deadline.

```yaml fails
requirements: {latency: {p99: 2 s}}
architecture:
  lanes:
    serving:
      user: user
      writer: {type: llm, ttft: 400 ms, tokens_per_second: 60, tokens_out: 400}
  flows: [user -> writer -> user]
```

```yaml passes
requirements: {latency: {p99: 10 s}}
architecture:
  lanes:
    serving:
      user: user
      writer: {type: llm, ttft: 400 ms, tokens_per_second: 60, tokens_out: 400}
  flows: [user -> writer -> user]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, show
from archkit.facts.latency import generation
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints that require a latency."""
    return facts.timing.slo is not None


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the time of each answer with what is required."""
    slo = facts.timing.slo
    assert slo is not None  # noqa: S101 - see applies
    for id_ in facts.path.order:
        time = generation(facts.graph.components[id_])
        if time is not None and time.value > slo.value:
            message = f"`{id_}` writes for {time.working()}, and the whole request may take {show(slo.value)}"
            hint = "let it write fewer tokens, choose a faster model, or state the limit for `first_token` instead"
            yield Finding(facts.graph.components[id_].at("tokens_out"), message, hint, notes(time, slo))
