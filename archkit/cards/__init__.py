"""Document → cards to learn from: figures with something blanked out, and questions that the blueprint answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from archkit.cards.masks import Mask, masks
from archkit.cards.questions import questions

if TYPE_CHECKING:
    from archkit.document import Document

Kind = Literal[
    "component", "arrow", "objective", "loss", "label", "leak", "decision", "metric", "funnel", "number", "serving"
]
FIGURES = ("system", "training", "inference")
"""Figures whose components and arrows are asked for."""


class Card(NamedTuple):
    """Something to recall.

    Attributes:
        id: Stays the same as long as the thing that it is about does, whatever is said about it.
        kind: What is asked for.
        front: The question.
        back: The answer, paragraph by paragraph.
        figure: The figure that it is about; empty for words alone.
        mask: What is covered in the figure until the answer is shown.
    """

    id: str
    kind: Kind
    front: str
    back: tuple[str, ...]
    figure: str = ""
    mask: Mask | None = None


def asked(document: Document) -> tuple[str, ...]:
    """Return the figures of a document whose components and arrows are asked for."""
    return tuple(figure for figure in FIGURES if document.missing(figure) == [])


def cards(document: Document, name: str, covers: Callable[[str], Iterable[Mask]] | None = None) -> Iterator[Card]:
    """Yield all cards of a blueprint, those about figures first.

    Args:
        document: Without errors of the language.
        name: Of the blueprint among others; it becomes part of the ids.
        covers: Returns what can be covered in a figure of those that ``asked`` names; where None, they are drawn.

    Raises:
        LayoutError: A figure cannot be laid out.
    """
    blueprint = document.blueprint
    if blueprint is None:
        return
    seen: set[str] = set()
    for figure in asked(document):
        for mask in covers(figure) if covers else masks(document.figure(figure)):
            # A component stands in several figures and is asked for once, in the whole system.
            if mask.of not in seen:
                seen.add(mask.of)
                front = f"{blueprint.title}: {mask.question}"
                kind: Kind = "arrow" if mask.arrow else "component"
                yield Card(f"{name}/{kind}/{mask.of}", kind, front, mask.answer, figure, mask)
    for question in questions(blueprint):
        front = f"{blueprint.title}: {question.front}"
        yield Card(f"{name}/{question.kind}/{question.of}", question.kind, front, question.back)
