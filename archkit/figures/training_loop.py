"""Blueprint → the loop of training: batch, round or tree, model, loss, update; and what one takes of its period."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Align, Block, Boxed, Cells, Column, Grid, Link, Plot, Span, Tick, Words
from archkit.facts import Facts
from archkit.facts.networks import family
from archkit.facts.words import begins, mentions
from archkit.figures.common import heads, inside, picture, series, short, trainings
from archkit.pictures import Arrow, Picture
from archkit.quantity import Dimension, Quantity
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.work import Cycle
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Model, Training

_Row = tuple[Block | None, ...]
_AVERAGED = ("random forest", "bagging", "bagged")  # a forest of isolation trees has no truth to learn from
_FILLS = ("lane.training", "lane.data", "lane.inference")


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a training, and a model or loss."""
    every = trainings(blueprint)
    found = [] if every else ["`model: training:`"]
    models = _models(blueprint, every[0]) if every else list(blueprint.model.models.values())
    if not any(_losses(model) for model in models):
        found.append("`loss:` of a model under `model: models:`")
    return found


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the loop of the first training, above the times of one and what differs in the others."""
    training, *others = trainings(blueprint)
    models = _models(blueprint, training)
    federated = bool(training.federated)
    boosted = not federated and all(_boosted(model) for model in models)
    bagged = not federated and all(_bagged(model) for model in models)
    loop = _rounds if federated else _boosts if boosted else _forests if bagged else _batches
    rows = loop(blueprint, training, models)
    columns: list[Align] = ["middle"] * len(rows[0])
    body: Block = Grid(rows, tuple(columns), ruled=False, gap=0.0, leading=0.0)
    if training.federated.privacy:
        body = Column((body, Words(training.federated.privacy, "note", measure=48, align="middle")), 1.2, "middle")
    cycles = Facts(blueprint).work.cycles
    if cycles and training.duration is not None:
        body = Column((body, _schedule(cycles[0])), 1.8, "middle")
    if others:
        body = Column((body, _others(blueprint, others)), 1.8, "middle")
    arrows = (Arrow("loss", "update", sides=("bottom", "right")),) if loop is _batches else ()
    learn = "learns" if len(models) == 1 else "learn"
    how = {
        _rounds: "from one round on devices after another",
        _boosts: "one tree after another",
        _forests: "many trees side by side",
        _batches: "from one batch after another",
    }[loop]
    caption = f"{blueprint.title}: how {series(_title(model) for model in models)} {learn} {how}"
    return picture("training_loop", "Training loop", caption, body, spec, arrows)


def _batches(blueprint: Blueprint, training: Training, models: list[Model]) -> tuple[_Row, ...]:
    """Return the loop over batches of collected data."""
    empty: _Row = (None,) * 7
    teachers = _teachers(blueprint, models)
    target = _box("labels", series(teachers), ["the teacher's answers"]) if teachers else _labels(blueprint, models)
    return (
        (*empty[:6], target),
        (*empty[:6], Link("labels", "loss", "target" if teachers else "truth", upright=True)),
        (
            _data(training),
            Link("data", "batch", "shuffled" if training.from_ != "continual" else "in order of time"),
            _batch(training),
            Link("batch", "model", "features"),
            _model(models),
            Link("model", "loss", "predictions"),
            _loss(models),
        ),
        (*empty[:4], Link("update", "model", "new weights", upright=True), None, None),
        (*empty[:4], _update(training), None, None),
    )


def _boosts(blueprint: Blueprint, training: Training, models: list[Model]) -> tuple[_Row, ...]:
    """Return the loop over trees: each is fitted to the gradients of all examples, and added to the sum.

    Source: J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001).
    """
    empty: _Row = (None,) * 7
    return (
        (*empty[:6], _labels(blueprint, models)),
        (*empty[:6], Link("labels", "loss", "truth", upright=True)),
        (
            _data(training),
            None,
            None,
            Link("data", "model", "features of all examples"),
            _model(models),
            Link("model", "loss", "predictions of all trees so far"),
            _loss(models),
        ),
        (
            *empty[:4],
            Link("update", "model", "added to the sum", upright=True),
            None,
            Link("loss", "gradients", "", upright=True),
        ),
        (
            *empty[:4],
            _box("update", "Next tree", [_trees(models)]),
            Link("gradients", "update", "fitted"),
            _box("gradients", "Gradients", ["of the loss, one for each example"]),
        ),
    )


def _forests(blueprint: Blueprint, training: Training, models: list[Model]) -> tuple[_Row, ...]:
    """Return trees that are grown side by side, each from a sample of its own, and whose answers are averaged.

    Source: L. Breiman, "Random Forests" (2001).
    """
    many = short(models[0].trees) if len(models) == 1 and models[0].trees is not None else "N"
    names = ("1", "2", "", many) if many not in ("1", "2") else ("1", "2")[: int(many)]
    pairs: list[_Row] = [
        (_part(f"Sample {name}", "lane.data"), Words("→"), _part(f"Tree {name}", "model.fill"))
        if name
        else (Words("…", align="middle"), None, Words("…", align="middle"))
        for name in names
    ]
    grown: Block = Grid(tuple(pairs), ("middle",) * 3, ruled=False, gap=0.6, leading=0.4)
    if len(models) == 1 and models[0].depth is not None:
        grown = Column((grown, Words(f"each of {short(models[0].depth)} levels", "small", "ink")), 0.6, "middle")
    forest = any(mentions(f"{model.kind} {model.title}", "random forest") for model in models)
    split = "chooses each split, among features drawn at random" if forest else "chooses each split"
    return (
        (None, None, _labels(blueprint, models), None, None),
        (None, None, Link("labels", "trees", "truth", upright=True), None, None),
        (
            _data(training),
            Link("data", "trees", "drawn with replacement, for each tree anew"),
            Boxed(grown, "trees", fill="paper", dashed=True),
            Link("trees", "model", "averaged"),
            _model(models),
        ),
        (None, None, Link("loss", "trees", split, upright=True), None, None),
        (None, None, _loss(models), None, None),
    )


def _part(title: str, fill: str) -> Boxed:
    return Boxed(Words(title, "small", "ink", align="middle"), fill=fill, padding=0.5, least=(6.5, 0.0))


def _bagged(model: Model) -> bool:
    """Return whether a model is the average of trees that know nothing of each other."""
    text = f"{model.kind} {model.title}"
    return family(model) == "trees" and bool(mentions(text, *_AVERAGED)) and not begins(text, "boost")


def _boosted(model: Model) -> bool:
    """Return whether a model is a sum of trees, each fitted to what those before it left over."""
    alone = mentions(f"{model.kind} {model.title}", "forest", "decision tree")
    return family(model) == "trees" and not alone and not _bagged(model)


def _trees(models: list[Model]) -> str:
    """Return how many trees are summed, and how deep they are, where that is one answer."""
    if len(models) > 1:
        return ""
    many = f"{short(models[0].trees)} in all" if models[0].trees is not None else ""
    deep = f"{short(models[0].depth)} levels" if models[0].depth is not None else ""
    return ", ".join(filter(None, (many, deep)))


def _rounds(blueprint: Blueprint, training: Training, models: list[Model]) -> tuple[_Row, ...]:
    """Return the loop over rounds: devices learn from data of their own, and only their updates are joined.

    Source: H. B. McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data" (2017).
    """
    rounds, empty = training.federated, (None,) * 7
    clients = f"{short(rounds.clients)} can take part" if rounds.clients is not None else ""
    each = short(rounds.clients_per_round) if rounds.clients_per_round is not None else "some"
    many = f"{short(rounds.rounds)} rounds" if rounds.rounds is not None else ""
    fill = "lane.data"  # what is on a device
    return (
        (*empty[:6], _labels(blueprint, models)),
        (*empty[:6], Link("labels", "loss", "truth", upright=True)),
        (
            _box("devices", "Devices", [clients, rounds.condition]),
            Link("devices", "batch", f"{each} a round"),
            _box("batch", "Data of a device", ["never leave it"], shape="cylinder", fill=fill),
            Link("batch", "model", "features"),
            _model(models),
            Link("model", "loss", "predictions"),
            _loss(models, fill=fill),
        ),
        (
            *empty[:4],
            Link("update", "model", "new weights", upright=True),
            None,
            Link("loss", "local", "gradients", upright=True),
        ),
        (
            *empty[:4],
            _box("update", "Aggregation", [rounds.aggregation, training.optimiser, many]),
            Link("local", "update", f"{each} updates"),
            _box("local", "Update of a device", [], fill=fill),
        ),
    )


def _others(blueprint: Blueprint, others: list[Training]) -> Block:
    """Return a table of further trainings."""
    rows: list[tuple[Block | None, ...]] = [heads("Further training", "of", "from", "on", "every", "takes")]
    for each in others:
        known = blueprint.model.models
        of = series(_title(known[id_]) for id_ in each.models if id_ in known) or "all models"
        examples = f"{short(each.examples)} examples" if each.examples is not None else ""
        window = f"{short(each.window)} of data" if each.window is not None else ""
        told = (of, each.from_, ", ".join(filter(None, (examples, window))), _time(each.cadence), _time(each.duration))
        rows.append((Words(title_of(each.id), "strong", measure=12), *(_cell(text) for text in told)))
    return Grid(tuple(rows), ("start",) * 6, 1, leading=0.5)


def _time(value: Quantity | None) -> str:
    return short(value) if value is not None else ""


def _cell(text: str) -> Words | None:
    return Words(text, measure=15) if text else None


def _models(blueprint: Blueprint, training: Training) -> list[Model]:
    """Return the models that a training is for: those it names, else all."""
    known = blueprint.model.models
    named = [known[id_] for id_ in training.models if id_ in known]
    return named or list(known.values())


def _losses(model: Model) -> list[str]:
    return [loss for loss in (model.loss, *(head.loss for head in model.heads.values())) if loss]


def _title(model: Model) -> str:
    return model.title or inside(title_of(model.id))


def _box(id_: str, title: str, lines: list[str], **look: object) -> Boxed:
    parts: list[Block] = [Words(title, "strong", align="middle", measure=12)]
    parts += [Words(line, "small", "ink", 11, "middle") for line in lines if line]
    return Boxed(Column(tuple(parts), 0.15, "middle"), id_, least=(8.0, 3.6), **look)  # type: ignore[arg-type]


def _data(training: Training) -> Boxed:
    examples = f"{short(training.examples)} examples" if training.examples is not None else ""
    window = f"of the last {short(training.window)}" if training.window is not None else ""
    return _box("data", "Training data", [examples, window], shape="cylinder")


def _batch(training: Training) -> Boxed:
    size = f"{short(training.batch_size)} examples" if training.batch_size is not None else ""
    words: list[Block] = [Words("Batch", "strong", align="middle"), Cells(5, cut=True, fill="lane.data")]
    if size:
        words.append(Words(size, "small", "ink", align="middle"))
    return Boxed(Column(tuple(words), 0.4, "middle"), "batch")


def _model(models: list[Model]) -> Boxed:
    title = models[0].name if len(models) == 1 else "Models"
    lines = [] if len(models) == 1 else [_title(model) for model in models]
    return _box("model", title, lines, shape="cloud")


def _loss(models: list[Model], **look: object) -> Boxed:
    losses = dict.fromkeys(loss for model in models for loss in _losses(model))
    return _box("loss", "Loss", list(losses), **look)


def _named(models: list[Model]) -> dict[str, None]:
    """Return the labels that models are trained on, each once."""
    return dict.fromkeys(
        label for model in models for label in (*model.label, *(head.label for head in model.heads.values())) if label
    )


def _teachers(blueprint: Blueprint, models: list[Model]) -> list[str]:
    """Return whose answers models are held against: those that they are distilled from, if none names a label."""
    if _named(models) or not all(model.distilled_from for model in models):
        return []
    known = blueprint.model.models
    found = dict.fromkeys(id_ for model in models for id_ in model.distilled_from if id_ in known)
    return [known[id_].name for id_ in found]


def _labels(blueprint: Blueprint, models: list[Model]) -> Boxed:
    named = _named(models)
    known = blueprint.data.labels
    names = [known[id_].name if id_ in known else title_of(id_) for id_ in named or known]
    return _box("labels", "Labels", [series(map(inside, names))] if names else [])


def _update(training: Training) -> Boxed:
    lines = [training.optimiser or "gradient descent"]
    steps = _steps(training)
    if steps is not None:
        lines.append(f"{short(Quantity(Fraction(round(steps)), Dimension.COUNT))} steps")
    if training.epochs is not None:
        lines.append(f"{short(training.epochs)} epoch{'' if training.epochs.value == 1 else 's'}")
    return _box("update", "Update", lines)


def _steps(training: Training) -> Fraction | None:
    """Return how many batches a training sees: examples × epochs / batch size, each example once if not said."""
    if training.examples is None or training.batch_size is None or not training.batch_size.value:
        return None
    epochs = training.epochs.value if training.epochs is not None else Fraction(1)
    return training.examples.value * epochs / training.batch_size.value


def _schedule(cycle: Cycle) -> Block:
    """Return the parts of one training on an axis that ends where the next one begins."""
    takes = cycle.takes.value.value
    period = min((each.value for each in cycle.periods), key=lambda value: value.value, default=None)
    scale = max(takes, period.value if period is not None else Fraction(0))
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    at = Fraction(0)
    for part, fill in zip(cycle.parts, _FILLS, strict=False):
        end = at + part.value.value
        span = Span(float(at / scale), float(end / scale), fill)
        rows.append((Words(title_of(part.name)), (span,), Words(short(part.value))))
        at = end
    ticks = [Tick(0.0, "0"), Tick(float(takes / scale), short(cycle.takes.value))]
    if period is not None:
        late = takes > period.value
        words = f"next training, after {short(period)}"
        ticks.append(Tick(float(period.value / scale), words, True, "bad" if late else "ink"))
    return Plot(tuple(rows), tuple(ticks), 30.0)
