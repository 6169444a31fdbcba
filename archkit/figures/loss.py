"""Blueprint → how the loss of one model is computed, from vectors or scores at the bottom to one number at the top."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from archkit.blocks import Column, Grid, Row, Words
from archkit.facts.losses import Loss, terms
from archkit.figures import objectives, targets
from archkit.figures.common import inside, picture, sampling_of_data, series, short
from archkit.figures.comparisons import Objective, Setting, loss_part, plain
from archkit.figures.outlets import squash
from archkit.figures.stacks import Fork, Part, Series, drawn, few, ways
from archkit.pictures import Picture
from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Label, Sampling
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Head, Model

_NARROW = 4
_TELLING = frozenset(("policy", "generation", "alignment", "teacher", "detection"))
_MOST_HEADS = 9


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the models that have a loss, or a head with one."""
    return tuple(name for name, model in blueprint.model.models.items() if model.loss or _learning_heads(model))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a model with a loss."""
    return [] if subjects(blueprint) else ["`loss:` of a model under `model: models:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the loss of a model, with its formula and what it is computed from."""
    known = subjects(blueprint)
    name = spec.of if spec and spec.of in known else known[0]
    model = blueprint.model.models[name]
    heads = _learning_heads(model)
    setting = Setting(model, model.loss, _label(model), _sampling(blueprint, model), _teacher(blueprint, model))
    built = _of_heads(model, heads) if heads and not _joint(model) else objective(setting)
    body, arrows = drawn(built.series)
    if built.formula is not None:
        body = Column((body, built.formula), 1.0, "middle")
    facts = _facts(blueprint, setting)
    if facts:
        beside = ways(built.series) <= _NARROW
        measure = 26 if beside else 60
        cells = tuple((Words(said, "strong", measure=9), Words(text, measure=measure)) for said, text in facts)
        table = Grid(cells, ("start", "start"), ruled=False, gap=1.0, leading=0.4, align="start")
        body = Row((body, table), 2.6) if beside else Column((body, table), 1.8, "middle")
    title = model.name
    caption = f"{blueprint.title}: what {inside(title)} is trained to make small"
    return picture("loss", f"Loss of {inside(title)}", caption, body, spec, arrows)


def objective(setting: Setting) -> Objective:
    """Return how a loss is computed, by the first standard loss that its words name.

    Args:
        setting: The loss with its model. A loss that nobody knows is drawn as what it is called.
    """
    named = [loss for loss in terms(setting.words).losses if loss.kind != "extra"]
    # What is generated or preferred says more than the distance that it is measured with.
    telling = [loss for loss in named if loss.kind in _TELLING]
    first = next(iter([*telling, *named]), None)
    if first is not None and first.kind == "amounts" and setting.model.distilled_from:
        return targets.teacher(setting)
    return _builder(first)(setting)


def _builder(loss: Loss | None) -> Callable[[Setting], Objective]:
    if loss is None:
        return plain
    return _BY_TITLE.get(loss.title) or _BY_KIND.get(loss.kind, plain)


def _learning_heads(model: Model) -> dict[str, Head]:
    return {name: head for name, head in model.heads.items() if head.loss or model.loss}


def _joint(model: Model) -> bool:
    """Return whether a model has one loss for all its heads together."""
    return bool(model.loss) and not any(head.loss for head in model.heads.values())


def _of_heads(model: Model, heads: Mapping[str, Head]) -> Objective:
    """Return a loss for each head, added up with their weights."""
    weighted = any(head.weight is not None and head.weight.value != 1 for head in heads.values())
    found: list[Series] = [_head(head, model, weighted=weighted) for head in heads.values()]
    total = Part("Add up, each × its weight" if weighted else "Add up", look="bar", measure=30)
    below = Part(model.name, ("one output for each head",), measure=24)
    return Objective((below, Fork(few(found, _MOST_HEADS)), total, loss_part()))


def _head(head: Head, model: Model, *, weighted: bool) -> Series:
    """Return the way from one output to its loss: what makes it a probability, the label, the weight."""
    words = head.loss or model.loss
    made = head.activation or squash(words)
    lines = [f"against {inside(head.label_name)}"]
    if weighted and head.weight is not None:
        lines.append(f"× {short(head.weight)}")
    start: Series = (Part(capital(made), look="bar", measure=7),) if made else ()
    return (*start, Part(capital(words), tuple(lines), head.id, measure=8, fill="lane.other"))


def _label(model: Model) -> str:
    return series(inside(name) for name in model.label_names) or "label"


def _teacher(blueprint: Blueprint, model: Model) -> str:
    known = blueprint.model.models
    return next((known[id_].name for id_ in model.distilled_from if id_ in known), "")


def _sampling(blueprint: Blueprint, model: Model) -> Sampling:
    """Return how a model's negatives are chosen: as it says, else its training, else all data."""
    modelling = blueprint.model
    every = [modelling.training, *modelling.trainings.values()]
    told = [each.sampling for each in every if not each.models or model.id in each.models]
    labels = [blueprint.data.labels[label].sampling for label in model.label if label in blueprint.data.labels]
    found = next((each for each in (model.sampling, *told, *labels) if each), None)
    return found or sampling_of_data(blueprint, model) or model.sampling


def _facts(blueprint: Blueprint, setting: Setting) -> list[tuple[str, str]]:
    """Return what a loss is computed with, in words."""
    model, sampling = setting.model, setting.sampling
    labels = [blueprint.data.labels[name] for name in model.label if name in blueprint.data.labels]
    one = labels[0] if len(labels) == 1 else None

    def said(say: Callable[[Sampling], str]) -> str:
        return _by_label(labels, sampling, say)

    weights = model.combine if terms(model.combine).losses else ""
    rows = [
        ("As written", setting.words if len(setting.words) > len(_short(setting)) else ""),
        ("Positive", one.positive if one is not None else ""),
        ("Negative", one.negative if one is not None else ""),
        ("Negatives", said(_count)),
        ("Drawn", said(lambda one: one.method)),
        ("Hard negatives", said(lambda one: one.hard_negatives)),
        ("Kept", said(_kept)),
        ("Corrected", said(lambda one: one.correction)),
        ("Weights", said(lambda one: one.weights)),
        ("Temperature", setting.number("temperature", "tau", "τ")),
        ("Sum", weights),
    ]
    return [(name, text) for name, text in rows if text]


def _by_label(labels: Sequence[Label], sampling: Sampling, say: Callable[[Sampling], str]) -> str:
    """Return what is said about sampling; where labels say different things, each with the labels that say it."""
    if len(labels) < 2 or not any(label.sampling is sampling for label in labels):
        return say(sampling)
    told: dict[str, list[str]] = {}
    for label in labels:
        told.setdefault(say(label.sampling) if label.sampling else "", []).append(inside(label.name))
    if len(told) == 1:
        return next(iter(told))
    return ", ".join(f"{words} ({series(names)})" for words, names in told.items() if words)


def _count(sampling: Sampling) -> str:
    return f"{short(sampling.negatives)} for each positive" if sampling.negatives is not None else ""


def _kept(sampling: Sampling) -> str:
    return f"{short(sampling.rate)} of negatives" if sampling.rate is not None else ""


def _short(setting: Setting) -> str:
    named = terms(setting.words).losses
    return named[0].title if named else setting.words


_BY_TITLE: Mapping[str, Callable[[Setting], Objective]] = {
    "contrastive loss": objectives.softmax_over_items,
    "sampled softmax": objectives.softmax_over_items,
    "triplet loss": objectives.triplet,
    "negative sampling": objectives.negative_sampling,
    "hinge loss": plain,
    "Brier score": plain,
    "exponential loss": plain,
    "max-pooling loss": plain,
    "ordinal cross-entropy": plain,
    "listwise softmax": objectives.listwise,
    "transducer loss": targets.transducer,
}
_BY_KIND: Mapping[str, Callable[[Setting], Objective]] = {
    "yes or no": objectives.binary,
    "classes": objectives.classes,
    "amounts": objectives.amount,
    "order": objectives.pair,
    "tokens": targets.tokens,
    "alignment": targets.alignment,
    "policy": targets.preference,
    "generation": targets.generation,
    "teacher": targets.teacher,
    "boxes": targets.overlap,
    "regions": targets.overlap,
    "detection": targets.overlap,
    "factors": targets.factors,
}
