"""New users or new items get no score.

For systems that rank or retrieve. Users (where results are personal) and items each need a way to a score before
anybody knows anything about them: an entry in `serving.cold_start`, or features that exist from the first moment
(text, picture, place, category, time) besides ids, histories and graphs. If all features of one side are of the
latter kind and nothing else is said, that is an error; if nothing is said at all, a warning. An index that no source
of items fills, only training, is an error unless `cold_start` says what new items get.

Every user was new once, and so was every item. What they see on that day decides whether there is a second one.

```yaml fails
archetype: recommendation
requirements: {personalised: true}
data:
  features:
    user:
      user_id: id
      watch_history: sequence
    item:
      title: text
serving: {mode: online}
```

```yaml passes
archetype: recommendation
requirements: {personalised: true}
data:
  features:
    user:
      user_id: id
      watch_history: sequence
    item:
      title: text
serving:
  mode: online
  cold_start: {user: "popular items of the country, until five were watched"}
```

Source: the framework's sixth step (cold start); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import DATA_ORIGINS, LEARNED
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.serving import CALLERS
from archkit.facts.sides import side_of
from archkit.facts.words import listed
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_LEARNED_LATER = frozenset(("id", "sequence", "embedding", "graph", "cross"))
_ASKING = (LEARNED | CALLERS | {"query", "merger", "retriever", "reranker", "filter"}) - {"predictor"}


def applies(facts: Facts) -> bool:
    """Judge systems that rank or retrieve, and say how they serve."""
    serving = facts.blueprint.serving
    return facts.scope.ranks and any(serving.written()) and serving.whole() and facts.blueprint.data.whole("features")


def check(facts: Facts) -> Iterator[Finding]:
    """Report sides without a first score."""
    covered = _covered(facts)
    silent = []
    for side in _sides(facts):
        if side in covered:
            continue
        keys = [key for key in facts.features.all if facts.features.side(key) == side]
        if not keys:
            silent.append(side)
        elif all(facts.features.all[key].type in _LEARNED_LATER for key in keys):
            group = keys[0][0]
            names = listed([name for _group, name in keys])
            severity = Severity.WARNING if facts.blueprint.serving.has("fallback") else None
            verb = "says" if len(keys) == 1 else "say"
            message = f"a new {side} gets no score: {names} {verb} nothing about one that is new"
            hint = f"add a feature that exists at once, or write `cold_start: {{{side}: what a new {side} gets}}`"
            yield Finding(facts.blueprint.data.key_at("features", group), message, hint, (), severity)
    if silent:
        message = f"nothing says what {' and '.join(f'new {side}s' for side in silent)} get"
        hint = f"write `cold_start: {{{', '.join(f'{side}: …' for side in silent)}}}`"
        yield Finding(facts.blueprint.serving.place, message, hint, (), Severity.WARNING)
    if "item" not in covered:
        yield from _indexes(facts)


def _sides(facts: Facts) -> list[str]:
    """Return who can be new: items, and users where results are personal."""
    needs = facts.blueprint.requirements
    sides = {facts.features.side(key) for key in facts.features.all}
    personal = needs.personalised if needs.has("personalised") else "user" in sides
    return ["user", "item"] if personal else ["item"]


def _covered(facts: Facts) -> set[str]:
    """Return the sides that `cold_start` speaks of; a name that tells no side may mean both."""
    found: set[str] = set()
    for name in facts.blueprint.serving.cold_start:
        side = side_of(name)
        found.update({side} if side in ("user", "item") else {"user", "item"})
    return found


def _indexes(facts: Facts) -> Iterator[Finding]:
    """Report indexes that only training fills."""
    graph = facts.graph
    closed = graph.with_role(*_ASKING, "trainer", "registry")
    origins = [id_ for id_ in graph.with_role(*DATA_ORIGINS) if id_ not in closed]
    fed = graph.whole.reached(origins, closed)
    for id_ in graph.with_role("index"):
        component = graph.components[id_]
        fillers = [flow for flow in graph.into[id_] if graph.role(flow.source) in ("indexer", "trainer", "registry")]
        if fillers and id_ not in fed and not component.guessed:
            notes = (Note("it is filled from here", graph.components[fillers[0].source].place),)
            hint = (
                f"draw how new items get in, as `new_items ~> {fillers[0].source}`, or write `cold_start: {{item: …}}`"
            )
            yield Finding(component.place, f"no source of items leads to `{id_}`, only training", hint, notes)
