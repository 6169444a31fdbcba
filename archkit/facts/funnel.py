"""Graph and item counts → the stages of a funnel in order, with what feeds each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Derived, Input, count, derive, given, show

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.requests import RequestPath
    from archkit.model.components import Component
    from archkit.model.flows import Flow

NARROWING = frozenset(
    (
        "candidate_source", "retriever", "index", "merger", "filter", "light_predictor", "predictor", "heuristic",
        "reranker", "combiner", "calibrator", "explorer", "post", "router", "service", "other", "query", "encoder",
    )
)  # fmt: skip
"""Roles that choose among items: what leaves them is a part of what enters."""

_CARRYING = frozenset(("sync", "async", "stream", "batch"))
_MOST_FEEDERS = 64


class FunnelStage(NamedTuple):
    """A component that states how many items enter or leave it.

    Attributes:
        id: The component.
        enter: Items that enter for one request.
        leave: Items that leave.
        feeders: Stages whose items enter it, directly or by way of components that state no counts.
        arriving: Share of what leaves each feeder that components on the way do not declare to drop.
        exact: Whether all of that arrives: no arrow on the way is for a part of the traffic only, and no two ways from
            one feeder drop different shares.
    """

    id: str
    enter: Input | None
    leave: Input | None
    feeders: tuple[str, ...]
    arriving: tuple[Fraction, ...]
    exact: bool


class Fed(NamedTuple):
    """What flows into a component.

    Attributes:
        stages: The nearest stages upstream → the share of what leaves each that is not dropped on the way.
        sources: Candidate sources upstream whose items have not been brought together yet.
        exact: As for ``FunnelStage``.
    """

    stages: Mapping[str, Fraction]
    sources: tuple[str, ...]
    exact: bool


class Funnel:
    """The stages of a blueprint's funnel.

    Attributes:
        page: Results shown at once, as written.
        corpus: Items that can be chosen from, as written.
        joins: Component at which several candidate sources meet → those sources.
        stages: Stages by id, each after those that feed it.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph, path: RequestPath) -> None:
        self._graph = graph
        self._components = graph.components
        self._path = path
        self.page = given(blueprint.requirements, "page_size", "page size")
        self.corpus = given(blueprint.requirements.scale, "items", "items")
        spare = {flow.target for flow in graph.flows if flow.kind == "fallback"}
        spare.update(id_ for component in self._components.values() for id_ in component.fallback)
        self._spare = {id_ for id_ in spare if id_ not in path}
        self.joins: dict[str, tuple[str, ...]] = {}
        self._fed: dict[str, Fed] = {}
        self._kept: dict[str, list[tuple[str, Flow | None]]] = {}
        self._order = self._sorted()
        for id_ in self._order:
            self._fed[id_] = self._feed(id_)
        self.stages: dict[str, FunnelStage] = {id_: self._stage(id_) for id_ in self._order if self._counted(id_)}

    def _counted(self, id_: str) -> bool:
        component = self._components[id_]
        stated = component.in_count is not None or component.out_count is not None
        return stated and self._graph.role(id_) in NARROWING

    def _stage(self, id_: str) -> FunnelStage:
        component, fed = self._components[id_], self._fed[id_]
        enter = given(component, "in_count", f"items that enter `{id_}`")
        leave = given(component, "out_count", f"items that leave `{id_}`")
        return FunnelStage(id_, enter, leave, tuple(fed.stages), tuple(fed.stages.values()), fed.exact)

    def _into(self, id_: str) -> list[tuple[str, Flow | None]]:
        """Return where items may come from, and the arrow they come by."""
        if id_ in self._path:
            called: list[tuple[str, Flow | None]] = [(hop.source, hop.flow) for hop in self._path.before[id_]]
            return called + [(flow.source, flow) for flow in self._path.reads.get(id_, ())]
        return [(flow.source, flow) for flow in self._graph.into[id_] if flow.kind in _CARRYING]

    def _sorted(self) -> list[str]:
        """Return all components, each after those that feed it; arrows that close a circle are left out."""
        done: list[str] = []
        open_: dict[str, bool] = {}
        for root in self._components:
            if root in open_:
                continue
            open_[root] = True
            self._kept[root] = []
            stack = [(root, iter(self._into(root)))]
            while stack:
                at, sources = stack[-1]
                found = next(sources, None)
                if found is None:
                    stack.pop()
                    open_[at] = False
                    done.append(at)
                    continue
                source, _ = found
                if open_.get(source):
                    continue
                self._kept[at].append(found)
                if source not in open_:
                    open_[source] = True
                    self._kept[source] = []
                    stack.append((source, iter(self._into(source))))
        return done

    def _feed(self, id_: str) -> Fed:
        stages: dict[str, Fraction] = {}
        sources: dict[str, None] = {}
        exact = True
        for source, flow in self._kept[id_]:
            role = self._graph.role(source)
            if source in self._spare or role in ("fallback", "entry"):
                continue
            fed = self._fed[source]
            found: dict[str, Fraction] = {}
            if self._counted(source):
                found = {source: Fraction(1)}
            elif role in NARROWING or role == "gateway":  # between a device and its cloud
                left = survivors(self._components[source])
                found = {stage: share * left for stage, share in fed.stages.items()}
                exact = exact and fed.exact
            for stage, share in found.items():
                exact = exact and stages.get(stage, share) == share
                stages[stage] = max(share, stages.get(stage, share))
            sources.update(dict.fromkeys(fed.sources))
            if flow is not None and fed.stages and (flow.traffic is not None or flow.condition):
                exact = False
        exact = exact and len(stages) <= _MOST_FEEDERS
        kept = dict(islice(stages.items(), _MOST_FEEDERS))
        return Fed(kept, self._joined(id_, tuple(sources)), exact)

    def _joined(self, id_: str, sources: tuple[str, ...]) -> tuple[str, ...]:
        """Note where candidate sources meet; return those that go on from a component, brought together."""
        role = self._graph.role(id_)
        if role not in NARROWING:
            return ()
        if len(sources) > 1:
            self.joins[id_] = sources
            return (id_,)
        return sources or ((id_,) if role == "candidate_source" else ())

    @cached_property
    def last(self) -> tuple[FunnelStage, ...]:
        """The stages that feed no other."""
        feeding = {id_ for stage in self.stages.values() for id_ in stage.feeders}
        return tuple(stage for stage in self.stages.values() if stage.id not in feeding)

    def arriving(self, stage: FunnelStage) -> Fraction | None:
        """Return how many items arrive from all feeders of a stage; None where one does not say how many leave it."""
        total = Fraction(0)
        for id_, share in zip(stage.feeders, stage.arriving, strict=True):
            leave = self.stages[id_].leave
            if leave is None:
                return None
            total += leave.value.value * share
        return total if stage.feeders else None

    def parts(self, id_: str) -> list[FunnelStage]:
        """Return the last stages inside a component, however deep; empty where one of them states no count."""
        inner = {part.id for part in self._components[id_].inside() if not part.components}
        drawn = [part for part in inner if self._graph.into[part] or self._graph.out[part]]
        last = [part for part in drawn if not any(flow.target in inner for flow in self._graph.out[part])]
        found = [stage for part, stage in self.stages.items() if part in last and stage.leave is not None]
        return found if len(found) == len(last) else []

    def derived(self) -> list[Derived]:
        """Return how much the whole funnel narrows, where its ends are known."""
        corpus, last = self.corpus, [stage for stage in self.last if stage.leave is not None]
        if corpus is None or len(last) != 1 or last[0].leave is None or not last[0].leave.value.value:
            return []
        leave = last[0].leave
        value = count(corpus.value.value / leave.value.value)
        formula = f"{show(corpus.value)} / {show(leave.value)}"
        return [derive("funnel.narrowing", "Items for each one that is shown", value, formula, corpus, leave)]


def survivors(component: Component) -> Fraction:
    """Return the share of items that a component's declared removals leave."""
    left = Fraction(1)
    for part in (component.removes, component.dedup):
        if part is not None:
            left *= 1 - part.value
    return left
