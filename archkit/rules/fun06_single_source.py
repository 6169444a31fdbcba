"""Everything comes from one model's candidates, though variety or new users are promised.

For personalised recommenders whose only candidate generator serves a learned model, and which promise diversity (a
metric, the goal) or an answer to new users (`serving.cold_start.user`).

What a single model does not retrieve, no ranker can show. It retrieves more of what people already watched, has nothing
for those it does not know, and has no second opinion when it is wrong. Popular, fresh, nearby or followed items are
sources of ten lines each that a merge puts beside it.

```yaml fails
archetype: recommendation
serving:
  cold_start: {user: popular videos of the country}
architecture:
  lanes:
    inference:
      viewer: user
      candidates: {type: candidate_generator, serves: two_tower}
      ranker: {type: ranker}
  flows: [viewer -> candidates -> ranker -> viewer]
```

```yaml passes
archetype: recommendation
serving:
  cold_start: {user: popular videos of the country}
architecture:
  lanes:
    inference:
      viewer: user
      candidates: {type: candidate_generator, serves: two_tower}
      popular: {type: candidate_generator}
      merge: {type: candidate_merger}
      ranker: {type: ranker}
  flows: [viewer -> candidates & popular -> merge -> ranker -> viewer]
```

Source: the framework (several candidate sources); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.ADVICE
STEP = "serving"
PROFILES = ("interview", "production")

_VARIETY = ("diversit", "novelt", "serendipit", "variety", "coverage")


def applies(facts: Facts) -> bool:
    """Judge personalised recommenders."""
    blueprint = facts.blueprint
    return "recommendation" in facts.scope.archetypes and blueprint.requirements.personalised is not False


def check(facts: Facts) -> Iterator[Finding]:
    """Report a single learned source beside a promise that needs more."""
    components = facts.graph.components
    sources = [id_ for id_ in facts.graph.with_role("candidate_source") if not components[id_].components]
    others = facts.graph.with_role("heuristic", "explorer", "retriever", "prediction_store")
    if len(sources) != 1 or others or facts.blueprint.architecture.partial:
        return
    source, promise = components[sources[0]], _promise(facts)
    if source.guessed or not source.serves or promise is None:
        return
    message = f"`{source.id}` is the only source of candidates, and {promise.message}"
    hint = "add a source that does not depend on the model (popular, fresh, nearby), and a merge"
    yield Finding(source.place, message, hint, (promise,))


def _promise(facts: Facts) -> Note | None:
    """Return what is promised that one source cannot keep, and where."""
    blueprint = facts.blueprint
    for section in ("offline", "online", "guardrails"):
        for name, metric in getattr(blueprint.evaluation, section).items():
            if begins(name, *_VARIETY):
                return Note(f"`{name}` promises variety", metric.place)
    if begins(blueprint.requirements.goal, *_VARIETY):
        return Note("the goal promises variety", blueprint.requirements.at("goal"))
    known = next(
        (key for key in blueprint.serving.cold_start if key in ("user", "users", "new users", "new_user")), None
    )
    return Note("new users are promised an answer", blueprint.serving.key_at("cold_start", known)) if known else None
