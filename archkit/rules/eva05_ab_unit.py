"""The experiment does not say what is assigned, what is expected, or how long it runs.

Looks for `unit`, `duration` and `hypothesis` (or `minimum_effect` together with a metric that decides) in
`evaluation.experiment`, and for the experiment itself where a recommender or a search is served online. Where people
influence each other (links between them, an auction, a shared budget) and single people are assigned, `interference`
has to say what is done about it.

What is not written down before an experiment is decided after it, in favour of whatever came out. And where the arms
share something, an effect in one changes the other: half of a market cannot be tested against the other half.

```yaml fails
evaluation:
  offline: {ndcg@20: 0.4}
  experiment: {split: 50/50}
```

```yaml passes
evaluation:
  offline: {ndcg@20: 0.4}
  experiment: {unit: user, split: 50/50, duration: 14 d, hypothesis: watch time per user rises by 1%}
```

Source: R. Kohavi, D. Tang and Y. Xu, "Trustworthy Online Controlled Experiments" (2020), chapters 2, 14 and 22; own
judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")

_NEEDED = {
    "unit": "unit: user",
    "hypothesis": "hypothesis: watch time per user rises by 1%",
    "duration": "duration: 14 d",
}


def applies(facts: Facts) -> bool:
    """Judge experiments, and recommenders and searches that ought to have one."""
    evaluation = facts.blueprint.evaluation
    wanted = facts.scope.ranks and facts.scope.online and not facts.scope.on_device
    return bool(evaluation.experiment) or (bool(evaluation) and wanted and evaluation.whole())


def check(facts: Facts) -> Iterator[Finding]:
    """Report a missing experiment, what it does not say, and single people where people influence each other."""
    evaluation = facts.blueprint.evaluation
    record = evaluation.experiment
    if not record:
        message = "there is no experiment, so nobody learns whether the model does any good"
        yield Finding(
            evaluation.key_at("experiment"), message, f"write `experiment: {{{', '.join(_NEEDED.values())}}}`"
        )
        return
    decided = bool(record.metric) or any(metric.goal for metric in evaluation.online.values())
    expected = record.has("hypothesis") or (record.has("minimum_effect") and decided)
    missing = [name for name in _NEEDED if not (expected if name == "hypothesis" else record.has(name))]
    if missing and record.whole():
        words = {"unit": "what is assigned", "hypothesis": "what is expected", "duration": "how long it runs"}
        said = " and ".join(words[name] for name in missing)
        hint = "write " + ", ".join(f"`{_NEEDED[name]}`" for name in missing)
        yield Finding(record.place, f"the experiment does not say {said}", hint)
    shared = _shared(facts)
    if shared is not None and facts.experiment.by_person and not record.has("interference") and record.whole():
        message = f"`{record.unit}` is assigned one by one, but {shared.message}, so each arm changes the other"
        hint = "assign clusters, or say in `interference` what is done about it"
        yield Finding(record.at("unit"), message, hint, (shared,))


def _shared(facts: Facts) -> Note | None:
    """Return what ties people in different arms together."""
    framing = facts.blueprint.framing
    if framing.task == "link prediction":
        return Note("links join people of both arms", framing.at("task"))
    for component in facts.graph.components.values():
        if component.type in ("auction", "budget_pacer") and not component.guessed:
            return Note(f"both arms meet in `{component.id}`", component.place)
    return None
