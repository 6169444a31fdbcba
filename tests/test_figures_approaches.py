"""Figures of approaches, compositions and products: what they number, name and join."""

from __future__ import annotations

import pytest
from planned import HEAD, drawn, said

import archkit
from archkit.blocks import Number
from archkit.figures.composition import _depth, _late
from archkit.figures.taxonomy import Approach, tree
from archkit.pictures import walk

# approaches and compositions


def approaches(text: str) -> tuple[Approach, ...]:
    blueprint = archkit.loads(HEAD + text).blueprint
    assert blueprint is not None
    return tree(blueprint)


def test_the_chosen_option_is_found_in_the_tree() -> None:
    text = "model: {taxonomy: {classical: {words: }, learned: [two towers, {trees: }]}, options: {%s}}\n"
    found = approaches(text % "two_tower: {chosen: true}, word: {baseline: true}")
    assert [one.chosen for one in found] == [False, True]
    assert [one.chosen for one in found[1].inner] == [True, False]
    assert found[0].inner[0].baseline
    added = approaches(text % "hybrid: {title: Something else, chosen: true, family: Learned}")
    assert [one.name for one in added[1].inner] == ["two towers", "trees", "Something else"]
    assert added[1].inner[2].chosen and added[1].chosen
    new = approaches(text % "hybrid: {title: Something else, chosen: true, family: third}")
    assert new[2].name == "third" and new[2].inner[0].name == "Something else"


def test_options_alone_are_a_tree_by_family() -> None:
    found = approaches("model: {options: {a: {family: x}, b: {family: y, chosen: true}, c: {family: x}}}\n")
    assert [(one.name, [inner.name for inner in one.inner], one.chosen) for one in found] == [
        ("x", ["A", "C"], False), ("y", ["B"], True)]  # fmt: skip


def test_models_stand_just_before_what_is_learned_from_them() -> None:
    sources = {"sft": ["base"], "assistant": ["sft", "reward"]}
    depth = _late({name: _depth(name, sources, ()) for name in ("base", "reward", "sft", "assistant")}, sources)
    assert depth == {"base": 0, "reward": 1, "sft": 1, "assistant": 2}
    circle = {"a": ["b"], "b": ["a"]}
    assert _depth("a", circle, ()) == 1, "two models that learn from each other end somewhere"


def test_lineage_is_said_and_drawn() -> None:
    text = "model: {models: {teacher: {role: x}, small: {role: y, distilled_from: teacher}}}\n"
    picture = drawn(text, "composition")
    assert [(arrow.tail, arrow.head) for arrow in picture.edges] == [("model.teacher", "model.small")]
    assert "distilled from teacher" in said(picture)


@pytest.mark.parametrize(("tier", "when"), [("offline", "In each run"), ("online", "For a request")])
def test_models_of_a_funnel_answer_for_a_request_or_in_a_run(tier: str, when: str) -> None:
    text = f"""model: {{models: {{light: {{role: first}}, heavy: {{role: then, distilled_from: light}}}}}}
architecture:
  lanes:
    nightly:
      role: inference
      tier: {tier}
      components:
        found: {{type: candidate_generator, in: 1M, out: 5000}}
        first: {{type: light_ranker, in: 5000, out: 500, serves: light}}
        then: {{type: ranker, in: 500, out: 50, serves: heavy}}
  flows: [found -> first, first -> then]
"""
    assert when in said(drawn(text, "composition"))


def test_parts_side_by_side_meet() -> None:
    stages = "stages: {a: {weight: 0.4}, b: {gives: 9}}"
    picture = drawn(f"figures: [{{kind: composition, form: parallel, input: q, output: r, {stages}}}]\n", "composition")
    assert [(arrow.tail, arrow.head) for arrow in picture.arrows] == [
        ("stage.a", "combine"), ("stage.b", "combine"), ("input", "stage.a"), ("input", "stage.b"),
        ("combine", "output"),
    ]  # fmt: skip
    assert "weight 0.4" in said(picture)


# products


SCREEN = """figures:
  - kind: product
    screen: phone
    parts:
      - {tabs: [One, Two], note: first}
      - columns: [[{text: a, note: second}], [{list: {titles: [A]}, note: third}]]
      - {grid: {item: video, count: 5, across: 2}}
      - {buttons: [Save], note: fourth}
"""


def test_every_decision_is_numbered_twice() -> None:
    picture = drawn(SCREEN, "product")
    numbers = [block.number for block in walk(picture.body) if isinstance(block, Number)]
    assert numbers == [1, 2, 3, 4, 1, 2, 3, 4]
    words = said(picture)
    assert [one for one in words if one in ("first", "second", "third", "fourth")] == [
        "first",
        "second",
        "third",
        "fourth",
    ]
