"""Positives are rare and nothing is done about it, or their rate is shifted and never shifted back.

Two checks of each entry of `data.labels` with a `positive_rate`:

- under 5%, and fewer than a million positives (as far as `count` or `examples` tell): some sampling or weights, or a
  loss that copes (focal, Dice, or one of pairs, lists and nearness), should be written;
- negatives are down-sampled (`sampling.rate`, or `negatives` for each positive) for a yes-or-no loss whose score is
  used by its size (a classifier, a threshold, a sum of heads, an auction): a `correction` or `calibration` should be
  written. The message says what the model will take the base rate for.

With one positive in a thousand, "no" is 99.9% right and a batch of 512 has no positive in six of ten cases.
Down-sampling repairs this and changes what a score means: with a tenth of the negatives, a true 1% is learned as 9.2%.

```yaml fails
data:
  labels: {fraud: {positive: charged back, negative: the rest, positive_rate: 0.1%, count: 500k}}
```

```yaml passes
data:
  labels:
    fraud:
      positive: charged back
      negative: the rest
      positive_rate: 0.1%
      count: 500k
      sampling: {rate: 10%, correction: log-odds shifted by ln(0.1)}
```

Source: public notes on class imbalance; He et al. 2014 (down-sampling negatives and re-calibration in ad prediction).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, count, given, notes, off, share, show
from archkit.facts.labels import Learner
from archkit.facts.losses import terms
from archkit.facts.words import begins
from archkit.model.data import Label, Sampling
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

RARE = Fraction(5, 100)
ENOUGH = 10**6

_COPING = frozenset(("order", "nearness", "factors", "regions", "density", "generation", "detection", "tokens"))
_DONE = ("rate", "negatives", "hard_negatives", "weights", "method")


def applies(facts: Facts) -> bool:
    """Judge labels whose share of positives is written."""
    return any(label.positive_rate is not None for label in facts.blueprint.data.labels.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report rare positives, and rates that sampling has shifted."""
    for label in facts.blueprint.data.labels.values():
        rate = given(label, "positive_rate", f"share of positives of `{label.id}`")
        if rate is not None:
            yield from _rare(facts, label, rate)
            if 0 < rate.value.value < 1:
                yield from _shifted(facts, label, rate)


def _rare(facts: Facts, label: Label, rate: Input) -> Iterator[Finding]:
    if rate.value.value >= RARE or any(one.has(name) for one in facts.labels.samplings(label) for name in _DONE):
        return
    if any(_copes(learner) for learner in facts.labels.by_label[label.id]):
        return
    examples = _examples(facts, label)
    few = ""
    if examples is not None:
        positives = examples.value * rate.value.value
        if positives.value >= ENOUGH:
            return
        few = f", which are {positives.human(grouped=True)} of {show(examples.value)} examples"
    said = f"{show(rate.value)} of `{label.id}` are positive{few}, and nothing says how so few are learned from"
    hint = "write `sampling:` with a `rate` for negatives or `weights`, or use `focal loss`"
    yield Finding(rate.span, said, hint, notes(rate, examples))


def _copes(learner: Learner) -> bool:
    found = terms(learner.loss)
    if learner.loss and (not found.complete or begins(learner.loss, "weight", "balanc", "pos weight", "class weight")):
        return True
    return any(loss.kind in _COPING or loss.title in ("focal loss", "Dice loss") for loss in found.losses)


def _examples(facts: Facts, label: Label) -> Input | None:
    found = given(label, "count", f"examples of `{label.id}`") or given(facts.blueprint.data, "examples", "examples")
    return found or next(filter(None, (given(one, "examples", "examples") for one in facts.labels.trainings)), None)


def _shifted(facts: Facts, label: Label, rate: Input) -> Iterator[Finding]:
    samplings = facts.labels.samplings(label)
    learners = [one for one in facts.labels.by_label[label.id] if _by_size(facts, one)]
    if not learners or any(one.has("correction") for one in samplings) or _calibrated(facts, learners):
        return
    for sampling in samplings:
        kept = _kept(sampling, rate)
        if kept is None:
            continue
        p = rate.value.value
        learned = share(p / (p + (1 - p) * kept[1]))
        by = off(learned, rate.value)
        made = f"{kept[0].name} of {show(kept[0].value)} makes {show(rate.value)} positives look like {show(learned)}"
        hint = (
            "write `correction:` beside it (log-odds shifted by ln of the share kept), or `calibration:` at the model"
        )
        yield Finding(kept[0].span, f"{made} ({by}), and nothing takes that back", hint, notes(rate))
        return


def _kept(sampling: Sampling, rate: Input) -> tuple[Input, Fraction] | None:
    """Return the number that says how negatives are sampled, and the share of them that is kept."""
    kept = given(sampling, "rate", "keeping negatives at a rate")
    if kept is not None:
        return (kept, Fraction(kept.value.value)) if 0 < kept.value.value < 1 else None
    drawn = given(sampling, "negatives", "drawing negatives for each positive, a number")
    if drawn is None or not drawn.value.value:
        return None
    p = rate.value.value
    there = (1 - p) / p
    return (drawn, Fraction(drawn.value.value / there)) if drawn.value < count(there) else None


def _by_size(facts: Facts, learner: Learner) -> bool:
    """Return whether a score is meant as a probability: for a yes-or-no loss, and not for its order alone."""
    found = terms(learner.loss)
    if not found.complete or not all(loss.kind in ("yes or no", "extra") for loss in found.losses):
        return False
    return facts.labels.by_size(learner.model) or facts.labels.task(learner.model).endswith("classification")


def _calibrated(facts: Facts, learners: list[Learner]) -> bool:
    all_of_them = all(one.calibration for one in learners)
    return all_of_them or facts.blueprint.evaluation.has("calibration") or bool(facts.graph.with_role("calibrator"))
