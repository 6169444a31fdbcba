"""Layout: properties that hold for any graph, told by the figure checker and by the stages' own invariants."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise, product
from typing import Any

import graphviz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit.drawing import Group, Line, Shape, Text
from archkit.layout import LayoutError, layout
from archkit.layout.anneal import Annealing, Terms
from archkit.layout.arrange import construct
from archkit.layout.coordinates import Demands, geometry
from archkit.layout.lattice import lattice
from archkit.layout.notes import with_notes
from archkit.layout.parts import parts
from archkit.layout.place import candidates, columns_for
from archkit.layout.route import Router
from archkit.layout.sketch import ACROSS, BACK, FORWARD, POINT, Page
from archkit.layout.tracks import crossings, segments
from archkit.picture import Cluster, Edge, GraphFigure, Lane, Node
from archkit.proof import check
from archkit.proof.measures import count_crossings
from archkit.theme import THEMES
from benchmarks import systems

BOOK = THEMES["book"]
SHAPES = ("rounded", "cylinder", "queue", "person", "diamond", "document", "cloud", "stack")
STYLES = ("request", "async", "feedback", "deploy", "mirror", "fallback", "human")
FOREVER = 1e18


@st.composite
def figures(draw: Any) -> GraphFigure:
    """Draw any small system: lanes, groups, notes, steps, loops, parallel arrows."""
    count = draw(st.integers(1, 12))
    lane_count = draw(st.integers(1, 3))
    nodes = tuple(
        Node(
            f"n{number}",
            draw(st.sampled_from(("Ranker", "Feature store", "Two-tower candidates", "Online store of features"))),
            draw(st.sampled_from(SHAPES)),
            draw(st.sampled_from(("", "model", "store"))) and "model",
            lane=f"l{draw(st.integers(0, lane_count - 1))}",
            annotation=("1,000 → 200",) * draw(st.integers(0, 2)),
            note=draw(st.sampled_from(("", "", "", "Drops what the viewer has seen"))),
        )
        for number in range(count)
    )
    used = {node.lane for node in nodes}
    lanes = tuple(Lane(f"l{number}", f"Lane {number}") for number in range(lane_count) if f"l{number}" in used)
    ends = st.integers(0, count - 1)
    edges = tuple(
        Edge(
            f"n{draw(ends)}",
            f"n{draw(ends)}",
            draw(st.sampled_from(STYLES)),
            label=draw(st.sampled_from(("", "features", "1,000 candidates", "point-in-time join"))),
            step=draw(st.sampled_from((0, 0, 0, 1, 12))),
        )
        for _ in range(draw(st.integers(0, 14)))
    )
    cut = draw(st.integers(0, count))
    clusters = [Cluster("outer", "Serving zone", tuple(f"n{i}" for i in range(cut)))] if cut else []
    if cut > 2:
        clusters = [replace(clusters[0], members=clusters[0].members[1:]), Cluster("inner", "Pod", ("n0",), "outer")]
    return GraphFigure("system", "system", "A system", "A caption", lanes, nodes, edges, tuple(clusters), "In words")


@settings(max_examples=120, deadline=None)
@given(figures())
def test_any_small_system_is_drawn_without_a_flaw(figure: GraphFigure) -> None:
    drawing = layout(figure, BOOK, budget=FOREVER)
    # how large a figure gets is the business of who writes it; what is in it must be right whatever it is
    flaws = [flaw for flaw in check(drawing, BOOK, figure) if flaw.point != 5]
    assert [str(flaw) for flaw in flaws] == []
    assert drawing.notices == ()


@settings(max_examples=60, deadline=None)
@given(figures())
def test_every_node_has_a_cell_of_its_own_in_its_lane_and_groups(figure: GraphFigure) -> None:
    full, placements = candidates(figure, columns_for(figure))
    assert placements
    for placement in placements:
        assert set(placement.cells) == {node.id for node in full.nodes}
        assert len(set(placement.cells.values())) == len(full.nodes)
        rows = [lane.id for lane, count in zip(full.lanes, placement.lane_rows, strict=True) for _ in range(count)]
        assert all(rows[placement.cells[node.id][0]] == node.lane for node in full.nodes)
        inside = {"inner": {"n0"} & set(placement.cells)}
        inside["outer"] = {m for c in figure.clusters if c.id == "outer" for m in c.members} | (
            inside["inner"] if len(figure.clusters) > 1 else set()
        )
        for frame in placement.frames:
            held = {
                node
                for node, (row, column) in placement.cells.items()
                if frame.top <= row <= frame.bottom
                and frame.left <= column <= frame.right
                and not node.startswith("note of ")
            }
            assert held and held <= inside[frame.cluster]


@settings(max_examples=60, deadline=None)
@given(figures())
def test_arrows_run_around_nodes_and_never_on_one_another(figure: GraphFigure) -> None:
    lines = lattice(construct(figure, 6))
    paths, in_time = Router(lines, figure.edges).route(FOREVER)
    assert in_time
    for edge, path in zip(figure.edges, paths, strict=True):
        assert (lines.node_at[path[0]], lines.node_at[path[-1]]) == (edge.tail, edge.head)
        for (x, y), (x2, y2) in pairwise(path):
            assert (x == x2) != (y == y2)
            between = [
                (a, b)
                for a in range(min(x, x2), max(x, x2) + 1)
                for b in range(min(y, y2), max(y, y2) + 1)
                if (a, b) not in (path[0], path[-1])
            ]
            assert not [point for point in between if point in lines.node_at]
    pieces = [piece for wire in segments(paths) for piece in wire]
    for one, two in combinations(pieces, 2):
        if (one.horizontal, one.line, one.track) == (two.horizontal, two.line, two.track):
            assert (one.wire, one.index) == (two.wire, two.index) or one.high < two.low or two.high < one.low


@settings(max_examples=40, deadline=None)
@given(figures())
def test_notes_become_nodes_near_what_they_explain(figure: GraphFigure) -> None:
    wider, placed = with_notes(figure, construct(figure, columns_for(figure)))
    noted = [node for node in figure.nodes if node.note]
    assert [node.title for node in wider.nodes if node.role == "note"] == [node.note for node in noted]
    assert len(set(placed.cells.values())) == len(wider.nodes)
    assert sum(placed.lane_rows) >= max(row for row, _ in placed.cells.values()) + 1
    assert candidates(figure, columns_for(figure))[0] == wider


@settings(max_examples=60, deadline=None)
@given(figures())
def test_crossings_are_known_before_coordinates_are(figure: GraphFigure) -> None:
    placement = construct(figure, 6)
    lines = lattice(placement)
    paths, _ = Router(lines, figure.edges).route(FOREVER)
    wires = segments(paths)
    same = {node.id: (120.0, 60.0) for node in figure.nodes}
    margins = {node.id: (12.0, 12.0) for node in figure.nodes}
    shape = geometry(placement, lines, paths, wires, same, margins, Demands(), (), [0.0] * len(figure.lanes))
    between = count_crossings(shape.wires)
    assert crossings(wires) == between


WEIGHTED = Terms(trials=200, seed=1, hot=1.6, off_page=0.2)


@settings(max_examples=40, deadline=None)
@given(figures())
def test_annealing_finds_nothing_dearer_than_where_it_starts(figure: GraphFigure) -> None:
    full, start = with_notes(figure, construct(figure, 6))
    still, search = (Annealing(full, start, WEIGHTED._replace(trials=trials)) for trials in (0, 200))
    assert [placement.cells.keys() for placement in still.run(3)] == [start.cells.keys()]
    found = search.run(3)
    assert search.price <= still.price
    assert len(found) == 1 or search.price < still.price


def test_annealing_goes_the_same_way_each_time_and_another_with_another_seed() -> None:
    figure = archkit.loads(systems.blueprint(23)).figure("system").figure
    assert isinstance(figure, GraphFigure)
    start = construct(figure, 6)
    found = [Annealing(figure, start, Terms(600, seed, 1.6, 0.2)).run(1) for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_a_sketch_runs_through_no_node_in_its_last_way() -> None:
    page = Page(4, 5)
    points = sum(1 << at * POINT for at in range(9 * 11))
    for tail, head, kind in product(range(page.size), range(page.size), (FORWARD, ACROSS, BACK)):
        if tail == head:
            continue
        least, by, shapes = page.ways[kind][tail * page.size + head]
        assert [shape.cost for shape in shapes] == sorted(shape.cost for shape in shapes)
        assert least == shapes[0].cost
        assert shapes[-1].nodes == 0 or any(shape.nodes == 0 for shape in shapes)
        for shape in shapes:
            minded, marks = ([number << by >> part & points for part in range(POINT)] for number in shape[2:4])
            level, upright, both, corners, _ = minded
            assert marks == [upright, level, corners, both, 0]
            assert both == level | upright
            nodes = shape.nodes << by
            assert nodes == shape.minded << by & page.nodes
            assert nodes & (page.node[tail] | page.node[head]) == 0
            passed = (both | corners) << POINT - 1
            assert nodes == passed & page.nodes & ~(page.node[tail] | page.node[head])


def test_a_sketch_counts_bends_and_prefers_the_way_that_pipelines_run() -> None:
    page = Page(3, 3)
    cost = {
        name: page.ways[FORWARD][tail * page.size + head][0]
        for name, tail, head in (("right", 3, 4), ("left", 4, 3), ("down", 1, 4), ("aside", 3, 7))
    }
    assert cost["right"] < cost["down"] < cost["left"]
    assert cost["aside"] > cost["right"] + 1.0


def test_arrows_meet_a_head_in_its_middle() -> None:
    people = (Node("p", "Reviewer", "person", lane="l"), Node("a", "Queue", lane="l"), Node("b", "Feed", lane="l"))
    nodes = (*people, Node("c", "Log", lane="m"))
    edges = (Edge("p", "a"), Edge("a", "p"), Edge("b", "p"), Edge("p", "c"), Edge("c", "p"), Edge("c", "a"))
    figure = GraphFigure("s", "system", "People", "", (Lane("l", "L"), Lane("m", "M")), nodes, edges, (), "In words")
    drawing = layout(figure, BOOK)
    assert [str(flaw) for flaw in check(drawing, BOOK, figure) if flaw.point != 5] == []


def chain(count: int, **more: Any) -> GraphFigure:
    """Return a lane of components, each followed by the next."""
    nodes = tuple(Node(f"n{number}", f"Stage {number}", lane="lane") for number in range(count))
    edges = tuple(Edge(f"n{number}", f"n{number + 1}", label="rows") for number in range(count - 1))
    return GraphFigure("system", "system", "Chain", "", (Lane("lane", "Lane"),), nodes, edges, **more)


def test_a_pipeline_reads_from_left_to_right() -> None:
    drawing = layout(chain(3), BOOK)
    wires = [item for item, _ in drawing.walk() if isinstance(item, Line) and item.role == "wire"]
    assert len(wires) == 2
    assert all(len(wire.points) == 2 and wire.points[0][0] < wire.points[1][0] for wire in wires)
    assert len({wire.points[0][1] for wire in wires}) == 1


def test_a_long_lane_wraps() -> None:
    drawing = layout(chain(14), BOOK)
    assert 0.5 <= drawing.width / drawing.height <= 2.2
    assert len({item.get("id") for item, _ in drawing.walk() if isinstance(item, Group) and item.kind == "node"}) == 14


def test_the_same_figure_gives_the_same_drawing() -> None:
    assert layout(chain(9), BOOK) == layout(chain(9), BOOK)


def test_a_layout_out_of_time_is_simpler_and_says_so() -> None:
    late = layout(chain(40), BOOK, budget=-1.0)
    assert "the time for layout ran out" in late.notices[0]
    nodes = [item for item, _ in late.walk() if isinstance(item, Group) and item.kind == "node"]
    assert len(nodes) == 40


@st.composite
def subsystems(draw: Any) -> GraphFigure:
    """Draw a system of several subsystems over the same lanes: most arrows stay in one, groups may reach over some."""
    sizes = draw(st.lists(st.integers(12, 30), min_size=3, max_size=4))
    lane_count = draw(st.integers(1, 4))
    nodes: list[Node] = []
    edges: list[Edge] = []
    clusters: list[Cluster] = []
    for part, size in enumerate(sizes):
        ids = [f"n{part}.{number}" for number in range(size)]
        for id_ in ids:
            note = "Drops what was seen" if id_.endswith("7") else ""
            nodes.append(Node(id_, f"Stage {id_}", lane=f"l{draw(st.integers(0, lane_count - 1))}", note=note))
        edges += [Edge(one, two, label="rows") for one, two in pairwise(ids)]
        for _ in range(draw(st.integers(0, size // 2))):
            edges.append(Edge(draw(st.sampled_from(ids)), draw(st.sampled_from(ids)), draw(st.sampled_from(STYLES))))
        if draw(st.booleans()):
            clusters.append(Cluster(f"c{part}", f"Zone {part}", tuple(ids[: draw(st.integers(1, size))])))
    every = [node.id for node in nodes]
    for _ in range(draw(st.integers(0, 8))):
        edges.append(Edge(draw(st.sampled_from(every)), draw(st.sampled_from(every)), label="events"))
    if draw(st.booleans()):  # more than one part can hold
        clusters = [Cluster("all", "Cloud", tuple(every[:60]))]
    used = {node.lane for node in nodes}
    lanes = tuple(Lane(f"l{n}", f"Lane {n}") for n in range(lane_count) if f"l{n}" in used)
    return GraphFigure("s", "system", "Large", "", lanes, tuple(nodes), tuple(edges), tuple(clusters), "In words")


@settings(max_examples=8, deadline=None)
@given(subsystems())
def test_any_system_of_several_parts_is_drawn_without_a_flaw(figure: GraphFigure) -> None:
    drawing = layout(figure, BOOK, budget=FOREVER)
    assert [str(flaw) for flaw in check(drawing, BOOK, figure) if flaw.point != 5] == []
    assert drawing.notices == ()


@settings(max_examples=60, deadline=None)
@given(subsystems(), st.integers(8, 60))
def test_parts_hold_every_node_once_and_are_not_too_large(figure: GraphFigure, most: int) -> None:
    found = parts(figure, most)
    assert sorted(id_ for part in found for id_ in part) == sorted(node.id for node in figure.nodes)
    weight = {node.id: 2 if node.note else 1 for node in figure.nodes}
    of = {id_: number for number, part in enumerate(found) for id_ in part}
    for part in found:
        assert sum(weight[id_] for id_ in part) <= most
    for cluster in figure.clusters:
        whole = sum(weight[id_] for id_ in cluster.members) <= most
        assert not whole or len({of[id_] for id_ in cluster.members}) == 1


def test_parts_are_what_few_arrows_join() -> None:
    figure = archkit.loads(systems.blueprint(92)).figure("system").figure
    assert isinstance(figure, GraphFigure)
    for one in (figure, replace(figure, clusters=())):
        assert [{id_.rpartition("_")[2] for id_ in part} for part in parts(one, 40)] == [{"1"}, {"2"}, {"3"}, {"4"}]


def test_lanes_of_a_large_system_repeat_stave_by_stave_in_their_order() -> None:
    figure = archkit.loads(systems.blueprint(100)).figure("system").figure
    assert isinstance(figure, GraphFigure)
    drawing = layout(figure, BOOK)
    assert [flaw for flaw in check(drawing, BOOK, figure) if flaw.point != 5] == []
    groups = [item for item, _ in drawing.walk() if isinstance(item, Group)]
    bands = [group for group in groups if group.kind == "lane"]
    order = [lane.id for lane in figure.lanes]
    assert [band.get("id") for band in bands] == order * 2
    tops = [next(item for item in band.items if isinstance(item, Shape)).box for band in bands]
    gaps = [two.y - one.bottom for one, two in pairwise(tops)]
    assert all((gap > 30) == (number == 3) for number, gap in enumerate(gaps))
    first = min(
        (item for group in groups if group.kind == "node" for item in group.items if isinstance(item, Shape)),
        key=lambda shape: (round(shape.box.y / 50), shape.box.x),
    )
    named = next(group for group in groups if group.kind == "node" and first in group.items)
    assert named.get("id") == "events_1"


def test_three_hundred_components_with_nine_hundred_arrows_come_out() -> None:
    nodes = tuple(Node(f"n{i}", f"Stage {i}", lane=f"l{i // 60}") for i in range(300))
    edges = tuple(Edge(f"n{i}", f"n{(i * k + k) % 300}", label=f"f{k}") for i in range(300) for k in (1, 7, 31))
    figure = GraphFigure("s", "system", "Large", "", tuple(Lane(f"l{i}", f"Lane {i}") for i in range(5)), nodes, edges)
    drawing = layout(figure, BOOK)
    kinds = Counter(item.kind for item, _ in drawing.walk() if isinstance(item, Group))
    assert (kinds["node"], kinds["edge"]) == (300, 900)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(LayoutError, match="no engine `neato`: write `builtin` or `dot`"):
        layout(chain(2), BOOK, engine="neato")


def test_graphviz_is_told_no_word_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def pipe(self: graphviz.Digraph, **_: Any) -> str:
        told.append(self.source)
        return "graph 1 9 1\n" + "".join(f"node n{n} {n * 2 + 0.5} 0.5 1 1 x\n" for n in range(3)) + "stop\n"

    monkeypatch.setattr(graphviz.Digraph, "pipe", pipe)
    figure = chain(3)
    secret = replace(figure, nodes=tuple(replace(node, title='"]; evil [label="') for node in figure.nodes))
    drawing = layout(secret, BOOK, engine="dot")
    assert told and not any("evil" in source or "Stage" in source for source in told)
    assert sum("evil" in item.text for item, _ in drawing.walk() if isinstance(item, Text)) >= 3


def test_a_missing_graphviz_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LayoutError, match="`dot` is not on PATH"):
        layout(chain(2), BOOK, engine="dot")


@pytest.mark.parametrize("theme", ["dark", "print"])
def test_themes_of_the_same_sizes_change_colours_not_places(theme: str) -> None:
    assert layout(chain(3), THEMES[theme]) == layout(chain(3), BOOK)


@pytest.mark.parametrize("theme", ["slide", "whiteboard"])
def test_themes_of_other_sizes_are_laid_out_with_them(theme: str) -> None:
    found, plain = layout(chain(3), THEMES[theme]), layout(chain(3), BOOK)
    sizes = {item.size for item, _ in found.walk() if isinstance(item, Text)}
    assert THEMES[theme].sizes.node in sizes and BOOK.sizes.node not in sizes
    assert found.width != plain.width
