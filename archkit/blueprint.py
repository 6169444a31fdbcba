"""The typed, frozen blueprint: every section of the language as records that know where they were written.

A ``Record`` (see ``archkit.shapes.record``) is a mapping of the language with one attribute for each key:

* What is not written is ``None`` (numbers, yes-or-no), ``""`` (texts), ``()`` (lists), an empty mapping, or an empty
  record, which is false. So ``bp.requirements.latency.p99`` never fails, and ``if bp.evaluation.experiment:`` asks
  whether something stands there.
* Numbers are ``archkit.quantity.Quantity``: ``value`` (an exact Fraction in base units: seconds, bytes, per second…),
  ``dimension`` and ``text`` as written. Only ``Flow.step`` and ``Blueprint.chapter`` are plain ints.
* Lists are tuples, mappings are frozen dicts, all in the order written.
* ``record.at("latency", "p99")`` is the span of a value, ``key_at`` that of its key; where nothing is written, the key
  of the deepest part of the path that is. ``record.span`` is the whole value, ``key_span`` its key, ``place`` the
  better one of both to point at, ``id`` the key's text. ``record.has(…)`` tells whether something is written,
  ``record.partial`` whether something there could not be read, so that absence proves nothing.
* ``record.records()`` walks everything below; ``record.waive`` maps codes to reasons, ``bp.waivers`` lists all waivers.

The parts::

    bp.title  .archetypes  .summary  .tags  .chapter  .interview  .assumptions  .references  .decisions  .figures
    bp.requirements  .scale .latency .freshness .availability .budget .device …      model/requirements.py
    bp.framing       .objectives .task .input .output .enumerable_inputs …           model/framing.py
    bp.data          .sources .labels .split .features[group][name] .leakage …       model/data.py
    bp.model         .options .models .training .trainings …                         model/modelling.py
    bp.evaluation    .offline .online .guardrails .experiment .slices .fairness …    model/evaluation.py
    bp.serving       .modes .batch .network .rollout .rollback .cold_start …         model/serving.py
    bp.monitoring    .operational .drift .retrain .feedback .alerts …                model/serving.py
    bp.architecture  .lanes .groups .flows .components .entry_points .sketch .top()  model/architecture.py
    bp.components    all components by id, with those inside others                  model/components.py

Names that differ from their keys (``in_count`` for ``in``) are listed in ``archkit.shapes.record.KEYS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archkit.model.architecture import Architecture
from archkit.model.components import Component
from archkit.model.data import Data
from archkit.model.design import Citation, Citations, Decision, FigureSpec
from archkit.model.evaluation import Evaluation
from archkit.model.flows import Flow
from archkit.model.framing import STEPS, Framing, Interview
from archkit.model.modelling import Modelling
from archkit.model.places import Group, Lane
from archkit.model.requirements import Requirements
from archkit.model.serving import Monitoring, Serving
from archkit.reading import Reading, Waiver, scalar, shorten
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas, Shape
from archkit.shapes.containers import ListOf, Rec
from archkit.shapes.record import Record
from archkit.source import Span
from archkit.yamltree import Node, Scalar

VERSION = 1
"""The version of the language that is read."""

ARCHETYPES = (
    "recommendation", "search", "classification", "detection", "regression", "generation", "rag", "agent", "platform",
    "on-device", "federated",
)  # fmt: skip
"""Kinds of systems; they decide which rules apply."""


class Version(Shape[int]):
    """The version of the language."""

    words = f"`{VERSION}`"
    example = f"{VERSION}"
    default: Any = VERSION

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> int | None:
        """Return the version, which is the only one there is."""
        node = scalar(node)
        if node.text == str(VERSION):
            return VERSION
        hint = f"write `blueprint: {VERSION}`"
        if node.text.isdecimal() and int(node.text[:9]) > VERSION:
            hint = f"update archkit, or write `blueprint: {VERSION}`"
        written = f"version {shorten(node.text)}" if node.text.strip() else "no version"
        message = f"this archkit reads version {VERSION} of the language, and the blueprint has {written}"
        reading.error("LNG009", node.span if node.text else (key or node).span, message, hint)
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the version."""
        return {"enum": [VERSION, str(VERSION)]}


class Blueprint(Record):
    """A whole design of one machine-learning system."""

    language = f.field(Version(), "The version of this language.", f"{VERSION}", required=True, aka=("version",))
    title = f.text("What the system is called.", "Video recommendation", required=True, aka=("name",))
    archetypes = f.words(
        ARCHETYPES, "The kind of system; it decides which rules apply.", "recommendation", aka=("kind",)
    )
    summary = f.text("What it does, in one sentence.", "Recommends videos for the home page.", aka=("description",))
    chapter = f.integer("Number of the chapter, for figure captions such as Figure 6.4.", "6")
    tags = f.texts("Words to find it by.", "[book, ranking]", aka=("keywords",))
    interview = f.record(Interview, "How the time of an interview is divided.", "{minutes: 45}")
    requirements = f.record(Requirements, "Step 1, clarify.", "{goal: …, scale: {daily_active_users: 500M}}")
    framing = f.record(Framing, "Step 2, frame as an ML task.", "{task: ranking, input: [user], output: 20 videos}")
    data = f.record(Data, "Step 3, data, labels and features.", "{sources: {watch_events: {kind: stream}}}")
    model = f.record(
        Modelling, "Step 4, options, architecture, loss, training.", "{options: {popularity: {baseline: true}}}"
    )
    evaluation = f.record(Evaluation, "Step 5, metrics and experiments.", "{offline: {ndcg@20: 0.45}}")
    serving = f.record(Serving, "Step 6, serving and rollout.", "{mode: online, rollout: [shadow, {canary: 5%}]}")
    monitoring = f.record(Monitoring, "Step 7, monitoring and feedback.", "{operational: [latency, errors]}")
    architecture = f.record(Architecture, "The picture.", "{flows: [mail_gateway -> classifier -> inbox]}")
    decisions = f.table(Decision, "Trade-offs.", "{index: {question: Which index?, chosen: ivf_pq, because: …}}")
    figures = f.field(
        ListOf(Rec(FigureSpec)), "What to draw; all that applies where it is missing.", "[system, funnel]"
    )
    references = f.field(
        Citations(), "Where numbers and ideas come from.", "[https://example.org/paper.pdf]", aka=("refs",)
    )
    assumptions = f.notes(
        "Numbers that are estimates, by path, and why they are assumed.",
        "{requirements.scale.peak_factor: evening peak}",
    )
    include = f.texts("Files with further parts of this blueprint, from below its folder.", "[common/monitoring.yaml]")
    waive = f.waive()

    @property
    def components(self) -> Mapping[str, Component]:
        """All components by id, in the order written: those of all lanes, and those inside others."""
        return self.architecture.components

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """All waivers of the blueprint, in the order written."""
        found: tuple[Waiver, ...] = self.__dict__.get("_waivers", ())
        return found

    @classmethod
    def _scope(cls, node: Node, key: Scalar | None) -> tuple[Span, ...]:
        """Return no stretch of text, which means all of it."""
        return ()

    @classmethod
    def unknown(cls, key: Scalar, owner: Scalar | None, reading: Reading) -> None:
        """Report a key that a blueprint does not have, but for those that begin with ``x-``."""
        if not key.text.startswith("x-"):
            super().unknown(key, owner, reading)

    def __repr__(self) -> str:
        components, arrows = len(self.components), len(self.architecture.flows)
        return f"<design {self.title}: {components} components, {arrows} arrows>"

    @classmethod
    def called(cls, key: Scalar | None) -> str:
        """Return what to call it."""
        return "the blueprint"

    @classmethod
    def schema(cls, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a blueprint, with ``x-`` keys for everybody's own use."""
        return {**super().schema(schemas), "patternProperties": {"^x-": {}}}

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Keep the waivers, and let models and their heads know the labels, by whose titles they are called."""
        for model in self.model.models.values():
            for learner in (model, *model.heads.values()):
                learner.__dict__["_labels"] = self.data.labels
        values["_waivers"] = tuple(sorted(reading.waivers, key=lambda waiver: (waiver.span.source, waiver.span.start)))


__all__ = [
    "ARCHETYPES", "STEPS", "VERSION", "Architecture", "Blueprint", "Citation", "Component", "Data", "Decision",
    "Evaluation", "FigureSpec", "Flow", "Framing", "Group", "Interview", "Lane", "Map", "Modelling", "Monitoring",
    "Record", "Requirements", "Serving", "Waiver",
]  # fmt: skip
