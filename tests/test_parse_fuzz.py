"""Whatever a file says, reading it gives findings inside the text and never an exception."""

from __future__ import annotations

from corpus import BITS, TEXTS, mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archkit.blueprint import Blueprint
from archkit.codes import CODES
from archkit.parse import parse
from archkit.source import Source
from archkit.yamltree import CODES as YAML_CODES


def check(text: str) -> None:
    result = parse(Source("fuzz.yaml", text))
    assert len(result.sources) == 1
    for found in result.diagnostics:
        assert found.code in CODES or found.code in YAML_CODES, found
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(text), found
        assert found.message and "\n" not in found.message
    if result.blueprint is not None:
        use(result.blueprint, text)


def use(blueprint: Blueprint, text: str) -> None:
    """Do with a blueprint what figures and rules do, which relies on its being consistent."""
    architecture = blueprint.architecture
    for flow in architecture.flows:
        assert flow.source in blueprint.components and flow.target in blueprint.components
        assert 0 <= flow.at("source").start < flow.at("source").end <= len(text)
    for component in blueprint.components.values():
        assert component.lane in architecture.lanes
        assert architecture.top(component.id).id in architecture.lanes[component.lane].components
        assert component.title and component.type
    members = [member for group in architecture.groups.values() for member in group.members]
    assert len(members) == len(set(members))
    assert all(member in blueprint.components or member in architecture.groups for member in members)
    for group in architecture.groups.values():
        assert not group.parent or group.id in architecture.groups[group.parent].members
    for record in blueprint.records():
        for name, _value in record.written():
            span = record.at(name)
            assert 0 <= span.start <= span.end <= len(text)
    for waiver in blueprint.waivers:
        assert waiver.reason


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_mutated_files(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*BITS, "architecture:\n", "  flows:\n", "  lanes:\n", "title: T\n", "    - "]), max_size=40
    ).map("".join)
)
def test_soup(text: str) -> None:
    check(text)


def test_the_corpus_itself() -> None:
    for text in TEXTS:
        check(text)
