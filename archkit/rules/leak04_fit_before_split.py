"""A scaler, vocabulary or encoder is fitted to data that are split only afterwards.

Reports features with `fit_on: all`, and, in the architecture, fitted transforms from which arrows lead to the dataset
splitter while none lead back.

What is fitted before the split has seen the test set: its mean, its rare words, its categories and their target rates.
The effect is small for a mean and ruinous for a target encoding; either way the metric no longer tells what happens
with data that nobody has seen.

```yaml fails
data:
  features:
    user:
      age: {type: numeric, transform: z-score, fit_on: all}
```

```yaml passes
data:
  features:
    user:
      age: {type: numeric, transform: z-score, fit_on: train}
```

Source: public notes on data leakage; Huyen 2022, chapter 5 (scaling before splitting).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge features, and architectures with a splitter."""
    return bool(facts.features.all or facts.graph.by_role.get("splitter"))


def check(facts: Facts) -> Iterator[Finding]:
    """Report what has seen the test set."""
    for (_group, name), feature in facts.features.all.items():
        if feature.fit_on == "all":
            what = feature.transform or "the transform"
            yield Finding(
                feature.at("fit_on"), f"{what} of `{name}` is fitted on all data, those for test included",
                "write `fit_on: train`, and apply what was fitted to the other parts",
            )  # fmt: skip
    yield from _before_the_split(facts)


def _before_the_split(facts: Facts) -> Iterator[Finding]:
    graph = facts.graph
    splitters = [id_ for id_ in graph.by_role.get("splitter", ()) if not graph.components[id_].guessed]
    if not splitters or not graph.by_role.get("fitter"):
        return
    before = graph.whole.reached(splitters, backwards=True)
    after = graph.whole.reached(splitters)
    for id_ in graph.by_role["fitter"]:
        component = graph.components[id_]
        if id_ in before and id_ not in after and not component.guessed:
            said = f"`{id_}` is fitted before `{splitters[0]}` divides the data, so it has seen the test set"
            hint = f"let `{splitters[0]}` come first, and fit `{id_}` to the training part"
            note = Note("the data are divided here", graph.components[splitters[0]].place)
            yield Finding(component.place, said, hint, (note,))
