"""A loss does not fit what is to be learned.

Reads every `loss` of models and heads as a sum of standard losses ("cross-entropy + λ × smooth L1" are two), and looks
it up against the label (yes or no, or an amount) and the task (`framing.task`, or the `role` of the model where there
are several). A sum fits if one of its terms does. Nothing is said about losses that are not known, about models that
learn from another model's scores (`distilled_from`, `trained_from`), and where neither label nor task is written. A
detector needs a term for its boxes and one for their classes.

The loss is what the model believes its task to be. Squared error on clicks is the classic: it takes 0 and 1 for
amounts. Behind a sigmoid, its gradient for a positive that is scored p is 2 p (1 − p)² where that of cross-entropy is
1 − p: at p = 1% it pulls fifty times more weakly at the very example that matters most, and what comes out is no
probability that could be multiplied, thresholded or bid with. The reverse, cross-entropy on minutes, forgets how far
off a guess is.

```yaml fails
data:
  labels: {clicked: {positive: clicked within a minute, negative: shown and not clicked}}
model:
  models: {ranker: {role: ranking, label: clicked, loss: mean squared error}}
```

```yaml passes
data:
  labels: {clicked: {positive: clicked within a minute, negative: shown and not clicked}}
model:
  models: {ranker: {role: ranking, label: clicked, loss: binary cross-entropy}}
```

Source: the framework's fourth step; Bishop 2006, 4.3 and 5.2 (cross-entropy against squared error for classes).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import count, share, show
from archkit.facts.labels import Learner
from archkit.facts.losses import terms
from archkit.facts.losstasks import Misfit, misfit, missing_half, task_of_label
from archkit.facts.words import begins, listed
from archkit.model.data import Label
from archkit.model.modelling import Model
from archkit.rules import Finding
from archkit.source import Span

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

# What is plainly wrong for a kind of label, whatever the task: ranking may well put clicks into pairs or lists.
_WRONG_FOR = {"yes or no": {"amounts"}, "amount": {"yes or no", "classes"}}
_USUAL = Fraction(1, 100)


def applies(facts: Facts) -> bool:
    """Judge models with a loss."""
    return any(learner.loss for learner in facts.labels.learners)


def check(facts: Facts) -> Iterator[Finding]:
    """Report losses that fit neither label nor task."""
    told: set[Span] = set()
    for learner in facts.labels.learners:
        model = learner.model
        if not learner.loss or model.distilled_from or model.trained_from or learner.loss_span in told:
            continue
        finding = _against_label(facts, learner) or _against_task(facts, learner)
        if finding is not None:
            told.add(finding.span)
            yield finding
    for model in facts.blueprint.model.models.values():
        if facts.labels.task(model) == "object detection" and not told.intersection(_loss_spans(model)):
            yield from _half(model)


def _label(facts: Facts, learner: Learner) -> tuple[Label, str] | None:
    """Return the one label of a learner and what it is."""
    labels = [facts.blueprint.data.labels[id_] for id_ in learner.labels if id_ in facts.blueprint.data.labels]
    return (labels[0], facts.labels.target(labels[0])) if len(labels) == 1 else None


def _against_label(facts: Facts, learner: Learner) -> Finding | None:
    found = _label(facts, learner)
    if found is None:
        return None
    label, target = found
    kinds = {loss.kind for loss in terms(learner.loss).losses if loss.kind != "extra"}
    wrong = misfit(task_of_label(target), learner.loss) if kinds <= _WRONG_FOR.get(target, set()) else None
    # Pairs of one picture are no clicks: what learns to represent may well pull two vectors together by their distance.
    if wrong is None or facts.labels.task(learner.model) == "representation learning":
        return None
    what = "yes or no" if target == "yes or no" else "an amount"
    field = "positive" if target == "yes or no" else "value"
    notes = [Note(f"`{label.id}` is {what}", label.at(field)), *_weak_pull(wrong, label)]
    return _finding(learner, wrong, f"`{label.id}`, which is {what}", tuple(notes))


def _against_task(facts: Facts, learner: Learner) -> Finding | None:
    task = facts.labels.task(learner.model)
    wrong = misfit(task, learner.loss)
    if wrong is None or _rebuilds(facts, learner.model):
        return None
    if learner.head is not None and len(learner.model.heads) > 1:
        found = _label(facts, learner)
        # What a single head learns need not be what the whole is for.
        if (found is not None and found[1]) or misfit("multi-task classification", learner.loss) is None:
            return None
    framing = facts.blueprint.framing
    where = framing.at("task") if framing.task == task else learner.model.at("role")
    return _finding(learner, wrong, task, (Note(f"the task is {task}", where),))


def _finding(learner: Learner, wrong: Misfit, what: str, notes: tuple[Note, ...]) -> Finding:
    first, second = wrong.better
    rarely = " where positives are rare" if second == "focal loss" else ""
    message = f"{wrong.loss.title} does not fit {what}: {wrong.why}"
    return Finding(learner.loss_span, message, f"write `loss: {first}`, or `{second}`{rarely}", notes)


def _weak_pull(wrong: Misfit, label: Label) -> Iterator[Note]:
    """Compare gradients at the logit of a positive scored at the base rate p: 2 p (1 − p)² and 1 − p."""
    if wrong.loss.title != "mean squared error" or (label.positive_rate and not 0 < label.positive_rate.value < 1):
        return
    rate = label.positive_rate.value if label.positive_rate else _USUAL
    squared, crossed = 2 * rate * (1 - rate) ** 2, 1 - rate
    pulls = f"{count(squared).human()} against {count(crossed).human()} with cross-entropy"
    message = (
        f"a positive that is scored {show(share(rate))} pulls at its logit with {pulls}: "
        f"{count(crossed / squared).human(digits=2)} times less"
    )
    yield Note(message, label.at("positive_rate") if label.positive_rate else None)


def _rebuilds(facts: Facts, model: Model) -> bool:
    """Return whether a model's plain distances are meant between noises, or other things that it makes itself."""
    words = f"{model.kind} {model.title} {model.backbone} {facts.blueprint.framing.approach}"
    return bool(begins(words, "diffusion", "denois", "flow matching", "rectified flow", "score based"))


def _loss_spans(model: Model) -> set[Span]:
    return {model.at("loss"), *(head.at("loss") for head in model.heads.values())}


def _half(model: Model) -> Iterator[Finding]:
    """Report a detector that learns boxes without classes, or classes without boxes."""
    losses = tuple(filter(None, (model.loss, *(head.loss for head in model.heads.values()))))
    missing = missing_half(losses)
    if not missing:
        return
    span = model.at("loss") if model.loss else next(iter(model.heads.values())).at("loss")
    named = [loss.title for text in losses for loss in terms(text).losses]
    teach = "teaches" if len(named) == 1 else "teach"
    add = "smooth L1` or `GIoU loss" if missing == "boxes" else "cross-entropy` or `focal loss"
    what = "where" if missing == "boxes" else "what"
    yield Finding(
        span, f"{listed(named)} alone {teach} a detector nothing about {what} things are",
        f"add a term for the {missing}: `{add}`", severity=Severity.WARNING,
    )  # fmt: skip
