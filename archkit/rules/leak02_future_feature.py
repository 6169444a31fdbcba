"""A feature is known only after the prediction that it is used for.

Reports features with an `event_delay` above zero (their value is known that long after the prediction), and features
whose `as_of` names a time after it: "t + 1", "label time", "end of the day", or just "latest" and "now", which while
training means the day the data were exported. Features that only serving uses are left alone.

A count taken a day after the impression already knows whether the video became a hit. Offline, such a feature is the
strongest of all; online it does not exist yet, and the model has learned to rely on it.

```yaml fails
data:
  features:
    item:
      watch_count: {type: numeric, as_of: end of the day}
```

```yaml passes
data:
  features:
    item:
      watch_count: {type: numeric, as_of: impression time}
```

Source: public notes on point-in-time joins; ML Test Score (training and serving features compute the same values).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.facts.words import mentions
from archkit.model.data import Feature
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")

_BEFORE = (
    "before",
    "prior",
    "previous",
    "until",
    "up to",
    "at the latest",
    "not after",
    "never after",
    "as logged",
    "logged",
)
_LATER = (
    "after", "label time", "labelling time", "time of the label", "training time", "time of training", "export",
    "export time", "outcome", "end of the day", "end of day", "end of the week", "end of the session", "join time",
    "next day", "tomorrow",
)  # fmt: skip
_NOW = ("now", "today", "latest", "current", "newest", "most recent")
_AT = ("impression", "request", "prediction", "serving", "query", "event", "click", "payment", "trip", "t")


def applies(facts: Facts) -> bool:
    """Judge features that say when their value is taken."""
    return any(feature.as_of or feature.event_delay is not None for feature in facts.features.all.values())


def check(facts: Facts) -> Iterator[Finding]:
    """Report features from the future."""
    for (_group, name), feature in facts.features.all.items():
        if feature.used_in == ("serving",):
            continue
        delay = feature.event_delay
        if delay is not None and delay.value > 0:
            yield Finding(
                feature.at("event_delay"),
                f"`{name}` is known {show(delay)} after the prediction, so it looks into the future",
                "use its value as of the prediction, or make it a label",
            )
        elif feature.as_of:
            yield from _as_of(name, feature)


def _as_of(name: str, feature: Feature) -> Iterator[Finding]:
    close = feature.as_of.lower().replace(" ", "")
    if mentions(feature.as_of, *_BEFORE):
        return
    if mentions(feature.as_of, *_LATER) or close.startswith(("t+", "t0+", "t₀+")):
        why = "which is later than the prediction"
    elif mentions(feature.as_of, *_NOW) and not mentions(feature.as_of, *_AT):
        why = "which while training is the day of the export, and not that of the prediction"
    else:
        return
    yield Finding(
        feature.at("as_of"), f"`{name}` is taken as of {feature.as_of}, {why}",
        "write the moment of the prediction, such as `as_of: impression time`, and join by it",
    )  # fmt: skip
