"""Kinds of figures that need data of their own → the record that reads it; each in a module of the kind's name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archkit.model.design import FigureSpec

KINDS: tuple[str, ...] = (
    "training_example",
    "matrix",
    "metric",
    "score",
    "confidence_router",
    "sliding_window",
    "relations",
    "graph_snapshots",
    "curves",
    "detection",
    "embedding_space",
    "index",
    "composition",
    "product",
)
"""Each has a module here with a ``FigureSpec`` that has the keys of its kind: ``MetricFigure`` for ``metric``."""


def spec_of(kind: str) -> type[FigureSpec] | None:
    """Return the record of a kind's entry under ``figures:``; None for kinds that need no data of their own.

    It is loaded when first asked for, because few blueprints hold many of them.
    """
    if kind not in KINDS:
        return None
    module: Any = import_module(f"archkit.model.authored.{kind}")
    found: type[FigureSpec] = getattr(module, _class(kind))
    return found


def kind_of(spec: type[FigureSpec]) -> str:
    """Return the kind that a record is for."""
    return next(kind for kind in KINDS if _class(kind) == spec.__name__)


def _class(kind: str) -> str:
    return "".join(word.title() for word in kind.split("_")) + "Figure"
