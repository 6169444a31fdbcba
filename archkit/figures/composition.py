"""Blueprint → models that work together: those of a request in their order, and which was learned from which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Link, Row, Words
from archkit.facts import Facts
from archkit.figures.common import inside, picture, series, short
from archkit.figures.funnel import levels
from archkit.model.authored.composition import CompositionFigure
from archkit.pictures import Arrow, Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.authored.composition import HybridStage
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Model

_MEASURE = 11.0
_ROW = 5  # parts in a row
_WAYS = (
    ("pretrained_from", "starts from the weights of {}"),
    ("trained_from", "trained on what {} puts out"),
    ("distilled_from", "distilled from {}"),
)


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: parts, or models that work together."""
    if (isinstance(spec, CompositionFigure) and spec.stages) or _serving(blueprint) or _lineage(blueprint):
        return []
    return [
        "`figures: - {kind: composition, stages: {recall: all that fits, ranking: the best first}}`, or two models of"
        " which one is `distilled_from:`, `pretrained_from:` or `trained_from:` the other, or of which stages of a"
        " funnel say that they `serves:` them"
    ]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the parts that are written; else the models of a request, and below them who learned from whom."""
    if isinstance(spec, CompositionFigure) and spec.stages:
        return _authored(blueprint, spec)
    parts: list[Block] = []
    arrows: tuple[Arrow, ...] = ()
    serving, lineage = _serving(blueprint), _lineage(blueprint)
    if serving:
        when = "In each run" if _offline(blueprint) else "For a request"
        parts.append(_part(when if lineage else "", _served(blueprint, serving)))
    if lineage:
        block, arrows = _learned(blueprint, lineage)
        parts.append(_part("While learning" if serving else "", block))
    body = parts[0] if len(parts) == 1 else Column(tuple(parts), 2.0)
    how = [
        word
        for word, found in (
            ("which models answer one after the other", serving),
            ("which is learned from which", lineage),
        )
        if found
    ]
    caption = f"{blueprint.title}: {series(how)}"
    return picture("composition", "Models together", caption, body, spec, arrows)


def _part(title: str, block: Block) -> Block:
    return Column((Words(title, "title"), block), 0.8) if title else block


def _box(id_: str, title: str, lines: Sequence[str], fill: str = "node.fill", bold: bool = False) -> Boxed:
    parts: list[Block] = [Words(title, "strong", measure=_MEASURE, align="middle")]
    parts += [Words(line, "small", "ink", _MEASURE, "middle") for line in lines if line]
    return Boxed(Column(tuple(parts), 0.15, "middle"), id_, fill=fill, bold=bold, least=(7.5, 3.4))


# what is written


def _authored(blueprint: Blueprint, spec: CompositionFigure) -> Picture:
    stages = {f"stage.{name}": stage for name, stage in spec.stages.items()}
    titles = [inside(stage.title or title_of(name)) for name, stage in spec.stages.items()]
    if spec.form == "parallel":
        body, arrows = _parallel(blueprint, spec, stages)
        said = f"{series(titles)} side by side"
    else:
        body, arrows = _sequential(blueprint, spec, stages), ()
        said = f"{', then '.join(titles)}"
    return picture("composition", "Hybrid", f"{blueprint.title}: {said}", body, spec, arrows)


def _stage(blueprint: Blueprint, id_: str, stage: HybridStage) -> Boxed:
    model = blueprint.model.models.get(stage.model)
    named = model.name if model is not None else ""
    title = stage.title or title_of(id_.removeprefix("stage."))
    lines = [named if named.lower() != title.lower() else "", stage.does]
    return _box(id_, title, lines, "model.fill" if model is not None else "node.fill")


def _sequential(blueprint: Blueprint, spec: CompositionFigure, stages: Mapping[str, HybridStage]) -> Block:
    ids = list(stages)
    rows: list[Block] = []
    if spec.input:
        rows += [_bare("input", spec.input), Link("input", ids[0])]
    for number, (id_, stage) in enumerate(stages.items()):
        rows.append(_stage(blueprint, id_, stage))
        if number + 1 < len(ids):
            rows.append(Link(id_, ids[number + 1], stage.gives))
        elif spec.output:
            rows += [Link(id_, "output", stage.gives), _bare("output", spec.output)]
        elif stage.gives:
            rows += [Link(id_, "output"), _bare("output", stage.gives)]
    if len(stages) > _ROW:
        return Column(tuple(_turned(block) for block in rows), 0.0, "middle")
    return Row(tuple(rows), 0.0)


def _turned(block: Block) -> Block:
    """Return a link that runs down, other blocks as they are."""
    return Link(block.tail, block.head, block.label, upright=True) if isinstance(block, Link) else block


def _bare(id_: str, text: str) -> Boxed:
    return Boxed(Words(text, measure=9, align="middle"), id_, fill="paper", stroke="faint", padding=0.6)


def _parallel(
    blueprint: Blueprint, spec: CompositionFigure, stages: Mapping[str, HybridStage]
) -> tuple[Block, tuple[Arrow, ...]]:
    boxes = []
    for id_, stage in stages.items():
        box = _stage(blueprint, id_, stage)
        weight = f"weight {short(stage.weight)}" if stage.weight is not None else ""
        told = ", ".join(part for part in (stage.gives, weight) if part)
        inner = (
            Column((box.inner, Words(told, "small", "accent", _MEASURE, "middle")), 0.2, "middle")
            if told
            else box.inner
        )
        boxes.append(Boxed(inner, id_, fill=box.fill, least=box.least))
    joined = _box("combine", "Combined", [spec.combine], bold=True)
    columns: list[Block] = [Column(tuple(boxes), 1.0, "stretch"), joined]
    arrows = [Arrow(id_, "combine", sides=("right", "left")) for id_ in stages]
    if spec.input:
        columns.insert(0, _bare("input", spec.input))
        arrows += [Arrow("input", id_, sides=("right", "left")) for id_ in stages]
    if spec.output:
        columns.append(_bare("output", spec.output))
        arrows.append(Arrow("combine", "output"))
    return Row(tuple(columns), 4.0), tuple(arrows)


# what follows from the blueprint


def _serving(blueprint: Blueprint) -> list[tuple[tuple[str, ...], str]]:
    """Return the models of each level of the funnel with what leaves it; nothing for fewer than two levels."""
    found = []
    for level in levels(Facts(blueprint)) if len(blueprint.model.models) > 1 else ():
        served = dict.fromkeys(model for id_ in level.stages for model in blueprint.components[id_].serves)
        models = tuple(name for name in served if name in blueprint.model.models)
        if models:
            counts = [blueprint.components[id_].out_count for id_ in level.stages]
            given = [count for count in counts if count is not None]
            found.append((models, f"{short(given[0])} items" if len(given) == 1 else ""))
    return found if len({models for models, _ in found}) > 1 else []


def _offline(blueprint: Blueprint) -> bool:
    """Return whether all models of the funnel answer ahead of any request."""
    facts = Facts(blueprint)
    stages = [id_ for level in levels(facts) for id_ in level.stages if blueprint.components[id_].serves]
    return all(facts.graph.tier(id_) == "offline" for id_ in stages)


def _served(blueprint: Blueprint, found: Sequence[tuple[tuple[str, ...], str]]) -> Block:
    row: list[Block] = []
    for number, (models, given) in enumerate(found):
        titles = [_title(blueprint.model.models[name]) for name in models]
        roles = [blueprint.model.models[name].role for name in models]
        row.append(_box(f"served.{number}", " and ".join(titles), list(dict.fromkeys(roles)), "model.fill"))
        if number + 1 < len(found):
            row.append(Link(f"served.{number}", f"served.{number + 1}", given))
        elif given:
            row += [Link(f"served.{number}", "shown"), _bare("shown", given)]
    return Row(tuple(row), 0.0)


def _title(model: Model) -> str:
    return model.name


def _lineage(blueprint: Blueprint) -> dict[str, dict[str, list[str]]]:
    """Return which models a model was learned from, by the way in which it was, for all that have such ties."""
    models = blueprint.model.models
    found: dict[str, dict[str, list[str]]] = {}
    for id_, model in models.items():
        for way, _ in _WAYS:
            for source in getattr(model, way):
                if source in models and source != id_:
                    found.setdefault(id_, {}).setdefault(way, []).append(source)
    return found


def _learned(
    blueprint: Blueprint, lineage: Mapping[str, Mapping[str, Sequence[str]]]
) -> tuple[Block, tuple[Arrow, ...]]:
    """Return models in columns, each to the right of all that it was learned from, and near to what follows from it.

    Arrows join neighbouring columns; what comes from further left is said in the box alone, since an arrow would cross
    what stands between.
    """
    models = blueprint.model.models
    sources = {id_: [name for names in ways.values() for name in names] for id_, ways in lineage.items()}
    named = [id_ for id_ in models if id_ in sources or any(id_ in names for names in sources.values())]
    depth = _late({id_: _depth(id_, sources, ()) for id_ in named}, sources)
    columns = []
    for level in range(max(depth.values()) + 1):
        boxes = [_model(models, id_, lineage.get(id_, {})) for id_ in named if depth[id_] == level]
        if boxes:
            columns.append(Column(tuple(boxes), 1.4, "stretch"))
    pairs = dict.fromkeys((source, id_) for id_, names in sources.items() for source in names)
    arrows = tuple(Arrow(f"model.{a}", f"model.{b}", kind="train") for a, b in pairs if depth[b] - depth[a] == 1)
    return Row(tuple(columns), 4.0), arrows


def _depth(id_: str, sources: Mapping[str, Sequence[str]], above: tuple[str, ...]) -> int:
    """Return how many models stand before one; a model that comes from itself in the end counts once."""
    return max((1 + _depth(name, sources, (*above, id_)) for name in sources.get(id_, ()) if name not in (*above, id_)),
               default=0)  # fmt: skip


def _late(depth: Mapping[str, int], sources: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return columns in which a model stands just before the first of those that were learned from it."""
    found = dict(depth)
    for id_ in sorted(depth, key=lambda one: -depth[one]):
        later = [found[other] for other, names in sources.items() if id_ in names and found[other] > found[id_]]
        found[id_] = min(later) - 1 if later else found[id_]
    return found


def _model(models: Mapping[str, Model], id_: str, ways: Mapping[str, Sequence[str]]) -> Boxed:
    lines = [models[id_].role]
    for way, words in _WAYS:
        if ways.get(way):
            lines.append(words.format(series(inside(_title(models[name])) for name in ways[way])))
    return _box(f"model.{id_}", _title(models[id_]), lines, "model.fill")
