"""A real figure that is good has a flaw as soon as any one thing in it is spoiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import archkit
from archkit.drawing import Drawing, Group, Item, Line, Shape, Text, moved
from archkit.proof import check
from archkit.view import FigureView

SAMPLE = 12  # about how many drawings of each kind are checked; all of them would take half a minute
Spoiled = tuple[str, Drawing]


@cache
def figure() -> FigureView:
    path = Path(__file__).parent / "data" / "systems" / "sys-23.yaml"
    return archkit.load(path).figure("system", timeout=600.0)


def with_group(number: int, group: Group) -> Drawing:
    items = list(figure().drawing.items)
    items[number] = group
    return replace(figure().drawing, items=tuple(items))


def groups(kind: str) -> Iterator[tuple[int, Group]]:
    for number, item in enumerate(figure().drawing.items):
        if isinstance(item, Group) and item.kind == kind:
            yield number, item


def name(group: Group) -> str:
    return group.get("id") or f"{group.get('from')} → {group.get('to')}"


def spoiled(kinds: str, change: Callable[[Item], Item | None]) -> Iterator[Spoiled]:
    """Yield the figure with the items of one group changed, for every group of some kinds where that changes it."""
    for kind in kinds.split():
        for number, group in groups(kind):
            items = tuple(new for item in group.items if (new := change(item)) is not None)
            if items != group.items:
                yield name(group), with_group(number, replace(group, items=items))


def nodes_moved() -> Iterator[Spoiled]:
    for number, node in groups("node"):
        for x, y in ((70, 0), (-70, 0), (0, 70), (0, -70)):
            yield f"{name(node)} by {x}, {y}", with_group(number, moved(node, x, y))


def nodes_left_out() -> Iterator[Spoiled]:
    for number, node in groups("node"):
        yield name(node), with_group(number, Group("decoration", ()))


def arrows_swapped() -> Iterator[Spoiled]:
    for number, edge in groups("edge"):
        data = {"from": edge.get("to"), "to": edge.get("from"), "kind": edge.get("kind")}
        yield name(edge), with_group(number, replace(edge, data=tuple(data.items())))


def shrunk(item: Item) -> Item:
    return replace(item, box=item.box.inset(4)) if isinstance(item, Shape) else item


def cut_short(item: Item) -> Item:
    if not isinstance(item, Line):
        return item
    (x, y), (end_x, end_y) = item.points[-2:]
    length = abs(end_x - x) + abs(end_y - y)
    end = end_x - 3 * (end_x - x) / length, end_y - 3 * (end_y - y) / length
    return replace(item, points=(*item.points[:-1], end))


def straight(item: Item) -> Item:
    return replace(item, points=(item.points[0], item.points[-1])) if isinstance(item, Line) else item


def far(item: Item) -> Item:
    return item if isinstance(item, Line) else moved(item, 45, 45)


def shortened(item: Item) -> Item:
    return replace(item, text=item.text[:-2] + "…") if isinstance(item, Text) else item


def silent(item: Item) -> Item | None:
    return None if isinstance(item, Text) else item


def larger(item: Item) -> Item:
    return replace(item, size=item.size * 1.15) if isinstance(item, Text) else item


def test_the_figure_is_good() -> None:
    view = figure()
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []


@pytest.mark.parametrize(
    ("ways", "least"),
    [
        pytest.param(nodes_moved, 92, id="nodes moved"),
        pytest.param(nodes_left_out, 23, id="nodes left out"),
        pytest.param(arrows_swapped, 30, id="arrows swapped"),
        pytest.param(lambda: spoiled("node", shrunk), 23, id="outlines shrunk"),
        pytest.param(lambda: spoiled("edge", cut_short), 30, id="heads short of their nodes"),
        pytest.param(lambda: spoiled("edge", straight), 5, id="corners cut"),
        pytest.param(lambda: spoiled("edge", far), 30, id="labels far away"),
        pytest.param(lambda: spoiled("node edge lane", shortened), 57, id="texts shortened"),
        pytest.param(lambda: spoiled("node edge lane", silent), 57, id="texts left out"),
        pytest.param(lambda: spoiled("node edge lane", larger), 57, id="texts larger"),
    ],
)
def test_whatever_is_spoiled_is_told(ways: Callable[[], Iterator[Spoiled]], least: int) -> None:
    view = figure()
    pictures = list(ways())
    assert len(pictures) >= least
    some = pictures[:: len(pictures) // SAMPLE + 1]
    assert [what for what, picture in some if not check(picture, view.theme, view.figure)] == []
