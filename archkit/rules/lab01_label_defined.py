"""A label is not defined: when it is positive and negative, where it comes from, until when it counts.

Looks at each entry of `data.labels` for

- a definition: `positive` and `negative`, or a `value` that is measured or written, or `classes`; `negative` may be
  left out where `sampling` says how negatives are drawn;
- a `source` (or, for human labels, `annotators` or a `guideline`); self-supervised and synthetic labels need none;
- a `window` where the label is implicit, or comes from a stream or log of events: "not clicked" is true of everything
  that was shown a second ago.

It also reports a supervised task whose data have no labels at all.

A model learns its label, not its goal. Two teams that mean different things by "relevant" train different products,
and nobody can tell a bad model from a bad label as long as the rule that makes the label is nowhere written down.

```yaml fails
data:
  sources: {watch_events: {kind: stream}}
  labels:
    relevant: {positive: watched at least half, source: watch_events}
```

```yaml passes
data:
  sources: {watch_events: {kind: stream}}
  labels:
    relevant:
      positive: watched at least half
      negative: shown, not watched
      source: watch_events
      window: 24 h
```

Source: the framework's third step; Google's Rules of ML, rules 13 and 39.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.model.data import Label
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")

_UNSUPERVISED = frozenset(
    ("", "clustering", "anomaly detection", "representation learning", "text generation", "image generation",
     "question answering", "summarisation", "translation", "planning", "policy learning", "speech synthesis")
)  # fmt: skip
_VALUES = frozenset(
    ("regression", "forecasting", "speech recognition", "optical character recognition", "text generation",
     "question answering", "summarisation", "translation", "speech synthesis", "survival analysis")
)  # fmt: skip
_NO_TRAINING = frozenset(("platform", "rag", "agent"))
_MADE = frozenset(("self-supervised", "synthetic"))
_EVENTS = frozenset(("stream", "log"))


def applies(facts: Facts) -> bool:
    """Judge a data section."""
    return bool(facts.blueprint.data)


def check(facts: Facts) -> Iterator[Finding]:
    """Report labels that lack a part of their definition, and data without labels."""
    for label in facts.blueprint.data.labels.values():
        missing = [*_definition(facts, label), *_source(label), *_window(facts, label)]
        if missing:
            said = ", and ".join((", ".join(missing[:-1]), missing[-1])) if len(missing) > 1 else missing[0]
            keys = ", ".join(f"`{word.split('`')[1]}: …`" for word in missing)
            yield Finding(label.place, f"the label `{label.id}` has {said}", f"write {keys}", _notes(facts, label))
    yield from _none(facts)


def _definition(facts: Facts, label: Label) -> Iterator[str]:
    if label.has("value") or label.has("classes"):
        return
    positive, negative = label.has("positive"), label.has("negative")
    if not positive and not negative and facts.blueprint.framing.task in _VALUES:
        yield "no `value` that says what is measured or written"
        return
    if not positive:
        yield "no `positive` definition" if negative else "no `positive` definition (or `value`, or `classes`)"
    drawn = any(one.has("negatives") or one.has("hard_negatives") for one in facts.labels.samplings(label))
    if not negative and not drawn:
        yield "no `negative` one" if not positive else "no `negative` definition"


def _source(label: Label) -> Iterator[str]:
    by_hand = label.has("annotators") or label.has("guideline") or label.has("agreement")
    if not label.has("source") and label.kind not in _MADE and not by_hand:
        yield "no `source`"


def _window(facts: Facts, label: Label) -> Iterator[str]:
    if not label.has("window") and label.has("positive") and (label.kind == "implicit" or _of_events(facts, label)):
        yield "no `window` until which events count"


def _of_events(facts: Facts, label: Label) -> bool:
    """Return whether a label of no written kind comes from events as they happen."""
    if label.has("kind"):
        return False
    sources = facts.blueprint.data.sources
    if label.source in sources:
        return sources[label.source].kind in _EVENTS
    return label.source in facts.graph.components and facts.graph.role(label.source) in ("stream", "feedback_log")


def _notes(facts: Facts, label: Label) -> tuple[Note, ...]:
    source = facts.blueprint.data.sources.get(label.source)
    return (Note(f"`{label.source}` is a {source.kind}", source.at("kind")),) if source and source.kind else ()


def _none(facts: Facts) -> Iterator[Finding]:
    blueprint = facts.blueprint
    data, task = blueprint.data, blueprint.framing.task
    if task in _UNSUPERVISED or _NO_TRAINING.intersection(blueprint.archetypes) or data.names("labels"):
        return
    if data.whole("labels") and (data.sources or data.features):
        yield Finding(
            data.key_at("labels"), f"the task is {task}, but the data have no label to learn it from",
            "write `labels:` with a `positive` and a `negative` definition, a `source` and a `window`",
            (Note(f"the task is {task}", blueprint.framing.at("task")),),
        )  # fmt: skip
