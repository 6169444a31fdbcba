"""A tower reads what it cannot know when its vectors are computed.

Looks at the `towers` of two-tower models for retrieval. The item tower may read nothing about the user, the query or
the moment, because its vectors are computed before anybody asks, and wait in an index. The user or query tower may
read nothing about the item, because it has to give one vector per request with which the whole index is searched.
Neither may read crossed features, which exist for pairs only. A feature that is computed per request (`mode: request`)
has no value when an index is built; it is a warning in the item tower, unless both towers read it. Models that score
pairs when they are asked (rankers, and those that judge generated texts, pictures or sound) are left alone.

Two towers are quick because they meet in nothing but a dot product. One feature on the wrong side, and every item
would have to be encoded again for every request: ten billion of them.

```yaml fails
model:
  models:
    two_tower:
      role: candidate generation
      towers: {user: [user], item: [item, context]}
```

```yaml passes
model:
  models:
    two_tower:
      role: candidate generation
      towers: {user: [user, context], item: [item]}
```

Source: Covington et al. 2016; Yi et al. 2019 (two towers for retrieval); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.features import Key
from archkit.facts.places import entry_at
from archkit.facts.sides import side_of
from archkit.facts.words import listed
from archkit.model.modelling import Model
from archkit.rules import Finding
from archkit.source import Span

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

_ASKING = ("user", "query", "context")
_GENERATED = ("image generation", "text generation", "speech synthesis")


class Entry(NamedTuple):
    """One name in the list of a tower: what it stands for, and whom it describes."""

    name: str
    span: Span
    keys: tuple[Key, ...]
    sides: frozenset[str]


def applies(facts: Facts) -> bool:
    """Judge models with two towers or more."""
    return any(len(model.towers) > 1 for model in facts.blueprint.model.models.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report what stands in the wrong tower."""
    for model in facts.blueprint.model.models.values():
        task = facts.labels.task(model)
        # A ranker with towers scores each pair when it is asked for, and so does a judge of what another model made:
        # nothing has to be known beforehand.
        if len(model.towers) > 1 and task != "ranking" and (task or facts.blueprint.framing.task) not in _GENERATED:
            yield from _towers(facts, model)


def _towers(facts: Facts, model: Model) -> Iterator[Finding]:
    towers = {tower: _entries(facts, model, tower) for tower in model.towers}
    asking = [tower for tower in towers if side_of(tower) in _ASKING]
    items = [tower for tower in towers if tower not in asking]
    for tower, entries in towers.items():
        for entry in entries:
            if "cross" in entry.sides:
                yield _crossed(model, tower, entry)
    if len(asking) != 1 or not items:
        return
    # What stands in both towers of a search may well be the query: a picture to find pictures with.
    both = {e.name for item in items for e in towers[item]} if side_of(asking[0]) != "user" else set()
    yield from _asking_tower(asking[0], towers[asking[0]], items, both)
    for item in items:
        yield from _item_tower(facts, item, towers[item], {e.name for e in towers[asking[0]]}, asking[0])


def _entries(facts: Facts, model: Model, tower: str) -> list[Entry]:
    found = []
    for number, name in enumerate(model.towers[tower]):
        span = entry_at(model, number, "towers", tower)
        keys = facts.features.named(name)
        sides = {facts.features.side(key) for key in keys} or {side_of(name)}
        found.append(Entry(name, span, keys, frozenset(sides)))
    return found


def _crossed(model: Model, tower: str, entry: Entry) -> Finding:
    reads = f"the tower `{tower}` reads `{entry.name}`"
    return Finding(
        entry.span, f"{reads}, which exists for pairs only, so there is no vector of one side",
        f"give crossed features to a ranker after `{model.id}`, and keep them out of towers",
    )  # fmt: skip


def _asking_tower(tower: str, entries: list[Entry], items: list[str], both: set[str]) -> Iterator[Finding]:
    for entry in entries:
        if "item" in entry.sides and not entry.sides & {*_ASKING, "cross"} and entry.name not in both:
            yield Finding(
                entry.span,
                f"the tower `{tower}` reads `{entry.name}`, so its vector would change from item to item, "
                "and one vector could not search the index",
                f"move `{entry.name}` to the tower {listed(items, 'or')}, or to a ranker that sees both",
            )


def _item_tower(facts: Facts, tower: str, entries: list[Entry], shared: set[str], asking: str) -> Iterator[Finding]:
    for entry in entries:
        if entry.sides & set(_ASKING) and "cross" not in entry.sides and entry.name not in shared:
            yield Finding(
                entry.span,
                f"the tower `{tower}` reads `{entry.name}`, which nobody knows before a request, "
                "so its vectors cannot be put into an index",
                f"move `{entry.name}` to the tower `{asking}`, or to a ranker that sees both",
            )
        elif entry.name not in shared:
            yield from _late(facts, tower, entry)


def _late(facts: Facts, tower: str, entry: Entry) -> Iterator[Finding]:
    late = [key for key in entry.keys if facts.features.all[key].mode == ("request",)]
    if late:
        names = listed([name for _group, name in late])
        yield Finding(
            entry.span, f"the tower `{tower}` reads {names}, computed per request, when its vectors wait in the index",
            "list single features instead of the group and leave these to a ranker, or compute them with the index",
            tuple(Note(f"`{name}` is computed per request", facts.features.all[group, name].at("mode"))
                  for group, name in late),
            severity=Severity.WARNING,
        )  # fmt: skip
