"""Graph → language models in service: what they read, what guards them, what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archkit.facts.graph import SERVING
from archkit.facts.words import begins

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.graph import Graph, View
    from archkit.facts.serving import Serving
    from archkit.model.components import Component

_GUARDING = ("guard", "moderat", "injection", "jailbreak", "content filter", "safety filter", "policy filter")
_CITING = ("citation", "citing", "cite", "source", "grounded", "grounding", "evidence", "quote", "reference")
_ANSWERING = ("llm", "post", "service", "guard", "agent", "other")


class Generative:
    """The language models of a blueprint, as far as their types are written and not guessed.

    Args:
        blueprint: The design.
        graph: Its components and arrows.
        serving: The ways of questions and answers.
    """

    def __init__(self, blueprint: Blueprint, graph: Graph, serving: Serving) -> None:
        self._blueprint = blueprint
        self._graph = graph
        self._serving = serving

    @cached_property
    def models(self) -> list[str]:
        """Language models that questions reach, in the order written; all where nobody asks."""
        known = self._typed("llm")
        return [id_ for id_ in known if id_ in self._serving.asked] if self._serving.askers else known

    @cached_property
    def agents(self) -> list[str]:
        """Components that loop over plan, tool and result."""
        return self._typed("agent")

    @cached_property
    def retrievers(self) -> list[str]:
        """Components that look passages up: retrievers, else indexes, else searches of the web."""
        components = self._graph.components
        web = [id_ for id_ in self._typed("tool") if components[id_].type == "web_search"]
        return self._typed("retriever") or self._typed("index") or web

    def _typed(self, *roles: str) -> list[str]:
        return [id_ for id_ in self._graph.with_role(*roles) if not self._graph.components[id_].guessed]

    @cached_property
    def looked_up(self) -> set[str]:
        """What passages lead to that retrievers have found."""
        return self._serving.view.reached(self.retrievers) if self.retrievers else set()

    @cached_property
    def cited(self) -> set[str]:
        """Models whose answers are tied to their sources before they reach anybody."""
        citing = [id_ for id_ in self._graph.components if self._cites(id_)]
        return set(self.models) & self._serving.view.reached(citing, backwards=True)

    def _cites(self, id_: str) -> bool:
        component = self._graph.components[id_]
        if self._graph.role(id_) == "citation":
            return True
        labels = (flow.label for flow in self._graph.out[id_])
        texts = (component.title, component.note, *component.output, *labels)
        return self._graph.role(id_) in _ANSWERING and any(begins(text, *_CITING) for text in texts)

    @cached_property
    def guards(self) -> list[str]:
        """Components that check what enters or leaves a model, and those that ask one that does."""
        graph = self._graph
        found = {id_ for id_ in graph.components if graph.role(id_) in ("guard", "privacy") or self._says_guard(id_)}
        callers = {
            flow.source for flow in graph.flows if graph.role(flow.target) == "guard" and self._serving.answered(flow)
        }
        return [id_ for id_ in graph.components if id_ in found | callers and graph.role(id_) != "entry"]

    def _says_guard(self, id_: str) -> bool:
        component = self._graph.components[id_]
        return any(begins(text, *_GUARDING) for text in (id_, component.title, component.note))

    def unguarded_in(self, model: str) -> list[str]:
        """Return a shortest way from somebody who asks to a model that passes no guard; empty where there is none."""
        return self._calls.way(self._serving.askers, [model], self._passed(model))

    def unguarded_out(self, model: str) -> list[str]:
        """Return a shortest way from a model to somebody who asked that passes no check; empty where there is none."""
        checks = {*self._graph.with_role("citation", "reviewer", "filter"), *self._passed(model)}
        readers = self._graph.with_role("entry")
        if not readers:
            return []
        # Where the way of the answer is drawn, it does not also go back the way of the question.
        drawn = self._said.way([model], readers)
        return (self._said if drawn else self._serving.view).way([model], readers, checks)

    def _passed(self, model: str) -> list[str]:
        """Return the guards on the way of a model, which is its own guard only where it says so."""
        return [id_ for id_ in self.guards if id_ != model or self._says_guard(model)]

    @cached_property
    def _calls(self) -> View:
        """The arrows along which something is asked or handed on."""
        return self._graph.view(flow for flow in self._graph.flows if flow.kind in SERVING)

    @cached_property
    def _said(self) -> View:
        """The same without what stands in for a model that does not answer: it says its own words, and not those."""
        return self._graph.view(flow for flow in self._graph.flows if flow.kind in SERVING and flow.kind != "fallback")

    @cached_property
    def acting(self) -> list[Component]:
        """Components that a model or agent can call and that change something outside, as is written."""
        graph = self._graph
        callers = [*self._typed("llm"), *self.agents]
        reached = self._calls.reached(callers) if callers else set()
        return [one for id_, one in graph.components.items() if one.side_effects and id_ in reached - set(callers)]

    def unchecked(self, tool: str) -> list[str]:
        """Return a shortest way from an agent or model to a tool that passes no person, rule or limit."""
        bound = {id_ for id_ in self._graph.components if self._limited(self._graph.components[id_])}
        checks = {*self._graph.with_role("reviewer", "filter", "guard"), *bound}
        return self._calls.way([*self._typed("llm"), *self.agents], [tool], checks)

    @cached_property
    def untrusted(self) -> list[Component]:
        """Components that return what strangers can write: said to, or reading the open web and not said not to."""
        web = [
            id_ for id_ in self._graph.components if self._graph.components[id_].type in ("web_search", "web_crawler")
        ]
        return [
            one
            for id_, one in self._graph.components.items()
            if one.untrusted or (id_ in web and not one.guessed and not one.has("untrusted"))
        ]

    def able(self, source: str) -> list[str]:
        """Return a shortest way from a component, past every guard, to a model or agent that can act outside."""
        people = self._graph.with_role("entry")
        acting = [one.id for one in self.acting]
        callers = [*self._typed("llm"), *self.agents] if acting else []
        able = [id_ for id_ in callers if self._calls.way([id_], acting, people)]
        if not able:
            return []
        # Where the way of what was found is drawn, it does not also go back the way of the question.
        view = self._calls if self._calls.way([source], able) else self._serving.view
        return view.way([source], able, [*people, *(id_ for id_ in self.guards if id_ != source)])

    def _limited(self, component: Component) -> bool:
        """Return whether something holds back what is done there: what a model may cost says nothing about that."""
        spends = component.budget and self._graph.role(component.id) not in ("agent", "llm")
        return bool(component.approval or component.allow or spends)

    def fed_by(self, model: str, *roles: str) -> Iterator[Component]:
        """Yield a model and the components with some roles that lead to it."""
        yield self._graph.components[model]
        before = self._serving.view.reached([model], backwards=True)
        for id_ in self._graph.with_role(*roles):
            if id_ in before and id_ != model:
                yield self._graph.components[id_]
