"""Queries are encoded with another version of the encoder than the items of the index.

Compares each index with what asks it, and with what fills it: the `encoder_version` of the components, or else of the
models that they serve (`serves`, `encoder`), or else the `version` of the same model that both run. Also compares the
length of the vectors: `dim` of the index with `embedding.dim` of the encoder. A cache that is searched by vectors (it
names its `encoder` or `encoder_version`) is an index too.

Each training turns the space of vectors round in its own way. A query of today's encoder finds among yesterday's items
whatever lies there by chance: no error, no alarm, plausible results that have nothing to do with the query. So encoder
and index are released as a pair, and carry one number.

```yaml fails
architecture:
  lanes:
    serving:
      query_encoder: {type: query_encoder, encoder_version: enc-8}
      index: {type: ann_index, encoder_version: enc-7}
  flows:
    - query_encoder -> index
```

```yaml passes
architecture:
  lanes:
    serving:
      query_encoder: {type: query_encoder, encoder_version: enc-8}
      index: {type: ann_index, encoder_version: enc-8}
  flows:
    - query_encoder -> index
```

Source: own judgement, after public reports on embedding version skew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.model.components import Component
from archkit.rules import Finding
from archkit.source import Span

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("sketch", "interview", "production")

_ASKS = frozenset(("encoder", "candidate_source", "retriever", "predictor", "light_predictor", "service", "query"))
_FILLS = frozenset(("indexer",))


class Version(NamedTuple):
    """The encoder behind a component: whose version it is, which, and where that is written."""

    of: str
    text: str
    span: Span


def applies(facts: Facts) -> bool:
    """Judge indexes in the architecture, and caches that are searched by vectors."""
    return bool(_indexes(facts))


def _indexes(facts: Facts) -> list[str]:
    caches = facts.graph.with_role("cache")
    known = (facts.graph.components[id_] for id_ in caches)
    return [*facts.graph.with_role("index"), *(one.id for one in known if one.encoder or one.encoder_version)]


def check(facts: Facts) -> Iterator[Finding]:
    """Report indexes whose vectors are of another encoder than the queries."""
    for id_ in _indexes(facts):
        index = facts.graph.components[id_]
        fillers = _beside(facts, id_, _FILLS)
        for filler in fillers:
            yield from _differ(facts, index, filler, f"`{filler.id}` fills `{id_}`")
        own = index if _versions(facts, index) else next((f for f in fillers if _versions(facts, f)), None)
        for asker in _beside(facts, id_, _ASKS):
            if own is not None:
                yield from _differ(facts, own, asker, f"`{asker.id}` asks `{id_}`")
        yield from _length(facts, index, [index, *fillers, *_beside(facts, id_, _ASKS)])


def _beside(facts: Facts, id_: str, roles: frozenset[str]) -> list[Component]:
    """Return the components of some roles that an arrow joins with an index, either way."""
    graph = facts.graph
    ids = [*(flow.source for flow in graph.into[id_]), *(flow.target for flow in graph.out[id_])]
    return [graph.components[other] for other in dict.fromkeys(ids) if graph.role(other) in roles]


def _versions(facts: Facts, component: Component) -> dict[str, Version]:
    """Return the encoder versions that are written for a component, by what they are comparable with.

    An ``encoder_version`` is comparable with any other; the ``version`` of a model only with that of the same model.
    """
    found: dict[str, Version] = {}
    models = facts.blueprint.model.models
    names = [name for name in (component.encoder, *component.serves) if name in models]
    if component.encoder_version:
        found["encoder"] = Version(component.id, component.encoder_version, component.at("encoder_version"))
    elif len(names) == 1 and models[names[0]].encoder_version:
        model = models[names[0]]
        found["encoder"] = Version(model.id, model.encoder_version, model.at("encoder_version"))
    # An index has a version of its own, which counts its builds.
    if len(names) == 1 and component.version and facts.graph.role(component.id) != "index":
        found[names[0]] = Version(component.id, component.version, component.at("version"))
    return found


def _differ(facts: Facts, first: Component, second: Component, how: str) -> Iterator[Finding]:
    ours, theirs = _versions(facts, first), _versions(facts, second)
    common = next((kind for kind in ours if kind in theirs), None)
    if common is None or _same(ours[common].text, theirs[common].text):
        return
    old, new = ours[common], theirs[common]
    wrong = f"one has vectors of `{new.text}` and the other of `{old.text}`: their distances mean nothing"
    hint = f"release both as a pair: encode the items with `{new.text}`, or stay at `{old.text}` until that is done"
    yield Finding(new.span, f"{how}, but {wrong}", hint, (Note(f"`{old.of}` is at `{old.text}`", old.span),))


def _same(first: str, second: str) -> bool:
    return first.strip().lower().removeprefix("v") == second.strip().lower().removeprefix("v")


def _length(facts: Facts, index: Component, around: list[Component]) -> Iterator[Finding]:
    """Report an index whose vectors are longer or shorter than its encoder's."""
    models = facts.blueprint.model.models
    if index.dim is None:
        return
    for component in around:
        for name in dict.fromkeys((component.encoder, *component.serves)):
            dim = models[name].embedding.dim if name in models else None
            if dim is not None and dim != index.dim:
                wrong = f"`{index.id}` holds vectors of {show(index.dim)} numbers, `{name}` makes {show(dim)}"
                note = Note(f"the vectors of `{name}`", models[name].at("embedding", "dim"))
                yield Finding(
                    index.at("dim"), wrong, f"write `dim: {show(dim)}`, or the length that both have", (note,)
                )
                return
