"""The blueprints that come with archkit: listed on their page, clean in production, and with enough figures."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

import archkit
from archkit.library import blueprints
from archkit.reference_library import library_page

PAGE = Path(__file__).parent.parent / "blueprints" / "README.md"
BOOK = {
    "visual-search", "street-view-blurring", "video-search", "harmful-content-detection", "video-recommendation",
    "event-recommendation", "ad-click-prediction", "similar-listings", "news-feed", "people-you-may-know",
}  # fmt: skip
KINDS_OF_A_CASE = 12
FIGURES_OF_A_CASE = 21
FIGURES_OF_THE_BOOK = 211


SKETCHES = {"spam-filter"}


def named() -> list[object]:
    return [pytest.param(path, id=name) for name, path in blueprints().items() if name not in SKETCHES]


def test_the_page_lists_all_of_them() -> None:
    assert PAGE.read_text("utf-8") == library_page(blueprints()), "run tests/test_library.py"


@pytest.mark.parametrize("path", named())
def test_a_blueprint_is_clean_in_production(path: Path) -> None:
    found = archkit.load(path).judged("production")
    assert [f"{finding.code}: {finding.message}" for finding in found] == []


@pytest.mark.parametrize("name", sorted(BOOK))
def test_a_case_has_figures_for_a_chapter(name: str) -> None:
    kinds = Counter(entry.kind.name for entry in archkit.load(blueprints()[name]).entries)
    assert kinds.total() >= FIGURES_OF_A_CASE
    assert len(kinds) >= KINDS_OF_A_CASE


def test_the_cases_fill_a_book() -> None:
    assert sum(len(archkit.load(blueprints()[name]).entries) for name in BOOK) >= FIGURES_OF_THE_BOOK


@pytest.mark.parametrize("path", named())
def test_no_two_figures_of_a_blueprint_say_the_same(path: Path) -> None:
    document = archkit.load(path)
    said = Counter(document.figure(name).figure.description for name in document.figures())
    assert [words for words, count in said.items() if count > 1] == []


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE}\n")
    PAGE.write_text(library_page(blueprints()), "utf-8")
