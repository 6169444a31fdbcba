"""Authored links at two times → both graphs side by side, with predictions from the first and what came true."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from archkit.blocks import Block, Column, Flow, Row, Words
from archkit.facts.links import Measure, Suggestion, likely_links, pairs, undirected
from archkit.figures.common import picture
from archkit.figures.ties import Tie, around, circle_order
from archkit.model.authored.graph_snapshots import GraphSnapshotsFigure
from archkit.pictures import Picture
from archkit.planes import Sample
from archkit.sentences import how_many

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_NAMES = {
    "common neighbours": "number of common neighbours",
    "jaccard": "Jaccard coefficient",
    "adamic-adar": "Adamic-Adar index",
}


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: links."""
    if isinstance(spec, GraphSnapshotsFigure) and spec.links:
        return []
    return ["`figures: - {kind: graph_snapshots, links: {Ana: [Ben, Eva], Ben: [Tom]}, new: {Ana: [Tom]}}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the graph at both times, every node at the same place in both."""
    assert isinstance(spec, GraphSnapshotsFigure)  # noqa: S101  nothing else has what is needed
    first = undirected({**spec.links, **dict.fromkeys(_newcomers(spec), ())})
    both = {one: (*spec.links.get(one, ()), *spec.new.get(one, ())) for one in (*first, *spec.new)}
    second = undirected(both)
    new = {frozenset(pair) for pair in pairs(second)} - {frozenset(pair) for pair in pairs(first)}
    found = likely_links(first, cast("Measure", spec.predict))[: spec.k or 1] if spec.predict else []
    order = circle_order(list(second), [*pairs(second), *((one.tail, one.head) for one in found)])
    glyph = spec.node or "user"
    guesses = [Tie(one.tail, one.head, _score(spec, one), "bad", True, True) for one in found]
    before = around(order, [*(Tie(*pair) for pair in pairs(first)), *guesses], glyph)
    after = around(order, [_tie(pair, frozenset(pair) in new) for pair in pairs(second)], glyph)
    times = spec.times or ("t", "t + 1")
    panels = [
        Column((Words(time, "title"), plane), 0.5, "middle") for time, plane in zip(times, (before, after), strict=True)
    ]
    parts: list[Block] = [Flow(tuple(panels), 1.8), _legend(spec, bool(found), bool(new))]
    if found:
        parts.append(Words(_verdict(found, new), measure=44))
    said = f"the graph at {times[0]} and at {times[1]}"
    caption = f"{blueprint.title}: {said}" + (", with predicted links" if found else "")
    return picture("graph_snapshots", "Graph at two times", caption, Column(tuple(parts), 1.1), spec)


def _tie(pair: tuple[str, str], new: bool) -> Tie:
    return Tie(*pair, tone="good" if new else "ink", bold=new)


def _newcomers(spec: GraphSnapshotsFigure) -> list[str]:
    """Return nodes that only new links name."""
    known = {name for one, others in spec.links.items() for name in (one, *others)}
    named = dict.fromkeys(name for one, others in spec.new.items() for name in (one, *others))
    return [name for name in named if name not in known]


def _score(spec: GraphSnapshotsFigure, one: Suggestion) -> str:
    return f"{one.score:.0f}" if spec.predict == "common neighbours" else f"{one.score:.2f}"


def _legend(spec: GraphSnapshotsFigure, predicted: bool, added: bool) -> Block:
    parts: list[Block] = [Row((Sample("ink", "full"), Words("link", "small")), 0.5)]
    if predicted:
        words = f"predicted, with the {_NAMES[spec.predict]}"
        parts.append(Row((Sample("bad", "dashed", bold=True), Words(words, "small")), 0.5))
    if added:
        parts.append(Row((Sample("good", "full", bold=True), Words("new link", "small")), 0.5))
    return Row(tuple(parts), 1.8)


def _verdict(found: list[Suggestion], added: set[frozenset[str]]) -> str:
    """Return how many of the predictions came true, and how many of the new links were predicted."""
    hits = sum(frozenset((one.tail, one.head)) in added for one in found)
    predictions = f"{hits} of {how_many(len(found), 'prediction')} came true"
    return f"{predictions}; {hits} of {how_many(len(added), 'new link')} predicted"
