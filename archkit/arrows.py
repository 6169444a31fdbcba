"""Arrow text, such as ``a -> b & c ~> d`` → its hops with the place of every id."""

from __future__ import annotations

import re
from typing import NamedTuple

ARROWS = {"->": "sync", "~>": "async", "..>": "feedback"}
"""The arrows of the language and the kind of flow that each means by itself."""

LONGEST_ID = 80
_LONGEST_ENTRY = 400  # in which another notation is looked for

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<id>\w+(?:[-.]\w+)*)|(?P<arrow>(?:->|~>|\.\.>)(?![-=~.<>|→]))|(?P<mark>[&,\[\]])"
    r"|(?P<wrong>[-=~.<>|→⇒⟶←⇐↔—–]+)|(?P<other>.)",
    re.DOTALL,
)
_ID = r"(\w+(?:[-.]\w+)*)"
_PLAIN = re.compile(rf"{_ID}\s+(->|~>|\.\.>)\s+{_ID}")  # as nearly all are, read at once
_LABELLED = tuple(
    re.compile(form)
    for form in (
        rf"{_ID}\s*[-=.~]+>?\|\s*([^|]+?)\s*\|>?\s*{_ID}",  # a -->|label| b
        rf"{_ID}\s*[-=.~]+(?<!>)\s*(\w[^|<>]*?)\s*[-=.~]+>\s*{_ID}",  # a -- label --> b
    )
)
_BEHIND = re.compile(
    rf"{_ID}\s*(->|~>|\.\.>)\s*{_ID}\s*(?:\(\s*([^()]+?)\s*\)|:(\S.*))"
)  # a -> b (label), a -> b:label
_BACK = re.compile(rf"{_ID}\s*(?:<[-=.~]*(>?)|([←⇐])|(↔))\s*{_ID}")
_SENTENCE = re.compile(r"\w+(?:[-.]\w+)*(?:[ \t]+\w+(?:[-.]\w+)*)+")
_QUOTED = re.compile(r"([\"'])(.+?)\1")
_AND = frozenset(("and", "or", "plus", "und"))
_EXAMPLE = "write it like `a -> b` or `a -> b & c -> d`"


class Name(NamedTuple):
    """An id in an arrow text, with the offsets where it starts and ends."""

    text: str
    start: int
    end: int


class Hop(NamedTuple):
    """One arrow between two ids; ``number`` counts the arrows of a text from 0, the same for all hops of a fan-out."""

    source: Name
    arrow: str
    target: Name
    number: int


class Slip(NamedTuple):
    """What is wrong with an arrow text, and where in it."""

    message: str
    hint: str
    start: int
    end: int


def has_arrow(text: str) -> bool:
    """Return whether a text looks as if an arrow was meant."""
    return ">" in text or "→" in text


def parse_arrows(text: str) -> list[Hop] | Slip:
    """Read an arrow text.

    Grammar: ``ends (ARROW ends)+``, where ``ends`` is ``id (& id)*`` or ``[id, id…]`` and ``ARROW`` is one of ARROWS.

    Returns:
        The hops in the order written, every source of an arrow with every target of it; or the first slip.
    """
    if plain := _PLAIN.fullmatch(text):
        tail, arrow, head = plain.groups()
        if len(tail) <= LONGEST_ID and len(head) <= LONGEST_ID:
            return [Hop(Name(tail, 0, len(tail)), arrow, Name(head, plain.start(3), len(text)), 0)]
    found = _parsed(text)
    if isinstance(found, Slip) and len(text) < _LONGEST_ENTRY:
        return found._replace(hint=_meant(text.strip()) or found.hint)
    return found


def _parsed(text: str) -> list[Hop] | Slip:
    ends: list[list[Name]] = [[]]
    arrows: list[str] = []
    open_at = joint = -1  # where a bracket or an "&" waits for what follows
    for found in _TOKEN.finditer(text):
        kind, word, (start, end) = found.lastgroup, found.group(), found.span()
        if kind == "id" and len(word) > LONGEST_ID:
            return Slip(f"the id `{word[:20]}…` is too long", f"ids have at most {LONGEST_ID} characters", start, end)
        if kind == "id":
            if ends[-1] and joint < 0:
                return _two_words(text, ends[-1][-1])
            ends[-1].append(Name(word, start, end))
            joint = -1
        elif kind == "arrow":
            if not ends[-1] or joint >= 0 or open_at >= 0:
                return Slip(f"an id is missing before `{word}`", _EXAMPLE, start, end)
            arrows.append(word)
            ends.append([])
        elif word == "[" and not ends[-1] and open_at < 0:
            open_at = start
        elif word == "]" and open_at >= 0 and ends[-1] and joint < 0:
            open_at = -1
        elif word in ("&", ",") and ends[-1] and joint < 0 and (word == "&" or open_at >= 0):
            joint = start
        elif kind != "space":
            return _strange(kind or "", word, text, start, end)
    if not ends[-1] or joint >= 0 or open_at >= 0:
        return Slip("an id is missing at the end of the arrow", _EXAMPLE, max(len(text.rstrip()) - 1, 0), len(text))
    if not arrows:
        return Slip(f"`{text.strip()[:40]}` has no arrow", _EXAMPLE, 0, len(text))
    return [
        Hop(source, arrow, target, number)
        for number, arrow in enumerate(arrows)
        for source in ends[number]
        for target in ends[number + 1]
    ]


def _meant(text: str) -> str:
    """Return how a whole entry in the notation of another program is written, or an empty text."""
    for form in _LABELLED:
        if match := form.fullmatch(text):
            return f"a label stands behind the arrow: write `{match[1]} -> {match[3]}: {match[2]}`"
    if match := _BEHIND.fullmatch(text):
        tail, arrow, head, *labels = match.groups()
        return f"a label stands behind a colon and a space: write `{tail} {arrow} {head}: {labels[0] or labels[1]}`"
    if match := _BACK.fullmatch(text):
        tail, both, _, double, head = match.groups()
        if both or double:
            return f"write two arrows: `{tail} -> {head}` and `{head} -> {tail}`"
        return f"arrows point to the right: write `{head} -> {tail}`"
    return ""


def _two_words(text: str, before: Name) -> Slip:
    match = _SENTENCE.match(text, before.start)
    assert match is not None  # noqa: S101  two ids have just been read
    words = match.group().split()
    said = f"`{match.group()[:60]}` is not one id"
    if _AND.intersection(words[1:-1]):
        ends = "_".join(words)
        for word in _AND.intersection(words[1:-1]):
            ends = ends.replace(f"_{word}_", " & ")
        return Slip(said, f"several ends are joined by `&`: write `{ends}`", before.start, match.end())
    arrow = f"`{words[0]} -> {words[1]}`, " if len(words) == 2 and not has_arrow(text) else ""
    one, several = "_".join(words), " & ".join(words)
    many = "two" if len(words) == 2 else "several"
    hint = f"write {arrow}the id `{one}`, or `{several}` for {many} ids; titles may have spaces"
    return Slip(said, hint, before.start, match.end())


def _strange(kind: str, word: str, text: str, start: int, end: int) -> Slip:
    if word == "|":
        return Slip("`|` is not an arrow", "several ends are joined by `&`, as in `a & b -> c`", start, end)
    if kind == "wrong":
        if word[0] in "<←⇐↔":
            return Slip(f"`{word}` is not an arrow", "arrows point to the right, as in `b -> a`", start, end)
        right = "~>" if "~" in word else "..>" if "." in word else "->"
        return Slip(f"`{word}` is not an arrow", f"write `{right}` (arrows are `->`, `~>` and `..>`)", start, end)
    if quoted := _QUOTED.match(text, start):
        made = "_".join(re.findall(r"\w+", quoted[2]))
        return Slip(f"`{quoted[0]}` is not an id", f"ids stand without quotes: write `{made}`", start, quoted.end())
    hint = "several ends are joined by `&`, as in `a -> b & c`" if word in "[],&+" else _EXAMPLE
    return Slip(f"`{word}` is out of place in an arrow", hint, start, end)
