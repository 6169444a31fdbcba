"""What the framing says goes in and comes out is not what the components take and give.

Where components say what they take and give (`input`, `output`), checks that each of `framing.input` is taken by one
of them; that `framing.output` is given by one; and that each input of a component is named by the framing, given by
another component, or a feature, feature group or source. Two phrases match if the words of one are all in the other.

A framing that promises "user and context in, 20 videos out" over a service that takes a query and gives scores
describes another system. One of the two is out of date, and readers cannot know which.

```yaml fails
framing: {input: [user, context], output: 20 videos in order}
architecture:
  lanes:
    serving:
      ranker: {type: ranker, input: [user, context], output: scores}
```

```yaml passes
framing: {input: [user, context], output: 20 videos in order}
architecture:
  lanes:
    serving:
      ranker: {type: ranker, input: [user, context], output: scores}
      rerank: {type: re_ranker, input: scores, output: 20 videos in order}
```

Source: public notes on framing; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.places import entry_at
from archkit.facts.words import words
from archkit.model.components import Component
from archkit.model.framing import Framing
from archkit.rules import Finding
from archkit.source import Span

SEVERITY = Severity.ERROR
STEP = "framing"
PROFILES = ("interview", "production")

_SMALL = frozenset(("a", "an", "the", "of", "in", "and", "or", "with", "for", "to", "at", "per", "by", "from", "all"))
Port = tuple[str, Span]


def applies(facts: Facts) -> bool:
    """Judge a framing beside components that say what they take or give."""
    framing = facts.blueprint.framing
    return bool(framing.input or framing.output) and any(c.input or c.output for c in facts.graph.components.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report ends that do not meet."""
    framing = facts.blueprint.framing
    components = facts.graph.components.values()
    taken = [port for component in components for port in _ports(component, "input")]
    given = [port for component in components for port in _ports(component, "output")]
    if taken:
        yield from _unmet(_ports(framing, "input"), taken, "takes")
    if given:
        yield from _unmet(_ports(framing, "output"), given, "gives")
    if framing.input:
        known = [*framing.input, *(text for text, _span in given), *facts.blueprint.data.sources]
        for component in components:
            yield from _surprising(facts, component, known)


def _ports(record: Component | Framing, field: str) -> list[Port]:
    return [(text, entry_at(record, number, field)) for number, text in enumerate(getattr(record, field))]


def _unmet(wanted: list[Port], ports: list[Port], does: str) -> Iterator[Finding]:
    for text, span in wanted:
        if not any(_alike(text, port) for port, _span in ports):
            notes = tuple(Note(f"what one {does}: {port}", at) for port, at in ports[:3])
            yield Finding(
                span, f"no component {does} `{text}`, though the framing says so",
                "use the same words at the component that does, or correct the framing", notes,
            )  # fmt: skip


def _surprising(facts: Facts, component: Component, known: list[str]) -> Iterator[Finding]:
    framing = facts.blueprint.framing
    for text, span in _ports(component, "input"):
        if facts.features.named(text) or any(_alike(text, other) for other in known):
            continue
        yield Finding(
            span, f"`{component.id}` takes `{text}`, which neither the framing nor another component gives",
            "add it to `framing.input`, or to the `output` of the component that it comes from",
            (Note("what goes in, by the framing", framing.key_at("input")),),
        )  # fmt: skip


def _alike(first: str, second: str) -> bool:
    ours, theirs = _bare(first), _bare(second)
    return ours <= theirs or theirs <= ours


def _bare(text: str) -> set[str]:
    """Return the words that matter, without the ``s`` of a plural."""
    return {word.removesuffix("s") for word in words(text).split() if word not in _SMALL}
