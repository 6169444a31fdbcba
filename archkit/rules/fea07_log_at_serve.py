"""What the model was served is not what it learns from: served features reach no training.

Looks at models that run online on features which change (fed by an online feature store, or with `mode: streaming`,
`refresh` or `max_staleness`), where the architecture trains something. One of these should bring to training what was
served:

- a feature log that training reads;
- a log that says it keeps features (`logs`, a label of the arrow, `monitoring.feedback.log`) and leads to training;
- an offline feature store with history, joined as of each example's time;
- a leakage entry whose guard says that features are logged, or joined as of the moment.

Words alone count where no such log is drawn. Where one is drawn and no way leads from it to training, only features
that are joined as of the moment make up for that.

Recomputing last month's features from today's tables gives other values than those which were served: late events have
arrived, rows were corrected, counts went on counting. The surest way to train as one serves is to keep the features at
the moment they are used.

```yaml fails
architecture:
  lanes:
    data: {events: event_stream, lake: data_lake, online_store: feature_store_online}
    training: {labels: label_join, trainer: training_job}
    inference: {app: client_app, ranker: {type: ranker}}
  flows:
    - app -> ranker -> app
    - app ..> events ~> lake -> labels -> trainer ~> ranker
    - online_store -> ranker
```

```yaml passes
architecture:
  lanes:
    data: {events: event_stream, served: feature_log, online_store: feature_store_online}
    training: {labels: label_join, trainer: training_job}
    inference: {app: client_app, ranker: {type: ranker}}
  flows:
    - app -> ranker -> app
    - app ..> events ~> labels -> trainer ~> ranker
    - online_store -> ranker ..> served ~> labels
```

Source: Google's Rules of ML, rule 29.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.words import begins, listed
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_EXEMPT = frozenset(("on-device", "federated", "platform", "rag", "agent", "generation"))
_SCORES = ("predictor", "light_predictor")
_ELSEWHERE = frozenset(("edge_model", "batch_inference"))
_JOINED = ("point in time", "as of", "snapshot")
_AS_SERVED = ("logged", "as served", *_JOINED)


def applies(facts: Facts) -> bool:
    """Judge architectures that train, and serve online, with types that are written."""
    graph = facts.graph
    if graph.sketch or _EXEMPT.intersection(facts.blueprint.archetypes):
        return False
    trains = any(not graph.components[id_].guessed for id_ in graph.by_role.get("trainer", ()))
    return trains and bool(_scorers(facts))


def check(facts: Facts) -> Iterator[Finding]:
    """Report served features that training never sees."""
    scorers = _scorers(facts)
    changing = {id_: why for id_ in scorers if (why := _changing(facts, id_))}
    if not changing:
        return
    graph = facts.graph
    trainers = graph.by_role["trainer"]
    leads = graph.whole.reached(trainers, backwards=True)
    logs = _logs(facts)
    # Words about a log are about the one that is drawn; where nothing at all leads to training, STR01 says so.
    drawn = logs and not leads <= set(trainers)
    if _said(facts, _JOINED if drawn else _AS_SERVED):
        return
    if any(graph.role(id_) == "feature_store" and graph.tier(id_) == "offline" for id_ in leads):
        return
    if any(id_ in leads for id_ in logs):
        return
    scorer, why = next(iter(changing.items()))
    notes = [Note("it learns here", graph.components[trainers[0]].place)]
    if logs:
        log = next(iter(logs))
        yield Finding(
            graph.components[log].place, f"`{log}` keeps the features that were served, but leads to no training",
            f"draw an arrow from `{log}` to the label join or the data that training reads", tuple(notes),
        )  # fmt: skip
        return
    yield Finding(
        graph.components[scorer].place,
        f"`{scorer}` is served {why}, and training computes features anew: nothing brings it what was served",
        f"log features while serving, as `- {scorer} ..> feature_log`, and join labels to that log",
        tuple(notes),
    )


def _scorers(facts: Facts) -> list[str]:
    """Return components that predict while a request waits."""
    graph = facts.graph
    return [
        id_
        for id_ in graph.with_role(*_SCORES)
        if graph.components[id_].type not in _ELSEWHERE
        and not graph.components[id_].guessed
        and graph.tier(id_) == "online"
        and graph.components[id_].zone != "device"
    ]


def _changing(facts: Facts, id_: str) -> str:
    """Return what changes among that which a component is served, in words; nothing where nothing does."""
    graph = facts.graph
    for flow in graph.into[id_]:
        if graph.components[flow.source].type == "feature_store_online":
            return f"features from `{flow.source}`"
    models = graph.components[id_].serves
    keys = dict.fromkeys(facts.features.uses(graph.components[id_], "uses"))
    for model in models:
        if model in facts.features.by_model:
            keys.update(dict.fromkeys(facts.features.by_model[model].trained))
    features = [(key, facts.features.all[key]) for key in keys]
    names = [
        key[1]
        for key, one in features
        if "streaming" in one.mode or one.refresh is not None or one.max_staleness is not None
    ]
    return f"features that change ({listed(names)})" if names else ""


def _said(facts: Facts, words: tuple[str, ...]) -> bool:
    """Return whether a guard against leaks says one of some words, or what is recorded holds features where they do."""
    guards = (one.guard for one in facts.blueprint.data.leakage.values())
    kept = facts.blueprint.monitoring.feedback.log if "logged" in words else ()
    return any(begins(guard, *words) for guard in guards) or any(begins(word, "feature") for word in kept)


def _logs(facts: Facts) -> dict[str, None]:
    """Return the components that keep features as they were served."""
    graph = facts.graph
    found = dict.fromkeys(graph.by_role.get("feature_log", ()))
    for id_, component in graph.components.items():
        keeps = any(begins(word, "feature", "input") for word in component.logs)
        if keeps and graph.role(id_) not in _SCORES:
            found[id_] = None
        elif keeps:
            # A scorer that says it logs features writes them to wherever it sends anything but its answer.
            found.update(
                dict.fromkeys(flow.target for flow in graph.out[id_] if flow.kind in ("feedback", "async", "stream"))
            )
    for flow in graph.flows:
        if graph.role(flow.source) in _SCORES and begins(flow.label, "feature") and flow.kind != "sync":
            found[flow.target] = None
    return found
