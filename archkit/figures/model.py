"""Blueprint → the network of one model, from what it reads at the bottom to what it puts out at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.blocks import Column, Grid, Row, Words
from archkit.figures.architectures import network
from archkit.figures.common import inside, picture, series, short
from archkit.figures.outlets import same
from archkit.figures.stacks import drawn, ways
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.figures.trunks import Network
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Model

_NARROW = 3  # parts side by side up to which what else is known stands beside the network


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the models of which something is said that can be drawn."""
    return tuple(name for name, model in blueprint.model.models.items() if _told(model))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: a model with its kind, layers, towers or blocks."""
    return [] if subjects(blueprint) else ["`kind:` or `layers:` of a model under `model: models:`"]


def _told(model: Model) -> bool:
    structure = (model.kind, model.layers, model.towers, model.blocks, model.backbone, model.heads, model.experts)
    return any(structure)


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the network of a model, and beside it what else is known about the model."""
    known = subjects(blueprint)
    name = spec.of if spec and spec.of in known else known[0]
    model = blueprint.model.models[name]
    built = network(blueprint, model)
    body, arrows = drawn(built.series, built.skips)
    facts = _facts(blueprint, model, built)
    if facts:
        beside = ways(built.series) <= _NARROW
        cells = tuple(
            (Words(said, "strong", measure=9), Words(text, measure=26 if beside else 60)) for said, text in facts
        )
        table = Grid(cells, ("start", "start"), ruled=False, gap=1.0, leading=0.4, align="start")
        body = Row((body, table), 2.6) if beside else Column((body, table), 1.8, "middle")
    title = model.name
    named = bool(model.kind) and inside(model.kind) in inside(title)
    what = f"{title}, {inside(model.kind)}" if model.kind and not named else title
    return picture("model", title, f"{blueprint.title}: {what}", body, spec, arrows)


def _facts(blueprint: Blueprint, model: Model, built: Network) -> list[tuple[str, str]]:
    """Return what is known about a model and not drawn."""
    activation, loss = same(model)
    each = ", ".join(filter(None, (activation, loss)))
    starts = [model.pretrained] if model.pretrained else []
    starts += [_title(blueprint, name) for name in model.pretrained_from]
    learned = [name for name in (*model.trained_from, *model.distilled_from) if name not in model.inputs]
    rows = [
        ("Role", model.role),
        ("Each head", each),
        ("Backbone", "" if built.backbone else model.backbone),
        ("Pretrained on" if model.pretrained and not model.pretrained_from else "Starts from", series(starts)),
        ("Learns from", series(_title(blueprint, name) for name in learned)),
        ("Frozen", series(model.frozen)),
        ("Position", model.position),
        ("Calibration", model.calibration),
        ("Decision", model.threshold),
        ("Size", _size(model)),
        ("Reads at most", f"{short(model.context_window)} tokens" if model.context_window is not None else ""),
        ("Remark", model.note),
    ]
    return [(said, text) for said, text in rows if text]


def _title(blueprint: Blueprint, name: str) -> str:
    model = blueprint.model.models.get(name)
    return inside(model.title) if model is not None and model.title else inside(title_of(name))


def _size(model: Model) -> str:
    parts = [f"{short(model.parameters)} parameters" if model.parameters is not None else ""]
    parts.append(f"{short(model.size)} on disk" if model.size is not None else "")
    parts.append(f"{short(model.memory)} in memory" if model.memory is not None else "")
    parts.append(model.precision)
    return ", ".join(filter(None, parts))
