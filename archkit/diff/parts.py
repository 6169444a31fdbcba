"""Blueprint → the things in it that can be added, removed or changed as a whole, and all other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from archkit.shapes.record import Record
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.source import Span

AREAS: Mapping[str, str] = {
    "requirements": "Requirements",
    "framing": "Framing",
    "objectives": "Objectives",
    "data": "Data",
    "sources": "Sources",
    "labels": "Labels",
    "features": "Features",
    "leakage": "Leaks",
    "model": "Model",
    "options": "Options",
    "models": "Models",
    "evaluation": "Evaluation",
    "offline": "Offline metrics",
    "online": "Online metrics",
    "guardrails": "Guardrails",
    "serving": "Serving",
    "monitoring": "Monitoring",
    "lanes": "Lanes",
    "components": "Components",
    "groups": "Groups",
    "flows": "Arrows",
    "decisions": "Decisions",
    "blueprint": "Blueprint",
}
"""What changes are told under, in the order of the seven steps, with their titles."""

SECTIONS = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring")

# Fields of a section that hold things of their own, which are not compared as values of the section.
_HELD: Mapping[str, tuple[str, ...]] = {
    "framing": ("objectives",),
    "data": ("sources", "labels", "features", "leakage"),
    "model": ("options", "models"),
    "evaluation": ("offline", "online", "guardrails"),
}
_TOP = ("title", "archetypes", "summary", "tags", "chapter", "interview")
_APART = frozenset((*SECTIONS, "architecture", "decisions", "figures", "references", "assumptions"))


class Thing(NamedTuple):
    """A part of a blueprint that can come and go.

    Attributes:
        area: A key of ``AREAS``.
        key: Unique in its area, as the id of a component.
        title: What readers call it.
        record: What is written about it.
        without: Fields of the record that are things themselves.
    """

    area: str
    key: str
    title: str
    record: Record
    without: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.record.place


def things(blueprint: Blueprint) -> Iterator[Thing]:
    """Yield all things of a blueprint but its arrows, in the order written."""
    data, model, evaluation = blueprint.data, blueprint.model, blueprint.evaluation
    yield from _of("objectives", blueprint.framing.objectives)
    yield from _of("sources", data.sources)
    yield from _of("labels", data.labels)
    for group, features in data.features.items():
        for name, feature in features.items():
            yield Thing("features", f"{group}.{name}", f"{title_of(name)} ({title_of(group).lower()})", feature)
    yield from _of("leakage", data.leakage)
    yield from _of("options", model.options)
    yield from _of("models", model.models)
    for area in ("offline", "online", "guardrails"):
        for name, metric in getattr(evaluation, area).items():
            yield Thing(area, name, name, metric)
    architecture = blueprint.architecture
    yield from _of("lanes", architecture.lanes, ("components",))
    for id_, component in architecture.components.items():
        yield Thing("components", id_, component.title, component, ("components",))
    yield from _of("groups", architecture.groups)
    yield from _of("decisions", blueprint.decisions)


def _of(area: str, records: Mapping[str, Record], without: tuple[str, ...] = ()) -> Iterator[Thing]:
    for id_, record in records.items():
        title = getattr(record, "title", "") or getattr(record, "question", "") or title_of(id_)
        yield Thing(area, id_, title, record, without)


def values(blueprint: Blueprint) -> Iterator[Thing]:
    """Yield the sections of a blueprint as things whose values are compared one by one, without the things in them."""
    for section in SECTIONS:
        yield Thing(section, "", section, getattr(blueprint, section), _HELD.get(section, ()))
    rest = tuple(name for name, _ in blueprint.written() if name not in _TOP)
    yield Thing("blueprint", "", "blueprint", blueprint, (*_APART, *rest))
