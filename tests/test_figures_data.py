"""Figures about data: what they show of features, examples and splits follows from what is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from planned import HEAD, drawn, said

import archkit
from archkit.blocks import Boxed, Cells
from archkit.figures.feature_preparation import subjects
from archkit.pictures import Picture, texts, walk

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "blueprints").glob("*.yaml"))


# feature preparation


def features(inner: str, more: str = "") -> str:
    return f"data:\n  features:\n    user: {{{inner}}}\n{more}"


def test_vectors_are_joined_to_one_of_known_length() -> None:
    text = features("a: {type: id, transform: embedding, dim: 32}, b: {type: numeric, transform: log}, "
                    "c: {type: time, transform: sine and cosine}",
                    "model: {models: {ranker: {inputs: user}}}\n")  # fmt: skip
    picture = drawn(text, "feature_preparation")
    assert "35 numbers" in said(picture) and "read by ranker" in said(picture)
    assert {arrow.head for arrow in picture.edges} >= {"joined0"}
    assert sum(arrow.head == "joined0" for arrow in picture.edges) == 3


def test_models_that_read_a_part_of_a_vector_are_told_apart() -> None:
    models = "model: {models: {ranker: {inputs: user}, tree: {inputs: [user.b]}, tower: {towers: {q: [a]}}}}\n"
    inner = "a: {type: id, transform: embedding, dim: 32}, b: {type: numeric, transform: log}"
    assert "read by ranker, in part by tree and tower" in said(drawn(features(inner, models), "feature_preparation"))
    alone = models.replace("inputs: user}", "role: none}")
    assert "read in part by tree and tower" in said(drawn(features(inner, alone), "feature_preparation"))


def test_lengths_that_nobody_gives_are_not_made_up() -> None:
    picture = drawn(features("a: {type: id, transform: embedding}, b: {type: numeric, transform: log}"),
                    "feature_preparation")  # fmt: skip
    assert "1 number and the vector of A" in said(picture)


def test_what_is_no_vector_is_not_joined() -> None:
    text = features("a: {type: text, transform: inverted index}, b: {type: numeric, transform: log}, "
                    "c: {type: boolean, transform: as it is}")  # fmt: skip
    picture = drawn(text, "feature_preparation")
    assert sorted(arrow.tail for arrow in picture.edges if arrow.head == "joined0") == ["b.end", "c.end"]
    assert "terms in an index" in said(picture)
    alone = drawn(features("a: {type: numeric, transform: log}"), "feature_preparation")
    assert "Concatenation" not in said(alone)


@pytest.mark.parametrize(
    ("models", "joined"),
    [("", True), ("m: {role: none}", True), ("m: {inputs: user}", True), ("m: {inputs: item}", False)],
)
def test_a_group_that_no_model_reads_is_no_vector(models: str, joined: bool) -> None:
    more = f"    item: {{c: {{type: numeric, transform: log}}}}\nmodel: {{models: {{{models}}}}}\n"
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: share}", more)
    picture = drawn(text, "feature_preparation")
    assert ("Concatenation" in said(picture)) is joined
    assert ("become one vector" in picture.caption) is joined


def test_groups_of_one_simple_feature_are_drawn_where_they_are_listed() -> None:
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: log}",
                    "    bias: {position: {type: numeric, transform: embedding}}\n")  # fmt: skip
    listed = archkit.loads(HEAD + text).figures()
    assert "feature_preparation_user" in listed and "feature_preparation_bias" not in listed
    asked = archkit.loads(HEAD + text + "figures: [{kind: feature_preparation, of: bias}]\n")
    assert asked.figures() == ("feature_preparation_bias",) and not asked.diagnostics
    alone = archkit.loads(HEAD + features("a: {type: numeric, transform: log}"))
    assert "feature_preparation_user" in alone.figures()


@pytest.mark.parametrize("theme", ["book", "slide", "whiteboard"])
def test_many_features_with_long_names_are_drawn_well(theme: str) -> None:
    transforms = ["log", "one-hot of a long and winding list of values", "text encoder, projection, unit length",
                  "mean of the vectors of the last 20 things with a name", "hash + embedding", "resize"]  # fmt: skip
    types = ["numeric", "categorical", "text", "sequence", "id", "image"]
    inner = ", ".join(
        f"feature_with_a_long_name_{at}: {{type: {types[at % 6]}, transform: '{transforms[at % 6]}', example: "
        f"{'some words ' * (at % 4)}.}}"
        for at in range(20)
    )
    picture = drawn(features(inner), "feature_preparation", theme)
    bars = [block.id for block in walk(picture.body) if isinstance(block, Boxed) and block.id.startswith("joined")]
    assert len(bars) == 2 and "Concatenation, one part" in said(picture)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_operation_of_a_shipped_blueprint_is_in_the_picture(path: Path) -> None:
    document = archkit.load(path)
    assert document.blueprint is not None
    for name in subjects(document.blueprint):
        if f"feature_preparation_{name}" not in document.figures():
            continue
        figure = document.figure(f"feature_preparation_{name}").figure
        assert isinstance(figure, Picture)
        ids = [block.id for block in walk(figure.body) if isinstance(block, Boxed) and block.id]
        assert len(ids) == len(set(ids))
        assert {*document.blueprint.data.features[name]} <= {*ids}


def test_strips_of_one_picture_have_the_colour_of_their_group() -> None:
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: log}")
    fills = {block.fill for block in walk(drawn(text, "feature_preparation").body) if isinstance(block, Cells)}
    assert len(fills) == 1 and fills != {"node.fill"}


def test_the_shelves_of_a_group_are_about_equally_long() -> None:
    from archkit.figures.feature_preparation import _shelves

    for count in range(1, 40):
        shelves = _shelves([None] * count)  # type: ignore[list-item]
        sizes = [len(shelf) for shelf in shelves]
        assert sum(sizes) == count and max(sizes) <= 7
        assert all(a - b in (0, 1) for a, b in pairwise(sizes))


# training examples


PAIRS = """data:
  labels: {match: {positive: opened, negative: drawn from all, sampling: {negatives: 5}}}
  features: {query: {words: {type: text}}, photo: {pixels: {type: image}}}
model: {models: {tower: {towers: {query: query, photo: photo}, label: match, loss: sampled softmax}}}
"""


def test_a_positive_stands_among_its_negatives() -> None:
    found = said(drawn(PAIRS, "training_example"))
    assert [one for one in found if one.startswith("negative ")] == [
        "negative 1",
        "negative 2",
        "negative 5",
        "negative when",
    ]
    assert found.count("1") == 1 and found.count("0") == 3
    few = said(drawn(PAIRS.replace("negatives: 5", "negatives: 2"), "training_example"))
    assert few.count("0") == 2 and "…" not in few


def test_labels_without_negatives_stand_beside_their_inputs() -> None:
    text = PAIRS.replace(", sampling: {negatives: 5}", "").replace(
        "words: {type: text}", "words: {type: text, used_in: serving}"
    )
    found = said(drawn(text, "training_example"))
    assert "positive" in found and "negative" in found and "Photo" in found
    assert "words" not in found, "what is there while serving alone is not learned from"


def test_models_that_learn_from_the_same_labels_share_a_figure() -> None:
    text = PAIRS.replace("models: {", "models: {light: {label: match}, ")
    assert [name for name in archkit.loads(HEAD + text).figures() if name.startswith("training_example")] == [
        "training_example_light"
    ]


def test_written_rows_are_shown_with_the_labels_meaning() -> None:
    rows = "figures: [{kind: training_example, rows: [{values: {words: snow, pixels: a hill}, labels: {match: 1}}]}]\n"
    found = said(drawn(PAIRS + rows, "training_example"))
    assert [one for one in found if one in ("snow", "a hill", "1")] == ["snow", "a hill", "1"]
    assert "opened" in found and "Words" in found


def test_single_features_with_their_group_are_inputs_too() -> None:
    text = """data:
  labels: {bought: {positive: bought, negative: left}}
  features: {query: {words: {type: text}, count: {type: numeric}}}
model: {models: {reader: {inputs: [query.words], label: bought}}}
"""
    found = said(drawn(text, "training_example"))
    assert "Query" in found and "words" in found and "count" not in found


SEVERAL = """data:
  labels: {bought: {positive: bought, negative: left}, seen: {classes: [cat, dog]}}
  examples: 80M
  sampling: {method: a fifth of the searches}
model:
  models:
    ranker: {label: bought, loss: binary cross-entropy}
    tagger: {label: seen, loss: LOSS}
  training: {models: ranker, examples: 80M}
  trainings: {monthly: {models: tagger, examples: 2M}}
"""


def test_the_sampling_of_the_data_is_told_of_models_that_learn_from_them() -> None:
    text = SEVERAL.replace("LOSS", "softmax cross-entropy")
    for kind in ("training_example", "loss"):
        assert any("a fifth of the searches" in one for one in said(drawn(text, f"{kind}_ranker")))
        assert not any("a fifth of the searches" in one for one in said(drawn(text, f"{kind}_tagger")))
        same = text.replace("examples: 2M", "examples: 80M")
        assert any("a fifth of the searches" in one for one in said(drawn(same, f"{kind}_tagger")))


@pytest.mark.parametrize(
    ("loss", "line", "cell"),
    [
        ("softmax cross-entropy", "one of cat and dog", "one of 2 classes"),
        ("binary cross-entropy for each", "0 or 1 for each of cat and dog", "0 or 1 for each class"),
    ],
)
def test_classes_are_one_of_many_or_decided_each(loss: str, line: str, cell: str) -> None:
    found = said(drawn(SEVERAL.replace("LOSS", loss), "training_example_tagger"))
    assert line in found and cell in found


@pytest.mark.parametrize(("value", "cell"), [("tokens of an answer", "tokens"), ("minutes it took", "a value")])
def test_a_label_of_tokens_is_no_single_value(value: str, cell: str) -> None:
    text = features("a: {type: numeric, transform: log}", f"  labels: {{given: {{value: {value}}}}}\n")
    found = said(drawn(f"{text}model: {{models: {{m: {{inputs: user, label: given}}}}}}\n", "training_example"))
    assert {"tokens", "a value"} & set(found) == {cell}


# splits


def test_labels_that_people_give_leave_no_window_open() -> None:
    split = "split: {by: time, train: 28 d, gap: 1 d, validation: 2 d, test: 2 d}"
    labels = "bought: {kind: implicit, window: 24 h}, grade: {kind: human, window: 7 d}"
    found = said(drawn(f"data: {{labels: {{{labels}}}, {split}}}\n", "time_split"))
    assert any(one.endswith("closes inside the gap") for one in found)
    found = said(drawn(f"data: {{labels: {{{labels.replace('24 h', '3 d')}}}, {split}}}\n", "time_split"))
    assert any(one.endswith("still open when validation begins") for one in found)


# experiments

EXPERIMENT = """\
blueprint: 1
title: Feed
requirements: {{scale: {{daily_active_users: 1M}}}}
model: {{training: {{cadence: 7 d}}}}
evaluation: {{experiment: {{unit: "{unit}", duration: 14 d, baseline_rate: 2%, minimum_effect: 1%{more}}}}}
serving: {{rollout: [ab]}}
monitoring: {{feedback: {{log: [clicks], holdout: 1%}}}}
"""


@pytest.mark.parametrize(
    ("unit", "more", "needs", "held"),
    [
        ("user", "", "7.8M users", "1% of users get"),
        ("visitor, by device where there is no account", "", "7.8M visitors", "1% of visitors get"),
        ("city", ", units_per_day: 40", "7.8M cities", "1% get"),
        ("cluster of friends", "", "7.8M independent observations, and more in clusters", "1% get"),
        ("user, in clusters of friends", "", "7.8M independent users, and more in groups", "1% of users get"),
        ("city and two-hour block", ", units_per_day: 40", "7.8M units", "1% get"),
        ("session: a hash of an account and a day", ", units_per_day: 1M", "7.8M sessions", "1% of sessions get"),
    ],
)
def test_what_is_assigned_at_random_is_called_by_its_name(unit: str, more: str, needs: str, held: str) -> None:
    document = archkit.loads(EXPERIMENT.format(unit=unit, more=more))
    rollout, feedback = (document.figure(name).figure for name in ("ab_test", "feedback"))
    assert isinstance(rollout, Picture) and needs in list(texts(rollout.body))
    assert isinstance(feedback, Picture) and f"{held} no model, for comparison" in list(texts(feedback.body))


def test_an_interleaved_list_is_decided_by_what_is_picked_which_need_not_be_clicks() -> None:
    document = archkit.loads("blueprint: 1\ntitle: x\nserving: {rollout: [interleaving, full]}\n")
    figure = document.figure("ab_test").figure
    assert isinstance(figure, Picture)
    assert "both models fill one list, what is picked decides" in list(texts(figure.body))


# capacity

COSTS = """\
blueprint: 1
title: Chat
requirements: {scale: {requests_per_day: 1M}}
model: {training: {cadence: 1 d, duration: 6 h, devices: 10, price: $2 / h}}
architecture:
  lanes:
    a:
      guard_in: {title: Input guard, type: model_server, replicas: 10, price: $1 / h}
      writer: {type: llm, tokens_in: 1000, tokens_out: 100, price_in: $1 / 1M tokens, price_out: $10 / 1M tokens}
      people: {title: Moderators, type: human_review, reviewers: 20, items_per_day: 400, flagged_per_day: 5k}
      user: user
  flows: [user -> guard_in -> writer -> user]
"""


def test_sums_of_the_capacity_name_titles_and_stand_in_sections_of_one_subject() -> None:
    figure = archkit.loads(COSTS).figure("capacity").figure
    assert isinstance(figure, Picture)
    shown = list(texts(figure.body))
    assert "= tokens $60,000 + Input guard $7,200 + training $3,600" in shown and "guard_in" not in " ".join(shown)
    titles = ["Traffic", "Training", "People", "Tokens", "Cost"]
    assert [text for text in shown if text in titles] == titles
