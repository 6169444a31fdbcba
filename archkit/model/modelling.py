"""Step 4, model: options, architectures, losses, training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archkit.model.common import Latency, Titled, chosen_and_rejected
from archkit.model.data import Label, Sampling
from archkit.model.network import Block, Layers
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import Free, ListOf, MapOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import Ref
from archkit.titles import title_of


class Option(Titled):
    """One way to do it, with what speaks for and against it."""

    title = f.text("Its readable name.", "Two towers, then a ranker")
    chosen = f.flag("Whether this is the one.")
    because = f.text(
        "Why it is chosen: name the requirements it meets.", "serves new users inside 200 ms", aka=("why",)
    )
    rejected = f.why("Why it is not chosen.", "no answer for new users")
    baseline = f.flag("Whether it is the simple thing to beat.")
    family = f.text("The family it belongs to, for a tree of approaches.", "collaborative filtering")
    pros = f.texts("What speaks for it.", "[fast to train]", aka=("advantages", "pro"))
    cons = f.texts("What speaks against it.", "[no new users]", aka=("disadvantages", "con"))
    scores = f.field(
        MapOf(f.SCORE, names=True), "Points by criterion, the same criteria for all.", "{quality: 4, cost: 2}"
    )
    latency = f.record(Latency, "How long one prediction takes.", "{p99: 80 ms}")
    memory = f.size("Memory it needs.", "6 TB")
    parameters = f.count("How many parameters.", "110M")
    examples = f.count("Labelled examples it needs.", "1M", aka=("data",))
    training_time = f.time("How long training takes.", "6 h")
    cost = f.cost("What running it costs.", "$12,000 / month")
    note = f.text("A remark.")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report an option that is chosen and rejected."""
        chosen_and_rejected(self, values, reading)


class Embedding(Record, short="dim"):
    """A table of vectors, or the vector that a model puts out; a number alone is the dimension."""

    dim = f.whole("Length of a vector.", "128", aka=("size", "dimension"))
    bytes = f.number(f.WIDTH, "Bytes for each number of it.", "4")
    rows = f.count("How many vectors.", "10B", aka=("vocabulary",))
    sharding = f.text("How it is spread over devices.", "row-wise over 16 GPUs", aka=("shards",))
    hashing = f.text("How rows share vectors.", "two hashes into 100M rows")
    note = f.text("A remark.")
    waive = f.waive()


def name_of_label(of: Record, id_: str) -> str:
    """Return what readers call a label that a model or head names by its id.

    Args:
        of: The model or head, which knows the labels.
        id_: Of the label.
    """
    known: Mapping[str, Label] = of.__dict__.get("_labels", {})
    return known[id_].name if id_ in known else title_of(id_)


class Head(Titled, short="loss"):
    """One output of a model with several; words alone are its loss."""

    title = f.text("Its readable name.", "Like within a minute")
    label = f.ref("label", "What it predicts.", "like")
    loss = f.text("Its loss.", "binary cross-entropy")
    weight = f.number(f.SCORE, "Weight of its loss, and of its score where scores are added.", "3")
    score_weight = f.number(f.SCORE, "Weight of its score in the ranking, where that differs.", "-20")
    activation = f.text("What makes its output.", "sigmoid")
    unit = f.text("What its output measures.", "seconds")
    calibration = f.text("How its output becomes a probability.", "isotonic regression")
    note = f.text("A remark.")
    waive = f.waive()

    @property
    def label_name(self) -> str:
        """What readers call the label that it predicts; its own name where it names none."""
        return name_of_label(self, self.label) if self.label else self.name


class Model(Titled):
    """One model: what goes in, layers, heads, loss, where it comes from."""

    title = f.text("Its readable name.", "Two-tower retrieval model")
    role = f.text("What it is for.", "candidate generation")
    kind = f.text("The kind of architecture.", "two towers", aka=("architecture", "type"))
    inputs = f.refs(
        "feature group|feature|source|model",
        "Feature groups, features or outputs of other models that it reads.", "[user, item]", aka=("features",),
    )  # fmt: skip
    output = f.text("What it puts out.", "probability of a click", aka=("outputs",))
    towers = f.field(
        MapOf(ListOf(Ref("feature group", "feature"))), "Feature groups of each tower.", "{user: [user], item: [item]}"
    )
    layers = f.field(MapOf(Layers(), bare=True), "Layers from the input on, of each tower.", "[512, 256, 128]")
    blocks = f.field(
        ListOf(Rec(Block)),
        "The parts of the network from the input on, where `layers` and `kind` do not say enough to draw it.",
        "[{title: transformer block, repeat: 12, dim: 768}, {branches: {class: [linear 3], box: [linear 4]}}]",
    )
    backbone = f.text("The network below.", "ResNet-50", aka=("encoder",))
    pretrained = f.text("What it is pretrained on.", "ImageNet")
    embedding = f.record(Embedding, "The vector it puts out.", "{dim: 128, bytes: 4}")
    tables = f.table(Embedding, "Embedding tables inside it.", "{video_id: {rows: 10B, dim: 64, bytes: 2}}")
    shared = f.flag("Whether its towers share their weights.")
    independent = f.flag("Whether each head has a network of its own.")
    frozen = f.texts("Parts whose weights stay as they are: towers, blocks, `backbone`.", "[backbone]")
    experts = f.whole("Experts that its heads share.", "8")
    trees = f.count("Trees that are summed.", "500")
    depth = f.whole("Levels of each tree.", "6")
    steps = f.whole("Steps in which a result is refined, as those of a diffusion model.", "50")
    fusion = f.word(("early", "late", "middle"), "Where several kinds of input meet.", "early")
    heads = f.table(Head, "Its outputs.", "{like: {loss: binary cross-entropy, weight: 1}}")
    combine = f.text("How heads make one score.", "sum of probability × weight", aka=("score",))
    label = f.refs("label", "What it learns to predict.", "relevant", aka=("labels",))
    loss = f.text("Its loss.", "sampled softmax")
    similarity = f.text("How two vectors are compared.", "cosine")
    interaction = f.word(
        ("dot", "concat", "product", "difference", "sum", "cross", "attention", "bilinear"),
        "How its towers meet, where no similarity is computed.", "concat",
    )  # fmt: skip
    temperature = f.number(f.SCORE, "What similarities are divided by before the softmax.", "0.07")
    margin = f.number(f.SCORE, "By how much the right answer must be nearer.", "0.2")
    sampling = f.record(Sampling, "Its negatives.", "{negatives: 100, hard_negatives: same region}", aka=("negatives",))
    position = f.text("How the position effect is kept out.", "position as a training-only input, fixed while serving")
    calibration = f.text("How scores become probabilities.", "Platt scaling on the validation days")
    threshold = f.text("When a score becomes a decision.", "p > 0.9 removes, p > 0.6 asks a person")
    parameters = f.count("How many parameters.", "110M")
    size = f.size("Bytes of the model file.", "40 MB", aka=("bytes", "model_bytes"))
    memory = f.size("Memory it needs while it runs.", "120 MB", aka=("ram",))
    precision = f.text("Numbers of its weights.", "int8", aka=("quantisation", "quantization"))
    context_window = f.count("Tokens it can read and write at once.", "128k")
    kv_cache = f.size("Keys and values that it keeps for each token while it writes.", "160 KB", aka=("kv_per_token",))
    version = f.text("Its version.", "v12")
    encoder_version = f.text("Version of the encoder whose vectors it reads or writes.", "enc-4")
    pretrained_from = f.refs("model", "The model whose weights it starts from.", "base_llm", aka=("fine_tuned_from",))
    trained_from = f.refs("model", "Models whose outputs it is trained on.", "labelling_model", aka=("trained_on",))
    distilled_from = f.refs("model", "Models whose knowledge it takes over.", "teacher", aka=("teacher",))
    hyperparameters = f.field(
        MapOf(f.TEXT, names=True),
        "Settings.",
        "{learning_rate: 0.001}",
        aka=("params", "learning_rate", "lr", "dropout"),
    )
    features_used = f.refs("feature|feature group", "Single features, where not whole groups.", "[watch_history]")
    note = f.text("A remark.")
    waive = f.waive()

    @property
    def label_names(self) -> tuple[str, ...]:
        """What readers call the labels that it learns."""
        return tuple(name_of_label(self, name) for name in self.label)


class Federated(Record):
    """Training on devices without collecting their data."""

    clients = f.count("Devices that can take part.", "10M")
    clients_per_round = f.count("Devices in one round.", "500")
    rounds = f.count("Rounds until the model is ready.", "2000")
    aggregation = f.text("How updates are joined.", "secure aggregation of weighted means")
    privacy = f.text("What hides single people.", "differential privacy, epsilon 2")
    condition = f.text(
        "When a device takes part; `when` means the same.", "idle, charging, on a free network",
        key="condition", also=("when",),
    )  # fmt: skip
    waive = f.waive()


class Training(Record):
    """How and how often models are trained."""

    models = f.refs("model", "The models meant, if not all.", "[ranker]")
    cadence = f.time("How often.", "24 h", aka=("every", "frequency", "schedule"))
    duration = f.time("How long one run takes.", "6 h", aka=("time",))
    evaluation_duration = f.time("How long its evaluation takes.", "1 h", aka=("eval_duration",))
    deploy_duration = f.time("How long bringing it to all traffic takes.", "2 h", aka=("deployment_duration",))
    window = f.time("How far back training data reach.", "30 d")
    watermark = f.time("How long training waits for labels.", "24 h")
    from_ = f.word(
        ("scratch", "warm start", "incremental", "continual", "fine-tuning", "pretrained"),
        "What it starts from.", "scratch",
    )  # fmt: skip
    examples = f.count("Training examples.", "2B")
    epochs = f.number(f.SCORE, "How many times each is seen.", "1")
    batch_size = f.count("Examples in one step.", "8192")
    optimiser = f.text("What updates the weights.", "Adam", aka=("optimizer", "learning_rate", "lr"))
    hardware = f.text("What it runs on.", "8 × A100", aka=("devices_used",))
    devices = f.count("How many accelerators.", "8", aka=("gpus",))
    device_memory = f.size("Memory of one accelerator.", "80 GB", aka=("gpu_memory",))
    price = f.cost("Price of one accelerator.", "$2.50 / h", aka=("price_per_hour", "price_per_gpu_hour"))
    parallelism = f.text("How the work is spread.", "data parallel")
    sampling = f.record(Sampling, "Which examples are used.", "{negatives: 4}", aka=("negatives",))
    augmentation = f.texts("Changes made to examples.", "[crop, flip]")
    regularisation = f.text("What keeps it from overfitting.", "dropout 0.1", aka=("regularization",))
    curriculum = f.text("The order of stages.", "pretrain, then fine-tune on clicks", aka=("stages",))
    federated = f.record(Federated, "Training on devices.", "{clients_per_round: 500, rounds: 2000}")
    reproducible = f.text("What makes a run repeatable.", "code, data snapshot and seed are kept with the model")
    note = f.text("A remark.")
    waive = f.waive()


class Modelling(Record):
    """Step 4, model: the options, the chosen architecture and its training."""

    options = f.table(
        Option, "Ways to do it; mark the `baseline` and the `chosen` one.", "{popularity: {baseline: true}}"
    )
    models = f.table(Model, "The models of the chosen way.", "{ranker: {role: ranking, loss: binary cross-entropy}}")
    training = f.record(Training, "How they are trained.", "{cadence: 24 h, duration: 6 h, window: 30 d}")
    trainings = f.table(
        Training, "Further trainings, where models differ.", "{ranker_daily: {models: ranker, cadence: 1 d}}"
    )
    taxonomy = f.field(
        Free(), "A tree of approaches, for figures.", "{content-based: {}, collaborative: {user: {}, item: {}}}"
    )
    waive = f.waive()

    @property
    def has_all_options(self) -> bool:
        """Whether there are options, and each of them could be read."""
        return bool(self.options) and self.whole("options") and len(self.options) == len(self.names("options"))
