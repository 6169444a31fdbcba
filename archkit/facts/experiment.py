"""Experiment and traffic → how many units an arm needs to show an effect, and how many it gets."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property
from math import erf, sqrt
from typing import TYPE_CHECKING

from archkit.facts.derived import Derived, Input, count, derive, given, share, show
from archkit.facts.words import begins, mentions, plural
from archkit.quantity import Dimension, Quantity
from archkit.units import DAY

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.traffic import Traffic

PEOPLE = (
    "user", "viewer", "visitor", "person", "people", "member", "account", "customer", "reader", "buyer", "listener",
    "guest", "rider", "shopper", "player", "subscriber",
)  # fmt: skip
"""How words for people as units of an experiment begin."""

GROUPS = (
    "cluster", "group", "household", "city", "cities", "market", "region", "country", "countries", "geo", "team",
    "class", "school", "day", "hour", "week", "pair", "store", "host", "seller", "advertiser", "community",
)  # fmt: skip
"""How words for groups and stretches of time as units of an experiment begin."""

# What follows the thing itself: "user, in clusters of friends", "group of cards".
_APPOSITION = re.compile(r"[,:;(]|\s(?:of|by|in|on|at|for|with|who|that|which|where|from|per)\s")
_REQUESTS = ("request", "query", "queries", "search", "session", "visit", "page", "impression")
_DEVICES = ("phone", "device", "speaker", "car", "vehicle")


class Experiment:
    """The experiment of a blueprint.

    Args:
        blueprint: The design.
        traffic: How much it is asked for.
    """

    def __init__(self, blueprint: Blueprint, traffic: Traffic) -> None:
        self.record = blueprint.evaluation.experiment
        self._scale = blueprint.requirements.scale
        self._traffic = traffic

    @property
    def by_person(self) -> bool:
        """Whether single people are assigned to arms."""
        return bool(begins(self.record.unit, *PEOPLE)) and not _grouped(self.record.unit)

    @property
    def units(self) -> str:
        """What is assigned to arms, in the plural, as ``users``; "" where the words name no single thing."""
        head = _APPOSITION.split(self.record.unit.strip(), maxsplit=1)[0].strip()
        return plural(head) if head and len(head.split()) < 3 else ""

    @property
    def singles(self) -> str:
        """The same for what is no group; "" where groups are assigned."""
        return "" if begins(self.units, *GROUPS) else self.units

    @property
    def clustered(self) -> bool:
        """Whether the numbers count single observations, and groups of them are assigned together."""
        return _grouped(self.record.unit) and not self.record.units_per_day

    @cached_property
    def effect(self) -> Derived | None:
        """The smallest change that must be seen, in points of the rate; relative unless it says otherwise."""
        rate = given(self.record, "baseline_rate", "rate today")
        least = given(self.record, "minimum_effect", "smallest effect")
        if rate is None or least is None or least.value.dimension is not Dimension.RATIO:
            return None
        if self.record.effect == "absolute":
            value, formula = least.value.value, show(least.value)
        else:
            value, formula = rate.value.value * least.value.value, f"{show(rate.value)} × {show(least.value)}"
        return derive("experiment.effect", "Smallest effect in points", share(abs(value)), formula, rate, least)

    @cached_property
    def needed(self) -> Derived | None:
        """Units for each arm: 2 (z of significance + z of power)² p (1 − p) / δ², 16 p (1 − p) / δ² by default.

        Source: R. Kohavi, D. Tang, Y. Xu, "Trustworthy Online Controlled Experiments" (2020), chapter 17.
        """
        rate, effect = given(self.record, "baseline_rate", "rate today"), self.effect
        if rate is None or effect is None or not effect.value.value:
            return None
        power = given(self.record, "power", "power")
        alpha = given(self.record, "significance", "significance")
        factor = _factor(alpha.value if alpha else None, power.value if power else None)
        p = rate.value.value
        value = count(factor * p * (1 - p) / effect.value.value**2)
        formula = f"{factor} × {show(rate.value)} × {show(share(1 - p))} / ({effect.formula})²"
        return derive(
            "experiment.needed", "Units that each arm needs", value, formula, rate, effect, power, alpha,
            assume=() if power and alpha else ("a power of 80% and a significance of 5%, where not stated",),
        )  # fmt: skip

    @cached_property
    def gets(self) -> Derived | None:
        """Units in the smallest arm at most, with every day bringing new ones; None where nothing tells how many."""
        base, traffic = self._units, given(self.record, "traffic", "share of traffic that takes part")
        part = _smallest(self.record.split)
        if base is None:
            return None
        value = base.value.value * part * (traffic.value.value if traffic else 1)
        formula = base.formula + (f" × {show(traffic.value)}" if traffic else "") + f" × {show(share(part))}"
        return derive(
            "experiment.gets", "Units that the smallest arm gets", count(value), formula, base, traffic,
            assume=() if self.record.split else ("two arms of one size",),
        )  # fmt: skip

    @cached_property
    def _units(self) -> Derived | None:
        """Units that could take part in the whole experiment."""
        days = given(self.record, "duration", "duration")
        if days is None:
            return None
        daily = given(self.record, "units_per_day", "units per day") or self._daily()
        if daily is None:
            devices = self._devices()
            return devices and derive("experiment.units", "Units", devices.value, show(devices.value), devices)
        value = daily.value.value * days.value.value / DAY
        formula = f"{show(daily.value)} × {show(days.value)}"
        everybody = self._everybody(days)
        if everybody is not None and everybody.value.value < value:
            return derive("experiment.units", "Units", everybody.value, show(everybody.value), everybody)
        return derive("experiment.units", "Units", count(value), formula, daily, days)

    def _everybody(self, days: Input) -> Input | None:
        """Return how many people there are in all, as far as they can come within the experiment."""
        if not self.by_person or self.record.units_per_day:
            return None
        month = given(self._scale, "monthly_active_users", "users in a month") if days.value.value <= 30 * DAY else None
        known = [one for one in (given(self._scale, "users", "users"), month) if one is not None]
        return min(known, key=lambda one: one.value.value, default=None)

    @cached_property
    def at_most(self) -> bool:
        """Whether fewer come than counted: people who come on several days, where nobody says how many there are."""
        days, units = given(self.record, "duration", "duration"), self._units
        if not self.by_person or self.record.units_per_day or days is None or units is None:
            return False
        everybody = self._everybody(days)
        return days.value.value > DAY and (everybody is None or units.value.value < everybody.value.value)

    def _daily(self) -> Input | Derived | None:
        unit = self.record.unit
        if _grouped(unit):
            return None
        if begins(unit, *PEOPLE):
            return self._traffic.users
        return self._traffic.per_day if begins(unit, *_REQUESTS) else None

    def _devices(self) -> Input | None:
        """Return how many devices there are, if they are what is assigned: the same ones on every day."""
        devices = begins(self.record.unit, *_DEVICES) and not _grouped(self.record.unit)
        return given(self._scale, "devices", "devices") if devices else None


def _factor(alpha: Quantity | None, power: Quantity | None) -> int:
    """Return 2 (z₁ + z₂)², a whole number as people use it: 16 for 5% and 80%, 21 for 5% and 90%."""
    sides = float(alpha.value) / 2 if alpha is not None else 0.025
    hit = float(power.value) if power is not None else 0.8
    return max(1, round(2 * (_z(1 - sides) + _z(hit)) ** 2))


def _z(p: float) -> float:
    """Return the quantile of the standard normal distribution, by halving an interval."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        if (1 + erf(middle / sqrt(2))) / 2 < p:
            low = middle
        else:
            high = middle
    return low


def _smallest(split: str) -> Fraction:
    """Return the share of the smallest arm: of ``50/50``, or of two equal arms where it cannot be read."""
    parts = [part.strip().rstrip("%").strip() for part in split.replace(":", "/").split("/")]
    if len(parts) < 2 or not all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts):
        return Fraction(1, 2)
    numbers = [int(part) for part in parts]
    return Fraction(min(numbers), sum(numbers)) if min(numbers) > 0 else Fraction(1, 2)


def _grouped(unit: str) -> bool:
    """Return whether a unit is a group of people or a stretch of time; shoppers are people, and shops are groups."""
    return bool(begins(unit, *GROUPS) or mentions(unit, "shop", "shops"))
