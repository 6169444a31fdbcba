"""Which figures a blueprint has: those that apply, those it lists, one for each thing, and their numbers."""

from __future__ import annotations

import pytest

import archkit
from archkit.figures import KINDS
from archkit.model.framing import STEPS

GOOD = """\
blueprint: 1
title: Photo search
model:
  options:
    tags: {baseline: true, scores: {quality: 1, cost: 5}}
    encoder: {chosen: true, because: finds what nobody tagged, scores: {quality: 4, cost: 3}}
decisions:
  lookup:
    question: Which index?
    options: {exact: {memory: 5 TB}, ivf_pq: {memory: 700 GB}}
    chosen: ivf_pq
    because: it fits into memory
architecture: {flows: [user -> encoder -> index]}
"""


def names(figures: str = "", chapter: str = "") -> tuple[str, ...]:
    return archkit.loads(GOOD + chapter + figures).figures()


def codes(figures: str) -> list[str]:
    return [finding.code for finding in archkit.loads(GOOD + figures).problems]


def test_a_kind_that_is_like_no_other_leads_to_the_list_of_all_and_does_not_print_it() -> None:
    found = archkit.loads(GOOD + "figures: [sequence diagram]\n").diagnostics
    assert [one.hint for one in found if one.code == "FIG001"] == [f"`archkit figures` lists all {len(KINDS)} kinds"]


def test_a_kind_that_shows_one_thing_is_drawn_for_each() -> None:
    found = names()
    assert [name for name in found if name.startswith("tradeoffs")] == ["tradeoffs_model", "tradeoffs_lookup"]
    assert names("figures: [tradeoffs]\n") == ("tradeoffs_model", "tradeoffs_lookup")
    assert names("figures: [{kind: tradeoffs, of: lookup}]\n") == ("tradeoffs_lookup",)
    assert names("figures: [{kind: tradeoffs, name: both, title: All that was decided}]\n") == ("both",)


def test_figures_come_in_the_order_of_a_chapter() -> None:
    order = list(KINDS)
    found = [entry.kind.name for entry in archkit.loads(GOOD).entries]
    assert found == sorted(found, key=order.index) and found.index("tradeoffs") < found.index("system")


def test_all_stands_for_what_is_not_listed() -> None:
    every = names()
    listed = names("figures: [{kind: system, name: overview}, all, {kind: tradeoffs, of: lookup, name: which_index}]\n")
    assert len(listed) == len(every)
    assert set(every) - set(listed) == {"system", "tradeoffs_lookup"}
    assert set(listed) - set(every) == {"overview", "which_index"}
    kinds = [entry.kind.name for entry in archkit.loads(GOOD + "figures: [system, all]\n").entries]
    assert kinds == sorted(kinds, key=list(KINDS).index)
    assert codes("figures: [all, system]\n") == []


def test_a_figure_can_belong_to_another_step() -> None:
    found = archkit.loads(GOOD + "figures: [all, {kind: tradeoffs, of: lookup, section: serving}]\n").entries
    steps = [entry.step for entry in found]
    assert steps == sorted(steps, key=[*STEPS, "summary"].index)
    moved = next(entry for entry in found if entry.name == "tradeoffs_lookup")
    assert moved.step == "serving" and moved.kind.step == "model"
    assert "LNG004" in codes("figures: [{kind: system, section: evalation}]\n")


def test_a_listed_figure_that_shows_something_else_comes_beside_the_usual_one() -> None:
    every = set(names())
    assert set(names("figures: [all, {kind: system, name: hot, highlight: [encoder]}]\n")) == {*every, "hot"}
    # the same figure under its own name, or under another name, takes its place
    assert set(names("figures: [all, {kind: system, highlight: [encoder]}]\n")) == every
    assert set(names("figures: [all, {kind: system, name: whole}]\n")) == {*every, "whole"} - {"system"}


def test_a_thing_is_named_alone() -> None:
    assert names("figures: [lookup]\n") == ("lookup",)
    figure = archkit.loads(GOOD + "figures: [lookup]\n").figure("lookup").figure
    assert (figure.kind, figure.name) == ("tradeoffs", "lookup")
    # also without being listed
    document = archkit.loads(GOOD)
    assert document.named("lookup") == ("tradeoffs_lookup",) and document.missing("lookup") == []
    assert document.named("tradeoffs") == ("tradeoffs_model", "tradeoffs_lookup")


@pytest.mark.parametrize(
    ("figures", "code", "said"),
    [
        ("figures: [lokup]\n", "FIG001", "no kind of figure is called `lokup`"),
        ("figures: [al]\n", "FIG001", "no kind of figure is called `al`"),
        ("figures: [{kind: tradeoffs, of: lokup}]\n", "FIG002", "did you mean `lookup`?"),
        ("figures: [{kind: tradeoffs, of: nothing_like_it}]\n", "FIG002", "which is one of `model`, `lookup`"),
        ("figures: [{kind: system, hihglight: [encoder]}]\n", "LNG001", "unknown key `hihglight`"),
        (
            "figures: [lookup, {kind: tradeoffs, of: model, name: lookup}]\n",
            "FIG003",
            "a second figure is called `lookup`",
        ),
    ],
)
def test_slips_are_told_where_they_are(figures: str, code: str, said: str) -> None:
    document = archkit.loads(GOOD + figures)
    finding = next(finding for finding in document.problems if finding.code == code)
    assert said in finding.message or said in finding.hint
    assert finding.span is not None and finding.span.start > len(GOOD)


def test_what_cannot_be_read_is_not_said_to_be_lacking_as_well() -> None:
    text = "blueprint: 1\ntitle: T\nfigures:\n  - {kind: matrix, cells: [[1]], columns: [A]}\n  - kind: metric\n"
    assert [finding.code for finding in archkit.loads(text).problems] == ["LNG002", "LNG003"]
    # another entry's mistake says nothing about this one
    found = archkit.loads(text.replace("kind: metric", "kind: funnel")).problems
    assert [finding.code for finding in found] == ["LNG002", "FIG002"]


def test_captions_tell_the_number_of_a_figure_in_its_chapter() -> None:
    document = archkit.loads(GOOD + "chapter: 6\n")
    captions = [document.figure(name).figure.caption for name in document.figures()]
    assert [caption.split(":")[0] for caption in captions] == [f"Figure 6.{n}" for n in range(1, len(captions) + 1)]
    # the number stays the same when a figure is asked for alone, and there is none outside a chapter
    system = document.figures().index("system")
    assert document.figure("system").figure.caption == captions[system]
    assert not archkit.loads(GOOD).figure("system").figure.caption.startswith("Figure")
    # a figure that is not among those listed has none
    listed = archkit.loads(GOOD + "chapter: 6\nfigures: [system]\n")
    assert listed.figure("system").figure.caption.startswith("Figure 6.1: ")
    assert not listed.figure("tradeoffs").figure.caption.startswith("Figure")
