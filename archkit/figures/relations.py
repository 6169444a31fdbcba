"""Authored likes or links → users and items in two columns or a social graph, with computed suggestions."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, cast

from archkit.blocks import Block, Column, Row, Words
from archkit.facts.links import (
    Measure,
    Suggestion,
    like_the_liked,
    liked_by_alike,
    likely_links,
    pairs,
    undirected,
)
from archkit.figures.common import picture, series
from archkit.figures.ties import Tie, around, circle_order, columns
from archkit.model.authored.relations import RelationsFigure
from archkit.pictures import Picture
from archkit.planes import Sample

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec

_TONE = "bad"


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: likes or links."""
    if isinstance(spec, RelationsFigure) and (spec.likes or spec.links):
        return []
    return ["`figures: - {kind: relations, likes: {Ana: [Drama, Opera], Ben: [Opera]}}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan both columns or the graph, a legend, and a line on why each suggestion is made."""
    assert isinstance(spec, RelationsFigure)  # noqa: S101  nothing else has what is needed
    found = _suggestions(spec)
    told = _told(spec, found)
    plane: Block = _likes(spec, found) if spec.likes else _links(spec, found)
    parts: list[Block] = [plane, _legend(spec, bool(found))]
    if told:
        parts.append(Column(tuple(Words(line, measure=44) for line in told), 0.35))
    said = f"who likes which {spec.item or 'item'}" if spec.likes else f"which {spec.user or 'user'}s know each other"
    caption = f"{blueprint.title}: {said}" + (", and what is suggested" if found else "")
    return picture("relations", "Relations", caption, Column(tuple(parts), 1.1), spec)


def _suggestions(spec: RelationsFigure) -> list[Suggestion]:
    if spec.suggested:
        return [Suggestion(one, other, 0.0, ()) for one, others in spec.suggested.items() for other in others]
    most = spec.k or 1
    if spec.suggest == "collaborative":
        return liked_by_alike(spec.likes, spec.to)[:most]
    if spec.suggest == "content-based":
        return like_the_liked(spec.likes, spec.features, spec.to)[:most]
    if spec.suggest:
        return likely_links(undirected(spec.links), cast("Measure", spec.suggest), spec.to)[:most]
    return []


def _likes(spec: RelationsFigure, found: list[Suggestion]) -> Block:
    items = dict.fromkeys(item for liked in spec.likes.values() for item in liked)
    items |= dict.fromkeys(spec.features) | dict.fromkeys(one.head for one in found)
    ties = [Tie(user, item) for user, liked in spec.likes.items() for item in dict.fromkeys(liked)]
    return columns(
        list(spec.likes), _untangled(list(spec.likes), list(items), ties), [*ties, *_dashed(spec, found)],
        (spec.user or "user", spec.item or "item"), [spec.to] if spec.to else (),
    )  # fmt: skip


def _untangled(users: list[str], items: list[str], ties: list[Tie]) -> list[str]:
    """Return items at about the height of those who like them, so that lines cross little."""
    place = {user: at for at, user in enumerate(users)}
    heights = {}
    for at, item in enumerate(items):
        by = [place[tie.tail] for tie in ties if tie.head == item]
        heights[item] = (fsum(by) / len(by) if by else len(users), at)
    return sorted(items, key=heights.__getitem__)


def _links(spec: RelationsFigure, found: list[Suggestion]) -> Block:
    neighbours = undirected(spec.links)
    ties = [Tie(a, b) for a, b in pairs(neighbours)]
    every = [(tie.tail, tie.head) for tie in ties] + [(one.tail, one.head) for one in found]
    order = circle_order(list(neighbours), every)
    return around(order, [*ties, *_dashed(spec, found)], spec.user or "user", [spec.to] if spec.to else ())


def _dashed(spec: RelationsFigure, found: list[Suggestion]) -> list[Tie]:
    return [Tie(one.tail, one.head, _score(spec, one), _TONE, dashed=True, bold=True) for one in found]


def _score(spec: RelationsFigure, one: Suggestion) -> str:
    if not spec.suggest:
        return ""
    return f"{one.score:.0f}" if spec.suggest == "common neighbours" else f"{one.score:.2f}"


def _legend(spec: RelationsFigure, suggested: bool) -> Block:
    parts: list[Block] = [Row((Sample("ink", "full"), Words("likes" if spec.likes else "knows", "small")), 0.5)]
    if suggested:
        words = "suggested"
        if spec.suggest in ("collaborative", "content-based"):
            words += ", with its Jaccard score"
        elif spec.suggest:
            words += f", with the {_NAMES[spec.suggest]}"
        parts.append(Row((Sample(_TONE, "dashed", bold=True), Words(words, "small")), 0.5))
    return Row(tuple(parts), 1.8)


_NAMES = {
    "common neighbours": "number of common neighbours",
    "jaccard": "Jaccard coefficient",
    "adamic-adar": "Adamic-Adar index",
}


def _told(spec: RelationsFigure, found: list[Suggestion]) -> list[str]:
    """Return why each suggestion is made."""
    if not spec.suggest:
        return []
    if not found:
        return [f"nothing can be suggested{f' to {spec.to}' if spec.to else ''} from this"]
    lines = []
    for one in found:
        if spec.suggest == "collaborative":
            shared = dict.fromkeys(
                item for item in spec.likes[one.tail] for who in one.because if item in spec.likes[who]
            )
            verb = "likes" if len(one.because) == 1 else "like"
            lines.append(f"{series(one.because)} {verb} {series(shared)} as {one.tail} does, and {one.head} besides")
        elif spec.suggest == "content-based":
            own = set(spec.features[one.head])
            both = [name for name in spec.features.get(one.because[0], ()) if name in own]
            lines.append(f"{one.tail} likes {series(one.because)}, and {one.head} is {series(both)} too")
        else:
            lines.append(f"{one.tail} and {one.head} both know {series(one.because)}")
    return lines
