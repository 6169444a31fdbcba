"""The parts of an architecture: components with their numbers."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any

from archkit.catalog import TYPES, guess
from archkit.model.common import Device, Latency
from archkit.reading import Reading, shorten
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas
from archkit.shapes.containers import Later, MapOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Text, one_of
from archkit.titles import title_of
from archkit.yamltree import Mapping, Scalar, Sequence

TIERS = ("online", "nearline", "offline")
"""Within the request, within minutes, on a schedule."""


def _meant(node: Scalar, reading: Reading) -> str:
    """Return what to write for a word that is no type: the types of that name, or a technology with its type."""
    from archkit.products import known_products, product_path  # tables that a good blueprint needs only for its figures

    name = node.text.lower().replace("-", "_").replace(" ", "_")
    made_with = [kind.id for kind in TYPES.values() if name.replace("_", " ") in kind.product.lower().split(", ")]
    near = reading.nearest(name, TYPES) or guess(name)
    meant = [kind.id for kind in TYPES.values() if name in kind.aliases] or made_with[:1] or ([near] if near else [])
    if made_with or product_path(node.text) or node.text.lower() in known_products():
        if meant:
            return f"write `{{type: {meant[0]}, tech: {node.text}}}`"
        return "that is a technology: write it as `tech:`, and as `type:` what it does here"
    return f"did you mean {one_of(tuple(meant))}?" if meant else "`archkit types` lists all; `component` fits anything"


class TypeName(Text):
    """The id of a component type."""

    words = "a component type"
    example = "model_server"

    def check(self, node: Scalar, reading: Reading) -> str | None:
        """Return the type's id."""
        if node.text in TYPES:
            return node.text
        reading.error("LNG008", node.span, f"`{shorten(node.text)}` is not a component type", _meant(node, reading))
        return None

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the types."""
        return {"enum": list(TYPES), "enumDescriptions": [kind.description for kind in TYPES.values()]}


class Component(Record, short="type"):
    """A part of the system; a word alone is its type."""

    lane: str = ""
    parent: str = ""

    # what it is
    type = f.field(TypeName(), "What it is; guessed from the id where it is missing.", "ranker", aka=("kind",))
    title = f.text("Its readable name; made from the id where it is missing.", "Watch events", aka=("name", "label"))
    tech = f.text("The product that it is built with.", "kafka", aka=("technology", "product", "icon"))
    note = f.text("An explanation beside it in figures.", "Multi-task heads", aka=("description", "desc", "notes"))
    zone = f.text("Where it runs: region, cloud, device.", "eu-west", aka=("region", "cloud"))
    tier = f.word(TIERS, "When it works: within the request, within minutes, on a schedule.", "nearline")
    owner = f.text("Who answers for it.", "the search team", aka=("team",))
    third_party = f.flag("Whether another company runs it.")
    boundary = f.words(("source", "sink"), "Says that nothing flows in (source) or out (sink), on purpose.", "sink")
    optional = f.flag("Whether the answer is still given without it.")
    components = f.field(
        Later(lambda: MapOf(Rec(Component)), (Mapping, Sequence), "a mapping or a list of names", Map()),
        "Parts inside it, drawn when it is zoomed into.", "{text_source: candidate_generator}", aka=("parts", "stages"),
    )  # fmt: skip
    # time
    latency = f.record(
        Latency,
        "How long it takes for one request; where there are `shards`, how long one of them takes.",
        "{p99: 40 ms}",
    )
    timeout = f.time("When a caller stops waiting for it.", "80 ms")
    retries = f.whole("How often a caller tries again.", "1")
    hedge_after = f.time("When a caller asks a second replica as well.", "30 ms", aka=("hedging", "hedge"))
    fallback = f.refs("component", "Who answers when it fails, in order.", "[popular_items]", aka=("fallbacks",))
    cadence = f.time("How often it runs.", "1 d", aka=("schedule", "every", "period"))
    refresh = f.time("How often what it keeps is renewed.", "1 h")
    delay = f.time("From its input until its output can be used.", "5 min", aka=("lag",))
    duration = f.time("How long one run takes.", "2 h")
    # funnel
    in_count = f.count("Items that enter for one request.", "1000", aka=("in_count", "inputs_per_request"))
    out_count = f.count("Items that leave.", "200", aka=("out_count",))
    items = f.count("Items that it holds or handles in one run.", "10B", aka=("rows", "size"))
    recall = f.share("Share of the good items that it lets through.", "95%")
    dedup = f.share("Share of items that it drops as duplicates.", "25%", aka=("dedup_rate",))
    removes = f.share("Share of items that it filters out.", "30%", aka=("removal",))
    cost_per_item = f.time("Computing time for one item.", "60 us", aka=("time_per_item",))
    batch_size = f.count("Items computed at once.", "64")
    parallelism = f.count("Items or parts worked on side by side for one request.", "8", aka=("concurrency",))
    page_size = f.whole("Results that it must fill, where that differs from the requirement.", "20")
    # capacity
    replicas = f.whole("Copies that run.", "400", aka=("instances", "workers"))
    shards = f.whole("Parts of which each request needs all.", "64", aka=("partitions",))
    throughput = f.rate("What one replica can do.", "500 / s", aka=("qps_per_replica", "rps"))
    qps = f.per_second("What all replicas are asked for, on average.", "20k / s", aka=("load",))
    utilisation = f.share("Load at which a replica is full.", "70%", aka=("utilization", "target_utilisation"))
    hit_rate = f.share("Share of requests that a cache answers.", "80%", aka=("cache_hit_rate",))
    memory = f.size("Memory of all replicas of one copy of the data.", "6 TB", aka=("ram",))
    storage = f.size("Disk space.", "5 PB", aka=("disk",))
    dim = f.whole("Length of the vectors it holds.", "128", aka=("dimension", "dimensions"))
    bytes = f.number(f.WIDTH, "Bytes for each number of a vector.", "4")
    code_size = f.size("Bytes of one compressed vector.", "16 B", aka=("pq_bytes",))
    item_size = f.size("Bytes of one item.", "2 KB")
    device_memory = f.size("Memory of one accelerator.", "80 GB", aka=("gpu_memory",))
    devices = f.whole("Accelerators of one replica.", "8", aka=("gpus",))
    price = f.cost("Price of one replica.", "$2.50 / h", aka=("price_per_hour",))
    cost = f.cost("What all of it costs.", "$40,000 / month")
    index = f.text("The kind of index.", "IVF-PQ", aka=("algorithm", "index_type"))
    # models and features
    serves = f.refs("model", "The models that it runs.", "ranker", aka=("model", "models"))
    trains = f.refs("model", "The models that it trains.", "ranker")
    uses = f.refs("feature|feature group", "The features that it reads.", "[watch_history]", aka=("features",))
    computes = f.refs("feature|feature group", "The features that it computes.", "[user]")
    input = f.texts("What it is given, in the words of the framing.", "[user, context]", aka=("inputs",))
    output = f.texts("What it returns, in the words of the framing.", "20 videos in order", aka=("outputs",))
    version = f.text("The version that runs.", "v12")
    encoder = f.ref("model", "The model whose vectors it holds or makes.", "two_tower")
    encoder_version = f.text("The version of that encoder.", "enc-4")
    index_version = f.text("The version of what is indexed.", "2024-06-01")
    logs = f.texts("What it records.", "[features, score, model version]")
    device = f.record(Device, "What the device allows, for what runs on one.", "{memory: 200 MB, update: weekly}")
    # language models and agents
    ttft = f.time("Time to the first token.", "400 ms", aka=("time_to_first_token",))
    tokens_per_second = f.per_second("Tokens written per second for one request.", "50", aka=("tps",))
    tokens_in = f.count("Tokens read for one request.", "3000", aka=("prompt_tokens", "input_tokens"))
    tokens_out = f.count("Tokens written for one request.", "400", aka=("output_tokens", "max_tokens"))
    context_window = f.count("Tokens it can read and write at once.", "128k")
    instructions = f.count("Tokens of the prompt without what is retrieved.", "800", aka=("system_prompt",))
    chunks = f.count("Passages put into the prompt.", "8", aka=("top_k",))
    chunk_tokens = f.count("Tokens of one passage.", "300", aka=("chunk_size",))
    price_in = f.number(f.TOKEN_PRICE, "Price of tokens read.", "$0.50 / 1M tokens", aka=("input_price",))
    price_out = f.number(f.TOKEN_PRICE, "Price of tokens written.", "$1.50 / 1M tokens", aka=("output_price",))
    calls = f.count(
        "How often one request calls it on average, one call after the other.", "6", aka=("calls_per_request",)
    )
    max_steps = f.whole("Steps after which a loop ends.", "10", aka=("max_iterations",))
    token_budget = f.count("Tokens after which a loop ends.", "50k", aka=("max_total_tokens",))
    budget = f.money("Money that one run may cost.", "$0.20", aka=("max_cost",))
    side_effects = f.flag("Whether it changes something outside.")
    untrusted = f.flag("Whether strangers can write what it returns.")
    approval = f.text("Who or what must agree before it acts.", "the user, before each payment")
    allow = f.texts("What alone is allowed.", "[read calendar, draft mail]", aka=("allow_list", "allowlist", "allowed"))
    # people
    reviewers = f.count("People at work on a day.", "200", aka=("people",))
    items_per_day = f.count("Items that one of them decides on a day.", "500", aka=("items_per_reviewer_per_day",))
    flagged = f.share("Share of items that reach them.", "0.2%", aka=("flagged_share",))
    flagged_per_day = f.count("Items that reach them on a day.", "90k")
    # protection of people and data
    pii = f.flag("Whether personal data pass through it or stay in it.")
    purpose = f.text("What those data are used for.", "ranking only")
    retention = f.time("How long it keeps them.", "30 d", aka=("ttl",))
    access = f.text("Who may read it.", "the ranking service only", aka=("access_control",))
    deletion = f.text("How a person's data leave it.", "rows by user_id within 30 days")
    restricted = f.flag("Whether single documents in it have readers of their own.")
    acl = f.text("How it keeps to those readers.", "filter by the user's groups in the query", aka=("acl_filter",))
    # experiments and federated training
    traffic = f.share("Share of traffic that it gets.", "5%")
    exploration = f.share("Share of results shown to learn about them.", "1%")
    holdout = f.share("Share of users left without the model.", "0.5%")
    clients = f.count("Devices that can take part in training.", "10M")
    clients_per_round = f.count("Devices in one round.", "500")
    aggregation = f.text("How updates are joined.", "secure aggregation")
    waive = f.waive()

    @property
    def guessed(self) -> bool:
        """Whether the type was not written but guessed from the id."""
        return "type" not in self.__dict__.get("_given", ())

    @classmethod
    def unknown(cls, key: Scalar, owner: Scalar | None, reading: Reading) -> None:
        """Report a key that components do not have; ``{user}`` means one of that type.

        Args:
            key: What is written.
            owner: The id of the component, if any.
            reading: Where to report to.
        """
        if key.text in TYPES:
            message = f"`{key.text}` is a component type, not a key of {cls.called(owner)}"
            reading.error("LNG001", key.span, message, f"write `type: {key.text}`")
        else:
            super().unknown(key, owner, reading)

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Complete title and type from the id."""
        values["_given"] = tuple(values)
        if "title" not in values:
            values["title"] = title_of(self.id, metric=False)
        if "type" not in values:
            inner: MappingType[str, Component] = self.components
            values["type"] = "component" if inner or self.has("type") else guess(self.id) or "component"
        for inner_component in self.components.values():
            inner_component.__dict__["parent"] = self.id

    def inside(self) -> tuple[Component, ...]:
        """Return all components inside this one, outer ones first."""
        found: list[Component] = []
        for inner in self.components.values():
            found += (inner, *inner.inside())
        return tuple(found)


def sketched(name: Scalar) -> Component:
    """Make a component of an id that only flows mention.

    Args:
        name: The id where it is mentioned first.
    """
    component = Component.__new__(Component)
    component.__dict__.update(_node=Scalar(name.span, "", True), _key=name)
    component.finish(component.__dict__, Reading())
    return component
