"""Blueprint → what is watched, when it raises an alarm, what is done then and by whom, and what trains anew."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from archkit.blocks import Align, Block, Boxed, Column, Glyph, Grid, Link, Row, Words
from archkit.figures.common import heads, inside, picture, series, short
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_WATCHED = (
    ("operational", "Operation", "gauge"),
    ("data", "Incoming data", "checklist"),
    ("quality", "Predictions", "target"),
    ("proxies", "Without labels", "eye"),
    ("cost", "Cost", "coins"),
)
_FILL = "lane.monitoring"


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: something to watch, and what follows from it."""
    monitoring = blueprint.monitoring
    found = []
    if not (monitoring.drift or any(getattr(monitoring, key) for key, _, _ in _WATCHED)):
        found.append("`monitoring: operational:`, `data:`, `quality:` or `drift:`")
    if not (monitoring.alerts or monitoring.drift or monitoring.retrain):
        found.append("`monitoring: alerts:`, `drift:` or `retrain:`")
    return found


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan what is watched at the left, the alarms beside it, and the way to a new model below them."""
    watched, alarms, retrain = _watched(blueprint), _alarms(blueprint), _retrain(blueprint)
    follows: list[Block] = [block for block in (alarms, retrain) if block is not None]
    if alarms is not None and retrain is not None:
        follows = [alarms, Link("alarms", "retrain", upright=True), retrain]
    right = Column(tuple(follows), 0.0, "stretch")
    parts: tuple[Block, ...] = (right,)
    if watched is not None:
        first = "alarms" if alarms is not None else "retrain"
        parts = (watched, Link("watched", first), right) if follows else (watched,)
    caption = f"{blueprint.title}: what is watched, when somebody or something acts, and what trains the next model"
    return picture("monitoring", "Monitoring", caption, Row(parts, 0.0, "start"), spec)


def _watched(blueprint: Blueprint) -> Boxed | None:
    """Return the box of all that is watched, by concern."""
    monitoring = blueprint.monitoring
    groups: list[tuple[str, str, Sequence[str]]] = [
        (title, glyph, getattr(monitoring, key)) for key, title, glyph in _WATCHED if getattr(monitoring, key)
    ]
    if monitoring.drift:
        groups.insert(2, ("Drift", "drift", [inside(title_of(name)) for name in monitoring.drift]))
    if not groups:
        return None
    rows: list[Block] = [Words("Watched", "title")]
    for title, glyph, lines in groups:
        told = Column((Words(title, "strong"), Words(", ".join(lines), "body", measure=17)), 0.15)
        rows.append(Row((Glyph(glyph, size=1.8), told), 0.7, "start"))
    if monitoring.dashboards:
        rows.append(
            Row(
                (
                    Glyph("dashboard", size=1.8),
                    Words(f"On dashboards: {series(monitoring.dashboards)}", "small", measure=17),
                ),
                0.7,
                "start",
            )
        )
    return Boxed(Column(tuple(rows), 0.8), "watched", fill=_FILL, stroke="faint", padding=1.1, align="start", top=True)


def _alarms(blueprint: Blueprint) -> Boxed | None:
    """Return the table of limits: what calls people, then what counts as drift."""
    monitoring = blueprint.monitoring
    rows: list[tuple[Block | None, ...]] = []
    for id_, alert in monitoring.alerts.items():
        rows.append(_row("bell", title_of(id_), alert.when, alert.action, alert.owner or monitoring.owner))
    for id_, drift in monitoring.drift.items():
        limit = f" above {drift.threshold}" if drift.threshold is not None else ""  # as written: 0.2 is no 20% here
        over = f" over {short(drift.window)}" if drift.window is not None else ""
        when = f"{drift.test or 'drift'}{limit}{over}"
        rows.append(_row("drift", f"{title_of(id_)} drift", when, drift.action, monitoring.owner))
    if not rows:
        return None
    names = ("", "Alarm", "When", "Then", "Who")
    told = [at for at in range(5) if at < 2 or any(row[at] is not None for row in rows)]
    table = [heads(*names), *rows]
    cells = tuple(tuple(row[at] for at in told) for row in table)
    starts: tuple[Align, ...] = tuple("start" for _ in told)
    grid = Grid(cells, starts, 1, gap=1.0, leading=0.6, align="start")
    return Boxed(grid, "alarms", stroke="faint", padding=1.1, align="start", top=True)


def _row(glyph: str, name: str, when: str, then: str, who: str) -> tuple[Block | None, ...]:
    # What trains anew is told by a sign, because the arrow below leads on from there.
    action: Block | None = Words(then, "body", measure=14) if then else None
    if action is not None and "train" in then.lower():
        action = Row((action, Glyph("train", size=1.3)), 0.5, "start")
    return (
        Glyph(glyph, size=1.5),
        Words(name, "strong", measure=9),
        Words(when, "body", measure=17) if when else None,
        action,
        Words(who, "body", measure=11) if who else None,
    )


def _retrain(blueprint: Blueprint) -> Block | None:
    """Return the boxes of training anew, of who lets the new model through, and of its way to all traffic."""
    retrain = blueprint.monitoring.retrain
    if not retrain:
        return None
    lines = [f"every {short(retrain.cadence)}"] if retrain.cadence is not None else []
    lines += [f"when {retrain.trigger}"] if retrain.trigger else []
    lines += [f"after {short(retrain.volume)} new examples"] if retrain.volume is not None else []
    stages = [inside(title_of(stage.kind)) for stage in blueprint.serving.rollout if stage.kind]
    boxes = [_box("retrain", "Train anew", "train", lines, "lane.training", 20)]
    if retrain.approval:
        boxes.append(_box("approve", "Approve", "gate", [retrain.approval], "lane.training", 12))
    if stages:
        boxes.append(_box("rollout", "Roll out", "canary", [" → ".join(dict.fromkeys(stages))], "lane.inference", 12))
    parts: list[Block] = [boxes[0]]
    for before, box in pairwise(boxes):
        parts += [Link(before.id, box.id), box]
    return Row(tuple(parts), 0.0, "stretch")


def _box(id_: str, title: str, glyph: str, lines: Sequence[str], fill: str, measure: float) -> Boxed:
    told = Column((Words(title, "strong"), *(Words(line, "body", measure=measure) for line in lines)), 0.15)
    return Boxed(Row((Glyph(glyph, size=2.0), told), 0.8), id_, fill=fill, align="start")
