"""Parts of formulas → their sizes, then their places; each is as high above the middle of its line as below it."""

from __future__ import annotations

from archkit.drawing import Box, Item, Line
from archkit.formulas import Power, Quotient, Root, Sum
from archkit.layout.fitted import Fit, Fitted, em
from archkit.theme import Theme

_OVERHANG = 0.25  # em that a bar is longer than what stands above and below it, at each end
_AIR = 0.12  # em between a bar and what stands above and below it
_SIGN = (1.05, 1.3)  # em that the sign of a sum is wide and high
_TICK = 0.75  # em that the sign of a root is wide
_RISE = 0.3  # share of a base's height by which its exponent is raised


def fit_quotient(quotient: Quotient, theme: Theme, fit: Fit) -> Fitted:
    """Measure a fraction."""
    above, below = fit(quotient.above), fit(quotient.below)
    unit = em(theme)
    air = _AIR * unit
    width = max(above.width, below.width) + 2 * _OVERHANG * unit
    height = 2 * (max(above.height, below.height) + air)

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        bar = Line(((x - width / 2, y), (x + width / 2, y)), "ink", theme.strokes.node)
        upper = Box(x - above.width / 2, y - air - above.height, above.width, above.height)
        lower = Box(x - below.width / 2, y + air, below.width, below.height)
        return [*above.draw(upper), bar, *below.draw(lower)]

    return Fitted(width, height, draw)


def fit_sum(total: Sum, theme: Theme, fit: Fit) -> Fitted:
    """Measure a sum sign with its bounds."""
    unit = em(theme)
    wide, high, air = _SIGN[0] * unit, _SIGN[1] * unit, 1.5 * _AIR * unit
    bounds = [fit(bound) if bound is not None else None for bound in (total.above, total.below)]
    # the same room above and below, so that the sign stands in the middle of its line
    most = max((bound.height for bound in bounds if bound is not None), default=0.0)
    width = max([wide, *(bound.width for bound in bounds if bound is not None)])

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        left, right, top, bottom = x - wide / 2, x + wide / 2, y - high / 2, y + high / 2
        hook = 0.14 * high
        stroke = ((right, top + hook), (right, top), (left, top), (x + 0.12 * wide, y))
        lower = ((x + 0.12 * wide, y), (left, bottom), (right, bottom), (right, bottom - hook))
        items: list[Item] = [Line(stroke + lower[1:], "ink", theme.strokes.node * 1.25)]
        for bound, edge in zip(bounds, (top - air, bottom + air), strict=True):
            if bound is not None:
                start = edge - bound.height if edge < y else edge
                items += bound.draw(Box(x - bound.width / 2, start, bound.width, bound.height))
        return items

    return Fitted(width, high + 2 * (most + air), draw)


def fit_root(root: Root, theme: Theme, fit: Fit) -> Fitted:
    """Measure a square root."""
    inner = fit(root.inner)
    unit = em(theme)
    tick, air = _TICK * unit, _AIR * unit
    stroke = theme.strokes.node

    def draw(box: Box) -> list[Item]:
        x, y = box.x, box.center[1]
        top, bottom = y - inner.height / 2 - air, y + inner.height / 2
        sign = (
            (x, y + 0.1 * inner.height),
            (x + 0.3 * tick, y),
            (x + 0.55 * tick, bottom),
            (x + tick, top),
            (x + tick + inner.width + 2 * air, top),
        )
        place = Box(x + tick + air, y - inner.height / 2, inner.width, inner.height)
        return [Line(sign, "ink", stroke), *inner.draw(place)]

    return Fitted(tick + inner.width + 2 * air, inner.height + 5 * air, draw)


def fit_power(power: Power, theme: Theme, fit: Fit) -> Fitted:
    """Measure a base with its exponent; room is left below as above."""
    base, exponent = fit(power.base), fit(power.exponent)
    rise = _RISE * base.height

    def draw(box: Box) -> list[Item]:
        y = box.center[1]
        low = Box(box.x, y - base.height / 2, base.width, base.height)
        high = Box(box.x + base.width, low.y + base.height - rise - exponent.height, exponent.width, exponent.height)
        return [*base.draw(low), *exponent.draw(high)]

    over = max(0.0, rise + exponent.height - base.height)
    return Fitted(base.width + exponent.width, base.height + 2 * over, draw)
