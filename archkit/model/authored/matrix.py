"""A matrix as a figure's data: its cells, or the sets or links that they are counted from, and its factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from archkit.model.design import FigureSpec
from archkit.quantity import Dimension, Quantity, parse_quantity
from archkit.reading import Reading
from archkit.sentences import how_many
from archkit.shapes import fields as f
from archkit.shapes.base import Schemas
from archkit.shapes.containers import ListOf, MapOf
from archkit.shapes.numbers import Numbers
from archkit.shapes.record import Record
from archkit.shapes.scalars import TEXT_SCHEMA, Text
from archkit.yamltree import Node, Scalar

SHOWN = ("one-hot", "co-occurrence")
"""What is counted from sets: which holds what, or how often two things are in one set."""

_MOST_FACTORS = 4
_MOST = 30  # rows and columns that can be read on a page


class Cell(Text):
    """A number, a word, or nothing."""

    words = "a number, a word or nothing (`~`)"
    example = "5"

    def empty(self, node: Scalar, key: Scalar | None, reading: Reading) -> None:
        """Take nothing as a blank cell."""

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> str | None:
        """Return the text of the cell; "" for a blank one."""
        return super().read(node, key, reading) or ""

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of a cell."""
        return {"type": [*TEXT_SCHEMA["type"], "null"]}


_FACTOR = Numbers("the factors of a row or column", "[0.9, 0.2]")


class MatrixFactors(Record, short="rank"):
    """Two thin matrices whose product comes near the known cells; a number alone is their rank."""

    rank = f.integer("How many factors; they are computed from the known cells.", "2", aka=("dim", "k"))
    rows = f.field(MapOf(_FACTOR, names=True), "The factors of every row.", "{ana: [0.9, 0.2]}")
    columns = f.field(MapOf(_FACTOR, names=True), "The factors of every column.", "{A: [1.2, 0.1]}", key="columns")
    waive = f.waive()


class MatrixFigure(FigureSpec, noun="figure"):
    """A matrix: given by its cells, or counted from sets or from links."""

    row = f.text("What a row stands for; it chooses the glyph.", "user", aka=("rows",))
    column = f.text("What a column stands for.", "video")
    columns = f.texts("The columns.", "[A, B, C]", key="columns")
    cells = f.field(
        MapOf(ListOf(Cell(), single=False), names=True), "The cells of each row, `~` for a blank.", "{ana: [5, ~, 3]}"
    )
    sets = f.field(MapOf(f.TEXTS, names=True), "What each set holds, for counting.", "{basket 1: [bread, milk]}")
    show = f.word(SHOWN, "What is counted from sets.", "co-occurrence")
    links = f.field(
        MapOf(f.TEXTS, names=True), "What each thing is linked with, in both directions.", "{ana: [ben, eva]}"
    )
    heat = f.flag("Whether larger numbers stand on a darker ground.")
    factors = f.record(MatrixFactors, "A factor pair for the known cells.", "{rank: 2}")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check that there is one matrix, that its rows are equally long, and that factors fit."""
        super().finish(values, reading)
        given = [name for name in ("cells", "sets", "links") if self.has(name)]
        if len(given) != 1 and not self.partial:
            message = f"a matrix is given by one of `cells`, `sets` and `links`, not by {len(given) or 'none'} of them"
            where = self.key_at(given[1]) if given else self.at("kind")
            hint = "keep one" if given else "write `columns: [A, B]` and `cells: {ana: [5, ~], ben: [~, 3]}`"
            reading.error("FIG010", where, message, hint)
        self._check_rows(reading)
        self._check_size(given, reading)
        for name, needed in (("show", "sets"), ("columns", "cells"), ("factors", "cells")):
            if self.has(name) and not self.has(needed):
                reading.error("FIG010", self.key_at(name), f"`{name}` goes with `{needed}`", "take it off")
        if self.factors and self.cells and self.columns:
            self._check_factors(reading)

    def _check_rows(self, reading: Reading) -> None:
        if self.cells and not self.columns:
            if not self.partial:
                reading.error("FIG010", self.key_at("cells"), "the cells have no columns", "write `columns: [A, B]`")
            return
        for name, row in self.cells.items():
            if len(row) != len(self.columns):
                count = how_many(len(row), "cell")
                message = f"the row `{name}` has {count} for {len(self.columns)} columns"
                reading.error("FIG010", self.at("cells", name), message, "write `~` for a blank cell")
        for at, name in enumerate(self.columns):
            if name in self.columns[:at]:
                reading.error("LNG012", self.at("columns", at), f"the column `{name}` is there twice", "rename one")

    def _check_size(self, given: Sequence[str], reading: Reading) -> None:
        """Report more rows or columns than a page has room for."""
        things = {name for inner in (self.sets, self.links) for names in inner.values() for name in names}
        linked = len(things | set(self.links)) if self.links else len(things)
        count = max(len(self.cells), len(self.columns), len(self.sets), linked)
        if count > _MOST and given:
            message = f"a matrix shows at most {_MOST} rows and columns, not {count}"
            reading.error("FIG010", self.key_at(given[0]), message, "show a part of it")

    def _check_factors(self, reading: Reading) -> None:
        numbers = self.numbers()
        words = next(((row, at) for row, cells in self.cells.items() for at, cell in enumerate(cells)
                      if cell and (row, at) not in numbers), None)  # fmt: skip
        if words is not None:
            where = self.at("cells", words[0], words[1])
            reading.error("FIG010", where, "only numbers have factors", "write a number, or `~` for a blank")
        if not numbers:
            reading.error("FIG010", self.key_at("factors"), "a matrix without numbers has no factors", "write some")
        both = bool(self.factors.rows), bool(self.factors.columns)
        if self.factors.rank is not None and any(both):
            message = "the rank asks for computed factors, and others are written"
            reading.error("LNG018", self.factors.key_at("rank"), message, "keep one of them")
        elif self.factors.rank is not None:
            most = min(len(self.cells), len(self.columns), _MOST_FACTORS)
            if not 1 <= self.factors.rank <= most:
                message = f"the rank of this matrix must be from 1 to {most}, not {self.factors.rank}"
                reading.error("LNG013", self.factors.at("rank"), message, f"write `factors: {most}` or less")
        elif not self.partial:
            self._check_written(reading)

    def _check_written(self, reading: Reading) -> None:
        """Report rows and columns without factors, factors of nothing, and factors of different lengths."""
        lengths = [len(one) for one in (*self.factors.rows.values(), *self.factors.columns.values())]
        for side, named in (("rows", tuple(self.cells)), ("columns", self.columns)):
            found: Mapping[str, tuple[Fraction, ...]] = getattr(self.factors, side)
            missing = [f"`{name}`" for name in named if name not in found]
            if missing and self.factors.whole(side):
                message = f"no factors of {', '.join(missing[:3])}{' and others' if len(missing) > 3 else ''}"
                hint = f"write `{side}: {{{named[0] if named else 'A'}: [0.9, 0.2]}}`, or `factors: {{rank: 2}}`"
                reading.error("FIG010", self.factors.key_at(side), message, hint)
            for name, factors in found.items():
                if name not in named:
                    reading.error("FIG010", self.factors.key_at(side, name), f"the matrix has no `{name}` there")
                elif len(factors) != lengths[0]:
                    message = f"`{name}` has {_count(len(factors))}, others have {lengths[0]}"
                    reading.error("FIG010", self.factors.at(side, name), message, "write as many for each")

    def numbers(self) -> dict[tuple[str, int], Quantity]:
        """Return the cells that are numbers, by row and position."""
        read = {
            (row, at): parse_quantity(
                cell,
                (Dimension.COUNT, Dimension.RATIO),
            )
            for row, cells in self.cells.items()
            for at, cell in enumerate(cells)
            if cell
        }
        return {where: found for where, found in read.items() if isinstance(found, Quantity)}


def _count(factors: int) -> str:
    return how_many(factors, "factor")
