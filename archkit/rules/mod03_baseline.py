"""No simple baseline is among the options.

Looks for an option with `baseline: true`, or one whose name says that it is simple (popularity, rules, a heuristic,
random, BM25, the last value, logistic regression, …).

A model's quality means nothing by itself: an accuracy of 97% is poor where always saying "no" gives 98%. A baseline
that takes an afternoon shows whether the problem needs learning at all, catches faults of the pipeline (a model that
loses to popularity has a bug), and remains as the answer when the model fails.

```yaml fails
model:
  options:
    matrix_factorisation: {pros: [quick to train], cons: [no new users]}
    two_tower: {chosen: true, because: new users within 200 ms, pros: [personal], cons: [needs an index]}
    transformer: {pros: [best quality], cons: [too slow]}
```

```yaml passes
model:
  options:
    popularity: {baseline: true, pros: [trivial], cons: [not personal]}
    matrix_factorisation: {pros: [quick to train], cons: [no new users]}
    two_tower: {chosen: true, because: new users within 200 ms, pros: [personal], cons: [needs an index]}
```

Source: Google's Rules of ML, rules 1 and 4; ML Test Score (a simpler model is not better).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "model"
PROFILES = ("interview", "production")

_SIMPLE = (
    "baseline", "popular", "trending", "rule", "heuristic", "regex", "regular expression", "keyword", "random",
    "majority", "most frequent", "constant", "mean", "median", "average", "last value", "naive", "seasonal",
    "moving average", "bm25", "tf idf", "tfidf", "logistic regression", "linear", "threshold", "alphabetical",
    "chronological", "newest", "nearest", "hash", "lookup", "look up", "dictionary", "template", "n gram", "bigram",
    "zero shot", "prompt", "manual", "off the shelf", "markov", "random walk", "common neighbours",
)  # fmt: skip
"""How names of simple ways begin."""


def applies(facts: Facts) -> bool:
    """Judge options that were all readable."""
    return facts.blueprint.model.has_all_options


def check(facts: Facts) -> Iterator[Finding]:
    """Report options without a baseline."""
    model = facts.blueprint.model
    for option in model.options.values():
        if option.baseline or begins(f"{option.id} {option.title} {option.family}", *_SIMPLE):
            return
    yield Finding(
        model.key_at("options"),
        f"none of the {len(model.options)} options is a simple baseline, so nothing says what learning gains",
        "add the simplest thing that could work, with `baseline: true`: popularity, a rule, the last value",
    )
