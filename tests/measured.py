"""Words → the quantities that they say."""

from __future__ import annotations

from archkit.quantity import Dimension, Quantity, parse_quantity

D = Dimension
DAY = 86_400


def read(text: str, *expect: Dimension) -> Quantity:
    found = parse_quantity(text, expect or tuple(D))
    assert isinstance(found, Quantity), f"{text}: {found}"
    return found
