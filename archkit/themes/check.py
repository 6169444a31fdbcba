"""A theme → texts and lines that are hard to see in it, and arrows that nothing but colour tells apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from archkit.contrast import LINE, TEXT, contrast
from archkit.theme import EdgeLook, Theme

_LANES = tuple(f"lane.{family}" for family in ("data", "training", "inference", "monitoring", "other"))
_FILLS = tuple(f"{kind}.fill" for kind in ("node", "store", "queue", "model", "person", "gate", "document"))
_GROUNDS = ("paper", *_FILLS, *_LANES)
_HEATS = tuple(f"heat.{step}" for step in range(1, 5))
_WORDS = ("ink", "muted", "note", "group.title", "accent", "good", "bad", "add", "remove", "change")

TEXTS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in _WORDS for ground in _GROUNDS),
    *((f"{lane}.title", ground) for lane in _LANES for ground in (lane, "paper")),
    ("step.text", "step"),
    *(("ink", ground) for ground in ("highlight", *_HEATS)),
)
"""Pairs of roles: a text, and what it may stand on."""

_STYLES = ("request", "async", "feedback", "deploy", "mirror", "fallback", "human")
LINES: tuple[tuple[str, str], ...] = tuple(
    (line, ground)
    for line in (*(f"edge.{style}" for style in _STYLES), "ink", "group")
    for ground in ("paper", *_LANES)
)
"""Pairs of roles: a line that means something, and what it may cross."""


class Faint(NamedTuple):
    """A role that is hard to see on another."""

    role: str
    ground: str
    ratio: float
    least: float


def faint(colours: Mapping[str, str]) -> Iterator[Faint]:
    """Yield every pair of roles that is too alike."""
    for pairs, least in ((TEXTS, TEXT), (LINES, LINE)):
        for role, ground in pairs:
            ratio = contrast(colours[role], colours[ground])
            if ratio < least:
                yield Faint(role, ground, ratio, least)


def alike(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield pairs of meanings whose arrows have the same line and head."""
    for (one, a), (other, b) in combinations(theme.edges.items(), 2):
        if _form(a) == _form(b):
            yield one, other


def _form(look: EdgeLook) -> tuple[object, ...]:
    return look.dash, look.head, look.width
