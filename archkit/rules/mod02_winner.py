"""No option wins, or nothing says why.

Looks for exactly one option with `chosen: true`; for a `because` that names something the requirements speak of (a
number, latency, cost, freshness, new users, quality, labels, …); and for options that have both `pros` and `cons`.

Options without a verdict leave the reader to decide. A verdict without a reason cannot be defended ("it is the state
of the art" answers no requirement), nor revised when the requirement changes. And where nothing speaks against the
winner, or nothing for the losers, the comparison was written after the choice.

```yaml fails
model:
  options:
    popularity: {baseline: true, pros: [trivial], cons: [not personal]}
    matrix_factorisation: {pros: [quick to train], cons: [no new users]}
    two_tower: {chosen: true, because: it is the state of the art, pros: [personal], cons: [needs an index]}
```

```yaml passes
model:
  options:
    popularity: {baseline: true, pros: [trivial], cons: [not personal]}
    matrix_factorisation: {pros: [quick to train], cons: [no new users]}
    two_tower: {chosen: true, because: answers new users within 200 ms, pros: [personal], cons: [needs an index]}
```

Source: the framework's fourth step (choose, and say why); AWS Well-Architected ML Lens (document decisions).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import begins, listed, words
from archkit.model.modelling import Option
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

_CRITERIA = (
    "latenc", "fast", "slow", "quick", "rapid", "time", "second", "minute", "hour", "day", "week", "month", "cost",
    "cheap", "expens", "price", "budget", "money", "memory", "storage", "small", "large", "big", "size", "scal",
    "user", "people", "visitor", "item", "catalog", "corpus", "new", "fresh", "cold", "start", "accura", "quality",
    "precis", "recall", "relevan", "error", "ndcg", "auc", "privac", "private", "consent", "safe", "offline",
    "online", "label", "annotat", "data", "exampl", "explain", "interpret", "debug", "train", "retrain", "continual",
    "updat", "maintain", "simpl", "robust", "fair", "availab", "languag", "device", "phone", "battery", "energy",
    "throughput", "request", "quer", "sequence", "order", "context", "image", "picture", "video", "text", "calibrat",
    "probabilit", "diversi", "token", "hallucin", "citation", "capacity", "million", "billion", "index", "cach",
    "feature", "interaction", "history", "histor", "session", "signal", "noise", "nois", "hardware", "gpu", "cpu",
)  # fmt: skip
"""How words begin that name something requirements speak of."""


def applies(facts: Facts) -> bool:
    """Judge options that were all readable."""
    return facts.blueprint.model.has_all_options


def check(facts: Facts) -> Iterator[Finding]:
    """Report a missing, doubled or unexplained choice, and one-sided options."""
    model = facts.blueprint.model
    chosen = [option for option in model.options.values() if option.chosen]
    if not chosen:
        if not any(option.has("chosen") for option in model.options.values()):
            names = listed(tuple(model.options), "or")
            yield Finding(
                model.key_at("options"), "options are compared, but none is chosen",
                f"write `chosen: true` and `because: …` at {names}",
            )  # fmt: skip
    elif len(chosen) > 1:
        yield Finding(
            chosen[1].key_at("chosen"), f"{listed([option.id for option in chosen])} are all chosen",
            "keep one; two that work together are an option of their own, with the pros and cons of both",
            (Note(f"`{chosen[0].id}` is chosen first", chosen[0].key_at("chosen")),),
        )  # fmt: skip
    for option in chosen:
        yield from _unexplained(facts, option)
    yield from _one_sided(facts, chosen)


def _unexplained(facts: Facts, option: Option) -> Iterator[Finding]:
    if not option.has("because"):
        hint = "write `because:` with the requirements that decide, such as `serves new users within 200 ms`"
        yield Finding(option.place, f"`{option.id}` is chosen, but not why", hint)
    elif option.because and not _names_a_criterion(facts, option.because):
        yield Finding(
            option.at("because"), f"the reason for `{option.id}` names no requirement that it meets",
            "say which requirement decides, such as a latency, a cost, new users or the labels at hand",
            severity=Severity.WARNING,
        )  # fmt: skip


def _names_a_criterion(facts: Facts, reason: str) -> bool:
    if any(c.isdigit() for c in reason) or begins(reason, *_CRITERIA):
        return True
    blueprint = facts.blueprint
    known = {name for option in blueprint.model.options.values() for name in option.scores}
    wanted = " ".join((*known, blueprint.requirements.goal, *blueprint.requirements.constraints))
    return bool(begins(reason, *(word[:5] for word in words(wanted).split() if len(word) > 3)))


def _one_sided(facts: Facts, chosen: list[Option]) -> Iterator[Finding]:
    model = facts.blueprint.model
    if not any(option.has("pros") and option.has("cons") for option in model.options.values()):
        yield Finding(
            model.key_at("options"), "no option has both pros and cons, so nothing has been weighed",
            "write `pros: […]` and `cons: […]` for each option; what is chosen has a price, too",
        )  # fmt: skip
        return
    for option in chosen:
        missing = [name for name in ("pros", "cons") if not option.has(name)]
        if missing:
            what = "has a price, too" if missing == ["cons"] else "has merits"
            yield Finding(
                option.place, f"`{option.id}` is chosen, and has no {' and no '.join(missing)}",
                f"write `{missing[0]}: […]`: whatever is chosen {what}", severity=Severity.WARNING,
            )  # fmt: skip
