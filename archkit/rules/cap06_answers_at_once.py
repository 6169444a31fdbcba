"""A language model cannot hold or write as many answers at once as it is meant to.

For each language model that states `batch_size` (the answers that one replica writes at once):

- adds its weights (`size` of the model) and the keys and values of all these answers (`batch_size` × (`tokens_in` +
  `tokens_out`) × `kv_cache` of the model), and compares the sum with `devices` × `device_memory`;
- multiplies the `throughput` of a replica with the time in which an answer is written (`ttft` + `tokens_out` /
  `tokens_per_second`), which gives the answers under way, and compares that with `batch_size`.

Weights are the part that everybody counts. The cache of a long conversation is as large as a small model, and there is
one for each answer under way: when it runs out, answers wait or are begun anew, and the speed that was measured with
one user is gone.

```yaml fails
model: {models: {chat: {size: 140 GB, kv_cache: 320 KB}}}
architecture:
  lanes:
    serving:
      person: user
      writer:
        type: llm
        serves: chat
        devices: 2
        device_memory: 80 GB
        batch_size: 64
        tokens_in: 2000
        tokens_out: 400
  flows: [person -> writer -> person]
```

```yaml passes
model: {models: {chat: {size: 70 GB, precision: fp8, kv_cache: 160 KB}}}
architecture:
  lanes:
    serving:
      person: user
      writer:
        type: llm
        serves: chat
        devices: 2
        device_memory: 80 GB
        batch_size: 64
        tokens_in: 2000
        tokens_out: 400
  flows: [person -> writer -> person]
```

Source: W. Kwon and others, Efficient Memory Management for Large Language Model Serving with PagedAttention, 2023;
J. D. C. Little, A Proof for the Queuing Formula L = λW, 1961.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.decoding import Writer
from archkit.facts.derived import notes, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge language models that say how many answers they write at once."""
    return any(writer.batch is not None for writer in facts.decoding.writers)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare memory and answers at once with what there is."""
    for writer in facts.decoding.writers:
        yield from _memory(writer)
        yield from _answers(writer)


def _memory(writer: Writer) -> Iterator[Finding]:
    held, room = writer.held, writer.room
    if writer.batch is None or held is None or room is None or held.value <= room.value:
        return
    message = f"`{writer.id}` needs {held.working()}, and its accelerators have {show(room.value)}"
    hint = "write fewer answers at once, keep smaller numbers (`precision`, `kv_cache`), or take more accelerators"
    yield Finding(writer.batch.span, message, hint, notes(held, room))


def _answers(writer: Writer) -> Iterator[Finding]:
    needed, batch = writer.at_once, writer.batch
    if needed is None or batch is None or needed.value.value <= batch.value.value:
        return
    message = f"`{writer.id}` has {needed.working()} answers under way, and writes {show(batch.value)} at once"
    hint = "state the throughput that this batch allows, or a larger batch at the speed that it leaves to each answer"
    yield Finding(batch.span, message, hint, notes(needed))
