"""The comparison systems, and how clear their figures are beside Graphviz' layouts of the same graphs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import archkit
from archkit.proof import Measures, measure
from benchmarks import systems
from benchmarks.peers import PeerMeasures, has_dot, measure_dot, measure_json, ways

DATA = Path(__file__).parent / "data"
needs_dot = pytest.mark.skipif(not has_dot(), reason="no Graphviz (dot) on PATH")


@pytest.mark.parametrize("count", systems.COUNTS)
def test_stored_sources_are_what_the_generator_writes(count: int) -> None:
    assert (DATA / "peers" / f"sys-{count}.dot").read_text("utf-8") == systems.dot(count)


def test_the_blueprint_of_the_comparison_system_is_what_the_generator_writes() -> None:
    assert (DATA / "systems" / "sys-23.yaml").read_text("utf-8") == systems.blueprint(23)


@pytest.mark.parametrize("count", [23, 24, 46, 100, 300])
def test_systems_have_as_many_components_as_asked_for(count: int) -> None:
    document = archkit.loads(systems.blueprint(count))
    assert [finding.message for finding in document.language] == []
    figure = document.figure("system").figure
    assert len(figure.nodes) == count
    assert len(figure.edges) == len(list(systems.flows(count)))
    script = compile(systems.diagrams(count), "diagrams", "exec")
    assert len(script.co_names) > count


def test_splines_are_read_with_their_tips() -> None:
    [way] = ways("e,30,0 s,-5,0 0,0 5,0 10,0 15,0 20,0 22,0 25,0")
    assert way[:2] == [(-5, 0), (0, 0)]
    assert way[-2:] == [(25, 0), (30, 0)]
    assert [point[1] for point in way] == [0] * len(way)
    assert [len(way) for way in ways("0,0 1,0 2,0 3,0;0,5 1,5 2,5 3,5")] == [9, 9]


def test_a_layout_of_graphviz_is_measured_like_a_drawing() -> None:
    node = {"width": "1", "height": "0.5"}
    found = measure_json(
        {
            "bb": "0,0,400,200",
            "objects": [
                {"name": "cluster_data", "bb": "0,0,10,10"},
                {"pos": "36,100", **node},
                {"pos": "364,100", **node},
            ],
            "edges": [
                {"pos": "72,100 100,100 200,100 328,100"},
                {"pos": "200,20 200,50 200,100 200,180"},
                {"pos": "72,90 72,90 72,50 72,50 72,50 110,50 110,50"},
            ],
        }
    )
    assert found == PeerMeasures(
        2, 3, 1, pytest.approx(1.0), pytest.approx(256 + 160 + 40 + 38), pytest.approx(494 / (72 * 36) ** 0.5), 2.0
    )


@cache
def own(count: int) -> Measures:
    return measure(archkit.loads(systems.blueprint(count)).figure("system", timeout=600.0).drawing)


@cache
def peers(count: int) -> dict[str, PeerMeasures]:
    """Return Graphviz' layouts that lie in the direction and the shape that the same readers would choose."""
    source = (DATA / "peers" / f"sys-{count}.dot").read_text("utf-8")
    options = {
        "left to right": (),
        "left to right, level and upright": ("-Gsplines=ortho",),
        "top to bottom": ("-Grankdir=TB",),
        "top to bottom, level and upright": ("-Grankdir=TB", "-Gsplines=ortho"),
    }
    return {name: measure_dot(source, *more) for name, more in options.items()}


@needs_dot
def test_the_peers_draw_the_same_graph() -> None:
    for found in peers(23).values():
        assert (found.nodes, found.arrows) == (own(23).nodes, own(23).arrows) == (23, 30)
        assert found.bends > 0
        assert found.ink > 0


@needs_dot
def test_there_is_less_ink_than_in_layouts_of_the_same_direction() -> None:
    theirs = [found.relative_ink for name, found in peers(23).items() if name.startswith("left to right")]
    assert own(23).relative_ink < min(theirs)


@needs_dot
def test_there_are_fewer_crossings_and_bends() -> None:
    assert own(23).crossings < min(found.crossings for found in peers(23).values())
    corners = [found.bends for name, found in peers(23).items() if "upright" in name]
    assert own(23).bends < min(corners)


@needs_dot
def test_pages_are_of_a_better_shape() -> None:
    # The layouts in the same direction are ribbons
    assert 0.5 <= own(23).aspect <= 2.2
    assert all(found.aspect > 2.2 for name, found in peers(23).items() if name.startswith("left to right"))


@needs_dot
@pytest.mark.parametrize("count", [100, 300])
def test_large_systems_are_clearer_than_any_layout_of_graphviz(count: int) -> None:
    theirs = peers(count).values()
    assert (own(count).nodes, own(count).arrows) == (count, len(list(systems.flows(count))))
    assert own(count).crossings < 1.1 * min(found.crossings for found in theirs)
    assert own(count).relative_ink < 0.95 * min(found.relative_ink for found in theirs)
    assert own(count).bends < 1.3 * min(found.bends for name, found in peers(count).items() if "upright" in name)
    assert 0.52 <= own(count).aspect <= 2.18
