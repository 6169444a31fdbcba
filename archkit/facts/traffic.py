"""Users and their requests → requests, events and items per second."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archkit.facts.derived import Derived, Input, count, derive, given, per_second, show
from archkit.units import DAY

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint

A_DAY = f"{DAY:,} s"


class Traffic:
    """How much the system is asked for.

    Attributes:
        users: Daily active users, as written.
        each: Requests of one of them on a day, as written.
        daily: Requests on a day, as written.
        qps: Average requests per second, as written.
        peak: Peak requests per second, as written.
        factor: Peak over average, as written.
        items: The corpus, as written.
        new_items: Items added on a day, as written.
        throughput: Items to be processed per time where nobody asks, as written.
        deadline: Time for one whole batch, as written.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        scale, needs = blueprint.requirements.scale, blueprint.requirements
        self.users = given(scale, "daily_active_users", "daily active users")
        self.each = given(scale, "requests_per_user_per_day", "requests per user and day")
        self.daily = given(scale, "requests_per_day", "requests per day")
        self.qps = _rate(given(scale, "qps", "average requests per second"))
        self.peak = _rate(given(scale, "peak_qps", "peak requests per second"))
        self.factor = given(scale, "peak_factor", "peak factor")
        self.items = given(scale, "items", "items")
        self.new_items = given(scale, "new_items_per_day", "new items per day")
        self.events = given(scale, "events_per_day", "events per day")
        self.throughput = given(needs, "throughput", "items to be processed")
        self.deadline = given(needs, "deadline", "time for one batch")

    @cached_property
    def from_users(self) -> Derived | None:
        """Requests per day that users make; None where users or their requests are not stated."""
        if self.users is None or self.each is None:
            return None
        value = count(self.users.value.value * self.each.value.value)
        formula = f"{show(self.users.value)} × {show(self.each.value)}"
        return derive("traffic.requests_per_day", "Requests per day", value, formula, self.users, self.each)

    @cached_property
    def per_day(self) -> Derived | None:
        """Requests per day: from users, else as stated, else from requests per second."""
        if self.from_users is not None or self.daily is not None:
            return self.from_users or _stated("traffic.requests_per_day", "Requests per day", self.daily)
        if self.qps is None:
            return None
        value = count(self.qps.value.value * DAY)
        return derive(
            "traffic.requests_per_day", "Requests per day", value, f"{show(self.qps.value)} × {A_DAY}", self.qps
        )

    @cached_property
    def average(self) -> Derived | None:
        """Average requests per second: from users, else from requests per day, else as stated."""
        if self.from_users is None and self.daily is None:
            return _stated("traffic.average_qps", "Average requests per second", self.qps)
        source = self.from_users or self.daily
        assert source is not None  # noqa: S101 - one of the two is there
        shown = source.formula if isinstance(source, Derived) else show(source.value)
        value = per_second(source.value.value / DAY)
        return derive("traffic.average_qps", "Average requests per second", value, f"{shown} / {A_DAY}", source)

    @cached_property
    def at_peak(self) -> Derived | None:
        """Peak requests per second: average × factor, else as stated; None where neither is known.

        What follows from users goes before what is stated, so that everything moves with the number of users.
        """
        return self.average_times_factor or _stated("traffic.peak_qps", "Peak requests per second", self.peak)

    @cached_property
    def average_times_factor(self) -> Derived | None:
        """Peak requests per second as average × factor; None where one of them is not known."""
        if self.average is None or self.factor is None:
            return None
        value = self.average.value * self.factor.value.value
        formula = f"{show(self.average.value)} × {show(self.factor.value)}"
        name = "Peak requests per second"
        return derive("traffic.peak_qps", name, value, formula, self.average, self.factor)

    @cached_property
    def busiest(self) -> Derived | None:
        """The largest known load: peak requests per second, else average ones, which a peak is never below."""
        return self.at_peak or self.average

    @cached_property
    def events_rate(self) -> Derived | None:
        """Events that are logged per second on average."""
        return _daily_rate("traffic.events", "Events per second", self.events)

    @cached_property
    def new_items_rate(self) -> Derived | None:
        """Items that are added per second on average."""
        return _daily_rate("traffic.new_items", "New items per second", self.new_items)

    @cached_property
    def batch_rate(self) -> Derived | None:
        """Items per second that a batch system must process: as stated, else items / deadline."""
        name = "Items to process per second"
        if self.throughput is not None:
            formula = show(self.throughput.value)
            return derive("traffic.batch", name, per_second(self.throughput.value.value), formula, self.throughput)
        if self.items is None or self.deadline is None or not self.deadline.value.value:
            return None
        value = per_second(self.items.value.value / self.deadline.value.value)
        formula = f"{show(self.items.value)} / {show(self.deadline.value)}"
        return derive("traffic.batch", name, value, formula, self.items, self.deadline)

    def derived(self) -> list[Derived]:
        """Return all numbers that are known."""
        known = (
            self.per_day, self.average, self.at_peak, self.events_rate, self.new_items_rate, self.batch_rate,
        )  # fmt: skip
        return [each for each in known if each is not None]


def _rate(written: Input | None) -> Input | None:
    """Read a number without a unit as per second, which its key says."""
    if written is None:
        return None
    value = written.value
    return written._replace(value=type(value)(value.value, per_second(0).dimension, value.text, value.noun))


def _stated(key: str, name: str, written: Input | None) -> Derived | None:
    if written is None:
        return None
    return derive(key, name, written.value, "as stated", written)


def _daily_rate(key: str, name: str, written: Input | None) -> Derived | None:
    if written is None:
        return None
    value = per_second(written.value.value / DAY)
    return derive(key, name, value, f"{show(written.value)} / {A_DAY}", written)
