"""Graph figure too large to be searched as a whole → parts of it that few arrows join.

What may not be torn apart (clusters) and single nodes are merged, the pair that is joined most densely first, as long
as it is dense enough and small enough to be drawn well; then each moves to where it is joined best. What is best is
told by the constant Potts model: arrows inside count for a part, the square of its size against it, whatever the size
of the whole (Traag, Van Dooren and Nesterov, "Narrow scope for resolution-limit-free community detection", Physical
Review E 84, 2011).
"""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heappush

from archkit.picture import GraphFigure

_ROUNDS = 8  # of moving; each one lessens the arrows between parts, so that most figures need fewer
_DENSE = 1 / 64  # arrows for each pair of nodes, from which on two parts are drawn as one; a power of two is exact
_SMALL, _TINY = 1 / 4, 1 / 8  # shares of the most nodes below which a part looks for company, and takes any


class _Graph:
    """Things with sizes, and how many arrows join two of them."""

    def __init__(self, figure: GraphFigure, things: list[tuple[str, ...]]) -> None:
        weight = _weights(figure)
        self.size = [sum(weight[node] for node in thing) for thing in things]
        owner = {node: number for number, thing in enumerate(things) for node in thing}
        self.links: list[Counter[int]] = [Counter() for _ in things]
        for edge in figure.edges:
            one, two = owner[edge.tail], owner[edge.head]
            if one != two:
                self.links[one][two] += 1
                self.links[two][one] += 1


def parts(figure: GraphFigure, most: int) -> list[tuple[str, ...]]:
    """Return the parts: the ids of their nodes in the order of the figure.

    Args:
        figure: Its clusters stay whole where they are small enough.
        most: How many nodes a part may have, notes included.
    """
    things = _things(figure, most)
    graph = _Graph(figure, things)
    part = _merged(graph, most)
    _move(graph, part, most)
    _join_small(graph, part, most)
    place = {node.id: number for number, node in enumerate(figure.nodes)}
    members: dict[int, list[str]] = {}
    for number, thing in enumerate(things):
        members.setdefault(part[number], []).extend(thing)
    found = [tuple(sorted(nodes, key=place.__getitem__)) for nodes in members.values()]
    return sorted(found, key=lambda nodes: place[nodes[0]])


def _weights(figure: GraphFigure) -> dict[str, int]:
    """Return how many nodes each one counts for: two where it has a note, which becomes a node beside it."""
    return {node.id: 2 if node.note else 1 for node in figure.nodes}


def _things(figure: GraphFigure, most: int) -> list[tuple[str, ...]]:
    """Return what stays together: outermost clusters that are small enough, the insides of larger ones, and nodes."""
    weight = _weights(figure)
    around = {cluster.id: cluster.parent for cluster in figure.clusters}
    inside: dict[str, list[str]] = {cluster.id: [] for cluster in figure.clusters}
    home = {node: cluster.id for cluster in figure.clusters for node in cluster.members}
    for node in figure.nodes:
        cluster = home.get(node.id, "")
        while cluster in inside:
            inside[cluster].append(node.id)
            cluster = around[cluster]
    whole = {id_ for id_, nodes in inside.items() if sum(weight[node] for node in nodes) <= most}
    things: dict[tuple[bool, str], list[str]] = {}
    for node in figure.nodes:
        key, cluster = (False, node.id), home.get(node.id, "")
        while cluster in inside:
            if cluster in whole:
                key = True, cluster
            cluster = around[cluster]
        things.setdefault(key, []).append(node.id)
    return [tuple(nodes) for nodes in things.values()]


def _merged(graph: _Graph, most: int) -> list[int]:
    """Return the part of each thing: merged pair by pair, the densest first."""
    size, links = graph.size[:], [Counter(found) for found in graph.links]
    part = list(range(len(size)))
    version = [0] * len(size)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, two: int) -> None:
        joining = links[one][two]
        # Integers are divided to the nearest double, which is the same one everywhere
        density = joining / (size[one] * size[two])
        if density > _DENSE and size[one] + size[two] <= most:
            one, two = min(one, two), max(one, two)
            heappush(heap, (-density, one, two, version[one], version[two]))

    for one, found in enumerate(links):
        for two in found:
            if one < two:
                offer(one, two)
    heapify(heap)
    while heap:
        _, one, two, old, other = heappop(heap)
        if (version[one], version[two]) != (old, other):
            continue
        for far, joining in links[two].items():
            del links[far][two]
            if far != one:
                links[one][far] += joining
                links[far][one] += joining
        links[two].clear()
        size[one] += size[two]
        part[two] = one
        version[one] += 1
        version[two] = -1
        for far in links[one]:
            offer(one, far)
    for number in range(len(part)):
        while part[number] != part[part[number]]:
            part[number] = part[part[number]]
    return part


def _sizes(graph: _Graph, part: list[int]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for number, size in enumerate(graph.size):
        sizes[part[number]] += size
    return sizes


def _move(graph: _Graph, part: list[int], most: int) -> None:
    """Move things to the part that they are joined to best, where there is room."""
    sizes = _sizes(graph, part)
    for _ in range(_ROUNDS):
        moved = False
        for number, size in enumerate(graph.size):
            pull: Counter[int] = Counter()
            for other, joining in graph.links[number].items():
                pull[part[other]] += joining
            own = part[number]
            stay = pull[own] - _DENSE * size * (sizes[own] - size)
            gains = [
                (stay - joining + _DENSE * size * sizes[at], at)
                for at, joining in pull.items()
                if at != own and sizes[at] + size <= most
            ]
            if gains and min(gains)[0] < 0:
                sizes[own] -= size
                part[number] = min(gains)[1]
                sizes[part[number]] += size
                moved = True
        if not moved:
            return


def _join_small(graph: _Graph, part: list[int], most: int) -> None:
    """Give small parts company: of the part that most arrows lead to, or else of another small one."""
    small, tiny = most * _SMALL, most * _TINY
    while True:
        sizes = _sizes(graph, part)
        joining: dict[int, Counter[int]] = {at: Counter() for at in sizes}
        for number, found in enumerate(graph.links):
            for other, count in found.items():
                joining[part[number]][part[other]] += count
        best: tuple[int, int, int, int, int] | None = None
        for one in sizes:
            for two in sizes if sizes[one] < small else ():
                linked = joining[one][two]
                if one == two or sizes[one] + sizes[two] > most:
                    continue
                if not (linked or sizes[two] < small or sizes[one] < tiny):
                    continue
                choice = (sizes[one], -linked, sizes[two], one, two)
                best = choice if best is None else min(best, choice)
        if best is None:
            return
        part[:] = [best[4] if at == best[3] else at for at in part]
