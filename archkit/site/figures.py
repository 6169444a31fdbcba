"""Entry of a document → a figure for a page: an SVG element whose colours are variables, and ways through it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from archkit.cache import Cache, key
from archkit.cards.masks import Mask, masks
from archkit.drawing import Box
from archkit.figures.steps import whiteboard
from archkit.made import effort
from archkit.picture import Edge, GraphFigure
from archkit.render.finish import Finish
from archkit.site import Drawn, Walk
from archkit.site.colours import in_variables
from archkit.site.html import Html
from archkit.site.thumbnail import thumbnail
from archkit.view import FigureView
from archkit.workers import Task, Workers

if TYPE_CHECKING:
    from archkit.contents import Entry
    from archkit.figures import Figure
    from archkit.theme import Theme

_STYLE = re.compile(r"<style>\n(.*?)</style>\n", re.DOTALL)
_RULE = re.compile(r"^\.(ak[0-9a-f]{8}-\d+)\{(.*)\}$", re.MULTILINE)
_CLASSES = re.compile(r'class="([^"]*)"')
_FAMILY = re.compile(r"\bak[0-9a-f]{8}(?:-\w+)?,(?=')")
_PLATE = re.compile(r"^ak[0-9a-f]{8}-plate$")
_FINISH = Finish(transparent=True, adaptive=True)  # adaptive, so that pictures of products have plates behind them


class Begun(NamedTuple):
    """A figure that is being drawn, or has been before.

    Attributes:
        entry: What it is drawn from.
        planned: The figure with its title and caption.
        key: By which the cache keeps it.
        kept: What the cache has of it.
        task: What draws it; None where it is kept.
    """

    entry: Entry
    planned: Figure
    key: str
    kept: bytes | None
    task: Task[bytes] | None


def begin(entry: Entry, blueprint: str, theme: Theme, store: Cache, workers: Workers) -> Begun:
    """Begin with a figure for a page, unless it is in the cache.

    Args:
        entry: What is drawn.
        blueprint: The name that sets it apart from figures of others.
        theme: What it is laid out for.
        store: Keeps it.
        workers: Draw it.
    """
    planned = entry._replace(number=0).plan()
    bare = replace(planned, title="", caption="")
    name = key("site figure", bare, theme, entry.name, blueprint)
    kept = store.get(name)
    if kept is not None:
        return Begun(entry, planned, name, kept, None)
    view = FigureView(entry.name, blueprint, bare, theme)
    task = workers.begin(made, view, planned.title or entry.kind.title, effort=effort(view))
    return Begun(entry, planned, name, None, task)


def drawn(begun: Begun, number: str, store: Cache) -> Drawn:
    """Return a figure for a page.

    Args:
        begun: The figure.
        number: In its chapter.
        store: Keeps it.

    Raises:
        LayoutError: It cannot be laid out.
        WorkerDiedError: The process that drew it died.
    """
    entry, planned, name, kept, task = begun
    if kept is None and task is not None:
        kept = task.result()
        store.put(name, kept)
    made = json.loads(kept or b"")
    graph = planned if isinstance(planned, GraphFigure) else None
    return Drawn(
        entry.name,
        replace(entry.kind, step=entry.step),
        number,
        planned.title,
        planned.caption,
        Html(made["svg"]),
        made["rules"],
        tuple((lane.id, lane.title) for lane in graph.lanes if lane.title) if graph else (),
        tuple(_walks(graph)) if graph else (),
        made["width"],
        made["height"],
        Html(made["thumbnail"]),
        tuple(Mask(of, arrow, Box(*box), asked, tuple(answer)) for of, arrow, box, asked, answer in made["masks"]),
    )


def made(view: FigureView, title: str) -> bytes:
    """Draw a figure; return all that a page needs of it as JSON.

    Args:
        view: The figure, without words around it.
        title: What it is called.

    Raises:
        LayoutError: It cannot be laid out.
    """
    from archkit.render.svg import svg

    drawing = replace(view.drawing, title=title)
    text = svg(drawing, in_variables(view.theme), f"{view.blueprint}/{view.name}", _FINISH)
    element, rules = _shared(text)
    small = thumbnail(drawing) if isinstance(view.figure, GraphFigure) else ""
    found = {"svg": element, "rules": rules, "width": drawing.width, "height": drawing.height, "thumbnail": small}
    return json.dumps({**found, "masks": list(masks(view))}).encode()


def _shared(svg: str) -> tuple[str, dict[str, str]]:
    """Take the style sheet out of an SVG, and name its classes by what they say, so that figures can share them."""
    style = _STYLE.search(svg)
    # The rules of the other colour scheme are dropped: variables do their work.
    sheet = style[1].partition("@media")[0] if style else ""
    names: dict[str, str] = {}
    rules: dict[str, str] = {}
    for old, values in _RULE.findall(sheet):
        values = _FAMILY.sub("", values)
        names[old] = f"k{sha256(values.encode()).hexdigest()[:8]}"
        rules[names[old]] = values

    def renamed(found: re.Match[str]) -> str:
        return (
            f'class="{" ".join("plate" if _PLATE.match(word) else names.get(word, word) for word in found[1].split())}"'
        )

    head, _, body = _STYLE.sub("", svg).partition(">")
    text = _CLASSES.sub(renamed, f"{_FAMILY.sub('', head)}>{body}")
    return text.replace("<defs></defs>\n", "").strip(), rules


def _walks(figure: GraphFigure) -> Iterator[Walk]:
    """Yield the way of a request, where its arrows are numbered, and the way in which one would draw the figure."""
    numbers = sorted({edge.step for edge in figure.edges if edge.step})
    if len(numbers) > 1:
        titles = {node.id: node.title for node in figure.nodes}
        steps = []
        for number in numbers:
            edges = [edge for edge in figure.edges if edge.step == number]
            ends = dict.fromkeys(end for edge in edges for end in (edge.tail, edge.head))
            steps.append((_said(edges, titles), tuple(ends), tuple(map(_named, edges))))
        yield Walk("The way of a request", tuple(steps))
    board = whiteboard(figure)
    if len(board) > 1:
        yield Walk(
            "As drawn on a whiteboard",
            tuple(
                (step.caption, step.nodes, tuple(_named(figure.edges[at]) for at in step.edges)) for step in board
            ),
        )  # fmt: skip


def _said(edges: list[Edge], titles: dict[str, str]) -> str:
    said = [f"{titles[e.tail]} → {titles[e.head]}{f': {e.label}' if e.label else ''}" for e in edges]
    return "; ".join(dict.fromkeys(said))


def _named(edge: Edge) -> tuple[str, str, str]:
    return edge.tail, edge.head, edge.kind
