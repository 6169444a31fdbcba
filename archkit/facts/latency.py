"""Request path and declared times → the critical path, stage by stage, as a lower bound of what a request takes."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.catalog import TYPES
from archkit.facts.derived import Derived, Input, Number, derive, given, seconds, show, under
from archkit.facts.words import listed

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.requests import Hop, RequestPath
    from archkit.model.common import Latency
    from archkit.model.components import Component
    from archkit.quantity import Quantity

PERCENTILES = ("p50", "p95", "p99", "p999", "max")
_PREFERRED = ("p99", "p999", "p95", "max", "p50", "mean")


class Stage(NamedTuple):
    """A component on the request path and its time.

    Attributes:
        id: The component.
        time: What a request spends in it, reads included; None where nothing says so.
        limit: The timeout after which its caller goes on, if one is stated.
    """

    id: str
    time: Number | None
    limit: Input | None

    @property
    def value(self) -> Fraction:
        """Seconds that are sure to count."""
        return self.time.value.value if self.time is not None else Fraction(0)


class Leg(NamedTuple):
    """One step of the critical path.

    Attributes:
        stage: The component.
        wire: Time on the way to it, if known.
        start: Seconds from the request until it is reached.
    """

    stage: Stage
    wire: Number | None
    start: Fraction


class CriticalPath(NamedTuple):
    """The slowest way through the request path.

    Attributes:
        legs: Its components in order, the entry first.
        total: Their sum with the time on the wire, a lower bound where components state no time.
        missing: Components of the whole request path that state no time.
        after: Component → seconds from its end until the answer, along the slowest way.
        before: Component → seconds from the request until it is reached, along the slowest way.
    """

    legs: tuple[Leg, ...]
    total: Derived
    missing: tuple[str, ...]
    after: dict[str, Fraction]
    before: dict[str, Fraction]


class Timing:
    """Times of stages at one percentile.

    Attributes:
        slo: The required time, end to end.
        percentile: The percentile it is required at, as ``p99``; p99 where nothing is required.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph, path: RequestPath) -> None:
        self._blueprint = blueprint
        self._components = graph.components
        self._path = path
        latency = blueprint.requirements.latency
        self.percentile = next((name for name in _PREFERRED if getattr(latency, name) is not None), "p99")
        self.slo = given(latency, self.percentile, f"required {self.percentile}")
        network = blueprint.serving.network
        self._hop = given(network, "hop", "one hop of the network")
        self._client = given(network, "client", "way to the client and back")

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """All components of the request path."""
        return {id_: self._stage(id_) for id_ in self._path.order}

    def _stage(self, id_: str) -> Stage:
        component = self._components[id_]
        limit = given(component, "timeout", f"timeout of `{id_}`")
        limits = [flow.timeout for hop in self._path.before[id_] if (flow := hop.flow) is not None]
        if limit is None and limits and all(limits):
            flow = max((hop.flow for hop in self._path.before[id_] if hop.flow), key=lambda one: _value(one.timeout))
            limit = given(flow, "timeout", f"timeout of `{flow.id}`")
        time = self._longest(self._own(component), self._read(id_))
        longest = _repeated(component, limit)
        if time is not None and longest is not None and longest.value < time.value:
            time = longest
        return Stage(id_, time, limit)

    def _own(self, component: Component) -> Number | None:
        """Return the time that a component states, or that follows from what it states."""
        parts = component.components
        if parts and any(part in self._path for part in parts):
            return None
        once = (
            at_percentile(component.latency, self.percentile, f"`{component.id}`")
            or generation(component)
            or (scoring(component) if component.parallelism is not None else None)
            or self._longest(*(self._own(part) for part in parts.values()))
        )
        return _repeated(component, once)

    def _read(self, id_: str) -> Number | None:
        """Return the slowest of what a component reads, which lies within its own time."""
        flows = self._path.reads.get(id_, ())
        return self._longest(*(self._own(self._components[flow.source]) for flow in flows))

    @staticmethod
    def _longest(*times: Number | None) -> Number | None:
        return max((time for time in times if time is not None), key=lambda time: time.value.value, default=None)

    def wire(self, hop: Hop) -> Number | None:
        """Return the time on the way of a hop."""
        if hop.flow is None:
            return None
        own = at_percentile(hop.flow.latency, self.percentile, f"`{hop.flow.id}`")
        return own or (self._client if hop.source in self._path.entries else self._hop)

    @cached_property
    def critical(self) -> CriticalPath | None:
        """The slowest way; None where there is no request path, or nothing on it states a time."""
        stages, path = self.stages, self._path
        if not path or not any(stage.time for stage in stages.values()):
            return None
        before: dict[str, Fraction] = {}
        came: dict[str, Hop | None] = {}
        for id_ in path.order:
            start, came[id_] = Fraction(0), None
            for hop in path.before[id_]:
                at = before[hop.source] + stages[hop.source].value + _value(_quantity(self.wire(hop)))
                if came[id_] is None or at > start:
                    start, came[id_] = at, hop
            before[id_] = start
        after = self._after()
        last = max(path.order, key=lambda id_: before[id_] + stages[id_].value)
        legs: list[Leg] = []
        at_: str | None = last
        while at_ is not None:
            came_by = came[at_]
            legs.append(Leg(stages[at_], self.wire(came_by) if came_by else None, before[at_]))
            at_ = came_by.source if came_by else None
        legs.reverse()
        missing = tuple(
            id_
            for id_ in path.order
            if stages[id_].time is None and id_ not in path.entries and not self._components[id_].components
        )
        return CriticalPath(tuple(legs), self._total(legs), missing, after, before)

    @cached_property
    def first_token(self) -> Derived | None:
        """The time until the first word can be read: of the last language model on the way, unless it is in a loop."""
        critical = self.critical
        timed = [id_ for id_ in self._path.order if self._components[id_].ttft is not None]
        # An answer that is given without a model, too, is not made of its words, as behind one that rewrites a prompt.
        writers = [id_ for id_ in timed if not self._components[id_].optional]
        if critical is None or not writers:
            return None
        # Of models that are reached at the same time, as behind a router, the one that begins last.
        id_ = max(writers, key=lambda id_: (critical.before[id_], _value(self._components[id_].ttft)))
        own = given(self._components[id_], "ttft", f"time to the first token of `{id_}`")
        if own is None or self._components[id_].calls is not None:
            return None
        start = seconds(critical.before[id_])
        formula = f"{show(start)} until `{id_}` is reached + {show(own.value)}"
        earlier = [stage.time for stage in self.stages.values() if critical.before[stage.id] < start.value]
        assumed = (f"what stands behind `{id_}` passes words on as they come",)
        value = seconds(start.value + own.value.value)
        return derive("latency.first_token", "Time to the first word", value, formula, own, *earlier, assume=assumed)

    def derived(self) -> list[Derived]:
        """Return the times that are known: of computing and writing in each stage, of the whole, and what is left."""
        found: list[Derived] = []
        for component in self._components.values():
            found += [time for time in (scoring(component), generation(component)) if time is not None]
        if self.critical is None:
            return found
        total = self.critical.total
        found.append(total)
        if self.first_token is not None:
            found.append(self.first_token)
        if self.slo is not None:
            left = seconds(self.slo.value.value - total.value.value)
            formula = f"{show(self.slo.value)} − {show(total.value)}"
            found.append(
                derive("latency.left", f"Left of the required {self.percentile}", left, formula, self.slo, total)
            )
        return found

    def _after(self) -> dict[str, Fraction]:
        after: dict[str, Fraction] = {}
        for id_ in reversed(self._path.order):
            after[id_] = max(
                (
                    _value(_quantity(self.wire(hop))) + self.stages[hop.target].value + after[hop.target]
                    for hop in self._path.after[id_]
                ),
                default=Fraction(0),
            )
        return after

    def _total(self, legs: list[Leg]) -> Derived:
        timed = [leg.stage for leg in legs if leg.stage.time is not None]
        wires = [leg.wire for leg in legs if leg.wire is not None]
        value = seconds(sum((stage.value for stage in timed), Fraction(0)) + sum(_value(w.value) for w in wires))
        terms = [f"{stage.id} {show(stage.time.value)}" for stage in timed if stage.time is not None]
        for text, times in _counted(wires).items():
            terms.append(f"{times} × {text}" if times > 1 else text)
        assume = [f"{self.percentile}s are added; that of the sum is seldom higher"]
        silent = [leg.stage.id for leg in legs[1:] if leg.stage.time is None]
        if silent:
            assume.append(f"{listed(silent)} {'states' if len(silent) == 1 else 'state'} no time and counts as 0")
        if self._path.unordered:
            assume.append(f"calls of {listed(self._path.unordered)} are made side by side; `step` numbers order them")
        parts = [*(stage.time for stage in timed), *wires]
        key, name = f"latency.{self.percentile}", f"{self.percentile} of the critical path"
        return derive(key, name, value, " + ".join(terms), *parts, assume=tuple(assume))


def at_percentile(latency: Latency, percentile: str, of: str) -> Input | None:
    """Return a stated time that is at most the one at a percentile: that itself, else the next lower one.

    Args:
        latency: The stated times.
        percentile: ``mean``, or one of ``PERCENTILES``.
        of: What it is the time of, for messages.
    """
    if percentile == "mean":
        return given(latency, "mean", f"mean of {of}")
    for name in reversed(PERCENTILES[: PERCENTILES.index(percentile) + 1]):
        found = given(latency, name, f"{name} of {of}")
        if found is not None:
            return found
    return None


def _repeated(component: Component, once: Number | None) -> Number | None:
    """Return the time of all calls that one request makes of a component, one after the other."""
    calls = given(component, "calls", f"calls of `{component.id}` for one request")
    if once is None or calls is None:
        return once
    value = seconds(once.value.value * calls.value.value)
    formula = f"{show(calls.value)} × {show(once.value)}"
    name = f"Time of all calls of `{component.id}`"
    return derive(f"latency.calls.{component.id}", name, value, formula, calls, once)


def generation(component: Component) -> Derived | None:
    """Return the time in which a language model writes its answer: time to first token + tokens / speed."""
    speed, tokens = component.tokens_per_second, component.tokens_out
    if speed is None or tokens is None or not speed.value:
        return None
    first = given(component, "ttft", f"time to the first token of `{component.id}`")
    value = tokens.value / speed.value + (first.value.value if first is not None else 0)
    formula = f"{show(tokens)} / " + (under(speed) if "/" in show(speed) else f"({show(speed)} / s)")
    if first is not None:
        formula = f"{show(first.value)} + {formula}"
    return derive(
        f"latency.{component.id}", f"Time in which `{component.id}` answers", seconds(value), formula, first,
        given(component, "tokens_out", f"tokens written by `{component.id}`"),
        given(component, "tokens_per_second", f"tokens per second of `{component.id}`"),
    )  # fmt: skip


def scoring(component: Component) -> Derived | None:
    """Return the time in which a component computes all items of one request, or of one input of a batch.

    It is items × time each / parallelism.
    """
    items, each, side = component.in_count, component.cost_per_item, component.parallelism
    if items is None or each is None:
        return None
    divisor = side.value if side is not None and side.value else Fraction(1)
    formula = f"{show(items)} × {show(each)}" + (f" / {show(side)}" if side is not None else "")
    assume = () if side is not None else (f"`{component.id}` computes one item after the other",)
    ahead = (component.tier or TYPES[component.type].tier) == "offline"
    whole = "one input of the batch" if ahead else "one request"
    return derive(
        f"scoring.{component.id}", f"Computing time of `{component.id}` for {whole}",
        seconds(items.value * each.value / divisor), formula,
        given(component, "in_count", f"items that enter `{component.id}`"),
        given(component, "cost_per_item", f"computing time for one item of `{component.id}`"),
        given(component, "parallelism", f"parallelism of `{component.id}`"), assume=assume,
    )  # fmt: skip


def _quantity(number: Number | None) -> Quantity | None:
    return number.value if number is not None else None


def _value(quantity: Quantity | None) -> Fraction:
    return quantity.value if quantity is not None else Fraction(0)


def _counted(wires: list[Number]) -> dict[str, int]:
    found: dict[str, int] = {}
    for wire in wires:
        text = f"{show(wire.value)} {'client' if wire.name.startswith('way') else 'network'}"
        found[text] = found.get(text, 0) + 1
    return found
