"""Figures of indexes for nearest neighbours: kinds, numbers, and what is drawn of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from planned import HEAD, example, figure, planes, said
from sklearn.cluster import KMeans

import archkit
from archkit.drawing import Text
from archkit.figures import index_codes, index_graph, index_lists, index_splits
from archkit.figures.index import Index, families_of, known, numbers_of, subjects
from archkit.figures.spaces import distance, nearest, spread
from archkit.planes import Mark, Region, Series
from archkit.proof import check


def indexed(index: str, more: str = "") -> str:
    return f'{HEAD}architecture: {{lanes: {{inference: {{ann: {{type: ann_index, index: "{index}"{more}}}}}}}}}\n'


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("IVF4096,PQ64", ("lists", "codes")), ("IVF-PQ", ("lists", "codes")), ("HNSW over int8", ("graph",)),
        ("LSH", ("hash",)), ("k-d tree", ("tree",)), ("Annoy", ("tree",)), ("ScaNN", ("lists", "codes")),
        ("DiskANN", ("graph", "codes")), ("flat", ()), ("", ()),
    ],
)  # fmt: skip
def test_the_name_of_an_index_says_what_it_does(name: str, families: tuple[str, ...]) -> None:
    assert families_of(name) == families


def test_numbers_are_read_from_the_name() -> None:
    assert numbers_of("IVF65536_HNSW32,PQ64 nprobe=16") == {"ivf": 65536, "hnsw": 32, "pq": 64, "nprobe": 16}


def test_only_indexes_of_a_known_kind_are_drawn() -> None:
    assert archkit.loads(indexed("HNSW32")).figures().count("index_ann") == 1
    for name in ("flat", "our own"):
        assert "index_ann" not in archkit.loads(indexed(name)).figures()


def test_a_decision_says_the_kind_where_the_index_does_not() -> None:
    text = indexed("IVF").replace(', index: "IVF"', "")
    text += "decisions: {index: {question: Which index?, options: {hnsw: {}, flat: {}}, chosen: hnsw, because: fast}}\n"
    blueprint = archkit.loads(text).blueprint
    assert subjects(blueprint) == ("ann",) and known(blueprint).families == ("graph",)


def test_a_figure_may_say_what_no_component_does() -> None:
    text = HEAD + "figures: [{kind: index, index: 'IVF,PQ', lists: 1000, nprobe: 10}]\n"
    assert "1,000 lists, 10 of them searched: 1% of all." in said(figure(text, "index"))


@pytest.mark.parametrize(
    ("index", "more", "words"),
    [
        ("IVF16,PQ8, nprobe 32", "", "an `nprobe` of at most its 16 lists, not 32"),
        ("IVF16,PQ7", ", dim: 64", "divides vectors of 64 numbers, such as 8, not 7"),
    ],
)
def test_numbers_of_an_index_that_contradict_each_other_are_not_drawn(index: str, more: str, words: str) -> None:
    document = archkit.loads(indexed(index, more))
    assert "index_ann" not in document.figures()
    missing = document.missing("index_ann")
    assert missing is not None and words in missing[0]


def test_all_lists_are_all() -> None:
    text = HEAD + "figures: [{kind: index, index: 'IVF', lists: 16, nprobe: 16}]\n"
    assert "16 lists, 16 of them searched: 100% of all." in said(figure(text, "index"))


def test_an_index_of_no_known_kind_is_named() -> None:
    (finding,) = archkit.loads(HEAD + "figures: [{kind: index, index: FOO}]\n").problems
    assert finding.code == "FIG002" and "which `FOO` does not" in finding.message


def test_an_index_shows_its_own_numbers() -> None:
    shown = said(example("index"))
    assert "1B vectors / 65,536 lists = 15,259 in each." in shown  # 1e9 / 65536
    assert any(text.startswith("32 searched: 488,281 compared, 0.049% of all") for text in shown)  # 32 / 65536
    assert "256 × 4 bytes = 1.02 kB become 64 bytes: 16 times less." in shown
    assert "1B vectors: 64 GB instead of 1.02 TB." in shown


@pytest.mark.parametrize(
    ("index", "parts", "identity"),
    [
        (Index(("codes",), dim=128, width=Fraction(4), code_size=Fraction(72)), 64, 8),
        (Index(("codes",), dim=128, width=Fraction(4), code_size=Fraction(16)), 16, 0),
        (Index(("codes",), dim=128, width=Fraction(4), code_size=Fraction(24)), 16, 8),
        (Index(("codes",), dim=96, parts=48), 48, 0),
        (Index(("codes",), dim=100), 25, 0),
        (Index(("codes",), dim=7), 7, 0),
        (Index(("codes",)), 16, 0),
        (Index(("codes",), parts=48), 48, 0),
    ],
)
def test_a_code_has_a_byte_for_each_part(index: Index, parts: int, identity: int) -> None:
    made = index_codes.cut(index)
    assert (made.parts, made.identity) == (parts, identity) and made.dim % made.parts == 0


def test_what_is_assumed_is_said() -> None:
    shown = " ".join(said(figure(indexed("IVF", ", items: 1M"), "index_ann")))
    assert "assuming 4 × √vectors" in shown and "= 250 in each" in shown  # 1e6 / 4000
    assert "Assumed: 32 links." in said(figure(indexed("HNSW", ", items: 1M, dim: 96"), "index_ann"))


def test_links_take_what_the_source_says() -> None:
    shown = said(figure(indexed("HNSW16", ", items: 1M, dim: 96, bytes: 4"), "index_ann"))
    # 96 × 4 + 2 × 16 × 4 = 512 B
    assert any("384 bytes + 2 × 16 × 4 B of links = 512 bytes a vector; 512 MB in all" in text for text in shown)


def test_lists_are_those_of_k_means() -> None:
    found = index_lists.search()
    start = np.array(spread(9, 200))
    fitted = KMeans(9, init=start, n_init=1, max_iter=3, tol=0).fit(np.array(found.points))
    assert np.array(found.centroids) == pytest.approx(fitted.cluster_centers_, abs=0.05)
    for point, number in zip(found.points, found.lists, strict=True):
        assert number == nearest(point, found.centroids)[0]
    assert found.missed > 0, "one list alone must miss something, else the picture teaches nothing"


def test_a_walk_comes_nearer_with_every_step_along_links() -> None:
    found = index_graph.layered()
    query = index_graph._QUERY
    for layer, steps in enumerate(found.walk):
        away = [distance(found.points[at], query) for at in steps]
        assert away == sorted(away, reverse=True)
        for a, b in pairwise(steps):
            assert (min(a, b), max(a, b)) in found.links[layer]
        assert len(steps) > 1, "the walk is to be seen in every layer"
    assert found.walk[0][0] == found.walk[1][-1] and found.walk[1][0] == found.walk[2][-1]


@pytest.mark.parametrize("slanted", [False, True])
def test_a_tree_parts_points_into_leaves_that_cover_the_plane(slanted: bool) -> None:
    sample = spread(32)
    root = index_splits.grown(sample, slanted)
    leaves = root.leaves()
    assert sorted(at for leaf in leaves for at in leaf.points) == list(range(32))
    for at, point in enumerate(sample):
        assert at in root.holds(point)[-1].points
    if not slanted:
        assert {len(leaf.points) for leaf in leaves} == {4}  # medians


def test_bits_are_the_sides_of_hyperplanes() -> None:
    cuts = index_splits.normals()
    for point in spread(50):
        x, y = 2 * point[0] - 1, 2 * point[1] - 1
        wanted = "".join("1" if cut.a * x + cut.b * y >= 0 else "0" for cut in cuts)
        assert index_splits.bits((x, y), cuts) == wanted
    assert len(index_splits.buckets(cuts)) == 6  # three lines through a point part a plane in six


def test_the_table_of_buckets_counts_all_points() -> None:
    picture = figure(indexed("LSH"), "index_ann")
    (plane,) = planes(picture)
    names = {region.text for region in plane.regions}
    counts = [int(text) for text in said(picture) if text.isdigit() and text not in names]
    assert sum(counts) == sum(isinstance(mark, Mark) and mark.sign == "dot" for mark in plane.marks)


def test_each_shard_has_lists_and_layers_of_its_own() -> None:
    shown = said(figure(indexed("IVF1000, nprobe 50", ", items: 100M, shards: 20"), "index_ann"))
    assert "100M vectors / 20 shards = 5M in each." in shown
    assert "5M vectors / 1,000 lists = 5,000 in each." in shown
    assert "50 searched: 250,000 compared, 5% of all." in shown
    layers = " ".join(said(figure(indexed("HNSW16", ", items: 100M, shards: 20"), "index_ann")))
    assert "5M vectors of a shard with 16 links: about 5.6 layers" in layers  # log 5M / log 16


@pytest.mark.parametrize("name", ["HNSW32", "LSH", "k-d tree", "Annoy", "IVF", "PQ", "ScaNN", "DiskANN"])
@pytest.mark.parametrize("theme", ["book", "dark", "print"])
def test_every_kind_of_index_is_drawn_without_a_flaw(name: str, theme: str) -> None:
    title = ", title: An index with a title that takes more than a little room in a figure"
    for more in ("", f", items: 10B, dim: 768, bytes: 4{title}"):
        view = archkit.loads(indexed(name, more)).figure("index_ann", theme=theme)
        assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []


def test_planes_hold_regions_and_curves_in_their_own_coordinates() -> None:
    for plane in planes(example("curves")):
        for block in (*plane.series, *plane.regions):
            assert isinstance(block, (Series, Region))
            xs, ys = zip(*block.points, strict=True)
            assert min(plane.x.low, plane.x.high) <= min(xs) and max(xs) <= max(plane.x.low, plane.x.high)
            assert min(plane.y.low, plane.y.high) <= min(ys) and max(ys) <= max(plane.y.low, plane.y.high)


def test_a_name_that_is_higher_than_its_plane_is_shortened_and_not_left_out() -> None:
    name = "a name in many words that goes on and on " * 14
    text = (
        "blueprint: 1\ntitle: T\nfigures:\n  - kind: embedding_space\n    items:\n"
        f"      a: {{point: [0.1, 0], label: first {name}}}\n      b: [5, 0.02]\n"
        f"      c: {{point: [9, 0.01], label: second {name}}}\n"
    )
    drawing = archkit.loads(text).figure("embedding_space").drawing
    written = [item.text for item, _ in drawing.walk() if isinstance(item, Text)]
    assert sum(line.startswith(("first a name", "second a name")) for line in written) == 2
    assert sum(line.endswith(" …") for line in written) == 2
