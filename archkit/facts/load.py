"""Traffic and request path → what each component is asked for, and what its replicas can do."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Derived, Number, count, derive, given, per_second, share, show, under
from archkit.facts.words import mentions

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.requests import Hop, RequestPath
    from archkit.facts.traffic import Traffic
    from archkit.model.components import Component
    from archkit.model.flows import Flow

_REQUESTS = ("requests", "request", "queries", "query", "calls", "users", "searches", "pages", "lookups", "prompts",
             "questions", "sessions", "messages")  # fmt: skip


_CHOOSING = frozenset(("router", "experiment", "agent", "gateway", "gate"))
"""Roles that may send a request one way or another where several ways lead on."""

_ASKED_TOGETHER = frozenset(("candidate_source", "retriever", "index", "feature_store", "store", "cache"))
"""Roles that are asked side by side, so that even a gateway asks all of them."""

_NONE, _ALL = Fraction(0), Fraction(1)


class Capacity(NamedTuple):
    """What a component is asked for and what it can do, in the same unit.

    Attributes:
        id: The component.
        asked: Items or requests per second at peak.
        able: The same that its replicas do at the load they are planned for.
        busy: Share of all that its replicas can do.
        needed: Replicas that the load needs.
        unit: ``requests``, or ``items`` where its throughput counts those.
    """

    id: str
    asked: Derived
    able: Derived
    busy: Derived
    needed: Derived
    unit: str


class Load:
    """How the traffic spreads over components.

    A component's load is a lower bound: what is known to reach it. Parts of the traffic that arrows, caches and routers
    send elsewhere are left out, and where nobody says how much that is, there is no load.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph, path: RequestPath, traffic: Traffic) -> None:
        self._serving = blueprint.serving
        self._graph = graph
        self._components = graph.components
        self._path = path
        self._traffic = traffic

    @cached_property
    def shares(self) -> dict[str, Fraction]:
        """Component on the request path → the share of all requests that is sure to reach it, if above zero."""
        start = self._start
        if start is None:
            return {}
        found: dict[str, Fraction] = {}
        for id_ in self._path.order:
            if id_ in self._path.entries and id_ != start:
                continue
            arriving = [found.get(hop.source, _NONE) * self._taken(hop) for hop in self._path.before[id_]]
            own = self._components[id_].traffic
            first = id_ == start or not arriving
            part = min(_ALL if first else max(arriving), own.value if own is not None else _ALL)
            if part:
                found[id_] = part
        for id_, flows in self._path.reads.items():
            for flow in flows:
                part = found.get(id_, _NONE) * (_NONE if flow.condition else _portion(flow))
                if part > found.get(flow.source, _NONE) and self._graph.role(flow.source) != "cache":
                    found[flow.source] = part
        return found

    @property
    def _start(self) -> str | None:
        """Where all requests are: the one who sends them, or the one whom all senders call; None where none is known.

        A person in front of an app sends nothing beside what the app sends.
        """
        callers = [id_ for id_ in self._path.entries if self._path.after[id_]]
        if len(callers) == 1:
            return callers[0]
        called = {hop.target for id_ in callers for hop in self._path.after[id_]}
        return called.pop() if len(called) == 1 else None

    def _taken(self, hop: Hop) -> Fraction:
        """Return the share of what reaches the source of a hop that is sure to go on that way."""
        if hop.flow is None:
            return _ALL
        if hop.flow.traffic is not None:
            return hop.flow.traffic.value
        source = self._components[hop.flow.source]
        if hop.flow.condition or self._elsewhere(source, self._graph.role(hop.target)):
            return _NONE
        part = _ALL
        for cache in {hop.source, *(other.target for other in self._path.after[source.id])} & self._caches:
            hit = self._components[cache].hit_rate
            if cache != hop.target:
                part *= 1 - hit.value if hit is not None else _NONE
        return part

    @cached_property
    def _caches(self) -> frozenset[str]:
        return frozenset(id_ for id_ in self._path.order if self._graph.role(id_) == "cache")

    def _elsewhere(self, source: Component, target: str) -> bool:
        """Return whether a request may go another way than to a component of some role."""
        if len(self._path.after[source.id]) < 2 or source.shards is not None:
            return False
        if target == "action":
            return True
        return self._graph.role(source.id) in _CHOOSING and target not in _ASKED_TOGETHER

    def requests(self, id_: str) -> Derived | None:
        """Return the requests per second that reach a component in the busiest hour, as far as is known."""
        component = self._components[id_]
        own = given(component, "qps", f"requests per second of `{id_}`")
        name = f"Requests per second that reach `{id_}` at peak"
        if own is not None:
            factor = self._traffic.factor
            value = per_second(own.value.value * (factor.value.value if factor is not None else 1))
            formula = show(own.value) + (f" × {show(factor.value)}" if factor is not None else "")
            return derive(f"load.{id_}", name, value, formula, own, factor)
        busiest, part = self._traffic.busiest, self.shares.get(id_)
        if busiest is None or not part:
            return None
        calls = given(component, "calls", f"calls of `{id_}` for one request")
        value = per_second(busiest.value.value * part * (calls.value.value if calls is not None else 1))
        formula = f"{show(busiest.value)} × {show(share(part))}" if part != 1 else "all requests at peak"
        if calls is not None:
            formula = (formula if part != 1 else show(busiest.value)) + f" × {show(calls.value)} calls"
        return derive(f"load.{id_}", name, value, formula, busiest, calls)

    @cached_property
    def capacities(self) -> dict[str, Capacity]:
        """All components whose load, throughput and replicas are known."""
        found = {id_: self._capacity(component) for id_, component in self._components.items()}
        return {id_: capacity for id_, capacity in found.items() if capacity is not None}

    def derived(self) -> list[Derived]:
        """Return what is asked of components, what they can do, and the replicas that they need."""
        found: list[Derived] = []
        for one in self.capacities.values():
            found += (one.asked, one.able, one.busy, one.needed)
        return found

    def _capacity(self, component: Component) -> Capacity | None:
        id_ = component.id
        replicas = given(component, "replicas", f"replicas of `{id_}`")
        throughput = given(component, "throughput", f"throughput of one replica of `{id_}`")
        load = self.requests(id_) if replicas and throughput else None
        if replicas is None or throughput is None or load is None:
            return None
        unit = "items" if per_item(component) else "requests"
        asked = self._asked(component, load) if unit == "items" else load
        limit = self._limit(component)
        bound = limit.value.value if limit is not None else Fraction(1)
        all_of_it = replicas.value.value * throughput.value.value
        if not all_of_it or not bound:
            return None
        formula = f"{show(replicas.value)} × {show(throughput.value)}"
        able = derive(
            f"capacity.{id_}", f"{unit.capitalize()} per second that `{id_}` can do", per_second(all_of_it * bound),
            formula + (f" × {show(limit.value)}" if limit is not None else ""), replicas, throughput, limit,
            assume=() if limit is not None else (f"`{id_}` may be fully loaded: no target utilisation is stated",),
        )  # fmt: skip
        busy = derive(
            f"utilisation.{id_}", f"Utilisation of `{id_}` at peak", share(asked.value.value / all_of_it),
            f"{show(asked.value)} / ({formula})", asked, replicas, throughput,
        )  # fmt: skip
        needed = -(-asked.value.value // (throughput.value.value * bound))
        each = f"({show(throughput.value)} × {show(limit.value)})" if limit is not None else under(throughput.value)
        wanted = derive(
            f"replicas.{id_}", f"Replicas that `{id_}` needs", count(needed),
            f"{show(asked.value)} / {each}, rounded up", asked, throughput, limit,
        )  # fmt: skip
        return Capacity(id_, asked, able, busy, wanted, unit)

    def _asked(self, component: Component, load: Derived) -> Derived:
        items = given(component, "in_count", f"items that enter `{component.id}`")
        if items is None:
            return load
        guessed = component.throughput is not None and not component.throughput.noun
        assumed = f"the throughput of `{component.id}` counts items, as its `cost_per_item` suggests"
        return derive(
            f"items.{component.id}", f"Items per second that `{component.id}` computes at peak",
            per_second(load.value.value * items.value.value), f"{show(load.value)} × {show(items.value)}", load, items,
            assume=(assumed,) if guessed else (),
        )  # fmt: skip

    def _limit(self, component: Component) -> Number | None:
        return given(component, "utilisation", f"load at which `{component.id}` is full") or given(
            self._serving, "target_utilisation", "target utilisation"
        )


def per_item(component: Component) -> bool:
    """Return whether a component's throughput counts items rather than requests.

    Where the unit names what is counted (``300k videos / s``), that decides. Where it does not, a throughput that the
    computing time of one item allows for items, but not for whole requests, counts items.
    """
    throughput, items, each = component.throughput, component.in_count, component.cost_per_item
    if throughput is None or items is None:
        return False
    if throughput.noun:
        return not mentions(throughput.noun, *_REQUESTS)
    if each is None or not each.value or items.value <= 1:
        return False
    side = component.parallelism.value if component.parallelism is not None else Fraction(1)
    return throughput.value > side / (each.value * items.value) * 2


def _portion(flow: Flow) -> Fraction:
    return _ALL if flow.traffic is None else flow.traffic.value
