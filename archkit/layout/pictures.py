"""Picture → Drawing: every block measured, then placed, then joined by arrows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from archkit import blocks, formulas, planes
from archkit.blocks import Block
from archkit.drawing import Box, Drawing, Group, Item, Line, Shape, moved
from archkit.layout import boxes, charts, compose
from archkit.layout.callouts import in_focus, sign_box, with_signs
from archkit.layout.connect import connected
from archkit.layout.fitted import Fitted, fit_words
from archkit.layout.formulas import fit_power, fit_quotient, fit_root, fit_sum
from archkit.layout.planes import fit_plane
from archkit.layout.signs import fit_sample
from archkit.pictures import Picture
from archkit.theme import Theme

_LEAVES: dict[type[Block], Callable[[Any, Theme], Fitted]] = {
    blocks.Words: fit_words,
    blocks.Space: boxes.fit_space,
    blocks.Glyph: boxes.fit_glyph,
    blocks.Number: boxes.fit_number,
    blocks.Link: boxes.fit_link,
    blocks.Rating: charts.fit_rating,
    blocks.Cells: charts.fit_cells,
    blocks.Taper: charts.fit_taper,
    blocks.Bar: charts.fit_bar,
    planes.Plane: fit_plane,
    planes.Sample: fit_sample,
}
_HOLDERS: dict[type[Block], Callable[..., Fitted]] = {
    blocks.Row: boxes.fit_row,
    blocks.Column: boxes.fit_column,
    blocks.Flow: boxes.fit_flow,
    blocks.Boxed: boxes.fit_boxed,
    blocks.Braced: boxes.fit_braced,
    blocks.Grid: charts.fit_grid,
    blocks.Plot: charts.fit_plot,
    blocks.Tree: charts.fit_tree,
    formulas.Quotient: fit_quotient,
    formulas.Sum: fit_sum,
    formulas.Root: fit_root,
    formulas.Power: fit_power,
}


def layout_picture(picture: Picture, theme: Theme) -> Drawing:
    """Lay a picture out.

    Args:
        picture: What to draw.
        theme: Gives type sizes and distances.
    """
    body = fit(picture.body, theme)
    items = connected(body.draw(Box(0.0, 0.0, body.width, body.height)), picture.arrows, theme)
    if picture.highlight:
        items = in_focus(items, picture.highlight)
    items = with_signs(items, picture.callouts, theme)
    left, top, right, bottom = _bounds(items, body)
    items = [moved(item, -left, -top) for item in items]
    return compose.page(picture, items, right - left, bottom - top, (), theme)


def fit(block: Block, theme: Theme) -> Fitted:
    """Measure a block."""
    if isinstance(block, blocks.Overlay):
        return boxes.fit_overlay(block, partial(fit, theme=theme))
    leaf = _LEAVES.get(type(block))
    return leaf(block, theme) if leaf is not None else _HOLDERS[type(block)](block, theme, partial(fit, theme=theme))


def _bounds(items: list[Item], body: Fitted) -> tuple[float, float, float, float]:
    """Return the edges of the body with the arrows that run around it and the letters at its boxes."""
    left, top, right, bottom = 0.0, 0.0, body.width, body.height
    for item in items:
        if isinstance(item, Group) and item.kind == "callout":
            box = sign_box(item.get("mark"), next(part.box for part in item.items if isinstance(part, Shape)).center)
            top, right = min(top, box.y - 1), max(right, box.right + 1)
        for part in getattr(item, "items", ()):
            if isinstance(part, Line) and part.role == "wire":
                xs, ys = [x for x, _ in part.points], [y for _, y in part.points]
                left, right = min(left, min(xs) - 2), max(right, max(xs) + 2)
                top, bottom = min(top, min(ys) - 2), max(bottom, max(ys) + 2)
    return left, top, right, bottom
