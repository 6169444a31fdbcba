"""Two blueprints → components that have another id and are otherwise the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component

_ALIKE = 0.5  # share of neighbours that both have, above which two components without a common title are the same


def renamed(before: Blueprint, after: Blueprint) -> dict[str, str]:
    """Return the new ids of renamed components by their old ones.

    A component that is gone and one that is new are the same where lane and type agree, where they have the same title
    (or most of their neighbours in common, if not both have one), and where there is no other that this is true of.

    Args:
        before: The earlier blueprint.
        after: The later one.
    """
    old, new = before.architecture.components, after.architecture.components
    gone = [component for id_, component in old.items() if id_ not in new]
    fresh = [component for id_, component in new.items() if id_ not in old]
    if not gone or not fresh:
        return {}
    first, second = _neighbours(before), _neighbours(after)
    candidates = {
        was.id: [now.id for now in fresh if _same_place(was, now) and _alike(was, now, first, second)] for was in gone
    }
    claims = [now for ids in candidates.values() for now in ids]
    return {was: ids[0] for was, ids in candidates.items() if len(ids) == 1 and claims.count(ids[0]) == 1}


def _same_place(was: Component, now: Component) -> bool:
    return (was.lane, was.type, was.parent) == (now.lane, now.type, now.parent)


def _alike(was: Component, now: Component, first: dict[str, set[str]], second: dict[str, set[str]]) -> bool:
    if was.has("title") and now.has("title"):
        return bool(was.title == now.title)
    mine, others = first[was.id], second[now.id]
    return len(mine & others) > _ALIKE * len(mine | others)


def _neighbours(blueprint: Blueprint) -> dict[str, set[str]]:
    """Return the ids at the other ends of each component's arrows, with the direction."""
    found: dict[str, set[str]] = defaultdict(set)
    for flow in blueprint.architecture.flows:
        found[flow.source].add(f"> {flow.target}")
        found[flow.target].add(f"< {flow.source}")
    return found
