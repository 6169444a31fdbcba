"""Blueprint → the funnel: how many items each stage lets through, on a log scale, and what it takes."""

from __future__ import annotations

from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Grid, Taper, Words
from archkit.facts import Facts
from archkit.facts.latency import at_percentile
from archkit.figures.common import heads, percent, picture, short
from archkit.pictures import Picture
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.funnel import FunnelStage
    from archkit.model.design import FigureSpec

_LEAST = 0.1  # share of the width that even a single item has
_WIDTH = 26.0


class Level(NamedTuple):
    """Stages that work side by side.

    Attributes:
        stages: Their ids.
        enter: Items that enter, all of them together; those that they choose from where they share one corpus.
        leave: Items that leave, all of them together.
    """

    stages: tuple[str, ...]
    enter: Fraction
    leave: Fraction


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: stages with counts."""
    stated = [c for c in blueprint.components.values() if c.in_count is not None and c.out_count is not None]
    if len(stated) > 1 and len(levels(Facts(blueprint))) > 1:
        return []
    return ["at least two stages with `in:` and `out:` that feed each other"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the slices of the funnel with counts between them."""
    facts = Facts(blueprint)
    found = levels(facts)
    most = max(max(level.enter, level.leave) for level in found)
    percentile = facts.timing.percentile
    rows: list[tuple[Block | None, ...]] = [heads("Stage", "", "Keeps", percentile)]
    for number, level in enumerate(found):
        before = found[number - 1].leave if number else None
        if before is None:
            rows.append((None, _count(short(_quantity(level.enter))), None, None))
        elif before != level.enter:
            rows.append((None, _count(_other(before, level.enter)), None, None))
        rows.append(_slice(blueprint, level, most, percentile))
        rows.append((None, _count(short(_quantity(level.leave))), None, None))
    total = f"1 in {short(_quantity(found[0].enter / found[-1].leave))}" if found[-1].leave else "none"
    rows.append((None, None, Words(f"{total} in all", "strong"), None))
    body = Grid(tuple(rows), ("end", "middle", "start", "end"), 1, ruled=False, leading=0.3, gap=1.6)
    caption = f"{blueprint.title}: from {_items(found[0].enter)} to {_items(found[-1].leave)}; widths on a log scale"
    return picture("funnel", "Funnel", caption, body, spec)


def levels(facts: Facts) -> list[Level]:
    """Return the stages of a funnel from the widest on; those fed by the same stages stand side by side."""
    stages = facts.funnel.stages
    depth: dict[str, int] = {}
    for id_, stage in stages.items():  # each after those that feed it
        depth[id_] = max((depth[feeder] + 1 for feeder in stage.feeders), default=0)
    main = _leading_to(facts)
    found: list[Level] = []
    for at in range(max((depth[id_] for id_ in main), default=-1) + 1):
        members = [stages[id_] for id_ in stages if depth[id_] == at and id_ in main]
        level = _level(members, facts)
        if level is not None:
            found.append(level)
    return found


def _leading_to(facts: Facts) -> set[str]:
    """Return the stages that lead to the last one with the longest way to it."""
    stages = facts.funnel.stages
    reach: dict[str, set[str]] = {}
    for id_, stage in stages.items():
        reach[id_] = {id_}.union(*(reach[feeder] for feeder in stage.feeders))
    complete = [id_ for id_, stage in stages.items() if stage.enter and stage.leave]
    return max((reach[id_] for id_ in complete), key=len, default=set())


def _level(members: list[FunnelStage], facts: Facts) -> Level | None:
    known = [stage for stage in members if stage.enter is not None and stage.leave is not None]
    if not known:
        return None
    entering = [stage.enter.value.value for stage in known if stage.enter]
    leaving = sum((stage.leave.value.value for stage in known if stage.leave), Fraction(0))
    fed = any(stage.feeders for stage in known)
    corpus = facts.funnel.corpus
    whole = max(entering) if len(entering) > 1 else entering[0]
    if not fed and corpus is not None:
        whole = max(whole, corpus.value.value)
    return Level(tuple(stage.id for stage in known), whole if not fed else sum(entering, Fraction(0)), leaving)


def _slice(blueprint: Blueprint, level: Level, most: Fraction, percentile: str) -> tuple[Block | None, ...]:
    kept = level.leave / level.enter if level.enter else Fraction(1)
    keeps = "all" if kept >= 1 else f"1 in {short(_quantity(1 / kept))}" if kept < Fraction(1, 3) else percent(kept)
    times = [at_percentile(blueprint.components[id_].latency, percentile, id_) for id_ in level.stages]
    slowest = max((time.value for time in times if time is not None), default=None)
    taper = Taper(
        _width(level.enter, most),
        _width(level.leave, most),
        _WIDTH,
        max(2.6, 1.5 * len(level.stages)),
        "lane.inference",
    )
    time = Words(short(slowest)) if slowest is not None else None
    return _names(blueprint, level), taper, Words(keeps), time


def _names(blueprint: Blueprint, level: Level) -> Block:
    """Return the titles of a level's stages; with what each lets through where there are several."""
    stages = [blueprint.components[id_] for id_ in level.stages]
    titles = [Words(stage.title, "strong", align="end", measure=16) for stage in stages]
    if len(stages) == 1:
        return titles[0]
    counts = [
        f"{short(stage.in_count)} → {short(stage.out_count)}"
        for stage in stages
        if stage.in_count is not None and stage.out_count is not None
    ]
    rows = tuple((title, Words(count, "small")) for title, count in zip(titles, counts, strict=True))
    return Grid(rows, ("end", "end"), ruled=False, gap=0.7, leading=0.1)


def _width(items: Fraction, most: Fraction) -> float:
    """Return the share of the full width for a number of items: proportional to its logarithm, one item the least."""
    full = log10(max(float(most), 10.0))
    return _LEAST + (1 - _LEAST) * log10(max(float(items), 1.0)) / full


def _quantity(value: Fraction) -> Quantity:
    return Quantity(Fraction(round(value)) if value >= 1000 else value, Dimension.COUNT)


def _other(before: Fraction, enter: Fraction) -> str:
    """Say why not just what left the stages above enters a stage: stages are skipped."""
    if enter < before:
        return f"{short(_quantity(enter))} of them"
    return f"{short(_quantity(enter))} with {short(_quantity(enter - before))} from further above"


def _count(said: str) -> Words:
    return Words(said, "strong", align="middle")


def _items(value: Fraction) -> str:
    return f"{short(_quantity(value))} item{'' if value == 1 else 's'}"
