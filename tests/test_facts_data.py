"""Which feature is used where, who learns which label, and what a group of features describes."""

import pytest
from derived import HEAD, facts

from archkit.facts.sides import side_of


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("user", "user"),
        ("viewer_profile", "user"),
        ("item", "item"),
        ("video", "item"),
        ("query", "query"),
        ("search_terms", "query"),
        ("context", "context"),
        ("session", "context"),
        ("cross", "cross"),
        ("user_item", "cross"),
        ("user_author_affinity", "cross"),
        ("query_document", "cross"),
        ("bias", "bias"),
        ("position", "bias"),
        ("alpha", ""),
    ],
)
def test_sides_of_groups(name: str, side: str) -> None:
    assert side_of(name) == side


FEATURES = """\
data:
  features:
    user: {age: numeric, country: categorical}
    item: {title: text, country: categorical, fit: {type: cross}}
"""


def test_names_stand_for_groups_features_or_both() -> None:
    features = facts(FEATURES).features
    assert list(features.all) == [
        ("user", "age"), ("user", "country"), ("item", "title"), ("item", "country"), ("item", "fit"),
    ]  # fmt: skip
    assert features.named("user") == (("user", "age"), ("user", "country"))
    assert features.named("country") == (("user", "country"), ("item", "country"))
    assert features.named("item.country") == (("item", "country"),)
    assert features.named("nothing") == ()
    assert features.side(("item", "title")) == "item" and features.side(("item", "fit")) == "cross"


MODELS = (
    FEATURES
    + """\
model:
  models:
    towers: {towers: {user: [user], item: item}}
    ranker: {inputs: [user.age, title], features_used: fit}
    other: {role: ranking}
architecture:
  lanes:
    s:
      job: {type: feature_pipeline, computes: [age]}
      trainer: {type: training_job, trains: ranker, uses: [country]}
      both: {type: training_job, trains: [towers, other], uses: [item]}
      relevance: {type: candidate_generator, serves: towers, uses: [user]}
      build: {type: index_builder, encoder: towers, uses: [title]}
      ann: {type: ann_index, encoder: towers}
      ranker: {type: ranker, serves: ranker}
"""
)


def test_both_sides_of_a_model() -> None:
    features = facts(MODELS).features
    towers, ranker, other = (features.by_model[name] for name in ("towers", "ranker", "other"))
    assert set(towers.trained) == set(features.all) and towers.trained_whole
    assert set(towers.served) == {("user", "age"), ("user", "country"), ("item", "title")} and towers.served_whole
    assert [runner.id for runner in towers.runners] == ["relevance", "build"], "an index runs no model"
    assert set(ranker.trained) == {
        ("user", "age"), ("item", "title"), ("item", "fit"), ("user", "country"), ("item", "country"),
    }  # fmt: skip
    assert not ranker.served and not ranker.served_whole and [runner.id for runner in ranker.runners] == ["ranker"]
    assert not other.trained and not other.trained_whole and other.runners == ()


def test_uses_know_where_they_are_written() -> None:
    known = facts(MODELS)
    text = HEAD + MODELS
    use = known.features.by_model["ranker"].trained["user", "age"]
    assert text[use.span.start : use.span.end] == "user.age" and use.direct and use.who == "ranker"
    use = known.features.by_model["towers"].trained["item", "title"]
    assert text[use.span.start : use.span.end] == "item" and not use.direct


def test_who_computes() -> None:
    known = facts(
        "data: {features: {user: {a: {type: numeric, computed_by: [job]}, b: numeric, c: numeric}}}\n"
        "architecture: {lanes: {s: {job: {type: feature_pipeline, computes: a}, "
        "live: {type: stream_processor, computes: [a, b]}}}}"
    )
    computed = {name: [one.id for one in jobs] for (_, name), jobs in known.features.computed_by.items()}
    assert computed == {"a": ["job", "live"], "b": ["live"], "c": []}


LABELS = """\
framing: {task: ranking}
data:
  labels:
    liked: {positive: liked, negative: shown, delay: {p50: 1 h, p95: 6 h}}
    minutes: {value: minutes watched, watermark: 3 d}
    grade: {classes: [bad, fair, good], delay: 1 d}
    spam: {classes: [spam, ham]}
    part: {value: share of minutes watched}
    text: {value: the transcript}
    both: {positive: good, classes: [bad, fair, good]}
  sampling: {negatives: 4}
model:
  models:
    ranker: {role: light ranking, loss: log loss, heads: {liked: {}, dwell: {label: minutes, loss: MAE}, free: {}}}
    encoder: {role: candidate generation, label: [liked], sampling: {negatives: 100}}
    judge: {role: labelling}
  training: {models: encoder, watermark: 1 d}
  trainings: {daily: {models: ranker, watermark: 2 d, sampling: {rate: 10%}}}
"""


def test_learners() -> None:
    labels = facts(LABELS).labels
    assert [(one.name, one.labels, one.loss) for one in labels.learners] == [
        ("ranker.liked", ("liked",), "log loss"),
        ("ranker.dwell", ("minutes",), "MAE"),
        ("ranker.free", (), "log loss"),
        ("encoder", ("liked",), ""),
        ("judge", (), ""),
    ]
    assert [one.name for one in labels.by_label["liked"]] == ["ranker.liked", "encoder"]
    assert labels.by_label["grade"] == []


def test_what_labels_are() -> None:
    known = facts(LABELS)
    targets = {id_: known.labels.target(label) for id_, label in known.blueprint.data.labels.items()}
    assert targets == {
        "liked": "yes or no", "minutes": "amount", "grade": "one of several", "spam": "yes or no", "part": "",
        "text": "", "both": "",
    }  # fmt: skip


def test_delays_and_watermarks() -> None:
    known = facts(LABELS)
    labels = known.blueprint.data.labels
    delay = known.labels.delay(labels["liked"])
    assert delay is not None and str(delay.value) == "6 h" and delay.name.startswith("p95")
    delay = known.labels.delay(labels["grade"])
    assert delay is not None and delay.name.startswith("p99")
    assert known.labels.delay(labels["minutes"]) is None
    marks = {id_: known.labels.watermark(label) for id_, label in labels.items()}
    assert {id_: str(mark.value) for id_, mark in marks.items() if mark} == {
        "liked": "1 d", "minutes": "3 d", "grade": "1 d", "spam": "1 d", "part": "1 d", "text": "1 d", "both": "1 d",
    }  # fmt: skip


def test_samplings() -> None:
    known = facts(LABELS)
    found = known.labels.samplings(known.blueprint.data.labels["liked"])
    assert [str(one.negatives or one.rate) for one in found] == ["4", "100", "10%"]
    assert len(known.labels.samplings(known.blueprint.data.labels["spam"])) == 1


def test_tasks_of_models() -> None:
    known = facts(LABELS)
    tasks = {id_: known.labels.task(model) for id_, model in known.blueprint.model.models.items()}
    assert tasks == {"ranker": "ranking", "encoder": "retrieval", "judge": ""}


@pytest.mark.parametrize(
    ("task", "role", "found"),
    [
        ("object detection", "", "object detection"),
        ("binary classification", "spam classification", "binary classification"),
        ("binary classification", "binary classification", "binary classification"),
        ("binary classification", "labelling", ""),
        ("ranking", "representation learning", "representation learning"),
        ("ranking", "retrieves candidates", "retrieval"),
        ("matching", "matching", "matching"),
        ("ranking", "matching stage", ""),
        ("", "re-ranking", "ranking"),
    ],
)
def test_task_of_the_only_model(task: str, role: str, found: str) -> None:
    framing = f"framing: {{task: {task}}}\n" if task else ""
    known = facts(f"{framing}model: {{models: {{m: {{{f'role: {role}' if role else ''}}}}}}}")
    assert known.labels.task(known.blueprint.model.models["m"]) == found


def test_order_in_time() -> None:
    def order(text: str) -> list[str]:
        return [note.message.split("`")[1] for note in facts(text).labels.time_order if "`" in note.message]

    assert order("data: {labels: {a: {kind: implicit}, b: {kind: natural}, c: {kind: human, window: 7 d}}}") == [
        "a",
        "b",
    ]
    assert order("data: {labels: {a: {window: 1 h}, b: {window: 0 s}}}") == ["a"]
    assert order("data: {sources: {s: {kind: log}, t: {kind: table}}, labels: {a: {source: s}, b: {source: t}}}") == [
        "s"
    ]
    assert len(facts("framing: {task: forecasting}").labels.time_order) == 1
    longest = facts("data: {labels: {a: {window: 1 h}, b: {window: 2 d}, c: {kind: human, window: 9 d}}}").labels
    found = longest.longest_window()
    assert found is not None and str(found.value) == "2 d"
    assert facts("data: {labels: {a: {}}}").labels.longest_window() is None
