"""Fewer than three ways to model it are compared.

Counts the entries of `model.options`. A design for a language model, an agent or a platform may weigh its ways in
`decisions` instead: a decision with three options counts as well.

One option is a habit, two are a duel that is rigged. With three (a simple baseline, the usual choice, the ambitious
one) it shows what each further step costs and buys, and the reasons begin to speak about the requirements rather than
about taste. In an interview this is the part that tells a designer from somebody who knows one architecture.

```yaml fails
model:
  options:
    popularity: {baseline: true, pros: [trivial], cons: [not personal]}
    two_tower: {chosen: true, because: new users within 200 ms, pros: [personal], cons: [needs an index]}
```

```yaml passes
model:
  options:
    popularity: {baseline: true, pros: [trivial], cons: [not personal]}
    matrix_factorisation: {pros: [quick to train], cons: [no new users]}
    two_tower: {chosen: true, because: new users within 200 ms, pros: [personal], cons: [needs an index]}
```

Source: the framework's fourth step (compare options before choosing one).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import listed
from archkit.rules import Finding
from archkit.sentences import how_many

SEVERITY = Severity.ERROR
STEP = "model"
PROFILES = ("interview", "production")

WANTED = 3
_ELSEWHERE = frozenset(("platform", "rag", "agent"))


def applies(facts: Facts) -> bool:
    """Judge designs that have begun to speak of models, beyond naming those in a picture."""
    blueprint = facts.blueprint
    design = blueprint.model.has("options") or bool(blueprint.requirements)
    return bool(blueprint.model) and design and blueprint.model.whole("options")


def check(facts: Facts) -> Iterator[Finding]:
    """Report too few options."""
    blueprint = facts.blueprint
    options = blueprint.model.names("options")
    if len(options) >= WANTED:
        return
    kinds = _ELSEWHERE.intersection(blueprint.archetypes)
    if kinds and (not options or any(len(one.options) >= WANTED for one in blueprint.decisions.values())):
        return
    if options:
        said = f"{how_many(len(options), 'option')} ({listed(options)}) instead of at least {WANTED}"
    else:
        said = "no options: nothing shows that another way was considered"
    hint = "add to `options` the simplest thing that could work, and the usual choice, each with `pros` and `cons`"
    yield Finding(blueprint.model.key_at("options"), said, hint)
