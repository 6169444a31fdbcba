"""A protected attribute is used without saying why, or how unfair use is excluded.

Features with `sensitive: true` need a `purpose`, and `fairness` (how unfair use is excluded) or a comparison of groups
in `evaluation.fairness`. Features of people whose name is that of a protected attribute (gender, ethnicity, religion,
disability, …) and which say nothing of this are advice: they should be marked. Where predictions decide about people
(`requirements.affects_people`), age, nationality and postcode count as well.

A model uses whatever helps, and a protected attribute nearly always helps: it stands for how people were treated
before. The harm is seen late and from outside. Who writes down the purpose often finds that there is none, or that the
attribute is needed for the opposite: to check that results do not depend on it.

```yaml fails
data:
  features:
    applicant:
      gender: {type: categorical, sensitive: true}
```

```yaml passes
data:
  features:
    applicant:
      gender:
        type: categorical
        sensitive: true
        used_in: training
        purpose: comparing approval rates by group only
        fairness: not an input of the model
```

Source: ML Test Score (fairness and inclusion); AWS Well-Architected ML Lens; own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.sides import PEOPLE
from archkit.facts.words import words
from archkit.model.data import Feature
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_PROTECTED = (
    "gender", "sex", "race", "ethnicity", "ethnic", "religion", "disability", "sexual orientation", "pregnancy",
    "skin colour", "skin color", "skin tone", "political views", "political affiliation", "trade union", "caste",
    "health status", "diagnosis", "marital status", "immigration status", "criminal record",
)  # fmt: skip
_DECIDING = ("age", "nationality", "birthplace", "postcode", "zip", "zip code", "native language")
_AROUND = frozenset(
    ("declared", "inferred", "predicted", "reported", "self", "group", "bucket", "band", "code",
     "category", "embedding", "value", "of")
)  # fmt: skip
"""Words that leave an attribute what it is."""
_OF = PEOPLE - {"account", "profile", "cards"}
"""Words of people; the age of an account is not that of its owner."""


def applies(facts: Facts) -> bool:
    """Judge features."""
    return bool(facts.features.all)


def check(facts: Facts) -> Iterator[Finding]:
    """Report sensitive features without purpose or safeguard."""
    for (group, name), feature in facts.features.all.items():
        if feature.sensitive:
            yield from _marked(facts, name, feature)
        elif feature.sensitive is None and PEOPLE.intersection(words(group).split()):
            yield from _named(facts, name, feature)


def _safeguarded(facts: Facts, feature: Feature) -> bool:
    return feature.has("fairness") or facts.blueprint.evaluation.has("fairness")


def _marked(facts: Facts, name: str, feature: Feature) -> Iterator[Finding]:
    missing = [] if feature.has("purpose") else ["what it is used for"]
    if not _safeguarded(facts, feature):
        missing.append("how unfair use is excluded")
    if missing:
        keys = " and ".join(("`purpose:`" if "used" in one else "`fairness:`") for one in missing)
        yield Finding(
            feature.place, f"`{name}` is sensitive, and nothing says {' nor '.join(missing)}",
            f"write {keys} at the feature, or leave it out of the model",
        )  # fmt: skip


def _named(facts: Facts, name: str, feature: Feature) -> Iterator[Finding]:
    deciding = facts.blueprint.requirements.affects_people
    bare = " ".join(word for word in words(name).split() if word not in _AROUND and word not in _OF)
    found = bare in _PROTECTED or (bare in _DECIDING and deciding)
    if found and not (feature.has("purpose") and _safeguarded(facts, feature)):
        yield Finding(
            feature.place, f"`{name}` looks like a protected attribute",
            "write `sensitive: true` with `purpose:` and `fairness:`, or `sensitive: false` if it is none",
            severity=Severity.WARNING if deciding else Severity.ADVICE,
        )  # fmt: skip
