"""Ranked lists with marks of relevance → precision@k, recall@k, MRR, average precision, nDCG, hit rate, diversity.

A list holds one grade for each position from the first on: 0 for what is not relevant, 1 or more for what is. Measures
that know no grades take every grade above 0 as relevant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import fsum, hypot, log2
from typing import Literal, TypeVar

from archkit.metrics.common import Number, UndefinedError

Gain = Literal["linear", "exponential"]
T = TypeVar("T")

NONE_RELEVANT = "no item is relevant, so there is nothing to find"


def precision_at(grades: Sequence[Number], k: int) -> Fraction:
    """Return precision@k: relevant items among the first k / k.

    A list shorter than k has nothing in its missing positions, so that k stays the divisor, as trec_eval does.

    Args:
        grades: Relevance by position.
        k: Positions that count, at least 1.

    Raises:
        ValueError: k is below 1.

    Source:
        Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), section 8.4.
    """
    return Fraction(_found(grades, _cut(k)), k)


def recall_at(grades: Sequence[Number], k: int, relevant: int | None = None) -> Fraction:
    """Return recall@k: relevant items among the first k / all relevant items.

    Args:
        grades: Relevance by position.
        k: Positions that count, at least 1.
        relevant: How many items are relevant in all, the list's and those it missed; those in the list if not given.

    Raises:
        ValueError: k is below 1, or fewer are relevant than the list holds.
        UndefinedError: No item is relevant.

    Source:
        Manning, Raghavan and Schütze (2008), section 8.4.
    """
    return Fraction(_found(grades, _cut(k)), _relevant(grades, relevant))


def hit_rate(lists: Sequence[Sequence[Number]], k: int) -> Fraction:
    """Return the share of lists with a relevant item among the first k.

    Args:
        lists: Relevance by position, one list for each query or user.
        k: Positions that count, at least 1.

    Raises:
        ValueError: There are no lists, or k is below 1.
    """
    return _mean([Fraction(1 if _found(grades, _cut(k)) else 0) for grades in lists])


def reciprocal_rank(grades: Sequence[Number], k: int | None = None) -> Fraction:
    """Return 1 / position of the first relevant item; 0 where there is none.

    Args:
        grades: Relevance by position.
        k: Positions that count; all if not given.

    Source:
        Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    cut = grades if k is None else grades[: _cut(k)]
    return next((Fraction(1, rank) for rank, grade in enumerate(cut, 1) if grade > 0), Fraction(0))


def mean_reciprocal_rank(lists: Sequence[Sequence[Number]], k: int | None = None) -> Fraction:
    """Return MRR: the mean of the reciprocal ranks of several lists.

    Args:
        lists: Relevance by position, one list for each query.
        k: Positions that count; all if not given.

    Raises:
        ValueError: There are no lists.

    Source:
        Voorhees (1999).
    """
    return _mean([reciprocal_rank(grades, k) for grades in lists])


def first_rank(grades: Sequence[Number]) -> Fraction:
    """Return the position of the first relevant item, from 1 on; its mean over queries is the mean rank.

    Args:
        grades: Relevance by position, of a list that is long enough to hold what was chosen in the end.

    Raises:
        UndefinedError: No item is relevant, so that none has a position.

    Source:
        Grbovic and Cheng, Real-time Personalization using Embeddings for Search Ranking at Airbnb (2018),
        where it is the rank of the listing that was booked in the end.
    """
    found = next((rank for rank, grade in enumerate(grades, 1) if grade > 0), 0)
    if not found:
        raise UndefinedError(NONE_RELEVANT)
    return Fraction(found)


def average_precision(grades: Sequence[Number], relevant: int | None = None, k: int | None = None) -> Fraction:
    """Return AP: precision@i summed over the positions i of relevant items / number of relevant items.

    With a cut at k the divisor is at most k, so that a list of relevant items alone still gets 1.

    Args:
        grades: Relevance by position.
        relevant: How many items are relevant in all; those in the list if not given.
        k: Positions that count; all if not given.

    Raises:
        ValueError: k is below 1, or fewer are relevant than the list holds.
        UndefinedError: No item is relevant.

    Source:
        Manning, Raghavan and Schütze (2008), section 8.4.
    """
    below = _relevant(grades, relevant)
    cut = grades if k is None else grades[: _cut(k)]
    total = sum((precision_at(grades, rank) for rank, grade in enumerate(cut, 1) if grade > 0), Fraction(0))
    return total / (below if k is None else min(below, k))


def mean_average_precision(
    lists: Sequence[Sequence[Number]], relevant: Sequence[int] | None = None, k: int | None = None
) -> Fraction:
    """Return mAP: the mean of the average precisions of several lists.

    Args:
        lists: Relevance by position, one list for each query.
        relevant: How many items are relevant to each query; those in its list if not given.
        k: Positions that count; all if not given.

    Raises:
        ValueError: There are no lists, or not one number for each of them.
        UndefinedError: To one of the queries, no item is relevant.
    """
    totals: Sequence[int | None] = [None] * len(lists) if relevant is None else relevant
    if len(totals) != len(lists):
        raise ValueError(f"{len(lists)} lists and {len(totals)} numbers of relevant items")
    return _mean([average_precision(grades, total, k) for grades, total in zip(lists, totals, strict=True)])


def gain_of(grade: Number, gain: Gain = "linear") -> Number:
    """Return what an item of a grade is worth: the grade, or 2^grade - 1.

    Args:
        grade: Of the item.
        gain: ``linear`` for the grade itself, ``exponential`` for 2^grade - 1.

    Source:
        Järvelin and Kekäläinen (2002) for linear, Burges et al. (2005) for exponential gain.
    """
    return grade if gain == "linear" else 2**grade - 1


def discount_of(rank: int) -> float:
    """Return what the gain at a position is divided by: log2(position + 1), which is 1 for the first."""
    return log2(rank + 1)


def dcg(grades: Sequence[Number], k: int | None = None, gain: Gain = "linear") -> float:
    """Return discounted cumulative gain: the sum over positions i of gain(grade i) / log2(i + 1).

    Args:
        grades: Relevance by position.
        k: Positions that count; all if not given.
        gain: ``linear`` takes the grade itself; ``exponential`` 2^grade - 1, which rewards high grades more. For grades
            0 and 1 they are the same.

    Raises:
        ValueError: k is below 1.

    Source:
        Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002); exponential gain: Burges et
        al., Learning to rank using gradient descent (2005).
    """
    cut = grades if k is None else grades[: _cut(k)]
    return fsum(float(gain_of(grade, gain)) / discount_of(rank) for rank, grade in enumerate(cut, 1))


def ideal(grades: Sequence[Number], k: int | None = None) -> tuple[Number, ...]:
    """Return the best order of grades, the highest first, cut at k.

    Args:
        grades: Of all items that a list could hold.
        k: How many a list shows; None for all.
    """
    return tuple(sorted(grades, reverse=True))[: k if k is None else _cut(k)]


def ndcg(
    grades: Sequence[Number], k: int | None = None, gain: Gain = "linear", of: Sequence[Number] | None = None
) -> float:
    """Return nDCG: DCG / DCG of the best order.

    Args:
        grades: Relevance by position.
        k: Positions that count, in the list and in the best order; all if not given.
        gain: As for ``dcg``.
        of: Grades of all items that could have been in the list; those in the list if not given.

    Raises:
        ValueError: k is below 1.
        UndefinedError: No item is relevant, so that the best order has no gain either.

    Source:
        Järvelin and Kekäläinen (2002).
    """
    best = dcg(ideal(grades if of is None else of, k), k, gain)
    if not best:
        raise UndefinedError(NONE_RELEVANT)
    return dcg(grades, k, gain) / best


def cosine(first: Sequence[Number], second: Sequence[Number]) -> float:
    """Return the cosine of the angle between two vectors: a · b / (|a| |b|).

    Args:
        first: A vector.
        second: Another one of the same length.

    Raises:
        ValueError: They differ in length.
        UndefinedError: One of them has no length.
    """
    if len(first) != len(second):
        raise ValueError(f"vectors of {len(first)} and {len(second)} numbers")
    long = hypot(*map(float, first)) * hypot(*map(float, second))
    if not long:
        raise UndefinedError("a vector of zeros has no direction")
    return fsum(float(a) * float(b) for a, b in zip(first, second, strict=True)) / long


def pairwise_similarity(items: Sequence[T], similarity: Callable[[T, T], float]) -> float:
    """Return the average similarity of all pairs in a list; the lower, the more diverse it is.

    Args:
        items: What is in the list.
        similarity: Of two of them, such as ``cosine`` of their embeddings.

    Raises:
        UndefinedError: There are fewer than two items.

    Source:
        Ziegler et al., Improving recommendation lists through topic diversification (2005), intra-list similarity.
    """
    pairs = list(combinations(items, 2))
    if not pairs:
        raise UndefinedError("a list with fewer than two items has no pairs to compare")
    return fsum(similarity(a, b) for a, b in pairs) / len(pairs)


def _cut(k: int) -> int:
    if k < 1:
        raise ValueError("k must be 1 or more")
    return k


def _found(grades: Sequence[Number], k: int) -> int:
    return sum(1 for grade in grades[:k] if grade > 0)


def _relevant(grades: Sequence[Number], relevant: int | None) -> int:
    held = _found(grades, len(grades))
    found = held if relevant is None else relevant
    if found < held:
        raise ValueError(f"{found} items are relevant in all, but the list alone has {held}")
    if not found:
        raise UndefinedError(NONE_RELEVANT)
    return found


def _mean(values: Sequence[Fraction]) -> Fraction:
    if not values:
        raise ValueError("there are no lists")
    return sum(values, Fraction(0)) / len(values)
