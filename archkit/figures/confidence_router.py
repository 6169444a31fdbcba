"""Blueprint → what happens at which score: a bar from 0 to 1 cut at the thresholds, with the outcome of each band."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Glyph, Plot, Row, Span, Tick, Words
from archkit.facts import Facts
from archkit.facts.words import begins, mentions
from archkit.figures.common import inside, picture, short
from archkit.figures.formulas import decimal
from archkit.model.authored.confidence_router import ConfidenceRouterFigure
from archkit.pictures import Arrow, Picture
from archkit.quantity import Dimension, Quantity
from archkit.units import DAY

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_WIDTH = 44.0
_LEAST = Fraction(1, 15)  # of the axis, that a band takes at least
# `p > 0.9 removes`, `score above 60% asks a person`
_THRESHOLD = re.compile(
    r"(?:^|[,;]|\band\b)\s*(?:p|score|probability)?\s*(?:>=|>|≥|above|over|from)\s*"
    r"(?P<number>0?\.\d+|\d{1,2}(?:\.\d+)?\s*%)\s+(?P<action>[^,;]+)",
    re.IGNORECASE,
)
_PEOPLE = ("person", "people", "human", "humans", "reviewer", "reviewers", "analyst", "moderator", "moderators")
_FILLS = {True: "lane.training", False: "lane.other"}


class Level(NamedTuple):
    """Scores that have the same outcome.

    Attributes:
        start: The score where it begins.
        end: The score where the next one begins.
        outcome: What happens.
        people: Whether people decide there.
        share: Of all scores; None where that is not known.
        note: A remark.
    """

    start: Fraction
    end: Fraction
    outcome: str
    people: bool
    share: Fraction | None = None
    note: str = ""


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the models whose thresholds can be read: ``p > 0.9 removes, p > 0.6 asks a person``."""
    return tuple(id_ for id_, model in blueprint.model.models.items() if levels_of(model.threshold))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: bands, or thresholds of a model in words that can be read."""
    if isinstance(spec, ConfidenceRouterFigure) and len(spec.bands) > 1:
        return []
    if _model(blueprint, spec):
        return []
    return [
        "`threshold: p > 0.9 removes, p > 0.6 asks a person` of a model under `model: models:`, "
        "or `figures: - {kind: confidence_router, bands: [{to: 0.6, outcome: …}, …]}`"
    ]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the bar with its thresholds, above the outcomes with what reaches them."""
    model = _model(blueprint, spec)
    score = "score"
    if isinstance(spec, ConfidenceRouterFigure) and spec.bands:
        levels = _authored(spec)
        score = spec.score or score
    else:
        levels = levels_of(blueprint.model.models[model].threshold)
    volume = _volume(blueprint, spec)
    places = _places(levels)
    limits = [Tick(place, decimal(each.end), True) for place, each in zip(places[1:-1], levels[:-1], strict=True)]
    ticks = (Tick(0.0, "0", True), *limits, Tick(1.0, "1", True))
    spans = tuple(
        Span(places[at], places[at + 1], _FILLS[each.people], id=f"band {at}") for at, each in enumerate(levels)
    )
    plot = Plot(((Words(score, "strong", measure=12), spans, Words("")),), ticks, _WIDTH)
    boxes = tuple(_outcome(at, each, volume) for at, each in enumerate(levels))
    parts: list[Block] = [Column((plot, Row(boxes, 1.6, "stretch")), 3.6, "middle")]
    told = _people(blueprint, levels, volume)
    if told is not None:
        parts.append(told)
    arrows = tuple(Arrow(f"band {at}", f"outcome {at}", sides=("bottom", "top")) for at in range(len(levels)))
    of = blueprint.model.models[model].name if model else ""
    caption = (
        f"{blueprint.title}: what happens at which {score}{f' of {inside(of)}' if of and score == 'score' else ''}"
    )
    if places != [float(each.start) for each in levels] + [1.0]:
        caption += "; narrow bands are drawn wider"
    return picture(
        "confidence_router", "From score to decision", caption, Column(tuple(parts), 1.4, "middle"), spec, arrows
    )


def _places(levels: list[Level]) -> list[float]:
    """Return where bands begin on the axis, and 1: in proportion, but none narrower than can be seen."""
    sizes = [each.end - each.start for each in levels]
    while True:
        narrow = [size for size in sizes if size <= _LEAST]
        spare = 1 - _LEAST * len(narrow)
        wide = sum((size for size in sizes if size > _LEAST), Fraction(0))
        shown = [_LEAST if size <= _LEAST else size * spare / wide for size in sizes]
        if shown == sizes or min(shown) >= _LEAST:
            return [float(sum(shown[:at], Fraction(0))) for at in range(len(shown))] + [1.0]
        sizes = shown


def levels_of(threshold: str) -> list[Level]:
    """Return the bands that the words about a threshold name, from score 0 on; nothing where they name none.

    Args:
        threshold: As ``p > 0.9 removes, p > 0.6 asks a person``; below the lowest threshold nothing is done.
    """
    found: list[tuple[Fraction, str]] = []
    for match in _THRESHOLD.finditer(threshold):
        number = match["number"].strip()
        value = Fraction(number.rstrip("% ")) / 100 if number.endswith("%") else Fraction(number)
        found.append((value, match["action"].strip()))
    values = [value for value, _ in found]
    if not found or len(set(values)) < len(values) or not all(0 < value < 1 for value in values):
        return []
    found.sort()
    ends = [*sorted(values)[1:], Fraction(1)]
    above = [Level(value, end, action, _asks(action)) for (value, action), end in zip(found, ends, strict=True)]
    return [Level(Fraction(0), found[0][0], "nothing is done", False), *above]


def _asks(action: str) -> bool:
    return bool(mentions(action, *_PEOPLE) or begins(action, "review"))


def _authored(spec: ConfidenceRouterFigure) -> list[Level]:
    shares = spec.shares or (None,) * len(spec.bands)
    levels: list[Level] = []
    start = Fraction(0)
    for band, share in zip(spec.bands, shares, strict=True):
        end = band.to.value if band.to is not None else Fraction(1)
        levels.append(Level(start, end, band.outcome, bool(band.people), share, band.note))
        start = end
    return levels


def _model(blueprint: Blueprint, spec: FigureSpec | None) -> str:
    """Return the id of the model that the figure is of: the one named, else the only or first that has thresholds."""
    if spec is not None and spec.of:
        return spec.of if spec.of in subjects(blueprint) or _has_bands(blueprint, spec) else ""
    return "" if isinstance(spec, ConfidenceRouterFigure) and spec.bands else next(iter(subjects(blueprint)), "")


def _has_bands(blueprint: Blueprint, spec: FigureSpec) -> bool:
    return isinstance(spec, ConfidenceRouterFigure) and bool(spec.bands) and spec.of in blueprint.model.models


def _volume(blueprint: Blueprint, spec: FigureSpec | None) -> Fraction | None:
    """Return how many scores there are on a day: as the figure says, else the requests of a day."""
    if isinstance(spec, ConfidenceRouterFigure) and spec.volume is not None:
        return spec.volume.value * DAY
    daily = Facts(blueprint).traffic.per_day
    return daily.value.value if daily is not None else None


def _a_day(count: Fraction) -> str:
    return f"{short(Quantity(Fraction(round(count)), Dimension.COUNT))} a day"


def _outcome(at: int, level: Level, volume: Fraction | None) -> Boxed:
    glyph = "review" if level.people else "check" if not at else "gavel"
    lines: list[Block] = [Words(level.outcome, "strong", align="middle", measure=12)]
    if level.share is not None:
        lines.append(Words(f"{decimal(100 * level.share)}% of all", "body", align="middle"))
        if volume is not None:
            lines.append(Words(_a_day(level.share * volume), "body", align="middle"))
    if level.people:
        lines.append(Words("people decide", "small", align="middle"))
    if level.note:
        lines.append(Words(level.note, "note", align="middle", measure=12))
    inner = Column((Glyph(glyph, size=1.7), Column(tuple(lines), 0.1, "middle")), 0.35, "middle")
    return Boxed(inner, f"outcome {at}", fill=_FILLS[level.people], padding=0.7, least=(8.5, 0.0), top=True)


def _people(blueprint: Blueprint, levels: list[Level], volume: Fraction | None) -> Block | None:
    """Return whether the reviewers of the design can decide what is sent to people; None where that is not known."""
    components = blueprint.components
    # Whoever decides on appeals must not have decided before, and takes nothing from the router
    reviews = [each for each in Facts(blueprint).work.reviews if components[each.id].type != "appeal"]
    sent = [each.share for each in levels if each.people and each.share is not None]
    if not reviews or not sent or volume is None:
        return None
    asked = sum(sent, Fraction(0)) * volume
    able = sum((review.able.value.value for review in reviews), Fraction(0))
    enough = able >= asked
    said = f"{_a_day(asked)} are sent to people, who can decide {_a_day(able)}"
    glyph = Glyph("check" if enough else "warning", "good" if enough else "bad", 1.4)
    return Row((glyph, Words(said if enough else f"{said}: too few", "strong", measure=44)), 0.6)
