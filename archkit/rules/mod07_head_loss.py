"""A head of a multi-task model lacks its loss, label or weight, or a label has no head.

Looks at models with two or more `heads`. Each head needs a `loss` (its own, or the model's), a `label` (named, or of
the same id, as soon as labels are declared), and a `weight` of its loss. Each label that the model says it learns
needs a head. Weights may be left out where the model's `loss` or the training says how losses are balanced ("sum",
"uncertainty weighting", "GradNorm", …).

The heads of one network pull at the same shared layers. Without weights, the head whose loss happens to be largest
decides what is learned: a squared error in seconds drowns every click. And a label without a head is collected, joined
and paid for, and never learned.

```yaml fails
model:
  models:
    ranker:
      heads:
        like: {loss: binary cross-entropy, weight: 1}
        dwell_time: {loss: Huber}
```

```yaml passes
model:
  models:
    ranker:
      heads:
        like: {loss: binary cross-entropy, weight: 1}
        dwell_time: {loss: Huber, weight: 0.1}
```

Source: public notes on multi-task ranking; Kendall et al. 2018 (weighing losses by uncertainty).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.places import entry_at
from archkit.facts.words import begins, listed
from archkit.model.modelling import Head, Model
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

_BALANCED = (
    "sum",
    "mean",
    "average",
    "equal",
    "uncertainty",
    "gradnorm",
    "gradient",
    "blend",
    "balanc",
    "weigh",
    "pareto",
)
"""How words begin that say how the losses of several heads are brought together."""


def applies(facts: Facts) -> bool:
    """Judge models with several heads."""
    return any(len(model.heads) > 1 for model in facts.blueprint.model.models.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report what heads and labels lack."""
    for model in facts.blueprint.model.models.values():
        if len(model.heads) > 1 and model.whole("heads"):
            for head in model.heads.values():
                yield from _loss(model, head)
            yield from _weights(facts, model)
            yield from _labels(facts, model)


def _loss(model: Model, head: Head) -> Iterator[Finding]:
    if not head.has("loss") and not model.has("loss"):
        yield Finding(
            head.place, f"the head `{head.id}` of `{model.id}` has no loss, so that nothing teaches it",
            f"write `{head.id}: {{loss: binary cross-entropy, weight: 1}}`, or whichever loss suits what it learns",
        )  # fmt: skip


def _weights(facts: Facts, model: Model) -> Iterator[Finding]:
    without = [head for head in model.heads.values() if not head.has("weight")]
    if not without:
        return
    if len(without) == len(model.heads):
        training = " ".join(f"{one.regularisation} {one.note} {one.curriculum}" for one in facts.labels.trainings)
        if not begins(f"{model.loss} {model.combine} {model.note} {training}", *_BALANCED):
            yield Finding(
                model.key_at("heads"),
                f"none of the {len(without)} heads has a weight: the largest loss decides what the shared layers learn",
                "write `weight:` at each head, or say in the model's `loss` how losses are balanced",
                severity=Severity.WARNING,
            )
        return
    weighed = next(head for head in model.heads.values() if head.has("weight"))
    for head in without:
        yield Finding(
            head.place, f"the head `{head.id}` has no weight, though others of `{model.id}` have one",
            "write `weight:` with its share of the loss", (Note(f"`{weighed.id}` has one", weighed.key_at("weight")),),
        )  # fmt: skip


def _labels(facts: Facts, model: Model) -> Iterator[Finding]:
    data = facts.blueprint.data
    learned = {label for one in facts.labels.by_model[model.id] for label in one.labels}
    # One label for the whole model is what all its heads learn a part of, as boxes and classes of faces.
    shared = len(model.label) == 1 and not learned
    if data.labels and data.whole("labels") and not shared:
        for head in model.heads.values():
            if not head.has("label") and head.id not in data.names("labels"):
                yield Finding(
                    head.place, f"the head `{head.id}` of `{model.id}` learns no label",
                    f"write `label:` with one of {listed(tuple(data.labels), 'or')}, or declare a label `{head.id}`",
                    (Note("the labels", data.key_at("labels")),),
                )  # fmt: skip
    for number, label in enumerate(model.label):
        if not shared and label not in learned:
            yield Finding(
                entry_at(model, number, "label"), f"`{model.id}` is to learn `{label}`, but has no head for it",
                f"add a head: `{label}: {{loss: …, weight: 1}}`, or remove the label here",
                (Note("its heads", model.key_at("heads")),),
            )  # fmt: skip
