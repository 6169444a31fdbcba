"""Graph figure → the steps in which one would draw it on a whiteboard: a request, then learning, then watching."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from archkit.picture import Edge, GraphFigure, Node, Step

MOST = 16
"""Steps of one figure at most, as long as it is not only larger than anybody could draw."""

_FEW_NODES, _FEW_EDGES = 3, 5  # what one step shows at ease
_NAMED = 4  # titles that a caption lists
_ASKING = frozenset(("user", "app", "phone"))  # glyphs of those who make requests, unlike people who review
_STORES = frozenset(("cylinder", "document"))
_SIDES = {"data": "learn", "training": "learn", "indexing": "learn", "monitoring": "watch"}


class Move(NamedTuple):
    """Arrows and nodes that are drawn together.

    Attributes:
        phase: What they belong to, a key of the captions.
        edges: Numbers of the arrows.
        nodes: Ids of nodes that are new.
    """

    phase: str
    edges: tuple[int, ...]
    nodes: tuple[str, ...]


def whiteboard(figure: GraphFigure) -> tuple[Step, ...]:
    """Return the steps of a figure; together they show all of it, each thing once.

    The order is that of an interview: who asks and what is asked first, the way of a request in the order of its
    numbers (by distance where there are none), what is read on it, what happens when something fails, then how examples
    are made and a model is learned, how it is deployed, what flows back, and what watches it all.

    Args:
        figure: Any graph figure.
    """
    moves = _bounded(_Board(figure).moves())
    lane_of = {node.id: node.lane for node in figure.nodes}
    drawn: set[str] = set()
    lanes: set[str] = set()
    clusters: set[str] = set()
    steps = []
    for move in moves:
        drawn.update(move.nodes)
        new_lanes = [lane_of[id_] for id_ in move.nodes if lane_of[id_] not in lanes]
        complete = [c.id for c in figure.clusters if c.id not in clusters and drawn.issuperset(figure.within(c.id))]
        lanes.update(new_lanes)
        clusters.update(complete)
        caption = _caption(figure, move)
        steps.append(Step(caption, move.nodes, move.edges, tuple(dict.fromkeys(new_lanes)), tuple(complete)))
    return tuple(steps)


class _Board:
    """What has been drawn so far."""

    def __init__(self, figure: GraphFigure) -> None:
        self._figure = figure
        self._nodes = {node.id: node for node in figure.nodes}
        roles = {lane.id: lane.role for lane in figure.lanes}
        self._side = {node.id: _SIDES.get(roles.get(node.lane, ""), "serve") for node in figure.nodes}
        self._phase = [self._phase_of(edge) for edge in figure.edges]
        self._seen: dict[str, None] = {}
        self._done: set[int] = set()
        self._found: list[Move] = []

    def moves(self) -> list[Move]:
        """Return everything in order, in small moves."""
        self._numbered()
        if not self._found:
            self._begin("request")
        self._onwards("request")
        self._at_once("read")
        self._at_once("fallback")
        self._onwards("request", beside=True)
        self._onwards("human")
        self._begin("learn")
        self._onwards("learn", beside=True)
        while self._begin("learn", anew=True):
            self._onwards("learn", beside=True)
        for phase in ("deploy", "record", "feedback"):
            self._at_once(phase)
        self._onwards("watch", only_new=True)
        self._at_once("watch")
        for phase in ("request", "read", "human", "learn"):
            self._at_once(phase)
        rest = [node for node in self._nodes if node not in self._seen]
        if rest:
            self._draw("rest", (), rest)
        return self._found

    def _phase_of(self, edge: Edge) -> str:
        tail, head = self._side[edge.tail], self._side[edge.head]
        if edge.step:
            return "request"
        if "watch" in (tail, head):
            return "watch"
        if edge.style in ("deploy", "mirror"):
            return "deploy"
        if edge.style in ("fallback", "human"):
            return edge.style
        if edge.style == "feedback":
            return "feedback"
        if tail == head == "learn":
            return "learn"
        if tail == "serve" and head == "learn":
            return "read" if edge.style == "request" else "record"
        if tail == "learn" or self._nodes[edge.tail].shape in _STORES:
            return "read"
        return "request"

    def _numbered(self) -> None:
        """Draw the arrows that the author numbers, in that order."""
        edges = self._figure.edges
        for step in sorted({edge.step for edge in edges if edge.step}):
            self._draw("request", [at for at, edge in enumerate(edges) if edge.step == step])

    def _begin(self, phase: str, *, anew: bool = False) -> bool:
        """Draw where the ways of a phase begin: those who ask, else what no other arrow of the phase leads to.

        Args:
            phase: Of the arrows.
            anew: Begin once more where nothing leads to what is left; otherwise only where nothing has begun.

        Returns:
            Whether there was anything to draw.
        """
        edges = self._figure.edges
        numbers = self._waiting(phase) if anew else [at for at, each in enumerate(self._phase) if each == phase]
        ends = [(edges[at].tail, edges[at].head) for at in numbers]
        tails = dict.fromkeys(tail for tail, _ in ends)
        if not tails or (not anew and any(tail in self._seen for tail in tails)):
            return False
        fed = {head for tail, head in ends if tail != head}
        people = [tail for tail in tails if self._nodes[tail].glyph in _ASKING] if phase == "request" else []
        starts = people or [tail for tail in tails if tail not in fed] or [*tails]
        if not people and (phase == "request" or anew):
            starts = starts[:1]  # other ways in come where they are met
        # With their first arrows: a box alone says little.
        self._draw(phase, [at for at in numbers if edges[at].tail in starts], starts)
        return True

    def _onwards(self, phase: str, *, only_new: bool = False, beside: bool = False) -> None:
        """Draw the arrows of a phase that leave what is drawn, again and again.

        Args:
            phase: Of the arrows.
            only_new: Leave those out that join nothing new.
            beside: Then go on with those that lead to what is drawn, from beside the way.
        """
        while True:
            waiting = self._waiting(phase)
            layer = [at for at in waiting if self._figure.edges[at].tail in self._seen]
            if only_new:
                layer = [at for at in layer if self._figure.edges[at].head not in self._seen]
            if not layer and beside:
                layer = [at for at in waiting if self._figure.edges[at].head in self._seen]
            if not layer:
                return
            self._draw(phase, layer)

    def _at_once(self, phase: str) -> None:
        waiting = self._waiting(phase)
        if waiting:
            self._draw(phase, waiting)

    def _waiting(self, phase: str) -> list[int]:
        return [at for at, each in enumerate(self._phase) if each == phase and at not in self._done]

    def _draw(self, phase: str, edges: Sequence[int], nodes: Iterable[str] = ()) -> None:
        ends = [end for at in edges for end in (self._figure.edges[at].tail, self._figure.edges[at].head)]
        new = [id_ for id_ in dict.fromkeys((*nodes, *ends)) if id_ not in self._seen]
        self._seen |= dict.fromkeys(new)
        self._done.update(edges)
        self._found.append(Move(phase, tuple(edges), tuple(new)))


def _bounded(moves: Sequence[Move]) -> list[Move]:
    """Join neighbouring moves of a phase: small ones always but for those of a request, others while there are many."""
    found = list(moves)
    for at in range(len(found) - 2, -1, -1):
        joint = _joined(found[at], found[at + 1])
        few = joint is not None and len(joint.nodes) <= _FEW_NODES and len(joint.edges) <= _FEW_EDGES
        if few and joint is not None and (joint.phase != "request" or not joint.nodes):
            found[at : at + 2] = [joint]
    while len(found) > MOST:
        pairs = [(at, joint) for at in range(len(found) - 1) if (joint := _joined(found[at], found[at + 1]))]
        if not pairs:
            break
        at, joint = min(pairs, key=lambda pair: (len(pair[1].nodes) + len(pair[1].edges) / 4, pair[0]))
        found[at : at + 2] = [joint]
    return found


def _joined(first: Move, second: Move) -> Move | None:
    if first.phase != second.phase:
        return None
    return Move(first.phase, first.edges + second.edges, first.nodes + second.nodes)


def _caption(figure: GraphFigure, move: Move) -> str:
    """Say what a move adds."""
    nodes = {node.id: node for node in figure.nodes}
    edges = [figure.edges[at] for at in move.edges]
    if move.phase == "request":
        first = min(figure.edges, key=lambda edge: edge.step or len(figure.edges) + 1)
        asked = nodes[first.tail].glyph in _ASKING if first.step else any(n.glyph in _ASKING for n in figure.nodes)
        return _request(nodes, edges, move, "A request" if asked else "The main path")
    lead, subject = _LEADS[move.phase]
    ids = dict.fromkeys(subject(edges)) if move.phase in ("read", "fallback") else dict.fromkeys(move.nodes)
    if ids:
        return f"{lead}: {_titles(nodes, ids)}"
    return f"{lead}: {_ways(nodes, edges)}"


_LEADS: dict[str, tuple[str, Callable[[Sequence[Edge]], list[str]]]] = {
    "read": ("What is read on the way", lambda edges: [edge.tail for edge in edges]),
    "fallback": ("When something fails", lambda edges: [edge.head for edge in edges]),
    "human": ("People", lambda edges: [edge.head for edge in edges]),
    "learn": ("Learning", lambda edges: [edge.head for edge in edges]),
    "deploy": ("Deployment", lambda edges: []),
    "record": ("What is recorded", lambda edges: []),
    "feedback": ("What flows back", lambda edges: []),
    "watch": ("Watching over it", lambda edges: []),
    "rest": ("Besides", lambda edges: []),
}


def _request(nodes: dict[str, Node], edges: Sequence[Edge], move: Move, lead: str) -> str:
    steps = sorted({edge.step for edge in edges if edge.step})
    if steps:
        lead += f", step {steps[0]}" if len(steps) == 1 else f", steps {steps[0]} to {steps[-1]}"
    if not edges:
        return f"{lead}: {_titles(nodes, move.nodes)}"
    labels = [label for label in dict.fromkeys(edge.label for edge in edges) if label]
    what = f" ({labels[0]})" if len(labels) == 1 else ""
    return f"{lead}: {_ways(nodes, edges)}{what}"


def _ways(nodes: dict[str, Node], edges: Sequence[Edge]) -> str:
    """Return arrows in words: ``A and B → C``, one way where they all begin or end together, else several."""
    tails, heads = dict.fromkeys(e.tail for e in edges), dict.fromkeys(e.head for e in edges)
    if len(tails) == 1 or len(heads) == 1:
        return f"{_titles(nodes, tails)} → {_titles(nodes, heads)}"
    pairs = dict.fromkeys((edge.tail, edge.head) for edge in edges)
    said = [f"{nodes[tail].title} → {nodes[head].title}" for tail, head in pairs]
    return _series(said, "; ", "; ", 3)


def _titles(nodes: dict[str, Node], ids: Iterable[str]) -> str:
    return _series([nodes[id_].title for id_ in ids], ", ", " and ", _NAMED)


def _series(said: Sequence[str], between: str, last: str, most: int) -> str:
    if len(said) > most:
        return f"{between.join(said[: most - 1])} and {len(said) - most + 1} more"
    return f"{between.join(said[:-1])}{last if len(said) > 1 else ''}{said[-1]}" if said else ""
