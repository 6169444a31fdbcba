"""Prices, replicas and tokens → what running and training the system costs."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Derived, Input, Number, count, derive, given, share, show
from archkit.quantity import Dimension, Quantity
from archkit.units import MONTH

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.load import Load
    from archkit.facts.requests import RequestPath
    from archkit.facts.traffic import Traffic
    from archkit.model.components import Component
    from archkit.model.modelling import Training


class Bill(NamedTuple):
    """What is known to be spent on something, and what may be.

    Attributes:
        spent: What follows from prices, a lower bound.
        budget: What is allowed, as written.
        allowed: The budget in the unit of what is spent.
    """

    spent: Derived
    budget: Input
    allowed: Quantity


_PAUSE = 3600
"""Seconds between two runs of a batch from which on its machines are given back."""

_NAMED = 5
"""Parts of the cost of a month that its sum names, largest first."""


class Cost:
    """What is known of the cost; whatever has no price is not in it, so that all of it is a lower bound."""

    def __init__(self, blueprint: Blueprint, graph: Graph, path: RequestPath, traffic: Traffic, load: Load) -> None:
        self._blueprint = blueprint
        self._components = graph.components
        self._path = path
        self._traffic = traffic
        self._load = load

    @cached_property
    def replicas(self) -> list[Derived]:
        """Cost per month of components: as stated, else replicas × price, for batches while they run."""
        found = (self._component(component) for component in self._components.values())
        return [one for one in found if one is not None]

    def _component(self, component: Component) -> Derived | None:
        id_ = component.id
        key, name = f"cost.{id_}", f"Cost of `{id_}` per month"
        stated = given(component, "cost", f"cost of `{id_}`")
        if stated is not None:
            return derive(key, name, _money(stated.value.value * MONTH), show(stated.value), stated)
        price, replicas = given(component, "price", f"price of one replica of `{id_}`"), component.replicas
        if price is None or replicas is None:
            return None
        written = given(component, "replicas", f"replicas of `{id_}`")
        value, formula = replicas.value * price.value.value * MONTH, f"{show(replicas)} × {show(price.value)} × 30 d"
        every = given(component, "cadence", f"time between two runs of `{id_}`")
        takes = given(component, "duration", f"one run of `{id_}`")
        if every is None or takes is None or every.value.value < takes.value.value + _PAUSE:
            return derive(key, name, _money(value), formula, written, price)
        value, formula = (
            value * takes.value.value / every.value.value,
            f"{formula} × {show(takes.value)} / {show(every.value)}",
        )
        paid = f"machines of `{id_}` are paid for while it runs"
        return derive(key, name, _money(value), formula, written, price, takes, every, assume=(paid,))

    @cached_property
    def runs(self) -> list[tuple[Training, Derived]]:
        """Trainings and what one run of each costs."""
        modelling = self._blueprint.model
        found = []
        for training in (modelling.training, *modelling.trainings.values()):
            devices = given(training, "devices", "accelerators for training")
            price = given(training, "price", "price of one accelerator")
            time = given(training, "duration", "training")
            if devices is None or price is None or time is None:
                continue
            value = _money(devices.value.value * price.value.value * time.value.value)
            formula = f"{show(devices.value)} × {show(price.value)} × {show(time.value)}"
            of = f".{training.id}" if training is not modelling.training else ""
            name = "Cost of one training" + (f", `{training.id}`" if of else "")
            derived = derive(f"cost.training_run{of}", name, value, formula, devices, price, time)
            found.append((training, derived))
        return found

    @cached_property
    def training(self) -> list[Derived]:
        """Cost of trainings per month."""
        found = []
        for training, run in self.runs:
            every = given(training, "cadence", "time between two trainings")
            if every is None or not every.value.value:
                continue
            value = _money(run.value.value * MONTH / every.value.value)
            formula = f"{show(run.value)} × 30 d / {show(every.value)}"
            key, name = (
                run.key.replace("training_run", "training"),
                run.name.replace("one training", "training per month"),
            )
            found.append(derive(key, name, value, formula, run, every))
        return found

    @cached_property
    def tokens(self) -> list[Derived]:
        """Cost of tokens for one request of each language model that states prices."""
        found = (self._tokens(component) for component in self._components.values())
        return [one for one in found if one is not None]

    def _tokens(self, component: Component) -> Derived | None:
        id_ = component.id
        parts: list[Input] = []
        terms: list[str] = []
        value = Fraction(0)
        for amount, price, verb in (("tokens_in", "price_in", "read"), ("tokens_out", "price_out", "written")):
            tokens = given(component, amount, f"tokens {verb} by `{id_}`")
            each = given(component, price, f"price of tokens {verb} by `{id_}`")
            if tokens is not None and each is not None:
                parts += (tokens, each)
                terms.append(f"{show(tokens.value)} × {show(each.value)}")
                value += tokens.value.value * each.value.value
        if not parts:
            return None
        name, formula = f"Tokens of `{id_}` for one request", " + ".join(terms)
        calls = given(component, "calls", f"calls of `{id_}` for one request")
        # Caches and routers keep some requests from it; where nobody says how many, all of them are counted.
        part = self._load.shares.get(id_, Fraction(1))
        times = [show(calls.value)] if calls is not None else []
        times += [show(share(part))] if part != 1 else []
        if times:
            formula = " × ".join((*times, f"({formula})" if len(terms) > 1 else formula))
        once = f"`{id_}` is called once for a request" + (" that reaches it" if part != 1 else "")
        value *= part * (calls.value.value if calls is not None else 1)
        assumed = (once,) if calls is None else ()
        return derive(f"cost.tokens.{id_}", name, _money(value), formula, calls, *parts, assume=assumed)

    @cached_property
    def per_request(self) -> Derived | None:
        """Cost of all tokens for one request."""
        online = [one for one in self.tokens if one.key.removeprefix("cost.tokens.") in self._path]
        if len(online) < 2:
            return online[0] if online else None
        value = _money(sum(one.value.value for one in online))
        formula = " + ".join(show(one.value) for one in online)
        return derive("cost.per_request", "Tokens for one request", value, formula, *online)

    @cached_property
    def monthly(self) -> Derived | None:
        """All that is known to be spent in a month."""
        parts = [*self.replicas, *self.training]
        if self.per_request is not None and self._traffic.per_day is not None:
            requests, each = self._traffic.per_day, self.per_request
            value = _money(each.value.value * requests.value.value * 30)
            formula = f"{show(each.value)} × {show(requests.value)} × 30 d"
            parts.append(derive("cost.tokens", "Tokens per month", value, formula, each, requests))
        if not parts:
            return None
        value = _money(sum(part.value.value for part in parts))
        largest = sorted(parts, key=lambda part: -part.value.value)
        named = largest if len(parts) <= _NAMED + 1 else largest[:_NAMED]
        shown = [f"{_short(part)} {show(part.value)}" for part in named]
        if rest := largest[len(named) :]:
            shown.append(f"{len(rest)} more {show(_money(sum(part.value.value for part in rest)))}")
        return derive(
            "cost.month", "Known cost per month", value, " + ".join(shown), *parts,
            assume=("whatever states no price is not counted",),
        )  # fmt: skip

    @cached_property
    def per_thousand(self) -> Derived | None:
        """Known cost of a thousand requests."""
        month, requests = self.monthly, self._traffic.per_day
        if month is None or requests is None or not requests.value.value:
            return None
        value = _money(month.value.value * 1000 / (requests.value.value * 30))
        formula = f"{show(month.value)} × 1,000 / ({show(requests.value)} × 30 d)"
        return derive("cost.per_1000", "Known cost of 1,000 requests", value, formula, month, requests)

    @cached_property
    def bills(self) -> list[Bill]:
        """All budgets that something is known about, with what is spent."""
        found: list[Bill] = []
        for record in (self._blueprint.requirements.budget, self._blueprint.serving.budget):
            total, each = given(record, "total", "budget"), given(record, "per_request", "budget for one request")
            once = given(record, "training", "budget for one training")
            if total is not None and self.monthly is not None:
                found.append(Bill(self.monthly, total, _money(total.value.value * MONTH)))
            if each is not None and self.per_request is not None:
                found.append(Bill(self.per_request, each, _money(each.value.value)))
            if once is not None:
                found += (Bill(run, once, once.value) for _, run in self.runs)
        for component in self._components.values():
            each = given(component, "budget", f"budget of `{component.id}` for one run")
            if each is not None and self.per_request is not None and component.id in self._path:
                found.append(Bill(self.per_request, each, each.value))
        return found

    def prompts(self) -> list[Derived]:
        """Return tokens of the prompts that are made of instructions and passages."""
        found = []
        for id_, component in self._components.items():
            chunks, each = (
                given(component, "chunks", "passages"),
                given(component, "chunk_tokens", "tokens of one passage"),
            )
            if chunks is None or each is None:
                continue
            own = given(component, "instructions", "tokens of the instructions")
            value = count(chunks.value.value * each.value.value + (own.value.value if own is not None else 0))
            formula = f"{show(chunks.value)} × {show(each.value)}" + (
                f" + {show(own.value)}" if own is not None else ""
            )
            found.append(derive(f"tokens.{id_}", f"Tokens put together by `{id_}`", value, formula, chunks, each, own))
        return found

    def derived(self) -> list[Derived]:
        """Return all costs that are known."""
        totals: list[Number | None] = [self.per_request, self.monthly, self.per_thousand]
        runs = [run for _, run in self.runs]
        known = [*self.replicas, *runs, *self.training, *self.tokens]
        rest = [one for one in totals if isinstance(one, Derived) and one not in known]
        return [*known, *rest]


def _short(part: Derived) -> str:
    """Return what a part of the cost is for: a component, the training or one of the others, or tokens."""
    what = part.key.removeprefix("cost.")
    kind, _, of = what.partition(".")
    if kind == "training":
        return f"training of `{of}`" if of else kind
    return kind if what == "tokens" else f"`{what}`"


def _money(value: Fraction | int) -> Quantity:
    return Quantity(Fraction(value), Dimension.MONEY)
