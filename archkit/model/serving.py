"""Steps 6 and 7, serving and monitoring: modes, rollout, cold start, drift, feedback."""

from __future__ import annotations

from typing import Any

from archkit.model.common import Budget, Device, Latency
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import Keyed, ListOf, MapOf, Rec
from archkit.shapes.record import Record

MODES = ("online", "batch", "streaming", "edge", "hybrid")
"""When predictions are made: per request, on a schedule, per event, on a device, or several of these."""

ROLLOUTS = ("offline replay", "shadow", "canary", "ab", "interleaving", "blue-green", "staged", "full")
"""Ways to bring a new model to traffic."""


class Batch(Record, short="period"):
    """Predictions on a schedule; a time alone is the period."""

    period = f.time("How often.", "1 d", aka=("cadence", "every"))
    window = f.time("Time that one run may take.", "4 h")
    items = f.count("Predictions in one run.", "1B")
    throughput = f.rate("Predictions per time, all workers together.", "100k / s")
    waive = f.waive()


class RolloutStage(Record, short="share"):
    """One stage on the way to all traffic; a share alone is the traffic it gets."""

    share = f.share("Share of traffic.", "5%", aka=("traffic",))
    duration = f.time("How long it lasts.", "1 d")
    until = f.text("What must hold to go on.", "guardrails hold", aka=("when", "gate"))
    kind: str = ""

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Take the kind of the stage from its key."""
        values["kind"] = self.id


class Rollback(Record, short="to"):
    """The way back to a model that worked; words alone say to what."""

    to = f.text("What is gone back to.", "previous version")
    trigger = f.text("When.", "p99 or guardrail breach")
    owner = f.text("Who decides, or what does it by itself.", "automatic, the on-call engineer confirms")
    within = f.time("How soon it is done.", "5 min")
    keep = f.whole("Versions that are kept.", "3")
    waive = f.waive()


class Network(Record, short="hop"):
    """Time on the wire; a time alone is for every hop between components."""

    hop = f.time("From one component to the next and back.", "1 ms")
    client = f.time("Between the client and the entry, both ways.", "60 ms")
    waive = f.waive()


class Serving(Record):
    """Step 6, serve: when predictions are made, how a new model arrives, what happens when things fail."""

    modes = f.words(MODES, "When predictions are made.", "online", aka=("modes",))
    batch = f.record(Batch, "Predictions on a schedule.", "{period: 1 d, window: 4 h}")
    network = f.record(Network, "Time on the wire.", "{hop: 1 ms, client: 60 ms}")
    target_utilisation = f.share("Load at which a replica is full.", "70%", aka=("target_utilization", "utilisation"))
    rollout = f.field(
        ListOf(Keyed(RolloutStage, ROLLOUTS)), "Stages on the way to all traffic.", "[shadow, {canary: 5%}, {ab: 50%}]"
    )
    rollback = f.record(Rollback, "The way back.", "{to: previous version, trigger: guardrail breach, owner: on call}")
    cold_start = f.notes("What new users and new items get.", "{user: popular items, item: content features}")
    fallback = f.texts("What answers when the model does not, in order.", "[yesterday's list, popular items]")
    filters = f.texts("What is removed before results are shown.", "[seen, unsafe, sold out]")
    item_delay = f.time("From a new item until it can be retrieved.", "10 min", aka=("index_delay", "ingest_delay"))
    caching = f.text("What is kept from request to request.", "top lists for a minute", aka=("cache",))
    device = f.record(Device, "What devices offer the model.", "{memory: 200 MB, update: weekly}")
    latency = f.record(Latency, "What was measured, end to end.", "{p99: 180 ms}")
    budget = f.record(Budget, "What serving may cost.", "{per_request: '$0.40 / 1,000 requests'}", aka=("cost",))
    explanation = f.text("What users are told about a result.", "because you watched …", aka=("explainability",))
    review = f.text("When people look at a result, and how it is contested.", "scores between 0.6 and 0.9")
    note = f.text("A remark.")
    waive = f.waive()


class Drift(Record, short="test"):
    """A watch on something that should not change; words alone are the test."""

    test = f.text("What is computed.", "population stability index", aka=("metric", "method"))
    threshold = f.number(f.MEASURE, "When it counts as drift.", "0.2", aka=("max",))
    window = f.time("Over how long.", "1 d")
    action = f.text("What follows.", "retrain", aka=("then",))
    waive = f.waive()


class Retrain(Record, short="cadence"):
    """When models are trained anew; a time alone is the cadence."""

    cadence = f.time("On a schedule.", "24 h", aka=("every", "schedule"))
    trigger = f.text("When something happens.", "ndcg@20 drops 2%")
    volume = f.count("After so many new examples.", "1M")
    approval = f.text("Who or what lets the new model through.", "the validation gate")
    waive = f.waive()


class Feedback(Record, short="log"):
    """What is recorded of predictions and of what came after; a list alone is the log."""

    log = f.texts("What is recorded with each prediction.", "[impressions, features, model version]", aka=("logs",))
    join_window = f.time("How long an outcome may take to be joined to its prediction.", "24 h")
    sample = f.share("Share of predictions that is recorded.", "100%")
    exploration = f.share("Share of results shown to learn about them.", "1%")
    exploration_policy = f.text("How those are chosen.", "Thompson sampling on the last place")
    holdout = f.share(
        "Share of users, or of what else is assigned at random, that gets no model, for comparison.", "0.5%"
    )
    waive = f.waive()


class Alert(Record, short="when"):
    """Something that calls people or actions; words alone say when."""

    when = f.text("The condition.", "empty results above 1% for 5 min", aka=("condition", "if", "trigger"))
    action = f.text("What is done.", "serve yesterday's model")
    owner = f.text("Who is called.", "ranking on call", aka=("to",))
    waive = f.waive()


class Monitoring(Record):
    """Step 7, monitor: what is watched, and what follows from it."""

    operational = f.texts("Numbers of the running service.", "[latency, throughput, errors, utilisation]", aka=("ops",))
    quality = f.texts("Numbers of the predictions.", "[click-through rate, calibration]", aka=("model",))
    data = f.texts("Checks of the incoming data.", "[missing features, schema]", aka=("data_quality",))
    drift = f.field(
        MapOf(Rec(Drift), names=True), "Watches on inputs, outputs, labels.", "{inputs: population stability index}"
    )
    proxies = f.texts("Signs that need no label, for labels that come late.", "[score distribution]", aka=("proxy",))
    retrain = f.record(Retrain, "When models are trained anew.", "{cadence: 24 h, trigger: ndcg@20 drops 2%}")
    feedback = f.record(
        Feedback, "What is recorded.", "{log: [impressions, features, model version], join_window: 24 h}"
    )
    alerts = f.table(Alert, "What calls people.", "{empty: {when: empty results above 1%, owner: on call}}")
    dashboards = f.texts("What people look at.", "[funnel counts, latency by stage]")
    cost = f.texts("What is watched of the cost.", "[GPU hours per day]")
    owner = f.text("Who answers for the model in operation.", "the ranking team")
    waive = f.waive()
