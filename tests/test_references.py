"""Sources that the blueprints name: addresses are well formed, and the same source is named the same everywhere."""

from __future__ import annotations

import re

import pytest

import archkit
from archkit.library import blueprints
from archkit.model.design import Citation

_SHAPES = {
    "https://arxiv.org/": r"https://arxiv\.org/abs/\d{4}\.\d{4,5}",
    "https://doi.org/": r"https://doi\.org/10\.\d{4,5}/\S+",
    "https://": r"https://[\w.-]+\.[a-z]+/\S*",
}
_PUT_THERE_LATER = {"1903.04263"}


@pytest.fixture(scope="module")
def sources() -> list[tuple[str, Citation]]:
    """All sources of all blueprints, each with where it stands."""
    found = []
    for name, path in blueprints().items():
        blueprint = archkit.load(path).blueprint
        assert blueprint is not None
        found += [(f"{name}: {key}", one) for key, one in blueprint.references.items()]
    assert len(found) > 100
    return found


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().casefold()


def test_a_source_has_title_authors_and_year(sources: list[tuple[str, Citation]]) -> None:
    assert [where for where, one in sources if not (one.title and one.authors and one.year)] == []


def test_addresses_are_well_formed(sources: list[tuple[str, Citation]]) -> None:
    def formed(url: str) -> bool:
        return (
            re.fullmatch(next((shape for start, shape in _SHAPES.items() if url.startswith(start)), ""), url)
            is not None
        )

    assert [f"{where}: {one.url}" for where, one in sources if one.url and not formed(one.url)] == []


def test_a_preprint_is_not_newer_than_its_year(sources: list[tuple[str, Citation]]) -> None:
    """An arXiv number begins with its year; only where a printed paper was put there afterwards is its year earlier."""
    numbers = [(int(one.year), re.search(r"arxiv\.org/abs/((\d\d).*)", one.url or "")) for _, one in sources]
    assert {found[1] for year, found in numbers if found and 2000 + int(found[2]) > year} == _PUT_THERE_LATER


@pytest.mark.parametrize("by", ["url", "title"])
def test_a_source_is_named_the_same_everywhere(by: str, sources: list[tuple[str, Citation]]) -> None:
    ways: dict[str, dict[tuple[str, ...], str]] = {}
    for where, one in sources:
        named = (_plain(one.title), one.url or "", one.year, one.authors[0].removesuffix(" and others"))
        if key := named[1] if by == "url" else named[0]:
            ways.setdefault(key, {}).setdefault(named, where)
    assert [different for different in ways.values() if len(different) > 1] == []
