"""Placement → its arrows on the lattice, with their tracks, and what all of it costs."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from types import MappingProxyType
from typing import NamedTuple

from archkit.layout.grid import Placement
from archkit.layout.lattice import Lattice, lattice
from archkit.layout.place import IDEAL_ASPECT, PAGE_NODES
from archkit.layout.route import Path, Router
from archkit.layout.tracks import Wire, crossings, segments
from archkit.picture import GraphFigure

_PAGE_HEIGHT, _OFF_PAGE = 760.0, 4.0  # pixels that lanes may take on a page, and the price of each one more


class Routing(NamedTuple):
    """A placement with its arrows, and what it costs in pixels."""

    figure: GraphFigure
    placement: Placement
    lines: Lattice
    paths: list[Path]
    wires: list[Wire]
    in_time: bool
    cost: float


def people(figure: GraphFigure) -> list[str]:
    """Return the ids of the nodes that are drawn as people."""
    return [node.id for node in figure.nodes if node.shape == "person"]


def routed(
    figure: GraphFigure,
    placement: Placement,
    deadline: float,
    lines: Lattice | None = None,
    known: Mapping[int, Path] = MappingProxyType({}),
) -> Routing:
    """Route the arrows of a placement.

    Args:
        figure: What is placed, notes among its nodes.
        placement: Where its nodes stand.
        deadline: ``time.thread_time()`` after which arrows are routed in a simpler way.
        lines: Its lattice, where that is known.
        known: The ways of some arrows, by their numbers.
    """
    lines = lines or lattice(placement)
    router = Router(lines, figure.edges, people(figure))
    paths, in_time = router.route(deadline, known)
    wires = segments(paths)
    stretch = abs(log(placement.aspect / IDEAL_ASPECT))
    cost = router.cost(paths, crossings(wires)) + 1500 * max(0.0, stretch - 0.35)
    if len(figure.nodes) <= PAGE_NODES + len(figure.nodes) // 4:
        cost += _OFF_PAGE * max(0.0, placement.height - _PAGE_HEIGHT)
    return Routing(figure, placement, lines, paths, wires, in_time, cost)
