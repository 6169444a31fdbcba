"""Declared fields → frozen records that remember where each value was written."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from typing import Any, ClassVar, NoReturn, Self

from archkit.reading import Reading, Waiver, is_null, shorten
from archkit.shapes.base import Field, Schemas, take
from archkit.shapes.commas import report_cut_texts
from archkit.shapes.slips import CUT
from archkit.source import Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence

START = Span(0, 0)

KEYS: dict[str, str] = {
    "in_count": "in",
    "out_count": "out",
    "from_": "from",
    "condition": "when",
    "columns": "fields",
    "archetypes": "archetype",
    "modes": "mode",
    "language": "blueprint",
}
"""Python names that differ from their YAML keys: the key is a Python word, is taken, or the field holds several."""


class Record:
    """A frozen mapping with declared fields.

    A subclass declares ``name = text("doc")`` and the like. Only what is written is stored in an instance; a field that
    is not written is found on the class as its shape's default. A record that is not written is an empty instance and
    false, so that ``bp.requirements.latency.p99`` never fails.

    Class arguments:
        short: The key that a bare value (one word, or a list where that field holds a list) stands for.
        noun: What such a record is called, where that is not the name of the class.
    """

    fields: ClassVar[MappingType[str, Field]] = {}
    required: ClassVar[tuple[Field, ...]] = ()
    short: ClassVar[str] = ""
    noun: ClassVar[str] = "record"

    _node: Node | None = None
    _key: Scalar | None = None
    _spans: MappingType[str, Span] | None = None

    def __init_subclass__(cls, short: str = "", noun: str = "") -> None:
        fields = dict(cls.fields)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Field):
                value.name = name
                value.key = value.key or KEYS.get(name, name)
                fields.update(dict.fromkeys((value.key, *value.also), value))
                setattr(cls, name, value.shape.default)
        cls.fields = fields
        cls.required = tuple(field for field in fields.values() if field.required)
        cls.short = short or cls.short
        cls.noun = noun or "".join(" " + c.lower() if c.isupper() else c for c in cls.__name__).strip()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is frozen")

    def __bool__(self) -> bool:
        return self._node is not None

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in self.written())
        return f"{type(self).__name__}({inner})"

    # where it is written

    @property
    def id(self) -> str:
        """The key that it is written under, or "" if it has none."""
        return self._key.text if self._key is not None else ""

    @property
    def span(self) -> Span:
        """Where the value is written; the start of the main file where it is not."""
        return self._node.span if self._node is not None else START

    @property
    def key_span(self) -> Span | None:
        """Where the key is written, if the record has one."""
        return self._key.span if self._key is not None else None

    @property
    def place(self) -> Span:
        """The best place to point at: the key, else the value."""
        return self._key.span if self._key is not None else self.span

    @property
    def partial(self) -> bool:
        """Whether entries could not be read, so that the absence of one proves nothing."""
        return isinstance(self._node, Mapping) and self._node.partial

    def whole(self, *path: str | int) -> bool:
        """Return whether what stands at a path could be read, so that what is missing there is really missing."""
        node = self._walk(path)[1]
        return not (isinstance(node, Mapping) and node.partial)

    def at(self, *path: str | int) -> Span:
        """Return the span of the value at a path of field names, ids and list positions.

        Where the path is not written to its end, it is the key of the deepest part that is written; in the end the
        record's own ``place``. Field names may be those of Python (``in_count``) or of YAML (``in``).
        """
        key, value, complete = self._walk(path)
        if not complete:
            return key.span if key is not None else self.place if value is None else value.span
        if self._spans is not None and path and path[0] in self._spans:
            return self._spans[str(path[0])]
        return value.span if value is not None else self.place

    def key_at(self, *path: str | int) -> Span:
        """Return the span of the key at a path; for the rest as ``at``."""
        key, value, _complete = self._walk(path)
        return key.span if key is not None else self.place if value is None else value.span

    def has(self, *path: str | int) -> bool:
        """Return whether something is written at a path, readable or not."""
        return self._walk(path)[2]

    def names(self, *path: str | int) -> tuple[str, ...]:
        """Return the keys of the mapping (or the words of the list) at a path, whether their values are readable."""
        _key, node, complete = self._walk(path)
        if not complete:
            return ()
        if isinstance(node, Mapping):
            return tuple(key.text for key, _value in node.entries)
        return tuple(item.text for item in node.items if isinstance(item, Scalar)) if isinstance(node, Sequence) else ()

    def _walk(self, path: tuple[str | int, ...]) -> tuple[Scalar | None, Node | None, bool]:
        """Follow a path; return the deepest key and value on it, and whether that is its end."""
        key, node, short = self._key, self._node, self.short
        if self._spans is not None and len(path) == 1 and path[0] in self._spans:
            return key, node, True
        for step in path:
            name = KEYS.get(str(step), str(step))
            found: tuple[Scalar | None, Node] | None = None
            if isinstance(node, Mapping):
                entries = {k.text: (k, v) for k, v in node.entries}
                found = entries.get(str(step)) or entries.get(name)
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
                found = None, node.items[step]
            elif node is not None and short and name == short and not is_null(node):
                found = key, node
            if found is None:
                return key, node, False
            (key, node), short = found, ""
        return key, node, node is not None

    # what is in it

    def written(self) -> Iterator[tuple[str, Any]]:
        """Yield the Python names and values of the fields that are written, in the order written."""
        for name, value in self.__dict__.items():
            if not name.startswith("_"):
                yield name, value

    def records(self) -> Iterator[Record]:
        """Yield this record and all records below it, in the order written."""
        yield self
        for _name, value in self.written():
            yield from _records(value)

    # how it is read

    @classmethod
    def read(cls, node: Node, key: Scalar | None, reading: Reading) -> Self:
        """Read a record and report everything that is wrong with it."""
        record = cls.__new__(cls)
        values = record.__dict__
        values["_node"] = node
        values["_key"] = key
        if type(node) is Mapping:
            cls.read_entries(node, values, key, reading)
        elif not is_null(node):
            field = cls.fields[cls.short]
            got = take(field.shape, node, key, reading, field)
            if got is not None:
                values[field.name] = got
        record.finish(values, reading)
        return record

    @classmethod
    def read_entries(cls, node: Mapping, values: dict[str, Any], key: Scalar | None, reading: Reading) -> None:
        """Read the entries of a mapping into ``values`` by Python name.

        Args:
            node: The mapping.
            values: Is filled with what could be read.
            key: That the mapping is written under, if any.
            reading: Where to report to.
        """
        fields = cls.fields
        waivers: Node | None = None
        strangers: dict[str, Scalar] = {}
        for name, value in node.entries:
            field = fields.get(name.text)
            if field is None:
                strangers[name.text] = name
                continue
            if field.also and field.name in values:
                said = " and ".join(f"`{key}`" for key in (field.key, *field.also))
                reading.error("LNG018", name.span, f"{said} mean the same", "keep one of them")
                continue
            got = take(field.shape, value, name, reading, field)
            if got is not None:
                values[field.name] = got
                if name.text == "waive":
                    waivers = value
        if strangers:
            rests = report_cut_texts(node, [text for text in strangers if not text.startswith("x-")], reading)
            for text, stranger in strangers.items():
                if text not in rests:
                    cls.unknown(stranger, key, reading)
        if node.partial:
            reading.partial = True
        elif cls.required:
            cls.demand(node, key, reading)
        if isinstance(waivers, Mapping):
            scope = cls._scope(node, key)
            for name, _value in waivers.entries:
                if name.text in values["waive"]:
                    reading.waivers.append(Waiver(name.text, values["waive"][name.text], name.span, scope))

    @classmethod
    def demand(cls, node: Mapping, key: Scalar | None, reading: Reading) -> None:
        """Report required fields that are not written.

        Args:
            node: What the record is read from.
            key: That it is written under, if any.
            reading: Where to report to.
        """
        given = {name.text for name, _value in node.entries}
        for field in cls.required:
            if field.key not in given:
                where = key.span if key is not None else Span(node.span.start, node.span.start, node.span.source)
                line = f"{field.key}: {field.example}" if field.example else field.key
                reading.error("LNG003", where, f"`{field.key}` is missing in {cls.called(key)}", f"write `{line}`")

    @classmethod
    def unknown(cls, key: Scalar, owner: Scalar | None, reading: Reading) -> None:
        """Report a key that the record, itself written under ``owner``, does not have.

        Args:
            key: What is written.
            owner: The key of the record, if any.
            reading: Where to report to.
        """
        aka = next((field.key for field in cls.fields.values() if key.text in field.aka), "")
        cut = CUT.match(key.text)
        if cut is not None and cut[1] in cls.fields:
            said = f"`{shorten(key.text)}` is no key: a {'space' if cut[2] else 'colon'} is missing after `{cut[1]}`"
            reading.error("LNG001", key.span, said, f"write `{cut[1]}: {cut[3]}…`")
            return
        near = aka or reading.nearest(key.text, cls.fields)
        hint = f"did you mean `{near}`?" if near else reading.home(key.text, cls)
        if not hint:
            known = [f"`{name}`" for name in cls.fields if name != "waive"]
            more = f" and {len(known) - 12} more" if len(known) > 14 else ""
            hint = f"known here: {', '.join(known[:12] if more else known)}{more}"
        reading.error("LNG001", key.span, f"unknown key `{shorten(key.text)}` in {cls.called(owner)}", hint)

    @classmethod
    def _scope(cls, node: Node, key: Scalar | None) -> tuple[Span, ...]:
        """Return the stretches of text that belong to a record, for its waivers."""
        whole = _entry(node, key)
        apart = (key.span,) if key is not None and whole == node.span else ()
        return *apart, whole, *_pieces(node, None, whole)

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Complete and check the values just read; records with rules of their own override it.

        Args:
            values: What was read, by Python name; may be changed.
            reading: Where to report to.
        """

    # what it is called

    @classmethod
    def called(cls, key: Scalar | None) -> str:
        """Return what to call a record in a message: its key, or else its kind."""
        if key is not None:
            return f"`{shorten(key.text)}`"
        return f"{'an' if cls.noun[0] in 'aeiou' else 'a'} {cls.noun}"

    @classmethod
    def about(cls) -> str:
        """Return the first paragraph of the class's documentation."""
        return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())

    @classmethod
    def schema(cls, schemas: Schemas) -> dict[str, Any]:
        """Return the JSON Schema of the record."""
        properties = {key: field.schema(schemas) for key, field in cls.fields.items()}
        whole: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        if cls.required:
            whole["required"] = [field.key for field in cls.required]
        forms = [whole]
        if not cls.required:
            forms.append({"type": "null"})
        if cls.short:
            forms.append(cls.fields[cls.short].shape.schema(schemas))
        return {"description": cls.about(), **(whole if len(forms) == 1 else {"anyOf": forms})}


def _pieces(node: Node, key: Scalar | None, around: Span) -> Iterator[Span]:
    """Yield the stretches of text of a tree that lie outside another: those from an alias or another file."""
    whole = _entry(node, key)
    if whole.source != around.source or not around.start <= whole.start <= whole.end <= around.end:
        yield whole
        around = whole
    if isinstance(node, Mapping):
        for name, value in node.entries:
            yield from _pieces(value, name, around)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _pieces(item, None, around)


def _entry(node: Node, key: Scalar | None) -> Span:
    """Return the stretch from a key to the end of its value, or the value alone where both are apart."""
    start, end, source = node.span
    if key is None or key.span.source != source or key.span.start > start:
        return node.span
    return Span(key.span.start, end, source)


def _records(value: Any) -> Iterator[Record]:
    if isinstance(value, Record):
        yield from value.records()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _records(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _records(inner)
