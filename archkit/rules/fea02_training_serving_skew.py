"""Training and serving use different features, or different versions of them.

Compares both sides of every feature and every model:

- `train_transform` with `serve_transform`, and `train_version` with `serve_version` (what is not written is the common
  `transform` or `version`);
- what a model learns from (`inputs`, `towers`, `features_used`, and `uses` of the job that trains it) with what the
  components that run it read (`uses`), as far as all of them say it; the towers of one model may run in different
  places;
- what a model learns from a store with the features that flow from that store to where it runs (`uses` of the arrow);
- features with `used_in: training` that a model reads, unless `missing` says what stands in while serving; and
  features with `used_in: serving` that a model is meant to read.

The position of an item in the list is another rule's business, and what a request brings along (`mode: request`) needs
no arrow.

Skew is the most common fault of models in production, and the quietest. The model meets inputs it has never seen,
answers with confidence, and no metric offline shows anything, because offline both sides are the same.

```yaml fails
data:
  features:
    user:
      watch_time: {type: numeric, train_transform: mean over the day, serve_transform: mean over the last hour}
```

```yaml passes
data:
  features:
    user:
      watch_time: {type: numeric, transform: mean over the last hour}
```

Source: Google's Rules of ML, rules 29, 32 and 37; ML Test Score (skew); AWS Well-Architected ML Lens MLREL03-BP02.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.features import Key, Use, Uses
from archkit.facts.words import listed, words
from archkit.model.data import Feature
from archkit.rules import Finding

SEVERITY = Severity.ERROR
STEP = "data"
PROFILES = ("interview", "production")


def applies(facts: Facts) -> bool:
    """Judge features."""
    return bool(facts.features.all)


def check(facts: Facts) -> Iterator[Finding]:
    """Report features that differ between the two sides, and features that only one side has."""
    for (_group, name), feature in facts.features.all.items():
        if not feature.position:
            yield from _two_sides(name, feature)
    told: set[Key] = set()
    for uses in facts.features.by_model.values():
        yield from _one_sided(facts, uses, told)
        yield from _not_served(facts, uses)
        yield from _not_trained(facts, uses)


def _two_sides(name: str, feature: Feature) -> Iterator[Finding]:
    """Report a feature whose transform or version differs."""
    for what in ("transform", "version"):
        here, there = f"train_{what}", f"serve_{what}"
        train, serve = (
            getattr(feature, here) or getattr(feature, what),
            getattr(feature, there) or getattr(feature, what),
        )
        if not train or not serve or words(train) == words(serve):
            continue
        at_train, at_serve = (feature.at(key if feature.has(key) else what) for key in (here, there))
        yield Finding(
            at_serve, f"`{name}` is served as `{serve}`, but trained as `{train}`",
            f"write one `{what}` for both sides, and compute it in one place",
            (Note(f"trained as `{train}`", at_train),),
        )  # fmt: skip


def _one_sided(facts: Facts, uses: Uses, told: set[Key]) -> Iterator[Finding]:
    """Report features of one side that a model reads on both."""
    for key, use in uses.trained.items():
        feature = facts.features.all[key]
        if len(feature.used_in) != 1 or feature.position or key in told:
            continue
        side = feature.used_in[0]
        replaced = feature.has("missing") or feature.has("serve_transform") or feature.has("serve_version")
        if side == "training" and replaced:
            continue
        # A group may hold what filters alone look at; a model that names the group learns from the rest of it.
        if side == "serving" and not use.direct:
            continue
        told.add(key)
        if side == "training":
            wrong, hint = (
                "has it while training only",
                "write `missing:` with what stands in while serving, or serve it",
            )
        else:
            wrong, hint = (
                "has it while serving only",
                "log it while serving and train on it, or take it out of the inputs",
            )
        yield Finding(
            feature.at("used_in"), f"`{uses.model.id}` reads `{key[1]}`, but {wrong}", hint,
            (Note(f"`{use.who}` reads it", use.span),),
        )  # fmt: skip


def _both(facts: Facts, key: Key) -> bool:
    """Return whether a feature is meant for both sides."""
    feature = facts.features.all[key]
    return not feature.used_in and not feature.position


def _not_served(facts: Facts, uses: Uses) -> Iterator[Finding]:
    missing = [key for key in uses.trained if key not in uses.served and _both(facts, key)]
    missing = [key for key in missing if facts.features.all[key].mode != ("request",)]
    if missing and uses.served_whole:
        names = listed([name for _group, name in missing])
        runner = uses.runners[0]
        where = f"{listed([one.id for one in uses.runners])} read{'s' if len(uses.runners) == 1 else ''}"
        yield Finding(
            runner.key_at("uses"),
            f"`{uses.model.id}` is trained on {names}, but {where} nothing of the kind while serving",
            f"add {names} to `uses`, or take {'it' if len(missing) == 1 else 'them'} out of training",
            _where(uses.trained, missing),
        )
    elif not uses.served_whole:
        yield from _not_carried(facts, uses)


def _not_carried(facts: Facts, uses: Uses) -> Iterator[Finding]:
    """Report arrows from a store that say which features they carry, and leave out some that come from there."""
    for runner in uses.runners:
        for flow in facts.graph.into[runner.id] if not runner.uses else ():
            carried = facts.features.uses(flow, "uses")
            missing = [
                key
                for key in uses.trained
                if flow.source in facts.features.all[key].from_ and key not in carried and _both(facts, key)
            ]
            if carried and missing and len(uses.runners) == 1:
                names = listed([name for _group, name in missing])
                yield Finding(
                    flow.key_at("uses"),
                    f"`{uses.model.id}` is trained on {names} from `{flow.source}`, which this arrow does not bring",
                    f"add {names} to `uses`, or correct `from:` at the feature", _where(uses.trained, missing),
                )  # fmt: skip


def _not_trained(facts: Facts, uses: Uses) -> Iterator[Finding]:
    if not uses.trained_whole:
        return
    extra = [key for key in uses.served if key not in uses.trained and _both(facts, key)]
    for use in dict.fromkeys(uses.served[key] for key in extra):
        names = listed([name for group, name in extra if uses.served[group, name] == use])
        model = uses.model
        field = next((name for name in ("inputs", "towers", "features_used") if model.has(name)), "")
        yield Finding(
            use.span, f"`{use.who}` reads {names} while serving, on which `{model.id}` was never trained",
            f"add {names} to the inputs of `{model.id}`, or remove it here",
            (Note(f"what `{model.id}` reads", model.key_at(field) if field else model.place),),
        )  # fmt: skip


def _where(uses: dict[Key, Use], keys: list[Key]) -> tuple[Note, ...]:
    found = dict.fromkeys((uses[key].who, uses[key].span) for key in keys)
    return tuple(Note(f"`{who}` learns from it", span) for who, span in found)
