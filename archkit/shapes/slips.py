"""A value of the wrong form → how it was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from archkit.quantityhints import EVERY
from archkit.reading import is_null, shorten
from archkit.yamltree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from archkit.shapes.base import Shape
    from archkit.shapes.record import Record

_STAGE = re.compile(r"([a-z][a-z -]*?)(?:\s*[:=(]?\s*([0-9][^()]*?)\)?)?")
_KEY = re.compile(r"([A-Za-z_][\w-]*)(?::\s*|\s+)(\S.*)", re.DOTALL)

CUT = re.compile(r"([A-Za-z]\w*)(:?)\s*([\[{])")
"""A key that is none, for what should part it from its value is missing: ``latency:{p99`` and ``latency {p99``."""

_SAME = {
    # archetypes and tasks
    "recommender": "recommendation", "recsys": "recommendation", "feed": "recommendation", "llm": "generation",
    "chatbot": "generation agent", "edge": "on-device", "recommendation": "ranking", "recommendations": "ranking",
    "learning to rank": "ranking", "ctr prediction": "binary classification", "ctr": "binary classification",
    "click prediction": "binary classification", "object recognition": "object detection", "ner": "sequence labelling",
    "asr": "speech recognition", "tts": "speech synthesis", "ocr": "optical character recognition",
    "embedding": "representation learning", "language modelling": "text generation",
    "language modeling": "text generation", "chat": "text generation", "time series": "forecasting",
    # when and how
    "real time": "online request streaming sync", "realtime": "online request streaming sync", "live": "online",
    "offline": "batch", "nightly": "batch", "on device": "edge", "a/b test": "ab", "a/b": "ab", "ab test": "ab",
    "date": "time", "temporal": "time", "chronological": "time", "user": "group", "http": "sync", "rest": "sync",
    "grpc": "sync", "rpc": "sync", "event": "async stream", "queue": "stream async", "kafka": "stream async",
    "topic": "stream", "database": "table", "db": "table", "sql": "table", "warehouse": "table", "csv": "files",
    # types of features and fields
    "list": "sequence set", "array": "sequence set embedding", "vector": "embedding", "string": "text categorical",
    "str": "text categorical", "int": "numeric", "integer": "numeric", "float": "numeric", "double": "numeric",
    "number": "numeric", "bool": "boolean", "flag": "boolean", "date time": "time", "timestamp": "time",
    "enum": "categorical", "category": "categorical", "moderate": "medium", "normal": "medium", "critical": "high",
}  # fmt: skip
"""What people write → the known words that it may stand for; of those, the ones that are known where it is written."""


def same(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known words that another word stands for: ``realtime`` for ``online`` or ``request``."""
    meant = _SAME.get(" ".join(re.split(r"[\s_-]+", text.strip().lower())), "")
    return tuple(word for word in known if meant == word or (word in meant.split() and meant not in known))


def meant(shape: Shape[Any], node: Node, key: Scalar | None) -> str:
    """Return what to write for a mapping with dashes before its keys, or without a colon behind one; else nothing.

    Args:
        shape: What is wanted.
        node: What is written.
        key: That it is written under, if any.
    """
    cls, _, by_name = shape.inside()
    if type(node) is Scalar and node.plain and cls is not None:
        match = _KEY.match(node.text)
        if match and match[1] in cls.fields:
            return f"write `{match[1]}: {shorten(match[2])}`"
        inner = _in_a_word(cls, node.text) if key is not None and not is_null(node) else ""
        return f"write `{key.text}: {{{inner}}}`" if key is not None and inner else ""
    if type(node) is not Sequence or Mapping not in shape.accepts or not node.items:
        return ""
    if by_name and _named(node.items[0]):
        return keyed(node.items[0])
    entries = [item.entries for item in node.items if isinstance(item, Mapping)]
    if len(entries) < len(node.items) or not all(entries):
        return ""
    below = f" below `{key.text}:`" if key is not None else ""
    return f"leave out the dashes: write `{entries[0][0][0].text}: …`{below} without `- ` before it"


def _in_a_word(cls: type[Record], text: str) -> str:
    """Return the key of a record that one text in its place is most likely meant for, with the text."""
    if "cadence" in cls.fields and text.lower() in EVERY:
        return f"cadence: {EVERY[text.lower()]}"
    for name in ("kind", "positive", "note"):
        known = getattr(cls.fields[name].shape, "known", (text,)) if name in cls.fields else ()
        if text in known:
            return f"{name}: {shorten(text)}"
    return ""


def _named(item: Node) -> tuple[str, str] | None:
    """Return the key and name by which an entry of a list is called, as in ``- name: clicks``, if there is one."""
    entries = item.entries if isinstance(item, Mapping) and len(item.entries) > 1 else ()
    return next(((k.text, v.text) for k, v in entries if k.text in ("name", "id") and isinstance(v, Scalar)), None)


def keyed(item: Node) -> str:
    """Return how an entry of a list that is no name is written by name."""
    if named := _named(item):
        key, name = named
        return f"things are keyed by name: write `{name}:` in place of `- {key}: {name}`, and the rest below it"
    if isinstance(item, Mapping) and len(item.entries) == 1:
        return f"leave out the dash: write `{item.entries[0][0].text}: …`"
    return "write a list of names only, or a mapping from each name to more"


def in_order(text: str, keys: Collection[str]) -> str:
    """Return how known words with a number each are written as a list: ``shadow -> canary 5%`` as two entries.

    Args:
        text: Written where one of the words belongs.
        keys: The words.

    Returns:
        The list or, of one word, its entry; an empty text where something else is written too.
    """
    found = [_STAGE.fullmatch(part.strip()) for part in re.split(r"->|→|=>|,|;|\bthen\b", text[:200])]
    known = [match for match in found if match and match[1] in keys]
    if not known or len(known) < len(found):
        return ""
    # of a split in two, the second half: `ab 50/50`
    parts = [(match[1], re.sub(r"^.*/ *([0-9]+)%?$", r"\1%", match[2] or "")) for match in known]
    entries = [f"{{{word}: {number}}}" if number else word for word, number in parts]
    return entries[0] if len(entries) == 1 else f"[{', '.join(entries)}]"


def names_in(text: str) -> str:
    """Return several names that stand in one text as a list; an empty text where it is one name."""
    names = re.split(r"\s*[,;+&]\s*|\s+and\s+", text.strip())
    return f"[{', '.join(names)}]" if len(names) > 1 and all(re.fullmatch(r"\w[\w.-]*", name) for name in names) else ""


def one_with_more(node: Mapping, keys: Collection[str], fields: Collection[str], short: str) -> str:
    """Return how ``shadow: 1%`` is written with the keys that follow it; an empty text where others follow."""
    (name, value), *rest = node.entries or (((Scalar(node.span, "", True)), node),)
    if name.text not in keys or not isinstance(value, Scalar) or not all(key.text in fields for key, _ in rest):
        return ""
    own = [f"{short}: {value.text}"] if value.text.strip() else []
    more = [f"{key.text}: {shorten(of.text) if isinstance(of, Scalar) else '…'}" for key, of in rest]
    return f"write `{name.text}: {{{', '.join((*own, *more))}}}`"


def apart(text: str, alone: bool) -> str:
    """Return how layers in one text are written as a list: ``512-256-128`` as ``[512, 256, 128]``, or "" for one layer.

    Args:
        text: Written where one layer belongs; ``conv 3 -> 64`` is one, as it may go from 3 channels to 64.
        alone: Whether it is all that is written, and no entry of a list.
    """
    numbers = re.split(r"\s*(?:->|=>|→|[-–,;])\s*", text)
    if len(numbers) > 1 and all(re.fullmatch("[0-9]{1,6}", number) for number in numbers):
        return f"[{', '.join(numbers)}]"
    parts = re.split(r"\s*(?:->|=>|→)\s*", text)
    many = len(parts) > 1 and all(re.search("[A-Za-z]", part) for part in parts)
    if not alone or not all(parts) or not (many or len(parts) > 2):
        return ""
    quoted = (f'"{part}"' if re.search(r"[][{},:#&*\"]", part) else part for part in parts)
    return f"[{', '.join(quoted)}]"
