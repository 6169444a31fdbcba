"""Step 3, data: sources, labels, split, features and what could leak."""

from __future__ import annotations

from typing import Any

from archkit.model.common import Latency, Titled
from archkit.quantity import Dimension, Quantity
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Number
from archkit.yamltree import Node, Scalar

SOURCE_KINDS = (
    "table", "stream", "log", "files", "documents", "images", "videos", "audio", "sensor", "graph", "api",
    "annotations", "synthetic",
)  # fmt: skip
"""What a data source can be."""

FEATURE_TYPES = (
    "categorical", "numeric", "boolean", "text", "image", "video", "audio", "sequence", "set", "embedding", "time",
    "location", "graph", "cross", "id",
)  # fmt: skip
"""What a feature can be before it is transformed."""

LABEL_KINDS = ("explicit", "implicit", "human", "programmatic", "synthetic", "self-supervised", "natural")
"""How a label comes to be."""


class Column(Record, short="type"):
    """A column of a source; a word alone is its type."""

    type = f.text("What it holds.", "time")
    pii = f.flag("Whether it is personal data.")
    key = f.flag("Whether it identifies a row.")
    note = f.text("A remark.")


class DataSource(Titled):
    """Data that exist before the system: who has them, how many, what is allowed."""

    kind = f.word(SOURCE_KINDS, "What it is.", "stream", aka=("type",))
    title = f.text("Its readable name.", "Watch events")
    columns = f.field(
        MapOf(Rec(Column), names=True), "Columns and their types.", "{user_id: id, at: time}", aka=("schema",)
    )
    rows = f.count("How many there are.", "10B", aka=("count",))
    volume = f.number(f.VOLUME, "How much arrives.", "50B / day")
    size = f.size("How much it is in all.", "12 PB", aka=("bytes",))
    event_time = f.text("The column that says when something happened.", "at")
    delay = f.time("From an event until it can be read.", "5 min", aka=("lag",))
    refresh = f.time("How often it is brought up to date, where it is not a stream.", "1 d", aka=("cadence",))
    owner = f.text("Who answers for it.", "the player team")
    third_party = f.flag("Whether it comes from, or goes to, another company.")
    pii = f.flag("Whether it holds personal data.")
    purpose = f.text("What it may be used for.", "recommendations")
    consent = f.text("What people agreed to.", "history may be switched off")
    retention = f.time("How long it is kept.", "180 d", aka=("ttl",))
    access = f.text("Who may read it.", "training jobs only", aka=("access_control",))
    restricted = f.flag("Whether single documents have readers of their own (access control lists).")
    deletion = f.text("How a person's data are removed from it.", "by user_id within 30 days")
    zone = f.text("Where it stands.", "eu-west")
    quality = f.texts("Checks that its data must pass.", "[no null ids]", aka=("checks",))
    licence = f.text("The terms it is used under.", "CC BY 4.0", aka=("license",))
    note = f.text("A remark.")
    waive = f.waive()

    @property
    def has_personal_columns(self) -> bool:
        """Whether one of its columns holds personal data."""
        return any(column.pii for column in self.columns.values())


class Sampling(Record, short="method"):
    """Which examples are kept; words alone are the method."""

    method = f.text("How examples are chosen.", "negatives down-sampled")
    rate = f.share("Share of the negatives that is kept.", "10%")
    negatives = f.count("Negatives for each positive.", "4", aka=("negatives_per_positive",))
    hard_negatives = f.text("Where hard negatives come from.", "same region, not booked")
    correction = f.text("How the changed base rate is corrected.", "log-odds shifted by ln(rate)", aka=("calibration",))
    weights = f.text("Weights of classes or examples.", "inverse class frequency", aka=("class_weights",))
    note = f.text("A remark.")


class Label(Titled):
    """What the model learns to predict, and when that is known."""

    title = f.text("Its readable name.", "Watched to the end")
    kind = f.word(LABEL_KINDS, "How it comes to be.", "implicit", aka=("type",))
    positive = f.text("When an example is positive.", "liked, or watched at least half")
    negative = f.text("When an example is negative.", "shown, not watched")
    value = f.text("What is measured, where the label is a number or text.", "minutes until arrival")
    classes = f.texts("The classes, or graded levels.", "[violence, nudity, spam]", aka=("levels", "grades"))
    source = f.ref("source|component", "Where it comes from.", "watch_events", aka=("from",))
    window = f.time("How long after the prediction an event still counts.", "24 h")
    delay = f.record(Latency, "From a prediction until its label is known.", "{p95: 6 h}")
    watermark = f.time("How long training waits for labels before it closes an example.", "24 h")
    positive_rate = f.share("Share of positives.", "8%", aka=("base_rate", "prevalence"))
    count = f.count("How many labelled examples there are.", "1M", aka=("examples",))
    sampling = f.record(Sampling, "Which examples are kept.", "{rate: 10%, correction: log-odds shift}")
    position_bias = f.text("How the effect of the position on clicks is removed.", "inverse propensity weights")
    annotators = f.whole("People who label one example.", "3")
    agreement = f.share("How often they agree.", "85%")
    guideline = f.text("What annotators are told.", "a face is blurred if a person could be recognised")
    cost = f.number(f.PRICE, "Price of one label.", "$0.08")
    note = f.text("A remark.")
    waive = f.waive()


class Part(Number):
    """A part of all examples: a time, a share, or how many.

    Of numbers without a unit, those up to 1 are shares (0.8 is 80%), and larger ones count examples.
    """

    def __init__(self) -> None:
        super().__init__(Dimension.TIME, Dimension.COUNT, Dimension.RATIO)

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Quantity | None:
        """Return the part."""
        found = super().read(node, key, reading)
        if found is not None and found.dimension is Dimension.COUNT and not found.noun and found.value <= 1:
            return Quantity(found.value, Dimension.RATIO, found.text)
        return found


PART = Part()


class Split(Record, short="by"):
    """How examples are divided into training, validation and test; words alone are `by`."""

    by = f.words(("time", "random", "group", "stratified"), "What decides.", "time", aka=("method",))
    group = f.texts("Things that never stand on two sides: users, routes, near-duplicates.", "[user]", aka=("groups",))
    train = f.number(PART, "Training part: a time, a share, or how many examples.", "30 d")
    gap = f.time("Left out between training and validation, at least the label's window.", "1 d")
    validation = f.number(PART, "Validation part.", "2 d", aka=("val", "dev"))
    test = f.number(PART, "Test part.", "2 d")
    train_end = f.text("When training data end, in words or as a date.", "2024-05-31", aka=("train_until",))
    validation_start = f.text("When validation data begin.", "2024-06-01", aka=("validation_from",))
    duplicates = f.word(("removed", "kept"), "What becomes of near-duplicates.", "removed", aka=("near_duplicates",))
    target_edges = f.word(
        ("removed", "kept"), "Whether edges to be predicted are taken out of the graph first.", "removed"
    )
    snapshot = f.text("Times of the graph that features and labels come from.", "features at t, labels at t+1")
    note = f.text("A remark.")
    waive = f.waive()


class Feature(Record, short="type"):
    """One input of a model; a word alone is its type."""

    type = f.word(FEATURE_TYPES, "What it is before the transform.", "categorical")
    transform = f.text("What is done with it.", "bucket + one-hot", aka=("preprocessing", "operation"))
    from_ = f.refs("source|component|feature", "Where it is read from.", "online_store")
    computed_by = f.refs("component", "The jobs that compute it, where several do.", "[spark_job, flink_job]")
    mode = f.words(("batch", "streaming", "request"), "When it is computed.", "batch", aka=("computed",))
    refresh = f.time("How often it is computed.", "1 min", aka=("cadence",))
    delay = f.time("How long computing and writing takes.", "30 s", aka=("lag",))
    max_staleness = f.time("How old it may be when it is used.", "5 min", aka=("staleness",))
    as_of = f.text("The time its value is taken at.", "impression time")
    event_delay = f.time(
        "How long after the prediction its value is known; above zero it looks into the future.", "0 s"
    )
    version = f.text("Version of its definition.", "v3")
    used_in = f.words(("training", "serving"), "Where it is used, if not in both.", "training", aka=("used",))
    train_transform = f.text("The transform while training, where it differs.", "mean over the day")
    serve_transform = f.text("The transform while serving, where it differs.", "mean over the hour")
    train_version = f.text("The version while training, where it differs.", "v3")
    serve_version = f.text("The version while serving, where it differs.", "v2")
    fit_on = f.word(("train", "all", "none"), "The data that scalers and vocabularies are fitted on.", "train")
    dim = f.whole("Length of its vector.", "128", aka=("size",))
    cardinality = f.count("How many different values.", "10B", aka=("vocabulary",))
    length = f.whole("Longest sequence.", "50")
    missing = f.text("What stands for a missing value.", "mean")
    shared_with = f.text("What else shares its embedding table or encoder.", "the item tower")
    position = f.flag("Whether it says where in the list an item stood.")
    graph = f.flag("Whether it is computed from a graph whose edges are predicted.")
    sensitive = f.flag("Whether it is a protected attribute, or stands for one.")
    pii = f.flag("Whether it is personal data.")
    purpose = f.text("Why a sensitive feature is used.", "checking fairness only")
    consent = f.text("What people agreed to.", "asked at sign-up")
    fairness = f.text("How unfair use is excluded.", "left out of serving, compared by group")
    example = f.text("A value, for figures.", "25 to 34")
    note = f.text("A remark.")
    waive = f.waive()


class Leakage(Record, short="guard"):
    """A way for the future or the answer to reach training; words alone are the guard."""

    risk = f.text("What could leak.", "watch counts taken after the impression")
    guard = f.text("What prevents it.", "counts as of impression time")
    waive = f.waive()


class Augmentation(Record, short="method"):
    """New training examples made from old ones; words alone are the method."""

    method = f.texts("What is done.", "[crop, flip, brightness]")
    where = f.word(("offline", "online"), "Before training (costs storage) or in it (costs computing).", "offline")
    factor = f.count("How many times more examples.", "5")
    note = f.text("A remark.")


class Deletion(Record, short="how"):
    """How a person's data leave everything that was made from them."""

    within = f.time("How soon.", "30 d")
    reaches = f.texts("What it reaches: ids of components, or words.", "[lake, features, index, model]")
    how = f.text("How.", "a deletion event by user_id; models retrain without the rows")
    waive = f.waive()


class Data(Record):
    """Step 3, data: sources, labels, split and features."""

    sources = f.table(DataSource, "Data that exist.", "{watch_events: {kind: stream, volume: 50B / day}}")
    labels = f.table(Label, "What is predicted.", "{relevant: {positive: liked, negative: shown and not watched}}")
    split = f.record(Split, "Training, validation and test.", "{by: time, train: 30 d, validation: 2 d, test: 2 d}")
    features = f.field(
        MapOf(MapOf(Rec(Feature))), "Features by group (user, item, context).", "{user: {age: {type: numeric}}}"
    )
    leakage = f.table(Leakage, "What could leak, and the guard.", "{future_counts: counts as of impression time}")
    sampling = f.record(Sampling, "Which examples are kept, for all labels.", "{negatives: 4}")
    augmentation = f.record(Augmentation, "Examples made from examples.", "{method: [crop, flip], where: offline}")
    preparation = f.texts("Steps from raw data to examples.", "[remove bots, resize to 224 × 224]")
    bias = f.notes("Known biases, and what is done about each.", "{position: inverse propensity weights}")
    quality = f.texts("Checks that data must pass.", "[no null ids]", aka=("checks", "validation"))
    deletion = f.record(Deletion, "How a person's data are removed.", "{within: 30 d, reaches: [lake, index, model]}")
    examples = f.count("How many training examples there are.", "2B")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report parts of a split that are more than the whole."""
        split = values.get("split", self.split)
        parts = [part for part in (split.train, split.validation, split.test) if part is not None]
        shares = [part for part in parts if part.dimension is Dimension.RATIO]
        # 8 : 1 : 1 are proportions
        counted = any(part.dimension is Dimension.COUNT for part in parts)
        if sum(part.value for part in shares) > 1 and not counted:
            total = " + ".join(part.text for part in shares)
            reading.error("LNG018", self.at("split"), f"the parts of the split are more than the whole: {total}")
