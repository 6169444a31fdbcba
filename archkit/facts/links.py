"""Links between things → the pairs that are not linked yet and should be, each with a score that is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import fsum, log
from typing import Literal, NamedTuple

Neighbours = Mapping[str, frozenset[str]]
"""What each thing is linked with, in both directions."""

Measure = Literal["common neighbours", "jaccard", "adamic-adar"]
MEASURES: tuple[Measure, ...] = ("common neighbours", "jaccard", "adamic-adar")
"""How near two things are in a graph."""


class Suggestion(NamedTuple):
    """Two things that are not linked, and what speaks for a link.

    Attributes:
        tail: One of them; the one that gets the suggestion.
        head: The other one.
        score: How much speaks for it.
        because: What both have in common, or who is alike.
    """

    tail: str
    head: str
    score: float
    because: tuple[str, ...]


def undirected(links: Mapping[str, Sequence[str]]) -> Neighbours:
    """Return the neighbours of everything that is named, in the order in which it is named first."""
    found: dict[str, set[str]] = {}
    for one, others in links.items():
        for name in (one, *others):
            found.setdefault(name, set())
        for other in others:
            if other != one:
                found[one].add(other)
                found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}


def pairs(neighbours: Neighbours) -> list[tuple[str, str]]:
    """Return every link once, in the order of its ends."""
    return [(a, b) for a, b in combinations(neighbours, 2) if b in neighbours[a]]


def nearness(a: str, b: str, neighbours: Neighbours, measure: Measure) -> float:
    """Return how near two things are.

    Args:
        a: One of them.
        b: The other one.
        neighbours: Of everything.
        measure: ``common neighbours`` counts them; ``jaccard`` divides that by the number of neighbours of either;
            ``adamic-adar`` sums 1 / ln(degree) over them (Adamic and Adar, "Friends and neighbors on the Web", 2003).
    """
    common = neighbours[a] & neighbours[b]
    if measure == "jaccard":
        return float(jaccard(neighbours[a], neighbours[b]))
    if measure == "adamic-adar":  # two things have this neighbour, so that its degree is 2 or more and its log not 0
        return fsum(1 / log(len(neighbours[one])) for one in sorted(common))
    return float(len(common))


def jaccard(a: frozenset[str], b: frozenset[str]) -> Fraction:
    """Return the share of what is in both sets among what is in either; 0 for two empty ones.

    Args:
        a: A set.
        b: Another one.
    """
    return Fraction(len(a & b), len(a | b)) if a | b else Fraction(0)


def likely_links(neighbours: Neighbours, measure: Measure, of: str = "") -> list[Suggestion]:
    """Return pairs without a link that have a neighbour in common, the nearest first.

    Args:
        neighbours: Of everything.
        measure: How near two things are.
        of: Only pairs with this one; all of them where it is empty.
    """
    order = {name: at for at, name in enumerate(neighbours)}
    found = []
    for a, b in combinations(neighbours, 2):
        a, b = (b, a) if b == of else (a, b)
        common = neighbours[a] & neighbours[b]
        if b not in neighbours[a] and common and of in ("", a):
            because = tuple(sorted(common, key=order.__getitem__))
            found.append(Suggestion(a, b, nearness(a, b, neighbours, measure), because))
    return sorted(found, key=lambda pair: -round(pair.score, 9))


def liked_by_alike(likes: Mapping[str, Sequence[str]], of: str) -> list[Suggestion]:
    """Return what those like who are like somebody, the best first: collaborative filtering with sets of items.

    An item's score is the sum of the Jaccard similarities of those who like it.

    Args:
        likes: What everybody likes.
        of: Who gets the suggestions.
    """
    sets = {name: frozenset(items) for name, items in likes.items()}
    scores: dict[str, Fraction] = {}
    because: dict[str, list[str]] = {}
    for other, items in likes.items():
        alike = jaccard(sets[of], sets[other])
        if other == of or not alike:
            continue
        for item in dict.fromkeys(items):
            if item not in sets[of]:
                scores[item] = scores.get(item, Fraction(0)) + alike
                because.setdefault(item, []).append(other)
    found = [Suggestion(of, item, float(score), tuple(because[item])) for item, score in scores.items()]
    return sorted(found, key=lambda one: -round(one.score, 9))


def like_the_liked(
    likes: Mapping[str, Sequence[str]], features: Mapping[str, Sequence[str]], of: str
) -> list[Suggestion]:
    """Return items like those that somebody likes, the best first: content-based filtering with sets of features.

    An item's score is the largest Jaccard similarity of its features with those of a liked item.

    Args:
        likes: What everybody likes.
        features: Of every item.
        of: Who gets the suggestions.
    """
    liked = list(dict.fromkeys(likes[of]))
    found = []
    for item, own in features.items():
        if item in liked:
            continue
        alike = [(jaccard(frozenset(own), frozenset(features.get(one, ()))), one) for one in liked]
        best = max((score for score, _ in alike), default=Fraction(0))
        if best:
            found.append(Suggestion(of, item, float(best), tuple(one for score, one in alike if score == best)))
    return sorted(found, key=lambda one: -round(one.score, 9))
