"""Lanes, groups and flows as written → one consistent architecture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from archkit.diagnostics import Note
from archkit.model.components import Component, sketched
from archkit.model.flows import Flow
from archkit.model.places import Group, Lane
from archkit.reading import Reading, Reference
from archkit.shapes.base import Map
from archkit.source import Span
from archkit.yamltree import Scalar

IMPLIED = "system"
"""Id of the lane of components that no lane declares."""


class Assembled(NamedTuple):
    """A consistent architecture; see ``Architecture`` for the parts."""

    lanes: Mapping[str, Lane]
    groups: Mapping[str, Group]
    flows: tuple[Flow, ...]
    components: Mapping[str, Component]
    sketch: bool


def assemble(
    lanes: Mapping[str, Lane], groups: Mapping[str, Group], flows: tuple[Flow, ...], reading: Reading
) -> Assembled:
    """Register components, flatten groups, make sketched components, drop what joins nothing.

    Reports ids declared twice, unknown ends of arrows, and groups that overlap or hold themselves.

    Args:
        lanes: As read, with their components.
        groups: As read, nested or flat.
        flows: As read.
        reading: Where to report to.
    """
    work = _Assembly(lanes, reading)
    for lane in lanes.values():
        work.declare_all(lane.components, lane, None, lane)
    for group in groups.values():
        work.declare_group(group, None)
    sketch = not work.components and bool(flows)
    if sketch:
        work.sketch(flows)
    flows = tuple(flow for flow in flows if work.known(flow))
    work.nest()
    return Assembled(Map(work.lanes), Map(work.groups), flows, Map(work.components), sketch)


class _Assembly:
    """The components, lanes and groups of one architecture while they are brought together."""

    def __init__(self, lanes: Mapping[str, Lane], reading: Reading) -> None:
        self.reading = reading
        self.lanes = dict(lanes)
        self.components: dict[str, Component] = {}
        self.groups: dict[str, Group] = {}
        self.unknown: set[str] = set()

    def declare_all(
        self, inner: Mapping[str, Component], lane: Lane, group: Group | None, holder: Lane | Group | Component
    ) -> None:
        """Register components that are written in a lane, group or component, and those inside them."""
        kept = {}
        for id_, component in inner.items():
            if not self.free(component):
                continue
            kept[id_] = component
            self.components[id_] = component
            values = component.__dict__
            values["lane"] = lane.id
            for name in ("zone", "tier"):
                given = getattr(group, name, "") or getattr(lane, name)
                if given and name not in values:
                    values[name] = given
            self.declare_all(component.components, lane, group, component)
        if len(kept) < len(inner):
            holder.__dict__["components"] = Map(kept)

    def free(self, thing: Component | Group) -> bool:
        """Report an id that is taken; return whether it is free."""
        other = self.components.get(thing.id) or self.groups.get(thing.id)
        if other is None:
            return True
        kind = "component" if isinstance(other, Component) else "group"
        note = Note(f"the {kind} `{thing.id}` is declared here first", other.place)
        message = f"the id `{thing.id}` is taken already"
        self.reading.error("LNG012", thing.place, message, "give one of the two another id", [note])
        return False

    def declare_group(self, group: Group, outer: Group | None) -> None:
        """Register a group, the components declared in it, and the groups in it."""
        if not self.free(group):
            return
        self.groups[group.id] = group
        values = group.__dict__
        if outer is not None:
            values["parent"] = outer.id
            values.setdefault("lane", outer.lane)
            values.setdefault("zone", outer.zone)
        if group.components:
            lane = self.lane_of(group)
            if lane is not None:
                self.declare_all(group.components, lane, group, group)
                self.fill(lane, group.components)
        for inner in group.groups.values():
            self.declare_group(inner, group)
        declared = [id_ for id_ in (*group.components, *group.groups) if id_ not in group.members]
        values["members"] = (*group.members, *declared)

    def lane_of(self, group: Group) -> Lane | None:
        """Return the lane for components that a group declares."""
        if group.lane in self.lanes:
            return self.lanes[group.lane]
        if len(self.lanes) > 1:
            if not group.lane:
                hint = f"write `lane:` with one of {', '.join(f'`{id_}`' for id_ in self.lanes)}"
                message = f"the group `{group.id}` declares components, but not in which lane"
                self.reading.error("LNG015", group.place, message, hint)
            return None
        return self.only_lane(group.place)

    def only_lane(self, span: Span) -> Lane:
        """Return the first lane, or make one for components that no lane declares, mentioned at ``span``."""
        for lane in self.lanes.values():
            return lane
        lane = Lane.__new__(Lane)
        name = Scalar(span, IMPLIED, True)
        lane.__dict__.update(_node=Scalar(span, "", True), _key=name, title="", components=Map())
        self.lanes[IMPLIED] = lane
        return lane

    def fill(self, lane: Lane, components: Mapping[str, Component]) -> None:
        """Put components into a lane."""
        lane.__dict__["components"] = Map({**lane.components, **components})

    def sketch(self, flows: tuple[Flow, ...]) -> None:
        """Make components of the ids in flows."""
        for flow in flows:
            for end, id_ in (("source", flow.source), ("target", flow.target)):
                if id_ not in self.components and id_ not in self.groups:
                    self.components[id_] = sketched(Scalar(flow.at(end), id_, True))
        lane = self.only_lane(flows[0].span)
        for component in self.components.values():
            component.__dict__["lane"] = lane.id
        self.fill(lane, self.components)

    def known(self, flow: Flow) -> bool:
        """Report ends of a flow that no component has; return whether there are none."""
        missing = [end for end in ("source", "target") if getattr(flow, end) not in self.components]
        for end in missing:
            id_, span = getattr(flow, end), flow.at(end)
            if id_ in self.groups:
                message = f"`{id_}` is a group, and arrows join components"
                inside = [member for member in self.groups[id_].members if member in self.components][:2]
                several = f", or several, as in `{' & '.join(inside)}`" if len(inside) > 1 else ""
                self.reading.error("REF001", span, message, f"name a component inside `{id_}`{several}")
            else:
                self.reading.references.append(Reference(("component",), id_, span))
        return not missing

    def nest(self) -> None:
        """Give every component and group one group at most around it, and report the rest."""
        around: dict[str, Group] = {}
        for group in self.groups.values():
            members = []
            for number, id_ in enumerate(dict.fromkeys(group.members)):
                span = group.at("members", number)
                known = id_ in self.components or id_ in self.groups
                if known and self.fits(id_, group, around, span):
                    members.append(id_)
                    around[id_] = group
            group.__dict__["members"] = tuple(members)
            for id_ in members:
                if id_ in self.groups:
                    self.groups[id_].__dict__["parent"] = group.id

    def fits(self, id_: str, group: Group, around: Mapping[str, Group], span: Span) -> bool:
        """Report a member that stands in another group already, or holds the group itself."""
        outer: Group | None = group
        while outer is not None:
            if outer.id == id_:
                message = f"the group `{id_}` would stand inside itself"
                self.reading.error("LNG016", span, message, f"remove `{id_}` here")
                return False
            outer = around.get(outer.id)
        other = around.get(id_)
        if other is None:
            return True
        note = Note(f"`{other.id}` holds `{id_}` already", other.place)
        hint = f"keep `{id_}` in one group; a group may hold other groups"
        self.reading.error("LNG016", span, f"`{id_}` stands in two groups", hint, [note])
        return False
