"""A feature is older than it may be when it is used.

Adds up how old a value can be: the time between two computations (`refresh`, or the `cadence` of the one job that
computes it, if that is longer), the `delay` of the feature or of that job, and the `delay` of the source it is read
from. The sum must not be over `max_staleness`. Where that is not written, `requirements.freshness.features` counts for
features with `mode: streaming`, as a warning: how old an account is need not be new to the minute.

Also reports `mode: streaming` of a feature that only offline components compute.

Just after a value has been replaced it is as old as computing takes; just before it is replaced, it is one whole
period older. Users notice that moment: what they watched a minute ago is offered to them again.

```yaml fails
data:
  features:
    user:
      watch_history: {type: sequence, refresh: 1 h, delay: 5 min, max_staleness: 30 min}
```

```yaml passes
data:
  features:
    user:
      watch_history: {type: sequence, refresh: 1 min, delay: 20 s, max_staleness: 30 min}
```

Source: public notes on feature freshness; Huyen 2022, chapter 7 (batch and streaming features).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import Input, given, notes, show
from archkit.facts.features import Key
from archkit.facts.words import listed
from archkit.model.components import Component
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge features that are computed before a request."""
    return any(feature.mode != ("request",) for feature in facts.features.all.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report features that get too old, and streaming features that no stream feeds."""
    for key, feature in facts.features.all.items():
        if feature.mode == ("request",):
            continue
        yield from _too_old(facts, key)
        if feature.mode == ("streaming",):
            yield from _not_streamed(facts, key)


def _too_old(facts: Facts, key: Key) -> Iterator[Finding]:
    feature = facts.features.all[key]
    limit = given(feature, "max_staleness", "oldest that it may be")
    own = limit is not None
    # What is computed in batches is slow on purpose.
    if limit is None and "streaming" in feature.mode:
        limit = given(facts.blueprint.requirements.freshness, "features", "features must be as new as")
    age = _age(facts, key)
    if limit is None or not age:
        return
    total = sum((part.value for part in age[1:]), age[0].value)
    if total <= limit.value:
        return
    working = " + ".join(f"{part.name} {show(part.value)}" for part in age)
    old = f"can be {show(total)} old" + (f" ({working})" if len(age) > 1 else f", by its {age[0].name}")
    hint = f"compute it more often than every {show(limit.value)}, delays included"
    yield Finding(
        limit.span if own else age[0].span,
        f"`{key[1]}` {old}, but may be {show(limit.value)} at most",
        hint if own else f"{hint}, or write a `max_staleness` of its own",
        notes(*age) if own else notes(*age[1:], limit),
        severity=None if own else Severity.WARNING,
    )


def _age(facts: Facts, key: Key) -> list[Input]:
    """Return the times that add up to how old a value can be; none where its period is not known."""
    feature = facts.features.all[key]
    jobs = facts.features.computed_by[key]
    job = jobs[0] if len(jobs) == 1 else None
    periods = [given(feature, "refresh", "refresh")]
    delays = [given(feature, "delay", "delay")]
    if job is not None:
        periods.append(given(job, "cadence", f"cadence of `{job.id}`"))
        delays.append(given(job, "delay", f"delay of `{job.id}`"))
    written = [period for period in periods if period is not None]
    if not written:
        return []
    sources = facts.blueprint.data.sources
    source = next((sources[id_] for id_ in feature.from_ if id_ in sources), None)
    parts = [max(written, key=lambda one: one.value), next(filter(None, delays), None)]
    if source is not None:
        parts.append(given(source, "delay", f"delay of `{source.id}`"))
    return [part for part in parts if part is not None]


def _not_streamed(facts: Facts, key: Key) -> Iterator[Finding]:
    jobs = facts.features.computed_by[key]
    if jobs and all(_offline(facts, job) for job in jobs):
        feature = facts.features.all[key]
        works = f"{listed([job.id for job in jobs])} work{'s' if len(jobs) == 1 else ''} on a schedule"
        yield Finding(
            feature.at("mode"), f"`{key[1]}` is to be streamed, but {works}",
            "let a `stream_processor` compute it, or write `mode: batch`",
            tuple(Note(f"`{job.id}` is a {job.type}", job.place) for job in jobs),
        )  # fmt: skip


def _offline(facts: Facts, job: Component) -> bool:
    return not job.guessed and facts.graph.tier(job.id) == "offline"
