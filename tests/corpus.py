"""The corpus of small blueprints: reading the files, what they expect, and their content as JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from archkit.source import Source
from archkit.yamltree import Mapping, Node, Sequence, read

FOLDER = Path(__file__).parent / "data" / "language"
VALID = sorted((FOLDER / "valid").glob("*.yaml"))
INVALID = sorted((FOLDER / "invalid").glob("*.yaml"))

_MARK = re.compile(r"^(?P<before>\s*#\s*)(?P<carets>\^+)\s+(?P<rest>[A-Z]{3}\d{3}.*)$")
_AT = re.compile(r"^\s*# at (?P<line>\d+):(?P<column>\d+) (?P<rest>[A-Z]{3}\d{3}.*)$")


class Expectation(NamedTuple):
    """A finding that a file says must be found.

    ``# ^^^ CODE`` stands below the line that it is about, its carets under the place. ``# at LINE:COLUMN CODE`` stands
    anywhere and leaves the end open (``length`` -1). After the code may stand words of the message or hint.
    """

    code: str
    line: int
    column: int
    length: int
    words: str


def expectations(text: str) -> list[Expectation]:
    """Return what the comments of a file expect."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        mark, at = _MARK.match(line), _AT.match(line)
        if mark:
            about = number - 1
            while _MARK.match(lines[about - 1]):
                about -= 1
            code, _, words = mark["rest"].partition(" ")
            found.append(Expectation(code, about, len(mark["before"]) + 1, len(mark["carets"]), words))
        elif at:
            code, _, words = at["rest"].partition(" ")
            found.append(Expectation(code, int(at["line"]), int(at["column"]), -1, words))
    return found


def seen_by_schema(text: str) -> bool:
    """Return whether a file says in its first line that the JSON Schema sees its mistakes, too."""
    said = text.splitlines()[0]
    if said not in ("# schema: sees", "# schema: blind"):
        raise ValueError("an invalid file begins with `# schema: sees` or `# schema: blind`")
    return said == "# schema: sees"


def as_json(text: str) -> Any:
    """Return a YAML text as an editor sees it: values resolved by the core schema of YAML 1.2."""
    tree, _ = read(Source("test", text), 0)
    assert tree is not None
    return _json(tree)


def _json(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _json(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_json(item) for item in node.items]
    if not node.plain:
        return node.text
    if node.text in ("", "~", "null", "Null", "NULL"):
        return None
    if node.text.lower() in ("true", "false"):
        return node.text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text


TEXTS = [path.read_text("utf-8") for path in (*VALID, *INVALID) if path.stem != "full"]
BITS = [
    *(
        "a -> b",
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "\n",
        "  ",
        "&a ",
        "*a",
        "<<: *a",
        "~",
        "null",
        "true",
        '"',
        "'",
        "#",
        "|\n",
    ),
    *(
        "->",
        "~>",
        "..>",
        " & ",
        "waive: {SRV03: x}",
        "components: {a: cache}",
        "members: [a]",
        "5 GB",
        "1e400",
        "-1",
        "\t",
    ),
    *(
        "é",
        "\u2028",
        "\x07",
        "🙂",
        "include: [x.yaml]",
        "groups: {g: [g]}",
        "lanes: {l: [a]}",
        "? ",
        "! ",
        "%",
        "@",
        "`",
    ),
    *("kind: ", "x-y: 1", "blueprint: 1"),
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A file of the corpus with a few pieces cut out, put in, doubled or taken from elsewhere in it."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        other = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(["", text[start:end] * 2, text[other : other + 30], *BITS]))
        text = text[:start] + piece + text[end:]
    return text
