"""Component → the box of a graph figure: its outline, its glyph, and what is written on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.catalog import TYPES
from archkit.picture import Node
from archkit.products import product_of_id
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.model.components import Component

_MILLION = 1_000_000


def node_of(component: Component) -> Node:
    """Return the box of a component."""
    kind = TYPES.get(component.type, TYPES["component"])
    return Node(
        component.id,
        component.title,
        kind.shape,
        kind.glyph,
        component.tech or product_of_id(component.id),
        component.lane,
        _annotation(component),
        component.note or "",
        _tooltip(component, kind.title),
    )


def _annotation(component: Component) -> tuple[str, ...]:
    """Return the small print of a component: its counts, then its time."""
    lines = []
    if component.in_count is not None and component.out_count is not None:
        lines.append(f"{_short(component.in_count)} → {_short(component.out_count)}")
    elif component.items is not None:
        vectors = f" × {component.dim} d" if component.dim else " items"
        lines.append(_short(component.items) + vectors)
    if component.latency is not None:
        for name in ("p99", "p95", "p50", "mean"):
            value = getattr(component.latency, name, None)
            if value is not None:
                lines.append(f"{name} {_short(value)}")
                break
    return tuple(lines)


def _short(value: Quantity) -> str:
    """Return a quantity as a figure shows it: ``1,000``, ``10B``, ``40 ms``."""
    if value.dimension is not Dimension.COUNT:
        return value.human()
    return value.human(grouped=True) if value.value < _MILLION else value.human().replace(" ", "")


def _tooltip(component: Component, type_title: str) -> str:
    parts = [component.title]
    if type_title.lower() != component.title.lower():
        parts.append(type_title)
    if component.tech:
        parts.append(component.tech)
    return " · ".join(parts)
