"""No way leads from a request over a prediction to an answer.

Follows requests from where they begin (`entry_points`, else users, apps and callers, else a gateway) to a component
that predicts, and from there to whoever uses the prediction: the user, an action, a store of predictions, a person
who decides. Every further model within the request must be called by something, or triggered by a stream, too. Where
nobody asks, as in batch systems, the way begins at data and may end in a store. An arrow `->` to something that is
looked up, or from something that calls others, brings its answer back without an arrow of its own.

A prediction that reaches nobody, and a request that reaches no model, are the two mistakes that make a picture
useless: the reader cannot tell what the system does.

```yaml fails
architecture:
  lanes:
    inference: {viewer: user, gateway: api_gateway, candidates: candidate_generator, ranker: ranker}
  flows:
    - viewer -> gateway -> candidates -> ranker
```

```yaml passes
architecture:
  lanes:
    inference: {viewer: user, gateway: api_gateway, candidates: candidate_generator, ranker: ranker}
  flows:
    - viewer -> gateway -> candidates -> ranker -> viewer
```

Source: the framework's picture of a system (the inference lane).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "serving"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge pictures with arrows and models."""
    graph = facts.graph
    return not facts.scope.platform and not graph.sketch and bool(graph.flows) and bool(facts.serving.models)


def check(facts: Facts) -> Iterator[Finding]:
    """Report where the way of a prediction ends, or where the way to one should have begun."""
    serving, components = facts.serving, facts.graph.components
    if serving.lost:
        if not components[serving.lost].guessed:
            yield _lost(facts, serving.lost)
        return
    for id_ in serving.unasked if serving.askers else ():
        if not components[id_].guessed:
            asker = serving.askers[0]
            notes = (Note("requests begin here", components[asker].place),)
            message = f"no request reaches `{id_}`: nothing that starts by itself leads to it"
            yield Finding(components[id_].place, message, f"draw who calls it, as `{asker} -> {id_}`", notes)


def _lost(facts: Facts, lost: str) -> Finding:
    serving, components = facts.serving, facts.graph.components
    reached = [id_ for id_ in serving.models if id_ in serving.asked]
    reached = reached or [id_ for id_ in serving.models if id_ in serving.fed]
    model = (reached or serving.models)[0]
    notes = [] if model == lost else [Note("the model is here", components[model].place)]
    if reached:
        user = next(iter(serving.askers), "viewer")
        message = f"the predictions of `{model}` reach nobody" + ("" if model == lost else f": they end at `{lost}`")
        hint = f"draw who gets them, as `{lost} -> {user}`, or a store in which they wait"
    else:
        notes += [Note("requests begin here", components[id_].place) for id_ in serving.askers[:1]]
        start = next(iter(serving.askers), "viewer")
        begins = "" if model == lost else f": the way to it begins at `{lost}`"
        message = f"no request and no data reach `{model}`, which should predict{begins}"
        hint = f"draw the way to it, as `{start} -> {lost}`"
    return Finding(components[lost].place, message, hint, tuple(notes))
