"""Data that have an order in time are split without it.

Where examples have an order in time (forecasts, labels with a `window`, implicit and natural labels, labels from a
stream or log), checks that

- `data.split` is written at all, as soon as something is trained;
- `by` is not `random` or `stratified` alone;
- `train_end` stands before `validation_start`, where both are dates;
- the `gap` between them is at least the longest `window` of a label: else the labels at the end of training were made
  of events in the validation days (a warning).

A random split lets the model learn from Thursday to predict Wednesday: it has seen what was popular, who bought, and
how the week ended. The offline metric is then too good, and nobody knows by how much until the model is live.

```yaml fails
data:
  labels: {bought: {kind: implicit, positive: bought, negative: shown, window: 7 d}}
  split: {by: random, train: 80%, validation: 10%, test: 10%}
```

```yaml passes
data:
  labels: {bought: {kind: implicit, positive: bought, negative: shown, window: 7 d}}
  split: {by: time, train: 60 d, gap: 7 d, validation: 7 d, test: 7 d}
```

Source: Google's Rules of ML, rule 33; Huyen 2022, chapter 5 (data leakage).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, seconds, show
from archkit.model.data import Split
from archkit.quantity import Quantity
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")

DAY = 86_400
_EXEMPT = frozenset(("federated", "platform", "rag", "agent"))


def applies(facts: Facts) -> bool:
    """Judge data whose examples have an order in time."""
    return bool(facts.labels.time_order)


def check(facts: Facts) -> Iterator[Finding]:
    """Report splits that let the future into training."""
    split = facts.blueprint.data.split
    if not split:
        yield from _no_split(facts)
        return
    yield from _by(facts, split)
    ends = _date(split.train_end), _date(split.validation_start)
    if ends[0] and ends[1] and ends[1] <= ends[0]:
        yield Finding(
            split.at("validation_start"),
            f"validation begins on {split.validation_start}, and training ends on {split.train_end}",
            "begin validation after the last training day and a gap of the longest label window",
            (Note("training ends here", split.at("train_end")),),
        )
    elif "time" in split.by or (ends[0] and ends[1]):
        yield from _gap(facts, split, ends)


def _no_split(facts: Facts) -> Iterator[Finding]:
    data = facts.blueprint.data
    learns = bool(facts.labels.trainings) or any(learner.loss for learner in facts.labels.learners)
    if learns and not data.has("split") and data.whole() and not _EXEMPT.intersection(facts.blueprint.archetypes):
        yield Finding(
            data.place, "nothing says how examples are divided, though they have an order in time",
            "write `split: {by: time, train: 30 d, gap: 1 d, validation: 2 d, test: 2 d}`", facts.labels.time_order[:1],
            severity=Severity.WARNING,
        )  # fmt: skip


def _by(facts: Facts, split: Split) -> Iterator[Finding]:
    if split.by and not {"time", "group"}.intersection(split.by):
        yield Finding(
            split.at("by"), f"examples with an order in time are split by {' and '.join(split.by)}: "
            "the model learns from what happened after the examples that it is tested on",
            "write `by: time`, with the newest days for test and validation", facts.labels.time_order[:3],
        )  # fmt: skip


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _gap(facts: Facts, split: Split, ends: tuple[date | None, date | None]) -> Iterator[Finding]:
    """Report a gap shorter than the longest label window."""
    longest = facts.labels.longest_window()
    if longest is None or longest.value.value == 0 or (split.has("gap") and split.gap is None):
        return
    gap = given(split, "gap", "gap")
    left = _between(gap, ends)
    if left >= longest.value:
        return
    there = (
        f"a gap of {show(gap.value)}" if gap else f"{show(left)} between them" if left.value else "no gap between them"
    )
    yield Finding(
        split.at("gap") if gap else split.key_at(),
        f"training and validation have {there}, less than the label's window of {show(longest.value)}: "
        "the last training labels are made of validation days",
        f"write `gap: {show(longest.value)}`", notes(longest), severity=Severity.WARNING,
    )  # fmt: skip


def _between(gap: Input | None, ends: tuple[date | None, date | None]) -> Quantity:
    """Return the time that is left out: as written, or the days between two dates."""
    if gap is not None:
        return gap.value
    days = (ends[1] - ends[0]).days - 1 if ends[0] and ends[1] else 0
    return seconds(days * DAY)
