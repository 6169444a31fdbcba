"""An index of codes → a vector cut in parts, the nearest entry of each part's codebook, and the bytes that remain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Cells, Column, Link, Row, Words
from archkit.figures.common import data_size, short
from archkit.figures.index import fact, note
from archkit.figures.spaces import cell, nearest, plain, spread
from archkit.planes import Axis, Mark, Plane, Region, rectangle
from archkit.quantity import Dimension, Quantity

if TYPE_CHECKING:
    from archkit.figures.index import Index

_ENTRIES = 256  # of a codebook, so that a code is one byte
_SHOWN = 8  # entries in the picture of a codebook
_ID = 8  # bytes of the id that lists keep beside each code
_FLOAT = Fraction(4)
_DIM, _PARTS = 128, 16  # of an index of which nothing is known
_SUBVECTOR = (0.58, 0.24)


class Cut(NamedTuple):
    """How a vector is compressed.

    Attributes:
        dim: Numbers of a vector.
        width: Bytes of each.
        parts: Into how many it is cut; each becomes one byte.
        identity: Bytes of the id beside the code.
        assumed: What is assumed, in words; empty for nothing.
    """

    dim: int
    width: Fraction
    parts: int
    identity: int
    assumed: str


def cut(index: Index) -> Cut:
    """Return how the vectors of an index are compressed.

    The number of parts is the one in its name, or the bytes of a code where they divide the vector evenly, with or
    without an id of 8 bytes beside it; else 8 numbers become one byte.
    """
    # Where nothing says how long vectors are, they are taken to be such that the parts that are named divide them.
    assumed_dim = _DIM if _DIM % (index.parts or 1) == 0 else 8 * (index.parts or 1)
    dim, width = index.dim or assumed_dim, index.width or _FLOAT
    size = int(index.code_size) if index.code_size is not None else 0
    ways = ((index.parts or 0, size - (index.parts or 0)), (size, 0), (size - _ID, _ID))
    for parts, identity in ways:
        if parts > 0 and dim % parts == 0:
            return Cut(dim, width, parts, identity if identity == _ID else 0, "" if index.dim else _of_a_vector(dim))
    parts = dim // next(each for each in (8, 4, 2, 1) if dim % each == 0)
    assumed = f"{dim // parts} numbers to a byte" + (f" and {_of_a_vector(dim)}" if not index.dim else "")
    return Cut(dim, width, parts, 0, assumed)


def _of_a_vector(dim: int) -> str:
    return f"vectors of {dim} numbers"


def codes(index: Index) -> tuple[Block, tuple[Block, ...]]:
    """Return the picture of the compression, and what it saves."""
    made = cut(index)
    each = made.dim // made.parts
    entries = spread(_SHOWN, 40)
    code = nearest(_SUBVECTOR, entries)[0]
    vector = _boxed("vector", f"{made.dim:,} numbers × {data_size(made.width)}", Cells(14, cut=True))
    strips = Row((*(_part(each, name) for name in ("1", "2")), Words("…"), _part(each, str(made.parts))), 0.8, "end")
    pieces = _boxed("parts", f"{made.parts} parts", strips)
    bytes_ = _boxed("codes", f"{made.parts} codes of 1 B", Cells(8, cut=True, fill="model.fill"))
    steps = Column(
        (
            vector,
            Link("vector", "parts", f"cut after {each}" if each > 1 else "one by one", upright=True),
            pieces,
            Link("parts", "codes", f"nearest of {_ENTRIES}", upright=True),
            bytes_,
        ),
        0.2,
        "middle",
    )
    drawn = Row((steps, _codebook(entries, code)), 1.6, "middle")
    return drawn, (
        *_sums(index, made),
        note(f"Of the codebook {_SHOWN} of {_ENTRIES} entries are drawn, in two dimensions."),
    )


def _boxed(name: str, words: str, inner: Block) -> Block:
    return Boxed(Column((Words(words, align="middle"), inner), 0.4, "middle"), name, padding=0.7)


def _part(numbers: int, name: str) -> Block:
    strip = Cells(min(numbers, 3), cut=numbers > 3)
    return Column((strip, Words(name, "small")), 0.15, "middle")


def _codebook(entries: list[tuple[float, float]], code: int) -> Block:
    """Return the cells of a codebook: all that lies in one is written as the same code."""
    square = rectangle(0.0, 0.0, 1.0, 1.0)
    regions = tuple(
        Region(cell(entries, at, square), f"code {at}", "model.fill" if at == code else "", "muted", bold=at == code)
        for at in range(len(entries))
    )
    marks = (
        *(Mark(*entry, sign="plus", size=0.7, halo=at == code) for at, entry in enumerate(entries)),
        Mark(*_SUBVECTOR, "part 1", "star", size=1.0, bold=True),
    )
    plane = Plane(Axis(), Axis(), regions, (), (), marks, width=18.0)
    return Column((Words("Codebook of part 1", "strong"), plane, Words(f"Part 1 is written as {code}.")), 0.4, "middle")


def _sums(index: Index, made: Cut) -> tuple[Block, ...]:
    whole, code = made.dim * made.width, Fraction(made.parts + made.identity)
    kept = f"{made.parts} B + {made.identity} B for its id = {data_size(code)}" if made.identity else data_size(code)
    less = plain(round(float(whole / code), 1))
    lines = [f"{made.dim:,} × {data_size(made.width)} = {data_size(whole)} become {kept}: {less} times less."]
    if index.items is not None:
        count = short(Quantity(index.items, Dimension.COUNT))
        lines.append(f"{count} vectors: {data_size(index.items * code)} instead of {data_size(index.items * whole)}.")
    if made.assumed:
        lines.append(f"Assumed: {made.assumed}.")
    return tuple(fact(line, 40) for line in lines)
