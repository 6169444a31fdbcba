"""Every figure of every blueprint is a good drawing by the project's own checker, in every theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from boards import drawio_flaws, excalidraw_flaws

import archkit
from archkit.picture import GraphFigure
from archkit.proof import SYSTEM, check, check_svg, contrast, measure
from archkit.proof.scene import build
from archkit.render.svg import svg
from archkit.theme import THEMES
from archkit.view import FigureView

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "blueprints").glob("*.yaml"))
CASES = sorted((ROOT / "tests" / "data" / "systems").glob("*.yaml"))
RESIZED = ["slide", "whiteboard"]  # themes with type of their own, laid out anew
RECOLOURED = sorted(set(THEMES) - {"book", *RESIZED})
ENOUGH_TIME = 600.0  # a slow machine must not get simpler figures


@cache
def views(path: Path, theme: str) -> tuple[FigureView, ...]:
    """Return all figures of a blueprint."""
    document = archkit.load(path)
    assert not document.broken, document.diagnostics
    return tuple(document.figure(name, theme=theme, timeout=ENOUGH_TIME) for name in document.figures())


def flaws(view: FigureView) -> list[str]:
    return [f"{view.name}: {flaw}" for flaw in check(view.drawing, view.theme, view.figure)]


def test_there_is_something_to_check() -> None:
    assert {path.stem for path in SHIPPED} >= {"video-recommendation", "spam-filter"}
    assert len(CASES) >= 25
    drawn = {view.name for path in SHIPPED for view in views(path, "book")}
    assert drawn >= {"system", "training", "inference"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_figures_that_are_shipped_are_good(path: Path) -> None:
    assert [flaw for view in views(path, "book") for flaw in flaws(view)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_figures_of_hard_cases_are_good(path: Path) -> None:
    assert [flaw for view in views(path, "book") for flaw in flaws(view)] == []


@pytest.mark.parametrize("theme", RECOLOURED)
def test_themes_of_the_same_sizes_change_colours_alone(theme: str) -> None:
    # Which is why the other tests look at the geometry of one of them only
    path = SHIPPED[0]
    for view, plain in zip(views(path, theme), views(path, "book"), strict=True):
        assert view.drawing == plain.drawing


@pytest.mark.parametrize("theme", RECOLOURED)
@pytest.mark.parametrize("path", [*SHIPPED, *CASES], ids=lambda path: path.stem)
def test_text_stands_out_in_every_theme(path: Path, theme: str) -> None:
    for view in views(path, "book"):
        found = contrast.check(build(view.drawing), THEMES[theme], SYSTEM)
        assert [str(flaw) for flaw in found] == []


@pytest.mark.parametrize("theme", RESIZED)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_figures_in_other_types_and_sizes_are_good(path: Path, theme: str) -> None:
    assert [flaw for view in views(path, theme) for flaw in flaws(view)] == []


@pytest.mark.parametrize("theme", RESIZED)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_figures_of_hard_cases_are_good_in_other_types_and_sizes(path: Path, theme: str) -> None:
    found = [flaw for view in views(path, theme) for flaw in flaws(view)]
    # Names of forty letters that cannot be broken make a figure wider than a page where the type is large
    assert [flaw for flaw in found if not (path.stem == "long-titles" and "page-shape" in flaw)] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_files_that_are_shipped_stand_alone(path: Path, theme: str) -> None:
    geometry = "book" if theme in RECOLOURED else theme
    found = ((view, svg(view.drawing, THEMES[theme], view.name)) for view in views(path, geometry))
    assert [f"{view.name}: {flaw}" for view, text in found for flaw in check_svg(text)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_files_of_hard_cases_stand_alone(path: Path) -> None:
    assert [f"{view.name}: {flaw}" for view in views(path, "book") for flaw in check_svg(view.svg)] == []


@pytest.mark.parametrize("path", [*SHIPPED, *CASES], ids=lambda path: path.stem)
def test_files_of_drawing_programs_hold_all_that_is_drawn(path: Path) -> None:
    for view in views(path, "book"):
        assert drawio_flaws(view.drawing, view.encode("drawio").decode()) == [], view.name
        assert excalidraw_flaws(view.drawing, view.encode("excalidraw").decode()) == [], view.name


@pytest.mark.parametrize("path", [*SHIPPED, *CASES], ids=lambda path: path.stem)
def test_layout_could_do_as_asked(path: Path) -> None:
    assert [notice for view in views(path, "book") for notice in view.drawing.notices] == []


@pytest.mark.parametrize("path", [*SHIPPED, *CASES], ids=lambda path: path.stem)
def test_every_component_and_arrow_is_drawn(path: Path) -> None:
    for view in views(path, "book"):
        if not isinstance(view.figure, GraphFigure):
            continue
        found = measure(view.drawing)
        assert found.nodes == len(view.figure.nodes)
        assert found.arrows == len(view.figure.edges)
