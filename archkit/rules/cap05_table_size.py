"""An embedding table does not fit into an accelerator's memory.

Computes rows × dimension × bytes (4 where nothing is said) of each embedding table, and of features that are embedded
without a table of their own, and compares it with the memory of one accelerator that trains or serves the model. Tables
that say how they are sharded or hashed pass, as do trainings whose `parallelism` says that tables are sharded.

Ten billion ids of 64 numbers are 1.28 TB in 16 bits: no accelerator holds that, and optimizers keep two or three times
as much again. The way out (rows over many devices, several ids sharing a row, frequent ids only) changes quality, cost
and the training code, so it belongs into the design.

```yaml fails
model:
  models:
    ranker:
      tables:
        video_id: {rows: 10B, dim: 64, bytes: 2}
  training: {device_memory: 80 GB}
```

```yaml passes
model:
  models:
    ranker:
      tables:
        video_id: {rows: 100M, dim: 64, bytes: 2, hashing: two hashes into 100M rows}
  training: {device_memory: 80 GB}
```

Source: own judgement; M. Naumov and others, Deep Learning Recommendation Model, 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Derived, Input, derive, notes, show
from archkit.facts.sizes import FLOAT
from archkit.facts.words import begins, mentions
from archkit.quantity import Dimension, Quantity
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "model"
PROFILES = ("interview", "production")

_SPREAD = ("shard", "model parallel", "row wise", "column wise", "table wise", "parameter server", "tensor", "fsdp")
_SHRUNK = ("hash", "bucket", "pretrained", "frozen", "quotient", "compositional")


def applies(facts: Facts) -> bool:
    """Judge models whose accelerators state their memory."""
    return any(facts.sizes.accelerator(model) is not None for model in facts.blueprint.model.models)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare tables and embedded features with the memory of an accelerator."""
    whole: dict[str, list[Derived]] = {}
    for table in facts.sizes.tables:
        memory = facts.sizes.accelerator(table.model)
        if memory is None or table.spread or _spread(facts, table.model):
            continue
        whole.setdefault(table.model, []).append(table.needed)
        if table.needed.value > memory.value:
            yield _finding(table.name, table.needed, memory)
    for model, sizes in whole.items():
        yield from _together(facts, model, sizes)
    yield from _features(facts)


def _spread(facts: Facts, model: str) -> bool:
    return any(begins(training.parallelism, *_SPREAD) for training in facts.sizes.trainings(model))


def _finding(name: str, needed: Derived, memory: Input) -> Finding:
    message = f"the table `{name}` takes {needed.working()}, and an accelerator has {show(memory.value)}"
    hint = (
        "say how it is spread (`sharding: rows over 16 accelerators`) or shrunk (`hashing: two hashes into 100M rows`)"
    )
    return Finding(needed.inputs[0].span, message, hint, notes(needed, memory))


def _together(facts: Facts, model: str, sizes: list[Derived]) -> Iterator[Finding]:
    memory = facts.sizes.accelerator(model)
    total = Quantity(sum((size.value.value for size in sizes), Fraction(0)), Dimension.BYTES)
    if memory is None or total <= memory.value or any(size.value > memory.value for size in sizes):
        return
    terms = " + ".join(show(size.value) for size in sizes[:6]) + (" + …" if len(sizes) > 6 else "")
    message = (
        f"the tables of `{model}` take {show(total)} = {terms} together, and an accelerator has {show(memory.value)}"
    )
    hint = "say how they are spread over accelerators, with `sharding` of each or `parallelism` of the training"
    yield Finding(facts.blueprint.model.models[model].key_at("tables"), message, hint, notes(*sizes, memory))


def _features(facts: Facts) -> Iterator[Finding]:
    """Report embedded features with more values than fit, where no table of a model says how."""
    models = facts.blueprint.model.models
    declared = {name for model in models.values() for name in model.tables}
    memories = [memory for model in models if (memory := facts.sizes.accelerator(model)) is not None]
    memory = max(memories, key=lambda one: one.value.value, default=None)
    if memory is None or any(_spread(facts, model) for model in models):
        return
    for group in facts.blueprint.data.features.values():
        for name, feature in group.items():
            values, dim, transform = feature.cardinality, feature.dim, feature.transform
            embedded = mentions(transform, "embedding", "embed", "embeddings") and not begins(transform, *_SHRUNK)
            if values is None or dim is None or not embedded or feature.shared_with or name in declared:
                continue
            rows = Input(f"values of `{name}`", values, feature.at("cardinality"))
            width = Input(f"dimension of `{name}`", dim, feature.at("dim"))
            size = Quantity(values.value * dim.value * FLOAT, Dimension.BYTES)
            formula = f"{show(values)} × {show(dim)} × {FLOAT} bytes"
            needed = derive(f"table.{name}", f"Size of the table of `{name}`", size, formula, rows, width)
            if size > memory.value:
                yield _finding(name, needed, memory)
