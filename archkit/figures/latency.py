"""Blueprint → the critical path of a request as a waterfall, against the time that is allowed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Block, Column, Plot, Span, Tick, Words
from archkit.facts import Facts
from archkit.figures.common import picture, short
from archkit.pictures import Picture
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.latency import CriticalPath, Timing
    from archkit.model.design import FigureSpec

_TICKS = 5


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: times of components on the way of a request."""
    if not any(component.latency for component in blueprint.components.values()):
        return ["`latency:` of components on the way of a request"]
    path = Facts(blueprint).timing.critical
    if path is not None and sum(leg.stage.time is not None for leg in path.legs) > 1:
        return []
    return ["`latency:` of two components or more on the way of a request"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a bar for each stage, from when it is reached until it is done."""
    timing = Facts(blueprint).timing
    path = timing.critical
    assert path is not None  # noqa: S101  `needs` asked for it
    total = path.total.value.value
    allowed = timing.slo.value.value if timing.slo is not None else Fraction(0)
    scale = max(total, allowed, Fraction(1, 10**9)) * Fraction(51, 50)
    critical = {leg.stage.id for leg in path.legs}
    rows: list[tuple[Block, tuple[Span, ...], Block]] = []
    stages = [stage for stage in timing.stages.values() if stage.time is not None]
    for stage in sorted(stages, key=lambda stage: (path.before[stage.id], stage.id not in critical)):
        start, on = path.before[stage.id], stage.id in critical
        fill = "lane.inference" if on else "node.fill"
        span = Span(float(start / scale), float((start + stage.value) / scale), fill, dashed=not on)
        title = Words(blueprint.components[stage.id].title, "strong" if on else "body", measure=16)
        rows.append((title, (span,), Words(short(_time(stage.value)))))
    rows.append(_sum(total, scale, bool(allowed) and total > allowed))
    ticks = [Tick(float(at / scale), _label(at)) for at in _steps(scale)]
    if timing.slo is not None:
        ticks.append(Tick(float(allowed / scale), f"{timing.percentile} ≤ {short(timing.slo.value)}", True, "bad"))
    body = Column((Plot(tuple(rows), tuple(ticks), 38.0), *_remarks(blueprint, path, timing)), 0.9)
    caption = f"{blueprint.title}: {_verdict(total, allowed, timing)}"
    return picture("latency", f"Latency of one request, {timing.percentile}", caption, body, spec)


def _sum(total: Fraction, scale: Fraction, over: bool) -> tuple[Block, tuple[Span, ...], Block]:
    tone = "bad" if over else "good"
    span = Span(0.0, float(total / scale), "lane.training")
    return Words("In all", "title"), (span,), Words(short(_time(total)), "strong", tone)


def _time(seconds: Fraction) -> Quantity:
    return Quantity(seconds, Dimension.TIME)


def _label(at: Fraction) -> str:
    return short(_time(at)) if at else "0"


def _steps(scale: Fraction) -> list[Fraction]:
    """Return round times along an axis: 1, 2 or 5 times a power of ten apart."""
    step = Fraction(1, 10**9)
    factors = (Fraction(2), Fraction(5, 2), Fraction(2))
    turn = 0
    while scale / step > _TICKS:
        step *= factors[turn % 3]
        turn += 1
    return [step * n for n in range(int(scale / step) + 1)]


def _remarks(blueprint: Blueprint, path: CriticalPath, timing: Timing) -> list[Block]:
    lines = []
    critical = {leg.stage.id for leg in path.legs}
    if any(stage.time is not None and id_ not in critical for id_, stage in timing.stages.items()):
        lines.append("Dashed: at the same time as a slower stage, so it costs nothing.")
    if any(leg.wire is not None for leg in path.legs):
        lines.append("Gaps between the bars: the network.")
    if path.missing:
        names = ", ".join(blueprint.components[id_].title for id_ in path.missing)
        lines.append(f"Without a time, and so counted as nothing: {names}.")
    return [Words(" ".join(lines), "note", measure=60)] if lines else []


def _verdict(total: Fraction, allowed: Fraction, timing: Timing) -> str:
    if not allowed:
        return f"the slowest way takes {short(_time(total))} ({timing.percentile})"
    left = allowed - total
    if left < 0:
        return f"the slowest way takes {short(_time(total))}, {short(_time(-left))} more than allowed"
    return f"the slowest way takes {short(_time(total))} of {short(_time(allowed))}; {short(_time(left))} are left"
