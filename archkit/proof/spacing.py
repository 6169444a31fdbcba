"""Point 3, third part: arrows that run side by side stay apart, and none runs on top of another."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from archkit.geometry import Grid, bounds, side_by_side, union
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Wire
from archkit.proof.wires import WireIndex


def check(limits: Limits, wires: WireIndex) -> Iterator[Flaw]:
    """Yield the closest approach of every two arrows that come too near to each other."""
    worst: dict[tuple[int, int], tuple[float, int, int]] = {}
    for (a, first), (b, second) in _neighbours(limits, wires):
        if a == b:
            continue
        beside = side_by_side(*wires.wires[a].segments[first], *wires.wires[b].segments[second])
        if beside is None:
            continue
        room = hypot(beside[0], min(0.0, beside[1]))
        if room < limits.gap - limits.slack and room < worst.get((a, b), (limits.gap, 0, 0))[0]:
            worst[a, b] = (room, first, second)
    for (a, b), (room, first, second) in worst.items():
        one, other = wires.wires[a], wires.wires[b]
        if room <= limits.slack and _share_trunk(one, other):
            continue
        code = "wires-merge" if room <= limits.slack else "wires-close"
        message = f"the arrows {one.name} and {other.name} come within {room:.1f} px of each other side by side"
        yield Flaw(3, code, message, union([bounds(one.segments[first]), bounds(other.segments[second])]))


def _neighbours(limits: Limits, wires: WireIndex) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the pieces of arrows that are near to each other and run about the same way."""
    level, upright, slanted = (Grid[tuple[int, int]](96.0) for _ in range(3))
    for at, wire in enumerate(wires.wires):
        for number, (a, b) in enumerate(() if wire.line.smooth else wire.segments):
            across, down = abs(a[0] - b[0]), abs(a[1] - b[1])
            grid = level if down <= limits.slack else upright if across <= limits.slack else slanted
            grid.add((at, number), bounds((a, b)))
    yield from (pair for grid in (level, upright, slanted) for pair in grid.pairs(limits.gap))


def _share_trunk(a: Wire, b: Wire) -> bool:
    """Return whether two arrows are drawn as one on purpose.

    They say so by the same ``data-trunk``, and a reader can follow them: they leave or enter the same node and look
    alike.
    """
    trunk = a.group.get("trunk")
    alike = (a.line.stroke, a.line.dash, a.line.stroke_width) == (b.line.stroke, b.line.dash, b.line.stroke_width)
    same_end = a.group.get("from") == b.group.get("from") or a.group.get("to") == b.group.get("to")
    return trunk != "" and trunk == b.group.get("trunk") and alike and same_end
