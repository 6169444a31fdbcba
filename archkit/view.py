"""A planned figure → its drawing and its files, made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from archkit.diagnostics import Diagnostic, Severity
from archkit.layout import layout
from archkit.picture import GraphFigure
from archkit.render.finish import PLAIN, SCALE, Finish
from archkit.suggest import nearest
from archkit.theme import Theme

if TYPE_CHECKING:
    from archkit.drawing import Drawing
    from archkit.figures import Figure
    from archkit.layout.stepping import Stepped
    from archkit.picture import Step

CODES: dict[str, tuple[str, str]] = {
    "LAY001": (
        "A figure that could not be laid out as wanted",
        """\
The figure is drawn, and something about it is less good than it should be: its layout took longer than `--timeout`
allows and became simpler, or a label found no free place beside its arrow. Large figures become readable when they are
divided: draw groups as figures of their own, or leave out what does not matter with `hide:`.""",
    )
}

PICTURES = ("svg", "png", "pdf")
"""Formats that show a figure exactly as it is laid out."""
BOARDS = ("drawio", "excalidraw")
"""Formats of drawing programs, in which every part of a figure can be moved and changed."""
TEXTS = ("mmd", "d2", "dot", "py")
"""Formats that other programs lay out themselves; only graphs have them."""
FORMATS = (*PICTURES, *BOARDS, *TEXTS)
"""Formats that figures can be written in, named as the suffixes of their files."""


@dataclass(frozen=True, eq=False, repr=False)
class FigureView:
    """A figure of a blueprint in a theme. It shows itself in a notebook.

    Args:
        name: Of the figure, unique in its blueprint.
        blueprint: The name of the blueprint, to tell apart the figures of several on one page.
        figure: What is drawn.
        theme: Its colours, type sizes and strokes.
        engine: ``builtin`` or ``dot``.
        timeout: Seconds after which layout becomes simpler.
        finish: The page that it stands on, its paper and its colour schemes.
    """

    name: str
    blueprint: str
    figure: Figure
    theme: Theme
    engine: str = "builtin"
    timeout: float = 20.0
    finish: Finish = PLAIN

    def __repr__(self) -> str:
        return f"<figure {self.name} of {self.blueprint}: {self.figure.title}>"

    @cached_property
    def drawing(self) -> Drawing:
        """The figure with every part in its place.

        Raises:
            LayoutError: It cannot be laid out.
        """
        return layout(self.figure, self.theme, engine=self.engine, budget=self.timeout)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What layout could not do as asked."""
        return tuple(remarks(self.name, self.drawing.notices))

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that this figure can be written in."""
        return FORMATS if isinstance(self.figure, GraphFigure) else (*PICTURES, *BOARDS)

    @cached_property
    def svg(self) -> str:
        """The text of an SVG file that needs nothing else: typeface and pictures are inside."""
        # Loaded here because a PNG library comes with this folder's other modules, and few want all formats.
        from archkit.render.svg import svg

        return svg(self.drawing, self.theme, f"{self.blueprint}/{self.name}", self.finish)

    def png(self, scale: float = SCALE, width: int | None = None) -> bytes:
        """Return a PNG picture.

        Args:
            scale: Pixels of the picture for one pixel of the figure.
            width: Pixels of the picture from side to side, in place of a scale.

        Raises:
            ValueError: The scale or width makes no picture, or one that is too large.
        """
        from archkit.render.png import png

        return png(self.svg, scale, width)

    def pdf(self) -> bytes:
        """Return a PDF file of one page, in vectors and with its text as text.

        Raises:
            MissingPackageError: The package that writes it is not installed; the message says which.
        """
        from archkit.render.pdf import pdf

        return pdf(self.svg, self.drawing.title)

    def encode(self, format: str, scale: float = SCALE, width: int | None = None) -> bytes:
        """Return the content of a file.

        Args:
            format: One of ``FORMATS``.
            scale: As for ``png``.
            width: As for ``png``.

        Raises:
            ValueError: There is no such format, the figure does not have it, or the scale makes no picture.
            MissingPackageError: The format needs a package that is not installed; the message says which.
        """
        if format == "svg":
            return self.svg.encode()
        if format == "png":
            return self.png(scale, width)
        if format == "pdf":
            return self.pdf()
        if format in BOARDS:
            return self._board(format).encode()
        if format in TEXTS:
            return self._text(format).encode()
        meant = nearest(format, FORMATS)
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(FORMATS)}"
        raise ValueError(f"figures cannot be written as `{format}`; {hint}")

    def _board(self, format: str) -> str:
        """Return the text of a drawing program's file."""
        # Loaded here because few want these formats.
        from archkit.render.drawio import drawio
        from archkit.render.excalidraw import excalidraw

        write = {"drawio": drawio, "excalidraw": excalidraw}[format]
        return write(self.drawing, self.theme, self.finish.transparent)

    def _text(self, format: str) -> str:
        """Return the figure as a text for a program that lays it out itself.

        Raises:
            ValueError: It is no graph.
        """
        if not isinstance(self.figure, GraphFigure):
            raise ValueError(
                f"it is no graph of components and cannot be written as `{format}`; it can as {', '.join(self.formats)}"
            )
        # Loaded here because few want these formats.
        from archkit.render.d2 import d2
        from archkit.render.dot import dot
        from archkit.render.mmd import mmd
        from archkit.render.py import py

        return {"mmd": mmd, "d2": d2, "dot": dot, "py": py}[format](self.figure, self.theme)

    def steps(self) -> tuple[StepView, ...]:
        """Return the steps in which one would draw a graph figure on a whiteboard; nothing for other figures.

        Everything has its final place from the first step on. What is new in a step stands out.
        """
        return tuple(
            self._stepped(f"step-{number:02}", drawing, step.caption)
            for number, (drawing, step) in enumerate(zip(self._stages.frames(), self._steps, strict=True), 1)
        )

    @property
    def playing(self) -> str:
        """The text of an SVG that plays the steps by itself, without a script; "" for figures that are no graphs.

        Where motion is not wanted, and in programs that know no animation, it shows the whole figure.
        """
        if not self._steps:
            return ""
        from archkit.render.playing import playing

        return playing(self._stepped("steps", self._stages.whole(), "").svg, [step.caption for step in self._steps])

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        if not isinstance(self.figure, GraphFigure):
            return ()
        # Loaded here because most figures are drawn at once.
        from archkit.figures.steps import whiteboard

        return whiteboard(self.figure)

    @cached_property
    def _stages(self) -> Stepped:
        from archkit.layout.stepping import Stepped

        return Stepped(self.drawing, self.figure, self._steps, self.theme)

    def _stepped(self, suffix: str, drawing: Drawing, caption: str) -> StepView:
        given = {field.name: getattr(self, field.name) for field in fields(FigureView)}
        return StepView(**{**given, "name": f"{self.name}.{suffix}"}, caption=caption, stage=drawing)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}


def remarks(name: str, notices: Iterable[str]) -> list[Diagnostic]:
    """Return what layout could not do as asked, as findings about a figure of a name."""
    return [Diagnostic("LAY001", Severity.WARNING, f"figure `{name}`: {notice}") for notice in notices]


@dataclass(frozen=True, eq=False, repr=False)
class StepView(FigureView):
    """A figure as it stands after one of its steps.

    Args:
        caption: What is added.
        stage: What has been drawn by then.
    """

    caption: str = ""
    stage: Drawing | None = None

    @cached_property
    def drawing(self) -> Drawing:
        """What has been drawn by then, every part in its final place."""
        return super().drawing if self.stage is None else self.stage
