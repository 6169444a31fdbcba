"""Figures step by step: the order of the steps, pictures in which nothing moves, and an SVG that plays by itself."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pixels import decode
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit.drawing import Drawing, Group, Item
from archkit.figures.steps import MOST, whiteboard
from archkit.picture import GraphFigure
from archkit.proof import check, check_svg
from archkit.render.playing import durations, playing
from archkit.render.png import png
from archkit.theme import THEMES
from archkit.view import FigureView

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "blueprints").glob("*.yaml"))
CASES = sorted((ROOT / "tests" / "data" / "systems").glob("*.yaml"))
FEED = """\
blueprint: 1
title: Feed
architecture:
  lanes:
    data: {events: event_stream, lake: data_lake, store: feature_store_online}
    training: {trainer: training_job, registry: model_registry}
    inference:
      viewer: user
      gateway: api_gateway
      near: candidate_generator
      liked: candidate_generator
      ranker: {type: ranker, note: Several heads}
      popular: fallback
    monitoring: {drift: drift_detector}
  groups: {sources: {title: Candidate sources, members: [near, liked]}}
  flows:
    - viewer -> gateway: {step: 1, label: opens}
    - gateway -> near & liked: {step: 2}
    - near & liked -> ranker: {step: 3}
    - ranker -> viewer: {step: 4, label: 20 videos}
    - store -> ranker: features
    - ranker ..> popular: {kind: fallback}
    - viewer ..> events
    - events ~> lake & store
    - lake -> trainer -> registry
    - registry -> ranker: {kind: deploy}
    - ranker ..> drift
    - drift ..> trainer: retrain
"""


def view(text: str = FEED, kind: str = "system", theme: str = "book") -> FigureView:
    return archkit.loads(text, "feed.yaml").figure(kind, theme=theme)


def graph_of(path: Path) -> GraphFigure:
    figure = archkit.load(path).figure("system").figure
    assert isinstance(figure, GraphFigure)
    return figure


# the order


def test_a_request_comes_first_then_learning_then_watching() -> None:
    figure = view().figure
    assert isinstance(figure, GraphFigure)
    assert [step.caption for step in whiteboard(figure)] == [
        "A request, step 1: Viewer → Gateway (opens)",
        "A request, step 2: Gateway → Near and Liked",
        "A request, step 3: Near and Liked → Ranker",
        "A request, step 4: Ranker → Viewer (20 videos)",
        "What is read on the way: Store",
        "When something fails: Popular",
        "Learning: Events and Lake",
        "Learning: Trainer and Registry",
        "Deployment: Registry → Ranker",
        "What flows back: Viewer → Events",
        "Watching over it: Drift",
    ]


def test_groups_come_with_their_last_member_and_lanes_with_their_first() -> None:
    figure = view().figure
    assert isinstance(figure, GraphFigure)
    steps = whiteboard(figure)
    assert [at for at, step in enumerate(steps, 1) if step.clusters] == [2]
    assert [(at, step.lanes) for at, step in enumerate(steps, 1) if step.lanes] == [
        (1, ("inference",)),
        (5, ("data",)),
        (8, ("training",)),
        (11, ("monitoring",)),
    ]


def test_without_numbers_a_request_goes_by_distance_from_who_asks() -> None:
    figure = view(re.sub(r"step: \d,? ?", "", FEED)).figure
    assert isinstance(figure, GraphFigure)
    steps = whiteboard(figure)
    assert [step.nodes for step in steps[:3]] == [("viewer", "gateway"), ("near", "liked"), ("ranker",)]


def test_a_sketch_without_people_begins_where_nothing_leads_to() -> None:
    figure = view("blueprint: 1\ntitle: S\narchitecture:\n  flows: [b -> c, a -> b, c ..> a]\n").figure
    assert isinstance(figure, GraphFigure)
    assert [step.nodes for step in whiteboard(figure)] == [("a", "b"), ("c",), ()]


def test_people_who_review_do_not_begin_a_request_and_learning_can_begin_twice() -> None:
    text = """\
blueprint: 1
title: Posts
architecture:
  lanes:
    serving: {posts: api_gateway, model: model_server, reviewers: human_review}
    training: {labels: label_join, trainer: training_job, golden: evaluation_set, judge: offline_evaluator}
  flows: [posts -> model, model -> reviewers, reviewers -> model, labels -> trainer, golden -> judge]
"""
    figure = view(text).figure
    assert isinstance(figure, GraphFigure)
    assert [(step.caption, step.nodes) for step in whiteboard(figure)] == [
        ("The main path: Posts → Model", ("posts", "model")),
        ("The main path: Model → Reviewers", ("reviewers",)),
        ("The main path: Reviewers → Model", ()),
        ("Learning: Labels, Golden, Trainer and Judge", ("labels", "golden", "trainer", "judge")),
    ]


@pytest.mark.parametrize("path", [*SHIPPED, *CASES], ids=lambda path: path.stem)
def test_everything_comes_once_and_no_arrow_before_its_ends(path: Path) -> None:
    figure = graph_of(path)
    steps = whiteboard(figure)
    assert sorted(node for step in steps for node in step.nodes) == sorted(node.id for node in figure.nodes)
    assert sorted(edge for step in steps for edge in step.edges) == list(range(len(figure.edges)))
    assert {lane for step in steps for lane in step.lanes} == {lane.id for lane in figure.lanes}
    clusters = [cluster for step in steps for cluster in step.clusters]
    assert sorted(clusters) == sorted(cluster.id for cluster in figure.clusters)
    assert 1 <= len(steps) <= MOST and all(step.caption for step in steps)
    seen: set[str] = set()
    for step in steps:
        assert step.nodes or step.edges
        seen.update(step.nodes)
        assert all({figure.edges[edge].tail, figure.edges[edge].head} <= seen for edge in step.edges)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_order_of_authors_is_kept(path: Path) -> None:
    figure = graph_of(path)
    last = 0
    for step in whiteboard(figure):
        numbers = [number for edge in step.edges if (number := figure.edges[edge].step)]
        assert not numbers or min(numbers) >= last, step.caption
        last = max([last, *numbers])


# the pictures


def things(drawing: Drawing) -> dict[tuple[str, str], Item]:
    """Return what stands on the page itself, by what names it."""
    found: dict[tuple[str, str], Item] = {}
    for item in drawing.items:
        if isinstance(item, Group) and item.kind in ("node", "edge", "lane", "group", "note", "leader"):
            key = item.get("id") or f"{item.get('from')} → {item.get('to')}"
            found[item.kind, key] = item
    return found


def test_nothing_moves_and_everything_is_there_in_the_end() -> None:
    whole = view()
    steps = whole.steps()
    complete = things(whole.drawing)
    frames = [things(step.drawing) for step in steps]
    for before, after in pairwise(frames):
        assert before.keys() < after.keys()
    assert all(frame[key] == complete[key] for frame in frames for key in frame)
    assert frames[-1].keys() == complete.keys()
    assert len({(step.drawing.width, step.drawing.height) for step in steps}) == 1


def test_what_is_new_stands_out_and_only_that() -> None:
    steps = view().steps()
    rings = [[item for item in s.drawing.items if isinstance(item, Group) and item.kind == "ring"] for s in steps]
    assert [len(ring) for ring in rings[:4]] == [3, 4, 3, 1], "boxes and arrows"
    plain = view("blueprint: 1\ntitle: S\narchitecture:\n  flows: [a -> b]\n").drawing
    assert not [item for item in plain.items if isinstance(item, Group) and item.kind == "ring"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_step_is_a_good_drawing(theme: str) -> None:
    for step in view(theme=theme).steps():
        assert [str(flaw) for flaw in check(step.drawing, step.theme)] == []
        assert [str(flaw) for flaw in check_svg(step.svg)] == []


def test_steps_say_what_they_add() -> None:
    steps = view().steps()
    assert [step.name for step in steps[:2]] == ["system.step-01", "system.step-02"]
    assert steps[0].drawing.title == "Feed, step 1 of 11"
    assert steps[0].drawing.description == steps[0].caption == "A request, step 1: Viewer → Gateway (opens)"
    assert "1 of 11" in steps[0].svg and "11 of 11" in steps[-1].svg
    assert steps[0].png(0.5).startswith(b"\x89PNG")


def test_a_figure_that_is_no_graph_has_no_steps() -> None:
    loop = "blueprint: 1\ntitle: L\nmonitoring: {operational: [errors], retrain: {cadence: 1 d}}\n"
    assert view(loop, "monitoring").steps() == () and view(loop, "monitoring").playing == ""


def test_callouts_come_with_what_they_explain() -> None:
    text = FEED + "figures: [{kind: system, callouts: {ranker: 8 ms, drift: daily, near -> ranker: 500}}]\n"
    steps = view(text).steps()
    kinds = ("callout", "explanation")
    seen = [{i.get("of") for i in s.drawing.items if isinstance(i, Group) and i.kind in kinds} for s in steps]
    assert seen[1] == set() and "ranker" in seen[2] and "drift" not in seen[-2] and "drift" in seen[-1]


# the SVG that plays


def test_the_animation_needs_no_script_and_heeds_those_who_want_no_motion() -> None:
    svg = view().playing
    assert [str(flaw) for flaw in check_svg(svg)] == []
    assert "<script" not in svg and "<animate" not in svg
    still, _, moving = svg.partition("@media (prefers-reduced-motion:no-preference){")
    assert "@keyframes" not in still and "animation" not in still
    assert re.search(r"#(ak\w+)>\.ring,#\1>\.saying\{display:inline;visibility:hidden\}", moving)
    passing = re.findall(r'<g class="(?:ring|saying)"([^>]*)', svg)
    assert len(passing) > 10 and all('display="none"' in attributes for attributes in passing)
    assert moving.count("{") + 1 == moving.partition("</style>")[0].count("}"), "the rules are closed"


def test_programs_without_animation_show_the_whole_figure() -> None:
    whole = view()
    played, plain = decode(png(whole.playing, 1.0)), decode(png(whole.svg, 1.0))
    assert played.width == plain.width and played.rows[: plain.height] == plain.rows


def test_steps_are_shown_one_after_the_other_and_the_whole_rests() -> None:
    captions = [step.caption for step in view().steps()]
    svg = view().playing
    total = float(re.findall(r"animation:\S+-end ([\d.]+)s", svg)[0])
    seconds = durations(captions)
    assert total == pytest.approx(sum(seconds) + 7.0)
    windows = re.findall(r"-r(\d+)\{(?:0%\{visibility:hidden\})?([\d.]+)%\{visibility:visible\}([\d.]+)%", svg)
    assert [int(step) for step, _, _ in windows] == list(range(1, len(captions) + 1))
    assert float(windows[0][1]) == 0
    for (_, _, end), (_, begin, _) in pairwise(windows):
        assert end == begin, "no gap between two steps"
    lengths = [(float(end) - float(begin)) * total / 100 for _, begin, end in windows]
    assert lengths == pytest.approx(seconds, abs=0.02)
    assert min(seconds) >= 2.0 and seconds[captions.index(max(captions, key=len))] == max(seconds)


def test_several_players_can_share_a_page() -> None:
    one, two = view().playing, view(kind="inference").playing
    names = [set(re.findall(r"@keyframes (\S+?)\{", svg)) for svg in (one, two)]
    assert names[0] and not names[0] & names[1]
    own = re.findall(r'<svg [^>]*?\bid="([^"]+)"', view().svg)
    assert not names[0] & {name for name in names[0] if name.startswith(own[0])}, "nor with the figure itself"


def test_only_a_figure_of_this_project_is_played() -> None:
    with pytest.raises(ValueError, match="not an SVG"):
        playing("<svg/>", ["a"])


def test_steps_are_the_same_each_time() -> None:
    assert view().playing == view().playing
    assert [step.svg for step in view().steps()] == [step.svg for step in view().steps()]


# the command


@pytest.mark.usefixtures("in_folder")
def test_render_writes_the_steps_of_graphs(capsys: Out) -> None:
    put("feed.yaml", FEED + "monitoring: {operational: [errors], retrain: {cadence: 1 d}}\n")
    code, out, _ = run(
        capsys, "render", "feed.yaml", "--steps", "--figure", "inference", "--figure", "monitoring", "-f", "svg,png",
        "--scale", "0.5",
    )  # fmt: skip
    assert code == 0
    names = sorted(path.name for path in Path("output/feed").iterdir())
    assert {"inference.svg", "inference.steps.svg", "monitoring.svg"} <= set(names)
    steps = [name for name in names if ".step-" in name]
    count = len(steps) // 2
    assert steps == [f"inference.step-{at:02}.{kind}" for at in range(1, count + 1) for kind in ("png", "svg")]
    assert len(out.splitlines()) == len(names)
