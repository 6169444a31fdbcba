"""Scores are added, bid with or thresholded like probabilities, and nobody calibrates them.

Looks for scores that are used by their size: several heads of yes-or-no losses that are added up into one score, a
score that an auction multiplies with a bid, a classifier's `threshold`. Any of these counts as calibration:
`calibration` at the heads or the model, a calibrator in the architecture, `evaluation.calibration`, an offline metric
of calibration. A threshold that says it was chosen on a curve ("at 99% precision on validation days") needs none.

An order survives any stretching of scores; a sum, a product and a limit do not. If the like head says 0.4 where 0.2
come true, likes count twice in the sum; in an auction the advertiser pays for it; and a threshold of 0.9 lets through
what nobody agreed to.

```yaml fails
model:
  models:
    ranker:
      combine: sum of probability × score weight
      heads:
        like: {loss: binary cross-entropy, weight: 1, score_weight: 5}
        hide: {loss: binary cross-entropy, weight: 1, score_weight: -20}
```

```yaml passes
model:
  models:
    ranker:
      combine: sum of probability × score weight
      calibration: isotonic regression for each head on the validation days
      heads:
        like: {loss: binary cross-entropy, weight: 1, score_weight: 5}
        hide: {loss: binary cross-entropy, weight: 1, score_weight: -20}
```

Source: public notes on ranking and ads; Guo et al. 2017 (modern networks are poorly calibrated).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.labels import Learner
from archkit.facts.losses import terms
from archkit.facts.words import begins, listed
from archkit.model.modelling import Model
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "model"
PROFILES = ("interview", "production")

_MEASURED = (
    "calibrat",
    "ece",
    "brier",
    "nce",
    "normalised cross",
    "normalised entropy",
    "log loss",
    "logloss",
    "reliability",
)
_CHOSEN = (
    "precision", "recall", "false", "validation", "roc", "curve", "chosen", "tuned", "percentile", "quantile", "top",
    "cost", "capacity", "budget", "calibrat",
)  # fmt: skip
"""How words begin that say that a threshold was read off data, whatever the score means."""

_DECIDED = ("", "binary classification", "multi-class classification", "multi-label classification",
            "multi-task classification", "matching")  # fmt: skip
"""Tasks whose thresholds are meant as probabilities; detectors' are read off precision–recall curves."""


def applies(facts: Facts) -> bool:
    """Judge models, unless calibration is seen to for the whole system."""
    evaluation = facts.blueprint.evaluation
    if evaluation.has("calibration") or facts.graph.with_role("calibrator"):
        return False
    return not any(begins(name, *_MEASURED) for name in evaluation.names("offline"))


def check(facts: Facts) -> Iterator[Finding]:
    """Report models whose scores are used by size."""
    for model in facts.blueprint.model.models.values():
        raw = [one for one in facts.labels.by_model[model.id] if _is_raw(one)]
        if raw:
            found = (_combined(model, raw), _bid(facts, model), _thresholded(facts, model))
            yield from (finding for finding in found if finding is not None)


def _is_raw(learner: Learner) -> bool:
    """Return whether a learner puts out a score that looks like a probability, and nothing makes it one."""
    head = learner.head
    if learner.model.has("calibration") or (head is not None and head.has("calibration")):
        return False
    found = terms(learner.loss)
    return bool(found.losses) and found.complete and all(loss.kind in ("yes or no", "extra") for loss in found.losses)


def _combined(model: Model, raw: list[Learner]) -> Finding | None:
    if len(model.heads) < 2 or not (model.has("combine") or any(h.has("score_weight") for h in model.heads.values())):
        return None
    span = model.at("combine") if model.has("combine") else model.key_at("heads")
    names = listed([one.head.id for one in raw if one.head is not None])
    weighed = [h for h in model.heads.values() if h.score_weight is not None]
    notes = tuple(Note(f"`{h.id}` counts {h.score_weight}", h.at("score_weight")) for h in weighed)
    return Finding(
        span, f"`{model.id}` adds up scores, but nothing calibrates {names}: a head that is too sure counts too much",
        "write `calibration:` at the model or its heads, such as `isotonic regression on the validation days`", notes,
    )  # fmt: skip


def _bid(facts: Facts, model: Model) -> Finding | None:
    """Report a score that an auction multiplies with bids."""
    flow = facts.labels.bids.get(model.id)
    if flow is None:
        return None
    said = f"an auction multiplies bids with scores of `{model.id}` that nothing calibrates"
    hint = "write `calibration:` at the model, or put a `calibrator` before the auction"
    return Finding(flow.at("source"), said, hint, (Note(f"the model `{model.id}`", model.place),))


def _thresholded(facts: Facts, model: Model) -> Finding | None:
    if not model.threshold or begins(model.threshold, *_CHOSEN) or facts.labels.task(model) not in _DECIDED:
        return None
    return Finding(
        model.at("threshold"), f"`{model.id}` decides by the size of a score that nothing calibrates",
        "write `calibration:` at the model, or say what it was read off: `99% precision on validation days`",
    )  # fmt: skip
