"""Candidates of several sources meet where nothing removes duplicates.

Looks at each component that is reached by the candidates of two or more sources: it should be a `candidate_merger`, or
state how much it drops as duplicates (`dedup`).

Popular items come from every source at once. Where nobody joins the lists, they are scored several times, take several
of the places that are few enough, and the scores of different sources, which mean different things, are compared as if
they were one.

```yaml fails
architecture:
  lanes:
    inference:
      viewer: user
      followed: {type: candidate_generator, out: 1000}
      nearest: {type: candidate_generator, out: 1000}
      ranker: {type: ranker, in: 2000, out: 20}
  flows: [viewer -> followed & nearest -> ranker -> viewer]
```

```yaml passes
architecture:
  lanes:
    inference:
      viewer: user
      followed: {type: candidate_generator, out: 1000}
      nearest: {type: candidate_generator, out: 1000}
      merge: {type: candidate_merger, in: 2000, out: 1500, dedup: 25%}
      ranker: {type: ranker, in: 1500, out: 20}
  flows: [viewer -> followed & nearest -> merge -> ranker -> viewer]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import listed
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints in which candidates of several sources meet."""
    return bool(facts.funnel.joins)


def check(facts: Facts) -> Iterator[Finding]:
    """Report where they meet and are not joined."""
    components = facts.graph.components
    for id_, sources in facts.funnel.joins.items():
        component = components[id_]
        if facts.graph.role(id_) == "merger" or component.has("dedup") or component.guessed:
            continue
        message = f"candidates of {listed(sources)} meet in `{id_}`, and nothing says that duplicates are removed"
        hint = f"put a `candidate_merger` before `{id_}`, or state its `dedup`"
        yield Finding(
            component.place, message, hint, tuple(Note(f"`{each}`", components[each].place) for each in sources)
        )
