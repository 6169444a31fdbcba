"""Every declared field: its name, documentation and example."""

from __future__ import annotations

import pytest

from archkit.blueprint import Blueprint
from archkit.model.components import Component
from archkit.reading import Reading
from archkit.schema import json_schema
from archkit.shapes.base import Field
from archkit.shapes.record import KEYS, Record
from archkit.source import Source
from archkit.yamltree import Mapping, read


def _classes(cls: type[Record]) -> list[type[Record]]:
    found = [kind for sub in cls.__subclasses__() for kind in (sub, *_classes(sub))]
    return [kind for kind in found if kind.__module__.startswith("archkit.")]


json_schema()  # makes sure that every class is loaded
CLASSES = _classes(Record)
FIELDS = [(cls, field) for cls in CLASSES for field in cls.fields.values()]
IDS = [f"{cls.__name__}.{field.name}" for cls, field in FIELDS]


def test_there_are_fields() -> None:
    assert Blueprint in CLASSES and Component in CLASSES
    assert len(FIELDS) > 400


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=IDS)
def test_field(cls: type[Record], field: Field) -> None:
    assert field.doc.endswith("."), "documentation is a sentence"
    assert field.doc[0].isupper() or field.doc[0] in "`0123456789"
    assert field.name not in vars(Record), "the field would hide what every record has"
    assert field.key in (field.name, KEYS.get(field.name)), "KEYS lists all names that differ from their keys"
    for other in field.aka:
        assert other not in cls.fields, f"`{other}` is a key of its own"
        assert sum(other in one.aka for one in cls.fields.values()) == 1


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=IDS)
def test_example(cls: type[Record], field: Field) -> None:
    """The example of a field can be written as it stands."""
    if field.example:
        tree, found = read(Source("example", f"{field.key}: {field.example}\n"), 0)
        assert found == [] and isinstance(tree, Mapping)
        others = [name for name in cls.required if name is not field]
        reading = Reading()
        cls.read(tree, None, reading)
        # What a figure lacks beside one of its keys is another matter than how that key is written.
        figure = cls.__module__.startswith("archkit.model.authored.")
        left = [
            one
            for one in reading.diagnostics
            if not (one.code == "LNG003" and others) and not (figure and one.code.startswith(("FIG", "LNG018", "REF")))
        ]
        assert left == []


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_class(cls: type[Record]) -> None:
    assert cls.about().endswith("."), "documentation begins with a sentence"
    assert not cls.short or cls.short in cls.fields
    assert not cls() and list(cls().written()) == []
