"""Weights, caches and speeds → what a replica of a language model holds and writes at once."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archkit.facts.derived import Derived, Input, count, derive, given, per_second, show
from archkit.facts.latency import generation
from archkit.facts.words import mentions
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph
    from archkit.model.components import Component
    from archkit.model.modelling import Model


class Writer(NamedTuple):
    """A language model in service, and what one replica of it does.

    Attributes:
        id: The component.
        held: Weights, and keys and values of all answers that it writes at once; None where that is not known.
        room: Memory of its accelerators; None where that is not known.
        at_once: Answers that it has to write at once for its throughput; None where that is not known.
        batch: Answers that it writes at once, as written.
        speed: Tokens that it writes per second, over all answers; None where that is not known.
        cache: Keys and values of all answers that it writes at once; None where that is not known.
    """

    id: str
    held: Derived | None
    room: Derived | None
    at_once: Derived | None
    batch: Input | None
    speed: Derived | None
    cache: Derived | None


class Decoding:
    """The language models of a blueprint that run on accelerators of its own.

    A model that writes one token after the other keeps the keys and values of all tokens before it: 2 × layers × heads
    that are kept × their dimension × bytes of a number, for each token of each answer under way (R. Pope and others,
    Efficiently Scaling Transformer Inference, 2022). How many answers are under way follows from how many begin in a
    second and how long each takes (Little's law).

    Args:
        blueprint: The design.
        graph: Its components.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph) -> None:
        self._models = blueprint.model.models
        self._components = [graph.components[id_] for id_ in graph.with_role("llm")]

    @cached_property
    def writers(self) -> list[Writer]:
        """All language models, in the order written."""
        return [self._writer(component) for component in self._components]

    def _writer(self, component: Component) -> Writer:
        cache = self._cache(component)
        batch = given(component, "batch_size", f"answers that `{component.id}` writes at once")
        return Writer(
            component.id, self._held(component, cache), _room(component), _at_once(component), batch,
            _speed(component), cache,
        )  # fmt: skip

    def _served(self, component: Component) -> Model | None:
        """Return the model that a component writes with, where it serves one."""
        known = [self._models[name] for name in component.serves if name in self._models]
        return known[0] if len(known) == 1 else None

    def _cache(self, component: Component) -> Derived | None:
        id_, model = component.id, self._served(component)
        batch = given(component, "batch_size", f"answers that `{id_}` writes at once")
        read = given(component, "tokens_in", f"tokens read by `{id_}`")
        written = given(component, "tokens_out", f"tokens written by `{id_}`")
        each = given(model, "kv_cache", f"keys and values of one token of `{model.id}`") if model is not None else None
        if batch is None or each is None or (read is None and written is None):
            return None
        tokens = [one for one in (read, written) if one is not None]
        value = batch.value.value * sum(one.value.value for one in tokens) * each.value.value
        shown = " + ".join(show(one.value) for one in tokens)
        formula = f"{show(batch.value)} × {f'({shown})' if len(tokens) > 1 else shown} × {show(each.value)}"
        name = f"Keys and values of all answers of one replica of `{id_}`"
        assume = ("each answer is counted as if it were complete",)
        return derive(f"kv_cache.{id_}", name, _bytes(value), formula, batch, *tokens, each, assume=assume)

    def _held(self, component: Component, cache: Derived | None) -> Derived | None:
        model = self._served(component)
        weights = given(model, "size", f"weights of `{model.id}`") if model is not None else None
        if weights is None or cache is None:
            return None
        value = _bytes(weights.value.value + cache.value.value)
        formula = f"{show(weights.value)} of weights + {show(cache.value)} of keys and values"
        name = f"Memory that one replica of `{component.id}` needs"
        return derive(f"held.{component.id}", name, value, formula, weights, cache)

    def derived(self) -> list[Derived]:
        """Return what is known of memory, answers at once and speed."""
        found = ((one.cache, one.held, one.room, one.at_once, one.speed) for one in self.writers)
        return [number for numbers in found for number in numbers if number is not None]


def _room(component: Component) -> Derived | None:
    each = given(component, "device_memory", f"memory of one accelerator of `{component.id}`")
    if each is None:
        return None
    devices = given(component, "devices", f"accelerators of one replica of `{component.id}`")
    number = devices.value.value if devices is not None else 1
    formula = f"{show(devices.value)} × {show(each.value)}" if devices is not None else "as stated"
    name = f"Memory that one replica of `{component.id}` has"
    return derive(f"room.{component.id}", name, _bytes(number * each.value.value), formula, devices, each)


def _at_once(component: Component) -> Derived | None:
    """Return answers per second × time of each, by Little's law; None where throughput counts tokens."""
    id_, time = component.id, generation(component)
    answers = given(component, "throughput", f"throughput of one replica of `{id_}`")
    if answers is None or time is None or mentions(answers.value.noun, "token", "tokens"):
        return None
    value = count(answers.value.value * time.value.value)
    name = f"Answers that one replica of `{id_}` writes at once"
    return derive(f"at_once.{id_}", name, value, f"{show(answers.value)} × {show(time.value)}", answers, time)


def _speed(component: Component) -> Derived | None:
    answers = given(component, "throughput", f"throughput of one replica of `{component.id}`")
    written = given(component, "tokens_out", f"tokens written by `{component.id}`")
    if answers is None or written is None or mentions(answers.value.noun, "token", "tokens"):
        return None
    value = per_second(answers.value.value * written.value.value)
    name = f"Tokens per second that one replica of `{component.id}` writes"
    formula = f"{show(answers.value)} × {show(written.value)}"
    return derive(f"speed.{component.id}", name, value, formula, answers, written)


def _bytes(value: Fraction) -> Quantity:
    return Quantity(value, Dimension.BYTES)
