"""Networks and losses: each family is told from what is written, and nothing is drawn that does not follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archkit
from archkit.blocks import Boxed, Link
from archkit.facts.networks import family
from archkit.figures import loss as losses
from archkit.figures import model as models
from archkit.figures.common import group_fill, trainings
from archkit.layout.pictures import layout_picture
from archkit.model.design import FigureSpec
from archkit.pictures import Picture, texts, walk
from archkit.proof import check
from archkit.theme import THEMES

ROOT = Path(__file__).parent.parent
SYSTEMS = sorted([*(ROOT / "blueprints").glob("*.yaml"), *(ROOT / "tests" / "data" / "systems").glob("*.yaml")])
HEAD = """blueprint: 1
title: X
data:
  sources: {photos: {kind: images}}
  features:
    user: {age: numeric, country: categorical, position: {type: numeric, position: true, used_in: training}}
    item: {price: numeric, title: text}
  labels: {liked: {positive: liked}, shared: {positive: shared}}
"""


def drawn(model: str, kind: str = "model") -> Picture:
    document = archkit.loads(f"{HEAD}model: {{models: {{m: {model}}}}}\n")
    assert not [found for found in document.diagnostics if found.code.startswith(("LNG", "REF"))]
    figure = document.figure(f"{kind}_m").figure
    assert isinstance(figure, Picture)
    assert [str(flaw) for flaw in check(layout_picture(figure, THEMES["book"]), THEMES["book"], figure)] == []
    return figure


def said(model: str, kind: str = "model") -> list[str]:
    return list(texts(drawn(model, kind).body))


def rises(figure: Picture) -> set[tuple[str, str]]:
    return {(block.tail, block.head) for block in walk(figure.body) if isinstance(block, Link)}


def boxes(figure: Picture) -> dict[str, Boxed]:
    return {block.id: block for block in walk(figure.body) if isinstance(block, Boxed) and block.id}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("{kind: two-tower}", "towers"),
        ("{kind: text encoder, towers: {user: [user], item: [item]}}", "towers"),
        ("{kind: deep and cross network}", "cross"),
        ("{title: DCN-v2, kind: ranker}", "cross"),
        ("{kind: DeepFM}", "machine"),
        ("{kind: wide and deep}", "wide"),
        ("{kind: shared layers, experts: 4}", "experts"),
        ("{kind: two-stage detector}", "detector-two"),
        ("{kind: YOLO}", "detector-one"),
        ("{kind: DETR}", "detector-set"),
        ("{kind: gradient-boosted trees on vectors}", "trees"),
        ("{kind: logistic regression on 60 features}", "linear"),
        ("{kind: graph network with sampled neighbours}", "graph"),
        ("{kind: matrix factorization}", "factors"),
        ("{kind: skip-gram}", "skip-gram"),
        ("{kind: cross-encoder}", "pairwise"),
        ("{kind: hosted language model}", "language"),
        ("{kind: retrieval-augmented generation}", "rag"),
        ("{kind: latent diffusion}", "diffusion"),
        ("{kind: feed-forward network, independent: true}", "ensemble"),
        ("{kind: temporal fusion transformer}", "forecast"),
        ("{kind: reservoir with a linear readout}", "other"),
        ("{backbone: BERT-base}", "transformer"),
    ],
)
def test_a_family_is_told_from_what_is_written(model: str, expected: str) -> None:
    blueprint = archkit.loads(f"{HEAD}model: {{models: {{m: {model}}}}}\n").blueprint
    assert blueprint is not None
    assert family(blueprint.model.models["m"]) == expected


def test_nothing_is_made_up_for_a_kind_that_nobody_knows() -> None:
    figure = drawn("{kind: spiking reservoir, inputs: [user]}")
    assert list(texts(figure.body)) == [
        "Output", "Spiking reservoir", "Concatenate", "User", "Age, country", "Position", "training only",
    ]  # fmt: skip


def test_towers_end_in_one_similarity() -> None:
    figure = drawn(
        "{towers: {user: [user], item: [item]}, layers: [512, 128], embedding: {dim: 128}, similarity: cosine}"
    )
    words = list(texts(figure.body))
    assert words.count("Dense 512") == 2 and words.count("128 numbers") == 2 and "Cosine" in words
    cosine = next(
        name for name, box in boxes(figure).items() if name.startswith("bar") and "Cosine" in texts(box.inner)
    )
    assert sum(head == cosine for _, head in rises(figure)) == 2


def test_inputs_have_the_colours_of_their_groups_and_dashes_where_only_training_has_them() -> None:
    figure = drawn("{kind: feed-forward network, inputs: [user, item], layers: [64]}")
    blueprint = archkit.loads(HEAD).blueprint
    assert blueprint is not None
    found = boxes(figure)
    assert found["user"].fill == group_fill(blueprint, "user") != found["item"].fill == group_fill(blueprint, "item")
    assert found["user.position"].dashed and not found["user"].dashed
    assert group_fill(blueprint, "photos") == "node.fill"


def test_experts_have_a_gate_for_each_head() -> None:
    words = said("{experts: 8, layers: {expert: [64, 32]}, heads: {liked: {loss: bce}, shared: {loss: focal loss}}}")
    assert {"Expert 1", "Expert 8", "Gate: liked", "Gate: shared", "64 → 32"} <= set(words)
    assert "Expert 5" not in words


def test_blocks_are_drawn_as_they_are_written() -> None:
    figure = drawn(
        "{inputs: [user, photos], heads: [liked, shared],"
        " blocks: [{branches: {photos: [{title: ResNet-50, frozen: true}]}},"
        " {title: transformer block, repeat: 6}, {branches: {liked: [64], shared: [32]}}]}"
    )
    words = list(texts(figure.body))
    assert {"ResNet-50", "frozen", "× 6", "Self-attention", "Dense 64", "Dense 32", "Liked", "Shared"} <= set(words)
    tails = {tail for tail, _ in rises(figure)}
    assert {"user", "photos"} <= tails
    assert any(box.dashed and not box.id for box in walk(figure.body) if isinstance(box, Boxed))


def test_many_layers_are_counted() -> None:
    words = said("{kind: feed-forward network, layers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}")
    assert "… 4 more layers …" in words and "Dense 10" in words and "Dense 7" not in words


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("{loss: contrastive loss, temperature: 0.07, similarity: cosine, sampling: {negatives: 4095}}",
         ["Softmax", "scores divided by a temperature of 0.07", "Negative 4,095", "Cross-entropy", "labels"]),
        ("{loss: sampled softmax, similarity: 'dot product, divided by a temperature of 0.05'}",
         ["scores divided by a temperature of 0.05", "Negative n"]),
        ("{loss: triplet loss, margin: 0.2, inputs: photos}", ["positive nearer by margin of 0.2", "Anchor"]),
        ("{loss: triplet loss with margin 0.3}", ["positive nearer by margin of 0.3"]),
        ("{loss: binary cross-entropy, label: liked}", ["Sigmoid", "liked: 1 or 0"]),
        ("{loss: focal loss with gamma 2}", ["loss = − α (1 − p of the truth) ^ 2 · log(p of the truth)"]),
        ("{loss: BPR}", ["Difference s+ − s−", "− log sigmoid"]),
        ("{loss: mean squared error of the noise}", ["Noise ε", "Random step t", "ε guessed"]),
        ("{loss: 'flow matching: mean squared error of the velocity'}",
         ["(1 − t) × example + t × noise", "v guessed", "from the example to the noise"]),
        ("{loss: 'DPO, β = 0.1'}", ["Preferred answer", "β = 0.1", "frozen"]),
        ("{loss: next-token cross-entropy}", ["the same text, one token later"]),
        ("{loss: CTC}", ["Add up the probability of all alignments", "blanks and repeats taken out"]),
        ("{loss: rnnt}", ["Prediction network", "Joint network", "a blank moves on to the next frame"]),
        ("{loss: 'mean squared error on the score', distilled_from: m}", ["the teacher", "the student"]),
        ("{loss: 'cross-entropy with liked, plus distillation', label: liked, distilled_from: m}",
         ["the teacher", "liked", "the label"]),
        ("{loss: quantile loss}", ["loss = max(q e, (q − 1) e) for each quantile q, with e = y − prediction"]),
        ("{loss: a loss of our own}", ["A loss of our own", "output"]),
        ("{heads: {liked: {loss: bce, weight: 2}, shared: {loss: focal loss}}}",
         ["Add up, each × its weight", "× 2", "against liked", "Focal loss"]),
    ],
)  # fmt: skip
def test_a_loss_is_drawn_by_what_it_is(model: str, words: list[str]) -> None:
    found = said(model, "loss")
    assert [word for word in words if word not in found] == [], found


def test_labels_are_one_and_zeros() -> None:
    found = said("{loss: contrastive loss, sampling: {negatives: 1}}", "loss")
    assert found.count("1") == 1 and found.count("0") == 1 and "Negative 1" in found and "…" not in found


def cases() -> Iterator[object]:
    for path in SYSTEMS:
        if "  models:" in path.read_text("utf-8"):
            yield pytest.param(path, id=path.stem)


@pytest.mark.parametrize("theme", ["book", "dark"])
@pytest.mark.parametrize("path", [*cases()])
def test_every_model_and_loss_is_drawn_without_a_flaw(path: Path, theme: str) -> None:
    blueprint = archkit.load(path).blueprint
    assert blueprint is not None
    for module, kind in ((models, "model"), (losses, "loss")):
        for name in module.subjects(blueprint):
            figure = module.plan(blueprint, FigureSpec.standing_for(kind, name))
            flaws = check(layout_picture(figure, THEMES[theme]), THEMES[theme], figure)
            assert [str(flaw) for flaw in flaws] == [], name


@pytest.mark.parametrize("theme", ["book", "slide"])
def test_long_names_and_many_heads_fit(theme: str) -> None:
    words = "a description that goes on and on and says nothing in particular to anybody who reads it"
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    heads = ", ".join(f"head_{number}: {{loss: binary cross-entropy}}" for number in range(14))
    text = f"{{title: {long}, kind: {words}, layers: [{words}], calibration: {words}, heads: {{{heads}}}}}"
    document = archkit.loads(f"{HEAD}model: {{models: {{m: {text}}}}}\n")
    for kind in ("model", "loss"):
        view = document.figure(f"{kind}_m", theme=theme)
        assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []


def test_trainings_of_some_models_count() -> None:
    two = "daily: {models: m, cadence: 1 d}, weekly: {models: n, cadence: 7 d, from: scratch}"
    text = f"{HEAD}model: {{models: {{m: {{loss: bce}}, n: {{loss: bce}}}}, trainings: {{{two}}}}}\n"
    document = archkit.loads(f"{text}monitoring: {{feedback: {{log: [clicks]}}}}\n")
    assert document.blueprint is not None
    assert [each.id for each in trainings(document.blueprint)] == ["daily", "weekly"]
    loop = document.figure("training_loop").figure
    assert isinstance(loop, Picture)
    assert {"Weekly", "7 d", "scratch"} <= set(texts(loop.body))
    assert "every 1 d" in document.figure("feedback").figure.description


@pytest.mark.parametrize(
    ("kind", "trees"),
    [("gradient-boosted trees", True), ("LambdaMART", True), ("random forest", False), ("deep network", False)],
)
def test_boosted_trees_are_trained_tree_by_tree_and_not_in_batches(kind: str, trees: bool) -> None:
    model = f"{{kind: {kind}, trees: 900, depth: 8, loss: bce, label: liked}}"
    text = f"{HEAD}model: {{models: {{m: {model}}}, training: {{cadence: 7 d, examples: 2M}}}}\n"
    loop = archkit.loads(text).figure("training_loop").figure
    assert isinstance(loop, Picture)
    shown = set(texts(loop.body))
    assert ({"Next tree", "900 in all, 8 levels", "Gradients"} <= shown) is trees
    assert ({"Batch", "gradient descent"} <= shown) is (kind == "deep network")
    assert ("one tree after another" in loop.caption) is trees


@pytest.mark.parametrize(
    ("kind", "trees", "shown"),
    [
        ("random forest", 500, ["Sample 1", "Tree 1", "Sample 2", "Tree 2", "Sample 500", "Tree 500"]),
        ("bagged decision trees", 2, ["Sample 1", "Tree 1", "Sample 2", "Tree 2"]),
        ("random forest", 1, ["Sample 1", "Tree 1"]),
        ("gradient boosting with bagging", 500, []),
        ("isolation forest", 500, []),
    ],
)
def test_trees_of_a_forest_are_trained_side_by_side_each_from_its_own_sample(
    kind: str, trees: int, shown: list[str]
) -> None:
    model = f"{{title: M, kind: {kind}, trees: {trees}, depth: 12, loss: Gini impurity, label: liked}}"
    text = f"{HEAD}model: {{models: {{m: {model}}}, training: {{cadence: 7 d, examples: 2M}}}}\n"
    view = archkit.loads(text).figure("training_loop")
    loop = view.figure
    assert isinstance(loop, Picture)
    assert [word for word in texts(loop.body) if word.startswith(("Sample ", "Tree "))] == shown
    links = {(part.tail, part.head): part.label for part in walk(loop.body) if isinstance(part, Link)}
    assert ("drawn at random" in links.get(("loss", "trees"), "")) is (kind == "random forest")
    forest = {("data", "trees"), ("labels", "trees"), ("loss", "trees"), ("trees", "model")}
    assert (set(links) == forest) is bool(shown)
    assert ("each of 12 levels" in texts(loop.body)) is bool(shown)
    assert ("many trees side by side" in loop.caption) is bool(shown)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, loop)] == []


@pytest.mark.parametrize(
    ("label", "aim", "link"),
    [("", ["Large model", "the teacher's answers"], "target"), ("label: shared, ", ["Labels", "shared"], "truth")],
)
def test_a_student_without_labels_of_its_own_is_held_against_its_teacher(label: str, aim: list[str], link: str) -> None:
    student = f"small: {{{label}kind: deep network, distilled_from: large, loss: distillation loss}}"
    models = f"{{large: {{title: Large model, label: liked, loss: bce}}, {student}}}"
    text = f"{HEAD}model: {{models: {models}, training: {{models: small, cadence: 7 d, examples: 2M}}}}\n"
    loop = archkit.loads(text).figure("training_loop").figure
    assert isinstance(loop, Picture)
    named = {"Large model", "the teacher's answers", "Labels", "shared", "liked"}
    assert [word for word in texts(loop.body) if word in named] == aim
    assert [part.label for part in walk(loop.body) if isinstance(part, Link) and part.tail == "labels"] == [link]


def test_labels_that_are_weighted_differently_each_say_so() -> None:
    weighted = HEAD.replace(
        "liked: {positive: liked}, shared: {positive: shared}",
        "liked: {sampling: {weights: 8, correction: isotonic}}, "
        "shared: {sampling: {weights: 20, correction: isotonic}}",
    )
    for label, expected in (
        ("[liked, shared]", {"8 (liked), 20 (shared)", "isotonic"}),
        ("shared", {"20", "isotonic"}),
    ):
        document = archkit.loads(f"{weighted}model: {{models: {{m: {{label: {label}, loss: bce}}}}}}\n")
        figure = document.figure("loss_m").figure
        assert isinstance(figure, Picture)
        assert expected <= set(texts(figure.body)), label


NAMED = """\
blueprint: 1
title: Feed
data:
  labels:
    l1: {title: Watched to the end, positive: seen whole, negative: left early}
    l2: {positive: liked, negative: shown}
model:
  models:
    ranker:
      kind: multi-task network
      heads:
        h1: {title: Finishes, label: l1, loss: binary cross-entropy, score_weight: 1}
        h2: {label: l2, loss: binary cross-entropy, score_weight: 2}
    single: {kind: logistic regression, label: l1, loss: log loss}
  training: {cadence: 1 d}
monitoring: {feedback: {log: [views]}}
"""


def test_labels_and_heads_are_called_by_their_titles() -> None:
    document = archkit.loads(NAMED)
    shown: dict[str, str] = {}
    for name in document.figures():
        figure = document.figure(name).figure
        if isinstance(figure, Picture):
            shown[name] = " ".join(texts(figure.body))
    assert "Finishes" in shown["model_ranker"] and "H2" in shown["model_ranker"]
    assert "P(finishes)" in shown["score_ranker"] and "P(L2)" in shown["score_ranker"]
    assert "against watched to the end" in shown["loss_ranker"]
    assert "Watched to the end" in shown["model_single"]
    assert "watched to the end" in shown["loss_single"].lower()
    assert "watched to the end" in shown["feedback"] and "watched to the end" in shown["training_loop"].lower()
    assert any("Watched to the end" in text for name, text in shown.items() if name.startswith("training_example"))
    assert not any("L1" in text.split() or "l1" in text.split() for text in shown.values()), shown
