"""The architecture section: lanes of components, groups, flows between them."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any

from archkit.model.assembly import assemble
from archkit.model.components import Component
from archkit.model.flows import Flows
from archkit.model.places import Group, LaneShape
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.base import Map
from archkit.shapes.containers import MapOf
from archkit.shapes.record import Record


class Architecture(Record):
    """The picture: lanes of components, and the arrows between them.

    Attributes:
        sketch: Whether no component is declared, so that the flows' ids are the components.
    """

    sketch: bool = False

    lanes = f.field(
        MapOf(LaneShape()),
        "Bands of components.",
        "{inference: {gateway: api_gateway, ranker: ranker}}",
        aka=("nodes", "components", "boxes", "layers"),
    )
    groups = f.table(Group, "Dashed boxes around components.", "{region_a: [gateway, ranker]}")
    flows = f.field(
        Flows(),
        "Arrows: `->` request, `~>` asynchronous, `..>` feedback.",
        "[viewer -> gateway -> ranker]",
        aka=("edges", "arrows", "connections", "links"),
    )
    entry_points = f.refs("component", "Where requests begin, if that is not where users stand.", "[viewer]")
    responses = f.refs("component", "Where answers end, if not where requests begin.", "[inbox]")
    waive = f.waive()

    @property
    def components(self) -> MappingType[str, Component]:
        """All components by id, in the order written: those of all lanes, and those inside others."""
        found: MappingType[str, Component] = self.__dict__.get("_components", Map())
        return found

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Bring lanes, groups and flows together."""
        found = assemble(self.lanes, self.groups, self.flows, reading)
        values.update(lanes=found.lanes, groups=found.groups, flows=found.flows, sketch=found.sketch)
        values["_components"] = found.components

    def top(self, id_: str) -> Component:
        """Return the component that stands in a lane and holds (or is) the one with this id."""
        component = self.components[id_]
        while component.parent:
            component = self.components[component.parent]
        return component
