"""Graph figure → good placements to choose from: lanes stacked, pipelines left to right, little to cross."""

from __future__ import annotations

from math import log

from archkit.layout.align import aligned
from archkit.layout.anneal import Annealing, Terms
from archkit.layout.arrange import Order, construct
from archkit.layout.grid import Placement
from archkit.layout.notes import with_notes
from archkit.picture import GraphFigure

_MAX_COLUMNS_ON_A_PAGE = 6  # more would print text under 6.5 pt on A4
SMALL, PAGE_NODES = 25, 30  # up to here a figure must, or should, fit a page with readable type
IDEAL_ASPECT = 1.45
MOST_ANNEALED = 60  # nodes; beyond, sketching all arrows over and over would take too long, and parts are drawn instead
_SEED = 196  # of the first few hundred, one with clear figures of all systems in blueprints and tests
_KEPT, _KEPT_ON_PAGE = 3, 4  # placements that are routed, and so many where it is hard to fit the page
_TRIALS, _TRIALS_PER_NODE = 4320, 135  # at most, and for each node
_LONGER = 3  # times as many where it is hard to fit the page: one long search finds what three short ones miss
_HOT = 1.4  # temperature at first, in bends
_OFF_PAGE, _OFF_PAGE_FLAT = 0.15, 0.8  # what a pixel costs that a page has no room for, in bends
_STARTS, _SPARE_IN_PART = 2, 2  # searches for a part of a large figure, and rows that its lanes may grow by
_SEED_IN_PART, _TRIALS_IN_PART, _TRIALS_PER_NODE_IN_PART, _HOT_IN_PART = 37, 4800, 150, 1.8
_MANY_ARROWS = 2000  # of a figure, beyond which each of its parts is searched for but once
_SKETCHES = 100_000  # arrows that such a search, and twice as many that one of two may sketch


def candidates(
    figure: GraphFigure, columns: int, order: Order | None = None, attempt: int = 0
) -> tuple[GraphFigure, list[Placement]]:
    """Return a figure with its notes as nodes, and different good ways to give every node a cell.

    Args:
        figure: The figure; its nodes name lanes that exist.
        columns: How many columns it may have; a cluster that is wider makes it wider.
        order: Another way to put the parts of a lane in order; its wishes are kept as far as there is room.
        attempt: How many others did not fit the page; from the second on, to fit it matters more than anything else.
    """
    start = construct(figure, columns, order)
    if order is not None:
        figure, placement = with_notes(figure, aligned(figure, start))
        return figure, [placement]
    figure, start = with_notes(figure, start)
    if len(figure.nodes) < 2:
        return figure, [start]
    start = start._replace(columns=max(columns, start.columns))
    trials = min(_TRIALS, len(figure.nodes) * _TRIALS_PER_NODE)
    if not attempt:
        return figure, Annealing(figure, start, Terms(trials, _SEED, _HOT, _OFF_PAGE)).run(_KEPT)
    flat = Terms(trials * _LONGER, _SEED + attempt, _HOT, _OFF_PAGE_FLAT)
    return figure, Annealing(figure, start, flat).run(_KEPT_ON_PAGE)


def for_part(figure: GraphFigure, arrows: int) -> tuple[GraphFigure, list[Placement]]:
    """Return a part of a large figure with its notes as nodes, and good ways to give every node a cell.

    Args:
        figure: The part.
        arrows: How many the whole figure has; the more, the less is searched.
    """
    columns = columns_for(figure)
    figure, start = with_notes(figure, construct(figure, columns))
    if len(figure.nodes) < 2:
        return figure, [start]
    start = start._replace(columns=max(columns, start.columns))
    starts = _STARTS if arrows <= _MANY_ARROWS else 1
    most = _SKETCHES * starts // max(1, len(figure.edges))  # a trial takes as long as there are arrows to sketch
    trials = min(_TRIALS_IN_PART, len(figure.nodes) * _TRIALS_PER_NODE_IN_PART, most)
    terms = Terms(trials, _SEED_IN_PART, _HOT_IN_PART, _OFF_PAGE, _SPARE_IN_PART)
    seeds = range(_SEED_IN_PART, _SEED_IN_PART + starts)
    return figure, [Annealing(figure, start, terms._replace(seed=seed)).run(1)[0] for seed in seeds]


def columns_for(figure: GraphFigure) -> int:
    """Return how many columns a figure may have, so that its page is neither a ribbon nor a tower."""
    count = len(figure.nodes)
    if count <= PAGE_NODES:
        return _MAX_COLUMNS_ON_A_PAGE
    widest = max(6, min(60, int(2.2 * count**0.5)))
    choices = sorted({max(6, int(widest * share)) for share in (0.45, 0.6, 0.8, 1.0, 1.3, 1.6)})
    ideal = IDEAL_ASPECT * min(2.6, count / PAGE_NODES)  # arrows between rows heighten large figures
    return min(choices, key=lambda columns: abs(log(construct(figure, columns).aspect / ideal)))
