"""Items, people and machines → how long batches and trainings take, and how much people can review."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.catalog import TYPES
from archkit.facts.derived import Derived, Input, Number, count, derive, given, per_second, seconds, show, under
from archkit.units import DAY

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.facts.requests import RequestPath
    from archkit.facts.traffic import Traffic
    from archkit.model.components import Component
    from archkit.model.modelling import Training


class Run(NamedTuple):
    """One run over many items.

    Attributes:
        takes: How long it takes.
        limits: What it has to fit into, as written: its window, duration or period.
        rate: The throughput it is computed from, as written.
    """

    takes: Derived
    limits: tuple[Input, ...]
    rate: Input


class Cycle(NamedTuple):
    """Training, evaluating and deploying once.

    Attributes:
        parts: How long each takes, as written.
        takes: All of them together.
        periods: How often it is done, as written.
    """

    parts: tuple[Input, ...]
    takes: Derived
    periods: tuple[Input, ...]


class Review(NamedTuple):
    """People who look at what was flagged.

    Attributes:
        id: The component.
        flagged: Items that reach them on a day.
        able: Items that they decide on a day.
        people: How many they are, as written.
    """

    id: str
    flagged: Derived
    able: Derived
    people: Input


class Work:
    """What is done outside requests, and how long it takes."""

    def __init__(self, blueprint: Blueprint, graph: Graph, path: RequestPath, traffic: Traffic) -> None:
        self._blueprint = blueprint
        self._graph = graph
        self._path = path
        self._traffic = traffic

    @cached_property
    def runs(self) -> list[Run]:
        """Batches whose items and throughput are known."""
        found = [self._batch(), *(self._run(component) for component in self._graph.components.values())]
        return [run for run in found if run is not None]

    def _batch(self) -> Run | None:
        """Return the run that the serving section describes; its throughput is that of all workers."""
        batch = self._blueprint.serving.batch
        items, rate = given(batch, "items", "items of one batch"), given(batch, "throughput", "throughput of the batch")
        if items is None or rate is None or not rate.value.value:
            return None
        limits = (given(batch, "window", "time for one batch"), given(batch, "period", "time between two batches"))
        value = seconds(items.value.value / rate.value.value)
        formula = f"{show(items.value)} / {under(rate.value)}"
        takes = derive("batch.serving", "Time for one batch of predictions", value, formula, items, rate)
        return Run(takes, tuple(limit for limit in limits if limit is not None), rate)

    def _run(self, component: Component) -> Run | None:
        """Return the run of a component that works through all its items on a schedule."""
        id_ = component.id
        items, rate = (
            given(component, "items", f"items of `{id_}`"),
            given(component, "throughput", f"throughput of one replica of `{id_}`"),
        )
        replicas = given(component, "replicas", f"replicas of `{id_}`")
        every = given(component, "cadence", f"time between two runs of `{id_}`")
        if items is None or rate is None or replicas is None or every is None or not self._offline(component):
            return None
        able = rate.value.value * replicas.value.value
        if not able:
            return None
        limits = [given(component, "duration", f"time of one run of `{id_}`"), every]
        formula = f"{show(items.value)} / ({show(replicas.value)} × {show(rate.value)})"
        value = seconds(items.value.value / able)
        takes = derive(f"batch.{id_}", f"Time for one run of `{id_}`", value, formula, items, replicas, rate)
        return Run(takes, tuple(limit for limit in limits if limit is not None), rate)

    def _offline(self, component: Component) -> bool:
        tier = component.tier or TYPES[component.type].tier
        return tier != "online" and component.id not in self._path

    @cached_property
    def streams(self) -> list[tuple[str, Derived, Derived]]:
        """Component → items per second that it must process all the time, and those that it can."""
        found = []
        for id_, component in self._graph.components.items():
            rate = given(component, "throughput", f"throughput of one replica of `{id_}`")
            replicas = given(component, "replicas", f"replicas of `{id_}`")
            asked = self._arriving(component)
            if rate is None or replicas is None or asked is None or component.cadence is not None:
                continue
            limit = given(component, "utilisation", f"load at which `{id_}` is full")
            bound = limit.value.value if limit is not None else Fraction(1)
            formula = f"{show(replicas.value)} × {show(rate.value)}" + (f" × {show(limit.value)}" if limit else "")
            value = per_second(replicas.value.value * rate.value.value * bound)
            name = f"Items per second that `{id_}` can process"
            found.append((id_, asked, derive(f"capacity.{id_}", name, value, formula, replicas, rate, limit)))
        return found

    def _arriving(self, component: Component) -> Derived | None:
        """Return what a component must keep up with: new items of an index, or the batch that is required."""
        role = TYPES[component.type].role
        if component.id in self._path or component.guessed:
            return None
        if role == "indexer":
            return self._traffic.new_items_rate
        batch = "batch" in self._blueprint.serving.modes or component.type == "batch_inference"
        return self._traffic.batch_rate if role in ("predictor", "light_predictor") and batch else None

    @cached_property
    def cycles(self) -> list[Cycle]:
        """Trainings whose duration is known."""
        modelling = self._blueprint.model
        every = [modelling.training, *modelling.trainings.values()]
        found = [self._cycle(training) for training in every if training]
        return [cycle for cycle in found if cycle is not None]

    def _cycle(self, training: Training) -> Cycle | None:
        names = {"duration": "training", "evaluation_duration": "evaluation", "deploy_duration": "deployment"}
        parts = [part for field, name in names.items() if (part := given(training, field, name)) is not None]
        if not parts or training.duration is None:
            return None
        periods = [given(training, "cadence", "time between two trainings")]
        if training is self._blueprint.model.training and not self._blueprint.model.trainings:
            periods.append(given(self._blueprint.monitoring.retrain, "cadence", "time between two retrainings"))
        value = seconds(sum(part.value.value for part in parts))
        formula = " + ".join(f"{part.name} {show(part.value)}" for part in parts)
        of = f".{training.id}" if training is not self._blueprint.model.training else ""
        name = "Time from data to a model in service" + (f", `{training.id}`" if of else "")
        takes = derive(f"training.cycle{of}", name, value, formula, *parts)
        return Cycle(tuple(parts), takes, tuple(period for period in periods if period is not None))

    @cached_property
    def example_rates(self) -> list[Derived]:
        """Examples per second that trainings work through: examples × epochs / duration."""
        modelling = self._blueprint.model
        found = []
        for training in (modelling.training, *modelling.trainings.values()):
            examples, time = given(training, "examples", "training examples"), given(training, "duration", "training")
            if examples is None or time is None or not time.value.value:
                continue
            epochs = given(training, "epochs", "epochs")
            times = epochs.value.value if epochs is not None else Fraction(1)
            value = per_second(examples.value.value * times / time.value.value)
            formula = show(examples.value) + (f" × {show(epochs.value)}" if epochs is not None else "")
            of = f".{training.id}" if training is not modelling.training else ""
            name = "Examples per second while training" + (f", `{training.id}`" if of else "")
            found.append(
                derive(
                    f"training.examples{of}", name, value,
                    f"{formula} / {show(time.value)}", examples, epochs, time,
                    assume=() if epochs is not None else ("each example is seen once",),
                )
            )  # fmt: skip
        return found

    @cached_property
    def rounds(self) -> list[Derived]:
        """The time of one round of federated trainings, the updates they need, and how many of each device."""
        modelling, found = self._blueprint.model, []
        for training in (modelling.training, *modelling.trainings.values()):
            of = f".{training.id}" if training is not modelling.training else ""
            said = f", `{training.id}`" if of else ""
            rounds = given(training.federated, "rounds", "rounds")
            each = given(training.federated, "clients_per_round", "devices in one round")
            everybody = given(training.federated, "clients", "devices that can take part")
            time = given(training, "duration", "training")
            if rounds is None or not rounds.value.value:
                continue
            if time is not None:
                value, name = seconds(time.value.value / rounds.value.value), f"Time of one round{said}"
                formula = f"{show(time.value)} / {show(rounds.value)}"
                found.append(derive(f"training.round{of}", name, value, formula, time, rounds))
            if each is None:
                continue
            total, formula = count(each.value.value * rounds.value.value), f"{show(each.value)} × {show(rounds.value)}"
            name = f"Updates that devices send for one model{said}"
            found.append(derive(f"training.updates{of}", name, total, formula, each, rounds))
            if everybody is not None and everybody.value.value:
                part = count(total.value / everybody.value.value)
                name = f"Turns of one device for one model, on average{said}"
                formula = f"{formula} / {show(everybody.value)}"
                found.append(derive(f"training.turns{of}", name, part, formula, each, rounds, everybody))
        return found

    @cached_property
    def reviews(self) -> list[Review]:
        """Groups of reviewers whose work and capacity are known."""
        found = []
        for id_, component in self._graph.components.items():
            people = given(component, "reviewers", f"reviewers of `{id_}`")
            each = given(component, "items_per_day", f"items that one reviewer of `{id_}` decides on a day")
            flagged = self._flagged(component) if people is not None and each is not None else None
            if people is None or each is None or flagged is None:
                continue
            value = count(people.value.value * each.value.value)
            formula = f"{show(people.value)} × {show(each.value)}"
            able = derive(f"review.able.{id_}", f"Items decided by `{id_}` on a day", value, formula, people, each)
            found.append(Review(id_, flagged, able, people))
        return found

    def _flagged(self, component: Component) -> Derived | None:
        id_, name = component.id, f"Items that reach `{component.id}` on a day"
        stated = given(component, "flagged_per_day", f"items that reach `{id_}` on a day")
        if stated is not None:
            return derive(f"review.flagged.{id_}", name, stated.value, "as stated", stated)
        part = given(component, "flagged", f"share of items that reach `{id_}`")
        base = self._decided() if part is not None else None
        if part is None or base is None:
            return None
        value = count(base.value.value * part.value.value)
        formula = f"{show(base.value)} × {show(part.value)}"
        return derive(f"review.flagged.{id_}", name, value, formula, base, part)

    def _decided(self) -> Number | None:
        """Return how many items are decided on a day: the fewest of what is known about requests and new items."""
        known: list[Number] = [each for each in (self._traffic.per_day, self._traffic.new_items) if each is not None]
        if not known and self._traffic.batch_rate is not None:
            rate = self._traffic.batch_rate
            formula = f"{show(rate.value)} × {DAY:,} s"
            return derive("traffic.batch_per_day", "Items per day", count(rate.value.value * DAY), formula, rate)
        return min(known, key=lambda each: each.value.value, default=None)

    def derived(self) -> list[Derived]:
        """Return all times and capacities that are known."""
        reviews = [each for review in self.reviews for each in (review.flagged, review.able)]
        runs = [run.takes for run in self.runs]
        streams = [able for _, _, able in self.streams]
        return [*runs, *streams, *(cycle.takes for cycle in self.cycles), *self.example_rates, *self.rounds, *reviews]
