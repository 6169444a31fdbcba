"""What every shape has: reading a value from a tree, and a JSON Schema of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from archkit.reading import Reading, describe, is_null
from archkit.shapes.commas import report_cut_numbers
from archkit.shapes.slips import meant
from archkit.yamltree import Node, Scalar, Sequence

if TYPE_CHECKING:
    from archkit.shapes.record import Record

T = TypeVar("T")
V = TypeVar("V")


class Map(dict[str, V]):
    """A mapping in the order written that nobody changes."""

    __slots__ = ()

    def _frozen(self, *_args: object, **_more: object) -> NoReturn:
        raise TypeError("a blueprint's mappings are frozen")

    __setitem__ = __delitem__ = __ior__ = _frozen
    clear = pop = popitem = setdefault = update = _frozen

    def __reduce__(self) -> tuple[type[Map[V]], tuple[dict[str, V]]]:
        return type(self), (dict(self),)


class Shape(Generic[T]):
    """What a value may be: reads it from a tree and says so in a schema.

    Attributes:
        accepts: Kinds of nodes that it can read; others are reported before ``read`` is called.
        words: What it is, for "must be …" messages.
        example: How it is written.
        default: What a field holds where nothing (readable) is written.
    """

    accepts: tuple[type, ...] = (Scalar,)
    words: str = "a value"
    example: str = ""
    default: Any = None

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> T | None:
        """Return the value of a node of an accepted kind, or None after reporting what is wrong with it.

        Args:
            node: Of an accepted kind.
            key: That it is written under, if any.
            reading: Where to report to.

        Raises:
            NotImplementedError: A shape has no way of its own, a mistake in it.
        """
        raise NotImplementedError

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the JSON Schema of what it accepts.

        Raises:
            NotImplementedError: A shape has no way of its own, a mistake in it.
        """
        raise NotImplementedError

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return the record class or shape that it holds, if any, and whether under keys that authors choose."""
        return None, None, False

    def null(self) -> bool:
        """Return whether a key without a value is fine, as for a list or record that may be empty."""
        return Scalar not in self.accepts


class Schemas:
    """Definitions of a JSON Schema, one for each record class, made when first asked for.

    Args:
        codes: Codes of findings that waivers may name → what each is about, for editors to offer.
        figures: Kinds of figures → what each shows.
    """

    def __init__(self, codes: Mapping[str, str] | None = None, figures: Mapping[str, str] | None = None) -> None:
        self.definitions: dict[str, Any] = {}
        self.codes = codes or {}
        self.figures = figures or {}

    def reference(self, cls: type[Record]) -> dict[str, Any]:
        """Return a reference to a record's definition, with what the record is.

        That stands beside the reference and not in the definition, because editors show what they find innermost: a
        field says more about itself than its kind of record does.
        """
        name = cls.__name__
        if name not in self.definitions:
            self.definitions[name] = {"title": cls.noun}
            self.definitions[name].update(cls.schema(self))
            del self.definitions[name]["description"]
        # draft-07 ignores what stands beside a $ref
        return {"description": cls.about(), "allOf": [{"$ref": f"#/definitions/{name}"}]}


class Field:
    """One declared field of a record.

    Args:
        shape: What it may hold.
        doc: One sentence about it.
        example: A value as it is written in YAML.
        key: Its YAML key, where that cannot be the attribute's name.
        required: Whether a record without it is an error.
        aka: Other names that people may write by mistake.
        also: Other keys that mean the same.
    """

    __slots__ = ("aka", "also", "doc", "example", "key", "name", "required", "shape")

    def __init__(
        self,
        shape: Shape[Any],
        doc: str,
        example: str = "",
        key: str = "",
        required: bool = False,
        aka: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
    ) -> None:
        self.shape = shape
        self.doc = doc
        self.example = example
        self.key = key
        self.name = ""
        self.required = required
        self.aka = aka
        self.also = also

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the JSON Schema of the field with its description."""
        schema = self.shape.schema(schemas)
        about = schema.get("description", "")
        same = about.split(",")[0] == self.doc.split(",")[0]  # both begin with "Step 6"
        doc = about if same else f"{self.doc} {about}".rstrip()
        if self.example:
            doc += f" Example: `{self.key}: {self.example}`"
            if self.example[0] not in "{[":
                schema = {**schema, "examples": [_plain(self.example)]}
        return {**schema, "description": doc}


def _plain(text: str) -> str | bool | int | float:
    """Return an example as editors write it: `true` and `0.9` without quotes."""
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text


def take(shape: Shape[T], node: Node, key: Scalar | None, reading: Reading, field: Field | None = None) -> T | None:
    """Read a value after checking that its node is of a kind that the shape can read.

    Args:
        shape: What the value must be.
        node: Where it is written.
        key: Its key, if it has one.
        reading: Where to report to.
        field: The field that it is for, whose example is then shown.

    Returns:
        The value, or None after reporting what is wrong.
    """
    if type(node) in shape.accepts or (type(node) is Scalar and shape.null() and is_null(node)):
        if type(node) is Sequence:
            report_cut_numbers(node, reading)
        reading.example = field.example if field is not None else ""
        return shape.read(node, key, reading)
    example = (field.example if field is not None else "") or shape.example
    name = f"`{key.text}`" if key is not None else "this"
    line = f"{key.text}: {example}" if key is not None else example
    hint = meant(shape, node, key) or (f"write it like `{line}`" if example else "")
    reading.error("LNG002", node.span, f"{name} must be {shape.words}, not {describe(node)}", hint)
    return None
