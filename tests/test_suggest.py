"""Mistyped words and what was meant; ids and their titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit.facts.metrics import named
from archkit.suggest import distance, nearest
from archkit.titles import inside, title_of


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance(a: str, b: str, expected: int) -> None:
    assert distance(a, b, 9) == expected
    assert distance(b, a, 9) == expected
    assert distance(a, b, max(expected - 1, 0)) == min(expected, max(expected - 1, 0) + 1)


@settings(max_examples=600, deadline=None)
@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 6))
def test_a_limit_only_cuts(a: str, b: str, limit: int) -> None:
    whole = distance(a, b, 20)
    assert distance(a, b, limit) == (whole if whole <= limit else limit + 1)


KNOWN = (
    "latency",
    "freshness",
    "availability",
    "p99",
    "p95",
    "model_registry",
    "feature_store_online",
    "on-device",
    "serving",
    "online",
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("latncy", "latency"),
        ("latecny", "latency"),
        ("Latency", "latency"),
        ("registry", "model_registry"),
        ("feature_store", "feature_store_online"),
        ("on_device", "on-device"),
        ("serve", "serving"),
        ("p98", "p99"),
        ("p90", ""),  # another number, and no slip
        ("avail", "availability"),
        ("xyz", ""),
        ("", ""),
        ("a", ""),
        ("x" * 100, ""),
        ("cost", ""),
    ],
)
def test_nearest(word: str, meant: str) -> None:
    assert nearest(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("id_", "title"),
    [
        ("two_tower", "Two tower"),
        ("ann_index", "ANN index"),
        ("llm-gateway", "LLM gateway"),
        ("ab_test", "A/B test"),
        ("user_api", "User API"),
        ("ndcg_job", "nDCG job"),
        ("wer_by_slice", "WER by slice"),
        ("kyc-check", "KYC check"),
        ("graded_ndcg@10", "Graded nDCG@10"),
        ("map", "mAP"),
        ("map@50", "mAP@50"),
        ("map_small_objects", "mAP small objects"),
        ("heat_map_clicks", "Heat map clicks"),
        ("map_click_rate", "Map click rate"),
        ("heatmap_clicks", "Heatmap clicks"),
        ("userDb", "userDb"),
        ("GPU_pool", "GPU pool"),
        ("v1.2", "V1.2"),
        ("größe", "Größe"),
        ("cicd", "CI/CD"),
        ("_", "_"),
    ],
)
def test_titles(id_: str, title: str) -> None:
    assert title_of(id_) == title


def test_a_component_called_map_is_a_map() -> None:
    document = archkit.loads("blueprint: 1\ntitle: Rides\narchitecture: {flows: [map -> route_service -> road_map]}\n")
    assert document.blueprint is not None
    titles = [part.title for part in document.blueprint.components.values()]
    assert titles == ["Map", "Route service", "Road map"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("map", "mean average precision"),
        ("map@0.5", "mean average precision"),
        ("validation map", "mean average precision"),
        ("map_iou50", "mAP over boxes"),
        ("heat map click rate", None),
        ("map_mae", "MAE"),
        ("recall_of_the_road_map", "recall"),
    ],
)
def test_a_map_is_a_metric_only_by_itself(name: str, title: str | None) -> None:
    found = named(name).metric
    assert (found.title if found else None) == title


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Base model", "base model"),
        ("A base model", "a base model"),
        ("LambdaMART", "LambdaMART"),
        ("DeepFM for Ads", "DeepFM for Ads"),
        ("GPU pool", "GPU pool"),
        ("Offline ROC", "offline ROC"),
        ("", ""),
    ],
)
def test_titles_inside_a_sentence(title: str, sentence: str) -> None:
    assert inside(title) == sentence
