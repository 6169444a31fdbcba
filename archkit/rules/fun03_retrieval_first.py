"""A heavy model is the first to see a large corpus.

For systems that choose among more than 100,000 items, looks at the first ranking model on the request path: before it
there should be something that chooses by other means, such as a candidate generator, an index, a filter, a light model
or predictions that were computed beforehand. A ranker that states more than 100,000 items at its entrance is reported
in any case.

Nobody scores a corpus for each request. Without a first stage the design has no answer to the simplest question about
it, and everything that follows (features of each item, capacity, latency) is out of scale by orders of magnitude.

```yaml fails
archetype: recommendation
requirements: {scale: {items: 10M}}
architecture:
  lanes:
    inference:
      viewer: user
      gateway: api_gateway
      ranker: {type: ranker}
  flows: [viewer -> gateway -> ranker -> viewer]
```

```yaml passes
archetype: recommendation
requirements: {scale: {items: 10M}}
architecture:
  lanes:
    inference:
      viewer: user
      gateway: api_gateway
      candidates: {type: candidate_generator}
      ranker: {type: ranker}
  flows: [viewer -> gateway -> candidates -> ranker -> viewer]
```

Source: the framework (retrieval, then ranking, then re-ranking).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, show
from archkit.facts.funnel import FunnelStage
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")

LARGE = 100_000
"""Items from which no heavy model sees all of them."""

_NARROWS = frozenset(
    (
        "candidate_source", "index", "retriever", "filter", "light_predictor", "heuristic", "prediction_store",
        "graph_store",
    )
)  # fmt: skip
_HINT = "put a candidate generator, an index, a filter by rules or a light model before it"


def applies(facts: Facts) -> bool:
    """Judge systems that choose among items while somebody waits."""
    return facts.scope.ranks and bool(facts.path) and not facts.scope.on_device


def check(facts: Facts) -> Iterator[Finding]:
    """Report rankers that see the corpus."""
    rankers = [id_ for id_ in facts.path.order if facts.graph.role(id_) == "predictor"]
    rankers = [id_ for id_ in rankers if not facts.graph.components[id_].guessed]
    seen = [facts.funnel.stages[id_] for id_ in rankers if id_ in facts.funnel.stages]
    large = [stage for stage in seen if stage.enter is not None and stage.enter.value.value > LARGE]
    yield from (_stated(stage) for stage in large)
    if not large and rankers:
        yield from _nothing_before(facts, rankers[0])


def _stated(stage: FunnelStage) -> Finding:
    assert stage.enter is not None  # noqa: S101 - chosen by it
    message = f"`{stage.id}` scores {show(stage.enter.value)} items for each request"
    return Finding(stage.enter.span, message, _HINT, notes(stage.leave))


def _nothing_before(facts: Facts, ranker: str) -> Iterator[Finding]:
    corpus, components = facts.funnel.corpus, facts.graph.components
    if corpus is None or corpus.value.value <= LARGE or facts.blueprint.architecture.partial:
        return
    stage = facts.funnel.stages.get(ranker)
    if stage is not None and stage.enter is not None:
        return  # it says how many reach it, and these are few
    # Whatever narrows may stand anywhere: drawn as read by the ranker, or as filled beforehand.
    if any(facts.graph.role(id_) in _NARROWS for id_ in components):
        return
    message = f"nothing narrows {show(corpus.value)} items down before `{ranker}` scores them"
    yield Finding(components[ranker].place, message, _HINT, notes(corpus))
