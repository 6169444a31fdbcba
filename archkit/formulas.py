"""Parts of formulas before layout: fractions, sums over an index, roots and powers, set around words."""

from __future__ import annotations

from dataclasses import dataclass

from archkit.blocks import Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quotient(Block):
    """A fraction: what stands above its bar, and below; in a row in the middle, its bar is where a minus would be."""

    above: Block
    below: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sum(Block):
    """A sum sign.

    Args:
        below: Where the index begins, or what it runs over.
        above: Where the index ends.
    """

    below: Block | None = None
    above: Block | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Root(Block):
    """A square root of something."""

    inner: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Power(Block):
    """Something with a raised exponent."""

    base: Block
    exponent: Block
