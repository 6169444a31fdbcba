"""Walks through graphs against what a few lines of brute force say, on random graphs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.facts.digraph import components, dominators, reach, shortest, towards

Graph = list[list[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 9))
    node = st.integers(0, size - 1)
    arcs = draw(st.lists(st.tuples(node, node), max_size=3 * size))
    return [[b for a, b in arcs if a == n] for n in range(size)]


def closure(out: Graph, start: int, closed: frozenset[int] = frozenset()) -> set[int]:
    """Return what can be reached, by growing until nothing changes."""
    found = {start} - closed
    while True:
        more = {b for a in found for b in out[a]} - closed - found
        if not more:
            return found
        found |= more


def reversed_(out: Graph) -> Graph:
    return [[a for a in range(len(out)) for b in out[a] if b == n] for n in range(len(out))]


@given(graphs(), st.data())
def test_reach(out: Graph, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(out) - 1))
    closed = frozenset(data.draw(st.sets(st.integers(0, len(out) - 1), max_size=3)))
    assert reach(out, [start], closed) == closure(out, start, closed)


@given(graphs(), st.data())
def test_shortest(out: Graph, data: st.DataObject) -> None:
    nodes = st.integers(0, len(out) - 1)
    start, goal = data.draw(nodes), data.draw(nodes)
    closed = frozenset(data.draw(st.sets(nodes, max_size=2)))
    way = shortest(out, [start], {goal}, closed)
    assert bool(way) == (goal in closure(out, start, closed))
    if way:
        assert way[0] == start and way[-1] == goal and not closed & set(way)
        assert all(b in out[a] for a, b in pairwise(way))
        steps, front = 0, {start}
        while goal not in front:
            steps, front = steps + 1, front | {b for a in front for b in out[a]} - closed
        assert len(way) == steps + 1


@given(graphs(), st.data())
def test_towards(out: Graph, data: st.DataObject) -> None:
    nodes = st.integers(0, len(out) - 1)
    starts, goals = data.draw(st.sets(nodes, max_size=4)), data.draw(st.sets(nodes, max_size=2))
    closed = frozenset(data.draw(st.sets(nodes, max_size=2)))
    after = towards(reversed_(out), starts, goals, closed)
    assert not closed & set(after)
    for start in starts - closed - goals:
        others = closed | (starts - goals - {start})
        assert (start in after) == bool(goals & closure(out, start, frozenset(others)))
        node, seen = start, [start]
        while start in after and after[node] >= 0:
            assert after[node] in out[node]
            node = after[node]
            seen.append(node)
        if start in after:
            assert node in goals and len(seen) == len(set(seen))
            assert len(seen) == len(shortest(out, [start], goals, others))


@given(graphs())
def test_components(out: Graph) -> None:
    found = components(out)
    assert sorted(node for members in found for node in members) == list(range(len(out)))
    number = {node: at for at, members in enumerate(found) for node in members}
    reached = [closure(out, node) for node in range(len(out))]
    for a in range(len(out)):
        for b in range(len(out)):
            assert (number[a] == number[b]) == (b in reached[a] and a in reached[b])
    assert all(members == sorted(members) for members in found)


@given(graphs())
@settings(max_examples=200)
def test_dominators(out: Graph) -> None:
    above = dominators(out, 0)
    reached = closure(out, 0)
    assert above[0] == 0
    for node in range(1, len(out)):
        if node not in reached:
            assert above[node] == -1
            continue
        # A node dominates another if that cannot be reached without it.
        strict = {other for other in reached - {node} if other == 0 or node not in closure(out, 0, frozenset({other}))}
        chain = []
        at = node
        while at != 0:
            at = above[at]
            chain.append(at)
        assert set(chain) == strict and len(chain) == len(strict)


def test_long_chains_need_no_recursion() -> None:
    size = 20_000
    out = [[node + 1] for node in range(size - 1)] + [[0]]
    assert len(components(out)) == 1
    assert dominators(out, 0)[size - 1] == size - 2
    assert len(shortest(out, [0], {size - 1})) == size
