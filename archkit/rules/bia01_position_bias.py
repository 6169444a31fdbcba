"""A ranker learns from clicks, and nothing accounts for the place at which things were shown.

Looks, in systems that order items, at implicit labels that a ranker learns (clicks, opens, plays) for anything said
about the position: `position_bias` of the label, `position` of the model, `bias` of the data, a feature with
`position: true`, a loss with propensities. Labels that only retrieval learns are not accused.

The first place is clicked because it is the first. A ranker that does not know this learns its predecessor's order,
finds itself confirmed by the next clicks, and offline metrics computed from such clicks agree with it.

```yaml fails
framing: {task: ranking}
data: {labels: {clicked: {kind: implicit, positive: clicked within a minute, negative: shown and not clicked}}}
```

```yaml passes
framing: {task: ranking}
data:
  labels:
    clicked: {kind: implicit, positive: clicked within a minute, position_bias: position as a training-only input}
```

Source: Google's Rules of ML (Zinkevich), rule 36; T. Joachims, A. Swaminathan and T. Schnabel, "Unbiased
Learning-to-Rank with Biased Feedback" (2017).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.model.data import Label
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_CLICKS = (
    "click", "tap", "open", "play", "watch", "view", "like", "press", "swipe", "book", "bought", "buy", "purchas",
    "regist", "react", "comment", "install", "added", "saved", "dwell",
)  # fmt: skip
_HANDLED = (
    "position", "propensit", "unbiased", "debias", "counterfactual", "randomis", "interleav", "examination", "ips",
)  # fmt: skip


def applies(facts: Facts) -> bool:
    """Judge systems that order items by what was clicked."""
    return any(True for _ in _learned(facts))


def check(facts: Facts) -> Iterator[Finding]:
    """Report labels of rankers where the position is not accounted for."""
    if _handled_for_all(facts):
        return
    for label in _learned(facts):
        models = {learner.model.id: learner.model for learner in facts.labels.by_label[label.id]}
        texts = [text for model in models.values() for text in (model.loss, model.note, model.sampling.weights)]
        texts += [learner.loss for learner in facts.labels.by_label[label.id]]
        texts += [label.note, label.sampling.weights, label.sampling.method]
        said = label.has("position_bias") or any(model.position for model in models.values())
        if said or any(begins(text, *_HANDLED) for text in texts):
            continue
        message = f"`{label.id}` is learned from what people did with a list, and first places get more of it anyway"
        hint = "write `position_bias:` and what is done, such as `position as a training-only input`"
        yield Finding(label.place, message, hint)


def _learned(facts: Facts) -> Iterator[Label]:
    """Yield the labels of clicks that a ranker learns, or may learn."""
    if not facts.scope.ranks and not _ranker(facts):
        return
    for id_, label in facts.blueprint.data.labels.items():
        clicked = label.kind in ("", "implicit") and begins(label.positive, *_CLICKS)
        tasks = {facts.labels.task(learner.model) for learner in facts.labels.by_label[id_]}
        roles = {learner.model.id for learner in facts.labels.by_label[id_]}
        only_retrieval = bool(tasks) and (tasks <= {"retrieval", "representation learning"} or _retrieves(facts, roles))
        if clicked and not only_retrieval and label.whole():
            yield label


def _ranker(facts: Facts) -> bool:
    """Return whether a ranker stands in the picture."""
    return any(one.type == "ranker" and not one.guessed for one in facts.graph.components.values())


def _retrieves(facts: Facts, models: set[str]) -> bool:
    """Return whether models are run by stages of retrieval alone."""
    runners = [id_ for id_, one in facts.graph.components.items() if models.intersection(one.serves)]
    wanted = ("candidate_source", "index", "encoder", "indexer", "retriever")
    return bool(runners) and all(facts.graph.role(id_) in wanted for id_ in runners)


def _handled_for_all(facts: Facts) -> bool:
    """Return whether the data as a whole account for the position."""
    data = facts.blueprint.data
    said = [*data.bias, *data.bias.values(), *data.preparation, data.sampling.method, data.sampling.weights]
    return any(begins(text, *_HANDLED) for text in said) or any(one.position for one in facts.features.all.values())
