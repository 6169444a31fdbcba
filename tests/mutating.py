"""Tables of mutations: reading them, and spoiling a blueprint's tree as a row says.

A file ``tests/mutations/NAME.txt`` has a heading ``== BLUEPRINT`` for each blueprint, and below it rows::

    EDIT; EDIT; … => CODE CODE@text …

The edits spoil the blueprint, all at once; the codes are exactly what the rules find in it then and did not find
before (``none`` for nothing). ``CODE@text`` says in addition which stretch of the original text the finding points at.
Edits are

- ``drop PATH``: remove what is written at a path such as ``serving.rollback`` or ``data.deletion.reaches.lake``;
- ``set PATH = YAML``: exchange what is written there, or add it to the mapping that is;
- ``drop flow a -> b``: remove an arrow, from a chain or fan-out too; all that touch a component for ``drop flows a``;
- ``add flow a -> b``, ``add flow a -> b: {kind: deploy}``: add an arrow.

Steps of a path are keys, ids, or for lists the text or the number of an item. ``@ranker.replicas`` begins at the
component ``ranker``, in whichever lane it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from archkit.arrows import Slip, parse_arrows
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence, read

FOLDER = Path(__file__).parent / "mutations"


class Mutation(NamedTuple):
    """A row of a table."""

    blueprint: str
    edits: tuple[str, ...]
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.blueprint}: {'; '.join(self.edits)}"


def table(path: Path) -> Iterator[Mutation]:
    """Yield the rows of a file."""
    blueprint = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("== "):
            blueprint = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            edits, arrow, expected = line.partition(" => ")
            if not arrow or not blueprint:
                raise ValueError(f"{path.name}:{number}: write `EDIT; EDIT => CODES` below `== BLUEPRINT`")
            codes = () if expected.strip() == "none" else tuple(_words(expected))
            yield Mutation(blueprint, tuple(edit.strip() for edit in edits.split("; ")), codes)


def _words(expected: str) -> list[str]:
    """Return the codes of a row; what follows an @ may have spaces, up to two of them or the end."""
    return [word.strip() for word in expected.replace("  ", "\n").split("\n") if word.strip()]


def spoil(tree: Mapping, edit: str) -> Mapping:
    """Return a tree after one edit.

    Raises:
        ValueError: The edit does not fit the tree.
    """
    verb, _, rest = edit.partition(" ")
    if rest.startswith("flow ") or rest.startswith("flows "):
        what, _, arrow = rest.partition(" ")
        change = {"drop": _without_flows if what == "flows" else _without_flow, "add": _with_flow}[verb]
        return _at(tree, ["architecture", "flows"], lambda flows: change(flows, arrow), edit)
    path, _, value = rest.partition(" = ")
    steps = _steps(tree, path.strip())
    if verb == "drop":
        return _at(tree, steps, lambda _: None, edit)
    if verb == "set":
        return _at(tree, steps, lambda old: _parsed(value, old.span if old is not None else tree.span), edit)
    raise ValueError(f"`{edit}` begins with neither drop, set nor add")


def _steps(tree: Mapping, path: str) -> list[str]:
    """Return the steps of a path; those of a component that is named by @id alone are looked up."""
    steps = path.split(".")
    if path.startswith("@"):
        lanes = _child(_child(tree, "architecture"), "lanes")
        for lane, inner in lanes.entries if isinstance(lanes, Mapping) else ():
            held = _child(inner, "components") if _child(inner, "components") is not None else inner
            if _child(held, steps[0][1:]) is not None:
                above = ["architecture", "lanes", lane.text, *(["components"] if held is not inner else [])]
                return [*above, steps[0][1:], *steps[1:]]
        raise ValueError(f"no component is called {steps[0]}")
    return steps


def _child(node: Node | None, step: str) -> Node | None:
    if isinstance(node, Mapping):
        return next((value for key, value in node.entries if key.text == step), None)
    return None


Change = Callable[[Node | None], Node | None]


def _at(node: Node, steps: list[str], change: Change, edit: str) -> Mapping:
    found = _changed(node, steps, change, edit)
    assert isinstance(found, Mapping)
    return found


def _changed(node: Node, steps: list[str], change: Change, edit: str) -> Node | None:
    """Return a node in which what stands at a path is changed."""
    if not steps:
        return change(node)
    if isinstance(node, Mapping):
        # Keys may have dots in them, as `p99.9`.
        for size in range(1, len(steps) + 1):
            name = ".".join(steps[:size])
            if any(key.text == name for key, _value in node.entries):
                entries = []
                for key, value in node.entries:
                    new = _changed(value, steps[size:], change, edit) if key.text == name else value
                    if new is not None:
                        entries.append((key, new))
                return Mapping(node.span, tuple(entries))
        new = change(None) if len(steps) == 1 else None
        if new is not None:
            return Mapping(node.span, (*node.entries, (Scalar(node.span, steps[0], True), new)))
    elif isinstance(node, Sequence):
        texts = [item.text if isinstance(item, Scalar) else "" for item in node.items]
        number = texts.index(steps[0]) if steps[0] in texts else int(steps[0]) if steps[0].isdigit() else -1
        if 0 <= number < len(node.items):
            changed = _changed(node.items[number], steps[1:], change, edit)
            items = (*node.items[:number], *([changed] if changed is not None else []), *node.items[number + 1 :])
            return Sequence(node.span, items)
    raise ValueError(f"`{edit}`: nothing is written at `{steps[0]}`")


def _parsed(text: str, span: Span) -> Node:
    tree, found = read(Source("edit", text + "\n"), 0)
    if tree is None or found:
        raise ValueError(f"`{text}` is no YAML: {found}")
    return _moved(tree, span)


def _moved(node: Node, span: Span) -> Node:
    """Return a node as if it stood at a place."""
    if isinstance(node, Mapping):
        entries = tuple((Scalar(span, key.text, key.plain), _moved(value, span)) for key, value in node.entries)
        return Mapping(span, entries)
    if isinstance(node, Sequence):
        return Sequence(span, tuple(_moved(item, span) for item in node.items))
    return Scalar(span, node.text, node.plain)


def _with_flow(flows: Node | None, arrow: str) -> Node:
    assert isinstance(flows, Sequence)
    return Sequence(flows.span, (*flows.items, _parsed(arrow, flows.span)))


def _without_flow(flows: Node | None, arrow: str) -> Node:
    source, kind, target = arrow.split(" ")
    return _filtered(flows, lambda hop: hop == (source, kind, target), arrow)


def _without_flows(flows: Node | None, id_: str) -> Node:
    return _filtered(flows, lambda hop: id_ in (hop[0], hop[2]), id_)


def _filtered(flows: Node | None, gone: Callable[[tuple[str, str, str]], bool], what: str) -> Node:
    """Return the list of flows without some hops, of which there must be one at least."""
    assert isinstance(flows, Sequence)
    items: list[Node] = []
    found = False
    for item in flows.items:
        key, value = item.entries[0] if isinstance(item, Mapping) else (item, None)
        assert isinstance(key, Scalar)
        hops = parse_arrows(key.text)
        assert not isinstance(hops, Slip), key.text
        kept = [hop for hop in hops if not gone((hop.source.text, hop.arrow, hop.target.text))]
        if len(kept) == len(hops):
            items.append(item)
            continue
        found = True
        for hop in kept:
            name = Scalar(key.span, f"{hop.source.text} {hop.arrow} {hop.target.text}", True)
            items.append(Mapping(item.span, ((name, value),)) if value is not None else name)
    if not found:
        raise ValueError(f"no flow is `{what}`")
    return Sequence(flows.span, tuple(items))
