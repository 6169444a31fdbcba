"""Component types: one row of ``data/types.tsv`` → one ComponentType."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from archkit.drawing import ShapeKind

Tier = Literal["online", "nearline", "offline", ""]

LANES: Final = (
    "client",
    "edge",
    "source",
    "data",
    "feature",
    "training",
    "index",
    "serving",
    "genai",
    "human",
    "ops",
)

ROLES: Final[dict[str, str]] = {
    # where requests begin and enter
    "entry": "a request or an event begins here, and an answer may end here",
    "gateway": "guards the way from the entries to the services",
    # data at rest and in motion
    "source": "data come into being here",
    "third_party": "data leave to, or come from, another company",
    "store": "keeps data; what is written waits to be read",
    "graph_store": "keeps nodes and edges",
    "stream": "passes events or tasks on, in order",
    "processor": "turns data into data",
    "data_gate": "stops data that are not as expected",
    "privacy": "removes or hides personal data",
    "deletion": "carries deletions into everything derived",
    "catalog": "knows about data, features or runs, but holds none of them",
    # features, labels, examples
    "feature_job": "computes feature values",
    "fitter": "has a state that is fitted to data (scaler, vocabulary)",
    "feature_store": "keeps feature values: tier offline with history, tier online the latest",
    "labeler": "produces labels",
    "dataset": "holds or makes training examples",
    "splitter": "divides examples into training, validation and test",
    "sampler": "chooses examples",
    "eval_set": "holds examples for evaluation only",
    # models before serving
    "trainer": "fits a model",
    "tuner": "chooses settings of a trainer",
    "compute": "lends hardware to jobs",
    "evaluator": "measures a model or its answers",
    "gate": "lets a model pass only when it is good enough",
    "registry": "keeps versions of models",
    "optimizer": "makes a model smaller or faster",
    # retrieval
    "indexer": "computes what an index holds, or builds the index",
    "index": "finds items by nearness or by terms",
    "candidate_source": "chooses promising items out of all",
    "retriever": "finds passages for a language model",
    "merger": "joins and removes duplicates of several sources",
    # serving
    "service": "calls others and assembles the answer",
    "query": "understands a query before retrieval",
    "encoder": "turns a query or user into a vector with a learned model",
    "light_predictor": "serves predictions of a cheap learned model, first in a funnel",
    "predictor": "serves predictions of a learned model",
    "heuristic": "predicts without a learned model",
    "filter": "drops or refuses by rules, lists or fingerprints",
    "combiner": "combines several scores into one",
    "calibrator": "maps scores to probabilities",
    "reranker": "orders a short list by more than the score",
    "explorer": "shows uncertain items to learn about them",
    "router": "chooses who answers",
    "post": "turns raw output into the answer",
    "prediction_store": "keeps predictions until they are asked for",
    "cache": "keeps recent answers",
    "fallback": "answers when something fails",
    "action": "carries out a decision",
    # generative models
    "llm": "a language model",
    "prompt": "makes or keeps prompts",
    "guard": "checks what enters or leaves a language model",
    "citation": "ties an answer to its sources",
    "agent": "loops over plan, tool and result",
    "tool": "may be called by a model",
    # people
    "reviewer": "a person decides",
    "appeal": "those affected contest a decision",
    "report": "users point out mistakes",
    # operation
    "experiment": "assigns and compares arms",
    "rollout": "brings a new version to traffic step by step",
    "control": "starts, deploys or steers others",
    "monitor": "collects metrics",
    "drift_monitor": "compares data or scores now with those before",
    "alert": "calls people or actions",
    "feature_log": "keeps features as they were at serving",
    "prediction_log": "keeps predictions with the model's version",
    "feedback_log": "keeps what users did with the answers",
    "secrets": "keeps credentials",
    "sink": "is looked at by people; nothing has to leave it",
    "other": "anything else: rules about roles pass it by",
}
"""What a component does in the graph, for the completeness rules."""

DATA_ORIGINS: Final = frozenset(
    ("entry", "source", "store", "graph_store", "stream", "third_party", "report", "feedback_log", "feature_log")
)
"""Roles that training data can come from."""

LEARNED: Final = frozenset(("predictor", "light_predictor", "encoder", "candidate_source", "llm"))
"""Roles of components that (can) run a learned model while serving."""

SCORERS: Final = frozenset(("predictor", "light_predictor", "llm"))
"""Roles that produce the prediction itself, and so need features, a registry, logs and drift monitors."""

LOGS: Final = frozenset(("feature_log", "prediction_log", "feedback_log"))
"""Roles of logs written while serving."""

STORES: Final = frozenset(
    ("store", "graph_store", "feature_store", "dataset", "eval_set", "registry", "index", "prediction_store", "cache")
)
"""Roles that keep something until it is read."""

STARTS: Final = DATA_ORIGINS - LOGS | frozenset(
    (
        "prompt",
        "eval_set",
        "catalog",
        "compute",
        "control",
        "secrets",
        "heuristic",
        "fallback",
        "reviewer",
        "tool",
        "other",
    )
)
"""Roles that need no arrow into them."""

ENDS: Final = frozenset(
    ("entry", "sink", "alert", "action", "catalog", "monitor", "experiment", "control", "deletion", "prediction_store")
) | frozenset(("cache", "third_party", "reviewer", "tool", "other"))
"""Roles that need no arrow out of them."""


class ComponentType(NamedTuple):
    """What a component can be.

    Attributes:
        id: The word a blueprint uses.
        title: The name people use.
        lane: The lane of LANES it usually stands in.
        tier: When it works: within the request (online), within minutes (nearline), on a schedule (offline);
            "" where that depends.
        shape: The outline in system figures.
        glyph: Its line drawing, a name of ``icons.GLYPHS``.
        role: What it does in the graph, a key of ROLES.
        product: Typical technology, as people write it; empty where nothing is typical.
        icon: Class of the ``diagrams`` package for exports to it.
        aliases: Other names, for "did you mean"; an alias may belong to several types.
        words: Words and phrases in an id that suggest this type.
        description: One sentence.
    """

    id: str
    title: str
    lane: str
    tier: Tier
    shape: ShapeKind
    glyph: str
    role: str
    product: str
    icon: str
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    description: str


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(", ")) if cell else ()


def _load() -> dict[str, ComponentType]:
    table = (Path(__file__).parent / "data" / "types.tsv").read_text("utf-8").splitlines()
    types = {}
    for row in table[1:]:
        id_, title, lane, tier, shape, glyph, role, product, icon, aliases, words, description = row.split("\t")
        types[id_] = ComponentType(
            id_,
            title,
            lane,
            cast("Tier", tier),
            cast("ShapeKind", shape),
            glyph,
            role,
            product,
            f"diagrams.{icon}",
            _names(aliases),
            _names(words),
            description,
        )
    return types


TYPES: Final[dict[str, ComponentType]] = _load()
"""All component types by id, in the order of the lanes; ``component`` last."""

ALIASES: Final[dict[str, str]] = {}
"""Other names → the type most likely meant: hints for messages, never accepted in a blueprint."""
for _type in TYPES.values():
    for _alias in _type.aliases:
        ALIASES.setdefault(_alias, _type.id)


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Map each run of words that suggests a type to it; ids and aliases suggest too, rows above win."""
    found: dict[tuple[str, ...], str] = {}
    for kind in TYPES.values():
        for phrase in (kind.id.replace("_", " "), *kind.words):
            found.setdefault(_split(phrase), kind.id)
    for alias, id_ in ALIASES.items():
        found.setdefault(_split(alias), id_)
    return found


def _split(name: str) -> tuple[str, ...]:
    """Split an id or phrase into words: at anything but letters, and where lower case turns to upper case."""
    spaced = "".join(
        (" " + c if c.isupper() and before.islower() else c) if c.isalpha() else " "
        for before, c in zip(" " + name, name, strict=False)
    )
    return tuple(spaced.lower().split())


def guess(name: str) -> str | None:
    """Guess the type of a component from its id alone, for blueprints that declare none.

    The longest known run of words wins; among equals the last, because English puts the head noun last
    (``mail_gateway`` is a gateway, ``review_queue`` is human review, ``user_store`` is no user).

    Args:
        name: An id such as ``spam_classifier`` or ``featureStore``.

    Returns:
        A key of TYPES, or None where no word of the id suggests one.
    """
    if name in TYPES:
        return name
    words, phrases = _split(name), _phrases()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length, -1, -1):
            run = words[start : start + length]
            found = phrases.get(run) or phrases.get((*run[:-1], run[-1].removesuffix("s")))
            if found:
                return found
    return None
