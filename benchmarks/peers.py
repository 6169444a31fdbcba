"""Layouts of other tools → the same measures as the figure checker's, from a DOT text and Graphviz on PATH."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any, NamedTuple

from archkit.drawing import Box, Point
from archkit.geometry import bezier
from archkit.proof.measures import mean_side, measure_lines

POINTS_PER_INCH = 72.0


class PeerMeasures(NamedTuple):
    """A layout by Graphviz in numbers.

    Args:
        nodes: How many nodes.
        arrows: How many arrows.
        crossings: Places where two arrows cross.
        bends: Turning of arrows in quarter turns.
        ink: Length of all arrows in points.
        relative_ink: The same as a multiple of the mean node's side.
        aspect: Width : height.
    """

    nodes: int
    arrows: int
    crossings: int
    bends: float
    ink: float
    relative_ink: float
    aspect: float


def has_dot() -> bool:
    """Return whether Graphviz' ``dot`` is on PATH."""
    return shutil.which("dot") is not None


def measure_dot(source: str, *options: str) -> PeerMeasures:
    """Return what ``dot`` makes of a DOT text, in numbers.

    Args:
        source: The DOT text.
        options: Further arguments, as ``-Gsplines=ortho``.
    """
    done = subprocess.run(["dot", "-Tjson", *options], input=source, capture_output=True, text=True, check=True)
    return measure_json(json.loads(done.stdout))


def measure_json(layout: dict[str, Any]) -> PeerMeasures:
    """Return a layout in Graphviz' JSON format in numbers."""
    x, y, right, top = map(float, layout["bb"].split(","))
    boxes = [_box(found) for found in layout["objects"] if "pos" in found]
    lines = [way for edge in layout["edges"] for way in ways(edge["pos"])]
    found = measure_lines(lines)
    return PeerMeasures(
        nodes=len(boxes),
        arrows=len(layout["edges"]),
        crossings=found.crossings,
        bends=found.bends,
        ink=found.ink,
        relative_ink=found.ink / mean_side(boxes),
        aspect=(right - x) / (top - y),
    )


def _box(node: dict[str, str]) -> Box:
    x, y = map(float, node["pos"].split(","))
    width, height = float(node["width"]) * POINTS_PER_INCH, float(node["height"]) * POINTS_PER_INCH
    return Box(x - width / 2, y - height / 2, width, height)


def ways(position: str) -> list[list[Point]]:
    """Return the points along an edge's splines, from its tail to the tip of its head.

    Args:
        position: A ``splineType`` of Graphviz: splines separated by ``;``, each of ``e,x,y`` and ``s,x,y`` for the tips
            and of a start point with triples of control points.
    """
    return [_way(spline.split()) for spline in position.split(";")]


def _way(words: list[str]) -> list[Point]:
    tips = {word[0]: _point(word[2:]) for word in words if word[0] in "es"}
    controls = [_point(word) for word in words if word[0] not in "es"]
    points = controls[:1]
    for at in range(1, len(controls) - 2, 3):
        points += bezier(points[-1], *controls[at : at + 3])
    return [*([tips["s"]] if "s" in tips else []), *points, *([tips["e"]] if "e" in tips else [])]


def _point(text: str) -> Point:
    x, y = map(float, text.split(","))
    return x, y
