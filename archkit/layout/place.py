"""Graph figure → good placements to choose from: lanes stacked, pipelines left to right, little to cross."""

from __future__ import annotations

from math import log

from archkit.layout.arrange import Order, construct
from archkit.layout.grid import Placement
from archkit.layout.search import Search, Weights
from archkit.picture import GraphFigure

_MAX_COLUMNS_ON_A_PAGE = 6  # more would print text under 6.5 pt on A4
SMALL, PAGE_NODES = 25, 30  # up to here a figure must, or should, fit a page with readable type
IDEAL_ASPECT = 1.45
_PIPELINE = Weights(back=5.0, fall=4.0, closing=0.12)
_COMPACT = Weights()
_STRAIGHT = Weights(bend=2.2, back=3.5, fall=2.5, closing=0.25)
_FLAT = Weights(down=1.4, bend=0.6, back=2.0, fall=5.0, closing=0.15, row=8.0)

_UNTANGLED = Weights(crossing=1.0)


def candidates(figure: GraphFigure, columns: int, order: Order | None = None) -> list[Placement]:
    """Return different good ways to give every node of a figure a cell; one only where the figure is large.

    Args:
        figure: The figure; its nodes name lanes that exist.
        columns: How many columns it may have; a cluster that is wider makes it wider.
        order: Another way to put the parts of a lane in order; its wishes are kept as far as there is room.
    """
    if order is not None:
        return [Search(figure, construct(figure, columns, order), _COMPACT).aligned()]
    start = construct(figure, columns)
    kinds = (_PIPELINE, _STRAIGHT, _COMPACT, _FLAT) if len(figure.nodes) <= PAGE_NODES * 2 else (_STRAIGHT,)
    found: list[Placement] = []
    for weights in kinds:
        placement = Search(figure, start, weights).improved()
        if placement not in found:
            found.append(placement)
    return found


def polished(figure: GraphFigure, placement: Placement) -> Placement:
    """Return a placement after one more search that also counts crossings; the same where it finds nothing better."""
    return Search(figure, placement, _UNTANGLED).refined()


def columns_for(figure: GraphFigure) -> int:
    """Return how many columns a figure may have, so that its page is neither a ribbon nor a tower."""
    count = len(figure.nodes)
    if count <= PAGE_NODES:
        return _MAX_COLUMNS_ON_A_PAGE
    widest = max(6, min(60, int(2.2 * count**0.5)))
    choices = sorted({max(6, int(widest * share)) for share in (0.45, 0.6, 0.8, 1.0, 1.3, 1.6)})
    ideal = IDEAL_ASPECT * min(2.6, count / PAGE_NODES)  # arrows between rows heighten large figures
    return min(choices, key=lambda columns: abs(log(construct(figure, columns).aspect / ideal)))
