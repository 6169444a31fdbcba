"""Blueprint → its data sources as tables: fields, types, keys, personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archkit.blocks import Block, Boxed, Column, Flow, Glyph, Grid, Row, Words
from archkit.figures.common import inside, picture, series, short
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import DataSource
    from archkit.model.design import FigureSpec

_KINDS: Mapping[str, str] = {
    "table": "table", "stream": "stream", "log": "prediction-log", "files": "bucket", "documents": "documents",
    "images": "image", "videos": "video", "audio": "audio", "sensor": "gauge", "graph": "graph", "api": "plug",
    "annotations": "tag", "synthetic": "augment",
}  # fmt: skip


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: sources with fields."""
    sources = blueprint.data.sources.values()
    return [] if any(source.columns for source in sources) else ["`data: sources:` with `fields:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a box for each source with its fields below its name."""
    sources = blueprint.data.sources.values()
    body: Block = Flow(tuple(_source(source) for source in sources), 1.0)
    if any(source.pii or source.has_personal_columns for source in sources):
        key = Row((Glyph("lock", "bad", 1.1), Words("personal data", "small")), 0.4)
        body = Column((body, key), 0.8)
    caption = f"{blueprint.title}: the data that exist: {series(_name(source) for source in sources)}"
    return picture("schema", "Data sources", caption, body, spec)


def _name(source: DataSource) -> str:
    return source.title or inside(title_of(source.id))


def _source(source: DataSource) -> Block:
    glyph = Glyph(_KINDS.get(source.kind, "dataset"), size=1.8)
    amount = [short(value) for value in (source.rows, source.volume, source.size) if value is not None]
    kept = [f"kept {short(source.retention)}"] if source.retention is not None else []
    title: list[Block] = [glyph, Words(source.name, "title")]
    if source.pii and not source.has_personal_columns:
        title.append(Glyph("lock", "bad", 1.1))
    small = ", ".join(filter(None, (source.kind, *amount, *kept)))
    lines: list[Block] = [Row(tuple(title), 0.5)]
    if small:
        lines.append(Words(small, "small", "ink", 20))
    head = Boxed(Column(tuple(lines), 0.2), shape="rect", fill="lane.data", stroke="", padding=0.7, align="start")
    if not source.columns:
        return Boxed(head, f"source {source.id}", "rect", padding=0.05, align="stretch")
    rows = []
    for name, column in source.columns.items():
        lock = Glyph("lock", "bad", 1.1) if column.pii else None
        key = Glyph("key", size=1.1) if column.key or column.type == "id" else None
        when = name == source.event_time
        rows.append((key, Words(name, "strong" if when else "body", measure=14), Words(column.type, "small"), lock))
    table = Grid(tuple(rows), ("middle", "start", "start", "end"), leading=0.4, gap=0.9)
    return Boxed(Column((head, table), 0.1, "stretch"), f"source {source.id}", "rect", padding=0.05, align="stretch")
