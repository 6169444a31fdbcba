"""The stages together lose more good items than the target allows.

Multiplies the `recall` of components one after the other (that of parallel sources adds up, at most to 100%; an index
counts where it is read) and compares it with the target of an offline metric of recall that is marked `end_to_end`.

Three stages that each keep 95% of the good items keep 86% together. A target for the whole that is as high as that of
the best stage cannot be met, and the stage that loses most is where work pays.

```yaml fails
evaluation:
  offline:
    recall@20: {target: 90%, end_to_end: true}
architecture:
  lanes:
    inference:
      user: user
      ann: {type: ann_index, recall: 95%}
      light: {type: light_ranker, recall: 92%}
      ranker: {type: ranker}
  flows: [user -> ann -> light -> ranker -> user]
```

```yaml passes
evaluation:
  offline:
    recall@20: {target: 85%, end_to_end: true}
architecture:
  lanes:
    inference:
      user: user
      ann: {type: ann_index, recall: 95%}
      light: {type: light_ranker, recall: 92%}
      ranker: {type: ranker}
  flows: [user -> ann -> light -> ranker -> user]
```

Source: own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, share, show
from archkit.facts.words import mentions
from archkit.quantity import Dimension
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "evaluation"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge blueprints whose components state recall."""
    return bool(facts.path) and any(component.recall is not None for component in facts.graph.components.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the recall of the whole path with targets for the whole."""
    kept = _whole(facts)
    if not kept.used:
        return
    for name, metric in facts.blueprint.evaluation.offline.items():
        target = given(metric, "target", f"target of `{name}`")
        whole = metric.end_to_end and not metric.stage and mentions(name, "recall", "hit rate")
        if target is None or not whole or target.value.dimension is not Dimension.RATIO:
            continue
        if kept.part < target.value.value:
            found = f"{show(share(kept.part))} = {kept.formula}"
            message = f"the stages keep {found} of the good items, and `{name}` is to be {show(target.value)}"
            lowest = min(kept.used, key=lambda one: one.value.value)
            hint = f"raise the {lowest.name}, which loses most, or lower the target"
            yield Finding(target.span, message, hint, notes(*kept.used))


class _Kept(NamedTuple):
    """The share of good items that is left somewhere, how it follows, and the recalls that it comes from."""

    part: Fraction
    formula: str = ""
    used: tuple[Input, ...] = ()


def _whole(facts: Facts) -> _Kept:
    """Return what reaches the answer."""
    path = facts.path
    kept: dict[str, _Kept] = {}
    for id_ in path.order:
        found = _joined([kept[hop.source] for hop in path.before[id_]])
        read = [flow.source for flow in path.reads.get(id_, ()) if facts.graph.role(flow.source) == "index"]
        for each in (*read, id_):
            recall = given(facts.graph.components[each], "recall", f"recall of `{each}`")
            if recall is not None:
                formula = f"{found.formula} × {show(recall.value)}" if found.formula else show(recall.value)
                found = _Kept(found.part * recall.value.value, formula, (*found.used, recall))
        kept[id_] = found
    ends = [kept[id_] for id_ in path.order if not path.after[id_]]
    return max(ends, key=lambda end: end.part, default=_Kept(Fraction(1)))


def _joined(before: list[_Kept]) -> _Kept:
    """Return what parallel ways keep together: at most their sum, and at most everything."""
    if len(before) == 1:
        return before[0]
    total = sum((one.part for one in before), Fraction(0))
    if not before or total >= 1:
        return _Kept(Fraction(1))
    formula = f"({' + '.join(one.formula for one in before)})"
    return _Kept(total, formula, tuple(each for one in before for each in one.used))
