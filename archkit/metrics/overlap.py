"""Boxes found in pictures beside the true ones → IoU, matches, and average precision at an IoU."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from archkit.metrics.amounts import exact
from archkit.metrics.common import Number, UndefinedError


class Rect(NamedTuple):
    """A box by its left, top, right and bottom edges, in any unit."""

    left: Number
    top: Number
    right: Number
    bottom: Number


class Found(NamedTuple):
    """A box that a detector found, and how sure it is."""

    box: Rect
    score: Number


class Image(NamedTuple):
    """What is in a picture and what was found in it, of one class."""

    truths: tuple[Rect, ...]
    found: tuple[Found, ...]


class Match(NamedTuple):
    """A found box with the true one that it stands for.

    Attributes:
        image: Number of the picture, from 0.
        found: Its number among those found there.
        truth: The number of the true box; None where it stands for none, so that it is a false positive.
        overlap: IoU with it; with the nearest true box where it stands for none.
    """

    image: int
    found: int
    truth: int | None
    overlap: Fraction


def area_of(box: Rect) -> Fraction:
    """Return the area of a box.

    Raises:
        ValueError: It has no area, as where its right edge is left of its left one.
    """
    wide, high = exact(box.right) - exact(box.left), exact(box.bottom) - exact(box.top)
    if wide <= 0 or high <= 0:
        raise ValueError("a box must end right of its left edge and below its top edge")
    return wide * high


def intersection(first: Rect, second: Rect) -> Fraction:
    """Return the area that two boxes share.

    Args:
        first: A box.
        second: Another one, in the same coordinates.
    """
    wide = min(exact(first.right), exact(second.right)) - max(exact(first.left), exact(second.left))
    high = min(exact(first.bottom), exact(second.bottom)) - max(exact(first.top), exact(second.top))
    return max(wide, Fraction(0)) * max(high, Fraction(0))


def iou(first: Rect, second: Rect) -> Fraction:
    """Return intersection over union: the area that both boxes cover / the area that either covers.

    Args:
        first: A box.
        second: A box in the same coordinates.

    Raises:
        ValueError: A box has no area.

    Source:
        Everingham et al., The PASCAL visual object classes challenge (2010), section 4.2.
    """
    both = intersection(first, second)
    return both / (area_of(first) + area_of(second) - both)


def matches(images: Sequence[Image], threshold: Number) -> tuple[Match, ...]:
    """Return all found boxes, the surest first, each with the true box that it stands for.

    A found box takes the free true box of its picture with which it overlaps most, if at least by the threshold; so a
    second box around the same thing is a false positive.

    Args:
        images: True and found boxes of each picture.
        threshold: Least IoU, above 0.

    Raises:
        ValueError: A box has no area.

    Source:
        Lin et al., Microsoft COCO (2014), evaluation of detections.
    """
    ranked = sorted(
        ((each.score, image, number) for image, one in enumerate(images) for number, each in enumerate(one.found)),
        key=lambda item: -item[0],
    )
    taken: set[tuple[int, int]] = set()
    result: list[Match] = []
    for _, image, number in ranked:
        box = images[image].found[number].box
        overlaps = [iou(box, truth) for truth in images[image].truths]
        free = [at for at in range(len(overlaps)) if (image, at) not in taken]
        best = max(free, key=lambda at: overlaps[at], default=None)
        if best is not None and overlaps[best] >= exact(threshold):
            taken.add((image, best))
            result.append(Match(image, number, best, overlaps[best]))
        else:
            result.append(Match(image, number, None, max(overlaps, default=Fraction(0))))
    return tuple(result)


def average_precision_at_iou(images: Sequence[Image], threshold: Number = 0.5, points: int | None = None) -> Fraction:
    """Return AP at an IoU for one class: the area under the envelope of its precision-recall curve.

    The envelope at a recall is the highest precision at that recall or beyond it.

    Args:
        images: True and found boxes of each picture.
        threshold: Least IoU of a match; 0.5 for AP50.
        points: Average the envelope at so many recalls from 0 to 1 instead: 11 as PASCAL VOC until 2009, 101 as COCO.

    Raises:
        ValueError: A box has no area, or fewer than 2 points.
        UndefinedError: There is no true box.

    Source:
        Everingham et al. (2010), section 4.2; The PASCAL VOC 2010 development kit for the whole area.
    """
    total = sum(len(image.truths) for image in images)
    if not total:
        raise UndefinedError("there is no true box to find")
    if points is not None and points < 2:
        raise ValueError("average at 2 points or more")
    curve: list[tuple[Fraction, Fraction]] = []
    right = 0
    for rank, match in enumerate(matches(images, threshold), 1):
        right += match.truth is not None
        curve.append((Fraction(right, total), Fraction(right, rank)))
    if points is not None:
        steps = [Fraction(at, points - 1) for at in range(points)]
        return sum((_envelope(curve, at) for at in steps), Fraction(0)) / points
    result, before = Fraction(0), Fraction(0)
    for recall, _ in curve:
        result += (recall - before) * _envelope(curve, recall)
        before = recall
    return result


def _envelope(curve: Sequence[tuple[Fraction, Fraction]], at: Fraction) -> Fraction:
    return max((precision for recall, precision in curve if recall >= at), default=Fraction(0))
