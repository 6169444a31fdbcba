"""Blueprint and a range for one of its values → where, on the way through the range, findings appear and vanish."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from archkit.diagnostics import Diagnostic, Severity
from archkit.quantity import Dimension, Quantity, parse_quantity
from archkit.quantityhints import Problem as NoNumber
from archkit.shapes.scalars import Number
from archkit.source import Source, Span
from archkit.whatif import Design, Outcome, Problem, change, compare
from archkit.whatif.paths import CODE, assign

STEPS = 16
"""Values that are tried between the ends, before places are narrowed down."""
PRECISION = 1.005
"""Two values whose quotient is smaller are taken for one."""
NAME = "--sweep"
REPEATED = frozenset(("CAP01", "CAP02"))
"""Codes that say that a stated number no longer follows from others: a slip of the pen, not of the design."""


class Event(NamedTuple):
    """A value at which findings change.

    Attributes:
        value: The first value tried at which it is so, as it would be written.
        last: The last value tried before it.
        appeared: Findings that appear there, graver ones first.
        vanished: Findings that vanish there.
    """

    value: str
    last: str
    appeared: tuple[Diagnostic, ...]
    vanished: tuple[Diagnostic, ...]


class Swept(NamedTuple):
    """What happens on the way through a range.

    Attributes:
        path: The path of the value.
        start: The design at the beginning of the range.
        end: What differs at its end from its beginning.
        first: The value at the beginning, as given.
        last: The value at the end, as given.
        events: Changes in the order of the range.
    """

    path: str
    start: Design
    end: Outcome
    first: str
    last: str
    events: tuple[Event, ...]

    @property
    def breaks(self) -> Event | None:
        """The first value at which an error appears, or else a warning; None where neither does.

        Stated numbers that merely repeat what follows from the value do not count.
        """
        for severity in (Severity.ERROR, Severity.WARNING):
            for event in self.events:
                if any(each.severity is severity and each.code not in REPEATED for each in event.appeared):
                    return event
        return None


def sweep(before: Design, text: str, steps: int = STEPS) -> Swept | Problem:
    """Follow a value through a range, and narrow down where findings change.

    Values between the ends are evenly spaced on a logarithmic scale and rounded to three digits, so that each could
    have been typed. Between two neighbours with other findings, the range is halved until they differ by half a
    percent.

    Args:
        before: The design as it is.
        text: ``PATH=FROM..TO``, both above zero; FROM may be the larger one.
        steps: How many values to try at first, at least 1.
    """
    path, equals, ends = text.partition("=")
    low, dots, high = ends.partition("..")
    if not (equals and dots and low.strip() and high.strip() and path.strip()):
        hint = "write `PATH=FROM..TO`, as `ranker.replicas=100..1000`"
        return _problem(text, before, Span(0, len(text)), "this is no range", hint)
    got = assign(before.tree, before.blueprint, text, NAME)
    if isinstance(got, Diagnostic):
        return _problem(text, before, got.span or Span(0, len(text)), got.message, got.hint)
    number = got.place.shape
    if not isinstance(number, Number):
        hint = "a range needs a number, such as `requirements.scale.daily_active_users`"
        return _problem(text, before, Span(0, len(path)), f"`{path.strip()}` is no number", hint)
    points: list[Point] = []
    for part, start in ((low, len(path) + 1), (high, len(text) - len(high))):
        word, start = part.strip(), start + len(part) - len(part.lstrip())
        found = parse_quantity(word, number.dimensions)
        if isinstance(found, NoNumber):
            at = Span(start + found.start, start + found.end)
            return _problem(text, before, at, found.message, found.hint)
        if found.value <= 0:
            at = Span(start, start + len(word))
            return _problem(text, before, at, "a range begins and ends above zero", "write a number above 0")
        points.append((word, found))
    return _Sweep(before, path.strip(), number).run(points[0], points[1], steps)


def _problem(text: str, before: Design, span: Span, message: str, hint: str) -> Problem:
    number = len(before.sources)
    finding = Diagnostic(CODE, Severity.ERROR, message, span._replace(source=number), hint)
    return Problem((finding,), (*before.sources, Source(NAME, text)))


Point = tuple[str, Quantity]


class _Sweep:
    """A walk through a range, with what was found at each value."""

    def __init__(self, before: Design, path: str, number: Number) -> None:
        self._before = before
        self._path = path
        self._number = number
        self._tried: dict[str, Design | Problem] = {}

    def run(self, low: Point, high: Point, steps: int) -> Swept | Problem:
        """Try both ends, values between them, and halve where findings change."""
        start, end = self._at(low[0]), self._at(high[0])
        if isinstance(start, Problem):
            return start
        if isinstance(end, Problem):
            return end
        events: list[Event] = []
        points = [low, *self._between(low, high, steps), high]
        for a, b in pairwise(points):
            self._narrow(a, b, events)
        return Swept(self._path, start, compare(start, end), low[0], high[0], tuple(events))

    def _at(self, text: str) -> Design | Problem:
        """Return the design with a value; where the language forbids it, what it says."""
        if text not in self._tried:
            self._tried[text] = change(self._before, [f"{self._path}={text}"])
        return self._tried[text]

    def _between(self, low: Point, high: Point, steps: int) -> list[Point]:
        a, b = float(low[1]), float(high[1])
        found = [self._typed(low[1], a * (b / a) ** (n / (steps + 1))) for n in range(1, steps + 1)]
        inside = [point for point in found if _inside(point[1].value, low[1].value, high[1].value)]
        return list({point[0]: point for point in inside}.values())

    def _typed(self, like: Quantity, value: float) -> Point:
        """Return a number as somebody would type it, with three digits, and what the parser reads in it."""
        text = Quantity(Fraction(value), like.dimension, noun=like.noun).human(digits=3)
        if not like.noun and like.dimension in (Dimension.COUNT, Dimension.RATE):
            text = text.replace(" ", "")
        if self._number.whole:
            text = f"{float(f'{value:.3g}'):.0f}"
        found = parse_quantity(text, self._number.dimensions)
        if not isinstance(found, Quantity):
            raise ValueError(f"{text!r} was written as a number, and cannot be read as one")
        return text, found

    def _narrow(self, a: Point, b: Point, events: list[Event]) -> None:
        """Note the changes between two values; a stack in place of recursion keeps them in order."""
        stack = [(a, b)]
        while stack:
            low, high = stack.pop()
            appeared, vanished = self._difference(low[0], high[0])
            if not appeared and not vanished:
                continue
            middle = self._typed(low[1], sqrt(float(low[1]) * float(high[1])))
            apart = abs(log(float(high[1]) / float(low[1]))) > log(PRECISION)
            if not apart or not _inside(middle[1].value, low[1].value, high[1].value):
                events.append(Event(high[0], low[0], appeared, vanished))
                continue
            stack += [(middle, high), (low, middle)]

    def _difference(self, low: str, high: str) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
        first, second = self._at(low), self._at(high)
        if isinstance(first, Problem) or isinstance(second, Problem):
            wrong = isinstance(first, Problem), isinstance(second, Problem)
            new = second.diagnostics if isinstance(second, Problem) and not wrong[0] else ()
            gone = first.diagnostics if isinstance(first, Problem) and not wrong[1] else ()
            return new, gone
        outcome = compare(first, second)
        graver = sorted(outcome.appeared, key=lambda finding: (-finding.severity, finding.code))
        return tuple(graver), outcome.vanished


def _inside(value: Fraction, low: Fraction, high: Fraction) -> bool:
    return min(low, high) < value < max(low, high)
