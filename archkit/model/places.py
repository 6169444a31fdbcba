"""Lanes and groups: where components stand, and what is drawn around them."""

from __future__ import annotations

from typing import Any

from archkit.model.components import TIERS, Component
from archkit.reading import Reading, is_null
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas
from archkit.shapes.containers import Later, ListOf, MapOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Ref
from archkit.titles import title_of
from archkit.yamltree import Mapping, Node, Scalar, Sequence

ROLES = {
    id_: role
    for role, ids in {
        "client": "client clients users",
        "edge": "edge gateway",
        "data": "source sources data ingestion labels labelling feature features feature_store",
        "training": "training train offline evaluation",
        "indexing": "index indexing",
        "inference": "inference serving online prediction retrieval ranking generation genai agent agents device batch",
        "human": "human people review",
        "monitoring": "ops monitoring operations feedback",
    }.items()
    for id_ in ids.split()
}
"""Well-known ids of lanes and the role each has by itself."""

LANE_ROLES = ("client", "edge", "data", "training", "indexing", "inference", "human", "monitoring")
"""What a lane can be for."""


class Lane(Record):
    """A band of components that belong to one concern, in its long form.

    The short form is the mapping of components itself.
    """

    title = f.text("Its readable name; made from the id where it is missing.", "Inference", aka=("name", "label"))
    role = f.word(LANE_ROLES, "What it is for; known from ids such as `training`.", "inference", aka=("kind", "type"))
    zone = f.text("Where its components run, if they do not say.", "eu-west", aka=("region", "cloud"))
    tier = f.word(TIERS, "When its components work, if they do not say.", "offline")
    note = f.text("An explanation.")
    components = f.table(Component, "Its components.", "{gateway: api_gateway}")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Complete title and role from the id."""
        values.setdefault("title", title_of(self.id))
        if "role" not in values and self.id in ROLES:
            values["role"] = ROLES[self.id]


class LaneShape(Rec[Lane]):
    """A lane: a mapping (or list) of components, or its long form with ``components`` inside."""

    def __init__(self) -> None:
        super().__init__(Lane)
        self.accepts = (Mapping, Sequence)
        self.words = "a mapping from ids to components"
        self.example = "{gateway: api_gateway}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Lane | None:
        """Return the lane."""
        if isinstance(node, Mapping) and not any(k.text == "components" and _holds(v) for k, v in node.entries):
            return self._read_short(node, node, key, reading)
        if isinstance(node, Sequence):
            return self._read_short(node, node, key, reading)
        return Lane.read(node, key, reading)

    def _read_short(self, node: Node, inner: Node, key: Scalar | None, reading: Reading) -> Lane:
        lane = Lane.__new__(Lane)
        values = lane.__dict__
        components = MapOf(Rec(Component)).read(inner, key, reading)
        values.update(_node=node, _key=key, components=components if components is not None else Map())
        lane.finish(values, reading)
        return lane

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of both forms."""
        return {"anyOf": [schemas.reference(Lane), MapOf(Rec(Component)).schema(schemas)]}


def _holds(node: Node) -> bool:
    return not isinstance(node, Scalar) or is_null(node)


class Group(Record, short="members"):
    """A dashed box around components, or around other groups; a list alone is its members."""

    parent: str = ""

    title = f.text("Its readable name; made from the id where it is missing.", "Region A", aka=("name", "label"))
    members = f.field(
        ListOf(Ref("component", "group"), single=False), "Ids of components and groups inside it.", "[gateway, ranker]",
        aka=("contains", "nodes"),
    )  # fmt: skip
    lane = f.ref("lane", "The lane of components that are declared in it.", "inference")
    zone = f.text("Where its components run, if they do not say.", "eu-west", aka=("region", "cloud"))
    note = f.text("An explanation.")
    components = f.table(Component, "Components that are declared right here.", "{gateway: api_gateway}")
    groups = f.field(
        Later(lambda: MapOf(Rec(Group)), (Mapping,), "a mapping from ids to groups", Map()),
        "Groups inside it that are declared right here.", "{rack: [cache, ranker]}",
    )  # fmt: skip
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Complete the title from the id."""
        values.setdefault("title", title_of(self.id))
