"""Vectors are searched without an index.

For candidate generators that serve a model with an embedding (or with towers) over more than a million items, looks for
an index of nearest neighbours: a component of type `ann_index` or `vector_db`, or a word about one (`index`, `tech` or
`note` of the generator: HNSW, IVF, FAISS…).

Comparing one vector with a million is some ten milliseconds of a core, with a billion ten seconds, for each request. An
index finds nearly the same neighbours by looking at a thousandth of them; but it has to be built, kept fresh, and held
in memory, so it is a component like any other.

```yaml fails
archetype: recommendation
model:
  models:
    two_tower: {embedding: {dim: 128}, towers: {user: [user], item: [item]}}
architecture:
  lanes:
    inference:
      viewer: user
      candidates: {type: candidate_generator, in: 10M, out: 1000, serves: two_tower}
  flows: [viewer -> candidates -> viewer]
```

```yaml passes
archetype: recommendation
model:
  models:
    two_tower: {embedding: {dim: 128}, towers: {user: [user], item: [item]}}
architecture:
  lanes:
    inference:
      viewer: user
      candidates: {type: candidate_generator, in: 10M, out: 1000, serves: two_tower}
      ann: {type: ann_index, items: 10M, dim: 128}
  flows:
    - viewer -> candidates -> viewer
    - ann -> candidates
```

Source: own judgement; J. Johnson and others, Billion-scale Similarity Search with GPUs, 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import given, notes, show
from archkit.facts.words import mentions
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

MANY = 1_000_000
"""Items from which comparing with each takes too long."""

_WORDS = (
    "ann", "hnsw", "ivf", "faiss", "scann", "annoy", "milvus", "qdrant", "pinecone", "weaviate", "vespa", "pgvector",
    "lsh", "nearest neighbour index", "approximate", "diskann", "elasticsearch", "opensearch",
)  # fmt: skip


def applies(facts: Facts) -> bool:
    """Judge systems that retrieve items and have no index."""
    types = {component.type for component in facts.graph.components.values()}
    return facts.scope.ranks and not types & {"ann_index", "vector_db"}


def check(facts: Facts) -> Iterator[Finding]:
    """Report candidate generators that would have to compare with everything."""
    models = facts.blueprint.model.models
    for id_ in facts.graph.with_role("candidate_source"):
        component = facts.graph.components[id_]
        embedding = [
            name for name in component.serves if name in models and (models[name].embedding or models[name].towers)
        ]
        items = given(component, "in_count", f"items that enter `{id_}`") or facts.funnel.corpus
        said = " ".join((component.index, component.tech, component.note))
        if not embedding or items is None or items.value.value <= MANY or mentions(said, *_WORDS):
            continue
        message = (
            f"`{id_}` compares a vector of `{embedding[0]}` with {show(items.value)} others, and there is no index"
        )
        hint = "add an `ann_index` with `items`, `dim` and `memory`, and an arrow from it"
        yield Finding(component.place, message, hint, notes(items))
