"""Adjacency lists → what can be reached, ways, strongly connected components, dominators; all near linear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

Adjacency = Sequence[Sequence[int]]
"""Node → the nodes that its arcs lead to; nodes are 0, 1, 2…"""


def reach(out: Adjacency, starts: Iterable[int], closed: Collection[int] = frozenset()) -> set[int]:
    """Return the nodes that arcs lead to from some nodes, those included, without entering closed ones.

    Args:
        out: Node → the nodes that its arcs lead to.
        starts: Where to begin.
        closed: Nodes that are not entered.
    """
    stack = [node for node in starts if node not in closed]
    seen = set(stack)
    while stack:
        for target in out[stack.pop()]:
            if target not in seen and target not in closed:
                seen.add(target)
                stack.append(target)
    return seen


def shortest(
    out: Adjacency, starts: Iterable[int], goals: Collection[int], closed: Collection[int] = frozenset()
) -> list[int]:
    """Return the nodes of a shortest way from one of some nodes to a goal, both included; empty where there is none.

    Args:
        out: Node → the nodes that its arcs lead to.
        starts: Where to begin.
        goals: Where to end.
        closed: Nodes that are not entered.
    """
    before = {node: -1 for node in starts if node not in closed}
    queue = list(before)
    for node in queue:
        if node in goals:
            way = [node]
            while before[way[-1]] >= 0:
                way.append(before[way[-1]])
            return way[::-1]
        for target in out[node]:
            if target not in before and target not in closed:
                before[target] = node
                queue.append(target)
    return []


def towards(
    into: Adjacency, starts: Collection[int], goals: Iterable[int], closed: Collection[int] = frozenset()
) -> dict[int, int]:
    """Return, for each node on a shortest way from a start to a goal, the next node of that way; -1 for goals.

    Ways begin at the last start that they pass.

    Args:
        into: Node → the nodes whose arcs lead to it.
        starts: Where ways begin.
        goals: Where they end.
        closed: Nodes that are not entered.
    """
    after = {node: -1 for node in goals if node not in closed}
    queue = list(after)
    for node in queue:
        if node in starts and after[node] >= 0:
            continue
        for source in into[node]:
            if source not in after and source not in closed:
                after[source] = node
                queue.append(source)
    return after


def components(out: Adjacency) -> list[list[int]]:
    """Return the strongly connected components, each in ascending order.

    Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972), here without recursion.
    """
    found: list[list[int]] = []
    index = [-1] * len(out)
    low = [0] * len(out)
    open_ = [False] * len(out)
    waiting: list[int] = []
    count = 0
    for root in range(len(out)):
        stack = [(root, iter(out[root]))] if index[root] < 0 else []
        while stack:
            node, targets = stack[-1]
            if index[node] < 0:
                index[node] = low[node] = count
                count += 1
                waiting.append(node)
                open_[node] = True
            for target in targets:
                if index[target] < 0:
                    stack.append((target, iter(out[target])))
                    break
                if open_[target]:
                    low[node] = min(low[node], index[target])
            else:
                stack.pop()
                if stack:
                    low[stack[-1][0]] = min(low[stack[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_closed(waiting, open_, node))
    return found


def _closed(waiting: list[int], open_: list[bool], root: int) -> list[int]:
    """Take the nodes of a complete component, whose root is given, from the end of those that wait for theirs."""
    members = []
    while True:
        node = waiting.pop()
        open_[node] = False
        members.append(node)
        if node == root:
            return sorted(members)


def dominators(out: Adjacency, root: int) -> list[int]:
    """Return the immediate dominator of each node: the last node that all ways from the root to it have in common.

    Args:
        out: Node → the nodes that its arcs lead to.
        root: Where all ways begin.

    Returns:
        Node → its immediate dominator; the root's is itself, that of nodes which cannot be reached is -1.

    Source: K. Cooper, T. Harvey, K. Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
    """
    order = _postorder(out, root)
    number = {node: at for at, node in enumerate(order)}
    into: dict[int, list[int]] = {node: [] for node in order}
    for node in order:
        for target in out[node]:
            into[target].append(node)
    above = [-1] * len(out)
    above[root] = root
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            best = -1
            for source in into[node]:
                if above[source] >= 0:
                    best = source if best < 0 else _common(source, best, above, number)
            if above[node] != best:
                above[node] = best
                changed = True
    return above


def _common(one: int, other: int, above: Sequence[int], number: dict[int, int]) -> int:
    """Return the nearest dominator that two nodes have in common."""
    while one != other:
        while number[one] < number[other]:
            one = above[one]
        while number[other] < number[one]:
            other = above[other]
    return one


def _postorder(out: Adjacency, root: int) -> list[int]:
    """Return the nodes that a root leads to, each after all that are first reached from it; the root last."""
    order = []
    seen = {root}
    stack = [(root, iter(out[root]))]
    while stack:
        node, targets = stack[-1]
        for target in targets:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter(out[target])))
                break
        else:
            stack.pop()
            order.append(node)
    return order
