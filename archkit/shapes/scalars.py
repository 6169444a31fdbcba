"""Shapes of single values: texts, words, names, ids, truth values, numbers with units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from archkit.arrows import LONGEST_ID
from archkit.quantity import Dimension, Problem, Quantity, parse_quantity
from archkit.quantityhints import percentiles
from archkit.reading import Reading, Reference, is_null, scalar, shorten
from archkit.shapes.base import Schemas, Shape
from archkit.shapes.slips import same
from archkit.source import Span
from archkit.yamltree import Node, Scalar

ID = re.compile(r"\w+(?:[-.]\w+)*")
"""An id: letters, digits and ``_``, with single ``-`` or ``.`` between them."""

CODE = re.compile(r"[A-Z]{3,4}\d{2,3}")
"""The code of a finding."""

_LONG = re.compile(r"\w{7,}")
INTEGER = re.compile(r"0|[1-9][0-9]{0,4}")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")

UNITLESS = frozenset((Dimension.COUNT, Dimension.RATIO))

_WITH_PERCENTILES = frozenset(("latency", "delay"))
_PERCENTILE = re.compile("p[0-9]+|mean")

MEASURES = {
    Dimension.COUNT: "a number",
    Dimension.TIME: "a time",
    Dimension.BYTES: "an amount of data",
    Dimension.RATIO: "a share",
    Dimension.RATE: "a number per time",
    Dimension.BANDWIDTH: "data per time",
    Dimension.MONEY: "an amount of money",
    Dimension.MONEY_RATE: "money per time",
    Dimension.MONEY_PER_COUNT: "a price",
}
"""What to call a quantity of a dimension, for those that a key names."""

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
        node = scalar(node)
        if (node.plain and is_null(node)) or not node.text.strip():
            self.empty(node, key, reading)
            return None
        return self.check(node, reading)

    def empty(self, node: Scalar, key: Scalar | None, reading: Reading) -> None:
        """Report that there is no text."""
        name, where = (
            (f"`{key.text}`", f" after `{key.text}:`") if key is not None else ("this entry", ", or remove it")
        )
        reading.error("LNG010", shown(node, key), f"{name} has no value", f"write {self.words}{where}")

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the value of a text that is not empty."""
        return node.text

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a text."""
        return dict(TEXT_SCHEMA)


def shown(node: Node, key: Scalar | None) -> Span:
    """Return where to point at a value: at its key, where the value takes no room.

    Args:
        node: The value.
        key: That it is written under, if any.
    """
    return key.span if key is not None and node.span.start == node.span.end else node.span


class Why(Text):
    """A reason, where people may think that ``true`` is enough."""

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the reason."""
        if not node.plain or node.text.lower() not in ("true", "yes", "false", "no"):
            return node.text
        hint = "write why, in words" if node.text.lower() in ("true", "yes") else "leave it out"
        reading.error("LNG002", node.span, f"`{node.text}` is no reason", hint)
        return None


class Word(Text):
    """One of some known words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = tuple(words)
        self.words = one_of(self.known)
        self.example = self.known[0]

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the word."""
        return node.text if check_word(node, self.known, reading) else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the words."""
        return {"enum": list(self.known)}


def check_word(node: Scalar, known: tuple[str, ...], reading: Reading) -> bool:
    """Report a text that is none of some known words; return whether it is one.

    Args:
        node: The text.
        known: Words that are allowed.
        reading: Where to report to.
    """
    if node.text in known:
        return True
    near = reading.nearest(node.text, known)
    meant = (near,) if near else same(node.text, known)
    meant = meant or tuple(word for word in known if _share_a_word(node.text, word))
    meant = meant or tuple(filter(None, (reading.nearest(word, known) for word in _LONG.findall(node.text)[:3])))
    hint = f"did you mean {one_of(meant)}?" if meant else f"write {one_of(known)}"
    if meant and len(known) <= 12:
        hint += f" (known: {one_of(known)})"
    reading.error("LNG004", node.span, f"`{shorten(node.text)}` is not known here", hint)
    return False


def _share_a_word(one: str, other: str) -> bool:
    """Return whether one of two texts has all words of the other: ``multi-categorical`` and ``categorical``."""
    found, known = (set(re.findall(r"\w{3,}", text.lower())) for text in (one, other))
    return bool(found and known) and (found <= known or known <= found)


def one_of(words: tuple[str, ...]) -> str:
    """Return words as ``'a', 'b' or 'c'``, in backquotes."""
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
    """Report a text that cannot be an id; return whether it can.

    Args:
        node: The text.
        reading: Where to report to.
    """
    if ID.fullmatch(node.text) and len(node.text) <= LONGEST_ID:
        return True
    made = "_".join(re.findall(r"\w+", node.text))[:LONGEST_ID]
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
        node = scalar(node)
        if node.plain and node.text in ("true", "True", "TRUE"):
            return True
        if node.plain and node.text in ("false", "False", "FALSE"):
            return False
        meant = {"yes": "true", "on": "true", "y": "true", "true": "true"}.get(node.text.lower())
        meant = meant or {"no": "false", "off": "false", "n": "false", "false": "false"}.get(node.text.lower())
        hint = f"write `{meant}`, without quotes" if meant else "write `true` or `false`"
        name = f"`{key.text}`" if key is not None else "this"
        written = "nothing" if is_null(node) else f"`{shorten(node.text)}`"
        reading.error("LNG014", shown(node, key), f"{name} must be `true` or `false`, not {written}", hint)
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


class Number(Shape[Quantity]):
    """A number with its unit, of one of some dimensions.

    Args:
        dimensions: What may be measured; a number without a unit is the first of them that needs none.
        signed: Whether it may be negative.
        most: Largest value in base units, if there is one.
        whole: Whether only whole numbers make sense.
    """

    def __init__(
        self, *dimensions: Dimension, signed: bool = False, most: int | None = None, whole: bool = False
    ) -> None:
        named = len(dimensions) <= 3
        self.words = " or ".join(MEASURES[dimension] for dimension in dimensions) if named else "a number"
        self.dimensions = dimensions
        self.signed = signed
        self.most = most
        self.whole = whole

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Quantity | None:
        """Return the quantity."""
        node = scalar(node)
        name, example = f"`{key.text}`" if key is not None else "this", reading.example
        if is_null(node):
            hint = f"write {self.words}, such as `{self.example}`" if self.example else f"write {self.words}"
            reading.error("LNG010", shown(node, key), f"{name} has no value", hint)
            return None
        found = parse_quantity(node.text, self.dimensions)
        if isinstance(found, Problem):
            advice = _one_of_percentiles(node.text, key) or self.advice(found)
            if found.lead and example and advice == found.hint:
                advice = f"{found.lead} `{example}`"
            reading.error("LNG005", inner_span(node, found.start, found.end), found.message, advice)
            return None
        slip = self._range(found, node.text.strip())
        if slip is not None:
            reading.error("LNG013", node.span, f"{name} must be {slip[0]}, not {shorten(node.text)}", slip[1])
            return None
        return found

    def advice(self, found: Problem) -> str:
        """Return what to write in place of what could not be read."""
        return found.hint

    def _range(self, found: Quantity, text: str) -> tuple[str, str] | None:
        """Return what a number out of range must be, and what to write."""
        top, bottom = found.value.numerator, found.value.denominator
        if top < 0 and not self.signed:
            return "at least 0", "write it without the minus sign"
        if self.most is not None and top > self.most * bottom:
            if found.dimension is not Dimension.RATIO:
                return f"at most {self.most}", "write a smaller number"
            if text[-1:].isdigit() and top <= 100 * self.most * bottom:
                return f"at most {self.most}", f"write `{shorten(text)}%`, or a share from 0 to {self.most}"
            return f"at most {self.most}", "a share of all is at most 100%"
        if self.whole and bottom != 1:
            return "a whole number", f"write {top // bottom} or {top // bottom + 1}"
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema: a number where one without a unit is possible, or a text that begins like one."""
        kinds = ["number", "string"] if UNITLESS.intersection(self.dimensions) else "string"
        pattern = r"^\s*[~≈]?\s*[-+−]?\s*(US\$|\$)?\s*[0-9.]"
        return {"type": kinds, "pattern": pattern, "patternErrorMessage": f"This must be {self.words}."}


def _one_of_percentiles(text: str, key: Scalar | None) -> str:
    """Return what to write for ``p99 200 ms`` where one time alone is wanted; nothing where percentiles may stand."""
    said = percentiles(text)
    if not said or key is None or key.text in _WITH_PERCENTILES:
        return ""
    if _PERCENTILE.fullmatch(key.text) and key.text not in said:
        return f"write {' and '.join(f'`{name}: {shorten(value)}`' for name, value in said.items())}"
    return f"write `{said.get(key.text, next(iter(said.values())))}`"


class Integer(Shape[int]):
    """A small whole number that only counts or orders: 1, 2, 3…"""

    words = "a whole number"
    example = "1"

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> int | None:
        """Return the number."""
        node = scalar(node)
        if INTEGER.fullmatch(node.text):
            return int(node.text)
        name = f"`{key.text}`" if key is not None else "this"
        if is_null(node):
            reading.error("LNG010", shown(node, key), f"{name} has no value", "write a whole number")
        else:
            wanted = "from 0 to 99999" if _WHOLE.fullmatch(node.text) else "a whole number"
            message = f"{name} must be {wanted}, not `{shorten(node.text)}`"
            reading.error("LNG005", node.span, message, "write a number from 0 to 99999")
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the number."""
        return {"type": ["integer", "string"], "minimum": 0, "maximum": 99999, "pattern": f"^{INTEGER.pattern}$"}


def inner_span(node: Scalar, start: int, end: int) -> Span:
    """Return the span of a part of a scalar's text, or of the whole scalar where escapes or folds hide the part.

    Args:
        node: The scalar.
        start: Where the part begins in its text.
        end: Where it ends.
    """
    begin, stop, source = node.span
    shift = (stop - begin - len(node.text)) // 2
    if shift not in (0, 1) or stop - begin != len(node.text) + 2 * shift:
        return node.span
    return Span(begin + shift + start, begin + shift + max(end, start), source)
