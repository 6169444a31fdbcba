"""Stages in one warm process, and how clear the figures are beside Graphviz'."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import archkit
from archkit.proof import check
from archkit.proof.measures import measure
from archkit.render.png import png
from archkit.render.svg import svg
from archkit.view import FigureView
from benchmarks import systems
from benchmarks.peers import has_dot, measure_dot
from benchmarks.timing import table, warm

LAYOUTS = {
    "dot": (),
    "dot, ortho": ("-Gsplines=ortho",),
    "dot, top to bottom": ("-Grankdir=TB",),
    "dot, top to bottom, ortho": ("-Grankdir=TB", "-Gsplines=ortho"),
}


def warm_stages(folder: Path, runs: int) -> str:
    """Time every stage in one process, and the part that the target is for: plan, layout and SVG."""
    rows = []
    for count in (23, 100, 300):
        text = systems.blueprint(count)
        document = archkit.loads(text)
        view = document.figure("system")
        drawing, written = view.drawing, view.svg
        steps: dict[str, Callable[[], object]] = {
            "read and check": lambda text=text: archkit.loads(text).diagnostics,  # type: ignore[misc]
            "plan + layout": lambda document=document: document.figure("system").drawing,  # type: ignore[misc]
            "SVG": lambda drawing=drawing, view=view: svg(drawing, view.theme, "a"),  # type: ignore[misc]
            "plan + layout + SVG": lambda document=document: document.figure("system").svg,  # type: ignore[misc]
            "PNG from SVG": lambda written=written: png(written, 1.0),  # type: ignore[misc]
            "figure checker": lambda view=view: check(view.drawing, view.theme, view.figure),  # type: ignore[misc]
        }
        found = warm(steps, max(3, runs if count < 100 else runs // 4))
        for name, seconds in found.items():
            target = "≤ 40 ms" if (count, name) == (23, "plan + layout + SVG") else ""
            rows.append((f"{name}, {count} components", f"{seconds * 1000:.1f} ms", target))
    return table(("stage", "median", "target"), rows)


def clarity(folder: Path, runs: int) -> str:
    """Compare crossings, bends and ink with Graphviz' layouts of the same systems."""
    rows: list[tuple[str, ...]] = []
    for count in systems.COUNTS:
        view: FigureView = archkit.loads(systems.blueprint(count)).figure("system", timeout=600.0)
        own = measure(view.drawing)
        numbers = {"archkit": (own.crossings, own.bends, own.relative_ink, own.aspect)}
        for name, options in LAYOUTS.items() if has_dot() else ():
            try:
                one = measure_dot(systems.dot(count), *options)
            except subprocess.CalledProcessError:
                continue  # some versions fail on some of these
            numbers[name] = (one.crossings, one.bends, one.relative_ink, one.aspect)
        for name, (crossings, bends, ink, aspect) in numbers.items():
            row = (f"{name}, {count} components", f"{crossings}", f"{bends:.0f}", f"{ink:.0f}", f"{aspect:.2f}")
            rows.append(row)
    return table(("layout", "crossings", "bends", "ink (mean node sides)", "width : height"), rows)
