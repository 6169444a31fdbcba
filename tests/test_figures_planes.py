"""Figures in planes: what they show is computed, and is what others compute, too."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isclose

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planned import CASES, HEAD, example, figure, planes, said
from sklearn import metrics as theirs
from sklearn.neighbors import NearestNeighbors

import archkit
from archkit.drawing import Point
from archkit.figures import curves, detection, embedding_space
from archkit.figures.spaces import distance
from archkit.metrics import Found, Rect, iou
from archkit.metrics.suppression import suppress

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
