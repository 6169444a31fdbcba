"""The catalogue of component types is whole, and the rules and figures can rely on it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit import catalog
from archkit.catalog import ALIASES, LANES, ROLES, TYPES, Tier, guess
from archkit.drawing import ShapeKind
from archkit.icons import GLYPHS
from archkit.reference_types import types_page

# What rules about the graph must be able to tell apart, by role: one that finds no type for a role can never fire.
RULE_ROLES = {
    "train path": "source store stream trainer registry",
    "inference path": "entry predictor prediction_store",
    "feedback loop": "predictor feedback_log labeler dataset trainer registry",
    "dead ends and orphans": "sink alert source control",
    "gateway first": "entry gateway service",
    "training reads the online store": "trainer feature_store predictor",
    "evaluation gates": "trainer evaluator gate predictor",
    "single points of failure": "fallback gateway",
    "funnel": "index filter light_predictor candidate_source merger predictor reranker",
    "features": "feature_job feature_store feature_log fitter splitter",
    "graph features": "graph_store",
    "towers and index": "encoder index indexer",
    "calibration": "calibrator combiner",
    "fallback": "fallback heuristic cache",
    "filters last": "filter reranker entry",
    "drift and retraining": "drift_monitor alert trainer control",
    "prediction log": "predictor prediction_log",
    "rollout": "rollout experiment",
    "exposure": "explorer",
    "privacy": "third_party privacy deletion secrets",
    "human loop": "reviewer appeal report",
    "grounding": "retriever prompt llm citation",
    "guards": "llm guard",
    "tools and agents": "agent tool reviewer",
    "evaluation of answers": "eval_set evaluator",
    "data checks": "data_gate catalog",
    "distillation and edge": "trainer optimizer router post query action",
}


@pytest.mark.parametrize("rule", RULE_ROLES)
def test_every_role_a_rule_asks_for_is_some_types_role(rule: str) -> None:
    roles = {kind.role for kind in TYPES.values()}
    assert set(RULE_ROLES[rule].split()) <= roles


def test_rows_are_complete_and_agree_with_the_contracts() -> None:
    for id_, kind in TYPES.items():
        assert kind.id == id_ and re.fullmatch(r"[a-z][a-z_]*[a-z]", id_)
        assert kind.lane in LANES
        assert kind.shape in get_args(ShapeKind)
        assert kind.tier in get_args(Tier)
        assert kind.role in ROLES
        assert kind.glyph in GLYPHS
        assert kind.title[0].isupper() and len(kind.title) <= 24
        assert kind.description.endswith(".") and kind.description.count(". ") == 0 and len(kind.description) <= 100


def test_every_role_and_lane_is_used() -> None:
    assert {kind.role for kind in TYPES.values()} == set(ROLES)
    assert {kind.lane for kind in TYPES.values()} == set(LANES)


def test_titles_and_glyphs_tell_types_apart() -> None:
    assert max(Counter(kind.title for kind in TYPES.values()).values()) == 1
    assert max(Counter(kind.glyph for kind in TYPES.values()).values()) == 1


def test_lanes_are_contiguous_and_component_is_last() -> None:
    order = [kind.lane for kind in TYPES.values() if kind.id != "component"]
    assert [lane for lane, before in zip(order, ["", *order], strict=False) if lane != before] == list(LANES)
    assert list(TYPES)[-1] == "component"


@pytest.mark.parametrize("name", ["DATA_ORIGINS", "LEARNED", "SCORERS", "LOGS", "STORES", "STARTS", "ENDS"])
def test_sets_of_roles_hold_roles_only(name: str) -> None:
    assert getattr(catalog, name) <= set(ROLES)


def test_stores_look_like_stores() -> None:
    cylinders = {kind.role for kind in TYPES.values() if kind.shape == "cylinder"}
    assert cylinders - {"source"} <= catalog.STORES


def test_feature_stores_differ_in_tier() -> None:
    tiers = {kind.tier for kind in TYPES.values() if kind.role == "feature_store"}
    assert tiers == {"online", "offline"}


def test_icons_are_classes_of_the_installed_diagrams_package() -> None:
    for kind in TYPES.values():
        module, _, name = kind.icon.rpartition(".")
        assert hasattr(import_module(module), name), kind


def test_aliases_point_at_types_and_are_never_types() -> None:
    assert set(ALIASES.values()) <= set(TYPES)
    assert not set(ALIASES) & set(TYPES)
    assert all(re.fullmatch(r"[a-z0-9_]+", alias) for alias in ALIASES)


@pytest.mark.parametrize(
    ("alias", "type_"),
    [
        ("kafka_topic", "event_stream"),
        ("vector_index", "ann_index"),
        ("db", "operational_db"),
        ("queue", "task_queue"),
        ("redis_cache", "cache"),
        ("feature_store", "feature_store_offline"),
        ("trainer", "training_job"),
        ("ab_test", "experimentation"),
    ],
)
def test_common_other_names_are_known(alias: str, type_: str) -> None:
    assert ALIASES[alias] == type_


@pytest.mark.parametrize(
    ("id_", "type_"),
    [
        ("mail_gateway", "api_gateway"),
        ("classifier", "model_server"),
        ("inbox", "client_app"),
        ("review_queue", "human_review"),
        ("lake", "data_lake"),
        ("trainer", "training_job"),
        ("ranker", "ranker"),
        ("two_tower_ranker", "ranker"),
        ("rerank", "re_ranker"),
        ("reranking", "re_ranker"),
        ("offlineFeatureStore", "feature_store_offline"),
        ("online-store", "feature_store_online"),
        ("user_store", "operational_db"),
        ("image_store", "object_store"),
        ("watch_events", "event_stream"),
        ("ANN", "ann_index"),
        ("ranker2", "ranker"),
        ("embeddings", "embedding_store"),
        ("feedback_loop", "feedback_log"),
        ("guard_in", "guardrail"),
        ("viewers", "user"),
        ("llm", "llm"),
        ("xyzzy", None),
        ("", None),
        ("42", None),
    ],
)
def test_guess_reads_the_head_noun(id_: str, type_: str | None) -> None:
    assert guess(id_) == type_


@pytest.mark.parametrize("id_", TYPES)
def test_guess_knows_every_type_by_its_own_name(id_: str) -> None:
    assert guess(id_) == id_
    assert guess(f"my_{id_}") == id_


@given(st.text(max_size=40))
def test_guess_takes_any_text(text: str) -> None:
    assert guess(text) is None or guess(text) in TYPES


def test_import_touches_nothing_heavy() -> None:
    code = "import sys, archkit.catalog; print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"yaml", "diagrams", "resvg", "archkit.icons", "archkit.products", "json"} & set(out)


def test_reference_page_is_current() -> None:
    page = Path(__file__).parent.parent / "docs" / "types.md"
    assert page.read_text("utf-8") == types_page(), "write types_page() to docs/types.md"


def test_reference_page_shows_everything() -> None:
    page = types_page()
    assert all(f"| `{id_}` | {kind.title} |" in page for id_, kind in TYPES.items())
    assert all(f"| `{role}` | {meaning} |" in page for role, meaning in ROLES.items())
    assert len({line.count(" | ") for line in page.splitlines() if line.startswith("| `") and "when" not in line}) == 2
