"""Blueprint → how a new model comes to all traffic: stages with their shares, the experiment, the way back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Bar, Block, Boxed, Column, Glyph, Grid, Link, Row, Span, Words
from archkit.facts import Facts
from archkit.figures.common import inside, metric_name, panel, picture, series, short
from archkit.pictures import Picture
from archkit.titles import title_of
from archkit.units import DAY

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.experiment import Experiment
    from archkit.model.design import FigureSpec
    from archkit.model.serving import RolloutStage
    from archkit.quantity import Quantity

_MIRRORS = ("shadow", "offline replay")
_WHAT: Mapping[str, tuple[str, str]] = {
    "offline replay": ("prediction-log", "logged requests are answered again, nobody sees it"),
    "shadow": ("shadow", "gets a copy of requests; users see the old model"),
    "canary": ("canary", "a few users see it, to find what is broken"),
    "ab": ("flask", "beside the old model, chance decides who sees which"),
    "interleaving": ("mixer", "both models fill one list, what is picked decides"),
    "blue-green": ("fanout", "both stand ready, the switch is flipped at once"),
    "staged": ("rank-light", "grows step by step"),
    "full": ("check", "all users see it"),
}


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: stages of a rollout."""
    return [] if blueprint.serving.rollout else ["`serving: rollout:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the stages in a row, above the experiment and the way back."""
    stages = blueprint.serving.rollout
    parts: list[Block] = []
    for number, stage in enumerate(stages, 1):
        parts.append(_stage(number, stage))
        if number < len(stages):
            parts.append(Link(f"stage {number}", f"stage {number + 1}", stage.until, least=3.0))
    below = [each for each in (_experiment(blueprint), _rollback(blueprint)) if each is not None]
    body: Block = Row(tuple(parts), 0.0, "stretch")
    if below:
        body = Column((body, Row(tuple(below), 1.4, "stretch")), 1.6, "middle")
    kinds = series(dict.fromkeys(inside(_title(stage)) for stage in stages))
    caption = f"{blueprint.title}: the way of a new model: {kinds}"
    return picture("ab_test", "Rollout of a new model", caption, body, spec)


def _stage(number: int, stage: RolloutStage) -> Boxed:
    glyph, what = _WHAT[stage.kind]
    title = Row((Glyph(glyph, size=1.8), Words(_title(stage), "title")), 0.5)
    lines: list[Block] = [title, *_traffic(stage), Words(what, "small", measure=11)]
    if stage.duration is not None:
        lines.append(Words(f"for {short(stage.duration)}"))
    return Boxed(Column(tuple(lines), 0.5), f"stage {number}", least=(12.0, 0.0), align="start", top=True)


def _title(stage: RolloutStage) -> str:
    return "A/B test" if stage.kind == "ab" else title_of(stage.kind)


def _traffic(stage: RolloutStage) -> list[Block]:
    """Return a bar of the traffic that the new model gets; a dashed one where it only gets a copy."""
    if stage.share is None and stage.kind != "full":
        return []
    share = stage.share.value if stage.share is not None else Fraction(1)
    mirrored = stage.kind in _MIRRORS
    fill = "lane.inference" if mirrored else "good"
    spans = [Span(0.0, 1.0, "node.fill"), Span(0.0, float(share), fill, dashed=mirrored)]
    text = f"{short(stage.share) if stage.share is not None else '100%'} of traffic"
    return [Bar(tuple(spans), 9.5, 0.8), Words(f"{text}, copied" if mirrored else text, "strong")]


def _experiment(blueprint: Blueprint) -> Block | None:
    """Return the experiment with the numbers that decide whether it can show the effect."""
    test = blueprint.evaluation.experiment
    if not test:
        return None
    facts = Facts(blueprint).experiment
    effect = _said(test.minimum_effect) + (f", {test.effect}" if test.effect and test.minimum_effect else "")
    rows: list[tuple[str, ...]] = [
        ("Hypothesis", test.hypothesis),
        ("Decided by", series(inside(metric_name(name)) for name in test.metric)),
        ("Assigned at random", f"{test.unit}, {test.split}" if test.unit and test.split else test.unit or test.split),
        ("Traffic", _said(test.traffic)),
        ("Duration", _said(test.duration)),
        ("Rate today", _said(test.baseline_rate)),
        ("Smallest effect", effect),
        ("Power, significance", ", ".join(filter(None, (_said(test.power), _said(test.significance))))),
        ("Each arm needs", _needed(facts)),
        ("Each arm gets", _gets(facts), _enough(facts)),
        ("Interference", test.interference),
    ]
    return panel("Experiment", _pairs(rows))


def _gets(facts: Experiment) -> str:
    """Return what an arm gets; who comes on several days was counted on each, unless it is known how many there are."""
    if facts.gets is None:
        return ""
    return ("at most " if facts.at_most else "") + _computed(facts.gets.value, facts.units)


def _enough(facts: Experiment) -> str:
    """Return the tone of what an arm gets: whether it is as much as it needs; none where that is not sure."""
    if facts.needed is None or facts.gets is None:
        return ""
    if facts.gets.value < facts.needed.value:
        return "bad"
    days = facts.record.duration
    # One day brings its share of new people for sure.
    sure = facts.gets.value * (Fraction(DAY) / days.value) if facts.at_most and days else facts.gets.value
    return "good" if sure >= facts.needed.value else ""


def _said(value: Quantity | None) -> str:
    return (value.text or short(value)) if value is not None else ""


def _needed(facts: Experiment) -> str:
    """Return what an arm needs; what is alike within a cluster counts less than the formula, which knows none."""
    if facts.needed is None:
        return ""
    if not facts.clustered:
        return _computed(facts.needed.value, facts.units)
    singles = _computed(facts.needed.value, f"independent {facts.singles or 'observations'}")
    return f"{singles}, and more in {facts.units if facts.units and not facts.singles else 'groups'}"


def _computed(value: Quantity, of: str) -> str:
    return f"{value.human(digits=2).replace(' ', '')} {of or 'units'}"


def _rollback(blueprint: Blueprint) -> Block | None:
    back = blueprint.serving.rollback
    rails = blueprint.evaluation.guardrails
    rows: list[tuple[str, ...]] = [
        ("Back to", back.to),
        ("When", back.trigger),
        ("Within", _said(back.within)),
        ("Decided by", back.owner),
        ("Versions kept", _said(back.keep)),
        ("Guardrails", series(inside(metric_name(name)) for name in rails)),
    ]
    return panel("The way back", _pairs(rows)) if back else None


def _pairs(rows: list[tuple[str, ...]]) -> Block:
    """Return names and what is said of them, in a tone where a third text names one."""
    cells = tuple(
        (Words(name, "small"), Words(text, "strong" if any(tone) else "body", "".join(tone), measure=22))
        for name, text, *tone in rows
        if text
    )
    return Grid(cells, ("start", "start"), ruled=False, leading=0.25, gap=1.0, align="start")
