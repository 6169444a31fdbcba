"""A planned figure → its drawing and its files, made when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from archkit.diagnostics import Diagnostic, Severity
from archkit.layout import layout
from archkit.suggest import nearest
from archkit.theme import Theme

if TYPE_CHECKING:
    from archkit.drawing import Drawing
    from archkit.figures import Figure

CODES: dict[str, tuple[str, str]] = {
    "LAY001": (
        "A figure that could not be laid out as wanted",
        """\
The figure is drawn, and something about it is less good than it should be: its layout took longer than `--timeout`
allows and became simpler, or a label found no free place beside its arrow. Large figures become readable when they are
divided: draw groups as figures of their own, or leave out what does not matter with `hide:`.""",
    )
}

FORMATS = ("svg", "png")
"""Formats that a figure can be written in, named as the suffixes of their files."""


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
    """

    name: str
    blueprint: str
    figure: Figure
    theme: Theme
    engine: str = "builtin"
    timeout: float = 20.0

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
        return tuple(
            Diagnostic("LAY001", Severity.WARNING, f"figure `{self.name}`: {notice}") for notice in self.drawing.notices
        )

    @cached_property
    def svg(self) -> str:
        """The text of an SVG file that needs nothing else: typeface and pictures are inside."""
        # Loaded here because a PNG library comes with this folder's other modules, and few want all formats.
        from archkit.render.svg import svg

        return svg(self.drawing, self.theme, f"{self.blueprint}/{self.name}")

    def png(self, scale: float = 1.5) -> bytes:
        """Return a PNG picture.

        Args:
            scale: Pixels of the picture for one pixel of the figure.

        Raises:
            ValueError: The scale makes no picture, or one that is too large.
        """
        from archkit.render.png import png

        return png(self.svg, scale)

    def encode(self, format: str, scale: float = 1.5) -> bytes:
        """Return the content of a file.

        Args:
            format: One of ``FORMATS``.
            scale: As for ``png``.

        Raises:
            ValueError: There is no such format, or the scale makes no picture.
        """
        if format == "svg":
            return self.svg.encode()
        if format == "png":
            return self.png(scale)
        meant = nearest(format, FORMATS)
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(FORMATS)}"
        raise ValueError(f"figures cannot be written as `{format}`; {hint}")

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}
