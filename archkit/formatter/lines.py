"""Lines with the comments behind them → text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archkit.yamltree.concrete import Comment


@dataclass(slots=True, frozen=True)
class Line:
    """A line of the result.

    Args:
        text: What stands in it, without the comment behind it.
        comment: The comment behind it.
        exact: Whether it belongs to a text whose spaces and line breaks count.
    """

    text: str
    comment: Comment | None = None
    exact: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, and nothing has to."""
        return not (self.text or self.comment or self.exact)


EMPTY = Line("")


def text_of(lines: Sequence[Line]) -> str:
    """Return the text of lines: comments two spaces off, below each other where their author had put them so."""
    shifts = dict(_aligned(lines))
    return "".join(f"{_whole(line, shifts.get(number, 0))}\n" for number, line in enumerate(lines))


def _whole(line: Line, column: int) -> str:
    if line.comment is None:
        return line.text
    return f"{line.text.ljust(column - 2)}  {line.comment.text}" if line.text else line.comment.text


def _aligned(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of lines whose comments stood in one column, with the column that suits them now."""
    for part in _parts(lines):
        run: list[int] = []
        for number in part:
            comment = lines[number].comment
            if run and (comment is None or comment.column != _column(lines[run[-1]])):
                yield from _columns(lines, run)
                run = []
            if comment is not None:
                run.append(number)
        yield from _columns(lines, run)


def _parts(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the numbers of lines with comments behind them, for each part between empty lines and other comments."""
    part: list[int] = []
    for number, line in enumerate(lines):
        if line.empty or (line.text.lstrip().startswith("#") and not line.exact):
            yield part
            part = []
        elif line.comment is not None and line.text:
            part.append(number)
    yield part


def _column(line: Line) -> int:
    return line.comment.column if line.comment is not None else -1


def _columns(lines: Sequence[Line], run: Iterable[int]) -> Iterator[tuple[int, int]]:
    numbers = list(run)
    column = max((len(lines[number].text) + 2 for number in numbers), default=0)
    yield from ((number, column) for number in numbers)
