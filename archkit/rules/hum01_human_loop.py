"""A grave decision is made without a person to review it or to appeal to.

Where `requirements` say that stakes are high, or (stakes left open) that predictions decide about people, the picture
must lead from a prediction or its action to people who review it (`human_review`, `approval`), or from those affected
to an appeal or a report; or `serving.review` must say how. It reports a picture without such people, and one in which
nothing leads to them. Silent about models on devices, which decide within milliseconds.

At scale even a model that is right 99.9 times in a hundred wrongs thousands a day. Whoever loses an account, a loan
or a job needs somebody to ask, and the system needs their verdicts: they are the best labels it will ever get.

```yaml fails
requirements: {stakes: high}
architecture:
  lanes:
    inference: {shop: upstream_service, scorer: model_server, block: action_service}
  flows:
    - shop -> scorer -> block -> shop
```

```yaml passes
requirements: {stakes: high}
architecture:
  lanes:
    inference: {shop: upstream_service, scorer: model_server, block: action_service}
    human: {appeal: appeal, review: human_review}
  flows:
    - shop -> scorer -> block -> shop
    - shop -> appeal -> review -> block: {kind: human}
```

Source: EU AI Act, article 14 (human oversight); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.catalog import SCORERS
from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

_PEOPLE = ("reviewer", "appeal", "report")


def applies(facts: Facts) -> bool:
    """Judge systems that can do grave harm, where a person has the time to look."""
    needs = facts.blueprint.requirements
    grave = needs.stakes == "high" or (needs.affects_people and not needs.stakes)
    if not grave or facts.scope.on_device or facts.graph.sketch:
        return False
    return bool(facts.graph.with_role(*SCORERS, "heuristic", "agent"))


def check(facts: Facts) -> Iterator[Finding]:
    """Report decisions that nobody can look at."""
    if facts.blueprint.serving.has("review"):
        return
    graph, needs = facts.graph, facts.blueprint.requirements
    starts = graph.with_role(*SCORERS, "heuristic", "agent", "action", "prediction_store", "prediction_log", "entry")
    people = graph.with_role(*_PEOPLE)
    if not graph.whole.reached(starts).isdisjoint(people):
        return
    field = "stakes" if needs.stakes == "high" else "affects_people"
    notes = (Note("this is what makes it grave", needs.at(field)),)
    if people:
        action = next(iter(graph.with_role("action", *SCORERS)), people[0])
        hint = f"draw how a case gets there, as `{action} -> {people[0]}: {{kind: human}}`"
        yield Finding(
            graph.components[people[0]].place, f"no decision and no complaint reaches `{people[0]}`", hint, notes
        )
        return
    if any(component.guessed and graph.role(id_) == "other" for id_, component in graph.components.items()):
        return
    decides = graph.components[graph.with_role("action")[0] if graph.with_role("action") else _last(facts)]
    hint = "add a `human_review` for unsure cases or an `appeal` for those affected, with the arrows that lead there"
    message = f"what `{decides.id}` decides is final: no person reviews it, and nobody can appeal"
    yield Finding(decides.place, message, hint, notes)


def _last(facts: Facts) -> str:
    models = facts.graph.with_role(*SCORERS, "heuristic", "agent")
    on_path = [id_ for id_ in facts.path.order if id_ in models]
    return (on_path or models)[-1]
