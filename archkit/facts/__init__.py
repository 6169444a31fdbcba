"""Blueprint → facts that several rules and figures need: computed once, when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.facts.graph import Graph

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint


class Facts:
    """What can be derived from a blueprint.

    Each property is computed when it is first used, so that rules share every traversal and a blueprint pays only for
    what its rules ask.

    Args:
        blueprint: The design.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint

    @cached_property
    def graph(self) -> Graph:
        """The components and arrows as a graph."""
        return Graph(self.blueprint)
