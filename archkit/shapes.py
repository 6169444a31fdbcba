"""What a field may hold: texts, words, numbers with units, ids, lists, mappings and records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingType
from fractions import Fraction
from typing import Any, TypeVar

from archkit.quantity import Dimension, Problem, Quantity, parse_quantity
from archkit.reading import Reading, Reference, is_null, shorten
from archkit.record import Map, Record, Schemas, Shape, take
from archkit.source import Span
from archkit.suggest import nearest
from archkit.yamltree import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
R = TypeVar("R", bound=Record)

ID = re.compile(r"\w+(?:[-.]\w+)*")
"""An id: letters, digits and ``_``, with single ``-`` or ``.`` between them."""

CODE = re.compile(r"[A-Z]{3}\d{2,3}")
"""The code of a finding."""

TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
# what JSON Schema's regular expressions can say of ID in every implementation
ID_SCHEMA = r"^[^\s\-.,:;&|<>~\[\]{}()'\"`!?*#%@+=/\\^$]+([-.][^\s\-.,:;&|<>~\[\]{}()'\"`!?*#%@+=/\\^$]+)*$"


class Text(Shape[str]):
    """Any text; ``no`` and ``12`` are texts here."""

    words = "a text"
    example = "some words"
    default = ""

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> str | None:
        """Return the text as written."""
        assert isinstance(node, Scalar)
        if (node.plain and is_null(node)) or not node.text.strip():
            name = f"`{key.text}`" if key is not None else "this entry"
            reading.error("LNG010", _shown(node, key), f"{name} has no value", f"write {self.words}, or leave it out")
            return None
        return self.check(node, reading)

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the value of a text that is not empty."""
        return node.text

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a text."""
        return dict(TEXT_SCHEMA)


def _shown(node: Node, key: Scalar | None) -> Span:
    return key.span if key is not None and node.span.start == node.span.end else node.span


class Word(Text):
    """One of some known words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = tuple(words)
        self.words = _one_of(self.known)
        self.example = self.known[0]

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the word."""
        return node.text if check_word(node, self.known, reading) else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the words."""
        return {"enum": list(self.known)}


def check_word(node: Scalar, known: tuple[str, ...], reading: Reading) -> bool:
    """Report a text that is none of some known words; return whether it is one."""
    if node.text in known:
        return True
    near = nearest(node.text, known)
    all_words = _one_of(known)
    hint = f"did you mean `{near}`?" if near else f"write {all_words}"
    message = f"`{shorten(node.text)}` is not known here"
    reading.error("LNG004", node.span, message, hint if len(known) > 12 or not near else f"{hint} (known: {all_words})")
    return False


def _one_of(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return f"`{words[0]}`"
    return ", ".join(f"`{word}`" for word in words[:-1]) + f" or `{words[-1]}`"


class Id(Text):
    """An id that is declared here."""

    words = "an id"
    example = "an_id"

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the id."""
        return node.text if check_id(node, reading) else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of an id."""
        return {"type": ["string", "number", "boolean"], "pattern": ID_SCHEMA}


def check_id(node: Scalar, reading: Reading) -> bool:
    """Report a text that cannot be an id; return whether it can."""
    if ID.fullmatch(node.text) and len(node.text) <= 80:
        return True
    made = "_".join(re.findall(r"\w+", node.text))[:80]
    hint = f"write `{made}` and put the words in `title`" if made else "write letters, digits and `_`"
    reading.error("LNG006", node.span, f"`{shorten(node.text)}` cannot be an id", hint)
    return False


class Ref(Text):
    """The name of something that is declared elsewhere."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds
        self.words = " or ".join(f"the name of {_article(kind)}" for kind in kinds)
        self.example = kinds[0].replace(" ", "_")

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the name and note that it must be looked up."""
        reading.references.append(Reference(self.kinds, node.text, node.span))
        return node.text


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


class Flag(Shape[bool]):
    """``true`` or ``false``."""

    words = "`true` or `false`"
    example = "true"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> bool | None:
        """Return the truth value."""
        assert isinstance(node, Scalar)
        if node.plain and node.text in ("true", "True", "TRUE"):
            return True
        if node.plain and node.text in ("false", "False", "FALSE"):
            return False
        meant = {"yes": "true", "on": "true", "y": "true", "true": "true"}.get(node.text.lower())
        meant = meant or {"no": "false", "off": "false", "n": "false", "false": "false"}.get(node.text.lower())
        hint = f"write `{meant}`, without quotes" if meant else "write `true` or `false`"
        name = f"`{key.text}`" if key is not None else "this"
        written = "nothing" if is_null(node) else f"`{shorten(node.text)}`"
        reading.error("LNG014", _shown(node, key), f"{name} must be `true` or `false`, not {written}", hint)
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


class Number(Shape[Quantity]):
    """A number with its unit, of one of some dimensions.

    Args:
        dimensions: What may be measured; the first is meant where a number has no unit.
        least: Smallest value, in the dimension's base unit.
        most: Largest value.
        whole: Whether only whole numbers make sense.
    """

    def __init__(
        self, *dimensions: Dimension, least: int | None = 0, most: int | None = None, whole: bool = False
    ) -> None:
        self.dimensions = dimensions
        self.least = None if least is None else Fraction(least)
        self.most = None if most is None else Fraction(most)
        self.whole = whole
        self.words = "a number"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Quantity | None:
        """Return the quantity."""
        assert isinstance(node, Scalar)
        name = f"`{key.text}`" if key is not None else "this"
        if is_null(node):
            reading.error("LNG010", _shown(node, key), f"{name} has no value", "write a number, or leave it out")
            return None
        found = parse_quantity(node.text, self.dimensions)
        if isinstance(found, Problem):
            reading.error("LNG005", inner_span(node, found.start, found.end), found.message, found.hint)
            return None
        wrong = self._range(found)
        if wrong:
            reading.error("LNG013", node.span, f"{name} must be {wrong}, not {shorten(node.text)}")
            return None
        return found

    def _range(self, found: Quantity) -> str:
        if self.least is not None and found.value < self.least:
            return f"at least {self.least}"
        if self.most is not None and found.value > self.most:
            return f"at most {self.most}" + (" (100%)" if found.dimension is Dimension.RATIO else "")
        if self.whole and found.value.denominator != 1:
            return "a whole number"
        return ""

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema: a number, or a text that begins like one."""
        return {"type": ["number", "string"], "pattern": r"^\s*[-+~≈$€£]?\s*[0-9.]"}


def inner_span(node: Scalar, start: int, end: int) -> Span:
    """Return the span of a part of a scalar's text, or of the whole scalar where escapes or folds hide the part."""
    begin, stop, source = node.span
    shift = (stop - begin - len(node.text)) // 2
    if shift not in (0, 1) or stop - begin != len(node.text) + 2 * shift:
        return node.span
    return Span(begin + shift + start, begin + shift + max(end, start), source)


class ListOf(Shape[tuple[T, ...]]):
    """A list; one value alone is a list of one, where the item is a scalar."""

    default: Any = ()

    def __init__(self, item: Shape[T], single: bool = True) -> None:
        self.item = item
        self.single = single and Scalar in item.accepts
        self.accepts = (Sequence, Scalar) if self.single else (Sequence,)
        self.words = f"a list, each entry {item.words}"
        self.example = f"[{item.example}]"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[T, ...] | None:
        """Return the readable items."""
        if isinstance(node, Sequence):
            found = [take(self.item, item, None, reading) for item in node.items]
            return tuple(item for item in found if item is not None)
        if is_null(node):
            return ()
        one = take(self.item, node, key, reading)
        return () if one is None else (one,)

    def null(self) -> bool:
        """Return True: an empty list."""
        return True

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the list."""
        item = self.item.schema(schemas)
        forms: list[dict[str, Any]] = [{"type": "array", "items": item}, {"type": "null"}]
        return {"anyOf": [*forms, item] if self.single else forms}


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
            for name, value in node.entries:
                if self.check_key(name, reading):
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

    def _read_list(self, node: Sequence, found: dict[str, T], reading: Reading) -> None:
        """Read a list of names, each a thing of which nothing more is said."""
        for item in node.items:
            if not isinstance(item, Scalar) or is_null(item):
                hint = "write a list of names only, or a mapping from each name to more"
                reading.error("LNG002", item.span, "this must be a name", hint)
            elif self.check_key(item, reading):
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

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the mapping."""
        item = self.item.schema(schemas)
        whole: dict[str, Any] = {"type": "object"}
        if self.keys:
            whole |= {"properties": dict.fromkeys(self.keys, item), "additionalProperties": False}
        elif self.names:
            whole |= {"additionalProperties": item}
        else:
            whole |= {"patternProperties": {ID_SCHEMA: item}, "additionalProperties": False}
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
            reading.error("LNG010", _shown(node, key), f"{name} has no value, but needs `{field.key}`", hint)
            return None
        return self.cls.read(node, key, reading)

    def null(self) -> bool:
        """Return whether nothing in the record is required."""
        return not self.cls.required

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return a reference to the record's definition."""
        return schemas.reference(self.cls)


class Keyed(Shape[R]):
    """A record whose kind is its key: a known word alone, or ``{word: more}``."""

    accepts = (Scalar, Mapping)

    def __init__(self, cls: type[R], keys: tuple[str, ...]) -> None:
        self.item = Rec(cls)
        self.keys = keys
        self.words = _one_of(keys)
        self.example = keys[0]

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> R | None:
        """Return the record."""
        name, value = (node, Scalar(node.span, "", True)) if isinstance(node, Scalar) else _only(node)
        if name is None or value is None:
            hint = "write `- ` before each"
            reading.error("LNG002", node.span, f"this must be one of {self.words}, alone or with one value", hint)
            return None
        if not check_word(name, self.keys, reading):
            return None
        return take(self.item, value, name, reading)

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


class Reasons(MapOf[str]):
    """Waivers: codes of findings and why each is accepted."""

    def __init__(self) -> None:
        super().__init__(Text())
        self.words = "a mapping from codes to reasons"
        self.example = "{SRV03: why this is fine here}"

    def check_key(self, name: Scalar, reading: Reading) -> bool:
        """Report what is not the code of a finding."""
        if CODE.fullmatch(name.text):
            return True
        hint = "codes are three capital letters and digits, such as `SRV03`"
        reading.error("LNG011", name.span, f"`{shorten(name.text)}` is not the code of a finding", hint)
        return False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of waivers."""
        item = {"type": ["string", "number", "boolean"], "description": "Why the finding is accepted here."}
        whole = {"type": "object", "patternProperties": {f"^{CODE.pattern}$": item}, "additionalProperties": False}
        return {"anyOf": [whole, {"type": "null"}]}
