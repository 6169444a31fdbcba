"""Blueprint → the back-of-the-envelope sums: traffic, load, memory, time and cost, each with its formula."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Column, Flow, Grid, Plot, Span, Tick, Words
from archkit.capacity import sheet
from archkit.facts import Facts
from archkit.facts.derived import show
from archkit.figures.common import percent, picture, short
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.capacity import Section
    from archkit.facts.load import Capacity
    from archkit.model.design import FigureSpec

# The load is drawn as bars; funnel and latency have figures of their own.
_ELSEWHERE = ("Load and replicas", "Funnel", "Latency")
_ID = re.compile(r"`([^`]+)`")


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: numbers to compute with."""
    if not (blueprint.requirements.scale or blueprint.components):
        return ["numbers under `requirements: scale:`"]
    facts = Facts(blueprint)
    if _tables(blueprint, facts) or facts.load.capacities:
        return []
    return ["numbers under `requirements: scale:`, or `throughput:` and `replicas:` of components"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a table of sums for each subject, and a bar for each component's load."""
    facts = Facts(blueprint)
    sections = _tables(blueprint, facts)
    parts: list[Block] = [_table(blueprint, section) for section in sections]
    loads = list(facts.load.capacities.values())
    if loads:
        parts.insert(min(1, len(parts)), _load(blueprint, loads))
    body: Block = Flow(tuple(parts), 1.4)
    if any(row.estimated for section in sections for row in section.rows):
        body = Column((body, Words("≈ rests on a number that is an estimate", "note", measure=40)), 0.8)
    caption = f"{blueprint.title}: sums on the back of an envelope"
    return picture("capacity", "Capacity", caption, body, spec)


def _tables(blueprint: Blueprint, facts: Facts) -> list[Section]:
    return [section for section in sheet(blueprint, facts) if section.title not in _ELSEWHERE]


def _table(blueprint: Blueprint, section: Section) -> Block:
    rows = []
    for row in section.rows:
        value = f"{'≈ ' if row.estimated else ''}{show(row.number.value)}"
        formula = "" if row.number.formula == "as stated" else f"= {_plain(blueprint, row.number.formula)}"
        cells = (
            Words(_plain(blueprint, row.number.name), measure=20),
            Words(value, "strong", align="end"),
            Words(formula, "small", measure=18) if formula else None,
        )
        rows.append(cells)
    grid = Grid(tuple(rows), ("start", "end", "start"), leading=0.45, gap=1.0)
    return Column((Words(section.title, "title"), grid), 0.4, "stretch")


def _plain(blueprint: Blueprint, text: str) -> str:
    """Return a text with titles in place of ids."""
    known = blueprint.components
    return _ID.sub(lambda found: known[found[1]].title if found[1] in known else title_of(found[1]), text)


def _load(blueprint: Blueprint, loads: list[Capacity]) -> Block:
    """Return how busy each component is at peak, and how many replicas that takes."""
    scale = max([Fraction(1), *(one.busy.value.value for one in loads)])
    limit = blueprint.serving.target_utilisation
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    for one in loads:
        component = blueprint.components[one.id]
        own = component.utilisation or limit
        full = (own is not None and one.busy.value.value > own.value) or one.busy.value.value > 1
        fill = "highlight" if full else "lane.inference"
        span = Span(0.0, float(one.busy.value.value / scale), fill, one.busy.value.human(digits=2))
        have = short(component.replicas) if component.replicas is not None else "?"
        note = f"{short(one.asked.value)}, needs {short(one.needed.value)} of {have} replicas"
        rows.append((Words(component.title, measure=11), (span,), Words(note, tone="bad" if full else "")))
    ticks = [Tick(0.0, "0"), Tick(float(1 / scale), percent(Fraction(1)))]
    if limit is not None:
        ticks.append(Tick(float(limit.value / scale), f"full at {percent(limit.value)}", True, "bad"))
    return Column((Words("Load at peak", "title"), Plot(tuple(rows), tuple(ticks), 14.0)), 0.6)
