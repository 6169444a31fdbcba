"""Boxes found in a picture → those that are kept and those that a surer box around the same thing suppresses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from archkit.metrics.amounts import exact
from archkit.metrics.common import Number
from archkit.metrics.overlap import Found, iou


class Kept(NamedTuple):
    """What becomes of a found box.

    Attributes:
        found: Its number among those found.
        by: The number of the surer box that suppresses it; None where it is kept.
        overlap: IoU with that box; 0 where it is kept.
    """

    found: int
    by: int | None
    overlap: Fraction


def suppress(found: Sequence[Found], threshold: Number) -> tuple[Kept, ...]:
    """Return what greedy non-maximum suppression does with boxes of one class, the surest first.

    Each box, from the surest on, is kept unless it overlaps with one that is kept by the threshold or more.

    Args:
        found: Boxes with scores; of equal scores the first counts as surer.
        threshold: IoU from which on a box is suppressed, above 0.

    Raises:
        ValueError: A box has no area.

    Source:
        Felzenszwalb et al., Object detection with discriminatively trained part-based models (2010), section 7.2, there
        over the area of the box itself; IoU as in Girshick et al., Rich feature hierarchies for accurate object
        detection and semantic segmentation (2014), section 2.2.
    """
    order = sorted(range(len(found)), key=lambda at: (-exact(found[at].score), at))
    kept: list[int] = []
    told: list[Kept] = []
    for at in order:
        overlaps = [(iou(found[at].box, found[other].box), other) for other in kept]
        rival = next(((share, other) for share, other in overlaps if share >= exact(threshold)), None)
        if rival is None:
            kept.append(at)
            told.append(Kept(at, None, Fraction(0)))
        else:
            told.append(Kept(at, rival[1], rival[0]))
    return tuple(told)
