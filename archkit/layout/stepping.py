"""Drawing and steps → one drawing a step, and one that holds them all to be played; nothing moves between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from archkit import text
from archkit.drawing import Drawing, Group, Item, Line, Shape, Text
from archkit.picture import GraphFigure, Step
from archkit.theme import Theme

if TYPE_CHECKING:
    from archkit.pictures import Picture

_RING = 3.0  # pixels by which the ring around a new box is wider than the box
_MARKER = 9.0  # width of the pale stroke behind a new arrow
_TO_CAPTION = 12.0
_BELOW = 4.0  # of the last line of a caption


class _Placed(NamedTuple):
    """An item of the page, and the step that it comes with; 0 for what is always there."""

    item: Item
    step: int


class Stepped:
    """The steps of a drawing.

    Args:
        drawing: The whole figure.
        figure: What it shows; one that is no graph has no steps.
        steps: What comes when.
        theme: The one that the figure is laid out in.
    """

    def __init__(self, drawing: Drawing, figure: GraphFigure | Picture, steps: Sequence[Step], theme: Theme) -> None:
        self._drawing, self._steps, self._theme = drawing, steps, theme
        when = _When(figure, steps) if isinstance(figure, GraphFigure) else lambda _item: 0
        self._placed = [_Placed(item, when(item)) for item in drawing.items]
        self._sayings = [self._saying(number) for number in range(1, len(steps) + 1)]
        lowest = max((line.y for lines in self._sayings for line in lines), default=0.0)
        self._height = max(drawing.height, lowest + _BELOW + theme.spacing.margin)

    def frames(self) -> list[Drawing]:
        """Return the drawing of each step: what is there already, what is new, and the words for it."""
        return [self._frame(number) for number in range(1, len(self._steps) + 1)]

    def _frame(self, number: int) -> Drawing:
        kept = [each for each in self._placed if each.step <= number and not _is_caption(each.item)]
        rings = [ring for each in kept if each.step == number for ring in self._ring(each.item)]
        at = _first_arrow(each.item for each in kept)
        items = [each.item for each in kept]
        saying = Group("caption", tuple(self._sayings[number - 1]))
        step = self._steps[number - 1]
        return replace(
            self._drawing,
            height=self._height,
            title=f"{self._drawing.title}, step {number} of {len(self._steps)}",
            description=step.caption,
            items=(*items[:at], *rings, *items[at:], saying),
        )

    def whole(self) -> Drawing:
        """Return the figure with every piece in a group that says when it comes, its rings and its words as well.

        The classes are ``build``, ``ring`` and ``saying``; the last two are hidden while the figure stands still.
        """
        items: list[Item] = []
        rings: list[Item] = []
        for item, step in self._placed:
            if not step:
                items.append(item)
                continue
            items.append(Group("build", (item,), (("step", str(step)),)))
            rings += [Group(ring.kind, ring.items, (("step", str(step)),)) for ring in self._ring(item)]
        at = _first_arrow(item.items[0] if isinstance(item, Group) and item.kind == "build" else item for item in items)
        sayings = [
            Group("saying", tuple(lines), (("step", str(number)),)) for number, lines in enumerate(self._sayings, 1)
        ]
        return replace(self._drawing, height=self._height, items=(*items[:at], *rings, *items[at:], *sayings))

    def _ring(self, item: Item) -> Iterator[Group]:
        """Yield what makes a new piece stand out, to be painted below all arrows."""
        if not isinstance(item, Group):
            return
        if item.kind == "edge":
            for part in item.items:
                if isinstance(part, Line) and part.role == "wire":
                    yield Group("ring", (Line(part.points, "highlight", _MARKER, (), part.corner),))
        elif item.kind == "node":
            outline = next((part for part in item.items if isinstance(part, Shape) and part.role == "outline"), None)
            if outline is not None:
                width = outline.stroke_width + 2 * _RING
                yield Group("ring", (replace(outline, stroke="accent", stroke_width=width, role=""),))

    def _saying(self, number: int) -> list[Text]:
        """Return the words of a step where the caption of the figure stands: its number, then what is added."""
        theme, drawing = self._theme, self._drawing
        size, leading = theme.sizes.caption, theme.sizes.caption * theme.sizes.leading
        caption = next((item for item in drawing.items if _is_caption(item)), None)
        if isinstance(caption, Group) and isinstance(caption.items[0], Text):
            x, y = caption.items[0].x, caption.items[0].y
        else:
            x, y = theme.spacing.margin, drawing.height - theme.spacing.margin + theme.spacing.caption_gap + leading - 8
        count = f"{number} of {len(self._steps)}"
        widest = f"{len(self._steps)} of {len(self._steps)}"
        indent = text.width(widest, size, "semibold", face=theme.face) + _TO_CAPTION
        wide = text.width(count, size, "semibold", face=theme.face)
        lines = [Text(x, y, count, size, wide, "semibold", "start", "ink", "caption")]
        room = drawing.width - theme.spacing.margin - x - indent
        for at, line in enumerate(text.wrap(self._steps[number - 1].caption, room, size, face=theme.face)):
            wide = text.width(line, size, face=theme.face)
            lines.append(Text(x + indent, y + at * leading, line, size, wide, "regular", "start", "ink", "caption"))
        return lines


def _is_caption(item: Item) -> bool:
    return isinstance(item, Group) and item.kind == "caption"


def _first_arrow(items: Iterable[Item]) -> int:
    """Return where the arrows begin among the items of a page; at the end where there are none."""
    count = 0
    for item in items:
        if isinstance(item, Group) and item.kind in ("edge", "leader", "node", "note"):
            break
        count += 1
    return count


class _When:
    """Says with which step an item of a page comes."""

    def __init__(self, figure: GraphFigure, steps: Sequence[Step]) -> None:
        self._nodes = _numbers((step.nodes) for step in steps)
        self._lanes = _numbers((step.lanes) for step in steps)
        self._clusters = _numbers((step.clusters) for step in steps)
        by_number = {edge: at for at, step in enumerate(steps, 1) for edge in step.edges}
        # Several arrows may join the same two nodes; they are drawn in the order of the figure.
        self._edges: dict[tuple[str, str], list[int]] = {}
        for number, edge in enumerate(figure.edges):
            self._edges.setdefault((edge.tail, edge.head), []).append(by_number[number])
        first = {f"{tail} → {head}": min(found) for (tail, head), found in self._edges.items()}
        self._explained: Mapping[str, int] = {**self._lanes, **self._clusters, **self._nodes, **first}

    def __call__(self, item: Item) -> int:
        if not isinstance(item, Group):
            return 0
        match item.kind:
            case "node":
                return self._nodes[item.get("id")]
            case "note" | "leader":
                return self._nodes[item.get("from") or item.get("id").removeprefix("note of ")]
            case "edge":
                return self._edges[item.get("from"), item.get("to")].pop(0)
            case "lane":
                return self._lanes[item.get("id")]
            case "group":
                return self._clusters[item.get("id")]
            case "callout" | "explanation":
                return self._explained[item.get("of")]
        return 0


def _numbers(steps: Iterable[Sequence[str]]) -> dict[str, int]:
    return {id_: number for number, ids in enumerate(steps, 1) for id_ in ids}
