"""Records that several sections share: latency, limits of a device, budgets."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.record import Record
from archkit.titles import title_of


class Titled(Record):
    """What has an id of its own, and a title where one is written."""

    title: str = ""

    @property
    def name(self) -> str:
        """What readers call it: its title, or words made of its id."""
        return self.title or title_of(self.id)


class Latency(Record, short="p99"):
    """How long one request takes at some percentiles; a time alone is the p99."""

    mean = f.time("The average.", "60 ms", aka=("avg", "average"))
    p50 = f.time("Half of all requests take at most this long.", "40 ms", aka=("median",))
    p95 = f.time("95% of all requests take at most this long.", "120 ms")
    p99 = f.time("99% of all requests take at most this long.", "200 ms")
    p999 = f.time("99.9% of all requests take at most this long.", "400 ms")
    max = f.time("No request takes longer.", "1 s")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report percentiles that fall."""
        known = [(name, values[name]) for name in ("p50", "p95", "p99", "p999", "max") if name in values]
        for (low, less), (high, more) in pairwise(known):
            if less.value > more.value:
                message = f"{low} ({less.text}) is larger than {high} ({more.text})"
                reading.error("LNG018", self.at(low), message, "a higher percentile is never faster")


class Device(Record):
    """What a user's device or an edge machine allows."""

    memory = f.size("Working memory that the model may use.", "200 MB", aka=("ram",))
    storage = f.size("Space for model files.", "50 MB", aka=("disk",))
    download = f.size("Largest update that may be sent to a device.", "20 MB")
    latency = f.record(Latency, "How long one prediction may take on the device.", "{p95: 30 ms}")
    power = f.text("Limit of energy or heat.", "under 1 mW while listening", aka=("battery",))
    offline = f.flag("Whether it must work without a network.")
    update = f.text("How a new model reaches devices.", "signed download, staged by country")
    waive = f.waive()


class Budget(Record, short="total"):
    """What running the system may cost; an amount alone is the total."""

    total = f.cost("All of it per time.", "$50,000 / month")
    per_request = f.number(f.PRICE, "For one request.", "$0.40 / 1,000 requests")
    training = f.money("For training once.", "$2,000")
    waive = f.waive()


def chosen_and_rejected(record: Record, values: dict[str, Any], reading: Reading) -> None:
    """Report something that is chosen and rejected at once.

    Args:
        record: Whose keys they are.
        values: What was read, by Python name.
        reading: Where to report to.
    """
    if values.get("chosen") and "rejected" in values:
        hint = "remove `chosen` or `rejected`"
        reading.error("LNG018", record.key_at("rejected"), f"`{record.id}` is chosen and rejected at once", hint)
