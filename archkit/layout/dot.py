"""Parts of a lane → their order as Graphviz sees it, through the ``dot`` program.

Graphviz is given generated ids and sizes only, never a word that a user wrote.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import graphviz

from archkit.layout.arrange import Extent, Links
from archkit.layout.errors import LayoutError


def order(items: Sequence[Extent], links: Links) -> list[tuple[int, int]]:
    """Return a wished column and row for each part.

    Args:
        items: Sizes in cells.
        links: Numbers of the parts that arrows join.

    Raises:
        LayoutError: ``dot`` is not on PATH, or failed.
    """
    graph = graphviz.Digraph(graph_attr={"rankdir": "LR", "nodesep": "0.2", "ranksep": "0.4"})
    graph.attr("node", shape="box", label="", fixedsize="true")
    for number, item in enumerate(items):
        graph.node(f"n{number}", width=str(item.width), height=str(item.height))
    for tail, head, forward in links:
        graph.edge(f"n{tail}", f"n{head}", constraint="true" if forward else "false")
    try:
        plain = graph.pipe(format="plain", encoding="utf-8")
    except graphviz.ExecutableNotFound as error:
        raise LayoutError("Graphviz's `dot` is not on PATH: install Graphviz, or leave out `--engine dot`") from error
    except subprocess.CalledProcessError as error:
        raise LayoutError(f"Graphviz's `dot` failed with exit code {error.returncode}") from error
    places = {line.split()[1]: line.split()[2:4] for line in plain.splitlines() if line.startswith("node ")}
    at = [(float(places[f"n{number}"][0]), -float(places[f"n{number}"][1])) for number in range(len(items))]
    lefts = [round(x - item.width / 2, 2) for (x, _), item in zip(at, items, strict=True)]
    tops = [round(y - item.height / 2, 2) for (_, y), item in zip(at, items, strict=True)]
    return list(zip(_ranks(lefts, [i.width for i in items]), _ranks(tops, [i.height for i in items]), strict=True))


def _ranks(starts: Sequence[float], sizes: Sequence[int]) -> list[int]:
    """Return cells for positions: equal positions share a cell, and later ones leave room for what is larger."""
    cells: dict[float, int] = {}
    following = 0
    for start in sorted(set(starts)):
        cells[start] = following
        following += max(size for at, size in zip(starts, sizes, strict=True) if at == start)
    return [cells[start] for start in starts]
