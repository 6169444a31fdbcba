"""Drawing → parts that a person can go on editing: boxes with labels, arrows between boxes, words, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archkit.drawing import Box, Drawing, Group, Icon, Item, Line, Point, Polygon, Shape, Text
from archkit.geometry import bounds, union
from archkit.render.paragraphs import is_stack, joined, lines_box, room

_OVER = 2.0  # pixels by which what belongs to a box may stand out of it
_STRAIGHT = 0.01  # pixels
_HOLDERS = ("lane", "group")
_ENDS = ("node", "note")  # what arrows and signs are at


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text below each other, of one style or, as a box's label, of several.

    Args:
        id: Unique in its drawing, as those of all parts are.
        lines: With the same anchor and direction.
        box: Where they stand, before they are turned.
        rotate: Degrees clockwise about the middle of the box.
    """

    id: str
    lines: tuple[Text, ...]
    box: Box
    rotate: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An icon."""

    id: str
    icon: Icon

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.icon.box


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that joins nothing."""

    id: str
    line: Line

    @property
    def box(self) -> Box:
        """What it spans."""
        return bounds(self.line.points)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon."""

    id: str
    polygon: Polygon

    @property
    def box(self) -> Box:
        """What it spans."""
        return bounds(self.polygon.points)


@dataclass(frozen=True, slots=True)
class Block:
    """An outline with its label and what else is drawn in it, or, without an outline, parts that belong together.

    Args:
        id: Unique in its drawing.
        kind: Of the group that it was drawn as, such as ``node``, ``lane``, ``group`` (a cluster), ``note``, ``step``.
        box: Of the outline, or around all parts.
        shape: The outline.
        label: What stands in it, where that is one paragraph.
        parts: What else is drawn in it.
        members: Of a lane or cluster: the boxes that it holds, which people move one by one.
        name: What the blueprint calls it; empty for what has no name.
        of: Name of the box that this sign stands at.
        title: What a pointer on it shows.
    """

    id: str
    kind: str
    box: Box
    shape: Shape | None = None
    label: Words | None = None
    parts: tuple[Part, ...] = ()
    members: tuple[Block, ...] = ()
    name: str = ""
    of: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes.

    Args:
        id: Unique in its drawing.
        kind: ``edge``, or ``leader`` for a line from a note.
        tail: Id of the box that it leaves.
        head: Id of the box that it enters.
        line: Its way.
        label: What stands at it.
        parts: The number of its step, the letter of its callout.
        title: What a pointer on it shows.
    """

    id: str
    kind: str
    tail: str
    head: str
    line: Line
    label: Words | None = None
    parts: tuple[Block, ...] = ()
    title: str = ""

    @property
    def is_level(self) -> bool:
        """Whether each of its pieces runs along a side of the page."""
        return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < _STRAIGHT for a, b in pairwise(self.line.points))


Part = Block | Link | Words | Picture | Stroke | Area


def scene(drawing: Drawing, leading: float) -> tuple[Part, ...]:
    """Return the parts of a drawing, painted in order: lanes with what they hold, the rest, at last the arrows.

    Args:
        drawing: What is drawn.
        leading: Baseline to baseline of a paragraph as a multiple of its type size.
    """
    return _Builder(leading).scene(drawing)


def share(point: Point, box: Box) -> Point:
    """Return where a point is in a box, from 0 to 1 from its left and its upper side.

    Args:
        point: In pixels.
        box: In the same, not empty.
    """
    return (point[0] - box.x) / max(box.width, _STRAIGHT), (point[1] - box.y) / max(box.height, _STRAIGHT)


def walk(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield all parts with those inside them, in painting order."""
    for part in parts:
        yield part
        if isinstance(part, Block):
            yield from walk((*part.parts, *part.members))
        elif isinstance(part, Link):
            yield from walk(part.parts)


class _Builder:
    def __init__(self, leading: float) -> None:
        self._leading = leading
        self._count = 0
        self._edges: list[Group] = []

    def scene(self, drawing: Drawing) -> tuple[Part, ...]:
        held = _held(self._parts(drawing.items))
        names = {
            part.name: part.id for part in walk(held) if isinstance(part, Block) and part.name and part.kind in _ENDS
        }
        return (*held, *(part for edge in self._edges for part in self._link(edge, names)))

    def _id(self) -> str:
        self._count += 1
        return f"p{self._count}"

    def _parts(self, items: Sequence[Item]) -> list[Part]:
        """Return the parts of some items; arrows wait until all boxes are known."""
        found: list[Part] = []
        for item in joined(items, self._leading):
            match item:
                case list():
                    found.append(self._words(item))
                case Icon():
                    found.append(Picture(self._id(), item))
                case Line():
                    found.append(Stroke(self._id(), item))
                case Polygon():
                    found.append(Area(self._id(), item))
                case Shape():
                    found.append(Block(self._id(), "", item.box, item))
                case Group(kind="edge" | "leader"):
                    self._edges.append(item)
                case Group():
                    found += self._group(item)
        return found

    def _words(self, lines: Sequence[Text]) -> Words:
        box, rotate = lines_box(lines, self._leading), lines[0].rotate
        if rotate:
            x, y = box.center
            box = Box(x - box.height / 2, y - box.width / 2, box.height, box.width)
        return Words(self._id(), tuple(lines), box, rotate)

    def _group(self, group: Group) -> list[Part]:
        """Return a group as one part, or as no part where only arrows are in it."""
        base = _base(group)
        if base is None:
            parts = self._parts(group.items)
            if len(parts) < 2:
                return parts
            return [Block(self._id(), group.kind, _around(parts), None, None, tuple(parts))]
        own = self._id()
        rest = [item for item in group.items if item is not base]
        texts = [item for item in rest if isinstance(item, Text)]
        label = None
        if texts and is_stack(texts, self._leading):
            label = self._words(texts)
            rest = [item for item in rest if not isinstance(item, Text)]
        return [
            Block(
                own,
                group.kind,
                base.box,
                base,
                label,
                tuple(self._parts(rest)),
                name=group.get("id"),
                of=group.get("of"),
                title=group.title,
            )
        ]

    def _link(self, group: Group, names: dict[str, str]) -> Iterator[Part]:
        """Yield an arrow, before it the pale stroke that lies behind one that stands out."""
        wire = next((item for item in group.items if isinstance(item, Line) and item.role), None)
        tail, head = names.get(group.get("from")), names.get(group.get("to"))
        if wire is None or tail is None or head is None:
            # A step of drawing may show an arrow before one of its boxes.
            yield from self._parts(group.items)
            return
        own = self._id()
        behind = [item for item in group.items if isinstance(item, Line) and item is not wire]
        texts = [item for item in group.items if isinstance(item, Text)]
        signs = self._parts([item for item in group.items if isinstance(item, Group)])
        yield from self._parts(behind)
        yield Link(
            own,
            group.kind,
            tail,
            head,
            wire,
            self._words(texts) if texts else None,
            tuple(part for part in signs if isinstance(part, Block)),
            group.title,
        )


def _base(group: Group) -> Shape | None:
    """Return the outline of what a group draws; None where it draws several things side by side."""
    shapes = [item for item in group.items if isinstance(item, Shape)]
    outline = next((shape for shape in shapes if shape.role == "outline"), None)
    if outline is not None or not shapes:
        return outline
    first = shapes[0]
    whole = group.items[0] is first and all(
        first.box.contains(room(item), -_OVER) for item in group.items if not isinstance(item, Group)
    )
    return first if whole else None


def _held(parts: Sequence[Part]) -> list[Part]:
    """Return parts with boxes in the lanes and clusters around them, and signs in the boxes that they stand at."""
    signs: dict[str, list[Block]] = {}
    for part in parts:
        if isinstance(part, Block) and part.of:
            signs.setdefault(part.of, []).append(part)
    named = {part.name for part in parts if isinstance(part, Block) and part.kind in _ENDS and part.name}
    own: list[Part] = []
    for part in parts:
        if isinstance(part, Block) and part.of in named:
            continue
        if isinstance(part, Block) and part.name in signs and part.kind in _ENDS:
            part = replace(part, parts=(*part.parts, *signs[part.name]))
        own.append(part)
    holders = [part for part in own if isinstance(part, Block) and part.kind in _HOLDERS]
    inside: dict[str, list[Block]] = {}
    outside: list[Part] = []
    for part in own:
        home = _home(part, holders) if isinstance(part, Block) else None
        if home is not None and isinstance(part, Block):
            inside.setdefault(home.id, []).append(part)
        else:
            outside.append(part)
    return [_filled(part, inside) if isinstance(part, Block) else part for part in outside]


def _home(block: Block, holders: Sequence[Block]) -> Block | None:
    """Return the innermost lane or cluster around a block; lanes come first, outer clusters before their inner ones."""
    if block.kind not in (*_ENDS, "group"):
        return None
    before = holders[: holders.index(block)] if block in holders else holders
    return next((each for each in reversed(before) if each.box.contains(block.box, -_OVER)), None)


def _filled(block: Block, inside: dict[str, list[Block]]) -> Block:
    if block.id not in inside:
        return block
    return replace(block, members=tuple(_filled(part, inside) for part in inside[block.id]))


def _around(parts: Iterable[Part]) -> Box:
    return union(part.box for part in parts if not isinstance(part, Link))
