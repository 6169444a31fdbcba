"""Parts of a product's surface → wireframes: search boxes, tiles, results, posts, maps, conversations, code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from archkit.blocks import Align, Block, Boxed, Column, Glyph, Grid, Overlay, Row, Space, Words
from archkit.figures.common import glyph_for
from archkit.planes import Axis, Mark, Plane, Region, Series, rectangle

if TYPE_CHECKING:
    from archkit.model.authored.product import ChatLine, ScreenPart, ScreenPiece, ScreenTiles

_ACROSS = 3
_NARROW = 25.0
_INDENT = 0.55  # em for each space before a line of code
_LEAST = 3  # results in a list that has no titles
_PLACES = ((2.2, 4.4), (6.6, 1.8), (7.4, 5.2), (3.6, 1.5), (5.0, 3.7), (8.7, 3.4), (0.9, 2.7), (9.0, 0.9))


def drawn(part: ScreenPart, width: float) -> Block:
    """Return the wireframe of a part.

    Args:
        part: One part of a screen.
        width: Room that it has, in em; it may need more.
    """
    return _PARTS[part.kind](part, width)


def button(text: str, strong: bool = False) -> Block:
    """Return a button."""
    fill = "lane.data" if strong else "node.fill"
    return Boxed(Words(text, "small", "ink", align="middle"), fill=fill, stroke="muted", padding=0.45)


def bar(width: float) -> Block:
    """Return a line of text that nobody can read."""
    return Boxed(Space(max(0.6, width - 0.4), 0.0), "", "rounded", "faint", "", padding=0.2, least=(0.0, 0.42))


def _search(part: ScreenPart, width: float) -> Block:
    words = Row((Glyph("search", size=1.2), Words(part.search, measure=max(8.0, width - 5))), 0.6)
    return Boxed(words, stroke="muted", padding=0.6, align="start", least=(min(width, 24.0), 0.0))


def _tabs(part: ScreenPart, width: float) -> Block:
    first, *others = [Words(tab, "body") for tab in part.tabs]
    chosen = Boxed(Words(first.text, "strong"), "", "rounded", "lane.data", "", padding=0.45)
    return Row((chosen, *others), 1.2)


def _heading(part: ScreenPart, width: float) -> Block:
    return Words(part.heading, "title", measure=width)


def _text(part: ScreenPart, width: float) -> Block:
    return Words(part.text, "small", measure=width)


def _titled(tiles: ScreenTiles, block: Block) -> Block:
    return Column((Words(tiles.title, "strong"), block), 0.5, "start") if tiles.title else block


def _number(tiles: ScreenTiles, usual: int) -> int:
    return len(tiles.titles) or tiles.count or usual


def _grid(part: ScreenPart, width: float) -> Block:
    tiles = part.grid
    number = _number(tiles, 2 * _ACROSS)
    across = min(tiles.across or _ACROSS, number)
    side = max(5.0, (width - 1.0 * (across - 1)) / across)
    cells = [_tile(tiles, at, side) for at in range(number)]
    cells += [Space()] * (-number % across)
    rows = tuple(tuple(cells[at : at + across]) for at in range(0, len(cells), across))
    start: tuple[Align, ...] = ("start",)
    return _titled(tiles, Grid(rows, start * across, ruled=False, gap=1.0, leading=0.8, align="start"))


def _tile(tiles: ScreenTiles, at: int, side: float) -> Block:
    parts: list[Block] = [_picture(tiles.item, side, 0.56 * side)]
    if at < len(tiles.titles):
        parts.append(Words(tiles.titles[at], "body", measure=side))
        parts += [Words(detail, "small", measure=side) for detail in tiles.details[at : at + 1]]
    else:
        parts += [bar(0.85 * side), bar(0.5 * side)]
    return Column(tuple(parts), 0.35)


def _picture(item: str, width: float, height: float, glyph: str = "") -> Block:
    inner = Glyph(glyph or glyph_for(item, "image"), "muted", min(2.6, 0.5 * height))
    return Boxed(inner, "", "rect", "lane.other", "faint", padding=0.2, least=(width, height))


def _list(part: ScreenPart, width: float) -> Block:
    tiles = part.list
    rows: list[tuple[Block | None, ...]] = []
    for at in range(_number(tiles, _LEAST)):
        thumb = _picture(tiles.item, 3.6, 2.6)
        inner = max(6.0, width - 5.0 - (6.0 if tiles.button else 0.0))
        said: list[Block] = [bar(0.7 * inner), bar(0.45 * inner)]
        if at < len(tiles.titles):
            said = [Words(tiles.titles[at], "body", measure=inner)]
            said += [Words(detail, "small", measure=inner) for detail in tiles.details[at : at + 1]]
            said += [bar(0.5 * inner)] if not tiles.details else []
        rows.append((thumb, Column(tuple(said), 0.3), button(tiles.button, True) if tiles.button else None))
    return _titled(tiles, Grid(tuple(rows), ("start", "start", "end"), ruled=False, gap=0.9, leading=0.7))


def _author(piece: ScreenPiece) -> list[Block]:
    if not piece.by:
        return []
    return [Row((Glyph("user", size=1.4), Words(piece.by, "strong")), 0.5)]


def _piece(piece: ScreenPiece, width: float, picture: Block | None, label: str = "") -> Block:
    parts: list[Block] = _author(piece)
    if label:
        parts.append(Words(label, "small"))
    parts += [Words(piece.text, measure=width)] if piece.text else []
    parts += [picture] if picture is not None else []
    parts += [Words(piece.title, "strong", measure=width)] if piece.title else []
    if not piece.title and not piece.text:
        parts.append(bar(0.6 * width))
    if piece.buttons:
        parts.append(Row(tuple(button(text) for text in piece.buttons), 0.6))
    return Boxed(Column(tuple(parts), 0.5), "", "rounded", "node.fill", "faint", padding=0.7, align="start")


def _post(part: ScreenPart, width: float) -> Block:
    inner = width - 1.6
    picture = _picture(part.post.item, inner, 0.42 * inner) if part.post.item else None
    return _piece(part.post, inner, picture)


def _card(part: ScreenPart, width: float) -> Block:
    inner = min(width - 1.6, 16.0)
    return _piece(part.card, inner, _picture(part.card.item, inner, 0.56 * inner))


def _ad(part: ScreenPart, width: float) -> Block:
    inner = width - 1.6
    picture = _picture(part.ad.item, inner, 0.18 * inner) if part.ad.item else None
    return _piece(part.ad, inner, picture, "Advertisement")


def _player(part: ScreenPart, width: float) -> Block:
    frame = _picture("", width, 0.5 * width, "action")
    said = [Words(part.player.title, "strong", measure=width)] if part.player.title else [bar(0.6 * width)]
    extra: list[Block] = [*_author(part.player)]
    if part.player.buttons:
        extra.append(Row(tuple(button(text) for text in part.player.buttons), 0.6))
    return Column((frame, *said, *extra), 0.5)


def _photo(part: ScreenPart, width: float) -> Block:
    return Column(
        (_picture(part.photo.item, width, (0.6 if width < _NARROW else 0.42) * width), *_said(part.photo, width)), 0.4
    )


def _said(piece: ScreenPiece, width: float) -> list[Block]:
    return [Words(piece.title, "body", measure=width)] if piece.title else []


def _map(part: ScreenPart, width: float) -> Block:
    """Return streets, a park and pins; where a pin stands says nothing."""
    streets = (((0.0, 3.1), (10.0, 4.1)), ((1.6, 0.0), (3.2, 6.0)), ((0.0, 0.8), (10.0, 2.5)), ((6.0, 0.0), (8.0, 6.0)))
    park = Region(rectangle(3.9, 4.2, 5.7, 5.5), fill="lane.inference", stroke="")
    names = part.map
    marks = tuple(Mark(*_place(at), name, "none", "pin", "bad", 1.5) for at, name in enumerate(names))
    series = tuple(Series(way, tone="faint", bold=True) for way in streets)
    return Plane(Axis(0.0, 10.0), Axis(0.0, 6.0), (park,), series, marks=marks, width=width)


def _place(at: int) -> tuple[float, float]:
    if at < len(_PLACES):
        return _PLACES[at]
    angle = 2 * pi * at / 11
    return round(5 + 4.2 * cos(angle), 3), round(3 + 2.4 * sin(angle), 3)


def _chat(part: ScreenPart, width: float) -> Block:
    rows: list[Block] = []
    for line in part.chat:
        rows += _messages(line, width)
    return Column(tuple(rows), 0.7, "stretch")


def _messages(line: ChatLine, width: float) -> list[Block]:
    """Return what a user writes at the right, and below it what is answered at the left."""
    measure = 0.62 * width
    found: list[Block] = []
    if line.user:
        mine = Boxed(Words(line.user, measure=measure), "", "rounded", "lane.data", "", padding=0.6, align="start")
        found.append(Boxed(mine, "", "rect", "paper", "", padding=0.0, align="end"))
    if line.answer:
        words: list[Block] = [Words(line.answer, measure=measure)]
        if line.source:
            words.append(Row((Glyph("page", "muted", 1.1), Words(line.source, "small", measure=measure)), 0.4))
        theirs = Boxed(Column(tuple(words), 0.35), "", "rounded", "lane.other", "", padding=0.6, align="start")
        found.append(Row((theirs,), 0.0))
    return found


def _code(part: ScreenPart, width: float) -> Block:
    lines = [line for text in part.code for line in text.rstrip().split("\n")]
    rows: list[tuple[Block | None, ...]] = [
        (Words(str(number), "small"), _line(line, Words(line.strip(), measure=width - 3)) if line.strip() else None)
        for number, line in enumerate(lines, 1)
    ]
    if part.completion:
        last = lines[-1]
        indent = " " * (len(last) - len(last.lstrip()) + 4 * last.rstrip().endswith(":"))
        words = Words(part.completion.strip(), "note", measure=width - 6)
        ghost = Boxed(words, "", "rounded", "model.fill", "muted", dashed=True, padding=0.45)
        rows.append((Words(str(len(rows) + 1), "small"), _line(indent, ghost)))
    return Grid(tuple(rows), ("end", "start"), ruled=False, gap=0.9, leading=0.35)


def _line(text: str, inner: Block) -> Block:
    """Return a line behind the room that its indentation takes."""
    indent = len(text) - len(text.lstrip()) if text.strip() else len(text)
    return Row((Space(_INDENT * indent), inner), 0.0)


def _buttons(part: ScreenPart, width: float) -> Block:
    return Row(tuple(button(text, at == 0) for at, text in enumerate(part.buttons)), 0.7)


_PARTS: Mapping[str, Callable[[ScreenPart, float], Block]] = {
    "search": _search, "tabs": _tabs, "heading": _heading, "text": _text, "grid": _grid, "list": _list, "post": _post,
    "card": _card, "ad": _ad, "player": _player, "photo": _photo, "map": _map, "chat": _chat, "code": _code,
    "buttons": _buttons,
}  # fmt: skip


def framed(kind: str, address: str, inner: Block, width: float) -> Block:
    """Return a screen around some parts.

    Args:
        kind: ``browser``, ``phone`` or ``editor``.
        address: Stands in its upper bar.
        inner: What is on it.
        width: Of what is on it, in em.
    """
    if kind == "phone":
        top: Block = Overlay((Space(width, 0.9), bar(4.0)))
        parts: Sequence[Block] = (top, *((_centred(address, width),) if address else ()), inner, Overlay((bar(6.0),)))
        return Boxed(Column(tuple(parts), 0.9, "stretch"), "", "rounded", "paper", "ink", True, padding=1.0, top=True)
    dots = Row(tuple(Boxed(Space(), "", "circle", "faint", "", padding=0.0, least=(0.7, 0.7)) for _ in range(3)), 0.35)
    line: Block = Words(address, "small", measure=width - 8) if address else bar(10.0)
    if kind == "browser":
        line = Boxed(line, "", "rounded", "node.fill", "faint", padding=0.4, align="start", least=(width - 5, 0.0))
    head = Boxed(Row((dots, line), 0.9), "", "rect", "lane.other", "", padding=0.6, align="start", least=(width, 0.0))
    room = Boxed(inner, "", "rect", "paper", "", padding=0.9, align="stretch", top=True, least=(width, 0.0))
    return Boxed(Column((head, room), 0.0, "stretch"), "", "rounded", "paper", "ink", padding=0.5, align="stretch")


def _centred(text: str, width: float) -> Block:
    return Words(text, "strong", measure=width, align="middle")
