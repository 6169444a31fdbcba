"""What kinds of figures share: names of a figure, numbers as figures show them, glyphs for words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from archkit.blocks import Align, Block, Boxed, Column, Row, Words
from archkit.pictures import Arrow, Picture, texts
from archkit.quantity import Dimension, Quantity
from archkit.sentences import series as series
from archkit.titles import inside as inside
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.data import Sampling
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Model, Training

_MILLION = 1_000_000
_AS_WRITTEN = frozenset((Dimension.TIME, Dimension.RATE, Dimension.BANDWIDTH, Dimension.MONEY_RATE))

STEP_FILLS: Mapping[str, str] = {
    "requirements": "lane.other",
    "framing": "lane.other",
    "data": "lane.data",
    "model": "lane.training",
    "evaluation": "lane.training",
    "serving": "lane.inference",
    "monitoring": "lane.monitoring",
}
"""Colour roles of the seven steps: those of the lanes in which their work is done."""

STEP_TITLES: Mapping[str, str] = {
    "requirements": "Clarify requirements",
    "framing": "Frame as an ML task",
    "data": "Prepare data",
    "model": "Develop the model",
    "evaluation": "Evaluate",
    "serving": "Deploy and serve",
    "monitoring": "Monitor and improve",
}
"""What is done in each of the seven steps."""

_GROUP_FILLS = ("lane.data", "lane.inference", "lane.training", "lane.monitoring", "lane.other")

# Glyphs and the words that name what they show.
_GLYPHS: Mapping[str, str] = {
    "user": "user viewer member person rider guest customer traveller author",
    "users": "people friend connection",
    "search": "query search",
    "question": "question",
    "prompt": "prompt",
    "video": "video",
    "image": "image photo picture frame",
    "camera": "street camera",
    "audio": "audio voice speech sound",
    "text": "text title",
    "mail": "message mail email",
    "comment": "post comment answer",
    "documents": "document passage",
    "page": "page",
    "clock": "context time hour",
    "pin": "location place region",
    "ticket": "event ticket",
    "megaphone": "ad advert advertisement",
    "house": "listing home house",
    "item": "item",
    "cart": "product",
    "money": "price payment transaction card",
    "music": "music song",
    "car": "car trip",
    "graph": "graph",
    "store-history": "history",
    "features": "feature",
    "tag": "label class",
    "gauge": "score probability",
    "rank": "list order ranking",
    "vector": "vector embedding",
    "phone": "device",
}
_BY_WORD = {word: glyph for glyph, words in _GLYPHS.items() for word in words.split()}


def glyph_for(words: str, otherwise: str = "box") -> str:
    """Return a glyph for what some words name.

    Args:
        words: As ``20 videos in order``.
        otherwise: The glyph for everything else.
    """
    for word in words.lower().replace("_", " ").replace("-", " ").replace(",", " ").split():
        found = _BY_WORD.get(word) or _BY_WORD.get(word.removesuffix("s"))
        if found:
            return found
    return otherwise


def group_fill(blueprint: Blueprint, group: str) -> str:
    """Return the colour role of a group of features, the same in every figure of a blueprint.

    Args:
        blueprint: Its groups take the colours in the order in which they are written.
        group: The id of a group; anything else, as the id of a source, has no colour.
    """
    groups = list(blueprint.data.features)
    return _GROUP_FILLS[groups.index(group) % len(_GROUP_FILLS)] if group in groups else "node.fill"


def trainings(blueprint: Blueprint) -> list[Training]:
    """Return all trainings that are written: the one of all models, then those of some."""
    modelling = blueprint.model
    return [each for each in (modelling.training, *modelling.trainings.values()) if each]


def sampling_of_data(blueprint: Blueprint, model: Model) -> Sampling | None:
    """Return how the examples of the data are chosen, where a model learns from them; nothing where it does not.

    It does not where the main training leaves it out, and the one that names it has another number of examples.

    Args:
        blueprint: With the data.
        model: One of its models.
    """
    modelling, data = blueprint.model, blueprint.data
    own = [each for each in modelling.trainings.values() if model.id in each.models]
    counts = {each.examples.value for each in own if each.examples is not None}
    left_out = bool(modelling.training.models) and model.id not in modelling.training.models
    if left_out and counts and data.examples is not None and data.examples.value not in counts:
        return None
    return data.sampling or None


def short(value: Quantity) -> str:
    """Return a quantity as a figure shows it: ``1,000``, ``10B``, ``40 ms``; times and rates as they are written."""
    if value.dimension in _AS_WRITTEN and value.text:
        return value.text
    if value.dimension is not Dimension.COUNT:
        return value.human()
    return value.human(grouped=True) if abs(value.value) < _MILLION else value.human().replace(" ", "")


def percent(value: Fraction) -> str:
    """Return a share as figures show it: ``66.7%``."""
    return Quantity(value, Dimension.RATIO).human()


def data_size(value: Fraction) -> str:
    """Return a number of bytes as figures show it: ``5.12 TB``."""
    return Quantity(value, Dimension.BYTES).human()


def metric_name(id_: str) -> str:
    """Return a readable name of a metric: ``ndcg@10`` as "nDCG@10", ``p99_latency`` as "p99 latency"."""
    if "@" in id_ and "_" not in id_:
        name, _, cut = id_.partition("@")
        return f"{inside(title_of(name))}@{cut}"
    title = title_of(id_)
    return title[0].lower() + title[1:] if title[:1] == "P" and title[1:2].isdigit() else title


def heads(*titles: str) -> tuple[Block | None, ...]:
    """Return the column titles of a table; nothing for an empty one."""
    return tuple(Words(title, "small") if title else None for title in titles)


def listed(items: Iterable[str], style: Align = "start", measure: float = 22.0, sign: str = "") -> Column:
    """Return short texts below each other, each behind a sign where one is given.

    Args:
        items: What they say.
        style: How they are aligned.
        measure: Room of a line, in em.
        sign: What stands before each; nothing where empty.
    """
    lines = [Words(item, "body", measure=measure, align=style) for item in items]
    if not sign:
        return Column(tuple(lines), 0.15, style)
    return Column(tuple(Row((Words(sign, "strong"), line), 0.4, "start") for line in lines), 0.15)


def panel(title: str, inner: Block, fill: str = "node.fill", measure: float = 24.0) -> Boxed:
    """Return a block in a frame below its title.

    Args:
        title: Heads it.
        inner: What is framed.
        fill: Colour role of the ground.
        measure: Room of the title, in em.
    """
    head = Words(title, "title", measure=measure)
    return Boxed(
        Column((head, inner), 0.7, "stretch"), fill=fill, stroke="faint", padding=1.1, align="stretch", top=True
    )


def picture(
    kind: str,
    title: str,
    caption: str,
    body: Block,
    spec: FigureSpec | None,
    arrows: tuple[Arrow, ...] = (),
    description: str = "",
) -> Picture:
    """Return a picture with the names that a blueprint gives it, or else the kind's.

    Args:
        kind: The figure kind.
        title: Heads the figure.
        caption: Stands below it.
        body: What is drawn.
        spec: What the blueprint says about the figure.
        arrows: Between boxes of the body.
        description: The figure in words; what it says, in reading order, where none is given.
    """
    return Picture(
        (spec and spec.name) or kind,
        kind,
        (spec and spec.title) or title,
        (spec and spec.caption) or caption,
        body,
        arrows,
        description or ". ".join(dict.fromkeys(texts(body))) + ".",
    )
