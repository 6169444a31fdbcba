"""Blueprint → its features as a table by group: type, transform, source, refresh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archkit.blocks import Block, Column, Flow, Glyph, Grid, Row, Words
from archkit.figures.common import heads, inside, picture, series, short
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Feature
    from archkit.model.design import FigureSpec

_ONE_TABLE = 34  # lines up to which groups share a table
_LETTERS = 55  # in one line of a transform, about
_TYPES: Mapping[str, str] = {
    "categorical": "tag", "numeric": "ruler", "boolean": "check", "text": "text", "image": "image", "video": "video",
    "audio": "audio", "sequence": "trace", "set": "dashboard", "embedding": "vector", "time": "clock",
    "location": "pin", "graph": "graph", "cross": "join", "id": "key",
}  # fmt: skip
_COLUMNS = ("start", "middle", "start", "start", "start", "end")


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: features."""
    return [] if any(blueprint.data.features.values()) else ["`data: features:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a table of all features, or one for each group where they are many."""
    groups = {name: group for name, group in blueprint.data.features.items() if group}
    count = sum(map(len, groups.values()))
    body: Block
    lines = len(groups) + sum(_lines(feature) for group in groups.values() for feature in group.values())
    if lines <= _ONE_TABLE:
        body = _table(blueprint, groups)
    else:
        body = Flow(tuple(_table(blueprint, {name: group}) for name, group in groups.items()), 1.2)
    every = [feature for group in groups.values() for feature in group.values()]
    if any(feature.pii or feature.sensitive for feature in every):
        key = Row((Glyph("lock", "bad", 1.1), Words("personal or sensitive data", "small")), 0.4)
        body = Column((body, key), 0.8)
    names = series(inside(title_of(name)) for name in groups)
    counted = f"{count} feature{'s' if count > 1 else ''} of {names}"
    return picture("features", "Features", f"{blueprint.title}: {counted}", body, spec)


def _lines(feature: Feature) -> int:
    """Return about how many lines a feature takes in the table."""
    return 1 + len(feature.transform) // _LETTERS


def _table(blueprint: Blueprint, groups: Mapping[str, Mapping[str, Feature]]) -> Block:
    rows: list[tuple[Block | None, ...]] = [heads("Feature", "", "Type", "Transform", "From", "Refreshed")]
    marked = set()
    for name, group in groups.items():
        marked.add(len(rows))
        rows.append((Words(title_of(name), "strong"), None, None, None, None, None))
        rows += [_row(blueprint, feature) for feature in group.values()]
    return Grid(tuple(rows), _COLUMNS, 1, frozenset(marked), "lane.other", gap=1.1, leading=0.5)  # type: ignore[arg-type]


def _row(blueprint: Blueprint, feature: Feature) -> tuple[Block | None, ...]:
    name: Block = Words(title_of(feature.id), measure=14)
    if feature.pii or feature.sensitive:
        name = Row((name, Glyph("lock", "bad", 1.1)), 0.4)
    glyph = Glyph(_TYPES[feature.type], size=1.3) if feature.type else None
    sources = ", ".join(_title(blueprint, id_) for id_ in feature.from_)
    cells = [feature.transform, sources, _refreshed(feature)]
    measures = (24.0, 11.0, 10.0)
    texts = [Words(cell, measure=m) if cell else None for cell, m in zip(cells, measures, strict=True)]
    return (name, glyph, Words(feature.type) if feature.type else None, *texts)


def _title(blueprint: Blueprint, id_: str) -> str:
    if id_ in blueprint.components:
        return blueprint.components[id_].title
    source = blueprint.data.sources.get(id_)
    return (source is not None and source.title) or title_of(id_)


def _refreshed(feature: Feature) -> str:
    if feature.refresh is not None:
        return f"every {short(feature.refresh)}"
    if "request" in feature.mode:
        return "per request"
    return ", ".join(feature.mode)
