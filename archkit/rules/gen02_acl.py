"""A search finds documents that the person who asks may not read.

Where a source or component is `restricted` (single documents have readers of their own), what is found has to be
filtered by these rights before a model or person sees it: by `acl` at the index, the retriever or anything between, or
by a filter there that speaks of rights, or by `serving.filters`.

A vector knows nothing of rights. Whoever asks the right question gets the salary list, in somebody else's words, and no
log of the document store shows that it was read.

```yaml fails
architecture:
  lanes:
    serving: {employee: user, vectors: {type: vector_db, restricted: true}, found: retriever, writer: llm}
  flows: [employee -> found, vectors -> found, found -> writer -> employee]
```

```yaml passes
architecture:
  lanes:
    serving:
      employee: user
      vectors: {type: vector_db, restricted: true, acl: filter by the groups of the user}
      found: retriever
      writer: llm
  flows: [employee -> found, vectors -> found, found -> writer -> employee]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.graph import SERVING, View
from archkit.facts.serving import CALLERS
from archkit.facts.words import begins
from archkit.model.components import Component
from archkit.model.data import DataSource
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_RIGHTS = (
    "right", "permission", "acl", "access", "entitle", "may read", "allowed", "authoris", "tenant", "trimming",
    "audience", "private", "visib",
)  # fmt: skip

_SEARCHING = frozenset(("index", "retriever"))
_ASKING = CALLERS | {"retriever", "query", "encoder", "llm", "tool"}
"""Roles whose arrows to a search carry a question."""


def applies(facts: Facts) -> bool:
    """Judge searches over documents with readers of their own."""
    return bool(_restricted(facts)) and bool(_searches(facts))


def check(facts: Facts) -> Iterator[Finding]:
    """Report searches that keep to nobody's rights."""
    if any(begins(text, *_RIGHTS) for text in facts.blueprint.serving.filters):
        return
    graph, view, about = facts.graph, _documents(facts), _restricted(facts)
    # What a model answers, or somebody asks, carries no documents into an index.
    ends = graph.with_role("entry", "llm", "agent")
    fed = view.reached([note.message for note in about if note.message in graph.components], ends)
    sources = any(note.message not in graph.components for note in about)
    filters = {each for each in graph.components if _filters(facts, each)}
    searches = _searches(facts)
    # What one search keeps back does nothing for another.
    filtered = view.reached(filters.difference(searches), graph.with_role("entry"), backwards=True)
    for id_ in searches:
        if id_ not in fed and not sources:
            continue
        # The retriever that asks an index may filter for it, and so may whatever stands behind.
        askers = {flow.source for flow in graph.into[id_] if facts.serving.answered(flow)}
        if id_ in filtered or {id_, *askers} & filters:
            continue
        held = view.reached([id_], ends, backwards=True) if len(about) > 1 else fed
        note = next((one for one in about if one.message in held), about[0])
        pointed = Note(f"documents of `{note.message}` have readers of their own", note.span)
        message = f"`{id_}` finds documents for everybody, and those of `{note.message}` have readers of their own"
        hint = "write `acl: filter by the groups of the user` where the search is filtered"
        yield Finding(graph.components[id_].place, message, hint, (pointed,))


def _documents(facts: Facts) -> View:
    """Return the ways that documents take: with what is looked up, not with questions, and not through a model."""
    graph, answered = facts.graph, facts.serving.answered
    role = graph.role
    on, back = [], []
    for flow in graph.flows:
        asks = flow.kind == "sync" and role(flow.source) in _ASKING and role(flow.target) in _SEARCHING
        if flow.kind in SERVING and not asks and role(flow.source) not in ("entry", "llm"):
            on.append(flow)
        if role(flow.source) in _ASKING and role(flow.target) != "llm" and answered(flow):
            back.append((flow.target, flow.source))
    return graph.view(on, back)


def _restricted(facts: Facts) -> list[Note]:
    """Return the names of restricted components and sources, and where that is said."""
    things: list[Component | DataSource] = [*facts.graph.components.values(), *facts.blueprint.data.sources.values()]
    return [Note(thing.id, thing.at("restricted")) for thing in things if thing.restricted]


def _searches(facts: Facts) -> list[str]:
    """Return indexes, or retrievers where there are none."""
    found = facts.graph.with_role("index") or facts.graph.with_role("retriever")
    return [id_ for id_ in found if not facts.graph.components[id_].guessed]


def _filters(facts: Facts, id_: str) -> bool:
    component = facts.graph.components[id_]
    if component.acl:
        return True
    labels = [flow.label for flow in (*facts.graph.out[id_], *facts.graph.into[id_])]
    if facts.graph.role(id_) not in _SEARCHING | {"filter"}:
        return False
    return any(begins(text, *_RIGHTS) for text in (component.title, component.note, *labels))
