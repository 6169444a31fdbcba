"""What a blueprint wants to stand out, explained or left out in a figure → the figure with its marks, and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from archkit.arrows import has_arrow, parse_arrows
from archkit.blocks import Boxed
from archkit.diagnostics import Diagnostic, Severity
from archkit.figures.scope import covered
from archkit.picture import Callout, Cluster, Edge, GraphFigure, Lane, Node
from archkit.pictures import Picture, walk
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.source import Span

_Part = TypeVar("_Part", Node, Edge, Lane, Cluster)


def annotated(figure: GraphFigure | Picture, blueprint: Blueprint, spec: FigureSpec) -> GraphFigure | Picture:
    """Return a figure with what stands out and what is explained; ids that it does not show are passed over.

    Args:
        figure: As planned.
        blueprint: What it is drawn from.
        spec: The entry under ``figures:`` with ``highlight`` and ``callouts``.
    """
    named = _Named(figure, blueprint)
    strong = frozenset(part for id_ in spec.highlight for part in named.parts(id_))
    found = [(named.parts(id_)[0], text) for id_, text in spec.callouts.items() if named.parts(id_)]
    callouts = tuple(Callout(_letters(number), text, part) for number, (part, text) in enumerate(found))
    if isinstance(figure, Picture):
        return replace(figure, highlight=strong, callouts=callouts)
    marks: dict[str, str] = {}
    for callout in callouts:
        # Two explanations of one thing carry both letters.
        marks[callout.of] = marks.get(callout.of, "") + callout.mark
    return _marked(figure, strong, marks, callouts)


def _letters(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    before = _letters(number // 26 - 1) if number >= 26 else ""
    return before + ascii_uppercase[number % 26]


def _marked(
    figure: GraphFigure, strong: frozenset[str], marks: Mapping[str, str], callouts: tuple[Callout, ...]
) -> GraphFigure:
    around = {node.id: {node.id, node.lane} for node in figure.nodes}
    for cluster in reversed(figure.clusters):  # inner ones come after their outer ones
        for member in cluster.members:
            around[member] |= {cluster.id, *_outer(figure, cluster)}

    def mark(part: _Part, name: str) -> _Part:
        return replace(part, stress="strong" if name in strong else part.stress, mark=marks.get(name, ""))

    def node(part: Node) -> Node:
        # What is neither named nor inside of something that is steps back. An arrow alone leaves its ends as they are.
        spared = around[part.id] | {end for edge in figure.edges if edge.name in strong for end in _ends(edge, part)}
        aside = bool(strong) and not strong & spared
        return mark(replace(part, stress="muted") if aside else part, part.id)

    taken = {node.id for node in figure.nodes} | {cluster.id for cluster in figure.clusters}
    return replace(
        figure,
        nodes=tuple(node(part) for part in figure.nodes),
        edges=tuple(mark(part, part.name) for part in figure.edges),
        lanes=tuple(part if part.id in taken else mark(part, part.id) for part in figure.lanes),
        clusters=tuple(mark(part, part.id) for part in figure.clusters),
        callouts=callouts,
        description=" ".join([figure.description, *_in_words(figure, strong, callouts)]),
    )


def _in_words(figure: GraphFigure, strong: frozenset[str], callouts: Iterable[Callout]) -> Iterable[str]:
    titles = {lane.id: lane.title for lane in figure.lanes}
    titles |= {cluster.id: cluster.title for cluster in figure.clusters}
    titles |= {node.id: node.title for node in figure.nodes}
    titles |= {edge.name: f"{titles[edge.tail]} to {titles[edge.head]}" for edge in figure.edges}
    if strong:
        yield f"In focus: {', '.join(title for id_, title in titles.items() if id_ in strong)}."
    for each in callouts:
        yield f"{each.mark}, {titles[each.of]}: {each.text}."


def _ends(edge: Edge, node: Node) -> Iterable[str]:
    return (edge.name,) if node.id in (edge.tail, edge.head) else ()


def _outer(figure: GraphFigure, cluster: Cluster) -> list[str]:
    by_id = {each.id: each for each in figure.clusters}
    found = []
    while cluster.parent in by_id:
        cluster = by_id[cluster.parent]
        found.append(cluster.id)
    return found


class _Named:
    """What a figure shows, by the ids that a blueprint may call it."""

    def __init__(self, figure: GraphFigure | Picture, blueprint: Blueprint) -> None:
        self._components = blueprint.architecture.components
        if isinstance(figure, Picture):
            boxes = (block.id for block in walk(figure.body) if isinstance(block, Boxed) and block.id)
            self.ids, self._arrows = tuple(dict.fromkeys(boxes)), set[str]()
        else:
            ids = [*(p.id for p in figure.nodes), *(p.id for p in figure.clusters), *(p.id for p in figure.lanes)]
            self.ids, self._arrows = tuple(dict.fromkeys(ids)), {edge.name for edge in figure.edges}
        self._shown = frozenset(self.ids)
        self._boxes = self._collapsed(figure, blueprint)

    @staticmethod
    def _collapsed(figure: GraphFigure | Picture, blueprint: Blueprint) -> dict[str, str]:
        """Return component → the box of a group or lane that stands for it."""
        if isinstance(figure, Picture):
            return {}
        of = {node.id: covered(blueprint.architecture, [node.id]) for node in figure.nodes}
        return {id_: box for box, inside in of.items() for id_ in inside if id_ != box}

    def parts(self, name: str) -> list[str]:
        """Return what is shown of an id, or of an arrow such as ``a -> b``; nothing where it is not shown.

        A component that is inside another one which is drawn as a whole is shown by that.
        """
        if not has_arrow(name):
            part = self._visible(name)
            return [part] if part else []
        hops = parse_arrows(name)
        if not isinstance(hops, list):
            return []
        arrows = [f"{self._visible(hop.source.text)} → {self._visible(hop.target.text)}" for hop in hops]
        return arrows if self._arrows.issuperset(arrows) else []

    def _visible(self, id_: str) -> str:
        while id_ not in self._shown and id_ in self._components:
            id_ = self._boxes.get(id_) or self._components[id_].parent
        return id_ if id_ in self._shown else ""


class _Wish(NamedTuple):
    """An id that a figure is to do something with, and where that is written."""

    verb: str
    name: str
    span: Span


def doubts(figure: GraphFigure | Picture, blueprint: Blueprint, spec: FigureSpec) -> list[Diagnostic]:
    """Report ids under a figure that nothing has, and wishes that it cannot grant.

    Args:
        figure: As planned from the entry.
        blueprint: What it is drawn from.
        spec: The entry under ``figures:``.
    """
    marks = [_Wish("highlight", name, spec.at("highlight", at)) for at, name in enumerate(spec.highlight)]
    marks += [_Wish("callouts", name, spec.key_at("callouts", name)) for name in spec.callouts]
    cuts = [_Wish("hide", name, spec.at("hide", at)) for at, name in enumerate(spec.hide)]
    cuts += [_Wish("collapse", name, spec.at("collapse", at)) for at, name in enumerate(spec.collapse)]
    cuts += [_Wish("zoom", spec.zoom, spec.at("zoom"))] if spec.zoom else []
    architecture = blueprint.architecture
    declared = (*architecture.components, *architecture.groups, *architecture.lanes)
    named = _Named(figure, blueprint)
    found = []
    for wish in cuts:
        if isinstance(figure, Picture):
            message = f"`{wish.verb}` is for figures of the architecture; `{spec.kind}` is none"
            found.append(_warning(message, wish.span, f"take out `{wish.verb}`"))
        elif wish.name not in declared:
            found.append(_unknown(wish, declared, "component, group or lane"))
        elif wish.verb == "collapse" and not covered(architecture, [wish.name]) - {wish.name}:
            message = f"`{wish.name}` has nothing inside that could be drawn as one box"
            found.append(_warning(message, wish.span, "name a group, a lane or a component with parts"))
    for wish in marks:
        if named.parts(wish.name):
            continue
        what = "arrow" if has_arrow(wish.name) else "component, group or lane"
        if isinstance(figure, Picture):
            found.append(_unknown(wish, named.ids, f"box of `{spec.name}`"))
        elif wish.name in declared or (what == "arrow" and _known_arrow(wish.name, blueprint)):
            message = f"`{wish.name}` is not shown in the figure `{spec.name}`"
            found.append(_warning(message, wish.span, f"take it out of `{wish.verb}`, or show it"))
        else:
            arrows = [f"{flow.source} -> {flow.target}" for flow in architecture.flows]
            found.append(_unknown(wish, arrows if what == "arrow" else declared, what))
    return found


def _known_arrow(name: str, blueprint: Blueprint) -> bool:
    hops = parse_arrows(name)
    ends = {(flow.source, flow.target) for flow in blueprint.architecture.flows}
    return isinstance(hops, list) and all((hop.source.text, hop.target.text) in ends for hop in hops)


def _warning(message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic("FIG005", Severity.WARNING, message, span, hint)


def _unknown(wish: _Wish, known: Iterable[str], what: str) -> Diagnostic:
    names = list(dict.fromkeys(known))
    meant = nearest(wish.name, names)
    some = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    hint = (
        f"did you mean `{meant}`?" if meant else f"there are {some}{more}" if names else f"no {what} is declared so far"
    )
    return Diagnostic("FIG004", Severity.ERROR, f"no {what} is called `{wish.name}`", wish.span, hint)
