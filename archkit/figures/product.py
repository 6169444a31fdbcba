"""Authored parts of a screen → a mock-up of the product, with numbers at what the system decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archkit.blocks import Block, Column, Grid, Number, Row, Space, Words
from archkit.figures.common import picture
from archkit.figures.surfaces import drawn, framed
from archkit.model.authored.product import ProductFigure, ScreenSection
from archkit.pictures import Picture

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.authored.product import ScreenPart
    from archkit.model.design import FigureSpec

_WIDTHS = {"browser": 38.0, "phone": 18.0, "editor": 36.0}
_GUTTER = 2.4


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: parts of a screen."""
    if isinstance(spec, ProductFigure) and spec.parts:
        return []
    return ["`figures: - {kind: product, screen: phone, parts: [{search: dogs}, {list: {item: video}}]}`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan the screen, and to its right what is decided at each number."""
    assert isinstance(spec, ProductFigure)  # noqa: S101  nothing else has what is needed
    screen = spec.screen or "browser"
    width = _WIDTHS[screen]
    notes: list[str] = []
    body: Block = framed(screen, spec.address, _parts(spec.parts, width, notes), width)
    if notes:
        rows = tuple((Number(at), Words(note, measure=18)) for at, note in enumerate(notes, 1))
        key = Grid(rows, ("middle", "start"), ruled=False, gap=0.7, leading=0.9, align="start")
        body = Row((body, key), 2.0)
    said = "what users see" + (", and what the system decides" if notes else "")
    return picture("product", "Product", f"{blueprint.title}: {said}", body, spec)


def _parts(parts: Sequence[ScreenPart], width: float, notes: list[str]) -> Block:
    """Return parts below each other, with numbers at their left where any of them is explained."""
    numbered = any(part.note for part in parts)
    room = width - (_GUTTER if numbered else 0.0)
    rows: list[tuple[Block | None, ...]] = []
    for part in parts:
        number = None
        if part.note:
            notes.append(part.note)
            number = Number(len(notes))
        if isinstance(part, ScreenSection) and part.columns:
            side = (room - 1.4 * (len(part.columns) - 1)) / len(part.columns)
            block: Block = Row(tuple(_parts(column, side, notes) for column in part.columns), 1.4, "start")
        else:
            block = drawn(part, room)
        rows.append((number, block) if numbered else (block,))
    rows.append((None, Space(room)) if numbered else (Space(room),))
    if not numbered:
        return Column(tuple(block for (block,) in rows if block is not None), 0.9, "stretch")
    return Grid(tuple(rows), ("middle", "stretch"), ruled=False, gap=0.7, leading=0.9)
