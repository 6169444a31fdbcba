"""Architecture → a directed graph with roles, and the traversals that rules share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from archkit.catalog import TYPES

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.components import Component
    from archkit.model.flows import Flow


class Graph:
    """Components and flows with adjacency by id.

    Attributes:
        components: All components by id.
        flows: The flows whose ends are components, in the order written.
        out: Component id → flows that leave it.
        into: Component id → flows that enter it.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.components: Mapping[str, Component] = blueprint.components
        self.flows: list[Flow] = [
            flow
            for flow in blueprint.architecture.flows
            if flow.source in self.components and flow.target in self.components
        ]
        self.out: dict[str, list[Flow]] = {id_: [] for id_ in self.components}
        self.into: dict[str, list[Flow]] = {id_: [] for id_ in self.components}
        for flow in self.flows:
            self.out[flow.source].append(flow)
            self.into[flow.target].append(flow)

    def role(self, id_: str) -> str:
        """Return what a component does in the graph, a key of ``catalog.ROLES``."""
        return TYPES[self.components[id_].type].role

    @cached_property
    def by_role(self) -> dict[str, list[str]]:
        """Component ids by role, in the order written."""
        found: dict[str, list[str]] = {}
        for id_ in self.components:
            found.setdefault(self.role(id_), []).append(id_)
        return found

    def with_role(self, *roles: str) -> list[str]:
        """Return the ids of components that have one of some roles, in the order written."""
        return [id_ for id_ in self.components if self.role(id_) in roles]

    def reached(self, starts: Iterable[str], kinds: frozenset[str] | None = None, backwards: bool = False) -> set[str]:
        """Return the ids that flows lead to from some components, those included.

        Args:
            starts: Where to begin.
            kinds: Kinds of flows to follow; all where None.
            backwards: Follow flows against their direction.
        """
        edges = self.into if backwards else self.out
        seen = set(starts)
        stack = list(seen)
        while stack:
            for flow in edges[stack.pop()]:
                end = flow.source if backwards else flow.target
                if end not in seen and (kinds is None or flow.kind in kinds):
                    seen.add(end)
                    stack.append(end)
        return seen
