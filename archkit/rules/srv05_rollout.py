"""A new version goes to everybody at once.

`serving.rollout` must have a stage before all traffic: a shadow, a canary, an A/B test, interleaving or a staged
release with less than 100% of traffic, and no such stage may come after everybody has the new version. Where
predictions are made in batches only, replaying past data counts. A rollout controller or a mirrored arrow in the
picture will do if the section says nothing.

Offline metrics do not know about missing features in production, slow requests, or people who react differently than
history says. One percent of traffic does, at one percent of the harm.

```yaml fails
serving:
  mode: online
  rollout: [full]
```

```yaml passes
serving:
  mode: online
  rollout: [shadow, {canary: 5%}, {ab: 50%}, full]
```

Source: ML Test Score (Breck et al. 2017), Infra 6: canary before serving; AWS Well-Architected Machine Learning Lens.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.model.serving import RolloutStage
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_GRADUAL = frozenset(("shadow", "canary", "ab", "interleaving", "staged"))
_WRITE = "write `rollout: [shadow, {canary: 5%}, {ab: 50%}, full]`, or the stages that fit"


def applies(facts: Facts) -> bool:
    """Judge systems that say how they serve."""
    serving = facts.blueprint.serving
    return any(serving.written()) and not facts.scope.platform and serving.whole() and serving.whole("rollout")


def check(facts: Facts) -> Iterator[Finding]:
    """Report a rollout without a small stage, or with one that comes too late."""
    serving = facts.blueprint.serving
    if not serving.rollout:
        if not serving.has("rollout") and not _drawn(facts):
            yield Finding(serving.place, "nothing says how a new version comes to traffic step by step", _WRITE)
        return
    everybody: RolloutStage | None = None
    for stage in serving.rollout:
        if _small(stage) and everybody is not None:
            message = f"`{stage.kind}` comes after everybody has the new version"
            notes = (Note("everybody gets it here", everybody.place),)
            yield Finding(stage.place, message, f"move `{stage.kind}` before `{everybody.kind}`", notes)
            return
        if not _small(stage) and stage.kind != "offline replay":
            everybody = everybody or stage
    past = facts.scope.batch  # Where nobody waits for an answer, past data are as good as a part of traffic.
    if not any(_small(stage) or (past and stage.kind == "offline replay") for stage in serving.rollout):
        said = ", ".join(stage.kind for stage in serving.rollout)
        yield Finding(serving.key_at("rollout"), f"no part of traffic tries a new version first: {said}", _WRITE)


def _small(stage: RolloutStage) -> bool:
    """Return whether a stage lets a part of traffic try a version; nobody sees what a shadow answers to copies."""
    if stage.kind == "shadow":
        return True
    return stage.kind in _GRADUAL and (stage.share is None or stage.share.value < 1)


def _drawn(facts: Facts) -> bool:
    return bool(facts.graph.with_role("rollout")) or any(flow.kind == "mirror" for flow in facts.graph.flows)
