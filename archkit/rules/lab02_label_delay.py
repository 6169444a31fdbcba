"""Labels come later than training or evaluation waits for them.

Compares the 95th percentile of a label's `delay` (or the percentile that is written) with

- the watermark: the label's own, or that of the training of the models which learn it;
- `monitoring.feedback.join_window`, until which outcomes are joined to predictions; where it is as long as
  training waits for one label, others may say with a `watermark` of their own that they are joined for longer;
- where there is no watermark at all, with the `validation` and `test` parts of a split by time: the newest days are
  still without their labels.

Where no delay is written, a watermark shorter than the label's `window` is a warning.

An example that is closed too early is closed as a negative. Late positives (a purchase three days after the click, a
chargeback after two months) then teach the model the opposite of the truth, and those who decide slowly are taught
hardest.

```yaml fails
data:
  sources: {payments: {kind: stream}}
  labels:
    fraud:
      positive: charged back
      negative: not charged back
      source: payments
      window: 120 d
      delay: {p95: 60 d}
      watermark: 14 d
```

```yaml passes
data:
  sources: {payments: {kind: stream}}
  labels:
    fraud:
      positive: charged back
      negative: not charged back
      source: payments
      window: 120 d
      delay: {p95: 60 d}
      watermark: 90 d
```

Source: public notes on delayed feedback; Huyen 2022, chapter 4 (natural labels and feedback loop length).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, off, show
from archkit.model.data import Label
from archkit.quantity import Dimension
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge labels."""
    return bool(facts.blueprint.data.labels)


def check(facts: Facts) -> Iterator[Finding]:
    """Report labels that come too late."""
    for label in facts.blueprint.data.labels.values():
        delay = facts.labels.delay(label)
        mark = facts.labels.watermark(label)
        window = given(label, "window", f"window of `{label.id}`")
        if delay is not None and mark is not None:
            yield from _closed(label, delay, mark)
        elif delay is not None:
            yield from _unfinished(facts, label, delay)
        elif window is not None and mark is not None and mark.value < window.value:
            waits = f"training waits {show(mark.value)} for `{label.id}`"
            yield Finding(
                mark.span, f"{waits}, which may come for {show(window.value)}",
                f"write a `watermark` of {show(window.value)}, or the `delay` that shows how few come so late",
                notes(window), severity=Severity.WARNING,
            )  # fmt: skip
        if delay is not None:
            yield from _joined(facts, label, delay, mark)


def _closed(label: Label, delay: Input, mark: Input) -> Iterator[Finding]:
    if mark.value < delay.value:
        name = delay.name.split(" ", 1)[0]
        late = f"{show(mark.value)} for `{label.id}`, whose {name} delay is {show(delay.value)}"
        lacks = off(mark.value, delay.value)
        hint = f"write a `watermark` of at least {show(delay.value)}, or predict something that is known sooner"
        said = f"training waits {late} ({lacks}): late positives are learned as negatives"
        yield Finding(mark.span, said, hint, notes(delay))


def _unfinished(facts: Facts, label: Label, delay: Input) -> Iterator[Finding]:
    """Report the parts of a split that end before their labels are known, where nothing waits for them."""
    split = facts.blueprint.data.split
    if "time" not in split.by:
        return
    for name in ("validation", "test"):
        part = given(split, name, f"{name} part")
        if part is not None and part.value.dimension is Dimension.TIME and part.value < delay.value:
            yield Finding(
                part.span,
                f"{name} has {show(part.value)}, but `{label.id}` is known only after {show(delay.value)}: "
                "its examples are not labelled yet",
                f"write a `watermark` of at least {show(delay.value)}, so that the newest examples are left out",
                notes(delay),
            )
            return


def _joined(facts: Facts, label: Label, delay: Input, mark: Input | None) -> Iterator[Finding]:
    join = given(facts.blueprint.monitoring.feedback, "join_window", "join window")
    if join is None or not _by_events(label) or join.value >= delay.value:
        return
    # One window is written for all models: it is that of the quick labels, and a slow one waits by itself.
    waits = label.watermark is not None and mark is not None and mark.value >= delay.value
    if not waits or not any(_fits(facts, other, join) for other in facts.blueprint.data.labels.values()):
        yield Finding(
            join.span,
            f"outcomes are joined for {show(join.value)}, but `{label.id}` comes as late as {show(delay.value)}",
            f"write a `join_window` of at least {show(delay.value)}", notes(delay),
        )  # fmt: skip


def _by_events(label: Label) -> bool:
    return not label.has("kind") or label.kind in ("implicit", "explicit", "natural")


def _fits(facts: Facts, label: Label, join: Input) -> bool:
    """Return whether a label comes within the join window, and training does not wait any longer for it."""
    delay, mark = facts.labels.delay(label), facts.labels.watermark(label)
    found = delay is not None and _by_events(label) and delay.value <= join.value
    return found and (mark is None or mark.value <= join.value)
