"""Windows that slide over events: how long, how often, which events, and what is made of those inside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.base import Schemas, Shape, take
from archkit.shapes.containers import ListOf
from archkit.shapes.numbers import Numbers, Plain
from archkit.units import DAY
from archkit.yamltree import Node, Scalar, Sequence

AGGREGATES = ("count", "sum", "mean", "max", "min", "last")
UNITS = {"ms": Fraction(1, 1000), "s": Fraction(1), "min": Fraction(60), "h": Fraction(3600), "d": Fraction(DAY)}
MOST_WINDOWS = 12
MOST_EVENTS = 24
NEAREST = (40, 80)
"""Parts of the axis that must lie between two events: with their values above them, and without."""


class Event(NamedTuple):
    """Something that happened.

    Attributes:
        at: When, in units of the figure.
        value: How much; 1 where only that it happened counts.
    """

    at: Fraction
    value: Fraction


class EventShape(Shape[Event]):
    """When something happened, alone or with how much."""

    accepts = (Scalar, Sequence)
    words = "a time, or a pair of time and value"
    example = "[4, 30]"
    _time = Plain("write a number of minutes, or of what `unit:` says, such as `7.5`")
    _pair = Numbers("a pair of time and value", "[4, 30]", exactly=2)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Event | None:
        """Return the event."""
        if isinstance(node, Sequence):
            pair = take(self._pair, node, key, reading)
            if pair is not None and pair[0] < 0:
                reading.error("LNG013", node.span, "an event cannot be before 0", "count time from the first window on")
                return None
            return Event(*pair) if pair is not None else None
        time = take(self._time, node, key, reading)
        return Event(time.value, Fraction(1)) if time is not None else None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of both forms."""
        return {"anyOf": [self._time.schema(schemas), self._pair.schema(schemas)]}


class SlidingWindowFigure(FigureSpec, noun="figure"):
    """Windows over a stream of events; without events, those of the data that a model is trained on."""

    window = f.time("How long a window is.", "10 min", aka=("size", "length"))
    slide = f.time("How far one begins after another; as long as a window where it is missing.", "5 min", aka=("hop",))
    events: tuple[Event, ...] = f.field(
        ListOf(EventShape(), single=False), "When something happened, and how much, from the first window on.",
        "[[1, 3], [4, 5], [12, 2]]",
    )  # fmt: skip
    unit = f.word(tuple(UNITS), "The unit of the times of events; minutes where nothing is said.", "min")
    aggregate = f.word(AGGREGATES, "What is made of the events in a window; their count where nothing is said.", "sum")
    event = f.text("What the events are.", "watch times in minutes")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report what does not go together: events without a window, and more windows than can be drawn."""
        super().finish(values, reading)
        for key in ("window", "slide"):
            value = values.get(key)
            if value is not None and not value.value:
                reading.error("LNG013", self.at(key), f"`{key}` must be longer than 0", "write a time such as `5 min`")
                return
        if self.events and not self.has("window"):
            reading.error("FIG010", self.at("events"), "it is not said how long a window is", "write `window: 10 min`")
        if not self.has("events") and (self.has("window") or self.has("slide")):
            where = self.key_at("window" if self.has("window") else "slide")
            reading.error("FIG010", where, "there are no events for the window to slide over", "write `events:`")
        if not self.events or self.window is None:
            return
        times = [event.at for event in self.events]
        least = (self.starts[-1] + self.size) / (NEAREST[1] if self.aggregate in ("", "count") else NEAREST[0])
        near = next((at for at in range(1, len(times)) if times[at] - times[at - 1] < least), None)
        late = next((at for at in range(1, len(times)) if times[at] < times[at - 1]), None)
        if late is not None and self.whole("events"):
            reading.error("FIG010", self.at("events", late), "events are listed in the order of time", "sort them")
        elif len(self.events) > MOST_EVENTS:
            message = f"{len(self.events)} events are too many to be followed"
            reading.error("FIG010", self.at("events"), message, f"leave up to {MOST_EVENTS}")
        elif len(self.starts) > MOST_WINDOWS:
            message = f"that makes more than {MOST_WINDOWS} windows, too many to be followed"
            far = "slide" if self.has("slide") else "window"
            reading.error("FIG010", self.at(far), message, "slide further, or show fewer events")
        elif near is not None and self.whole("events"):
            message = "two events are too near to each other to be told apart"
            reading.error("FIG010", self.at("events", near), message, "move one, or show fewer windows")

    @property
    def size(self) -> Fraction:
        """The length of a window in units of the figure."""
        return self.window.value / self._unit if self.window is not None else Fraction(0)

    @property
    def step(self) -> Fraction:
        """How far one window begins after another, in units of the figure."""
        return self.slide.value / self._unit if self.slide is not None else self.size

    @property
    def starts(self) -> tuple[Fraction, ...]:
        """Where windows begin, from 0 on, up to the last that has an event in it."""
        last = max((event.at for event in self.events), default=Fraction(0))
        return tuple(at * self.step for at in range(min(int(last / self.step) + 1, 10 * MOST_WINDOWS)))

    def inside(self, start: Fraction) -> tuple[Event, ...]:
        """Return the events in the window that begins at a time: from then on, but before its end."""
        return tuple(event for event in self.events if start <= event.at < start + self.size)

    @property
    def _unit(self) -> Fraction:
        return UNITS[self.unit or "min"]
