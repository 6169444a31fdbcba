"""Parts of formulas → their sizes, then their places; each is as high above the middle of its line as below it."""

from __future__ import annotations

from archkit import text
from archkit.drawing import Box, Item, Line, Text
from archkit.formulas import Operator, Power, Quotient, Root
from archkit.layout.fitted import Fit, Fitted, em
from archkit.theme import Theme

_OVERHANG = 0.25  # em that a bar is longer than what stands above and below it, at each end
_AIR = 0.12  # em between a bar and what stands above and below it
_SIGN = 1.75  # size of a large sign, in type sizes of labels
_TICK = 0.75  # em that the sign of a root is wide
_RISE = 0.45  # share of a base's height by which its exponent is raised


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


def fit_operator(operator: Operator, theme: Theme, fit: Fit) -> Fitted:
    """Measure a large sign with its bounds."""
    size = _SIGN * theme.sizes.label
    wide = text.width(operator.text, size, face=theme.face)
    high = text.CAP_HEIGHT * size
    air = _AIR * em(theme)
    bounds = [fit(bound) if bound is not None else None for bound in (operator.above, operator.below)]
    most = max((bound.height for bound in bounds if bound is not None), default=0.0)
    # the same room above and below, so that the sign stands in the middle of its line
    each = max(most + air, (text.ASCENT - text.CAP_HEIGHT + text.DESCENT) * size)
    width = max([wide, *(bound.width for bound in bounds if bound is not None)])

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        items: list[Item] = [Text(x, y + high / 2, operator.text, size, wide, "regular", "middle", "ink", "label")]
        for bound, top in zip(bounds, (y - high / 2 - air, y + high / 2 + air), strict=True):
            if bound is not None:
                start = top - bound.height if top < y else top
                items += bound.draw(Box(x - bound.width / 2, start, bound.width, bound.height))
        return items

    return Fitted(width, high + 2 * each, draw)


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

    return Fitted(tick + inner.width + 2 * air, inner.height + 2 * air, draw)


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
