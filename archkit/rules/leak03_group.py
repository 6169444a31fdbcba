"""One user, drive or near-duplicate stands on both sides of the split.

Reports

- `split.duplicates: kept`;
- a split by group that does not say which (`group` is missing);
- a random or stratified split of pictures, videos, sounds or documents without a `group`, where near-duplicates are
  not `removed`: frames of one drive, copies of one post;
- a random or stratified split without a `group` where the evaluation has a slice of new users or new items: with every
  user in training, nobody in the test set is new.

A model that has seen a frame recognises its neighbour, and one that has seen a user's Monday knows their Tuesday. The
metric then measures memory, while the claim is about people, places and pictures that nobody has seen.

```yaml fails
data:
  sources: {frames: {kind: images}}
  split: {by: random, train: 80%, validation: 10%, test: 10%}
```

```yaml passes
data:
  sources: {frames: {kind: images}}
  split: {by: group, group: route, train: 80%, validation: 10%, test: 10%}
```

Source: own judgement; Kaufman et al. 2012 (leakage in data mining).
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.places import entry_at
from archkit.facts.words import begins
from archkit.model.data import Split
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "data"
PROFILES = ("interview", "production")

_MEDIA = frozenset(("images", "videos", "audio", "documents"))


def applies(facts: Facts) -> bool:
    """Judge splits."""
    return bool(facts.blueprint.data.split)


def check(facts: Facts) -> Iterator[Finding]:
    """Report what stands on both sides."""
    split = facts.blueprint.data.split
    if split.duplicates == "kept":
        yield Finding(
            split.at("duplicates"), "near-duplicates are kept, so that copies of test examples may stand in training",
            "write `duplicates: removed`, or keep clusters of duplicates on one side with `by: group`",
        )  # fmt: skip
    if "group" in split.by and not split.has("group"):
        yield Finding(
            split.at("by"), "the split is by group, but does not say which things never stand on two sides",
            "write `group:` with them, such as `user`, `route` or `near-duplicate cluster`",
        )  # fmt: skip
    if split.by and not {"time", "group"}.intersection(split.by) and not split.has("group"):
        yield from _rows(facts, split)


def _rows(facts: Facts, split: Split) -> Iterator[Finding]:
    """Report a split by rows of things that come in families."""
    how = " and ".join(split.by)
    for source in facts.blueprint.data.sources.values():
        if source.kind in _MEDIA and not split.has("duplicates"):
            said = f"{source.kind} of `{source.id}` are split by {how}: near-duplicates stand on both sides"
            hint = "write `by: group` and `group:` with what they come from (route, user, cluster of near-duplicates)"
            yield Finding(split.at("by"), said, hint, (Note(f"`{source.id}` holds {source.kind}", source.at("kind")),))
            return
    evaluation = facts.blueprint.evaluation
    for number, name in enumerate(evaluation.slices):
        if begins(name, "new ", "cold", "unseen"):
            yield Finding(
                split.at("by"), f"split by {how}, nothing in the test set is new, though `{name}` are to be judged",
                "write `by: time`, or `by: group` with the users or items that must be unseen",
                (Note(f"the slice `{name}`", entry_at(evaluation, number, "slices")),),
            )  # fmt: skip
            return
