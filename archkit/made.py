"""Views → the files of a figure, as one piece of work that any process can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archkit.layout import LayoutError
from archkit.picture import GraphFigure
from archkit.view import PICTURES, TEXTS
from archkit.workers import WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archkit.view import FigureView
    from archkit.workers import Task

_NODES = 5.0  # boxes of a graph that take about as long as a simple figure


class Made(NamedTuple):
    """The files of a figure.

    Attributes:
        files: Content of each by what its name ends in, such as ``.svg``.
        notices: What layout could not do as asked.
        steps: In how many steps it is drawn.
        problem: Why there are no further files; None where all have been made.
    """

    files: tuple[tuple[str, bytes], ...]
    notices: tuple[str, ...] = ()
    steps: int = 0
    problem: Exception | None = None


def made(view: FigureView, formats: Sequence[str], steps: Sequence[str], scale: float, width: int | None) -> Made:
    """Make the files of a figure.

    Args:
        view: The figure.
        formats: Of its files.
        steps: Formats of the pictures of its steps, for a graph; of those of ``formats`` that are pictures.
        scale: As for ``FigureView.png``.
        width: The same.

    Raises:
        MissingPackageError: As for ``FigureView.encode``.
    """
    files: list[tuple[str, bytes]] = []
    count = 0
    try:
        for format in formats:
            files.append((f".{format}", view.encode(format, scale, width)))
        for count, step in enumerate(view.steps() if steps else (), 1):
            files += _step(step, f".step-{count:02}", steps, scale, width)
        if count and "svg" in steps:
            files.append((".steps.svg", view.playing.encode()))
        # Formats that others lay out need no layout of one's own.
        notices = view.drawing.notices if {*formats, *steps} - {*TEXTS} else ()
        return Made(tuple(files), notices, count)
    except (LayoutError, ValueError) as error:
        return Made(tuple(files), (), count, error)


def outcome(task: Task[Made]) -> Made:
    """Return what a task has made; nothing where the process that worked on it died."""
    try:
        return task.result()
    except WorkerDiedError as error:
        return Made((), problem=error)


def _step(
    view: FigureView, name: str, formats: Sequence[str], scale: float, width: int | None
) -> Iterator[tuple[str, bytes]]:
    return ((f"{name}.{format}", view.encode(format, scale, width)) for format in formats if format in PICTURES)


def effort(view: FigureView) -> float:
    """Return how long a figure takes to draw, very roughly, as a multiple of the simplest one."""
    return 1.0 + (len(view.figure.nodes) / _NODES if isinstance(view.figure, GraphFigure) else 0.0)


def svg(view: FigureView) -> str:
    """Return the text of a figure's SVG file.

    Raises:
        LayoutError: It cannot be laid out.
    """
    return view.svg
