"""Shapes made of shapes: lists, mappings, records, waivers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Mapping as MappingType
from typing import Any, TypeVar

from archkit.reading import Reading, describe, is_null, shorten
from archkit.shapes.base import Map, Schemas, Shape, take
from archkit.shapes.commas import is_bare, report_cut_texts
from archkit.shapes.record import Record
from archkit.shapes.scalars import CODE, ID, ID_SCHEMA, TEXT_SCHEMA, Ref, Text, check_id, check_word, one_of, shown
from archkit.shapes.slips import in_order, keyed, names_in, one_with_more
from archkit.yamltree import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class ListOf(Shape[tuple[T, ...]]):
    """A list; one value alone is a list of one, where the item is a scalar."""

    default: Any = ()

    def __init__(self, item: Shape[T], single: bool = True) -> None:
        self.item = item
        self.single = single and Scalar in item.accepts
        self.accepts = (Sequence, Scalar) if self.single else (Sequence,)
        self.words = "a list of mappings" if item.words == "a mapping" else f"a list, each entry {item.words}"
        self.example = f"[{item.example}]"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[T, ...] | None:
        """Return the readable items."""
        if isinstance(node, Sequence):
            found = [take(self.item, item, None, reading) for item in node.items]
            return tuple(item for item in found if item is not None)
        if is_null(node):
            return ()
        if isinstance(self.item, Ref) and isinstance(node, Scalar) and (several := names_in(node.text)):
            message = f"`{shorten(node.text)}` is one text for several names"
            reading.error("LNG002", node.span, message, f"write `{several}`")
            return None
        one = take(self.item, node, key, reading)
        return () if one is None else (one,)

    def null(self) -> bool:
        """Return True: an empty list."""
        return True

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, self.item, False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the list."""
        item = self.item.schema(schemas)
        forms: list[dict[str, Any]] = [{"type": "array", "items": item}, {"type": "null"}]
        if self.single:
            # Of forms that fit equally badly, editors tell about the first: a wrong word is rather that than no list.
            forms.insert(0 if "enum" in item else 2, item)
        return {"anyOf": forms}


class MapOf(Shape[MappingType[str, T]]):
    """A mapping from ids or names to things.

    Args:
        item: What stands at each key.
        names: Whether keys are free names (``recall@100``) rather than ids.
        keys: The only keys there may be, if given.
        bare: Whether a single item may stand in place of the mapping; its key is then "".
    """

    default: Any = Map()

    def __init__(self, item: Shape[T], names: bool = False, keys: tuple[str, ...] = (), bare: bool = False) -> None:
        self.item = item
        self.names = names
        self.keys = keys
        self.bare = bare
        self.listed = isinstance(item, Rec) and item.null()
        self.accepts = (Mapping, Sequence) if self.listed else (Mapping, *item.accepts) if bare else (Mapping,)
        self.words = "a mapping" + (" or a list of names" if self.listed else "")
        self.example = f"{{{'a name' if names else 'an_id'}: {item.example}}}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> MappingType[str, T] | None:
        """Return the readable items by key."""
        found: dict[str, T] = {}
        if isinstance(node, Mapping):
            reading.partial = reading.partial or node.partial
            rests = self._rests(node, reading)
            for name, value in node.entries:
                if name.text not in rests and self.check_key(name, reading):
                    got = take(self.item, value, name, reading)
                    if got is not None:
                        found[name.text] = got
        elif isinstance(node, Sequence) and self.listed:
            self._read_list(node, found, reading)
        elif not is_null(node):
            got = take(self.item, node, key, reading)
            if got is not None:
                found[""] = got
        return Map(found)

    def _rests(self, node: Mapping, reading: Reading) -> Collection[str]:
        """Report texts that a comma has cut; return the keys that are the rest of one."""
        bare = [name.text for name, value in node.entries if is_bare(name, value)]
        wrong = [text for text in bare if not (self.item.null() if self.names else ID.fullmatch(text))]
        return report_cut_texts(node, wrong, reading) if wrong else ()

    def _read_list(self, node: Sequence, found: dict[str, T], reading: Reading) -> None:
        """Read a list of names, each a thing of which nothing more is said."""
        odd = [item for item in node.items if not isinstance(item, Scalar) or is_null(item)]
        if odd:
            more = f", and so must {len(odd) - 1} more of this list" if len(odd) > 1 else ""
            reading.error("LNG002", odd[0].span, f"this must be a name{more}", keyed(odd[0]))
        for item in node.items:
            if isinstance(item, Scalar) and not is_null(item) and self.check_key(item, reading):
                if item.text in found:
                    reading.error("LNG012", item.span, f"`{shorten(item.text)}` is listed twice", "remove one")
                    continue
                got = self.item.read(Scalar(item.span, "", True), item, reading)
                if got is not None:
                    found[item.text] = got

    def check_key(self, name: Scalar, reading: Reading) -> bool:
        """Report a key that cannot be one; return whether it can."""
        if self.keys:
            return check_word(name, self.keys, reading)
        if not self.names:
            return check_id(name, reading)
        if name.text.strip():
            return True
        reading.error("LNG006", name.span, "a name is empty", "write a name before the colon")
        return False

    def null(self) -> bool:
        """Return True: an empty mapping."""
        return True

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, self.item, True

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the mapping."""
        item = self.item.schema(schemas)
        whole: dict[str, Any] = {"type": "object"}
        if self.keys:
            whole |= {"properties": dict.fromkeys(self.keys, item), "additionalProperties": False}
        elif self.names:
            whole |= {"additionalProperties": item}
        else:
            # No `patternProperties`: editors complete values only below keys of `properties` and these.
            told = "An id is made of letters, digits and `_`; single `-` and `.` may stand between them."
            names = {"title": "id", "pattern": ID_SCHEMA, "patternErrorMessage": told}
            whole |= {"propertyNames": names, "additionalProperties": item}
        forms = [whole, {"type": "null"}]
        if self.listed:
            forms.append({"type": "array", "items": dict(TEXT_SCHEMA)})
        return {"anyOf": [*forms, item] if self.bare else forms}


class Rec(Shape[R]):
    """A record, or the short form that stands for it."""

    def __init__(self, cls: type[R]) -> None:
        self.cls = cls
        self.default: Any = cls()
        self.accepts = (Mapping,)
        self.words = "a mapping"
        if cls.short:
            inner = cls.fields[cls.short]
            self.accepts = (Mapping, *(kind for kind in inner.shape.accepts if kind is not Mapping))
            self.words = f"{inner.shape.words} or a mapping"
        first = next((field for field in cls.fields.values() if field.required or field.example), None)
        self.example = f"{{{first.key}: {first.example or first.shape.example}}}" if first is not None else "{}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> R | None:
        """Return the record."""
        if is_null(node) and self.cls.required:
            field = self.cls.required[0]
            name = f"`{key.text}`" if key is not None else "this"
            hint = f"write it like `{self.example}`"
            reading.error("LNG010", shown(node, key), f"{name} has no value, but needs `{field.key}`", hint)
            return None
        return self.cls.read(node, key, reading)

    def null(self) -> bool:
        """Return whether nothing in the record is required."""
        return not self.cls.required

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return self.cls, None, False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return a reference to the record's definition."""
        return schemas.reference(self.cls)


class Keyed(Shape[R]):
    """A record whose kind is its key: a known word alone, or ``{word: more}``."""

    accepts = (Scalar, Mapping)

    def __init__(self, cls: type[R], keys: tuple[str, ...]) -> None:
        self.item = Rec(cls)
        self.keys = keys
        self.words = one_of(keys)
        self.example = keys[0]

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> R | None:
        """Return the record."""
        name, value = (node, Scalar(node.span, "", True)) if isinstance(node, Scalar) else _only(node)
        if name is None or value is None:
            fields, short = self.item.cls.fields, self.item.cls.short
            nested = one_with_more(node, self.keys, fields, short) if isinstance(node, Mapping) else ""
            hint = nested or "write `- ` before each"
            reading.error("LNG002", node.span, f"this must be one of {self.words}, alone or with one value", hint)
            return None
        if name.text not in self.keys and name is node and (written := in_order(name.text, self.keys)):
            reading.error("LNG004", node.span, f"`{shorten(name.text)}` is not known here", f"write `{written}`")
            return None
        if not check_word(name, self.keys, reading):
            return None
        return take(self.item, value, name, reading)

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, self.item, True

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema: a word, or an object with one of them as its only key."""
        item = self.item.schema(schemas)
        whole = {"type": "object", "properties": dict.fromkeys(self.keys, item), "additionalProperties": False}
        return {"anyOf": [{"enum": list(self.keys)}, whole | {"minProperties": 1, "maxProperties": 1}]}


def _only(node: Node) -> tuple[Scalar | None, Node | None]:
    if isinstance(node, Mapping) and len(node.entries) == 1:
        return node.entries[0]
    return None, None


class Later(Shape[T]):
    """A shape that is known only when it is needed, for things inside things of the same kind."""

    def __init__(self, make: Callable[[], Shape[T]], accepts: tuple[type, ...], words: str, default: Any) -> None:
        self.make = make
        self.accepts = accepts
        self.words = words
        self.default = default

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> T | None:
        """Return what the shape reads."""
        return self.make().read(node, key, reading)

    def null(self) -> bool:
        """Return whether the shape may be empty."""
        return self.make().null()

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, self.make(), False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the shape."""
        return self.make().schema(schemas)


class Free(Shape[Node]):
    """Anything, kept as the tree it was written as."""

    accepts = (Scalar, Mapping, Sequence)
    words = "anything"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Node:
        """Return the node."""
        return node

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of anything."""
        return {}


class Reason(Text):
    """Why a finding is accepted."""

    words = "the reason"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> str | None:
        """Return the reason; ``true`` is none."""
        none = isinstance(node, Scalar) and node.plain and node.text.lower() in ("true", "yes")
        return super().read(Scalar(node.span, "", True) if none else node, key, reading)

    def empty(self, node: Scalar, key: Scalar | None, reading: Reading) -> None:
        """Report a waiver without a reason."""
        code = key.text if key is not None else "SRV03"
        message = f"the waiver of `{code}` has no reason"
        reading.error("LNG011", shown(node, key), message, f"write `{code}: why this is fine here`")


class Reasons(MapOf[str]):
    """Waivers: codes of findings and why each is accepted."""

    def __init__(self) -> None:
        super().__init__(Reason())
        self.accepts = (Mapping, Sequence, Scalar)
        self.words = "a mapping from codes to reasons"
        self.example = "{SRV03: why this is fine here}"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> MappingType[str, str] | None:
        """Return the reasons by code."""
        if isinstance(node, Mapping) or is_null(node):
            return super().read(node, key, reading)
        message = f"waivers are a mapping from codes to reasons, not {describe(node)}"
        reading.error("LNG011", node.span, message, f"write it like `waive: {self.example}`")
        return None

    def check_key(self, name: Scalar, reading: Reading) -> bool:
        """Report what is not the code of a finding."""
        if CODE.fullmatch(name.text):
            return True
        hint = "codes are three capital letters and digits, such as `SRV03`"
        if CODE.fullmatch(name.text.upper()):
            hint = f"write `{name.text.upper()}`"
        reading.error("LNG011", name.span, f"`{shorten(name.text)}` is not the code of a finding", hint)
        return False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return a reference to the schema of waivers, which lists the known codes."""
        if "Waivers" not in schemas.definitions:
            reason = {"type": ["string", "number", "boolean"], "description": "Why the finding is accepted here."}
            whole = {
                "type": "object",
                "properties": {
                    code: {**reason, "description": f"{title}. Write why it is accepted here."}
                    for code, title in schemas.codes.items()
                },
                "propertyNames": {
                    "title": "code",
                    "pattern": f"^{CODE.pattern}$",
                    "patternErrorMessage": "This is not the code of a finding, such as SRV03.",
                },
                "additionalProperties": reason,
            }
            schemas.definitions["Waivers"] = {"title": "waivers", "anyOf": [whole, {"type": "null"}]}
        return {"allOf": [{"$ref": "#/definitions/Waivers"}]}
