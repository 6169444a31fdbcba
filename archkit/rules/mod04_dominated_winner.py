"""The chosen option is beaten on every criterion.

Compares the `scores` of the chosen option of `model.options`, and of each entry of `decisions`, with those of the
others: an option that is at least as good on all criteria of the winner, and better on one, dominates it. What is
measured rather than scored (`latency`, `memory`, `cost`, `training_time`, `parameters`, `examples`) counts where both
options have it: a winner that is faster than its rival is not dominated by it.

A dominated winner means that the table and the text disagree: either a score is wrong, or the criterion which really
decided is missing. Readers notice, and then trust neither.

```yaml fails
model:
  options:
    popularity: {baseline: true, scores: {quality: 2, latency: 5}}
    two_tower: {chosen: true, because: quality, scores: {quality: 3, latency: 3}}
    ranker: {scores: {quality: 5, latency: 3}}
```

```yaml passes
model:
  options:
    popularity: {baseline: true, scores: {quality: 2, latency: 5}}
    two_tower: {chosen: true, because: quality within the latency, scores: {quality: 3, latency: 3}}
    ranker: {scores: {quality: 5, latency: 1}}
```

Source: own judgement (Pareto dominance).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.model.modelling import Option
from archkit.rules import Finding
from archkit.source import Span

SEVERITY = Severity.WARNING
STEP = "model"
PROFILES = ("interview", "production")

_MEASURES = ("memory", "cost", "training_time", "parameters", "examples")
_PERCENTILES = ("mean", "p50", "p95", "p99", "p999", "max")


def applies(facts: Facts) -> bool:
    """Judge options and decisions."""
    return bool(facts.blueprint.model.options or facts.blueprint.decisions)


def check(facts: Facts) -> Iterator[Finding]:
    """Report winners that another option dominates."""
    options = facts.blueprint.model.options
    chosen = [option for option in options.values() if option.chosen]
    if len(chosen) == 1:
        yield from _dominated(chosen[0], options, chosen[0].key_at("chosen"))
    for decision in facts.blueprint.decisions.values():
        if decision.chosen in decision.options:
            yield from _dominated(decision.options[decision.chosen], decision.options, decision.at("chosen"))


def _dominated(winner: Option, options: Mapping[str, Option], span: Span) -> Iterator[Finding]:
    for rival in options.values():
        if rival is winner or not _dominates(rival, winner):
            continue
        better = [name for name in winner.scores if rival.scores[name] > winner.scores[name]]
        name = better[0]
        numbers = f"{name} {show(rival.scores[name])} against {show(winner.scores[name])}"
        numbers += ", …" if len(better) > 1 else ""
        even = "and nowhere worse" if len(better) < len(winner.scores) else "and everywhere else"
        notes = [
            Note(f"{option.id}: {one} {show(option.scores[one])}", option.at("scores", one))
            for one in winner.scores
            for option in (rival, winner)
        ]
        yield Finding(
            span,
            f"`{winner.id}` is chosen, though `{rival.id}` scores better ({numbers}) {even}",
            f"choose `{rival.id}`, correct a score, or add the criterion that decided for `{winner.id}`",
            tuple(notes),
        )
        return


def _dominates(rival: Option, winner: Option) -> bool:
    if not winner.scores or set(winner.scores) - set(rival.scores):
        return False
    pairs = [(rival.scores[name], winner.scores[name]) for name in winner.scores]
    if any(theirs < ours for theirs, ours in pairs) or all(theirs == ours for theirs, ours in pairs):
        return False
    return not _measured_better(winner, rival)


def _measured_better(winner: Option, rival: Option) -> bool:
    """Return whether the winner needs less of something than its rival, by a number rather than by points."""
    pairs = [(getattr(winner, name), getattr(rival, name)) for name in _MEASURES]
    pairs += [(getattr(winner.latency, name), getattr(rival.latency, name)) for name in _PERCENTILES]
    return any(ours is not None and theirs is not None and ours < theirs for ours, theirs in pairs)
