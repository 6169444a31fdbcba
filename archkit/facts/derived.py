"""Numbers of a blueprint → numbers derived from them, each with its formula, inputs and assumptions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.diagnostics import Note
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.shapes.record import Record
    from archkit.source import Span

_SHORT_FROM = 10**7


class Input(NamedTuple):
    """A number as it is written in a blueprint.

    Attributes:
        name: What it is, in words.
        value: The number.
        span: Where it is written.
    """

    name: str
    value: Quantity
    span: Span

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The input itself."""
        return (self,)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Nothing is assumed about what is written."""
        return ()


class Derived(NamedTuple):
    """A number that follows from others.

    Attributes:
        key: A stable name, such as ``traffic.peak_qps`` or ``load.ranker``.
        name: What it is, in words.
        value: The number.
        formula: How it follows, with the numbers filled in.
        inputs: The numbers it comes from, as they are written.
        assumptions: What had to be assumed, in words.
    """

    key: str
    name: str
    value: Quantity
    formula: str
    inputs: tuple[Input, ...]
    assumptions: tuple[str, ...] = ()

    def working(self) -> str:
        """Return the number with how it follows: ``46,296/s = 2B × 2 / 86,400 s``."""
        return f"{show(self.value)} = {self.formula}"


Number = Input | Derived


def derive(
    key: str, name: str, value: Quantity, formula: str, *parts: Number | None, assume: tuple[str, ...] = ()
) -> Derived:
    """Return a derived number; inputs and assumptions of its parts become its own, each once.

    Args:
        key: The path by which others refer to the number.
        name: What it is, in words.
        value: What it comes to.
        formula: How, with the numbers filled in.
        parts: What it is computed from; those that are None do not count.
        assume: Assumptions of its own.
    """
    used = [part for part in parts if part is not None]
    inputs = dict.fromkeys(each for part in used for each in part.inputs)
    assumptions = dict.fromkeys((*(text for part in used for text in part.assumptions), *assume))
    return Derived(key, name, value, formula, tuple(inputs), tuple(assumptions))


def given(record: Record, field: str, name: str) -> Input | None:
    """Return a number that is written in a record, or None.

    Args:
        record: Where it is written.
        field: Its Python name.
        name: What it is, in words.
    """
    value = getattr(record, field)
    return Input(name, value, record.at(field)) if isinstance(value, Quantity) else None


def count(value: Fraction | int) -> Quantity:
    """Return how many."""
    return Quantity(Fraction(value), Dimension.COUNT)


def seconds(value: Fraction | int) -> Quantity:
    """Return a time."""
    return Quantity(Fraction(value), Dimension.TIME)


def per_second(value: Fraction | int) -> Quantity:
    """Return a rate."""
    return Quantity(Fraction(value), Dimension.RATE)


def share(value: Fraction | int) -> Quantity:
    """Return a share of a whole."""
    return Quantity(Fraction(value), Dimension.RATIO)


def show(value: Quantity) -> str:
    """Write a number for a message: as it was written, or in full with commas where that is not too long."""
    if value.text:
        return value.text
    shown = value.human(grouped=abs(value.value) < _SHORT_FROM)
    # `3B` as people write it: `3 B` could be taken for bytes.
    return shown.replace(" ", "") if value.dimension in (Dimension.COUNT, Dimension.RATE) and not value.noun else shown


def under(value: Quantity) -> str:
    """Write a number to stand below a line of division: rates in brackets, as ``(60/s)``."""
    shown = show(value)
    return f"({shown})" if "/" in shown else shown


def off(found: Quantity, wanted: Quantity) -> str:
    """Write by how much a number is off another: ``−57%``, or ``×12`` from three times on.

    Args:
        found: The number.
        wanted: What it is compared with.
    """
    if wanted.value == 0:
        return "from zero"
    ratio = found.value / wanted.value
    if ratio >= 3:
        return f"×{count(ratio).human(digits=2)}"
    change = round((ratio - 1) * 100)
    return f"{'−' if change < 0 else '+'}{abs(change)}%"


def notes(*parts: Number | None) -> tuple[Note, ...]:
    """Return notes that point at the numbers which something comes from, each once."""
    inputs = dict.fromkeys(each for part in parts if part is not None for each in part.inputs)
    return tuple(Note(f"{each.name}: {show(each.value)}", each.span) for each in inputs)
