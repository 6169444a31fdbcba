"""Items, dimensions and bytes → how much room indexes, tables, logs and files take."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Derived, Input, count, derive, given, show
from archkit.facts.words import mentions
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.components import Component
    from archkit.model.modelling import Embedding, Model, Training

FLOAT = 4
"""Bytes of a number where nothing is said: a 32-bit float."""

_COMPRESSING = (
    "pq",
    "opq",
    "sq",
    "sq8",
    "quantised",
    "quantisation",
    "compressed",
    "binary",
    "scann",
    "diskann",
    "lsh",
)


class Room(NamedTuple):
    """The room that something takes, and what there is.

    Attributes:
        id: The component.
        needed: Bytes of one copy.
        stated: Memory or disk, as written; None where neither is.
        field: ``memory`` or ``storage``, whichever is written.
    """

    id: str
    needed: Derived
    stated: Input | None
    field: str


class Table(NamedTuple):
    """An embedding table and the accelerator that has to hold it.

    Attributes:
        model: The model that has it.
        name: Its name, or the feature it belongs to.
        needed: Its bytes.
        spread: Whether it is sharded or hashed.
        place: The record that declares its size.
    """

    model: str
    name: str
    needed: Derived
    spread: bool
    place: Embedding


class Sizes:
    """How much room a blueprint's data take."""

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self._blueprint = blueprint
        self._graph = graph

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Components that keep vectors or items of a known number and size."""
        found: dict[str, Room] = {}
        for id_, component in self._graph.components.items():
            needed = self._needed(component)
            if needed is not None:
                field = "memory" if component.memory is not None else "storage"
                stated = given(component, field, f"{field} of `{id_}`")
                found[id_] = Room(id_, needed, stated, field)
        return found

    def _needed(self, component: Component) -> Derived | None:
        id_ = component.id
        items = given(component, "items", f"items in `{id_}`")
        if items is None:
            return None
        each = self._each(component)
        if each is None:
            return None
        size, formula, parts, assume = each
        value = _bytes(items.value.value * size)
        return derive(
            f"size.{id_}", f"Size of one copy of `{id_}`", value, f"{show(items.value)} × {formula}", items, *parts,
            assume=assume,
        )  # fmt: skip

    def _each(self, component: Component) -> tuple[Fraction, str, list[Input], tuple[str, ...]] | None:
        """Return the bytes of one item: its code, else its vector, else its size."""
        id_ = component.id
        code = given(component, "code_size", f"bytes of one vector in `{id_}`")
        if code is not None:
            return code.value.value, show(code.value), [code], ()
        dim = given(component, "dim", f"dimension of `{id_}`")
        encoder = self._blueprint.model.models.get(component.encoder)
        if dim is None and encoder is not None and self._graph.role(id_) in ("index", "store"):
            dim = given(encoder.embedding, "dim", f"dimension of `{encoder.id}`")
        if dim is not None:
            width = given(component, "bytes", f"bytes for each number in `{id_}`")
            if width is None and encoder is not None:
                width = given(encoder.embedding, "bytes", f"bytes for each number of `{encoder.id}`")
            return _vector(dim, width)
        size = given(component, "item_size", f"size of one item in `{id_}`")
        return (size.value.value, show(size.value), [size], ()) if size is not None else None

    @staticmethod
    def compressed(component: Component) -> bool:
        """Return whether a component keeps something smaller than its vectors, of a size that is not stated."""
        named = mentions(f"{component.index} {component.tech}", *_COMPRESSING)
        return bool(named) and component.code_size is None and component.bytes is None

    @cached_property
    def tables(self) -> list[Table]:
        """Embedding tables of models whose rows and dimension are known."""
        found = []
        for model in self._blueprint.model.models.values():
            for name, table in model.tables.items():
                needed = self._table(model, name, table)
                if needed is not None:
                    found.append(Table(model.id, name, needed, bool(table.sharding or table.hashing), table))
        return found

    def _table(self, model: Model, name: str, table: Embedding) -> Derived | None:
        of = f"table `{name}` of `{model.id}`"
        rows, dim = given(table, "rows", f"rows of {of}"), given(table, "dim", f"dimension of {of}")
        if rows is None or dim is None:
            return None
        size, formula, parts, assume = _vector(dim, given(table, "bytes", f"bytes for each number of {of}"))
        value = _bytes(rows.value.value * size)
        formula = f"{show(rows.value)} × {formula}"
        return derive(f"table.{model.id}.{name}", f"Size of the {of}", value, formula, rows, *parts, assume=assume)

    def trainings(self, model: str) -> list[Training]:
        """Return how a model is trained: trainings that name it, and those that name none."""
        modelling = self._blueprint.model
        every = [modelling.training, *modelling.trainings.values()]
        return [training for training in every if training and (not training.models or model in training.models)]

    def accelerator(self, model: str) -> Input | None:
        """Return the memory of the smallest accelerator that trains or serves a model."""
        found = [given(training, "device_memory", "memory of one accelerator") for training in self.trainings(model)]
        for component in self._graph.components.values():
            if model in component.serves or model in component.trains:
                found.append(given(component, "device_memory", f"memory of one accelerator of `{component.id}`"))
        return min((one for one in found if one is not None), key=lambda one: one.value.value, default=None)

    @cached_property
    def corpus(self) -> Derived | None:
        """Bytes of all items."""
        scale = self._blueprint.requirements.scale
        items, size = given(scale, "items", "items"), given(scale, "item_size", "size of one item")
        if items is None or size is None:
            return None
        formula = f"{show(items.value)} × {show(size.value)}"
        return derive(
            "size.corpus", "Size of all items", _bytes(items.value.value * size.value.value), formula, items, size
        )

    def _kept(self) -> list[Derived]:
        """Return what sources keep: rows or bytes that arrive × how long they are kept."""
        found = []
        for id_, source in self._blueprint.data.sources.items():
            volume = given(source, "volume", f"volume of `{id_}`")
            kept = given(source, "retention", f"retention of `{id_}`")
            if volume is None or kept is None:
                continue
            amount = volume.value.value * kept.value.value
            data = volume.value.dimension is Dimension.BANDWIDTH
            value = _bytes(amount) if data else count(amount)
            formula = f"{show(volume.value)} × {show(kept.value)}"
            name = f"{'Bytes' if data else 'Rows'} kept in `{id_}`"
            found.append(derive(f"kept.{id_}", name, value, formula, volume, kept))
        return found

    def derived(self) -> list[Derived]:
        """Return all sizes that are known."""
        corpus = [self.corpus] if self.corpus is not None else []
        rooms = [room.needed for room in self.rooms.values()]
        return [*corpus, *rooms, *(table.needed for table in self.tables), *self._kept()]


def _vector(dim: Input, width: Input | None) -> tuple[Fraction, str, list[Input], tuple[str, ...]]:
    if width is None:
        assumed = (f"{FLOAT} bytes for each number of a vector",)
        return dim.value.value * FLOAT, f"{show(dim.value)} × {FLOAT} bytes", [dim], assumed
    number = show(width.value)
    formula = f"{show(dim.value)} × {number}" + (" bytes" if number.isdecimal() else "")
    return dim.value.value * width.value.value, formula, [dim, width], ()


def _bytes(value: Fraction) -> Quantity:
    return Quantity(value, Dimension.BYTES)
