"""Blueprint → what it has, by the field's names for it, so that two answers to one question can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from archkit.catalog import TYPES
from archkit.facts.losses import terms
from archkit.facts.metrics import named
from archkit.facts.words import words
from archkit.titles import inside, title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.modelling import Model

# Words that say little about what a thing is.
_WEAK = frozenset(
    (
        "a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or", "the", "to", "with",
        "per", "count", "number", "id", "value", "mean", "average", "last", "recent", "user", "item", "context",
        "model", "score", "share", "rate", "time", "which", "how", "what", "when", "where", "who", "why",
        "are", "does", "used",
    )
)  # fmt: skip
_ALIKE = 0.5
# Components whose absence an interviewer would ask about; others are a matter of taste.
_TELLING = frozenset(
    (
        "api_gateway", "event_stream", "data_lake", "document_corpus", "feature_store_offline", "feature_store_online",
        "feature_pipeline", "label_join", "labeling", "dataset", "evaluation_set", "negative_sampler", "training_job",
        "online_trainer", "offline_evaluator", "validation_gate", "model_registry", "embedding_job", "index_builder",
        "ann_index", "vector_db", "inverted_index", "query_understanding", "query_encoder", "candidate_generator",
        "candidate_merger", "filter", "hash_matcher", "light_ranker", "ranker", "re_ranker", "score_combiner",
        "calibrator", "auction", "explorer", "model_server", "batch_inference", "edge_model", "confidence_router",
        "prediction_store", "cache", "fallback", "policy_engine", "llm", "retriever", "prompt_builder", "guardrail",
        "citation_checker", "agent_orchestrator", "tool", "memory_store", "human_review", "approval", "appeal",
        "shadow_deployment", "canary_controller", "monitoring", "drift_detector", "feedback_log", "prediction_log",
        "federated_aggregator", "local_trainer", "stream_processor", "anonymizer",
    )
)  # fmt: skip


class Idea(NamedTuple):
    """Something that an answer has.

    Attributes:
        step: The step that it belongs to.
        noun: What it is, as "feature of the user".
        name: As the blueprint calls it.
        key: What makes it the same as one of another blueprint; None where the words of its name do.
    """

    step: str
    noun: str
    name: str
    key: str | None

    def same(self, other: Idea) -> bool:
        """Return whether both mean the same thing."""
        if (self.step, self.noun) != (other.step, other.noun):
            return False
        if self.key is not None and other.key is not None:
            return self.key == other.key
        mine, others = _telling(self.name), _telling(other.name)
        if not mine or not others:
            return words(self.name) == words(other.name)
        return len(mine & others) >= _ALIKE * min(len(mine), len(others))


def ideas(blueprint: Blueprint) -> Iterator[Idea]:
    """Yield what an answer has, in the order of the seven steps."""
    yield from _requirements(blueprint)
    for name in blueprint.framing.objectives:
        yield Idea("framing", "objective considered", title_of(name), None)
    yield from _data(blueprint)
    yield from _model(blueprint)
    yield from _evaluation(blueprint)
    yield from _serving(blueprint)
    yield from _monitoring(blueprint)
    yield from _components(blueprint)
    for id_, decision in blueprint.decisions.items():
        yield Idea("model", "trade-off discussed", decision.question or title_of(id_), None)


def _written(step: str, noun: str, names: Mapping[str, bool]) -> Iterator[Idea]:
    for name, there in names.items():
        if there:
            yield Idea(step, noun, name, name)


def _requirements(blueprint: Blueprint) -> Iterator[Idea]:
    needs = blueprint.requirements
    scale = needs.scale
    yield from _written(
        "requirements",
        "requirement",
        {
            "the goal of the business": bool(needs.goal),
            "how many users or requests": any(name != "waive" for name, _ in scale.written()),
            "how many items": scale.items is not None,
            "peak load": scale.peak_factor is not None or scale.peak_qps is not None,
            "a limit on latency": bool(needs.latency),
            "freshness": bool(needs.freshness),
            "availability": needs.availability is not None,
            "what is out of scope": bool(needs.out_of_scope),
            "privacy": bool(needs.privacy),
            "cost": bool(needs.budget),
        },
    )


def _data(blueprint: Blueprint) -> Iterator[Idea]:
    data = blueprint.data
    labels = data.labels.values()
    yield from _written(
        "data",
        "part of the labels",
        {
            "what counts as positive and as negative": any(label.positive and label.negative for label in labels),
            "when a label is known": any(label.delay or label.window is not None for label in labels),
            "how rare the positive ones are": any(label.positive_rate is not None for label in labels),
            "how the examples are split": bool(data.split),
        },
    )
    for name in data.sources:
        yield Idea("data", "source of data", title_of(name), None)
    for group, features in data.features.items():
        for name in features:
            yield Idea("data", f"feature ({title_of(group).lower()})", title_of(name), None)
    for name, leak in data.leakage.items():
        yield Idea("data", "leak", leak.risk or title_of(name), None)


def _model(blueprint: Blueprint) -> Iterator[Idea]:
    for option in blueprint.model.options.values():
        yield Idea("model", "option", option.name, None)
    for model in blueprint.model.models.values():
        for loss in _losses(model):
            known = terms(loss).losses
            key = known[0].title if known else None
            yield Idea("model", "loss", loss, key)


def _losses(model: Model) -> list[str]:
    found = [model.loss, *(head.loss for head in model.heads.values())]
    return list(dict.fromkeys(loss for loss in found if loss))


def _evaluation(blueprint: Blueprint) -> Iterator[Idea]:
    evaluation = blueprint.evaluation
    for kind, noun in (("offline", "offline metric"), ("online", "online metric"), ("guardrails", "guardrail")):
        for name in getattr(evaluation, kind):
            metric = named(name).metric
            yield Idea("evaluation", noun, name, metric.title if metric is not None and kind == "offline" else None)
    for name in evaluation.slices:
        yield Idea("evaluation", "slice", name, None)
    yield from _written("evaluation", "part", {"an experiment with its size": bool(evaluation.experiment)})


def _serving(blueprint: Blueprint) -> Iterator[Idea]:
    serving = blueprint.serving
    yield from _written(
        "serving",
        "part",
        {
            "online or batch prediction, and why": bool(serving.modes),
            "a rollout in stages": bool(serving.rollout),
            "a way back": bool(serving.rollback),
            "what happens when it fails": bool(serving.fallback),
            "cold start": bool(serving.cold_start),
            "caching": bool(serving.caching),
        },
    )


def _monitoring(blueprint: Blueprint) -> Iterator[Idea]:
    monitoring = blueprint.monitoring
    yield from _written(
        "monitoring",
        "part",
        {
            "operational metrics": bool(monitoring.operational),
            "drift of inputs and outputs": bool(monitoring.drift),
            "when to train again": bool(monitoring.retrain),
            "what is logged for the next training": bool(monitoring.feedback),
            "alerts with an action": bool(monitoring.alerts),
        },
    )


def _components(blueprint: Blueprint) -> Iterator[Idea]:
    for type_ in dict.fromkeys(component.type for component in blueprint.components.values()):
        if type_ in _TELLING and type_ in TYPES:
            yield Idea("serving", "component", inside(TYPES[type_].title), type_)


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that say what it is, without endings."""
    return frozenset(word.removesuffix("s") for word in words(name).split() if word not in _WEAK and len(word) > 1)
