"""Drawing → flaws: the figure checker, which reads a drawing as a proof-reader would before it is printed."""

from __future__ import annotations

from archkit.drawing import Drawing
from archkit.picture import GraphFigure
from archkit.pictures import Picture
from archkit.proof import contrast, ends, hidden, labels, naming, page, planes, spacing, structure, texts, wires
from archkit.proof.complete import check_complete, check_said
from archkit.proof.flaw import PICTURE, SYSTEM, Flaw, Limits
from archkit.proof.measures import Measures, measure
from archkit.proof.scene import build
from archkit.proof.svg import check_svg
from archkit.theme import Theme

__all__ = [
    "PICTURE",
    "SYSTEM",
    "Flaw",
    "Limits",
    "Measures",
    "check",
    "check_complete",
    "check_svg",
    "measure",
]


def check(
    drawing: Drawing, theme: Theme, figure: GraphFigure | Picture | None = None, limits: Limits | None = None
) -> list[Flaw]:
    """Return every flaw of a drawing, by point.

    Args:
        drawing: What would be written to a file.
        theme: Whose colours it would be written in.
        figure: What was to be drawn; with it, lost words and nodes outside their lane or group are told as well.
        limits: How strict to be; as with systems, or as with pictures where the figure is one.
    """
    picture, graph = (figure, None) if isinstance(figure, Picture) else (None, figure)
    limits = limits or (PICTURE if picture else SYSTEM)
    scene = build(drawing)
    index = wires.WireIndex(scene)
    found = [
        *structure.check(scene, limits, graph),
        *texts.check(scene, limits, theme.face),
        *(check_complete(graph, drawing) if graph is not None else ()),
        *(check_said(picture, drawing) if picture is not None else ()),
        *labels.check(scene, limits, index),
        *planes.check(scene, limits),
        *wires.check(scene, limits, index),
        *ends.check(scene, limits),
        *spacing.check(limits, index),
        *hidden.check(scene, limits),
        *page.check(scene, limits),
        *contrast.check(scene, theme, limits),
        *naming.check(scene),
    ]
    return sorted(found, key=lambda flaw: flaw.point)
