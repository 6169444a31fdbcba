"""A list in a record → where one of its entries is written, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archkit.shapes.record import Record
    from archkit.source import Span


def entry_at(record: Record, number: int, *path: str) -> Span:
    """Return the span of one entry of a list.

    Args:
        record: Where the list is written.
        number: Which entry, from 0.
        path: Of the list. It may be a single value, which stands for a list of one.
    """
    return record.at(*path, number) if record.has(*path, number) else record.at(*path)
