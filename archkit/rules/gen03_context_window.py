"""The prompt and the answer do not fit into the model's context window.

Adds up, for each language model, the instructions, the passages (`chunks` × `chunk_tokens`) and the answer
(`tokens_out`), or `tokens_in` where that is more than its parts, and compares the sum with `context_window`. The
numbers may stand at the model, at what it serves, or at the prompt builder and retriever that feed it.

What does not fit is cut, and nobody is told: often the end of the instructions or the best passage goes first. It
happens with the longest questions, which no demonstration contains.

```yaml fails
architecture:
  lanes:
    serving:
      employee: user
      writer: {type: llm, context_window: 8k, instructions: 800, chunks: 20, chunk_tokens: 400, tokens_out: 500}
  flows: [employee -> writer -> employee]
```

```yaml passes
architecture:
  lanes:
    serving:
      employee: user
      writer: {type: llm, context_window: 8k, instructions: 800, chunks: 8, chunk_tokens: 400, tokens_out: 500}
  flows: [employee -> writer -> employee]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, count, given, notes, show
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

_FEEDING = ("prompt", "retriever", "reranker", "index", "agent", "service")


def applies(facts: Facts) -> bool:
    """Judge language models whose window is known."""
    return any(_window(facts, id_) is not None for id_ in facts.graph.with_role("llm"))


def check(facts: Facts) -> Iterator[Finding]:
    """Report prompts and answers that are longer than the window."""
    for id_ in facts.graph.with_role("llm"):
        window = _window(facts, id_)
        parts = _parts(facts, id_)
        if window is None or not parts:
            continue
        total = sum((_product(inputs) for inputs in parts), Fraction(0))
        if total > window.value.value:
            working = " + ".join(" × ".join(show(one.value) for one in inputs) for inputs in parts)
            message = (
                f"`{id_}` needs {show(count(total))} tokens = {working}, and reads and writes {show(window.value)}"
            )
            used = [one for inputs in parts for one in inputs]
            yield Finding(
                window.span, message, "take fewer or shorter passages, or a larger window", notes(*used, window)
            )


def _window(facts: Facts, id_: str) -> Input | None:
    component = facts.graph.components[id_]
    own = given(component, "context_window", f"window of `{id_}`")
    models = facts.blueprint.model.models
    served = (
        given(models[name], "context_window", f"window of `{name}`") for name in component.serves if name in models
    )
    return own or next((one for one in served if one is not None), None)


def _parts(facts: Facts, id_: str) -> list[tuple[Input, ...]]:
    """Return the terms of what a model reads and writes, each the factors of a product."""
    found: dict[str, Input] = {}
    names = {
        "instructions": "tokens of the instructions", "chunks": "passages", "chunk_tokens": "tokens of a passage",
        "tokens_in": "tokens read", "tokens_out": "tokens written",
    }  # fmt: skip
    for component in facts.generative.fed_by(id_, *_FEEDING):
        for name, what in names.items():
            one = given(component, name, what)
            if one is not None and (component.id == id_ or name in ("instructions", "chunks", "chunk_tokens")):
                found.setdefault(name, one)
    passages = tuple(found[name] for name in ("chunks", "chunk_tokens") if name in found)
    terms: list[tuple[Input, ...]] = [(found["instructions"],)] if "instructions" in found else []
    terms += [passages] if len(passages) == 2 else []
    read = found.get("tokens_in")
    if read is not None and read.value.value >= sum((_product(term) for term in terms), Fraction(0)):
        terms = [(read,)]
    return [*terms, (found["tokens_out"],)] if "tokens_out" in found else terms


def _product(factors: tuple[Input, ...]) -> Fraction:
    value = Fraction(1)
    for one in factors:
        value *= one.value.value
    return value
