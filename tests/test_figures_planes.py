"""Figures in planes: what they show is computed, and is what others compute, too."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import isclose
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs
from sklearn.cluster import KMeans
from sklearn.neighbors import NearestNeighbors

import archkit
from archkit.drawing import Point, Text
from archkit.figures import curves, detection, embedding_space, index_codes, index_graph, index_lists, index_splits
from archkit.figures.index import Index, families_of, known, numbers_of, subjects
from archkit.figures.spaces import distance, nearest, spread
from archkit.metrics import Found, Rect, iou
from archkit.metrics.suppression import suppress
from archkit.pictures import Picture, texts, walk
from archkit.planes import Mark, Plane, Region, Series
from archkit.proof import check

CASES = Path(__file__).parent / "figures"
HEAD = "blueprint: 1\ntitle: Search\n"


def figure(text: str, name: str) -> Picture:
    document = archkit.loads(text)
    assert not [found for found in document.diagnostics if found.code[:3] in ("LNG", "FIG")]
    view = document.figure(name)
    assert isinstance(view.figure, Picture)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    return view.figure


def example(kind: str) -> Picture:
    return figure((CASES / f"{kind}.yaml").read_text("utf-8"), kind)


def planes(picture: Picture) -> list[Plane]:
    return [block for block in walk(picture.body) if isinstance(block, Plane)]


def said(picture: Picture) -> list[str]:
    return list(texts(picture.body))


# embedding spaces

coordinate = st.integers(-99, 99).filter(bool).map(lambda value: value / 100)
points = st.lists(st.tuples(coordinate, coordinate), min_size=4, max_size=12, unique=True)


def space(items: list[Point], query: Point, more: str) -> str:
    rows = "\n".join(f"      i{n}: [{x}, {y}]" for n, (x, y) in enumerate(items))
    head = f"{HEAD}figures:\n  - kind: embedding_space\n    query: [{query[0]}, {query[1]}]\n"
    return f"{head}    {more}\n    items:\n{rows}\n"


@settings(max_examples=40, deadline=None)
@given(points, st.tuples(coordinate, coordinate), st.sampled_from(["euclidean", "cosine"]), st.integers(1, 4))
def test_the_nearest_are_those_of_scikit_learn(items: list[Point], query: Point, measure: str, k: int) -> None:
    text = space(items, query, f"{{k: {k}, distance: {measure}}}".strip("{}").replace(", ", "\n    "))
    spec = archkit.loads(text).blueprint.figures[0]
    hits = embedding_space.found(spec)
    model = NearestNeighbors(n_neighbors=k, metric=measure).fit(np.array(items))
    (far,), _ = model.kneighbors(np.array([query]))
    assert [hit.distance for hit in hits] == pytest.approx(list(far), abs=1e-9)


def test_a_radius_finds_what_lies_within_it() -> None:
    items = [(0.1, 0.1), (0.2, 0.1), (0.9, 0.9)]
    some = figure(space(items, (0.1, 0.2), "radius: 0.15"), "embedding_space")
    assert {"I0", "I1"} <= set(said(some)) and "2 nearest" in said(some)
    none = figure(space(items, (0.5, 0.5), "radius: 0.15"), "embedding_space")
    assert "Nothing is as near as that." in said(none)


def test_only_what_is_found_lies_in_the_neighbourhood() -> None:
    (plane,) = planes(example("embedding_space"))
    (region,) = plane.regions
    query = next(mark for mark in plane.marks if mark.sign == "star")
    radius = max(distance((query.x, query.y), corner) for corner in region.points)
    for mark in plane.marks:
        if mark is not query:
            assert mark.halo == (distance((mark.x, mark.y), (query.x, query.y)) < radius)


def test_a_space_without_a_query_is_a_map() -> None:
    picture = figure(HEAD + "figures: [{kind: embedding_space, items: {a: [1, 2], b: [3, 1]}}]\n", "embedding_space")
    assert not picture.edges and {"A", "B"} <= set(said(picture))


# curves

labelled = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=4, max_size=30)


def scored(pairs: list[tuple[int, int]], more: str = "") -> str:
    ones, scores = [label for label, _ in pairs], [score / 20 for _, score in pairs]
    return f"{HEAD}figures:\n  - kind: curves\n    labels: {ones}\n    scores: {{it: {scores}}}\n    {more}\n"


@settings(max_examples=30, deadline=None)
@given(labelled)
def test_areas_and_curves_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    ones, scores = [label for label, _ in pairs], [score / 20 for _, score in pairs]
    assume(0 < sum(ones) < len(ones))
    document = archkit.loads(scored(pairs))
    picture = document.figure("curves").figure
    shown = said(picture)
    assert f"{theirs.roc_auc_score(ones, scores):.3f}" in near_to(shown)
    assert f"{theirs.average_precision_score(ones, scores):.3f}" in near_to(shown)
    roc = next(series for series in planes(picture)[0].series if series.tone != "muted")
    fpr, tpr, _ = theirs.roc_curve(ones, scores, drop_intermediate=False)
    assert [x for x, _ in roc.points] == pytest.approx(list(fpr), abs=1e-6)
    assert [y for _, y in roc.points] == pytest.approx(list(tpr), abs=1e-6)


def near_to(shown: list[str]) -> set[str]:
    """Return numbers with three places, and those a unit beside: the last place of ours and theirs may differ."""
    numbers = [float(text) for text in shown if re.fullmatch(r"\d\.\d{3}", text)]
    return {f"{number + step:.3f}" for number in numbers for step in (-0.001, 0.0, 0.001)}


@given(labelled, st.integers(0, 20))
def test_the_operating_point_is_that_of_scikit_learn(pairs: list[tuple[int, int]], bound: int) -> None:
    ones, scores = [label for label, _ in pairs], [Fraction(score, 20) for _, score in pairs]
    model = curves.Model("m", tuple(ones), tuple(scores), "ink", "full", False)
    counts = curves.decided(model, Fraction(bound, 20)).counts
    yes = [int(score >= Fraction(bound, 20)) for score in scores]
    tn, fp, fn, tp = theirs.confusion_matrix(ones, yes, labels=[0, 1]).ravel()
    assert (counts.tn, counts.fp, counts.fn, counts.tp) == (tn, fp, fn, tp)


def test_the_operating_point_lies_on_the_curves() -> None:
    for plane in planes(example("curves"))[:2]:
        for mark in plane.marks:
            own = next(series for series in plane.series if series.tone == mark.tone)
            assert (mark.x, mark.y) in own.points


def test_scores_that_are_no_probabilities_have_no_calibration() -> None:
    pairs = [(1, 20), (0, 8), (1, 30), (0, 42)]
    assert "Calibration" not in said(figure(scored(pairs), "curves"))
    assert "Calibration" in said(figure(scored([(1, 20), (0, 8), (1, 19), (0, 3)]), "curves"))


def test_the_best_step_is_the_first_with_the_best_validation() -> None:
    text = HEAD + "figures: [{kind: curves, better: %s, learning: {a: {steps: [1, 2, 3], validation: [3, 5, 5]}}}]\n"
    for better, step, value in (("lower", 1, 3), ("higher", 2, 5)):
        spec = archkit.loads(text % better).blueprint.figures[0]
        found = curves.best(spec.learning["a"], better == "higher")
        assert (found.step, found.value, found.gap) == (step, value, None)


def test_many_models_can_be_told_apart_without_colour() -> None:
    scores = ", ".join(f"m{n}: [0.9, 0.{n}, 0.6, 0.5]" for n in range(8))
    text = f"{HEAD}figures: [{{kind: curves, labels: [1, 0, 1, 0], scores: {{{scores}}}}}]\n"
    lines = [series for series in planes(figure(text, "curves"))[0].series if series.tone != "muted"]
    assert len({(series.pattern, series.bold) for series in lines}) == 8


# detection

edges = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(5, 40), st.integers(5, 40))
boxes = st.lists(st.tuples(edges, st.integers(0, 100)), min_size=1, max_size=9)


@given(boxes, st.sampled_from([0.3, 0.5, 0.7]))
def test_suppression_keeps_what_it_must(found: list[tuple[tuple[int, ...], int]], bound: float) -> None:
    given_ = [Found(Rect(x, y, x + w, y + h), score) for (x, y, w, h), score in found]
    told = suppress(given_, bound)
    kept = [each.found for each in told if each.by is None]
    assert sorted(each.found for each in told) == list(range(len(given_)))
    for a in kept:
        assert all(iou(given_[a].box, given_[b].box) < Fraction(str(bound)) for b in kept if b != a)
    for each in told:
        if each.by is not None:
            assert each.by in kept and given_[each.by].score >= given_[each.found].score
            assert each.overlap == iou(given_[each.found].box, given_[each.by].box) >= Fraction(str(bound))


def test_iou_is_shown_with_its_sum() -> None:
    shown = said(example("detection"))
    # 224 × 150 of 240 × 170 and 240 × 150, by hand
    assert {"224 × 150", "= 33,600", "= 40,800", "= 36,000", "40,800 + 36,000 − 33,600", "= 43,200", "= 0.78"} <= set(
        shown
    )
    assert isclose(33600 / 43200, 0.78, abs_tol=0.005)


def test_detection_counts_each_thing_once() -> None:
    shown = said(example("detection"))
    assert "Non-maximum suppression: 1 of 4 boxes suppressed" in shown
    assert "Box b (0.81) overlaps 0.60 with box a, which is surer." in shown
    assert "AP of car = 0.50, 1 of 2 missed" in shown


def test_classes_are_judged_apart() -> None:
    text = f"""{HEAD}figures:
  - kind: detection
    size: [100, 100]
    truth: {{c: {{box: [0, 0, 50, 50], label: cat}}, d: {{box: [50, 50, 100, 100], label: dog}}}}
    found:
      x: {{box: [0, 0, 50, 50], label: dog, score: 0.9}}
      y: {{box: [0, 0, 50, 50], label: cat, score: 0.8}}
"""
    shown = said(figure(text, "detection"))
    assert "Non-maximum suppression: 0 of 2 boxes suppressed" in shown
    assert {"AP of cat = 1.00", "AP of dog = 0.00, 1 of 1 missed", "mAP = (1.00 + 0.00) / 2 = 0.50"} <= set(shown)


def test_a_pair_that_does_not_touch_has_no_overlap() -> None:
    text = f"{HEAD}figures: [{{kind: detection, size: [200, 100], truth: {{c: [0, 0, 50, 50]}}, "
    text += "found: {x: {box: [100, 0, 150, 50], score: 0.9}}}]\n"
    shown = said(figure(text, "detection"))
    assert "they do not touch" in shown and "0.00 < 0.50: not found" in shown


def test_parts_can_be_chosen() -> None:
    text = (CASES / "detection.yaml").read_text("utf-8").replace("nms: 0.5", "show: ap")
    assert planes(figure(text, "detection")) == []


def test_classes_are_those_of_the_labels_only_where_all_have_one() -> None:
    text = HEAD + "figures: [{kind: detection, size: [9, 9], truth: {c: {box: [0, 0, 5, 5], label: a}}, "
    document = archkit.loads(text + "found: {x: {box: [0, 0, 5, 5], score: 1}}}]\n")
    (only,) = detection.classes(document.blueprint.figures[0])
    assert only.name == "" and len(only.found) == 1


# indexes


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
